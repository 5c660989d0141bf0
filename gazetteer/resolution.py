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
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from gazetteer.countries import country_by_name
from gazetteer.demonyms import place_id_of_demonym
from gazetteer.features import (
    FIRST_SIGNALS,
    KIND_SIGNALS,
    SIGNALS,
    Anchor,
    Option,
    Setting,
    Signal,
    is_inside,
    kind_of_place,
    part_bounds,
    region_point,
    usual_population,
)
from gazetteer.geodesy import distance_km
from gazetteer.lookup import Names, Renown, is_area
from gazetteer.names import name_key
from gazetteer.other_languages import nominative_forms
from gazetteer.phrases import find_border_phrases, part_phrase
from gazetteer.places import FeatureClass, GeoPrecision, Place
from gazetteer.relations import (
    joins,
    place_beside,
    place_between,
    relation_before,
    side_of_border,
)
from gazetteer.rules import table, words
from gazetteer.toponyms import Candidate, Mention, MentionKind, Reason, Resolution

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from gazetteer.store import NameMatch, PlaceStore

MOST_OPTIONS = 40
"""Bearers of a name that are weighed: the largest, and those that context may ask for."""

MOST_CANDIDATES = 5
"""Candidates that a resolution keeps."""

CONTEXT_PASSES = 2
"""How often the names are weighed in the light of each other; a third time changes little."""

LEAST_SCORE = 0.30
"""A candidate below this score is no answer: the mention stays unresolved."""

NONE_OF_THESE = "none_of_these"
"""The weight of the answer that the name means no place of the store."""

_LONGEST_CODE = 3
_NAMES_AROUND = 25
"""Names before, after and most often in the text that a name is near to or not; in a long text
the others say nothing of it, and would cost the square of their number."""

_SURE_FROM = 0.9
_SURELY_RIGHT = 0.96
"""Share of the ranker's surest answers that are right, on the tuning halves."""

_WORTH_TELLING = 0.15
_LEAST_TRUST = 0.05
_SAME_PLACE_KM = 50.0
"""A town, its district and its province are not rivals within this distance."""

_NAMESAKE_POPULATION = 20_000
_METROPOLIS_POPULATION = 1_000_000
"""From this size on a town is also known by a short name: New York, for New York City."""

_SITE_TRUST = 0.7
_TOWN_TRUST = 0.5
_TEXT_TRUST = 0.6
_SITE_RADIUS_KM = 15.0
_COUNTRY_KINDS = frozenset({"country"})
_COMMA = re.compile(r"\s*[,(]\s*(?:the\s+|in\s+)?$")
_SENTENCE_END = re.compile(r"[.!?][\"\u201d\u2019)]*\s+(?=[\"\u201cA-Z])|\n")
_PARAGRAPH_END = re.compile(r"\n\s*")
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
    return Resolver(text, mentions, store, doc, settled or {}, context=context).resolutions()


