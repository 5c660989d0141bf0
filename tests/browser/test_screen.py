"""The app's screen in a real Chromium with the network cut: layers, time, overlays, reading."""

from __future__ import annotations

import io
import json
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Error

pytestmark = pytest.mark.browser

PAGES = ("Articles", "Review", "Gazetteer", "Sources", "Snapshots", "About", "Map")
LEBANON = "?lat=33.9&lon=37&zoom=6"


def press(frame, name):
    frame.locator(f"button[aria-label='{name}']").click()


SETTLED = """() => !document.querySelector('[data-stale=true]')
  && !document.getAnimations().some(one => one instanceof CSSTransition)"""
"""Nothing of the page before is left to fade, and no colour is on its way to another."""


def grave_violations(page):
    page.wait_for_function(SETTLED)
    script = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    found = []
    for frame in page.frames:
        try:
            frame.evaluate(script)
            found += frame.evaluate("axe.run()")["violations"]
        except Error:
            assert frame.is_detached()  # the page before took its map away meanwhile
    return [
        (one["id"], one["nodes"][0]["html"])
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_keeps_out_who_cannot_see_or_point(opened, scheme):
    page, frame = opened()
    page.emulate_media(color_scheme=scheme)
    for name in PAGES:
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_load_state("networkidle")
        assert not grave_violations(page), name
    frame.locator(".dl-mark").first.wait_for()
    press(frame, "Layers")
    frame.get_by_label("Events by country").check()
    frame.get_by_text("Number of events").first.wait_for()
    press(frame, "Play through time")
    frame.get_by_role("slider", name="Time").wait_for()
    assert not grave_violations(page)


def test_time_is_played_on_the_map_without_a_run_of_the_page(opened):
    page, frame = opened()
    frame.locator(".dl-mark").first.wait_for()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    press(frame, "Play through time")
    words = frame.locator(".dl-time-words")
    frame.locator(".dl-time-words", has_text=re.compile("201[0-9]")).wait_for()
    first = words.inner_text()
    frame.get_by_label("Kind of window").select_option("growing")
    press(frame, "Play")
    frame.locator(".dl-time-words", has_text=re.compile(r"– .*2019")).wait_for()
    press(frame, "Pause")
    assert words.inner_text() != first
    assert any("/map/marks" in url and "until=2019" in url for url in asked)
    assert not [url for url in asked if "/map/" not in url]
    press(frame, "Stop playing and show all")
    frame.locator(".dl-time").wait_for(state="detached")


def test_what_is_played_steps_over_days_on_which_nothing_begins(opened):
    _, frame = opened()
    frame.locator(".dl-mark").first.wait_for()
    press(frame, "Play through time")
    frame.locator(".dl-time-words", has_text=re.compile("201[0-9]")).wait_for()
    frame.get_by_label("Step of time").select_option("day")
    press(frame, "Play")
    # Two years lie between: a step for each of their days would take minutes.
    frame.locator(".dl-time-words", has_text="2019").wait_for()
    press(frame, "Pause")


def test_the_days_that_are_played_become_the_filter(opened):
    page, frame = opened()
    frame.locator(".dl-mark").first.wait_for()
    press(frame, "Play through time")
    frame.locator(".dl-time-words", has_text=re.compile("201[0-9]")).wait_for()
    page.evaluate("document.querySelector('iframe[title^=streamlit_folium]').isThis = true")
    frame.get_by_role("button", name="Use as filter").click()
    page.wait_for_function("location.search.includes('since=201')")
    # The map is still the one that was there: a filter does not make it anew.
    assert page.evaluate("document.querySelector('iframe[title^=streamlit_folium]').isThis")


def test_a_stretch_of_the_timeline_becomes_the_filter_and_goes_with_it(opened):
    page, _ = opened()
    chart = page.locator("[data-testid=stVegaLiteChart] canvas")
    chart.wait_for()
    box = chart.bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 500, box["y"] + 60, steps=5)
    page.mouse.up()
    page.wait_for_function(
        "location.search.includes('since=') && location.search.includes('until=')"
    )
    page.get_by_role("button", name="Clear all filters").click()
    page.wait_for_function("!location.search.includes('since=')")
    page.locator(".st-key-timeline-1 canvas").wait_for()  # a chart without the brush


