"""Lines and areas as short text: what the place data ships and the place store keeps.

A path is its vertices as whole thousandths of a degree (about 110 m), the first one
absolute and the others relative to the one before: "25201 61587 3 -12". Paths of a part
are joined with ";", parts with "|".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from gazetteer.places import BoundingBox, Coordinates, Geometry, GeometryKind, Path

_STEPS_A_DEGREE = 1000
_TURNS = (0, 360, -360)
_Vertex = tuple[float, float]
_Side = tuple[_Vertex, _Vertex]


def to_text(geometry: Geometry) -> str:
    """Return the text of `geometry` without its kind."""
    return "|".join(";".join(_path_text(path) for path in part) for part in geometry.parts)


def from_text(kind: GeometryKind, text: str) -> Geometry:
    """Return the geometry that `to_text` wrote, rounded to thousandths of a degree.

    Raises: ValueError when the text is not such a text.
    """
    parts = tuple(tuple(_path(path) for path in part.split(";")) for part in text.split("|"))
    return Geometry(kind=kind, parts=parts)


def box_ring(box: BoundingBox) -> Path:
    """Return the closed ring round `box`; east of 180 degrees it runs on past 180."""
    east = box.east if box.east >= box.west else box.east + 360
    south_west, north_west = (box.south, box.west), (box.north, box.west)
    return (south_west, (box.south, east), (box.north, east), north_west, south_west)


def bounds(geometry: Geometry) -> BoundingBox:
    """Return the smallest box round `geometry`, one that crosses 180 degrees if that is smaller."""
    outer = [part[0] for part in geometry.parts]
    lats = [lat for path in outer for lat, _ in path]
    spans = sorted((min(lon for _, lon in path), max(lon for _, lon in path)) for path in outer)
    west, east = _shortest_span(spans)
    return BoundingBox(
        south=min(lats), west=_on_the_globe(west), north=max(lats), east=_on_the_globe(east)
    )


def union(boxes: Sequence[BoundingBox]) -> BoundingBox:
    """Return the smallest box round all of `boxes`; there must be one at least."""
    spans = sorted((b.west, b.east if b.east >= b.west else b.east + 360) for b in boxes)
    west, east = _shortest_span(spans)
    return BoundingBox(
        south=min(box.south for box in boxes),
        west=west,
        north=max(box.north for box in boxes),
        east=_on_the_globe(east),
    )


def contains(geometry: Geometry, point: Coordinates) -> bool:
    """Say whether `point` lies in the area; a point on its edge may fall on either side."""
    return any(_in_part(part, point) for part in geometry.parts)


def unbroken(path: Path) -> Path:
    """Return a path that crosses 180 degrees with longitudes that run on."""
    turns = 0
    run = [path[0]]
    for (_, before), (lat, lon) in pairwise(path):
        if abs(lon - before) > 180:
            turns += 360 if before > lon else -360
        run.append((lat, lon + turns))
    return tuple(run)


def crossing_sides(ring: Path) -> tuple[int, int] | None:
    """Return two sides of a closed ring that cross, each by its first vertex; None: none do."""
    sides = list(pairwise(ring))
    return next(
        (
            (first, second)
            for first, side in enumerate(sides)
            for second in range(first + 2, len(sides))
            if _cross(side, sides[second])
        ),
        None,
    )


def cut_ring(ring: Path, *, axis: int, limit: float, sign: int) -> Path:
    """Return the closed ring on one side of a line, `sign * (vertex[axis] - limit) >= 0`.

    () when nothing lies there. Sutherland and Hodgman (1974): pieces of one ring stay joined
    along the line.
    """
    kept: list[tuple[float, float]] = []
    for before, vertex in pairwise((ring[-1], *ring) if ring[:1] != ring[-1:] else ring):
        was_in = sign * (before[axis] - limit) >= 0
        is_in = sign * (vertex[axis] - limit) >= 0
        if was_in != is_in:
            share = (limit - before[axis]) / (vertex[axis] - before[axis])
            other = before[1 - axis] + share * (vertex[1 - axis] - before[1 - axis])
            kept.append((limit, other) if axis == 0 else (other, limit))
        if is_in:
            kept.append(vertex)
    return (*kept, kept[0]) if len(kept) >= 3 else ()


def _cross(one: _Side, other: _Side) -> bool:
    """Say whether each side has the ends of the other on its two hands; touching is none."""
    return _turn(*one, other[0]) * _turn(*one, other[1]) < 0 and (
        _turn(*other, one[0]) * _turn(*other, one[1]) < 0
    )


def _turn(start: _Vertex, end: _Vertex, vertex: _Vertex) -> float:
    """Return a number below, at or above 0: the vertex lies on one hand, ahead, on the other."""
    return (end[0] - start[0]) * (vertex[1] - start[1]) - (end[1] - start[1]) * (
        vertex[0] - start[0]
    )


def _in_part(part: tuple[Path, ...], point: Coordinates) -> bool:
    outer, *holes = part
    return _in_ring(outer, point) and not any(_in_ring(hole, point) for hole in holes)


def _in_ring(ring: Path, point: Coordinates) -> bool:
    lat, lon = point.lat, point.lon
    crossings: list[float] = []
    turns = 0
    before_lat, before_lon = ring[-1]
    for next_lat, east in ring:
        next_lon = east + turns
        if abs(next_lon - before_lon) > 180:  # over 180 degrees, and on
            turns += 360 if before_lon > next_lon else -360
            next_lon = east + turns
        if (next_lat > lat) != (before_lat > lat):
            share = (lat - next_lat) / (before_lat - next_lat)
            crossings.append(next_lon + share * (before_lon - next_lon))
        before_lat, before_lon = next_lat, next_lon
    return any(sum(lon + turn < crossing for crossing in crossings) % 2 for turn in _TURNS)


def _shortest_span(spans: list[tuple[float, float]]) -> tuple[float, float]:
    # The widest stretch of longitude that no part touches lies outside the box.
    west, reach = spans[0][0], spans[0][1]
    gap, gap_end = spans[0][0] + 360 - max(east for _, east in spans), spans[0][0]
    for start, end in spans:
        if start - reach > gap:
            gap, gap_end = start - reach, start
        reach = max(reach, end)
    if gap_end == west:
        return west, reach
    return gap_end, gap_end - gap


def _on_the_globe(lon: float) -> float:
    # An area that crosses 180 degrees runs on past it.
    return lon - 360 if lon > 180 else lon + 360 if lon < -180 else lon


def _path_text(path: Path) -> str:
    numbers: list[int] = []
    before = (0, 0)
    for lat, lon in path:
        here = (round(lat * _STEPS_A_DEGREE), round(lon * _STEPS_A_DEGREE))
        numbers += (here[0] - before[0], here[1] - before[1])
        before = here
    return " ".join(map(str, numbers))


def _path(text: str) -> Path:
    numbers = [int(number) for number in text.split(" ")]
    return tuple(zip(_degrees(numbers[::2]), _degrees(numbers[1::2]), strict=True))


def _degrees(steps: Iterable[int]) -> list[float]:
    return [value / _STEPS_A_DEGREE for value in accumulate(steps)]
