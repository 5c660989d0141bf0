"""The place store: every place and name, in a read-only SQLite file."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Protocol, Self

from gazetteer import outlines
from gazetteer.countries import countries
from gazetteer.errors import StoreNotBuiltError
from gazetteer.geodesy import distance_km, nearest
from gazetteer.names import name_key
from gazetteer.paths import place_store_path
from gazetteer.places import (
    BoundingBox,
    Coordinates,
    FeatureClass,
    Geometry,
    GeometryKind,
    Place,
    quick_maker,
)
from gazetteer.records import BORDER, DIVISION
from gazetteer.schema import (
    GEONAMES_PREFIX,
    PLACE_COLUMNS,
    WELL_KNOWN,
    counted,
    place_of,
    renown,
)

if TYPE_CHECKING:
    from gazetteer.corrections import AddedPlace

MOST_BEARERS: Final = 40
"""Places that a name answers with unless more are asked for: the best known ones, as many as
the resolver weighs."""

_BY_KEY: Final = (
    f"SELECT n.spelling, {PLACE_COLUMNS} FROM name n "  # noqa: S608 - constants
    "JOIN place p ON p.number = n.place WHERE n.key = ? "
    "ORDER BY n.renown DESC LIMIT ?"
)
_BY_PREFIX: Final = (
    f"SELECT n.spelling, {PLACE_COLUMNS} FROM (SELECT place, renown, spelling "  # noqa: S608
    "FROM name {names} AND key >= ? AND key < ? LIMIT ?) n JOIN place p ON p.number = n.place "
    "ORDER BY n.spelling = p.name DESC, n.renown DESC, n.place LIMIT ?"
)
_KEYS_BETWEEN: Final = (
    "SELECT DISTINCT key FROM name {names} AND key >= ? AND key < ? AND length(key) BETWEEN ? AND ?"
)
_ALL: Final = "WHERE 1"
_WELL_KNOWN: Final = f"INDEXED BY well_known_name WHERE renown >= {WELL_KNOWN}"
_MOST_OF_PREFIX: Final = 20_000
_BY_NUMBER: Final = f"SELECT {PLACE_COLUMNS} FROM place p WHERE p.number = ?"  # noqa: S608
_BY_COUNTRY: Final = (
    f"SELECT {PLACE_COLUMNS} FROM place p WHERE p.country = ? "  # noqa: S608 - constants
    "AND (? IS NULL OR p.feature_class = ?) ORDER BY p.population DESC, p.number LIMIT ?"
)
_DIVISIONS: Final = (
    f"SELECT {PLACE_COLUMNS} FROM other_place o JOIN place p "  # noqa: S608 - constants
    "ON p.number = o.number WHERE o.id > ? AND o.id < ?"
)
_SHORT_NAME_LETTERS: Final = 5
_LONG_NAME_LETTERS: Final = 9
_FIRST_REACH_KM: Final = 5.0
_KM_A_DEGREE: Final = 111.0
_LARGE_BOX_SQUARE_DEGREES: Final = 400
_COAST_KM: Final = 10.0
_REMEMBERED_MATCHES: Final = 20_000
"""Some 20 MB of places."""
_MOST_NAMES_TO_COMPARE: Final = 5_000_000
_MAPPED_BYTES: Final = 128 * 1024 * 1024
"""The shipped store whole; of a larger one a part, so that memory stays bounded."""
_CACHE_KIB: Final = 32 * 1024
"""Of a store that is not mapped: the upper levels of its tables, which every look-up reads."""
_REMEMBERED_OUTLINES: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """A place found by a name."""

    place: Place
    matched: str
    """The spelling, primary or alternate, that has the key that was asked for."""
    is_primary: bool
    """Whether that is the place's own name; an alternate may be foreign or historic."""


_name_match = quick_maker(NameMatch)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A place whose name resembles one that was not found: to be offered, never assumed."""

    match: NameMatch
    similarity: float
    """1 for the same spelling, 0 for one without a letter in common."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearbyPlace:
    """A place and how far away its point is."""

    place: Place
    distance_km: float


class PlaceAdditions(Protocol):
    """Whoever keeps places that were added by hand: the gazetteer cache."""

    def added_places(self) -> tuple[AddedPlace, ...]:
        """Return the places; the same tuple as long as nothing was changed."""


