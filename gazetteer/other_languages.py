"""Place names in other languages than English, by the gazetteer and a pipeline if there is one.

By the gazetteer: countries, capitals and large towns under any name that it has for them.
What a spaCy pipeline for the language calls a place is added when any place bears the name,
and what it calls a person is left out. It is weaker than English: words of origin and the
use of a name (a government, a people) are not told, nor small towns without a pipeline; a
word that happens to be spelt as a large town is taken for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gazetteer.lookup import Names
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
_LONGEST_NAME_WORDS = 5
_ENOUGH_CHARACTERS = 20_000
_SHORTEST_NAME = 3
_LARGE_POPULATION = 200_000
_OF_ARABIC_PARTICLES = re.compile(
    "(?:\u0648)?[\u0628\u0644\u0641\u0643](?=\u0627\u0644)|[\u0648\u0628\u0644\u0641\u0643]"
)
_CASES = re.compile(
    r"(?:\u043e\u0439|\u043e\u043c|\u0435\u043c|\u0438\u0438|\u0438\u0435\u0439|\u0438\u044e|\u0438\u044f|[\u0430\u0435\u0438\u043e\u0443\u044b\u044e\u044f\u044c])$"
)
_NOMINATIVES = (
    "",
    "\u0430",
    "\u044f",
    "\u044c",
    "\u0438\u044f",
    "\u0439",
    "\u043e",
    "\u044b",
    "\u0438",
)
_CASED = frozenset({"de", "en", "es", "fr", "it", "pt", "ru", "uk"})
_LATIN_LANGUAGES = ("de", "es", "fr", "it", "pt")
_LEAST_SMALL_WORDS = 2
"""So many small words of another language tell it from English with foreign names."""

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_PERSON_LABELS = frozenset({"PER", "PERSON"})


def detect_language(text: str) -> str:
    """Return the language of `text` as an ISO 639-1 code, by its script and its small words.

    One of "ar", "fa", "ur", "ru", "uk", "de", "es", "fr", "it", "pt" and "en"; "en" also
    where nothing tells.
    """
    text = text[:_ENOUGH_CHARACTERS]
    counts = {
        "arabic": len(_ARABIC.findall(text)),
        "cyrillic": len(_CYRILLIC.findall(text)),
        "latin": len(_LATIN.findall(text)),
    }
    script = max(counts, key=counts.__getitem__)
    if script == "arabic" and counts["arabic"]:
        if _URDU.search(text):
            return "ur"
        return "fa" if _PERSIAN.search(text) else "ar"
    if script == "cyrillic":
        return "uk" if re.search("[\u0456\u0457\u0454\u0491]", text) else "ru"
    words = Counter(word.lower() for word in _WORD.findall(text))
    hits = {
        language: sum(words[word] for word in _STOP_WORDS[language])
        for language in (DEFAULT_LANGUAGE, *_LATIN_LANGUAGES)
    }
    likeliest = max(hits, key=hits.__getitem__)
    return likeliest if hits[likeliest] >= _LEAST_SMALL_WORDS else DEFAULT_LANGUAGE


def find_names(
    text: str, store: PlaceStore, language: str, doc: Doc | None = None
) -> tuple[Mention, ...]:
    """Return the names of countries, capitals and large towns, the longest first where two meet.

    They do not overlap, and each is taken for the place itself. With `doc`, the parse of
    `text` by a pipeline for the language, its places are in it too.
    """
    names = Names(store)
    spans = _of_pipeline(doc, names) if doc is not None else []
    taken = {at for start, end in spans for at in range(start, end)}
    if doc is not None:
        persons = [entity for entity in doc.ents if entity.label_ in _PERSON_LABELS]
        taken |= {at for e in persons for at in range(e.start_char, e.end_char)}
    words = [word for word in _WORD.finditer(text) if taken.isdisjoint(range(*word.span()))]
    at = 0
    while at < len(words):
        span = next(_names_at(text, words, at, names, language), None)
        if span is None:
            at += 1
            continue
        start, end, length = span
        spans.append((start, end))
        at += length
    return tuple(
        Mention(start=start, end=end, surface=text[start:end], kind=MentionKind.LITERAL)
        for start, end in sorted(spans)
    )


def _of_pipeline(doc: Doc, names: Names) -> list[tuple[int, int]]:
    return [
        (entity.start_char, entity.end_char)
        for entity in doc.ents
        if entity.label_ in _PLACE_LABELS
        and any(names.matches(form) for form in (entity.text, *nominative_forms(entity.text)))
    ]


def nominative_forms(surface: str) -> tuple[str, ...]:
    """Return the forms under which a gazetteer may have a name in a Russian or Ukrainian case."""
    if not _CYRILLIC.match(surface):
        return ()
    *first, last = surface.split()
    stem = _CASES.sub("", last)
    if len(stem) < _SHORTEST_NAME:
        return ()
    return tuple(" ".join((*first, stem + ending)) for ending in _NOMINATIVES)


def _names_at(
    text: str, words: Sequence[re.Match[str]], at: int, names: Names, language: str
) -> Iterator[tuple[int, int, int]]:
    stop = _STOP_WORDS.get(language, frozenset())
    for length in range(min(_LONGEST_NAME_WORDS, len(words) - at), 0, -1):
        first, last = words[at], words[at + length - 1]
        run = text[first.start() : last.end()]
        if any(mark in run for mark in ".,;:!?()\n\u060c\u061b"):
            continue
        if language in _CASED and not (run[0].isupper() and last[0][0].isupper()):
            continue
        if all(word[0].lower() in stop for word in words[at : at + length]):
            continue
        for start in _starts(run):
            name = run[start:]
            if len(name) < _SHORTEST_NAME or name.lower() in stop:
                continue
            forms = (name, *nominative_forms(name))
            if any(_is_well_known(match) for form in forms for match in names.matches(form)):
                yield first.start() + start, last.end(), length


def _starts(run: str) -> Iterator[int]:
    """Yield where a name may start: after the particles that Arabic writes with the word."""
    yield 0
    particle = _OF_ARABIC_PARTICLES.match(run)
    if particle:
        yield particle.end()


def _is_well_known(match: NameMatch) -> bool:
    place: Place = match.place
    code = place.feature_code
    return (
        code.startswith(("PCL", "PPLC", "TERR", "CONT"))
        or (place.population or 0) >= _LARGE_POPULATION
        or place.place_id.startswith(("sea:", "cur:"))
    )


_STOP_WORDS = {language: frozenset(row.split()) for language, row in table("stop_words", 2)}
