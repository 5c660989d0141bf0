"""How likely an act that a text tells is an event that an analyst would code.

Every piece of evidence is a claim about the act's word, its parse and its parties. The weights
lie in data/act_weights.tsv; `python -m dashboard.act_training` learns them from words of news
that readers marked.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.claims import likelihood, read_weights
from dashboard.drafts import Draft, has_own_frame, is_general
from dashboard.parties import Party
from dashboard.vocabulary import lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Token

WEIGHTS = Path(__file__).parent / "data" / "act_weights.tsv"

LIKELY = 0.5
"""From here on an act counts of which the text says too little for the rules of worth.py: more
than half of these were marked as events (cross-validation, see docs/event-evaluation.md)."""

UNLIKELY = 0.3
"""Below this an act does not count, what a pact agrees aside: of such, one in four was marked."""
UNLIKELY_WORD = 0.24
"""The same for what is only promised, demanded or refused in words, of which few are marked."""

_DETERMINERS = frozenset({"det", "poss"})
_SAYS_WHICH = frozenset(
    {"the", "a", "an", "this", "that", "these", "no", "any", "his", "her", "its", "their"}
)


def likelihood_of(draft: Draft) -> float:
    """Return how likely a reader would mark the act as an event of this type, from 0 to 1."""
    return likelihood(read_weights(WEIGHTS), evidence(draft))


def evidence(draft: Draft) -> frozenset[str]:
    """Return what holds of an act, by the names that the table of weights lists."""
    return frozenset(
        (
            "any",
            *_kind(draft),
            *_party("source", draft.source, draft.event_type),
            *_party("target", draft.target, draft.event_type),
            *(_noun(draft) if draft.trigger.is_noun else _verb(draft)),
            *_sentence(draft.trigger.token),
        )
    )


def _kind(draft: Draft) -> Iterator[str]:
    token, kind = draft.trigger.token, draft.event_type
    yield f"type={kind}"
    yield f"word={lemma_of(token)} {kind}"
    yield f"tag={token.tag_}"
    yield f"role={token.dep_}"
    yield f"modality={draft.modality.value}"
    if has_own_frame(draft):
        yield "own frame"
    verb = draft.trigger.carrier or (None if draft.trigger.is_noun else token)
    if kind != draft.trigger.event_type or draft.trigger.is_declared:
        yield f"declared {kind}"  # "will support": what it tells is the saying, which is done
    elif verb is not None:
        general = "general" if is_general(verb) else "told"
        yield general
        yield f"{general} {kind}"


def _party(role: str, party: Party, kind: str) -> Iterator[str]:
    standing = (
        "known"
        if party.actors
        else "unknown"
        if party.is_unknown
        else "named"
        if party.is_named
        else "people"
        if party.is_person
        else "nobody"
    )
    yield f"{role}={standing}"
    yield f"{role}={standing} {kind}"
    if party.sector:
        yield f"{role}={party.sector}"
    if party.is_inferred:
        yield f"{role} guessed"
    yield from (f"{role} is {actor.kind}" for actor in party.actors)


def _noun(draft: Draft) -> Iterator[str]:
    noun = draft.trigger.token
    yield "noun"
    which = [c.lower_ for c in noun.lefts if c.dep_ in _DETERMINERS and c.lower_ in _SAYS_WHICH]
    yield from (f"which={word}" for word in which or ["bare"])
    yield f"noun {noun.dep_} of {noun.head.pos_}"
    yield "carried" if draft.trigger.carrier is not None else "not carried"
    above = next((step for step in noun.ancestors if step.pos_ in {"VERB", "AUX"}), None)
    if above is not None:
        yield f"verb above={above.tag_}"


def _verb(draft: Draft) -> Iterator[str]:
    token, clause = draft.trigger.token, draft.trigger.clause
    yield "verb"
    if clause is None:
        return
    if clause.is_passive:
        yield "passive"
    for role, noun in (("subject", clause.subject), ("object", clause.object)):
        yield f"{role}={noun.pos_ if noun is not None else 'none'}"
        if noun is not None:
            yield f"{role} entity={noun.ent_type_ or 'none'}"
    if clause.complement is not None:
        yield f"complement={clause.complement.dep_}"
    yield from (f"preposition={name}" for name in clause.preps)
    for child in token.children:
        if child.dep_ in {"aux", "auxpass"}:
            yield f"auxiliary={child.lower_}"
            yield f"auxiliary={child.lower_} {draft.event_type}"
    if any(child.dep_ == "neg" for child in token.children):
        yield "not"


def _sentence(token: Token) -> Iterator[str]:
    words = {word.text for word in token.sent}
    if words & {'"', "“", "``"}:
        yield "quoted"
    if "?" in words:
        yield "asked"
