"""Numbers and days as the visitor's language writes them.

In English a day is always day, month, year: no reader takes "3 Apr 2019" for another day.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import streamlit as st
from babel import Locale, UnknownLocaleError
from babel.dates import format_interval, format_skeleton, format_time, get_month_names
from babel.numbers import format_decimal

from dashboard import counts
from dashboard.popups import day_words, when_words

if TYPE_CHECKING:
    from dashboard.partial_dates import PartialDate


_WIDTHS: Final = ("wide", "abbreviated")


def number(value: int) -> str:
    """Return a number with its thousands told apart."""
    return _written(value, _locale())


@lru_cache(maxsize=8192)  # of hundreds on a page, most were on the page before
def _written(value: int, locale: Locale) -> str:
    return format_decimal(value, locale=locale)


def counted(value: int, noun: str) -> str:
    """Return a number with its noun: "1 event", "1,200 events"."""
    return counts.counted(value, noun, number)


def day(value: date) -> str:
    """Return a day."""
    locale = _locale()
    if locale.language == "en":
        return day_words(value)
    return format_skeleton("yMMMd", value, locale=locale)


def when(value: PartialDate | None) -> str:
    """Return a date as exactly as it is known."""
    if value is None:
        return "no date"
    locale = _locale()
    first, last = value.earliest, value.latest
    if locale.language == "en":
        return when_words(value)
    if first == last:
        return day(first)
    return format_interval(first, last, _skeleton(first, last), locale=locale)


def chart_locale() -> dict[str, dict[str, Any]]:
    """Return how a chart writes numbers and months, as Vega wants it; nothing for English."""
    locale = _locale()
    if locale.language == "en":
        return {}
    months = [list(get_month_names(width, "stand-alone", locale).values()) for width in _WIDTHS]
    # Vega wants days and times too; the charts show none.
    unused = {"dateTime": "", "date": "", "time": "", "periods": [], "days": [], "shortDays": []}
    symbols = locale.number_symbols["latn"]
    return {
        "time": {**unused, "months": months[0], "shortMonths": months[1]},
        "number": {
            "decimal": symbols["decimal"],
            "thousands": symbols["group"],
            "grouping": [3],
            "currency": ["", ""],
        },
    }


def isolated(text: str) -> str:
    """Return a text that leaves the direction of the words around it as it is."""
    return f"\u2068{text}\u2069"


def literal(text: str) -> str:
    """Return Markdown that shows a text as it stands: names and reasons that people typed."""
    return _MARKS.sub(r"\\\g<0>", text)


_MARKS = re.compile(r"[\\`*_\[\]$~<]")


def _skeleton(first: date, last: date) -> str:
    """Return which parts of two days are to be named: not the day where whole months are meant."""
    if first.day > 1 or (last + timedelta(1)).day > 1:
        return "yMMMd"
    return "y" if (first.month, last.month) == (1, 12) else "yMMM"


def moment(value: datetime) -> str:
    """Return a moment, which is kept in Universal Time, to the minute."""
    return f"{day(value.date())}, {format_time(value, 'short', locale=_locale())} UTC"


def _locale() -> Locale:
    return _locale_of(st.context.locale or "en")


@lru_cache(maxsize=64)
def _locale_of(name: str) -> Locale:
    try:
        return Locale.parse(name, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")
