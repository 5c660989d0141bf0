from __future__ import annotations

from datetime import date

import pytest

from dashboard.brief import brief_html
from dashboard.disclosure import disclose
from dashboard.provenance import About
from dashboard.snapshot import snapshot_html

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(visit, sample, tmp_path):
    """Open a snapshot of the sample events, a hostile one among them, from a file."""
    reports = [*sample.reports(), sample.hostile_report()]
    html = snapshot_html(
        disclose(reports), sample.SampleGeometry(), About(title="Sample", as_of=date(2019, 11, 26))
    )
    path = tmp_path / "snapshot.html"
    path.write_text(html, "utf-8")
    requests = []
    visit.page.on("request", lambda request: requests.append(request.url))
    messages = []
    visit.page.on("console", lambda message: messages.append(message.text))
    page = visit.go(path.as_uri())
    page.locator(".dl-mark").first.wait_for()
    yield page
    assert requests == [path.as_uri()]
    assert messages == []
    assert visit.clean(), (visit.outside, visit.errors, visit.dialogs)


def test_it_opens_from_a_file_and_asks_for_nothing(opened):
    assert opened.locator("#map .leaflet-tile-loaded").count() > 0
    assert opened.locator(".events tbody tr").count() == 15


def test_the_actor_filter_leaves_the_actors_events_on_map_and_list(opened):
    opened.select_option("#actor", "IRN")
    assert opened.locator(".events tbody tr:visible").count() == 7
    assert opened.locator("#shown").inner_text() == "7 of 15 shown"
    assert opened.locator(".dl-mark[aria-label^='Suva']").count() == 0
    opened.click("button[type=reset]")
    opened.wait_for_function(
        "document.querySelectorAll('.events tbody tr:not([hidden])').length === 15"
    )


def test_the_dates_leave_the_events_that_may_have_happened_then(opened):
    opened.fill("#since", "2019-11-16")
    opened.fill("#until", "2019-11-17")
    dates = opened.locator(".events tbody tr:visible time").all_inner_texts()
    assert len(dates) == 3
    assert any("25 Nov 2019" in date for date in dates)
    assert "2019" in dates, "the year may hold it"


def test_an_event_of_the_list_shows_its_popup_with_the_place_marked(opened):
    item = opened.locator(".events tbody tr", has_text="The army chief flew")
    item.get_by_role("button", name="Show on the map").click()
    popup = opened.get_by_role("dialog")
    assert popup.locator("mark.dl-place").inner_text() == "Tehran"
    link = popup.get_by_role("link")
    assert link.get_attribute("href") == "https://news.example/visit"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert "chosen" in item.get_attribute("class")


def test_hostile_text_is_shown_as_text(opened):
    item = opened.locator(".events tbody tr", has_text="alert(1)")
    item.get_by_role("button", name="Show on the map").click()
    popup = opened.get_by_role("dialog")
    assert "<img src=x" in popup.inner_text()
    assert popup.locator("a, img, script").count() == 0


def test_on_paper_the_still_map_and_every_event_are_printed(opened):
    opened.emulate_media(media="print")
    assert opened.locator(".still svg").is_visible()
    assert not opened.locator("#map").is_visible()
    assert opened.locator(".events tbody tr:visible").count() == 15
    opened.emulate_media(media="screen")
    assert not opened.locator(".still svg").is_visible()


def test_on_paper_a_filtered_list_stands_without_the_map_of_all(opened):
    opened.fill("#words", "sailors")
    opened.emulate_media(media="print")
    assert not opened.locator(".still svg").is_visible()
    assert opened.locator(".events tbody tr:visible").count() == 1


def test_a_phone_shows_filters_map_and_list(opened):
    opened.set_viewport_size({"width": 390, "height": 844})
    overflow = opened.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0
    filters = opened.locator("#filters").bounding_box()
    assert filters["height"] < 260
    assert opened.locator("#map").bounding_box()["height"] >= 340
    opened.locator(".events tbody tr button").first.click()
    assert opened.get_by_role("dialog").is_visible()


def test_without_javascript_a_still_map_and_the_list_are_read(chromium, sample, tmp_path):
    html = snapshot_html(disclose(sample.reports()), sample.SampleGeometry(), About(title="Sample"))
    path = tmp_path / "snapshot.html"
    path.write_text(html, "utf-8")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    assert page.locator(".still svg").is_visible()
    assert page.locator(".events tbody tr:visible").count() == 14
    assert not page.locator("#filters").is_visible()
    assert requests == [path.as_uri()]
    context.close()


def test_the_brief_asks_for_nothing_and_fits_a_phone(visit, sample, tmp_path):
    reports = [*sample.reports(), sample.hostile_report()]
    html = brief_html(disclose(reports), sample.SampleGeometry(), About(title=sample.HOSTILE))
    path = tmp_path / "brief.html"
    path.write_text(html, "utf-8")
    requests, messages = [], []
    visit.page.on("request", lambda request: requests.append(request.url))
    visit.page.on("console", lambda message: messages.append(message.text))
    page = visit.go(path.as_uri())
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert page.locator(".still svg").is_visible()
    assert page.locator(".timeline svg").is_visible()
    assert requests == [path.as_uri()]
    assert messages == []
    assert visit.clean()
