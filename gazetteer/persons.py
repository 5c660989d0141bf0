"""Which names of a text are persons': by title, by full name, by what only persons do."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from gazetteer.lookup import Names, Renown
from gazetteer.places import FeatureClass
from gazetteer.rules import words
from gazetteer.usage import word_classes

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LITERAL_PREPOSITIONS = frozenset(
    {"in", "at", "near", "into", "outside", "around", "across", "through", "off"}
)
_OF_ONE = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_REFLEXIVE = frozenset({"himself", "herself"})
_PERSONAL_STATES = frozenset({"born", "married", "pregnant", "single"})
_GOVERNMENTS = frozenset({"country", "capital"})
_COPULAS = frozenset({"be", "become", "look", "feel"})
_CROSSES = frozenset({"cross", "ford", "swim", "sail"})


class Persons:
    """Tells the persons among the names of one document."""

    def __init__(self, doc: Doc, names: Names) -> None:
        self.doc = doc
        self.text: str = doc.text
        self.names = names
        self.surnames = surnames_of(doc)

    def is_person(self, start: int, end: int) -> bool:
        """Say whether the name is one word of a person named elsewhere, or follows a title.

        Or whether what is said of it is said of persons only.
        """
        if self.title_before(start) or self._is_given_name(start, end):
            return True
        if self._is_introduced(start, end):
            return True
        name = self.text[start:end]
        is_surname = name in self.surnames and self.names.renown(name) is not Renown.COUNTRY
        if not is_surname and name not in self.lone:
            return False
        before = self.text[max(0, start - 15) : start].split()
        last = before[-1].lower() if before else ""
        followed = self.text[end : end + 2]
        return last not in _LITERAL_PREPOSITIONS and not (
            followed.startswith(", ") and self.text[end + 2 : end + 3].isupper()
        )

    def _is_given_name(self, start: int, end: int) -> bool:
        """Say whether a family name follows: "India Arie sang", "China Miéville read his novel"."""
        span = self.doc.char_span(start, end)
        if span is None or len(span) > 1 or span.end >= len(self.doc):
            return False
        given, family = span[0], self.doc[span.end]
        is_pair = given.head == family and given.dep_ == "compound" and family.pos_ == "PROPN"
        if not is_pair or not family.text[:1].isupper() or _is_role(family):
            return False
        if self.names.matches(f"{given.text} {family.text}"):
            return False
        if family.ent_type_ == "PERSON":
            return given.lower_ in words("person_names") | words("given_names")
        return family.dep_ == "nsubj" and any(
            token.dep_ == "poss" and token.lower_ in _OF_ONE and family.head in token.ancestors
            for token in family.sent
        )

    def _is_introduced(self, start: int, end: int) -> bool:
        """Say whether a name that no place bears has its bearer's part after it.

        "Aung San Suu Kyi, the country's civilian *leader*, was held".
        """
        span = self.doc.char_span(start, end)
        return (
            span is not None
            and any(child.dep_ == "appos" and _acts(child) for child in span.root.rights)
            and not self.names.matches(span.text)
        )

    @cached_property
    def lone(self) -> frozenset[str]:
        """The names without another name that persons bear, and that are persons here."""
        return frozenset(
            token.text
            for token in self.doc
            if token.lower_ in words("person_names") and self._is_lone_person(token)
        )

    def title_before(self, start: int) -> bool:
        """Say whether a person's title stands before a name: "Gen. Washington"."""
        before = self.text[max(0, start - 15) : start].split()
        return bool(before) and before[-1].lower() in words("person_titles")

    def acts_on_himself(self, subject: Token) -> bool:
        """Say whether a name does something to "himself" or "herself": no country does."""
        return subject.dep_ == "nsubj" and any(
            token.lower_ in _REFLEXIVE
            and subject.head in {token.head, token.head.head}  # "hurt himself", "spoke of himself"
            for token in subject.sent
        )

    def _is_lone_person(self, token: Token) -> bool:
        """Say whether a name that persons bear is one: "Jordan scored", "Chad was late"."""
        if token.i and "person" in word_classes(self.doc[token.i - 1]):
            return True  # "striker Jordan"
        if token.dep_ == "npadvmod" and self._is_called(token):
            return True
        return token.dep_ in {"nsubj", "nsubjpass"} and (
            self.does_as_person(token)
            or any(child.dep_ == "appos" and _is_role(child) for child in token.children)
            or self.acts_on_himself(token)
            or self._is_taken_up(token)
        )

    def _is_called(self, name: Token) -> bool:
        """Say whether a role follows a name: "Washington *the general* crossed"."""
        after = self.doc[name.i + 1 : name.i + 3]
        if len(after) < 2 or after[0].lower_ != "the":
            return False
        return _is_role(after[1]) or after[1].lower_ in words("person_titles")

    def does_as_person(self, subject: Token) -> bool:
        """Say whether a subject does or is what only a person does or is."""
        if subject.dep_ not in {"nsubj", "nsubjpass"}:
            return False
        verb = subject.head
        lemma = verb.lemma_.lower()
        if subject.dep_ == "nsubjpass":
            return lemma == "bear"
        if lemma in _COPULAS:
            return any(
                child.dep_ in {"acomp", "attr"}
                and (child.lower_ in _PERSONAL_STATES or _is_role(child))
                for child in verb.children
            )
        if lemma in _CROSSES and any(self._is_water(child) for child in verb.children):
            return True
        return "personal" in word_classes(verb)

    def _is_water(self, token: Token) -> bool:
        """Say whether a verb's object is a river or a sea: no government crosses the Delaware."""
        if token.dep_ != "dobj":
            return False
        if "water" in word_classes(token):
            return True
        matches = (*self.names.matches(token.text), *self.names.matches(f"{token.text} River"))
        return any(match.place.feature_class is FeatureClass.WATER for match in matches)

    def _is_taken_up(self, name: Token) -> bool:
        """Say whether "he" or "she" right after takes a name up, and nobody else was named."""
        if self._first_person <= name.i:
            return False
        stop = name.sent.end
        if stop < len(self.doc) and self.doc[stop].lower_ in _OF_ONE:
            stop += 1  # "He died in 1989." in the next sentence
        following = self.doc[name.i + 1 : stop]
        pronoun = next((token for token in following if token.lower_ in _OF_ONE), None)
        if pronoun is None or pronoun.i > self._first_person:
            return False
        # "Jordan said he would come" may be a government's word of somebody.
        is_own = pronoun.dep_ == "poss" and pronoun.head.head == name.head
        return is_own or self.names.standing(name.text) not in _GOVERNMENTS

    @cached_property
    def _first_person(self) -> int:
        """Where the first word stands that "he" may take up, the names that persons bear aside."""
        return next((token.i for token in self.doc if _is_another(token)), len(self.doc))


def surnames_of(doc: Doc) -> frozenset[str]:
    """Return the last words of the persons that `doc` names in full."""
    return frozenset(
        entity[-1].text
        if entity[-1].text not in {"'s", "\u2019s"} or len(entity) < 3
        else entity[-2].text
        for entity in doc.ents
        if entity.label_ == "PERSON" and len(entity) > 1
    )


def _is_role(token: Token) -> bool:
    return "person" in word_classes(token)


def _is_another(token: Token) -> bool:
    if token.ent_type_ == "PERSON":
        return token.lower_ not in words("person_names")
    return token.pos_ == "NOUN" and _acts(token)


def _acts(noun: Token) -> bool:
    """Say whether a noun is of somebody who acts: "general", "leader", "militia"."""
    return not {"person", "body"}.isdisjoint(word_classes(noun))
