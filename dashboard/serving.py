"""Running the app: Streamlit with Dateline's settings, from whatever folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

APP = Path(__file__).parent / "app.py"
SETTINGS = Path(__file__).parent / "data" / "serve.toml"


def serve_command(*, port: int | None = None, opens_browser: bool = True) -> list[str]:
    """Return the command that runs the app.

    Without `port` Streamlit takes the first free one from 8501 on.
    """
    settings = dict(_flat(tomllib.loads(SETTINGS.read_text(encoding="utf-8"))))
    settings["server.headless"] = not (opens_browser and _has_screen())
    if port is not None:
        settings["server.port"] = port
    flags = [
        f"--{key}={_shown(one)}"
        for key, value in sorted(settings.items())
        for one in (value if isinstance(value, list) else [value])
    ]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *flags]


def serve(*, port: int | None = None, opens_browser: bool = True) -> int:
    """Run the app until it is stopped, and return its exit code."""
    command = serve_command(port=port, opens_browser=opens_browser)
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(command[0], command)  # noqa: S606  # so that signals reach the app itself
    try:
        return subprocess.call(command)  # noqa: S603  # our own interpreter and our own flags
    except KeyboardInterrupt:
        return 0


def answer_at_once() -> None:
    """Let every connection send what is written without waiting for more.

    Streamlit binds its socket in a way that makes asyncio leave Nagle's algorithm on under Linux
    (uvicorn's issue 3149 is the same): each answer then waits 40 ms for an acknowledgement. A
    connection inherits the option from the socket that listens.
    """
    descriptors = Path("/proc/self/fd")
    for descriptor in descriptors.iterdir() if descriptors.exists() else ():
        if not descriptor.is_socket():
            continue
        with suppress(OSError), socket.socket(fileno=os.dup(int(descriptor.name))) as found:
            if found.family in {socket.AF_INET, socket.AF_INET6}:
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _flat(settings: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in settings.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _has_screen() -> bool:
    # Without one, Linux may open a browser in the terminal, which then waits for its user.
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
