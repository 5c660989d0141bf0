"""Build the place store from the shipped data, and open it: in seconds the first time."""

from __future__ import annotations

import hashlib
import lzma
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, chain, repeat
from pathlib import Path
from typing import Any

from gazetteer import outlines
from gazetteer.countries import countries
from gazetteer.errors import PlaceDataError, StoreNotBuiltError
from gazetteer.names import name_key, name_keys
from gazetteer.paths import place_store_path
from gazetteer.places import Geometry, GeometryKind, GeoPrecision, Place
from gazetteer.records import DATA_FOLDER, PlaceRecord, feature_types, read_places
from gazetteer.sources.curated import (
    CURATED_FOLDER,
    CuratedPlace,
    FurtherNames,
    place_files,
    read_curated_places,
    read_further_names,
)
from gazetteer.store import INDEXES, OTHER_NUMBERS, SCHEMA, SCHEMA_VERSION, PlaceStore, cell_of

Progress = Callable[[str, float], None]
"""Told what is being done and the share of the work already done, 0 to 1."""

CHECKSUMS = DATA_FOLDER / "checksums.sha256"
_LOCK_SECONDS = 120.0
_INSERT_PLACE = f"INSERT INTO place VALUES ({','.join('?' * 21)})"


def open_place_store(progress: Progress | None = None) -> PlaceStore:
    """Return the place store, built first when it is missing or its data or schema changed.

    Opening takes milliseconds, building some seconds, of which `progress` is told. Two
    processes that start at once build it once.

    Raises: PlaceDataError when a shipped file is damaged.
    """
    path = place_store_path()
    store = _current_store(path)
    if store:
        return store
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path.with_suffix(".lock")):
        store = _current_store(path)
        if store:
            return store
        build_place_store(path, progress)
    return PlaceStore(path)


def build_place_store(path: Path, progress: Progress | None = None) -> None:
    """Write the place store to `path`; a file already there is replaced when all is done.

    Raises: PlaceDataError when a shipped file is damaged or a curated row is wrong.
    """
    report = progress or (lambda _what, _share: None)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as database:
            _fill(database, report)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    report("Places are ready", 1.0)


