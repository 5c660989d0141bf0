"""Rows of a file of coded events, one after the other, whatever the file's format."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, count, islice, product
from math import isnan
from pathlib import Path
from typing import IO, Any

from dashboard.errors import UnreadableInputError
from dashboard.importers.shapes import middle_of
from dashboard.readers.encoding import encoding_of
from dashboard.readers.rows import UNCLOSED, UNCLOSED_IN_WORDS, delimiter_of, quoted_rows
from gazetteer.errors import InvalidCoordinatesError

Row = dict[str, Any]
"""What a row states, by column: text without blanks around it. Of cells that say nothing there are
at most empty ones."""

NumberedRow = tuple[int, Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file of coded events that is being read."""

    columns: tuple[str, ...]
    lines: Iterator[tuple[int, Any]]
    """The line of the file (of a table, its heading is line 1) and what stands there."""
    read: Callable[[Any], Row]
    """Gives what a line states; to pass a line over costs less."""
    share: Callable[[], float] = lambda: 0.0
    """Gives how much of the file is read, from 0 to 1; 0 when its format does not tell."""
    file: Callable[[], str] = lambda: ""
    """Gives which of an archive's files the last line stands in; "" when it holds but one."""

    @property
    def rows(self) -> Iterator[NumberedRow]:
        """Return what the lines state that were not yet taken."""
        return ((number, self.read(line)) for number, line in self.lines)


_START = "GlobalEventID Day MonthYear Year FractionDate"
_ACTOR = (
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code "
    "Type1Code Type2Code Type3Code"
)
_ACTION = (
    "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale "
    "NumMentions NumSources NumArticles AvgTone"
)
_GEO = "Type Fullname CountryCode ADM1Code ADM2Code Lat Long FeatureID"
GDELT_COLUMNS = (
    *_START.split(),
    *(f"Actor{n}{part}" for n in (1, 2) for part in _ACTOR.split()),
    *_ACTION.split(),
    *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in _GEO.split()),
    "DATEADDED",
    "SOURCEURL",
)
"""The 61 columns of GDELT 2.0's event files, which have no heading."""

_UCDP = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id "
    "conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a "
    "side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office "
    "source_date source_headline source_original where_prec where_coordinates where_description "
    "adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity "
    "date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high "
    "low gwnoa gwnob"
)
UCDP_COLUMNS = tuple(_UCDP.split())
"""The 49 columns of UCDP GED; some of its candidate releases have no heading."""

_POLECAT = (
    "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,"
    "Actor Name,Actor Country,Actor COW,Primary Actor Sector,Actor Sectors,Actor Title,"
    "Actor Name Raw,Wikipedia Actor ID,Recipient Name,Recipient Country,Recipient COW,"
    "Primary Recipient Sector,Recipient Sectors,Recipient Title,Recipient Name Raw,"
    "Wikipedia Recipient ID,Placename,City,District,Province,Country,Latitude,Longitude,"
    "GeoNames ID,Raw Placename,Feature Type,Source,Publication Date,Story People,"
    "Story Organizations,Story Locations,Language,Version"
)
POLECAT_COLUMNS = tuple(_POLECAT.split(","))
"""The 40 columns of POLECAT; the heading of some files names more than the rows have."""

_HEADLESS = {len(columns): columns for columns in (GDELT_COLUMNS, UCDP_COLUMNS)}

_SIGNS = {
    "acled": {"event_id_cnty"},
    "ucdp": {"type_of_violence", "where_prec"},
    "gdelt": {"GlobalEventID", "Day", "EventCode", "ActionGeo_Type"},
    "icews": {"Event ID", "CAMEO Code"},
    "polecat": {"Event ID", "Event Type", "Actor Name"},
    "plover": {"event", "actor", "date", "id"},
}
"""Columns that only one data set has."""

_OTHER_NAMES = {
    "sqldate": "Day",
    "ally_actor_1": "assoc_actor_1",
    "ally_actor_2": "assoc_actor_2",
}
"""What a form's column is called in its database, or was in older files, in small letters."""
_OWN_NAMES = {name.lower(): name for name in (*UCDP_COLUMNS, *GDELT_COLUMNS)}

