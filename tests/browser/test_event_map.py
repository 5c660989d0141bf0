"""The map in a real Streamlit page, in a real Chromium, with the network cut."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]

APP = f"""
import runpy
import streamlit as st
from streamlit_folium import st_folium
from dashboard.event_map import event_layer, event_map, selected_event
from dashboard.layers import map_layers

sample = runpy.run_path({str(ROOT / "tests" / "sample_reports.py")!r})
reports = [*sample["reports"](), sample["hostile_report"]()]
actor = st.selectbox("Actor", ["all", "IRN"])
st.query_params["actor"] = actor
if actor == "IRN":
    reports = [
        report
        for report in reports
        if any("IRN" in a.actor_id for a in report.event.source_actors + report.event.target_actors)
    ]
chosen_before = st.text_input("Selected")
layers = map_layers(reports, sample["SampleGeometry"]())
value = st_folium(
    event_map(),
    key="map",
    feature_group_to_add=event_layer(layers, selected=chosen_before or None),
    returned_objects=[],
    use_container_width=True,
    height=520,
)
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.write(f"runs={{st.session_state['runs']}} chosen={{selected_event(value)}}")
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory, serve):
    """Serve a small page with the map; its static folder is the dashboard's."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "app.py").write_text(APP, "utf-8")
    (folder / "static").symlink_to(ROOT / "dashboard" / "static")
    options = {
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.enableStaticServing": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "browser.serverAddress": "localhost",
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += [f"--{name}={value}" for name, value in options.items()]
    with serve(lambda port: [*command, f"--server.port={port}"], folder) as url:
        yield url


@pytest.fixture
def when_shown():
    return "runs=1"


def test_a_click_opens_the_quote_and_tells_python_which_event(opened):
    page, frame = opened("?lat=25&lon=63&zoom=6")
    frame.locator(".dl-mark[aria-label^='Ormara']").click()
    popup = frame.get_by_role("dialog")
    assert popup.locator("mark.dl-place").inner_text() == "Ormara"
    assert "Apr 2019" in popup.inner_text()
    page.get_by_text(f"chosen={4:016x}").wait_for()


def test_every_event_at_one_place_is_reached_from_its_popup(opened):
    _, frame = opened("?lat=35&lon=52&zoom=6")
    frame.locator(".dl-mark[aria-label^='Tehran, 3 events']").click()
    popup = frame.get_by_role("dialog")
    assert popup.locator(".dl-row").count() == 3
    popup.locator(".dl-row").first.click()
    forward = popup.get_by_role("button", name="Next event")
    seen = {popup.locator("blockquote").inner_text()}
    while forward.is_enabled():
        forward.press("Enter")
        seen.add(popup.locator("blockquote").inner_text())
    assert len(seen) == 3
    assert popup.get_by_text("3 of 3").is_visible()


def test_the_view_survives_a_filter_and_is_kept_in_the_address(opened):
    page, frame = opened("?lat=35&lon=52&zoom=6")
    frame.locator("button[aria-label='Zoom in']").click()
    page.wait_for_function("location.search.includes('zoom=7')")
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="IRN").click()
    page.get_by_text("runs=2").wait_for()
    frame.locator(".dl-mark[aria-label^='Tehran']").wait_for()
    page.wait_for_function(
        "location.search.includes('zoom=7') && location.search.includes('actor=IRN')"
    )
    assert frame.locator(".dl-mark[aria-label^='Riyadh']").count() == 0


def test_a_filter_changes_what_an_open_popup_says(opened):
    page, frame = opened("?lat=24.7&lon=46.7&zoom=7")
    frame.locator(".dl-mark[aria-label^='Riyadh']").click()
    frame.get_by_role("dialog").wait_for()
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="IRN").click()
    frame.locator(".dl-mark[aria-label^='Riyadh']").wait_for(state="detached")
    frame.get_by_role("dialog").wait_for(state="detached")


def test_panning_does_not_rerun_the_page(opened):
    page, frame = opened("?lat=35&lon=52&zoom=6")
    frame.locator("button[aria-label='Zoom out']").click()
    page.wait_for_function("location.search.includes('zoom=5')")
    assert page.get_by_text("runs=1").is_visible()


def test_a_selected_event_is_shown_by_its_popup(opened):
    page, frame = opened()
    page.get_by_label("Selected").fill(f"{5:016x}")
    page.get_by_label("Selected").press("Enter")
    popup = frame.get_by_role("dialog")
    popup.wait_for()
    assert "along the border" in popup.inner_text()


def test_marks_and_popups_work_by_keyboard(opened):
    _, frame = opened("?lat=25&lon=63&zoom=6")
    mark = frame.locator(".dl-mark[aria-label^='Ormara']")
    mark.focus()
    mark.press("Enter")
    popup = frame.get_by_role("dialog")
    popup.wait_for()
    popup.press("Escape")
    popup.wait_for(state="detached")
    assert mark.evaluate("node => node === document.activeElement")


def test_hostile_text_is_shown_as_text(opened):
    _, frame = opened("?lat=33&lon=54&zoom=8")
    frame.locator(".dl-mark[aria-label*='alert(1)']").click()
    popup = frame.get_by_role("dialog")
    assert "<img src=x" in popup.inner_text()
    assert popup.locator("a, img, script").count() == 0
