"""Whether what a line of the lexicon asks for stands beside a word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from dashboard.cast import Cast
from dashboard.frames import CARRYING_VERBS, Clause, clause_of, counted, prep_objects
from dashboard.links import VIOLENT_NOUNS, Links
from dashboard.modality import is_of_neither
from dashboard.ontology import event_types, verb_entries, word_lists
from dashboard.parties import Party
from dashboard.vocabulary import lemma_of, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ARMED_NOUNS = words("armed_nouns")
_CROWD_NOUNS = words("crowd_nouns")
NO_OFFICIALS = frozenset({"cvl", "ref", "crm", "bus", "edu", "lab", "med"})
"""Kinds of actors that speak for no state, army or body between states."""
_MEASURES = frozenset({"MONEY", "PERCENT", "QUANTITY", "DATE", "TIME"})
"""Entities whose numbers count no people: "imposed *$100 billion* in tariffs"."""
_SOME_PEOPLE = frozenset(
    {"all", "both", "others", "some", "many", "several", "those", "two", "another", "few"}
    | {"someone", "somebody", "everyone", "everybody", "anyone", "anybody"}
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
_CLAUSES = frozenset({"nsubj", "dobj", "advcl", "ccomp", "xcomp", "conj", "relcl", "acl"})
"""What hangs on a verb and is no word beside it: its parties, asked for apart, and clauses."""
_SIGNING = frozenset({"sign", "initial"})
KINDS = frozenset(
    {
        "authority",
        "named",
        "crowd",
        "body",
        "actor",
        "person",
        "place",
        "official",
        "violent",
        "armed",
        "people",
        "kin",
        "politician",
        "several",
        "speaker",
    }
)
"""Kinds of nouns that a line may ask for in place of words."""
SPEAKING_THINGS = words("statements") | words("speaking_things")
"""What speaks though it is nobody: "a *report* blamed", "the *bloc* urged"."""
_KIN = frozenset({"family", "child", "parent", "grandchild", "relative", "son", "daughter", "wife"})
"""Those to whom people give as a private matter, when they are their own."""
_SPEECH = words("speech")
_SURE_VIOLENCE = words("sure_violence")
_RULING = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD"})
"""Sectors of a state that may arrest, search and close."""
_AUTHORITIES = frozenset({"gov", "state", "mil", "igo", "leg", "jud", "rel"})
_POLITICAL = frozenset({"GOV", "LEG", "OPP", "PTY"})
_NEAR_BY = 80
"""Tokens within which other words of violence tell what an explosion was."""
_NEUTRAL_VERBS = frozenset(
    {"consider", "remain", "be", "go", "stay", "put", "place", "move", "send"}
)
_HOSTILE_VERBS = words("hostile_verbs")
_GOING_ON = frozenset({"resume", "continue", "extend", "deliver"})
_DEALINGS = frozenset(
    {"flight", "trade", "cooperation", "service", "support", "truce", "ceasefire"}
)
MISDEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_VIOLENT_VERBS = words("violent_verbs")
_HARM = words("harm")
_BEFALLING = frozenset({"destroy", "damage", "displace"})
"""Verbs, beside those of harm, of what an accident does."""
_WRONGS = words("wrongs") | words("force_used")
_PENALTIES = frozenset({"SANCTION"})
DEEDS_OF_FORCE = frozenset({"ASSAULT", "COERCE"})
_TRYING = frozenset({"try", "attempt", "seek", "want", "aim", "plan", "continue", "begin"})
_SEEKING = (_TRYING - {"continue", "begin"}) | {"hope", "work", "struggle", "race"}
"""Verbs that say that somebody is still at it: "is *trying* to trace her"."""
_LIABLE = frozenset({"accountable", "responsible", "liable"})
_CALLING = frozenset({"call", "brand", "label", "dub"})
_CALLED = 8
"""Tokens behind whom a verb of calling names within which it says what they are called."""
_BREAKS = frozenset({",", ";", ".", "after", "because", "that", "when", "and", "in", "for"})
_MAYBE_NAMES = frozenset({"", "NORP", "GPE", "ORG", "FAC"})
"""What the pipeline may take a person's name for."""
_OF_OLD_WARS = frozenset({"prisoner", "veteran", "correspondent", "historian", "museum"})
_BLOWING_UP = frozenset(
    {"gas", "boiler", "dust", "methane", "chemical", "firework", "fireworks", "coal", "propane"}
)
"""What explodes by accident."""
_TIMES = frozenset({"DATE", "TIME"})
_ILLNESSES = frozenset({"heart", "panic", "asthma", "shark", "legal", "boardroom", "takeover"})
_NO_FOES = frozenset(
    {"fire", "wildfire", "blaze", "flame", "flood", "storm", "disease", "illness", "virus"}
    | {"outbreak", "epidemic", "pandemic", "infection", "cancer", "flu", "cholera", "malaria"}
    | {"addiction", "depression", "obesity", "poverty", "crime", "corruption", "inflation"}
)
"""What one battles without violence."""
_FIRING = frozenset({"open", "return", "exchange", "trade", "draw", "hold", "cease", "under"})
_ARMS = frozenset({"gun", "tank", "rifle", "arm", "cannon", "enemy", "hostile", "rebel", "army"})
"""What stands before the fire of guns."""
_COLLISIONS = frozenset({"collision", "crash", "pileup", "pile-up", "tree", "overturn", "derail"})
"""Words that say that who died in the same sentence died in an accident."""
_TRAVELLERS = frozenset(
    {"pilot", "co-pilot", "motorist", "cyclist", "biker", "motorcyclist"}
    | {"pedestrian", "rider", "skier", "climber", "hiker", "diver", "jockey", "swimmer", "racer"}
)
"""Those who, killed by nobody that is named and far from any violence, had an accident."""
_HAPPENS_BY = words("happens_by")
"""Verbs whose own prepositions say more of the act that is their subject."""
_PLANNING = frozenset({"plan", "schedule", "threaten", "expect", "set"})


