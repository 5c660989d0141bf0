"""The place store from GeoNames' own dumps: every place of the world, for who has the files.

`allCountries.zip` and `alternateNamesV2.zip` (or one country's file, or the text files in
them) are read line by line. What Dateline ships with is added to them: divisions and their
outlines, seas, borders, airports, curated places, and populated places the dump lacks. The
store is swapped in when all is done; nothing is left of a build that was broken off.
"""

from __future__ import annotations

import io
import sqlite3
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, NoReturn

from gazetteer.build import SHIPPED, build_store_file, building
from gazetteer.errors import PlaceDataError
from gazetteer.filling import Progress, StoreFilling, distinct_spellings
from gazetteer.places import FeatureClass, GeoPrecision
from gazetteer.records import feature_types
from gazetteer.schema import counted
from gazetteer.shipped import add_shipped
from gazetteer.store import PlaceStore

_BATCH: Final = 20_000
_PLACE_CELLS: Final = 19
_NAME_CELLS: Final = 10
_LARGEST_ID: Final = 200_000_000
_NO_NAMES: Final = frozenset(
    {"link", "wkdt", "post", "iata", "icao", "faac", "unlc", "tcid", "phon"}
)
"""Pseudo-languages of alternate names that are codes and addresses."""

_SHIPPED_CODES: Final = frozenset(
    {"PCL", "PCLD", "PCLF", "PCLI", "PCLIX", "PCLS", "TERR", "ADM1", "ADM2", "CONT"}
)
"""Kinds that Dateline ships with outlines under ids of its own."""

_PRECISIONS: Final = {
    FeatureClass.ADMIN: GeoPrecision.ADMIN2,
    FeatureClass.WATER: GeoPrecision.REGION,
    FeatureClass.AREA: GeoPrecision.REGION,
    FeatureClass.POPULATED: GeoPrecision.EXACT,
    FeatureClass.ROAD: GeoPrecision.NEAR,
    FeatureClass.SITE: GeoPrecision.EXACT,
    FeatureClass.RELIEF: GeoPrecision.NEAR,
    FeatureClass.UNDERSEA: GeoPrecision.REGION,
    FeatureClass.VEGETATION: GeoPrecision.REGION,
}
"""How exactly a place of a class says where, when its code is none of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpReport:
    """What came of reading the dumps."""

    places: int
    """Places in the store, with those that Dateline ships."""
    names: int
    lines: int
    """Lines read of the places' file."""
    bad_lines: int
    problems: tuple[str, ...]
    """Each kind of bad line with how many there were and the first one's number."""


class _Row(NamedTuple):
    number: int
    name: str
    lat: float
    lon: float
    feature_class: str
    code: str
    precision: int
    country: str | None
    admin1: str | None
    population: int | None
    names: list[str]


def build_from_dump(
    path: Path,
    dump: Path,
    alternate_names: Path | None = None,
    progress: Progress | None = None,
) -> DumpReport:
    """Write the place store to `path` from GeoNames' files; it replaces the old one at the end.

    Raises: PlaceDataError when a file is no such dump at all.
    """
    report = progress or (lambda _what, _share: None)
    reading = _Reading()
    names_file = path.with_name(f"{path.name}.names.tmp")

    def fill(filling: StoreFilling) -> str:
        with closing(_AlternateNames(names_file)) as further:
            if alternate_names and not further.load(reading.alternates(alternate_names, report)):
                reading.refuse(alternate_names, "an alternate name")
            for batch in _batches(reading.rows(dump, report)):
                _add(filling, batch, further)
        if not reading.seen.count:
            reading.refuse(dump, "a place")
        add_shipped(filling, _late(report), known=reading.seen)
        return f"{dump.name} of GeoNames (CC BY 4.0) and {SHIPPED}"

    with building(path):
        try:
            build_store_file(path, fill, report, names_come_sorted=False)
        finally:
            names_file.unlink(missing_ok=True)
    with PlaceStore(path) as store:
        places, names = store.size()
    return DumpReport(
        places=places,
        names=names,
        lines=reading.lines,
        bad_lines=sum(reading.bad.values()),
        problems=tuple(
            f"{count:,} lines: {problem} (first: {reading.first[problem]})"
            for problem, count in reading.bad.most_common()
        ),
    )


