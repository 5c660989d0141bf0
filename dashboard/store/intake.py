"""What came from where: raw bytes, versions, near-copies, failures, removals and watches."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
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

from dashboard.articles import Article
from dashboard.errors import NotStoredError
from dashboard.events import Event, event_id
from dashboard.filters import EventFilter
from dashboard.near_copies import SIMILAR, buckets_of, similarity
from dashboard.store import schema
from dashboard.store.database import WRITING
from dashboard.store.queries import ARE_ARTICLES, PlacesIn, conditions_of
from dashboard.store.revisions import count_change, present_state
from dashboard.store.schema import BINS, retrievals


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """One reading of one document."""

    origin: str
    """What was asked to be added: a folder, a feed, a list, a file."""
    name: str
    url: str | None = None
    retrieved_at: datetime
    sha256: str | None = None
    article_id: str | None = None
    problem: str | None = None
    """Why no article came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginSummary:
    """What came from one place."""

    origin: str
    articles: int
    failures: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """What was removed at once, and can be brought back until the store is compacted."""

    key: int
    what: str
    removed_at: datetime
    articles: int
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A saved search, with how many of its events are new since the last visit."""

    name: str
    event_filter: EventFilter
    seen_at: datetime
    new_events: int


class Intake:
    """What the store knows of where its articles came from."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime], places_in: PlacesIn) -> None:
        self._engine, self._clock, self._places_in = engine, clock, places_in

    def keep(self, retrieval: Retrieval, raw: bytes | None = None) -> None:
        """Keep that a document was read, with its bytes; a failure stands for the last one."""
        row = {
            "origin": retrieval.origin,
            "name": retrieval.name,
            "url": retrieval.url,
            "retrieved_at": _plain(retrieval.retrieved_at),
            "sha256": retrieval.sha256,
            "raw": zlib.compress(raw) if raw is not None else None,
            "article_id": retrieval.article_id,
            "problem": retrieval.problem,
        }
        failed_before = and_(
            retrievals.c.origin == retrieval.origin,
            retrievals.c.name == retrieval.name,
            retrievals.c.problem.is_not(None),
        )
        with self._writing() as connection:
            connection.execute(delete(retrievals).where(failed_before))
            connection.execute(insert(retrievals), row)

    def article_of(self, sha256: str) -> str | None:
        """Return the article that bytes of this hash gave before."""
        query = select(retrievals.c.article_id).where(
            retrievals.c.sha256 == sha256, retrievals.c.article_id.is_not(None)
        )
        with self._engine.begin() as connection:
            return connection.execute(query).scalar()

    def retrievals_of(self, article_id: str) -> tuple[Retrieval, ...]:
        """Return each reading that gave this article, the earliest first."""
        return self._retrievals(retrievals.c.article_id == article_id)

    def read_of(self, origin: str) -> tuple[Retrieval, ...]:
        """Return each reading of an origin that gave an article."""
        return self._retrievals(retrievals.c.origin == origin, retrievals.c.problem.is_(None))

    def failures_of(self, origin: str) -> tuple[Retrieval, ...]:
        """Return what could not be read of an origin."""
        return self._retrievals(retrievals.c.origin == origin, retrievals.c.problem.is_not(None))

    def has_failed(self, origin: str, since: datetime) -> bool:
        """Say whether something of an origin could not be read, at its last try after `since`."""
        failed = exists().where(
            retrievals.c.origin == origin,
            retrievals.c.problem.is_not(None),
            retrievals.c.retrieved_at > _plain(since),
        )
        with self._engine.begin() as connection:
            return bool(connection.scalar(select(failed)))

    def raw(self, article_id: str) -> bytes | None:
        """Return the bytes that an article was read from last; None when they were not kept."""
        query = (
            select(retrievals.c.raw)
            .where(retrievals.c.article_id == article_id, retrievals.c.raw.is_not(None))
            .order_by(retrievals.c.retrieval_key.desc())
        )
        with self._engine.begin() as connection:
            packed = connection.execute(query).scalar()
        return zlib.decompress(packed) if packed is not None else None

    def origins(self) -> tuple[OriginSummary, ...]:
        """Return where articles came from, the latest first."""
        when = retrievals.c.retrieved_at
        query = (
            select(
                retrievals.c.origin,
                func.count(func.distinct(retrievals.c.article_id)).label("articles"),
                func.count(retrievals.c.problem).label("failures"),
                func.min(when).label("first"),
                func.max(when).label("last"),
            )
            .group_by(retrievals.c.origin)
            .order_by(func.max(when).desc(), retrievals.c.origin)
        )
        with self._engine.begin() as connection:
            return tuple(OriginSummary(**row) for row in connection.execute(query).mappings())

    def earlier_version(self, url: str, article_id: str) -> str | None:
        """Return the article that a page held at its last reading, when it is another one."""
        articles = schema.articles
        replaced = select(articles.c.version_of).where(articles.c.version_of.is_not(None))
        query = (
            select(articles.c.article_id)
            .where(
                articles.c.url == url,
                articles.c.article_id != article_id,
                articles.c.article_id.not_in(replaced),
            )
            .order_by(articles.c.added_on.desc())
        )
        with self._engine.begin() as connection:
            return connection.execute(query).scalar()

    def original_of(self, signature: bytes) -> str | None:
        """Return the coded article that a text of this signature nearly is; the likest one."""
        signatures = schema.signatures
        alike = select(signatures.c.article_id).where(
            signatures.c.bucket.in_(buckets_of(signature))
        )
        query = select(signatures.c.article_id, signatures.c.signature).where(
            signatures.c.band == 0, signatures.c.article_id.in_(alike)
        )
        with self._engine.begin() as connection:
            found = [
                (similarity(signature, other), article_id)
                for article_id, other in connection.execute(query)
            ]
        best = max(found, default=(0.0, ""))
        return best[1] if best[0] >= SIMILAR else None

    def copies(self) -> frozenset[str]:
        """Return the ids of all near-copies whose originals are there."""
        article, original = schema.articles, schema.articles.alias()
        query = select(article.c.article_id).join(
            original, article.c.copy_of == original.c.article_id
        )
        with self._engine.begin() as connection:
            return frozenset(connection.execute(query).scalars())

    def copied_by(self, article_id: str) -> str | None:
        """Return the article that this one is a near-copy of, if that is still there."""
        article, original = schema.articles, schema.articles.alias()
        query = select(original.c.article_id).join(
            article, article.c.copy_of == original.c.article_id
        )
        with self._engine.begin() as connection:
            return connection.execute(query.where(article.c.article_id == article_id)).scalar()

    def copies_of(self, article_id: str) -> tuple[str, ...]:
        """Return the ids of the articles that are near-copies of this one."""
        return self._ids(schema.articles.c.copy_of == article_id)

    def versions_of(self, article_id: str) -> tuple[str, ...]:
        """Return the earlier versions of an article, the latest first."""
        found: list[str] = []
        query = select(schema.articles.c.version_of)
        with self._engine.begin() as connection:
            here: str | None = article_id
            while here and here not in found:
                before = query.where(schema.articles.c.article_id == here)
                here = connection.execute(before).scalar()
                found += [here] if here else []
        return tuple(found)

    def later_versions_of(self, article_id: str) -> tuple[str, ...]:
        """Return the articles that the same page held next."""
        return self._ids(schema.articles.c.version_of == article_id)

    def feed_state(self, url: str) -> tuple[str | None, str | None]:
        """Return what a feed's server said last: its ETag and its Last-Modified."""
        feeds = schema.feeds
        with self._engine.begin() as connection:
            query = select(feeds.c.etag, feeds.c.modified).where(feeds.c.url == url)
            row = connection.execute(query).first()
        return (row[0], row[1]) if row else (None, None)

    def keep_feed(self, url: str, etag: str | None, modified: str | None) -> None:
        """Keep what a feed's server said, to ask it for news alone."""
        row = {"url": url, "etag": etag, "modified": modified, "checked_at": self._now()}
        with self._writing() as connection:
            connection.execute(delete(schema.feeds).where(schema.feeds.c.url == url))
            connection.execute(insert(schema.feeds), row)

    def know_feed(self, url: str) -> None:
        """Keep that there is this feed, so that it is asked for news."""
        if url not in self.feeds():
            self.keep_feed(url, None, None)

    def feeds(self) -> tuple[str, ...]:
        """Return the feeds that were asked before."""
        with self._engine.begin() as connection:
            query = select(schema.feeds.c.url).order_by(schema.feeds.c.url)
            return tuple(connection.execute(query).scalars())

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
            if origin in self.feeds():
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

    def removals(self) -> tuple[Removal, ...]:
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
        found = next((removal for removal in self.removals() if removal.key == key), None)
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
            for removal in self.removals():
                self._forget(connection, removal.key)
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                driver = connection.connection.driver_connection
                assert driver is not None  # noqa: S101  # an open connection has one
                driver.execute("VACUUM")
                # Until then the smaller file waits in the log, beside the old one.
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def watch(self, name: str, event_filter: EventFilter) -> None:
        """Keep a search; what is there now counts as seen."""
        row = {
            "name": name,
            "query": event_filter.to_query(),
            "seen_key": self._revision(),
            "seen_at": self._now(),
        }
        with self._writing() as connection:
            connection.execute(delete(schema.watches).where(schema.watches.c.name == name))
            connection.execute(insert(schema.watches), row)

    def unwatch(self, name: str) -> None:
        """Forget a search."""
        with self._writing() as connection:
            connection.execute(delete(schema.watches).where(schema.watches.c.name == name))

    def visit(self, name: str) -> None:
        """Count all of a search's events as seen."""
        values = {"seen_key": self._revision(), "seen_at": self._now()}
        with self._writing() as connection:
            its_own = schema.watches.c.name == name
            connection.execute(update(schema.watches).where(its_own).values(**values))

    def watches(self) -> tuple[Watch, ...]:
        """Return the saved searches by name, each with the count of its new events."""
        found = []
        with self._engine.begin() as connection:
            rows = connection.execute(select(schema.watches).order_by(schema.watches.c.name))
            for row in rows.mappings().all():
                wanted, _ = EventFilter.from_query(row["query"])
                is_new = schema.events.c.arrived > row["seen_key"]
                query = select(func.count()).select_from(schema.events)
                count = connection.scalar(
                    query.where(*conditions_of(wanted, self._places_in), is_new)
                )
                watch = Watch(
                    name=row["name"],
                    event_filter=wanted,
                    seen_at=row["seen_at"],
                    new_events=count or 0,
                )
                found.append(watch)
        return tuple(found)

    def _remove(self, what: str, condition: ColumnElement[bool]) -> Removal:
        articles, events = schema.articles, schema.events
        with self._writing() as connection:
            ids = select(articles.c.article_id).where(condition)
            keys = select(events.c.event_key).where(events.c.article_id.in_(ids))
            removal = Removal(
                key=(connection.scalar(select(func.max(schema.removals.c.removal_key))) or 0) + 1,
                what=what,
                removed_at=self._now(),
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

    def _retrievals(self, *conditions: ColumnElement[bool]) -> tuple[Retrieval, ...]:
        names = Retrieval.__slots__
        columns = [retrievals.c[name] for name in names]
        query = select(*columns).where(*conditions).order_by(retrievals.c.retrieval_key)
        with self._engine.begin() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(Retrieval(**row) for row in rows)

    def _ids(self, condition: ColumnElement[bool]) -> tuple[str, ...]:
        query = select(schema.articles.c.article_id).where(condition)
        with self._engine.begin() as connection:
            return tuple(connection.execute(query.order_by("article_id")).scalars())

    def _revision(self) -> int:
        with self._engine.begin() as connection:
            return present_state(connection).revision

    def _now(self) -> datetime:
        return _plain(self._clock())

    def _writing(self) -> Any:  # noqa: ANN401  # a context manager of a connection
        return self._engine.execution_options(**{WRITING: True}).begin()


def link_article(
    connection: Connection,
    article_id: str,
    *,
    version_of: str | None = None,
    copy_of: str | None = None,
    signature: bytes | None = None,
) -> None:
    """Keep what an article is a later version or a near-copy of, and its signature."""
    changed = {"version_of": version_of, "copy_of": copy_of}
    values = {name: value for name, value in changed.items() if value}
    if values:
        its_own = schema.articles.c.article_id == article_id
        connection.execute(update(schema.articles).where(its_own).values(**values))
    if signature:
        known = schema.signatures.c.article_id == article_id
        connection.execute(delete(schema.signatures).where(known))
        rows = [
            {
                "article_id": article_id,
                "band": band,
                "bucket": bucket,
                "signature": None if band else signature,
            }
            for band, bucket in enumerate(buckets_of(signature))
        ]
        connection.execute(insert(schema.signatures), rows)


def event_in_copy(event: Event, copy: Article) -> Event | None:
    """Return an event as a near-copy of its article tells it; None when its sentence is not there.

    Every part that stands elsewhere in the copy than the sentence does keeps the same distance.
    """
    at = copy.text.find(event.quote)
    if at < 0:
        return None
    shift = at - event.start
    start, end = event.trigger_start + shift, event.trigger_end + shift
    spans = [(where.mention.start, where.mention.surface) for where in event.locations]
    spans += [(size.start, size.words) for size in event.sizes]
    if any(not copy.text.startswith(words, max(0, begin + shift)) for begin, words in spans):
        return None
    return replace(
        event,
        event_id=event_id(copy.article_id, event.event_type, start, end),
        article_id=copy.article_id,
        start=at,
        end=at + len(event.quote),
        trigger_start=start,
        trigger_end=end,
        locations=tuple(
            replace(
                where,
                mention=replace(
                    where.mention,
                    start=where.mention.start + shift,
                    end=where.mention.end + shift,
                ),
            )
            for where in event.locations
        ),
        sizes=tuple(
            replace(size, start=size.start + shift, end=size.end + shift) for size in event.sizes
        ),
    )


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


def _plain(moment: datetime) -> datetime:
    """Return a moment in UTC without its zone, as every database keeps it."""
    return moment.astimezone(UTC).replace(tzinfo=None)
