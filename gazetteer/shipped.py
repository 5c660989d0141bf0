"""What Dateline ships, put into a place store: compiled places and names, and those by hand."""

from __future__ import annotations

import gc
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import accumulate, compress
from typing import Any

from gazetteer import outlines
from gazetteer.countries import countries
from gazetteer.errors import PlaceDataError
from gazetteer.filling import Columns, Progress, Row, StoreFilling, distinct_spellings
from gazetteer.packed import AREAS, OUTLINES, POPULATED, read_columns, read_names
from gazetteer.places import BoundingBox
from gazetteer.records import feature_types
from gazetteer.schema import GEONAMES_PREFIX, OTHER_NUMBERS, place_row, renown_of
from gazetteer.sources.curated import (
    CuratedPlace,
    FurtherNames,
    place_files,
    read_curated_places,
    read_disputed,
    read_further_names,
    read_points,
)

_NAME, _BOX = 2, slice(12, 16)
"""Where these stand in a row of table place."""


@contextmanager
def _without_collector() -> Iterator[None]:
    # The garbage collector would look a dozen times at millions of values that are no garbage.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_without_collector()
def add_shipped(
    filling: StoreFilling, report: Progress, *, known: Container[int] | None = None
) -> None:
    """Add everything that Dateline ships, and index the places: the last step of filling.

    Towns whose GeoNames ids are `known` are in the store already, and left out.

    Raises: PlaceDataError when a shipped file is damaged or a hand-written row is wrong.
    """
    # Unpacking leaves the interpreter to others, and so does SQLite while it makes an index.
    with ThreadPoolExecutor(2) as threads:
        names = [threads.submit(read_names)]
        files = [threads.submit(read_columns, file) for file in (POPULATED, AREAS, OUTLINES)]
        report("Reading places", 0.0)
        curated = [place for file in place_files() for place in read_curated_places(file)]
        shipped = _Shipped(filling, known)
        # What was read is popped, not to be kept to the end.
        shipped.add_populated(files.pop(0).result())
        report("Reading divisions and seas", 0.3)
        shipped.add_areas(files.pop(0).result())
        shipped.add_curated(curated, files.pop(0).result())
        report("Reading names", 0.4)
        indexing = threads.submit(filling.index_places)
        spellings, keys, bearers = names.pop().result()
        of_each = _by_bearer(bearers, spellings)
        indexing.result()
    report("Writing names", 0.6)
    shipped.add_spellings(of_each)
    shipped.add_names(keys, bearers, spellings)
    shipped.add_names_by_hand()


def _by_bearer(bearers: Sequence[int], spellings: Sequence[str]) -> list[str]:
    of_each: list[list[str]] = [[] for _ in range(max(bearers) + 1)]
    for bearer, spelling in zip(bearers, spellings, strict=True):
        of_each[bearer].append(spelling)
    return list(map("|".join, of_each))


