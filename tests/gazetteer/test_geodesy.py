"""Distances and centres."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.geodesy import centre, distance_km, distance_to_box_km
from gazetteer.places import BoundingBox, Coordinates

POINTS = st.builds(Coordinates, lat=st.floats(-90, 90), lon=st.floats(-180, 180))


@pytest.mark.parametrize(
    ("a", "b", "kilometres"),
    [
        # Geodesics on WGS 84 by geopy.distance.geodesic; the sphere differs by up to 0.6 %.
        (Coordinates(lat=35.69439, lon=51.42151), Coordinates(lat=24.68773, lon=46.72185), 1301.9),
        (Coordinates(lat=51.50853, lon=-0.12574), Coordinates(lat=40.71427, lon=-74.00597), 5585.2),
        (Coordinates(lat=0, lon=179.5), Coordinates(lat=0, lon=-179.5), 111.3),
    ],
)
def test_distances_agree_with_the_ellipsoid_within_six_in_a_thousand(
    a: Coordinates, b: Coordinates, kilometres: float
):
    assert distance_km(a, b) == pytest.approx(kilometres, rel=0.006)


@given(POINTS, POINTS)
def test_distance_is_symmetric_and_never_beyond_half_the_globe(a: Coordinates, b: Coordinates):
    assert distance_km(a, b) == pytest.approx(distance_km(b, a))
    assert 0 <= distance_km(a, b) <= 20016


@given(POINTS)
def test_a_point_is_no_distance_from_itself(point: Coordinates):
    assert distance_km(point, point) == 0


def test_the_centre_of_points_on_both_sides_of_the_date_line_lies_between_them():
    middle = centre([Coordinates(lat=0, lon=170), Coordinates(lat=0, lon=-170)])
    assert middle is not None
    assert abs(middle.lon) == pytest.approx(180)


def test_no_points_have_no_centre():
    assert centre([]) is None


@pytest.mark.parametrize(
    ("lon", "west", "east", "nearest"),
    [
        (-160, 170, -170, -170),
        (160, 170, -170, 170),
        (175, 170, -170, 175),
        (-179, 170, 178, 178),
        (30, 10, 20, 20),
    ],
)
def test_the_way_to_a_box_is_the_shorter_one_round_the_earth(lon, west, east, nearest):
    box = BoundingBox(south=-5, west=west, north=5, east=east)
    there = distance_km(Coordinates(lat=0, lon=lon), Coordinates(lat=0, lon=nearest))
    assert distance_to_box_km(Coordinates(lat=0, lon=lon), box) == pytest.approx(there)
