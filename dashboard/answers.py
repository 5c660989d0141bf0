"""What people of a text say that they will or will not do: promises, refusals, offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.acts import Trigger
from dashboard.frames import clause_of, counted
from dashboard.modality import is_no_longer, is_of_neither
from dashboard.needs import NO_OFFICIALS, Needs
from dashboard.ontology import word_lists
from dashboard.parties import NOBODY, Party
from dashboard.speech import MAY, WILL, Speech, is_made_clear, statement
from dashboard.threats import Threats
from dashboard.vocabulary import lemma_of, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_STRANGERS = NO_OFFICIALS - {"bus"}
_AT_WORK = frozenset({"LAB", "MED", "EDU", "JRN", "BUS", "AGR"})
"""Sectors of those who threaten to walk out though nobody knows them."""
_YIELDING = words("yielding")
_SILENCES = frozenset({"be", "have", "know", "comment", "happen", "need", "get", "say"})
"""Verbs that, not done, are no refusal: "said that he would not *comment*"."""
_NEWS = frozenset({"detail", "information", "update", "figure", "comment", "news"})
"""What it is no promise to give: "will provide more *details*"."""
_DEALING = frozenset({"engage", "cooperate", "consult", "negotiate", "talk", "collaborate"})
_MEETING_VERBS = frozenset({"meet", "visit", "talk", "negotiate", "attend", "host"})
_OWN_BODIES = frozenset({"country", "nation", "government", "company", "party", "group", "union"})
"""What those who speak for it call by no name: "the minister said *the country* would"."""
_ANSWERED = ("object", "dative", "clause", "to", "with")
_TELLING = frozenset(
    {"say", "announce", "declare", "state", "confirm", "tell", "add", "reiterate", "insist"}
    | {"quote", "pledge", "stress", "emphasise", "emphasize", "maintain", "repeat", "signal"}
    | {"indicate"}
)
"""Verbs by which somebody says what they themselves will do."""
_WISHING = frozenset({"want", "wish", "seek", "hope", "like", "aim", "try", "determine"})
_SOOTHING = frozenset(
    {"defuse", "ease", "reduce", "lower", "calm", "end", "resolve", "settle", "improve", "mend"}
    | {"normalise", "normalize", "strengthen", "repair", "rebuild", "restore", "deepen", "boost"}
    | {"deescalate", "overcome", "build", "develop"}
)
_STRAINED = frozenset(
    {"tension", "crisis", "conflict", "standoff", "stand-off", "dispute", "row", "relation", "tie"}
    | {"relationship", "difference", "hostility", "feud", "stalemate", "cooperation", "trust"}
)
"""What those who say that they want to mend it offer to agree on."""


class Answers:
    """Reads who agrees, refuses or offers: "said it would *not allow* it", "is *ready to meet*"."""

    def __init__(self, speech: Speech, needs: Needs, threats: Threats) -> None:
        self.cast = speech.cast
        self.links = speech.links
        self.speech = speech
        self.needs = needs
        self.threats = threats

    def read_answer(self, token: Token) -> Trigger | None:
        """Read "X said it would (not) allow Y", "X is ready to meet Y" as agreeing or refusing."""
        is_ready = _is_ready(token)
        auxiliaries = {c.lower_: c for c in token.children if c.dep_ == "aux"}
        is_over = "have" in auxiliaries  # "*would have* allowed" what was not asked
        modal = None if is_over else next((auxiliaries[w] for w in WILL & {*auxiliaries}), None)
        modal = modal or (None if is_over else self.threats.menacing_modal(token, auxiliaries))
        is_refused = any(c.dep_ == "neg" or is_of_neither(c) for c in token.children)
        is_answer = (modal is not None and modal.lower_ in MAY) or (
            self.cast.lemma(token) in _YIELDING
            or (is_refused and self.cast.lemma(token) not in _SILENCES)
            or self.threats.hits_back(token)
            or self.threats.is_costly(token)
            or self._goes_on(token)
        )
        if not is_ready and (modal is None or not is_answer):
            return None
        clause = clause_of(token)
        if clause.subject is None or clause.is_passive:
            return None
        source = self._own_party(token, clause.subject)
        is_official = any(actor.kind not in _STRANGERS for actor in source.actors) or (
            source.is_public and not source.actors
        )
        is_official = is_official or (source.sector in _AT_WORK and self.threats.is_costly(token))
        is_own_word = source.is_inferred and self._is_speaker(token, source)
        if (
            not is_official
            or (source.is_inferred and not is_own_word)
            or (not is_refused and not self.threats.is_harm(token) and _has_particle(token))
            or (clause.object is not None and self.cast.lemma(clause.object) in _NEWS)
        ):
            return None
        if not is_ready and not self._speaks_for(token, source):
            return None
        kind = self._answer_type(token, modal, is_ready=is_ready)
        if kind is None:
            return None
        clause.complement = clause.complement or token
        first = token.head if is_ready or modal is None else modal
        target = self.links.verb_links(_ANSWERED, clause, exclude=source)
        return statement(
            kind,
            token,
            source,
            target,
            tuple(sorted((first, token), key=lambda word: word.i)),
            complement=token,
            clause=clause,
        )

    def _stands_aside(self, token: Token) -> bool:
        """Say whether what is not done is to hinder others: "would not *stand in her way*"."""
        ways = clause_of(token).preps.get("in", ()) if self.cast.lemma(token) == "stand" else ()
        return any(noun.lower_ == "way" for noun in ways)

    def _answer_type(self, token: Token, modal: Token | None, *, is_ready: bool) -> str | None:
        """Return what an answer is, a threat, a refusal or an agreement; None for none of them."""
        around = [*token.children, *(token.head.head.children if is_ready else ())]
        is_refused = any(c.dep_ == "neg" or is_no_longer(c) or is_of_neither(c) for c in around)
        is_meeting = self.cast.lemma(token) in _MEETING_VERBS
        if is_meeting and modal is not None and modal.lower_ != "would" and not is_refused:
            return None  # a meeting to come is told as such
        if self.cast.lemma(token) == "hesitate":
            dared = clause_of(token).complement  # "will not hesitate to *use* force"
            return "THREATEN" if self.needs.is_hostile(dared) else "AGREE"
        if is_refused:
            return None if self._stands_aside(token) else "REJECT"
        if self._goes_on(token):
            return "AGREE"
        sent = clause_of(token).object if self.cast.lemma(token) == "send" else None
        if sent is not None and self.cast.lemma(sent) in word_lists()["troops"]:
            return None  # troops to be sent are a deployment to come
        taken = clause_of(token).object if self.cast.lemma(token) == "take" else None
        is_action = taken is not None and taken.lower_ == "action"
        is_threat = self.threats.is_threat(token)
        if is_ready and is_action:
            return "THREATEN"
        if is_ready and is_threat and not self.threats.is_harm(token):
            return None  # "is ready to write rules"
        return "THREATEN" if is_threat else "AGREE"

    def _goes_on(self, token: Token) -> bool:
        """Say whether talks or common work are to go on: "will *continue* to engage"."""
        inner = clause_of(token).complement if self.cast.lemma(token) == "continue" else None
        return inner is not None and self.cast.lemma(inner) in _DEALING

    def _own_party(self, token: Token, subject: Token) -> Party:
        """Return who answers; whoever speaks of "the country" or as an unknown "he" is it."""
        party = self.cast.party(subject)
        told = token.head.head if _is_ready(token) else token
        is_own = subject.pos_ == "PRON" or self.cast.lemma(subject) in _OWN_BODIES
        is_own = is_own and (told == token or self.cast.lemma(token) in _YIELDING | _MEETING_VERBS)
        if party.is_public or party.is_named or not is_own or told.dep_ != "ccomp":
            return party
        speaker = clause_of(told.head).subject if self.cast.lemma(told.head) in _TELLING else None
        return self.speech.speaker(speaker) if speaker is not None else party

    def _is_speaker(self, token: Token, source: Party) -> bool:
        """Say whether "it" of "X said *it* would" is X."""
        told = token.head.head if _is_ready(token) else token  # "said she *was* ready to talk"
        speaker = clause_of(told.head).subject if told.dep_ == "ccomp" else None
        return speaker is not None and self.cast.party(speaker).actors == source.actors

    def _speaks_for(self, token: Token, source: Party) -> bool:
        """Say whether `source` itself says that it will: no forecast of somebody else's."""
        head = token.head
        if token.dep_ == "ROOT":
            return True
        is_clear = is_made_clear(token)
        if token.dep_ not in {"ccomp", "conj"} and not is_clear:
            return False
        if token.dep_ == "conj":
            is_below = head.tag_ == "VB" and any(c.lower_ == "to" for c in head.lefts)
            above = head.head if is_below else head  # "urged them to go and *will* resign if"
            return above.dep_ in {"ROOT", "ccomp"}
        if lemma_of(head) not in _TELLING and not is_clear:
            return False
        outer = clause_of(head.head if is_clear else head)
        if outer.subject is None:
            return True
        speaker = self.cast.party(outer.subject)
        codes = {a.country_code for a in speaker.actors if a.country_code}
        own = {a.country_code for a in source.actors if a.country_code}
        return not codes or not own or bool(codes & own)

    def read_offer(self, token: Token) -> Trigger | None:
        """Read "X said it *wanted to ease tensions*" as an offer of X to do so."""
        verb, clause = token.head, clause_of(token)
        is_wish = token.dep_ == "xcomp" and self.cast.lemma(verb) in _WISHING
        is_wish = is_wish and self.cast.lemma(token) in _SOOTHING and clause.object is not None
        if not is_wish or any(c.dep_ == "neg" or c.lower_ == "would" for c in verb.children):
            return None
        nouns = [] if clause.object is None else list(counted(clause.object))
        source = NOBODY if clause.subject is None else self.speech.speaker(clause.subject)
        if not source.is_public or not any(self.cast.lemma(n) in _STRAINED for n in nouns):
            return None
        target = self.links.aimed_at(clause, exclude=source)
        return statement("AGREE", token, source, target, (verb, token), complement=token)


def _has_particle(verb: Token) -> bool:
    return any(child.dep_ == "prt" for child in verb.children)


def _is_ready(token: Token) -> bool:
    """Say whether the verb follows "ready to", "willing to"."""
    head = token.head
    is_clause = token.dep_ in {"xcomp", "ccomp"} and head.pos_ == "ADJ"
    return is_clause and head.lower_ in words("friendly_adjectives")
