"""What a user does with the app, from a pasted article to a link that somebody else opens."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

pytestmark = pytest.mark.browser

ARTICLE = """Envoys and shells
12 March 2021

Kenyan President Uhuru Kenyatta visited Kampala on Tuesday and met with Ugandan officials.

Protesters marched in Nairobi on March 8, demanding lower fuel prices.

Gunmen attacked a bus in Garissa last week, killing at least six people.
"""


def add(page, text):
    page.get_by_role("button", name="Add an article").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Paste the text").fill(text)
    dialog.get_by_role("button", name="Add to the map").click()
    return dialog


def shown_events(page):
    text = page.get_by_text(re.compile(r"of [\d,]+ events? shown")).first.inner_text()
    return int(re.match(r"[\d,]+", text)[0].replace(",", ""))


def wait_for_another_count(page, count):
    page.wait_for_function(
        "count => [...document.querySelectorAll('p')].some((line) =>"
        " / of [\\d,]+ events? shown/.test(line.textContent)"
        " && parseInt(line.textContent.replaceAll(',', '')) !== count)",
        arg=count,
    )


def test_the_first_page_shows_sample_articles_on_the_map(opened):
    page, frame = opened()
    assert shown_events(page) > 10
    frame.locator(".dl-mark").first.wait_for()
    assert frame.locator(".dl-mark").count() > 5


def test_a_pasted_article_is_on_the_map_and_its_link_shows_the_same(opened, visit):
    page, frame = opened("?lat=0.5&lon=35&zoom=6")
    before = shown_events(page)
    add(page, ARTICLE).wait_for(state="hidden", timeout=60_000)
    page.get_by_text("Envoys and shells").first.wait_for()
    wait_for_another_count(page, before)
    after = shown_events(page)
    assert after > before

    page.get_by_test_id("stSidebar").get_by_role("combobox", name="Actors").fill("Kenya")
    page.get_by_role("option", name=re.compile("^Kenya")).first.click()
    page.wait_for_function("location.search.includes('actors=KEN')")
    page.keyboard.press("Escape")
    wait_for_another_count(page, after)
    filtered = shown_events(page)
    assert 0 < filtered < before

    frame.locator(".dl-mark[aria-label^='Kampala']").click()
    popup = frame.get_by_role("dialog")
    assert popup.locator("mark.dl-place").first.inner_text() == "Kampala"
    assert "Envoys and shells" in popup.inner_text()
    page.wait_for_function("location.search.includes('event=')")

    link = page.url
    again = visit.page.context.new_page()
    again.goto(link)
    other = again.frame_locator("iframe[title^=streamlit_folium]")
    other.get_by_role("dialog").get_by_text("Envoys and shells").first.wait_for()
    assert shown_events(again) == filtered


def test_an_article_is_read_with_its_places_marked(opened):
    page, _ = opened()
    page.get_by_role("link", name="Articles").click()
    page.locator("mark.dl-place").first.wait_for()
    assert page.locator("mark.dl-event").count() > 0


def test_an_article_in_arabic_stands_from_right_to_left_on_every_page(opened):
    page, frame = opened("?lat=15.6&lon=32.5&zoom=8&layer=mentions")
    title = "وفد مصري يصل إلى الخرطوم"
    add(page, f"{title}\n\nوصل وفد مصري إلى الخرطوم والتقى بمسؤولين.").wait_for(
        state="hidden", timeout=60_000
    )
    frame.locator(".dl-mark[aria-label^='Khartoum']").click()
    told = frame.get_by_role("dialog").get_by_text(title)
    assert told.evaluate("node => getComputedStyle(node).direction") == "rtl"
    page.get_by_role("link", name="Articles", exact=True).click()
    page.get_by_role("combobox", name=re.compile("Article")).click()
    page.get_by_role("option", name=re.compile(title)).click()
    heading = page.get_by_role("heading", name=title)
    heading.wait_for()
    assert heading.evaluate("node => getComputedStyle(node).direction") == "rtl"


@pytest.mark.parametrize(
    ("text", "message"),
    [("\u200f\u200f \u200f", "no text"), ("a" * 1_048_576, "too long")],
)
def test_what_is_no_article_gets_a_message_and_adds_nothing(opened, text, message):
    page, _ = opened()
    before = shown_events(page)
    dialog = add(page, text)
    dialog.get_by_role("alert").wait_for(timeout=60_000)
    assert shown_events(page) == before


def test_hostile_text_is_shown_and_not_run(opened):
    page, frame = opened()
    add(
        page,
        "Attack <script>alert(1)</script> ${alert(2)}\n3 May 2020\n\n"
        "Rebels attacked <img src=x onerror=alert(3)> soldiers in Bamako `${alert(4)}`.",
    ).wait_for(state="hidden", timeout=60_000)
    page.goto(re.sub(r"\?.*", "", page.url) + "?text=Bamako")
    mark = frame.locator(".dl-mark[aria-label^='Bamako']")
    mark.wait_for()
    mark.click()
    quote = frame.get_by_role("dialog").locator("blockquote").first
    assert "${alert(4)}" in quote.inner_text()


def test_a_row_opens_its_event_and_a_filter_opens_no_other(opened):
    page, frame = opened("?lat=25&lon=60&zoom=4")
    page.get_by_role("radio", name="Events").click()
    grid = page.get_by_test_id("stDataFrame").first
    grid.scroll_into_view_if_needed()
    grid.click(position={"x": 18, "y": 90})
    popup = frame.get_by_role("dialog")
    popup.wait_for()
    page.wait_for_function("location.search.includes('event=')")
    event = page.evaluate("new URLSearchParams(location.search).get('event')")
    page.get_by_text("More filters").click()
    page.get_by_test_id("stSidebar").get_by_role("combobox", name="Place known to").click()
    page.get_by_role("option", name="any place").click()
    page.wait_for_function("location.search.includes('precision=7')")
    popup.wait_for()
    assert page.evaluate("new URLSearchParams(location.search).get('event')") == event


def test_an_event_is_rejected_on_the_review_page_and_comes_back(opened):
    page, _ = opened()
    before = shown_events(page)
    page.get_by_role("link", name="Review").click()
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("Your name").press("Enter")
    page.get_by_label("Reason").fill("a drill")
    page.get_by_label("Reason").press("Enter")
    page.get_by_role("button", name="Reject").click()
    page.get_by_text("Rejected: it is shown no more.").first.wait_for()
    page.get_by_role("link", name="Map").click()
    page.get_by_text(re.compile(rf"{before - 1:,} of [\d,]+ events? shown")).first.wait_for()
    page.get_by_role("link", name="Review").click()
    page.get_by_role("tab", name="Log of decisions").click()
    log = page.get_by_role("tabpanel", name="Log of decisions")
    log.get_by_text(re.compile("Ada rejected it\n“.*”\nReason: a drill$", re.DOTALL)).wait_for()
    log.get_by_label("Why undo").fill("it was none")
    log.get_by_role("button", name="Undo").first.click()
    page.get_by_text("Undone.").first.wait_for()
    page.get_by_role("link", name="Map").click()
    page.get_by_text(re.compile(rf"{before:,} of [\d,]+ events? shown")).first.wait_for()


def test_two_persons_who_look_at_one_event_lose_nothing_of_each_other(
    address, visit, chromium, until
):
    other = chromium.new_context().new_page()
    ada, cy = visit.go(f"{address}/review"), other
    ada.wait_for_function("location.search.includes('event=')")
    other.goto(ada.url)
    for page, name in ((ada, "Ada"), (cy, "Cy")):
        page.get_by_label("Your name").fill(name)
        page.get_by_label("Reason").fill(f"{name} knows")
        page.get_by_text("Edit", exact=True).click()
    ada.get_by_role("textbox", name="Size").fill("3 wounded")
    cy.get_by_role("textbox", name="Date").fill("2019-03-29")
    cy.get_by_role("button", name="Keep these changes").click()
    cy.get_by_text("Edited.").first.wait_for()
    keep = ada.get_by_role("button", name="Keep these changes")
    until(ada.get_by_text("Cy: edited the date (Cy knows)", exact=True), keep.click)
    assert ada.get_by_role("textbox", name="Size").input_value() == "3 wounded"
    ada.get_by_role("button", name="I have looked again").click()
    ada.wait_for_function(
        "[...document.querySelectorAll('input')].some((input) => input.value === '2019-03-29')"
    )
    ada.get_by_role("button", name="Keep these changes").click()
    ada.get_by_text("Edited.").first.wait_for()
    cy.goto(f"{address}/review")
    cy.get_by_role("tab", name="Log of decisions").click()
    log = cy.get_by_role("tabpanel", name="Log of decisions")
    log.get_by_text("Ada edited the size").wait_for()
    log.get_by_text("Cy edited the date").wait_for()
    other.context.close()


def choose(page, name, data):
    """Open the dialog and give it a file."""
    page.get_by_role("button", name="Add an article").click()
    dialog = page.get_by_role("dialog")
    given = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    dialog.locator("input[type=file]").set_input_files(given)
    dialog.get_by_text(name, exact=True).first.wait_for()
    return dialog


def test_what_was_read_is_corrected_before_it_is_coded(opened):
    page, _frame = opened()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "Wrong title\n\nEngineers from Kenya visited Nakuru in May 2020.")
        archive.writestr("b.txt", "Left out\n\nA delegation from Uganda visited Gulu in May 2020.")
    dialog = choose(page, "news.zip", packed.getvalue())
    dialog.get_by_role("button", name="Look at it first").click()
    title = dialog.get_by_label("Title", exact=True)
    title.wait_for(timeout=60_000)
    title.fill("Engineers in Nakuru")
    title.press("Enter")
    dialog.locator("input[value='1. Engineers in Nakuru']").wait_for()
    dialog.get_by_role("button", name="Add 2 articles to the map").click()
    dialog.wait_for(state="hidden", timeout=60_000)
    page.get_by_text("“Engineers in Nakuru”").first.wait_for()


def test_a_table_of_coded_events_comes_in_by_its_mapping_and_is_a_layer(opened):
    page, _frame = opened()
    rows = "Date of incident,Kind of act,Lat,Long\n2020-05-04,ASSAULT,-0.3,36.1\nsomeday,X,1,2\n"
    dialog = choose(page, "incidents.csv", rows.encode())
    dialog.get_by_label("Name of the data set").wait_for()
    dialog.get_by_role("button", name="Take these events in").click()
    dialog.get_by_text("incidents: 1 event added").wait_for(timeout=60_000)
    page.keyboard.press("Escape")
    page.get_by_label("Data sets").click()
    page.get_by_role("option", name=re.compile("incidents")).click()
    page.get_by_text(re.compile("^1 of .* events? shown")).first.wait_for()
    page.wait_for_function("location.search.includes('datasets=')")


@pytest.mark.parametrize(
    ("field", "typed", "key"),
    [
        ("Event types", "Assault", "types=ASSAULT"),
        ("Actors", "Iran", "actors=IRN"),
        ("Kind of act", "material conflict", "quads=material"),
    ],
)
def test_a_choice_stays_when_its_number_of_events_changes(opened, field, typed, key):
    page, _ = opened()
    side = page.get_by_test_id("stSidebar")
    side.get_by_text("More filters").click()
    side.get_by_role("combobox", name=field).fill(typed)
    option = page.get_by_role("option", name=re.compile(typed)).first
    label = option.inner_text()
    option.click()
    page.wait_for_function("key => location.search.includes(key)", arg=key)
    page.keyboard.press("Escape")
    side.get_by_text(label, exact=True).wait_for()

    # The number that is shown with the choice follows what is searched for, there and back.
    search = side.get_by_role("textbox", name="Search")
    search.fill("killed")
    search.press("Enter")
    page.wait_for_function("location.search.includes('text=killed')")
    side.get_by_text(label, exact=True).wait_for(state="detached")
    side.get_by_text(re.compile(rf"^{re.escape(label.rpartition(' (')[0])} \(\d+\)$")).wait_for()
    search.fill("")
    search.press("Enter")
    page.wait_for_function("!location.search.includes('text=')")
    side.get_by_text(label, exact=True).wait_for()
    assert key in page.url
    assert not page.get_by_test_id("stException").count()
