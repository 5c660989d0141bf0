"""A real Chromium without a network, and made-up events (see tests/sample_reports.py)."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard.serving import serve_command

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def sample() -> SimpleNamespace:
    """Return the builders of tests/sample_reports.py."""
    path = Path(__file__).parents[1] / "sample_reports.py"
    return SimpleNamespace(**runpy.run_path(str(path)))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return an installed Chromium: DATELINE_CHROMIUM, else what the search path has."""
    named = os.environ.get("DATELINE_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        reason = "No Chromium on the search path; set DATELINE_CHROMIUM to one."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="module")  # what a module leaves open ends with it
def chromium(chromium_path: str) -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        browser.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give a wait that times out on a busy machine of CI one more try."""
    again = pytest.mark.flaky(reruns=1, only_rerun=["TimeoutError"])
    for item in items:
        if os.environ.get("CI") and item.get_closest_marker("browser"):
            item.add_marker(again)


@contextmanager
def served(command: Callable[[int], list[str]], folder: Path, **environment: str) -> Iterator[str]:
    """Run the server that `command` starts on a port, and give its address once it answers."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command(port), cwd=folder, stdout=log, stderr=log, env=os.environ | environment
        )
        try:
            _wait_for(f"{url}/_stcore/health")
            yield url
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="session")
def serve():
    """Return the context manager that runs a Streamlit server."""
    return served


@pytest.fixture(scope="session")
def serve_app():
    """Return the context manager that runs the app as `dateline serve` does."""

    def run(folder: Path, **environment: str):
        command = partial(serve_command, opens_browser=False)
        home = {"DATELINE_HOME": str(folder / "data")}
        return served(lambda port: command(port=port), folder, **home, **environment)

    return run


@pytest.fixture(scope="module")
def address(tmp_path_factory, serve_app):
    """Serve the app with the sample articles, in a store of the module's own."""
    with serve_app(tmp_path_factory.mktemp("home")) as url:
        yield url


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            continue
    pytest.fail(f"{url} did not answer within a minute")


class Visit:
    """A page that notes every request beyond loopback, every error and every dialog."""

    def __init__(self, page):
        self.page = page
        self.outside = []
        self.errors = []
        self.dialogs = []

    def go(self, url):
        self.page.goto(url)
        return self.page

    def clean(self):
        return not (self.outside or self.errors or self.dialogs)


@pytest.fixture
def visit(chromium) -> Iterator[Visit]:
    """Open pages with the network cut except loopback and files."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    visit = Visit(context.new_page())

    def route(request_route):
        url = request_route.request.url
        if url.startswith(("http://127.0.0.1:", "http://localhost:", "file:", "data:", "blob:")):
            request_route.continue_()
        else:
            visit.outside.append(url)
            request_route.abort()

    def dismiss(dialog):
        visit.dialogs.append(dialog.message)
        dialog.dismiss()

    context.route("**/*", route)
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    visit.page.on("dialog", dismiss)
    yield visit
    context.close()


@pytest.fixture(scope="session")
def at_rest():
    """Return what waits until the server has answered all that was pressed on a page."""

    def wait(page):
        page.locator(".stApp[data-test-script-state=notRunning]").wait_for()

    return wait


@pytest.fixture
def opened(visit, address, when_shown, at_rest):
    """Open the app and return the page and the map's frame once the map stands there."""

    def open_page(query=""):
        page = visit.go(f"{address}/{query}")
        frame = page.frame_locator("iframe[title^=streamlit_folium]")
        frame.locator(".leaflet-container").wait_for(timeout=90_000)
        page.get_by_text(when_shown).first.wait_for(timeout=90_000)
        at_rest(page)
        return page, frame

    yield open_page
    assert visit.clean(), (visit.outside, visit.errors, visit.dialogs)


@pytest.fixture(scope="session")
def until():
    """Return what acts until something is shown: a page that is put together may lose a press."""
    from playwright.sync_api import TimeoutError as Late

    def until_shown(wanted, act):
        for _ in range(4):
            act()
            try:
                return wanted.wait_for(timeout=6_000)
            except Late:
                continue
        return wanted.wait_for()

    return until_shown


@pytest.fixture(scope="session")
def first_event(until):
    """Return what presses a mark, then the first event of its list, and gives the popup."""

    def press(frame, mark):
        popup = frame.get_by_role("dialog")

        def choose():
            if not popup.count():
                frame.locator(mark).click()
            popup.locator(".dl-row").first.click()

        until(popup.locator(".dl-event"), choose)
        return popup

    return press


@pytest.fixture
def when_shown():
    """Return the words on the page that say that all is there."""
    return re.compile("events? shown")
