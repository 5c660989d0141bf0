"""Which part of the world a picture shows, and where in it a place is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.layers import Layers, Mark
from dashboard.polyline import decode_line
from dashboard.world import Line, Point, project

EQUATOR_METRES = 40_075_016.686
"""Circumference of WGS 84 at the equator, which Web Mercator's width stands for."""

_PADDING = 56
_CLOSEST_ZOOM = 7
"""Zoom beyond which a lone event is not approached: its surroundings say where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Which part of the world is drawn, and how large."""

    width: float
    height: float
    scale: float
    """Pixels of the world's width."""
    west: float
    north: float

    @classmethod
    def of(
        cls, layers: Layers, width: float, height: float, view: tuple[float, float, float] | None
    ) -> Frame:
        """Return the frame of a view (latitude, longitude, zoom); without one, of all marks."""
        if view:
            x, y = project(view[0], view[1])
            scale = 256 * 2 ** view[2]
        else:
            x, y, scale = _fitted(layers, width, height)
        scale = max(scale, width, height)
        half = height / scale / 2
        y = min(max(y, half), 1 - half)
        return cls(
            width=width,
            height=height,
            scale=scale,
            west=x - width / scale / 2,
            north=y - height / scale / 2,
        )

    @property
    def zoom(self) -> float:
        """Return the zoom of tiles of 256 pixels that shows the world as large."""
        return math.log2(self.scale / 256)

    @property
    def middle(self) -> float:
        """Return the middle's x."""
        return self.west + self.width / self.scale / 2

    def at(self, point: Point) -> Point:
        """Return the pixel of a point of the world."""
        return (point[0] - self.west) * self.scale, (point[1] - self.north) * self.scale

    def place(self, lat: float, lon: float) -> Point:
        """Return where a place is drawn, in the copy of the world nearest to the middle."""
        x, y = project(lat, lon)
        return self.at((x + round(self.middle - x), y))

    def near(self, line: Line, lon: float) -> Line:
        """Return a line's pixels in the copy of the world in which the longitude is drawn."""
        home = lon / 360 + 0.5
        home += round(self.middle - home)
        xs = [x for x, _ in line]
        middle = (min(xs) + max(xs)) / 2
        move = round(home - middle)
        return tuple(self.at((x + move, y)) for x, y in line)

    def copies(self, line: Line) -> Iterator[Line]:
        """Return the line's pixels in each copy of the world in which some may be seen."""
        xs = [x for x, _ in line]
        ys = [y for _, y in line]
        east, south = self.west + self.width / self.scale, self.north + self.height / self.scale
        if max(ys) < self.north or min(ys) > south:
            return
        for copy in (-1, 0, 1):
            if min(xs) + copy <= east and max(xs) + copy >= self.west:
                yield tuple(self.at((x + copy, y)) for x, y in line)


def _fitted(layers: Layers, width: float, height: float) -> tuple[float, float, float]:
    """Return middle and scale that bring every mark into view."""
    marks = [*layers["points"], *layers["lines"], *layers["areas"]]
    points = [point for mark in marks for point in _extremes(mark)]
    if not points:
        return (*project(20, 20), 0.0)
    west = _west_of([lon for _, lon in points])
    projected = [project(lat, west + (lon - west) % 360) for lat, lon in points]
    xs, ys = [x for x, _ in projected], [y for _, y in projected]
    scale = min(
        (width - 2 * _PADDING) / max(max(xs) - min(xs), 1e-9),
        (height - 2 * _PADDING) / max(max(ys) - min(ys), 1e-9),
        256 * 2**_CLOSEST_ZOOM,
    )
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, scale


def _extremes(mark: Mark) -> list[tuple[float, float]]:
    """Return what must be in view of a mark; of a very large area only its middle."""
    lines = mark.get("paths") or [rings[0] for rings in mark.get("polygons", [])]
    points = [point for line in lines for point in decode_line(line)]
    lats = [lat for lat, _ in points]
    return points if points and max(lats) - min(lats) <= 25 else [(mark["lat"], mark["lon"])]


def _west_of(lons: Sequence[float]) -> float:
    """Return the western edge of the smallest stretch that holds all these longitudes.

    It crosses the 180th meridian only where it is less than half of the world wide.
    """
    ordered = sorted(set(lons))
    gaps = [(after - before, after) for before, after in pairwise(ordered)]
    widest, west = max(gaps, default=(0.0, ordered[0]))
    return west if widest > 180 else ordered[0]