@dataclass(slots=True)
class Group:
    """The mentions of one name that share one sense, and the options for it."""

    name: str
    members: list[int]
    options: list[Option]
    fixed: Place | None = None
    """Set where a rule says which place it is: a border, a word of origin."""
    method: str = "store"
    container: int | None = None
    contents: list[int] = field(default_factory=list)
    type_words: tuple[str, ...] = ()
    trust: list[float] = field(default_factory=list)
    """The probability of each option."""
    points: list[float] = field(default_factory=list)
    setting: Setting = field(default_factory=Setting)

    @property
    def best(self) -> tuple[Place, float] | None:
        """Return the likeliest place and its probability."""
        if self.fixed is not None:
            return self.fixed, 1.0
        if not self.options:
            return None
        at = max(range(len(self.options)), key=self.trust.__getitem__)
        return self.options[at].place, self.trust[at]


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
        doc: Doc | None,
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
        self.sentence_of = _unit_numbers(mentions, _sentence_starts(text, doc))
        self.groups: list[Group] = []
        self.group_of: list[int] = []

    def resolutions(self) -> tuple[Resolution, ...]:
        """Return what each mention means, in their order."""
        self.form_groups()
        self.weigh_all(FIRST_SIGNALS, _weights("first"))
        for _ in range(CONTEXT_PASSES):
            self.read_context()
            self.weigh_all(SIGNALS, _weights("second"))
        return tuple(self._resolution(number) for number in range(len(self.mentions)))

    def weigh_all(self, signals: Sequence[Signal], weights: Mapping[str, float]) -> None:
        """Give the options of every name their probabilities."""
        for group in self.groups:
            if group.options:
                weigh(group, signals, weights)

    # Groups

    def form_groups(self) -> None:
        """Gather the mentions of each name, with what is known of it before any weighing."""
        containers = self._containers()
        by_key: dict[tuple[str, str], int] = {}
        for number, mention in enumerate(self.mentions):
            container = containers.get(number)
            outer = self.mentions[container].surface if container is not None else ""
            key = (f"{mention.kind is MentionKind.DEMONYM}:{mention.surface.casefold()}", outer)
            if mention.place_id:
                key = (mention.place_id, "")
            if key not in by_key:
                by_key[key] = len(self.groups)
                self.groups.append(self._group(number, after_comma=number - 1 in containers))
            group = self.groups[by_key[key]]
            group.members.append(number)
            self.group_of.append(by_key[key])
            if number not in group.members[:1]:
                group.type_words = group.type_words or self._type_words(mention)
        for inner, outer_number in containers.items():
            inner_group = self.groups[self.group_of[inner]]
            inner_group.container = self.group_of[outer_number]
            self.groups[self.group_of[outer_number]].contents.append(self.group_of[inner])
        self._share_containers()
        for group in self.groups:
            group.setting = Setting(
                containers=self._container_anchors(group),
                contents=tuple(
                    anchor
                    for inner in group.contents[:1]
                    for anchor in _every_anchor(self.groups[inner])
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

    def _share_containers(self) -> None:
        """Let "Paris" alone mean what "Paris, Texas" means elsewhere in the text."""
        known = {
            group.name.casefold(): group.container
            for group in self.groups
            if group.container is not None
        }
        for group in self.groups:
            if group.container is None and group.fixed is None:
                group.container = known.get(group.name.casefold())

    def _containers(self) -> dict[int, int]:
        """Return for each mention X of an "X, Y" the number of its Y."""
        found = {}
        for number in range(len(self.mentions) - 1):
            inner, outer = self.mentions[number], self.mentions[number + 1]
            between = self.text[inner.end : outer.start]
            if len(between) > 6 or not _COMMA.match(between) or inner.kind is MentionKind.DEMONYM:
                continue
            if outer.kind is MentionKind.DEMONYM or outer.place_id or inner.place_id:
                continue
            if self._can_contain(inner.surface, outer.surface):
                found[number] = number + 1
        return found

    def _can_contain(self, inner: str, outer: str) -> bool:
        """Say whether some bearer of `outer` is an area that holds some bearer of `inner`."""
        outers = [m.place for m in self._matches(outer, after_comma=True)[:8]]
        areas = [place for place in outers if kind_of_place(place) in _CONTAINERS]
        if not areas:
            return False
        inners = [m.place for m in self._matches(inner, after_comma=False)]
        if any(kind_of_place(place) in _COUNTRY_KINDS for place in inners[:1]) and not any(
            kind_of_place(place) == "region" for place in areas
        ):
            return False  # "Georgia, Russia": a list of countries
        if not inners:
            return True
        return any(is_inside(place, area) for area in areas for place in inners)

    def _group(self, number: int, *, after_comma: bool) -> Group:
        mention = self.mentions[number]
        group = Group(name=mention.surface, members=[], options=[])
        settled = self.settled.get(number)
        fixed = (settled, "analyst") if settled else self._fixed(mention)
        if fixed is not None:
            group.fixed, group.method = fixed
            if settled is None:
                return group
        matches = self._matches(mention.surface, after_comma=after_comma)
        group.options = _options(matches, self.names)
        group.type_words = self._type_words(mention)
        return group

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

    def _matches(self, surface: str, *, after_comma: bool) -> tuple[NameMatch, ...]:
        """Return the bearers of a surface, or of the name that it is a spelling of."""
        abbreviation = _abbreviations().get(surface)
        is_unknown = len(surface) > 2 and not self.names.matches(surface)
        if abbreviation and (after_comma or "." in surface or is_unknown):
            name, code = abbreviation
            places = [m for m in self.names.matches(name) if m.place.country_code == code]
            divisions = [m for m in places if m.place.feature_code == "ADM1"]
            if divisions or places:
                return tuple(divisions or places[:1])
        for name in _variants(surface):
            matches = tuple(m for m in self.names.matches(name) if not _is_country_code(name, m))
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
        votes = [_Votes.of(group) for group in self.groups]
        in_sentences: dict[int, set[int]] = defaultdict(set)
        for number, group_number in enumerate(self.group_of):
            in_sentences[self.sentence_of[number]].add(group_number)
        everywhere = _Tally(votes, [math.log2(1 + len(g.members)) for g in self.groups])
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
            sentence = _Tally([votes[n] for n in sorted(companions)], None)
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
        return _every_anchor(self.groups[group.container])

    # Answers

    def _resolution(self, number: int) -> Resolution:
        return self._related(number, self._plain_resolution(number))

    def _plain_resolution(self, number: int) -> Resolution:
        mention = self.mentions[number]
        group = self.groups[self.group_of[number]]
        if group.fixed is not None:
            reason = Reason(signal="rule", points=0.0, text="the words themselves say which place")
            candidate = Candidate(place=group.fixed, score=1.0, reasons=(reason,))
            rejected = (
                replace(other, score=0.0)
                for other in _candidates(group)
                if other.place.place_id != group.fixed.place_id
            )
            return Resolution(
                mention=mention, candidates=(candidate, *rejected), method=group.method
            )
        relational = self._relational(number)
        if relational is not None:
            return relational
        candidates = _candidates(group)
        method = "store" if _is_trusted(candidates) else None
        return Resolution(mention=mention, candidates=candidates, method=method)

    def _related(self, number: int, plain: Resolution) -> Resolution:
        """Answer with the place that the words around the name make of it: "near X"."""
        place = plain.place
        if place is None or plain.mention.kind is not MentionKind.LITERAL:
            return plain
        if place.feature_code == "BDRY":
            found = self._side_of(plain.mention, place)
        else:
            found = self._beside(number, place)
        if found is None:
            return plain
        related, rule = found
        first, *others = plain.candidates
        reason = Reason(signal="relation", points=0.0, text=rule)
        chosen = replace(first, place=related, reasons=(reason, *first.reasons))
        return replace(plain, candidates=(chosen, *others))

    def _side_of(self, mention: Mention, border: Place) -> tuple[Place, str] | None:
        phrases = find_border_phrases(mention.surface, self.names.country_code)
        side = self.store.country(phrases[0].side) if phrases and phrases[0].side else None
        return side_of_border(border, side) if side else None

    def _beside(self, number: int, place: Place) -> tuple[Place, str] | None:
        pair = self._pair_between(number)
        if pair is not None:
            return place_between(*pair)
        relation = relation_before(self.text, self.mentions[number].start)
        return place_beside(relation, place, self.store) if relation else None

    def _pair_between(self, number: int) -> tuple[Place, Place] | None:
        """Return X and Y where the mention is either of them in "the road between X and Y"."""
        for first in (number, number - 1):
            if not 0 <= first < len(self.mentions) - 1:
                continue
            a, b = self.mentions[first], self.mentions[first + 1]
            relation = relation_before(self.text, a.start)
            if relation and relation.kind == "between" and joins(self.text, a.end, b.start):
                best = [self.groups[self.group_of[n]].best for n in (first, first + 1)]
                places = [found[0] for found in best if found and found[1] >= LEAST_SCORE]
                if len(places) == 2:
                    return places[0], places[1]
        return None

    def _relational(self, number: int) -> Resolution | None:
        """Answer for a border of one named country, and for a part of a place."""
        mention = self.mentions[number]
        group = self.groups[self.group_of[number]]
        if group.options:
            return None
        borders = find_border_phrases(mention.surface, self.names.country_code)
        if borders:
            return self._border_of_one(number, borders[0].countries[0])
        part = part_phrase(mention.surface)
        if part is not None:
            return self._part_of(number, part.name, part.direction, part.bearing_degrees)
        return self._site_at(number)

    def _site_at(self, number: int) -> Resolution | None:
        """Place what nobody knows by what is known of it.

        "Kandahar Airport" and "Arizona State University" by the name that they hold, an
        unknown palace or bridge by the town that the text speaks of there.
        """
        mention = self.mentions[number]
        held = self._name_held(number) if _names_a_body(mention.surface) else None
        if held is not None:
            place, score = held
            return self._near(
                mention, place, score * _SITE_TRUST, f"named after {place.name}; where is not known"
            )
        if _names_a_site(mention.surface) and mention.kind is not MentionKind.DEMONYM:
            return self._in_town_of_text(number)
        return None

    def _name_held(self, number: int) -> tuple[Place, float] | None:
        """Return what the longest known name within an unknown longer one means."""
        tokens = self.mentions[number].surface.split()
        for length in range(len(tokens) - 1, 0, -1):
            for first in range(len(tokens) - length + 1):
                name = " ".join(tokens[first : first + length]).strip(",.")
                if name.lower() in words("common_words") | words("not_places"):
                    continue
                if self.names.renown(name) < Renown.KNOWN and not self._is_named_alone(name):
                    continue
                whole = self._whole(number, name)
                if whole is not None and whole[1] >= LEAST_SCORE:
                    return whole
        return None

    def _in_town_of_text(self, number: int) -> Resolution | None:
        """Place an unknown site by the surest town named next to it, else most in the text."""
        towns = {
            group_number: best
            for group_number, group in enumerate(self.groups)
            if (best := group.best)
            and best[1] >= _TOWN_TRUST
            and best[0].feature_class is FeatureClass.POPULATED
        }
        if not towns:
            return None
        at = self.mentions[number].start

        def closeness(group_number: int) -> tuple[bool, int, int]:
            group = self.groups[group_number]
            near = min(abs(self.mentions[n].start - at) for n in group.members)
            beside = any(self.sentence_of[n] == self.sentence_of[number] for n in group.members)
            return (not beside, near if beside else -len(group.members), near)

        town, score = towns[min(towns, key=closeness)]
        return self._near(
            self.mentions[number],
            town,
            score * _TEXT_TRUST,
            f"not in the gazetteer; the text speaks of {town.name} there",
        )

    def _is_named_alone(self, name: str) -> bool:
        return any(group.name.casefold() == name.casefold() for group in self.groups)

    def _near(self, mention: Mention, whole: Place, score: float, why: str) -> Resolution:
        is_town = whole.feature_class is FeatureClass.POPULATED
        site = replace(
            whole,
            place_id=f"at:{whole.place_id}:{name_key(mention.surface).replace(' ', '-')}",
            name=mention.surface,
            feature_class=FeatureClass.SITE,
            feature_code="SITE",
            precision=GeoPrecision.NEAR if is_town else whole.precision,
            population=None,
            radius_km=_SITE_RADIUS_KM if is_town else whole.radius_km,
        )
        reason = Reason(signal="site", points=0.0, text=f"a site {why}")
        candidate = Candidate(place=site, score=score, reasons=(reason,))
        return Resolution(mention=mention, candidates=(candidate,), method="rule")

    def _border_of_one(self, number: int, code: str) -> Resolution:
        """Return the border with the one neighbour that the sentence, else the text, names."""
        mention = self.mentions[number]
        near = self._countries_named(number, same_sentence=True) - {code}
        far = self._countries_named(number, same_sentence=False) - {code}
        for named, where in ((near, "sentence"), (far, "text")):
            borders = [b for other in sorted(named) if (b := self.store.border(code, other))]
            if len(borders) == 1:
                reason = Reason(
                    signal="border",
                    points=0.0,
                    text=f"the only neighbour of {code} that the {where} names",
                )
                candidate = Candidate(place=borders[0], score=0.8, reasons=(reason,))
                return Resolution(mention=mention, candidates=(candidate,), method="rule")
            if borders:
                break
        country = self.store.country(code)
        if country is None:
            return Resolution(mention=mention)
        place = replace(
            country,
            place_id=f"border:{code}",
            name=f"Border of {country.name}",
            feature_class=FeatureClass.AREA,
            feature_code="BDRY",
            precision=GeoPrecision.REGION,
            population=None,
        )
        reason = Reason(signal="border", points=0.0, text="the text does not say with whom")
        candidate = Candidate(place=place, score=0.5, reasons=(reason,))
        return Resolution(mention=mention, candidates=(candidate,), method="rule")

    def _countries_named(self, number: int, *, same_sentence: bool) -> set[str]:
        return {
            code
            for other, group_number in enumerate(self.group_of)
            if other != number
            and (not same_sentence or self.sentence_of[other] == self.sentence_of[number])
            and (best := self.groups[group_number].best)
            and best[1] >= 0.5
            for code in best[0].all_countries[:1]
        }

    def _part_of(
        self, number: int, name: str, direction: str, bearing_degrees: float | None
    ) -> Resolution | None:
        whole = self._whole(number, name)
        if whole is None or not is_area(whole[0]) or self.names.renown(name) < Renown.KNOWN:
            return None
        place, score = whole
        mention = self.mentions[number]
        precision = GeoPrecision.REGION
        part = replace(
            place,
            place_id=f"part:{place.place_id}:{direction}",
            name=f"{direction} {place.name}",
            coordinates=region_point(place, bearing_degrees),
            feature_class=FeatureClass.AREA,
            feature_code="RGN",
            precision=precision,
            population=None,
            bounds=part_bounds(place, bearing_degrees),
        )
        reason = Reason(signal="part", points=0.0, text=f"the {direction} part of {place.name}")
        candidate = Candidate(place=part, score=score, reasons=(reason,))
        return Resolution(mention=mention, candidates=(candidate,), method="rule")

    def _whole(self, number: int, name: str) -> tuple[Place, float] | None:
        """Return what the name within a part phrase means: as elsewhere in the text, or alone."""
        for group in self.groups:
            if group.name.casefold() == name.casefold() and (best := group.best):
                return best
        whole = Group(
            name=name, members=[number], options=_options(self.names.matches(name), self.names)
        )
        if not whole.options:
            return None
        whole.setting = self.groups[self.group_of[number]].setting
        weigh(whole, SIGNALS, _weights("second"))
        return whole.best


_CONTAINERS = frozenset(
    {"country", "region", "admin1", "admin2", "relief", "town", "capital", "seat"}
)


def _every_anchor(group: Group) -> tuple[Anchor, ...]:
    """Return what the name may mean; before the first weighing every option is trusted."""
    if group.fixed is not None:
        return (Anchor(name=group.name, place=group.fixed, trust=1.0),)
    trusts = group.trust or [1.0] * len(group.options)
    return tuple(
        Anchor(name=group.name, place=option.place, trust=trust)
        for option, trust in zip(group.options, trusts, strict=True)
        if trust > _LEAST_TRUST
    )


@dataclass(slots=True)
class _Votes:
    """How the probability of a name's options falls on countries and divisions."""

    countries: dict[str, float]
    divisions: dict[tuple[str, str], float]

    @classmethod
    def of(cls, group: Group) -> _Votes:
        votes = cls({}, {})
        if group.fixed is not None:
            votes.add(group.fixed, 1.0)
            return votes
        for option, trust in zip(group.options, group.trust, strict=False):
            if option.kind != "water":
                votes.add(option.place, trust)
        return votes

    def add(self, place: Place, trust: float) -> None:
        codes = place.all_countries
        for code in codes[:12]:
            self.countries[code] = self.countries.get(code, 0.0) + trust / len(codes)
        if place.admin1_code and place.country_code:
            key = (place.country_code, place.admin1_code)
            self.divisions[key] = self.divisions.get(key, 0.0) + trust


class _Tally:
    """Votes added up, from which those of some names can be taken away."""

    def __init__(self, votes: Sequence[_Votes], factors: Sequence[float] | None) -> None:
        self._votes = votes
        self._factors = factors or [1.0] * len(votes)
        self._countries: defaultdict[str, float] = defaultdict(float)
        self._divisions: defaultdict[tuple[str, str], float] = defaultdict(float)
        for vote, factor in zip(votes, self._factors, strict=True):
            for code, trust in vote.countries.items():
                self._countries[code] += trust * factor
            for division, trust in vote.divisions.items():
                self._divisions[division] += trust * factor

    def country_shares(self) -> dict[str, float]:
        return _shares(self._countries)

    def division_shares(self) -> dict[tuple[str, str], float]:
        return _shares(self._divisions)

    def without(
        self, numbers: Sequence[int]
    ) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
        countries, divisions = self._countries.copy(), self._divisions.copy()
        for number in numbers:
            factor = self._factors[number]
            for code, trust in self._votes[number].countries.items():
                countries[code] -= trust * factor
            for division, trust in self._votes[number].divisions.items():
                divisions[division] -= trust * factor
        return _shares(countries), _shares(divisions)


_Key = TypeVar("_Key")


def _shares(counts: Mapping[_Key, float]) -> dict[_Key, float]:
    total = sum(count for count in counts.values() if count > 1e-9)
    return {key: count / total for key, count in counts.items() if count > 1e-9}


def _options(matches: Sequence[NameMatch], names: Names) -> list[Option]:
    best: dict[str, NameMatch] = {}
    for match in matches:
        known = best.get(match.place.place_id)
        if known is None or (match.is_primary and not known.is_primary):
            best[match.place.place_id] = match
    chosen = sorted(best.values(), key=lambda m: (-usual_population(m.place), m.place.place_id))[
        :MOST_OPTIONS
    ]
    populations = {m.place.place_id: usual_population(m.place) for m in chosen}
    for match in chosen:
        towns = _namesake_towns(match.place, chosen)
        if towns:
            # A division that is called after its town is no better known than the town.
            populations[match.place.place_id] = max(usual_population(town) for town in towns)
    largest = max(populations.values(), default=0)
    return [
        Option(
            place=m.place,
            is_primary=_is_own_name(m),
            rank=rank,
            largest_population=largest,
            kind=kind_of_place(m.place),
            population=populations[m.place.place_id],
            countries=names.countries_of(m.place),
            holds_namesake=bool(_namesake_towns(m.place, chosen)),
            is_in_namesake_country=_is_in_namesake_country(m.place, chosen),
            holds_owner=not m.is_primary and _holds_owner(m.place, chosen),
        )
        for rank, m in enumerate(chosen)
    ]


def _is_country_code(name: str, match: NameMatch) -> bool:
    """Say whether a country would go by letters that no text means it by: "SEN", "GNB"."""
    is_short = (
        len(name) <= _LONGEST_CODE and name.isascii() and match.place.feature_code.startswith("PCL")
    )
    return is_short and country_by_name(name) is None


def _is_own_name(match: NameMatch) -> bool:
    """Say whether the place goes by the name: its own, in another script, or without "City"."""
    is_short = name_key(f"{match.matched} City") == name_key(match.place.name)
    return match.is_primary or is_short or not _is_latin(match.matched)


def _is_latin(name: str) -> bool:
    """Say whether a name is in Latin letters; in others it is the place's own in a language."""
    return any(character < "\u0250" and character.isalpha() for character in name)


def _namesake_towns(place: Place, matches: Sequence[NameMatch]) -> list[Place]:
    """Return the towns of the same name that lie in a division."""
    if place.feature_class is not FeatureClass.ADMIN or kind_of_place(place) == "country":
        return []
    return [
        other.place
        for other in matches
        if other.place.feature_class is FeatureClass.POPULATED
        and (other.place.population or 0)
        >= (_NAMESAKE_POPULATION if other.is_primary else _METROPOLIS_POPULATION)
        and is_inside(other.place, place)
    ]


def _is_in_namesake_country(place: Place, matches: Sequence[NameMatch]) -> bool:
    return any(
        other.is_primary
        and kind_of_place(other.place) == "country"
        and is_inside(place, other.place)
        for other in matches
    )


def _holds_owner(place: Place, matches: Sequence[NameMatch]) -> bool:
    return kind_of_place(place) == "country" and any(
        other.is_primary
        and kind_of_place(other.place) == "admin1"
        and is_inside(other.place, place)
        for other in matches
    )


def weigh(group: Group, signals: Sequence[Signal], weights: Mapping[str, float]) -> None:
    """Give each option its points and, by softmax against "none of these", its probability."""
    used = [(signal, weight) for signal in signals if (weight := weights.get(signal.name))]
    kinds = {signal.name: weights.get(signal.name, 0.0) for signal in KIND_SIGNALS}
    setting = group.setting
    group.points = [
        sum(
            weight * signal.measure(option, setting)
            for signal, weight in used
            if signal.name not in kinds
        )
        + kinds.get(f"is_{option.kind}", 0.0)
        for option in group.options
    ]
    none = weights.get(NONE_OF_THESE, 0.0)
    top = max(*group.points, none)
    masses = [math.exp(points - top) for points in group.points]
    total = sum(masses) + math.exp(none - top)
    group.trust = [mass / total for mass in masses]


def calibrated(probability: float) -> float:
    """Return how often an answer of the ranker's `probability` is right, from 0.9 on.

    What the ranker is sure of fails one time in twenty-five for reasons that it cannot see: a
    name that nobody listed, a wide place whose point lies elsewhere.
    """
    over = max(0.0, probability - _SURE_FROM)
    return probability - over * (1.0 - _SURELY_RIGHT) / (1.0 - _SURE_FROM)


def _candidates(group: Group) -> tuple[Candidate, ...]:
    order = sorted(
        range(len(group.options)),
        key=lambda n: (-group.trust[n], group.options[n].place.place_id),
    )
    return tuple(
        Candidate(
            place=group.options[n].place,
            score=calibrated(group.trust[n]),
            reasons=_reasons(group.options[n], group.setting),
        )
        for n in order[:MOST_CANDIDATES]
    )


def _is_trusted(candidates: Sequence[Candidate]) -> bool:
    """Say whether the best candidate, with those that are all but the same place, is an answer."""
    if not candidates:
        return False
    best = candidates[0].place
    same = sum(
        candidate.score
        for candidate in candidates
        if distance_km(candidate.place.coordinates, best.coordinates) <= _SAME_PLACE_KM
        or _is_within(candidate.place, best)
        or _is_within(best, candidate.place)
    )
    return same >= LEAST_SCORE


def _is_within(inner: Place, outer: Place) -> bool:
    return kind_of_place(outer) == "admin1" and is_inside(inner, outer)


def _reasons(option: Option, setting: Setting) -> tuple[Reason, ...]:
    """Return what moved a candidate noticeably, the strongest first."""
    weights = _weights("second")
    found = []
    for signal in SIGNALS:
        points = weights.get(signal.name, 0.0) * signal.measure(option, setting)
        if abs(points) >= _WORTH_TELLING and (text := signal.explain(option, setting)):
            found.append(Reason(signal=signal.name, points=round(points, 3), text=text))
    return tuple(sorted(found, key=lambda reason: (-abs(reason.points), reason.signal)))


@cache
def _weights(column: str) -> Mapping[str, float]:
    at = {"first": 1, "second": 2}[column]
    return {row[0]: float(row[at]) for row in table("weights", 3)}


@cache
def _abbreviations() -> Mapping[str, tuple[str, str]]:
    return {short: (name, code) for short, name, code in table("state_abbreviations", 3)}


@cache
def _type_word_set() -> frozenset[str]:
    return frozenset(word for word, _ in table("type_words", 2))


_DIVISION_WORDS = frozenset(
    {"province", "state", "governorate", "oblast", "krai", "prefecture", "canton", "emirate",
     "region", "area", "district", "county", "parish", "township", "municipality", "city", "town",
     "village"}
)  # fmt: skip
"""Type words that a name may be looked up without; a river is not the town of that name."""


_PREFIXES = (
    "city of ", "town of ", "village of ", "state of ", "province of ", "republic of ",
    "greater ", "downtown ",
)  # fmt: skip


def _variants(surface: str) -> list[str]:
    """Return the spellings under which a surface is looked up, the likeliest first."""
    name = " ".join(surface.split())
    found = [name]
    lower = name.lower()
    found.extend(name[len(prefix) :] for prefix in _PREFIXES if lower.startswith(prefix))
    first, _, last = name.rpartition(" ")
    if first and last.lower() in _DIVISION_WORDS:
        found.append(first)
    if "." in name:
        found.append(name.replace(".", ""))
    if "-" in name:
        found.append(name.replace("-", " "))
    found.extend(nominative_forms(name))
    return found


def _names_a_site(surface: str) -> bool:
    """Say whether a name of several words holds the word for a building or a site."""
    return _holds_word(surface, words("facility_words") | words("weak_facility_words"))


def _names_a_body(surface: str) -> bool:
    """Say whether it holds the word for a building, a site, or an organisation."""
    return _names_a_site(surface) or _holds_word(surface, words("organisation_words"))


def _holds_word(surface: str, known: Collection[str]) -> bool:
    tokens = surface.lower().split()
    return len(tokens) > 1 and (
        tokens[0] in known or any(" ".join(tokens[n:]) in known for n in range(1, len(tokens)))
    )


def _is_precise(place: Place) -> bool:
    return place.precision not in {GeoPrecision.COUNTRY, GeoPrecision.WATER} and (
        kind_of_place(place) != "region"
    )


def _sentence_starts(text: str, doc: Doc | None) -> list[int]:
    if doc is not None and doc.has_annotation("SENT_START"):
        return [sentence.start_char for sentence in doc.sents]
    return [0, *(match.end() for match in _SENTENCE_END.finditer(text))]


def _unit_numbers(mentions: Sequence[Mention], starts: Sequence[int]) -> list[int]:
    """Return for each mention the number of the unit that it stands in."""
    numbers, at = [], 0
    for mention in mentions:
        while at + 1 < len(starts) and starts[at + 1] <= mention.start:
            at += 1
        numbers.append(at)
    return numbers