class Needs:
    """Answers the needs of the lexicon's lines for the words of one text."""

    def __init__(self, doc: Doc, cast: Cast, links: Links) -> None:
        self.cast = cast
        self.links = links
        self.verbs = verb_entries()
        self._kinds: dict[tuple[int, str], bool] = {}
        self._said: dict[int, list[Token]] = {}
        self.violent = [
            i
            for i, lemma in enumerate(cast.lemmas)
            if (lemma in VIOLENT_NOUNS or (lemma in _VIOLENT_VERBS and doc[i].pos_ == "VERB"))
            and not self._is_harmless(doc[i])
        ]

    def _is_harmless(self, word: Token) -> bool:
        """Say whether a word tells of no violence: "a *heart* attack", "a battle *with* flu"."""
        if self.cast.lemma(word) == "fire" and word.pos_ in {"NOUN", "PROPN"}:
            return not _is_gunfire(word)
        if any(self.cast.lemma(child) in _ILLNESSES for child in word.lefts):
            return True
        if self.cast.lemma(word) == "device" and any(c.dep_ == "compound" for c in word.lefts):
            return True  # "a *tracking* device"
        if word.dep_ == "pobj" and self.cast.lemma(word.head.head) in _OF_OLD_WARS:
            return True  # "a prisoner *of war*"
        foes = [noun for name, noun in prep_objects(word) if name in {"with", "against"}]
        foes += [child for child in word.rights if child.dep_ == "dobj"]
        return any(self.cast.lemma(noun) in _NO_FOES for noun in foes)

    def is_met(self, what: str, accepted: frozenset[str], token: Token, clause: Clause) -> bool:
        """Say whether what a line of the lexicon asks for stands beside the verb."""
        if what == "object":
            given = (clause.object, *clause.preps.get("given", ()))
            return any(noun is not None and self._fits(noun, accepted) for noun in given)
        if what == "subject":
            return self._subject_fits(clause.subject, accepted)
        if what == "not":
            return not self._stands_beside(accepted, token, clause)
        if what == "objmod":
            lefts = clause.object.lefts if clause.object is not None else ()
            return any(self.cast.lemma(child) in accepted for child in lefts)
        if what == "complement":
            verb = clause.complement or _purpose(token)
            if verb is not None and self.cast.lemma(verb) in _TRYING:
                verb = _what_is_tried(verb)
            return verb is not None and self.cast.lemma(verb) in accepted
        if what in {"predicate", "adverb", "joined"}:
            said = self._predicates_of(token) if what == "predicate" else _words_by(what, token)
            return any(self.cast.lemma(word) in accepted for word in said)
        state = self._state_of(what, token, clause)
        if state is not None:
            return state
        nouns = [noun for name, noun in self._all_preps(clause) if name == what]
        if "*" in accepted:
            return any(
                noun.ent_type_ not in _TIMES or any(child.lower_ == "of" for child in noun.rights)
                for noun in nouns
            )
        return any(self._fits(noun, accepted) for noun in nouns)

    def _state_of(self, what: str, token: Token, clause: Clause) -> bool | None:
        """Answer a need that is one word; None when `what` is a preposition."""
        wording = _wording(what, token, clause)
        if wording is not None:
            return wording
        if what == "negated":
            above = (token.head,) if token.dep_ == "acomp" else ()  # "am not *opposed* to it"
            words = (token, *above, *self._predicates_of(token))
            is_none = any(map(is_of_neither, token.children))
            return is_none or any(c.dep_ == "neg" for word in words for c in word.children)
        if what == "passive":
            return clause.is_passive
        if what == "intransitive":
            return clause.object is None
        if what in {"around", "calm"}:
            return self._is_amid(what, token, clause)
        if what in {"hostile", "friendly"}:
            return self.is_hostile(clause.complement) is (what == "hostile")
        if what == "wronged":
            return self._tells_of_wrong(clause)
        if what == "cause":
            return self._has_violent_cause(token, clause)
        if what == "victim":
            return self._is_killing(token, clause)
        is_accident = what == "accident"
        return self._is_accident(clause) or self._befell(token, clause) if is_accident else None

    def _is_amid(self, what: str, token: Token, clause: Clause) -> bool:
        """Say whether words of violence stand around a verb, or, for "calm", none beside it."""
        sent = token.sent
        start = sent.start - _NEAR_BY
        if what == "calm":
            is_after = self._has_violence(token.i + 1, sent.end)
            return not (is_after or self._has_violence(start, token.i))
        return self._has_violence(start, sent.end) and not self._is_accident(clause)

    def _predicates_of(self, token: Token) -> list[Token]:
        if token.i not in self._said:
            self._said[token.i] = _predicates(token)
        return self._said[token.i]

    def _subject_fits(self, subject: Token | None, accepted: frozenset[str]) -> bool:
        if subject is None:
            return False
        if "actor" in accepted:
            party = self.links.maker(subject, self.cast.party(subject))
            if party.is_public or party.is_named:
                return True
        if subject.lower_ == "it" and subject.dep_ == "nsubj":
            return bool(accepted & {"actor", "official", "speaker", "*"})
        return self._fits(subject, accepted)

    def _all_preps(self, clause: Clause) -> Iterator[tuple[str, Token]]:
        for name, nouns in clause.preps.items():
            yield from ((name, noun) for noun in nouns)
        for word in clause.verb.rights:
            if word.dep_ == "acomp":  # "was concerned *at the delay*"
                yield from prep_objects(word)
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
            if noun.tag_ == "CD" and any(c.is_currency and c.text in accepted for c in noun.lefts):
                return True  # "gave *$25,000*", of which the number is the head
        return any(self.is_kind(token, kind) for kind in accepted & KINDS)

    def is_kind(self, token: Token, kind: str) -> bool:
        """Say whether a noun is of a kind that the lexicon asks for: "actor", "place", ..."""
        answer = self._kinds.get((token.i, kind))
        if answer is None:
            answer = self._kinds[token.i, kind] = self._is_of_kind(token, kind)
        return answer

    def _is_of_kind(self, token: Token, kind: str) -> bool:
        if kind == "place":
            return self._is_place(token) or (
                self.cast.lemma(token) in word_lists()["territory"]
                and any(name == "of" and self._is_place(noun) for name, noun in prep_objects(token))
            )
        if kind in {"person", "people"} and token.lower_ in {"it", "itself"}:
            return False
        lemma, party = self.cast.lemma(token), self.cast.party(token)
        has_actor = bool(party.actors)
        is_official = has_actor and not all(a.kind in NO_OFFICIALS for a in party.actors)
        is_plural = token.tag_ in {"NNS", "NNPS"}
        answers = {
            "actor": party.is_public or party.is_named,
            "named": party.is_named and token.pos_ == "PROPN",
            "body": any(actor.kind == "igo" for actor in party.actors),
            "authority": any(actor.kind in _AUTHORITIES for actor in party.actors)
            or party.sector in _RULING,
            "person": has_actor
            or party.is_person
            or _is_count_of_people(token)
            or (_is_bare_name(token) and self.cast.land_of(token) is None),
            "official": is_official or (party.is_public and not has_actor),
            "violent": party.is_armed or lemma in VIOLENT_NOUNS,
            "armed": token.ent_type_ != "PERSON" and (party.is_armed or lemma in _ARMED_NOUNS),
            "crowd": (party.is_person or party.is_armed or lemma in _CROWD_NOUNS) and is_plural,
            "kin": lemma in _KIN and any(child.tag_ == "PRP$" for child in token.lefts),
            "people": (party.is_person or lemma in _CROWD_NOUNS) and token.ent_type_ != "ORG",
            "politician": _is_speaker(token, party),
            "speaker": has_actor
            or party.is_person
            or speaks(token)
            or token.lower_ == "it"
            or _is_count_of_people(token),
            "several": len(party.actors) > 1 or (is_plural and party.is_public),
        }
        return answers[kind]

    def _is_place(self, token: Token) -> bool:
        return self.cast.land_of(token) is not None or token.ent_type_ in {"GPE", "LOC"}

    def _stands_beside(self, accepted: frozenset[str], token: Token, clause: Clause) -> bool:
        parties = [noun for noun in (clause.subject, clause.object) if noun is not None]
        nouns = [noun for nouns in clause.preps.values() for noun in nouns]
        beside = [c for c in token.children if c.dep_ not in _CLAUSES or c.dep_ == "dobj"]
        return any(self.cast.lemma(word) in accepted for word in (*parties, *nouns, *beside))

    def is_hostile(self, complement: Token | None) -> bool | None:
        """Say whether what is vowed or announced is hostile; None when nothing is."""
        if complement is None:
            return None
        lemma = self.cast.lemma(complement)
        foe = clause_of(complement).object
        if foe is not None and self.cast.lemma(foe) in _NO_FOES:
            return False  # "vowed to *fight the disease*"
        is_reckoning = lemma == "hold" and any(c.lower_ in _LIABLE for c in complement.subtree)
        if lemma in _HOSTILE_VERBS or is_reckoning:
            return not (lemma in _GOING_ON and self._is_of_peace(complement))
        if self.is_misdeed(complement, _PENALTIES):
            return True  # "ready to *adopt* sanctions"
        if lemma in CARRYING_VERBS or lemma in _NEUTRAL_VERBS:
            return False
        entries = self.verbs.get(lemma, ())
        hostile = sum(event_types()[entry.event_type].is_conflict for entry in entries)
        return hostile * 2 > len(entries) if entries else False

    def _is_of_peace(self, verb: Token) -> bool:
        """Say whether what is gone on with is no strife: "will resume *talks*"."""
        patient = clause_of(verb).object
        lists = word_lists()
        friendly = lists["talks"] | lists["aid"] | lists["relations"] | _DEALINGS
        return patient is not None and any(self.cast.lemma(n) in friendly for n in counted(patient))

    def is_misdeed(self, verb: Token, kinds: Container[str] = MISDEEDS) -> bool:
        """Say whether a verb tells a hostile deed, as the first line that fits it says."""
        clause = clause_of(verb)
        for entry in self.verbs.get(self.cast.lemma(verb), ()):
            if entry.particle is not None:
                continue
            if all(self.is_met(what, accepted, verb, clause) for what, accepted in entry.needs):
                return entry.is_event and entry.event_type in kinds
        return False

    def _tells_of_wrong(self, clause: Clause) -> bool:
        """Say whether the clause that follows tells what wrong somebody else did."""
        verb = clause.complement
        if verb is None or clause.subject is None or any(map(_is_unreal, verb.children)):
            return False
        inner = clause_of(verb)
        doer = inner.subject
        if doer is None or inner.object is None or not self._is_wrong(verb, inner.object):
            return False
        if any(child.tag_ == "PRP$" for child in doer.lefts):
            return False  # "said that *their* men had fired": who speaks of their own side
        own = self.cast.party(clause.subject)
        other = self.links.maker(doer, self.cast.party(doer))
        lands = {actor.country_code for actor in own.actors if actor.country_code}
        if any(actor in own.actors or actor.country_code in lands for actor in other.actors):
            return False
        is_known = other.sector in _RULING or (other.is_named and doer.pos_ == "PROPN")
        return bool(other.actors) or (is_known and own.sector != "COP")

    def _is_wrong(self, verb: Token, patient: Token) -> bool:
        """Say whether what a verb tells is violence, force or another wrong."""
        lemma = self.cast.lemma(verb)
        if lemma in CARRYING_VERBS:
            return self.cast.lemma(patient) in VIOLENT_NOUNS  # "had *staged the attack*"
        return lemma in _WRONGS or self.is_misdeed(verb, DEEDS_OF_FORCE)

    def _has_violent_cause(self, token: Token, clause: Clause) -> bool:
        sent = token.sent
        lemmas = {self.cast.lemma(word) for word in sent}
        if self._is_accident(clause) or not lemmas.isdisjoint(_COLLISIONS):
            return False
        return self._has_violence(sent.start, sent.end)

    def _has_violence(self, start: int, end: int) -> bool:
        """Say whether a word of violence stands among the tokens from `start` to `end`."""
        index = bisect_left(self.violent, start)
        return index < len(self.violent) and self.violent[index] < end

    def _is_killing(self, token: Token, clause: Clause) -> bool:
        """Say whether somebody killed: an agent, a cause or a victim that tells of violence."""
        if clause.object is None:
            return False
        has_own = any(child.dep_ in _SUBJECTS for child in token.children)
        is_added = token.dep_ == "advcl" and token.tag_ == "VBG" and not has_own
        if clause.subject is not None:
            subject = self.cast.party(clause.subject)
            is_violent = self.cast.lemma(clause.subject) in VIOLENT_NOUNS
            if subject.is_person or subject.actors or is_violent or not is_added:
                return subject.is_person or bool(subject.actors) or is_violent
        sent = token.sent
        if self._has_violence(sent.start - 60, sent.end) or not clause.is_passive:
            return True
        victim = self.cast.party(clause.object)
        is_of_somewhere = bool(victim.actors) and not victim.is_inferred
        if self.cast.lemma(clause.object) in _TRAVELLERS and not is_of_somewhere:
            return False  # "the *pilot* was killed": as a rule, in an accident
        if clause.object.lower_ in _SOME_PEOPLE:
            return not self._tells_of_accident(token)  # "those *killed* at the hotel"
        return victim.is_armed or (victim.is_somebody and not self._tells_of_accident(token))

    def _befell(self, token: Token, clause: Clause) -> bool:
        """Say whether a passive tells what befell somebody in an accident told around it."""
        if not clause.is_passive or clause.subject is not None or clause.object is None:
            return False
        if self.cast.lemma(token) not in _HARM | _BEFALLING:
            return False
        if self.cast.party(clause.object).is_armed:
            return False
        sent = token.sent
        is_calm = not self._has_violence(sent.start - _NEAR_BY, sent.end)
        return is_calm and self._tells_of_accident(token)

    def _tells_of_accident(self, token: Token) -> bool:
        """Say whether the words before `token` or in its sentence name what kills by accident."""
        sent = token.sent
        accidents = word_lists()["accident"]
        around = token.doc[max(0, sent.start - _NEAR_BY) : sent.end]
        return any(self.cast.lemma(word) in accidents for word in around)

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
            if any(self._is_mishap(word) for word in group):
                return True
            if lemmas & accidents and not lemmas & _SURE_VIOLENCE:
                return True
        return False

    def _is_mishap(self, cause: Token) -> bool:
        """Say whether a blast is of what blows up by itself: "a *gas* explosion"."""
        if self.cast.lemma(cause) not in {"explosion", "blast"}:
            return False
        return any(self.cast.lemma(child) in _BLOWING_UP for child in cause.lefts)

    def noun_meets(
        self,
        what: str,
        accepted: frozenset[str],
        token: Token,
        left: set[str],
        preps: list[tuple[str, Token]],
    ) -> bool:
        """Say whether what a line of the lexicon asks for stands beside a noun."""
        if what == "modifier":
            return bool(left & accepted)
        if what in {"violence", "peaceful"}:
            before = self._has_violence(token.i - _NEAR_BY, token.i)
            is_near = before or self._has_violence(token.i + 1, token.i + _NEAR_BY)
            if what == "violence":
                return is_near
            return not is_near and not any(self.cast.lemma(word) in _HARM for word in token.sent)
        if what == "not":
            return not left & accepted
        if what == "infinitive":
            above = token.head.rights if happens(token) else ()
            return any(_is_infinitive(child) for child in (*token.rights, *above))
        if what == "that":
            clauses = [child for child in token.rights if child.dep_ in {"acl", "ccomp"}]
            return any(word.lower_ == "that" for clause in clauses for word in clause.lefts)
        if what == "poss":
            owners = (child for child in token.lefts if child.dep_ == "poss")
            return any(self._fits(owner, accepted) for owner in owners)
        if what == "governed":
            return token.dep_ == "pobj" and token.head.lower_ in accepted
        if what in {"source", "target", "clause"}:
            return True  # asked once the parties are known
        is_after = any(
            name == what and ("*" in accepted or self._fits(noun, accepted)) for name, noun in preps
        )
        is_before = what == "of" and any(self._is_of(child, accepted) for child in token.lefts)
        return is_after or is_before

    def _is_of(self, before: Token, accepted: frozenset[str]) -> bool:
        """Say whether a noun stands before another that may follow it: "*embassy* closure"."""
        is_before = before.dep_ in {"poss", "compound", "nmod"} and before.pos_ == "NOUN"
        return is_before and self.cast.lemma(before) in accepted - KINDS


