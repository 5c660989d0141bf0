"""Events of data sets into the store, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from sqlalchemy import Connection, delete, func, insert, select, update

from dashboard.datasets import Dataset, DatasetSummary, ImportCount, record_event_id
from dashboard.events import Event, EventReport
from dashboard.store import schema
from dashboard.store.event_rows import EventRows, rows_of
from dashboard.store.queries import arrivals, insert_rows, keep_arrivals
from dashboard.store.rows import (
    dataset_article_row,
    dataset_row,
    dataset_summary,
    own_codes,
    read_dataset,
)

IMPORT_BATCH = 5_000
"""How many events are written at once: enough for speed, little in memory."""

MANY_EVENTS = 20_000
"""Of so many new events, when they outnumber what was there, the indexes are made at the end."""

MOST_NEW_IDS = 2_000_000
"""So many ids of a new data set are known to be new without a look-up; each takes 60 bytes."""

_CACHE_KIB = 65_536
"""How much of the store an import holds in memory: the index of ids that it looks up."""

_PAGES_IN_LOG = 8_192
"""How many pages of 8 KiB wait in SQLite's log: each is then written into the file once for
several batches, and not for each of them."""

_NEWER_BY = {"acled": "timestamp"}
"""Which of a form's codes counts up with each change of a record."""

_PARAMETERS = 10_000
"""How many values one condition lists: SQLite takes 32,766, PostgreSQL 65,535."""


def keep_dataset(connection: Connection, dataset: Dataset, added_on: date) -> None:
    """Insert the data set, or bring what is known of it up to date."""
    datasets, articles = schema.datasets, schema.articles
    row, article = dataset_row(dataset), dataset_article_row(dataset, added_on)
    known = datasets.c.dataset_id == dataset.dataset_id
    if connection.execute(select(datasets.c.name).where(known)).first():
        connection.execute(update(datasets).where(known).values(**row))
        its_own = articles.c.article_id == dataset.dataset_id
        connection.execute(update(articles).where(its_own).values(**article))
    else:
        connection.execute(insert(articles), article)
        connection.execute(insert(datasets), row)


def forget_if_empty(connection: Connection, dataset_id: str) -> None:
    """Delete a data set that holds no events: of its file no row could be read."""
    if not holds_events(connection, dataset_id):
        for table in (schema.datasets.c.dataset_id, schema.articles.c.article_id):
            connection.execute(delete(table.table).where(table == dataset_id))


class NewIds:
    """Which events an import has brought into a data set that held none when it began."""

    def __init__(self) -> None:
        self._hashes: set[int] = set()

    def take(self, event_ids: Iterable[str]) -> bool:
        """Add ids, and say whether surely none was there, so that nobody need look them up."""
        hashes = set(map(hash, event_ids))
        are_new = len(self._hashes) < MOST_NEW_IDS and self._hashes.isdisjoint(hashes)
        self._hashes |= hashes
        return are_new


def holds_events(connection: Connection, dataset_id: str) -> bool:
    """Say whether a data set holds any events."""
    held = select(schema.events.c.event_key).where(schema.events.c.article_id == dataset_id)
    return connection.execute(held.limit(1)).first() is not None


def prepare_for_many(connection: Connection, *, keeps_ids: bool) -> bool:
    """Make way for many events; return whether indexes are to be made when they are in.

    A writer of SQLite is alone; on PostgreSQL others go on reading and keep their indexes.
    `keeps_ids`: what comes may be there already.
    """
    if connection.dialect.name != "sqlite":
        return False
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {_PAGES_IN_LOG}")
    schema.drop_indexes_of_events(connection, keeps_ids=keeps_ids)
    return True


def batches_of(dataset: Dataset, events: Iterable[Event], size: int) -> Iterator[EventRows]:
    """Return the events of a data set as rows, so many at a time."""
    summary, waiting = dataset_summary(dataset), iter(events)
    while batch := tuple(islice(waiting, size)):
        yield rows_of(EventReport(event=event, article=summary) for event in batch)


