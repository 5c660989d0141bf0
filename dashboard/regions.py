"""Events by country and by first-level division: how many, and when the last one was.

An event counts once in each region that one of its places lies in. What is known only to a
country is in no division, what lies along a border or at sea in no country.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

import numpy as np

from dashboard.layers import basemap_countries
from dashboard.outlines import outline_of
from dashboard.polyline import encode_line, thin
from dashboard.store.reading import UNDATED
from gazetteer.countries import countries
from gazetteer.places import BoundingBox, GeoPrecision

if TYPE_CHECKING:
    from dashboard.filters import EventFilter
    from dashboard.store import EventStore
    from dashboard.store.columns import EventColumns, Numbers
    from gazetteer.store import PlaceStore

LEVELS = ("country", "division")

MOST_REGIONS = 600
"""How many divisions an answer holds, those with most events."""

LAST = "last"
"""What is asked of the regions when it is not the number of events: the last event's day."""


class RegionsAnswer(TypedDict):
    """The regions with events."""

    regions: list[list[Any]]
    """Id, number of events, last day (ISO) or None; most events first."""
    total: int
    """How many regions have events, also those left out."""
    without: int
    """Events that lie in no one region of this level."""
    shown: int
    """How many events the filter leaves."""


class RegionOutline(TypedDict):
    """What a browser needs once to draw a division."""

    name: str
    lat: float
    lon: float
    polygons: NotRequired[list[list[str]]]
    """Missing where no outline is known."""


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Which region holds which event, each pair once."""

    ids: tuple[str, ...]
    region: Numbers
    event: Numbers
    of_mark: Numbers
    """Each mark's region; -1 where it lies in none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regions:
    """A store's events by region, with the outlines of a place store."""

    store: EventStore
    places: PlaceStore

    def events(
        self, wanted: EventFilter, *, level: str, measure: str, bounds: BoundingBox
    ) -> RegionsAnswer:
        """Return the regions with the events that `wanted` leaves.

        `measure` is "events", "last", or an event type, whose events alone are counted then.
        Countries are given wherever they lie, divisions those whose middle lies in `bounds`.
        """
        columns = self.store.columns()
        if measure not in {"events", LAST}:
            wanted = replace(wanted, event_types=(measure,))
        mask = self.store.mask(wanted)
        pairs = self._pairs(level)
        kept = mask[pairs.event]
        region, event = pairs.region[kept], pairs.event[kept]
        counts = np.bincount(region, minlength=len(pairs.ids))
        last = np.full(len(pairs.ids), UNDATED, np.int32)
        if measure == LAST:
            np.maximum.at(last, region, columns.latest[event])
        found = np.flatnonzero(counts)
        found = found[np.argsort(-counts[found], kind="stable")]
        if level == "division":
            seen = [n for n in found.tolist() if self._is_in(pairs.ids[n], bounds)]
            found = np.array(seen[:MOST_REGIONS], np.int64)
        inside = np.zeros(len(columns), np.bool_)
        inside[event] = True
        return RegionsAnswer(
            regions=[[pairs.ids[n], int(counts[n]), _day(int(last[n]))] for n in found.tolist()],
            total=int(np.count_nonzero(counts)),
            without=int(mask.sum() - inside.sum()),
            shown=int(mask.sum()),
        )

    def marks_in(self, level: str, region_id: str) -> Sequence[int]:
        """Return the numbers of the marks that lie in a region."""
        pairs = self._pairs(level)
        if region_id not in pairs.ids:
            return ()
        marks: list[int] = np.flatnonzero(pairs.of_mark == pairs.ids.index(region_id)).tolist()
        return marks

    def outlines(self, region_ids: Iterable[str]) -> dict[str, RegionOutline]:
        """Return the outlines of divisions, thinned to what a map of a country shows."""
        found = {}
        for region_id in region_ids:
            place = self.places.by_id(f"adm1:{region_id}")
            if place is None:
                continue
            found[region_id] = RegionOutline(
                name=place.name,
                lat=round(place.coordinates.lat, 3),
                lon=round(place.coordinates.lon, 3),
            )
            if polygons := _outline(self.places, region_id):
                found[region_id]["polygons"] = [list(rings) for rings in polygons]
        return found

    def _is_in(self, region_id: str, bounds: BoundingBox) -> bool:
        return _is_in(self.places, region_id, bounds)

    def _pairs(self, level: str) -> _Pairs:
        columns = self.store.columns()
        pairs: _Pairs = columns.kept(f"regions of {level}", lambda: _paired(columns, level))
        return pairs


def country_names() -> dict[str, str]:
    """Return the names of the countries that the basemap draws, by ISO alpha-2 code."""
    return {
        code: country.name for code, country in countries().items() if code in basemap_countries()
    }


def _paired(columns: EventColumns, level: str) -> _Pairs:
    ids: dict[str, int] = {}
    codes = columns.mark_countries if level == "country" else columns.mark_divisions
    of_mark = np.full(len(codes), -1, np.int32)
    exact = columns.mark_precision <= GeoPrecision.ADMIN1
    for number, code in enumerate(codes):
        # What lies along a border has the codes of both its countries.
        if code and " " not in code and (level == "country" or exact[number]):
            of_mark[number] = ids.setdefault(code, len(ids))
    region = of_mark[columns.place_mark] if len(of_mark) else of_mark
    kept = region >= 0
    size = max(1, len(columns))
    pairs = np.unique(region[kept].astype(np.int64) * size + columns.place_event[kept])
    return _Pairs(
        ids=tuple(ids),
        region=(pairs // size).astype(np.int32),
        event=(pairs % size).astype(np.int32),
        of_mark=of_mark,
    )


def _day(ordinal: int) -> str | None:
    return None if ordinal == UNDATED else date.fromordinal(ordinal).isoformat()


@lru_cache(maxsize=8192)
def _middle(places: PlaceStore, region_id: str) -> BoundingBox | None:
    place = places.by_id(f"adm1:{region_id}")
    if place is None:
        return None
    lat, lon = place.coordinates.lat, place.coordinates.lon
    return place.bounds or BoundingBox(south=lat, west=lon, north=lat, east=lon)


def _is_in(places: PlaceStore, region_id: str, bounds: BoundingBox) -> bool:
    own = _middle(places, region_id)
    return own is not None and own.overlaps(bounds)


@lru_cache(maxsize=4096)
def _outline(places: PlaceStore, region_id: str) -> tuple[tuple[str, ...], ...]:
    place = places.by_id(f"adm1:{region_id}")
    geometry = outline_of(place, places) if place else None
    if geometry is None:
        return ()
    lats = [lat for part in geometry.parts for lat, _ in part[0]]
    tolerance = min(0.06, (max(lats) - min(lats)) / 60)
    return tuple(
        tuple(encode_line(thin(path, tolerance)) for path in part) for part in geometry.parts
    )
