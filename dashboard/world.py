"""The basemap's outlines as numbers, projected: the world as the unit square (Web Mercator).

The outlines run on across the 180th meridian, as the map's script has them: each arc is made
continuous, and in each ring an arc is moved by as many worlds as it takes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dashboard.layers import basemap
from dashboard.polyline import decode_line

Point = tuple[float, float]
Line = tuple[Point, ...]
"""Points as (x, y): 0 to 1 from west to east and from north to south."""

HIGHEST_LATITUDE = 85.0511
"""Where Web Mercator is cut, so that the world is a square."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The basemap, projected."""

    countries: dict[str, tuple[tuple[Line, ...], ...]]
    """Polygons by ISO alpha-2 code: each an outer ring and its holes."""
    coasts: tuple[Line, ...]
    borders: tuple[Line, ...]
    disputed: tuple[Line, ...]
    country_labels: tuple[tuple[Any, ...], ...]
    city_labels: tuple[tuple[Any, ...], ...]


def project(lat: float, lon: float) -> Point:
    """Return a place's point."""
    sine = math.sin(math.radians(max(-HIGHEST_LATITUDE, min(HIGHEST_LATITUDE, lat))))
    return lon / 360 + 0.5, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def latitude(y: float) -> float:
    """Return the latitude of a point's y."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))


def project_line(path: Iterable[tuple[float, float]]) -> Line:
    """Return a line of (latitude, longitude) pairs without a leap at the 180th meridian."""
    points: list[Point] = []
    for lat, lon in path:
        x, y = project(lat, lon)
        points.append((x + round(points[-1][0] - x) if points else x, y))
    return tuple(points)


@lru_cache(maxsize=1)
def world() -> World:
    """Return the basemap, decoded once a process."""
    values: dict[str, Any] = basemap()
    arcs = [project_line(decode_line(text)) for text in values["arcs"]]
    return World(
        countries={
            code: tuple(tuple(_ring(numbers, arcs) for numbers in rings) for rings in polygons)
            for code, polygons in values["countries"].items()
        },
        coasts=tuple(arcs[number] for number in values["coasts"]),
        borders=tuple(arcs[number] for number in values["borders"]),
        disputed=tuple(arcs[number] for number in values["disputed"]),
        country_labels=tuple(map(tuple, values["countryLabels"])),
        city_labels=tuple(map(tuple, values["cityLabels"])),
    )


def _ring(numbers: Iterable[int], arcs: list[Line]) -> Line:
    ring: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        move = round(ring[-1][0] - arc[0][0]) if ring else 0
        ring.extend((x + move, y) for x, y in (arc[1:] if ring else arc))
    if abs(ring[-1][0] - ring[0][0]) > 0.5:
        # Antarctica goes round the pole: it is closed below the edge of the map.
        ring += [(ring[-1][0], 1.2), (ring[0][0], 1.2)]
    return tuple(ring)
