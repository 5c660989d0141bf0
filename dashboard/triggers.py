"""Which words of a text name an event, and who they say acts on whom."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.acts import Trigger
from dashboard.cast import Cast
from dashboard.frames import Clause, clause_of
from dashboard.links import Links
from dashboard.needs import DEEDS_OF_FORCE, KINDS, Needs
from dashboard.noun_triggers import NounReader
from dashboard.ontology import TriggerEntry, verb_entries
from dashboard.parties import NOBODY, Party
from dashboard.statements import Statements
from dashboard.vocabulary import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_PARTICLES = frozenset({"off", "down", "over", "up", "out", "back", "away"})
"""Particles that the parse may take for prepositions; "in" and "on" seldom are any."""
_AS_PARTICLE = frozenset({"advmod", "acomp", "oprd", "ccomp", "dobj"})
"""How a particle may be parsed: "took *part* in the talks"."""
_DONE_BEFORE = words("done_before")
_SENTENCED = frozenset({"convict", "jail", "imprison"})
"""Participles that before a plural tell of a kind of people."""
_DOING_BEFORE = {
    "demonstrating": "demo",
    "protesting": "demo",
    "rioting": "riot",
    "striking": "strike",
}
"""Words that before a noun tell what people do, with the mode of their protest."""
_LOOKS = frozenset({"woman", "man", "girl", "boy", "figure", "character"})
"""People who may be called "striking" for how they look."""
_WEAPONS = frozenset({"missile", "rocket", "drone", "shell", "bomb", "mortar", "grenade", "bullet"})
_NEAR = 6
"""Tokens from a verb to its object within which both are the words that tell the act."""
_LIGHT = frozenset({"be", "come", "go", "put", "place", "remain", "stay", "stand", "hold", "take"})
"""Verbs that tell an act only by the noun after their preposition."""
_NOMINAL = frozenset({"csubj", "csubjpass", "nsubj", "nsubjpass", "dobj", "pobj"})
"""Where a form in -ing stands as a noun does: "*fighting* left 40 dead"."""


def find_triggers(doc: Doc, cast: Cast) -> tuple[Trigger, ...]:
    """Return the triggers of `doc` in the order of the text."""
    return tuple(_Reader(doc, cast).read())


class _Reader:
    def __init__(self, doc: Doc, cast: Cast) -> None:
        self.doc = doc
        self.cast = cast
        self.verbs = verb_entries()
        self.links = Links(cast)
        self.needs = Needs(doc, cast, self.links)
        self.nouns = NounReader(cast, self.links, self.needs)
        self.statements = Statements(cast, self.links, self.needs)

    def read(self) -> Iterator[Trigger]:
        """Yield the triggers of the text in order."""
        for token in self.doc:
            tag = token.tag_
            if token.lower_ in _DOING_BEFORE and token.dep_ in {"amod", "compound"}:
                yield from self._crowd(token)
            elif tag[:2] == "VB":
                yield from map(self._with_target, self._verb(token))
            if tag[:2] == "NN" or (tag == "VBG" and token.dep_ in _NOMINAL):
                yield from map(self._with_target, self.nouns.read(token))

    def _crowd(self, token: Token) -> Iterator[Trigger]:
        """Read "*striking* miners" as a strike of the miners."""
        people = token.head
        is_crowd = people.tag_ in {"NNS", "NNPS"} and self.needs.is_kind(people, "people")
        if is_crowd and self.cast.lemma(people) not in _LOOKS:
            yield Trigger(
                token=token, event_type="PROTEST", mode=_DOING_BEFORE[token.lower_],
                source=self.cast.party(people), target=NOBODY, words=(token,), is_noun=True,
            )  # fmt: skip

    def _with_target(self, trigger: Trigger) -> Trigger:
        """Return a protest with whom it is against, if only what it demands says that."""
        if trigger.event_type != "PROTEST" or trigger.target.actors:
            return trigger
        asked = self.links.asked_of(trigger.words, exclude=trigger.source)
        return replace(trigger, target=asked) if asked.actors else trigger

    def _verb(self, token: Token) -> Iterator[Trigger]:
        is_before = token.dep_ == "amod" and self.cast.lemma(token) not in _DONE_BEFORE
        is_before = is_before and not any(c.dep_ == "nsubj" for c in token.lefts)
        is_before = is_before or self._is_kind(token)
        if is_before or token.dep_ in {"aux", "auxpass", "compound"} or _tells_who(token):
            return
        spoken = self.statements.read(token)
        if spoken is not None:
            yield spoken
            return
        entries = self.verbs.get(self.cast.lemma(token))
        if not entries:
            return
        particle = next((c for c in token.children if c.dep_ == "prt"), None)
        clause = clause_of(token)
        if particle is None:
            particle = _as_particle(token, {entry.particle for entry in entries}, clause)
        if particle is not None:  # "called *out* the agency" is no phone call
            entries = (*sorted(entries, key=lambda entry: entry.particle != particle.lower_),)
        for entry in entries:
            if not self._particle_fits(entry, token, particle) or (
                not entry.is_event and self._is_done_by_some(entry, clause)
            ):
                continue
            if all(self.needs.is_met(what, words, token, clause) for what, words in entry.needs):
                if entry.is_event:
                    yield self._verb_trigger(token, entry, clause, particle)
                return

    def _is_done_by_some(self, entry: TriggerEntry, clause: Clause) -> bool:
        """Say whether those do something who mean it, though a line takes it for no event.

        "*Militants* hit a wall" with a shell, "was met *by the king*".
        """
        asked = dict(entry.needs)
        if "object" in asked and not self._is_only(clause.object, asked["object"]):
            return True  # "killed nine soldiers *and himself*"
        doer = clause.subject
        if doer is None:
            return False
        if "passive" in asked:
            return self.needs.is_kind(doer, "actor")
        if entry.event_type not in DEEDS_OF_FORCE or "objmod" in asked:
            return False
        return self.cast.party(doer).is_armed or self.cast.lemma(doer) in _WEAPONS

    def _is_only(self, noun: Token | None, lemmas: frozenset[str]) -> bool:
        """Say whether nothing else is joined to a noun than what a line of the lexicon names."""
        joined = (noun, *noun.conjuncts) if noun is not None else ()
        return len(joined) < 2 or all(self.cast.lemma(other) in lemmas for other in joined)

    def _is_kind(self, token: Token) -> bool:
        """Say whether a participle only says of which kind people are: "*convicted* swindlers"."""
        people = token.head
        is_kind = token.dep_ == "amod" and people.tag_ == "NNS"
        is_kind = is_kind and self.cast.lemma(token) in _SENTENCED
        return is_kind and not any(
            child.dep_ in {"det", "nummod", "poss"} for child in people.lefts
        )

    def _particle_fits(self, entry: TriggerEntry, token: Token, particle: Token | None) -> bool:
        if entry.particle is None:
            return (
                particle is None or particle.lower_ in {"out", "up", "on"} or entry.lemma == "hold"
            )
        if particle is not None and particle.lower_ == entry.particle:
            return True
        return any(
            child.lower_ == entry.particle and child.dep_ in _AS_PARTICLE
            for child in token.children
        )

    def _verb_trigger(
        self, token: Token, entry: TriggerEntry, clause: Clause, particle: Token | None
    ) -> Trigger:
        source = self.links.verb_links(entry.sources, clause)
        source = self._unless_reflexive(source, clause)
        if not source.is_somebody and token.dep_ == "acl" and token.tag_ == "VB":
            source = (
                self.links.from_modifiers(token.head) or source
            )  # "a *U.S.* move to impose duties"
        if entry.event_type == "MOBILIZE" and source is NOBODY and clause.object is not None:
            source = self.cast.party(clause.object)  # "soldiers were deployed" by their own side
        destination = self._destination(entry, clause)
        if destination is not None:
            target = self.links.visited(destination)
        else:
            target = self.links.verb_links(entry.targets, clause, exclude=source)
            if entry.targets and not target.is_somebody:
                target = self.links.aimed_at(clause, exclude=source)
                if entry.event_type == "ASSAULT" and not target.actors:
                    target = self.links.hit_abroad(clause, source)
        words = [token]
        if entry.particle and particle is None:  # "holds the mayor *responsible*"
            said = (child for child in token.rights if child.lower_ == entry.particle)
            particle = next(said, None)
        if entry.particle and particle is not None:
            words.append(particle)
        names_object = any(what == "object" and not words_ & KINDS for what, words_ in entry.needs)
        if names_object and clause.object is not None and abs(clause.object.i - token.i) <= _NEAR:
            words.append(clause.object)
        words += self._said_of(token, entry)
        words += self._stood_at(token, entry, clause)
        return Trigger.of(
            entry,
            token,
            source,
            target,
            words=tuple(sorted(words, key=lambda word: word.i)),
            complement=clause.complement,
            clause=clause,
            destination=destination,
            is_declared=any(what == "negated" for what, _ in entry.needs),
        )

    def _said_of(self, token: Token, entry: TriggerEntry) -> list[Token]:
        """Return the word by which a verb says what somebody is: "was *critical* of"."""
        accepted = next((words for what, words in entry.needs if what == "predicate"), None)
        if accepted is None:
            return []
        after = (
            word for word in token.doc[token.i + 1 : token.i + _NEAR] if word.sent == token.sent
        )
        return [word for word in after if self.cast.lemma(word) in accepted][:1]

    def _stood_at(self, token: Token, entry: TriggerEntry, clause: Clause) -> list[Token]:
        """Return the noun by which a verb that says little tells an act: "are in *talks*"."""
        if self.cast.lemma(token) not in _LIGHT:
            return []
        nouns = (
            noun
            for what, accepted in entry.needs
            for noun in clause.preps.get(what, ())
            if self.cast.lemma(noun) in accepted and abs(noun.i - token.i) <= _NEAR
        )
        return list(nouns)[:1]

    def _unless_reflexive(self, source: Party, clause: Clause) -> Party:
        """Return nobody for "he hailed X" when X is whom "he" was taken to be."""
        subject, patient = clause.subject, clause.object
        if subject is None or patient is None or subject.pos_ != "PRON":
            return source
        is_same = source.actors == self.cast.party(patient).actors
        return Party(is_person=True) if is_same else source

    def _destination(self, entry: TriggerEntry, clause: Clause) -> Token | None:
        if entry.mode != "visit":
            return None
        for link in entry.targets:
            for token in self.links.linked(link, clause):
                if self.needs.is_kind(token, "place"):
                    return token
        return None


def _tells_who(token: Token) -> bool:
    """Say whether a form in -ing only qualifies whom one fires at: "at *protesting* fishermen"."""
    after = token.doc[min(token.i + 1, len(token.doc) - 1)]
    is_after_at = token.dep_ == "pcomp" and token.head.lower_ in {"at", "on", "against"}
    return is_after_at and token.tag_ == "VBG" and after.tag_ == "NNS" and after.head == token


def _as_particle(verb: Token, known: Container[str | None], clause: Clause) -> Token | None:
    """Return a particle that the parse takes for a preposition: "sealed *off* the town"."""
    beside = verb.doc[min(verb.i + 1, len(verb.doc) - 1)]
    if beside.tag_ == "RP" and beside.dep_ == "quantmod" and beside.lower_ in known:
        return beside  # "handed *over four* villages"
    after = next((child for child in verb.rights if child.i == verb.i + 1), None)
    if after is None or after.dep_ != "prep" or after.lower_ not in known:
        return None
    noun = next((child for child in after.children if child.dep_ == "pobj"), None)
    if after.lower_ not in _PARTICLES and after.tag_ != "RP" and any(after.children):
        return None  # but "called *in* both of them", parsed as a preposition of nothing
    if noun is not None:
        clause.object = clause.object or noun
    return after
