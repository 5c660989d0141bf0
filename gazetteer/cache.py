"""The gazetteer cache: what online geocoders answered, and what analysts corrected.

A small SQLite file beside the user's articles. Each call opens and closes its own
connection, so several threads and processes may use the same file.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from gazetteer.names import name_key
from gazetteer.paths import gazetteer_cache_path
from gazetteer.place_json import place_from_json, place_to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from gazetteer.places import Place

NOTHING_FOUND_LASTS = timedelta(days=30)
"""After this long a "nothing found" is asked again: maps grow, spellings are added."""

_BUSY_TIMEOUT_SECONDS = 10
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answer (
    name_key TEXT NOT NULL,
    provider TEXT NOT NULL,
    name TEXT NOT NULL,
    place TEXT,
    answered_at TEXT NOT NULL,
    PRIMARY KEY (name_key, provider)
);
CREATE TABLE IF NOT EXISTS correction (
    correction_id INTEGER PRIMARY KEY AUTOINCREMENT,
    name_key TEXT NOT NULL,
    article_id TEXT,
    name TEXT NOT NULL,
    place TEXT,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    made_at TEXT NOT NULL,
    undone_by TEXT,
    undone_at TEXT
);
CREATE INDEX IF NOT EXISTS correction_by_name ON correction (name_key, article_id);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedAnswer:
    """What a provider answered for a name; `place` is None when it found nothing."""

    name: str
    provider: str
    place: Place | None
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An analyst's word on what a name means; `place` is None for "not a place on our map"."""

    correction_id: int
    name: str
    place: Place | None
    who: str
    why: str
    made_at: datetime
    article_id: str | None = None
    """The one article that it holds for; None: it holds for every article."""
    undone_by: str | None = None
    undone_at: datetime | None = None


class GazetteerCache:
    """Online answers and corrections, kept in the SQLite file `path`.

    The file and its folder are made at the first use.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.path = path or gazetteer_cache_path()
        self._clock = clock
        self._is_ready = False

    def answer(self, name: str, provider: str | None) -> CachedAnswer | None:
        """Return what `provider` answered for `name`, or None when it is to be asked.

        A "nothing found" older than NOTHING_FOUND_LASTS is to be asked again. With None
        for `provider`, any provider's latest answer will do, a place before nothing.
        """
        with self._connection() as connection:
            row = connection.execute(
                "SELECT * FROM answer WHERE name_key = ? AND (provider = ? OR ? IS NULL)"
                " ORDER BY place IS NULL, answered_at DESC LIMIT 1",
                (name_key(name), provider, provider),
            ).fetchone()
        if row is None:
            return None
        place, answered_at = _place_from_json(row["place"]), _moment(row["answered_at"])
        if place is None and self._clock() - answered_at > NOTHING_FOUND_LASTS:
            return None
        return CachedAnswer(
            name=row["name"], provider=row["provider"], place=place, answered_at=answered_at
        )

    def remember(self, name: str, provider: str, place: Place | None) -> None:
        """Keep what `provider` answered for `name`: a place, or None for nothing found."""
        with self._connection() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)",
                (name_key(name), provider, name, _place_to_json(place), self._now()),
            )

    def correct(
        self,
        name: str,
        place: Place | None,
        *,
        who: str,
        why: str,
        article_id: str | None = None,
    ) -> Correction:
        """Keep that `name` means `place`, everywhere or in one article, and return the record.

        None for `place` says that the name is not to be placed at all.
        """
        made_at = self._clock()
        with self._connection() as connection:
            cursor = connection.execute(
                "INSERT INTO correction (name_key, article_id, name, place, who, why, made_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    name_key(name),
                    article_id,
                    name,
                    _place_to_json(place),
                    who,
                    why,
                    made_at.isoformat(),
                ),
            )
        return Correction(
            correction_id=cursor.lastrowid or 0,
            name=name,
            place=place,
            who=who,
            why=why,
            made_at=made_at,
            article_id=article_id,
        )

    def correction(self, name: str, article_id: str | None = None) -> Correction | None:
        """Return the correction that holds for `name`, or None when nobody corrected it.

        One made for the article beats one made for all; the latest beats the earlier.
        """
        with self._connection() as connection:
            row = connection.execute(
                "SELECT * FROM correction WHERE name_key = ? AND undone_at IS NULL"
                " AND (article_id IS NULL OR article_id = ?)"
                " ORDER BY article_id IS NULL, correction_id DESC LIMIT 1",
                (name_key(name), article_id),
            ).fetchone()
        return _correction(row) if row else None

    def corrections(self, *, with_undone: bool = False) -> tuple[Correction, ...]:
        """Return every correction in the order they were made, undone ones only when asked."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT * FROM correction WHERE undone_at IS NULL OR ? ORDER BY correction_id",
                (with_undone,),
            ).fetchall()
        return tuple(_correction(row) for row in rows)

    def undo(self, correction: Correction, *, who: str) -> Correction:
        """Take `correction` back and return its record; what it replaced holds again.

        The record stays, with who undid it and when. Undoing twice changes nothing.
        """
        undone_at = self._clock()
        with self._connection() as connection:
            cursor = connection.execute(
                "UPDATE correction SET undone_by = ?, undone_at = ?"
                " WHERE correction_id = ? AND undone_at IS NULL",
                (who, undone_at.isoformat(), correction.correction_id),
            )
        if cursor.rowcount == 0:
            return correction
        return replace(correction, undone_by=who, undone_at=undone_at)

    def _now(self) -> str:
        return self._clock().isoformat()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=_BUSY_TIMEOUT_SECONDS)
        connection.row_factory = sqlite3.Row
        try:
            if not self._is_ready:
                connection.executescript(_SCHEMA)
                self._is_ready = True
            with connection:
                yield connection
        finally:
            connection.close()


def _correction(row: sqlite3.Row) -> Correction:
    return Correction(
        correction_id=row["correction_id"],
        name=row["name"],
        place=_place_from_json(row["place"]),
        who=row["who"],
        why=row["why"],
        made_at=_moment(row["made_at"]),
        article_id=row["article_id"],
        undone_by=row["undone_by"],
        undone_at=_moment(row["undone_at"]) if row["undone_at"] else None,
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _place_to_json(place: Place | None) -> str | None:
    if place is None:
        return None
    return json.dumps(place_to_json(place), ensure_ascii=False, sort_keys=True)


def _place_from_json(text: str | None) -> Place | None:
    return None if text is None else place_from_json(json.loads(text))
