"""Measure the app in a real Chromium: `python tests/benchmarks/measure_app.py`.

Prints seconds from the start of the server to the first painted map with its place store and
samples ready, of a further page, and of coding and showing an article of about 1,000 words;
beside them the time of the bare spaCy pipeline on the same article, in the same run.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request

from playwright.sync_api import sync_playwright

from dashboard.bulk import SAMPLES
from dashboard.serving import serve_command
from gazetteer.build import open_place_store
from gazetteer.language import parse

WORDS = 1_000
ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


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
    with tempfile.TemporaryDirectory() as home, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        address = f"http://127.0.0.1:{port}"
        command = serve_command(port=port, opens_browser=False)
        environment = os.environ | {"DATELINE_HOME": home}
        for label in ("first start, samples to code", "warm start"):
            server = subprocess.Popen(
                command,
                cwd=home,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.STDOUT,
            )
            try:
                visit(address, label)
            finally:
                server.terminate()
                server.wait(20)
    text = an_article()
    parse(text)
    start = time.perf_counter()
    parse(text)
    print(f"bare spaCy on the same article: {time.perf_counter() - start:.2f} s")


def visit(address: str, label: str) -> None:
    start = time.perf_counter()
    wait_for(f"{address}/_stcore/health")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        marks = page.frame_locator("iframe[title^=streamlit_folium]").locator(".dl-mark")
        page.goto(address)
        marks.first.wait_for(timeout=120_000)
        print(f"{label}: map painted {time.perf_counter() - start:.1f} s after the start")
        start = time.perf_counter()
        page.goto(address)
        marks.first.wait_for()
        print(f"{label}: a further page {time.perf_counter() - start:.1f} s")
        page.get_by_role("button", name="Add an article").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Paste the text").fill(f"{label}\n\n{an_article()}")
        start = time.perf_counter()
        dialog.get_by_role("button", name="Add to the map").click()
        dialog.wait_for(state="hidden", timeout=60_000)
        print(f"{label}: {WORDS} words coded and shown in {time.perf_counter() - start:.1f} s")
        browser.close()


def wait_for(url: str) -> None:
    while True:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)


if __name__ == "__main__":
    main()
