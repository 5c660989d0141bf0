"""Who stands where in a clause: subject, object, agent and prepositions of a verb or a noun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.vocabulary import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECTS = frozenset({"dobj", "obj"})
_SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_OBJECT_CONTROL = words("object_control")
"""Verbs whose object, not subject, does what the clause after them says."""
_DEPTH = 6
CARRYING_VERBS = words("carrying_verbs")
"""Verbs that say little but that the noun beside them is done: "hold talks", "carry out a raid"."""
HAPPENING_VERBS = words("happening_verbs")
"""Verbs whose subject, if it names an act, took place: "talks began", "clashes broke out"."""


@dataclass(slots=True)
class Clause:
    """A verb with its arguments; a passive is turned round, so that `subject` always acts."""

    verb: Token
    subject: Token | None = None
    object: Token | None = None
    complement: Token | None = None
    """The verb of the clause that depends on it: "agreed to *withdraw*"."""
    is_passive: bool = False
    preps: dict[str, list[Token]] = field(default_factory=dict)
    """What follows each preposition; "dative" for "gave *them* food"."""


def clause_of(verb: Token, depth: int = 0) -> Clause:
    """Return the arguments of `verb`, those that it shares with a governing verb included."""
    clause = Clause(verb=verb)
    own_subject = _read_children(verb, clause)
    if not own_subject and depth < _DEPTH:
        _inherit(verb, clause, depth)
    _fill_relative(verb, clause)
    return clause


def prep_objects(token: Token) -> Iterator[tuple[str, Token]]:
    """Yield (preposition, noun) for the prepositions that depend on `token`."""
    for child in token.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.pos_ != "NOUN":
            name = "dative" if child.dep_ == "dative" and child.pos_ != "ADP" else child.lower_
            for inner in child.children:
                if inner.dep_ in {"pobj", "pcomp"}:
                    yield name, inner
                elif inner.dep_ == "prep":  # "out of", "up to"
                    yield from (
                        (inner.lower_, noun) for noun in inner.children if noun.dep_ == "pobj"
                    )


def governing_verb(noun: Token) -> Token | None:
    """Return the verb on which the phrase of `noun` hangs, however many nouns lie between."""
    token = noun
    while token.head != token:
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            return token
    return None


def _read_children(verb: Token, clause: Clause) -> bool:
    has_subject = False
    for child in verb.children:
        dep = child.dep_
        if dep in _SUBJECTS:
            clause.subject, has_subject = child, True
        elif dep in _PASSIVE_SUBJECTS:
            clause.object, clause.is_passive, has_subject = child, True, True
        elif dep in _OBJECTS and clause.object is None:
            clause.object = child
        elif dep == "dative" and child.pos_ in {"NOUN", "PROPN", "PRON"}:
            clause.preps.setdefault("dative", []).append(child)
        elif dep in {"xcomp", "ccomp"} and clause.complement is None:
            if child.i > verb.i:
                clause.complement = child
        elif dep == "agent":
            for noun in child.children:
                if noun.dep_ in {"pobj", "pcomp"}:
                    clause.subject, clause.is_passive = noun, True
    for name, noun in prep_objects(verb):
        clause.preps.setdefault(name, []).append(noun)
        if (
            noun.dep_ == "pcomp"
            and noun.pos_ == "VERB"
            and clause.complement is None
            and name in {"to", "of", "from"}
        ):
            clause.complement = noun
    return has_subject


def _inherit(verb: Token, clause: Clause, depth: int) -> None:
    head = verb.head
    dep = verb.dep_
    if dep == "acl":
        if verb.tag_ == "VBN":
            clause.object, clause.is_passive = clause.object or head, True
        elif verb.tag_ == "VBG":
            clause.subject = head
        return
    if dep == "pcomp" or (dep in {"xcomp", "ccomp"} and head.pos_ == "ADJ"):
        head = head.head  # past the preposition, or past "ready", "willing"
    if head == verb or head.pos_ not in {"VERB", "AUX"}:
        if dep == "pcomp" and head.pos_ in {"NOUN", "PROPN"}:
            _inherit_from_noun(head, clause)
        return
    if dep not in {"xcomp", "advcl", "conj", "pcomp", "ccomp", "dep", "prep"}:
        return
    outer = clause_of(head, depth + 1)
    is_participle = verb.tag_ == "VBN" and clause.object is None
    has_auxiliary = any(child.dep_ in {"aux"} for child in verb.children)
    if (
        is_participle
        and not has_auxiliary
        and (dep == "advcl" or (dep == "conj" and outer.is_passive))
    ):
        clause.is_passive = True
        clause.object = outer.object if outer.is_passive else outer.subject
        if dep == "conj" and clause.subject is None:
            clause.subject = outer.subject
        return
    if any(child.dep_ == "auxpass" for child in verb.children):
        clause.is_passive = True
        clause.object = clause.object or (outer.object if outer.is_passive else outer.subject)
        return
    if clause.subject is not None:
        return
    is_controlled = dep in {"xcomp", "pcomp", "ccomp"} and head.lemma_ in _OBJECT_CONTROL
    if (is_controlled and outer.object is not None) or (
        outer.is_passive and dep in {"xcomp", "advcl", "conj"} and outer.object is not None
    ):
        clause.subject = outer.object
    else:
        clause.subject = outer.subject


def _inherit_from_noun(noun: Token, clause: Clause) -> None:
    for child in noun.children:
        if child.dep_ == "poss":
            clause.subject = child


def _fill_relative(verb: Token, clause: Clause) -> None:
    """Let the noun before a relative clause stand where the clause has a gap."""
    if verb.dep_ != "relcl":
        return
    noun = verb.head
    for role in ("subject", "object"):
        token = getattr(clause, role)
        if token is not None and token.tag_ in {"WDT", "WP"} and token.i < verb.i:
            setattr(clause, role, noun)
    if (
        clause.object is None
        and clause.complement is None
        and clause.subject != noun
        and not clause.is_passive
    ):
        is_full = any(child.lower_ in {"where", "when"} for child in verb.children)
        if not is_full and not any(
            t.tag_ in {"WDT", "WP"} for nouns in clause.preps.values() for t in nouns
        ):
            clause.object = noun
    for nouns in clause.preps.values():
        nouns[:] = [noun if token.tag_ in {"WDT", "WP"} else token for token in nouns]
