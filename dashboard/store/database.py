"""Opening the database: where it is by default, and how SQLite shares it among processes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from dashboard.errors import StoreUnusableError
from gazetteer.paths import data_folder

if TYPE_CHECKING:
    import sqlite3

BUSY_TIMEOUT_SECONDS = 15
"""How long one writer waits for another: longer than any one article takes to store."""

PAGE_BYTES = 8192
"""A page of SQLite holds several events: an import writes fewer of them than of 4,096 bytes."""

WRITING = "dateline_writing"
"""The execution option of a connection that is going to write."""


def default_url() -> URL:
    """Return where the store is kept unless told otherwise."""
    return URL.create("sqlite", database=str(data_folder() / "dateline.sqlite"))


def open_engine(url: str | URL) -> Engine:
    """Return the engine of the database `url`.

    Raises: StoreUnusableError when it is neither SQLite nor PostgreSQL, when there is no driver
    for it, or its folder cannot be made.
    """
    try:
        parsed = _supported(make_url(url))
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            _make_folder_of(parsed.database)
        engine = create_engine(parsed, json_serializer=to_json, json_deserializer=orjson.loads)
    except (SQLAlchemyError, ImportError, OSError) as error:
        shown = url.render_as_string() if isinstance(url, URL) else url.partition("@")[2] or url
        raise StoreUnusableError(shown, first_line(error)) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _supported(url: URL) -> URL:
    """Return the URL of a database that we know, PostgreSQL's with the driver that we test."""
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ArgumentError(f"{url.get_backend_name()} is neither sqlite nor postgresql")
    is_bare = url.drivername == "postgresql"
    return url.set(drivername="postgresql+psycopg") if is_bare else url


def to_json(value: object) -> str:
    """Return a value as the store writes it into a column of JSON."""
    return orjson.dumps(value).decode()


def _make_folder_of(database: str) -> None:
    if database != ":memory:" and not database.startswith("file:"):
        Path(database).parent.mkdir(parents=True, exist_ok=True)


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own BEGIN comes too late for reads to see one state: see _begin_sqlite.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}")
    cursor.execute(f"PRAGMA page_size = {PAGE_BYTES}")  # of a store that is made now
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a lock wanted after reading would fail, not wait.
    writes = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def of_one_state(engine: Engine) -> Engine:
    """Return the engine for what is read in several questions that must find the same state."""
    # A transaction of SQLite always does.
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


def first_line(error: Exception) -> str:
    """Return the first line of what the database said, without SQLAlchemy's additions."""
    cause = getattr(error, "orig", None) or error
    return str(cause).strip().split("\n")[0].rstrip(".") or type(cause).__name__
