"""The events of one state of the store as columns in memory: what filters and counts read.

A database counts a million rows a group at a time; a column of a million bytes is counted in a
few milliseconds. So each state (revision) of the store is read once, places sorted by their cell
on the map, and every filter is a mask over the events. Text and articles are asked of the
database, whose answer becomes a mask too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, String, cast, func, select

from dashboard.events import Modality, Review
from dashboard.filters import EVERYTHING, OWN, EventFilter, Role
from dashboard.ontology import event_types
from dashboard.store import schema
from gazetteer.places import BoundingBox, Coordinates, GeoPrecision

Mask = NDArray[np.bool_]
Numbers = NDArray[Any]

_AT_ONCE = 50_000
UNDATED: Final = -(2**31)
"""The day of what has no date."""

_SOURCE, _TARGET = 1, 2
_ROLES = {Role.EITHER: _SOURCE | _TARGET, Role.SOURCE: _SOURCE, Role.TARGET: _TARGET}
_REMEMBERED = 64


class Codes(dict[Any, int]):
    """Numbers given to values in the order in which they are first seen."""

    def __missing__(self, value: object) -> int:
        self[value] = number = len(self)
        return number


class EventColumns:
    """Every event of one state of the store; further reports of an event are left out."""

    def __init__(self, connection: Connection, revision: str) -> None:
        self.revision = revision
        self._read_events(connection)
        self._read_places(connection)
        self._read_actors(connection)
        self._masks: dict[tuple[str, Any], Mask] = {}
        self._answers: dict[tuple[Any, ...], Any] = {}
        self._names: dict[str, str | None] = {}
        self._kept: dict[str, Any] = {}
        self._mark_numbers: dict[str, int] | None = None

    def __len__(self) -> int:
        return len(self.keys)

    def _read_events(self, connection: Connection) -> None:
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
        columns = _columns(
            connection,
            query,
            (np.int64, None),
            (np.int16, types.__getitem__),
            (np.int32, _day),
            (np.int32, _day),
            (np.int8, modalities.__getitem__),
            (np.int8, reviews.__getitem__),
            (np.float32, None),
            (np.int32, articles.__getitem__),
        )
        self.keys, self.types, self.earliest, self.latest = columns[:4]
        self.modalities, self.reviews, self.confidence, self.articles = columns[4:]
        self.type_names = tuple(types)
        self.article_ids = tuple(articles)
        self._read_articles(connection)
        # Latest first, undated last, then as stored.
        self.order = np.lexsort((self.keys, -self.latest.astype(np.int64))).astype(np.int32)

    def _read_articles(self, connection: Connection) -> None:
        known = Codes({article_id: number for number, article_id in enumerate(self.article_ids)})
        sources = Codes({"": 0})
        self.article_source = np.zeros(len(known), np.int32)
        self.article_day = np.full(len(known), UNDATED, np.int32)
        rows = connection.execute(
            select(
                schema.articles.c.article_id, schema.articles.c.source, schema.articles.c.published
            )
        )
        for article_id, source, published in rows:
            if (number := known.get(article_id)) is not None:
                self.article_source[number] = sources[source or ""]
                self.article_day[number] = published.toordinal() if published else UNDATED
        self.source_names = tuple(sources)
        self.article_dataset = np.zeros(len(known), np.int16)
        datasets = Codes({OWN: 0})
        for (dataset_id,) in connection.execute(
            select(schema.datasets.c.dataset_id).order_by(schema.datasets.c.dataset_id)
        ):
            if (number := known.get(dataset_id)) is not None:
                self.article_dataset[number] = datasets[dataset_id]
        self.dataset_ids = tuple(datasets)

    def _read_places(self, connection: Connection) -> None:
        """Read the places by cell; a place known in the same way has one number, its mark."""
        places = schema.locations
        query = select(
            places.c.event_key,
            places.c.place_id,
            places.c.precision,
            places.c.lat,
            places.c.lon,
            places.c.cell,
            places.c.position,
        ).order_by(places.c.cell)
        marks = Codes()
        keys, ids, precision, lat, lon, cell, position = _columns(
            connection,
            query,
            (np.int64, None),
            (object, None),
            (np.int8, None),
            (np.float64, None),
            (np.float64, None),
            (np.int64, None),
            (np.int16, None),
        )
        numbers = np.fromiter(
            map(marks.__getitem__, zip(ids.tolist(), precision.tolist(), strict=True)),
            np.int32,
            len(ids),
        )
        event = self._row_of(keys)
        shown = event >= 0
        _, first = np.unique(numbers, return_index=True)
        self.mark_ids = tuple(marks)
        self.mark_row = np.stack((keys[first], position[first].astype(np.int64)), axis=1)
        self.mark_lat, self.mark_lon = lat[first], lon[first]
        self.mark_cell, self.mark_precision = cell[first], precision[first]
        # An event that names one place twice stands there once.
        pairs = np.unique(numbers[shown].astype(np.int64) * max(1, len(self)) + event[shown])
        self.place_mark = (pairs // max(1, len(self))).astype(np.int32)
        self.place_event = (pairs % max(1, len(self))).astype(np.int32)
        self.is_placed = np.zeros(len(self), np.bool_)
        self.is_placed[self.place_event] = True

    def _read_actors(self, connection: Connection) -> None:
        """Read who takes part, each event listed under its actors and all that they belong to."""
        actors = schema.actors
        query = select(actors.c.event_key, actors.c.role, actors.c.actor_id)
        ids = Codes()
        keys, role, number = _columns(
            connection,
            query,
            (np.int64, None),
            (np.int8, {"source": _SOURCE, "target": _TARGET}.__getitem__),
            (np.int32, ids.__getitem__),
        )
        event = self._row_of(keys)
        shown = event >= 0
        event, role, number = event[shown], role[shown], number[shown]
        groups = Codes()
        chains = [[groups[group] for group in _with_groups(actor_id)] for actor_id in ids]
        size = max(1, len(self))
        pairs, roles = [], []
        for depth in range(max(map(len, chains), default=0)):
            at = np.array([chain[depth] if depth < len(chain) else -1 for chain in chains])
            group = at[number] if len(number) else number
            kept = group >= 0
            pairs.append(group[kept].astype(np.int64) * size + event[kept])
            roles.append(role[kept])
        pair = np.concatenate(pairs) if pairs else np.zeros(0, np.int64)
        both = np.concatenate(roles) if roles else np.zeros(0, np.int8)
        found, inverse = np.unique(pair, return_inverse=True)
        self.actor_role = np.zeros(len(found), np.int8)
        for bit in (_SOURCE, _TARGET):
            self.actor_role[inverse[both & bit > 0]] |= bit
        self.actor_event = (found % size).astype(np.int32)
        self.actor_ids = tuple(groups)
        self.actor_start = np.searchsorted(found // size, np.arange(len(groups) + 1))

    def _row_of(self, keys: Numbers) -> Numbers:
        """Return the position of each event's key; -1 for what is not among the events."""
        if not len(self.keys):
            return np.full(len(keys), -1, np.int32)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, at, -1).astype(np.int32)

    def mask(
        self, wanted: EventFilter, ask: Callable[[EventFilter], Numbers], *, without: str = ""
    ) -> Mask:
        """Return which events `wanted` leaves, as `EventFilter.matches` says.

        `ask` gives the keys of the events that a filter leaves, from the database. `without`
        names a part that is not asked: "actors", "types", "dates", "sources", "datasets".
        """
        kept = np.ones(len(self), np.bool_)
        for name, value in _parts(wanted):
            if name != without:
                kept &= self._part(name, value, ask)
        return kept

    def _part(self, name: str, value: Any, ask: Callable[[EventFilter], Numbers]) -> Mask:  # noqa: ANN401  # each part has a value of its own kind
        key = (name, value)
        found = self._masks.get(key)
        if found is None:
            if name in {"text", "articles"}:
                found = np.zeros(len(self), np.bool_)
                rows = self._row_of(ask(replace(EVERYTHING, **{name: value})))
                found[rows[rows >= 0]] = True
            else:
                found = getattr(self, f"_mask_of_{name}")(value)
            while len(self._masks) >= _REMEMBERED:
                self._masks.pop(next(iter(self._masks)), None)
            self._masks[key] = found
        return found

    def _mask_of_actors(self, value: tuple[tuple[str, ...], Role, tuple[str, ...]]) -> Mask:
        names, role, pairs = value
        found = np.ones(len(self), np.bool_)
        if names:
            found = np.zeros(len(self), np.bool_)
            for name in names:
                found |= self._takes_part(name, _ROLES[role])
        for pair in pairs:
            one, other = pair.split("~")
            found &= (self._takes_part(one, _SOURCE) & self._takes_part(other, _TARGET)) | (
                self._takes_part(other, _SOURCE) & self._takes_part(one, _TARGET)
            )
        return found

    def _takes_part(self, name: str, role: int) -> Mask:
        found = np.zeros(len(self), np.bool_)
        if name in self.actor_ids:
            number = self.actor_ids.index(name)
            own = slice(self.actor_start[number], self.actor_start[number + 1])
            found[self.actor_event[own][self.actor_role[own] & role > 0]] = True
        return found

    def _mask_of_types(self, value: tuple[tuple[str, ...], tuple[str, ...]]) -> Mask:
        names, quads = value
        known = event_types()
        wanted = [
            (not names or name in names)
            and (not quads or (name in known and known[name].quad_class in quads))
            for name in self.type_names
        ]
        kept: Mask = np.array([*wanted, False])[self.types]
        return kept

    def _mask_of_dates(self, value: tuple[date | None, date | None]) -> Mask:
        since, until = value
        found: Mask = self.latest != UNDATED
        if since:
            found &= self.latest >= since.toordinal()
        if until:
            found &= self.earliest <= until.toordinal()
        return found

    def _mask_of_modalities(self, value: tuple[Modality, ...]) -> Mask:
        return np.isin(self.modalities, [list(Modality).index(one) for one in value])

    def _mask_of_reviewed(self, value: tuple[Review, ...]) -> Mask:
        return np.isin(self.reviews, [list(Review).index(one) for one in value])

    def _mask_of_confidence(self, value: float) -> Mask:
        enough: Mask = self.confidence >= np.float32(value)
        return enough

    def _mask_of_sources(self, value: tuple[str, ...]) -> Mask:
        wanted: Mask = np.array([name in value for name in self.source_names])
        found: Mask = wanted[self.article_source][self.articles]
        return found

    def _mask_of_datasets(self, value: tuple[str, ...]) -> Mask:
        wanted: Mask = np.array([name in value for name in self.dataset_ids])
        found: Mask = wanted[self.article_dataset][self.articles]
        return found

    def _mask_of_days(self, value: int) -> Mask:
        found: Mask = (self.latest != UNDATED) & (self.latest - self.earliest < value)
        return found

    def _mask_of_precision(self, value: GeoPrecision) -> Mask:
        return self._at_marks(self.mark_precision <= int(value))

    def _mask_of_box(self, value: BoundingBox) -> Mask:
        return self._at_marks(self.within(value))

    def _mask_of_polygon(self, value: tuple[Coordinates, ...]) -> Mask:
        lat, lon = self.mark_lat, self.mark_lon
        inside = np.zeros(len(lat), np.bool_)
        for a, b in zip(value, (*value[1:], value[0]), strict=True):
            if a.lat == b.lat:
                continue
            crosses = (a.lat > lat) != (b.lat > lat)
            inside ^= crosses & (lon < (b.lon - a.lon) * (lat - a.lat) / (b.lat - a.lat) + a.lon)
        return self._at_marks(inside)

    def _mask_of_places(self, value: tuple[str, ...]) -> Mask:
        return self._at_marks(np.array([place_id in value for place_id, _ in self.mark_ids], bool))

    def within(self, box: BoundingBox) -> Mask:
        """Return which marks lie in `box`."""
        return bounds_mask(self.mark_lat, self.mark_lon, box)

    def _at_marks(self, marks: Mask) -> Mask:
        found = np.zeros(len(self), np.bool_)
        found[self.place_event[marks[self.place_mark]]] = True
        return found

    def mark_counts(self, mask: Mask, groups: Numbers, count: int) -> Numbers:
        """Return for each mark how many of its events are of each of `count` groups.

        `groups` gives each event type's group.
        """
        kept = mask[self.place_event]
        slot = self.place_mark[kept] * count + groups[self.types[self.place_event[kept]]]
        size = len(self.mark_ids) * count
        return np.bincount(slot, minlength=size)[:size].reshape(-1, count)

    def actor_counts(self, mask: Mask) -> Iterator[tuple[str, int, int, int]]:
        """Yield each actor and group with its events on either side, as source, as target."""
        if not len(self.actor_event):
            return
        kept = mask[self.actor_event]
        starts = self.actor_start[:-1]
        sums = [
            np.add.reduceat(kept & (self.actor_role & role > 0), starts, dtype=np.int32)
            for role in (_SOURCE | _TARGET, _SOURCE, _TARGET)
        ]
        yield from zip(self.actor_ids, *(one.tolist() for one in sums), strict=True)

    def mark_number(self, key: str) -> int | None:
        """Return the number of the mark "precision place-id", or None."""
        if self._mark_numbers is None:
            self._mark_numbers = {
                f"{precision} {place_id}": number
                for number, (place_id, precision) in enumerate(self.mark_ids)
            }
        return self._mark_numbers.get(key)

    def holds(self, mask: Mask, key: int) -> bool:
        """Say whether the event with this key is in the mask."""
        row = int(self._row_of(np.array([key]))[0])
        return row >= 0 and bool(mask[row])

    def remembered(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:  # noqa: ANN401  # whatever it makes
        """Return what `make` gave for this key, made once of these columns."""
        found = self._answers.get(key)
        if found is None:
            while len(self._answers) >= _REMEMBERED:
                self._answers.pop(next(iter(self._answers)), None)
            found = self._answers[key] = make()
        return found

    def kept(self, name: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401  # whatever it makes
        """Return what `make` gave under this name, made once and kept as long as these columns."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    def named(self, actor_id: str, read: Callable[[], str | None]) -> str | None:
        """Return an actor's name, read once of these columns."""
        if actor_id not in self._names:
            self._names[actor_id] = read()
        return self._names[actor_id]

    def page(self, mask: Mask, *, start: int, count: int) -> list[int]:
        """Return the keys of some of the events, latest first."""
        ordered = self.order[mask[self.order]]
        keys: list[int] = self.keys[ordered[start : start + count]].tolist()
        return keys

    def at(self, marks: Sequence[int]) -> Mask:
        """Return which events stand at one of the marks with these numbers."""
        chosen = np.zeros(len(self.mark_ids), np.bool_)
        chosen[list(marks)] = True
        return self._at_marks(chosen)


def bounds_mask(lat: Numbers, lon: Numbers, box: BoundingBox) -> Mask:
    """Return which positions lie in `box`."""
    east_of, west_of = lon >= box.west, lon <= box.east
    across = east_of & west_of if box.west <= box.east else east_of | west_of
    inside: Mask = (lat >= box.south) & (lat <= box.north) & across
    return inside


def _parts(wanted: EventFilter) -> Iterator[tuple[str, Any]]:
    """Yield what a filter asks, part by part: name and value."""
    if wanted.actors or wanted.pairs:
        yield "actors", (wanted.actors, wanted.role, wanted.pairs)
    if wanted.event_types or wanted.quad_classes:
        yield "types", (wanted.event_types, wanted.quad_classes)
    if wanted.since or wanted.until:
        yield "dates", (wanted.since, wanted.until)
    if len(wanted.shown_modalities) < len(Modality):
        yield "modalities", wanted.shown_modalities
    if len(wanted.shown_reviewed) < len(Review):
        yield "reviewed", wanted.shown_reviewed
    for name, value in (
        ("precision", wanted.max_precision),
        ("confidence", wanted.min_confidence),
        ("sources", wanted.sources),
        ("datasets", wanted.datasets),
        ("days", wanted.max_days),
        ("box", wanted.box),
        ("polygon", wanted.polygon),
        ("places", wanted.places),
        ("text", wanted.text),
        ("articles", wanted.articles),
    ):
        if value:
            yield name, value


def _columns(
    connection: Connection,
    query: Select[Any],
    *kinds: tuple[Any, Callable[[Any], Any] | None],
) -> list[Numbers]:
    """Return the columns of a query's answer, each as numbers of its kind."""
    parts: list[list[Numbers]] = [[] for _ in kinds]
    with connection.execute(query, execution_options={"yield_per": _AT_ONCE}) as result:
        for rows in result.partitions():
            for values, part, (kind, read) in zip(
                zip(*rows, strict=True), parts, kinds, strict=True
            ):
                part.append(_array(values, kind, read))
    return [
        np.concatenate(part) if part else np.zeros(0, kind)
        for part, (kind, _) in zip(parts, kinds, strict=True)
    ]


def _array(values: Sequence[Any], kind: Any, read: Callable[[Any], Any] | None) -> Numbers:  # noqa: ANN401  # a numpy type
    return np.fromiter(map(read, values) if read else values, kind, len(values))


class _Days(dict[str, int]):
    def __missing__(self, text: str) -> int:
        self[text] = day = date.fromisoformat(text).toordinal() if text else UNDATED
        return day


_day = _Days().__getitem__


def _with_groups(actor_id: str) -> Iterable[str]:
    parts = actor_id.split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts) + 1))
