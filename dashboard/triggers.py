"""Which words of a text name an event, and who they say acts on whom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.actors import state_actor
from dashboard.cast import Cast
from dashboard.frames import CARRYING_VERBS, Clause, clause_of, counted, prep_objects
from dashboard.ontology import (
    TriggerEntry,
    event_types,
    noun_entries,
    verb_entries,
    word_lists,
)
from dashboard.parties import NOBODY, Party
from dashboard.vocabulary import lemma_of, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

VIOLENT_NOUNS = words("violent_nouns")
_ARMED_NOUNS = words("armed_nouns")
_CROWD_NOUNS = words("crowd_nouns")
_NO_OFFICIALS = frozenset({"cvl", "ref", "crm", "bus", "edu", "lab", "med"})
_STRANGERS = _NO_OFFICIALS - {"bus"}
_COUNTRY_AS_ADJECTIVE = words("country_as_adjective")
_HARM = words("harm")
_SAYING = words("saying")
_YIELDING = words("yielding")
_STATEMENTS = words("statements")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Words that name an act, with its type and its parties."""

    token: Token
    event_type: str
    mode: str | None
    source: Party
    target: Party
    words: tuple[Token, ...]
    """The tokens of the trigger in order: the verb, its particle, the noun it carries."""
    complement: Token | None = None
    """The clause that the act is about: "agreed to *withdraw*"."""
    carrier: Token | None = None
    """The verb that carries a noun: "*carried* out an attack"."""
    clause: Clause | None = None
    is_noun: bool = False
    destination: Token | None = None
    """Where a visit goes."""
    is_declared: bool = False
    """The type already says that the act is only announced."""


def find_triggers(doc: Doc, cast: Cast) -> tuple[Trigger, ...]:
    """Return the triggers of `doc` in the order of the text."""
    return tuple(_Reader(doc, cast).read())