class _Seen:
    """A set of GeoNames ids, one bit each."""

    def __init__(self) -> None:
        self._bits = bytearray(2_000_000)
        self.count = 0

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, int) or number >> 3 >= len(self._bits):
            return False
        return bool(self._bits[number >> 3] & 1 << (number & 7))

    def add(self, number: int) -> None:
        if number >> 3 >= len(self._bits):
            self._bits.extend(bytes((number >> 3) + 1_000_000 - len(self._bits)))
        self._bits[number >> 3] |= 1 << (number & 7)
        self.count += 1


class _Reading:
    """Reads the dumps and counts what cannot be read."""

    def __init__(self) -> None:
        self.seen = _Seen()
        self.bad: Counter[str] = Counter()
        self.first: dict[str, str] = {}
        self.lines = 0
        self._kinds = {code: kind.precision.value for code, kind in feature_types().items()}

    def rows(self, dump: Path, report: Progress) -> Iterator[_Row]:
        """Yield the places of the dump that Dateline does not ship itself."""
        for line_number, share, line in _lines(dump):
            self.lines = line_number
            if line_number % 100_000 == 1:
                report(f"Reading places: {line_number - 1:,} lines", 0.2 + 0.5 * share)
            try:
                row = self._row(line)
            except ValueError as problem:
                self._count(str(problem), f"{dump.name}, line {line_number}")
                continue
            if row.code not in _SHIPPED_CODES:
                self.seen.add(row.number)
                yield row

    def alternates(self, path: Path, report: Progress) -> Iterator[tuple[int, str]]:
        """Yield the ids and names of the alternate names' file."""
        for line_number, share, line in _lines(path):
            if line_number % 200_000 == 1:
                report(f"Reading names: {line_number - 1:,} lines", 0.2 * share)
            cells = line.split("\t")
            if len(cells) not in {_NAME_CELLS, _NAME_CELLS - 2} or not cells[1].isdigit():
                where = f"{path.name}, line {line_number}"
                self._count("no alternate name: other cells than GeoNames has", where)
            elif cells[2] not in _NO_NAMES and cells[3]:
                yield int(cells[1]), cells[3].replace("|", " ")

    def refuse(self, path: Path, what: str) -> NoReturn:
        """Tell that the file holds nothing of the kind."""
        why = "; ".join(self.bad) or "it is empty"
        raise PlaceDataError(path.name, 0, f"not one line is {what} of GeoNames ({why})")

    def _row(self, line: str) -> _Row:
        cells = line.split("\t")
        if len(cells) != _PLACE_CELLS:
            raise ValueError(f"other than {_PLACE_CELLS} cells")
        name, feature_class, code = cells[1].replace("|", " "), cells[6], cells[7]
        if not (cells[0].isascii() and cells[0].isdigit()) or int(cells[0]) > _LARGEST_ID:
            raise ValueError(f"the id is no number up to {_LARGEST_ID:,}")
        number = int(cells[0])
        if number in self.seen:
            raise ValueError("the id stands there twice")
        if not name or "\ufffd" in line:
            raise ValueError("no name, or not UTF-8")
        if feature_class not in _CLASSES:
            raise ValueError("no feature class")
        lat, lon = _degrees(cells[4], 90), _degrees(cells[5], 180)
        names = [cells[2], *cells[3].replace("|", " ").split(",")] if cells[3] else [cells[2]]
        return _Row(
            number=number,
            name=name,
            lat=lat,
            lon=lon,
            feature_class=feature_class,
            code=code,
            precision=self._kinds.get(code) or _CLASSES[feature_class],
            country=cells[8] or None,
            admin1=cells[10] or None,
            population=(int(cells[14]) or None) if cells[14].isdigit() else None,
            names=[name, *names],
        )

    def _count(self, problem: str, where: str) -> None:
        self.bad[problem] += 1
        self.first.setdefault(problem, where)