def happens(noun: Token) -> bool:
    """Say whether a verb tells that what a noun names goes on: "*pressure* grew on him to act".

    So it does when the act was, or is to be, done: "*strikes* are planned by the drivers".
    """
    verb = lemma_of(noun.head)
    if any(child.pos_ == "ADJ" for child in noun.head.rights):
        return False  # "the bridge was made *possible* by"
    if noun.dep_ == "nsubjpass":
        return verb in CARRYING_VERBS or verb in _PLANNING
    return noun.dep_ == "nsubj" and verb in _HAPPENS_BY


def _is_gunfire(fire: Token) -> bool:
    """Say whether "fire" is of guns: "*opened* fire", "*under* fire", "*mortar* fire"."""
    above = {fire.head.lower_, lemma_of(fire.head)}
    is_of_arms = any(
        lemma_of(child) in VIOLENT_NOUNS | _ARMS or child.ent_type_ in {"NORP", "GPE"}
        for child in fire.lefts
    )
    return bool(above & _FIRING) or is_of_arms


def _wording(what: str, token: Token, clause: Clause) -> bool | None:
    """Answer a need of the words after the verb; None when `what` is none."""
    if what == "clause":
        return clause.complement is not None
    if what == "infinitive":
        return any(_is_infinitive(child) for child in token.children)
    if what == "simple":
        return clause.complement is None
    if what == "nameless":
        return not any(child.dep_ == "oprd" for child in token.rights)
    if what == "proposed":
        return clause.complement is not None and _is_bare(clause.complement)
    if what == "that":
        lefts = clause.complement.lefts if clause.complement is not None else ()
        return any(child.lower_ == "that" for child in lefts)
    if what == "unquoted":
        return not any(word.is_quote for word in token.doc[token.i + 1 : token.i + 6])
    return _aim(what, token, clause)


