"""Text on a terminal: tables, a progress line, and nothing that could drive the terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import Self

WIDEST_CELL = 34
"""Characters of a cell before it is cut; the last column takes what the screen leaves."""

_NARROWEST_LAST = 30
_GAP = "  "


def plain(text: str) -> str:
    """Return `text` on one line without control characters, so that it cannot drive a terminal."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def table(
    heading: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] | set[int] = ()
) -> str:
    """Return rows under a heading, columns aligned; those in `right` to the right."""
    cells = [[plain(cell) for cell in row] for row in rows]
    widths = [
        min(WIDEST_CELL, max(len(row[column]) for row in [list(heading), *cells]))
        for column in range(len(heading))
    ]
    if (len(heading) - 1) not in right:
        widths[-1] = max(_NARROWEST_LAST, _screen_width() - sum(widths[:-1]) - 2 * len(widths))
    return "\n".join(_line(row, widths, right) for row in [list(heading), *cells])


class ProgressLine:
    """One line on the standard error that says how far the work is; none when nobody looks.

    With `always`, each stage is written on a line of its own when there is no terminal.
    """

    def __init__(self, *, always: bool = False) -> None:
        self._on_screen = sys.stderr.isatty()
        self._always = always
        self._stage = ""

    def __call__(self, stage: str, fraction: float) -> None:
        """Show the stage and the share of the work that is done."""
        text = f"{min(1.0, fraction):4.0%} {plain(stage)}"
        if self._on_screen:
            self._write(f"\r\x1b[K{text[: _screen_width() - 1]}")
        elif self._always and stage != self._stage:
            self._write(f"{text}\n")
        self._stage = stage

    def clear(self) -> None:
        """Take the line away."""
        if self._on_screen and self._stage:
            self._write("\r\x1b[K")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[int] | set[int]) -> str:
    cells = []
    for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
        shown = cell if len(cell) <= width else f"{cell[: width - 1]}…"
        cells.append(shown.rjust(width) if column in right else shown.ljust(width))
    return _GAP.join(cells).rstrip()


def _screen_width() -> int:
    return shutil.get_terminal_size((120, 24)).columns
