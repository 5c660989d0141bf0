"""The data sets of events that others coded: taken in, listed, corrected by their records' ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, Engine, func, select

from dashboard.datasets import OWN, Dataset, DatasetSummary, ImportCount
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
        if not count.added:
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
