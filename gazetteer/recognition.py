"""Where a text names places: the language pipeline's entities joined with rules and names.

What the pipeline calls a place is taken, trimmed and split; what it calls an organisation
or a person is taken when form and gazetteer say place; borders, facilities, datelines and
words of origin have rules of their own. Where two finds overlap, the surer rule wins.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from gazetteer.datelines import find_datelines
from gazetteer.cues import Cues
from gazetteer.demonyms import place_id_of_demonym
from gazetteer.edges import Edges
from gazetteer.lookup import Names, Renown, is_area
from gazetteer.persons import Persons
from gazetteer.phrases import directions_before, find_border_phrases
from gazetteer.reading import reading_of
from gazetteer.relations import is_off_coast
from gazetteer.rules import table, words
from gazetteer.toponyms import Mention, MentionKind
from gazetteer.usage import kind_of_use

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from gazetteer.store import PlaceStore

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NAME_LABELS = frozenset({"ORG", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "FAC", "PERSON"})
_LONGEST_NAME_TOKENS = 6
_LOCATIVES = frozenset({"in", "at", "near", "outside", "off", "around"})
_WORD_AFTER = re.compile(r"\s+(\w+)")
_LONGEST_ACRONYM = 5
_LEAST_IN_FRAME = 15_000
"""Inhabitants of a town that words like "in" before it are enough to name."""
_LISTED = r"(?:[a-z]{1,3}-)?[A-Z][\w'\u2019-]*(?: (?:[a-z]{1,3}-)?[A-Z][\w'\u2019-]*){0,3}"
_LIST = re.compile(
    r"\b(?:villages|towns|cities|hamlets|settlements|suburbs|provinces|districts) "
    rf"(?:of|such as|including|like) (?:{_LISTED}, )*{_LISTED}(?:,? and {_LISTED})?"
)
_LISTED_NAME = re.compile(rf"(?<= ){_LISTED}(?=,|\Z| and )")


class _Rank(IntEnum):
    """Which find wins where two overlap: the lower."""

    BORDER = 0
    DATELINE = 1
    FACILITY = 2
    KNOWN_NAME = 3
    ENTITY = 4
    DEMONYM = 5
    SCAN = 6
    PART = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class _Find:
    start: int
    end: int
    rank: _Rank
    kind: MentionKind | None = None
    place_id: str | None = None


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
    finder = _Finder(reading.plain_doc(doc), Names(store), parts)
    finds = _without_overlaps(finder.finds())
    finds = finder.with_directions(finds)
    return tuple(reading.mention_of_source(finder.mention(find)) for find in finds)


def _without_overlaps(finds: list[_Find]) -> list[_Find]:
    chosen: list[_Find] = []
    taken: set[int] = set()
    for find in sorted(finds, key=lambda f: (f.rank, f.start - f.end, f.start)):
        span = range(find.start, find.end)
        if taken.isdisjoint(span):
            chosen.append(find)
            taken.update(span)
    return sorted(chosen, key=lambda f: f.start)


class _Finder:
    """Runs the rules over one document."""

    def __init__(self, doc: Doc, names: Names, parts: Collection[RecognitionPart]) -> None:
        self.parts = parts
        self.doc = doc
        self.text: str = doc.text
        self.names = names
        self.persons = Persons(doc, names)
        self.surnames = self.persons.surnames
        self.edges = Edges(doc.text, names)
        self.cues = Cues(doc, names, self.surnames)
        self.used_alone = self._names_used_alone()

    def finds(self) -> list[_Find]:
        found: list[_Find] = []
        if RecognitionPart.RULES in self.parts:
            rules = (
                self._borders, self._datelines, self._facilities, self._lists, self._after_cues,
                self._demonyms,
            )  # fmt: skip
            for rule in rules:
                found.extend(rule())
        if RecognitionPart.PIPELINE in self.parts:
            found += [*self._place_entities(), *self._other_entities()]
        if RecognitionPart.GAZETTEER in self.parts:
            found += list(self._unlabelled(found))
        return found

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

    def mention(self, find: _Find) -> Mention:
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

    def with_directions(self, finds: list[_Find]) -> list[_Find]:
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

    def _has_parts(self, find: _Find) -> bool:
        matches = self.names.matches(self.text[find.start : find.end])
        return any(is_area(match.place) for match in matches[:3])

    # Borders

    def _borders(self) -> Iterator[_Find]:
        for phrase in find_border_phrases(self.text, self.names.country_code):
            place = (
                self.names.store.border(*phrase.countries) if len(phrase.countries) == 2 else None
            )
            if place is None and len(phrase.countries) == 2:
                continue  # no common border: two countries, and a figure of speech
            yield _Find(
                start=phrase.start,
                end=phrase.end,
                rank=_Rank.BORDER,
                kind=MentionKind.LITERAL,
                place_id=place.place_id if place else None,
            )

    # Datelines

    def _datelines(self) -> Iterator[_Find]:
        for dateline in find_datelines(self.text):
            places = [self._known_part(*place) for place in dateline.places]
            if places[0] is None and places[-1] is None:
                continue
            if dateline.is_plain and not self._may_be_written_at(*dateline.places[0]):
                continue
            for place in places:
                if place is not None:
                    yield _Find(
                        start=place[0],
                        end=place[1],
                        rank=_Rank.DATELINE,
                        kind=MentionKind.DATELINE,
                    )

    def _may_be_written_at(self, start: int, end: int) -> bool:
        """Say whether it is a well-known town; "Iran - " begins many a sentence."""
        return self.names.renown(self.text[start:end]) is Renown.KNOWN

    def _known_part(self, start: int, end: int) -> tuple[int, int] | None:
        """Return a name of a dateline if known, without a stop after it that is not its own."""
        name = self.text[start:end]
        if name.endswith(".") and name not in _STATE_ABBREVIATIONS and "." not in name[:-1]:
            end -= 1
        return (start, end) if self._is_known(start, end) else None

    def _is_known(self, start: int, end: int) -> bool:
        name = self.text[start:end]
        return name in _STATE_ABBREVIATIONS or bool(self.names.matches(name))

    # Facilities

    def _facilities(self) -> Iterator[_Find]:
        strong, weak = words("facility_words"), words("weak_facility_words")
        seen_to = -1
        for token in self.doc:
            if token.i <= seen_to or not token.text[:1].isupper():
                continue
            length = _facility_words_at(self.doc, token.i, strong)
            if not length:
                continue
            word = self.doc[token.i : token.i + length].text.lower()
            first = self._start_of_name(token.i)
            if first == token.i:
                continue
            span = self.doc[first : token.i + length]
            if word in weak and span.root.ent_type_ not in {"FAC", "LOC", "GPE"}:
                continue
            seen_to = span.end - 1
            start, end = self.edges.trim(span.start_char, span.end_char)
            yield _Find(start=start, end=end, rank=_Rank.FACILITY)

    def _lists(self) -> Iterator[_Find]:
        """Yield A, B and C of "the villages of A, B and C"."""
        for listed in _LIST.finditer(self.text):
            for name in _LISTED_NAME.finditer(listed[0]):
                start, end = self.edges.trim(
                    listed.start() + name.start(), listed.start() + name.end()
                )
                if not place_id_of_demonym(self.text[start:end]):
                    yield _Find(start=start, end=end, rank=_Rank.KNOWN_NAME)

    def _after_cues(self) -> Iterator[_Find]:
        """Yield known names of several words after "in", "near" and the like, or "Santiago, "."""
        for token in self.doc:
            if not token.text[:1].isupper() or not self._has_cue(token):
                continue
            for length in range(min(_LONGEST_NAME_TOKENS, len(self.doc) - token.i), 1, -1):
                span = self.doc[token.i : token.i + length]
                if self._goes_on(span) or any(word.text == "." for word in span):
                    continue
                if _could_be_a_name(span) and self.names.matches(span.text):
                    start, end = self.edges.trim(span.start_char, span.end_char)
                    yield _Find(start=start, end=end, rank=_Rank.KNOWN_NAME)
                    break

    def _goes_on(self, span: Span) -> bool:
        """Say whether a longer name starts so: "New York *Times*", "Queen Anne*'s County*"."""
        after = [self.doc[at].text for at in range(span.end, min(span.end + 2, len(self.doc)))]
        if after and after[0] in {"'s", "\u2019s"}:
            after.pop(0)
        return bool(after) and after[0][:1].isupper()

    def _has_cue(self, token: Token) -> bool:
        before = [self.doc[at] for at in range(max(0, token.i - 2), token.i)]
        if before and before[-1].text == "," and len(before) == 2:
            return before[0].ent_type_ in {"GPE", "LOC"}
        if before and before[-1].lower_ == "the":
            before.pop()
        return bool(before) and before[-1].lower_ in _LOCATIVES

    def _start_of_name(self, at: int) -> int:
        """Return the index where the capitalised run that ends before token `at` starts."""
        first = at
        while first > 0:
            before = self.doc[first - 1]
            if before.is_sent_start and before.i + 1 == first and before.pos_ in _FUNCTION_POS:
                break
            if before.text[:1].isupper() and before.pos_ not in _FUNCTION_POS:
                first -= 1
            elif before.text in {"-", "'s", "\u2019s", "al", "of", "de", "ul"} and first - 1 > 0:
                if not self.doc[first - 2].text[:1].isupper():
                    break
                if before.text in {"'s", "\u2019s"} and (
                    self.names.renown(self.doc[first - 2].text) >= Renown.KNOWN
                ):
                    break  # "Tehran's Azadi Square": the owner is a mention of its own
                first -= 1
            else:
                break
        while first < at and self.doc[first].lower_ in {"the", "-", "of"}:
            first += 1
        return first

    # Entities

    def _place_entities(self) -> Iterator[_Find]:
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
                if not self._looks_like_a_name(piece_start, piece_end):
                    continue
                yield _Find(start=piece_start, end=piece_end, rank=_Rank.ENTITY)

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
        if name.isupper() and len(name) == 2 and name not in _TWO_LETTER_NAMES:
            return name in _STATE_ABBREVIATIONS and self.text[:start].rstrip().endswith(",")
        if (
            name.isupper()
            and len(name) <= _LONGEST_ACRONYM
            and self._is_strange_acronym(start, end)
        ):
            return False
        after = _WORD_AFTER.match(self.text, end)
        if after and after[1].lower() in words("ailment_words"):
            return False
        return not (name.lower() in words("common_words") and not self.cues.place_cue_before(start))

    def _is_strange_acronym(self, start: int, end: int) -> bool:
        """Say whether short capitals are an acronym that no well-known place goes by."""
        name = self.text[start:end]
        around = self.text[max(0, start - 12) : start] + self.text[end : end + 12]
        in_capitals = sum(c.isupper() for c in around) > sum(c.islower() for c in around)
        if name in _STATE_ABBREVIATIONS or in_capitals or "." in name:
            return False
        return self.names.renown(name) < Renown.KNOWN

    # Words of origin

    def _demonyms(self) -> Iterator[_Find]:
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
                yield _Find(start=country.start_char, end=country.end_char, rank=_Rank.KNOWN_NAME)
                continue
            skip_to = span.end - 1
            if not self._is_language(span):
                yield self._demonym_find(span)

    def _demonym_find(self, span: Span) -> _Find:
        rank = _Rank.DEMONYM if len(span) == 1 else _Rank.KNOWN_NAME
        start, end = span.start_char, span.end_char
        if is_off_coast(self.text, start, end):
            return _Find(
                start=start,
                end=end,
                rank=_Rank.KNOWN_NAME,
                kind=MentionKind.LITERAL,
                place_id=place_id_of_demonym(span.text),
            )
        kind = MentionKind.PART if _is_inside_a_name(span) else MentionKind.DEMONYM
        return _Find(start=start, end=end, rank=rank, kind=kind)

    def _country_at(self, at: int) -> Span | None:
        """Return the country's name of several words that starts at token `at`."""
        for length in range(min(_LONGEST_NAME_TOKENS, len(self.doc) - at), 1, -1):
            span = self.doc[at : at + length]
            if _could_be_a_name(span) and self.names.renown(span.text) is Renown.COUNTRY:
                return span
        return None

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

    # Organisations, persons and events

    def _other_entities(self) -> Iterator[_Find]:
        for entity in self.doc.ents:
            if entity.label_ not in _NAME_LABELS:
                continue
            start, end = self.edges.trim(entity.start_char, entity.end_char)
            if start >= end:
                continue
            if entity.label_ != "FAC" and self._is_mislabelled_place(entity, start, end):
                yield _Find(start=start, end=end, rank=_Rank.KNOWN_NAME)
            elif entity.label_ != "PERSON" and not self.persons.does_as_person(entity.root):
                yield from self._names_inside(entity)

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
        cue = (
            self.cues.in_place_frame(entity)
            or self.cues.resident_word_after(entity)
            or self.cues.stands_with_a_place(entity)
        )
        if entity.label_ == "PERSON":
            if (
                name in self.surnames
                or (" " in name and not cue)
                or self.persons.acts_on_himself(entity.root)
            ):
                return False
            return cue or renown is Renown.COUNTRY
        if renown >= Renown.KNOWN:
            return self.cues.has_famous_primary(name) or cue
        return cue

    def _names_inside(self, entity: Span) -> Iterator[_Find]:
        """Find "China" in "University of China", and "Tehran" in "Press TV in Tehran".

        A little-known name counts when the text uses it by itself elsewhere.
        """
        at = entity.start
        while at < entity.end:
            length = self._longest_known(at, entity.end, Renown.KNOWN)
            if length and length < len(entity):
                span = self.doc[at : at + length]
                literal = at > entity.start and self.doc[at - 1].lower_ in {"in", "at", "near"}
                start, end = self.edges.trim(span.start_char, span.end_char)
                yield _Find(
                    start=start,
                    end=end,
                    rank=_Rank.PART,
                    kind=None if literal else MentionKind.PART,
                )
            at += length or 1

    # What the pipeline did not label

    def _unlabelled(self, found: list[_Find]) -> Iterator[_Find]:
        taken = {at for find in found for at in range(find.start, find.end)}
        accepted = {
            self.text[find.start : find.end]
            for find in found
            if find.rank in {_Rank.ENTITY, _Rank.DATELINE, _Rank.KNOWN_NAME}
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
                span = self.doc[at : at + length]
                start, end = self.edges.trim(span.start_char, span.end_char)
                if start < end and not self.persons.is_person(start, end):
                    yield _Find(start=start, end=end, rank=_Rank.SCAN)
            at += length or 1

    def _may_start_a_name(self, token: Token) -> bool:
        is_left_over = token.ent_type_ in {"", "NORP", "CARDINAL", "DATE"}
        return token.text[:1].isupper() and (
            is_left_over or RecognitionPart.PIPELINE not in self.parts
        )

    def _accepted_length(self, at: int, accepted: set[str]) -> int:
        doc = self.doc
        for length in range(min(_LONGEST_NAME_TOKENS, len(doc) - at), 0, -1):
            span = doc[at : at + length]
            if not _could_be_a_name(span):
                continue
            name = span.text
            if name in accepted:
                return length
            if name in _STATE_ABBREVIATIONS and at > 0 and doc[at - 1].text == ",":
                return length
            if self._is_trusted(span):
                return length
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
        return len(name) < 3 and name not in _TWO_LETTER_NAMES

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

    def _longest_known(self, at: int, stop: int, least: Renown) -> int:
        for length in range(min(_LONGEST_NAME_TOKENS, stop - at), 0, -1):
            span = self.doc[at : at + length]
            if not span.text[:1].isupper() or not _could_be_a_name(span):
                continue
            name = span.text
            if name.lower() in words("common_words") or (len(name) < 4 and not name.isupper()):
                continue
            if self.names.renown(name) >= least and self.cues.has_famous_primary(name):
                return length
            if name in self.used_alone or (
                name.endswith(" County") and self.names.renown(name) is not Renown.UNKNOWN
            ):
                return length
        return 0


_FUNCTION_POS = frozenset({"DET", "ADP", "PRON", "CCONJ", "SCONJ", "AUX", "ADV", "VERB"})
_STATE_ABBREVIATIONS = frozenset(row[0] for row in table("state_abbreviations", 3))
_TWO_LETTER_NAMES = frozenset({"US", "UK", "EU"})


def _facility_words_at(doc: Doc, at: int, known: frozenset[str]) -> int:
    """Return how many tokens from `at` on are a facility word, capitalised; 0 for none."""
    for length in (4, 3, 2, 1):
        span = doc[at : at + length]
        if (
            len(span) == length
            and span.text.lower() in known
            and all(token.text[:1].isupper() for token in span)
        ):
            return length
    return 0


def _could_be_a_name(span: Span) -> bool:
    first, last = span[0], span[-1]
    if not first.text[:1].isalpha() or "\n" in span.text:
        return False
    return (last.text[:1].isupper() or last.text[:1].isdigit()) and not any(
        token.text in {",", ";", ":", "(", ")", "'s", "\u2019s", '"'} for token in span
    )


def _is_inside_a_name(span: Span) -> bool:
    """Say whether `span` is only a part of an organisation's or an event's name."""
    token = span[0]
    return token.ent_type_ in {"ORG", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "FAC"} and (
        token.ent_iob_ == "I" or (span.end < len(span.doc) and span.doc[span.end].ent_iob_ == "I")
    )
