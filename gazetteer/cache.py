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
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.added import outline_geometry, outline_text
from gazetteer.corrections import AddedPlace, ArticleCorrections, Correction, check_signed
from gazetteer.errors import CorrectionError
from gazetteer.names import name_key
from gazetteer.paths import gazetteer_cache_path
from gazetteer.place_json import place_from_json, place_to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gazetteer.places import Geometry, Place

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
CREATE TABLE IF NOT EXISTS added_place (
    added_id INTEGER PRIMARY KEY AUTOINCREMENT,
    place_id TEXT NOT NULL,
    place TEXT NOT NULL,
    aliases TEXT NOT NULL,
    outline TEXT,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    made_at TEXT NOT NULL,
    undone_by TEXT,
    undone_at TEXT
);
CREATE INDEX IF NOT EXISTS correction_by_name ON correction (name_key, article_id);
"""
_LATER_COLUMNS = (
    ("answer", "attribution", "TEXT NOT NULL DEFAULT ''"),
    ("correction", "start", "INTEGER"),
    ("correction", "source", "TEXT"),
)
"""Columns that files of the first release lack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedAnswer:
    """What a provider answered for a name; `place` is None when it found nothing."""

    name: str
    provider: str
    place: Place | None
    answered_at: datetime
    attribution: str = ""
    """Whose data the place is and under which licence, as the provider wants it said."""


class GazetteerCache:
    """Online answers and corrections, kept in the SQLite file `path`.

    The file and its folder are made at the first use.
    """

    def __init__(
        self,
        path: Path | str | None = None,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.path = Path(path) if path else gazetteer_cache_path()
        self._clock = clock
        self._is_ready = False
        self._added: tuple[tuple[int, int], tuple[AddedPlace, ...] | None] = ((0, 0), None)

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
            name=row["name"],
            provider=row["provider"],
            place=place,
            answered_at=answered_at,
            attribution=row["attribution"],
        )

    def remember(
        self, name: str, provider: str, place: Place | None, *, attribution: str = ""
    ) -> None:
        """Keep what `provider` answered for `name`: a place, or None for nothing found.

        `attribution` says whose data it is and under which licence.
        """
        with self._connection() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO answer"
                " (name_key, provider, name, place, answered_at, attribution)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (name_key(name), provider, name, _place_to_json(place), self._now(), attribution),
            )

    def correct(
        self,
        name: str,
        place: Place | None,
        *,
        who: str,
        why: str,
        article_id: str | None = None,
        start: int | None = None,
        source: str | None = None,
    ) -> Correction:
        """Keep that `name` means `place`, and return the record.

        It holds for the mention that starts at `start` in the article `article_id`, or
        without `start` for the whole article, or for every article of the publisher
        `source`, or, when nothing of that is given, always. None for `place` says that the
        name is not to be placed at all.

        Raises: CorrectionError when the name, `who` or `why` is empty, or the scope contradicts
        itself.
        """
        check_signed(who=who, why=why)
        _check(name, article_id=article_id, start=start, source=source)
        correction = Correction(
            correction_id=0,
            name=name,
            place=place,
            who=who,
            why=why,
            made_at=self._clock(),
            article_id=article_id,
            start=start,
            source=source,
        )
        with self._connection() as connection:
            return _insert_correction(connection, correction)

    def correction(
        self,
        name: str,
        article_id: str | None = None,
        *,
        start: int | None = None,
        source: str | None = None,
    ) -> Correction | None:
        """Return the correction that holds for `name`, or None when nobody corrected it.

        The narrowest scope wins: the mention, the article, its publisher, always; of two
        with one scope the later.
        """
        made = (c for c in self.corrections() if name_key(c.name) == name_key(name))
        return ArticleCorrections(made, article_id=article_id, source=source).of(name, start)

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

        Raises: CorrectionError when `who` is empty.
        """
        check_signed(who=who)
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

    def add_place(
        self,
        place: Place,
        *,
        aliases: Sequence[str] = (),
        geometry: Geometry | None = None,
        who: str,
        why: str,
    ) -> AddedPlace:
        """Keep a place that the gazetteer lacks, and return the record.

        `new_place` makes such a place. Look-ups in `PlaceStore.with_added(cache)` and
        `geoparse` find it from now on. A place added again under the same id replaces the
        earlier one.

        Raises: CorrectionError when `who` or `why` is empty.
        """
        check_signed(who=who, why=why)
        added = AddedPlace(
            place=place,
            aliases=tuple(aliases),
            geometry=geometry,
            who=who,
            why=why,
            made_at=self._clock(),
        )
        with self._connection() as connection:
            _insert_place(connection, added)
        return added

    def added_places(self, *, with_undone: bool = False) -> tuple[AddedPlace, ...]:
        """Return the places that were added, in the order of their ids.

        As long as nothing was changed it is the same tuple, read once.
        """
        if with_undone:
            return self._read_places("SELECT * FROM added_place ORDER BY added_id")
        state = self._state()
        known_state, known = self._added
        if state != known_state or known is None:
            known = self._read_places(
                "SELECT * FROM added_place WHERE added_id IN (SELECT max(added_id) FROM added_place"
                " WHERE undone_at IS NULL GROUP BY place_id) ORDER BY place_id"
            )
            self._added = (state, known)
        return known

    def undo_place(self, place_id: str, *, who: str) -> bool:
        """Take an added place back; False when there is none of that id. The record stays.

        What it replaced holds again.

        Raises: CorrectionError when `who` is empty.
        """
        check_signed(who=who)
        with self._connection() as connection:
            cursor = connection.execute(
                "UPDATE added_place SET undone_by = ?, undone_at = ?"
                " WHERE added_id = (SELECT max(added_id) FROM added_place"
                " WHERE place_id = ? AND undone_at IS NULL)",
                (who, self._now(), place_id),
            )
        return cursor.rowcount > 0

    def named(self, which: str) -> Correction | AddedPlace | None:
        """Return what still holds of that number or, an added place, of that id; None: nothing."""
        records: tuple[Correction | AddedPlace, ...] = (*self.corrections(), *self.added_places())
        return next((made for made in records if made.record_id == which), None)

    def undo_named(self, which: str, *, who: str) -> bool:
        """Take back the correction of that number or the added place of that id.

        False when nothing that still holds has it.
        """
        made = self.named(which)
        if isinstance(made, Correction):
            return self.undo(made, who=who).undone_at is not None
        return made is not None and self.undo_place(which, who=who)

    def merge(
        self, corrections: Iterable[Correction], places: Iterable[AddedPlace]
    ) -> tuple[int, int]:
        """Take over records made elsewhere, all or none; return how many were new and known.

        A record that is here already, undone or not, is left as it is: nothing comes back
        that was undone here.
        """
        known_corrections = {_identity(c): c for c in self.corrections(with_undone=True)}
        known_places = {_place_identity(p) for p in self.added_places(with_undone=True)}
        new = known = 0
        with self._connection() as connection:
            for correction in corrections:
                if _identity(correction) in known_corrections:
                    known += 1
                else:
                    known_corrections[_identity(correction)] = correction
                    _insert_correction(connection, correction)
                    new += 1
            for place in places:
                if _place_identity(place) in known_places:
                    known += 1
                else:
                    known_places.add(_place_identity(place))
                    _insert_place(connection, place)
                    new += 1
        return new, known

    def _state(self) -> tuple[int, int]:
        """Return what changes whenever somebody writes to the file."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return (0, 0)
        return found.st_mtime_ns, found.st_size

    def _read_places(self, query: str) -> tuple[AddedPlace, ...]:
        if not self.path.exists():
            return ()
        with self._connection() as connection:
            return tuple(_added_place(row) for row in connection.execute(query))

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
                _add_later_columns(connection)
                self._is_ready = True
            with connection:
                yield connection
        finally:
            connection.close()


