"""A file of coded events into the store, in one pass and with its bad rows named."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from dashboard.counts import counted
from dashboard.datasets import Dataset, ImportCount
from dashboard.errors import UnreadableInputError
from dashboard.importers.forms import CAUTIONS, LABELS
from dashboard.importers.mapping import FIELDS, Mapping, guess_mapping, remember_mapping
from dashboard.importers.parts import (
    BadRow,
    Part,
    read_parts,
    read_parts_apart,
    without_collection,
)
from dashboard.importers.records import DayOrder
from dashboard.importers.tables import form_of, open_table
from dashboard.ontology import event_types

if TYPE_CHECKING:
    from dashboard.store import EventStore
    from dashboard.store.event_rows import EventRows

OnRows = Callable[[int, float], None]

LARGE_BYTES = 10_000_000
"""From this size on further processes win more than their start takes."""

LISTED = 200
"""How many bad rows a report holds; all of them go to the file that is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What came of importing a file."""

    dataset: Dataset
    count: ImportCount
    bad_rows: tuple[BadRow, ...]
    """The first of them."""
    bad: int
    """How many there are."""
    reasons: tuple[tuple[str, int], ...] = ()
    """Reasons with how often each was met, the most frequent first."""
    unplaced: int = 0
    """How many of the events that the file tells are nowhere on the map."""

    @property
    def is_empty(self) -> bool:
        """Say whether none of the file's rows could be read."""
        return bool(self.bad) and self.count == ImportCount()

    @property
    def message(self) -> str:
        """Return what happened, in a reader's words."""
        count = self.count
        parts = [f"{counted(count.added, 'event')} added", f"{count.updated:,} brought up to date"]
        parts.append(f"{count.unchanged:,} unchanged")
        if count.removed:
            parts.append(f"{count.removed:,} removed")
        if self.unplaced:
            parts.append(f"{self.unplaced:,} without a place (no point, no name surely known)")
        if self.bad:
            parts.append(f"{counted(self.bad, 'bad row')} left out")
        return f"{self.dataset.name}: {', '.join(parts)}."


def import_file(
    path: Path,
    dataset: Dataset,
    event_store: EventStore,
    *,
    mapping: Mapping | None = None,
    errors: TextIO | None = None,
    on_rows: OnRows = lambda _rows, _share: None,
    apart: bool = False,
) -> ImportReport:
    """Keep the events of a file; a row that cannot be read is listed and stops no other.

    `dataset.form` says whose columns the file has; a "table" is read by `mapping`, or by the
    one that its columns suggest. Bad rows are written to `errors` as they are met. `on_rows`
    is told how many rows were read, and which share of the file; 0 when nobody knows. `apart`
    reads a large file in further processes while this one writes.

    Raises: UnreadableInputError when the file cannot be read, or is not of that form.
    """
    is_large = path.stat().st_size > LARGE_BYTES
    read = read_parts_apart if apart and is_large else read_parts
    reading = _Reading(errors=errors, on_rows=on_rows)
    with closing(read(path, dataset, mapping)) as parts, without_collection():
        batches = map(reading.take, parts)
        count = event_store.datasets.import_rows(dataset, batches, is_large=is_large)
    if not reading.rows:
        raise UnreadableInputError(path.name, "it holds no rows")
    bad = sum(reading.reasons.values())
    event_store.datasets.note_import(
        dataset.dataset_id,
        file=path.name,
        sha256=_sha256(path),
        count=count,
        bad=bad,
        bad_rows=((row.line, row.problem) for row in reading.bad_rows),
    )
    return ImportReport(
        dataset=dataset,
        count=count,
        bad_rows=tuple(reading.bad_rows),
        bad=bad,
        reasons=tuple(reading.reasons.most_common()),
        unplaced=reading.unplaced,
    )


def dataset_for(
    path: Path,
    *,
    name: str | None = None,
    form: str = "auto",
    accessed: date | None = None,
    note: str = "",
) -> tuple[Dataset, tuple[str, ...]]:
    """Return the data set that a file belongs to by its columns, and these columns."""
    columns: tuple[str, ...] = ()
    if form in {"auto", "table"}:
        with open_table(path) as table:
            columns = table.columns
    form = form_of(columns) if form == "auto" else form
    label, licence = LABELS[form]
    dataset = Dataset(
        name=name or (path.stem if form == "table" else label),
        form=form,
        source=None if form == "table" else label,
        licence=licence,
        accessed=accessed,
        note=note or CAUTIONS.get(form, ""),
    )
    return dataset, columns


def table_mapping(
    columns: Sequence[str],
    said: dict[str, str],
    types: dict[str, str],
    default_type: str | None = None,
    day_order: DayOrder | None = None,
) -> Mapping:
    """Return the mapping for a table: what is guessed, with what was said in its place; kept.

    A field that is said to be "" is in no column.

    Raises: ValueError for a field, a column or a type that there is not.
    """
    for field_name, column in said.items():
        if field_name not in FIELDS:
            raise ValueError(f"{field_name!r} is no field; there are {', '.join(FIELDS)}")
        if column and column not in columns:
            raise ValueError(f"there is no column {column!r}; there are {', '.join(columns)}")
    for wanted in (*types.values(), *((default_type,) if default_type else ())):
        if wanted not in event_types():
            raise ValueError(f"{wanted!r} is no event type; there are {', '.join(event_types())}")
    guessed = guess_mapping(columns)
    mapping = replace(
        guessed,
        **{name: column or None for name, column in said.items()},
        types=tuple(sorted({**dict(guessed.types), **types}.items())),
        default_type=default_type or guessed.default_type,
        day_order=day_order or guessed.day_order,
    )
    if mapping != guessed:
        remember_mapping(columns, mapping)
    return mapping


def remove_deleted(path: Path, dataset: Dataset, event_store: EventStore) -> ImportReport:
    """Delete from a data set the records whose ids a file lists, one a line or in its id column."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    first = (re.split("[,;\t]", line)[0].strip().strip('"') for line in text.splitlines())
    ids = [value for value in first if value and value != "event_id_cnty"]
    count = ImportCount(removed=event_store.datasets.remove_records(dataset.dataset_id, ids))
    event_store.datasets.note_import(
        dataset.dataset_id, file=path.name, sha256=_sha256(path), count=count
    )
    return ImportReport(dataset=dataset, count=count, bad_rows=(), bad=0)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(kw_only=True)
class _Reading:
    """One pass over a file: what was bad of it so far."""

    errors: TextIO | None
    on_rows: OnRows
    bad_rows: list[BadRow] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    unplaced: int = 0

    def take(self, part: Part) -> EventRows:
        """Count a part, tell what was bad of it, and return its events."""
        self.rows += part.read
        # A record has one place at most.
        self.unplaced += len(part.events.events) - len(part.events.locations)
        for bad in part.bad_rows:
            self.reasons[bad.problem if len(self.reasons) < LISTED else "other reasons"] += 1
            if self.errors:
                self.errors.write(f"{bad.line}\t{bad.problem}\n")
        self.bad_rows += part.bad_rows[: LISTED - len(self.bad_rows)]
        self.on_rows(self.rows, part.share)
        return part.events
