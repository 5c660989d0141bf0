"""What an event is about, in PLOVER's contexts, by the words of the sentence that tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "contexts.tsv"


def contexts_of(lemmas: Sequence[str]) -> tuple[str, ...]:
    """Return the contexts that the lemmas of a sentence give, sorted; empty when none."""
    known = _contexts_by_words()
    pairs = (f"{one} {other}" for one, other in pairwise(lemmas))
    return tuple(sorted({name for words in (*lemmas, *pairs) for name in known.get(words, ())}))


@lru_cache(maxsize=1)
def context_words() -> Mapping[str, frozenset[str]]:
    """Return the words that give each context: single lemmas, or two side by side."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: frozenset(word.strip() for word in words.split(",")) for name, words in rows}


@lru_cache(maxsize=1)
def _contexts_by_words() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, listed in context_words().items():
        for word in listed:
            found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}
