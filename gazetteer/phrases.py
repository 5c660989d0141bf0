"""Phrases that name a place by their form: borders, parts by direction, streets and squares."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from gazetteer.rules import table

CountryOf = Callable[[str], str | None]
"""Gives the ISO code of the country that a name or an adjective of origin means, or None."""

_LONGEST_NAME_WORDS = 5
_REACH = 90
"""Characters on either side of "border" in which its countries may stand."""

_BORDER_WORD = re.compile(
    r"\b(?:[Bb]orders?|BORDERS?|[Ff]rontiers?|FRONTIERS?|[Bb]oundary|[Bb]orderlands?)\b"
    r"(?:[ -](?:areas?|regions?|zones?)\b)?"
)
_WORD = re.compile(r"[^\W\d_][\w.]*(?:['\u2019](?!s\b)\w+)?")
_JOIN = re.compile(r"\s?[-\u2010-\u2015/]\s?|\s+(?:and|AND|&)\s+(?:the\s+|THE\s+)?$")
_BETWEEN = re.compile(r"\s+(?:between|separating|dividing)\s+(?:the\s+)?")
_WITH = re.compile(r"\s+with\s+(?:the\s+)?")
_AND = re.compile(r"\s+and\s+(?:the\s+)?")
_SHORTENED = re.compile(r"(?P<first>North|South|East|West)(?= and [A-Z][a-z]+ (?P<last>[A-Z]\w+))")
_ADJECTIVE = (
    r"(?:long|shared|common|joint|land|sea|maritime|porous|disputed|restive|troubled|mountainous|"
    r"remote|rugged|volatile|tense|closed|open|lawless|heavily|fortified|busy|busiest|main|new|old|"
    r"(?:north|south)?-?(?:east|west)?(?:north|south|east|west)ern|central)"
)
_POSSESSIVE = re.compile(rf"['\u2019]s?\s+(?:{_ADJECTIVE}\s+){{0,3}}$")
_ADJECTIVES = re.compile(rf"\s+(?:{_ADJECTIVE}\s+){{0,2}}$")
_SIDE = re.compile(
    rf"(?:['\u2019]s?)?\s+side\s+of\s+(?:the|their|its|that)\s+(?:{_ADJECTIVE}\s+){{0,2}}$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderPhrase:
    """Words that mean the border of two countries, or of one with an unnamed other."""

    start: int
    end: int
    countries: tuple[str, ...]
    """One or two ISO codes, in the order of the text."""
    side: str | None = None
    """The code of the country on whose side: "the Iranian side of the border"."""


def find_border_phrases(text: str, country_of: CountryOf) -> tuple[BorderPhrase, ...]:
    """Return the border phrases of `text` in its order.

    "the Pakistan-Iran border", "Iran's border with Pakistan", "the border between Iran and
    Pakistan", "the Iranian-Pakistani border", "the Pakistan border". A phrase starts at
    its first name, without "the".
    """
    found = []
    for word in _BORDER_WORD.finditer(text):
        phrase = _border_phrase(text, word.start(), word.end(), country_of)
        phrase = _with_side(text, word, phrase, country_of)
        if phrase is not None:
            found.append(phrase)
    return tuple(found)


def _with_side(
    text: str, word: re.Match[str], phrase: BorderPhrase | None, country_of: CountryOf
) -> BorderPhrase | None:
    """Widen a phrase by "the Iranian side of" before it."""
    start = phrase.start if phrase else word.start()
    from_ = max(0, start - _REACH)
    before = text[from_:start]
    tail = _SIDE.search(before)
    owner = _name_ending(before[: tail.start()], country_of) if tail else None
    if owner is None:
        return phrase
    code, name_start = owner
    countries = tuple(dict.fromkeys((code, *(phrase.countries if phrase else ()))))
    if len(countries) > 2:
        return phrase
    return BorderPhrase(
        start=from_ + name_start,
        end=phrase.end if phrase else word.end(),
        countries=countries,
        side=code,
    )


def _border_phrase(text: str, start: int, end: int, country_of: CountryOf) -> BorderPhrase | None:
    after = text[end : end + _REACH]
    if link := _BETWEEN.match(after):
        return _between(text, start, end + link.end(), country_of)
    before_start = max(0, start - _REACH)
    before = text[before_start:start]
    partner = None
    if link := _WITH.match(after):
        partner = _name_at(text, end + link.end(), country_of)
    if partner is not None:
        partner_code, partner_end = partner
        owner = _owner_before(before, country_of)
        if owner is not None and owner[0] != partner_code:
            code, owner_start = owner
            return BorderPhrase(
                start=before_start + owner_start,
                end=partner_end,
                countries=(code, partner_code),
            )
        return BorderPhrase(start=start, end=partner_end, countries=(partner_code,))
    return _named_before(before, before_start, end, country_of)


def _between(text: str, start: int, at: int, country_of: CountryOf) -> BorderPhrase | None:
    first = _shortened_at(text, at, country_of) or _name_at(text, at, country_of)
    if first is None:
        return None
    link = _AND.match(text, first[1])
    second = _name_at(text, link.end(), country_of) if link else None
    if second is None or second[0] == first[0]:
        return None
    return BorderPhrase(start=start, end=second[1], countries=(first[0], second[0]))


def _shortened_at(text: str, at: int, country_of: CountryOf) -> tuple[str, int] | None:
    """Read the "North" of "North and South Korea", which shares its last word with the next."""
    shortened = _SHORTENED.match(text, at)
    code = country_of(f"{shortened['first']} {shortened['last']}") if shortened else None
    return (code, shortened.end("first")) if shortened and code else None


def _owner_before(before: str, country_of: CountryOf) -> tuple[str, int] | None:
    """Read "Iran's (long) " or "the Iranian " at the end of `before`: the code and its start."""
    for ending in (_POSSESSIVE, _ADJECTIVES):
        tail = ending.search(before)
        if tail is not None:
            owner = _name_ending(before[: tail.start()], country_of)
            if owner is not None:
                return owner
    return None


def _named_before(before: str, offset: int, end: int, country_of: CountryOf) -> BorderPhrase | None:
    """Read "Pakistan-Iran ", "Syria's northern " or "Pakistani " at the end of `before`."""
    owner = _owner_before(before, country_of)
    if owner is None:
        return None
    code, name_start = owner
    joined = re.search(rf"(?:{_JOIN.pattern})$", before[:name_start])
    other = _name_ending(before[: joined.start()], country_of) if joined else None
    if other is not None and other[0] != code:
        return BorderPhrase(start=offset + other[1], end=end, countries=(other[0], code))
    return BorderPhrase(start=offset + name_start, end=end, countries=(code,))


def _name_ending(text: str, country_of: CountryOf) -> tuple[str, int] | None:
    """Return the country that the longest run of words at the end of `text` names."""
    starts = [word.start() for word in _WORD.finditer(text)]
    for start in starts[-_LONGEST_NAME_WORDS:]:
        name = text[start:]
        if name[0].isupper() and (code := country_of(name)):
            return code, start
    return None


def _name_at(text: str, at: int, country_of: CountryOf) -> tuple[str, int] | None:
    """Return the country that the longest run of words from `at` on names, and where it ends."""
    window = text[at : at + _REACH]
    if not window[:1].isupper():
        return None
    ends = [word.end() for word in _WORD.finditer(window)][:_LONGEST_NAME_WORDS]
    for end in reversed(ends):
        name = window[:end].rstrip(".")
        if code := country_of(name):
            return code, at + (end if "." in name else len(name))  # "U.S." keeps its period
    return None


_OF = r"(?:de la|de las|de los|de|des|du|d'|del|della|delle|dei|di|do|da|dos|das|la|le|les)"
_STREET_OR_SQUARE = re.compile(
    rf"\b(?:(?:Rue|Quai|Viale|Piazza|Corso|Calle|Avenida|Paseo|Rua|Praça|Ulica|Ulitsa)\s(?:{_OF}\s)?"
    rf"|(?:Avenue|Boulevard|Place|Via|Largo)\s{_OF}\s)[A-Z]\w+(?:[ -](?:{_OF}\s)?[A-Z]\w+){{0,2}}"
    r"|\b[A-Z]\w{2,}(?:strasse|straße|straat|gasse|gracht|platz|plein|gatan|vägen|damm|allee)\b"
)


def find_streets(text: str) -> tuple[tuple[int, int], ...]:
    """Return where `text` names streets and squares in French, Spanish, German and the like.

    "Rue Lepic", "Viale di Porta Ardeatine", "Pestalozzistrasse": in an English text they are
    known by their form only.
    """
    return tuple(found.span() for found in _STREET_OR_SQUARE.finditer(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPhrase:
    """A name with a word before it that means a part of the place."""

    direction: str
    bearing_degrees: float | None
    """Clockwise from north; None where the part lies in no direction ("central")."""
    name: str


def part_phrase(surface: str) -> PartPhrase | None:
    """Read "southern Lebanon" as a direction and a name; None when it is neither."""
    match = _part_pattern().match(surface)
    if match is None or match[2].lower() in _bearings():
        return None  # "North Eastern" is a province
    direction = match[1].lower()
    return PartPhrase(direction=direction, bearing_degrees=_bearings()[direction], name=match[2])


def directions_before(text: str, at: int) -> int | None:
    """Return where a direction word that stands right before `at` begins, or None."""
    match = _direction_before_pattern().search(text, max(0, at - 25), at)
    return match.start(1) if match else None


def bearing_of(direction: str) -> float | None:
    """Return the bearing of a direction word, clockwise from north; None for "central"."""
    return _bearings().get(" ".join(direction.lower().split()).replace(" ", ""), None)


def direction_pattern() -> str:
    """Return the direction words as the alternatives of a regular expression."""
    return _direction_words()


@cache
def _bearings() -> dict[str, float | None]:
    return {
        word: None if degrees == "-" else float(degrees) for word, degrees in table("directions", 2)
    }


@cache
def _part_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?i)({_direction_words()})\s+(?:the\s+)?(.+)", re.DOTALL)


@cache
def _direction_before_pattern() -> re.Pattern[str]:
    words = _direction_words()
    titles = "|".join(word.capitalize() for word in words.split("|"))
    return re.compile(rf"\b({words}|{titles}|{words.upper()})[ \t]+(?:the[ \t]+)?\Z")


def _direction_words() -> str:
    return "|".join(sorted(_bearings(), key=len, reverse=True))