def _aim(what: str, token: Token, clause: Clause) -> bool | None:
    """Answer a need of what is sought, asked, made possible or undertaken; None for all else."""
    if what == "sought":
        return token.dep_ == "xcomp" and lemma_of(token.head) in _SEEKING
    if what == "described":
        return token.dep_ == "acl" and token.tag_ == "VBG"
    if what == "asking":
        return clause.complement is not None and _is_question(clause.complement)
    if what == "enabling":
        return any(map(_is_enabling, token.rights))
    if what == "undertaking":
        undertaken = clause.object.rights if clause.object is not None else ()
        return any(_is_infinitive(c) or _is_to_doing(c) for c in undertaken)
    return None


def _what_is_tried(verb: Token) -> Token:
    """Return what is tried: "to try to *mend* it", "to try and *mend* it"."""
    return next((c for c in verb.rights if c.dep_ == "xcomp" or _is_joined(c)), verb)


def _is_joined(verb: Token) -> bool:
    return verb.dep_ == "conj" and verb.tag_ == "VB"


def _purpose(token: Token) -> Token | None:
    """Return the verb that says what for: "sent planes *to help* them"."""
    return next((c for c in token.rights if c.dep_ == "advcl" and _is_infinitive(c)), None)


def _words_by(what: str, token: Token) -> list[Token]:
    """Return the verbs joined to a verb, or its adverbs."""
    if what == "joined":
        return list(token.conjuncts)
    return [child for child in token.children if child.dep_ == "advmod"]


