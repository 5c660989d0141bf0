"""Place names in other languages than English, by the gazetteer and a pipeline if there is one.

By the gazetteer: countries, capitals and well-known towns under any name that it has for them,
in the cases of Russian and Ukrainian, after l' and d', and after what Arabic writes with a name.
What a spaCy pipeline for the language calls a place is added when any place bears the name,
and what it calls a person is left out. It is weaker than English: words of origin and the
use of a name (a government, a people) are not told, nor small towns without a pipeline; a
word that happens to be spelt as a large town is taken for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.cases import is_noun_in_names, nominative_forms
from gazetteer.features import is_inside
from gazetteer.foreign_cues import ForeignCues, is_given_name
from gazetteer.lookup import Names
from gazetteer.places import FeatureClass
from gazetteer.reading import reading_of
from gazetteer.rules import table
from gazetteer.toponyms import Mention, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from gazetteer.places import Place
    from gazetteer.store import NameMatch, PlaceStore

DEFAULT_LANGUAGE = "en"

_WORD = re.compile(r"[^\W\d_]+(?:[\u064b-\u0652\u200c'\u2019-][^\W\d_]+)*[\u064b-\u0652]*")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_URDU = re.compile(r"[\u0679\u0688\u0691\u06ba\u06d2\u06be\u06c1]")
_PERSIAN = re.compile(r"[\u067e\u0686\u0698\u06af\u06cc\u06a9]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_SCRIPTS = {
    "he": re.compile(r"[\u05d0-\u05ea]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "ka": re.compile(r"[\u10d0-\u10ff]"),
    "hy": re.compile(r"[\u0531-\u0587]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
    "bn": re.compile(r"[\u0980-\u09ff]"),
    "ta": re.compile(r"[\u0b80-\u0bff]"),
    "th": re.compile(r"[\u0e01-\u0e5b]"),
    "am": re.compile(r"[\u1200-\u137f]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "ja": re.compile(r"[\u3041-\u30ff]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
}
"""The language of most news in a script that few languages share."""
_KANA_OF_JAPANESE = 0.1
"""Share of a Japanese text that is in its own letters, at least, where all else is Chinese."""
_LONGEST_NAME_WORDS = 5
_ENOUGH_CHARACTERS = 20_000
_SHORTEST_NAME = 3
_SHORTEST_PERSIAN_NAME = 2
_SENTENCE_MARK = re.compile("[.,;:!?()\n\u060c\u061b]")
_LARGE_POPULATION = 200_000
_LARGE_WHERE_CAPITALS_TELL = 100_000
"""A capital letter keeps most words apart that are spelt as a town."""
_SEAT_POPULATION = 10_000
_LONGEST_CODE = 3
_CLITICS = re.compile("[\u0648\u0641]?[\u0628\u0644\u0643]?(?=\\w)")
"""Arabic "and", "so", "in", "to" and "like", which are written with the next word."""
_TO_THE = re.compile("[\u0648\u0641]?\u0644(?=\u0644\\w)")
"""Of "to the" Arabic writes two l, and leaves out the article's a."""
_ARTICLE = "\u0627\u0644"
_AND = re.compile("\u0648(?=\\w)")
_ELIDED = re.compile(
    "(?:[dljmnst]|qu|jusqu|lorsqu|puisqu|(?:d|n|s)?[ae]ll|[cs]oll|sull|un|quest|sant)['\u2019](?=\\w)",
    re.IGNORECASE,
)
"""What French, Italian, Catalan and Portuguese write with the next word."""
_UNTOLD_VOWELS = re.compile("[\u064b-\u064e\u0650\u0652]")
_ABBREVIATION = re.compile(r"(?:\w{1,2}\.[ \u00a0]?)+\w{1,2}")
_LATIN_LANGUAGES = ("de", "es", "fr", "it", "pt", "nl", "pl", "tr", "id", "ro", "sv", "cs",
    "vi")  # fmt: skip
