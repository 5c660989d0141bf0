"""Reads the events of the store's present state into columns: see `dashboard.store.columns`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Select, String, cast, func, select

from dashboard.actors import any_country
from dashboard.datasets import OWN
from dashboard.events import Modality, Review
from dashboard.store import schema
from dashboard.whereabouts import whereabouts_of
from gazetteer.place_json import place_from_json

Numbers = NDArray[Any]
Columns = dict[str, Any]
"""Arrays by name, and tuples of the words that their numbers stand for."""

_AT_ONCE = 20_000
_KEYS_AT_ONCE = 500
_FEW = 10_000
_NEVER = np.iinfo(np.int64).max

UNDATED: Final = -(2**31)
"""The day of what has no date."""

SOURCE, TARGET = 1, 2
"""The two sides of an event, as bits."""

SIDES = (SOURCE, TARGET, SOURCE | TARGET)
"""On which sides of an event an actor may stand."""


class Codes(dict[Any, int]):
    """Numbers given to values in the order in which they are first seen."""

    def __missing__(self, value: object) -> int:
        self[value] = number = len(self)
        return number


def read_columns(connection: Connection, *, only: Collection[int] | None = None) -> Columns:
    """Return every event, or those of the keys `only`, at most some ten thousand.

    Further reports of an event are left out.
    """
    events = _events(connection, only)
    row_of = _finder(events["keys"])
    count = len(events["keys"])
    return {
        **events,
        **_articles(connection, events["article_ids"]),
        **_places(connection, row_of, count, only),
        **_actors(connection, row_of, count, only),
    }


def _among(
    query: Select[Any], key: ColumnElement[int], only: Collection[int] | None
) -> Select[Any]:
    return query if only is None else query.where(key.in_(only))


def _events(connection: Connection, only: Collection[int] | None) -> Columns:
    events = schema.events
    types, articles = Codes(), Codes()
    modalities = {value.value: number for number, value in enumerate(Modality)}
    reviews = {value.value: number for number, value in enumerate(Review)}
    query = (
        select(
            events.c.event_key,
            events.c.event_type,
            func.coalesce(cast(events.c.earliest, String), ""),
            func.coalesce(cast(events.c.latest, String), ""),
            events.c.modality,
            func.coalesce(events.c.reviewed, Review.UNREVIEWED.value),
            events.c.confidence,
            events.c.article_id,
        )
        .where(events.c.head_key.is_(None))
        .order_by(events.c.event_key)
    )
    read = _read(
        connection,
        _among(query, events.c.event_key, only),
        keys=(np.int64, None),
        types=(np.int16, types.__getitem__),
        earliest=(np.int32, _Days().__getitem__),
        latest=(np.int32, _Days().__getitem__),
        modalities=(np.int8, modalities.__getitem__),
        reviews=(np.int8, reviews.__getitem__),
        confidence=(np.float32, None),
        articles=(np.int32, articles.__getitem__),
    )
    return read | {
        "type_names": tuple(types),
        "article_ids": tuple(articles),
        "order": latest_first(read["latest"]),
    }


def latest_first(latest: Numbers) -> Numbers:
    """Return the events' positions by their last day, undated ones last, then as stored."""
    return np.argsort(-latest.astype(np.int64), kind="stable").astype(np.int32)


def _articles(connection: Connection, article_ids: Sequence[str]) -> Columns:
    known = {article_id: number for number, article_id in enumerate(article_ids)}
    sources = Codes({"": 0})
    source_of = np.zeros(len(known), np.int32)
    day_of = np.full(len(known), UNDATED, np.int32)
    table = schema.articles
    query = select(table.c.article_id, table.c.source, table.c.published)
    if len(known) <= _FEW:
        query = query.where(table.c.article_id.in_(known))
    rows = connection.execute(query)
    for article_id, source, published in rows:
        if (number := known.get(article_id)) is not None:
            source_of[number] = sources[source or ""]
            day_of[number] = published.toordinal() if published else UNDATED
    dataset_of = np.zeros(len(known), np.int16)
    datasets = Codes({OWN: 0})
    imported = schema.datasets.c.dataset_id
    for (dataset_id,) in connection.execute(select(imported).order_by(imported)):
        if (number := known.get(dataset_id)) is not None:
            dataset_of[number] = datasets[dataset_id]
    return {
        "article_source": source_of,
        "article_day": day_of,
        "source_names": tuple(sources),
        "article_dataset": dataset_of,
        "dataset_ids": tuple(datasets),
    }


