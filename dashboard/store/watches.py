"""The watch list: saved searches, each with how many of its events are new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select, update

from dashboard.filters import EventFilter
from dashboard.store import schema
from dashboard.store.database import WRITING
from dashboard.store.intake import plain
from dashboard.store.queries import PlacesIn, conditions_of
from dashboard.store.revisions import present_state


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A saved search, with how many of its events are new since the last visit."""

    name: str
    event_filter: EventFilter
    seen_at: datetime
    new_events: int


class Watches:
    """Keeps searches, and when each was last looked at."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime], places_in: PlacesIn) -> None:
        self._engine, self._clock, self._places_in = engine, clock, places_in

    def add(self, name: str, event_filter: EventFilter) -> None:
        """Keep a search; what is there now counts as seen."""
        row = {
            "name": name,
            "query": event_filter.to_query(),
            "seen_key": self._revision(),
            "seen_at": plain(self._clock()),
        }
        with self._writing() as connection:
            connection.execute(delete(schema.watches).where(schema.watches.c.name == name))
            connection.execute(insert(schema.watches), row)

    def forget(self, name: str) -> None:
        """Forget a search."""
        with self._writing() as connection:
            connection.execute(delete(schema.watches).where(schema.watches.c.name == name))

    def visit(self, name: str) -> None:
        """Count all of a search's events as seen."""
        values = {"seen_key": self._revision(), "seen_at": plain(self._clock())}
        with self._writing() as connection:
            its_own = schema.watches.c.name == name
            connection.execute(update(schema.watches).where(its_own).values(**values))

    def all(self) -> tuple[Watch, ...]:
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

    def _revision(self) -> int:
        with self._engine.begin() as connection:
            return present_state(connection).revision

    def _writing(self) -> Any:  # noqa: ANN401  # a context manager of a connection
        return self._engine.execution_options(**{WRITING: True}).begin()
