"""Lines and areas as data sets draw them: each by its middle, with the doubt of its size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gazetteer.geodesy import centre, distance_km
from gazetteer.places import Coordinates, GeoPrecision

RADIUS_KM: Mapping[GeoPrecision, float] = {
    GeoPrecision.NEAR: 25.0,
    GeoPrecision.ADMIN2: 40.0,
    GeoPrecision.ADMIN1: 120.0,
    GeoPrecision.REGION: 250.0,
    GeoPrecision.WATER: 250.0,
}
"""The circle of doubt of a place whose outline the data set does not give. 25 km is UCDP's own
"near"; the others are the size of a middling district, province and region."""

_BY_SIZE = (GeoPrecision.NEAR, GeoPrecision.ADMIN2, GeoPrecision.ADMIN1)


def middle_of(coordinates: object) -> tuple[Coordinates, GeoPrecision] | None:
    """Return the middle of a GeoJSON geometry's coordinates, and the class of its size.

    None when there are no points among them.

    Raises: InvalidCoordinatesError when one is off the globe.
    """
    # A ring ends where it begins: that point is one.
    points = {Coordinates(lat=lat, lon=lon): None for lon, lat in _points_in(coordinates)}
    middle = centre(points)
    if middle is None:
        return None
    reach_km = max(distance_km(middle, point) for point in points)
    classes = (known for known in _BY_SIZE if reach_km <= RADIUS_KM[known])
    return middle, next(classes, GeoPrecision.REGION)


def _points_in(coordinates: object) -> Iterator[tuple[float, float]]:
    if not isinstance(coordinates, list):
        return
    is_point = len(coordinates) >= 2 and all(isinstance(n, int | float) for n in coordinates[:2])
    if is_point:
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from _points_in(part)