def import_batch(
    connection: Connection, dataset: Dataset, rows: EventRows, *, are_new: bool = False
) -> ImportCount:
    """Insert the events of one data set, each in the place of what its record told before.

    One on which a person decided stays as it is, and so does one that an older file tells.
    `are_new`: surely none of them was there.
    """
    dataset_id, newer_by = dataset.dataset_id, _NEWER_BY.get(dataset.form)
    latest = {event_id: at for at, event_id in enumerate(rows.event_ids())}
    before = {} if are_new else _said_before(connection, dataset_id, list(latest))
    changed = {
        event_id: at
        for event_id, at in latest.items()
        if event_id not in before or _is_news(before[event_id], rows.said(at), newer_by)
    }
    for event_id in _decided(connection, [one for one in changed if one in before]):
        del changed[event_id]
    replaced = [event_id for event_id in changed if event_id in before]
    known = {
        event_id: came
        for part in _parts(replaced)
        for event_id, came in arrivals(connection, schema.events.c.event_id.in_(part)).items()
    }
    _delete_events(connection, dataset_id, replaced)
    insert_rows(connection, rows, list(changed.values()))
    keep_arrivals(connection, known)
    return ImportCount(
        added=len(changed) - len(replaced),
        updated=len(replaced),
        unchanged=len(rows.events) - len(changed),
    )


def remove_batch(connection: Connection, dataset_id: str, record_ids: Sequence[str]) -> int:
    """Delete the events of these records, and return how many there were."""
    events, gone = schema.events, 0
    for part in _parts([record_event_id(dataset_id, record_id) for record_id in record_ids]):
        known = select(events.c.event_id).where(events.c.event_id.in_(part))
        event_ids = connection.scalars(known).all()
        _delete_events(connection, dataset_id, event_ids)
        gone += len(event_ids)
    return gone


def summarise_datasets(connection: Connection) -> tuple[DatasetSummary, ...]:
    """Return every data set with how many events it holds, and of which days."""
    events, datasets = schema.events, schema.datasets
    figures = (
        select(
            # That of the article which stands for the data set, and indexed.
            events.c.article_id,
            func.count().label("events"),
            func.min(events.c.earliest).label("earliest"),
            func.max(events.c.latest).label("latest"),
        )
        .where(events.c.article_id.in_(select(datasets.c.dataset_id)))
        .group_by(events.c.article_id)
        .subquery()
    )
    rows = connection.execute(
        select(datasets, figures.c.events, figures.c.earliest, figures.c.latest)
        .outerjoin(figures, datasets.c.dataset_id == figures.c.article_id)
        .order_by(datasets.c.name)
    ).mappings()
    return tuple(
        DatasetSummary(
            dataset=read_dataset(row),
            events=row["events"] or 0,
            earliest=row["earliest"],
            latest=row["latest"],
        )
        for row in rows
    )


_Said = tuple[str, dict[str, str]]
"""What a record says: its words and its codes."""


def _is_news(before: _Said, now: _Said, newer_by: str | None) -> bool:
    if newer_by is None:
        return before != now
    versions = [said[1].get(newer_by, "") for said in (before, now)]
    is_older = all(map(str.isdigit, versions)) and int(versions[1]) < int(versions[0])
    return before != now and not is_older


def _said_before(
    connection: Connection, dataset_id: str, event_ids: Sequence[str]
) -> dict[str, _Said]:
    events, names = schema.events, schema.code_names
    query = select(events.c.event_id, events.c.quote, events.c.own_codes, names.c.names)
    query = query.outerjoin(names, names.c.key == events.c.code_names)
    found: dict[str, _Said] = {}
    for part in _parts(event_ids):
        rows = connection.execute(
            query.where(events.c.event_id.in_(part), events.c.dataset_id == dataset_id)
        )
        found.update((row[0], (row[1], own_codes(row[2], row[3]))) for row in rows)
    return found


def _decided(connection: Connection, event_ids: Sequence[str]) -> set[str]:
    decided = schema.decisions.c.event_id
    return {
        event_id
        for part in _parts(event_ids)
        for event_id in connection.execute(select(decided).where(decided.in_(part))).scalars()
    }


def _delete_events(connection: Connection, dataset_id: str, event_ids: Sequence[str]) -> None:
    events = schema.events
    for part in _parts(event_ids):
        which = events.c.event_id.in_(part), events.c.dataset_id == dataset_id
        keys = select(events.c.event_key).where(*which)
        for table in (schema.locations, schema.actors):
            connection.execute(delete(table).where(table.c.event_key.in_(keys)))
        connection.execute(delete(events).where(*which))


def _parts(values: Sequence[str]) -> list[Sequence[str]]:
    return [values[at : at + _PARAMETERS] for at in range(0, len(values), _PARAMETERS)]
