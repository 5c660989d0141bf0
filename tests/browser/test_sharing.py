"""Sharing from the app: snapshots kept, compared, fetched and deleted; the map in a frame."""

from __future__ import annotations

import html
import re
from contextlib import closing

import pytest

from dashboard.bulk import add_samples
from dashboard.store import EventStore
from gazetteer.cache import GazetteerCache

pytestmark = pytest.mark.browser

FRAME = "iframe[title^=streamlit_folium]"


@pytest.fixture(scope="module")
def address(tmp_path_factory, serve_app, place_store):
    folder = tmp_path_factory.mktemp("home")
    url = f"sqlite:///{folder / 'events.sqlite'}"
    with closing(EventStore(url)) as store:
        cache = GazetteerCache(folder / "cache.sqlite")
        add_samples(store, place_store, cache, progress=lambda _stage, _fraction: None)
    with serve_app(folder, DATELINE_DATABASE=url) as served:
        yield served


@pytest.fixture
def page(visit):
    visit.page.set_default_timeout(120_000)
    yield visit.page
    assert visit.clean(), (visit.outside, visit.errors, visit.dialogs)


def make_snapshot(page, address, query, title, tmp_path):
    page.goto(f"{address}/?{query}")
    page.get_by_text(re.compile("events? shown")).first.wait_for(timeout=90_000)
    page.get_by_role("button", name="Share").click()
    page.get_by_role("textbox", name="Title").fill(title)
    page.get_by_role("button", name="Make a snapshot").click()
    button = page.get_by_role("button", name="Download the snapshot")
    button.wait_for(timeout=60_000)
    with page.expect_download() as download:
        button.click()
    file = tmp_path / f"{title}.html"
    download.value.save_as(file)
    assert re.fullmatch(r"dateline-[0-9a-f]{12}\.html", download.value.suggested_filename)
    return file


def test_snapshots_are_kept_compared_fetched_again_and_deleted(page, address, tmp_path):
    first = make_snapshot(page, address, "actors=PAK", "Pakistan", tmp_path)
    make_snapshot(page, address, "types=ASSAULT", "Attacks", tmp_path)

    alone = page.context.new_page()
    alone.goto(first.as_uri())
    alone.locator(".dl-mark").first.wait_for()
    assert "events shown" in alone.locator("#coverage").inner_text()
    alone.close()

    page.goto(f"{address}/snapshots")
    page.locator("img[src*='/media/']").nth(1).wait_for(timeout=60_000)
    card = page.locator(".stVerticalBlock[class*='st-key-saved-']", has_text="Pakistan")
    with page.expect_download() as download:
        card.get_by_role("button", name="Download").click()
    download.value.save_as(tmp_path / "again.html")
    assert (tmp_path / "again.html").read_bytes() == first.read_bytes()

    with page.context.expect_page() as opening:
        card.get_by_role("link", name="Open").click()
    opening.value.locator(".dl-mark").first.wait_for()
    opening.value.close()

    box = page.get_by_label("Compare two side by side")
    box.click()
    page.get_by_role("option").first.click()
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    for number in (0, 1):
        frame = page.frame_locator("iframe[src*='/saved/']").nth(number)
        frame.locator(".dl-mark").first.wait_for(timeout=60_000)
    page.get_by_text(re.compile("differences from the earlier")).wait_for()

    card.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").wait_for(state="hidden")
    page.locator("img[src*='/media/']").nth(1).wait_for(state="detached")


def test_a_title_typed_just_before_the_click_is_on_picture_and_brief(page, address, tmp_path):
    page.goto(f"{address}/?types=ASSAULT&panel=map")
    page.get_by_text(re.compile("events? shown")).first.wait_for(timeout=90_000)
    page.get_by_role("button", name="Share").click()
    page.get_by_text("SVG", exact=True).click()
    for what, name in (("picture", "Make a picture"), ("brief", "Make a brief to print")):
        page.get_by_role("textbox", name="Title").fill(f"Seen in the {what}")
        page.get_by_role("button", name=name).click()
        button = page.get_by_role("button", name=f"Download the {what}")
        button.wait_for()
        with page.expect_download() as download:
            button.click()
        download.value.save_as(tmp_path / what)
        assert f"Seen in the {what}" in (tmp_path / what).read_text(encoding="utf-8")


def test_the_copied_frame_shows_the_map_in_another_page(page, address, tmp_path):
    page.goto(f"{address}/?types=ASSAULT&lat=30&lon=50&zoom=4")
    page.get_by_text(re.compile("events? shown")).first.wait_for(timeout=90_000)
    page.get_by_role("button", name="Share").click()
    code = page.locator("code", has_text="<iframe")
    code.wait_for(timeout=60_000)
    page.frame_locator(FRAME).get_by_role("button", name="Zoom in").click()
    page.locator("code", has_text=re.compile("^http.*zoom=5")).wait_for()
    assert page.locator("code[data-address=link]").inner_text() == page.url
    page.locator("code", has_text=re.compile("<iframe.*zoom=5")).wait_for()
    copied = code.inner_text().strip()
    (tmp_path / "other.html").write_text(f"<h1>Elsewhere</h1>{copied}", encoding="utf-8")
    other = page.context.new_page()
    errors = []
    other.on("console", lambda message: errors.append(message.text))
    other.goto((tmp_path / "other.html").as_uri())
    frame = other.frame_locator("iframe")
    frame.locator(".dl-mark").first.wait_for()
    assert re.search(r"\d+ of \d+ events shown", frame.locator("header").inner_text())
    assert frame.locator("form, input, select").count() == 0
    frame.locator(".dl-mark").first.click()
    frame.get_by_role("dialog").wait_for()
    assert errors == []
    assert "embed=1" in html.unescape(copied)
    assert other.url.startswith("file:")


WORLD_WIDE = """
() => {
  const empty = { events: [], articles: [], families: [], points: [], lines: [], areas: [] };
  const layers = { ...empty, live: true, extent: [-37, -158, 70, 175] };
  for (const fit of ["one", "two"]) DATELINE.draw(map, layers, { fit });
  return map.getBounds().contains([[-37, -158], [70, 175]]);
}
"""


def test_a_wide_screen_shows_events_of_all_continents_at_once(page, address):
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(address)
    mark = page.frame_locator(FRAME).locator(".dl-mark").first
    mark.wait_for()
    assert mark.evaluate(WORLD_WIDE)


def test_a_page_that_was_never_kept_is_told(page, address):
    answer = page.goto(f"{address}/saved/{'0' * 64}.html")
    assert answer.status == 404
    assert "No such snapshot" in page.inner_text("body")
