"""Lines and areas as short text: what the place data ships and the place store keeps.

A path is its vertices as whole thousandths of a degree (about 110 m), the first one
absolute and the others relative to the one before: "25201 61587 3 -12". Paths of a part
are joined with ";", parts with "|".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from gazetteer.places import BoundingBox, Coordinates, Geometry, GeometryKind, Path

_STEPS_A_DEGREE = 1000


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
    return BoundingBox(south=min(lats), west=west, north=max(lats), east=east)


def union(boxes: Sequence[BoundingBox]) -> BoundingBox:
    """Return the smallest box round all of `boxes`; there must be one at least."""
    spans = sorted((b.west, b.east if b.east >= b.west else b.east + 360) for b in boxes)
    west, east = _shortest_span(spans)
    return BoundingBox(
        south=min(box.south for box in boxes),
        west=west,
        north=max(box.north for box in boxes),
        east=east - 360 if east > 180 else east,
    )


def contains(geometry: Geometry, point: Coordinates) -> bool:
    """Say whether `point` lies in the area; a point on its edge may fall on either side."""
    return any(_in_part(part, point) for part in geometry.parts)


def _in_part(part: tuple[Path, ...], point: Coordinates) -> bool:
    outer, *holes = part
    return _in_ring(outer, point) and not any(_in_ring(hole, point) for hole in holes)


def _in_ring(ring: Path, point: Coordinates) -> bool:
    inside = False
    lat, lon = point.lat, point.lon
    before_lat, before_lon = ring[-1]
    for next_lat, next_lon in ring:
        if (next_lat > lat) != (before_lat > lat):
            share = (lat - next_lat) / (before_lat - next_lat)
            if lon < next_lon + share * (before_lon - next_lon):
                inside = not inside
        before_lat, before_lon = next_lat, next_lon
    return inside


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
