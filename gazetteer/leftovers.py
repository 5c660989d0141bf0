"""Known names that the pipeline did not label: what only the gazetteer speaks for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from gazetteer.abbreviations import abbreviations
from gazetteer.finds import TWO_LETTER_NAMES, Find, Passage, Rank
from gazetteer.lookup import Renown
from gazetteer.rules import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_LEAST_IN_FRAME = 10_000
"""Inhabitants of a town that words like "in" before it are enough to name."""


class Leftovers:
    """Finds known names in what is left over of one text.

    With `of_any_label` also where the pipeline has labelled something.
    """

    def __init__(self, passage: Passage, *, of_any_label: bool) -> None:
        self.of_any_label = of_any_label
        self.passage = passage
        self.doc = passage.doc
        self.text = passage.text
        self.names = passage.names
        self.cues = passage.cues
        self.persons = passage.persons
        self.surnames = passage.persons.surnames

    def finds(self, found: Collection[Find]) -> Iterator[Find]:
        """Yield the names that stand where nothing of `found` does."""
        taken = {at for find in found for at in range(find.start, find.end)}
        accepted = {
            self.text[find.start : find.end]
            for find in found
            if find.rank in {Rank.ENTITY, Rank.DATELINE, Rank.KNOWN_NAME}
        }
        accepted |= {name.title() for name in accepted if name.isupper() and len(name) > 3}
        at = 0
        while at < len(self.doc):
            token = self.doc[at]
            if not self._may_start_a_name(token) or token.idx in taken:
                at += 1
                continue
            length = self._accepted_length(at, accepted)
            if length:
                find = self.passage.find(self.doc[at : at + length], Rank.SCAN)
                if find.start < find.end and not self.persons.is_person(find.start, find.end):
                    yield find
            at += length or 1

    def _may_start_a_name(self, token: Token) -> bool:
        is_left_over = token.ent_type_ in {"", "NORP", "CARDINAL", "DATE"}
        return token.text[:1].isupper() and (is_left_over or self.of_any_label)

    def _accepted_length(self, at: int, accepted: set[str]) -> int:
        is_after_comma = at > 0 and self.doc[at - 1].text == ","
        for span in self.passage.runs_at(at):
            name = span.text
            is_abbreviation = is_after_comma and name in abbreviations()
            if name in accepted or is_abbreviation or self._is_trusted(span):
                return len(span)
        return 0

    def _is_trusted(self, span: Span) -> bool:
        """Say whether a run that nothing speaks for but the gazetteer is a place."""
        name = span.text
        if name.lower() in words("not_places"):
            return False
        if self._is_known_in_frame(span):
            return True
        if name.lower() in words("common_words") or self._is_too_short(name):
            return False
        renown = self.names.renown(name)
        if renown is Renown.UNKNOWN:
            return False
        if self.cues.resident_word_after(span) and span.root.pos_ == "PROPN":
            return name not in self.surnames
        if self.cues.is_followed_by_its_area(name, span.end_char):
            return True
        if span.root.pos_ == "PROPN" and self.cues.stands_with_a_place(span):
            return name not in self.surnames
        if renown < Renown.KNOWN or not self.cues.has_famous_primary(name):
            return False
        if any(token.pos_ not in {"PROPN", "ADP", "DET", "PUNCT", "CCONJ"} for token in span):
            return renown is Renown.COUNTRY and span.root.pos_ in {"NOUN", "ADJ", "X"}
        neighbours = [self.doc[i] for i in (span.start - 1, span.end) if 0 <= i < len(self.doc)]
        in_longer_name = any(
            token.pos_ == "PROPN" and token.text[:1].isupper() and not token.ent_type_
            for token in neighbours
        )
        return not in_longer_name or renown is Renown.COUNTRY

    def _is_too_short(self, name: str) -> bool:
        if not name.isupper():
            return len(name) < 4
        return len(name) < 3 and name not in TWO_LETTER_NAMES

    def _is_known_in_frame(self, span: Span) -> bool:
        """Say whether a name of a well-known town stands where only a place fits."""
        name = span.text
        least = Renown.KNOWN if name.lower() in words("common_words") else Renown.OBSCURE
        return (
            span.root.pos_ == "PROPN"
            and span.root.ent_type_ in {"", "NORP"}
            and len(name) > 2
            and name not in self.surnames
            and self.names.renown(name) >= least
            and self.names.largest_town(name) >= _LEAST_IN_FRAME
            and self.cues.in_place_frame(span)
        )