class _Reader:
    def __init__(self, doc: Doc, cast: Cast) -> None:
        self.doc = doc
        self.cast = cast
        self.verbs = verb_entries()
        self.nouns = noun_entries()
        self.violent = [
            token.i
            for token in doc
            if cast.lemma(token) in VIOLENT_NOUNS
            and not any(cast.lemma(child) in _ILLNESSES for child in token.lefts)
        ]

    def read(self) -> Iterator[Trigger]:
        """Yield the triggers of the text in order."""
        for token in self.doc:
            tag = token.tag_
            if tag[:2] == "VB":
                yield from self._verb(token)
            elif tag[:2] == "NN":
                yield from self._noun(token)

    def _verb(self, token: Token) -> Iterator[Trigger]:
        if token.dep_ in {"amod", "aux", "auxpass", "compound"}:
            return
        spoken = self._demand(token) or self._blame(token) or self._answer(token)
        if spoken is not None:
            yield spoken
            return
        entries = self.verbs.get(self.cast.lemma(token))
        if not entries:
            return
        particle = next((c for c in token.children if c.dep_ == "prt"), None)
        clause = clause_of(token)
        for entry in entries:
            if not self._particle_fits(entry, token, particle):
                continue
            if all(self._is_met(what, words, token, clause) for what, words in entry.needs):
                if entry.is_event:
                    yield self._verb_trigger(token, entry, clause, particle)
                return

    def _particle_fits(self, entry: TriggerEntry, token: Token, particle: Token | None) -> bool:
        if entry.particle is None:
            return (
                particle is None or particle.lower_ in {"out", "up", "on"} or entry.lemma == "hold"
            )
        if particle is not None and particle.lower_ == entry.particle:
            return True
        return any(
            child.lower_ == entry.particle and child.dep_ in {"advmod", "acomp", "oprd"}
            for child in token.children
        )

    def _verb_trigger(
        self, token: Token, entry: TriggerEntry, clause: Clause, particle: Token | None
    ) -> Trigger:
        source = self._verb_links(entry.sources, clause)
        source = self._unless_reflexive(source, clause)
        if not source.is_somebody and token.dep_ == "acl" and token.tag_ == "VB":
            source = self._from_modifiers(token.head) or source  # "a *U.S.* move to impose duties"
        if entry.event_type == "MOBILIZE" and source is NOBODY and clause.object is not None:
            source = self.cast.party(clause.object)  # "soldiers were deployed" by their own side
        destination = self._destination(entry, clause)
        if destination is not None:
            target = self._visited(destination)
        else:
            target = self._verb_links(entry.targets, clause, exclude=source)
        words = [token]
        if entry.particle and particle is not None:
            words.append(particle)
        names_object = any(what == "object" and not words_ & _KINDS for what, words_ in entry.needs)
        if names_object and clause.object is not None and abs(clause.object.i - token.i) <= 4:
            words.append(clause.object)
        return Trigger(
            token=token,
            event_type=entry.event_type,
            mode=entry.mode,
            source=source,
            target=target,
            words=tuple(sorted(words, key=lambda word: word.i)),
            complement=clause.complement,
            clause=clause,
            destination=destination,
        )

    def _visited(self, token: Token) -> Party:
        """Return the countries that a visit to `token` and the places joined to it goes to."""
        codes = [self.cast.land_of(place) for place in (token, *token.conjuncts)]
        return Party(actors=tuple(state_actor(code) for code in dict.fromkeys(codes) if code))

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
            for token in self._linked(link, clause):
                if self._is_kind(token, "place"):
                    return token
        return None

    def _verb_links(self, links: Iterable[str], clause: Clause, exclude: Party = NOBODY) -> Party:
        known = {actor.actor_id for actor in exclude.actors}
        unnamed = NOBODY
        for link in links:
            for token in self._linked(link, clause):
                party = (
                    self._whose(token)
                    if link in {"object", "clause"}
                    else self._party_or_land(token)
                )
                if link == "subject" and not party.actors:
                    party = self._maker(token, party)
                if {actor.actor_id for actor in party.actors} - known:
                    return party
                if not party.actors and party.is_somebody and unnamed is NOBODY:
                    unnamed = party
        return unnamed

    def _linked(self, link: str, clause: Clause) -> list[Token]:
        if link == "subject":
            return [clause.subject] if clause.subject is not None else []
        if link == "object":
            return [clause.object] if clause.object is not None else []
        if link == "clause":
            return self._clause_parties(clause)
        found = list(clause.preps.get(link, ()))
        letters = [n for n in clause.preps.get("in", ()) if self.cast.lemma(n) in _LETTERS]
        for noun in (clause.object, clause.complement, *letters):
            if noun is not None:
                found += [inner for name, inner in prep_objects(noun) if name == link]
        return found

    def _clause_parties(self, clause: Clause) -> list[Token]:
        """Return whom a complement is about: its subject if another's, its object, its nouns."""
        if clause.complement is None:
            return []
        inner = clause_of(clause.complement)
        arguments = (inner.subject, inner.object)
        found = [token for token in arguments if token is not None and token != clause.subject]
        for preposition in ("with", "against", "to", "on", "from", "in", "for"):
            found += inner.preps.get(preposition, [])
        if inner.object is not None:
            found += [n for name, n in prep_objects(inner.object) if name in _AIMED_AT]
        return found

    def _maker(self, token: Token, party: Party) -> Party:
        """Return who stands behind a subject that is a thing: "Israeli shells killed"."""
        lemma = self.cast.lemma(token)
        if party.is_person or lemma not in VIOLENT_NOUNS | _STATEMENTS:
            return party
        author = self._from_modifiers(token) or self._from_preps(token, ("by", "from"))
        if author is None and lemma in _STATEMENTS and token.dep_ in {"dobj", "pobj"}:
            verb = token.head if token.dep_ == "dobj" else token.head.head
            subject = clause_of(verb).subject if verb.pos_ == "VERB" else None
            author = self.cast.party(subject) if subject is not None and subject != token else None
        return author or party

    def _whose(self, token: Token) -> Party:
        """Return who `token` is, or whose it is: "rejected *an Indian proposal*"."""
        party = self.cast.party(token)
        if party.actors or party.is_person:
            return party
        return (
            self._from_modifiers(token)
            or self._from_preps(token, ("by", "from", "of", "against", "for"))
            or party
        )

    def _party_or_land(self, token: Token) -> Party:
        party = self.cast.party(token)
        if party.actors or party.is_person:
            return party
        code = self.cast.land_of(token)
        if code:
            return Party(actors=(state_actor(code),))
        return self._from_modifiers(token) or self._from_preps(token, ("with",)) or party

    def _from_modifiers(self, token: Token) -> Party | None:
        for child in token.lefts:
            if child.dep_ == "poss":
                party = self.cast.party(child)
            elif child.dep_ in {"amod", "compound", "nmod"}:
                party = self._origin(child)
            else:
                continue
            if party.actors:
                return party
        return None

    def _origin(self, child: Token) -> Party:
        party = self.cast.origin(child)
        parties = [party] if party.actors else []
        for conjunct in child.children:
            if conjunct.dep_ == "conj":
                other = self.cast.origin(conjunct)
                if other.actors:
                    parties.append(other)
        if parties:
            actors = tuple({a.actor_id: a for p in parties for a in p.actors}.values())
            return Party(actors=actors, is_armed=True)
        if child.pos_ in {"NOUN", "PROPN"} and self.cast.lemma(child) not in words("machines"):
            return self.cast.party(child)
        return NOBODY

    def _from_preps(self, token: Token, names: Iterable[str]) -> Party | None:
        nouns = list(prep_objects(token))
        for name in names:
            for found, noun in nouns:
                if found == name:
                    party = self.cast.party(noun)
                    if party.actors:
                        return party
        return None

    def _demand(self, token: Token) -> Trigger | None:
        """Read "X said that Y must, should, has to do Z" as a request of X to Y."""
        if token.tag_ != "VB" or self.cast.lemma(token.head) not in _SAYING | _OBLIGING:
            return None
        asked = token.head if self.cast.lemma(token.head) in _OBLIGING else token
        modals = (c for c in token.children if c.lower_ in _MUST and c.dep_ == "aux")
        modal = token.head if asked != token else next(modals, None)
        if modal is None or asked.dep_ != "ccomp" or self.cast.lemma(asked.head) not in _SAYING:
            return None
        outer, inner = clause_of(asked.head), clause_of(token)
        if outer.subject is None:
            return None
        source = self.cast.party(outer.subject)
        target_token = inner.object if inner.is_passive else inner.subject
        target = self.cast.party(target_token) if target_token is not None else NOBODY
        if not _is_of_others(target, source):
            return None
        return Trigger(
            token=token, event_type="REQUEST", mode=None, source=source, target=target,
            words=(modal, token), complement=token, clause=inner, is_declared=True,
        )  # fmt: skip

    def _blame(self, token: Token) -> Trigger | None:
        """Read "X said that Y was responsible for Z", "was behind Z" as an accusation by X."""
        if self.cast.lemma(token) != "be" or self.cast.lemma(token.head) not in _SAYING:
            return None
        if token.dep_ not in {"ccomp", "conj"} or any(c.dep_ == "neg" for c in token.children):
            return None
        blame = next((c for c in token.children if c.i > token.i and self._is_blame(c)), None)
        speaker, blamed = clause_of(token.head).subject, clause_of(token).subject
        if blame is None or speaker is None or blamed is None:
            return None
        source, target = self.cast.party(speaker), self.cast.party(blamed)
        if not _is_of_others(target, source):
            return None
        return Trigger(
            token=token, event_type="ACCUSE", mode="allege", source=source, target=target,
            words=(token, blame), clause=clause_of(token), is_declared=True,
        )  # fmt: skip

    def _is_blame(self, word: Token) -> bool:
        lemma = self.cast.lemma(word)
        is_bad = word.dep_ in {"attr", "acomp"} and lemma in word_lists()["bad"] | _MENACES
        return is_bad or word.lower_ in _BLAMED

    def _answer(self, token: Token) -> Trigger | None:
        """Read "X said it would (not) allow Y", "X is ready to meet Y" as agreeing or refusing."""
        is_ready = _is_ready(token)
        modal = next((c for c in token.children if c.dep_ == "aux" and c.lower_ in _WILL), None)
        if not is_ready and (modal is None or self.cast.lemma(token) not in _YIELDING):
            return None
        clause = clause_of(token)
        if clause.subject is None or clause.is_passive:
            return None
        source = self.cast.party(clause.subject)
        is_official = any(actor.kind not in _STRANGERS for actor in source.actors)
        is_own_word = source.is_inferred and self._is_speaker(token, source)
        if (
            not is_official
            or (source.is_inferred and not is_own_word)
            or any(c.dep_ == "prt" for c in token.children)
        ):
            return None
        if not is_ready and not self._speaks_for(token, source):
            return None
        kind = self._answer_type(token, modal, is_ready=is_ready)
        if kind is None:
            return None
        clause.complement = clause.complement or token
        first = token.head if is_ready or modal is None else modal
        return Trigger(
            token=token,
            event_type=kind,
            mode=None,
            source=source,
            target=self._verb_links(("object", "clause"), clause, exclude=source),
            words=tuple(sorted((first, token), key=lambda word: word.i)),
            complement=token,
            clause=clause,
            is_declared=True,
        )

    def _is_speaker(self, token: Token, source: Party) -> bool:
        """Say whether "it" of "X said *it* would" is X."""
        speaker = clause_of(token.head).subject if token.dep_ == "ccomp" else None
        return speaker is not None and self.cast.party(speaker).actors == source.actors

    def _answer_type(self, token: Token, modal: Token | None, *, is_ready: bool) -> str | None:
        around = [*token.children, *(token.head.head.children if is_ready else ())]
        is_refused = any(child.dep_ == "neg" for child in around)
        is_meeting = self.cast.lemma(token) in _MEETING_VERBS
        if is_meeting and modal is not None and modal.lower_ != "would" and not is_refused:
            return None  # a meeting to come is told as such
        if is_refused:
            return "REJECT"
        return "THREATEN" if self._is_hostile(token) else "AGREE"

    def _speaks_for(self, token: Token, source: Party) -> bool:
        """Say whether `source` itself says that it will: no forecast of somebody else's."""
        head = token.head
        if token.dep_ == "ROOT":
            return True
        if token.dep_ not in {"ccomp", "conj"}:
            return False
        if token.dep_ == "conj":
            return head.dep_ in {"ROOT", "ccomp"}
        if lemma_of(head) not in _TELLING:
            return False
        outer = clause_of(head)
        if outer.subject is None:
            return True
        speaker = self.cast.party(outer.subject)
        codes = {a.country_code for a in speaker.actors if a.country_code}
        own = {a.country_code for a in source.actors if a.country_code}
        return not codes or not own or bool(codes & own)

    def _is_met(self, what: str, accepted: frozenset[str], token: Token, clause: Clause) -> bool:
        """Say whether what a line of the lexicon asks for stands beside the verb."""
        if what == "object":
            return clause.object is not None and self._fits(clause.object, accepted)
        if what == "subject":
            return self._subject_fits(clause.subject, accepted)
        if what == "not":
            return not self._stands_beside(accepted, token, clause)
        if what == "objmod":
            lefts = clause.object.lefts if clause.object is not None else ()
            return any(self.cast.lemma(child) in accepted for child in lefts)
        if what == "complement":
            verb = clause.complement
            return verb is not None and self.cast.lemma(verb) in accepted
        if what == "predicate":
            return any(self.cast.lemma(word) in accepted for word in _predicates(token))
        state = self._state_of(what, token, clause)
        if state is not None:
            return state
        nouns = [noun for name, noun in self._all_preps(clause) if name == what]
        return any("*" in accepted or self._fits(noun, accepted) for noun in nouns)

    def _state_of(self, what: str, token: Token, clause: Clause) -> bool | None:
        """Answer a need that is one word; None when `what` is a preposition."""
        wording = _wording(what, token, clause)
        if wording is not None:
            return wording
        if what == "negated":
            words = (token, *_predicates(token))
            return any(child.dep_ == "neg" for word in words for child in word.children)
        if what == "passive":
            return clause.is_passive
        if what == "intransitive":
            return clause.object is None
        if what in {"hostile", "friendly"}:
            return self._is_hostile(clause.complement) is (what == "hostile")
        if what == "cause":
            return self._has_violent_cause(token, clause)
        if what == "victim":
            return self._is_killing(token, clause)
        return self._is_accident(clause) if what == "accident" else None

    def _subject_fits(self, subject: Token | None, accepted: frozenset[str]) -> bool:
        if subject is None:
            return False
        if "actor" in accepted:
            party = self._maker(subject, self.cast.party(subject))
            if party.is_public or party.is_named:
                return True
        return self._fits(subject, accepted)

    def _all_preps(self, clause: Clause) -> Iterator[tuple[str, Token]]:
        for name, nouns in clause.preps.items():
            yield from ((name, noun) for noun in nouns)
        if clause.object is not None and not clause.is_passive:
            for name, noun in prep_objects(clause.object):
                yield name, noun
                # "signed an agreement *on exports in Istanbul*"
                if self.cast.lemma(clause.verb) in _SIGNING:
                    yield from (inner for inner in prep_objects(noun) if inner[0] == "in")

    def _fits(self, token: Token, accepted: frozenset[str]) -> bool:
        if "*" in accepted:
            return True
        for noun in counted(token):
            if self.cast.lemma(noun) in accepted or noun.lower_ in accepted:
                return True
        return any(self._is_kind(token, kind) for kind in accepted & _KINDS)

    def _is_kind(self, token: Token, kind: str) -> bool:
        if kind == "place":
            return self.cast.land_of(token) is not None or token.ent_type_ in {"GPE", "LOC"}
        if kind in {"person", "people"} and token.lower_ in {"it", "itself"}:
            return False
        lemma, party = self.cast.lemma(token), self.cast.party(token)
        has_actor = bool(party.actors)
        is_official = has_actor and not all(a.kind in _NO_OFFICIALS for a in party.actors)
        is_plural = token.tag_ in {"NNS", "NNPS"}
        answers = {
            "actor": party.is_public or party.is_named,
            "body": any(actor.kind == "igo" for actor in party.actors),
            "authority": any(actor.kind in _AUTHORITIES for actor in party.actors)
            or party.sector in _RULING,
            "person": has_actor or party.is_person or _is_count_of_people(token),
            "official": is_official or (party.is_public and not has_actor),
            "violent": party.is_armed or lemma in VIOLENT_NOUNS,
            "armed": token.ent_type_ != "PERSON" and (party.is_armed or lemma in _ARMED_NOUNS),
            "crowd": (party.is_person or party.is_armed or lemma in _CROWD_NOUNS) and is_plural,
            "people": (party.is_person or lemma in _CROWD_NOUNS) and token.ent_type_ != "ORG",
            "several": len(party.actors) > 1 or (has_actor and is_plural),
        }
        return answers[kind]

    def _stands_beside(self, accepted: frozenset[str], token: Token, clause: Clause) -> bool:
        parties = [noun for noun in (clause.subject, clause.object) if noun is not None]
        nouns = [noun for nouns in clause.preps.values() for noun in nouns]
        beside = [child for child in token.children if child.dep_ not in _CLAUSES]
        return any(self.cast.lemma(word) in accepted for word in (*parties, *nouns, *beside))

    def _is_hostile(self, complement: Token | None) -> bool | None:
        if complement is None:
            return None
        lemma = self.cast.lemma(complement)
        if lemma in _HOSTILE_VERBS:
            return True
        if lemma in CARRYING_VERBS or lemma in _NEUTRAL_VERBS:
            return False
        entries = self.verbs.get(lemma, ())
        hostile = sum(event_types()[entry.event_type].is_conflict for entry in entries)
        return hostile * 2 > len(entries) if entries else False

    def _has_violent_cause(self, token: Token, clause: Clause) -> bool:
        if self._is_accident(clause):
            return False
        sent = token.sent
        return self._has_violence(sent.start, sent.end)

    def _has_violence(self, start: int, end: int) -> bool:
        """Say whether a word of violence stands among the tokens from `start` to `end`."""
        index = bisect_left(self.violent, start)
        return index < len(self.violent) and self.violent[index] < end

    def _is_killing(self, token: Token, clause: Clause) -> bool:
        """Say whether somebody killed: an agent, a cause or a victim that tells of violence."""
        if clause.object is None:
            return False
        if clause.subject is not None:
            subject = self.cast.party(clause.subject)
            is_violent = self.cast.lemma(clause.subject) in VIOLENT_NOUNS
            return subject.is_person or bool(subject.actors) or is_violent
        sent = token.sent
        if self._has_violence(sent.start - 60, sent.end):
            return True
        return self.cast.party(clause.object).is_armed or not clause.is_passive

    def _is_accident(self, clause: Clause) -> bool:
        accidents = word_lists()["accident"]
        causes = [
            noun
            for name, noun in self._all_preps(clause)
            if name in {"by", "in", "from", "of", "after", "during"}
        ]
        if clause.subject is not None:
            causes.append(clause.subject)
        for noun in causes:
            group = (noun, *noun.conjuncts)
            lemmas = {self.cast.lemma(word) for word in group}
            lemmas |= {
                self.cast.lemma(child)
                for word in group
                for child in word.lefts
                if child.dep_ == "compound"
            }
            if lemmas & accidents and not lemmas & _SURE_VIOLENCE:
                return True
        return False

    def _noun(self, token: Token) -> Iterator[Trigger]:
        entries = self.nouns.get(self.cast.lemma(token)) or self.nouns.get(token.lower_)
        if not entries or token.dep_ == "compound" or token.ent_type_ in _NAMES_AND_TIMES:
            return
        left = {self.cast.lemma(child) for child in token.lefts}
        preps = list(prep_objects(token))
        for entry in entries:
            if all(
                self._noun_meets(what, words, token, left, preps) for what, words in entry.needs
            ):
                trigger = self._noun_trigger(token, entry, preps) if entry.is_event else None
                if trigger is not None:
                    yield trigger
                return

    def _noun_meets(
        self,
        what: str,
        accepted: frozenset[str],
        token: Token,
        left: set[str],
        preps: list[tuple[str, Token]],
    ) -> bool:
        if what == "modifier":
            return bool(left & accepted)
        if what == "violence":
            before = self._has_violence(token.i - _NEAR_BY, token.i)
            return before or self._has_violence(token.i + 1, token.i + _NEAR_BY)
        if what == "not":
            return not left & accepted
        if what == "infinitive":
            return any(_is_infinitive(child) for child in token.rights)
        if what in {"source", "target", "clause"}:
            return True  # asked once the parties are known
        return any(
            name == what and ("*" in accepted or self._fits(noun, accepted)) for name, noun in preps
        )

    def _noun_trigger(
        self, token: Token, entry: TriggerEntry, preps: list[tuple[str, Token]]
    ) -> Trigger | None:
        needs = {what for what, _ in entry.needs}
        carrier, carried_source, carried_preps = self._carried(token)
        preps = preps + carried_preps
        source = carried_source or self._owned_up(token) or self._noun_source(token, entry, preps)
        target = self._noun_target(token, entry, preps, exclude=source)
        if entry.event_type == "CONSULT" and not target.is_somebody:
            target = self._spoken_to(token)
        if "source" in needs and not source.is_public:
            return None
        if "target" in needs and not target.actors:
            return None
        words = (token,) if carrier is None else tuple(sorted((carrier, token), key=lambda w: w.i))
        return Trigger(
            token=token,
            event_type=entry.event_type,
            mode=entry.mode,
            source=source,
            target=target,
            words=words if words[-1].i - words[0].i <= 5 else (token,),
            carrier=carrier,
            clause=clause_of(carrier) if carrier is not None else None,
            is_noun=True,
            destination=self._noun_destination(entry, preps),
        )

    def _noun_destination(
        self, entry: TriggerEntry, preps: list[tuple[str, Token]]
    ) -> Token | None:
        if entry.mode != "visit":
            return None
        there = [noun for name, noun in preps if name in {"to", "of", "in"}]
        there += [inner for noun in there for name, inner in prep_objects(noun) if name == "in"]
        return next((noun for noun in there if self._is_kind(noun, "place")), None)

    def _carried(self, token: Token) -> tuple[Token | None, Party | None, list[tuple[str, Token]]]:
        """Return the verb that carries the noun, who does it, and the verb's prepositions."""
        head = token.head
        is_subject = token.dep_ == "nsubj" and self.cast.lemma(head) in _HAPPENS_BY
        if head.pos_ not in {"VERB", "AUX"} or not (is_subject or token.dep_ in _CARRIED_AS):
            return None, None, []
        clause = clause_of(head)
        preps = [(name, noun) for name, nouns in clause.preps.items() for noun in nouns]
        if is_subject:
            return None, None, preps
        lemma = self.cast.lemma(head)
        is_named = lemma == "call" and any(child.dep_ == "oprd" for child in head.children)
        if lemma not in CARRYING_VERBS or is_named:
            return None, None, []
        if lemma in _SUFFERING or clause.subject is None:
            return head, None, preps
        party = self.cast.party(clause.subject)
        return head, party if party.actors or party.is_unknown else None, preps

    def _noun_source(
        self, token: Token, entry: TriggerEntry, preps: list[tuple[str, Token]]
    ) -> Party:
        if token.dep_ in {"dobj", "attr"}:
            relative = self._done_by(token)
            if relative is not None:
                return relative
        unnamed = NOBODY
        for link in entry.sources:
            party = self._noun_link(token, link, entry, preps)
            if party is not None and (party.actors or party.is_unknown):
                return party
            if party is not None and party.is_somebody and unnamed is NOBODY:
                unnamed = party
        return self._done_by(token) or self._spoken_at(token, entry) or unnamed

    def _spoken_to(self, token: Token) -> Party:
        """Read "in a phone call, X told Y that ..." as a call to Y."""
        verb = token.head.head if token.dep_ == "pobj" else token
        if self.cast.lemma(verb) not in _TOLD_TO or token.head.lower_ not in _DURING:
            return NOBODY
        listener = clause_of(verb).object
        return self.cast.party(listener) if listener is not None else NOBODY

    def _spoken_at(self, token: Token, entry: TriggerEntry) -> Party | None:
        """Read "in talks with X, Y said that ..." as talks of Y with X."""
        if entry.event_type != "CONSULT" or token.dep_ != "pobj":
            return None
        noun = token.head.head if token.head.lower_ == "of" else token  # "two days of talks"
        if noun.dep_ != "pobj" or noun.head.lower_ not in _DURING or noun.head.head.pos_ != "VERB":
            return None
        clause = clause_of(noun.head.head)
        is_with = any(name == "with" for name, _ in prep_objects(token))
        is_told = self.cast.lemma(clause.verb) in _TOLD_TO
        if clause.subject is None:
            return None
        party = self.cast.party(clause.subject)
        is_among = len(party.actors) > 1  # "after talks in Juba, the two ministers announced"
        if not (is_with or is_among or (is_told and clause.object is not None)):
            return None
        return party if party.actors or party.is_named else None

    def _owned_up(self, token: Token) -> Party | None:
        """Read "X claimed responsibility for the bombing"."""
        word = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "for" else token
        if self.cast.lemma(word) != "responsibility" or word.dep_ != "dobj":
            return None
        if self.cast.lemma(word.head) not in {"claim", "accept", "take", "admit"}:
            return None
        clause = clause_of(word.head)
        party = self.cast.party(clause.subject) if clause.subject is not None else NOBODY
        return party if party.actors else None

    def _done_by(self, token: Token) -> Party | None:
        """Read "attacks carried out by X", "the strike that X launched"."""
        for child in token.rights:
            if child.dep_ in {"acl", "relcl"} and self.cast.lemma(child) in CARRYING_VERBS:
                clause = clause_of(child)
                if clause.subject is not None and clause.subject != token:
                    party = self.cast.party(clause.subject)
                    if party.actors:
                        return party
        return None

    def _noun_target(
        self, token: Token, entry: TriggerEntry, preps: list[tuple[str, Token]], exclude: Party
    ) -> Party:
        known = {actor.actor_id for actor in exclude.actors}
        if entry.event_type == "CONSULT" and any(name == "between" for name, _ in preps):
            return NOBODY
        unnamed = NOBODY
        for link in entry.targets:
            party = self._noun_link(token, link, entry, preps)
            if party is not None and {actor.actor_id for actor in party.actors} - known:
                return party
            if party is not None and not party.actors and party.is_somebody:
                unnamed = party
        return unnamed

    def _noun_link(
        self, token: Token, link: str, entry: TriggerEntry, preps: list[tuple[str, Token]]
    ) -> Party | None:
        if link == "poss":
            owner = next((child for child in token.lefts if child.dep_ == "poss"), None)
            return self.cast.party(owner) if owner is not None else None
        if link == "modifier":
            return self._noun_modifier(token, entry)
        for name, noun in preps:
            if name != link:
                continue
            if entry.mode == "visit":
                party = self._visited(noun)
            elif link in {"on", "against", "of", "at"}:
                party = self._whose(noun)
            else:
                party = self.cast.party(noun)
            if party.is_somebody:
                return party
        return None

    def _noun_modifier(self, token: Token, entry: TriggerEntry) -> Party | None:
        for child in token.lefts:
            if child.dep_ not in {"amod", "compound", "nmod"}:
                continue
            is_land = self.cast.land_of(child) is not None
            if (
                is_land
                and child.text not in _COUNTRY_AS_ADJECTIVE
                and entry.event_type in _PLACED_BY_NAME
            ):
                continue
            party = self._origin(child)
            if party.is_public:
                return party
        return None