class _Remembered:
    """The answers of the latest look-ups, as many as hold a given number of matches."""

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self.forget()

    def forget(self) -> None:
        """Forget all."""
        self._latest: dict[str, tuple[NameMatch, ...]] = {}
        self._earlier: dict[str, tuple[NameMatch, ...]] = {}
        self._held = 0

    def get(self, key: str) -> tuple[NameMatch, ...] | None:
        """Return the answer, or None when it is not remembered."""
        known = self._latest.get(key)
        if known is None:
            known = self._earlier.get(key)
            if known is not None:
                self.put(key, known)
        return known

    def put(self, key: str, matches: tuple[NameMatch, ...]) -> None:
        """Remember an answer; the half that was not asked for of late makes room."""
        if self._held > self._half:
            self._earlier, self._latest, self._held = self._latest, {}, 0
        self._latest[key] = matches
        self._held += 1 + len(matches)


class _Overlay:
    """Added places by key and by id."""

    def __init__(self, added: tuple[AddedPlace, ...]) -> None:
        self.added = added
        self.by_id = {item.place.place_id: item for item in added}
        self.by_key: dict[str, tuple[NameMatch, ...]] = {}
        for item in added:
            spelt = {name_key(name): name for name in reversed(item.names)}
            for key, name in spelt.items():
                match = NameMatch(
                    place=item.place, matched=name, is_primary=name == item.place.name
                )
                self.by_key[key] = (*self.by_key.get(key, ()), match)

    def starting_with(self, key: str) -> list[NameMatch]:
        """Return the matches of every key that starts with `key`."""
        return [m for other in sorted(self.by_key) if other.startswith(key)
                for m in self.by_key[other]]  # fmt: skip


