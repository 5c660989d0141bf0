"""What a place is: coordinates, boxes, outlines."""

from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import outlines
from gazetteer.errors import GazetteerError, InvalidCoordinatesError
from gazetteer.places import (
    BoundingBox,
    Coordinates,
    FeatureClass,
    Geometry,
    GeometryKind,
    GeoPrecision,
    quick_maker,
)
from gazetteer.records import feature_types

THOUSANDTHS = st.integers(-90_000, 90_000).map(lambda steps: steps / 1000)
PATHS = st.lists(st.tuples(THOUSANDTHS, THOUSANDTHS), min_size=2, max_size=20).map(tuple)
SQUARE = ((0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (10.0, 0.0), (0.0, 0.0))
HOLE = ((4.0, 4.0), (4.0, 6.0), (6.0, 6.0), (6.0, 4.0), (4.0, 4.0))


@pytest.mark.parametrize(
    ("lat", "lon"), [(90.1, 0), (-91, 0), (0, 181), (math.nan, 0), (0, math.inf)]
)
def test_coordinates_off_the_globe_are_refused(lat: float, lon: float):
    with pytest.raises(InvalidCoordinatesError) as caught:
        Coordinates(lat=lat, lon=lon)
    assert isinstance(caught.value, GazetteerError)
    assert isinstance(caught.value, ValueError)


def test_a_box_may_cross_the_date_line():
    box = BoundingBox(south=-20, west=170, north=20, east=-170)
    assert box.contains(Coordinates(lat=0, lon=180))
    assert box.contains(Coordinates(lat=0, lon=-175))
    assert not box.contains(Coordinates(lat=0, lon=0))


def test_geojson_has_longitude_first():
    line = Geometry(kind=GeometryKind.LINE, parts=((((25.2, 61.6), (29.9, 60.9)),),))
    assert line.to_geojson() == {
        "type": "MultiLineString",
        "coordinates": [[[61.6, 25.2], [60.9, 29.9]]],
    }


@given(st.sampled_from(GeometryKind), st.lists(st.tuples(PATHS), min_size=1, max_size=4))
def test_an_outline_comes_back_from_its_text(kind: GeometryKind, parts: list[tuple[object, ...]]):
    geometry = Geometry(kind=kind, parts=tuple(parts))  # type: ignore[arg-type]
    assert outlines.from_text(kind, outlines.to_text(geometry)) == geometry


def test_a_hole_is_not_inside():
    area = Geometry(kind=GeometryKind.AREA, parts=((SQUARE, HOLE),))
    assert outlines.contains(area, Coordinates(lat=2, lon=2))
    assert not outlines.contains(area, Coordinates(lat=5, lon=5))
    assert not outlines.contains(area, Coordinates(lat=11, lon=5))


def test_bounds_take_the_short_way_round_the_globe():
    islands = Geometry(
        kind=GeometryKind.AREA,
        parts=((((1.0, 178.0), (2.0, 179.0), (1.0, 178.0)),),
               (((-3.0, -179.0), (-2.0, -178.0), (-3.0, -179.0)),)),
    )  # fmt: skip
    assert outlines.bounds(islands) == BoundingBox(south=-3, west=178, north=2, east=-178)


@pytest.mark.parametrize(
    ("code", "feature_class", "precision"),
    [
        ("GULF", FeatureClass.WATER, GeoPrecision.WATER),
        ("SEA", FeatureClass.WATER, GeoPrecision.WATER),
        ("STRT", FeatureClass.WATER, GeoPrecision.WATER),
        ("RGN", FeatureClass.AREA, GeoPrecision.REGION),
        ("BDRY", FeatureClass.AREA, GeoPrecision.REGION),
        ("NUC", FeatureClass.SITE, GeoPrecision.EXACT),
        ("PPL", FeatureClass.POPULATED, GeoPrecision.EXACT),
        ("PCLI", FeatureClass.ADMIN, GeoPrecision.COUNTRY),
        ("ADM1", FeatureClass.ADMIN, GeoPrecision.ADMIN1),
        ("ADM2", FeatureClass.ADMIN, GeoPrecision.ADMIN2),
    ],
)
def test_a_feature_code_says_class_and_precision(
    code: str, feature_class: FeatureClass, precision: GeoPrecision
):
    assert feature_types()[code].feature_class is feature_class
    assert feature_types()[code].precision is precision


def test_a_value_that_was_made_quickly_is_like_any_other():
    made = quick_maker(Coordinates)(1.5, -2.25)
    usual = Coordinates(lat=1.5, lon=-2.25)
    assert type(made) is Coordinates
    assert (made, hash(made), repr(made)) == (usual, hash(usual), repr(usual))
    assert dataclasses.replace(made, lat=2) == Coordinates(lat=2, lon=-2.25)
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.lat = 3  # type: ignore[misc]


def test_a_value_cannot_be_made_quickly_of_too_few():
    with pytest.raises(TypeError):
        quick_maker(Coordinates)(1.5)


@pytest.mark.parametrize(
    ("a", "b", "meet"),
    [
        ((0, 170, 10, -170), (0, -175, 10, -160), True),
        ((0, 170, 10, -170), (0, 160, 10, 171), True),
        ((0, 170, 10, -170), (5, 175, 15, -175), True),
        ((0, 170, 10, -170), (0, -160, 10, 160), False),
        ((0, 170, 10, -170), (11, 175, 15, -175), False),
        ((0, 10, 10, 20), (0, 20, 10, 30), True),
        ((0, 10, 10, 20), (0, 21, 10, 30), False),
        ((0, -180, 10, 180), (0, 170, 10, -170), True),
    ],
)
def test_boxes_meet_across_180_degrees_too(a, b, meet):
    first, second = (BoundingBox(south=s, west=w, north=n, east=e) for s, w, n, e in (a, b))
    assert first.overlaps(second) is meet
    assert second.overlaps(first) is meet
