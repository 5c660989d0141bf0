"""What was removed: put aside with all that came from it, until the store is compacted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from dashboard.errors import NotStoredError
from dashboard.store import schema
from dashboard.store.database import WRITING
from dashboard.store.intake import plain
from dashboard.store.queries import ARE_ARTICLES
from dashboard.store.revisions import count_change
from dashboard.store.schema import BINS, retrievals


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """What was removed at once, and can be brought back until the store is compacted."""

    key: int
    what: str
    removed_at: datetime
    articles: int
    events: int


class Removals:
    """Takes sources away with all that came from them, and brings them back."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def remove_origin(self, origin: str) -> Removal:
        """Remove all articles that came from there and from nowhere else, with their events."""
        here = select(retrievals.c.article_id).where(retrievals.c.origin == origin)
        elsewhere = select(retrievals.c.article_id).where(
            retrievals.c.origin != origin, retrievals.c.article_id.is_not(None)
        )
        column = schema.articles.c.article_id
        removal = self._remove(f"from {origin}", and_(column.in_(here), column.not_in(elsewhere)))
        with self._writing() as connection:
            connection.execute(delete(retrievals).where(retrievals.c.origin == origin))
            connection.execute(delete(schema.feeds).where(schema.feeds.c.url == origin))
        return removal

    def remove_publisher(self, source: str) -> Removal:
        """Remove all articles and data sets of a publisher, with their events."""
        return self._remove(f"of {source}", schema.articles.c.source == source)

    def remove_dataset(self, dataset_id: str) -> Removal:
        """Remove a data set with its events."""
        its_own = schema.articles.c.article_id == dataset_id
        with self._engine.begin() as connection:
            name = connection.scalar(select(schema.articles.c.title).where(its_own))
        return self._remove(f"the data set {name}", its_own)

    def all(self) -> tuple[Removal, ...]:
        """Return what can still be brought back, the latest first."""
        query = select(schema.removals).order_by(schema.removals.c.removal_key.desc())
        with self._engine.begin() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(
            Removal(
                key=row["removal_key"],
                what=row["what"],
                removed_at=row["removed_at"],
                articles=row["articles"],
                events=row["events"],
            )
            for row in rows
        )

    def bring_back(self, key: int) -> Removal:
        """Undo a removal.

        Raises: NotStoredError when there is no such removal, or the store was compacted since.
        """
        found = next((removal for removal in self.all() if removal.key == key), None)
        if found is None:
            raise NotStoredError("removal", str(key))
        with self._writing() as connection:
            self._leave_out_what_is_there(connection, key)
            events, gone = schema.events, BINS[schema.events]
            last = connection.scalar(select(func.max(events.c.event_key))) or 0
            # New events may have taken the keys of those that were removed.
            shift = last if self._are_taken(connection, key) else 0
            removed = select(gone.c.event_key).where(gone.c.removal == key)
            for table, store in BINS.items():
                values = {
                    column.name: _shifted(table, store, column.name, shift, removed)
                    for column in table.columns
                    # Later readings may have taken its number, which nothing refers to.
                    if column is not retrievals.c.retrieval_key
                }
                rows = select(*values.values()).where(store.c.removal == key)
                connection.execute(insert(table).from_select(list(values), rows))
            self._forget(connection, key)
            count_change(connection)
        return found

    def compact(self) -> None:
        """Give up for good what was removed, and give its room back."""
        with self._writing() as connection:
            for removal in self.all():
                self._forget(connection, removal.key)
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                driver = connection.connection.driver_connection
                assert driver is not None  # noqa: S101  # an open connection has one
                driver.execute("VACUUM")
                # Until then the smaller file waits in the log, beside the old one.
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _remove(self, what: str, condition: ColumnElement[bool]) -> Removal:
        articles, events = schema.articles, schema.events
        with self._writing() as connection:
            ids = select(articles.c.article_id).where(condition)
            keys = select(events.c.event_key).where(events.c.article_id.in_(ids))
            removal = Removal(
                key=(connection.scalar(select(func.max(schema.removals.c.removal_key))) or 0) + 1,
                what=what,
                removed_at=plain(self._clock()),
                articles=_count(connection, articles, and_(condition, ARE_ARTICLES)),
                events=_count(connection, events, events.c.article_id.in_(ids)),
            )
            row = asdict(removal)
            row["removal_key"] = row.pop("key")
            connection.execute(insert(schema.removals), row)
            which = {table: _belongs(table, condition, ids, keys) for table in BINS}
            for table, store in BINS.items():
                rows = select(literal(removal.key), *table.columns).where(which[table])
                names = ["removal", *(column.name for column in table.columns)]
                connection.execute(insert(store).from_select(names, rows))
            # Asked of what was put aside: the condition may rest on rows that go first.
            gone_articles, gone_events = BINS[articles].c, BINS[events].c
            ids = select(gone_articles.article_id).where(gone_articles.removal == removal.key)
            keys = select(gone_events.event_key).where(gone_events.removal == removal.key)
            self._let_heads_go(connection, keys)
            for table in reversed(list(BINS)):
                its_own = _belongs(table, articles.c.article_id.in_(ids), ids, keys)
                connection.execute(delete(table).where(its_own))
            count_change(connection)
        return removal

    def _let_heads_go(self, connection: Connection, keys: Any) -> None:  # noqa: ANN401  # a query
        """Let a further report of an event that goes stand for itself."""
        events = schema.events
        hanging = and_(events.c.head_key.in_(keys), events.c.event_key.not_in(keys))
        connection.execute(update(events).where(hanging).values(head_key=None, same_because=None))

    def _leave_out_what_is_there(self, connection: Connection, key: int) -> None:
        """Give up the removed form of articles that were added anew since."""
        articles, gone = BINS[schema.articles], BINS[schema.events]
        ids = select(schema.articles.c.article_id)
        keys = select(gone.c.event_key).where(gone.c.removal == key, gone.c.article_id.in_(ids))
        for table, store in reversed(list(BINS.items())):
            which = _belongs(table, articles.c.article_id.in_(ids), ids, keys, store=store)
            connection.execute(delete(store).where(store.c.removal == key, which))

    def _are_taken(self, connection: Connection, key: int) -> bool:
        gone = BINS[schema.events]
        removed = select(gone.c.event_key).where(gone.c.removal == key)
        taken = exists().where(schema.events.c.event_key.in_(removed))
        return bool(connection.scalar(select(taken)))

    def _forget(self, connection: Connection, key: int) -> None:
        for store in BINS.values():
            connection.execute(delete(store).where(store.c.removal == key))
        connection.execute(delete(schema.removals).where(schema.removals.c.removal_key == key))

    def _writing(self) -> Any:  # noqa: ANN401  # a context manager of a connection
        return self._engine.execution_options(**{WRITING: True}).begin()


def _belongs(
    table: Table,
    condition: ColumnElement[bool],
    ids: Select[Any],
    keys: Select[Any],
    *,
    store: Table | None = None,
) -> ColumnElement[bool]:
    """Return which rows of `table`, or of the bin `store` of it, go with these articles."""
    if table is schema.articles:
        return condition
    owners = [
        (store if store is not None else table)
        .c[column.name]
        .in_(ids if owner.column.table is schema.articles else keys)
        for column in table.columns
        for owner in column.foreign_keys
        if owner.column.table in {schema.articles, schema.events}
    ]
    return or_(*owners)


def _shifted(table: Table, store: Table, name: str, shift: int, removed: Any) -> Any:  # noqa: ANN401
    column = store.c[name]
    if not shift:
        return column
    is_key = name == "event_key" or any(
        owner.column.table is schema.events for owner in table.c[name].foreign_keys
    )
    if is_key:
        return column + shift
    if table is schema.events and name in {"head_key", "repeats_key"}:
        return case((column.in_(removed), column + shift), else_=column)
    return column


def _count(connection: Connection, table: Table, condition: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(condition)) or 0