_CASED = frozenset({"ca", "en", "ru", "uk", *_LATIN_LANGUAGES})
LANGUAGES = tuple(sorted({"ar", "fa", "ur", *_CASED, *_SCRIPTS}))
"""Languages whose texts are read without a pipeline, as ISO 639-1 codes."""
_COMPASS = frozenset(
    ["nord", "sud", "est", "ouest", "norte", "sur", "sul", "este", "oeste", "ovest", "süd", "ost"]
)
"""Directions, which are divisions of Haiti and Cameroon as well."""
_ELIDING = frozenset({"ca", "fr", "it", "pt"})
_LEAST_SMALL_WORDS = 2
"""So many small words of another language tell it from English with foreign names."""

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_PERSON_LABELS = frozenset({"PER", "PERSON"})


def detect_language(text: str) -> str:
    """Return the language of `text` as an ISO 639-1 code, by its script and its small words.

    One of those that have a row in the list of small words, or of a script that few share
    (_SCRIPTS); "en" also where nothing tells.
    """
    text = text[:_ENOUGH_CHARACTERS]
    counts = {
        "arabic": len(_ARABIC.findall(text)),
        "cyrillic": len(_CYRILLIC.findall(text)),
        "latin": len(_LATIN.findall(text)),
        **{language: len(script.findall(text)) for language, script in _SCRIPTS.items()},
    }
    if counts["ja"] > _KANA_OF_JAPANESE * counts["zh"]:
        counts["ja"] += counts["zh"]
    script = max(counts, key=counts.__getitem__)
    if script in _SCRIPTS and counts[script]:
        return script
    if script == "arabic" and counts["arabic"]:
        if _URDU.search(text):
            return "ur"
        return "fa" if _PERSIAN.search(text) else "ar"
    if script == "cyrillic":
        return "uk" if re.search("[\u0456\u0457\u0454\u0491]", text) else "ru"
    words = Counter(word.lower() for word in _WORD.findall(text))
    english = _STOP_WORDS[DEFAULT_LANGUAGE]
    hits = {DEFAULT_LANGUAGE: sum(words[word] for word in english)}
    for language in _LATIN_LANGUAGES:
        hits[language] = sum(words[word] for word in _STOP_WORDS[language] - english)
    likeliest = max(hits, key=hits.__getitem__)
    return likeliest if hits[likeliest] >= _LEAST_SMALL_WORDS else DEFAULT_LANGUAGE


def find_names(
    text: str, store: PlaceStore, language: str, doc: Doc | None = None
) -> tuple[Mention, ...]:
    """Return the names of countries, capitals and large towns, the longest first where two meet.

    They do not overlap, and each is taken for the place itself. With `doc`, the parse of
    `text` by a pipeline for the language, its places are in it too.
    """
    reading = reading_of(text, doc.vocab if doc is not None else None)
    plain_doc = reading.plain_doc(doc) if doc is not None else None
    found = _find_names(reading.text, Names(store), language, plain_doc)
    return tuple(reading.mention_of_source(mention) for mention in found)


def _find_names(text: str, names: Names, language: str, doc: Doc | None) -> list[Mention]:
    spans = _of_pipeline(doc, names) if doc is not None else []
    taken = {at for start, end in spans for at in range(start, end)}
    if doc is not None:
        persons = [entity for entity in doc.ents if entity.label_ in _PERSON_LABELS]
        taken |= {at for e in persons for at in range(e.start_char, e.end_char)}
    finder = _Finder(text, names, language)
    words = [word for word in _WORD.finditer(text) if taken.isdisjoint(range(*word.span()))]
    mentions = [
        _mention(text, language, *span, known_name(text[slice(*span)], names)) for span in spans
    ]
    at = 0
    while at < len(words):
        found = next(finder.names_at(words, at), None)
        if found is None:
            at += 1
            continue
        mention, length = found
        mentions.append(mention)
        at += length
    return finder.with_capitals_abroad(sorted(mentions, key=lambda mention: mention.start))


def _mention(text: str, language: str, start: int, end: int, name: str | None) -> Mention:
    surface = text[start:end]
    return Mention(
        start=start,
        end=end,
        surface=surface,
        kind=MentionKind.LITERAL,
        name=name,
        place_id=_language_names().get((language, _UNTOLD_VOWELS.sub("", surface))),
    )


