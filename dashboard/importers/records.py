"""What a row of coded events tells, in one form for all data sets, and the event made of it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from dashboard.actors import SECTORS, Actor, known_actors, state_actor
from dashboard.importers.tables import MISSING
from dashboard.partial_dates import PartialDate
from gazetteer.countries import countries
from gazetteer.names import name_key
from gazetteer.places import GeoPrecision

_DATA = Path(__file__).parents[1] / "data"

_DAY_FORMS = ("%Y%m%d", "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%d-%B-%Y", "%d-%b-%Y", "%d-%b-%y",
    "%d.%m.%Y", "%B %d, %Y", "%b %d, %Y")  # fmt: skip
_TIME_OF_DAY = re.compile(r"[ T]\d{1,2}:\d{2}.*$")
_YEAR_OR_MONTH = re.compile(r"\d{4}(-\d{2})?")
_NUMBERED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})\b")


class DayOrder(StrEnum):
    """What comes first in "03/02/2020"."""

    DAY = "day"
    MONTH = "month"


_PARENTHESES = re.compile(r"\s*\([^)]*\)")


_ORGANS = {
    "government": "GOV",
    "military forces": "MIL",
    "military": "MIL",
    "armed forces": "MIL",
    "police forces": "COP",
    "police": "COP",
}
"""What data sets call the organs of a state: "Military Forces of Iran (2021-)"."""


class RowError(ValueError):
    """What is wrong with a row, in a reader's words."""


@dataclass(slots=True, kw_only=True)
class Record:
    """A row in the terms that all data sets share."""

    record_id: str
    event_type: str
    mode: str | None = None
    when: PartialDate | None
    source_actors: tuple[Actor, ...] = ()
    target_actors: tuple[Actor, ...] = ()
    lat: float | None = None
    lon: float | None = None
    precision: GeoPrecision = GeoPrecision.EXACT
    place_name: str = ""
    within: tuple[str, ...] = ()
    """Names of what the place lies in, the finest first, without its country."""
    names_town: bool = False
    """The name of the place is a town's, though a province may bear it too."""
    country_code: str | None = None
    text: str = ""
    killed: tuple[int | None, int, int | None] | None = None
    """Low, best, high; None: nobody counted."""
    contexts: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)


def stated(value: object) -> str:
    """Return a cell's text; "" when it says nothing."""
    if value is None:
        return ""
    text = str(value).strip()
    return "" if text.lower() in MISSING else text


def degrees(value: object, what: str) -> float | None:
    """Return a cell's degrees, with a decimal point or comma; None when it says nothing.

    Raises: RowError when it is no number.
    """
    return number(value.replace(",", ".") if isinstance(value, str) else value, what)


def number(value: object, what: str) -> float | None:
    """Return a cell's number; None when it says nothing.

    Raises: RowError when it is no number.
    """
    if value is None:
        return None
    try:
        return float(value)  # type: ignore[arg-type]  # whatever it cannot read is told
    except (ValueError, TypeError) as error:
        if not (text := stated(value)):
            return None
        raise RowError(f"{what} {text[:40]!r} is no number") from error


@lru_cache(maxsize=65_536)
def day(value: str | date | None, order: DayOrder | None = DayOrder.DAY) -> date:
    """Return a cell's day, in any of the forms that the data sets use.

    Without an `order` a day that could be two is none.

    Raises: RowError when it is none.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = stated(value)
    if not text:
        raise RowError("the date is missing")
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        text = _TIME_OF_DAY.sub("", text)
    if numbered := _NUMBERED.match(text):
        first, _, second, year = numbered.groups()
        if order is None and int(first) != int(second) and max(int(first), int(second)) <= 12:
            raise RowError(f"the date {text!r} could be two days: say what comes first")
        is_day_first = order is DayOrder.DAY if order else int(first) > 12
        text = f"{year}/{second}/{first}" if is_day_first else f"{year}/{first}/{second}"
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise RowError(f"the date {stated(value)[:40]!r} cannot be read")


@lru_cache(maxsize=65_536)
def days(value: str | date | None, order: DayOrder | None = DayOrder.DAY) -> tuple[date, date]:
    """Return the first and the last day of a cell's day, month ("2019-04") or year.

    Raises: RowError when it is none.
    """
    text = stated(value)
    if _YEAR_OR_MONTH.fullmatch(text):
        try:
            stretch = PartialDate.from_iso(text)
        except ValueError as error:
            raise RowError(f"the date {text!r} cannot be read") from error
        return stretch.earliest, stretch.latest
    one = day(value, order)
    return one, one


def order_of_days(values: Iterable[object]) -> DayOrder | None:
    """Return what comes first in a column's numbered days; None when no value tells."""
    for value in values:
        numbered = _NUMBERED.match(stated(value))
        if numbered and int(numbered[1]) > 12:
            return DayOrder.DAY
        if numbered and int(numbered[3]) > 12:
            return DayOrder.MONTH
    return None


@lru_cache(maxsize=65_536)
def when(first: date, last: date) -> PartialDate:
    """Return the days from `first` to `last` as a date of the right precision."""
    if first > last:
        raise RowError(f"it ends on {last}, before it begins on {first}")
    if first == last:
        iso = first.isoformat()
    else:
        is_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        iso = f"{first:%Y}" if is_year or first.month != last.month else f"{first:%Y-%m}"
    return PartialDate(iso=iso, earliest=first, latest=last)


