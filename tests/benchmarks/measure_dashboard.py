"""Measure the map's screen in a real Chromium, at several sizes of the collection.

    python tests/benchmarks/measure_dashboard.py STORES 1000 100000 1000000 [--markercluster DIST]

STORES is a folder for the made-up stores, which are made when they are not there. For each size
it prints the seconds from the server's start to the first painted map, from a click on a filter
to the new map and from the end of a drag to it (medians), the bytes that a click brings, the
browser's heap after a collection of garbage, and the server's memory; then what further sessions
take: see `sessions.py`. With DIST, the `dist` folder of the npm package leaflet.markercluster, it
measures in the same run an app as one would first write it: every event a folium.Marker in a
MarkerCluster.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from make_events import make_events
from naive_map import naive_command
from playwright.sync_api import Browser, Error, Page, sync_playwright
from serving import CHROMIUM_ARGUMENTS, memory_mb, processor_seconds, server
from sessions import measure_sessions

from dashboard.serving import serve_command
from dashboard.store import EventStore
from gazetteer.build import open_place_store

CHOICES = ("Assault", "Consult", "Protest", "Aid", "Threaten", "Coerce", "Accuse")
NAIVE_SIZES = (1_000, 10_000)
QUIET_SECONDS = 0.8
"""The map is painted when nothing was drawn for so long; the last drawing counts."""

NOTE_PAINTS = """() => {
  if (window.painted) return window.painted;
  window.clicked = 0;
  document.addEventListener("click", () => { window.clicked = Date.now(); }, true);
  // In a frame that is there only now, what is painted already was painted just now.
  window.painted = document.querySelector(".leaflet-marker-icon") ? [Date.now()] : [];
  new MutationObserver((changes) => {
    if (changes.some((change) => change.addedNodes.length &&
        change.target.classList && change.target.classList.contains("leaflet-marker-pane")))
      requestAnimationFrame(() => window.painted.push(Date.now()));
  }).observe(document, { childList: true, subtree: true });
  return window.painted;
}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stores", type=Path)
    parser.add_argument("sizes", type=int, nargs="*")
    parser.add_argument("--markercluster", type=Path)
    given = parser.parse_args()
    open_place_store().close()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_ARGUMENTS
        )
        for size in given.sizes:
            home = store_of(given.stores, size)
            print(f"\n{size:,} events", flush=True)
            read_anew(home)
            with server(serve_command, home) as (address, process, started):
                measure(browser, address, process, started)
                measure_sessions(address.removeprefix("http://"), process.pid)
        for size in NAIVE_SIZES if given.markercluster else ():
            home = store_of(given.stores, size)
            with tempfile.TemporaryDirectory() as app:
                command = partial(naive_command, Path(app), home, given.markercluster)
                with server(command, Path(app)) as (address, process, started):
                    print(f"\n{size:,} events, each a folium.Marker in a MarkerCluster", flush=True)
                    measure(browser, address, process, started)
        browser.close()


def store_of(folder: Path, size: int) -> Path:
    """Return the folder of a store with so many events, made when it is not there."""
    home = folder / f"h{size}"
    path = home / "dateline.sqlite"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        EventStore(f"sqlite:///{path}").close()
        make_events(str(path), size)
    return home


READ_ANEW = """
import time
from dashboard.store import EventStore
from dashboard.store.column_file import column_file
from dashboard.store.database import default_url
store = EventStore()
column_file(default_url().render_as_string()).unlink(missing_ok=True)
start = time.perf_counter()
columns = store.columns()
print(f"  events read anew          {time.perf_counter() - start:6.2f} s")
"""


def read_anew(home: Path) -> None:
    """Read the events as after a change, so that the start that follows is a warm one."""
    environment = os.environ | {"DATELINE_HOME": str(home)}
    subprocess.run([sys.executable, "-c", READ_ANEW], env=environment, check=True)


