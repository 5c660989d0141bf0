"""What is asked of the event store, in SQL, and the few statements that writers share."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    RowMapping,
    Select,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from dashboard.actors import ANY_COUNTRY
from dashboard.articles import ArticleSummary
from dashboard.datasets import OWN
from dashboard.errors import NotStoredError
from dashboard.events import Event, EventReport, Modality, Review
from dashboard.filters import EventFilter, Role
from dashboard.ontology import event_types
from dashboard.store import schema
from dashboard.store.event_rows import (
    ACTOR_COLUMNS,
    EVENT_COLUMNS,
    LOCATION_COLUMNS,
    EventRows,
    SharedValues,
    Values,
    rows_of,
)
from dashboard.store.revisions import read_state, touch
from dashboard.store.rows import (
    Grouped,
    Row,
    read_actor,
    read_event,
    read_location,
    read_summary,
)
from gazetteer.places import BoundingBox, Coordinates

SUMMARY = (
    schema.articles.c.title,
    schema.articles.c.published,
    schema.articles.c.source,
    schema.articles.c.url,
)
SUMMARIES = select(schema.articles.c.article_id, *SUMMARY)
TEXT_ORDER = [
    schema.events.c.article_id,
    schema.events.c.start,
    schema.events.c.trigger_start,
    schema.events.c.event_id,
    schema.events.c.event_key,
]
"""Article after article, each in the order of its text."""

ARE_ARTICLES = schema.articles.c.article_id.not_in(select(schema.datasets.c.dataset_id))
"""The condition that leaves out the rows that stand for data sets."""


def article_row_of(connection: Connection, article_id: str) -> RowMapping:
    """Return the row of an article.

    Raises: NotStoredError when there is none.
    """
    found = connection.execute(
        select(schema.articles).where(schema.articles.c.article_id == article_id)
    )
    return the_row(found.mappings().first(), article_id)


def the_row(row: RowMapping | None, article_id: str) -> RowMapping:
    """Return `row`.

    Raises: NotStoredError when there is none.
    """
    if row is None:
        raise NotStoredError("article", article_id)
    return row


def delete_mentions(connection: Connection, article_id: str) -> None:
    """Delete the mentions and resolutions of an article."""
    for table in (schema.resolutions, schema.mentions):
        connection.execute(delete(table).where(table.c.article_id == article_id))


def insert_all(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows, if any; all have the same columns."""
    if not rows:
        return
    dialect = connection.dialect
    processes = [
        table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in rows[0]
    ]
    values = [
        tuple(
            process(value) if process else value
            for process, value in zip(processes, row.values(), strict=True)
        )
        for row in rows
    ]
    insert_values(connection, table, list(rows[0]), values)


def insert_values(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Values]
) -> None:
    """Insert rows of values that are written as the driver takes them.

    They go to it as they are: of a million rows, SQLAlchemy's own way through a dictionary a row
    takes longer than the database. For a statement of many rows SQLite would keep a journal of
    all pages that it changes.
    """
    preparer = connection.dialect.identifier_preparer
    names = ", ".join(preparer.format_column(table.c[name]) for name in columns)
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    into = f"INSERT INTO {preparer.format_table(table)} ({names})"  # names of ours
    if rows:
        marks = ", ".join([mark] * len(columns))
        connection.exec_driver_sql(f"{into} VALUES ({marks})", list(rows))


def insert_event(connection: Connection, report: EventReport) -> int:
    """Insert an event with its actors and places, and return its key."""
    return insert_events(connection, [report])[0]


def insert_events(connection: Connection, reports: Sequence[EventReport]) -> Sequence[int]:
    """Insert events, however many in few statements, and return their keys."""
    return insert_rows(connection, rows_of(reports), range(len(reports)))


def insert_rows(connection: Connection, rows: EventRows, which: Sequence[int]) -> Sequence[int]:
    """Insert these of the events, each with its actors and places, and return their keys."""
    if not which:
        return ()
    names_key = _keep_names(connection, list(rows.names)) if rows.names else None
    keys = _new_keys(connection, len(which))
    key_of = dict(zip(which, keys, strict=True))
    arrived = (read_state(connection, "revision") or 0) + 1
    values = [(key, arrived, names_key, *rows.events[at]) for at, key in key_of.items()]
    columns = ("event_key", "arrived", "code_names", *EVENT_COLUMNS)
    insert_values(connection, schema.events, columns, values)
    _insert_parts(connection, rows, key_of)
    touch(connection, keys)
    return keys


