"""What the language pipeline labels: its places, and places that it takes for something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gazetteer.abbreviations import abbreviations
from gazetteer.countries import country_by_name
from gazetteer.demonyms import place_id_of_demonym
from gazetteer.finds import TWO_LETTER_NAMES, Find, Passage, Rank
from gazetteer.lookup import Renown
from gazetteer.rules import words
from gazetteer.toponyms import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Span

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NAME_LABELS = frozenset({"ORG", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "FAC", "PERSON"})
_WORD_AFTER = re.compile(r"\s+(\w+)")
_LONGEST_ACRONYM = 5
_ADJECTIVE_LINKS = frozenset({"amod", "compound", "nmod"})
_JOINED = re.compile(r"\s+&\s+|\s*,\s+")


class Entities:
    """Reads the entities of one text."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.doc = passage.doc
        self.text = passage.text
        self.names = passage.names
        self.edges = passage.edges
        self.cues = passage.cues
        self.persons = passage.persons
        self.surnames = passage.persons.surnames
        self.used_alone = self._names_used_alone()

    def finds(self) -> Iterator[Find]:
        """Yield what is found; finds may overlap."""
        yield from self._place_entities()
        yield from self._other_entities()

    def _names_used_alone(self) -> frozenset[str]:
        """Return the names that the pipeline calls places and the gazetteer knows."""
        found = {
            self.text[slice(*self.edges.trim(entity.start_char, entity.end_char))]
            for entity in self.doc.ents
            if entity.label_ in {"GPE", "LOC"}
        }
        return frozenset(
            name
            for name in found
            if self.names.renown(name) is not Renown.UNKNOWN
            and name.lower() not in words("common_words")
            and name not in self.surnames
        )

    def _place_entities(self) -> Iterator[Find]:
        for entity in self.doc.ents:
            if entity.label_ not in _PLACE_LABELS:
                continue
            start, end = self.edges.trim(entity.start_char, entity.end_char)
            if start >= end:
                continue
            if self._is_body(entity, start, end):
                yield from self._names_inside(entity)
                continue
            end = self.edges.without_verb(start, self.edges.extended(end, start))
            for piece_start, piece_end in self.edges.pieces(start, end):
                if self.persons.is_person(piece_start, piece_end):
                    continue
                if self._is_word_of_origin(piece_start, piece_end):
                    continue
                if not self._looks_like_a_name(piece_start, piece_end):
                    continue
                yield Find(start=piece_start, end=piece_end, rank=Rank.ENTITY)

    def _is_word_of_origin(self, start: int, end: int) -> bool:
        """Say whether "Kazakh" or "Somali", whatever the pipeline calls it, tells an origin.

        What is a name of its own as well does so only before the noun that it belongs to.
        """
        name = self.text[start:end]
        if country_by_name(name) is not None or place_id_of_demonym(name) is None:
            return False
        span = self.doc.char_span(start, end, alignment_mode="expand")
        if span is None or span.end >= len(self.doc):
            return False
        after = self.doc[span.end]
        is_adjective = span.root.dep_ in _ADJECTIVE_LINKS and after.text[:1].islower()
        return is_adjective or not self.cues.has_famous_primary(name)

    def _is_body(self, entity: Span, start: int, end: int) -> bool:
        """Say whether a name that the pipeline calls a place is a body's: "X City Council"."""
        name = self.text[start:end]
        if " " not in name or self.names.matches(name):
            return False
        last = entity[-1].lower_
        if last in words("organisation_words"):
            return True
        return (
            entity.label_ == "FAC"
            and last not in words("facility_words")
            and any(token.text[:1].isupper() for token in entity[:-1])
            and bool(
                self._longest_known(
                    entity.start + (entity[0].lower_ == "the"), entity.end, Renown.OBSCURE
                )
            )
        )

    def _looks_like_a_name(self, start: int, end: int) -> bool:
        name = self.text[start:end]
        if not any(character.isalpha() for character in name) or len(name) < 2:
            return False
        if name.islower() or name.lower() in words("not_places"):
            return False
        first, _, rest = name.partition(" ")
        if rest and place_id_of_demonym(first) and not self.names.matches(name):
            return False  # "Saudi Aramco", "British Airways": a firm named after its country
        if name.isupper() and len(name) == 2 and name not in TWO_LETTER_NAMES:
            return name in abbreviations() and self.text[:start].rstrip().endswith(",")
        if (
            name.isupper()
            and len(name) <= _LONGEST_ACRONYM
            and self._is_strange_acronym(start, end)
        ):
            return False
        if self._names_an_ailment(end):
            return False
        return not (name.lower() in words("common_words") and not self.cues.place_cue_before(start))

    def _names_an_ailment(self, end: int) -> bool:
        """Say whether "virus" or the like follows a name."""
        after = _WORD_AFTER.match(self.text, end)
        return after is not None and after[1].lower() in words("ailment_words")

    def _is_strange_acronym(self, start: int, end: int) -> bool:
        """Say whether short capitals are an acronym that no well-known place goes by."""
        name = self.text[start:end]
        around = self.text[max(0, start - 12) : start] + self.text[end : end + 12]
        in_capitals = sum(c.isupper() for c in around) > sum(c.islower() for c in around)
        if name in abbreviations() or in_capitals or "." in name:
            return False
        return self.names.renown(name) < Renown.KNOWN

    def _other_entities(self) -> Iterator[Find]:
        for entity in self.doc.ents:
            if entity.label_ not in _NAME_LABELS and not _seems_an_origin(entity):
                continue
            start, end = self.edges.trim(entity.start_char, entity.end_char)
            if start >= end:
                continue
            pieces = self._known_pieces(start, end)
            if pieces:
                for piece_start, piece_end in pieces:
                    yield Find(start=piece_start, end=piece_end, rank=Rank.KNOWN_NAME)
            elif entity.label_ != "FAC" and self._is_mislabelled_place(entity, start, end):
                yield Find(start=start, end=end, rank=Rank.KNOWN_NAME)
            elif entity.label_ != "PERSON" and not self.persons.does_as_person(entity.root):
                yield from self._names_inside(entity)

    def _known_pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the places of "Pakistan & China", a firm's name but for what is joined."""
        pieces = []
        at = start
        for piece in _JOINED.split(self.text[start:end]):
            if self.names.own_renown(piece) < Renown.KNOWN:
                return []
            at = self.text.index(piece, at)
            pieces.append((at, at + len(piece)))
            at += len(piece)
        return pieces if len(pieces) > 1 else []

    def _is_mislabelled_place(self, entity: Span, start: int, end: int) -> bool:
        name = self.text[start:end]
        if name.lower() in words("common_words") | words("not_places"):
            return False
        if name.islower() or "\n" in name:
            return False
        if self.persons.title_before(start) or name in self.persons.lone:
            return False
        renown = self.names.renown(name)
        if self.cues.is_followed_by_its_area(name, end):
            return True
        if renown is Renown.UNKNOWN:
            return False
        if name in self.used_alone and name.lower() not in words("person_names"):
            return not self._names_an_ailment(end)
        cue = self._has_cue(entity)
        if entity.label_ == "PERSON":
            return self._is_no_person(entity, name) and (cue or renown is Renown.COUNTRY)
        if self.names.standing(name) == "seat":
            return cue or self.cues.is_gone_to(start)  # not in "a White House aide"
        if renown >= Renown.KNOWN:
            return self.cues.has_famous_primary(name) or cue
        return cue

    def _is_no_person(self, entity: Span, name: str) -> bool:
        has_cue = " " not in name or self._has_cue(entity)
        is_surname = name in self.surnames
        return has_cue and not is_surname and not self.persons.acts_on_himself(entity.root)

    def _has_cue(self, entity: Span) -> bool:
        return (
            self.cues.in_place_frame(entity)
            or self.cues.resident_word_after(entity)
            or self.cues.stands_with_a_place(entity)
        )

    def _names_inside(self, entity: Span) -> Iterator[Find]:
        """Find "China" in "University of China", and "Tehran" in "Press TV in Tehran".

        A little-known name counts when the text uses it by itself elsewhere.
        """
        at = entity.start
        while at < entity.end:
            length = self._longest_known(at, entity.end, Renown.KNOWN)
            if length and length < len(entity):
                span = self.doc[at : at + length]
                literal = at > entity.start and self.doc[at - 1].lower_ in {"in", "at", "near"}
                kind = None if literal else MentionKind.PART
                yield self.passage.find(span, Rank.PART, kind)
            at += length or 1

    def _longest_known(self, at: int, stop: int, least: Renown) -> int:
        for span in self.passage.runs_at(at, stop):
            name = span.text
            if not name[:1].isupper():
                continue
            if name.lower() in words("common_words") or (len(name) < 4 and not name.isupper()):
                continue
            if self.names.renown(name) >= least and self.cues.has_famous_primary(name):
                return len(span)
            if name in self.used_alone or (
                name.endswith(" County") and self.names.renown(name) is not Renown.UNKNOWN
            ):
                return len(span)
        return 0


def _seems_an_origin(entity: Span) -> bool:
    """Say whether a name is taken for a people's before a time: "in *Culiacan* last weekend"."""
    if entity.label_ != "NORP" or place_id_of_demonym(entity.text) is not None:
        return False
    return entity.end < len(entity.doc) and entity.doc[entity.end].ent_type_ in {"DATE", "TIME"}
