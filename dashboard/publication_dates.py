"""The day of publication that a text gives near its top."""

from __future__ import annotations

import re
from datetime import date

from dashboard.date_expressions import MONTH, MONTHS, YEAR
from gazetteer.datelines import find_datelines

_TOP_CHARACTERS = 3000
_TOP_LINES = 25


def publication_date(text: str) -> date | None:
    """Return the day that a date line near the top of `text` gives, or None.

    A date line holds little but a date with its year, or says "Published", or stands
    before the first sentence: "GENEVA, 3 May 2021 -". A date within a caption or a sentence
    is not taken.
    """
    for line in text[:_TOP_CHARACTERS].splitlines()[:_TOP_LINES]:
        day = _date_line(line.strip())
        if day:
            return day
    return None


_DATE_TEXT = re.compile(
    rf"(?P<iso>{YEAR}-[01]\d-[0-3]\d)"
    rf"|(?P<month>{MONTH})[ ](?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?[ ](?P<year>{YEAR})"
    rf"|(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?[ ](?:of[ ])?(?P<month2>{MONTH}),?[ ](?P<year2>{YEAR})",
    re.IGNORECASE,
)
_SAYS_PUBLISHED = re.compile(r"\b(?:published|posted|updated|date|filed|issued)\b", re.IGNORECASE)
_DATE_LINE_WORDS = 4
"""Most words beside the date in a date line: a weekday, a time, a zone."""


def _date_line(line: str) -> date | None:
    match = _DATE_TEXT.search(line)
    if not match:
        return None
    rest = line[: match.start()] + " " + line[match.end() :]
    words = re.findall(r"[^\W\d_]{2,}", rest)
    is_date_line = len(words) <= _DATE_LINE_WORDS or _is_byline(line, match)
    if not is_date_line and not any(head.holds(match.start()) for head in find_datelines(line)):
        return None
    try:
        return _parse_full(match)
    except ValueError:
        return None


def _is_byline(line: str, match: re.Match[str]) -> bool:
    return len(line) <= 120 and bool(_SAYS_PUBLISHED.search(line[: match.start()]))


def _parse_full(match: re.Match[str]) -> date:
    if match["iso"]:
        return date.fromisoformat(match["iso"])
    month = (match["month"] or match["month2"]).rstrip(".").casefold()
    return date(
        int(match["year"] or match["year2"]), MONTHS[month], int(match["day"] or match["day2"])
    )