def _of_pipeline(doc: Doc, names: Names) -> list[tuple[int, int]]:
    return [
        (entity.start_char, entity.end_char)
        for entity in doc.ents
        if entity.label_ in _PLACE_LABELS
        and (known_name(entity.text, names) or names.matches(entity.text))
    ]


def known_name(
    surface: str, names: Names, *, least_population: int = _LARGE_POPULATION
) -> str | None:
    """Return the name of a well-known place that `surface` is, or is a case of.

    The surface itself comes first, then countries, capitals, and towns by their people.
    None when no well-known place is meant.
    """

    def standing(form: str) -> tuple[int, int]:
        known = well_known(names.matches(form), names, least_population=least_population)
        return min(map(_standing, known), default=_NO_STANDING)

    if standing(surface) < _NO_STANDING:
        return surface
    forms = nominative_forms(surface)
    if "\u200c" in surface:  # Persian joins with it what others write as two words
        forms = (surface.replace("\u200c", " "),)
    best = min(forms, key=standing, default=None)
    return best if best is not None and standing(best) < _NO_STANDING else None


def well_known(
    matches: Iterable[NameMatch], names: Names, *, least_population: int = _LARGE_POPULATION
) -> tuple[NameMatch, ...]:
    """Return the countries, capitals, seas and well-known towns among the bearers of a name.

    Divisions only where there are no others: Gaza is no province of Mozambique, Lyon none of Spain.
    """
    known = [match for match in matches if _is_well_known(match, names, least_population)]
    others = [match for match in known if match.place.feature_code not in {"ADM1", "ADM2"}]
    return tuple(others or known)


class _Finder:
    """Finds the names that start at a word of one text."""

    def __init__(self, text: str, names: Names, language: str) -> None:
        self.text = text
        self.names = names
        self.language = language
        self.cues = ForeignCues(text, language, names)
        self.stop_words = _STOP_WORDS.get(language, frozenset())
        self.is_cased = language in _CASED
        self.least_population = _LARGE_WHERE_CAPITALS_TELL if self.is_cased else _LARGE_POPULATION

    def names_at(self, words: Sequence[re.Match[str]], at: int) -> Iterator[tuple[Mention, int]]:
        """Yield the names that start at a word, the longest first, with their number of words."""
        for length in range(min(_LONGEST_NAME_WORDS, len(words) - at), 0, -1):
            first, last = words[at], words[at + length - 1]
            run = self.text[first.start() : last.end()]
            if _SENTENCE_MARK.search(run) and not _ABBREVIATION.fullmatch(run):
                continue
            if all(word[0].lower() in self.stop_words for word in words[at : at + length]):
                continue
            for start, prefix in self._starts(run):
                name = self._name(run[start:], prefix, last[0])
                begin = first.start() + start
                if name and not (length == 1 and self._is_person(begin, last.end(), name)):
                    yield self._mention(begin, last.end(), name), length

    def _mention(self, start: int, end: int, name: str) -> Mention:
        mention = _mention(self.text, self.language, start, end, name)
        if mention.place_id is None:
            place = self.cues.capital_or_country(start, end, name)
            mention = replace(mention, place_id=place.place_id if place else None)
        return mention

    def with_capitals_abroad(self, mentions: list[Mention]) -> list[Mention]:
        """Take a name for a capital whose country is named too, if it is also another country's.

        Oman and Amman are one word in Arabic: after "in" and beside Jordan it is the town.
        """
        found = []
        for mention in mentions:
            capital = self.cues.capital_abroad(mention.name) if mention.name else None
            is_meant = (
                capital is not None
                and mention.place_id is None
                and self.cues.is_in_place(mention.start, mention.end)
                and self.cues.speaks_of_country_of(capital)
            )
            place_id = capital.place_id if capital and is_meant else mention.place_id
            found.append(replace(mention, place_id=place_id))
        return found

    def _is_person(self, start: int, end: int, name: str) -> bool:
        """Say whether a name is a person's here; a country's only as a given name."""
        if not self.is_cased:
            return False
        if self._is_country(name) and not is_given_name(self.text[start:end]):
            return False
        return self.cues.is_person(start, end)

    def _is_country(self, name: str) -> bool:
        matches = self.names.matches(name)
        return any(match.place.feature_code.startswith(_COUNTRY_CODES) for match in matches)

    def _name(self, surface: str, prefix: str, last_word: str) -> str | None:
        """Return the name that a surface bears, if it may be one here."""
        if self.is_cased and not _has_capital(surface):
            return None
        shortest = _SHORTEST_PERSIAN_NAME if self.language == "fa" else _SHORTEST_NAME
        if len(surface) < shortest or surface.lower() in self.stop_words | _COMPASS:
            return None
        if self._may_be_code(surface):
            return None
        name = known_name(prefix + surface, self.names, least_population=self.least_population)
        if name and self.is_cased and not _has_capital(last_word):
            # Of names that end in a small letter only countries are common: Arabie saoudite.
            is_common = self._is_country(name) or is_noun_in_names(last_word)
            return name if is_common else None
        return name

    def _may_be_code(self, surface: str) -> bool:
        """Say whether a word is only as short as an airport's code: Ana, of Anaheim."""
        is_short = len(surface) <= _LONGEST_CODE and not surface.isupper()
        return (
            is_short
            and bool(_LATIN.match(surface))
            and not any(
                match.is_primary for match in well_known(self.names.matches(surface), self.names)
            )
        )

    def _starts(self, run: str) -> Iterator[tuple[int, str]]:
        """Yield where a name may start, and what is to be put before it to look it up."""
        yield 0, ""
        if self.language == "ar":
            to_the = _TO_THE.match(run)
            if to_the:
                yield to_the.end() + 1, _ARTICLE
            for at in sorted({m.end() for m in (_AND.match(run), _CLITICS.match(run)) if m} - {0}):
                yield at, ""
        elif self.language in {"fa", "ur"} and (conjunction := _AND.match(run)):
            yield conjunction.end(), ""
        elif self.language in _ELIDING and (elided := _ELIDED.match(run)):
            yield elided.end(), ""


