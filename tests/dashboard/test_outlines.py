from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box

from dashboard.exports import to_geojson
from dashboard.layers import map_layers
from dashboard.outlines import clip, outline_of
from dashboard.polyline import decode_line
from gazetteer.places import BoundingBox, Geometry, GeometryKind, GeoPrecision


def area(*rings):
    return Geometry(kind=GeometryKind.AREA, parts=(tuple(rings),))


def polygons(geometry):
    return MultiPolygon([(part[0], list(part[1:])) for part in geometry.parts])


SQUARE = ((0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (10.0, 0.0), (0.0, 0.0))
HOLE = ((4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0), (4.0, 4.0))


def test_a_clipped_area_keeps_its_hole_as_far_as_it_lies_within():
    left = clip(area(SQUARE, HOLE), BoundingBox(south=-5, west=-5, north=5, east=20))
    assert polygons(left).area == pytest.approx(50 - 2)


def test_nothing_is_left_of_an_area_outside_the_box():
    assert clip(area(SQUARE), BoundingBox(south=20, west=20, north=30, east=30)) is None


def test_a_box_across_180_degrees_keeps_both_sides():
    west = tuple((lat, lon + 170) for lat, lon in SQUARE)
    east = tuple((lat, lon - 180) for lat, lon in SQUARE)
    both = Geometry(kind=GeometryKind.AREA, parts=((west,), (east,)))
    left = clip(both, BoundingBox(south=0, west=175, north=10, east=-175))
    assert polygons(left).area == pytest.approx(100)


@given(
    st.lists(
        st.tuples(st.floats(-80, 80), st.floats(-170, 170)), min_size=3, max_size=12, unique=True
    ),
    st.floats(-60, 0),
    st.floats(1, 60),
)
def test_clipping_agrees_with_shapely(corners, low, high):
    hull = MultiPolygon([Polygon(corners)]).convex_hull
    if hull.geom_type != "Polygon" or hull.area < 1:
        return
    ring = tuple((float(a), float(b)) for a, b in hull.exterior.coords)
    wanted = hull.intersection(box(low, low, high, high)).area
    left = clip(area(ring), BoundingBox(south=low, west=low, north=high, east=high))
    assert (polygons(left).area if left else 0.0) == pytest.approx(wanted, abs=1e-6)


def test_a_part_of_a_country_is_drawn_with_the_countrys_own_outline(sample, place_store):
    iran = place_store.country("IR")
    part = replace(
        iran,
        place_id=f"part:{iran.place_id}:southeastern",
        name="southeastern Iran",
        feature_code="RGN",
        precision=GeoPrecision.REGION,
        bounds=BoundingBox(south=25.0, west=56.0, north=32.0, east=63.4),
    )
    outline = outline_of(part, place_store)
    whole = polygons(place_store.geometry(iran.place_id))
    assert outline.parts
    assert polygons(outline).buffer(0).area < 0.5 * whole.area
    assert polygons(outline).buffer(0).difference(whole.buffer(0.001)).area < 0.01
    report = sample.report(
        1, "ASSAULT", "Fighting in southeastern Iran.", "Fighting", {"southeastern Iran": part}
    )
    layers = map_layers([report], place_store)
    [mark] = layers["areas"]
    assert mark["fuzzy"] is True
    assert max(len(decode_line(rings[0])) for rings in mark["polygons"]) > 20
    [feature] = to_geojson([report], place_store)["features"]
    assert feature["geometry"]["type"] == "MultiPolygon"