def _is_of_others(target: Party, source: Party) -> bool:
    """Say whether both are known, and of different countries or bodies."""
    own = {actor.actor_id for actor in source.actors}
    lands = {actor.country_code for actor in source.actors if actor.country_code}
    return bool(own) and any(
        actor.actor_id not in own and actor.country_code not in lands for actor in target.actors
    )


def _wording(what: str, token: Token, clause: Clause) -> bool | None:
    """Answer a need of the words after the verb; None when `what` is none."""
    if what == "clause":
        return clause.complement is not None
    if what == "infinitive":
        return any(_is_infinitive(child) for child in token.children)
    if what == "that":
        lefts = clause.complement.lefts if clause.complement is not None else ()
        return any(child.lower_ == "that" for child in lefts)
    if what == "unquoted":
        return not any(word.is_quote for word in token.doc[token.i + 1 : token.i + 6])
    return None


def _predicates(token: Token) -> list[Token]:
    """Return what the verb says that somebody is: "called it *illegal*", "is *critical*"."""
    found = []
    for child in token.children:
        if child.dep_ in {"oprd", "attr", "acomp", "ccomp", "xcomp"} and child.i > token.i:
            found += [child, *child.conjuncts]
            found += [inner for inner in child.children if inner.dep_ in {"amod", "acomp", "attr"}]
    return found


