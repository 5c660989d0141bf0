"""The word lists and tables that the rules read, from plain files under data/rules."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from gazetteer.errors import PlaceDataError

RULES_FOLDER = Path(__file__).parent / "data" / "rules"


@cache
def version() -> str:
    """Return what tells this state of the rules from any other: a hash of their files."""
    digest = hashlib.sha256()
    for file in sorted(RULES_FOLDER.iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


@cache
def words(name: str) -> frozenset[str]:
    """Return the entries of the list `name`, one a line; lines that start with # are comments."""
    return frozenset(line.strip() for _, line in _lines(f"{name}.txt"))


@cache
def table(name: str, columns: int) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the tab-separated table `name`.

    Raises: PlaceDataError when a row has not so many columns.
    """
    rows = []
    for number, line in _lines(f"{name}.tsv"):
        row = tuple(cell.strip() for cell in line.split("\t"))
        if len(row) != columns:
            raise PlaceDataError(f"{name}.tsv", number, f"expected {columns} columns")
        rows.append(row)
    return tuple(rows)


def _lines(file: str) -> Iterator[tuple[int, str]]:
    text = (RULES_FOLDER / file).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line
