"""Which places lie in which: what a filter by place shows.

A country, or a division of one, holds what bears its code; what bears none, such as a point of a
coded data set or an airport, lies where its point does. A sea or a region holds what its outline
does, unless that is larger than itself: the desert does not hold the country round its middle;
and a sea holds no town.
Every place holds what is named by its relation to it: "near Taftan", a side of a border.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.build import open_place_store
from gazetteer.cache import GazetteerCache
from gazetteer.countries import countries
from gazetteer.geodesy import destination
from gazetteer.outlines import bounds, box_ring, unbroken
from gazetteer.places import BoundingBox, FeatureClass, Geometry, GeometryKind, GeoPrecision, Place

if TYPE_CHECKING:
    from gazetteer.store import PlaceStore

Numbers = NDArray[Any]
Mask = NDArray[np.bool_]

COAST_DEGREES = 0.02
"""How far outside a land's outline a point still lies in it: they are drawn that exactly."""

_BORDER = "BDRY"
_POINT = "at:"
"""Begins the id of what a data set places by a point alone: it may be a ship."""
_CIRCLE_STEPS = 36
_AT_ONCE = 256


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """What of some places decides in which others they lie, each a column."""

    ids: Sequence[str]
    lat: Numbers
    lon: Numbers
    is_exact: Mask
    """Known to a district or better: its point says where it lies."""
    is_settled: Mask
    """A town or a division of the gazetteer, which lies on land, whatever a sea's outline says."""
    countries: Sequence[str]
    """Codes with a space between them: several for what lies on a border; "" for none."""
    divisions: Sequence[str]
    """"IR.26"; "" where it is not known."""
    height: Numbers
    """Degrees from south to north, 0 for a point."""
    width: Numbers

    @cached_property
    def by_country(self) -> Mapping[str, list[int]]:
        """Return the places of each country, by its code; those of none are under ""."""
        found = defaultdict[str, list[int]](list)
        for number, codes in enumerate(self.countries):
            for code in codes.split() or ("",):
                found[code].append(number)
        return found

    @cached_property
    def by_division(self) -> Mapping[str, list[int]]:
        """Return the places of each division; those in a country's unknown one under its code."""
        found = defaultdict[str, list[int]](list)
        for number, (division, country) in enumerate(
            zip(self.divisions, self.countries, strict=True)
        ):
            found[division or country].append(number)
        return found

    @cached_property
    def related(self) -> list[tuple[int, str]]:
        """Return the places that are named by others, and their ids: "near:gn:1164216"."""
        return [
            (number, f":{place_id}:")
            for number, place_id in enumerate(self.ids)
            if place_id.count(":") > 1
        ]


def as_asked(place_id: str) -> str:
    """Return a place's id as a filter has it: a country's is its code."""
    return _countries_by_id().get(place_id, place_id)


def place_named(asked: str) -> Place | None:
    """Return the place that a filter's value means: a country's code or a place's id."""
    country = countries().get(asked)
    return _places().by_id(country.place_id if country else asked)


def whereabouts_of(places: Sequence[Place]) -> Whereabouts:
    """Return the whereabouts of places."""
    codes = [_codes(place) for place in places]
    sizes = [_size(place.bounds) for place in places]
    return Whereabouts(
        ids=[place.place_id for place in places],
        lat=np.array([place.coordinates.lat for place in places], np.float64),
        lon=np.array([place.coordinates.lon for place in places], np.float64),
        is_exact=np.array([place.precision <= GeoPrecision.ADMIN2 for place in places], np.bool_),
        is_settled=np.array([_is_settled(place) for place in places], np.bool_),
        countries=tuple(countries for countries, _ in codes),
        divisions=tuple(division for _, division in codes),
        height=np.array([height for height, _ in sizes], np.float64),
        width=np.array([width for _, width in sizes], np.float64),
    )


def _codes(place: Place) -> tuple[str, str]:
    if place.country_code:
        division = f"{place.country_code}.{place.admin1_code}" if place.admin1_code else ""
        return place.country_code, division
    is_on_border = place.feature_code == _BORDER or place.precision <= GeoPrecision.NEAR
    return " ".join(place.countries) if is_on_border else "", ""


def _is_settled(place: Place) -> bool:
    is_town = place.feature_class in {FeatureClass.POPULATED, FeatureClass.ADMIN}
    return is_town and not place.place_id.startswith(_POINT)


def _size(box: BoundingBox | None) -> tuple[float, float]:
    """Return how high and how wide a box is, in degrees; 0 for none."""
    return (box.north - box.south, (box.east - box.west) % 360) if box else (0.0, 0.0)