_CLASSES: Final = {letter.value: precision.value for letter, precision in _PRECISIONS.items()}


class _AlternateNames:
    """The alternate names in a file of their own, by place, as they do not fit into memory."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._database = sqlite3.connect(path, isolation_level=None)
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
            self._database.execute(f"PRAGMA {setting}")
        self._database.execute("CREATE TABLE alternate (place INTEGER NOT NULL, name TEXT)")
        self._is_empty = True

    def load(self, names: Iterable[tuple[int, str]]) -> bool:
        """Keep the names; say whether there was one."""
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO alternate VALUES (?, ?)", names)
        self._is_empty = self._database.total_changes == 0
        self._database.execute("COMMIT")
        self._database.execute("CREATE INDEX by_place ON alternate (place, name)")
        return not self._is_empty

    def give_to(self, rows: list[_Row]) -> None:
        """Append to each place the names that are known for it."""
        if self._is_empty:
            return
        by_number = {row.number: row for row in rows}
        known = self._database.execute(
            "SELECT a.place, a.name FROM json_each(?) j JOIN alternate a ON a.place = j.value",
            (str(list(by_number)),),
        )
        for number, name in known:
            by_number[number].names.append(name)

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _add(filling: StoreFilling, rows: list[_Row], further: _AlternateNames) -> None:
    further.give_to(rows)
    names = distinct_spellings([filter(None, dict.fromkeys(row.names)) for row in rows])
    filling.add_geonames(list(zip(*(row[:-1] for row in rows), strict=True)))
    filling.add_spellings(
        ([row.number for row in rows], ["|".join(spellings.values()) for spellings in names])
    )
    rows_of_names = (
        (key, counted(row.population or 0, row.code), row.number, spelling)
        for row, spellings in zip(rows, names, strict=True)
        for key, spelling in spellings.items()
    )
    filling.add_names(list(zip(*rows_of_names, strict=True)))


def _late(report: Progress) -> Progress:
    # What is shipped comes last and takes a hundredth of the time.
    return lambda what, share: report(what, 0.7 + 0.1 * share)


def _degrees(text: str, largest: int) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError("the coordinates are no numbers") from None
    if not abs(value) <= largest:
        raise ValueError("the coordinates are off the globe")
    return value


def _batches(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        yield batch


def _lines(path: Path) -> Iterator[tuple[int, float, str]]:
    """Yield the number of each line, the share of the file that is read, and the line."""
    with _opened(path) as (file, size):
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="\n")
        number = done = 0
        try:
            for number, line in enumerate(text, start=1):
                done += len(line)
                yield number, min(1.0, done / size), line.rstrip("\r\n")
        except (zipfile.BadZipFile, zlib.error, EOFError) as problem:
            raise PlaceDataError(
                path.name,
                number,
                f"the archive is damaged from here on ({problem}): fetch it again",
            ) from problem


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    if not zipfile.is_zipfile(path):
        with path.open("rb") as plain:
            if plain.peek(4).startswith(b"PK\x03\x04"):
                problem = "the archive is damaged, perhaps not all of it came: fetch it again"
                raise PlaceDataError(path.name, 0, problem)
            yield plain, max(1, path.stat().st_size)
        return
    with zipfile.ZipFile(path) as archive:
        texts = [
            item
            for item in archive.infolist()
            if item.filename.endswith(".txt") and "readme" not in item.filename.lower()
        ]
        if not texts:
            raise PlaceDataError(path.name, 0, "the archive holds no text file")
        largest = max(texts, key=lambda item: item.file_size)
        with archive.open(largest) as member:
            yield member, max(1, largest.file_size)  # type: ignore[misc]  # a binary file
