"""Which words of a text name countries, known actors and the people who lead them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.actors import Actor, actor_on, known_actors, leaders
from dashboard.spans import SpanFinder
from dashboard.vocabulary import words
from gazetteer.countries import countries, country_by_demonym, country_by_name
from gazetteer.toponyms import Geoparse, Mention, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from gazetteer.places import Place

_FOLD = str.maketrans({"’": "'", "‘": "'", "‑": "-", "–": "-"})
_QUOTATION_MARKS = frozenset({'"', "\u201c", "\u201d", "``", "''"})
_DEMONYM_LABELS = frozenset({"", "NORP", "ORG", "PERSON"})
_WORD_START = re.compile(r"(?<![^\W_])[^\W_]")


@dataclass(frozen=True, slots=True)
class Land:
    """A country to which a word points, and how."""

    code: str
    form: str
    """ "country", "capital", "demonym" or "place" (anything else in that country)."""


def fold(text: str) -> str:
    """Return `text` with plain apostrophes and hyphens; offsets stay the same."""
    return text.translate(_FOLD)


def bare_name(text: str) -> str:
    """Return a name without a possessive ending."""
    return fold(text).removesuffix("'s").strip()


def surname_key(text: str) -> str:
    """Return the form under which a surname is remembered."""
    return bare_name(text).casefold()


def find_lands(doc: Doc, geoparse: Geoparse, spans: SpanFinder) -> dict[int, Land]:
    """Return the countries to which words point, by the token that heads the words.

    What the geoparser resolved comes first; a country's name or word of origin that it left
    alone is looked up.
    """
    lands, taken = _resolved_lands(geoparse, spans)
    for span in doc.ents:
        if span.label_ in {"GPE", "NORP"} and not taken & set(range(span.start, span.end)):
            land = _land_named(span.text)
            if land:
                lands[span.root.i] = land
    for token in doc:
        if token.i not in taken and token.i not in lands and _may_be_demonym(token):
            code = _demonyms().get(token.text)
            if code:
                lands[token.i] = Land(code, "demonym")
    return dict(sorted(lands.items()))


def _resolved_lands(geoparse: Geoparse, spans: SpanFinder) -> tuple[dict[int, Land], set[int]]:
    """Return the countries of the resolved mentions, and the tokens that these take up."""
    lands: dict[int, Land] = {}
    taken: set[int] = set()
    for resolution in geoparse.resolutions:
        place = resolution.place
        span = spans.span(resolution.mention.start, resolution.mention.end)
        if span is None or place is None:
            continue
        if place.feature_code != "BDRY":  # "Kyrgyz and Tajik border guards" are two countries'
            taken.update(range(span.start, span.end))
        form = _form(resolution.mention, place)
        if place.country_code and form and not is_turned_away(span.doc, span.start):
            lands[span.root.i] = Land(place.country_code, form)
    return lands, taken


def _form(mention: Mention, place: Place) -> str | None:
    is_country = place.feature_code.startswith("PCL")
    if mention.kind is MentionKind.PART:
        return "part" if is_country else None
    if mention.kind is MentionKind.DEMONYM:
        return "demonym"
    if is_country:
        return "country"
    is_province = mention.kind is MentionKind.METONYM and place.feature_code == "ADM1"
    return "capital" if is_province or place.feature_code == "PPLC" else "place"


def _may_be_demonym(token: Token) -> bool:
    return (
        token.text[:1].isupper()
        and token.pos_ in {"ADJ", "PROPN", "NOUN"}
        and token.ent_type_ in _DEMONYM_LABELS
    )


def focus_country(lands: Iterable[Land], named: Iterable[Actor]) -> str | None:
    """Return the country that a text names at least twice as often as any other."""
    counts = Counter(land.code for land in lands)
    if not counts:
        counts = Counter(actor.country_code for actor in named if actor.country_code)
    if not counts:
        return None
    (code, most), *others = counts.most_common(2)
    return code if not others or most >= 2 * others[0][1] else None


def is_turned_away(doc: Doc, i: int) -> bool:
    """Say whether a prefix makes a word say who somebody is for or against: "anti-Syria"."""
    return i >= 2 and doc[i - 1].text == "-" and doc[i - 2].lower_ in words("attributive")


def quoted_tokens(doc: Doc) -> frozenset[int]:
    """Return the tokens within quotation marks that open and close in one paragraph."""
    quoted: set[int] = set()
    opened: int | None = None
    for token in doc:
        if "\n" in token.text:
            opened = None
        elif token.text in _QUOTATION_MARKS:
            if opened is None:
                opened = token.i
            else:
                quoted.update(range(opened, token.i))
                opened = None
    return frozenset(quoted)


@lru_cache(maxsize=4096)
def _land_named(text: str) -> Land | None:
    name = bare_name(text)
    country = country_by_name(name)
    if country:
        return Land(country.code, "country")
    country = country_by_demonym(name)
    if country:
        return Land(country.code, "demonym")
    code = _capitals().get(name)
    return Land(code, "capital") if code else None


@lru_cache(maxsize=1)
def _demonyms() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for country in countries().values():
        for word in country.demonyms:
            owner = country_by_demonym(word)
            if owner and " " not in word:
                found.setdefault(word, owner.code)
    return found


@lru_cache(maxsize=1)
def _capitals() -> Mapping[str, str]:
    return {country.capital: country.code for country in countries().values() if country.capital}


@lru_cache(maxsize=1)
def _aliases() -> Mapping[str, tuple[tuple[str, str, Actor], ...]]:
    """Return (folded, exact, actor) by the first letters of the folded name, longest first."""
    found: dict[str, list[tuple[str, str, Actor]]] = {}
    for actor in known_actors().values():
        for spelling in (actor.name, *actor.aliases):
            name = fold(spelling).removeprefix("the ")
            folded = name.lower()
            found.setdefault(folded[:2], []).append((folded, name, actor))
    return {
        key: tuple(sorted(names, key=lambda item: (-len(item[0]), item[0])))
        for key, names in found.items()
    }


def find_known(doc: Doc, spans: SpanFinder, day: date | None = None) -> dict[int, Actor]:
    """Return the data file's actors that `doc` names, by the token that heads the name.

    `day` is that of the report: it tells what an actor whose part changed hands was.
    """
    text = fold(doc.text)
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when lowered; offsets must hold
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    found: dict[int, Actor] = {}
    end = 0
    for match in _WORD_START.finditer(text):
        start = match.start()
        if start < end:
            continue
        known = _known_at(text, lower, start)
        span = spans.span(start, known[0]) if known else None
        if known and span is not None:
            end = known[0]
            found[span.root.i] = actor_on(known[1], day)
    return found


def _known_at(text: str, lower: str, start: int) -> tuple[int, Actor] | None:
    """Return the end of the longest known name at `start`, and whose it is."""
    for folded, exact, actor in _aliases().get(lower[start : start + 2], ()):
        stop = start + len(folded)
        if not lower.startswith(folded, start) or text[stop : stop + 1].isalnum():
            continue
        if _matches_case(text[start:stop], exact):
            return stop, actor
    return None


def _matches_case(surface: str, exact: str) -> bool:
    if exact.isupper() or len(exact) <= 4:
        return surface == exact
    return (
        surface[0] == exact[0]
        or (exact.startswith("al") and surface[0] == "A")
        or surface.isupper()
    )


@lru_cache(maxsize=4096)
def leader_by_name(name: str, day: date | None) -> str | None:
    """Return whom the person of that full name acts for on `day`; None when not known."""
    for leader in leaders():
        if leader.holds_on(day) and any(
            name == known or (known.endswith(" " + name) and " " in name) for known in leader.names
        ):
            return leader.actor_id
    return None


@lru_cache(maxsize=64)
def leaders_by_surname(day: date | None) -> Mapping[str, str]:
    """Return the actor by surname of the leaders of `day`, of surnames that only one bears."""
    owners: dict[str, set[str]] = {}
    for leader in leaders():
        if leader.holds_on(day):
            for name in leader.names:
                owners.setdefault(name.rpartition(" ")[2].casefold(), set()).add(leader.actor_id)
    return {surname: next(iter(ids)) for surname, ids in owners.items() if len(ids) == 1}
