"""A file of coded events as parts, each ready for the store; read here or by other processes."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

from dashboard.datasets import Dataset
from dashboard.errors import UnreadableInputError
from dashboard.importers.forms import FORMS
from dashboard.importers.mapping import Mapping, guess_mapping
from dashboard.importers.record_rows import RecordRows
from dashboard.importers.records import Record, RowError, order_of_days
from dashboard.importers.tables import Row, form_of, open_table
from dashboard.store.event_rows import EventRows
from dashboard.store.imports import IMPORT_BATCH
from dashboard.workers import end_with_parent

LOOKED_THROUGH = 2_000
"""Rows of a table in which its own words and the form of its days are looked for."""

MOST_READERS = 3
"""More readers than these make parts faster than one writer keeps them."""

AHEAD = 2
"""How many parts of each reader wait for the store at most: they bound the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that could not be taken in, and why."""

    line: int
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some rows of a file, in their order."""

    events: EventRows
    bad_rows: tuple[BadRow, ...]
    read: int
    """How many rows it had."""
    share: float
    """How much of the file is read with it, from 0 to 1; 0 when its format does not tell."""


def read_parts(
    path: Path, dataset: Dataset, mapping: Mapping | None = None, *, first: int = 0, of: int = 1
) -> Generator[Part]:
    """Read a file row by row; one that cannot be read is told and stops no other.

    Of each `of` parts this gives one, from the part `first` on.

    Raises: UnreadableInputError when the file cannot be read, or is not of that form.
    """
    with open_table(path) as table:
        read = reader_of(path, dataset.form, table.columns, mapping)
        writer = RecordRows(dataset)
        _pass_over(table.lines, first)
        while True:
            events, bad_rows, count = EventRows(), [], 0
            for line, row in islice(table.rows, IMPORT_BATCH):
                count += 1
                try:
                    if "" in row:
                        raise RowError(str(row[""]))  # noqa: TRY301  # as any other fault
                    writer.add(read(row), events)
                except (RowError, AttributeError, TypeError, OverflowError) as error:
                    inner = f"{table.file()}: " if table.file() else ""
                    bad_rows.append(BadRow(line=line, problem=f"{inner}{error}"))
            if not count:
                return
            yield Part(events=events, bad_rows=tuple(bad_rows), read=count, share=table.share())
            _pass_over(table.lines, of - 1)


def _pass_over(lines: Iterator[object], parts: int) -> None:
    deque(islice(lines, parts * IMPORT_BATCH), maxlen=0)


def read_parts_apart(
    path: Path, dataset: Dataset, mapping: Mapping | None = None
) -> Generator[Part]:
    """Read a file as `read_parts` does in processes of their own, a few parts ahead.

    Each takes the parts in turn, and all of them pass over the lines of the others.
    """
    count = min(os.cpu_count() or 1, MOST_READERS)
    readers = [
        ProcessPoolExecutor(
            1,
            mp_context=get_context("spawn"),
            initializer=_begin,
            initargs=(path, dataset, mapping, first, count),
        )
        for first in range(count)
    ]
    try:
        waiting = deque(reader.submit(_next_part) for _ in range(AHEAD) for reader in readers)
        turns = cycle(readers)
        while part := waiting.popleft().result():
            waiting.append(next(turns).submit(_next_part))
            yield part
    except BrokenProcessPool as error:
        raise UnreadableInputError(
            path.name, "a process that read it was ended; import it again to go on"
        ) from error
    finally:
        for reader in readers:
            reader.shutdown(cancel_futures=True)


def reader_of(
    path: Path, form: str, columns: Sequence[str], mapping: Mapping | None = None
) -> Callable[[Row], Record]:
    """Return the function that reads a row of a file of this form.

    What comes first in a table's days its first rows tell, unless the mapping says it.

    Raises: UnreadableInputError when its columns are another form's, or the mapping lacks some.
    """
    if form != "table":
        found = form_of(columns)
        if found != form:
            raise UnreadableInputError(
                path.name,
                f"its columns are not those of {form.upper()}: {', '.join(columns)[:200]}",
            )
        return FORMS[form]
    chosen = mapping or guess_mapping(columns)
    if problems := chosen.problems():
        raise UnreadableInputError(path.name, " ".join(problems))
    return _with_day_order(path, chosen).reader()


def _with_day_order(path: Path, mapping: Mapping) -> Mapping:
    if mapping.day_order:
        return mapping
    with open_table(path) as table:
        rows = (row for _, row in islice(table.rows, LOOKED_THROUGH))
        columns = [column for column in (mapping.date, mapping.end_date) if column]
        days = (row.get(column) for row in rows for column in columns)
        return replace(mapping, day_order=order_of_days(days))


@contextmanager
def without_collection() -> Iterator[None]:
    """Let no search for circular garbage run: rows make none, and it would take half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_reading: list[Iterator[Part]] = []
"""What such a process reads."""


def _begin(path: Path, dataset: Dataset, mapping: Mapping | None, first: int, of: int) -> None:
    end_with_parent()
    # Ctrl-C reaches both: the one that writes ends the other.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    _reading.append(read_parts(path, dataset, mapping, first=first, of=of))


def _next_part() -> Part | None:
    return next(_reading[0], None)
