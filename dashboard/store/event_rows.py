"""Events as rows of what a driver takes as it is: JSON and days written out, keys still to come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

import orjson

from dashboard.actors import Actor
from dashboard.events import EventLocation, EventReport
from dashboard.store.database import to_json
from dashboard.store.rows import actor_row, event_row, location_row, own_codes

Values = tuple[Any, ...]
PartValues = tuple[int, Values, Values]
"""The number of the event that it belongs to, what tells it from the event's others, and what it
shares with other events': what is sent to another process is sent once."""
Part = TypeVar("Part")

EVENT_COLUMNS = (
    "article_id", "event_id", "event_type", "mode", "when_iso", "when_expression", "earliest",
    "latest", "unplaced_reason", "quote", "start", "end", "trigger_start", "trigger_end",
    "modality", "attributed_to", "contexts", "sizes", "confidence", "coder", "searchable",
    "reviewed", "dataset_id", "record_id", "own_codes",
)  # fmt: skip
ACTOR_COLUMNS = (
    "role", "position", "actor_id", "name", "kind", "country_code", "aliases", "member_of",
)  # fmt: skip
LOCATION_COLUMNS = (
    "position", "place_id", "lat", "lon", "cell", "precision", "reason", "place", "mention",
)  # fmt: skip

_EVENT_ID, _QUOTE, _OWN_CODES = map(EVENT_COLUMNS.index, ("event_id", "quote", "own_codes"))


MOST_SHARED = 50_000
"""How many actors and places are held at a time, each with its values."""


class EventRows:
    """Events, with their actors and places; another process may have made them."""

    __slots__ = ("actors", "events", "locations", "names")

    def __init__(self) -> None:
        self.events: list[Values] = []
        """Of each event the values of EVENT_COLUMNS."""
        self.actors: list[PartValues] = []
        """Event, role and position, and the other values of ACTOR_COLUMNS."""
        self.locations: list[PartValues] = []
        """Event, position, and the other values of LOCATION_COLUMNS."""
        self.names: dict[str, Any] = {}
        """The names of the events' own codes, in the order of the codes."""

    def add(self, report: EventReport, shared: SharedValues) -> None:
        """Add an event, without what else reports it."""
        row, event = event_row(report), report.event
        if row["own_codes"] is not None:
            row["own_codes"] = self.codes_as_kept(row["own_codes"])
        if row["earliest"]:
            row["earliest"] = row["earliest"].isoformat()
            row["latest"] = row["latest"].isoformat()
        for name in ("attributed_to", "contexts", "sizes"):
            row[name] = to_json(row[name]) if row[name] else "[]"
        self.add_parts(event.source_actors, event.target_actors, event.locations, shared)
        self.events.append(tuple(row.values()))

    def codes_as_kept(self, codes: Mapping[str, str]) -> str:
        """Return own codes as their event's row holds them: values alone, in the names' order."""
        if not codes:
            return "{}"
        values = list(map(codes.get, self.names))
        if len(values) - values.count(None) < len(codes):
            self.names.update(codes)
            values = list(map(codes.get, self.names))
        return to_json(values)

    def add_parts(
        self,
        sources: Iterable[Actor],
        targets: Iterable[Actor],
        places: Iterable[EventLocation],
        shared: SharedValues,
    ) -> None:
        """Add the actors and places of the next event."""
        at = len(self.events)
        for role, group in (("source", sources), ("target", targets)):
            for position, actor in enumerate(group):
                self.actors.append((at, _first(role, position), shared.of(actor, actor_row)))
        for position, where in enumerate(places):
            self.locations.append((at, _first(position), shared.of(where, location_row)))

    def event_ids(self) -> list[str]:
        """Return the ids of the events."""
        return [values[_EVENT_ID] for values in self.events]

    def said(self, at: int) -> tuple[str, dict[str, str]]:
        """Return what the record of an event says: its words and its codes."""
        values = self.events[at]
        codes = orjson.loads(values[_OWN_CODES]) if values[_OWN_CODES] else None
        return values[_QUOTE], own_codes(codes, self.names)


class SharedValues:
    """The values of what events share, actors and places, each made once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, Values]] = {}

    def of(self, part: Part, row_of: Callable[[Part], dict[str, Any]]) -> Values:
        """Return the values of a part's row."""
        known = self._known.get(id(part))
        if known is None:
            if len(self._known) >= MOST_SHARED:
                self._known.clear()
            # The part is kept alive, so that its id means it alone.
            known = self._known[id(part)] = (part, _written(row_of(part)))
        return known[1]


def rows_of(reports: Iterable[EventReport]) -> EventRows:
    """Return events as rows."""
    rows, shared = EventRows(), SharedValues()
    for report in reports:
        rows.add(report, shared)
    return rows


@lru_cache(maxsize=256)
def _first(*values: Any) -> Values:  # noqa: ANN401  # whatever tells a part from the others
    return values


def _written(row: dict[str, Any]) -> Values:
    return tuple(
        to_json(value) if isinstance(value, list | dict) else value for value in row.values()
    )
