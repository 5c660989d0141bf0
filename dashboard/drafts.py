"""An event in the making: an act that a text tells, with what has been read of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.acts import Trigger
from dashboard.event_dates import EventDate
from dashboard.event_places import EventPlaces
from dashboard.events import Modality
from dashboard.modality import is_brought_off
from dashboard.parties import Party
from dashboard.vocabulary import lemma_of, words

if TYPE_CHECKING:
    from spacy.tokens import Token

OWN_DATE = 0.5
"""Weight from which a date is said of the act itself."""


OWN_PLACE = 0.5
"""Weight from which a place is said of the act itself, not only found around it."""


_TOLD_AFTER = frozenset({"after", "by", "since", "upon"})
"""Prepositions before a gerund that tells what was done."""
_TAKEN = frozenset({"decision", "move"})
"""Nouns that say that what they lead to was settled."""
_FINITE = frozenset({"VBD", "VBZ"})
_MODALS = frozenset({"to", "can", "could", "may", "might", "should", "would", "will", "must"})


@dataclass(slots=True)
class Draft:
    """An act with its type, standing and parties, then its date and places."""

    trigger: Trigger
    event_type: str
    modality: Modality
    source: Party
    target: Party
    when: EventDate | None = None
    places: EventPlaces | None = None
    likelihood: float = 0.0
    """How likely a reader would take it for an event (act_likelihood.py)."""
    echoes: list[Draft] = field(default_factory=list)
    """Further tellings of one arrest, riot or request that name nobody else."""
    is_told: bool = False
    """A verb tells it, though the word kept is a noun: "the *attack* left twelve dead"."""


def is_general(token: Token) -> bool:
    """Say whether a verb tells no single deed: an infinitive, a modal, a bare gerund."""
    auxiliaries = {child.lower_ for child in token.children if child.dep_ in {"aux", "auxpass"}}
    if auxiliaries == {"to"} and is_brought_off(token.head):
        return False
    if auxiliaries == {"to"} and token.dep_ == "xcomp" and lemma_of(token.head) in words("factual"):
        return is_general(token.head)  # "voted *to ban*", "began *to shell*"
    if auxiliaries == {"to"} and token.dep_ == "acl" and lemma_of(token.head) in _TAKEN:
        return False  # "the decision *to withdraw* from the pact"
    if auxiliaries & _MODALS:
        return True
    if token.tag_ == "VBG" and token.dep_ == "xcomp" and lemma_of(token.head) in words("factual"):
        return is_general(token.head)  # "started *fighting*"
    if token.tag_ == "VBG" and not auxiliaries:
        if token.dep_ == "conj" and token.head.tag_ == "VBG":
            return is_general(token.head)  # "..., beating and *kicking* them"
        is_told = token.dep_ == "pcomp" and _is_told_after(token.head)
        return token.dep_ != "advcl" and not is_told  # "..., killing six", no "without killing"
    return token.tag_ == "VB" and not auxiliaries & {"did", "do", "does"}


def _is_told_after(preposition: Token) -> bool:
    """Say whether what follows a preposition was done: "after *losing*", "blamed for *firing*"."""
    if preposition.lower_ == "for":
        first = preposition.head if preposition.dep_ == "conj" else preposition
        return lemma_of(first.head) in words("judging")  # "blamed for X and *for* firing Y"
    if preposition.lower_ == "in":  # "*in* denouncing the plan, he said"
        return preposition.head.tag_ in _FINITE
    return preposition.lower_ in _TOLD_AFTER


def has_own_frame(draft: Draft) -> bool:
    """Say whether a place or a day is said of the act itself."""
    is_placed = draft.places is not None and bool(draft.places.locations)
    is_dated = draft.when is not None and draft.when.weight >= OWN_DATE
    return (is_placed and draft.places is not None and draft.places.weight >= OWN_PLACE) or is_dated


def will_of(token: Token) -> str | None:
    """Return the auxiliary that looks ahead, the one that a joined verb shares included.

    "Would have left" looks at what was not.
    """
    if any(child.dep_ == "aux" and child.lower_ == "have" for child in token.children):
        return None
    for child in token.children:
        if child.dep_ == "aux" and child.lower_ in {"will", "would", "'ll", "shall"}:
            return child.lower_
    is_bare = token.dep_ == "conj" and token.tag_ == "VB" and token.head.pos_ == "VERB"
    return will_of(token.head) if is_bare else None