def _predicates(token: Token) -> list[Token]:
    """Return what the verb says that somebody is: "called it *illegal*", "is *critical*"."""
    found = []
    for child in token.children:
        if child.dep_ in {"oprd", "attr", "acomp", "ccomp", "xcomp", "intj"} and child.i > token.i:
            found += [child, *child.conjuncts]
            found += [inner for inner in child.children if inner.dep_ in {"amod", "acomp", "attr"}]
        elif child.dep_ == "dobj":  # "declared *the sect a threat to the state*"
            found += [inner for inner in child.rights if inner.dep_ == "appos"]
    if lemma_of(token) in _CALLING:
        found += _after(token)
    return found


def _after(verb: Token) -> list[Token]:
    """Return the words close behind a verb and its object, up to the next clause."""
    patient = next((child for child in verb.rights if child.dep_ in {"dobj", "nsubj"}), verb)
    following = verb.doc[patient.i + 1 : min(patient.i + _CALLED, verb.sent.end)]
    return list(takewhile(lambda word: word.text not in _BREAKS, following))


def _is_speaker(token: Token, party: Party) -> bool:
    """Say whether somebody attacks in words: a person of politics by name or as "he"."""
    is_one = token.ent_type_ == "PERSON" or token.lower_ in {"he", "she", "who"}
    is_political = party.sector in _POLITICAL or (party.sector is None and party.is_named)
    return is_one and is_political and not party.is_armed


