"""Which place each mention means: candidates, evidence, scores, and reasons.

Every name of the text is weighed as one, over all its mentions (one sense a text), unless
"X, Y" sets a mention apart. A first pass weighs what needs no context; a second lets the
sure ones speak for the rest: their countries, their divisions, their nearness; a third does
so again with what the second has made sure.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.abbreviations import abbreviations
from gazetteer.answers import Answers
from gazetteer.bearers import is_country_code, options_of, variants
from gazetteer.demonyms import place_id_of_demonym
from gazetteer.features import (
    FIRST_SIGNALS,
    SIGNALS,
    Anchor,
    Setting,
    Signal,
    is_inside,
    kind_of_place,
)
from gazetteer.groups import Group, anchors_of, ranker_weights, weigh
from gazetteer.lookup import Names
from gazetteer.other_languages import well_known
from gazetteer.phrases import part_phrase
from gazetteer.places import FeatureClass, GeoPrecision, Place
from gazetteer.reading import reading_of
from gazetteer.rules import table
from gazetteer.sentences import sentence_starts, unit_numbers
from gazetteer.toponyms import Mention, MentionKind, Resolution
from gazetteer.votes import Tally, Votes

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from gazetteer.store import NameMatch, PlaceStore


CONTEXT_PASSES = 2
"""How often the names are weighed in the light of each other; a third time changes little."""

_NAMES_AROUND = 25
"""Names before, after and most often in the text that a name is near to or not; in a long text
the others say nothing of it, and would cost the square of their number."""

_COUNTRY_KINDS = frozenset({"country"})

_COMMA = re.compile(r"\s*[,(]\s*(?:the\s+|in\s+)?$")
_IN = re.compile(r"\s+in\s+(?:the\s+)?$")

_FAR_MORE = 20
_CITY = 300_000
_LIST_GOES_ON = re.compile(r",?\s+(?:and|or)\s+(?:the\s+)?[A-Z]|,\s+[A-Z]")
_LIST_GAP = re.compile(r"\s*[,;]\s*(?:(?:and|or)\s+)?|\s+(?:and|or)\s+")
_LANDS_WITH_THE = frozenset({"Congo", "Gambia"})
"""Countries that are said with "the", as their rivers are."""
_THE_BEFORE = re.compile(r"\b[Tt]he\s\Z")
_NO_NOUN_AFTER = re.compile(
    r"\s*(?:[.,;:!?)]|\Z|\s(?:and|or|at|near|by|from|to|into|in|on|is|was|has|had|after|before|where"
    r"|which|that|during|for|while|as|when)\b)"
)

_TYPE_AFTER = re.compile(r"\s+([A-Za-z]+)")

_TYPE_BEFORE = re.compile(r"([A-Za-z]+)\s+(?:of\s+)?(?:the\s+)?$")


def resolve(
    text: str,
    mentions: Sequence[Mention],
    store: PlaceStore,
    *,
    doc: Doc | None = None,
    settled: Mapping[int, Place] | None = None,
    context: Sequence[str] = (),
) -> tuple[Resolution, ...]:
    """Return what each mention means, in the order of `mentions`.

    With `doc`, the parse of `text`, its sentences are used; else they are guessed.
    `settled` gives the place of mentions, by number, that somebody has settled already:
    they speak for the others. `context` names countries, by their codes, that the text is
    known to be about.
    """
    reading = reading_of(text, doc.vocab if doc is not None else None)
    plain = [reading.mention_from_source(mention) for mention in mentions]
    starts = [reading.from_source(start, start)[0] for start in sentence_starts(text, doc)]
    resolver = Resolver(reading.text, plain, store, starts, settled or {}, context=context)
    return tuple(
        replace(resolution, mention=mention)
        for resolution, mention in zip(resolver.resolutions(), mentions, strict=True)
    )


class Resolver:
    """Resolves the mentions of one text; its steps are open to training.

    `form_groups` gathers the mentions of each name, `weigh` gives a group's options their
    probabilities, `read_context` lets these speak for the other groups.
    """

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        store: PlaceStore,
        starts_of_sentences: Sequence[int],
        settled: Mapping[int, Place],
        *,
        context: Sequence[str] = (),
    ) -> None:
        self.context = tuple(sorted(context))
        self.settled = settled
        self.text = text
        self.mentions = mentions
        self.names = Names(store)
        self.store = store
        self.sentence_of = unit_numbers(mentions, starts_of_sentences)
        self.listed: set[int] = set()
        """Mentions X of an "X, Y" that may be a list: "Georgia, Oklahoma and Ohio"."""
        self.groups: list[Group] = []
        self.group_of: list[int] = []

    def resolutions(self) -> tuple[Resolution, ...]:
        """Return what each mention means, in their order."""
        self.form_groups()
        self.weigh_all(FIRST_SIGNALS, ranker_weights("first"))
        for _ in range(CONTEXT_PASSES):
            self.read_context()
            self.weigh_all(SIGNALS, ranker_weights("second"))
        answers = Answers(self)
        return tuple(answers.of(number) for number in range(len(self.mentions)))

    def weigh_all(self, signals: Sequence[Signal], weights: Mapping[str, float]) -> None:
        """Give the options of every name their probabilities."""
        for group in self.groups:
            if group.options:
                weigh(group, signals, weights)

    # Groups

    def form_groups(self) -> None:
        """Gather the mentions of each name, with what is known of it before any weighing."""
        containers = self._containers()
        by_key: dict[tuple[str, str, bool], int] = {}
        for number, mention in enumerate(self.mentions):
            container = containers.get(number)
            outer = _name_of(self.mentions[container]) if container is not None else ""
            rivers = self._rivers(mention)
            name = f"{mention.kind is MentionKind.DEMONYM}:{_name_of(mention).casefold()}"
            key = (name, outer, bool(rivers))
            if mention.place_id:
                key = (mention.place_id, "", False)
            if key not in by_key:
                by_key[key] = len(self.groups)
                self.groups.append(
                    self._group(
                        number,
                        rivers,
                        is_contained=container is not None,
                        after_comma=number - 1 in containers,
                    )
                )
            group = self.groups[by_key[key]]
            group.members.append(number)
            self.group_of.append(by_key[key])
            if number not in group.members[:1]:
                group.type_words = group.type_words or self._type_words(mention)
        for inner, outer_number in containers.items():
            inner_group = self.groups[self.group_of[inner]]
            inner_group.container = self.group_of[outer_number]
            self.groups[self.group_of[outer_number]].contents.append(self.group_of[inner])
        for group in self.groups:
            self._rule_out(group)
        self._share_containers()
        for group in self.groups:
            group.setting = Setting(
                containers=self._container_anchors(group),
                contents=tuple(
                    anchor
                    for inner in group.contents[:1]
                    for anchor in anchors_of(self.groups[inner])
                ),
                is_container=any(
                    not self.listed.issuperset(self.groups[n].members) for n in group.contents
                ),
                type_words=group.type_words,
                hinted=self.context,
                has_article=self._has_article(group),
                is_metonym=self._is_metonym(group),
            )

    def _has_article(self, group: Group) -> bool:
        """Say whether "the" stands before the name, more often than not."""
        count = sum(
            self.text[max(0, self.mentions[n].start - 4) : self.mentions[n].start].lower() == "the "
            for n in group.members
        )
        return count * 2 > len(group.members)

    def _is_metonym(self, group: Group) -> bool:
        kinds = {self.mentions[n].kind for n in group.members}
        return MentionKind.METONYM in kinds and MentionKind.LITERAL not in kinds

    def _rule_out(self, group: Group) -> None:
        """Of the bearers of X in "X, Y" rule out those that lie in no Y, if others do."""
        if group.container is None or self.listed.issuperset(group.members):
            return
        areas = [
            anchor.place
            for anchor in anchors_of(self.groups[group.container])
            if kind_of_place(anchor.place) in _WIDE_CONTAINERS
        ]
        outside = {
            number
            for number, option in enumerate(group.options)
            if not any(is_inside(option.place, area) for area in areas)
        }
        if len(outside) < len(group.options):
            group.ruled_out = frozenset(outside)

    def _share_containers(self) -> None:
        """Let "Paris" alone mean what "Paris, Texas" means elsewhere, if that is one Paris."""
        known: defaultdict[str, set[int]] = defaultdict(set)
        for group in self.groups:
            if group.container is not None:
                known[group.name.casefold()].add(group.container)
        for group in self.groups:
            containers = known[group.name.casefold()]
            if group.container is None and group.fixed is None and len(containers) == 1:
                (group.container,) = containers

    def _containers(self) -> dict[int, int]:
        """Return for each mention X of an "X, Y" the number of its Y."""
        found = {}
        pairs = self._listed_pairs()
        for number in range(len(self.mentions) - 1):
            inner, outer = self.mentions[number], self.mentions[number + 1]
            between = self.text[inner.end : outer.start]
            has_comma = bool(_COMMA.match(between))
            is_told = MentionKind.DEMONYM in {inner.kind, outer.kind} or inner.place_id
            if is_told or outer.place_id or not (has_comma or _IN.match(between)):
                continue
            is_listed = number not in pairs and bool(_LIST_GOES_ON.match(self.text, outer.end))
            if self._can_contain(
                _name_of(inner), _name_of(outer), is_listed=is_listed, must_be_wide=not has_comma
            ):
                found[number] = number + 1
                if is_listed:
                    self.listed.add(number)
        return found

    def _listed_pairs(self) -> frozenset[int]:
        """Return each X of a list of pairs: "Cairo, Illinois, Tripoli, Lebanon and Moscow, Idaho".

        Every second name of such a list holds the one before it, and is of another kind.
        """
        found: set[int] = set()
        run: list[int] = []
        for number, mention in enumerate(self.mentions):
            run.append(number)
            following = self.mentions[number + 1 : number + 2]
            gap = self.text[mention.end : following[0].start] if following else ""
            if not _LIST_GAP.fullmatch(gap):
                inners, outers = run[::2], run[1::2]
                if len(inners) == len(outers) > 1 and all(map(self._is_pair, inners, outers)):
                    found.update(inners)
                run = []
        return frozenset(found)

    def _is_pair(self, inner: int, outer: int) -> bool:
        names = [_name_of(self.mentions[number]) for number in (inner, outer)]
        gap = self.text[self.mentions[inner].end : self.mentions[outer].start]
        kinds = [
            kind_of_place(matches[0].place)
            for after_comma, name in enumerate(names)
            if (matches := self._matches(name, after_comma=bool(after_comma)))
        ]
        return (
            len(set(kinds)) == len(names)
            and kinds[1] in _WIDE_CONTAINERS
            and bool(_COMMA.fullmatch(gap))
            and self._can_contain(*names, is_listed=False, must_be_wide=True)
        )

    def _can_contain(self, inner: str, outer: str, *, is_listed: bool, must_be_wide: bool) -> bool:
        """Say whether some bearer of `outer` is an area that holds some bearer of `inner`."""
        kinds = _WIDE_CONTAINERS if must_be_wide else _CONTAINERS
        outers = [m.place for m in self._bearers(outer, after_comma=True)[:8]]
        areas = [place for place in outers if kind_of_place(place) in kinds]
        if not areas:
            return False
        matches = self._matches(inner, after_comma=False)
        inners = [match.place for match in matches]
        if any(m.is_primary and kind_of_place(m.place) in _COUNTRY_KINDS for m in matches[:1]):
            # "Cuba, New Mexico", but not "from Mexico, New York and Ohio"
            wide = {"region"} if is_listed else {"region", "admin1"}
            areas = [place for place in areas if kind_of_place(place) in wide]
        inside = [p for p in inners if any(is_inside(p, area) for area in areas)]
        if is_listed and _most_people(inside) * _FAR_MORE < _most_people(inners):
            # "Moscow, Idaho, and Boise", but not "Boston, New York and Chicago"
            return _most_people([p for p in outers if kind_of_place(p) == "town"]) < _CITY
        return bool(inside or not inners)

    def _group(
        self,
        number: int,
        rivers: tuple[NameMatch, ...],
        *,
        is_contained: bool,
        after_comma: bool,
    ) -> Group:
        mention = self.mentions[number]
        group = Group(name=_name_of(mention), members=[], options=[])
        settled = self.settled.get(number)
        fixed = (settled, "analyst") if settled else self._fixed(mention)
        if fixed is not None:
            group.fixed, group.method = fixed
            if settled is None and mention.name is None:
                return group
        matches = rivers or self._bearers(group.name, after_comma=after_comma)
        if mention.name and not is_contained and not after_comma:
            # Without a reason in the text a foreign name is never of a little-known place.
            known = _as_own(well_known(matches, self.names))
            group.is_well_known = bool(known)
            matches = known or matches
        group.options = options_of(matches, self.names)
        group.type_words = self._type_words(mention)
        return group

    def _rivers(self, mention: Mention) -> tuple[NameMatch, ...]:
        """Return the rivers that a name with "the" and without a noun may mean: "the Delaware"."""
        if not _THE_BEFORE.search(self.text, max(0, mention.start - 5), mention.start):
            return ()
        is_land = mention.surface in _LANDS_WITH_THE
        if is_land or not _NO_NOUN_AFTER.match(self.text, mention.end):
            return ()
        rivers = self.names.matches(f"{mention.surface} River")
        return tuple(m for m in rivers if m.place.feature_class is FeatureClass.WATER)

    def _fixed(self, mention: Mention) -> tuple[Place, str] | None:
        """Return the place where the mention's form leaves no choice."""
        if mention.place_id:
            place = self.store.by_id(mention.place_id)
            return (place, "rule") if place else None
        if mention.kind in {MentionKind.DEMONYM, MentionKind.PART}:
            return self._origin(mention.surface)
        return None

    def _origin(self, surface: str) -> tuple[Place, str] | None:
        place_id = place_id_of_demonym(surface)
        place = self.store.by_id(place_id) if place_id else None
        return (place, "rule") if place else None

    def _bearers(self, name: str, *, after_comma: bool) -> tuple[NameMatch, ...]:
        """Return the bearers of a name, or of the whole in "southern Lebanon"."""
        matches = self._matches(name, after_comma=after_comma)
        part = None if matches else part_phrase(name)
        return self._matches(part.name, after_comma=after_comma) if part else matches

    def _matches(self, surface: str, *, after_comma: bool) -> tuple[NameMatch, ...]:
        """Return the bearers of a surface, or of the name that it is a spelling of."""
        abbreviation = abbreviations().get(surface)
        is_unknown = len(surface) > 2 and not self.names.matches(surface)
        if abbreviation and (after_comma or "." in surface or is_unknown):
            name, code = abbreviation
            places = [m for m in self.names.matches(name) if m.place.country_code == code]
            divisions = [m for m in places if m.place.feature_code == "ADM1"]
            if divisions or places:
                return tuple(divisions or places[:1])
        for name in variants(surface):
            matches = tuple(m for m in self.names.matches(name) if not is_country_code(name, m))
            if matches:
                return matches
        return ()

    def _type_words(self, mention: Mention) -> tuple[str, ...]:
        """Return the words beside a mention that say what kind of place it is."""
        found = []
        known = _type_word_set()
        after = _TYPE_AFTER.match(self.text, mention.end)
        if after and after[1].lower() in known:
            found.append(after[1].lower())
        before = _TYPE_BEFORE.search(self.text, max(0, mention.start - 24), mention.start)
        if (
            before
            and before[1].lower() in known
            and "of" in self.text[before.end(1) : mention.start]
        ):
            found.append(before[1].lower())
        last = mention.surface.rsplit(None, 1)[-1].lower()
        if last in known and last != mention.surface.lower():
            found.append(last)
        return tuple(found)

    # Context

    def read_context(self) -> None:
        """Give each name the setting that the probabilities of the others make."""
        votes = [Votes.of(group) for group in self.groups]
        in_sentences: dict[int, set[int]] = defaultdict(set)
        for number, group_number in enumerate(self.group_of):
            in_sentences[self.sentence_of[number]].add(group_number)
        everywhere = Tally(votes, [math.log2(1 + len(g.members)) for g in self.groups])
        anchors = [self._anchor(group) for group in self.groups]
        named = defaultdict(set)
        for number, group in enumerate(self.groups):
            named[group.name.casefold()].add(number)
        often = sorted(range(len(self.groups)), key=lambda n: -len(self.groups[n].members))
        for number, group in enumerate(self.groups):
            if group.fixed is not None or not group.options:
                continue
            same_name = named[group.name.casefold()]
            first, last = max(0, number - _NAMES_AROUND), number + _NAMES_AROUND + 1
            around = range(first, min(last, len(self.groups)))
            heard = sorted({*often[:_NAMES_AROUND], *around} - same_name)
            companions = {
                other
                for member in group.members
                for other in in_sentences[self.sentence_of[member]]
            } - same_name
            sentence = Tally([votes[n] for n in sorted(companions)], None)
            countries, divisions = everywhere.without(sorted(same_name))
            group.setting = Setting(
                countries_in_sentence=sentence.country_shares(),
                divisions_in_sentence=sentence.division_shares(),
                countries_in_document=countries,
                divisions_in_document=divisions,
                containers=self._container_anchors(group),
                contents=tuple(
                    a for n in sorted(set(group.contents)) if (a := anchors[n]) and n != number
                ),
                is_container=group.setting.is_container,
                neighbours=tuple(
                    a for n in heard if (a := anchors[n]) is not None and _is_precise(a.place)
                ),
                type_words=group.type_words,
                companions=tuple(a for n in sorted(companions) if (a := anchors[n]) is not None),
                hinted=self.context,
                has_article=group.setting.has_article,
                is_metonym=group.setting.is_metonym,
            )

    def _anchor(self, group: Group) -> Anchor | None:
        best = group.best
        return Anchor(name=group.name, place=best[0], trust=best[1]) if best else None

    def _container_anchors(self, group: Group) -> tuple[Anchor, ...]:
        if group.container is None:
            return ()
        return anchors_of(self.groups[group.container])


_WIDE_CONTAINERS = frozenset({"country", "region", "admin1", "admin2"})
_CONTAINERS = frozenset(
    {"country", "region", "admin1", "admin2", "relief", "town", "capital", "seat"}
)


@cache
def _type_word_set() -> frozenset[str]:
    return frozenset(word for word, _ in table("type_words", 2))


def _most_people(places: Sequence[Place]) -> int:
    return max((place.population or 0 for place in places), default=0)


def _as_own(matches: Sequence[NameMatch]) -> tuple[NameMatch, ...]:
    """Return bearers none of whom has the name as its own in English as if all had."""
    if any(match.is_primary for match in matches):
        return tuple(matches)
    return tuple(replace(match, is_primary=True) for match in matches)


def _name_of(mention: Mention) -> str:
    return mention.name or mention.surface


def _is_precise(place: Place) -> bool:
    return place.precision not in {GeoPrecision.COUNTRY, GeoPrecision.WATER} and (
        kind_of_place(place) != "region"
    )
