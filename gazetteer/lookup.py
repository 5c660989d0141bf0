"""What the rules ask of the place store, each name once a text."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.countries import countries, country_by_demonym, country_by_name
from gazetteer.geodesy import distance_to_box_km
from gazetteer.places import FeatureClass

if TYPE_CHECKING:
    from gazetteer.places import BoundingBox, Place
    from gazetteer.store import NameMatch, PlaceStore

_MOST_RIVALS = 3
_NEAR_SHORE_KM = 800.0
_WELL_KNOWN_POPULATION = 100_000
_REGION_CODES = ("CONT", "RGN", "PCL", "ADM1", "OCN", "SEA", "GULF", "STRT", "TERR", "ISL")


class Renown(IntEnum):
    """How well known the best bearer of a name is: how far the name alone can be trusted."""

    UNKNOWN = 0
    OBSCURE = 1
    KNOWN = 2
    """A first-order division, a capital, a town of 100,000, or a curated place."""
    COUNTRY = 3
    """A country, a continent, or a sea."""


class Names:
    """Looks names up in `store`, and remembers the answers for the length of one text."""

    def __init__(self, store: PlaceStore) -> None:
        self.store = store
        self._matches: dict[str, tuple[NameMatch, ...]] = {}
        self._renown: dict[str, Renown] = {}
        self._touching: dict[str, tuple[str, ...]] = {}

    def matches(self, name: str) -> tuple[NameMatch, ...]:
        """Return the places that bear `name`, without countries that a known town's name is for.

        "Tunis" is Tunisia in other languages, "Gold Coast" what Ghana was: a text means the town.
        """
        found = self._matches.get(name)
        if found is None:
            found = self._matches[name] = _without_borrowers(self.store.by_name(name))
        return found

    def renown(self, name: str) -> Renown:
        """Return how well known the best bearer of `name` is."""
        known = self._renown.get(name)
        if known is None:
            known = max(map(_renown, self.matches(name)), default=Renown.UNKNOWN)
            self._renown[name] = known
        return known

    def standing(self, name: str) -> str:
        """Return what the best bearer of `name` is to the world of politics.

        "country", "capital", "division", "seat" (a government's building), "town", or "site"
        for what never speaks: waters, mountains, airports, and names that nobody knows.
        """
        if country_by_name(name) is not None:
            return "country"
        standings = {
            _standing(match.place)
            for match in self.matches(name)
            if match.is_primary or match.place.feature_code == "GOVB"  # "Downing Street"
        }
        return next((s for s in _STANDINGS if s in standings), "site")

    def countries_of(self, place: Place) -> tuple[str, ...]:
        """Return the countries that a place lies in, or that lie on a sea."""
        known = place.all_countries
        if known or place.feature_class is not FeatureClass.WATER or place.bounds is None:
            return known
        touching = self._touching.get(place.place_id)
        if touching is None:
            touching = self._touching[place.place_id] = tuple(
                code for code, box in _country_boxes(self.store) if box.overlaps(place.bounds)
            )
        return touching

    def shore_countries_of(self, place: Place) -> tuple[str, ...]:
        """Return the countries on a sea whose own point lies near it: the USA on none."""
        box = place.bounds
        if place.feature_class is not FeatureClass.WATER or box is None:
            return ()
        points = {code: self.store.country(code) for code in self.countries_of(place)}
        return tuple(
            code
            for code, country in points.items()
            if country and distance_to_box_km(country.coordinates, box) <= _NEAR_SHORE_KM
        )

    def own_renown(self, name: str) -> Renown:
        """Return how well known the best place is that bears `name` as its own.

        The further names of seas, regions and countries are English usage and count as their
        own. A town that larger places outdo in the name does not count.
        """
        own = (
            match
            for rank, match in enumerate(self.matches(name))
            if (match.is_primary and (rank < _MOST_RIVALS or match.place.feature_code == "ADM1"))
            or match.place.feature_class is FeatureClass.WATER
            or (match.place.feature_code == "RGN" and match.place.place_id.startswith("cur:"))
            or match.place.feature_code.startswith(_COUNTRY_LIKE)
        )
        return max(map(_renown, own), default=Renown.UNKNOWN)

    def largest_town(self, name: str) -> int:
        """Return the inhabitants of the largest town that bears `name` as its own, or 0."""
        return max(
            (
                match.place.population or 0
                for match in self.matches(name)
                if match.is_primary and match.place.feature_class is FeatureClass.POPULATED
            ),
            default=0,
        )

    def country_code(self, name: str) -> str | None:
        """Return the country that a name or an adjective of origin means, or None.

        A first-order division stands for its country: "the Texas-Mexico border".
        """
        country = country_by_name(name) or country_by_demonym(name)
        if country is not None:
            return country.code
        codes = {
            match.place.country_code
            for match in self.matches(name)
            if match.is_primary and match.place.feature_code in {"ADM1", "PCLD", "PCLS", "TERR"}
        }
        return codes.pop() if len(codes) == 1 else None


def _without_borrowers(matches: tuple[NameMatch, ...]) -> tuple[NameMatch, ...]:
    if not any(map(_is_known_town, matches)):
        return matches
    return tuple(m for m in matches if m.is_primary or not m.place.feature_code.startswith("PCL"))


def _is_known_town(match: NameMatch) -> bool:
    place = match.place
    is_large = (place.population or 0) >= _WELL_KNOWN_POPULATION
    return match.is_primary and is_large and place.feature_class is FeatureClass.POPULATED


def _renown(match: NameMatch) -> Renown:
    place = match.place
    if place.feature_code.startswith(_COUNTRY_LIKE):
        return Renown.COUNTRY
    if place.place_id.startswith("cur:") or place.feature_code in _KNOWN_CODES:
        return Renown.KNOWN
    if match.is_primary and (place.population or 0) >= _WELL_KNOWN_POPULATION:
        return Renown.KNOWN
    return Renown.OBSCURE


_STANDINGS = ("country", "capital", "seat", "division", "town")


def _standing(place: Place) -> str:
    code = place.feature_code
    if code.startswith("PCL"):
        return "country"
    if code == "PPLC":
        return "capital"
    if code == "GOVB":
        return "seat"
    if code in {"ADM1", "CONT", "RGN"}:
        return "division"
    return "town" if place.feature_class is FeatureClass.POPULATED else "site"


_COUNTRY_LIKE = ("PCL", "CONT", "OCN", "SEA")
_KNOWN_CODES = frozenset({"ADM1", "PPLC", "GULF", "STRT", "TERR", "BDRY"})


@lru_cache(maxsize=4)
def _country_boxes(store: PlaceStore) -> tuple[tuple[str, BoundingBox], ...]:
    """Return the box of each country that has one."""
    places = ((code, store.country(code)) for code in countries())
    return tuple((code, place.bounds) for code, place in places if place and place.bounds)


def is_area(place: Place) -> bool:
    """Say whether `place` is wide enough to have a south and a north worth telling apart."""
    return place.feature_code.startswith(_REGION_CODES) or place.feature_class in {
        FeatureClass.AREA,
        FeatureClass.WATER,
    }
