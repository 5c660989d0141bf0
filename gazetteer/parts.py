"""The part of an area that lies in a direction: "southern France", "northeastern Iran".

Of the whole only its main land counts: "western Spain" is not the Canary Islands. It is cut
across the direction through its centre of area; for the directions between the four main ones
a quarter of the way on from there to its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, hypot, radians, sin
from operator import itemgetter

from gazetteer.outlines import cut_ring, unbroken
from gazetteer.places import BoundingBox, Coordinates, Geometry, GeometryKind, Path

_REACH_DEGREES = 2.7
"""300 km: islands nearer than that to the rest belong to it, Alaska and Madeira do not."""

_LARGE = 0.5
"""A piece of that share of the largest belongs to it wherever it lies: Malaysia's two."""

_BETWEEN_WINDS = 0.25

_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What lies in a direction: its area, the box round it and a point on its land."""

    area: Geometry
    bounds: BoundingBox
    """One that crosses 180 degrees if the part does."""
    point: Coordinates
    """The middle of the longest stretch of land through the centre of its largest piece."""


@lru_cache(maxsize=64)
def part_in_direction(whole: Geometry, bearing_degrees: float) -> Part | None:
    """Return what of the area's main land lies in that direction from its centre.

    None for an area as flat as a line or as small as a point: it has no parts.
    """
    land = _main_land(whole)
    if not any(_area_on_globe(part[0]) for part in land):
        return None
    frame = _Frame(land, bearing_degrees)
    cut = [
        tuple(ring for path in part if (ring := cut_ring(path, axis=0, limit=frame.limit, sign=1)))
        for part in frame.parts
        if max(along for along, _ in part[0]) > frame.limit
    ]
    along, _ = max((_centre_and_area(part[0]) for part in cut if part), key=itemgetter(1))
    stretches = _stretches(frame.parts, along)
    start, end = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    parts = [tuple(map(frame.to_globe, part)) for part in cut if part]
    [(lat, lon)] = frame.to_globe(((along, (start + end) / 2),))
    return Part(
        area=Geometry(
            kind=GeometryKind.AREA,
            parts=tuple(tuple(map(_wrapped_path, part)) for part in parts),
        ),
        bounds=_bounds([part[0] for part in parts]),
        point=Coordinates(lat=lat, lon=_wrapped(lon)),
    )


def _bounds(rings: Sequence[Path]) -> BoundingBox:
    lats = [lat for ring in rings for lat, _ in ring]
    lons = [lon for ring in rings for _, lon in ring]
    return BoundingBox(
        south=min(lats), west=_wrapped(min(lons)), north=max(lats), east=_wrapped(max(lons))
    )


class _Frame:
    """An area's main land measured along a bearing and across it, in degrees of latitude."""

    def __init__(self, land: Sequence[tuple[Path, ...]], bearing_degrees: float) -> None:
        lats = [lat for part in land for lat, _ in part[0]]
        self._narrowing = cos(radians((min(lats) + max(lats)) / 2))
        self._north = cos(radians(bearing_degrees))
        self._east = sin(radians(bearing_degrees))
        self.parts = tuple(tuple(map(self._from_globe, part)) for part in land)
        outer = [part[0] for part in self.parts]
        weights = [_centre_and_area(ring) for ring in outer]
        middle = sum(along * area for along, area in weights) / sum(area for _, area in weights)
        end = max(along for ring in outer for along, _ in ring)
        self.limit = middle + (_BETWEEN_WINDS * (end - middle) if bearing_degrees % 90 else 0)

    def _from_globe(self, path: Path) -> Path:
        north, east, narrowing = self._north, self._east, self._narrowing
        return tuple(
            (lat * north + lon * narrowing * east, lon * narrowing * north - lat * east)
            for lat, lon in path
        )

    def to_globe(self, path: Path) -> Path:
        north, east, narrowing = self._north, self._east, self._narrowing
        turned = (
            (along * north - across * east, (along * east + across * north) / narrowing)
            for along, across in path
        )  # and rounded: Antarctica's pole must not lie beyond it
        return tuple((round(lat, _DIGITS), round(lon, _DIGITS)) for lat, lon in turned)


def _main_land(whole: Geometry) -> list[tuple[Path, ...]]:
    """Return the largest piece with what lies near it or is of its size, across 180 degrees."""
    whole_parts = [tuple(map(unbroken, part)) for part in whole.parts]
    areas = [_area_on_globe(part[0]) for part in whole_parts]
    largest = max(areas)
    main_part = whole_parts[areas.index(largest)]
    middle = sum(_box(main_part[0])[1::2]) / 2
    pieces = [tuple(_beside(path, middle) for path in part) for part in whole_parts]
    boxes = [_box(part[0]) for part in pieces]
    main = [n for n, area in enumerate(areas) if area >= _LARGE * largest]
    others = [n for n, area in enumerate(areas) if area < _LARGE * largest]
    near = main
    while near:
        near = [n for n in others if any(_gap(boxes[n], boxes[m]) <= _REACH_DEGREES for m in near)]
        main += near
        others = [n for n in others if n not in near]
    return [pieces[n] for n in main]


def _beside(path: Path, middle: float) -> Path:
    """Return a ring whole turns on, where it lies nearest to a longitude."""
    _, west, _, east = _box(path)
    turns = 360 * round((middle - (west + east) / 2) / 360)
    return tuple((lat, lon + turns) for lat, lon in path) if turns else path


_Box = tuple[float, float, float, float]


def _box(ring: Path) -> _Box:
    lats, lons = [lat for lat, _ in ring], [lon for _, lon in ring]
    return min(lats), min(lons), max(lats), max(lons)


def _gap(a: _Box, b: _Box) -> float:
    """Return how far two boxes lie apart, in degrees of latitude."""
    lat_gap = max(a[0] - b[2], b[0] - a[2], 0.0)
    lon_gap = max(a[1] - b[3], b[1] - a[3], 0.0)
    return hypot(lat_gap, lon_gap * cos(radians((a[0] + a[2]) / 2)))


def _area_on_globe(ring: Path) -> float:
    """Return the area of a ring, in square degrees of latitude."""
    south, _, north, _ = _box(ring)
    return cos(radians((south + north) / 2)) * _centre_and_area(ring)[1]


def _centre_and_area(ring: Path) -> tuple[float, float]:
    """Return the first coordinate of a ring's centre of area, and its area; holes are left out."""
    base_along, base_across = ring[0]
    doubled = moment = 0.0
    for a, b in _edges(ring):
        a_along, b_along = a[0] - base_along, b[0] - base_along
        turned = a_along * (b[1] - base_across) - b_along * (a[1] - base_across)
        doubled += turned
        moment += (a_along + b_along) * turned
    centre = moment / doubled / 3 if doubled else 0.0
    return base_along + centre, abs(doubled) / 2


def _stretches(parts: Iterable[tuple[Path, ...]], along: float) -> list[tuple[float, float]]:
    """Return where the line at `along` lies within the parts, by the even-odd rule."""
    crossings = sorted(
        a[1] + (along - a[0]) / (b[0] - a[0]) * (b[1] - a[1])
        for part in parts
        for ring in part
        for a, b in _edges(ring)
        if (a[0] > along) != (b[0] > along)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=True))


def _edges(ring: Path) -> Iterable[tuple[tuple[float, float], tuple[float, float]]]:
    return pairwise((ring[-1], *ring))


def _wrapped_path(path: Path) -> Path:
    return tuple((lat, _wrapped(lon)) for lat, lon in path)


def _wrapped(lon: float) -> float:
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180
