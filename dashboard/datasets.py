"""Sets of events that others coded: what one is, and what came of taking one in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

OWN = "own"
"""What stands in a filter for all that was coded here, beside the ids of data sets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A data set of coded events; its events lie beside those coded from articles."""

    name: str
    """In a reader's words; the same name is the same data set."""
    form: str
    """Whose columns it has: "acled", "ucdp", "gdelt", ...; "table" for any other."""
    source: str | None = None
    """Who coded it: "ACLED"."""
    url: str | None = None
    licence: str | None = None
    accessed: date | None = None
    """The day on which it was downloaded; several publishers ask for it in a citation."""
    note: str = ""
    """Which filters were used, which version it is: what a citation needs."""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("A data set needs a name.")

    @property
    def dataset_id(self) -> str:
        """Return the id that a data set of this name always gets: 16 hexadecimal digits."""
        return hashlib.sha256(f"data set|{self.name}".encode()).hexdigest()[:16]


def record_event_id(dataset_id: str, record_id: str) -> str:
    """Return the id of the event that a record of a data set tells: 16 hexadecimal digits."""
    return hashlib.sha256(f"{dataset_id}|{record_id}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCount:
    """What came of records that were taken in."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0

    def __add__(self, other: ImportCount) -> ImportCount:
        return ImportCount(
            added=self.added + other.added,
            updated=self.updated + other.updated,
            unchanged=self.unchanged + other.unchanged,
            removed=self.removed + other.removed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """A file that came into a data set, and what was wrong with it."""

    file: str
    sha256: str
    count: ImportCount
    bad: int
    """How many of its rows could not be read."""
    bad_rows: tuple[tuple[int, str], ...]
    """Of the first of these the line and the reason."""
    imported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetSummary:
    """A data set that is in the store, with what it holds."""

    dataset: Dataset
    events: int
    earliest: date | None
    latest: date | None
