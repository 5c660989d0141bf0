"""Distances and centres on a sphere."""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, atan2, cos, degrees, inf, radians, sin, sqrt

from gazetteer.places import BoundingBox, Coordinates, Place

MEAN_EARTH_RADIUS_KM = 6371.0088
"""IUGG mean radius R1, from Moritz (2000), "Geodetic Reference System 1980"."""


def distance_km(a: Coordinates, b: Coordinates) -> float:
    """Return the great-circle distance in kilometres.

    Haversine on a sphere: within 0.6 % of the ellipsoidal distance, enough to
    rank candidates, not to survey.
    """
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half_lat = sin((lat_b - lat_a) / 2)
    half_lon = sin(radians(b.lon - a.lon) / 2)
    chord = half_lat * half_lat + cos(lat_a) * cos(lat_b) * half_lon * half_lon
    return 2 * MEAN_EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def distance_to_box_km(point: Coordinates, box: BoundingBox) -> float:
    """Return how far `point` lies from the nearest point of a box, 0 within it."""
    lat = min(max(point.lat, box.south), box.north)
    if box.spans(point.lon):
        lon = point.lon
    else:
        is_west_nearer = (box.west - point.lon) % 360 < (point.lon - box.east) % 360
        lon = box.west if is_west_nearer else box.east
    return distance_km(point, Coordinates(lat=lat, lon=lon))


def destination(start: Coordinates, bearing_degrees: float, distance: float) -> Coordinates:
    """Return the point `distance` kilometres from `start`; the bearing is clockwise from north."""
    angle, bearing = distance / MEAN_EARTH_RADIUS_KM, radians(bearing_degrees)
    lat = radians(start.lat)
    sin_lat = sin(lat) * cos(angle) + cos(lat) * sin(angle) * cos(bearing)
    east = atan2(sin(bearing) * sin(angle) * cos(lat), cos(angle) - sin(lat) * sin_lat)
    lon = (start.lon + degrees(east) + 180) % 360 - 180
    return Coordinates(lat=degrees(asin(max(-1.0, min(1.0, sin_lat)))), lon=lon)


def centre(points: Iterable[Coordinates]) -> Coordinates | None:
    """Return the mean direction of `points`, right across 180 degrees; None for no points."""
    vectors = [
        (
            cos(radians(p.lat)) * cos(radians(p.lon)),
            cos(radians(p.lat)) * sin(radians(p.lon)),
            sin(radians(p.lat)),
        )
        for p in points
    ]
    if not vectors:
        return None
    x, y, z = (sum(axis) for axis in zip(*vectors, strict=True))
    return Coordinates(lat=degrees(atan2(z, sqrt(x * x + y * y))), lon=degrees(atan2(y, x)))


def nearest(point: Coordinates, places: Iterable[Place], *, within_km: float) -> Place | None:
    """Return the place closest to `point`, or None when all lie farther than `within_km`."""
    near = [(distance_km(point, place.coordinates), place.place_id, place) for place in places]
    distance, _, place = min(near, default=(inf, "", None))
    return place if distance <= within_km else None
