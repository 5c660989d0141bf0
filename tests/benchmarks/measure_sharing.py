"""Measure what is shared: sizes of snapshots and how long pictures, snapshots and briefs take.

    python tests/benchmarks/measure_sharing.py

The events are the sample reports' kinds of place, spread over real towns of the place store, with
quotes of usual length; each run makes the same ones.
"""

from __future__ import annotations

import runpy
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TypeVar

from dashboard.brief import brief_html
from dashboard.disclosure import Care, disclose
from dashboard.layers import map_layers
from dashboard.picture import SIZES, map_png, map_svg
from dashboard.snapshot import snapshot_html
from gazetteer.build import open_place_store

_Made = TypeVar("_Made")
NAMES = ("Tehran", "Paris", "Lagos", "Lima", "Kyiv", "Manila", "Nairobi", "Delhi", "Bogota", "Oslo")
REST = "while officials of several ministries said that talks would go on through the coming week"


def main() -> None:
    sample = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "sample_reports.py")))
    with open_place_store() as store:
        towns = [match.place for name in NAMES for match in store.by_name(name)][:200]
        map_svg(map_layers(reports(sample, towns, 5), store), title="warm")
        for count in (500, 5000):
            shown = disclose(reports(sample, towns, count))
            page, seconds = timed(snapshot_html, shown, store, title="x", as_of=None)
            print(
                f"snapshot of {count:,} events: {len(page.encode()) / 1e6:.2f} MB, {seconds:.1f} s"
            )
            page, seconds = timed(brief_html, shown, store, title="x", as_of=None)
            print(f"brief of {count:,} events: {len(page.encode()) / 1e6:.2f} MB, {seconds:.1f} s")
            _, seconds = timed(disclose, shown.reports, care=Care(blur_km=10))
            print(f"made coarse, {count:,} events: {seconds:.1f} s")
            layers = map_layers(shown.reports, store)
            for name, size in SIZES.items():
                svg, drawing = timed(map_svg, layers, title="x", size=size)
                png, dots = timed(map_png, svg, zoom=size.zoom)
                print(
                    f"picture {name} of {count:,} events: {drawing + dots:.2f} s, "
                    f"{len(png) / 1e6:.2f} MB"
                )


def reports(sample: SimpleNamespace, towns: list, count: int) -> list:
    kinds = sample.reports()
    made = []
    for number in range(count):
        kind, town = kinds[number % len(kinds)], towns[number * 7 % len(towns)]
        quote = f"Day {number}: crowds filled {town.name} again {REST}."
        article = replace(
            kind.article, article_id=f"{number // 5:016x}", title=f"Report {number // 5} of the day"
        )
        where = {town.name: town} if number % 4 else {}
        made.append(
            sample.report(
                number,
                kind.event.event_type,
                quote,
                "filled",
                where,
                article,
                source_actors=kind.event.source_actors,
                target_actors=kind.event.target_actors,
                when=kind.event.when,
            )
        )
    return made


def timed(make: Callable[..., _Made], *given: object, **named: object) -> tuple[_Made, float]:
    started = time.perf_counter()
    made = make(*given, **named)
    return made, time.perf_counter() - started


if __name__ == "__main__":
    main()
