"""Shapely shapes (longitude first) into the gazetteer's own geometry (latitude first)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import shapely

from gazetteer.geodesy import centre
from gazetteer.names import name_key
from gazetteer.places import Coordinates, Geometry, GeometryKind, Path


def area_geometry(area: shapely.Geometry, smallest: float) -> Geometry | None:
    """Return the polygons of `area`, those under `smallest` square degrees left out.

    The largest polygon is always kept; None when there is no polygon at all.
    """
    polygons = sorted(polygons_of(area), key=lambda part: (-part.area, part.bounds))
    if not polygons:
        return None
    kept = [part for number, part in enumerate(polygons) if number == 0 or part.area >= smallest]
    parts = tuple(
        (
            _path(part.exterior),
            *(_path(hole) for hole in part.interiors if _is_large(hole, smallest)),
        )
        for part in kept
    )
    return Geometry(kind=GeometryKind.AREA, parts=parts)


def polygons_of(area: shapely.Geometry) -> list[shapely.Geometry]:
    """Return the polygons of which `area` is made, without the lines and points among them."""
    if area.geom_type == "Polygon":
        return [area] if area.area else []
    if area.geom_type not in ("MultiPolygon", "GeometryCollection"):
        return []
    return [polygon for part in shapely.get_parts(area) for polygon in polygons_of(part)]


def line_geometry(line: shapely.Geometry) -> Geometry:
    """Return the lines of `line`, the longest first."""
    lines = sorted(shapely.get_parts(line), key=lambda part: (-part.length, part.bounds))
    return Geometry(kind=GeometryKind.LINE, parts=tuple((_path(part),) for part in lines))


def centre_of(area: shapely.Geometry | None, points: Sequence[Coordinates]) -> Coordinates | None:
    """Return a point well inside the largest part of `area`, else the middle of `points`."""
    polygons = polygons_of(area) if area is not None else []
    if not polygons:
        return centre(points)
    largest = max(polygons, key=shapely.area)
    point = largest.centroid
    if not largest.contains(point):
        point = largest.representative_point()
    return Coordinates(lat=point.y, lon=point.x)


def slug(name: str) -> str:
    """Return `name` as it stands in an id: "Gulf of Oman" is "gulf-of-oman"."""
    return re.sub(r"[^a-z0-9]+", "-", name_key(name)).strip("-")


def _is_large(ring: shapely.Geometry, smallest: float) -> bool:
    return bool(shapely.Polygon(ring).area >= smallest)


def _path(line: shapely.Geometry) -> Path:
    return tuple((y, x) for x, y in line.coords)
