"""Words of origin in a text: "Iranian", "the Dutch", and those that are something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gazetteer.demonyms import place_id_of_demonym
from gazetteer.finds import Find, Passage, Rank
from gazetteer.lookup import Renown
from gazetteer.relations import is_off_coast
from gazetteer.toponyms import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Span


class Origins:
    """Finds words of origin in one text."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.doc = passage.doc
        self.text = passage.text
        self.names = passage.names

    def finds(self) -> Iterator[Find]:
        """Yield what is found; a country that only looks like one is found as such."""
        doc = self.doc
        skip_to = -1
        for token in doc:
            if token.i <= skip_to or not token.text[:1].isupper():
                continue
            if token.ent_type_ in {"LANGUAGE", "PERSON"}:
                continue
            span = self._demonym_at(token.i)
            if span is None:
                continue
            country = self._country_at(token.i) if token.ent_type_ in {"", "NORP"} else None
            if country is not None:  # "Saudi Arabia", where odd quotes hide it from the pipeline
                skip_to = country.end - 1
                yield Find(start=country.start_char, end=country.end_char, rank=Rank.KNOWN_NAME)
                continue
            skip_to = span.end - 1
            if not self._is_language(span):
                yield self._find(span)

    def _find(self, span: Span) -> Find:
        rank = Rank.DEMONYM if len(span) == 1 else Rank.KNOWN_NAME
        start, end = span.start_char, span.end_char
        if is_off_coast(self.text, start, end):
            return Find(
                start=start,
                end=end,
                rank=Rank.KNOWN_NAME,
                kind=MentionKind.LITERAL,
                place_id=place_id_of_demonym(span.text),
            )
        kind = MentionKind.PART if _is_inside_a_name(span) else MentionKind.DEMONYM
        return Find(start=start, end=end, rank=rank, kind=kind)

    def _country_at(self, at: int) -> Span | None:
        """Return the country's name of several words that starts at token `at`."""
        runs = (span for span in self.passage.runs_at(at) if len(span) > 1)
        return next((s for s in runs if self.names.renown(s.text) is Renown.COUNTRY), None)

    def _demonym_at(self, at: int) -> Span | None:
        """Return the word or the two words of origin that start at token `at`."""
        first = self.doc[at]
        if at + 1 < len(self.doc) and self.doc[at + 1].is_alpha and first.lower_ != "the":
            pair = self.doc[at : at + 2]
            if pair[1].text[0].isupper() and place_id_of_demonym(pair.text):
                return pair
        return self.doc[at : at + 1] if first.is_alpha and place_id_of_demonym(first.text) else None

    def _is_language(self, span: Span) -> bool:
        """Say whether "English" and the like stand for the language: "speaks English"."""
        token = span.root
        head = token.head
        if token.dep_ == "pobj" and head.lower_ == "in" and token.tag_ in {"NNP", "NN", "JJ"}:
            return True
        return head.lemma_.lower() in {"speak", "learn", "translate", "language", "study"}


def _is_inside_a_name(span: Span) -> bool:
    """Say whether `span` is only a part of an organisation's or an event's name."""
    token = span[0]
    return token.ent_type_ in {"ORG", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "FAC"} and (
        token.ent_iob_ == "I" or (span.end < len(span.doc) and span.doc[span.end].ent_iob_ == "I")
    )