def lying_in(asked: str, places: Whereabouts) -> Mask:
    """Return which places lie in the asked one, or are it."""
    found = np.zeros(len(places.ids), np.bool_)
    place = place_named(asked)
    country, division = _codes(place) if place and _is_coded(place) else ("", "")
    if division:
        found[places.by_division.get(division, [])] = True
        may_be = [*places.by_division.get(country, []), *places.by_division.get("", [])]
    elif country:
        found[places.by_country.get(country, [])] = True
        may_be = places.by_country.get("", [])
    else:
        found[[number for number, place_id in enumerate(places.ids) if place_id == asked]] = True
        found[[number for number, names in places.related if f":{asked}:" in names]] = True
    if place is None or place.precision < GeoPrecision.ADMIN2:
        return found
    if country:
        rows = np.array(may_be, np.int64)
        rows = rows[places.is_exact[rows]]
    else:
        rows = np.flatnonzero(~found)
    if not len(rows):
        return found
    rings = _rings(place, _places().geometry(place.place_id))
    if not country:
        height, width = _extent(rings)
        if place.precision is GeoPrecision.WATER:
            rows = rows[~places.is_settled[rows]]
        rows = rows[(places.height[rows] <= height) & (places.width[rows] <= width)]
    slack = 0.0 if place.precision is GeoPrecision.WATER else COAST_DEGREES
    found[rows[_inside(rings, places.lat[rows], places.lon[rows], slack)]] = True
    return found


def is_surely_elsewhere(asked: str, place_id: str, country_code: str | None) -> bool:
    """Say whether a place of which no more is known certainly does not lie in the asked one."""
    if f":{asked}:" in f":{place_id}:":
        return False
    place = place_named(asked)
    if place is None or place.precision < GeoPrecision.ADMIN2:
        return True
    return _is_coded(place) and country_code not in {None, place.country_code}


@lru_cache(maxsize=1)
def _countries_by_id() -> dict[str, str]:
    return {country.place_id: code for code, country in countries().items()}


@lru_cache(maxsize=1)
def _places() -> PlaceStore:
    return open_place_store().with_added(GazetteerCache())


def _is_coded(place: Place) -> bool:
    """Say whether a place is a country or a division: others bear its code."""
    is_division = place.precision is GeoPrecision.ADMIN1 and place.admin1_code is not None
    is_country = place.precision is GeoPrecision.COUNTRY
    return place.country_code is not None and (is_country or is_division)


@lru_cache(maxsize=64)
def _rings(place: Place, outline: Geometry | None) -> tuple[Numbers, ...]:
    """Return closed rings of (latitude, longitude); what lies in the place is in an odd number."""
    if outline is not None and outline.kind is GeometryKind.AREA:
        return tuple(np.array(unbroken(ring)) for part in outline.parts for ring in part)
    if outline is None and place.bounds:
        return (np.array(box_ring(place.bounds)),)
    if outline is None and place.radius_km:
        turns = (360 * step / _CIRCLE_STEPS for step in range(_CIRCLE_STEPS + 1))
        edge = (destination(place.coordinates, turn, place.radius_km) for turn in turns)
        return (np.array(unbroken(tuple((point.lat, point.lon) for point in edge))),)
    return ()


def _extent(rings: Sequence[Numbers]) -> tuple[float, float]:
    """Return how high and how wide rings are together, in degrees."""
    paths = tuple((tuple(map(tuple, ring.tolist())),) for ring in rings)
    return _size(bounds(Geometry(kind=GeometryKind.AREA, parts=paths)) if paths else None)


def _inside(rings: Sequence[Numbers], lat: Numbers, lon: Numbers, slack: float) -> Mask:
    """Return which points lie in the rings, or no more than `slack` degrees outside them."""
    found = np.zeros(len(lat), np.bool_)
    if not rings:
        return found
    low = np.min([ring.min(axis=0) for ring in rings], axis=0) - slack
    high = np.max([ring.max(axis=0) for ring in rings], axis=0) + slack
    for turn in (0.0, 360.0, -360.0):
        near = (lat >= low[0]) & (lat <= high[0]) & (lon + turn >= low[1]) & (lon + turn <= high[1])
        rows = np.flatnonzero(near & ~found)
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            found[some] = _in_rings(rings, lat[some], lon[some] + turn, slack)
    return found


def _in_rings(rings: Sequence[Numbers], lat: Numbers, lon: Numbers, slack: float) -> Mask:
    """Return which points lie within an odd number of rings, or within `slack` of an edge."""
    odd = np.zeros(len(lat), np.bool_)
    close = np.zeros(len(lat), np.bool_)
    for ring in rings:
        a, b = ring[:-1], ring[1:]
        rise, run = b[:, 0] - a[:, 0], b[:, 1] - a[:, 1]
        up, east = lat[:, None] - a[:, 0], lon[:, None] - a[:, 1]
        spans = (up < 0) != (lat[:, None] < b[:, 0])
        with np.errstate(divide="ignore", invalid="ignore"):
            odd ^= np.count_nonzero(spans & (east < run * (up / rise)), axis=1) % 2 == 1
            if slack:
                along = np.clip(np.nan_to_num((up * rise + east * run) / (rise**2 + run**2)), 0, 1)
                apart = (up - along * rise) ** 2 + (east - along * run) ** 2
                close |= apart.min(axis=1) <= slack**2
    return odd | close
