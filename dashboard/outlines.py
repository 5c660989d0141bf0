"""The outline that a place is drawn and exported with.

A part of a country or region ("southeastern Iran", id "part:gn:130758:southeastern") has none
of its own in the place store: it is the whole's outline within the part's box.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Protocol

from gazetteer.places import BoundingBox, Geometry, GeometryKind, Path, Place

_PART = "part:"
_SIDE = "side:"

_Vertex = tuple[float, float]


class GeometrySource(Protocol):
    """Whoever knows the outlines of places: the place store."""

    def geometry(self, place_id: str, /) -> Geometry | None:
        """Return the line or area of the place, or None when only a point is known."""


def is_part(place: Place) -> bool:
    """Say whether the place is a directional part of another: its inner edges are fuzzy."""
    return place.place_id.startswith(_PART)


def outline_of(place: Place, store: GeometrySource) -> Geometry | None:
    """Return the place's line or area, a part's cut out of its whole; None when none is known."""
    if place.place_id.startswith(_SIDE):  # "side:IR:border:IR-PK": one country's side of a line
        return store.geometry(place.place_id.split(":", 2)[2])
    if not is_part(place):
        return store.geometry(place.place_id)
    whole = store.geometry(place.place_id.removeprefix(_PART).rpartition(":")[0])
    if whole is None or whole.kind is not GeometryKind.AREA or place.bounds is None:
        return None
    return clip(whole, place.bounds)


def clip(area: Geometry, box: BoundingBox) -> Geometry | None:
    """Return what of `area` lies within `box`; None when nothing does.

    Sutherland and Hodgman (1974): pieces of one ring stay joined along the box's edge.
    """
    stretches = (
        [(box.west, box.east)] if box.west <= box.east else [(box.west, 180.0), (-180.0, box.east)]
    )
    parts = tuple(
        rings
        for west, east in stretches
        for part in area.parts
        if (rings := _clip_part(part, box.south, west, box.north, east))
    )
    return Geometry(kind=GeometryKind.AREA, parts=parts) if parts else None


def _clip_part(
    part: tuple[Path, ...], south: float, west: float, north: float, east: float
) -> tuple[Path, ...]:
    """Return the outer ring and the holes within the box; () when nothing of the ring is left."""
    clipped = []
    for number, ring in enumerate(part):
        kept = clip_ring(ring, (south, west), (north, east))
        if kept:
            clipped.append(kept)
        elif number == 0:
            return ()
    return tuple(clipped)


def clip_ring(ring: Path, low: _Vertex, high: _Vertex) -> Path:
    """Return the closed ring between two corners of a box; () when nothing lies within."""
    kept = list(ring[:-1]) if ring[0] == ring[-1] else list(ring)
    for axis in (0, 1):
        kept = _cut(kept, axis=axis, limit=low[axis], sign=1)
        kept = _cut(kept, axis=axis, limit=high[axis], sign=-1)
    return (*kept, kept[0]) if len(kept) >= 3 else ()


def _cut(ring: list[_Vertex], *, axis: int, limit: float, sign: int) -> list[_Vertex]:
    """Return the ring on one side of a line: where `sign * (vertex[axis] - limit) >= 0`."""
    if not ring:
        return []
    kept: list[_Vertex] = []
    for before, vertex in pairwise([ring[-1], *ring]):
        was_in = sign * (before[axis] - limit) >= 0
        is_in = sign * (vertex[axis] - limit) >= 0
        if was_in != is_in:
            share = (limit - before[axis]) / (vertex[axis] - before[axis])
            other = before[1 - axis] + share * (vertex[1 - axis] - before[1 - axis])
            kept.append((limit, other) if axis == 0 else (other, limit))
        if is_in:
            kept.append(vertex)
    return kept
