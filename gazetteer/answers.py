"""What a mention means, and what the words around it make of that: "near X", a part of X."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.bearers import options_of
from gazetteer.countries import countries
from gazetteer.features import SIGNALS, is_inside
from gazetteer.groups import (
    LEAST_SCORE,
    Group,
    calibrated,
    candidates_of,
    is_trusted,
    ranker_weights,
    weigh,
)
from gazetteer.lookup import Renown, is_area
from gazetteer.names import name_key
from gazetteer.phrases import find_border_phrases, find_streets, part_phrase
from gazetteer.places import Coordinates, FeatureClass, GeoPrecision, Place
from gazetteer.relations import (
    joins,
    part_of,
    place_beside,
    place_between,
    relation_of,
    side_of_border,
)
from gazetteer.rules import words
from gazetteer.toponyms import Candidate, Mention, MentionKind, Reason, Resolution

if TYPE_CHECKING:
    from gazetteer.places import Geometry
    from gazetteer.resolution import Resolver


_SITE_TRUST = 0.7

_TOWN_TRUST = 0.5

_TEXT_TRUST = 0.6

_SITE_RADIUS_KM = 15.0

_FAR_MORE = 2
"""A neighbour named this many times as often as the next is the one that a border is with."""

_PARAGRAPH_END = re.compile(r"\n\s*")


class Answers:
    """Makes the resolutions of a text whose names were weighed."""

    def __init__(self, resolver: Resolver) -> None:
        self.text = resolver.text
        self.mentions = resolver.mentions
        self.names = resolver.names
        self.store = resolver.store
        self.sentence_of = resolver.sentence_of
        self.groups = resolver.groups
        self.group_of = resolver.group_of

    def of(self, number: int) -> Resolution:
        """Return what the mention of that number means, with the reason."""
        return self._related(number, self._plain_resolution(number))

    def _plain_resolution(self, number: int) -> Resolution:
        mention = self.mentions[number]
        group = self.groups[self.group_of[number]]
        if group.fixed is not None:
            reason = Reason(signal="rule", points=0.0, text="the words themselves say which place")
            candidate = Candidate(place=group.fixed, score=1.0, reasons=(reason,))
            rejected = (
                replace(other, score=0.0)
                for other in candidates_of(group)
                if other.place.place_id != group.fixed.place_id
            )
            return Resolution(
                mention=mention, candidates=(candidate, *rejected), method=group.method
            )
        relational = self._relational(number)
        if relational is not None:
            return relational
        candidates = candidates_of(group)
        method = "store" if is_trusted(candidates) else None
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
            return place_between(*pair, self.store)
        mention = self.mentions[number]
        relation = relation_of(self.text, mention.start, mention.end)
        return place_beside(relation, place, self.store) if relation else None

    def _pair_between(self, number: int) -> tuple[Place, Place] | None:
        """Return X and Y where the mention is either of them in "the road between X and Y"."""
        for first in (number, number - 1):
            if not 0 <= first < len(self.mentions) - 1:
                continue
            a, b = self.mentions[first], self.mentions[first + 1]
            relation = relation_of(self.text, a.start, a.end)
            if relation is None or not joins(self.text, a.end, b.start):
                continue
            is_literal = MentionKind.METONYM not in {a.kind, b.kind}
            if relation.kind == "stretch" or (relation.kind == "between" and is_literal):
                best = [self.groups[self.group_of[n]].best for n in (first, first + 1)]
                places = [found[0] for found in best if found and found[1] >= LEAST_SCORE]
                if len(places) == 2:
                    return self._as_town(first, places[0]), self._as_town(first + 1, places[1])
        return None

    def _as_town(self, number: int, place: Place) -> Place:
        """Return a division as the town in it of that name, if there is one.

        What lies "between Homs and Hama" lies between the towns, not between the provinces.
        """
        if not place.feature_code.startswith("ADM"):
            return place
        options = (option.place for option in self.groups[self.group_of[number]].options)
        return next((p for p in options if _is_town(p) and is_inside(p, place)), place)

    def _relational(self, number: int) -> Resolution | None:
        """Answer for a border of one named country, and for a part of a place."""
        mention = self.mentions[number]
        group = self.groups[self.group_of[number]]
        part = part_phrase(mention.surface)
        if part is not None and not self.names.matches(mention.surface):
            return self._part_of(number, part.name, part.direction, part.bearing_degrees)
        if group.options:
            return None
        borders = find_border_phrases(mention.surface, self.names.country_code)
        if borders:
            return self._border_of_one(number, borders[0].countries[0])
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
        is_site = _names_a_site(mention.surface) or bool(find_streets(mention.surface))
        if is_site and mention.kind is not MentionKind.DEMONYM:
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
            if (best := group.best) and best[1] >= _TOWN_TRUST and _is_town(best[0])
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
        is_town = _is_town(whole)
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
        """Return the border with the neighbour that the sentence, else the text, speaks of."""
        mention = self.mentions[number]
        for same_sentence, where in ((True, "sentence"), (False, "text")):
            named = self._countries_named(number, same_sentence=same_sentence)
            borders = [
                (count, border)
                for other, count in named.most_common()
                if other != code and (border := self.store.border(code, other))
            ]
            if not borders:
                continue
            (most, border), *others = borders
            if others and most < _FAR_MORE * others[0][0]:
                continue
            which = f"that the {where} names most" if others else f"that the {where} names"
            only = "" if others else "only "
            of = countries()[code].name
            reason = Reason(
                signal="border", points=0.0, text=f"the {only}neighbour of {of} {which}"
            )
            candidate = Candidate(place=border, score=0.65 if others else 0.8, reasons=(reason,))
            return Resolution(mention=mention, candidates=(candidate,), method="rule")
        country = self.store.country(code)
        if country is None:
            return Resolution(mention=mention)
        line = self.store.geometry(f"border:{code}")
        place = replace(
            country,
            place_id=f"border:{code}",
            coordinates=_middle_of(line) if line else country.coordinates,
            name=f"Border of {country.name}",
            feature_class=FeatureClass.AREA,
            feature_code="BDRY",
            precision=GeoPrecision.REGION,
            population=None,
        )
        reason = Reason(signal="border", points=0.0, text="the text does not say with whom")
        candidate = Candidate(place=place, score=0.5, reasons=(reason,))
        return Resolution(mention=mention, candidates=(candidate,), method="rule")

    def _countries_named(self, number: int, *, same_sentence: bool) -> Counter[str]:
        """Count by code the other mentions of a country or of a place in it."""
        return Counter(
            code
            for other, group_number in enumerate(self.group_of)
            if other != number
            and (not same_sentence or self.sentence_of[other] == self.sentence_of[number])
            and (best := self.groups[group_number].best)
            and best[1] >= 0.5
            for code in best[0].all_countries[:1]
        )

    def _part_of(
        self, number: int, name: str, direction: str, bearing_degrees: float | None
    ) -> Resolution | None:
        whole = self._area_named(name, self._whole(number, name))
        if whole is None or self.names.renown(name) < Renown.KNOWN:
            return None
        place, score = whole
        mention = self.mentions[number]
        part, rule = part_of(place, direction, bearing_degrees, self.store)
        reason = Reason(signal="part", points=0.0, text=rule)
        candidate = Candidate(place=part, score=calibrated(score), reasons=(reason,))
        return Resolution(mention=mention, candidates=(candidate,), method="rule")

    def _area_named(
        self, name: str, whole: tuple[Place, float] | None
    ) -> tuple[Place, float] | None:
        """Return what has parts: the place, or the area of its name that a town lies in."""
        if whole is None or is_area(whole[0]):
            return whole
        town, score = whole
        areas = [match.place for match in self.names.matches(name) if is_area(match.place)]
        around = next((area for area in areas if is_inside(town, area)), None)
        return (around, score) if around else None

    def _whole(self, number: int, name: str) -> tuple[Place, float] | None:
        """Return what the name within a part phrase means: as elsewhere in the text, or alone."""
        for group in self.groups:
            if group.name.casefold() == name.casefold() and (best := group.best):
                return best
        whole = Group(
            name=name, members=[number], options=options_of(self.names.matches(name), self.names)
        )
        if not whole.options:
            return None
        whole.setting = self.groups[self.group_of[number]].setting
        weigh(whole, SIGNALS, ranker_weights("second"))
        return whole.best


def _middle_of(line: Geometry) -> Coordinates:
    """Return the middle vertex of a line's longest part."""
    path = max((part[0] for part in line.parts), key=len)
    lat, lon = path[len(path) // 2]
    return Coordinates(lat=lat, lon=lon)


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


def _is_town(place: Place) -> bool:
    return place.feature_class is FeatureClass.POPULATED