def _places(
    connection: Connection,
    row_of: Callable[[Numbers], Numbers],
    events: int,
    only: Collection[int] | None,
) -> Columns:
    """Read the places by cell; a place known in the same way has one number, its mark."""
    places = schema.locations
    marks = Codes()
    query = select(places.c.event_key, places.c.place_id, places.c.precision)
    pairs = _read(
        connection,
        _among(query, places.c.event_key, only),
        key=(np.int64, None),
        mark=(np.int32, marks.__getitem__),
        joins=2,
    )
    event = row_of(pairs["key"])
    shown = event >= 0
    pairs = {name: values[shown] for name, values in pairs.items()}
    first = np.full(len(marks), _NEVER)
    np.minimum.at(first, pairs["mark"], pairs["key"])
    firsts = zip(marks, first.tolist(), strict=True)
    rows = first_rows(connection, {mark: key for mark, key in firsts if key != _NEVER})
    rows.sort(key=lambda row: (row.cell, row.place_id, row.precision))
    number_of = np.zeros(len(marks), np.int32)
    number_of[[marks[row.place_id, row.precision] for row in rows]] = np.arange(len(rows))
    size = max(1, events)
    both = np.unique(number_of[pairs["mark"]].astype(np.int64) * size + event[shown])
    place_event = (both % size).astype(np.int32)
    is_placed = np.zeros(events, np.bool_)
    is_placed[place_event] = True
    return {
        **marks_of(rows),
        "place_mark": (both // size).astype(np.int32),
        "place_event": place_event,
        "is_placed": is_placed,
    }


def marks_of(rows: Sequence[Any]) -> Columns:
    """Return where marks stand and in what they lie, of rows that `first_rows` gave."""
    found = whereabouts_of([place_from_json(row.place) for row in rows])
    keys = [(row.event_key, row.position) for row in rows]
    return {
        "place_ids": tuple(row.place_id for row in rows),
        "mark_precision": np.array([row.precision for row in rows], np.int8),
        "mark_lat": np.array([row.lat for row in rows], np.float64),
        "mark_lon": np.array([row.lon for row in rows], np.float64),
        "mark_cell": np.array([row.cell for row in rows], np.int64),
        "mark_row": np.array(keys, np.int64).reshape(-1, 2),
        "mark_is_exact": found.is_exact,
        "mark_is_settled": found.is_settled,
        "mark_height": found.height,
        "mark_width": found.width,
        "mark_countries": found.countries,
        "mark_divisions": found.divisions,
    }


def first_rows(connection: Connection, first: Mapping[tuple[str, int], int]) -> list[Any]:
    """Return the row of each place and precision in the event of its key: where it is first."""
    places = schema.locations
    query = select(
        places.c.event_key,
        places.c.position,
        places.c.place_id,
        places.c.precision,
        places.c.lat,
        places.c.lon,
        places.c.cell,
        places.c.place,
    ).order_by(places.c.event_key, places.c.position)
    keys = sorted(set(first.values()))
    found: dict[tuple[str, int], Any] = {}
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        some = keys[start : start + _KEYS_AT_ONCE]
        for row in connection.execute(query.where(places.c.event_key.in_(some))):
            place = (row.place_id, row.precision)
            if first[place] == row.event_key:
                found.setdefault(place, row)  # an event may name one place twice
    return list(found.values())


def _actors(
    connection: Connection,
    row_of: Callable[[Numbers], Numbers],
    events: int,
    only: Collection[int] | None,
) -> Columns:
    """Read who takes part, each event listed under its actors and all that they belong to.

    An actor's events stand in as many runs as there are SIDES, in their order.
    """
    actors = schema.actors
    ids = Codes()
    query = select(actors.c.event_key, actors.c.role, actors.c.actor_id)
    read = _read(
        connection,
        _among(query, actors.c.event_key, only),
        key=(np.int64, None),
        role=(np.int8, {"source": SOURCE, "target": TARGET}.__getitem__),
        actor=(np.int32, ids.__getitem__),
    )
    event = row_of(read["key"])
    shown = event >= 0
    event, role, actor = event[shown], read["role"][shown], read["actor"][shown]
    groups = Codes()
    chains = [[groups[group] for group in with_groups(actor_id)] for actor_id in ids]
    size = max(1, events)
    found = []
    for depth in range(max(map(len, chains), default=0)):
        at = np.array([chain[depth] if depth < len(chain) else -1 for chain in chains])
        group = at[actor] if len(actor) else actor
        kept = group >= 0
        # The pair in the high bits, the side in the lowest two.
        found.append((group[kept].astype(np.int64) * size + event[kept]) << 2 | role[kept])
    sided = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
    pair, side = sided >> 2, sided & 3
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    sides = np.bitwise_or.reduceat(side, first) if len(first) else side
    group, event = np.divmod(pair[first], size)
    slot = group * len(SIDES) + sides - 1
    order = np.lexsort((event, slot))
    return {
        "actor_ids": tuple(groups),
        "actor_event": event[order].astype(np.int32),
        "actor_start": np.searchsorted(slot[order], np.arange(len(groups) * len(SIDES) + 1)),
    }


def with_groups(actor_id: str) -> Iterator[str]:
    """Yield the ids of all that the actor belongs to, itself among them."""
    parts = actor_id.split(".")
    yield from (".".join(parts[:length]) for length in range(1, len(parts) + 1))
    sector = any_country(actor_id)
    if sector:
        yield sector


def rows_of(keys: Numbers, wanted: Numbers) -> Numbers:
    """Return the position of each wanted key among the sorted `keys`; -1 for none."""
    if not len(keys):
        return np.full(len(wanted), -1, np.int32)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, at, -1).astype(np.int32)


def _finder(keys: Numbers) -> Callable[[Numbers], Numbers]:
    return lambda wanted: rows_of(keys, wanted)


def _read(
    connection: Connection,
    query: Select[Any],
    *,
    joins: int = 0,
    **kinds: tuple[Any, Callable[[Any], Any] | None],
) -> Columns:
    """Return the columns of a query's answer, each as numbers of its kind.

    The last one is read from the last `joins` columns together, when that is more than none.
    """
    parts: dict[str, list[Numbers]] = {name: [] for name in kinds}
    with connection.execute(query, execution_options={"yield_per": _AT_ONCE}) as result:
        for rows in result.partitions():
            columns = list(zip(*rows, strict=True))
            if joins:
                columns[-joins:] = [list(zip(*columns[-joins:], strict=True))]  # type: ignore[list-item]
            for (name, (kind, read)), values in zip(kinds.items(), columns, strict=True):
                converted = map(read, values) if read else values
                parts[name].append(np.fromiter(converted, kind, len(values)))
    return {
        name: np.concatenate(part) if part else np.zeros(0, kinds[name][0])
        for name, part in parts.items()
    }


class _Days(dict[str, int]):
    def __missing__(self, text: str) -> int:
        self[text] = day = date.fromisoformat(text).toordinal() if text else UNDATED
        return day
