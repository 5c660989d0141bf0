from __future__ import annotations

import folium
import pytest
from streamlit_folium import _get_feature_group_string, _get_map_string, generate_js_hash

from dashboard.event_map import STATIC, event_layer, event_map, selected_event
from dashboard.layers import map_layers
from dashboard.static_build import LIVE_PARTS, MAP_PARTS, joined, section
from gazetteer.places import Coordinates


def map_text(**options):
    figure = event_map(**options)
    figure.get_root().render()
    figure.render()
    return _get_map_string(figure)


def layer_text(reports, sample, **options):
    group = event_layer(map_layers(reports, sample.SampleGeometry()), **options)
    return _get_feature_group_string(group, map=event_map())


def test_the_maps_text_is_the_same_each_time():
    assert map_text() == map_text()
    assert generate_js_hash(map_text(), "map") == generate_js_hash(map_text(), "map")


def test_the_first_view_is_part_of_the_map():
    assert '"view":[30.0,60.0,5]' in map_text(center=Coordinates(lat=30.0, lon=60.0), zoom=5)


def test_the_map_asks_nothing_of_other_hosts():
    figure = event_map()
    assert figure.default_css == []
    assert all(url.startswith("../../app/static/") for _, url in figure.default_js)


def test_other_maps_of_the_process_keep_their_own_scripts():
    event_map()
    assert any("leaflet" in url for _, url in folium.Map.default_js)


def test_the_layers_text_changes_with_the_events_alone(sample):
    reports = sample.reports()
    assert layer_text(reports, sample) == layer_text(reports[::-1], sample)
    assert layer_text(reports, sample) != layer_text(reports[1:], sample)


def test_an_update_forgets_what_streamlit_folium_keeps_of_the_last(sample):
    assert "window.feature_group = [];" in layer_text(sample.reports(), sample)


def test_hostile_text_is_inert_in_the_layer(sample):
    text = layer_text([sample.hostile_report()], sample)
    for dangerous in ("<script", "</script", "${", "`", "{{", "<img", "\u2028"):
        assert dangerous not in text


@pytest.mark.parametrize(
    "value", [None, {}, {"event": None}, {"event": 3}, {"event": "<x>"}, {"event": "a" * 65}, "x"]
)
def test_what_is_no_event_id_selects_nothing(value):
    assert selected_event(value) is None


def test_the_opened_event_is_reported():
    assert selected_event({"event": "00ff", "clicks": 2}) == "00ff"


def test_the_bundle_holds_our_present_script_and_styles():
    bundle = (STATIC / "dateline.js").read_text("utf-8")
    hint = "run python -m dashboard.static_build"
    assert section(bundle, "script") == joined("map", MAP_PARTS), hint
    assert section(bundle, "live") == joined("live", LIVE_PARTS), hint
    styles = section(bundle, "styles")
    assert "dl-badge" in styles, hint


def test_the_bundle_names_no_host_to_load_from():
    assert "url(" not in section((STATIC / "dateline.js").read_text("utf-8"), "styles").replace(
        "url(#", ""
    )
