"""Nouns that name an act: "the attack on X", "talks between A and B", "a visit to Rome"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dashboard.acts import Trigger
from dashboard.cast import Cast
from dashboard.frames import CARRYING_VERBS, HAPPENING_VERBS, clause_of, prep_objects
from dashboard.links import Links
from dashboard.needs import Needs, happens
from dashboard.ontology import TriggerEntry, noun_entries
from dashboard.parties import NOBODY, Party
from dashboard.vocabulary import lemma_of, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_DEEDS = words("of_deeds")
"""Nouns that speak of one act that the noun before them names: "the *bombing* suspect"."""
_COUNTRY_AS_ADJECTIVE = words("country_as_adjective")
_NAMES_AND_TIMES = frozenset(
    {"DATE", "TIME", "ORG", "PERSON", "WORK_OF_ART", "PRODUCT", "GPE", "LAW"}
)
"""Entities within which a noun names no act: "March", "the Battle Group"."""
_TOLD_TO = frozenset({"tell", "ask", "urge", "assure", "warn"})
_DURING = frozenset({"in", "at", "during", "after", "following"})
_PLACED_BY_NAME = frozenset(
    {"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "CONSULT", "SANCTION", "AID"}
)
"""Types whose nouns a country's name places rather than starts: "the Syria strikes"."""
_CARRIED_AS = frozenset({"dobj", "nsubjpass"})
_SUFFERING = frozenset({"suffer", "face", "receive"})
"""Verbs whose subject is acted on: "suffered an attack"."""


def _entering(noun: Token) -> Token | None:
    """Return whom a headline tells of by a noun after "in": "*Oman* in plea for calm"."""
    top = noun.head.head
    is_in = noun.dep_ == "pobj" and noun.head.lower_ == "in" and top.dep_ == "ROOT"
    is_bare = not any(child.dep_ in {"det", "poss"} for child in noun.lefts)
    is_headline = is_in and is_bare and top.pos_ in {"NOUN", "PROPN"}
    return top if is_headline and noun.sent[-1].text != "." else None


def _visiting(noun: Token) -> Token | None:
    """Return who is on the visit that a noun names: "the *king*, on a visit to Chad, said"."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "on":
        return None
    above = noun.head.head
    return clause_of(above).subject if above.pos_ == "VERB" else above


def is_held_on_charge(noun: Token) -> bool:
    """Say whether somebody is held or tried on what the noun names: "arrested *on charges* of"."""
    is_on = noun.lower_ in {"charge", "charges"} and noun.dep_ == "pobj"
    if not is_on or noun.head.lower_ != "on":
        return False
    return any(lemma_of(word) in _HOLDING for word in noun.doc[noun.sent.start : noun.i])


def _said_of(noun: Token) -> Iterator[tuple[str, Token]]:
    """Yield what prepositions say of a noun, with those read as said of a name or sanction in it.

    "A visit to Kano *by* the envoy", "the lifting of sanctions *on* Chad"; so does the verb by
    which an act goes on: "anger grew *at* the mayor".
    """
    if happens(noun):
        said = clause_of(noun.head).preps.items()
        yield from ((name, below) for name, nouns in said for below in nouns if name != "with")
    for name, below in prep_objects(noun):
        yield name, below
        yield from (inner for inner in prep_objects(below) if inner[0] in _passed_on(name, below))


def _is_named_meeting(noun: Token) -> bool:
    """Say whether a meeting that has a name takes place: "the Earth *Summit* opened"."""
    is_subject = noun.lower_ in {"summit", "conference"} and noun.dep_ in {"nsubj", "nsubjpass"}
    verb = next((c for c in noun.head.children if c.dep_ == "xcomp"), noun.head)
    return is_subject and bool({lemma_of(verb), lemma_of(noun.head)} & _TAKING_PLACE)


_TAKING_PLACE = HAPPENING_VERBS - {"be", "go", "come", "follow"} | {"get", "kick", "convene"}


def _passed_on(name: str, below: Token) -> frozenset[str]:
    """Return the prepositions after `below` that say more of the noun before it."""
    if name == "of" and lemma_of(below) in _BURDENS:
        return _UPON
    if below.ent_type_ in _SPOTS and name in _AT:
        return _OF_PARTIES
    if name == "of" and below.pos_ == "NOUN":
        return _FROM
    return _BY_PARTIES if below.pos_ == "PROPN" else frozenset()


_AT = frozenset({"in", "at", "near", "outside"})
_FROM = frozenset({"from", "to"})
_SPOTS = frozenset({"GPE", "LOC"})
_BY_PARTIES = frozenset({"by", "between"})
_OF_PARTIES = _BY_PARTIES | {"of", "with", "against", "on", "over"}
"""What a place's name between them does not part from a noun: "a meeting in Oslo *of* bankers"."""
_UPON = frozenset({"on", "against", "by"})
_BURDENS = frozenset({"sanction", "embargo", "tariff", "restriction", "duty", "penalty", "ban"})
_HOLDING = frozenset(
    {"arrest", "detain", "hold", "jail", "try", "trial", "book", "indict", "imprison", "want"}
    | {"convict", "acquit", "extradite", "custody", "court", "appear"}
)
"""Words for what is done to people on a charge."""


