"""Measure what is shared: sizes of snapshots, how long they, briefs and pictures take to make,
and how a real Chromium opens the snapshots.

    python tests/benchmarks/measure_sharing.py

The events are those of make_events.py, here four a report and with quotes of usual length: at
real towns, provinces and countries drawn from the whole world, so that hardly two share a place.
Each run makes the same ones. Chromium is `chromium` on the search path, or DATELINE_CHROMIUM.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from make_events import make_events
from serving import CHROMIUM_ARGUMENTS

from dashboard.disclosure import Care, disclose
from dashboard.filters import EventFilter
from dashboard.layers import map_layers
from dashboard.picture import SIZES, map_png, map_svg
from dashboard.sharing import brief_of, disclosure_of, snapshot_of, verify
from dashboard.store import EventStore
from gazetteer.build import open_place_store
from gazetteer.store import PlaceStore

_Made = TypeVar("_Made")
REST = (
    "Crowds filled the square again, while officials of several ministries said that talks "
    "would go on through the coming week."
)
PAINTED = """() => new Promise((done) => {
  const look = () => document.querySelector(".dl-mark")
    ? window.requestAnimationFrame(() => window.setTimeout(() => done(window.performance.now())))
    : window.requestAnimationFrame(look);
  look();
})"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, open_place_store() as places:
        pages = []
        for count in (500, 5000):
            with closing(filled(Path(folder) / f"{count}.sqlite", count)) as store:
                pages.append(measure(store, places, count, Path(folder)))
        open_in_chromium(pages)


def measure(store: EventStore, places: PlaceStore, count: int, folder: Path) -> Path:
    words = f"of {count:,} events"
    made = {"title": "Events in the news", "note": "What the made-up papers told."}
    page = timed(f"snapshot {words}", snapshot_of, EventFilter(), store, places, **made)
    file = folder / f"{count}.html"
    file.write_text(page, encoding="utf-8")
    timed(f"check {words}", verify, file.name, page.encode(), store, places)
    timed(f"brief {words}", brief_of, EventFilter(), store, places, **made)
    shown = disclosure_of(store.reports(), store)
    timed(f"made coarse, {words}", disclose, shown.reports, care=Care(blur_km=10))
    layers = timed(f"layers {words}", map_layers, shown.reports, places)
    for name, size in SIZES.items():
        svg = timed(f"SVG {name} {words}", map_svg, layers, title="x", size=size)
        timed(f"PNG {name} {words}", map_png, svg, zoom=size.zoom)
    return file


def filled(path: Path, count: int) -> EventStore:
    """Return a store of made-up events, four a report, whose reports are longer than quotes."""
    EventStore(f"sqlite:///{path}").close()
    make_events(str(path), count)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE events SET quote = quote || ' ' || ?", (REST,))
        connection.execute(
            "UPDATE events SET start = event_key, article_id = printf('%016x', event_key / 4)"
        )
        connection.execute("UPDATE articles SET text = title || ?", (40 * REST,))
    return EventStore(f"sqlite:///{path}")


def timed(label: str, make: Callable[..., _Made], *given: object, **named: object) -> _Made:
    wall, process = time.perf_counter(), time.process_time()
    made = make(*given, **named)
    wall, process = time.perf_counter() - wall, time.process_time() - process
    size = f", {len(encoded(made)) / 1e6:.2f} MB" if isinstance(made, str | bytes) else ""
    print(f"{label}: {process:.2f} s of the processor, {wall:.2f} s{size}")
    return made


def encoded(made: str | bytes) -> bytes:
    return made.encode() if isinstance(made, str) else made


def open_in_chromium(pages: list[Path]) -> None:
    from playwright.sync_api import sync_playwright

    named = os.environ.get("DATELINE_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=named, args=CHROMIUM_ARGUMENTS)
        for page_file in pages:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            asked: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(page_file.as_uri())
            milliseconds = page.evaluate(PAINTED)
            page.locator("#words").fill("square")
            page.mouse.move(400, 500)
            page.mouse.wheel(0, -400)
            page.wait_for_timeout(1000)
            print(
                f"{page_file.stem} events in Chromium: painted after {milliseconds / 1000:.1f} s, "
                f"{len(asked) - 1} requests beyond the file itself"
            )
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
