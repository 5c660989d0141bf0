"""What people of a text threaten others with: deeds of their own, sanctions, consequences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dashboard.acts import Trigger
from dashboard.frames import clause_of, counted, prep_objects
from dashboard.links import VIOLENT_NOUNS
from dashboard.needs import SPEAKING_THINGS, Needs
from dashboard.ontology import noun_entries, word_lists
from dashboard.parties import NOBODY
from dashboard.speech import COPULAS, MAY, OTHERS, SAYING, WILL, Speech, is_other, statement
from dashboard.vocabulary import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_HARMS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION"})
"""Types of deeds that are threatened by whoever says that they may be done."""
_POSSIBLE = frozenset({"possible", "inevitable", "imminent", "option", "table"})
"""Words for what may come: "sanctions are *possible*", "remain an *option*"."""
_CONSIDERING = frozenset({"consider", "plan", "threaten", "contemplate", "envisage"})
_STEPS = frozenset({"action", "step", "measure", "proceeding", "response", "move"})
_HOSTILE_STEPS = frozenset(
    {"legal", "court", "military", "punitive", "retaliatory", "disciplinary", "criminal"}
    | {"industrial", "strike", "tough", "economic"}
)
_EXPOSED = frozenset({"face", "risk", "incur", "suffer", "pay"})
_PENALTIES = frozenset(
    {"sanction", "sanctions", "suspension", "expulsion", "ban", "boycott", "tariff", "embargo"}
    | {"consequence", "consequences", "reprisal", "retaliation", "prosecution", "fine", "penalty"}
    | {"price", "action", "isolation", "measure", "strike", "strikes", "dismissal", "charge"}
    | {"charges"}
)
"""What those could face who are threatened with it: "said that it could face *a boycott*"."""
_MENACING = words("menacing")
"""Words of a warning that threatens: "warned of *consequences*"."""
_MENACERS = frozenset({"gov", "state", "mil", "reb", "leg", "spy", "igo", "opp"})
"""Kinds of actors whose warnings are no advice."""
_LEAVING = frozenset({"resign", "quit", "leave", "walk", "strike", "sue", "split"})
"""What those threaten with who say that they will do it unless something else is done."""
_ESCALATING = frozenset({"step", "ramp", "scale", "intensify", "escalate", "widen", "expand"})
"""Verbs by which violence or sanctions grow: "may *step up* its raids"."""
_ANSWERING = frozenset({"respond", "react", "retaliate", "reply", "strike", "defend"})


class Threats:
    """Reads who threatens: "said *sanctions* were *possible*", "*warned* of consequences"."""

    def __init__(self, speech: Speech, needs: Needs) -> None:
        self.cast = speech.cast
        self.links = speech.links
        self.speech = speech
        self.needs = needs

    def read_prospect(self, token: Token) -> Trigger | None:
        """Read "X said that sanctions were possible", "legal action is planned" as a threat."""
        deed = next((c for c in token.lefts if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if deed is None or token.dep_ != "ccomp" or not self._is_harmful(deed):
            return None
        said = [c for c in token.rights if c.dep_ in {"acomp", "attr"}]
        said += [noun for name, noun in prep_objects(token) if name == "on"]
        is_passive = deed.dep_ == "nsubjpass" and self.cast.lemma(token) in _CONSIDERING
        is_copula = self.cast.lemma(token) in COPULAS
        word = next((c for c in said if is_copula and self.cast.lemma(c) in _POSSIBLE), None)
        word = token if is_passive else word
        beside = [*token.children, *(() if word is None else word.lefts), *deed.lefts]
        if word is None or any(c.dep_ == "neg" or c.lower_ == "no" for c in beside):
            return None
        source = self.speech.said_by(token)
        if not (source.is_public or source.is_named):
            return None
        aims = [noun for name, noun in prep_objects(deed) if name in {"against", "on"}]
        target = self.links.whose(aims[0]) if aims else NOBODY
        return statement(
            "THREATEN",
            token,
            source,
            target,
            tuple(dict.fromkeys((deed, token, word))),
            complement=token,
        )

    def _is_harmful(self, noun: Token) -> bool:
        """Say whether a noun names a hostile deed, or steps that its modifier calls so."""
        lemma = self.cast.lemma(noun)
        if lemma in _STEPS:
            return any(self.cast.lemma(child) in _HOSTILE_STEPS for child in noun.lefts)
        return any(entry.event_type in _HARMS for entry in noun_entries().get(lemma, ()))

    def read_exposure(self, token: Token) -> Trigger | None:
        """Read "X said Y *could face sanctions*" as a threat by X."""
        clause = clause_of(token)
        is_told = token.dep_ == "ccomp" and self.cast.lemma(token) in _EXPOSED
        is_told = is_told and any(c.lower_ in MAY | WILL for c in token.children)
        if not is_told or clause.object is None or clause.subject is None or clause.is_passive:
            return None
        faced = next((n for n in counted(clause.object) if self.cast.lemma(n) in _PENALTIES), None)
        source, target = self.speech.said_by(token), self.links.whose(clause.subject)
        is_of_others = is_other(target, source, clause.subject) or clause.subject.lower_ in OTHERS
        saying = self.speech.saying(token)
        speaker = clause_of(saying).subject if saying is not None else None
        # "the *league* said"
        is_body = speaker is not None and self.cast.lemma(speaker) in SPEAKING_THINGS
        if faced is None or not (source.is_public or is_body) or not (is_of_others or is_body):
            return None
        return statement("THREATEN", token, source, target, (token, faced), complement=token)

    def read_warning(self, token: Token) -> Trigger | None:
        """Read "X warned that ... attack", "warned of consequences" as a threat by X."""
        if self.cast.lemma(token) != "warn" or token.dep_ in {"xcomp", "advcl", "amod"}:
            return None
        clause = clause_of(token)
        if clause.subject is None or clause.is_passive:
            return None
        source = self.cast.party(clause.subject)
        if not any(actor.kind in _MENACERS for actor in source.actors):
            return None
        below = [w for child in token.rights for w in child.subtree]
        if not any(self.cast.lemma(word) in _MENACING for word in below):
            return None
        target = self.links.verb_links(("object", "clause"), clause, exclude=source)
        return statement("THREATEN", token, source, target, (token,), complement=clause.complement)

    def is_threat(self, token: Token) -> bool:
        """Say whether to do what a verb tells is to threaten: "will *fight*", "will *resign*"."""
        is_hostile = bool(self.needs.is_hostile(token)) or self.cast.lemma(token) in _LEAVING
        return is_hostile or self._escalates(token)

    def is_harm(self, token: Token) -> bool:
        """Say whether a verb tells of violence, force or sanctions: "will *punish* the rebels"."""
        is_fierce = self.cast.lemma(token) in words("hostile_verbs")
        is_harm = is_fierce or self.needs.is_misdeed(token, _HARMS)
        return self._escalates(token) or (is_harm and self.needs.is_hostile(token) is True)

    def _escalates(self, token: Token) -> bool:
        """Say whether violence or sanctions are to grow: "may *step up* its raids"."""
        grown = clause_of(token).object if self.cast.lemma(token) in _ESCALATING else None
        if grown is None or any(c.lower_ == "down" for c in token.rights):
            return False
        lemma = self.cast.lemma(grown)
        return lemma in VIOLENT_NOUNS | word_lists()["sanctions"] | word_lists()["attack"]

    def is_costly(self, token: Token) -> bool:
        """Say whether harm, or leaving, hangs on a condition: "will *strike* unless ..."."""
        marks = {w.lower_ for c in token.children if c.dep_ == "advcl" for w in c.lefts}
        is_harm = self.is_harm(token) or self.cast.lemma(token) in _LEAVING
        return bool(marks & {"if", "unless"}) and is_harm

    def hits_back(self, token: Token) -> bool:
        """Say whether a verb answers violence or with it: "would *respond* with force"."""
        is_answer = self.cast.lemma(token) in _ANSWERING
        return is_answer and any(
            self.cast.lemma(word) in _MENACING for word in token.subtree if word != token
        )

    def menacing_modal(self, token: Token, auxiliaries: Mapping[str, Token]) -> Token | None:
        """Return the "may" by which somebody says that they may do harm: "said it *may* cut"."""
        modal = next((auxiliaries[word] for word in MAY & {*auxiliaries}), None)
        if modal is None or token.dep_ != "ccomp":
            return None
        if not self.is_harm(token):
            return None
        is_refused = any(child.dep_ == "neg" for child in token.children)
        return modal if self.cast.lemma(token.head) in SAYING and not is_refused else None