class NounReader:
    """Reads the acts that nouns of a text name."""

    def __init__(self, cast: Cast, links: Links, needs: Needs) -> None:
        self.cast = cast
        self.links = links
        self.needs = needs
        self.nouns = noun_entries()

    def read(self, token: Token) -> Iterator[Trigger]:
        """Yield the act that the noun `token` names, if it names one."""
        entries = self.nouns.get(self.cast.lemma(token)) or self.nouns.get(token.lower_)
        is_name = token.ent_type_ in _NAMES_AND_TIMES and not _is_named_meeting(token)
        if not entries or is_name or not self._stands_for_itself(token):
            return
        left = {self.cast.lemma(child) for child in token.lefts}
        preps = list(_said_of(token))
        for entry in entries:
            if all(
                self.needs.noun_meets(what, accepted, token, left, preps)
                for what, accepted in entry.needs
            ):
                trigger = self._noun_trigger(token, entry, preps) if entry.is_event else None
                if trigger is not None:
                    yield trigger
                if trigger is not None or not entry.is_event:
                    return

    def _stands_for_itself(self, token: Token) -> bool:
        """Say whether a noun names an act, not what another is called by or of which kind it is."""
        if token.dep_ == "compound":
            return self.cast.lemma(token.head) in _OF_DEEDS
        return token.dep_ != "oprd"

    def _noun_trigger(
        self, token: Token, entry: TriggerEntry, preps: list[tuple[str, Token]]
    ) -> Trigger | None:
        needs = {what for what, _ in entry.needs}
        carrier, carried_source = self._carried(token)
        source = carried_source or self._owned_up(token) or self._noun_source(token, entry, preps)
        is_told = False
        if "source" in needs and carrier is not None and not source.is_somebody:
            source = self._carried_by(carrier)
            is_told = source.is_somebody  # "the bakers *made* a recommendation"
        target = self._noun_target(token, entry, preps, exclude=source)
        if entry.event_type == "CONSULT" and not target.is_somebody:
            target = self._spoken_to(token)
        if is_held_on_charge(token) and not target.actors:
            verb = token.head.head
            held = clause_of(verb).object if verb.pos_ == "VERB" else None
            target = self.cast.party(held) if held is not None else target
        if "source" in needs and not (source.is_public or is_told):
            return None
        if "target" in needs and not target.actors:
            return None
        accepted = next((lemmas for what, lemmas in entry.needs if what == "modifier"), frozenset())
        named = [child for child in token.lefts if self.cast.lemma(child) in accepted]
        words = (*([] if carrier is None else [carrier]), *named, token)
        words = tuple(sorted(words, key=lambda word: word.i))
        return Trigger.of(
            entry,
            token,
            source,
            target,
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
        return next((noun for noun in there if self.needs.is_kind(noun, "place")), None)

    def _carried(self, token: Token) -> tuple[Token | None, Party | None]:
        """Return the verb that carries the noun, and who does it."""
        head = token.head
        if head.pos_ not in {"VERB", "AUX"} or token.dep_ not in _CARRIED_AS:
            return None, None
        clause = clause_of(head)
        lemma = self.cast.lemma(head)
        is_named = any(child.dep_ == "oprd" for child in head.children)  # "made it *possible*"
        if lemma not in CARRYING_VERBS or is_named:
            return None, None
        if lemma in _SUFFERING or clause.subject is None:
            return head, None
        party = self.cast.party(clause.subject)
        return head, party if party.actors or party.is_unknown else None

    def _carried_by(self, carrier: Token) -> Party:
        subject = clause_of(carrier).subject
        is_suffered = self.cast.lemma(carrier) in _SUFFERING
        return NOBODY if subject is None or is_suffered else self.cast.party(subject)

    def _noun_source(
        self, token: Token, entry: TriggerEntry, preps: list[tuple[str, Token]]
    ) -> Party:
        if token.dep_ in {"dobj", "attr"}:
            relative = self.links.done_by(token)
            if relative is not None:
                return relative
        visitor = _visiting(token) if entry.mode == "visit" else None
        if visitor is not None and self.cast.party(visitor).is_somebody:
            return self.cast.party(visitor)
        entering = _entering(token)
        if entering is not None and self.cast.party(entering).actors:
            return self.cast.party(entering)
        unnamed = NOBODY
        for link in entry.sources:
            party = self._noun_link(token, link, entry, preps)
            if party is not None and (party.actors or party.is_unknown):
                return party
            if party is not None and party.is_somebody and unnamed is NOBODY:
                unnamed = party
        return self.links.done_by(token) or self._spoken_at(token, entry) or unnamed

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

    def _noun_target(
        self, token: Token, entry: TriggerEntry, preps: list[tuple[str, Token]], exclude: Party
    ) -> Party:
        if entry.event_type == "CONSULT" and any(name == "between" for name, _ in preps):
            return NOBODY
        unnamed = NOBODY
        for link in entry.targets:
            party = self._noun_link(token, link, entry, preps)
            if party is not None and party.beside(exclude):
                return party
            if party is not None and not party.actors and party.is_somebody:
                unnamed = party
        given = next((noun for name, noun in preps if name == "dative"), None)
        return self.cast.party(given) if given is not None and unnamed is NOBODY else unnamed

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
                party = self.links.visited(noun)
            elif link in {"on", "against", "of", "at"}:
                party = self.links.whose(noun)
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
            party = self.links.origin(child)
            if party.is_public:
                return party
        return None