class _Shipped:
    """The shipped places on their way into a store.

    They come in the order in which the file of names counts them.
    """

    def __init__(self, filling: StoreFilling, known: Container[int] | None) -> None:
        self._filling = filling
        self._known = known
        self._numbers: list[int] = []
        self._renowns: list[int] = []
        self._number_of: dict[str, int] = {}
        self._names_by_hand: list[Row] = []
        self._spelt_by_hand: list[tuple[int, str]] = []

    def add_populated(self, columns: Columns) -> None:
        """Add the populated places, column by column: they are most of all."""
        steps, own, lats, lons, codes, country, admins, people = columns
        self._numbers = list(accumulate(map(int, steps)))
        populations = _unless_blank(int, people)
        self._renowns = [count or 0 for count in populations]
        populated, count = feature_types()["PPL"], len(own)
        rows: Columns = (
            self._numbers,
            own,
            list(map(float, lats)),
            list(map(float, lons)),
            [populated.feature_class.value] * count,
            [code or populated.code for code in codes],
            [populated.precision.value] * count,
            country,
            _unless_blank(str, admins),
            populations,
        )
        self._filling.add_geonames(self._unknown(rows, self._numbers))

    def add_areas(self, columns: Columns) -> None:
        """Add divisions, countries, seas, borders and airports."""
        ids, own, lats, lons, codes, country, touched, admins, people, *extent, disputed = columns
        kinds = [feature_types()[code] for code in codes]
        numbers = list(map(self._numbered, ids))
        rows: Columns = (
            numbers,
            [i if n >= OTHER_NUMBERS else None for i, n in zip(ids, numbers, strict=True)],
            own,
            list(map(float, lats)),
            list(map(float, lons)),
            [kind.feature_class.value for kind in kinds],
            codes,
            [kind.precision.value for kind in kinds],
            *(_unless_blank(str, column) for column in (country, touched, admins)),
            _unless_blank(int, people),
            *(_unless_blank(float, edges) for edges in extent),
            [int(flag != "") for flag in disputed],
        )
        self._numbers += numbers
        self._renowns += map(renown_of, zip(*rows, strict=True))
        self._filling.add_places(rows)

    def add_curated(self, places: Sequence[CuratedPlace], shapes: Columns) -> None:
        """Add the hand-written places, the outlines of all, and points and disputes.

        Raises: PlaceDataError when an id stands there twice, or there is no outline of a place
        that another is made of.
        """
        names = distinct_spellings((p.record.place.name, *p.record.other_names) for p in places)
        drawn = {place_id: (kind, path) for place_id, kind, path in zip(*shapes, strict=True)}
        rows = []
        for curated, spellings in zip(places, names, strict=True):
            place = curated.record.place
            if curated.made_of:
                place = replace(place, bounds=self._box_of(curated, drawn))
                parts = [drawn[other] for other in curated.made_of]
                drawn[place.place_id] = (parts[0][0], "|".join(path for _, path in parts))
            elif curated.geometry:
                path = outlines.to_text(curated.geometry)
                drawn[place.place_id] = (curated.geometry.kind.value, path)
            rows.append(place_row(self._numbered(place.place_id), place))
            self._name(rows[-1], spellings)
        self._filling.add_places(list(zip(*rows, strict=True)))
        self._filling.add_outlines((self._number_of[key], *shape) for key, shape in drawn.items())
        self._filling.add_ids(self._number_of)
        for key, point in read_points().items():
            self._filling.move(self._number(_place_id(key)), point)
        for key in read_disputed():
            self._filling.dispute(self._number(_place_id(key)))

    def add_spellings(self, of_each: Sequence[str]) -> None:
        """Add all names of each place together."""
        self._filling.add_spellings(self._unknown((self._numbers, of_each), self._numbers))

    def add_names(
        self, keys: Sequence[str], bearers: Sequence[int], spellings: Sequence[str]
    ) -> None:
        """Add names, of the places at the positions `bearers`."""
        numbers = list(map(self._numbers.__getitem__, bearers))
        renowns = list(map(self._renowns.__getitem__, bearers))
        self._filling.add_names(self._unknown((keys, renowns, numbers, spellings), numbers))

    def add_names_by_hand(self) -> None:
        """Add the names of hand-written places, and further ones of places of other sources.

        Raises: PlaceDataError when names are listed for a place that there is not.
        """
        first = {country.place_id: country.names for country in countries().values()}
        further = _further_names()
        rows, names = [], []
        for place_id in first | further:
            row, listed = self._row_of(place_id), further.get(place_id)
            if row:
                rows.append(row)
                others = listed.names if listed else ()
                names.append(
                    (*first.get(place_id, (row[_NAME],)), *self._filling.names_of(row), *others)
                )
            elif listed:  # and no country without a coast or a town
                raise PlaceDataError(listed.file, listed.line, f"there is no place {place_id}")
        for row, spellings in zip(rows, distinct_spellings(names), strict=True):
            self._filling.rename(row[0], next(iter(spellings.values())))
            self._name(row, spellings)
        self._filling.add_names(list(zip(*self._names_by_hand, strict=True)))
        self._filling.add_spellings(list(zip(*self._spelt_by_hand, strict=True)))

    def _name(self, row: Row, spellings: Mapping[str, str]) -> None:
        number, known = row[0], renown_of(row)
        self._names_by_hand += [(key, known, number, name) for key, name in spellings.items()]
        self._spelt_by_hand.append((number, "|".join(spellings.values())))

    def _unknown(self, columns: Columns, numbers: Sequence[int]) -> Columns:
        if self._known is None:
            return columns
        are_new = [number not in self._known for number in numbers]
        return [list(compress(column, are_new)) for column in columns]

    def _numbered(self, place_id: str) -> int:
        if place_id in self._number_of:
            raise PlaceDataError("place data", 0, f"{place_id} stands there twice")
        digits = place_id.removeprefix(GEONAMES_PREFIX)
        number = int(digits) if digits.isdigit() else OTHER_NUMBERS + len(self._number_of)
        self._number_of[place_id] = number
        return number

    def _number(self, place_id: str) -> int | None:
        digits = place_id.removeprefix(GEONAMES_PREFIX)
        return int(digits) if digits.isdigit() else self._number_of.get(place_id)

    def _row_of(self, place_id: str) -> Row | None:
        return self._filling.place(self._number(place_id))

    def _box_of(self, curated: CuratedPlace, drawn: Container[str]) -> BoundingBox:
        boxes = []
        for place_id in curated.made_of:
            row = self._row_of(place_id)
            if row is None or place_id not in drawn:
                raise PlaceDataError(curated.file, curated.line, f"no outline of {place_id}")
            south, west, north, east = row[_BOX]
            boxes.append(BoundingBox(south=south, west=west, north=north, east=east))
        return outlines.union(boxes)


def _unless_blank(kind: Callable[[str], Any], cells: Iterable[str]) -> list[Any]:
    return [kind(cell) if cell else None for cell in cells]


def _place_id(key: str) -> str:
    country = countries().get(key)
    return country.place_id if country else key


def _further_names() -> dict[str, FurtherNames]:
    found: dict[str, FurtherNames] = {}
    for row in read_further_names():
        if row.place_id in found:
            raise PlaceDataError(row.file, row.line, f"{row.place_id} stands there twice")
        found[row.place_id] = row
    return found
