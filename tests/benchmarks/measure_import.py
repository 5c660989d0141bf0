"""Measure an import: `python tests/benchmarks/measure_import.py FILE STORE`.

STORE is made anew. Beside it stands what the driver alone takes to write the same rows, read from
the store while the clock stands: into the same tables with the same keys and constraints, their
indexes made at the end as the import makes them, and into bare copies of the tables.
"""

from __future__ import annotations

import resource
import sqlite3
import sys
import time
from pathlib import Path

from dashboard.importers import dataset_for, import_file
from dashboard.store import EventStore

TABLES = ("events", "event_actors", "event_locations")
AT_ONCE = 5_000


def main() -> None:
    file, path = Path(sys.argv[1]), Path(sys.argv[2])
    _remove(path)
    store = EventStore(f"sqlite:///{path}")
    dataset, _ = dataset_for(file)
    wall = time.perf_counter()
    report = import_file(file, dataset, store, apart=True)
    wall = time.perf_counter() - wall
    store.close()
    added = report.count.added
    writer, reader = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(report.message)
    print(
        f"import: {wall:,.0f} s, {added / wall:,.0f} rows a second; of the processor "
        f"{_spent(writer):,.0f} s writing, {_spent(reader):,.0f} s reading"
    )
    print(
        f"peak memory {writer.ru_maxrss / 1024:,.0f} MB writing, "
        f"{reader.ru_maxrss / 1024:,.0f} MB reading; store {path.stat().st_size / 1e6:,.0f} MB"
    )
    for words, is_same in (("same tables, keys and indexes", True), ("bare tables", False)):
        clock = driver_alone(path, path.with_suffix(".bare"), is_same=is_same)
        print(
            f"driver alone, {words}: {clock.wall:,.0f} s, {added / clock.wall:,.0f} rows a second; "
            f"processor {clock.own:,.0f} s; the import takes {wall / clock.wall:.1f} times as long"
        )


class Clock:
    """Adds up the seconds, by the clock and of the processor, of what runs within it."""

    wall = own = 0.0

    def __enter__(self) -> None:
        self._at, self._spent = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter() - self._at
        self.own += time.process_time() - self._spent


def driver_alone(path: Path, copy: Path, *, is_same: bool) -> Clock:
    """Return how long sqlite3 takes to write the rows of a store, so many of each table at once."""
    _remove(copy)
    clock = Clock()
    source, target = sqlite3.connect(path), sqlite3.connect(copy)
    target.execute("PRAGMA page_size = 8192")
    target.execute("PRAGMA journal_mode = WAL")
    target.execute("PRAGMA synchronous = NORMAL")
    known = dict(source.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    readers, inserts = [], []
    if is_same:
        target.execute("PRAGMA foreign_keys = ON")
        target.execute(known["articles"])
        kept = source.execute("SELECT * FROM articles").fetchall()
        target.executemany(f"INSERT INTO articles VALUES ({', '.join('?' * len(kept[0]))})", kept)
    for table in TABLES:
        # One event has two actors and one place at most, as the made-up files have it.
        rows = source.execute(f"SELECT * FROM {table} ORDER BY event_key")
        names = [f'"{column[0]}"' for column in rows.description]
        target.execute(known[table] if is_same else f"CREATE TABLE {table} ({', '.join(names)})")
        readers.append(rows)
        inserts.append(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})")
    while parts := [rows.fetchmany(AT_ONCE * (1 + (at == 1))) for at, rows in enumerate(readers)]:
        if not any(parts):
            break
        with clock:
            for insert, part in zip(inserts, parts, strict=True):
                target.executemany(insert, part)
            target.commit()
    indexes = [
        sql
        for name, sql in known.items()
        if sql.startswith("CREATE INDEX") and any(f" ON {table} (" in sql for table in TABLES)
    ]
    with clock:
        for sql in indexes if is_same else ():
            target.execute(sql)
        target.commit()
        target.execute("PRAGMA wal_checkpoint")
    source.close()
    target.close()
    _remove(copy)
    return clock


def _spent(usage: resource.struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