class PlaceStore:
    """Every place by name, id and box; opened in milliseconds, usable from several threads.

    Raises: StoreNotBuiltError when there is no file at `path` (by default the user's cache).
    """

    def __init__(
        self, path: Path | str | None = None, *, additions: PlaceAdditions | None = None
    ) -> None:
        self.path = Path(path) if path else place_store_path()
        self._additions = additions
        self._overlay = _Overlay(())
        self._with_added: dict[int, tuple[PlaceAdditions, PlaceStore]] = {}
        if not self.path.is_file():
            raise StoreNotBuiltError(self.path)
        self._idle: list[sqlite3.Cursor] = []
        self.version = self._field("version")
        """Hash of the data and the schema that it was built from."""
        self.built_from = self._field("built_from")
        """What it was built from, in a reader's words."""
        self._remembered = _Remembered(_REMEMBERED_MATCHES)
        self._outline = lru_cache(_REMEMBERED_OUTLINES)(self._read_outline)
        self._countries = lru_cache(maxsize=1)(self._read_countries)

    def by_name(self, name: str, *, limit: int = MOST_BEARERS) -> tuple[NameMatch, ...]:
        """Return the places of that name, spelt in any way that has the same `name_key`.

        Of more than `limit` the best known.

        Countries come first, then by people, as whose seas, regions and sites count as towns of
        200,000, and divisions for less than they have: Herat comes before Herat Province.
        """
        key = name_key(name)
        return self._of_key(key, limit) if key else ()

    def with_added(self, additions: PlaceAdditions) -> PlaceStore:
        """Return the same store with the places that were added by hand, at any time.

        It is closed with this one.
        """
        known = self._with_added.get(id(additions))
        if known is None:
            known = (additions, PlaceStore(self.path, additions=additions))
            self._with_added[id(additions)] = known
        return known[1]

    def by_prefix(self, prefix: str, *, limit: int = 10) -> tuple[NameMatch, ...]:
        """Return places that have a name starting with `prefix`, the best known first.

        Places whose own name starts so come before those whose alternate name does.
        """
        key = name_key(prefix)
        if not key:
            return ()
        matches = [*self._added().starting_with(key), *self._starting_with(key, limit)]
        found: dict[str, NameMatch] = {}
        for match in sorted(_in_order(matches), key=lambda match: not match.is_primary):
            found.setdefault(match.place.place_id, match)
        return tuple(found.values())[:limit]

    def suggest(self, name: str, *, limit: int = 5) -> tuple[Suggestion, ...]:
        """Return places whose names resemble `name`, the most alike first, then the best known.

        For a misspelt name: one slip is allowed in up to five letters, two in up to nine,
        three in longer names, if the name begins with its right first letter, or would when
        its own first letter is left out or put second. A place of
        exactly that name is not a suggestion. In a store of all of GeoNames only well-known
        places are offered. Never an answer by itself: Parchin is one
        letter from Parachin.
        """
        key = name_key(name)
        slips = _allowed_slips(key)
        alike = _alike(key, self._keys_like(key, slips), slips)
        found: dict[str, Suggestion] = {}
        for similarity, other in alike:
            for match in self._of_key(other):
                found.setdefault(
                    match.place.place_id, Suggestion(match=match, similarity=similarity)
                )
        return tuple(sorted(found.values(), key=_suggestion_rank)[:limit])

    def nearest(
        self,
        point: Coordinates,
        *,
        within_km: float = 50.0,
        limit: int = 1,
        feature_class: FeatureClass | None = None,
    ) -> tuple[NearbyPlace, ...]:
        """Return the places whose points are closest to `point`, the closest first.

        Only places of `feature_class`, when given. Empty when all lie farther than
        `within_km`. A country's or a sea's point counts as a point: ask `country_at` for
        what holds the point.
        """
        reach_km = min(_FIRST_REACH_KM, within_km)
        while True:
            near = self._within(point, reach_km, feature_class)
            if len(near) >= limit or reach_km >= within_km:
                return tuple(near[:limit])
            reach_km = min(2 * reach_km, within_km)

    def by_country(
        self, code: str, *, feature_class: FeatureClass | None = None, limit: int = 100
    ) -> tuple[Place, ...]:
        """Return the most populous places of the country with that ISO 3166-1 alpha-2 code.

        Only places of `feature_class`, when given; those of unknown population come last.
        """
        letter = feature_class.value if feature_class else None
        rows = self._rows(_BY_COUNTRY, (code, letter, letter, limit))
        added = [
            item.place
            for item in self._added().added
            if item.place.country_code == code and feature_class in {None, item.place.feature_class}
        ]
        places = [*map(place_of, rows), *added]
        if added:
            places.sort(key=_people_first)
        return tuple(places[:limit])

    def by_id(self, place_id: str) -> Place | None:
        """Return the place of that id, or None."""
        added = self._added().by_id.get(place_id)
        if added:
            return added.place
        number = self._number(place_id)
        rows = self._rows(_BY_NUMBER, (number,)) if number is not None else []
        return place_of(rows[0]) if rows else None

    def in_box(self, box: BoundingBox, *, limit: int = 100) -> tuple[Place, ...]:
        """Return the most populous places whose point lies in `box`; all for a limit of -1."""
        found = [
            place
            for west, east in box.stretches()
            for place in self._in_span(box, west, east, limit)
        ]
        added = (item.place for item in self._added().added)
        found += [place for place in added if box.contains(place.coordinates)]
        found.sort(key=_people_first)
        return tuple(found if limit < 0 else found[:limit])

    def names_of(self, place_id: str) -> tuple[str, ...]:
        """Return the names of a place, its own first; empty for an unknown id.

        Of spellings with the same key one is kept.
        """
        added = self._added().by_id.get(place_id)
        if added:
            return added.names
        number = self._number(place_id)
        query = (
            "SELECT p.name, s.names FROM place p LEFT JOIN spellings s ON s.place = p.number "
            "WHERE p.number = ?"
        )
        for own, several in self._rows(query, (number,)):
            return tuple(dict.fromkeys((own, *several.split("|")))) if several else (own,)
        return ()

    def geometry(self, place_id: str) -> Geometry | None:
        """Return the line or area of a place, or None for a mere point.

        "border:IR" is Iran's borders with all its neighbours, as one line of several parts.
        """
        added = self._added().by_id.get(place_id)
        if added:
            return added.geometry
        number = self._number(place_id)
        if number is None and place_id.startswith(BORDER):
            return self._borders_of(place_id.removeprefix(BORDER))
        return None if number is None else self._outline(number)

    def _borders_of(self, code: str) -> Geometry | None:
        country = countries().get(code)
        borders = (self.border(code, other) for other in (country.neighbours if country else ()))
        lines = (self.geometry(border.place_id) for border in borders if border)
        parts = tuple(part for line in lines if line for part in line.parts)
        return Geometry(kind=GeometryKind.LINE, parts=parts) if parts else None

    def country(self, code: str) -> Place | None:
        """Return the country with that ISO 3166-1 alpha-2 code as a place."""
        country = countries().get(code)
        return self.by_id(country.place_id) if country else None

    def capital(self, code: str) -> Place | None:
        """Return the capital of the country with that code, if it has one."""
        country = countries().get(code)
        return self.by_id(country.capital_id) if country and country.capital_id else None

    def border(self, a: str, b: str) -> Place | None:
        """Return the shared border of two countries, in either order; None without one."""
        first, second = sorted((a, b))
        return self.by_id(f"{BORDER}{first}-{second}")

    def divisions(self) -> tuple[Place, ...]:
        """Return the first-level divisions of all countries."""
        return tuple(map(place_of, self._rows(_DIVISIONS, (DIVISION, DIVISION + "\U0010ffff"))))

    def country_at(self, point: Coordinates) -> Place | None:
        """Return the country whose simplified area holds `point`; None on the high seas.

        A point outside every area belongs to the country of the nearest populated place
        within 10 km: coasts are drawn with an error of a kilometre or two, islets are not drawn.
        """
        for country in self._countries_round(point):
            area = self.geometry(country.place_id)
            if area and outlines.contains(area, point):
                return country
        close = nearest(point, self.in_box(_box_round(point)), within_km=_COAST_KM)
        return self.country(close.country_code) if close and close.country_code else None

    def size(self) -> tuple[int, int]:
        """Return how many places and how many names there are."""
        return int(self._field("places")), int(self._field("names"))

    def close(self) -> None:
        """Close every connection; the store cannot be used afterwards."""
        while self._idle:
            self._idle.pop().connection.close()
        self._remembered.forget()
        for _, store in self._with_added.values():
            store.close()
        self._with_added.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _rows(self, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        # As many connections as threads ask at once: threads come and go with every page.
        try:
            cursor = self._idle.pop()
        except IndexError:
            cursor = self._opened()
        try:
            return cursor.execute(query, values).fetchall()
        finally:
            self._idle.append(cursor)

    def _opened(self) -> sqlite3.Cursor:
        connection = sqlite3.connect(
            f"{self.path.resolve().as_uri()}?mode=ro&immutable=1",
            uri=True,
            check_same_thread=False,
        )
        connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        return connection.cursor()

    def _field(self, field: str) -> str:
        ((value,),) = self._rows("SELECT value FROM about WHERE field = ?", (field,))
        return str(value)

    def _matches(self, key: str, limit: int) -> tuple[NameMatch, ...]:
        return tuple(map(_match, self._rows(_BY_KEY, (key, limit))))

    def _of_key(self, key: str, limit: int = MOST_BEARERS) -> tuple[NameMatch, ...]:
        matches = self._remembered.get(key) if limit == MOST_BEARERS else None
        if matches is None:
            matches = self._matches(key, limit)
            if limit == MOST_BEARERS:
                self._remembered.put(key, matches)
        added = self._added().by_key.get(key)
        if not added:
            return matches
        return _in_order([*matches, *added])

    def _starting_with(self, key: str, limit: int) -> Iterable[NameMatch]:
        # In a large store "S" starts millions of names: the well known come first, and of the
        # others no more are looked at than can be sorted while somebody types.
        found: dict[tuple[str, str], NameMatch] = {}
        for names in (_WELL_KNOWN, _ALL):
            values = (key, key + "\U0010ffff", _MOST_OF_PREFIX, 4 * limit)
            for row in self._rows(_BY_PREFIX.format(names=names), values):
                match = _match(row)
                found.setdefault((match.place.place_id, match.matched), match)
            if len({place_id for place_id, _ in found}) >= limit:
                break
        return found.values()

    def _added(self) -> _Overlay:
        if self._additions is not None:
            added = self._additions.added_places()
            if added is not self._overlay.added:
                self._overlay = _Overlay(added)
        return self._overlay

    def _number(self, place_id: str) -> int | None:
        if place_id.startswith(GEONAMES_PREFIX):
            digits = place_id.removeprefix(GEONAMES_PREFIX)
            return (
                int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None
            )
        rows = self._rows("SELECT number FROM other_place WHERE id = ?", (place_id,))
        return rows[0][0] if rows else None

    def _read_outline(self, number: int) -> Geometry | None:
        rows = self._rows("SELECT kind, path FROM outline WHERE place = ?", (number,))
        return outlines.from_text(GeometryKind(rows[0][0]), rows[0][1]) if rows else None

    def _keys_like(self, key: str, slips: int) -> set[str]:
        # Reading the keys of a letter is quicker than comparing all; a slip in the first
        # letter is caught when the second one starts the name or both are swapped.
        shortest, longest = len(key) - slips, len(key) + slips
        is_large = self.size()[1] > _MOST_NAMES_TO_COMPARE
        query = _KEYS_BETWEEN.format(names=_WELL_KNOWN if is_large else _ALL)
        keys = {
            other
            for first in set(key[:2])
            for (other,) in self._rows(query, (first, first + "\U0010ffff", shortest, longest))
        }
        return keys | self._added().by_key.keys()

    def _within(
        self, point: Coordinates, reach_km: float, feature_class: FeatureClass | None
    ) -> list[NearbyPlace]:
        near = [
            NearbyPlace(place=place, distance_km=distance_km(point, place.coordinates))
            for place in self.in_box(_box_round(point, reach_km), limit=-1)
            if feature_class in {None, place.feature_class}
        ]
        near.sort(key=lambda close: (close.distance_km, close.place.place_id))
        return [close for close in near if close.distance_km <= reach_km]

    def _in_span(self, box: BoundingBox, west: float, east: float, limit: int) -> list[Place]:
        # A large box is quicker searched from end to end than through the index.
        is_large = (box.north - box.south) * (east - west) > _LARGE_BOX_SQUARE_DEGREES
        way = "NOT INDEXED" if is_large else "INDEXED BY place_by_point"
        query = (
            f"SELECT {PLACE_COLUMNS} FROM place p {way} "  # noqa: S608 - constants
            "WHERE p.lat BETWEEN ? AND ? AND p.lon BETWEEN ? AND ? "
            "ORDER BY p.population DESC, p.number LIMIT ?"
        )
        values = (box.south, box.north, west, east, limit)
        return [place_of(row) for row in self._rows(query, values)]

    def _countries_round(self, point: Coordinates) -> Iterable[Place]:
        return (
            place for place in self._countries() if place.bounds and place.bounds.contains(point)
        )

    def _read_countries(self) -> tuple[Place, ...]:
        # The smallest first: the Vatican's area lies in Italy's, whose hole was too small to keep.
        found = [self.by_id(country.place_id) for country in countries().values()]
        return tuple(sorted((place for place in found if place), key=_extent))


def _box_round(point: Coordinates, reach_km: float = _COAST_KM) -> BoundingBox:
    reach = reach_km / _KM_A_DEGREE
    south, north = max(-90.0, point.lat - reach), min(90.0, point.lat + reach)
    narrowest = math.cos(math.radians(max(abs(south), abs(north))))
    if reach >= 180 * narrowest:  # a pole is within reach, or nearly
        return BoundingBox(south=south, west=-180.0, north=north, east=180.0)
    lon_reach = reach / narrowest
    return BoundingBox(
        south=south,
        west=(point.lon - lon_reach + 180) % 360 - 180,
        north=north,
        east=(point.lon + lon_reach + 180) % 360 - 180,
    )


def _allowed_slips(key: str) -> int:
    if len(key) <= _SHORT_NAME_LETTERS:
        return 1
    return 2 if len(key) <= _LONG_NAME_LETTERS else 3


def _alike(key: str, others: Iterable[str], slips: int) -> list[tuple[float, str]]:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract_iter

    near = extract_iter(key, others, scorer=OSA.distance, score_cutoff=slips)
    alike = [(OSA.normalized_similarity(key, other), other) for other, _, _ in near if other != key]
    return sorted(alike, key=lambda pair: (-pair[0], pair[1]))


def _suggestion_rank(suggestion: Suggestion) -> tuple[float, bool, int, str]:
    match = suggestion.match
    place = match.place
    return (-suggestion.similarity, not match.is_primary, -renown(place), place.place_id)


def _extent(place: Place) -> float:
    box = place.bounds
    return (box.north - box.south) * ((box.east - box.west) % 360) if box else 0.0


def _in_order(matches: Iterable[NameMatch]) -> tuple[NameMatch, ...]:
    return tuple(sorted(matches, key=lambda match: -renown(match.place)))


def _people_first(place: Place) -> int:
    return -counted(place.population or 0, place.feature_code)


def _match(row: tuple[Any, ...]) -> NameMatch:
    matched, *rest = row
    place = place_of(rest)
    return _name_match(place, matched, matched == place.name)