def test_a_layer_is_in_the_link_and_its_regions_open_their_events(opened, visit):
    page, frame = opened()
    press(frame, "Layers")
    frame.get_by_label("Heat map of the events").check()
    frame.locator("canvas.dl-heat").wait_for()
    frame.get_by_label("Events by country").check()
    frame.get_by_label("What the colours tell").select_option("last")
    page.wait_for_function("location.search.includes('layer=countries.last')")
    assert frame.locator("canvas.dl-heat").count() == 0
    again = visit.page.context.new_page()
    again.goto(page.url)
    other = again.frame_locator("iframe[title^=streamlit_folium]")
    other.get_by_role("button", name=re.compile("^Lebanon")).click()
    popup = other.get_by_role("dialog").filter(has_text="the last on")
    popup.wait_for()
    assert popup.locator(".dl-row").count() > 1


def test_data_sets_have_signs_of_their_own_on_the_map(opened):
    _, frame = opened(LEBANON + "&layer=datasets")
    frame.locator(".dl-mark[aria-label*='coded here']").first.wait_for()
    assert frame.locator(".dl-legend li").first.text_content() == "coded here"


def test_mentions_lead_to_the_articles_that_name_a_place(opened):
    _, frame = opened(LEBANON + "&layer=mentions")
    frame.locator(".dl-mark[aria-label*='mention']").first.wait_for()
    frame.locator(".dl-mark[aria-label^='Lebanon']").first.click()
    frame.get_by_role("dialog").filter(has_text="mention").wait_for()