@lru_cache(maxsize=1)
def data_version() -> str:
    """Return a hash of the shipped data and the store's schema.

    The large files are represented by their checksums, which are verified when they are read.
    """
    digest = hashlib.sha256(f"schema {SCHEMA_VERSION}\n{SCHEMA}{INDEXES}".encode())
    small = [CHECKSUMS, DATA_FOLDER / "feature_codes.tsv", *sorted(CURATED_FOLDER.glob("*.tsv"))]
    for path in small:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _current_store(path: Path) -> PlaceStore | None:
    try:
        store = PlaceStore(path)
    except (StoreNotBuiltError, sqlite3.DatabaseError):
        return None
    if store.version == data_version():
        return store
    store.close()
    return None


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    # SQLite's own file lock works on every system and is released when a process dies.
    with closing(sqlite3.connect(path, timeout=_LOCK_SECONDS, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield
        lock.execute("ROLLBACK")


def _fill(database: sqlite3.Connection, report: Progress) -> None:
    for setting in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE",
                    "cache_size = -262144", "temp_store = MEMORY"):  # fmt: skip
        database.execute(f"PRAGMA {setting}")
    database.executescript(SCHEMA)
    database.execute("BEGIN")
    filling = _Filling(database, _further_names())
    report("Reading populated places", 0.0)
    filling.add_cities(_shipped("populated.tsv.xz"))
    report("Reading countries, divisions and seas", 0.6)
    for record in read_places(_shipped("areas.tsv.xz"), "areas.tsv.xz"):
        filling.add(_with_country_names(record))
    for row in _shipped("outlines.tsv.xz").split("\n"):
        place_id, kind, text = row.split("\t")
        filling.add_outline(place_id, GeometryKind(kind), text)
    report("Reading curated places", 0.7)
    for path in place_files():
        for curated in read_curated_places(path):
            filling.add_curated(curated)
    filling.finish()
    report("Indexing names", 0.75)
    database.execute("COMMIT")
    database.executescript(INDEXES)
    about = {"version": data_version(), "places": filling.places, "names": filling.names}
    database.executemany(
        "INSERT INTO about VALUES (?, ?)", [(field, str(value)) for field, value in about.items()]
    )


class _Filling:
    """A store being filled: numbers places and names, and keeps what is written at the end."""

    def __init__(self, database: sqlite3.Connection, further: dict[str, FurtherNames]) -> None:
        self._database = database
        self._further = further
        self._records: list[PlaceRecord] = []
        self._number_of: dict[str, int] = {}
        self._outlines: dict[str, tuple[GeometryKind, str]] = {}
        self.places = 0
        self.names = 0

    def add_cities(self, text: str) -> None:
        """Add the populated places at once: they are most of the store."""
        columns = zip(*(line.split("\t") for line in text.split("\n")), strict=True)
        steps, own, lats, lons, codes, countries_, admins, populations, others = columns
        numbers = list(accumulate(map(int, steps)))
        names = [
            [name, *other.split("|")] if other else [name]
            for name, other in zip(own, others, strict=True)
        ]
        for position in self._cities_with_further_names(numbers):
            place_id = f"gn:{numbers[position]}"
            names[position] = _distinct([*names[position], *self._further.pop(place_id).names])
        populated = feature_types()["PPL"]
        kind = (populated.feature_class.value, populated.precision.value)
        rows = []
        for number, name, lat, lon, code, country, admin1, population, first, last in zip(
            numbers, own, lats, lons, codes, countries_, admins, populations,
            *self._spans(names), strict=True,
        ):  # fmt: skip
            y, x = int(lat) / 100_000, int(lon) / 100_000
            rows.append(
                (number, None, name, y, x, kind[0], code or "PPL", kind[1], country, None,
                 admin1 or None, int(population) if population else None, None, None, None, None,
                 None, 0, first, last, cell_of(y, x))
            )  # fmt: skip
        self._insert(rows, numbers, names)

    def add(self, record: PlaceRecord) -> None:
        """Add a place of another source, with the further names that are listed for it."""
        place_id = record.place.place_id
        if place_id in self._number_of:
            raise PlaceDataError("place data", 0, f"{place_id} stands there twice")
        geonames_number = place_id.removeprefix("gn:")
        self._number_of[place_id] = (
            int(geonames_number)
            if geonames_number.isdigit()
            else OTHER_NUMBERS + len(self._number_of)
        )
        further = self._further.pop(place_id, None)
        if further:
            record = replace(record, other_names=(*record.other_names, *further.names))
        self._records.append(record)

    def add_outline(self, place_id: str, kind: GeometryKind, text: str) -> None:
        """Add the outline of a place that was added before."""
        self._outlines[place_id] = (kind, text)

    def add_curated(self, curated: CuratedPlace) -> None:
        """Add a hand-written place; its outline may be made of outlines added before.

        Raises: PlaceDataError when there is no such outline.
        """
        record, geometry = curated.record, curated.geometry
        if curated.made_of:
            geometry = self._joined(curated)
            place = replace(record.place, bounds=outlines.bounds(geometry))
            record = replace(record, place=place)
        self.add(record)
        if geometry:
            self.add_outline(record.place.place_id, geometry.kind, outlines.to_text(geometry))

    def finish(self) -> None:
        """Write the places that were added one by one, and all outlines.

        Raises: PlaceDataError when further names were listed for a place that is not there.
        """
        for place_id, unused in self._further.items():
            raise PlaceDataError(unused.file, unused.line, f"there is no place {place_id}")
        numbers = [self._number_of[record.place.place_id] for record in self._records]
        names = [_distinct([r.place.name, *r.other_names]) for r in self._records]
        rows = [
            _place_row(number, record.place, first, last)
            for number, record, first, last in zip(
                numbers, self._records, *self._spans(names), strict=True
            )
        ]
        self._insert(rows, numbers, names)
        others = [item for item in self._number_of.items() if item[1] >= OTHER_NUMBERS]
        self._database.executemany("INSERT INTO other_place VALUES (?, ?)", sorted(others))
        self._database.executemany(
            "INSERT INTO outline VALUES (?, ?, ?)",
            [
                (self._number_of[place_id], kind.value, text)
                for place_id, (kind, text) in self._outlines.items()
            ],
        )

    def _cities_with_further_names(self, numbers: list[int]) -> list[int]:
        position_of = {number: position for position, number in enumerate(numbers)}
        wanted = [int(i[3:]) for i in self._further if i.startswith("gn:") and i[3:].isdigit()]
        return [position_of[number] for number in wanted if number in position_of]

    def _joined(self, curated: CuratedPlace) -> Geometry:
        missing = [place_id for place_id in curated.made_of if place_id not in self._outlines]
        if missing:
            raise PlaceDataError(curated.file, curated.line, f"no outline of {missing[0]}")
        found = [self._outlines[place_id] for place_id in curated.made_of]
        return outlines.from_text(found[0][0], "|".join(text for _, text in found))

    def _spans(self, names: Sequence[list[str]]) -> tuple[list[int], list[int]]:
        ends = list(accumulate(map(len, names), initial=self.names))
        return [end + 1 for end in ends[:-1]], ends[1:]

    def _insert(
        self, rows: list[tuple[Any, ...]], numbers: list[int], names: list[list[str]]
    ) -> None:
        self._database.executemany(_INSERT_PLACE, rows)
        flat = list(chain.from_iterable(names))
        owners = chain.from_iterable(map(repeat, numbers, map(len, names)))
        spelt = chain.from_iterable([None, *more] for _, *more in names)
        start = self.names + 1
        self._database.executemany(
            "INSERT INTO name VALUES (?, ?, ?, ?)",
            zip(range(start, start + len(flat)), name_keys(flat), owners, spelt, strict=True),
        )
        self.places += len(rows)
        self.names += len(flat)


def _place_row(number: int, place: Place, first: int, last: int) -> tuple[Any, ...]:
    box = place.bounds
    edges = (box.south, box.west, box.north, box.east) if box else (None,) * 4
    return (
        number,
        None if place.place_id == f"gn:{number}" else place.place_id,
        place.name,
        place.coordinates.lat,
        place.coordinates.lon,
        place.feature_class.value,
        place.feature_code,
        place.precision.value,
        place.country_code,
        " ".join(place.countries) or None,
        place.admin1_code,
        place.population,
        *edges,
        place.radius_km,
        int(place.is_disputed),
        first,
        last,
        cell_of(place.coordinates.lat, place.coordinates.lon),
    )


def _with_country_names(record: PlaceRecord) -> PlaceRecord:
    place = record.place
    if place.precision is not GeoPrecision.COUNTRY or place.country_code is None:
        return record
    country = countries()[place.country_code]
    return PlaceRecord(
        place=replace(place, name=country.name),
        other_names=(*country.aliases, *record.other_names),
    )


def _further_names() -> dict[str, FurtherNames]:
    found: dict[str, FurtherNames] = {}
    for row in read_further_names():
        if row.place_id in found:
            raise PlaceDataError(row.file, row.line, f"{row.place_id} stands there twice")
        found[row.place_id] = row
    return found


def _distinct(names: Sequence[str]) -> list[str]:
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(name_key(name), name)
    return list(by_key.values())


def _shipped(name: str) -> str:
    data = (DATA_FOLDER / name).read_bytes()
    digests = dict(reversed(row.split()) for row in CHECKSUMS.read_text("utf-8").splitlines())
    if hashlib.sha256(data).hexdigest() != digests[name]:
        raise PlaceDataError(name, 0, "the file is damaged: its checksum is another")
    return lzma.decompress(data).decode("utf-8")
