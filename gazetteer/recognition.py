"""Where a text names places: the language pipeline's entities joined with rules and names.

What the pipeline calls a place is taken, trimmed and split; what it calls an organisation
or a person is taken when form and gazetteer say place; borders, facilities, datelines and
words of origin have rules of their own. Where two finds overlap, the surer rule wins.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from gazetteer.entities import Entities
from gazetteer.finds import Find, Passage, without_overlaps
from gazetteer.forms import Forms
from gazetteer.leftovers import Leftovers
from gazetteer.lookup import Names, is_area
from gazetteer.origins import Origins
from gazetteer.phrases import directions_before
from gazetteer.reading import reading_of
from gazetteer.toponyms import Mention, MentionKind
from gazetteer.usage import kind_of_use

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from gazetteer.store import PlaceStore


class RecognitionPart(StrEnum):
    """What speaks for a place name; each can be measured alone."""

    PIPELINE = "pipeline"
    """The language pipeline's entities."""
    RULES = "rules"
    """Borders, datelines, facilities, lists of villages, words of origin."""
    GAZETTEER = "gazetteer"
    """Known names that nothing else speaks for."""


EVERY_PART = frozenset(RecognitionPart)


def find_mentions(
    doc: Doc, store: PlaceStore, *, parts: Collection[RecognitionPart] = EVERY_PART
) -> tuple[Mention, ...]:
    """Return the place mentions of `doc` in its order; they do not overlap.

    A mention leaves out a leading "the", a possessive ending, quotes and brackets.
    "Paris, Texas" is two mentions; "southern Lebanon" and "Iran's border with Pakistan"
    are one each. `parts` leaves out some of what speaks for a name, for measuring.
    """
    reading = reading_of(doc.text, doc.vocab)
    finder = _Finder(reading.plain_doc(doc), Names(store))
    finds = finder.finds(parts)
    return tuple(reading.mention_of_source(finder.mention(find)) for find in finds)


class _Finder:
    """Joins what the rules find in one text."""

    def __init__(self, doc: Doc, names: Names) -> None:
        self.passage = Passage(doc, names)
        self.doc = doc
        self.text: str = doc.text
        self.names = names

    def finds(self, parts: Collection[RecognitionPart]) -> list[Find]:
        """Return what some of the parts find, without overlaps."""
        found: list[Find] = []
        if RecognitionPart.RULES in parts:
            found += [*Forms(self.passage).finds(), *Origins(self.passage).finds()]
        if RecognitionPart.PIPELINE in parts:
            found += Entities(self.passage).finds()
        if RecognitionPart.GAZETTEER in parts:
            of_any_label = RecognitionPart.PIPELINE not in parts
            found += Leftovers(self.passage, of_any_label=of_any_label).finds(found)
        return self._with_directions(without_overlaps(found))

    def mention(self, find: Find) -> Mention:
        surface = self.text[find.start : find.end]
        kind = find.kind
        if kind is None:
            span = self.doc.char_span(find.start, find.end, alignment_mode="expand")
            kind = MentionKind.LITERAL
            if span is not None:
                kind = kind_of_use(span, self.names.standing(surface))
        return Mention(
            start=find.start, end=find.end, surface=surface, kind=kind, place_id=find.place_id
        )

    def _with_directions(self, finds: list[Find]) -> list[Find]:
        """Widen "Lebanon" to "southern Lebanon" where the place is wide enough for parts."""
        widened = []
        last_end = 0
        for find in finds:
            start = None
            if find.kind is None and find.place_id is None:
                start = directions_before(self.text, find.start)
            if start is not None and start >= last_end and self._has_parts(find):
                find = replace(find, start=start, kind=MentionKind.LITERAL)  # noqa: PLW2901
            widened.append(find)
            last_end = find.end
        return widened

    def _has_parts(self, find: Find) -> bool:
        matches = self.names.matches(self.text[find.start : find.end])
        return any(is_area(match.place) for match in matches[:3])
