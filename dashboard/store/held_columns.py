"""The columns of a store's present state, held by the process and kept for its next start."""

from __future__ import annotations

from threading import Lock

from sqlalchemy import Engine

from dashboard.store.column_file import column_file, load_columns, save_columns
from dashboard.store.columns import EventColumns
from dashboard.store.database import of_one_state
from dashboard.store.reading import read_columns
from dashboard.store.refreshing import refreshed
from dashboard.store.revisions import present_state, touched_since

FEWEST_EVENTS = 20_000
"""The columns of a smaller store are read as fast as their file."""

MOST_BEHIND = 500
"""When a start reads more events than these beside the file of columns, it writes the file anew."""


class HeldColumns:
    """Reads columns when they are first asked for, and what changed when they are asked again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held: EventColumns | None = None
        self._lock = Lock()

    def columns(self) -> EventColumns:
        """Return the events of the store's present state."""
        with self._lock:
            self._held = self._present()
            return self._held

    def _present(self) -> EventColumns:
        held = self._held
        with of_one_state(self._engine).begin() as connection:
            now = present_state(connection)
            if held is not None and held.state == now:
                return held
            path = column_file(self._engine.url.render_as_string())
            before, found = (held.state, held.read) if held else load_columns(path)
            touched = touched_since(connection, before)
            if touched is None:
                found = read_columns(connection)
            elif touched:
                found = refreshed(connection, found, touched)
        is_far = touched is None or (held is None and len(touched) > MOST_BEHIND)
        if is_far and len(found["keys"]) >= FEWEST_EVENTS:
            save_columns(path, now, found)
        return EventColumns(found, now)
