"""Taking turns at an online service: one request at a time for every process of a user.

A small SQLite file holds when each service may be asked next. Whoever asks books the next
moment in one transaction and then waits for it, so that two processes never ask at once.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from gazetteer.paths import turns_path

LONGEST_WAIT_SECONDS = 60.0
"""Nobody waits longer than that for a turn: the service counts as unavailable."""

_SANE_SECONDS = 24 * 3600.0
_BUSY_SECONDS = 10.0
_SCHEMA = "CREATE TABLE IF NOT EXISTS turn (service TEXT PRIMARY KEY, next_at REAL NOT NULL)"


class Turns:
    """The turns at every service, kept in the SQLite file `path`."""

    def __init__(
        self,
        path: Path | None = None,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.path = path or turns_path()
        self._clock = clock
        self._sleep = sleep

    def take(self, service: str, *, seconds_between: float) -> float:
        """Wait until it is this process's turn, and return 0.

        Where that would take too long nobody waits, and the seconds are returned for which
        `service` is not to be asked. No other turn comes before `seconds_between` have passed.
        """
        now = self._clock()
        with closing(self._connection()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            turn = max(now, self._next_at(connection, service, now))
            wait = turn - now
            if wait <= LONGEST_WAIT_SECONDS:
                _book(connection, service, turn + seconds_between)
            connection.execute("COMMIT")
        if wait > LONGEST_WAIT_SECONDS:
            return wait
        if wait:
            self._sleep(wait)
        return 0.0

    def hold_off(self, service: str, *, seconds: float) -> None:
        """Let nobody ask `service` for so long: it said that it needs a rest."""
        now = self._clock()
        with closing(self._connection()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            booked = self._next_at(connection, service, now)
            _book(connection, service, max(booked, now + min(seconds, _SANE_SECONDS)))
            connection.execute("COMMIT")

    def _connection(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)
        connection.execute(_SCHEMA)
        return connection

    def _next_at(self, connection: sqlite3.Connection, service: str, now: float) -> float:
        row = connection.execute(
            "SELECT next_at FROM turn WHERE service = ?", (service,)
        ).fetchone()
        next_at = float(row[0]) if row else now
        # A clock that was set back must not lock the service for days.
        return next_at if next_at - now <= _SANE_SECONDS else now


def _book(connection: sqlite3.Connection, service: str, next_at: float) -> None:
    connection.execute("INSERT OR REPLACE INTO turn VALUES (?, ?)", (service, next_at))
