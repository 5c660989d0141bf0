from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from dashboard.layers import basemap_countries, map_layers, script_json
from dashboard.polyline import STEPS_PER_DEGREE, decode_line, encode_line, thin


def ids(marks):
    return {mark["id"] for mark in marks}


def test_a_border_is_a_line_and_never_a_point(sample):
    layers = map_layers(sample.reports(), sample.SampleGeometry())
    assert ids(layers["lines"]) == {"border:IR-PK"}
    assert "border:IR-PK" not in ids(layers["points"]) | ids(layers["areas"])


def test_seas_regions_and_countries_are_areas_and_never_points(sample):
    layers = map_layers(sample.reports(), sample.SampleGeometry())
    areas = {"cur:persian-gulf", "cur:sahel", "gn:69543", "gn:127082"}
    assert ids(layers["areas"]) == areas
    assert not areas & ids(layers["points"])


def test_a_country_is_the_basemaps_outline(sample):
    layers = map_layers(sample.reports(), sample.SampleGeometry())
    yemen = next(mark for mark in layers["areas"] if mark["name"] == "Yemen")
    assert yemen["country"] == "YE"
    assert "YE" in basemap_countries()


def test_a_district_without_an_outline_is_a_point_with_its_circle_of_doubt(sample):
    layers = map_layers(sample.reports(), sample.SampleGeometry())
    marib = next(mark for mark in layers["points"] if mark["name"] == "Marib district")
    assert marib["radius"] == 40.0


def test_a_sea_without_an_outline_is_its_box(sample):
    layers = map_layers(sample.reports(), sample.SampleGeometry())
    gulf = next(mark for mark in layers["areas"] if mark["name"] == "Persian Gulf")
    corners = decode_line(gulf["polygons"][0][0])
    assert min(corners) == (23.9, 47.7)
    assert max(corners) == (30.5, 56.5)


def test_every_place_stands_once_with_all_its_events(sample):
    layers = map_layers(sample.reports(), sample.SampleGeometry())
    tehran = next(mark for mark in layers["points"] if mark["name"] == "Tehran")
    types = sorted(layers["events"][number]["type"] for number in tehran["events"])
    assert types == ["ACCUSE", "CONSULT", "PROTEST"]


def test_an_event_without_a_place_is_kept_with_the_reason_and_drawn_nowhere(sample):
    layers = map_layers(sample.reports(), sample.SampleGeometry())
    number, card = next((n, c) for n, c in enumerate(layers["events"]) if c["type"] == "REJECT")
    assert card["unplaced"] == "The sentence names no place."
    drawn = [*layers["points"], *layers["lines"], *layers["areas"]]
    assert all(number not in mark["events"] for mark in drawn)


def test_the_order_of_reports_does_not_change_the_layers(sample):
    reports = sample.reports()
    forward = map_layers(reports, sample.SampleGeometry())
    assert forward == map_layers(reports[::-1], sample.SampleGeometry())


def test_json_in_a_script_is_inert(sample):
    text = script_json({"a": sample.HOSTILE, sample.HOSTILE: [1]})
    for dangerous in ("<", ">", "${", "`", "{{", "{%", "{#", "_", "'", "\u2028"):
        assert dangerous not in text
    assert json.loads(text) == {"a": sample.HOSTILE, sample.HOSTILE: [1]}


@given(
    st.recursive(
        st.text() | st.integers() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_inert_json_is_the_same_value(value):
    assert json.loads(script_json(value)) == value


vertices = st.tuples(
    st.integers(-90 * STEPS_PER_DEGREE, 90 * STEPS_PER_DEGREE),
    st.integers(-180 * STEPS_PER_DEGREE, 180 * STEPS_PER_DEGREE),
)


@given(st.lists(vertices, unique=True))
def test_a_line_survives_being_written_as_a_string(steps):
    line = [(lat / STEPS_PER_DEGREE, lon / STEPS_PER_DEGREE) for lat, lon in steps]
    assert decode_line(encode_line(line)) == line


@given(st.lists(vertices, min_size=2, max_size=60).map(tuple))
def test_thinning_keeps_the_ends_and_adds_nothing(path):
    thinned = thin(path, 100.0)
    assert thinned[0] == path[0]
    assert thinned[-1] == path[-1]
    assert set(thinned) <= set(path)


def test_a_straight_line_is_thinned_to_its_ends():
    assert thin(((0, 0), (1, 1), (2, 2), (5, 5)), 0.01) == ((0, 0), (5, 5))