MISSING = frozenset({"", "na", "n/a", "none", "null", "nan", "-"})
"""What stands in a cell that says nothing, in whatever case."""

_AS_WRITTEN = frozenset(
    "".join(letters)
    for word in MISSING
    for letters in product(*((letter, letter.upper()) for letter in word))
)

_SEPARATED = (".csv", ".tsv", ".tab", ".txt")
_LINES = (".jsonl", ".ndjson")
_FEATURES = (".geojson", ".json")
_WHOLE = (".xlsx", ".parquet")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ZIP = b"PK\x03\x04"
_TOLD_BY = 131_072
"""Bytes at the beginning of a table that tell its encoding."""

_MOST_ABOVE = 10
"""How many lines, or rows of a sheet, may stand above a table's heading."""

_LOOKED_AT = 100
"""Rows of JSON that say which columns there are: a row leaves out what it does not state."""


def form_of(columns: Sequence[str]) -> str:
    """Return whose columns these are: "acled", "ucdp", ...; "table" for nobody's."""
    return next((form for form, signs in _SIGNS.items() if signs <= set(columns)), "table")


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Open a file of coded events: CSV, TSV, XLSX, GeoJSON, Parquet, JSON Lines, or one zipped.

    Raises: UnreadableInputError when it is none of these or broken.
    """
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        name = path.name.lower()
        if head == _ZIP and not name.endswith(".xlsx"):
            try:
                archive = zipfile.ZipFile(file)
            except zipfile.BadZipFile as error:
                raise UnreadableInputError(path.name, "this ZIP archive is broken") from error
            with archive, _archive(path.name, archive) as table:
                yield table
        else:
            with _open(name, file, path.stat().st_size) as table:
                yield table


@contextmanager
def _archive(name: str, archive: zipfile.ZipFile) -> Iterator[Table]:
    """Open the tables of an archive as one, such as a year of POLECAT in twelve months."""
    inner = [entry for entry in archive.infolist() if _is_table(entry.filename)]
    if not inner:
        raise UnreadableInputError(name, "the archive holds no table")
    with _packed(archive, inner[0]) as first:
        columns = first.columns
        if len(inner) == 1:
            yield first
            return
    total, before = sum(entry.file_size for entry in inner), 0
    now: Table = first
    within = ""

    def lines() -> Iterator[tuple[int, Any]]:
        nonlocal now, before, within
        for entry in inner:
            with _packed(archive, entry) as now:
                if not _is_like(now.columns, columns):
                    of = f"{entry.filename} has other columns than {inner[0].filename}"
                    raise UnreadableInputError(name, f"{of}: unpack it, and take each in alone")
                within = entry.filename
                yield from ((number, (now.read, line)) for number, line in now.lines)
            before += entry.file_size

    yield Table(
        columns=columns,
        lines=lines(),
        read=lambda line: line[0](line[1]),
        share=lambda: min(1.0, before / max(total, 1)),
        file=lambda: within,
    )


@contextmanager
def _packed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[Table]:
    with archive.open(entry) as file, _open(entry.filename, file, entry.file_size) as table:
        yield table


def _is_table(name: str) -> bool:
    is_hidden = any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
    return name.lower().endswith((*_SEPARATED, *_LINES, *_FEATURES, *_WHOLE)) and not is_hidden


def _is_like(columns: Sequence[str], others: Sequence[str]) -> bool:
    form = form_of(columns)
    return form == form_of(others) and (form != "table" or set(columns) == set(others))


@contextmanager
def _open(name: str, file: IO[bytes], size: int) -> Iterator[Table]:
    with ExitStack() as stack:
        table = _table_of(name.lower(), file, stack)
        if name.lower().endswith((*_SEPARATED, *_LINES, *_FEATURES)):
            table = replace(table, share=lambda: file.tell() / max(size, 1))
        yield table


def _table_of(name: str, file: IO[bytes], stack: ExitStack) -> Table:
    if name.endswith(".xlsx"):
        return _sheet(name, file, stack)
    if name.endswith(".parquet"):
        return _parquet(name, file)
    if name.endswith(_FEATURES):
        return _geojson(name, file)
    if name.endswith(_LINES):
        return _json_lines(file)
    if name.endswith(_SEPARATED):
        return _separated(name, file, stack)
    raise UnreadableInputError(
        name, "its name must end in .csv, .tsv, .txt, .xlsx, .geojson, .parquet or .jsonl"
    )


def _separated(name: str, file: IO[bytes], stack: ExitStack) -> Table:
    head = file.read(_TOLD_BY)
    file.seek(0)
    encoding = encoding_of(head[: head.rfind(b"\n") + 1] or head)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    stack.callback(text.detach)  # whoever opened the file closes it
    above, first = _heading_of(text)
    delimiter = delimiter_of(first)
    if delimiter not in first:
        raise UnreadableInputError(name, "none of its first lines has columns")
    heading = next(csv.reader([first], delimiter=delimiter))
    headless = _HEADLESS.get(len(heading), ()) if heading[0].isdigit() else ()
    columns = headless or _named(heading)
    if headless is GDELT_COLUMNS:
        # Nothing is quoted in GDELT's files, and a lone quote would swallow the lines after it.
        every = enumerate(chain((first,), text), start=above + 1)
        whole = (pair for pair in every if pair[1].strip())
        return Table(columns=columns, lines=whole, read=partial(_plain_row, columns, delimiter))

    def lines() -> Iterator[tuple[int, Sequence[str]]]:
        if headless:
            yield above + 1, heading
        yield from quoted_rows(text, delimiter, len(columns), first=above + 2)

    if form_of(columns) == "polecat" and len(columns) > len(POLECAT_COLUMNS):
        return Table(columns=columns, lines=lines(), read=partial(_polecat_row, columns))
    return Table(columns=columns, lines=lines(), read=partial(_row, columns))


def _heading_of(text: IO[str]) -> tuple[int, str]:
    """Return how many lines without columns stand above a table, such as a title, and the next."""
    line = ""
    for above in range(_MOST_ABOVE):
        line = text.readline()
        if not line or delimiter_of(line) in line:
            return above, line
    return 0, line


def _plain_row(columns: Sequence[str], delimiter: str, line: str) -> Row:
    """Return a line's cells, also the empty ones: to leave them out would cost as much again."""
    cells = line.rstrip("\r\n").split(delimiter)
    return (
        dict(zip(columns, cells, strict=True))
        if len(cells) == len(columns)
        else _row(columns, cells)
    )


