"""A day, a month, a year or a stretch of days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_PREFIX = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate:
    """A day, a month, a year or a stretch of days.

    `iso` is an ISO 8601 prefix whose length is its precision: "2019", "2019-04",
    "2019-04-12". `earliest` and `latest` bound the days that it may mean, both included:
    "since Nov. 15" has the prefix of its first day and runs to the day of the report;
    "last week" has the prefix of its month and runs from Monday to Sunday.
    """

    iso: str
    earliest: date
    latest: date
    expression: str | None = None
    """The words of the text."""

    @classmethod
    def from_iso(cls, iso: str, *, expression: str | None = None) -> PartialDate:
        """Return the date for an ISO prefix.

        Raises: ValueError when `iso` is no such prefix.
        """
        match = _PREFIX.fullmatch(iso)
        if not match:
            raise ValueError(f"Not a date: {iso!r}. Write 2019, 2019-04 or 2019-04-12.")
        year = int(match[1])
        month, day = (int(part) if part else None for part in match.groups()[1:])
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        last = date(year, last_month, day or calendar.monthrange(year, last_month)[1])
        return cls(iso=iso, earliest=first, latest=last, expression=expression)

    def overlaps(self, other: PartialDate) -> bool:
        """Say whether both may mean the same day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    @property
    def days(self) -> int:
        """Return how many days it may mean."""
        return (self.latest - self.earliest).days + 1
