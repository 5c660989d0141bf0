"""Which rows of the store are reports of the same event, kept true as articles come and go.

The fullest telling stands for the event: it is shown and counted, the others are listed with
it. Each telling joins, of those before it in that order, the one that it is most surely the
same as; so the outcome does not depend on the order in which articles came in.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, update

from dashboard.decisions import pins_of
from dashboard.events import Event, EventReport, Review
from dashboard.filters import searchable_text
from dashboard.merging import (
    LONGEST_WINDOW_DAYS,
    MOST_DAYS_APART,
    Sameness,
    fullness,
    same_event,
    same_sentence,
)
from dashboard.ontology import event_types
from dashboard.store import schema
from dashboard.store.decision_log import pinnings
from dashboard.store.queries import select_reports, tellings
from dashboard.store.revisions import touch
from gazetteer.places import GeoPrecision

MOST_COMPARED = 400
"""Tellings that one is compared with at most, those of the nearest days first."""

_NEAR_DEGREES = 1.0
"""A box around an exact place; wider than what `same_event` calls near, but at the poles."""

Rank = tuple[bool, float, str, str, str]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A telling of an article, with what repeats it there."""

    key: int
    head_key: int | None
    report: EventReport
    pin: str | None
    rank: Rank = field(init=False)

    def __post_init__(self) -> None:
        event, article = self.report.event, self.report.article
        published = article.published.isoformat() if article.published else "9999"
        rank = (self.pin is None, -fullness(event), published, event.article_id, event.event_id)
        object.__setattr__(self, "rank", rank)

    @property
    def event(self) -> Event:
        return self.report.event


def relink(connection: Connection, keys: Iterable[int]) -> None:
    """Say anew of the rows `keys`, and of what hangs on them, which event they report."""
    _Linker(connection).run(keys)


def keys_of(connection: Connection, *conditions: ColumnElement[bool]) -> list[int]:
    """Return the keys of the rows that meet the conditions."""
    return list(connection.execute(select(schema.events.c.event_key).where(*conditions)).scalars())