def _is_count_of_people(token: Token) -> bool:
    """Say whether a number or a pronoun stands for people: "*three* were arrested"."""
    is_party = token.dep_ in {"nsubj", "nsubjpass", "dobj"}
    is_party = is_party and token.ent_type_ not in _MEASURES
    return is_party and (token.tag_ == "CD" or token.lower_ in _SOME_PEOPLE)


def _is_infinitive(token: Token) -> bool:
    """Say whether `token` is the verb of "to ..."."""
    is_clause = token.dep_ in {"xcomp", "ccomp", "acl", "advcl"} and token.tag_ == "VB"
    return is_clause and any(child.lower_ == "to" for child in token.lefts)


_MEASURES = frozenset({"MONEY", "PERCENT", "QUANTITY", "DATE", "TIME"})
"""Entities whose numbers count no people: "imposed *$100 billion* in tariffs"."""
_SOME_PEOPLE = frozenset({"all", "both", "others", "some", "many", "several", "those", "two"})
_NAMES_AND_TIMES = frozenset(
    {"DATE", "TIME", "ORG", "PERSON", "WORK_OF_ART", "PRODUCT", "GPE", "LAW"}
)
"""Entities within which a noun names no act: "March", "the Battle Group"."""
_CLAUSES = frozenset({"nsubj", "dobj", "advcl", "ccomp", "xcomp", "conj", "relcl", "acl"})
"""What hangs on a verb and is no word beside it: its parties, asked for apart, and clauses."""
_SIGNING = frozenset({"sign", "initial"})
_BLAMED = frozenset({"responsible", "behind", "guilty", "complicit", "culpable"})
"""Words that, said of another, accuse: "said that Iran was *behind* the attack"."""
_TOLD_TO = frozenset({"tell", "ask", "urge", "assure", "warn"})
_MENACES = frozenset({"threat", "danger", "obstacle", "enemy", "aggressor", "occupier", "headache"})
_MUST = frozenset({"must", "should", "ought"})
_OBLIGING = frozenset({"need", "have"})
"""Verbs that with "to" ask like "must": "said that Iran *has to* explain"."""
_DURING = frozenset({"in", "at", "during", "after", "following"})
_LETTERS = frozenset({"letter", "note", "message", "statement", "telegram", "call"})
"""What a protest or a demand goes in to whom it is meant for."""
_WILL = frozenset({"will", "would", "'ll", "wo", "shall"})
_TELLING = frozenset(
    {
        "say",
        "announce",
        "declare",
        "state",
        "confirm",
        "tell",
        "add",
        "reiterate",
        "insist",
        "quote",
        "pledge",
    }
)
_KINDS = frozenset(
    {
        "authority",
        "crowd",
        "body",
        "actor",
        "person",
        "place",
        "official",
        "violent",
        "armed",
        "people",
        "several",
    }
)
_PLACED_BY_NAME = frozenset(
    {"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "CONSULT", "SANCTION", "AID"}
)
"""Types whose nouns a country's name places rather than starts: "the Syria strikes"."""
_SURE_VIOLENCE = words("sure_violence")
_ILLNESSES = frozenset({"heart", "panic", "asthma", "shark"})
_RULING = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD"})
"""Sectors of a state that may arrest, search and close."""
_AUTHORITIES = frozenset({"gov", "state", "mil", "igo", "leg", "jud", "rel"})
_AIMED_AT = frozenset({"of", "against", "with", "on", "by", "from", "for"})
_NEAR_BY = 80
"""Tokens within which other words of violence tell what an explosion was."""
_CARRIED_AS = frozenset({"dobj", "nsubjpass"})
_HAPPENS_BY = words("happens_by")
"""Verbs whose own prepositions say more of the act that is their subject."""
_SUFFERING = frozenset({"suffer", "face", "receive"})
"""Verbs whose subject is acted on: "suffered an attack"."""
_MEETING_VERBS = frozenset({"meet", "visit", "talk", "negotiate", "attend", "host"})
_NEUTRAL_VERBS = frozenset({"remain", "be", "go", "stay", "put", "place", "move", "send"})
_HOSTILE_VERBS = words("hostile_verbs")


def _is_ready(token: Token) -> bool:
    """Say whether the verb follows "ready to", "willing to"."""
    head = token.head
    is_clause = token.dep_ in {"xcomp", "ccomp"} and head.pos_ == "ADJ"
    return is_clause and head.lower_ in words("friendly_adjectives")
