"""Measure a store built from a dump: build time, size, memory, latency.

    python tests/benchmarks/measure_full_store.py FOLDER STORE.sqlite

FOLDER holds what make_geonames_dump.py wrote.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
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
    subprocess.run([sys.executable, __file__, str(path)], check=True)


def look_up(path: Path) -> None:
    """Print the latency of exact look-ups, warm, and the memory of this process."""
    chance = random.Random(3)
    with PlaceStore(path) as store:
        ids = [20_000_000 + chance.randrange(store.size()[0]) for _ in range(LOOK_UPS)]
        names = [place.name for number in ids if (place := store.by_id(f"gn:{number}"))]
        for name in names:
            store.by_name(name)
        store._by_key.cache_clear()
        latencies = []
        for name in names:
            start = time.perf_counter()
            store.by_name(name)
            latencies.append(1000 * (time.perf_counter() - start))
    latencies.sort()
    p50, p99 = latencies[len(latencies) // 2], latencies[len(latencies) * 99 // 100]
    print(f"look-up, warm: p50 {p50:.3f} ms, p99 {p99:.3f} ms, memory {_memory()} MB")


def _memory() -> int:
    # The kernel's own peak: getrusage would count the parent's before the exec.
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


if __name__ == "__main__":
    paths = [Path(argument) for argument in sys.argv[1:]]
    look_up(*paths) if len(paths) == 1 else main(*paths)
