"""A count with its noun."""

from __future__ import annotations

from collections.abc import Callable


def counted(value: int, noun: str, number: Callable[[int], str] = "{:,}".format) -> str:
    """Return a number, written by `number`, with its noun: "1 event", "1,200 events"."""
    return f"{number(value)} {noun}{'' if value == 1 else 's'}"
