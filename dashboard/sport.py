"""Where a text tells of sport, in which "attack", "protest" and "appeal" are no acts of states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dashboard.vocabulary import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SURE = 2
"""What a word counts that tells of nothing but sport: wicket, goalkeeper, regatta."""
_OF_TEXT = 4
"""How much the words of sport, each counted once, make of an article that tells of it."""
_DENSITY = 0.03
"""How much they make, each as often as it stands, of a word of such an article."""
_AROUND = 3
"""How much they make, each counted once, of a sentence with the two before and after it."""


class Sport:
    """The sport in an article, sentence by sentence: `tells(token)` answers for an act."""

    def __init__(self, doc: Doc, lemmas: Sequence[str]) -> None:
        lemmas = _joined(lemmas)
        players = _players(doc, lemmas)
        self._sentences = [frozenset(lemmas[sent.start : sent.end]) for sent in doc.sents]
        self._weights = [
            _weight(sentence, players) if sentence.isdisjoint(words("off_the_pitch")) else 0
            for sentence in self._sentences
        ]
        self._number = {sent.start: number for number, sent in enumerate(doc.sents)}
        self._players = players
        weight = _weight(lemmas)
        others = sum(lemma in words("off_the_pitch") for lemma in lemmas)
        self._is_apt = weight >= _SURE * others
        self._is_there = (
            self._is_apt and weight >= _DENSITY * len(lemmas) and _weight({*lemmas}) >= _OF_TEXT
        )

    def tells(self, token: Token) -> bool:
        """Say whether an act is one of a game: "the *attack* was without its best bowler".

        It is none where police, courts, governments, crowds or weapons have part in it: "fans
        attacked the referee", "the minister threatened to boycott the Games"; nor in an article
        that has more of these than of sport.
        """
        number = self._number[token.sent.start]
        own = self._sentences[number]
        if not self._is_apt or not own.isdisjoint(words("off_the_pitch")):
            return False
        return not own.isdisjoint(words("match")) or (self._is_there and self._is_amid(number))

    def _is_amid(self, number: int) -> bool:
        """Say whether a sentence stands in sport: it has words of it, or those on both sides."""
        beside = [*self._weights[max(0, number - 1) : number], *self._weights[number + 1 :][:1]]
        around = frozenset[str]().union(*self._sentences[max(0, number - 2) : number + 3])
        is_inside = self._weights[number] > 0 or all(beside)
        return is_inside and _weight(around, self._players) >= _AROUND


def _joined(lemmas: Sequence[str]) -> list[str]:
    """Return the lemmas with those of sport that have a hyphen whole: "fly-half"."""
    joined = list(lemmas)
    for at in (at for at, lemma in enumerate(lemmas) if lemma == "-" and 0 < at < len(lemmas) - 1):
        whole = f"{lemmas[at - 1]}-{lemmas[at + 1]}"
        if whole in words("play") | words("sport"):
            joined[at + 1] = whole
    return joined


def _weight(lemmas: Iterable[str], players: frozenset[str] = frozenset()) -> int:
    """Return how much words of sport, and names of its players, make of the lemmas."""
    sure, likely = words("play"), words("sport") | players
    return sum(_SURE if lemma in sure else lemma in likely for lemma in lemmas)


def _players(doc: Doc, lemmas: Sequence[str]) -> frozenset[str]:
    """Return the names that stand after a word of sport: "the coach *Ann Hill*"."""
    known = words("play") | words("sport")
    found: set[str] = set()
    is_named = False
    for token, lemma in zip(doc, lemmas, strict=True):
        is_named = lemma in known or (is_named and token.pos_ == "PROPN")
        if is_named and lemma not in known:
            found.add(lemma)
    return frozenset(found)
