"""What words for a time mean: "Sept. 14", "earlier this month", "two days later"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dashboard.partial_dates import PartialDate

MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name}
MONTHS["sept"] = 9
_DAYS = {name.casefold(): n for n, name in enumerate(calendar.day_name)}
_DAYS |= {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "several": 3, "few": 3,
    "a few": 3, "a couple of": 2, "couple of": 2,
}  # fmt: skip
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of the northern season; a season lasts three months."""
_SPANS = {
    "early": (0.0, 0.34), "beginning": (0.0, 0.34), "start": (0.0, 0.34), "mid": (0.33, 0.67),
    "middle": (0.33, 0.67), "late": (0.66, 1.0), "end": (0.66, 1.0),
}  # fmt: skip

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![a-z])"
)
_DAY_NAME = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY_SHORT = rf"(?:{_DAY_NAME}|Mon|Tue|Tues|Wed|Thu|Thurs|Thur|Fri|Sat|Sun)\.?"
_COUNT = (
    r"(?i:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several"
    r"|(?:a )?few|(?:a )?couple of)"
)
_YEAR = (365, 366)
_SHADE = r"(?:(?:early|mid|late|the (?:start|beginning|middle|end) of)[ -](?:in )?)"
YEAR = r"(?:19|20)\d\d"

EXPRESSION = re.compile(
    rf"""\b(?P<since>[Ss]ince[ ](?:at[ ]least[ ])?|[Ss]tarting[ ](?:on[ ])?)?(?:
      (?P<iso>{YEAR}-[01]\d-[0-3]\d)
    | (?:{_DAY_SHORT},?[ ])?(?P<md_month>{MONTH})[ ]
        (?P<md_day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:])
        (?:[ ]?(?:-|\u2013|to|and)[ ]?(?P<md_day2>[0-3]?\d)(?![\d:]))?
        (?:,?[ ](?P<md_year>{YEAR}))?
    | (?:{_DAY_SHORT},?[ ])?(?P<dm_day>[0-3]?\d)(?:st|nd|rd|th)?(?:[ ]of)?[ ]
        (?P<dm_month>{MONTH})(?:,?[ ](?P<dm_year>{YEAR}))?
    | (?P<m_shade>{_SHADE})?(?P<m_rel>[Ll]ast[ ]|[Tt]his[ ]|[Nn]ext[ ])?
        (?P<m_month>{MONTH})(?:(?:,|[ ]of)?[ ](?P<m_year>{YEAR}))?
    | (?P<w_rel>[Ll]ast|[Tt]his[ ]past|[Tt]his|[Nn]ext|[Pp]revious|[Oo]n)?[ ]?
        (?P<weekday>{_DAY_NAME})(?P<w_last>[ ]last[ ]week)?
    | (?P<named>[Dd]ay[ ]before[ ]yesterday|[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight
        |[Ll]ast[ ]night|[Tt]his[ ](?:morning|afternoon|evening)|[Oo]vernight
        |[Ee]arlier[ ]in[ ]the[ ]day)
    | (?P<u_shade>{_SHADE}|[Ee]arlier[ ]|[Ll]ater[ ]|[Ee]arly[ ]|[Ll]ate[ ])?
        (?P<u_rel>[Ll]ast|[Tt]his|[Nn]ext|[Tt]he[ ]previous|[Tt]he[ ]past|[Pp]revious|[Pp]ast)[ ]
        (?P<unit>weekend|week|month|year|spring|summer|autumn|fall|winter)
    | (?P<ago_n>{_COUNT})[ ](?:or[ ]so[ ])?(?P<ago_unit>day|week|month|year)s?[ ]
        (?P<ago>ago|earlier|before|later|after)\b
    | [Tt]he[ ](?:(?P<next_day>next|following|same|previous)
        [ ](?:day|morning|afternoon|evening|night)|day[ ](?P<day_beside>before|after))
    | (?:[Tt]he[ ]|[Ii]n[ ]|[Oo]ver[ ]|[Ff]or[ ])(?:the[ ])?
        (?P<range>last|past|previous|recent)[ ](?:(?P<range_n>{_COUNT})[ ])?
        (?P<range_unit>days?|weeks|months|years)
    | (?P<decade>[Tt]he[ ](?:early[ ]|mid-|late[ ])?(?:19|20)\d0s)
    | (?P<y_shade>{_SHADE})?
        (?P<y_lead>[Ii]n[ ]|[Dd]uring[ ]|[Ff]rom[ ]|[Uu]ntil[ ]|[Bb]y[ ]|[Oo]f[ ]|[Tt]he[ ]year[ ])?
        (?P<year>{YEAR})
        (?![\d,.:%-]\d|[ ]?(?:people|troops|km|kilomet|miles|tons|dead))
    )(?:[ ](?P<part>morning|afternoon|evening|night))?\b""",
    re.VERBOSE,
)
"""Words for a time; the groups name the parts that the readers below ask for."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words for a time with what they are reckoned from."""

    match: re.Match[str]
    today: date | None
    """Day of the report."""
    named_day: date | None
    """The last single day that the text named before: what "two days later" counts from."""
    is_future: bool


