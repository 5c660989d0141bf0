"""Who says what a verb tells, and whether they speak of others."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from dashboard.acts import Trigger
from dashboard.cast import Cast
from dashboard.frames import Clause, clause_of
from dashboard.links import Links
from dashboard.parties import NOBODY, Party
from dashboard.vocabulary import lemma_of, words

if TYPE_CHECKING:
    from spacy.tokens import Token

SAYING = words("saying")
HOLDING = SAYING | words("holding")
"""Verbs by which somebody holds that others did wrong, besides those of saying."""
CLAIMING = frozenset({"claim", "allege", "complain", "contend", "charge", "lament"})
"""Verbs by which what others did or left undone is held against them."""
COPULAS = frozenset({"be", "become", "remain"})
WILL = frozenset({"will", "would", "'ll", "wo", "shall"})
MAY = frozenset({"may", "might", "could"})
OTHERS = frozenset({"they", "you", "anyone", "everyone", "everybody", "nobody"})
"""Pronouns for others than a single speaker."""
_KNOWING = frozenset({"know", "realise", "realize", "understand", "see", "recognise", "recognize"})


class Speech:
    """Finds who says what the words of a text tell."""

    def __init__(self, cast: Cast, links: Links) -> None:
        self.cast = cast
        self.links = links

    def speaker(self, subject: Token) -> Party:
        """Return who speaks, by themselves or in a paper: "a *UN report* said"."""
        return self.links.maker(subject, self.cast.party(subject))

    def said_by(self, token: Token, verbs: Container[str] = SAYING) -> Party:
        """Return who says what `token` tells, or whose quote the sentence stands in."""
        saying = self.saying(token, verbs)
        if saying is not None:
            speaker = clause_of(saying).subject
            return self.speaker(speaker) if speaker is not None else NOBODY
        is_whole = token.dep_ == "ROOT" and self.is_quoted(token)
        return self.cast.pronouns.resolve(token, "i") if is_whole else NOBODY

    def saying(self, token: Token, verbs: Container[str] = SAYING) -> Token | None:
        """Return the verb by which somebody says what `token` tells."""
        first = token
        while first.dep_ == "conj" and self.cast.lemma(first.head) not in verbs:
            first = first.head
        while first.dep_ == "ccomp" and self._is_known(first.head):
            first = first.head
        is_said = first.dep_ in {"ccomp", "conj"} and self.cast.lemma(first.head) in verbs
        return first.head if is_said else None

    def is_quoted(self, token: Token) -> bool:
        """Say whether a word stands between quotation marks."""
        return token.i in self.cast.pronouns.quoted

    def is_own_side(self, noun: Token, source: Party) -> bool:
        """Say whether somebody speaks of their own side: "said that *his* men had shot"."""
        owner = next((child for child in noun.lefts if child.dep_ == "poss"), None)
        if owner is None or owner.pos_ != "PRON":
            return False
        is_same = not source.actors or self.cast.party(owner).actors == source.actors
        return owner.lower_ in {"my", "our"} or is_same

    def _is_known(self, verb: Token) -> bool:
        """Say whether somebody says that it is known: "said that *we know* that they lied"."""
        is_known = self.cast.lemma(verb) in _KNOWING and verb.dep_ == "ccomp"
        return is_known and not any(child.dep_ == "neg" for child in verb.children)


def statement(
    event_type: str,
    token: Token,
    source: Party,
    target: Party,
    words: tuple[Token, ...],
    *,
    mode: str | None = None,
    complement: Token | None = None,
    clause: Clause | None = None,
) -> Trigger:
    """Return what `source` says, with the verb `token`, as an act of the type.

    `clause` is the verb with its arguments, if more is known of them than the parse tells.
    """
    return Trigger(
        token=token,
        event_type=event_type,
        mode=mode,
        source=source,
        target=target,
        words=words,
        complement=complement,
        clause=clause or clause_of(token),
        is_declared=True,
    )


def is_other(target: Party, source: Party, named: Token | None) -> bool:
    """Say whether the one spoken of, whom `named` names, is known to be no side of the speaker."""
    return is_outside(target, source) or is_somebody_else(target, source, named)


def is_outside(target: Party, source: Party) -> bool:
    """Say whether the one spoken of is known, and of another country or body than the speaker."""
    if not source.actors:
        return source.is_somebody and bool(target.actors)
    own = {actor.actor_id for actor in source.actors}
    lands = {actor.country_code for actor in source.actors if actor.country_code}
    return bool(own) and any(
        actor.actor_id not in own and actor.country_code not in lands for actor in target.actors
    )


def is_somebody_else(target: Party, source: Party, named: Token | None) -> bool:
    """Say whether the one spoken of is somebody else than the speaker, of whatever country."""
    if named is None or named.pos_ == "PRON" or not source.is_somebody:
        return False
    own = {actor.actor_id for actor in source.actors}
    others = {actor.actor_id for actor in target.actors}
    return (target.is_somebody or target.is_named) and not own & others


def is_made_clear(token: Token) -> bool:
    """Say whether somebody "made (it) *clear* that" they would do what `token` tells."""
    adjective = token.head
    is_clear = adjective.lower_ in {"clear", "plain"} and lemma_of(adjective.head) == "make"
    return is_clear and any(child.dep_ == "mark" for child in token.lefts)
