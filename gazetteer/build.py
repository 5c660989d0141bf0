"""Build the place store from the shipped data, and open it: in seconds the first time."""

from __future__ import annotations

import hashlib
import sqlite3
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path

from gazetteer import names
from gazetteer.errors import StoreBusyError, StoreNotBuiltError
from gazetteer.filling import Progress, StoreFilling
from gazetteer.packed import CHECKSUMS
from gazetteer.paths import place_store_path
from gazetteer.records import DATA_FOLDER
from gazetteer.schema import (
    INDEX_OF_NAMES,
    INDEXES_OF_PLACES,
    NAME_ORDER,
    SCHEMA,
    SCHEMA_VERSION,
)
from gazetteer.shipped import add_shipped
from gazetteer.sources.curated import CURATED_FOLDER
from gazetteer.store import PlaceStore

SHIPPED = "the data that Dateline ships with"
"""What `PlaceStore.built_from` says of a store that needed nothing else."""

_LOCK_SECONDS = 120.0
_CACHE_KIB = 64 * 1024


def open_place_store(progress: Progress | None = None) -> PlaceStore:
    """Return the place store, built first when it is missing or its data or schema changed.

    Opening takes milliseconds, building some seconds, of which `progress` is told. Two
    processes that start at once build it once.

    Raises: PlaceDataError when a shipped file is damaged.
    """
    path = place_store_path()
    store = _current_store(path)
    if store:
        return store
    with building(path):
        store = _current_store(path)
        if store:
            return store
        _build_shipped(path, progress)
    return PlaceStore(path)


def build_place_store(path: Path, progress: Progress | None = None) -> None:
    """Write the place store to `path`; a file already there is replaced when all is done.

    Raises: PlaceDataError when a shipped file is damaged or a curated row is wrong;
    StoreBusyError when another process is building it for long.
    """
    with building(path):
        _build_shipped(path, progress)


def _build_shipped(path: Path, progress: Progress | None) -> None:
    report = progress or (lambda _what, _share: None)

    def fill(filling: StoreFilling) -> str:
        add_shipped(filling, report)
        return SHIPPED

    build_store_file(path, fill, report)


def build_store_file(
    path: Path,
    fill: Callable[[StoreFilling], str],
    report: Progress,
    *,
    names_come_sorted: bool = True,
) -> None:
    """Write a store that `fill` fills, and swap it in for the file at `path`.

    To be called while `building(path)`. `fill` says what the store was built from. Nothing at
    `path` changes before all is done, nor when it fails. Names that do not come in the order
    of `NAME_ORDER` wait in a file of their own and are sorted on the disk, in little memory.
    """
    unfinished, unsorted = (path.with_name(f"{path.name}.{end}") for end in ("tmp", "unsorted.tmp"))
    files = (unfinished, unsorted)
    for file in files:
        file.unlink(missing_ok=True)  # left by a process that was killed
    try:
        # Places are indexed in a thread; only one thread at a time uses the connection.
        connection = sqlite3.connect(unfinished, isolation_level=None, check_same_thread=False)
        with closing(connection) as database:
            _write(database, fill, report, None if names_come_sorted else unsorted)
        unfinished.replace(path)
    finally:
        for file in files:
            file.unlink(missing_ok=True)
    report("Places are ready", 1.0)


@contextmanager
def building(path: Path) -> Iterator[None]:
    """Hold the right to build the store at `path`, which one process at a time has.

    Raises: StoreBusyError when another keeps it for more than two minutes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock_file = path.with_suffix(".lock")
    # SQLite's own file lock works on every system and is released when a process dies.
    with closing(sqlite3.connect(lock_file, timeout=_LOCK_SECONDS, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as problem:
            raise StoreBusyError(path) from problem
        yield
        lock.execute("ROLLBACK")


@lru_cache(maxsize=1)
def data_version() -> str:
    """Return a hash of the shipped data, the store's schema and the way names are folded.

    The large files are represented by their checksums, which are verified when they are read.
    """
    digest = hashlib.sha256(
        "\n".join(
            (
                f"schema {SCHEMA_VERSION}",
                SCHEMA,
                INDEX_OF_NAMES,
                *INDEXES_OF_PLACES,
            )
        ).encode()
    )
    small = [
        CHECKSUMS,
        DATA_FOLDER / "countries.tsv",
        DATA_FOLDER / "feature_codes.tsv",
        Path(names.__file__),
        *sorted(CURATED_FOLDER.glob("*.tsv")),
    ]
    for path in small:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _current_store(path: Path) -> PlaceStore | None:
    try:
        store = PlaceStore(path)
    except (StoreNotBuiltError, sqlite3.DatabaseError, ValueError):
        return None  # missing, damaged, or of another release
    if store.version == data_version():
        return store
    if store.built_from != SHIPPED:
        warnings.warn(
            f"The places were built from {store.built_from} for another release of Dateline. "
            f"They are built anew from {SHIPPED}; build them from the dump again.",
            stacklevel=3,
        )
    store.close()
    return None


def _write(
    database: sqlite3.Connection,
    fill: Callable[[StoreFilling], str],
    report: Progress,
    unsorted: Path | None,
) -> None:
    database.execute("ATTACH ? AS unsorted", (str(unsorted or ":memory:"),))
    for schema in ("main", "unsorted"):
        for setting in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
            database.execute(f"PRAGMA {schema}.{setting}")
    database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    database.executescript(SCHEMA)
    database.execute("CREATE TABLE unsorted.name (key, renown, place, spelling)")
    database.execute("BEGIN")
    built_from = fill(StoreFilling(database, "unsorted.name" if unsorted else "main.name"))
    database.execute("COMMIT")
    report("Indexing names", 0.9)
    database.execute(
        "INSERT OR REPLACE INTO main.name SELECT key, renown, place, spelling "  # noqa: S608
        f"FROM unsorted.name ORDER BY {NAME_ORDER}, rowid"  # - a constant
    )
    database.execute(INDEX_OF_NAMES)
    about = {"version": data_version(), "built_from": built_from}
    for field in ("place", "name"):
        ((count,),) = database.execute(f"SELECT count(*) FROM main.{field}")  # noqa: S608
        about[f"{field}s"] = str(count)
    database.executemany("INSERT INTO about VALUES (?, ?)", list(about.items()))
