"""Points at sea off a coast: where the open water lies before a land, a province or a town."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING

from gazetteer.countries import countries
from gazetteer.geodesy import centre, destination, distance_km
from gazetteer.outlines import unbroken
from gazetteer.places import Coordinates, GeometryKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from gazetteer.places import BoundingBox, Geometry, Place
    from gazetteer.store import PlaceStore

_MOST_VERTICES = 72
"""Points of an outline that are looked at."""
_BEARINGS = tuple(range(0, 360, 30))
_MOST_PARTS = 3
_OPEN = 4
"""Bearings, of twelve, with open water: fewer are a bay, a lake or a river's mouth."""
_FAR_KM = 5000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shore:
    """A point of a coast, and the bearings in which the sea lies open before it."""

    point: Coordinates
    open_bearings: tuple[int, ...]

    def seaward(self, aim: float | None) -> int:
        """Return the bearing amid the open ones, else the one that is nearest to `aim`."""

        def preference(bearing: int) -> tuple[float, float, int]:
            room = sum(
                _turn(bearing, other) for other in _BEARINGS if other not in self.open_bearings
            )
            off_aim = _turn(bearing, aim) if aim is not None else 0.0
            return (off_aim // 60, -room, bearing)

        return min(self.open_bearings, key=preference)


@lru_cache(maxsize=256)
def point_at_sea(
    place: Place, store: PlaceStore, *, reach_km: float, bearing_degrees: float | None = None
) -> Coordinates | None:
    """Return a point of the sea half of `reach_km` off the coast of a place.

    Off the middle of the coast, or off its farthest point that way; None without a coast.
    What lies in no country is sea: lakes are not.
    """
    shores = next(
        filter(None, (_shores(part, store, reach_km) for part in _parts(place, store))), None
    )
    if shores is None:
        return None
    middle = centre([shore.point for shore in shores]) or shores[0].point
    if bearing_degrees is not None:
        middle = destination(place.coordinates, bearing_degrees, _FAR_KM)
    shore = min(shores, key=lambda s: (distance_km(s.point, middle), s.point))
    return destination(shore.point, shore.seaward(bearing_degrees), reach_km / 2)


def nearest_points(a: Place, b: Place, store: PlaceStore) -> tuple[Coordinates, Coordinates] | None:
    """Return the points at which two areas come nearest; None when either is a mere point."""
    outlines = [store.geometry(place.place_id) for place in (a, b)]
    if any(outline is None or outline.kind is not GeometryKind.AREA for outline in outlines):
        return None
    from_, to = (
        [point for part in _thinned(outline) for point in part] for outline in outlines if outline
    )
    pairs = ((distance_km(p, q), p, q) for p in from_ for q in to)
    _, p, q = min(pairs, key=lambda pair: pair[0])
    return p, q


def _thinned(outline: Geometry) -> Iterator[list[Coordinates]]:
    """Yield the largest parts of an outline, with fewer points."""
    rings = sorted((part[0] for part in outline.parts), key=len, reverse=True)
    for ring in rings[:_MOST_PARTS]:
        step = math.ceil(len(ring) / _MOST_VERTICES)
        yield [Coordinates(lat=lat, lon=lon) for lat, lon in ring[::step]]


def _parts(place: Place, store: PlaceStore) -> Iterator[list[Coordinates]]:
    """Yield points of the largest parts of an area's outline, or the place's own point."""
    geometry = store.geometry(place.place_id)
    if geometry is None or geometry.kind is not GeometryKind.AREA:
        yield [place.coordinates]
    else:
        yield from _thinned(geometry)


def _shores(points: Sequence[Coordinates], store: PlaceStore, reach_km: float) -> list[_Shore]:
    """Return those of the points that open water lies before."""
    rays = [
        destination(point, bearing, distance)
        for point in points
        for bearing in _BEARINGS
        for distance in (reach_km / 2, reach_km)
    ]
    on_land = _on_land(rays, store).reshape(len(points), len(_BEARINGS), 2)
    is_open: list[list[bool]] = (on_land.sum(axis=2) == 0).tolist()
    least = _OPEN if len(points) > 1 else 1
    shores = (
        _Shore(point=point, open_bearings=tuple(compress(_BEARINGS, row)))
        for point, row in zip(points, is_open, strict=True)
    )
    return [shore for shore in shores if len(shore.open_bearings) >= least]


def _on_land(points: Sequence[Coordinates], store: PlaceStore) -> NDArray[np.bool_]:
    """Say of each point whether it lies in the outline of a country."""
    import numpy as np  # heavy: not for a command that only shows its help

    lats = np.array([point.lat for point in points])
    lons = np.array([point.lon for point in points])
    on_land = np.zeros(len(points), dtype=bool)
    for code in countries():
        country = store.country(code)
        if country is None or not _may_hold(country.bounds, lats, lons):
            continue
        geometry = store.geometry(country.place_id)
        for part in geometry.parts if geometry else ():
            ring = np.array(unbroken(part[0]))
            for turn in (0, 360, -360):
                on_land |= _in_ring(ring, lats, lons + turn)
    return on_land


def _may_hold(
    bounds: BoundingBox | None, lats: NDArray[np.float64], lons: NDArray[np.float64]
) -> bool:
    if bounds is None:
        return False
    in_lons = (
        (bounds.west <= lons) & (lons <= bounds.east)
        if bounds.west <= bounds.east
        else (bounds.west <= lons) | (lons <= bounds.east)
    )
    return bool(((bounds.south <= lats) & (lats <= bounds.north) & in_lons).any())


def _in_ring(
    ring: NDArray[np.float64], lats: NDArray[np.float64], lons: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Say of each point whether a ring runs round it: the even-odd rule."""
    import numpy as np

    near = (
        (lats >= ring[:, 0].min()) & (lats <= ring[:, 0].max())
        & (lons >= ring[:, 1].min()) & (lons <= ring[:, 1].max())
    )  # fmt: skip
    inside = np.zeros(len(lats), dtype=bool)
    if not near.any():
        return inside
    lat, lon = lats[near, None], lons[near, None]
    (lat_a, lon_a), (lat_b, lon_b) = ring.T, np.roll(ring, -1, axis=0).T
    spans = (lat_a > lat) != (lat_b > lat)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = lon_a + (lat - lat_a) / (lat_b - lat_a) * (lon_b - lon_a)
    inside[near] = (spans & (lon < crossing)).sum(axis=1) % 2 == 1
    return inside


def _turn(a: float, b: float) -> float:
    """Return the angle between two bearings, in [0, 180]."""
    return abs((a - b + 180) % 360 - 180)