class _Linker:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._pins: Mapping[str, str] = pins_of(pinnings(connection))
        self._waiting: list[tuple[Rank, int]] = []
        self._touched: set[int] = set()
        self._new: set[int] = set()
        self._versions: dict[str, frozenset[str]] = {}

    def run(self, keys: Iterable[int]) -> None:
        units = self._units(schema.events.c.event_key.in_(list(keys)))
        heads = {unit.event.event_id for unit in units}
        pinned = [event_id for event_id, head in self._pins.items() if head in heads - {event_id}]
        for unit in [*units, *self._units(schema.events.c.event_id.in_(pinned))]:
            self._new.add(unit.key)
            self._touched.add(unit.key)
            self._wait_for(unit)
        last: tuple[Rank, int] | None = None
        while self._waiting:
            entry = heapq.heappop(self._waiting)
            if entry == last:
                continue
            last = entry
            for unit in self._units(schema.events.c.event_key == entry[1]):
                self._place(unit)
        for key in sorted(self._touched):
            self._refresh_search(key)

    def _wait_for(self, unit: _Unit) -> None:
        heapq.heappush(self._waiting, (unit.rank, unit.key))

    def _place(self, unit: _Unit) -> None:
        near = [*self._near(unit), *self._of_page(unit.event)]
        found = self._head_of(unit, near)
        head_key, why = found or (None, None)
        if found or head_key != unit.head_key:
            self._write(unit, head_key, why)
        if (head_key is None) != (unit.head_key is None) or unit.key in self._new:
            self._new.discard(unit.key)
            hanging = self._units(schema.events.c.head_key == unit.key)
            for other in [*near, *hanging]:
                if other.rank > unit.rank:
                    self._wait_for(other)
        if head_key != unit.head_key:
            same_article = schema.events.c.article_id == unit.event.article_id
            for other in self._units(same_article, schema.events.c.repeats_key.is_(None)):
                if other.rank > unit.rank:
                    self._wait_for(other)

    def _head_of(self, unit: _Unit, near: list[_Unit]) -> tuple[int, str] | None:
        """Return the key of the event that the unit is a report of, and why; None: its own."""
        if unit.pin is not None:
            if unit.pin != unit.event.event_id:
                is_pin = schema.events.c.event_id == unit.pin
                for head in self._units(is_pin):
                    return head.head_key or head.key, "a person said so"
            return None
        found = [
            (-same.points, head.rank, head.key, same.words)
            for head in near
            if head.rank < unit.rank
            and head.head_key is None
            and (same := self._sameness(unit.event, head.event))
            and not self._has_one_of(head, unit)
        ]
        if not found:
            return None
        _, _, key, words = min(found)
        return key, words

    def _has_one_of(self, head: _Unit, unit: _Unit) -> bool:
        """Say whether the event has a fuller telling of the unit's own article already."""
        of_both = self._units(
            schema.events.c.head_key == head.key,
            schema.events.c.article_id == unit.event.article_id,
            schema.events.c.repeats_key.is_(None),
        )
        return any(other.rank < unit.rank for other in of_both)

    def _near(self, unit: _Unit) -> list[_Unit]:
        """Return what other articles tell of like days, places and type."""
        event = unit.event
        if event.when is None or event.when.days > LONGEST_WINDOW_DAYS:
            return []
        rows = schema.events.c
        family = event_types()[event.event_type].family
        types = [name for name, value in event_types().items() if value.family == family]
        slack = timedelta(days=MOST_DAYS_APART)
        return self._units(
            rows.earliest.between(
                event.when.earliest - timedelta(days=LONGEST_WINDOW_DAYS),
                event.when.latest + slack,
            ),
            rows.latest >= event.when.earliest - slack,
            rows.article_id != event.article_id,
            # Wrapped, so that the index of the days is used: SQLite would rather look up a type, or
            # a NULL, which nearly every row has.
            func.coalesce(rows.event_type, "").in_(types),
            func.coalesce(rows.repeats_key, 0) == 0,
            func.coalesce(rows.dataset_id, "") == "",
            func.coalesce(rows.reviewed, "") != Review.REJECTED.value,
            *_around(event),
            limit=MOST_COMPARED,
        )

    def _sameness(self, one: Event, other: Event) -> Sameness | None:
        is_of_page = other.article_id in self._versions_of(one.article_id)
        return (is_of_page and same_sentence(one, other)) or same_event(one, other)

    def _of_page(self, event: Event) -> list[_Unit]:
        """Return what other versions of the page tell by the same sentence, dated or not."""
        versions = self._versions_of(event.article_id)
        if not versions:
            return []
        rows = schema.events.c
        return self._units(
            rows.article_id.in_(versions),
            rows.quote == event.quote,
            rows.event_type == event.event_type,
            func.coalesce(rows.reviewed, "") != Review.REJECTED.value,
        )

    def _versions_of(self, article_id: str) -> frozenset[str]:
        """Return the other versions of the page that an article was read from."""
        if article_id not in self._versions:
            articles = schema.articles.c
            found: set[str] = set()
            new = {article_id}
            while new:
                found |= new
                query = select(articles.article_id, articles.version_of).where(
                    or_(articles.article_id.in_(new), articles.version_of.in_(new))
                )
                linked = self._connection.execute(query).all()
                new = {each for row in linked for each in row if each is not None} - found
            self._versions[article_id] = frozenset(found - {article_id})
        return self._versions[article_id]

    def _units(self, *conditions: ColumnElement[bool], limit: int | None = None) -> list[_Unit]:
        if limit is not None:
            nearest = select(schema.events.c.event_key).where(*conditions)
            nearest = nearest.order_by(schema.events.c.earliest.desc()).limit(limit)
            # Their keys are asked for once: what follows asks for them three times.
            keys = self._connection.execute(nearest).scalars().all()
            conditions = (schema.events.c.event_key.in_(keys),)
        return [
            _Unit(
                row["event_key"],
                row["head_key"],
                report,
                self._pins.get(report.event.event_id),
            )
            for row, report in tellings(self._connection, list(conditions))
            if row["repeats_key"] is None
        ]

    def _write(self, unit: _Unit, head_key: int | None, why: str | None) -> None:
        rows = schema.events
        touch(self._connection, [unit.key])
        self._connection.execute(
            update(rows)
            .where(rows.c.event_key == unit.key)
            .values(head_key=head_key, same_because=why)
        )
        self._connection.execute(
            update(rows).where(rows.c.repeats_key == unit.key).values(head_key=head_key or unit.key)
        )
        self._touched |= {key for key in (unit.key, unit.head_key, head_key) if key is not None}

    def _refresh_search(self, key: int) -> None:
        """Let the event be found by the words of each of its reports."""
        for report in select_reports(
            self._connection, [schema.events.c.event_key == key], order=[]
        ):
            self._connection.execute(
                update(schema.events)
                .where(schema.events.c.event_key == key)
                .values(searchable=searchable_text(report))
            )


def _around(event: Event) -> list[Any]:
    """Return the condition that a telling's place may be the event's, or is unknown."""
    exact = [place for place in event.locations if place.precision < GeoPrecision.ADMIN1]
    if not exact or len(exact) < len(event.locations):
        return []
    places = schema.locations.c
    boxes = [
        and_(
            places.lat.between(at.lat - _NEAR_DEGREES, at.lat + _NEAR_DEGREES),
            places.lon.between(at.lon - 3 * _NEAR_DEGREES, at.lon + 3 * _NEAR_DEGREES),
        )
        for at in (place.place.coordinates for place in exact)
    ]
    of_event = places.event_key == schema.events.c.event_key
    is_near = exists().where(of_event, or_(places.precision >= int(GeoPrecision.ADMIN1), *boxes))
    return [or_(is_near, ~exists().where(of_event))]
