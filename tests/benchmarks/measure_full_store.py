"""Measure a store built from a dump: build time, size, memory, latency.

    python tests/benchmarks/measure_full_store.py FOLDER STORE.sqlite

FOLDER holds what make_geonames_dump.py wrote.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from gazetteer.geonames_dump import build_from_dump
from gazetteer.store import PlaceStore

LOOK_UPS = 20_000


def main(folder: Path, path: Path) -> None:
    """Build, then look up in a process of its own, whose memory is measured alone."""
    start = time.perf_counter()
    report = build_from_dump(path, folder / "allCountries.zip", folder / "alternateNamesV2.zip")
    seconds = time.perf_counter() - start
    print(f"{report.lines:,} lines, {report.places:,} places, {report.names:,} names")
    print(f"{report.bad_lines} bad lines: {'; '.join(report.problems)}")
    print(f"build: {seconds:.0f} s, {path.stat().st_size / 1e6:.0f} MB, peak {_memory()} MB")
    with closing(sqlite3.connect(path)) as database:
        query = (
            "SELECT key, count(*) AS bearers FROM name GROUP BY key ORDER BY bearers DESC LIMIT 1"
        )
        ((key, bearers),) = database.execute(query)
    print(f"the commonest name: {key}, {bearers:,} places")
    subprocess.run([sys.executable, __file__, str(path)], check=True)


def look_up(path: Path) -> None:
    """Print the latency of exact look-ups, warm, and the memory of this process."""
    chance = random.Random(3)
    with PlaceStore(path) as store:
        ids = [20_000_000 + chance.randrange(store.size()[0]) for _ in range(LOOK_UPS)]
        names = [place.name for number in ids if (place := store.by_id(f"gn:{number}"))]
        for name in names:
            store.by_name(name)
        _print_latency("exact look-up, not asked before", store, store.by_name, sorted(set(names)))
        _print_latency("prefix of 1 to 4 letters", store, store.by_prefix, _prefixes(names[:200]))
        _print_latency("suggestions", store, store.suggest, [name[:-1] for name in names[:50]])
    print(f"memory of the process: {_memory()} MB")


def _prefixes(names: Sequence[str]) -> list[str]:
    return [name[: 1 + number % 4] for number, name in enumerate(names)]


def _print_latency(
    what: str, store: PlaceStore, look_up: Callable[[str], object], names: Sequence[str]
) -> None:
    store._remembered.forget()
    latencies = []
    for name in names:
        start = time.perf_counter()
        look_up(name)
        latencies.append(1000 * (time.perf_counter() - start))
    latencies.sort()
    p50, p99 = latencies[len(latencies) // 2], latencies[len(latencies) * 99 // 100]
    print(f"{what}, warm: p50 {p50:.3f} ms, p99 {p99:.3f} ms, most {latencies[-1]:.1f} ms")


def _memory() -> int:
    # The kernel's own peak: getrusage would count the parent's before the exec.
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


if __name__ == "__main__":
    paths = [Path(argument) for argument in sys.argv[1:]]
    look_up(*paths) if len(paths) == 1 else main(*paths)
