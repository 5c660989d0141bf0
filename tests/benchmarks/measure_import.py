"""Measure an import: `python tests/benchmarks/measure_import.py FILE STORE`.

STORE is made anew. Beside it stands what the driver alone takes to write the same rows into a
bare copy of the same tables (no index, no check), read from the store before the clock starts.
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
    wall, own = bare(path, path.with_suffix(".bare"))
    print(f"driver alone: {wall:,.0f} s, {added / wall:,.0f} rows a second; processor {own:,.0f} s")


def bare(path: Path, copy: Path) -> tuple[float, float]:
    """Return the seconds, by the clock and of the processor, that bare inserts take."""
    _remove(copy)
    wall = own = 0.0
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        target.execute("PRAGMA journal_mode = WAL")
        target.execute("PRAGMA synchronous = NORMAL")
        for table in TABLES:
            rows = source.execute(f"SELECT * FROM {table}")
            names = [f'"{column[0]}"' for column in rows.description]
            target.execute(f"CREATE TABLE {table} ({', '.join(names)})")
            insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})"
            while part := rows.fetchmany(AT_ONCE):
                at, spent = time.perf_counter(), time.process_time()
                target.executemany(insert, part)
                target.commit()
                wall += time.perf_counter() - at
                own += time.process_time() - spent
    _remove(copy)
    return wall, own


def _spent(usage: resource.struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