def speaks(noun: Token) -> bool:
    """Say whether a thing speaks: "a *report* blamed", "the *depot* denied", as its verb tells."""
    if lemma_of(noun) in SPEAKING_THINGS:
        return True
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.dep_ == "agent" else noun.head
    is_subject = noun.dep_ == "nsubj" or verb != noun.head
    return is_subject and lemma_of(verb) in _SPEECH and noun.ent_type_ not in _TIMES


def _is_bare_name(token: Token) -> bool:
    """Say whether a name of which the pipeline makes nothing stands where people are acted on."""
    is_party = token.dep_ in {"nsubjpass", "dobj"}
    return is_party and token.tag_ == "NNP" and token.ent_type_ in _MAYBE_NAMES


def _is_count_of_people(token: Token) -> bool:
    """Say whether a number or a pronoun stands for people: "*three* were arrested"."""
    is_party = token.dep_ in {"nsubj", "nsubjpass", "dobj", "ROOT"}
    is_party = is_party and token.ent_type_ not in _MEASURES
    is_party = is_party and not any(child.lower_ == "of" for child in token.rights)
    return is_party and (token.tag_ == "CD" or token.lower_ in _SOME_PEOPLE)


def _is_bare(verb: Token) -> bool:
    """Say whether a clause tells what should be done: "proposed that she *leave*"."""
    first = next((child for child in verb.lefts if child.dep_ in {"aux", "auxpass"}), verb)
    has_subject = any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.lefts)
    is_past = first.tag_ == "VBP" and verb.head.tag_ == "VBD"  # "proposed that they *leave*"
    is_past = is_past and any(child.lower_ == "that" for child in verb.lefts)
    return has_subject and (first.tag_ == "VB" or is_past or first.lower_ == "should")


