"""Whom the people of an article act for, learnt from the words beside their names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dashboard.actors import Actor, Role, actor_by_id, roles
from dashboard.descriptions import NEAR_HEAD, Description, Descriptions, codes_of
from dashboard.naming import (
    Land,
    bare_name,
    leader_by_name,
    leaders_by_surname,
    surname_key,
)
from dashboard.parties import Party, merge_parties, party_of, party_of_lands
from dashboard.surroundings import Surroundings
from dashboard.vocabulary import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_MANY_PERSONS = 200
"""Mentions of people that are looked back on to tell of whom a text speaks most."""
LOCAL_SECTORS = frozenset(
    {"GOV", "MIL", "COP", "LEG", "JUD", "OPP", "SPY", "REB", "CRM", "CVL", "LAB", "EDU"}
)
"""Sectors of which a country has its own, so that "the police" is the police of some country."""


class People:
    """The named people of one article, in reading order."""

    def __init__(
        self,
        described: Descriptions,
        around: Surroundings,
        lands: dict[int, Land],
        codes: set[str],
        published: date | None,
    ) -> None:
        self.doc = described.doc
        self.lemmas = described.lemmas
        self.named = described.named
        self.described = described
        self.around = around
        self.lands = lands
        self.codes = codes
        self.published = published
        self.known: dict[str, Party] = {}
        self.first_names: dict[str, Party] = {}
        self.titles: dict[str, list[Party]] = {}
        self.persons: list[tuple[int, Party, bool]] = []
        self.person_places: list[int] = []
        described.country_of_person = self.country_of_person
        self._meet_people()
        self.person_places = [i for i, _, _ in self.persons]
        around.look_again()

    def _meet_people(self) -> None:
        """Learn each named person's part from the words beside the name, in reading order."""
        for entity in self.doc.ents:
            if entity.label_ == "PERSON":
                self._meet(entity.root, entity.text)
            elif entity.root.pos_ == "PROPN" and entity.label_ in {"ORG", "GPE"}:
                self._meet_again(entity.root)
        famous = leaders_by_surname(self.published)
        for token in self.doc:
            if token.pos_ == "PROPN" and token.text.casefold() in famous and _stands_alone(token):
                self._meet_famous(token)
        known = self.known
        for token in self.doc:
            if not token.text[:1].isupper() or not known or token.i in self.lands:
                continue
            party = self.person_at(token)
            if party is not None and (token.dep_ != "compound" or token.head.ent_type_ != "PERSON"):
                is_subject = token.dep_ in {"nsubj", "nsubjpass"} or (
                    token.dep_ == "appos" and token.head.dep_ == "nsubj"
                )
                self.persons.append((token.i, party, is_subject))

    def _meet(self, head: Token, text: str) -> None:
        surname = surname_key(head.text)
        if surname in self.known and self.known[surname].actors:
            return
        party = self._part_of(head) or self._leader(text, head) or self._like_neighbour(head)
        if party is None:
            own = head.head if head.dep_ == "appos" else head
            below = [child for child in head.children if child.dep_ == "appos"]
            described = (self.described.with_title(word).role for word in (head, own, *below))
            role = next(filter(None, described), None)
            self.known.setdefault(
                surname,
                Party(
                    is_person=True, sector=role.sector if role is not None else None, is_named=True
                ),
            )
            return
        named = replace(
            party, is_person=True, actors=tuple(_with_name(actor, text) for actor in party.actors)
        )
        self.known[surname] = named
        first = surname_key(text.split(maxsplit=1)[0])
        if first != surname:  # "Wang Yi" and "Najib Razak" go by the first of their names
            self.first_names.setdefault(first, named)
        for title in self.described.title_words(head):
            self.titles.setdefault(title, []).append(named)

    def _meet_again(self, head: Token) -> None:
        """Take a surname that the pipeline mistook, if a title stands before it."""
        is_name = head.i not in self.named and head.i not in self.lands
        if is_name and self.described.title_words(head):
            self._meet(head, head.text)

    def _meet_famous(self, token: Token) -> None:
        """Take a leader's bare surname that the pipeline took for no person or for a place."""
        is_taken = token.i in self.named or surname_key(token.text) in self.known
        if not is_taken and token.text.casefold() not in words("common_surnames"):
            self.lands.pop(token.i, None)
            self._meet(token, token.text)

    def _part_of(self, head: Token) -> Party | None:
        descriptions = [self.described.with_title(head)]
        if head.dep_ == "appos":
            descriptions.append(self.described.with_title(head.head))
        descriptions += [
            self.described.with_title(self._counted(child))
            for child in head.children
            if child.dep_ == "appos"
        ]
        if descriptions[0].role is None:  # "Baloch X, a *separatist* group"
            descriptions[0].role = next((own.role for own in descriptions if own.role), None)
        for own in descriptions:
            party = self._from_description(own)
            if party is not None:
                return party
        beside = (head, *(child for child in head.children if child.dep_ == "appos"))
        return next(filter(None, map(self._of_body, beside)), None)

    def _counted(self, noun: Token) -> Token:
        """Return what an alliance or a group is "of": "an alliance of *rebels*"."""
        members = self.described.of(noun) if self.lemmas[noun.i] in words("quantities") else None
        return members or noun

    def _of_body(self, token: Token) -> Party | None:
        """Return of which body somebody is "the head", "the chief of staff"."""
        role = roles().get(self.lemmas[token.i])
        body = self.described.of(token) if role is not None and role.is_title else None
        for _ in range(NEAR_HEAD):
            if body is None or body.ent_type_ == "PERSON":
                return None
            own = self.described.describe(body)
            if own.lands or own.named:
                return self._from_description(own)
            body = self.described.of(body)
        return None

    def _from_description(self, own: Description) -> Party | None:
        role = own.role
        if own.named and (role is not None or own.named[0].kind in {"igo", "ngo", "reb"}):
            return party_of((own.named[0],), is_person=True, sector=own.named[0].kind.upper())
        codes = codes_of(own.lands)
        if role is None or role.sector == "UAF":
            if codes and own.lands[0].form == "demonym":
                return party_of_lands(codes[:1], "CVL")
            return None
        if codes:
            return party_of_lands(codes[:1], role.sector)
        return None

    def _like_neighbour(self, head: Token) -> Party | None:
        """Take the country of the first of a list: "Iranian President X, Foreign Minister Y"."""
        own = self.described.with_title(head)
        if own.role is None or not own.has_title or self.described.is_of_some_firm(head):
            return None
        first = head
        while first.dep_ in {"conj", "appos"} and first.head.i < first.i:
            first = first.head
        if first.i != head.i:
            known = self.known.get(surname_key(first.text))
            codes = (
                [actor.country_code for actor in known.actors if actor.country_code]
                if known
                else []
            )
            if codes:
                return party_of_lands(codes[:1], own.role.sector)
        code = (
            self._near_title(head, own.role.sector)
            if own.role.weight == "strong" and own.role.sector in LOCAL_SECTORS
            else self._at_home(head, own.role)
        )
        return replace(party_of_lands([code], own.role.sector), is_inferred=True) if code else None

    def _at_home(self, head: Token, role: Role) -> str | None:
        """Return the country that a text is about as that of a lesser title: "Chief X"."""
        is_public = role.sector in LOCAL_SECTORS - {"CVL", "LAB", "EDU", "CRM", "REB"}
        return (
            self.around.near_at_home(head) if is_public and self.around.focus is not None else None
        )

    def _leader(self, text: str, head: Token) -> Party | None:
        name = bare_name(text)
        actor_id = leader_by_name(name, self.published) or self._leader_by_surname(name, head)
        actor = actor_by_id(actor_id) if actor_id else None
        return party_of((actor,), is_person=True, sector=actor.kind.upper()) if actor else None

    def _leader_by_surname(self, name: str, head: Token) -> str | None:
        """Return whom a bare surname leads, if the text names the country or gives a title."""
        actor_id = leaders_by_surname(self.published).get(name.rpartition(" ")[2].casefold())
        if actor_id is None:
            return None
        actor = actor_by_id(actor_id)
        has_country = actor is not None and actor.country_code in self.codes
        has_title = bool(self.described.title_words(head))
        if " " in name:
            return actor_id if has_title and has_country else None
        is_famous = name.casefold() not in words("common_surnames")
        return actor_id if has_country or has_title or is_famous else None

    def country_of_person(self, token: Token) -> list[str]:
        """Return the country of "the *Bush* administration", of "*Suharto*'s government"."""
        party = self.known.get(surname_key(token.text))
        if party is None or not party.actors:
            party = self._leader(token.text, token)
        return [actor.country_code for actor in party.actors if actor.country_code] if party else []

    def _near_title(self, head: Token, sector: str) -> str | None:
        """Return whose "Foreign Minister X" is: of the paragraph's last office of that kind.

        Without one it is the country that `_near` finds, but never one that the rest of the
        sentence names: "urged Tehran" makes nobody a minister of Iran.
        """
        for i in range(head.i - 1, self.around.paragraph_start(head) - 1, -1):
            other = self.doc[i]
            if other.dep_ in {"nsubj", "nsubjpass"} and other.ent_type_ != "PERSON":
                own = self.described.describe(other)
                if own.role is not None and own.role.sector == sector and codes_of(own.lands):
                    return codes_of(own.lands)[0]
        code = self.around.near(head)
        return code if code not in self._addressed_after(head) else None

    def of_office(self, head: Token) -> str | None:
        """Return whose "the minister" is, never whom the rest of the sentence is the first to name.

        "The minister will travel to Turkey" tells of no Turkish minister.
        """
        code = self.around.near(head)
        first = self.around.land_places[: bisect_left(self.around.land_places, head.i)]
        is_new = all(self.lands[i].code != code for i in first)
        return None if is_new and code in self._addressed_after(head, is_home=_is_in) else code

    def _addressed_after(
        self, head: Token, *, is_home: Callable[[Token], bool] = lambda _: False
    ) -> set[str]:
        """Return the countries that the rest of the sentence names as acted on or spoken to."""
        low = bisect_left(self.around.land_places, head.i + 1)
        after = self.around.land_places[low : bisect_left(self.around.land_places, head.sent.end)]
        return {
            self.lands[i].code
            for i in after
            if not is_home(self.doc[i])
            and (_is_addressed(self.doc[i]) or self.lands[i].form == "capital" or self._is_left(i))
        }

    def _is_left(self, i: int) -> bool:
        """Say whether a country is where something comes from or goes: "money *from Kenya*"."""
        token = self.doc[i]
        is_country = self.lands[i].form not in {"place", "part", "demonym"}
        return is_country and token.dep_ == "pobj" and token.head.lower_ in {"from", "into", "by"}

    def person_at(self, token: Token) -> Party | None:
        """Return whom a name stands for, if it is that of somebody met."""
        if not token.text[:1].isupper() or not self.known or token.i in self.lands:
            return None
        key = surname_key(token.text)
        known = self.known.get(key)
        first = self.first_names.get(key) if _stands_alone(token) else None
        return first if first is not None and (known is None or not known.actors) else known

    def named_beside(self, token: Token) -> Party | None:
        """Return X and Y of "the two presidents, X and Y"."""
        names = [n for c in token.children if c.dep_ == "appos" for n in (c, *c.conjuncts)]
        found = [self.known.get(surname_key(name.text)) for name in names]
        known = [party for party in found if party is not None and party.actors]
        return merge_parties(known) if known else None

    def named_in_apposition(self, token: Token, party: Party) -> Party | None:
        """Return "the army chief, Gen. X" under the name that follows."""
        for child in token.rights:
            known = self.known.get(surname_key(child.text)) if child.dep_ == "appos" else None
            is_same = known is not None and _ids(known) == _ids(party)
            is_new = known is not None and not party.is_somebody
            if known is not None and (is_new or (known.actors and (is_same or not party.actors))):
                return known
        return None

    def titled(self, token: Token) -> Party | None:
        """Return who "the general" is: of the generals met so far, the one most spoken of."""
        parties = self.titles.get(self.lemmas[token.i])
        if not parties or not _is_bare_title(token):
            return None
        before = self.persons[: bisect_left(self.person_places, token.i)][-_MANY_PERSONS:]
        subjects = [id(party) for _, party, is_subject in before if is_subject]
        return max(parties, key=lambda party: subjects.count(id(party)))


