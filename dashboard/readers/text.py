"""Plain text, with or without header lines on top."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from dashboard.publication_dates import publication_date
from dashboard.readers.cleaning import clean_text, unwrap
from dashboard.readers.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBERED_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b|(\d{4})/(\d{1,2})/(\d{1,2})\b")
_HEADER_LINE = re.compile(r"(title|date|source|url)[ \t]*:[ \t]*(.*)", re.IGNORECASE)


def read_text(text: str) -> Reading:
    """Return a plain text's content and what its header lines say.

    The header is the lines on top that begin with "Title:", "Date:", "Source:" or "URL:".
    Without a title the first line is taken for it, and stays in the text. The lines of a
    text that was wrapped to a width are joined.
    """
    header: dict[str, str] = {}
    lines = clean_text(text).split("\n")
    while lines and (match := _HEADER_LINE.fullmatch(lines[0])):
        header.setdefault(match[1].lower(), match[2].strip())
        lines.pop(0)
    return Reading(
        text=unwrap("\n".join(lines)),
        title=header.get("title"),
        published=day_in(header.get("date", "")),
        source=header.get("source"),
        url=header.get("url"),
    )


def day_in(words: str) -> date | None:
    """Return the day that a field's words give, or None."""
    words = words.strip()
    readers: tuple[Callable[[str], date | None], ...] = (
        lambda text: date.fromisoformat(text[:10]),
        lambda text: date.fromisoformat(text[:8]),
        _numbered_day,
        publication_date,
    )
    for read in readers:
        try:
            day = read(words)
        except ValueError:
            continue
        if day:
            return day
    return None


def _numbered_day(words: str) -> date | None:
    """Return the day of "13.2.2020", "13/02/2020" or "2020/02/13".

    With strokes, where day and month could be either, it is unknown.
    """
    found = _NUMBERED_DAY.match(words)
    if found is None:
        return None
    first, mark, second, year, *rest = found.groups()
    if year is None:
        return date(*map(int, rest))
    if mark == "." or int(first) > 12 or int(first) == int(second):
        return date(int(year), int(second), int(first))
    return date(int(year), int(first), int(second)) if int(second) > 12 else None