def _polecat_row(columns: Sequence[str], cells: Sequence[str]) -> Row:
    return _row(POLECAT_COLUMNS if len(cells) == len(POLECAT_COLUMNS) else columns, cells)


def _row(columns: Sequence[str], cells: Sequence[str]) -> Row:
    if cells is UNCLOSED:
        return {"": UNCLOSED_IN_WORDS}
    row: Row = {
        column: text
        for column, text in zip(columns, map(str.strip, cells), strict=False)
        if text not in _AS_WRITTEN
    }
    if len(cells) != len(columns):
        row[""] = f"{len(cells)} cells in place of {len(columns)}"
    return row


def _named(heading: Iterable[object]) -> tuple[str, ...]:
    """Return columns' names; one that has none, as programs leave a row's number, gets one.

    Those of a form that is known are as it writes them, though a file has them in other letters.
    """
    names = ["" if cell is None else str(cell).strip() for cell in heading]
    columns = tuple(name or f"column {at}" for at, name in enumerate(names, start=1))
    small = tuple(map(str.lower, columns))
    if _SIGNS["acled"] <= set(small):
        return tuple(_OTHER_NAMES.get(name, name) for name in small)
    own = tuple((_OWN_NAMES | _OTHER_NAMES).get(name, name) for name in small)
    return own if form_of(own) in {"ucdp", "gdelt"} else columns


def _stated(values: Mapping[str, Any]) -> Row:
    """Return a row of a format that has other kinds of values than text."""
    row: Row = {}
    for column, value in values.items():
        kept = value.strip() if isinstance(value, str) else value
        is_stated = kept not in _AS_WRITTEN if isinstance(kept, str) else kept is not None
        if is_stated and not (isinstance(kept, float) and isnan(kept)):
            row[column] = kept
    return row


