"""The shelf of saved snapshots: each page byte for byte as it was made."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, delete, insert, select

from dashboard.errors import NotStoredError
from dashboard.store.database import WRITING
from dashboard.store.schema import snapshots


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSnapshot:
    """What is told of a saved snapshot without opening it."""

    content_hash: str
    title: str
    note: str
    made_on: date
    events: int
    """How many it shows."""
    thumbnail: bytes
    """A small PNG of its map; empty when none could be drawn."""


class SnapshotShelf:
    """Keeps snapshots in the event store's database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, saved: SavedSnapshot, page: str) -> bool:
        """Keep a page under its hash; False when it was there before."""
        row = {
            "content_hash": saved.content_hash,
            "title": saved.title,
            "note": saved.note,
            "made_on": saved.made_on,
            "events": saved.events,
            "thumbnail": saved.thumbnail,
            "page": zlib.compress(page.encode(), 9),
        }
        known = select(snapshots.c.content_hash).where(
            snapshots.c.content_hash == saved.content_hash
        )
        with self._engine.execution_options(**{WRITING: True}).begin() as connection:
            if connection.execute(known).first():
                return False
            connection.execute(insert(snapshots), row)
        return True

    def all(self) -> tuple[SavedSnapshot, ...]:
        """Return every saved snapshot, the latest made first, then by title."""
        columns = [column for column in snapshots.c if column.name != "page"]
        query = select(*columns).order_by(
            snapshots.c.made_on.desc(), snapshots.c.title, snapshots.c.content_hash
        )
        with self._engine.begin() as connection:
            return tuple(SavedSnapshot(**row) for row in connection.execute(query).mappings())

    def page(self, content_hash: str) -> str:
        """Return a page as it was made.

        Raises: NotStoredError when none has the hash.
        """
        query = select(snapshots.c.page).where(snapshots.c.content_hash == content_hash)
        with self._engine.begin() as connection:
            packed: bytes | None = connection.execute(query).scalar()
        if packed is None:
            raise NotStoredError("snapshot", content_hash)
        return zlib.decompress(packed).decode()

    def named(self, start: str) -> SavedSnapshot:
        """Return the one snapshot whose hash begins so.

        Raises: NotStoredError when none or several do.
        """
        found = [saved for saved in self.all() if start and saved.content_hash.startswith(start)]
        if len(found) != 1:
            raise NotStoredError("single snapshot", start)
        return found[0]

    def delete(self, content_hash: str) -> None:
        """Delete a snapshot.

        Raises: NotStoredError when none has the hash.
        """
        statement = delete(snapshots).where(snapshots.c.content_hash == content_hash)
        with self._engine.execution_options(**{WRITING: True}).begin() as connection:
            if not connection.execute(statement).rowcount:
                raise NotStoredError("snapshot", content_hash)