def within_days(middle: date, days: int) -> PartialDate:
    """Return a date known to within so many days."""
    return when(middle - timedelta(days=days), middle + timedelta(days=days))


def month_of(inside: date) -> PartialDate:
    """Return the month of a day."""
    last = monthrange(inside.year, inside.month)[1]
    return when(inside.replace(day=1), inside.replace(day=last))


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, Mapping[str, tuple[str, str | None]]]:
    found: dict[str, dict[str, tuple[str, str | None]]] = {}
    for scheme, code, event_type, mode in _rows("event_codes.tsv"):
        key = code.casefold()
        found.setdefault(scheme, {})[key] = (event_type, None if mode == "-" else mode)
    return found


_LAST = {"1": "9", "2": "8", "3": "9", "4": "6", "5": "7", "6": "4", "7": "5", "8": "7", "9": "4"}
"""The last second-level code of CAMEO's roots 01 to 09: 010 to 019, 020 to 028 (codebook 1.1b3)."""


@lru_cache(maxsize=8192)
def plover_type(scheme: str, code: str) -> tuple[str, str | None]:
    """Return the PLOVER type and mode of another scheme's code; of CAMEO by the longest prefix.

    Raises: RowError when there is none.
    """
    known = _codes()[scheme]
    if scheme == "cameo" and code[:2] not in known and code[1:2] <= _LAST.get(code[:1], ""):
        code = f"0{code}"  # a spreadsheet has taken the zero away
    for length in range(len(code), 0 if scheme == "cameo" else len(code) - 1, -1):
        if code[:length].casefold() in known:
            return known[code[:length].casefold()]
    raise RowError(f"no event type stands for {scheme.upper()} {code[:60]!r}")


@lru_cache(maxsize=1)
def fips_codes() -> Mapping[str, str]:
    """Return the ISO 3166-1 alpha-2 codes of FIPS 10-4 codes."""
    return {row[0]: row[1] for row in _rows("fips.tsv")}


def country_of_fips(code: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a FIPS 10-4 code."""
    return fips_codes().get(code)


@lru_cache(maxsize=1)
def _country_names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for code, country in countries().items():
        for name in (*country.names, country.code3):
            names.setdefault(name_key(name), code)
    return names | {name_key(name): code for name, code in _rows("country_names.tsv")}


@lru_cache(maxsize=8192)
def country_of(name: str) -> str | None:
    """Return the alpha-2 code of a country by its name or its alpha-3 code."""
    plain = _PARENTHESES.sub("", name).strip()  # "Yemen (North Yemen)"
    last, comma, first = plain.partition(", ")  # "Iran, Islamic Republic of"
    spellings = (name, plain, f"{first} {last}") if comma else (name, plain)
    found = (_country_names().get(name_key(spelling)) for spelling in spellings if spelling)
    return next(filter(None, found), None)


@lru_cache(maxsize=1)
def _known_names() -> Mapping[str, Actor]:
    return {
        name_key(name): actor
        for actor in known_actors().values()
        for name in (actor.name, *actor.aliases)
    }


_WITH_OTHER_NAME = re.compile(r": | - ")
"""What stands between two names of one: "PKK: Kurdistan Workers Party"."""

_SHORT = {"IS": "Islamic State"}
"""Names of data sets that would be found everywhere in a text, and so are no actor's aliases."""


def _known(name: str) -> Actor | None:
    names = (_SHORT.get(name, name), *_WITH_OTHER_NAME.split(name))
    return next(filter(None, (_known_names().get(name_key(one)) for one in names)), None)


@lru_cache(maxsize=65_536)
def actor(name: str, country_code: str | None = None, sector: str | None = None) -> Actor:
    """Return an actor by the name that a data set gives it: one that we know, where it is one.

    Otherwise one whose id begins with its country and its sector, so that "IRN" and "IRN.MIL"
    find it too.
    """
    plain = _PARENTHESES.sub("", name).strip() or name
    if known := _known(plain):
        return known
    organ, _, of = plain.partition(" of ")
    if organ.lower() in _ORGANS and country_of(of):
        return state_actor(country_of(of) or "", _ORGANS[organ.lower()])
    code = country_of(plain)
    sector = sector if sector in SECTORS else None
    if code:
        return state_actor(code, sector)
    code = country_code or _country_at_the_end(plain)
    slug = re.sub(r"[^A-Z0-9]+", "-", name_key(plain).upper()).strip("-")[:40] or "UNNAMED"
    country = countries().get(code or "")
    first = country.code3 if country else "IMG" if sector == "REB" else "NGO"
    groups = [first, f"{first}.{sector}"] if sector else [first]
    return Actor(
        actor_id=f"{groups[-1]}.{slug}",
        name=plain,
        kind=(sector or "unk").lower(),
        country_code=country.code if country else None,
        member_of=tuple(reversed(groups)),
    )


def _country_at_the_end(name: str) -> str | None:
    """Return the country of "Military Forces of Iran", "Protesters (Iran)"."""
    _, of, last = name.rpartition(" of ")
    return country_of(last) if of else None


_NOBODY = frozenset({"", "unknown", "unidentified"})


def actors(names: Iterable[str], **more: str | None) -> tuple[Actor, ...]:
    """Return the actors of names, without those that say nothing, each once."""
    said = (name for name in map(stated, names) if name.lower() not in _NOBODY)
    return tuple(dict.fromkeys(actor(name, **more) for name in said))


def _rows(file: str) -> list[list[str]]:
    text = (_DATA / file).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
