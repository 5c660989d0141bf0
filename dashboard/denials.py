"""What people of a text reject: charges, deeds said to be theirs, grounds to act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.acts import Trigger
from dashboard.blame import COMMITTED, CONDEMNING, PLOTS
from dashboard.frames import clause_of
from dashboard.links import VIOLENT_NOUNS
from dashboard.needs import Needs
from dashboard.parties import NOBODY, Party
from dashboard.speech import SAYING, Speech, statement
from dashboard.vocabulary import lemma_of, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_CHARGES = frozenset({"charge", "allegation", "accusation", "claim", "report", "rumour", "rumor"})
_FALSE = frozenset(
    {"false", "untrue", "baseless", "unfounded", "groundless", "ridiculous", "absurd", "nonsense"}
    | {"fabricated", "wrong", "lies", "slander", "rubbish", "unsubstantiated", "preposterous"}
)
"""Words by which a charge is rejected."""
_PARTS = frozenset({"role", "part", "involvement", "hand", "merit", "basis", "link"})
"""What those who reject a charge say that they, or the charge, have none of."""
_SEEMING = frozenset({"appear", "seem"})
_NO_GROUND = words("no_ground")
"""What there is "no" of for those who reject something: "said there was no *reason* to"."""
_TRACES = frozenset({"evidence", "proof", "sign", "trace"})
_GUILT = words("wrongs") | CONDEMNING | VIOLENT_NOUNS | _CHARGES | PLOTS | COMMITTED
"""What there is no trace of for those who reject a charge: "no evidence of *fraud*"."""
_WORRIES = frozenset({"concern", "alarm", "panic", "worry"})
_NOT = frozenset({"not", "n't", "never", "neither"})
_DID = frozenset({"did", "has", "have", "had"})
_INSISTING = frozenset({"insist", "maintain", "contend"})
"""Verbs by which what somebody charges is said not to be so."""
_SENSES = frozenset({"see", "hear", "use", "feel", "experience", "witness", "imagine", "think"})
"""Verbs of what nobody is charged with, so that "never" denies nothing: "had never *seen* it"."""


class Denials:
    """Reads who rejects a charge: "said the claims were *false*", "that it had *not* fired"."""

    def __init__(self, speech: Speech, needs: Needs) -> None:
        self.cast = speech.cast
        self.speech = speech
        self.needs = needs

    def read_rebuttal(self, token: Token) -> Trigger | None:
        """Read "X said the charges were false", "had no part in it" as a rejection by X."""
        outer = token.head if token.dep_ == "xcomp" and token.head.lemma_ in _SEEMING else token
        head = outer.head
        if outer.dep_ not in {"ccomp", "conj"} or self.cast.lemma(head) not in SAYING:
            return None
        speaker, inner = clause_of(head).subject, clause_of(token)
        word = self._of_charges(token, inner.subject) or self._of_no_part(inner.object)
        if speaker is None or word is None or word.i < token.i:
            return None
        return statement("REJECT", token, self.speech.speaker(speaker), NOBODY, (token, word))

    def _of_charges(self, token: Token, subject: Token | None) -> Token | None:
        """Return the word by which a charge is called false."""
        if subject is None or self.cast.lemma(subject) not in _CHARGES:
            return None
        said = (child for child in token.children if child.dep_ in {"acomp", "attr"})
        return next((word for word in said if word.lower_ in _FALSE), None)

    def _of_no_part(self, noun: Token | None) -> Token | None:
        """Return the noun of "no part", "no merit", or "nothing" of "nothing to do with it"."""
        if noun is not None and noun.lower_ == "nothing":
            return noun if any(lemma_of(child) == "do" for child in noun.rights) else None
        if noun is None or self.cast.lemma(noun) not in _PARTS:
            return None
        return noun if any(child.lower_ == "no" for child in noun.lefts) else None

    def read_denial(self, token: Token) -> Trigger | None:
        """Read "X said that it had not fired", "that there was no reason to" as a rejection."""
        if token.dep_ != "ccomp" or self.cast.lemma(token.head) not in SAYING:
            return None
        speaker, inner = clause_of(token.head).subject, clause_of(token)
        told = inner.object if inner.is_passive else inner.subject
        if speaker is None or told is None or token.i < token.head.i:
            return None
        source = self.speech.speaker(speaker)
        word = self._none_of(token) or self._not_done(token, told, source)
        if word is None or not (source.is_public or source.is_named or source.sector == "BUS"):
            return None
        return statement(
            "REJECT", token, source, NOBODY, tuple(sorted((token, word), key=lambda w: w.i))
        )

    def _none_of(self, token: Token) -> Token | None:
        """Return what a clause says there is none of: "found no *evidence*"."""
        nouns = (c for c in token.rights if c.dep_ in {"attr", "dobj", "nsubj"})
        word = next((noun for noun in nouns if self.cast.lemma(noun) in _NO_GROUND), None)
        if word is None or not any(c.lower_ == "no" for c in word.lefts):
            return None
        of = {self.cast.lemma(below) for below in word.subtree} - {self.cast.lemma(word)}
        is_trace = self.cast.lemma(word) in _TRACES and of.isdisjoint(_GUILT)
        return None if is_trace or of & _WORRIES else word

    def _not_done(self, token: Token, subject: Token, source: Party) -> Token | None:
        """Return the word by which a clause says that `source` did not do something bad.

        Or, after "insisted", that anybody did not do anything.
        """
        word = next((c for c in (*token.children, *subject.lefts) if c.lower_ in _NOT), None)
        if self.cast.lemma(token.head) in _INSISTING:
            return word
        is_told = token.tag_ == "VBD" or any(c.lower_ in _DID for c in token.children)
        is_own = bool({*self.cast.party(subject).actors} & {*source.actors}) or (
            self.cast.party(subject).actors == source.actors
        )
        if self.cast.lemma(token) in _SENSES:
            return None
        is_flat = word is not None and word.lower_ in {"never", "neither"}
        is_bad = self.needs.is_hostile(token) or is_flat
        return word if is_told and is_own and is_bad else None
