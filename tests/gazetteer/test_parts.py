from __future__ import annotations

from dataclasses import replace
from math import cos, radians, sin

import pytest
from shapely.geometry import MultiPolygon, Polygon

from gazetteer import outlines
from gazetteer.countries import countries
from gazetteer.outlines import cut_ring
from gazetteer.parts import part_in_direction
from gazetteer.places import BoundingBox, Coordinates, FeatureClass, Geometry, GeometryKind
from gazetteer.relations import part_of

WINDS = range(0, 360, 45)


def square(south, west, north, east):
    return ((south, west), (north, west), (north, east), (south, east), (south, west))


def area(*rings):
    return Geometry(kind=GeometryKind.AREA, parts=tuple((ring,) for ring in rings))


@pytest.mark.parametrize("bearing", WINDS)
def test_the_point_of_every_countrys_part_lies_in_it_and_in_that_direction(place_store, bearing):
    wrong = []
    for code in countries():
        country = place_store.country(code)
        whole = place_store.geometry(country.place_id) if country else None
        if whole is None:
            continue
        part = part_in_direction(whole, bearing)
        other = part_in_direction(whole, (bearing + 180) % 360)
        north = part.point.lat - other.point.lat
        east = (part.point.lon - other.point.lon + 180) % 360 - 180
        east *= cos(radians(part.point.lat))
        is_that_way = north * cos(radians(bearing)) + east * sin(radians(bearing)) > 0
        places = (whole, part.area)
        is_within = all(outlines.contains(shape, part.point) for shape in places)
        if not (is_that_way and is_within and part.bounds.contains(part.point)):
            wrong.append(code)
    assert set(wrong) <= {"AQ"}  # which has no east or west


@pytest.mark.parametrize(
    ("code", "bearing", "lats", "lons"),
    [
        ("RU", 270, (41, 70), (28, 75)),
        ("FR", 180, (42, 46), (-2, 7.6)),
        ("US", 45, (38, 49), (-100, -67)),
        ("US", 270, (31, 49), (-125, -99)),
        ("US", 180, (25, 39), (-120, -75)),
        ("NZ", 0, (-41.7, -34), (172, 179)),
        ("ES", 270, (36, 44), (-9.4, -3.7)),
    ],
)
def test_overseas_lands_move_no_part(place_store, code, bearing, lats, lons):
    point = part_in_direction(
        place_store.geometry(place_store.country(code).place_id), bearing
    ).point
    assert lats[0] < point.lat < lats[1]
    assert lons[0] < point.lon < lons[1]


def test_a_half_is_cut_through_the_centre_of_area_and_a_corner_beyond_it():
    south = part_in_direction(area(square(0, 0, 4, 4)), 180)
    assert south.bounds.north == pytest.approx(2)
    assert south.point.lat == pytest.approx(1)
    assert south.point.lon == pytest.approx(2)
    corner = part_in_direction(area(square(-2, -2, 2, 2)), 45)
    assert Polygon(corner.area.parts[0][0]).area < 0.35 * 16


def test_an_area_across_180_degrees_is_one_land():
    east = part_in_direction(area(square(0, 176, 4, 180), square(0, -180, 4, -176)), 90)
    assert (east.bounds.west, east.bounds.east) == (pytest.approx(180), pytest.approx(-176))
    assert east.point.lon == pytest.approx(-178)


def test_a_point_far_from_a_land_across_180_degrees_is_not_within_it(place_store):
    russia = place_store.geometry(place_store.country("RU").place_id)
    assert not outlines.contains(russia, Coordinates(lat=67, lon=-30))
    assert outlines.contains(russia, Coordinates(lat=67, lon=100))
    assert place_store.country_at(Coordinates(lat=67, lon=-30)) is None


def test_a_place_without_an_outline_has_parts_of_its_box(place_store):
    sahel = next(m.place for m in place_store.by_name("Sahel") if m.place.bounds)
    part, rule = part_of(sahel, "western", 270.0, place_store)
    assert part.coordinates.lon < sahel.coordinates.lon
    assert part.bounds.contains(part.coordinates)
    assert rule == "the western part of Sahel"


@pytest.mark.parametrize("bearing", WINDS)
@pytest.mark.parametrize("flat", [square(1, 2, 1, 4), square(1, 2, 3, 2), square(1, 2, 1, 2)])
def test_an_area_that_is_flat_has_no_parts(flat, bearing):
    assert part_in_direction(area(flat), bearing) is None


def test_the_part_of_a_place_with_a_flat_box_is_the_place_itself(place_store):
    dili = next(m.place for m in place_store.by_name("Dili") if m.place.feature_code == "PPLC")
    lat = dili.coordinates.lat
    flat = replace(dili, bounds=BoundingBox(south=lat, west=125.5, north=lat, east=125.6))
    part, _ = part_of(flat, "northern", 0.0, place_store)
    assert (part.coordinates, part.bounds) == (flat.coordinates, flat.bounds)


def test_a_part_without_a_direction_keeps_the_point_of_the_whole(place_store):
    iran = place_store.country("IR")
    part, _ = part_of(iran, "central", None, place_store)
    assert (part.coordinates, part.bounds) == (iran.coordinates, iran.bounds)
    assert part.feature_class is FeatureClass.AREA


@pytest.mark.parametrize("bearing", WINDS)
def test_a_part_and_its_opposite_share_no_land(place_store, bearing):
    whole = place_store.geometry(place_store.country("PL").place_id)
    shapes = [
        MultiPolygon([(p[0], list(p[1:])) for p in part_in_direction(whole, b).area.parts])
        for b in (bearing, (bearing + 180) % 360)
    ]
    assert shapes[0].buffer(0).intersection(shapes[1].buffer(0)).area < 1e-6


def test_cutting_keeps_one_side_of_the_line():
    kept = cut_ring(square(0, 0, 4, 4), axis=0, limit=1, sign=1)
    assert Polygon(kept).area == pytest.approx(12)
    assert cut_ring(square(0, 0, 4, 4), axis=1, limit=5, sign=1) == ()