def _has_capital(name: str) -> bool:
    """Say whether a name begins with a capital, after what is written with it."""
    elided = _ELIDED.match(name)
    return name[elided.end() if elided else 0].isupper()


_NO_STANDING = (9, 0)


def _standing(match: NameMatch) -> tuple[int, int]:
    place = match.place
    tier = 0 if place.feature_code.startswith(_COUNTRY_CODES) else 2
    return (1 if place.feature_code == "PPLC" else tier, -(place.population or 0))


def _is_well_known(match: NameMatch, names: Names, least_population: int) -> bool:
    place = match.place
    if place.feature_code == "ADM2" and not match.is_primary:
        return False
    is_own = match.is_primary or not _LATIN.match(match.matched)
    return (
        place.feature_code.startswith((*_COUNTRY_CODES, "PPLC"))
        or (place.population or 0) >= (least_population if is_own else _LARGE_POPULATION)
        or place.place_id.startswith(("sea:", "cur:"))
        or place.place_id in _known_towns()
        or _gives_division_its_name(place, names)
    )


def _gives_division_its_name(place: Place, names: Names) -> bool:
    """Say whether a first-order division is called after the town that lies in it."""
    return (
        place.feature_class is FeatureClass.POPULATED
        and (place.population or 0) >= _SEAT_POPULATION
        and any(
            other.place.feature_code == "ADM1" and is_inside(place, other.place)
            for other in names.matches(place.name)
        )
    )


_COUNTRY_CODES = ("PCL", "TERR", "CONT")


@cache
def _known_towns() -> frozenset[str]:
    return frozenset(place_id for place_id, _ in table("known_towns", 2))


@cache
def _language_names() -> Mapping[tuple[str, str], str]:
    return {(code, name): place_id for code, name, place_id, _ in table("language_names", 4)}


_STOP_WORDS = {language: frozenset(row.split()) for language, row in table("stop_words", 2)}
