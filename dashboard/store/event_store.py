"""The store itself: articles, what their place names mean, and their events.

SQLite in the user's data folder unless told otherwise. Several threads and processes may
use one store at a time. Places are kept whole, so that an event survives new place data.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import Connection, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from dashboard.articles import Article, ArticleSummary
from dashboard.errors import NotStoredError, StoreUnusableError, StoreVersionError
from dashboard.events import Event, EventLocation, EventReport, Review
from dashboard.filters import EVERYTHING, EventFilter
from dashboard.store import schema
from dashboard.store.answered import articles_answered_by
from dashboard.store.article_facts import ArticleFacts, article_facts
from dashboard.store.columns import EventColumns, Mask
from dashboard.store.database import WRITING, default_url, first_line, open_engine
from dashboard.store.datasets import Datasets
from dashboard.store.findings import copies_of, remove_findings, write_copy, write_findings
from dashboard.store.held_columns import HeldColumns
from dashboard.store.intake import Intake, link_article
from dashboard.store.mentions import MentionColumns, read_geoparse
from dashboard.store.opening import open_tables
from dashboard.store.publishers import Publishers
from dashboard.store.queries import (
    ARE_ARTICLES,
    SUMMARIES,
    TEXT_ORDER,
    arrivals,
    article_row_of,
    conditions_of,
    delete_mentions,
    insert_all,
    keep_arrivals,
    select_keyed_reports,
    select_reports,
    the_row,
)
from dashboard.store.removals import Removals
from dashboard.store.reviews import Reviews
from dashboard.store.revisions import count_change, read_state, touch
from dashboard.store.rows import (
    article_row,
    mention_rows,
    read_article,
    read_location,
    read_summary,
    resolution_rows,
    summary_of,
)
from dashboard.store.saved_views import SavedViews
from dashboard.store.snapshots import SnapshotShelf
from dashboard.store.watches import Watches
from gazetteer.toponyms import Geoparse

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from gazetteer.corrections import AddedPlace, Correction

REMEMBERED_ANSWERS = 16
"""How many answers of `reports` are kept: each run of a page asks the same questions again."""

Reports = tuple[EventReport, ...]


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
            with self._writing() as connection:
                open_tables(connection, self._where)
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

        They are those of the other whose sentences stand in it too, edited a little or not, as
        further reports.
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
        with self._reading() as connection:
            return read_geoparse(connection, article_id)

    def answered_by(self, made: Correction | AddedPlace) -> tuple[str, ...]:
        """Return the ids of the articles in which a correction or an added place answered."""
        with self._reading() as connection:
            return articles_answered_by(connection, made)

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

    def facts_of(self, article_ids: Iterable[str]) -> dict[str, ArticleFacts]:
        """Return what is known of those of the articles that are in the store."""
        with self._reading() as connection:
            return article_facts(connection, article_ids)

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
    def datasets(self) -> Datasets:
        """Return the data sets of events that others coded."""
        return Datasets(self._engine, self._clock)

    @property
    def publishers(self) -> Publishers:
        """Return what is known of who publishes, and whose names are withheld."""
        return Publishers(self._engine)

    @property
    def views(self) -> SavedViews:
        """Return the views that users gave a name."""
        return SavedViews(self._engine)

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
