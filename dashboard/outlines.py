"""The outline that a place is drawn and exported with.

A part of a country or region ("southeastern Iran", id "part:gn:130758:southeastern") has none
of its own in the place store: it is cut out of the whole's.
"""

from __future__ import annotations

from typing import Protocol

from gazetteer.outlines import cut_ring
from gazetteer.parts import part_in_direction
from gazetteer.phrases import bearing_of
from gazetteer.places import Geometry, GeometryKind, Path, Place

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
    whole_id, _, word = place.place_id.removeprefix(_PART).rpartition(":")
    whole = store.geometry(whole_id)
    if whole is None or whole.kind is not GeometryKind.AREA:
        return None
    bearing = bearing_of(word)
    part = part_in_direction(whole, bearing) if bearing is not None else None
    return part.area if part else whole


def clip_ring(ring: Path, low: _Vertex, high: _Vertex) -> Path:
    """Return the closed ring between two corners of a box; () when nothing lies within."""
    kept = ring
    for axis in (0, 1):
        for limit, sign in ((low[axis], 1), (high[axis], -1)):
            kept = cut_ring(kept, axis=axis, limit=limit, sign=sign) if kept else ()
    return kept
