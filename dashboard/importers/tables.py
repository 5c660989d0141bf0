"""Rows of a file of coded events, one after the other, whatever the file's format."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from dashboard.errors import UnreadableInputError

Row = dict[str, Any]
NumberedRow = tuple[int, Row]
"""The line of the file (of a table, its heading is line 1) and the values by column."""

_Rows = Generator[NumberedRow, None, None]

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

_SIGNS = {
    "acled": {"event_id_cnty", "sub_event_type"},
    "ucdp": {"type_of_violence", "where_prec"},
    "icews": {"Event ID", "CAMEO Code"},
    "polecat": {"Event ID", "Event Type", "Actor Name"},
    "plover": {"event", "actor", "date", "id"},
}
"""Columns that only one data set has."""

csv.field_size_limit(20_000_000)

_ZIP = b"PK\x03\x04"


def form_of(columns: Sequence[str]) -> str:
    """Return whose columns these are: "acled", "ucdp", ...; "table" for nobody's."""
    if set(GDELT_COLUMNS) <= set(columns):
        return "gdelt"
    return next((form for form, signs in _SIGNS.items() if signs <= set(columns)), "table")


@contextmanager
def open_rows(path: Path) -> Iterator[Iterator[NumberedRow]]:
    """Open a file of coded events: CSV, TSV, XLSX, GeoJSON, Parquet, JSON Lines, or one zipped.

    Raises: UnreadableInputError when it is none of these or broken.
    """
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        name = path.name.lower()
        if head == _ZIP and not name.endswith(".xlsx"):
            with zipfile.ZipFile(file) as archive:
                inner = [e for e in archive.infolist() if not e.is_dir() and e.file_size]
                if len(inner) != 1:
                    raise UnreadableInputError(
                        path.name, f"the archive holds {len(inner)} files; unpack the one you want"
                    )
                with (
                    archive.open(inner[0]) as packed,
                    closing(_rows(inner[0].filename.lower(), packed)) as rows,
                ):
                    yield rows
        else:
            with closing(_rows(name, file)) as rows:
                yield rows


def _rows(name: str, file: IO[bytes]) -> _Rows:
    if name.endswith(".xlsx"):
        return _sheet(name, file)
    if name.endswith(".parquet"):
        return _parquet(name, file)
    if name.endswith((".geojson", ".json")):
        return _geojson(name, file)
    if name.endswith((".jsonl", ".ndjson")):
        return _json_lines(name, file)
    if name.endswith((".csv", ".tsv", ".tab", ".txt")):
        return _table(name, file)
    raise UnreadableInputError(
        name, "its name must end in .csv, .tsv, .txt, .xlsx, .geojson, .parquet or .jsonl"
    )


def _table(name: str, file: IO[bytes]) -> _Rows:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
    try:
        yield from _lines_of(name, text)
    finally:
        text.detach()  # whoever opened the file closes it


def _lines_of(name: str, text: io.TextIOWrapper) -> Iterator[NumberedRow]:
    first = text.readline()
    delimiter = max("\t,;|", key=first.count)
    if not first.count(delimiter):
        raise UnreadableInputError(name, "its first line has no columns")
    heading = next(csv.reader([first], delimiter=delimiter))
    is_gdelt = len(heading) == len(GDELT_COLUMNS) and heading[0].isdigit()
    # Nothing is quoted in GDELT's files, and a lone quote would swallow the lines after it.
    lines = (
        csv.reader(text, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        if is_gdelt
        else csv.reader(text, delimiter=delimiter)
    )
    columns = list(GDELT_COLUMNS) if is_gdelt else [column.strip() for column in heading]
    if is_gdelt:
        yield 1, _row(columns, heading)
    for cells in lines:
        if cells:
            yield lines.line_num + 1, _row(columns, cells)


def _row(columns: Sequence[str], cells: Sequence[str]) -> Row:
    row: Row = dict(zip(columns, cells, strict=False))
    if len(cells) != len(columns):
        row[""] = f"{len(cells)} cells in place of {len(columns)}"
    return row


def _sheet(name: str, file: IO[bytes]) -> _Rows:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UnreadableInputError(name, f"this workbook is broken ({error})") from error
    sheet = book.worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    columns = [str(cell).strip() if cell is not None else "" for cell in next(rows, ())]
    for number, cells in enumerate(rows, start=2):
        if any(cell is not None for cell in cells):
            values = zip(columns, cells, strict=False)
            yield number, {key: value for key, value in values if key}


def _parquet(name: str, file: IO[bytes]) -> _Rows:
    from pyarrow import ArrowException, parquet

    try:
        table = parquet.ParquetFile(file)
        number = 2
        for batch in table.iter_batches(5_000):
            for row in batch.to_pylist():
                yield number, row
                number += 1
    except (ArrowException, OSError) as error:
        raise UnreadableInputError(name, f"this Parquet file is broken ({error})") from error


def _geojson(name: str, file: IO[bytes]) -> _Rows:
    try:
        found = json.load(file)
        features = found["features"] if isinstance(found, dict) else found
    except (ValueError, KeyError, RecursionError) as error:
        raise UnreadableInputError(name, f"this is no GeoJSON ({error})") from error
    for number, feature in enumerate(features, start=1):
        geometry = feature.get("geometry") or {}
        row = dict(feature.get("properties") or {})
        row.setdefault("id", feature.get("id"))
        if geometry.get("type") == "Point":
            row["longitude"], row["latitude"] = geometry["coordinates"][:2]
        yield number, row


def _json_lines(_name: str, file: IO[bytes]) -> _Rows:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            row = {"": f"not JSON ({error})"}
        yield number, row if isinstance(row, dict) else {"": "not a JSON object"}
