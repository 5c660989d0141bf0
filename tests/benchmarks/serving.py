"""What the benchmarks of a server share: running it, a free port, its memory."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
)


@contextmanager
def server(command: Any, home: Path) -> Iterator[tuple[str, subprocess.Popen[bytes], float]]:
    """Run a server on a store of its own and give its address, itself, and when it started.

    It keeps compiled modules for its next start, as Python does unless it is told not to.
    """
    port = free_port()
    environment = os.environ | {"DATELINE_HOME": str(home), "PYTHONDONTWRITEBYTECODE": ""}
    started = time.time()
    process = subprocess.Popen(
        command(port=port, opens_browser=False),
        cwd=home,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}", process, started
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait_for(url: str) -> None:
    """Return once the address answers."""
    while True:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.05)


def memory_mb(pid: int) -> tuple[float, float]:
    """Return the resident memory of a process, and its peak."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    values = dict(line.split(":", 1) for line in lines)
    resident, peak = (int(values[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return resident, peak


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process has used: what a busy machine does not change."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