def _add_later_columns(connection: sqlite3.Connection) -> None:
    for table, column, kind in _LATER_COLUMNS:
        known = {row["name"] for row in connection.execute(f"PRAGMA table_info({table})")}
        if column in known:
            continue
        try:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
        except sqlite3.OperationalError as problem:
            if "duplicate column" not in str(problem):  # else another process was faster
                raise


def _check(name: str, *, article_id: str | None, start: int | None, source: str | None) -> None:
    if not name_key(name):
        raise CorrectionError(f"{name!r} has no letter or digit to look it up by")
    if start is not None and article_id is None:
        raise CorrectionError("a correction of one mention needs the id of its article")
    if not all(bound is None or bound.strip() for bound in (article_id, source)):
        raise CorrectionError("a correction for one article or one source says which: it is empty")
    if source is not None and article_id is not None:
        raise CorrectionError("a correction is for one article or for one source, not for both")


def _insert_correction(connection: sqlite3.Connection, made: Correction) -> Correction:
    cursor = connection.execute(
        "INSERT INTO correction (name_key, article_id, start, source, name, place, who, why,"
        " made_at, undone_by, undone_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            name_key(made.name),
            made.article_id,
            made.start,
            made.source,
            made.name,
            _place_to_json(made.place),
            made.who,
            made.why,
            made.made_at.isoformat(),
            made.undone_by,
            made.undone_at.isoformat() if made.undone_at else None,
        ),
    )
    return replace(made, correction_id=cursor.lastrowid or 0)


def _insert_place(connection: sqlite3.Connection, added: AddedPlace) -> None:
    connection.execute(
        "INSERT INTO added_place (place_id, place, aliases, outline, who, why, made_at,"
        " undone_by, undone_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            added.place.place_id,
            _place_to_json(added.place),
            json.dumps(added.aliases, ensure_ascii=False),
            outline_text(added.geometry),
            added.who,
            added.why,
            added.made_at.isoformat(),
            added.undone_by,
            added.undone_at.isoformat() if added.undone_at else None,
        ),
    )


def _identity(made: Correction) -> tuple[object, ...]:
    place_id = made.place.place_id if made.place else None
    scope = (made.article_id, made.start, made.source)
    return (name_key(made.name), scope, place_id, made.who, made.made_at)


def _place_identity(added: AddedPlace) -> tuple[object, ...]:
    return (added.place.place_id, added.who, added.made_at)


def _correction(row: sqlite3.Row) -> Correction:
    return Correction(
        correction_id=row["correction_id"],
        name=row["name"],
        place=_place_from_json(row["place"]),
        who=row["who"],
        why=row["why"],
        made_at=_moment(row["made_at"]),
        article_id=row["article_id"],
        start=row["start"],
        source=row["source"],
        undone_by=row["undone_by"],
        undone_at=_moment(row["undone_at"]) if row["undone_at"] else None,
    )


def _added_place(row: sqlite3.Row) -> AddedPlace:
    return AddedPlace(
        place=place_from_json(json.loads(row["place"])),
        aliases=tuple(json.loads(row["aliases"])),
        geometry=outline_geometry(row["outline"]),
        who=row["who"],
        why=row["why"],
        made_at=_moment(row["made_at"]),
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