def read(phrase: Phrase) -> PartialDate | None:
    """Return what a phrase means, None when it cannot be told or no calendar has such a day."""
    for group, reader in _READERS:
        if phrase.match[group]:
            try:
                return reader(phrase)
            except ValueError:  # "Feb. 30", a day that no calendar has
                return None
    return None  # a decade: too wide to be an event's date


def _full_date(phrase: Phrase, year: str | None, month: str, day: str) -> date | None:
    number = MONTHS[month.rstrip(".").casefold()]
    if year:
        return date(int(year), number, int(day))
    if phrase.today is None:
        return None
    return _nearest_year(phrase.today, number, int(day), is_future=phrase.is_future)


def _nearest_year(today: date, month: int, day: int, *, is_future: bool) -> date:
    """Return the day without a year that a report of `today` means: the last, or the next."""
    this_year = date(today.year, month, day)
    if is_future:
        return this_year if this_year >= today else this_year.replace(year=this_year.year + 1)
    # A report from New York may already be dated the next day in Asia.
    is_past = this_year <= today + timedelta(days=1)
    return this_year if is_past else this_year.replace(year=this_year.year - 1)


def _read_iso(phrase: Phrase) -> PartialDate | None:
    return PartialDate.from_iso(phrase.match["iso"])


def _read_month_day(phrase: Phrase) -> PartialDate | None:
    day = _full_date(
        phrase, phrase.match["md_year"], phrase.match["md_month"], phrase.match["md_day"]
    )
    if day is None:
        return None
    first = _day(day)
    if phrase.match["md_day2"] and int(phrase.match["md_day2"]) > day.day:
        return _stretch(day, day.replace(day=int(phrase.match["md_day2"])))
    return first


def _read_day_month(phrase: Phrase) -> PartialDate | None:
    day = _full_date(
        phrase, phrase.match["dm_year"], phrase.match["dm_month"], phrase.match["dm_day"]
    )
    return _day(day) if day else None


def _read_month(phrase: Phrase) -> PartialDate | None:
    number = MONTHS[phrase.match["m_month"].rstrip(".").casefold()]
    relation = (phrase.match["m_rel"] or "").strip().casefold()
    today = phrase.today
    if phrase.match["m_year"]:
        year = int(phrase.match["m_year"])
    elif today is None:
        return None
    elif phrase.is_future or relation == "next":
        year = today.year + (number < today.month)
    else:
        year = today.year - (number > today.month or (relation == "last" and number == today.month))
    return _shaded(PartialDate.from_iso(f"{year:04}-{number:02}"), phrase.match["m_shade"])


def _read_weekday(phrase: Phrase) -> PartialDate | None:
    today = phrase.today
    if today is None:
        return None
    number = _DAYS[phrase.match["weekday"].casefold()]
    relation = (phrase.match["w_rel"] or "").casefold()
    if phrase.match["w_last"]:
        return _day(_monday(today) + timedelta(days=number - 7))
    if phrase.is_future or relation == "next":
        return _day(
            today
            + timedelta(days=(number - today.weekday()) % 7 or (7 if relation == "next" else 0))
        )
    back = (today.weekday() - number) % 7
    if relation in {"last", "previous"} and back == 0:
        back = 7
    return _day(today - timedelta(days=back))


def _read_named(phrase: Phrase) -> PartialDate | None:
    today = phrase.today
    if today is None:
        return None
    word = phrase.match["named"].casefold()
    back = {"yesterday": 1, "last night": 1, "day before yesterday": 2, "tomorrow": -1}.get(word, 0)
    if word == "overnight":
        return _stretch(today - timedelta(days=1), today)
    return _day(today - timedelta(days=back))


def _read_unit(phrase: Phrase) -> PartialDate | None:
    today = phrase.today
    if today is None:
        return None
    shade = (phrase.match["u_shade"] or "").strip().casefold()
    relation = phrase.match["u_rel"].casefold().removeprefix("the ")
    step = {"next": 1, "this": 0}.get(relation, -1)
    unit = phrase.match["unit"]
    if relation == "past" and unit in _UNIT_DAYS:
        return _stretch(today - timedelta(days=_UNIT_DAYS[unit]), today)
    when = _unit(today, unit, step, is_future=phrase.is_future)
    if shade == "earlier" and step == 0:
        return replace(when, latest=min(when.latest, today))
    if shade == "later" and step == 0:
        return replace(when, earliest=max(when.earliest, today))
    return _shaded(when, shade)


