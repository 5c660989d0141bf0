"""What the words around a name say for a place or for a person."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from gazetteer.abbreviations import abbreviations
from gazetteer.features import is_inside
from gazetteer.lookup import Names, Renown
from gazetteer.rules import table, words
from gazetteer.usage import word_classes

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from gazetteer.places import Place


_PLACE_PREPOSITIONS = frozenset(
    {"in", "at", "near", "from", "to", "into", "outside", "around", "across", "through", "off",
     "toward", "towards"}
)  # fmt: skip
_GOVERNORS = {
    "to": frozenset({"move", "bring"}),
    "for": frozenset({"move"}),
    "on": frozenset({"assault"}),
    "of": frozenset({"place", "era", "assault", "seat"}),
}
"""What must govern a preposition that goes with persons as well: "flew to", "attack on"."""
_SENT = frozenset(
    {"aid", "army", "convoy", "fighter", "force", "marine", "medic", "migrant", "monitor", "patrol"}
    | {"peacekeeper", "plane", "police", "policeman", "prisoner", "refugee", "reinforcement"}
    | {"rescuer", "ship", "soldier", "squad", "supply", "tank", "team", "troop", "unit", "warship"}
)
"""What is sent to places, where a letter is sent to somebody."""
_OBJECT_CLASSES = frozenset({"assault", "afflict"})
_LEAVES_OR_REACHES = frozenset(
    {"flee", "leave", "reach", "enter", "visit", "approach", "near", "cross"}
)
_AREA_AFTER = re.compile(
    r"(?:,|,? in(?: the)?)\s(?:(?:[a-z-]*(?:north|south|east|west)[a-z]*|central)\s)?"
    r"((?:[A-Z][\w.]*)(?:\s[A-Z][\w.]*){0,2})"
)
_AREA_CODES = ("PCL", "ADM1", "ADM2")
_TYPE_WORDS = frozenset(row[0] for row in table("type_words", 2))


class Cues:
    """Reads the words around the names of one document."""

    def __init__(self, doc: Doc, names: Names, surnames: Collection[str]) -> None:
        self.doc = doc
        self.text: str = doc.text
        self.names = names
        self.surnames = surnames

    def place_cue_before(self, start: int) -> bool:
        """Say whether a comma, "in" and the like, or a type word stands before a name."""
        before = self.text[max(0, start - 20) : start].rstrip()
        if before.endswith(","):
            return True
        last = before.rsplit(None, 1)[-1].lower() if before else ""
        return last in _PLACE_PREPOSITIONS or last in _TYPE_WORDS

    def is_gone_to(self, start: int) -> bool:
        """Say whether "to the", "outside the" or the like stands before a name."""
        before = self.text[max(0, start - 20) : start].lower().split()
        return len(before) > 1 and before[-1] == "the" and before[-2] in _PLACE_PREPOSITIONS

    def is_followed_by_its_area(self, name: str, end: int) -> bool:
        """Say whether ", Vietnam" follows a name that some place in Vietnam bears."""
        after = _AREA_AFTER.match(self.text, end)
        if after is None:
            return False
        for name_of_area in (after[1], after[1].rsplit(" ", 1)[0]):
            area = self._area(name_of_area)
            if area is not None:
                return any(is_inside(match.place, area) for match in self.names.matches(name))
        return False

    def _area(self, name: str) -> Place | None:
        """Return the country or the division of a name, if one is among its largest bearers."""
        name, _ = abbreviations().get(name, (name, None))
        places = (match.place for match in self.names.matches(name)[:6])
        return next((p for p in places if p.feature_code.startswith(_AREA_CODES)), None)

    def stands_with_a_place(self, span: Span) -> bool:
        """Say whether a name is coordinated with a place, or attacked, entered or left."""
        root = span.root
        if root.dep_ == "dobj":
            return "assault" in word_classes(root.head)
        first = _first_of_list(root)
        if first.dep_ == "dobj" and "seal" in word_classes(first.head):
            return True  # "shelled A and B", but not "attacked Obama and Warren"
        partners = [root.head, first] if root.dep_ == "conj" else []
        partners += [child for child in root.children if child.dep_ == "conj"]
        return any(
            partner.text not in self.surnames
            and (partner.ent_type_ in {"GPE", "LOC"} or self._is_known_after_in(partner))
            for partner in partners
        )

    def _is_known_after_in(self, token: Token) -> bool:
        """Say whether a known name follows "in" and the like."""
        name = self.doc[token.i : token.i + 1]
        return self._preposition_before(name) and bool(self.names.matches(token.text))

    def resident_word_after(self, span: Span) -> bool:
        """Say whether "man", "residents" or the like follows: "a Chapin man"."""
        if span.end >= len(self.doc):
            return False
        return self.doc[span.end].text in words("resident_words")

    def has_famous_primary(self, name: str) -> bool:
        """Say whether a well-known place bears the name as its own, not by the way."""
        return self.names.own_renown(name) >= Renown.KNOWN

    def in_place_frame(self, span: Span) -> bool:
        """Say whether the words around a name are such as only a place fits in."""
        return (
            self._preposition_before(span)
            or self._is_object_of_place(span.root)
            or self.kind_word_after(span)
            or _is_called_place(span.root)
            or self.suffers_as_place(span)
        )

    def suffers_as_place(self, span: Span) -> bool:
        """Say whether a name is shelled, evacuated, or hit by floods, as only a place is.

        The name must be a well-known place's own: firms are closed too.
        """
        verb = _done_to(span.root)
        if verb is None or not self.has_famous_primary(span.text):
            return False
        classes = word_classes(verb)
        if "seal" in classes:
            return True
        agents = (child for child in verb.children if child.lower_ == "by")
        return "afflict" in classes and any(
            "disaster" in word_classes(cause) for agent in agents for cause in agent.children
        )

    def kind_word_after(self, span: Span) -> bool:
        """Say whether "corridor", "district" or the like follows, in small letters."""
        if span.end >= len(self.doc):
            return False
        after = self.doc[span.end]
        return after.text in words("frame_words") and span.root.head == after

    def _preposition_before(self, span: Span) -> bool:
        """Say whether "in", "attack on", "flew to" or the like stand before, without "the"."""
        if span.start == 0:
            return False
        before = self.doc[span.start - 1]
        word = before.lower_
        if word in {"between", "and"}:
            return self._is_pair(span)
        if span.end < len(self.doc) and self.doc[span.end].tag_ == "POS":
            return word in _PLACE_PREPOSITIONS - {"to", "from"}  # "went to Warden's home"
        governors = _GOVERNORS.get(word)
        if governors is None:
            return word in _PLACE_PREPOSITIONS
        verb = before.head
        is_sent = verb.lemma_ == "send" and any(
            child.dep_ in {"dobj", "nsubjpass"} and child.lemma_.lower() in _SENT
            for child in verb.children
        )
        return not governors.isdisjoint(word_classes(verb)) or (word == "to" and is_sent)

    def _is_pair(self, span: Span) -> bool:
        """Say whether a name is one of two known ones: "between Gao and Ansongo"."""
        first, last = span.start, span.end - 1
        if self.doc[first - 1].lower_ == "between":
            partner, link = last + 2, last + 1
        else:
            partner, link = first - 2, first - 3
        if not 0 <= link < len(self.doc) or partner >= len(self.doc):
            return False
        return (
            self.doc[link].lower_ in {"between", "and"}
            and self.doc[partner].text[:1].isupper()
            and bool(self.names.matches(self.doc[partner].text))
        )

    def _is_object_of_place(self, token: Token) -> bool:
        """Say whether a name is what somebody leaves, reaches or takes."""
        if token.dep_ != "dobj" or token.lower_ in words("person_names"):
            return False
        verb = token.head
        return verb.lemma_.lower() in _LEAVES_OR_REACHES or not _OBJECT_CLASSES.isdisjoint(
            word_classes(verb)
        )


def _is_called_place(name: Token) -> bool:
    """Say whether a name is told to be one of a place: "they left Ituri, *a province*"."""
    is_told = name.dep_ == "nsubj" and name.head.lemma_ == "be"
    said = [child for child in name.children if child.dep_ == "appos"]
    said += [child for child in name.head.children if is_told and child.dep_ == "attr"]
    return any(word.tag_ == "NN" and word.lower_ in _TYPE_WORDS for word in said)


def _first_of_list(token: Token) -> Token:
    """Return A for each name of "A, B and C"."""
    while token.dep_ == "conj" and token.head.pos_ == "PROPN":
        token = token.head
    return token


def _done_to(subject: Token) -> Token | None:
    """Return what is done to a subject; the pipeline may take "was closed" for a state."""
    if subject.dep_ == "nsubjpass":
        return subject.head
    if subject.dep_ != "nsubj" or subject.head.lemma_ != "be":
        return None
    states = (child for child in subject.head.children if child.dep_ == "acomp")
    return next((state for state in states if state.tag_ == "VBN" or state.pos_ == "VERB"), None)
