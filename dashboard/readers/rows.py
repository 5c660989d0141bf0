"""The rows of a table in text, such as CSV, whose cells may be quoted and run over lines."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

csv.field_size_limit(20_000_000)

UNCLOSED: Final[tuple[str, ...]] = ()
"""Stands for a row in which a quotation mark is not closed."""

UNCLOSED_IN_WORDS = "a quotation mark in it is not closed"


def delimiter_of(heading: str) -> str:
    """Return what stands between the cells of a heading: a tab, a comma, a semicolon, a stroke."""
    return max("\t,;|", key=heading.count)


def quoted_rows(
    text: Iterable[str], delimiter: str, width: int, *, first: int = 2
) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows after the heading, each with the number of its first line, from `first` on.

    A quotation mark that nobody closes would take the rows after it into its own: of a row that
    runs over several lines, and is not as wide as the heading or has marks within a quoted cell,
    only the first line is bad.
    """
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    number = first
    while True:
        try:
            cells: Sequence[str] = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell longer than any is
            cells = UNCLOSED
        if len(lines.row) > 1 and not (len(cells) == width and _is_sound(lines.row, delimiter)):
            lines.give_back()
            cells = UNCLOSED
        if cells is UNCLOSED or cells:
            yield number, cells
        number += len(lines.row)
        lines.row.clear()


def _is_sound(lines: Sequence[str], delimiter: str) -> bool:
    """Say whether each quoted cell of a row ends where a cell does."""
    try:
        return len(list(csv.reader(lines, delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False


class _Lines:
    """Lines of a text, of which those of the last row can be given back."""

    def __init__(self, text: Iterable[str]) -> None:
        self._text = iter(text)
        self._again: deque[str] = deque()
        self.row: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._text)
        self.row.append(line)
        return line

    def give_back(self) -> None:
        """Give back all lines of the row but its first."""
        self._again.extendleft(reversed(self.row[1:]))
        del self.row[1:]