def _read_ago(phrase: Phrase) -> PartialDate | None:
    is_from_report = phrase.match["ago"] == "ago"
    origin = phrase.today if is_from_report else phrase.named_day
    if origin is None:
        return None
    count = _count(phrase.match["ago_n"]) * (1 if phrase.match["ago"] in {"later", "after"} else -1)
    unit = phrase.match["ago_unit"]
    if unit == "day":
        return _day(origin + timedelta(days=count))
    if unit == "week":
        middle = origin + timedelta(weeks=count)
        return _stretch(middle - timedelta(days=3), middle + timedelta(days=3))
    months = origin.year * 12 + origin.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return PartialDate.from_iso(f"{year:04}" if unit == "year" else f"{year:04}-{month + 1:02}")


def _read_next_day(phrase: Phrase) -> PartialDate | None:
    if phrase.named_day is None:
        return None
    words = phrase.match["next_day"] or phrase.match["day_beside"]
    step = {"same": 0, "previous": -1, "before": -1}.get(words, 1)
    return _day(phrase.named_day + timedelta(days=step))


def _read_range(phrase: Phrase) -> PartialDate | None:
    today = phrase.today
    if today is None:
        return None
    unit = phrase.match["range_unit"].rstrip("s")
    if phrase.match["range"] == "recent" and unit in {"month", "year"}:
        return None  # too vague to be of use
    count = _count(phrase.match["range_n"]) if phrase.match["range_n"] else 2 + (unit == "day")
    return _stretch(today - timedelta(days=count * _UNIT_DAYS[unit]), today)


def _read_year(phrase: Phrase) -> PartialDate | None:
    return _shaded(PartialDate.from_iso(phrase.match["year"]), phrase.match["y_shade"])


_READERS: tuple[tuple[str, Callable[[Phrase], PartialDate | None]], ...] = (
    ("iso", _read_iso),
    ("md_month", _read_month_day),
    ("dm_month", _read_day_month),
    ("m_month", _read_month),
    ("weekday", _read_weekday),
    ("named", _read_named),
    ("unit", _read_unit),
    ("ago", _read_ago),
    ("next_day", _read_next_day),
    ("day_beside", _read_next_day),
    ("range_unit", _read_range),
    ("year", _read_year),
)
_UNIT_DAYS = {"day": 1, "week": 7, "weekend": 3, "month": 30, "year": 365}


def _day(day: date) -> PartialDate:
    return PartialDate(iso=day.isoformat(), earliest=day, latest=day)


def _stretch(first: date, last: date) -> PartialDate:
    iso = f"{first:%Y-%m}" if (last - first).days <= 31 else f"{first:%Y}"
    return PartialDate(iso=iso, earliest=first, latest=last)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _unit(today: date, unit: str, step: int, *, is_future: bool) -> PartialDate:
    if unit == "week":
        monday = _monday(today) + timedelta(weeks=step)
        return _stretch(monday, monday + timedelta(days=6))
    if unit == "weekend":
        saturday = _monday(today) + timedelta(days=5 + 7 * step)
        if step == 0 and today.weekday() < 5 and not is_future:
            saturday -= timedelta(days=7)
        return _stretch(saturday, saturday + timedelta(days=1))
    if unit == "month":
        year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
        return PartialDate.from_iso(f"{year:04}-{month + 1:02}")
    if unit == "year":
        return PartialDate.from_iso(f"{today.year + step:04}")
    return _season(today, unit, step)


def _season(today: date, name: str, step: int) -> PartialDate:
    year = today.year
    first_month = _SEASONS[name]
    if step <= 0 and date(year, first_month, 1) > today - timedelta(days=90 if step else 0):
        year -= 1
    elif step > 0 and date(year, first_month, 1) <= today:
        year += 1
    first = date(year, first_month, 1)
    last_year, last_month = (year + 1, 2) if first_month == 12 else (year, first_month + 2)
    last = date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])
    return PartialDate(iso=f"{year:04}", earliest=first, latest=last)


def _shaded(when: PartialDate, shade: str | None) -> PartialDate:
    words = re.findall(r"early|beginning|start|middle|mid|late|end", (shade or "").casefold())
    if not words:
        return when
    low, high = _SPANS[words[0]]
    days = when.days
    if days in _YEAR:  # whole months: "late 2021" is from September on
        year = when.earliest.year
        earliest = date(year, 1 + round(12 * low), 1)
        after = date(year + (high == 1.0), 1 + round(12 * high) % 12, 1)
        return replace(when, earliest=earliest, latest=after - timedelta(days=1))
    return replace(
        when,
        earliest=when.earliest + timedelta(days=int(days * low)),
        latest=when.earliest + timedelta(days=int(days * high) - 1),
    )


def number_of(words: str) -> int | None:
    """Return the number that "six", "a" or "12" means; None when it is none."""
    return _count(words) if words.isdecimal() or words.casefold() in _COUNTS else None


def _count(words: str) -> int:
    return int(words) if words.isdigit() else _COUNTS[words.casefold()]
