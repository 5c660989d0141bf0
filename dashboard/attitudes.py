"""Whom and what people of a text say that they are for or against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.acts import Trigger
from dashboard.frames import clause_of, prep_objects
from dashboard.ontology import word_lists
from dashboard.speech import COPULAS, SAYING, Speech, is_other, statement
from dashboard.vocabulary import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_ATTITUDES = {
    "critical": "ACCUSE", "supportive": "SUPPORT", "grateful": "SUPPORT", "thankful": "SUPPORT",
    "opposed": "REJECT", "dismissive": "REJECT", "scornful": "ACCUSE", "scathing": "ACCUSE",
    "open": "AGREE", "receptive": "AGREE", "amenable": "AGREE",
}  # fmt: skip
"""Adjectives of somebody who stands for or against what a preposition after them names."""
_TOWARDS = frozenset({"of", "to", "about", "for"})
_GOOD = words("praising")
"""Words that, said of others, praise them: "said that Mali was a *friend*"."""


class Attitudes:
    """Reads who is for or against others: "is *critical* of it", "said Mali was a *friend*"."""

    def __init__(self, speech: Speech) -> None:
        self.cast = speech.cast
        self.links = speech.links
        self.speech = speech
        lists = word_lists()
        self._negotiable = lists["talks"] | lists["deal"] | lists["demand"]

    def read_attitude(self, token: Token) -> Trigger | None:
        """Read "X is critical of Y", "was supportive of Z" as what X says of it."""
        if self.cast.lemma(token) not in COPULAS or any(c.dep_ == "neg" for c in token.children):
            return None
        said = (c for c in token.rights if c.dep_ == "acomp" and c.lower_ in _ATTITUDES)
        word = next(said, None)
        nouns = [] if word is None else [n for name, n in prep_objects(word) if name in _TOWARDS]
        speaker = clause_of(token).subject
        if word is None or speaker is None or not nouns:
            return None
        if word.lower_ == "open" and self.cast.lemma(nouns[0]) not in self._negotiable:
            return None  # "is open to visitors"
        source = self.speech.speaker(speaker)
        if not source.is_somebody:
            return None
        return statement(
            _ATTITUDES[word.lower_], token, source, self.links.whose(nouns[0]), (token, word)
        )

    def read_praise(self, token: Token) -> Trigger | None:
        """Read "X said that Y was a friend" as support of Y by X."""
        if token.dep_ != "ccomp" or self.cast.lemma(token) != "be":
            return None
        if self.cast.lemma(token.head) not in SAYING or token.i < token.head.i:
            return None
        if any(c.dep_ == "neg" or c.tag_ == "MD" for c in token.children):
            return None
        after = (child for child in token.rights if child.dep_ in {"attr", "acomp"})
        good = next((child for child in after if self.cast.lemma(child) in _GOOD), None)
        speaker, praised = clause_of(token.head).subject, clause_of(token).subject
        if good is None or speaker is None or praised is None:
            return None
        source, target = self.speech.speaker(speaker), self.cast.party(praised)
        if not is_other(target, source, praised):
            return None
        return statement("SUPPORT", token, source, target, (token, good))
