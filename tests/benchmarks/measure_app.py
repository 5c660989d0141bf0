"""Measure the app in a real Chromium: `python tests/benchmarks/measure_app.py`.

Prints seconds from the start of the server to the first painted map with its place store and
samples ready, of a further page, and of coding and showing an article of about 1,000 words;
beside them, in the same run, a page of Streamlit that writes one word, and the bare spaCy pipeline
on the same article.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from serving import CHROMIUM_ARGUMENTS, processor_seconds, server

from dashboard.bulk import SAMPLES
from dashboard.serving import serve_command
from gazetteer.build import open_place_store
from gazetteer.language import parse

WORDS = 1_000
STARTS = 5
GAUGE_SETTINGS = ["--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
PAINTED = """(selector => {
  const timer = setInterval(() => {
    if (!document.querySelector(selector)?.getClientRects().length) return;
    clearInterval(timer);
    requestAnimationFrame(() => setTimeout(() => { top.painted ??= Date.now(); }));
  }, 5);
})"""
"""Notes when the element was first drawn: Playwright itself looks only each half second."""


def an_article() -> str:
    """Return the texts of the samples, joined and cut to WORDS words."""
    bodies = [path.read_text("utf-8").partition("\n\n")[2] for path in sorted(SAMPLES.glob("*"))]
    lines, count = ["Several reports in one", ""], 0
    for line in "\n".join(bodies).splitlines():
        count += len(line.split())
        lines.append(line)
        if count >= WORDS:
            break
    return "\n".join(lines)


def main() -> None:
    open_place_store().close()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_ARGUMENTS
        )
        gauge = Path(folder) / "gauge.py"
        gauge.write_text("import streamlit\n\nstreamlit.write('Painted')\n", "utf-8")
        bare = [serve_command(port=0)[0], "-m", "streamlit", "run", str(gauge), *GAUGE_SETTINGS]
        for label in ("first start, samples to code", *["warm start"] * STARTS):
            with server(serve_command, Path(folder)) as (address, process, started):
                visit(browser, address, process.pid, started, label)
            gauge_command = partial(_with_port, bare)
            with server(gauge_command, Path(folder)) as (address, _, started):
                visit_gauge(browser, address, started)
        browser.close()
    text = an_article()
    parse(text)
    start = time.perf_counter()
    parse(text)
    print(f"bare spaCy on the same article: {time.perf_counter() - start:.2f} s")


def _with_port(command: list[str], *, port: int, opens_browser: bool) -> list[str]:
    return [*command, f"--server.port={port}", f"--server.headless={not opens_browser}"]


def visit(browser: Browser, address: str, pid: int, started: float, label: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.add_init_script(f"{PAINTED}('.dl-mark')")
    marks = page.frame_locator("iframe[title^=streamlit_folium]").locator(".dl-mark")
    page.goto(address)
    marks.first.wait_for(timeout=120_000)
    own, seconds = processor_seconds(pid), painted(page) - started
    print(f"{label}: map painted {seconds:.2f} s after the start ({own:.2f} s of the processor)")
    start = time.perf_counter()
    page.goto(address)
    marks.first.wait_for()
    print(f"  a further page {time.perf_counter() - start:.2f} s")
    page.get_by_role("button", name="Add an article").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Paste the text").fill(f"{label} {started}\n\n{an_article()}")
    start = time.perf_counter()
    dialog.get_by_role("button", name="Add to the map").click()
    dialog.wait_for(state="hidden", timeout=60_000)
    print(f"  {WORDS} words coded and shown in {time.perf_counter() - start:.1f} s")
    page.context.close()


def painted(page: Page) -> float:
    """Return when the page drew what PAINTED looks for, in seconds since 1970."""
    milliseconds: float = page.wait_for_function("window.painted").json_value()
    return milliseconds / 1000


def visit_gauge(browser: Browser, address: str, started: float) -> None:
    page = browser.new_page()
    page.add_init_script(f"{PAINTED}('[data-testid=stMarkdown]')")
    page.goto(address)
    print(f"  a bare Streamlit page {painted(page) - started:.2f} s after its start", flush=True)
    page.context.close()


if __name__ == "__main__":
    main()
