"""The coder's word lists, from the plain file data/vocabulary.tsv."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_FILE = Path(__file__).parent / "data" / "vocabulary.tsv"


_MISREAD = {
    "stag": "stage", "rag": "rage", "fin": "fine", "rap": "rape", "wag": "wage", "ax": "axe",
    "can": "cane", "grip": "gripe", "scrap": "scrape", "cordone": "cordon", "tasere": "taser",
    "deregistere": "deregister", "waterboarde": "waterboard", "instal": "install",
    "wiretappe": "wiretap", "din": "dine", "hop": "hope", "rat": "rate", "hat": "hate",
    "cop": "cope", "bar": "bare", "strip": "stripe", "tap": "tape", "sham": "shame",
    "star": "stare", "pin": "pine", "spar": "spare", "scar": "scare", "snip": "snipe",
    "rid": "ride", "cod": "code", "gutte": "gut",
}  # fmt: skip
"""Lemmas that the pipeline makes of "staged", "raged", "fined", "cordoned" and the like."""
_ENDINGS = frozenset({"ed", "ing", "es", "d", "led"})


def lemma_of(token: Token) -> str:
    """Return the lemma of `token` in lower case."""
    lemma = token.lemma_.lower()
    if lemma in _MISREAD and token.lower_.removeprefix(lemma) in _ENDINGS:
        return _MISREAD[lemma]
    return lemma


@cache
def words(name: str) -> frozenset[str]:
    """Return the lemmas of the list `name`.

    Raises: KeyError when there is no such list.
    """
    return _lists()[name]


def are_arson_and_harm(*names: str) -> bool:
    """Say whether one verb burns or loots what is somebody's and one hurts people by hand."""
    kinds = (words("arson"), words("harm_by_hand"))
    return all(any(name in kind for name in names) for kind in kinds)


@cache
def _lists() -> dict[str, frozenset[str]]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: frozenset(lemmas.split()) for name, _, lemmas in rows}