SHAPES = {
    "type": "Feature",
    "properties": {"name": "<b>Zone</b> ${alert(1)}", "note": "<img src=x onerror=alert(2)>"},
    "geometry": {"type": "Point", "coordinates": [37, 34]},
}
KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Placemark>
<name>Corridor</name><LineString><coordinates>35,33,0 38,34,0</coordinates></LineString>
</Placemark></kml>"""


def test_who_asks_for_a_place_is_shown_it_and_of_other_filters_what_lies_elsewhere_is_told(
    opened, at_rest
):
    page, frame = opened("?lat=4.6&lon=-74&zoom=5")
    frame.locator(".dl-mark").first.wait_for()
    page.get_by_label("Search").fill("Beirut")
    page.get_by_label("Search").press("Enter")
    frame.get_by_role("button", name=re.compile("outside of this view")).wait_for()
    assert "lat=4.6" in page.url
    page.get_by_role("button", name=re.compile("Beirut")).click()
    page.wait_for_function("!location.search.includes('text=')")
    at_rest(page)
    page.get_by_role("combobox", name=re.compile("Places")).click()
    page.keyboard.type("Lebanon")
    page.keyboard.press("Enter")
    frame.locator(".dl-mark[aria-label^='Beirut']").wait_for()
    page.wait_for_function("Number(new URLSearchParams(location.search).get('lon')) > 30")


def test_own_files_lie_over_the_map_as_shapes_and_text(opened):
    _, frame = opened(LEBANON)
    press(frame, "Layers")
    chooser = frame.locator("input[type=file]")
    for name, content in (("zone.geojson", json.dumps(SHAPES)), ("way.kml", KML)):
        file = {"name": name, "mimeType": "text/plain", "buffer": content.encode()}
        chooser.set_input_files(file)
        frame.get_by_text(f"{name} lies over the map").wait_for()
    chooser.set_input_files({"name": "x.kml", "mimeType": "text/plain", "buffer": b"{}"})
    frame.get_by_text("x.kml cannot be shown").wait_for()
    press(frame, "Layers")
    frame.locator("path.leaflet-interactive[stroke='#a3166f']").first.click(force=True)
    card = frame.locator(".dl-popup .dl-card")
    card.wait_for()
    assert "${alert(1)}" in card.inner_text()
    assert card.locator("img, b").count() == 0


def test_an_own_file_moves_the_view_only_when_it_lies_outside(opened):
    page, frame = opened(LEBANON)
    press(frame, "Layers")

    def lay(name, lon, lat):
        shape = SHAPES | {"geometry": {"type": "Point", "coordinates": [lon, lat]}}
        file = {"name": name, "mimeType": "text/plain", "buffer": json.dumps(shape).encode()}
        frame.locator("input[type=file]").set_input_files(file)
        frame.get_by_text(f"{name} lies over the map").wait_for()

    lay("near.geojson", 37.5, 34)
    lay("far.geojson", -70, -30)
    page.wait_for_function("new URLSearchParams(location.search).get('lon') === '-70'")
    view = dict(parse_qsl(urlsplit(page.url).query))
    assert (view["lat"], view["zoom"]) == ("-30", "6")


COVERED = """() => {
  const box = (node) => node.querySelector(".dl-badge, svg").getBoundingClientRect();
  const nodes = [...document.querySelectorAll(".dl-mark")];
  const marks = nodes.map((node) => [node.ariaLabel, box(node)]);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  return marks.flatMap(([name, a], at) =>
    marks.slice(at + 1).filter(([, b]) => meet(a, b)).map(([other]) => [name, other]));
}"""
CROWD = """(count) => {
  const families = [{ name: "a", label: "A", colour: "#0072b2", shape: "circle" }];
  const mark = (number) => ({
    key: "5 " + number, name: "Area " + number, precision: "", kind: "area", radius: 90,
    lat: 26 + (number % 3) / 2, lon: 52 + (number % 4) / 2, counts: [1 + 40 * number],
  });
  const areas = Array.from({ length: count }, (_, number) => mark(number));
  const none = { live: true, events: [], articles: [], extent: null, points: [], lines: [] };
  window.DATELINE.draw(window.map, { ...none, families, areas }, {});
}"""


def test_at_the_gulf_each_mark_is_seen_whole_and_none_is_missing(opened):
    page, frame = opened("?lat=26&lon=52&zoom=4")
    frame.locator(".dl-mark[aria-label^='Iran, area']").wait_for()
    inner = next(each for each in page.frames if "streamlit_folium" in each.url)
    assert inner.evaluate(COVERED) == []
    # As many areas as a year of news has there, all within some pixels of each other.
    inner.evaluate(CROWD, 16)
    assert frame.locator(".dl-mark").count() == 16
    assert inner.evaluate(COVERED) == []


def test_no_class_of_the_legend_stands_there_twice(opened):
    _, frame = opened()
    frame.locator(".dl-mark").first.wait_for()
    press(frame, "Layers")
    frame.get_by_label("Events by country").check()
    frame.get_by_text("Number of events").first.wait_for()
    words = frame.locator(".dl-classes li").all_inner_texts()
    assert words
    assert len(words) == len(set(words))


def test_what_a_popup_shows_stays_in_place_while_the_map_is_asked_anew(opened, first_event):
    page, frame = opened(LEBANON)
    popup = first_event(frame, ".dl-mark[aria-label^='Beirut']")
    read = popup.get_by_role("button", name="Read", exact=True)
    read.evaluate("node => { node.isThis = true; }")
    with page.expect_response(lambda answer: "/map/marks" in answer.url):
        press(frame, "Zoom in")
    with page.expect_response(lambda answer: "/map/events" in answer.url):
        press(frame, "Zoom out")
    page.wait_for_load_state("networkidle")
    assert read.evaluate("node => node.isThis")


def test_a_box_that_is_drawn_filters_to_its_events(opened):
    page, frame = opened(LEBANON)
    frame.locator(".dl-mark").first.wait_for()
    press(frame, "Draw an area to filter by: drag a box, or click its corners")
    box = page.locator("iframe[title^=streamlit_folium]").bounding_box()
    x, y = box["x"] + 300, box["y"] + 60
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 300, y + 250, steps=4)
    assert not frame.locator("body").evaluate("getSelection().toString()")
    page.mouse.up()
    page.wait_for_function("location.search.includes('polygon=')")
    page.get_by_role("button", name=re.compile("in the drawn area")).wait_for()


def test_the_reader_and_the_map_show_each_other_what_they_mean(opened, first_event, until):
    page, frame = opened(LEBANON)
    popup = first_event(frame, ".dl-mark[aria-label^='Beirut']")
    popup.get_by_role("button", name="Read").click()
    page.locator("mark.dl-chosen").first.wait_for()
    popup.press("Escape")
    page.locator("mark.dl-place[data-events]", has_text="Beirut").first.hover()
    frame.locator("path[stroke='#1f6f8b']").first.wait_for()
    page.mouse.move(5, 5)
    frame.locator("path[stroke='#1f6f8b']").first.wait_for(state="detached")
    page.evaluate(
        "document.querySelectorAll('mark').forEach((one) => one.classList.remove('dl-chosen'))"
    )

    def point():
        page.mouse.move(5, 5)
        frame.locator(".dl-mark[aria-label^='Beirut']").hover()

    until(page.locator("mark.dl-chosen").first, point)


def test_words_of_an_event_without_a_place_tell_that_on_the_map(opened, first_event):
    page, frame = opened(LEBANON)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_load_state("networkidle")  # the map asks for its new view, and marks may move
    popup = first_event(frame, ".dl-mark[aria-label^='Beirut']")
    popup.get_by_role("button", name="Read", exact=True).click()
    page.locator("mark.dl-chosen").first.wait_for()
    # Above the words the map is out of view: it comes back with what it shows of them.
    page.locator("mark.dl-event", has_text="called").press(" ")
    frame.get_by_text("This event is not on the map.").wait_for()
    popup.wait_for(state="detached")
    page.wait_for_function(
        "document.querySelector('iframe[title^=streamlit_folium]').getBoundingClientRect().y > -60"
    )
    page.locator("mark.dl-event", has_text="visited").press("Enter")
    popup.wait_for()
    assert not frame.get_by_text("This event is not on the map.").count()


def test_why_here_shows_the_evidence_and_the_mention_it_is_of(opened, first_event):
    page, frame = opened(LEBANON)
    popup = first_event(frame, ".dl-mark[aria-label^='Beirut']")
    popup.get_by_role("button", name="Why here?").click()
    page.get_by_text(re.compile("^Answer +[0-9]+%")).first.wait_for()
    page.locator("mark.dl-place.dl-chosen", has_text="Beirut").wait_for()
    seen = page.viewport_size
    for found in (
        page.get_by_text(re.compile("^Answer +[0-9]+%")).first,
        page.locator("mark.dl-place.dl-chosen").first,
        frame.locator(".dl-mark").first,
    ):
        box = found.bounding_box()
        assert 0 <= box["y"] <= box["y"] + box["height"] <= seen["height"]
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0


def test_each_event_of_a_place_is_reached_one_after_the_other(opened, first_event):
    page, frame = opened("?lat=32&lon=54&zoom=5")
    popup = first_event(frame, ".dl-mark[aria-label^='Iran, area, 4 events']")
    forward = popup.get_by_role("button", name="Next event")
    seen = []
    for _ in range(4):
        # The page has heard of each step before the next one is taken.
        event = page.wait_for_function(
            "seen => [new URLSearchParams(location.search).get('event')]"
            ".find((event) => event && !seen.includes(event))",
            arg=seen,
        )
        seen.append(event.json_value())
        if len(seen) < 4:
            forward.press("Enter")
    assert forward.is_disabled()


def test_with_the_keyboard_alone_a_mark_leads_to_the_evidence(opened):
    page, frame = opened(LEBANON)
    frame.locator(".dl-mark[aria-label^='Beirut']").focus()
    page.keyboard.press("Enter")
    popup = frame.get_by_role("dialog")
    popup.wait_for()
    for name in (re.compile("^Retreat"), re.compile("^Why here")):
        wanted = popup.get_by_role("button", name=name)
        wanted.wait_for()
        for _ in range(30):
            if wanted.evaluate("node => node === document.activeElement"):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    page.get_by_text(re.compile("^Answer +[0-9]+%")).first.wait_for()


def test_by_keyboard_the_controls_come_before_the_marks_which_can_be_skipped(opened):
    page, frame = opened()
    frame.locator(".dl-mark").first.wait_for()
    frame.locator(".leaflet-container").focus()
    passed = []
    while not passed or passed[-1] != "Skip the marks":
        page.keyboard.press("Tab")
        focused = frame.locator(":focus")
        passed.append(focused.get_attribute("aria-label") or focused.inner_text())
        assert len(passed) < 12, passed
    assert {"Zoom in", "Layers", "Play through time", "Legend"} <= set(passed)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert not frame.locator(":focus").count()
    page.wait_for_function("document.activeElement.innerText.includes('Timeline')")


def test_what_can_be_done_with_an_event_is_in_view_however_long_its_popup_is(opened, first_event):
    _, frame = opened(LEBANON)
    popup = first_event(frame, ".dl-mark[aria-label^='Beirut']")
    popup.get_by_role("button", name="Read", exact=True).wait_for()
    seen = frame.locator(".leaflet-popup-content").bounding_box()
    for name in ("Read", "Why here?", "Correct", "Copy link"):
        button = popup.get_by_role("button", name=name, exact=True).bounding_box()
        assert seen["y"] <= button["y"], name
        assert button["y"] + button["height"] <= seen["y"] + seen["height"], name


def test_the_legend_makes_way_for_a_popup_and_comes_back(opened):
    page, frame = opened("?lat=25&lon=55&zoom=4")
    kinds = frame.locator(".dl-legend").get_by_text("somewhere in this area")
    kinds.wait_for()
    mark = frame.locator(".dl-mark[aria-label^='Jeddah']")
    mark.click()
    kinds.wait_for(state="hidden")
    frame.get_by_role("dialog").press("Escape")
    kinds.wait_for()
    mark.click()
    frame.get_by_role("button", name="Read", exact=True).click()
    page.get_by_role("button", name="Close the reader").wait_for()


@pytest.fixture
def tile_server():
    """A server of tiles on this computer, and what was asked of it."""
    asked = []
    drawn = io.BytesIO()
    Image.new("RGB", (256, 256), "#dfe7d8").save(drawn, "PNG")

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(drawn.getvalue())

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def test_tiles_of_a_server_are_asked_for_once_it_is_named_and_owed_to_somebody(opened, tile_server):
    at, asked = tile_server
    page, frame = opened(LEBANON)
    press(frame, "Layers")
    frame.get_by_label("Tiles of a server").check()
    frame.get_by_label("Address, with").fill(f"{at}/{{z}}/{{x}}/{{y}}.png")
    frame.get_by_role("button", name="Use these tiles").click()
    frame.get_by_text("Name whom the tiles are owed to").wait_for()
    assert not asked
    frame.get_by_label("Attribution that its owner asks for").fill("© A <b>map</b> maker")
    frame.get_by_role("button", name="Use these tiles").click()
    frame.get_by_text(f"Tiles come from {at.removeprefix('http://')}").wait_for()
    assert all(re.fullmatch(r"/\d+/\d+/\d+\.png", path) for path in asked)
    assert "© A <b>map</b> maker" in frame.locator(".leaflet-control-attribution").inner_text()
    assert frame.locator(".leaflet-tile-loaded[src^='http://127']").count()
    page.reload()
    frame.locator(".leaflet-tile-loaded[src^='http://127']").first.wait_for(state="attached")
    press(frame, "Layers")
    frame.get_by_label("Outlines, without a network").check()
    frame.locator(".leaflet-tile[src^='http://127']").first.wait_for(state="detached")
