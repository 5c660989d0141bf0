"""Place names that their form gives away.

Borders, datelines, known sites, waters, facilities, streets, lists of villages, and longer names
after words such as "in".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.abbreviations import abbreviations
from gazetteer.datelines import find_datelines
from gazetteer.demonyms import place_id_of_demonym
from gazetteer.finds import Find, Passage, Rank
from gazetteer.geodesy import distance_km
from gazetteer.lookup import Renown
from gazetteer.phrases import find_border_phrases, find_streets
from gazetteer.places import FeatureClass
from gazetteer.rules import words
from gazetteer.toponyms import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from gazetteer.places import Place
    from gazetteer.store import NameMatch

_LOCATIVES = frozenset({"in", "at", "near", "outside", "off", "around"})
_LISTED = r"(?:[a-z]{1,3}-)?[A-Z][\w'\u2019-]*(?: (?:[a-z]{1,3}-)?[A-Z][\w'\u2019-]*){0,3}"
_LIST = re.compile(
    r"\b(?:villages|towns|cities|hamlets|settlements|suburbs|provinces|districts) "
    rf"(?:of|such as|including|like) (?:{_LISTED}, )*{_LISTED}(?:,? and {_LISTED})?"
)
_ONE_OF = re.compile(
    r"\b(?:town|city|village|hamlet|township|settlement|suburb|port city|borough) of "
    rf"(?P<name>{_LISTED})"
)
_LISTED_NAME = re.compile(rf"(?<= ){_LISTED}(?=,|\Z| and )")
_CAPITALS = r"(?:[A-Za-z]{2}-)?[A-Z][\w'\u2019-]*"
_BEFORE_SMALL_WORDS = re.compile(
    rf"(?<![\w'\u2019-])(?P<head>(?!The ){_CAPITALS}(?: {_CAPITALS}){{0,2}})"
    r"(?=(?P<tail>(?: [a-z]+){1,3}))"
)
_WATER_OF = re.compile(rf"\b[A-Z][a-z]+ of (?:the )?{_CAPITALS}(?: {_CAPITALS})?")
_IN_TOWN_KM = 3.0
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NOUN_POS = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "PART"})
_FUNCTION_POS = frozenset({"DET", "ADP", "PRON", "CCONJ", "SCONJ", "AUX", "ADV", "VERB"})


class Forms:
    """Finds names by their form in one text."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.doc = passage.doc
        self.text = passage.text
        self.names = passage.names
        self.edges = passage.edges

    def finds(self) -> Iterator[Find]:
        """Yield what is found; finds may overlap."""
        yield from self._borders()
        yield from self._datelines()
        yield from self._sites()
        yield from self._waters()
        yield from self._facilities()
        yield from self._streets()
        yield from self._lists()
        yield from self._after_cues()
        yield from self._seats()

    def _borders(self) -> Iterator[Find]:
        for phrase in find_border_phrases(self.text, self.names.country_code):
            place = (
                self.names.store.border(*phrase.countries) if len(phrase.countries) == 2 else None
            )
            if place is None and len(phrase.countries) == 2:
                continue  # no common border: two countries, and a figure of speech
            yield Find(
                start=phrase.start,
                end=phrase.end,
                rank=Rank.BORDER,
                kind=MentionKind.LITERAL,
                place_id=place.place_id if place else None,
            )

    def _datelines(self) -> Iterator[Find]:
        for dateline in find_datelines(self.text):
            places = [self._known_part(*place) for place in dateline.places]
            if places[0] is None and places[-1] is None:
                continue
            if dateline.is_plain and not self._may_be_written_at(*dateline.places[0]):
                continue
            for place in places:
                if place is not None:
                    yield Find(
                        start=place[0],
                        end=place[1],
                        rank=Rank.DATELINE,
                        kind=MentionKind.DATELINE,
                    )

    def _may_be_written_at(self, start: int, end: int) -> bool:
        """Say whether it is a well-known town; "Iran - " begins many a sentence."""
        return self.names.renown(self.text[start:end]) is Renown.KNOWN

    def _known_part(self, start: int, end: int) -> tuple[int, int] | None:
        """Return a name of a dateline if known, without a stop after it that is not its own."""
        name = self.text[start:end]
        if name.endswith(".") and name not in abbreviations() and "." not in name[:-1]:
            end -= 1
        return (start, end) if self._is_known(start, end) else None

    def _is_known(self, start: int, end: int) -> bool:
        name = self.text[start:end]
        return name in abbreviations() or bool(self.names.matches(name))

    def _sites(self) -> Iterator[Find]:
        """Yield known sites that end in words in small letters: "the Rafah crossing"."""
        for found in _BEFORE_SMALL_WORDS.finditer(self.text):
            tail = found["tail"].split()
            for length in range(len(tail), 0, -1):
                if tail[length - 1] not in _last_words_of_sites():
                    continue
                end = found.end("head") + len(" ".join(tail[:length])) + 1
                site = self._site(*found.span("head"), end)
                if site is not None:
                    yield site
                    break

    def _site(self, start: int, end_of_head: int, end: int) -> Find | None:
        """Return the longest known site that ends at `end`, without its kind if it lies in a town.

        What happens at "the Jenin camp" happens in Jenin.
        """
        head = self.text[start:end_of_head]
        for at in (start, *(start + space.end() for space in re.finditer(" ", head))):
            sites = [m for m in self.names.matches(self.text[at:end]) if _is_site_of_news(m.place)]
            if sites:
                towns = self.names.matches(self.text[at:end_of_head])
                is_in_town = all(_is_in_any(site, towns) for site in sites)
                name_end = end_of_head if is_in_town else end
                return Find(start=at, end=name_end, rank=Rank.FACILITY)
        return None

    def _waters(self) -> Iterator[Find]:
        """Yield "the Strait of Tiran", of which the pipeline may see "Tiran" alone, and rivers."""
        for found in _WATER_OF.finditer(self.text):
            start = found.start()
            for name in (found[0], found[0].rpartition(" ")[0]):
                if any(_is_of_nature(match) for match in self.names.matches(name)):
                    yield Find(start=start, end=start + len(name), rank=Rank.KNOWN_NAME)
                    break
        for token in self.doc:
            if self._is_river(token):
                yield self.passage.find(
                    self.doc[token.i : token.i + 1], Rank.KNOWN_NAME, MentionKind.LITERAL
                )

    def _is_river(self, token: Token) -> bool:
        """Say whether a name with "the" and no noun after it is a river's: "the Karnali burst"."""
        if token.pos_ != "PROPN" or token.i == 0 or self.doc[token.i - 1].lower_ != "the":
            return False
        after = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        if after is not None and after.pos_ in _NOUN_POS:
            return False
        name = token.text
        if not name[:1].isupper() or name.lower() in words("common_words"):
            return False
        if self.names.renown(name) is Renown.COUNTRY:
            return False  # "the Congo" is mostly the country
        rivers = self.names.matches(f"{name} River")
        return any(match.place.feature_class is FeatureClass.WATER for match in rivers)

    def _facilities(self) -> Iterator[Find]:
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
            yield self.passage.find(span, Rank.FACILITY)

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

    def _streets(self) -> Iterator[Find]:
        for start, end in find_streets(self.text):
            yield Find(start=start, end=end, rank=Rank.FACILITY)

    def _lists(self) -> Iterator[Find]:
        """Yield A, B and C of "the villages of A, B and C", and A of "the town of A"."""
        for listed in _LIST.finditer(self.text):
            for name in _LISTED_NAME.finditer(listed[0]):
                start, end = self.edges.trim(
                    listed.start() + name.start(), listed.start() + name.end()
                )
                if not place_id_of_demonym(self.text[start:end]):
                    yield Find(start=start, end=end, rank=Rank.KNOWN_NAME)
        for one in _ONE_OF.finditer(self.text):
            start, end = self.edges.trim(*one.span("name"))
            yield Find(start=start, end=end, rank=Rank.SCAN)

    def _after_cues(self) -> Iterator[Find]:
        """Yield known names of several words after "in", "near" and the like, or "Santiago, "."""
        for token in self.doc:
            if not token.text[:1].isupper() or not self._has_cue(token):
                continue
            for span in self.passage.runs_at(token.i):
                if len(span) == 1 or self._goes_on(span) or any(word.text == "." for word in span):
                    continue
                if self.names.matches(span.text):
                    yield self.passage.find(span, Rank.KNOWN_NAME)
                    break

    def _seats(self) -> Iterator[Find]:
        """Yield the seats of governments that do something: "The White House said"."""
        for token in self.doc:
            is_agent = token.dep_ == "pobj" and token.head.lower_ == "by"
            if not token.text[:1].isupper() or not (token.dep_ in _SUBJECTS or is_agent):
                continue
            span = self.doc[token.left_edge.i : token.i + 1]
            if span[0].lower_ == "the":
                span = span[1:]
            if self.names.standing(span.text) == "seat":
                yield self.passage.find(span, Rank.KNOWN_NAME)

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


def _is_site_of_news(place: Place) -> bool:
    """Say whether a site is written down by hand; "Skopje airport" is Skopje's, not a name."""
    return place.feature_class is FeatureClass.SITE and place.place_id.startswith("cur:")


def _is_of_nature(match: NameMatch) -> bool:
    """Say whether it is a water, or an island or a cape that is written down by that very name."""
    is_written_down = match.is_primary and match.place.place_id.startswith("cur:")
    is_relief = match.place.feature_class is FeatureClass.RELIEF
    return match.place.feature_class is FeatureClass.WATER or (is_written_down and is_relief)


def _is_in_any(site: NameMatch, towns: Sequence[NameMatch]) -> bool:
    """Say whether a site is a part of a town of its name: what happens there is in the town."""
    return any(
        town.place.feature_class is FeatureClass.POPULATED
        and distance_km(site.place.coordinates, town.place.coordinates) <= _IN_TOWN_KM
        for town in towns
    )


@cache
def _last_words_of_sites() -> frozenset[str]:
    known = words("facility_words") | words("weak_facility_words")
    return frozenset(phrase.rpartition(" ")[2] for phrase in known)


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
