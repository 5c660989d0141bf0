"""Numbers and days as the visitor's language writes them.

In English a day is always day, month, year: no reader takes "3 Apr 2019" for another day.
"""

from __future__ import annotations

from datetime import date

import streamlit as st
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

from dashboard.popups import day_words


def number(value: int) -> str:
    """Return a number with its thousands told apart."""
    return format_decimal(value, locale=_locale())


def day(value: date) -> str:
    """Return a day."""
    locale = _locale()
    if locale.language == "en":
        return day_words(value)
    return format_date(value, format="medium", locale=locale)


def _locale() -> Locale:
    try:
        return Locale.parse(st.context.locale or "en", sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")