def _ids(party: Party) -> list[str]:
    return [actor.actor_id for actor in party.actors]


def _with_name(actor: Actor, text: str) -> Actor:
    name = bare_name(text)
    return replace(actor, aliases=(name,)) if name != actor.name else actor


def _stands_alone(token: Token) -> bool:
    """Say whether a name is one word, neither before nor after another name."""
    if token.dep_ in {"compound", "nmod"}:
        return False
    return not any(child.pos_ == "PROPN" and child.dep_ == "compound" for child in token.lefts)


def _is_bare_title(token: Token) -> bool:
    """Say whether a title stands with "the", "his" or "her" and nothing else."""
    is_definite = any(child.lower_ in {"the", "his", "her"} for child in token.lefts)
    beside = [c for c in token.lefts if c.dep_ in {"amod", "compound"}]
    return is_definite and all(c.lower_ in {"prime", "foreign", "vice", "army"} for c in beside)


def _is_in(token: Token) -> bool:
    """Say whether a place is where the sentence's act was done: "declared a curfew *in Lima*"."""
    return token.dep_ == "pobj" and token.head.lower_ == "in"


def _is_addressed(token: Token) -> bool:
    """Say whether a country is spoken to, acted on or only where something happens."""
    if token.dep_ in {"amod", "poss", "compound"} and token.head.dep_ == "pobj":
        return token.head.head.lower_ in {"to", "on", "with", "against", "at", "in"}
    if token.dep_ == "pobj":
        return token.head.lower_ in {"to", "on", "with", "against", "at"}
    return token.dep_ in {"dobj", "dative", "nsubj"}
