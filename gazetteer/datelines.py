"""Datelines and bylines: where, and when, a report was written, as its first words say.

"RIYADH, Saudi Arabia (AP) - ", "Bogota, 12 July (AFP) — ", "KARACHI: ", "By Jo Doe in Beirut".
Only the form is read here; whether the names are places is for the caller to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gazetteer.edges import split_at

_WORD = r"[^\W\d_a-z][\w.'\u2019]*"
_SMALL_WORD = r"(?:de|del|da|do|du|la|le|al|el|au|aux|es|of|the|am|sur)"
_NAME = rf"{_WORD}(?:[ -](?:{_SMALL_WORD}[ -]){{0,2}}{_WORD}){{0,3}}"
_PLACE = rf"{_NAME}(?:,\s{_NAME}){{0,2}}(?:\s?\[{_NAME}\])?"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_TH = r"(?:st|nd|rd|th)?"
_DATE = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?"
    rf"(?:{_MONTH}\s\d{{1,2}}{_TH}|\d{{1,2}}{_TH}\.?\s(?:of\s)?{_MONTH})(?:,?\s\d{{4}})?"
)
_AGENCY = r"\([^()\n]{2,30}\)"
_HEAD = re.compile(
    r"(?P<opening>\A|\n|(?<=[.!?\u201d\"])[ \t])[ \t]*(?:Reporting\sfrom\s)?"
    rf"(?P<places>{_PLACE}(?:\s?[/|]\s?{_PLACE}){{0,3}})"
    rf"(?P<details>[,.]?(?:\s?[,|]?\s?(?:{_AGENCY}|(?i:{_DATE})\b\.?)){{0,2}}"
    r"(?:(?<=\.)\s[A-Z]{3,12})?)"
    r"[ \t]*(?P<mark>--|[-\u2013\u2014]|:|\n)(?=\s|(?<=\n))",
)
_BYLINE = re.compile(rf"(?:\A|\n)[ \t]*By\s{_NAME}[^\n.]{{0,80}}?\sin\s{_NAME}(?=[ \t]*(?:\n|\Z))")
_BYLINE_PLACE = re.compile(rf"(?<=\sin\s){_NAME}(?=\Z|,?\sand\s|,)")
_DETAIL = re.compile(rf"(?i:{_DATE})\b|{_AGENCY}")
_DASH = re.compile(r"\s(?:--|[-\u2013\u2014])\s")
_PROSE = re.compile(r"[.!?][\"'\u201d\u2019)]*\s*\Z")
_LEAST_PROSE = 25
_FIRST_LINES = re.compile(r"\s*(?:[^\n]+\s*){0,2}")
"""A headline and a line of the date or of the author, before the report itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The head of a report: offsets of the whole, code points, and of the names in it."""

    start: int
    end: int
    places: tuple[tuple[int, int], ...]
    is_plain: bool
    """One name and a mark, nothing else: "Geneva - The talks failed.", "KARACHI: Police said."."""

    def holds(self, at: int) -> bool:
        """Say whether the character `at` is part of it."""
        return self.start <= at < self.end


def find_datelines(text: str) -> Iterator[Dateline]:
    """Yield what has the form of a dateline or a byline, in the order of the text.

    Small letters need a date, an agency or an area beside the name, or a paragraph of prose after
    the dash; capitals may also follow a sentence. A colon alone is a dateline only at the head of
    a text: further down, speakers of an interview have one.
    """
    for line in _BYLINE.finditer(text):
        places = tuple(
            (line.start() + place.start(), line.start() + place.end())
            for place in _BYLINE_PLACE.finditer(line[0])
        )
        yield Dateline(start=line.start(), end=line.end(), places=places, is_plain=False)
    first_lines = _FIRST_LINES.match(text)
    for head in _HEAD.finditer(text):
        places = tuple(split_at(",/|[]", text, *head.span("places")))
        is_detailed = bool(_DETAIL.search(head["details"]))
        is_shouted = text[slice(*places[0])].isupper()
        if head["opening"] in {" ", "\t"} and not is_shouted:
            continue
        is_dashed = head["mark"] not in {":", "\n"}
        if not is_detailed and not (is_shouted and is_dashed) and not _opens_prose(text, head):
            continue
        if not is_dashed and first_lines and head.start() > first_lines.end():
            continue
        yield Dateline(
            start=head.start("places"),
            end=head.end(),
            places=places,
            is_plain=len(places) == 1 and not is_detailed and not (is_shouted and is_dashed),
        )


def _opens_prose(text: str, head: re.Match[str]) -> bool:
    """Say whether a paragraph follows that is no headline and goes on without another dash."""
    if head["mark"] == "\n":
        return False
    line = text[head.end() :].split("\n", 1)[0].strip()
    first = line[:1]
    return (
        len(line) >= _LEAST_PROSE
        and (first.isupper() or not first.isalpha())
        and bool(_PROSE.search(line))
        and not _DASH.search(line)
    )
