"""The tables of a place store that is being built."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, compress
from typing import Any, Final

from gazetteer.names import name_keys
from gazetteer.places import Coordinates
from gazetteer.schema import INDEXES_OF_PLACES, OTHER_NUMBERS

Progress = Callable[[str, float], None]
"""Told what is being done and the share of the work already done, 0 to 1."""

Row = tuple[Any, ...]
Columns = Sequence[Sequence[Any]]
"""The values of each column in turn: no object is made a row."""

GEONAMES_COLUMNS: Final = (
    "number, name, lat, lon, feature_class, feature_code, place_precision, country, admin1, "
    "population"
)
_ROWS_A_STATEMENT: Final = 50
_ROWS_AT_ONCE: Final = 50_000
"""Whose values are copied: a multiple of the former."""
_SORTING_CACHE_KIB: Final = 16 * 1024


class StoreFilling:
    """The tables of a store that is being built; names may go to another table, to be sorted."""

    def __init__(self, database: sqlite3.Connection, names_table: str) -> None:
        self._database = database
        self._names_table = names_table

    def add_geonames(self, columns: Columns) -> None:
        """Add places that GeoNames numbers, as `GEONAMES_COLUMNS`."""
        self._insert("INSERT", f"place ({GEONAMES_COLUMNS})", columns)

    def add_places(self, columns: Columns) -> None:
        """Add places of any kind, with the columns of `place_row`."""
        self._insert("INSERT", "place", columns)

    def add_names(self, columns: Columns) -> None:
        """Add names, as key, renown of the place, its number, spelling.

        Quick in the order of `NAME_ORDER`. Of two spellings with one key the later one stays.
        """
        self._insert("INSERT OR REPLACE", self._names_table, columns)

    def add_spellings(self, columns: Columns) -> None:
        """Add all names of places, its own too, with "|" between them, by a place's number.

        Where a place has been given some these take their place.
        """
        several = ["|" in names for names in columns[1]]
        self._insert(
            "INSERT OR REPLACE", "spellings", [list(compress(c, several)) for c in columns]
        )

    def add_outlines(self, rows: Iterable[tuple[int, str, str]]) -> None:
        """Add lines and areas: number of the place, kind, path."""
        self._database.executemany("INSERT INTO outline VALUES (?, ?, ?)", rows)

    def add_ids(self, numbers: Mapping[str, int]) -> None:
        """Add the ids of places that GeoNames does not number."""
        others = (item for item in numbers.items() if item[1] >= OTHER_NUMBERS)
        self._database.executemany("INSERT INTO other_place VALUES (?, ?)", sorted(others))

    def place(self, number: int | None) -> Row | None:
        """Return the row of a place that was added, or None."""
        rows = self._database.execute("SELECT * FROM place WHERE number = ?", (number,)).fetchall()
        return rows[0] if rows else None

    def names_of(self, row: Row) -> list[str]:
        """Return the names that were added of a place, given its row."""
        query = "SELECT names FROM spellings WHERE place = ?"
        several = self._database.execute(query, row[:1]).fetchone()
        return several[0].split("|") if several else [row[2]]

    def rename(self, number: int, name: str) -> None:
        """Give a place another name of its own."""
        self._database.execute("UPDATE place SET name = ? WHERE number = ?", (name, number))

    def move(self, number: int | None, point: Coordinates) -> None:
        """Give a place another point, if it is there."""
        values = (point.lat, point.lon, number)
        self._database.execute("UPDATE place SET lat = ?, lon = ? WHERE number = ?", values)

    def dispute(self, number: int | None) -> None:
        """Say that a place is disputed, if it is there."""
        self._database.execute("UPDATE place SET is_disputed = 1 WHERE number = ?", (number,))

    def index_places(self) -> None:
        """Index the places, when all are there."""
        # A second thread sorts what does not fit into the cache.
        self._database.execute("PRAGMA threads = 2")
        self._database.execute(f"PRAGMA cache_size = -{_SORTING_CACHE_KIB}")
        for index in INDEXES_OF_PLACES:
            self._database.execute(index)

    def _insert(self, verb: str, into: str, columns: Columns) -> None:
        if not columns:
            return
        width, rows = len(columns), len(columns[0])
        one = f"({','.join('?' * width)})"
        for start in range(0, rows, _ROWS_AT_ONCE):
            block = [column[start : start + _ROWS_AT_ONCE] for column in columns]
            values: list[Any] = [None] * (width * len(block[0]))
            for position, cells in enumerate(block):
                values[position::width] = cells
            # A statement of many rows takes half the time of as many statements.
            for first in range(0, len(values), width * _ROWS_A_STATEMENT):
                batch = values[first : first + width * _ROWS_A_STATEMENT]
                many = ",".join([one] * (len(batch) // width))
                self._database.execute(f"{verb} INTO {into} VALUES {many}", batch)


def distinct_spellings(names: Iterable[Iterable[str]]) -> list[dict[str, str]]:
    """Return of the names of each place the first spelling of each key, by its key."""
    lists = [list(spellings) for spellings in names]
    keys = iter(name_keys(list(chain.from_iterable(lists))))
    found: list[dict[str, str]] = []
    for spellings in lists:
        by_key: dict[str, str] = {}
        for spelling in spellings:
            by_key.setdefault(next(keys), spelling)
        found.append(by_key)
    return found
