"""Whom "he", "it", "they" and "both" take up."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.actors import Actor, roles, state_actor
from dashboard.naming import (
    quoted_tokens,
)
from dashboard.parties import NOBODY, Party, party_of
from dashboard.people import People
from dashboard.surroundings import FAR_BACK, LOOK_BACK
from dashboard.vocabulary import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWN = frozenset({"he", "she", "him", "her", "his", "himself", "herself", "hers"})
_ITS = frozenset({"it", "its", "itself"})
_THEIR = frozenset({"they", "them", "their", "themselves"})
_SPEAKING = frozenset({"i", "me", "my", "myself", "we", "us", "our", "ours", "ourselves"})
_SAYING = words("saying")
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


class Pronouns:
    """Answers for the pronouns of one article; `party` answers for its other words."""

    def __init__(self, people: People, party: Callable[[Token], Party]) -> None:
        self.people = people
        self.party = party
        self.doc = people.doc
        self.quoted = quoted_tokens(people.doc)

    def resolve(self, token: Token, word: str) -> Party:
        """Return whom a pronoun takes up; nobody where the text does not make it plain."""
        if word == "both":
            both = self.last_two(token)
            return party_of(both, is_inferred=True) if both else Party(is_person=True)
        if word in _RELATIVE:
            for ancestor in token.ancestors:
                if ancestor.dep_ == "relcl":
                    return self.party(ancestor.head)
            return NOBODY
        if word in _SPEAKING:
            return self._speaker(token)
        if word in _OWN:
            return self._last_person(token)
        if word in _ITS or word in _THEIR:
            return self._last_subject(token, is_plural=word in _THEIR)
        return NOBODY

    def _speaker(self, token: Token) -> Party:
        """Return who says "I" or "we": the subject of the verb of saying around the quote."""
        for verb in token.ancestors:
            speaker = self._subject_of_saying(verb)
            if speaker is not None and speaker != token:
                return self.party(speaker)
        if token.i not in self.quoted:
            return NOBODY
        start = self.people.around.paragraph_start(token)
        for i in range(token.i - 1, start - 1, -1):
            speaker = self._subject_of_saying(self.doc[i]) if i not in self.quoted else None
            if speaker is not None:
                return self.party(speaker)
        return Party(is_person=True)

    def _subject_of_saying(self, verb: Token) -> Token | None:
        if verb.pos_ != "VERB" or self.people.lemmas[verb.i] not in _SAYING:
            return None
        subjects = (child for child in verb.children if child.dep_ == "nsubj")
        return next((child for child in subjects if child.lower_ not in _SPEAKING), None)

    def _last_person(self, token: Token) -> Party:
        sentence = token.sent
        is_quoted = token.i in self.quoted
        low = bisect_left(self.people.person_places, sentence.start - FAR_BACK)
        high = bisect_left(self.people.person_places, token.i)
        earlier = [
            known
            for known in self.people.persons[low:high]
            if is_quoted or known[0] not in self.quoted
        ]
        here = [known for known in earlier if known[0] >= sentence.start]
        if len({id(known[1]) for known in here}) > 1 and not _shares_subject(token, here):
            return Party(is_person=True)  # two people: the text does not make plain who
        subjects = [known for known in here if known[2]]
        for group in (subjects[:1], here[-1:]):
            if group:
                return group[0][1]
        last = [known for known in earlier if known[2]] or earlier
        return last[-1][1] if last else self._last_office(token)

    def _last_office(self, token: Token) -> Party:
        """Return whom "he" takes up when only an office was named: "Germany's chancellor"."""
        for i in range(token.i - 1, max(-1, token.sent.start - LOOK_BACK), -1):
            other = self.doc[i]
            if other.tag_ == "NN" and other.dep_ in {"nsubj", "nsubjpass"}:
                role = roles().get(self.people.lemmas[i])
                if role is not None and role.is_title and self.party(other).actors:
                    return replace(self.party(other), is_inferred=True)
        return Party(is_person=True)

    def _last_subject(self, token: Token, *, is_plural: bool) -> Party:
        """Return the subject that "it" or "they" most plainly takes up."""
        sentence = token.sent
        nobody = Party(is_person=is_plural)
        low = max(0, sentence.start - 60)
        if token.dep_ in {"dobj", "pobj"} and not is_plural:
            beside = self._beside_subject(token)
            if beside is not None:
                return beside
        for i in range(token.i - 1, low - 1, -1):
            other = self.doc[i]
            if other.dep_ not in {"nsubj", "nsubjpass"} or other.pos_ == "PRON":
                continue
            if (
                i >= sentence.start
                and token.dep_ in {"nsubj", "nsubjpass"}
                and other.head == token.head
            ):
                continue
            party = self.party(other)
            plural = other.tag_ in {"NNS", "NNPS"} or len(party.actors) > 1 or bool(other.conjuncts)
            if not party.actors:
                if plural == is_plural and other.ent_type_ != "PERSON":
                    # "it" is the blast, "they" are the gunmen: no actor further back
                    is_known = party.is_public or (party.is_named and not is_plural)
                    return replace(party, is_inferred=True) if is_known else nobody
                continue
            is_body = other.tag_ == "NNPS" and party.is_armed  # "the *Forces* said *it* had"
            if plural == is_plural or is_body or (is_plural and not party.is_person):
                is_place = other.ent_type_ == "GPE"  # "Oslo said that *it* would"
                is_state = is_place or not any(actor.kind == "gov" for actor in party.actors)
                role = roles().get(self.people.lemmas[i])
                # "the *government* said that *it* had"
                is_group = role is not None and not role.is_title
                is_group = is_group or other.ent_type_ in {"ORG", "FAC"}  # "the *Kremlin* said"
                is_thing = is_plural or is_state or is_group
                is_plain = other.head in token.ancestors  # "*Hamas* said that *it* had"
                found = party if is_plain else replace(party, is_inferred=True)
                return found if is_thing else NOBODY
        return nobody

    def _beside_subject(self, token: Token) -> Party | None:
        """Return whom "it" is in "Congo broke with *Rwanda* and accused *it*": no subject."""
        verb = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
        if verb is None or verb.dep_ != "conj" or any(c.dep_ == "nsubj" for c in verb.children):
            return None
        for i in range(verb.i - 1, token.sent.start - 1, -1):
            other = self.doc[i]
            if other.dep_ in {"dobj", "pobj"} and other.pos_ == "PROPN":
                party = self.party(other)
                if any(actor.kind in {"state", "igo"} for actor in party.actors):
                    return party
        return None

    def last_two(self, token: Token) -> tuple[Actor, ...]:
        """Return the two that "both sides" takes up, if the paragraph names just two."""
        start = self.people.around.paragraph_start(token)
        for i in range(token.i - 1, start - 1, -1):
            other = self.doc[i]
            is_pair = len(other.conjuncts) == 1 and other.dep_ != "conj"
            if is_pair and (other.head.lower_ == "between" or other.dep_ == "nsubj"):
                both = self.party(other).actors
                if len(both) == 2:
                    return both
        codes = {
            self.people.lands[i].code
            for i in range(start, token.i)
            if i in self.people.lands and self.people.lands[i].form != "place"
        }
        low = bisect_left(self.people.person_places, start)
        for _, person, _ in self.people.persons[
            low : bisect_left(self.people.person_places, token.i)
        ]:
            codes |= {actor.country_code for actor in person.actors if actor.country_code}
        return tuple(state_actor(code) for code in sorted(codes)) if len(codes) == 2 else ()


def _shares_subject(token: Token, people: Sequence[tuple[int, Party, bool]]) -> bool:
    """Say whether a person before is the subject of a verb above that of the pronoun `token`."""
    above = {ancestor.i for ancestor in token.ancestors}
    return any(is_subject and token.doc[i].head.i in above for i, _, is_subject in people)