def measure(
    browser: Browser,
    address: str,
    process: subprocess.Popen[bytes],
    started: float,
) -> None:
    """Print the figures of one app."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    traffic = count_bytes(page, devtools)
    page.goto(f"{address}/?lat=30&lon=40&zoom=4")
    page.frame_locator("iframe[title^=streamlit_folium]").locator(
        ".leaflet-marker-icon"
    ).first.wait_for(state="attached", timeout=180_000)
    seconds, own = time.time() - started, processor_seconds(process.pid)
    print(f"  start to first map        {seconds:6.2f} s ({own:.1f} s of the server's processor)")
    time.sleep(2)
    for frame in page.frames:
        frame.evaluate(NOTE_PAINTS)
    clicks, sent = [], []
    before = processor_seconds(process.pid)
    for choice in CHOICES:
        page.get_by_role("combobox", name="Event types").fill(choice)
        option = page.get_by_role("option", name=choice).first
        option.wait_for()
        time.sleep(0.3)
        traffic[0] = 0
        option.click()
        clicked = page.evaluate("window.clicked") / 1000
        clicks.append(last_paint(page, clicked) - clicked)
        sent.append(traffic[0])
        page.keyboard.press("Escape")
    spread = f"{min(clicks):.2f} to {max(clicks):.2f}"
    own = (processor_seconds(process.pid) - before) / len(CHOICES)
    print(
        f"  filter click to new map   {statistics.median(clicks):6.2f} s ({spread};"
        f" {own:.2f} s of the server's processor)"
    )
    print(f"  bytes a click             {statistics.median(sent) / 1000:6.1f} kB")
    pans = [pan for step in range(6) if (pan := drag(page, 1 if step % 2 else -1)) is not None]
    if pans:
        print(f"  drag to new map           {statistics.median(pans):6.2f} s")
    else:
        print("  drag to new map             none: everything was sent before")
    devtools.send("HeapProfiler.collectGarbage")
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    heap = next(one["value"] for one in metrics if one["name"] == "JSHeapUsedSize")
    print(f"  browser's heap            {heap / 1e6:6.1f} MB")
    resident, peak = memory_mb(process.pid)
    print(f"  server's memory           {resident:6.0f} MB (peak {peak:.0f})", flush=True)
    context.close()


def count_bytes(page: Page, devtools: Any) -> list[float]:
    """Return a list whose one number grows by all that the page receives."""
    traffic = [0.0]

    def add(number: float) -> None:
        traffic[0] += number

    devtools.send("Network.enable")
    devtools.send("Performance.enable")
    devtools.on("Network.loadingFinished", lambda event: add(event["encodedDataLength"]))
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: add(len(data))))
    return traffic


def last_paint(page: Page, after: float) -> float:
    """Return when marks were last drawn, once nothing is drawn any more."""
    deadline = time.time() + 120
    while time.time() < deadline:
        time.sleep(0.1)
        painted = [moment / 1000 for moment in paints(page) if moment / 1000 > after]
        if painted and time.time() - max(painted) > QUIET_SECONDS:
            return max(painted)
    sys.exit("the map was not drawn within two minutes")


def paints(page: Page) -> list[float]:
    found: list[float] = []
    for frame in page.frames:
        with suppress(Error):  # a frame that goes just now
            found += frame.evaluate(NOTE_PAINTS)
    return found


def drag(page: Page, direction: int) -> float | None:
    """Drag the map by most of its width; None when it needs nothing new for that."""
    box = page.locator("iframe[title^=streamlit_folium]").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    reach = direction * box["width"] * 0.42
    page.mouse.move(x - reach, y)
    page.mouse.down()
    page.mouse.move(x, y, steps=4)
    page.mouse.move(x + reach, y, steps=4)
    time.sleep(0.4)  # at rest, or the map would fly on
    page.mouse.up()
    released = time.time()
    time.sleep(1.5)
    painted = [moment / 1000 for moment in paints(page) if moment / 1000 > released]
    return max(painted) - released if painted else None


if __name__ == "__main__":
    main()