def _sheet(name: str, file: IO[bytes], stack: ExitStack) -> Table:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UnreadableInputError(name, f"this workbook is broken ({error})") from error
    stack.callback(book.close)
    cells_of = book.worksheets[0].iter_rows(values_only=True)
    numbered = enumerate(cells_of, start=1)
    heading = next((row for _, row in islice(numbered, _MOST_ABOVE) if len(_filled(row)) > 1), ())
    columns = _named(heading)
    lines = ((number, cells) for number, cells in numbered if _filled(cells))
    return Table(
        columns=columns,
        lines=lines,
        read=lambda cells: _stated(dict(zip(columns, cells, strict=False))),
    )


def _filled(cells: Iterable[object]) -> list[object]:
    return [cell for cell in cells if cell is not None]


def _parquet(name: str, file: IO[bytes]) -> Table:
    from pyarrow import ArrowException, parquet

    try:
        table = parquet.ParquetFile(file)
    except (ArrowException, OSError) as error:
        raise UnreadableInputError(name, f"this Parquet file is broken ({error})") from error

    def lines() -> Iterator[tuple[int, Any]]:
        number = count(2)
        try:
            for batch in table.iter_batches(5_000):
                for row in batch.to_pylist():
                    yield next(number), row
        except (ArrowException, OSError) as error:
            raise UnreadableInputError(name, f"this Parquet file is broken ({error})") from error

    columns = _named(table.schema_arrow.names)
    return Table(
        columns=columns,
        lines=lines(),
        read=lambda row: _stated(dict(zip(columns, row.values(), strict=True))),
    )


def _geojson(name: str, file: IO[bytes]) -> Table:
    """Read features one by one: a tree of all of them takes ten times the file's size."""
    import ijson

    if file.read(3) != _BYTE_ORDER_MARK:
        file.seek(0)
    start = file.tell()
    is_list = file.read(_LOOKED_AT).lstrip().startswith(b"[")
    file.seek(start)
    features = ijson.items(file, "item" if is_list else "features.item", use_float=True)

    def lines() -> Iterator[tuple[int, object]]:
        try:
            yield from enumerate(features, start=1)
        except (ijson.JSONError, ValueError) as error:
            said = str(error).split("\n", 1)[0]
            raise UnreadableInputError(name, f"this is no GeoJSON ({said})") from error

    table = _looked_at(lines(), _of_feature)
    if not table.columns:
        raise UnreadableInputError(name, "this is no GeoJSON: it has no features")
    return table


def _of_feature(feature: object) -> Row:
    if not isinstance(feature, dict):
        return {"": "not a GeoJSON feature"}
    properties, geometry = feature.get("properties"), feature.get("geometry")
    row = dict(properties) if isinstance(properties, dict) else {}
    row.setdefault("id", feature.get("id"))
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        point = geometry.get("coordinates")
        if not isinstance(point, list) or len(point) < 2:
            return {"": "its point has no coordinates"}
        row["longitude"], row["latitude"] = point[:2]
    elif isinstance(geometry, dict):
        try:
            found = middle_of(geometry.get("coordinates"))
        except InvalidCoordinatesError as error:
            return {"": str(error)}
        if found:
            row["latitude"], row["longitude"] = found[0].lat, found[0].lon
            row["precision"] = int(found[1])
    return _stated(row)


def _json_lines(file: IO[bytes]) -> Table:
    def read(line: bytes) -> Row:
        try:
            row = json.loads(line.decode("utf-8-sig"))
            if b"\\ud" in line.lower():
                json.dumps(row, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            return {"": "it holds half of a character, as is left where a text was cut"}
        except (ValueError, RecursionError) as error:
            return {"": f"not JSON ({error})"}
        return _stated(row) if isinstance(row, dict) else {"": "not a JSON object"}

    return _looked_at(((n, line) for n, line in enumerate(file, start=1) if line.strip()), read)


def _looked_at(lines: Iterator[tuple[int, Any]], read: Callable[[Any], Row]) -> Table:
    """Return a table whose columns are those of its first rows."""
    first = tuple(islice(lines, _LOOKED_AT))
    columns = dict.fromkeys(column for _, line in first for column in read(line) if column)
    return Table(columns=tuple(columns), lines=chain(first, lines), read=read)