def arrivals(connection: Connection, *conditions: ColumnElement[bool]) -> dict[str, int | None]:
    """Return when these events came, by their ids."""
    query = select(schema.events.c.event_id, schema.events.c.arrived).where(*conditions)
    return {row.event_id: row.arrived for row in connection.execute(query)}


def keep_arrivals(connection: Connection, known: Mapping[str, int | None]) -> None:
    """Let events that were written anew have come when they did before."""
    rows = [{"its_id": event_id, "came": arrived} for event_id, arrived in known.items()]
    if rows:
        its_own = schema.events.c.event_id == bindparam("its_id")
        change = update(schema.events).where(its_own).values(arrived=bindparam("came"))
        connection.execute(change, rows)


def _keep_names(connection: Connection, names: list[str]) -> str:
    """Keep the names of own codes once for all events that bear them, and return their key."""
    table = schema.code_names
    key = hashlib.sha256("\n".join(names).encode()).hexdigest()[:8]
    if not connection.execute(select(table.c.key).where(table.c.key == key)).first():
        connection.execute(insert(table), {"key": key, "names": names})
    return key


def insert_parts(connection: Connection, key: int, event: Event) -> None:
    """Insert the actors and places of an event that has its key."""
    rows = EventRows()
    rows.add_parts(event.source_actors, event.target_actors, event.locations, SharedValues())
    _insert_parts(connection, rows, {0: key})


def _insert_parts(connection: Connection, rows: EventRows, key_of: dict[int, int]) -> None:
    for table, columns, parts in (
        (schema.actors, ACTOR_COLUMNS, rows.actors),
        (schema.locations, LOCATION_COLUMNS, rows.locations),
    ):
        values = [(key_of[at], *own, *shared) for at, own, shared in parts if at in key_of]
        insert_values(connection, table, ("event_key", *columns), values)


def _new_keys(connection: Connection, count: int) -> Sequence[int]:
    """Return keys for new events; asking for the key of each row after it would cost a turn each.

    A writer of SQLite is alone, so the next numbers are free; PostgreSQL hands them out.
    """
    if connection.dialect.name == "postgresql":
        sequence = func.nextval(func.pg_get_serial_sequence("events", "event_key"))
        return connection.scalars(
            select(sequence).select_from(func.generate_series(1, count))
        ).all()
    last = connection.scalar(select(func.max(schema.events.c.event_key))) or 0
    return range(last + 1, last + 1 + count)


PlacesIn = Callable[[Sequence[str]], Sequence[str]]
"""Gives the ids of the places that lie in the asked ones, of those that events have."""


def conditions_of(wanted: EventFilter, places_in: PlacesIn) -> list[ColumnElement[bool]]:
    """Return `EventFilter.matches` in SQL; a test holds the two to the same answers.

    Events are meant, each once: what is only a further report of one meets no condition.
    """
    return [
        schema.events.c.head_key.is_(None),
        *_of_events(wanted),
        *_of_actors(wanted),
        *_of_reports(wanted),
        *_of_places(wanted, places_in),
    ]


def _of_events(wanted: EventFilter) -> Iterator[ColumnElement[bool]]:
    events = schema.events.c
    if set(wanted.shown_modalities) != set(Modality):
        yield events.modality.in_(wanted.shown_modalities)
    if set(wanted.shown_reviewed) != set(Review):
        yield func.coalesce(events.reviewed, Review.UNREVIEWED).in_(wanted.shown_reviewed)
    if wanted.event_types:
        yield events.event_type.in_(wanted.event_types)
    if wanted.quad_classes:
        known = event_types().values()
        yield events.event_type.in_([k.name for k in known if k.quad_class in wanted.quad_classes])
    if wanted.min_confidence:
        yield events.confidence >= wanted.min_confidence
    if wanted.datasets:
        yield func.coalesce(events.dataset_id, OWN).in_(wanted.datasets)
    if wanted.max_days:
        yield _days_of(events.latest) - _days_of(events.earliest) < wanted.max_days
    if wanted.since:
        yield events.latest >= wanted.since
    if wanted.until:
        yield events.earliest <= wanted.until


