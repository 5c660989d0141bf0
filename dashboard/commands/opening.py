"""What commands read from: the stores, files, the standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboard.store import EventStore

STDIN = "-"


@contextmanager
def place_store(progress: Callable[[str, float], None] | None = None) -> Iterator[Any]:
    """Open the place store with the places that users added."""
    from gazetteer.build import open_place_store
    from gazetteer.cache import GazetteerCache

    with open_place_store(progress) as store:
        yield store.with_added(GazetteerCache())


def event_store() -> AbstractContextManager[EventStore]:
    """Open the event store."""
    from dashboard.store import EventStore

    return closing(EventStore())


def shown_name(name: str) -> str:
    """Return how a file is called in messages."""
    return "the standard input" if name == STDIN else name


def read_input(name: str) -> bytes:
    """Return what a file, or the standard input, holds."""
    return sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()


def lines_of(name: str) -> Iterator[bytes]:
    """Yield the lines of a file, or of the standard input."""
    if name == STDIN:
        yield from sys.stdin.buffer
        return
    with Path(name).open("rb") as file:
        yield from file
