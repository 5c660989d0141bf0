"""What people of a text say that others must or should do."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from dashboard.acts import Trigger
from dashboard.frames import clause_of, prep_objects
from dashboard.needs import Needs
from dashboard.parties import NOBODY, Party
from dashboard.speech import OTHERS, SAYING, Speech, is_other, statement

if TYPE_CHECKING:
    from spacy.tokens import Token

_MUST = frozenset({"must", "should", "ought"})
_OBLIGING = frozenset({"need", "have"})
"""Verbs that with "to" ask like "must": "said that Iran *has to* explain"."""
_UNITING = frozenset({"unite", "reconcile", "drop", "bury", "cooperate", "forgive"})
"""Verbs by which whoever says "we" asks others as well: "we must *bury* the past"."""
_WEIGHING = frozenset(
    {"dismiss", "ignore", "underestimate", "overestimate", "regard", "view", "remember", "note"}
    | {"confuse", "forget", "welcome"}
)
"""Verbs of how a thing is thought of, by whomever: "should not be *forgotten*"."""
_WEIGHTY = frozenset({"time", "up", "important"})
"""Words by which somebody is asked if it is said who should act: "it is *up* to Mali to"."""
_VITAL = frozenset({"imperative", "essential", "vital", "crucial", "urgent", "necessary"})
"""Words by which all are asked: "it is *vital* that"."""


class Demands:
    """Reads who asks whom to act: "said that Iran *must* leave", "there was a *need* to act"."""

    def __init__(self, speech: Speech, needs: Needs) -> None:
        self.cast = speech.cast
        self.speech = speech
        self.needs = needs

    def read_demand(self, token: Token) -> Trigger | None:
        """Read "X said that Y must, should, has to do Z" as a request of X to Y."""
        is_told = self.cast.lemma(token.head) in SAYING | _OBLIGING or token.dep_ == "ROOT"
        if token.tag_ not in {"VB", "VBN"} or not is_told:
            return None
        asked = token.head if self.cast.lemma(token.head) in _OBLIGING else token
        modals = (c for c in token.children if c.lower_ in _MUST and c.dep_ == "aux")
        modal = token.head if asked != token else next(modals, None)
        if any(child.tag_ == "MD" for child in asked.lefts if child != modal):
            return None  # "will need to"
        if modal is None or (asked != token and token.dep_ not in {"xcomp", "ccomp"}):
            return None
        is_strict = modal.lower_ == "must" or asked.dep_ == "ccomp"
        source = self.speech.said_by(asked) if is_strict else NOBODY
        if not source.is_somebody:
            return None
        inner = clause_of(token)
        asked_of = inner.object if inner.is_passive else inner.subject
        target = self.cast.party(asked_of) if asked_of is not None else NOBODY
        is_of_others = is_other(target, source, asked_of)
        is_of_thing = inner.is_passive and not target.is_somebody  # "the ban should be lifted"
        if is_of_thing and self._is_weighed(token):
            return None  # "the claim should not be *dismissed*": what is thought of it
        if asked != token and not (target.is_public or is_of_thing):
            return None  # "the pupils *have to* wait"
        if not (is_of_others or is_of_thing or self._is_addressed(asked_of, target, source)):
            return None
        return statement("REQUEST", token, source, target, (modal, token), complement=token)

    def _is_weighed(self, told: Token) -> bool:
        """Say whether a verb tells what is thought of a thing: "should be *taken seriously*"."""
        is_serious = any(child.lower_ == "seriously" for child in told.rights)
        return is_serious or self.cast.lemma(told) in _WEIGHING

    def _is_addressed(self, asked: Token | None, target: Party, source: Party) -> bool:
        """Say whether others are asked, whoever they are: "*they* should", "the *bank* must".

        What no body or person is can be asked of nobody: "the war must end".
        """
        if asked is None:
            return False
        if asked.lower_ == "we":
            return self.cast.lemma(asked.head) in _UNITING
        if asked.lower_ in OTHERS:
            own = {actor.actor_id for actor in source.actors}
            return not own & {actor.actor_id for actor in target.actors}
        return asked.pos_ != "PRON" and self.needs.is_kind(asked, "speaker")

    def read_need(self, token: Token) -> Trigger | None:
        """Read "X said there was need to do Z", "it is vital that" as a request by X."""
        if token.dep_ not in {"ccomp", "ROOT"} or self.cast.lemma(token) != "be":
            return None
        starts = {child.lower_ for child in token.lefts}
        said = [c for c in token.rights if c.dep_ in {"attr", "acomp"} or c.lower_ == "up"]
        beside = [*token.children, *(c for word in said for c in word.lefts)]
        if any(c.dep_ == "neg" or c.lower_ == "no" for c in beside):
            return None
        is_there = (
            c for c in said if c.lower_ == "need" and "there" in starts and _says_what_for(c)
        )
        is_vital = (
            c
            for c in said
            if c.lower_ in _VITAL and "it" in starts and (_has_that(token) or _has_that(c))
        )
        whom = _whose_turn(token)
        is_turn = (c for c in said if c.lower_ in _WEIGHTY and "it" in starts and whom is not None)
        word = next(chain(is_there, is_vital, is_turn), None)
        source = self.speech.said_by(token) if word is not None else NOBODY
        if word is None or not source.is_somebody:
            return None
        asked = whom.head if whom is not None and whom.dep_ == "nsubj" else None
        if asked is not None and self.cast.lemma(asked) in _WEIGHING:
            return None  # "it is important for Malians to *remember*"
        target = self.cast.party(whom) if whom is not None else NOBODY
        if word.lower_ in _WEIGHTY and not (
            target.is_somebody and (source.is_public or source.is_named)
        ):
            return None
        return statement(
            "REQUEST", token, source, target, (token, word, asked or word), complement=asked
        )


def _says_what_for(noun: Token) -> bool:
    """Say whether a noun says what for: "a need *to* act", "a need *for* calm"."""
    return any(c.dep_ in {"acl", "relcl"} or c.lower_ == "for" for c in noun.rights)


def _has_that(verb: Token) -> bool:
    """Say whether "that ..." follows: "it is vital *that they leave*"."""
    return any(
        c.dep_ in {"ccomp", "advcl"} and any(word.lower_ == "that" for word in c.lefts)
        for c in verb.rights
    )


def _whose_turn(verb: Token) -> Token | None:
    """Return who should act: "it is time for *Mali* to", "it is up to *them* to"."""
    for word in (verb, *verb.rights):
        for clause in word.rights:
            is_asked = clause.tag_ in {"VB", "VBP", "VBZ"} and clause.dep_ != "conj"
            marks = {child.lower_ for child in clause.lefts if child.dep_ in {"mark", "aux"}}
            subject = next((c for c in clause.lefts if c.dep_ == "nsubj"), None)
            is_bare = subject is not None and subject.pos_ == "PROPN" and not marks
            if is_asked and subject is not None and (is_bare or marks & {"for", "that"}):
                return subject
    up = next((c for c in verb.rights if c.lower_ == "up"), None)
    return next((n for name, n in prep_objects(up) if name == "to"), None) if up else None