def _is_unreal(child: Token) -> bool:
    """Say whether a word beside a verb says that its act was not done, or is to come."""
    return child.dep_ == "neg" or (child.dep_ == "aux" and child.tag_ in {"MD", "TO"})


def _is_question(verb: Token) -> bool:
    """Say whether a clause is what is asked: "asked *why* he left", "*whether* it was true"."""
    return any(c.tag_ in {"WRB", "WP"} or c.lower_ in {"whether", "if"} for c in verb.lefts)


def _is_enabling(clause: Token) -> bool:
    """Say whether a clause tells what somebody can then do: "armed them *so they could* fight"."""
    lefts = {child.lower_ for child in clause.lefts}
    return clause.dep_ == "advcl" and "so" in lefts and bool(lefts & {"can", "could", "might"})


def _is_to_doing(preposition: Token) -> bool:
    """Say whether a preposition is that of "a commitment *to* cutting rents"."""
    return preposition.lower_ == "to" and any(c.dep_ == "pcomp" for c in preposition.rights)


def _is_infinitive(token: Token) -> bool:
    """Say whether `token` is the verb of "to ..."."""
    is_passive = token.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in token.lefts)
    is_clause = token.dep_ in {"xcomp", "ccomp", "acl", "advcl"}
    is_clause = is_clause and (token.tag_ == "VB" or is_passive)
    if any(child.tag_ in {"WRB", "WP"} for child in token.lefts):
        return False  # "asked him *how to* solve it"
    return is_clause and any(child.lower_ == "to" for child in token.lefts)
