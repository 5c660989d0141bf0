"""The event store: articles, what their place names mean, and their events, in a database.

SQLite in the user's data folder unless told otherwise. Several threads and processes may
use one store at a time. Places are kept whole, so that an event survives new place data.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Date,
    Engine,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    RowMapping,
    Select,
    String,
    Table,
    Text,
    and_,
    create_engine,
    delete,
    event,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from dashboard.actors import Actor
from dashboard.articles import Article, ArticleSummary
from dashboard.dates import PartialDate
from dashboard.errors import NotStoredError, StoreUnusableError, StoreVersionError
from dashboard.events import Event, EventLocation, EventReport, Modality
from dashboard.filters import EventFilter, searchable_text
from gazetteer.paths import data_folder
from gazetteer.place_json import place_from_json, place_to_json
from gazetteer.places import BoundingBox, GeoPrecision
from gazetteer.toponyms import Candidate, Geoparse, Mention, MentionKind, Reason, Resolution

if TYPE_CHECKING:
    import sqlite3
    from contextlib import AbstractContextManager

SCHEMA_VERSION = 1
"""Raised with each change of the tables; `_open` must then bring older stores up to it."""

BUSY_TIMEOUT_SECONDS = 15
"""How long one writer waits for another: longer than any one article takes to store."""

REMEMBERED_ANSWERS = 16
"""How many answers of `reports` are kept: each run of a page asks the same questions again."""

_WRITING = "dateline_writing"

_metadata = MetaData()

_state = Table(
    "store_state",
    _metadata,
    Column("key", String, primary_key=True),
    Column("value", Integer, nullable=False),
)
_articles = Table(
    "articles",
    _metadata,
    Column("article_id", String, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("published", Date),
    Column("source", Text),
    Column("url", Text),
    Column("language", String, nullable=False),
    Column("problems", JSON, nullable=False),
    Column("added_on", Date, nullable=False, index=True),
)
_mentions = Table(
    "mentions",
    _metadata,
    Column("article_id", ForeignKey("articles.article_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("surface", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("place_id", String),
)
_resolutions = Table(
    "resolutions",
    _metadata,
    Column("article_id", ForeignKey("articles.article_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("method", String),
    Column("place_id", String, index=True),
    Column("candidates", JSON, nullable=False),
)
_events = Table(
    "events",
    _metadata,
    Column("event_key", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.article_id"), nullable=False, index=True),
    Column("event_id", String, nullable=False, index=True),
    Column("event_type", String, nullable=False, index=True),
    Column("mode", String),
    Column("when_iso", String),
    Column("when_expression", Text),
    Column("earliest", Date, index=True),
    Column("latest", Date, index=True),
    Column("unplaced_reason", Text),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("modality", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("coder", String, nullable=False),
    Column("searchable", Text, nullable=False),
)
_actors = Table(
    "event_actors",
    _metadata,
    Column("event_key", ForeignKey("events.event_key"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("actor_id", String, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("country_code", String),
    Column("aliases", JSON, nullable=False),
    Column("member_of", JSON, nullable=False),
)
_locations = Table(
    "event_locations",
    _metadata,
    Column("event_key", ForeignKey("events.event_key"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("place_id", String, nullable=False, index=True),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("precision", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("place", JSON, nullable=False),
    Column("mention", JSON, nullable=False),
)

_Row = TypeVar("_Row")
_Reports = tuple[EventReport, ...]


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
        self._answers: dict[tuple[int | None, EventFilter], _Reports] = {}
        self._lock = Lock()
        self._engine = _engine(url or os.environ.get("DATELINE_DATABASE") or _default_url())
        try:
            self._open()
        except SQLAlchemyError as error:
            self._engine.dispose()
            raise StoreUnusableError(self._where, _first_line(error)) from error
        except StoreVersionError:
            self._engine.dispose()
            raise

    def add(self, article: Article, geoparse: Geoparse, events: Iterable[Event]) -> bool:
        """Keep an article with all that was found in it; False when it was there before.

        All or nothing: a failure leaves the store as it was.
        """
        summary = _summary_of(article)
        with self._writing() as connection:
            try:
                with connection.begin_nested():
                    connection.execute(
                        insert(_articles), _article_row(article, geoparse, self._clock().date())
                    )
            except IntegrityError:
                return False
            _insert_all(connection, _mentions, _mention_rows(article, geoparse))
            _insert_all(connection, _resolutions, _resolution_rows(article, geoparse))
            for found in events:
                _insert_event(connection, EventReport(event=found, article=summary))
            _count_change(connection)
        return True

    def replace_findings(
        self, article: Article, geoparse: Geoparse, events: Iterable[Event]
    ) -> None:
        """Keep what was found anew in an article instead of what was found before.

        All or nothing: a failure leaves the store as it was.

        Raises: NotStoredError when the article is not in the store.
        """
        summary = _summary_of(article)
        with self._writing() as connection:
            _article_row_of(connection, article.article_id)
            _delete_findings(connection, article.article_id)
            connection.execute(
                update(_articles)
                .where(_articles.c.article_id == article.article_id)
                .values(problems=list(geoparse.problems))
            )
            _insert_all(connection, _mentions, _mention_rows(article, geoparse))
            _insert_all(connection, _resolutions, _resolution_rows(article, geoparse))
            for found in events:
                _insert_event(connection, EventReport(event=found, article=summary))
            _count_change(connection)

    def remove(self, article_id: str) -> None:
        """Delete an article with all that came from it.

        Raises: NotStoredError when there is none.
        """
        with self._writing() as connection:
            _delete_findings(connection, article_id)
            gone = connection.execute(delete(_articles).where(_articles.c.article_id == article_id))
            if not gone.rowcount:
                raise NotStoredError("article", article_id)
            _count_change(connection)

    def has(self, article_id: str) -> bool:
        """Say whether the article is in the store."""
        query = select(_articles.c.article_id).where(_articles.c.article_id == article_id)
        with self._reading() as connection:
            return connection.execute(query).first() is not None

    def articles(self) -> tuple[ArticleSummary, ...]:
        """Return every article without its text, latest published first, undated last."""
        query = _SUMMARIES.order_by(
            _articles.c.published.is_(None),
            _articles.c.published.desc(),
            _articles.c.title,
            _articles.c.article_id,
        )
        with self._reading() as connection:
            return tuple(_summary(row) for row in connection.execute(query).mappings())

    def summary(self, article_id: str) -> ArticleSummary:
        """Return an article without its text.

        Raises: NotStoredError when there is none.
        """
        with self._reading() as connection:
            row = connection.execute(_SUMMARIES.where(_articles.c.article_id == article_id))
            return _summary(_the_row(row.mappings().first(), article_id))

    def article(self, article_id: str) -> Article:
        """Return an article.

        Raises: NotStoredError when there is none.
        """
        with self._reading() as connection:
            row = _article_row_of(connection, article_id)
        return Article(
            article_id=row["article_id"],
            title=row["title"],
            text=row["text"],
            published=row["published"],
            source=row["source"],
            url=row["url"],
            language=row["language"],
        )

    def geoparse_of(self, article_id: str) -> Geoparse:
        """Return the article's mentions with their candidates, reasons and resolutions.

        Raises: NotStoredError when there is no such article.
        """
        query = (
            select(_mentions, _resolutions.c.method, _resolutions.c.candidates)
            .join(
                _resolutions,
                and_(
                    _mentions.c.article_id == _resolutions.c.article_id,
                    _mentions.c.position == _resolutions.c.position,
                ),
            )
            .where(_mentions.c.article_id == article_id)
            .order_by(_mentions.c.position)
        )
        with self._reading() as connection:
            article = _article_row_of(connection, article_id)
            rows = connection.execute(query).mappings().all()
        return Geoparse(
            text=article["text"],
            resolutions=tuple(_resolution(row) for row in rows),
            problems=tuple(article["problems"]),
        )

    def events_of(self, article_id: str) -> tuple[Event, ...]:
        """Return the article's events in the order in which they were stored.

        Raises: NotStoredError when there is no such article.
        """
        return tuple(report.event for report in self.reports_of(article_id))

    def reports_of(self, article_id: str) -> tuple[EventReport, ...]:
        """Return the article's events, each with the article, in the order of storing.

        Raises: NotStoredError when there is no such article.
        """
        with self._reading() as connection:
            _article_row_of(connection, article_id)
            return _reports(
                connection, [_events.c.article_id == article_id], order=[_events.c.event_key]
            )

    def reports(self, event_filter: EventFilter | None = None) -> tuple[EventReport, ...]:
        """Return the events that the filter leaves, each with the article that reports it.

        Earliest first, those without a date last; then in the order of the text.
        """
        order = [
            _events.c.earliest.is_(None),
            _events.c.earliest,
            _events.c.latest,
            _events.c.article_id,
            _events.c.start,
            _events.c.trigger_start,
            _events.c.event_id,
            _events.c.event_key,
        ]
        wanted = event_filter or EventFilter()
        with self._reading() as connection:
            key = (_read_state(connection, "revision"), wanted)
            found = self._answers.get(key)
            if found is None:
                found = _reports(connection, _conditions(wanted), order=order)
                self._remember(key, found)
        return found

    def revision(self) -> str:
        """Return a word that changes with each change of the store, by whatever process."""
        with self._reading() as connection:
            return str(_read_state(connection, "revision"))

    def is_new(self) -> bool:
        """Say whether nothing was ever added."""
        return self.revision() == "0"

    def as_of(self) -> date | None:
        """Return the day (UTC) of the last addition that is still there; None when empty."""
        with self._reading() as connection:
            day: date | None = connection.execute(select(func.max(_articles.c.added_on))).scalar()
        return day

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    @property
    def _where(self) -> str:
        return self._engine.url.render_as_string(hide_password=True)

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._engine.begin()

    def _writing(self) -> AbstractContextManager[Connection]:
        return self._engine.execution_options(**{_WRITING: True}).begin()

    def _remember(self, key: tuple[int | None, EventFilter], found: _Reports) -> None:
        with self._lock:
            while len(self._answers) >= REMEMBERED_ANSWERS:
                self._answers.pop(next(iter(self._answers)))
            self._answers[key] = found

    def _open(self) -> None:
        with self._writing() as connection:
            _state.create(connection, checkfirst=True)
            found = _read_state(connection, "schema_version")
            if found is None:
                _metadata.create_all(connection)
                connection.execute(
                    insert(_state),
                    [
                        {"key": "schema_version", "value": SCHEMA_VERSION},
                        {"key": "revision", "value": 0},
                    ],
                )
            elif found > SCHEMA_VERSION:
                raise StoreVersionError(self._where, found, SCHEMA_VERSION)


_SUMMARY = (_articles.c.title, _articles.c.published, _articles.c.source, _articles.c.url)
_SUMMARIES = select(_articles.c.article_id, *_SUMMARY)


def _default_url() -> URL:
    return URL.create("sqlite", database=str(data_folder() / "dateline.sqlite"))


def _engine(url: str | URL) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            _make_folder_of(parsed.database)
        engine = create_engine(parsed)
    except (SQLAlchemyError, ImportError, OSError) as error:
        shown = url.render_as_string() if isinstance(url, URL) else url.partition("@")[2] or url
        raise StoreUnusableError(shown, _first_line(error)) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder_of(database: str) -> None:
    if database != ":memory:" and not database.startswith("file:"):
        Path(database).parent.mkdir(parents=True, exist_ok=True)


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own BEGIN comes too late for reads to see one state: see _begin_sqlite.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a lock wanted after reading would fail, not wait.
    writes = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _first_line(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return str(cause).strip().split("\n")[0].rstrip(".") or type(cause).__name__


def _read_state(connection: Connection, key: str) -> int | None:
    value: int | None = connection.execute(
        select(_state.c.value).where(_state.c.key == key)
    ).scalar()
    return value


def _count_change(connection: Connection) -> None:
    connection.execute(
        update(_state).where(_state.c.key == "revision").values(value=_state.c.value + 1)
    )


def _delete_findings(connection: Connection, article_id: str) -> None:
    """Delete the mentions, resolutions and events of an article, not the article."""
    keys = select(_events.c.event_key).where(_events.c.article_id == article_id)
    for part in (_locations, _actors):
        connection.execute(delete(part).where(part.c.event_key.in_(keys)))
    for table in (_events, _resolutions, _mentions):
        connection.execute(delete(table).where(table.c.article_id == article_id))


def _insert_all(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _summary_of(article: Article) -> ArticleSummary:
    return ArticleSummary(
        article_id=article.article_id,
        title=article.title,
        published=article.published,
        source=article.source,
        url=article.url,
    )


def _article_row(article: Article, geoparse: Geoparse, added_on: date) -> dict[str, Any]:
    return {
        "article_id": article.article_id,
        "title": article.title,
        "text": article.text,
        "published": article.published,
        "source": article.source,
        "url": article.url,
        "language": article.language,
        "problems": list(geoparse.problems),
        "added_on": added_on,
    }


def _mention_rows(article: Article, geoparse: Geoparse) -> list[dict[str, Any]]:
    return [
        {
            "article_id": article.article_id,
            "position": position,
            **_mention_to_json(resolution.mention),
        }
        for position, resolution in enumerate(geoparse.resolutions)
    ]


def _resolution_rows(article: Article, geoparse: Geoparse) -> list[dict[str, Any]]:
    return [
        {
            "article_id": article.article_id,
            "position": position,
            "method": resolution.method,
            "place_id": resolution.place.place_id if resolution.place else None,
            "candidates": [_candidate_to_json(candidate) for candidate in resolution.candidates],
        }
        for position, resolution in enumerate(geoparse.resolutions)
    ]


def _insert_event(connection: Connection, report: EventReport) -> None:
    found = report.event
    key = connection.execute(
        insert(_events).returning(_events.c.event_key), _event_row(report)
    ).scalar_one()
    actors = [
        {"event_key": key, "role": role, "position": position, **_actor_row(actor)}
        for role, group in (("source", found.source_actors), ("target", found.target_actors))
        for position, actor in enumerate(group)
    ]
    locations = [
        {"event_key": key, "position": position, **_location_row(location)}
        for position, location in enumerate(found.locations)
    ]
    _insert_all(connection, _actors, actors)
    _insert_all(connection, _locations, locations)


def _event_row(report: EventReport) -> dict[str, Any]:
    found = report.event
    return {
        "article_id": found.article_id,
        "event_id": found.event_id,
        "event_type": found.event_type,
        "mode": found.mode,
        "when_iso": found.when.iso if found.when else None,
        "when_expression": found.when.expression if found.when else None,
        "earliest": found.when.earliest if found.when else None,
        "latest": found.when.latest if found.when else None,
        "unplaced_reason": found.unplaced_reason,
        "quote": found.quote,
        "start": found.start,
        "end": found.end,
        "trigger_start": found.trigger_start,
        "trigger_end": found.trigger_end,
        "modality": found.modality.value,
        "confidence": found.confidence,
        "coder": found.coder,
        "searchable": searchable_text(report),
    }


def _actor_row(actor: Actor) -> dict[str, Any]:
    return {
        "actor_id": actor.actor_id,
        "name": actor.name,
        "kind": actor.kind,
        "country_code": actor.country_code,
        "aliases": list(actor.aliases),
        "member_of": list(actor.member_of),
    }


def _location_row(location: EventLocation) -> dict[str, Any]:
    return {
        "place_id": location.place.place_id,
        "lat": location.place.coordinates.lat,
        "lon": location.place.coordinates.lon,
        "precision": int(location.precision),
        "reason": location.reason,
        "place": place_to_json(location.place),
        "mention": _mention_to_json(location.mention),
    }


def _conditions(wanted: EventFilter) -> list[ColumnElement[bool]]:
    """Return `EventFilter.matches` in SQL; a test holds the two to the same answers."""
    conditions: list[ColumnElement[bool]] = [
        _events.c.searchable.contains(word, autoescape=True) for word in wanted.words()
    ]
    if wanted.actors:
        named = (
            or_(
                _actors.c.actor_id == actor,
                _actors.c.actor_id.startswith(f"{actor}.", autoescape=True),
            )
            for actor in wanted.actors
        )
        conditions.append(_events.c.event_key.in_(select(_actors.c.event_key).where(or_(*named))))
    if wanted.event_types:
        conditions.append(_events.c.event_type.in_(wanted.event_types))
    if wanted.since:
        conditions.append(_events.c.latest >= wanted.since)
    if wanted.until:
        conditions.append(_events.c.earliest <= wanted.until)
    if wanted.articles:
        conditions.append(_events.c.article_id.in_(wanted.articles))
    if wanted.max_precision is not None:
        conditions.append(_has_location(_locations.c.precision <= int(wanted.max_precision)))
    if wanted.box:
        conditions.append(_has_location(_inside(wanted.box)))
    return conditions


def _has_location(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return _events.c.event_key.in_(select(_locations.c.event_key).where(condition))


def _inside(box: BoundingBox) -> ColumnElement[bool]:
    lat, lon = _locations.c.lat, _locations.c.lon
    joined = and_ if box.west <= box.east else or_
    return and_(lat.between(box.south, box.north), joined(lon >= box.west, lon <= box.east))


def _reports(
    connection: Connection,
    conditions: list[ColumnElement[bool]],
    *,
    order: list[Any],
) -> tuple[EventReport, ...]:
    rows = (
        connection.execute(
            select(_events, *_SUMMARY)
            .join(_articles, _articles.c.article_id == _events.c.article_id)
            .where(*conditions)
            .order_by(*order)
        )
        .mappings()
        .all()
    )
    articles: dict[str, ArticleSummary] = {}
    for row in rows:
        if row["article_id"] not in articles:
            articles[row["article_id"]] = _summary(row)
    keys = select(_events.c.event_key).where(*conditions)
    actors = _grouped(
        connection,
        select(_actors).where(_actors.c.event_key.in_(keys)).order_by(_actors.c.position),
        _actor,
        "role",
    )
    locations = _grouped(
        connection,
        select(_locations).where(_locations.c.event_key.in_(keys)).order_by(_locations.c.position),
        _location,
    )
    return tuple(
        EventReport(
            event=_event(row, actors=actors, locations=locations),
            article=articles[row["article_id"]],
        )
        for row in rows
    )


_Grouped = Mapping[tuple[Any, ...], list[_Row]]


def _grouped(
    connection: Connection,
    query: Select[Any],
    read: Callable[[RowMapping], _Row],
    *also_by: str,
) -> _Grouped[_Row]:
    groups: defaultdict[tuple[Any, ...], list[_Row]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        groups[(row["event_key"], *(row[name] for name in also_by))].append(read(row))
    return groups


def _event(
    row: RowMapping, *, actors: _Grouped[Actor], locations: _Grouped[EventLocation]
) -> Event:
    key = row["event_key"]
    return Event(
        event_id=row["event_id"],
        event_type=row["event_type"],
        mode=row["mode"],
        source_actors=tuple(actors.get((key, "source"), ())),
        target_actors=tuple(actors.get((key, "target"), ())),
        when=_when(row),
        locations=tuple(locations.get((key,), ())),
        unplaced_reason=row["unplaced_reason"],
        quote=row["quote"],
        article_id=row["article_id"],
        start=row["start"],
        end=row["end"],
        trigger_start=row["trigger_start"],
        trigger_end=row["trigger_end"],
        modality=Modality(row["modality"]),
        confidence=row["confidence"],
        coder=row["coder"],
    )


def _when(row: RowMapping) -> PartialDate | None:
    if row["when_iso"] is None:
        return None
    return PartialDate(
        iso=row["when_iso"],
        earliest=row["earliest"],
        latest=row["latest"],
        expression=row["when_expression"],
    )


def _actor(row: RowMapping) -> Actor:
    return Actor(
        actor_id=row["actor_id"],
        name=row["name"],
        kind=row["kind"],
        country_code=row["country_code"],
        aliases=tuple(row["aliases"]),
        member_of=tuple(row["member_of"]),
    )


def _location(row: RowMapping) -> EventLocation:
    return EventLocation(
        place=place_from_json(row["place"]),
        precision=GeoPrecision(row["precision"]),
        mention=_mention(row["mention"]),
        reason=row["reason"],
    )


def _resolution(row: RowMapping) -> Resolution:
    return Resolution(
        mention=_mention(dict(row)),
        candidates=tuple(_candidate(values) for values in row["candidates"]),
        method=row["method"],
    )


def _mention_to_json(mention: Mention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "kind": mention.kind.value,
        "place_id": mention.place_id,
    }


def _mention(values: Mapping[str, Any]) -> Mention:
    return Mention(
        start=values["start"],
        end=values["end"],
        surface=values["surface"],
        kind=MentionKind(values["kind"]),
        place_id=values["place_id"],
    )


def _candidate_to_json(candidate: Candidate) -> dict[str, Any]:
    return {
        "place": place_to_json(candidate.place),
        "score": candidate.score,
        "reasons": [[reason.signal, reason.points, reason.text] for reason in candidate.reasons],
    }


def _candidate(values: Mapping[str, Any]) -> Candidate:
    return Candidate(
        place=place_from_json(values["place"]),
        score=values["score"],
        reasons=tuple(
            Reason(signal=signal, points=points, text=text)
            for signal, points, text in values["reasons"]
        ),
    )


def _summary(row: RowMapping) -> ArticleSummary:
    return ArticleSummary(
        article_id=row["article_id"],
        title=row["title"],
        published=row["published"],
        source=row["source"],
        url=row["url"],
    )


def _article_row_of(connection: Connection, article_id: str) -> RowMapping:
    found = connection.execute(select(_articles).where(_articles.c.article_id == article_id))
    return _the_row(found.mappings().first(), article_id)


def _the_row(row: RowMapping | None, article_id: str) -> RowMapping:
    if row is None:
        raise NotStoredError("article", article_id)
    return row
