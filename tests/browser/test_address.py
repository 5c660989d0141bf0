"""The address bar in a real Chromium: back and forward, other pages, shared links."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser


def choose(page, field, typed):
    page.get_by_role("combobox", name=re.compile(f"^{field}|{field}$")).click()
    page.keyboard.type(typed)
    page.get_by_role("option", name=re.compile(typed)).first.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def asked(page, **query):
    """Wait until the address asks for this, and the chips name as many filters."""
    page.wait_for_function(
        """(wanted) => {
          const has = Object.fromEntries(new URLSearchParams(location.search));
          for (const key of ["v", "lat", "lon", "zoom", "layer"]) delete has[key];
          const chips = document.querySelectorAll("[class*='st-key-chip-']").length;
          const isSame = JSON.stringify(has) === JSON.stringify(wanted);
          return isSame && chips === Object.keys(wanted).filter((key) => key !== "panel").length;
        }""",
        arg=query,
    )


def test_back_undoes_a_filter_and_forward_brings_it_again(opened):
    page, _ = opened()
    choose(page, "Places", "Iran")
    asked(page, places="IR")
    narrowed = page.get_by_text(re.compile("events? shown")).first.inner_text()
    choose(page, "Event types", "Consult")
    asked(page, types="CONSULT", places="IR")
    page.go_back()
    asked(page, places="IR")
    page.get_by_text(narrowed).wait_for()
    page.go_back()
    asked(page)
    page.go_forward()
    asked(page, places="IR")
    page.get_by_text(narrowed).wait_for()


def test_quick_steps_back_leave_nothing_of_what_was_asked_between(opened):
    page, _ = opened()
    choose(page, "Places", "Iran")
    asked(page, places="IR")
    search = page.get_by_label("Search")
    for word in ("killed", "met"):
        search.fill(word)
        search.press("Enter")
        asked(page, text=word, places="IR")
    # As fast as a hand, before the page of the step before has come.
    page.evaluate(
        """() => {
          let steps = 3;
          const timer = setInterval(() => {
            history.back();
            steps -= 1;
            if (!steps) clearInterval(timer);
          }, 100);
        }"""
    )
    asked(page)
    page.wait_for_function("document.querySelector('[aria-label=Search]').value === ''")
    page.go_forward()
    asked(page, places="IR")
    assert not search.input_value()


def map_view(page):
    """Return what the map shows once it rests: its middle, zoom, layer and whether a popup."""
    frame = next(each for each in page.frames if "streamlit_folium" in each.url)
    return frame.evaluate(
        """() => new Promise(resolve => {
          let last = "";
          const timer = setInterval(() => {
            const { lat, lng } = window.map.getCenter();
            const layer = document.querySelector("input[name=dl-layer]:checked");
            const popup = document.querySelector(".dl-popup");
            const words = layer.labels[0].innerText;
            const zoom = window.map.getZoom();
            const view = [lat.toFixed(2), lng.toFixed(2), zoom, words, !!popup];
            if (String(view) !== last) { last = String(view); return; }
            clearInterval(timer);
            resolve(view);
          }, 400);
        })"""
    )


def to_another_page_and_back(page, frame, *names):
    for name in (*names, "Map"):
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_load_state("networkidle")
    frame.locator(".dl-mark, .dl-coloured").first.wait_for()


def test_who_comes_back_from_another_page_finds_the_map_as_it_was(opened, first_event):
    page, frame = opened("?lat=33.9&lon=37&zoom=6")
    first_event(frame, ".dl-mark[aria-label^='Beirut']")
    page.wait_for_function("location.search.includes('event=')")
    left = map_view(page)
    to_another_page_and_back(page, frame, "About")
    frame.get_by_role("dialog").wait_for()
    assert map_view(page) == left

    # Closed, a popup stays closed, and brings no view back to its place.
    frame.get_by_role("dialog").press("Escape")
    page.wait_for_function("!location.search.includes('event=')")
    frame.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("location.search.includes('zoom=7')")
    frame.locator("button[aria-label='Layers']").click()
    frame.get_by_label("Events by country").check()
    page.wait_for_function("location.search.includes('layer=countries')")
    left = map_view(page)
    to_another_page_and_back(page, frame, "Articles", "Review")
    assert map_view(page) == left
    page.wait_for_function("location.search.includes('zoom=7')")


def test_a_saved_view_brings_back_filters_map_layer_and_what_lies_below(opened, at_rest, until):
    page, frame = opened("?lat=33.9&lon=37&zoom=6&panel=events&types=CONSULT")
    frame.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("location.search.includes('zoom=7')")
    frame.locator("button[aria-label='Layers']").click()
    frame.get_by_label("Events by country").check()
    page.wait_for_function("location.search.includes('layer=countries')")
    saved = map_view(page)
    page.get_by_role("button", name=re.compile("^Views")).click()
    page.get_by_label("Save the present view as").fill("Levant")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Levant").wait_for()
    page.keyboard.press("Escape")

    chip = page.get_by_role("button", name=re.compile("^Consult"))
    chip.click()
    asked(page, panel="events")
    frame.get_by_label("Heat map of the events").check()
    frame.get_by_role("button", name="Show all events").click()
    page.wait_for_function("!location.search.includes('zoom=7')")
    at_rest(page)
    page.get_by_role("button", name=re.compile("^Views")).click()
    page.get_by_role("button", name="Levant").wait_for()
    at_rest(page)
    until(chip, page.get_by_role("button", name="Levant").click)
    page.wait_for_function("location.search.includes('zoom=7')")
    page.wait_for_function("location.search.includes('types=CONSULT')")
    page.wait_for_function("location.search.includes('layer=countries')")
    assert map_view(page) == saved


def test_what_asks_for_something_on_the_map_shows_it_whatever_was_seen_before(opened):
    page, frame = opened("?lat=-70&lon=-130&zoom=7")
    frame.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("location.search.includes('zoom=8')")
    page.get_by_role("link", name="Articles", exact=True).click()
    page.get_by_role("button", name="Show its events on the map").click()
    frame.locator(".dl-mark").first.wait_for()
    assert float(map_view(page)[0]) > -60


def test_filters_outlive_other_pages_and_back_leads_to_them(opened):
    page, _ = opened()
    choose(page, "Places", "Iran")
    asked(page, places="IR")
    for name in ("About", "Articles"):
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_url(f"**/{name.lower()}*")
    page.get_by_role("link", name="Map", exact=True).click()
    asked(page, places="IR")
    page.go_back()
    page.wait_for_url("**/articles*")
    page.get_by_role("combobox", name=re.compile("Article")).wait_for()
    page.go_back()
    page.wait_for_url("**/about*")
    page.go_back()
    asked(page, places="IR")


def test_a_country_typed_by_another_name_shows_what_lies_in_it_where_a_link_opens_it(opened, visit):
    page, _ = opened()
    choose(page, "Places", "Islamic Republic of Iran")
    asked(page, places="IR")
    shown = page.get_by_text(re.compile("events? shown")).first.inner_text()
    again = visit.page.context.new_page()
    again.goto(page.url)
    again.get_by_text(shown).wait_for()
    again.get_by_role("button", name=re.compile("^Iran")).wait_for()


def test_enter_takes_what_was_typed_and_no_name_that_only_holds_it(opened):
    page, _ = opened()
    for field, typed, found in (("Actors", "US", "actors=USA"), ("Places", "Oman", "places=OM")):
        side = page.get_by_test_id("stSidebar")
        side.get_by_role("combobox", name=field).fill(typed)
        page.get_by_role("option", name=f"Add: {typed}").wait_for()
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        if found == "places=OM":
            page.get_by_text("No event is in or at Oman.").wait_for()
        else:
            page.wait_for_function("found => location.search.includes(found)", arg=found)


def test_a_visit_that_begins_at_the_watch_list_shows_what_is_watched_on_the_map(visit, address):
    page = visit.go(f"{address}/sources")
    page.get_by_role("tab", name="Watch list").click()
    page.get_by_label("Watch for").fill("Ormara")
    page.get_by_role("button", name="Add to the watch list").click()
    page.get_by_role("button", name="Show on the map").click()
    asked(page, text="Ormara")
    assert page.get_by_label("Search").input_value() == "Ormara"


def test_on_a_phone_the_sidebar_folds_away_when_a_page_is_chosen(opened):
    page, _ = opened()
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()  # where there is no room the sidebar is folded from the start
    page.get_by_test_id("stExpandSidebarButton").click()
    page.locator("[data-testid=stSidebar][data-collapsed=false]").wait_for()
    page.get_by_role("link", name="About", exact=True).click()
    page.get_by_text("About Dateline").wait_for()
    page.locator("[data-testid=stSidebar][data-collapsed=false]").wait_for(state="detached")


def test_chips_pressed_one_after_the_other_all_go(opened):
    page, _ = opened()
    choose(page, "Places", "Iran")
    choose(page, "Event types", "Consult")
    asked(page, types="CONSULT", places="IR")
    # As fast as a hand, before the page of the first press has come.
    page.evaluate(
        """() => new Promise((done) => {
          const press = (words) => [...document.querySelectorAll("[class*='st-key-chip-'] button")]
            .find((chip) => chip.textContent.includes(words)).click();
          press("Consult");
          setTimeout(() => { press("Iran"); done(); }, 60);
        })"""
    )
    asked(page)
