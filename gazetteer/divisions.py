"""Which first-level division a point lies in, for points by the thousand."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.outlines import unbroken
from gazetteer.places import BoundingBox, Coordinates, Geometry, Place

if TYPE_CHECKING:
    from gazetteer.store import PlaceStore

COAST_DEGREES = 0.1
"""How far off its coast a division still holds what is said to be in its country: a harbour, an
islet; some ten kilometres, as `PlaceStore.country_at` has it."""

_TURNS = (0.0, 360.0, -360.0)


class Divisions:
    """The first-level divisions of the world, by the square degrees that they lie in."""

    def __init__(self, store: PlaceStore) -> None:
        self._store = store
        self._by_square = defaultdict[tuple[int, int], list[Place]](list)
        for place in store.divisions():
            for square in _squares(place.bounds):
                self._by_square[square].append(place)
        self._edges: dict[str, _Edges | None] = {}

    def at(self, point: Coordinates, country_code: str | None = None) -> Place | None:
        """Return the division that holds `point`; None when none does, or none of that country."""
        square = math.floor(point.lat), math.floor(point.lon)
        near = [
            (place, edges)
            for place in self._by_square.get(square, ())
            if country_code in {None, place.country_code} and (edges := self._edges_of(place))
        ]
        for place, edges in near:
            if place.bounds and place.bounds.contains(point) and edges.hold(point):
                return place
        if country_code is None:  # what lies off a coast may be a ship
            return None
        apart = [(edges.degrees_to(point), place.place_id, place) for place, edges in near]
        degrees, _, closest = min(apart, default=(math.inf, "", None))
        return closest if degrees <= COAST_DEGREES else None

    def _edges_of(self, place: Place) -> _Edges | None:
        """Return the edges of a division, read when it is first asked for; None: it is a point."""
        if place.place_id not in self._edges:
            area = self._store.geometry(place.place_id)
            self._edges[place.place_id] = _Edges(area) if area else None
        return self._edges[place.place_id]


class _Edges:
    """The edges of an area, each from a start over a rise and a run in degrees."""

    def __init__(self, area: Geometry) -> None:
        rings = [np.array(unbroken(ring)) for part in area.parts for ring in part]
        starts = np.concatenate([ring[:-1] for ring in rings])
        ends = np.concatenate([ring[1:] for ring in rings])
        self._lat, self._lon = np.ascontiguousarray(starts.T)
        self._end_lat = np.ascontiguousarray(ends[:, 0])
        self._rise, self._run = np.ascontiguousarray((ends - starts).T)

    def hold(self, point: Coordinates) -> bool:
        """Say whether a ray from the point meets an odd number of edges."""
        crossed = np.flatnonzero((self._lat > point.lat) != (self._end_lat > point.lat))
        if not len(crossed):
            return False
        share = (point.lat - self._lat[crossed]) / self._rise[crossed]
        lon = self._lon[crossed] + share * self._run[crossed]
        return any(np.count_nonzero(lon > point.lon + turn) % 2 for turn in _TURNS)

    def degrees_to(self, point: Coordinates) -> float:
        """Return how many degrees of latitude lie between the point and the nearest edge."""
        shrink = math.cos(math.radians(point.lat))
        up, run = point.lat - self._lat, self._run * shrink
        east: NDArray[Any] = ((point.lon - self._lon + 180) % 360 - 180) * shrink
        length = np.maximum(self._rise**2 + run**2, 1e-12)
        along = np.clip((up * self._rise + east * run) / length, 0, 1)
        return float(np.hypot(up - along * self._rise, east - along * run).min())


def _squares(box: BoundingBox | None) -> list[tuple[int, int]]:
    """Return the square degrees that touch a box or lie within `COAST_DEGREES` of it."""
    if box is None:
        return []
    south, north = box.south - COAST_DEGREES, box.north + COAST_DEGREES
    lats = range(math.floor(south), math.floor(north) + 1)
    lons = {
        (lon + 180) % 360 - 180
        for west, east in box.stretches()
        for lon in range(math.floor(west - COAST_DEGREES), math.floor(east + COAST_DEGREES) + 1)
    }
    return list(product(lats, sorted(lons)))