class _days_of(FunctionElement[int]):  # noqa: N801  # a function in SQL
    """A date as a number of days, to count from one to another."""

    type = Integer()
    inherit_cache = True


@compiles(_days_of)
def _days_since_an_epoch(element: _days_of, compiler: Any, **more: Any) -> str:  # noqa: ANN401
    return f"({compiler.process(element.clauses, **more)} - DATE '2000-01-01')"


@compiles(_days_of, "sqlite")
def _julian_day(element: _days_of, compiler: Any, **more: Any) -> str:  # noqa: ANN401
    return f"julianday({compiler.process(element.clauses, **more)})"


def _of_actors(wanted: EventFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.actors:
        yield or_(*(_takes_part(actor, wanted.role) for actor in wanted.actors))
    for pair in wanted.pairs:
        one, other = pair.split("~")
        yield or_(
            and_(_takes_part(one, Role.SOURCE), _takes_part(other, Role.TARGET)),
            and_(_takes_part(other, Role.SOURCE), _takes_part(one, Role.TARGET)),
        )


def _of_reports(wanted: EventFilter) -> Iterator[ColumnElement[bool]]:
    for word in wanted.words():
        yield schema.events.c.searchable.contains(word, autoescape=True)
    if wanted.sources:
        yield schema.events.c.article_id.in_(
            select(schema.articles.c.article_id).where(
                func.coalesce(schema.articles.c.source, "").in_(wanted.sources)
            )
        )
    if wanted.articles:
        yield _is_reported_in(wanted.articles)


def _of_places(wanted: EventFilter, places_in: PlacesIn) -> Iterator[ColumnElement[bool]]:
    if wanted.max_precision is not None:
        yield _has_location(schema.locations.c.precision <= int(wanted.max_precision))
    if wanted.box:
        yield _has_location(_inside(wanted.box))
    if wanted.polygon:
        yield _has_location(_within(wanted.polygon))
    if wanted.places:
        ids = json.dumps(sorted(places_in(wanted.places)))
        yield _has_location(schema.locations.c.place_id.op("IN")(_each_of(ids)))


class _each_of(FunctionElement[str]):  # noqa: N801  # a function in SQL
    """The words of a list in JSON, however many: a statement may have only so many parameters."""

    inherit_cache = True


@compiles(_each_of)
def _elements(element: _each_of, compiler: Any, **more: Any) -> str:  # noqa: ANN401
    words = compiler.process(element.clauses, **more)
    return f"(SELECT json_array_elements_text(CAST({words} AS JSON)))"


@compiles(_each_of, "sqlite")
def _rows_of_json(element: _each_of, compiler: Any, **more: Any) -> str:  # noqa: ANN401
    words = compiler.process(element.clauses, **more)
    return f"(SELECT value FROM json_each({words}))"  # noqa: S608  # a bound parameter


def _is_reported_in(articles: Iterable[str]) -> ColumnElement[bool]:
    """Say whether an event has a report in one of the articles, its own or a further one."""
    further = schema.events.alias()
    return or_(
        schema.events.c.article_id.in_(articles),
        schema.events.c.event_key.in_(
            select(further.c.head_key).where(
                further.c.article_id.in_(articles), further.c.head_key.is_not(None)
            )
        ),
    )


def _takes_part(actor: str, role: Role) -> ColumnElement[bool]:
    """Say whether the actor, or one that belongs to it, stands on that side of an event."""
    ids = schema.actors.c.actor_id
    if actor.startswith(ANY_COUNTRY):
        sector = f"___.{actor.removeprefix(ANY_COUNTRY)}"
        named = or_(ids.like(sector), ids.like(f"{sector}.%"))
    else:
        named = or_(ids == actor, ids.startswith(f"{actor}.", autoescape=True))
    if role is not Role.EITHER:
        named = and_(named, schema.actors.c.role == role.value)
    return schema.events.c.event_key.in_(select(schema.actors.c.event_key).where(named))


def _within(polygon: Sequence[Coordinates]) -> ColumnElement[bool]:
    """Return `filters.is_inside` in SQL: an odd number of edges lies to the east."""
    lat, lon = schema.locations.c.lat, schema.locations.c.lon
    crossings: ColumnElement[int] = literal(0)
    for a, b in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if a.lat == b.lat:
            continue
        edge = (b.lon - a.lon) * (lat - a.lat) / (b.lat - a.lat) + a.lon
        spans = lat.between(min(a.lat, b.lat), max(a.lat, b.lat)) & (lat != max(a.lat, b.lat))
        crossings = crossings + case((and_(spans, lon < edge), 1), else_=0)
    return crossings % 2 == 1


def _has_location(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return schema.events.c.event_key.in_(select(schema.locations.c.event_key).where(condition))


def _inside(box: BoundingBox) -> ColumnElement[bool]:
    lat, lon = schema.locations.c.lat, schema.locations.c.lon
    joined = and_ if box.west <= box.east else or_
    return and_(lat.between(box.south, box.north), joined(lon >= box.west, lon <= box.east))


def select_reports(
    connection: Connection,
    conditions: list[ColumnElement[bool]],
    *,
    order: list[Any],
) -> tuple[EventReport, ...]:
    """Return the rows that meet every condition, each with its article and further reports."""
    return tuple(select_keyed_reports(connection, conditions, order=order).values())


def select_keyed_reports(
    connection: Connection,
    conditions: list[ColumnElement[bool]],
    *,
    order: list[Any],
) -> dict[int, EventReport]:
    """Return what `select_reports` does, by the events' keys."""
    found = tellings(connection, conditions, order=order)
    keys = select(schema.events.c.event_key).where(*conditions)
    further: defaultdict[int, list[EventReport]] = defaultdict(list)
    told = tellings(connection, [schema.events.c.head_key.in_(keys)])
    for row, report in told:
        further[row["head_key"]].append(report)
    return {
        row["event_key"]: replace(report, further=tuple(further[row["event_key"]]))
        if row["event_key"] in further
        else report
        for row, report in found
    }


def tellings(
    connection: Connection,
    conditions: list[ColumnElement[bool]],
    *,
    order: list[Any] = TEXT_ORDER,
) -> list[tuple[RowMapping, EventReport]]:
    """Return rows of events with what each tells."""
    rows = (
        connection.execute(
            select(schema.events, schema.code_names.c.names, *SUMMARY)
            .join(schema.articles, schema.articles.c.article_id == schema.events.c.article_id)
            .outerjoin(schema.code_names, schema.code_names.c.key == schema.events.c.code_names)
            .where(*conditions)
            .order_by(*order)
        )
        .mappings()
        .all()
    )
    articles: dict[str, ArticleSummary] = {}
    for row in rows:
        if row["article_id"] not in articles:
            articles[row["article_id"]] = read_summary(row)
    keys = select(schema.events.c.event_key).where(*conditions)
    actors = _grouped(
        connection,
        select(schema.actors)
        .where(schema.actors.c.event_key.in_(keys))
        .order_by(schema.actors.c.position),
        read_actor,
        "role",
    )
    locations = _grouped(
        connection,
        select(schema.locations)
        .where(schema.locations.c.event_key.in_(keys))
        .order_by(schema.locations.c.position),
        read_location,
    )
    return [
        (
            row,
            EventReport(
                event=read_event(row, actors=actors, locations=locations),
                article=articles[row["article_id"]],
                reviewed=Review(row["reviewed"] or Review.UNREVIEWED),
                same_because=row["same_because"],
            ),
        )
        for row in rows
    ]


def _grouped(
    connection: Connection,
    query: Select[Any],
    read: Callable[[RowMapping], Row],
    *also_by: str,
) -> Grouped[Row]:
    groups: defaultdict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        groups[(row["event_key"], *(row[name] for name in also_by))].append(read(row))
    return groups
