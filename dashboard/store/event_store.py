"""The store itself: articles, what their place names mean, and their events.

SQLite in the user's data folder unless told otherwise. Several threads and processes may
use one store at a time. Places are kept whole, so that an event survives new place data.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from dashboard.articles import Article, ArticleSummary, is_of_text
from dashboard.datasets import OWN, Dataset, DatasetSummary, ImportCount
from dashboard.errors import NotStoredError, StoreUnusableError, StoreVersionError
from dashboard.events import Event, EventLocation, EventReport, Review
from dashboard.filters import EVERYTHING, EventFilter
from dashboard.sources import NewsSource
from dashboard.store import schema
from dashboard.store.columns import EventColumns, Mask
from dashboard.store.database import WRITING, default_url, first_line, open_engine
from dashboard.store.event_rows import EventRows
from dashboard.store.findings import copies_of, remove_findings, write_copy, write_findings
from dashboard.store.held_columns import HeldColumns
from dashboard.store.imports import (
    IMPORT_BATCH,
    MANY_EVENTS,
    batches_of,
    forget_if_empty,
    import_batch,
    keep_dataset,
    prepare_for_many,
    remove_batch,
    summarise_datasets,
)
from dashboard.store.intake import Intake, link_article
from dashboard.store.mentions import MentionColumns
from dashboard.store.queries import (
    ARE_ARTICLES,
    SUMMARIES,
    TEXT_ORDER,
    arrivals,
    article_row_of,
    conditions_of,
    delete_mentions,
    give_arrivals,
    give_cells,
    insert_all,
    keep_arrivals,
    select_keyed_reports,
    select_reports,
    the_row,
)
from dashboard.store.removals import Removals
from dashboard.store.reviews import Reviews
from dashboard.store.revisions import (
    count_change,
    keep_revision,
    present_state,
    read_state,
    touch,
    write_state,
)
from dashboard.store.rows import (
    article_row,
    mention_rows,
    read_article,
    read_location,
    read_resolution,
    read_source,
    read_summary,
    resolution_rows,
    source_row,
    summary_of,
)
from dashboard.store.snapshots import SnapshotShelf
from dashboard.store.watches import Watches
from gazetteer.toponyms import Geoparse

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

REMEMBERED_ANSWERS = 16
"""How many answers of `reports` are kept: each run of a page asks the same questions again."""

MOST_PARAMETERS = 1000
"""Values of one statement: each database has a limit, the lowest of them far above this."""

_OPENING = 1000
"""Characters of a text that its title is compared with."""

Reports = tuple[EventReport, ...]


class ArticleFacts(NamedTuple):
    """What a shared map needs to know of an article."""

    characters: int
    added_on: date
    has_own_title: bool
    """Its title is more than the first words of its text."""


class EventStore:
    """Keeps articles and their events in the database `url`.

    `url` is SQLAlchemy's; without it DATELINE_DATABASE says where, else it is a SQLite
    file in the user's data folder, made at the first use.

    Raises: StoreVersionError when a newer Dateline wrote it; StoreUnusableError when
    the database cannot be opened.
    """

    def __init__(
        self,
        url: str | None = None,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._clock = clock
        self._answers: dict[tuple[int | None, EventFilter], Reports] = {}
        self._lock = Lock()
        self._engine = open_engine(url or os.environ.get("DATELINE_DATABASE") or default_url())
        self._held = HeldColumns(self._engine)
        try:
            self._open()
        except SQLAlchemyError as error:
            self._engine.dispose()
            raise StoreUnusableError(self._where, first_line(error)) from error
        except StoreVersionError:
            self._engine.dispose()
            raise

    def add(
        self,
        article: Article,
        geoparse: Geoparse,
        events: Iterable[Event],
        *,
        version_of: str | None = None,
        signature: bytes | None = None,
    ) -> bool:
        """Keep an article with all that was found in it; False when it was there before.

        `version_of` is the article that its page held before, `signature` what near-copies of
        it are told by. All or nothing: a failure leaves the store as it was.
        """
        summary = summary_of(article)
        with self._writing() as connection:
            try:
                with connection.begin_nested():
                    connection.execute(
                        insert(schema.articles),
                        article_row(article, geoparse, self._clock().date()),
                    )
            except IntegrityError:
                return False
            insert_all(connection, schema.mentions, mention_rows(article, geoparse))
            insert_all(connection, schema.resolutions, resolution_rows(article, geoparse))
            link_article(connection, article.article_id, version_of=version_of, signature=signature)
            write_findings(connection, summary, events)
            count_change(connection, is_noted=True)
        return True

    def add_copy(
        self, article: Article, original_id: str, *, version_of: str | None = None
    ) -> tuple[Event, ...]:
        """Keep an article that is nearly the same text as another, and return its events.

        They are those of the other whose sentences stand in it too, as further reports.
        """
        with self._writing() as connection:
            empty = Geoparse(text=article.text, resolutions=())
            row = article_row(article, empty, self._clock().date())
            connection.execute(insert(schema.articles), row)
            link_article(connection, article.article_id, version_of=version_of, copy_of=original_id)
            copies = write_copy(connection, article, original_id)
            count_change(connection, is_noted=True)
        return copies

    def replace_findings(
        self, article: Article, geoparse: Geoparse, events: Iterable[Event]
    ) -> None:
        """Keep what was found anew in an article instead of what was found before.

        An event on which a person decided stays as decided, found anew or not. The article's
        near-copies follow it. All or nothing: a failure leaves the store as it was.

        Raises: NotStoredError when the article is not in the store.
        """
        summary = summary_of(article)
        with self._writing() as connection:
            article_row_of(connection, article.article_id)
            copied = select(schema.articles.c.article_id).where(
                schema.articles.c.copy_of == article.article_id
            )
            its_own = schema.events.c.article_id == article.article_id
            known = arrivals(connection, or_(its_own, schema.events.c.article_id.in_(copied)))
            remove_findings(connection, article.article_id)
            delete_mentions(connection, article.article_id)
            connection.execute(
                update(schema.articles)
                .where(schema.articles.c.article_id == article.article_id)
                .values(problems=list(geoparse.problems))
            )
            insert_all(connection, schema.mentions, mention_rows(article, geoparse))
            insert_all(connection, schema.resolutions, resolution_rows(article, geoparse))
            write_findings(connection, summary, events, before=known)
            for copy in copies_of(connection, article.article_id):
                remove_findings(connection, copy.article_id)
                write_copy(connection, copy, article.article_id)
            keep_arrivals(connection, known)
            count_change(connection, is_noted=True)

    def set_facts(self, article: Article) -> None:
        """Keep what an article is called, who published it, when and where, instead of before.

        Its text stays; its events follow when it is coded anew.

        Raises: NotStoredError when the article is not in the store.
        """
        names = ("title", "published", "source", "author", "url")
        its_own = schema.articles.c.article_id == article.article_id
        with self._writing() as connection:
            changed = connection.execute(
                update(schema.articles)
                .where(its_own)
                .values({name: getattr(article, name) for name in names})
            )
            if not changed.rowcount:
                raise NotStoredError("article", article.article_id)
            of_it = schema.events.c.article_id == article.article_id
            touch(connection, connection.scalars(select(schema.events.c.event_key).where(of_it)))
            count_change(connection, is_noted=True)

    def remove(self, article_id: str) -> None:
        """Delete an article with all that came from it.

        Raises: NotStoredError when there is none.
        """
        with self._writing() as connection:
            remove_findings(connection, article_id)
            delete_mentions(connection, article_id)
            for table in (schema.retrievals, schema.signatures):
                connection.execute(delete(table).where(table.c.article_id == article_id))
            gone = connection.execute(
                delete(schema.articles).where(schema.articles.c.article_id == article_id)
            )
            if not gone.rowcount:
                raise NotStoredError("article", article_id)
            count_change(connection, is_noted=True)

    def import_events(
        self, dataset: Dataset, events: Iterable[Event], *, batch_size: int = IMPORT_BATCH
    ) -> ImportCount:
        """Keep the events of a data set; one whose record is there already is brought up to date.

        Each batch is kept as a whole at once, so that an interruption loses none before it and
        the same import goes on where it ended.
        """
        return self.import_rows(dataset, batches_of(dataset, events, batch_size))

    def import_rows(self, dataset: Dataset, batches: Iterable[EventRows]) -> ImportCount:
        """Keep batches of events as `import_events` does, made into rows before."""
        with self._writing() as connection:
            keep_dataset(connection, dataset, self._clock().date())
            count_change(connection)
            before = connection.scalar(select(func.count()).select_from(schema.events)) or 0
        count, has_indexes = ImportCount(), True
        try:
            for rows in batches:
                with self._writing() as connection:
                    if has_indexes and count.added > max(before, MANY_EVENTS):
                        has_indexes = not prepare_for_many(connection)
                    count += import_batch(connection, dataset, rows)
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

    def datasets(self) -> tuple[DatasetSummary, ...]:
        """Return every data set that was taken in, by name."""
        with self._reading() as connection:
            return summarise_datasets(connection)

    def dataset_name(self, dataset_id: str) -> str:
        """Return a data set's name; "coded here" for what was coded here."""
        if dataset_id == OWN:
            return "coded here"
        return self.summary(dataset_id).title if self.has(dataset_id) else dataset_id

    def has(self, article_id: str) -> bool:
        """Say whether the article is in the store."""
        query = select(schema.articles.c.article_id).where(
            schema.articles.c.article_id == article_id
        )
        with self._reading() as connection:
            return connection.execute(query).first() is not None

    def articles(self) -> tuple[ArticleSummary, ...]:
        """Return every article without its text, latest published first, undated last.

        Data sets are not among them.
        """
        query = SUMMARIES.where(ARE_ARTICLES).order_by(
            schema.articles.c.published.is_(None),
            schema.articles.c.published.desc(),
            schema.articles.c.title,
            schema.articles.c.article_id,
        )
        with self._reading() as connection:
            return tuple(read_summary(row) for row in connection.execute(query).mappings())

    def summary(self, article_id: str) -> ArticleSummary:
        """Return an article without its text.

        Raises: NotStoredError when there is none.
        """
        with self._reading() as connection:
            row = connection.execute(SUMMARIES.where(schema.articles.c.article_id == article_id))
            return read_summary(the_row(row.mappings().first(), article_id))

    def article(self, article_id: str) -> Article:
        """Return an article.

        Raises: NotStoredError when there is none.
        """
        with self._reading() as connection:
            return read_article(article_row_of(connection, article_id))

    def geoparse_of(self, article_id: str) -> Geoparse:
        """Return the article's mentions with their candidates, reasons and resolutions.

        Raises: NotStoredError when there is no such article.
        """
        query = (
            select(schema.mentions, schema.resolutions.c.method, schema.resolutions.c.candidates)
            .join(
                schema.resolutions,
                and_(
                    schema.mentions.c.article_id == schema.resolutions.c.article_id,
                    schema.mentions.c.position == schema.resolutions.c.position,
                ),
            )
            .where(schema.mentions.c.article_id == article_id)
            .order_by(schema.mentions.c.position)
        )
        with self._reading() as connection:
            article = article_row_of(connection, article_id)
            rows = connection.execute(query).mappings().all()
        return Geoparse(
            text=article["text"],
            resolutions=tuple(read_resolution(row) for row in rows),
            problems=tuple(article["problems"]),
        )

    def events_of(self, article_id: str) -> tuple[Event, ...]:
        """Return the article's events in the order in which they were stored.

        Raises: NotStoredError when there is no such article.
        """
        return tuple(report.event for report in self.reports_of(article_id))

    def reports_of(self, article_id: str) -> tuple[EventReport, ...]:
        """Return the article's events, each with the article, in the order of storing.

        Those that another article tells more fully are among them, rejected ones are not.

        Raises: NotStoredError when there is no such article.
        """
        with self._reading() as connection:
            article_row_of(connection, article_id)
            return select_reports(
                connection,
                [
                    schema.events.c.article_id == article_id,
                    schema.events.c.repeats_key.is_(None),
                    func.coalesce(schema.events.c.reviewed, "") != Review.REJECTED.value,
                ],
                order=[schema.events.c.event_key],
            )

    def reports(self, event_filter: EventFilter | None = None) -> tuple[EventReport, ...]:
        """Return the events that the filter leaves, each with the article that reports it.

        Without a filter that is every event, also those that are denied or were rejected.
        Earliest first, those without a date last; then in the order of the text.
        """
        order = [
            schema.events.c.earliest.is_(None),
            schema.events.c.earliest,
            schema.events.c.latest,
            *TEXT_ORDER,
        ]
        wanted = event_filter or EVERYTHING
        with self._reading() as connection:
            key = (read_state(connection, "revision"), wanted)
            found = self._answers.get(key)
            if found is None:
                found = select_reports(
                    connection, conditions_of(wanted, self._places_in), order=order
                )
                self._remember(key, found)
        return found

    def source(self, name: str) -> NewsSource:
        """Return what is known of a source; of one that nobody described, the defaults."""
        query = select(schema.sources).where(schema.sources.c.name == name)
        with self._reading() as connection:
            row = connection.execute(query).mappings().first()
        return read_source(row) if row else NewsSource(name=name)

    def sources(self) -> tuple[NewsSource, ...]:
        """Return every source that somebody described, by name."""
        query = select(schema.sources).order_by(schema.sources.c.name)
        with self._reading() as connection:
            return tuple(read_source(row) for row in connection.execute(query).mappings())

    def set_source(self, source: NewsSource) -> None:
        """Keep what is known of a source, instead of what was known before."""
        with self._writing() as connection:
            connection.execute(delete(schema.sources).where(schema.sources.c.name == source.name))
            connection.execute(insert(schema.sources), source_row(source))
            count_change(connection, is_noted=True)

    def facts_of(self, article_ids: Iterable[str]) -> dict[str, ArticleFacts]:
        """Return what is known of those of the articles that are in the store."""
        wanted = sorted(set(article_ids))
        query = select(
            schema.articles.c.article_id,
            func.length(schema.articles.c.text).label("characters"),
            schema.articles.c.added_on,
            schema.articles.c.title,
            func.substr(schema.articles.c.text, 1, _OPENING).label("opening"),
        )
        found: dict[str, ArticleFacts] = {}
        with self._reading() as connection:
            for start in range(0, len(wanted), MOST_PARAMETERS):
                some = wanted[start : start + MOST_PARAMETERS]
                for row in connection.execute(query.where(schema.articles.c.article_id.in_(some))):
                    found[row.article_id] = ArticleFacts(
                        row.characters, row.added_on, not is_of_text(row.title, row.opening)
                    )
        return found

    def withheld_names(self) -> tuple[str, ...]:
        """Return the names that are masked, where names are masked, whoever bears them."""
        with self._reading() as connection:
            return tuple(
                connection.execute(
                    select(schema.withheld_names.c.name).order_by(schema.withheld_names.c.name)
                ).scalars()
            )

    def set_withheld_names(self, names: Iterable[str]) -> None:
        """Keep the list of withheld names, instead of the one before."""
        rows = [{"name": name} for name in sorted({" ".join(n.split()) for n in names} - {""})]
        with self._writing() as connection:
            connection.execute(delete(schema.withheld_names))
            insert_all(connection, schema.withheld_names, rows)

    def columns(self) -> EventColumns:
        """Return the events of the store's present state as columns, read once a revision."""
        return self._held.columns()

    def mask(self, wanted: EventFilter, *, without: str = "") -> Mask:
        """Return which of `columns` the filter leaves; `without` names a part not to ask."""
        return self.columns().mask(wanted, self.keys_of, without=without)

    def mentions(self) -> MentionColumns:
        """Return which article names which place how often, read once a revision."""

        def read() -> MentionColumns:
            with self._reading() as connection:
                return MentionColumns(connection)

        mentions: MentionColumns = self.columns().kept("mentions", read)
        return mentions

    def keys_of(self, wanted: EventFilter) -> Mask:
        """Return the keys of the events that the filter leaves, as the database finds them."""
        query = select(schema.events.c.event_key).where(*conditions_of(wanted, self._places_in))
        with self._reading() as connection:
            return np.array(connection.execute(query).scalars().all(), np.int64)

    def reports_by_key(self, keys: Sequence[int]) -> tuple[EventReport, ...]:
        """Return the events with these keys, in this order; at most some hundreds."""
        with self._reading() as connection:
            found = select_keyed_reports(
                connection, [schema.events.c.event_key.in_(list(keys))], order=[]
            )
        return tuple(found[key] for key in keys if key in found)

    def key_of(self, event_id: str) -> int | None:
        """Return the key of an event, also by the id of a further report of it, or None."""
        head = select(func.coalesce(schema.events.c.head_key, schema.events.c.event_key))
        with self._reading() as connection:
            key: int | None = connection.execute(
                head.where(schema.events.c.event_id == event_id)
            ).scalar()
        return key

    def report(self, event_id: str) -> EventReport | None:
        """Return an event, also by the id of a further report of it; None if there is none."""
        key = self.key_of(event_id)
        return self.reports_by_key([key])[0] if key is not None else None

    def actor_names(self, actor_ids: Iterable[str]) -> dict[str, str]:
        """Return the names that reports give these actors, of those that any report names."""
        table = schema.actors

        def read(missing: Iterable[str]) -> dict[str, str]:
            with self._reading() as connection:
                found = {
                    actor_id: connection.execute(
                        select(table.c.name).where(table.c.actor_id == actor_id).limit(1)
                    ).scalar()
                    for actor_id in missing
                }
            return {actor_id: name for actor_id, name in found.items() if name is not None}

        return self.columns().named(actor_ids, read)

    def place_name(self, place_id: str) -> str | None:
        """Return the name that an event gives a place, or None when none is there."""
        query = select(schema.locations.c.place).where(schema.locations.c.place_id == place_id)

        def read(_: Iterable[str]) -> dict[str, str]:
            with self._reading() as connection:
                place = connection.execute(query.limit(1)).scalar()
            return {place_id: place["name"]} if place else {}

        return self.columns().named((place_id,), read).get(place_id)

    def locations(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], EventLocation]:
        """Return the places at these (key of an event, position); at most some hundreds."""
        places = schema.locations
        keys = {key for key, _ in wanted}
        query = select(places).where(places.c.event_key.in_(keys))
        with self._reading() as connection:
            rows = connection.execute(query).mappings().all()
        return {(row["event_key"], row["position"]): read_location(row) for row in rows}

    def saved_views(self) -> dict[str, dict[str, str]]:
        """Return the links' queries that users gave a name, by name."""
        views = schema.saved_views
        with self._reading() as connection:
            rows = connection.execute(select(views).order_by(views.c.name)).all()
        return {name: dict(query) for name, query in rows}

    def save_view(self, name: str, query: Mapping[str, str]) -> None:
        """Give a link's query a name; one that had the name before is gone."""
        with self._writing() as connection:
            connection.execute(delete(schema.saved_views).where(schema.saved_views.c.name == name))
            connection.execute(insert(schema.saved_views), {"name": name, "query": dict(query)})

    def remove_view(self, name: str) -> None:
        """Forget the view of that name, if there is one."""
        with self._writing() as connection:
            connection.execute(delete(schema.saved_views).where(schema.saved_views.c.name == name))

    def revision(self) -> str:
        """Return a word that changes with each change of the store, by whatever process."""
        with self._reading() as connection:
            return str(read_state(connection, "revision"))

    def is_new(self) -> bool:
        """Say whether nothing was ever added."""
        return self.revision() == "0"

    def as_of(self) -> date | None:
        """Return the day (UTC) of the last addition that is still there; None when empty."""
        with self._reading() as connection:
            day: date | None = connection.execute(
                select(func.max(schema.articles.c.added_on))
            ).scalar()
        return day

    @property
    def snapshots(self) -> SnapshotShelf:
        """Return the shelf of saved snapshots."""
        return SnapshotShelf(self._engine)

    @property
    def removals(self) -> Removals:
        """Return what was removed and can be brought back."""
        return Removals(self._engine, self._clock)

    @property
    def watches(self) -> Watches:
        """Return the watch list."""
        return Watches(self._engine, self._clock, self._places_in)

    @property
    def intake(self) -> Intake:
        """Return what is known of where articles came from."""
        return Intake(self._engine, self._clock)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    @property
    def reviews(self) -> Reviews:
        """Return what persons decide of the events, and have decided."""
        return Reviews(self._reading, self._writing, self._clock)

    @property
    def _where(self) -> str:
        return self._engine.url.render_as_string(hide_password=True)

    def _places_in(self, asked: Sequence[str]) -> Sequence[str]:
        return self.columns().places_in(asked)

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._engine.begin()

    def _writing(self) -> AbstractContextManager[Connection]:
        return self._engine.execution_options(**{WRITING: True}).begin()

    def _remember(self, key: tuple[int | None, EventFilter], found: Reports) -> None:
        with self._lock:
            while len(self._answers) >= REMEMBERED_ANSWERS:
                self._answers.pop(next(iter(self._answers)))
            self._answers[key] = found

    def _open(self) -> None:
        with self._writing() as connection:
            schema.state.create(connection, checkfirst=True)
            found = read_state(connection, "schema_version")
            if found is not None and found > schema.SCHEMA_VERSION:
                raise StoreVersionError(self._where, found, schema.SCHEMA_VERSION)
            schema.upgrade(connection)
            give_cells(connection)
            if found is not None and found < 4:
                give_arrivals(connection)
            if found is None:
                connection.execute(
                    insert(schema.state),
                    [
                        {"key": "schema_version", "value": schema.SCHEMA_VERSION},
                        {"key": "revision", "value": 0},
                    ],
                )
            elif found < schema.SCHEMA_VERSION:
                write_state(connection, "schema_version", schema.SCHEMA_VERSION)
            if read_state(connection, "stamp") is None:
                connection.execute(insert(schema.state), {"key": "stamp", "value": 0})
            now = present_state(connection)
            of_now = schema.revisions.c.revision == now.revision
            if not connection.execute(select(schema.revisions).where(of_now)).first():
                keep_revision(connection, None)
