from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box

from dashboard.exports import to_geojson
from dashboard.layers import map_layers
from dashboard.outlines import clip_ring, outline_of
from dashboard.polyline import decode_line
from gazetteer.relations import part_of


def polygons(geometry):
    return MultiPolygon([(part[0], list(part[1:])) for part in geometry.parts])


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
    left = clip_ring(ring, (low, low), (high, high))
    assert (Polygon(left).area if left else 0.0) == pytest.approx(wanted, abs=1e-6)


def test_a_part_of_a_country_is_drawn_with_the_countrys_own_outline(sample, place_store):
    iran = place_store.country("IR")
    part, _ = part_of(iran, "southeastern", 135.0, place_store)
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
