"""The data sets of events that others coded: taken in, listed, corrected by their records' ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, Engine, func, insert, select

from dashboard.datasets import OWN, Dataset, DatasetSummary, ImportCount, ImportedFile
from dashboard.events import Event
from dashboard.store import schema
from dashboard.store.database import WRITING
from dashboard.store.event_rows import EventRows
from dashboard.store.imports import (
    IMPORT_BATCH,
    MANY_EVENTS,
    NewIds,
    batches_of,
    forget_if_empty,
    holds_events,
    import_batch,
    keep_dataset,
    prepare_for_many,
    remove_batch,
    summarise_datasets,
)
from dashboard.store.intake import plain
from dashboard.store.revisions import count_change


class Datasets:
    """Keeps events of data sets beside those that were coded here."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def import_events(
        self, dataset: Dataset, events: Iterable[Event], *, batch_size: int = IMPORT_BATCH
    ) -> ImportCount:
        """Keep the events of a data set; one whose record is there already is brought up to date.

        Each batch is kept as a whole at once, so that an interruption loses none before it and
        the same import goes on where it ended.
        """
        return self.import_rows(dataset, batches_of(dataset, events, batch_size))

    def import_rows(
        self, dataset: Dataset, batches: Iterable[EventRows], *, is_large: bool = False
    ) -> ImportCount:
        """Keep batches of events as `import_events` does, made into rows before.

        `is_large` says of them beforehand that they are many.
        """
        with self._writing() as connection:
            keep_dataset(connection, dataset, self._clock().date())
            count_change(connection)
            before = connection.scalar(select(func.count()).select_from(schema.events)) or 0
            new_ids = None if holds_events(connection, dataset.dataset_id) else NewIds()
        count, has_indexes = ImportCount(), True
        is_large = is_large and before < MANY_EVENTS
        try:
            for rows in batches:
                with self._writing() as connection:
                    if new_ids and not new_ids.take(rows.event_ids()):
                        new_ids = None
                        schema.make_index_of_ids(connection)
                    if has_indexes and (is_large or count.added > max(before, MANY_EVENTS)):
                        has_indexes = not prepare_for_many(connection, keeps_ids=not new_ids)
                    count += import_batch(connection, dataset, rows, are_new=bool(new_ids))
                    count_change(connection)
        finally:
            # What a killed process leaves out here is made when the store is next opened.
            if not has_indexes:
                with self._writing() as connection:
                    schema.make_indexes(connection)
            if not count.added:  # as when the file cannot be read
                with self._writing() as connection:
                    forget_if_empty(connection, dataset.dataset_id)
                    count_change(connection)
        return count

    def remove_records(self, dataset_id: str, record_ids: Iterable[str]) -> int:
        """Delete records of a data set, and return how many were there."""
        gone, waiting = 0, iter(record_ids)
        while batch := list(islice(waiting, IMPORT_BATCH)):
            with self._writing() as connection:
                gone += remove_batch(connection, dataset_id, batch)
                count_change(connection)
        return gone

    def note_import(
        self,
        dataset_id: str,
        *,
        file: str,
        sha256: str,
        count: ImportCount,
        bad: int = 0,
        bad_rows: Iterable[tuple[int, str]] = (),
    ) -> None:
        """Keep that a file came into a data set, unless this holds nothing and was forgotten."""
        table, known = schema.imports, schema.datasets.c.dataset_id == dataset_id
        its_own = table.c.dataset_id == dataset_id
        with self._writing() as connection:
            if not connection.execute(select(schema.datasets.c.name).where(known)).first():
                return
            last = connection.scalar(select(func.max(table.c.position)).where(its_own)) or 0
            row = {
                "dataset_id": dataset_id,
                "position": last + 1,
                "file": file,
                "sha256": sha256,
                "imported_at": plain(self._clock()),
                "bad": bad,
                "bad_rows": [list(row) for row in bad_rows],
            }
            connection.execute(insert(table), row | asdict(count))

    def imports_of(self, dataset_id: str) -> tuple[ImportedFile, ...]:
        """Return the files that came into a data set, the latest first."""
        table = schema.imports
        query = select(table).where(table.c.dataset_id == dataset_id)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(table.c.position.desc())).mappings().all()
        return tuple(
            ImportedFile(
                file=row["file"],
                sha256=row["sha256"],
                count=ImportCount(**{name: row[name] for name in ImportCount.__slots__}),
                bad=row["bad"],
                bad_rows=tuple((line, problem) for line, problem in row["bad_rows"]),
                imported_at=row["imported_at"],
            )
            for row in rows
        )

    def all(self) -> tuple[DatasetSummary, ...]:
        """Return every data set that was taken in, by name."""
        with self._reading() as connection:
            return summarise_datasets(connection)

    def name_of(self, dataset_id: str) -> str:
        """Return a data set's name; "coded here" for what was coded here."""
        if dataset_id == OWN:
            return "coded here"
        name = select(schema.datasets.c.name).where(schema.datasets.c.dataset_id == dataset_id)
        with self._reading() as connection:
            return connection.scalar(name) or dataset_id

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._engine.begin()

    def _writing(self) -> AbstractContextManager[Connection]:
        return self._engine.execution_options(**{WRITING: True}).begin()
