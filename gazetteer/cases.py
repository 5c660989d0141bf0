"""Russian and Ukrainian cases: the names that a form may be a case of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice, product

from gazetteer.rules import table

_CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff]")
_SHORTEST_STEM = 2
_MOST_WORDS = 3
_MOST_FORMS = 250
"""Of a name of several words, each with its own forms."""

_VOWELS = "аеєиіїоуыэюяё"
_CLOSED = re.compile(rf"[оеє](?=[^{_VOWELS}]ь?$)")
_CLUSTER = re.compile(rf"([^{_VOWELS}ьй])([^{_VOWELS}ьй])$")
_SOFTENED = {"з": "г", "ц": "к", "с": "х"}
"""Ukrainian consonants before -і, and what they are in the nominative: Празі, of Прага."""


@lru_cache(maxsize=8192)
def nominative_forms(surface: str) -> tuple[str, ...]:
    """Return the names of which `surface` may be a case, none of which need exist.

    Empty for what is not in Cyrillic, and for more than three words. Words of fewer than
    three letters stay as they are, and those in small letters but for nouns such as "sea".
    """
    if not _CYRILLIC_WORD.match(surface) or len(surface.split()) > _MOST_WORDS:
        return ()
    words = [(word, *_nominatives(word)) for word in surface.split()]
    forms = (" ".join(form) for form in islice(product(*words), _MOST_FORMS))
    return tuple(dict.fromkeys(form for form in forms if form != surface))


def is_noun_in_names(word: str) -> bool:
    """Say whether a word in small letters may end a name: "sea", "strait", in any case."""
    return word in _nouns()


def _nominatives(word: str) -> Iterator[str]:
    if word in _nouns():
        yield _nouns()[word]
    if not word[0].isupper() or word.isupper():
        return
    # Of Ростове-на-Дону and Гвинее-Бисау the first part is inflected.
    head, hyphen, tail = word.partition("-")
    if hyphen:
        yield from (f"{form}-{tail}" for form in _nominatives(head))
    for length in range(3, -1, -1):
        stem, ending = (word[:-length], word[-length:]) if length else (word, "")
        if len(stem) < _SHORTEST_STEM:
            continue
        for nominative in _endings().get(ending, ()):
            yield from _joined(stem, ending, nominative)


def _joined(stem: str, ending: str, nominative: str) -> Iterator[str]:
    """Yield stem and ending, and what they are where a vowel or a consonant changes."""
    last = stem[-1].lower()
    if (nominative in {"", "ь"} or not ending) and last in _VOWELS:
        return
    name = stem + nominative
    yield name
    if nominative in {"", "ь"}:
        if _CLOSED.search(name):
            yield _CLOSED.sub("і", name)  # Львова, of Львів
        if _CLUSTER.search(stem):
            yield _CLUSTER.sub(r"\1е\2", stem) + nominative  # Египта, of Египет
    if ending == "і" and nominative == "а" and last in _SOFTENED:
        yield stem[:-1] + _SOFTENED[last] + nominative


@cache
def _nouns() -> Mapping[str, str]:
    return {
        form: nominative
        for nominative, forms in table("nouns_in_names", 2)
        for form in (nominative, *forms.split())
    }


@cache
def _endings() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for ending, nominatives in table("case_endings", 2):
        found[ending.strip("-")] += tuple(form.strip("-") for form in nominatives.split())
    return found
