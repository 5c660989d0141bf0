"""Where an event happened: which of a text's resolved places belongs to its words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from dashboard.events import EventLocation
from dashboard.place_closeness import (
    WORDS,
    Act,
    Spot,
    best_spot,
    closeness,
    is_home,
    is_near_town,
    is_shaken,
    stands_near,
)
from dashboard.place_ranking import (
    NamedPlace,
    chosen_places,
    is_held_by,
    is_near,
    probabilities,
)
from dashboard.spans import SpanFinder
from dashboard.vocabulary import words
from gazetteer.places import GeoPrecision, Place
from gazetteer.toponyms import Geoparse, MentionKind, Resolution

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AT_A_PLACE = words("locative") | {"of", "to", "into", "from"}
"""Prepositions before the name of where something happens: "the village *of* X"."""
_FAR_BETTER = 0.25
_LEAST = 0.3
"""A place that belongs to the act less surely than this is not taken."""
_SURE = 0.85
_RANKED = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"})
"""Deeds for which learnt weights choose among the places of the sentence."""
_AROUND = 0.5
"""Most that a place weighs which only holds the one that the text names."""
_NAMES = frozenset({MentionKind.LITERAL, MentionKind.METONYM, MentionKind.PART})
_STAYS_PUT = frozenset({"PROTEST", "ASSAULT", "COERCE", "MOBILIZE"})
"""Types that a follow-up sentence often tells without naming the place again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPlaces:
    """Where an event happened; `weight` in [0, 1] is how surely, `why_none` says why nowhere.

    A place that the text names and nobody knows has a weight and a `why_none`.
    """

    locations: tuple[EventLocation, ...] = ()
    weight: float = 0.0
    why_none: str | None = None


class Atlas:
    """The resolved places of one text, asked for by event."""

    def __init__(self, doc: Doc, geoparse: Geoparse, names: Container[int] = ()) -> None:
        """Take the places of `doc`; tokens in `names` belong to the names of actors."""
        self._spots: list[tuple[Token, Resolution]] = []
        self._unknown: list[tuple[Token, Resolution]] = []
        spans = SpanFinder(doc)
        for resolution in geoparse.resolutions:
            mention = resolution.mention
            root = spans.root(mention.start, mention.end)
            if root is None or (root.i in names and mention.kind is not MentionKind.PART):
                continue
            if resolution.place is not None:
                self._spots.append((root, resolution))
            elif mention.kind is MentionKind.LITERAL:
                self._unknown.append((root, resolution))
        self._spots.sort(key=lambda spot: spot[0].i)
        self._unknown.sort(key=lambda spot: spot[0].i)
        self._starts = [spot[0].i for spot in self._spots]
        self._named = [
            spot
            for spot in sorted((*self._spots, *self._unknown), key=lambda spot: spot[0].i)
            if spot[1].mention.kind in _NAMES
        ]
        self._countries: dict[str, list[Resolution]] = {}
        for _, resolution in self._spots:
            place = resolution.place
            if place is not None and place.country_code and place.feature_code.startswith("PCL"):
                self._countries.setdefault(place.country_code, []).append(resolution)

    def places_of(
        self,
        token: Token,
        *,
        event_type: str,
        carrier: Token | None = None,
        destination: Token | None = None,
        parties: Iterable[Token] = (),
    ) -> EventPlaces:
        """Return where the act that `token` names happened, as far as its sentence says."""
        sent = token.sent
        here = self._between(sent.start, sent.end)
        if destination is not None:
            goal = self._at(destination, here)
            if goal is not None:
                chosen = self._coordinated(destination, here, only=goal)
                return _found(chosen, 1.0, "is where the visit goes")
        act = Act(
            token=token,
            carrier=carrier,
            event_type=event_type,
            actors=frozenset(party.i for party in parties),
        )
        if event_type in _RANKED:
            return self._likely_places(act, here)
        ranked = [
            Spot(root, resolution, *closeness(root, resolution, act)) for root, resolution in here
        ]
        ranked = [spot for spot in ranked if spot.weight >= _LEAST]
        if not ranked:
            return EventPlaces(why_none=_why_none(here, event_type))
        best = best_spot(ranked, token)
        lost = self._closer_but_unknown(act, best.weight)
        if lost is not None:
            why = f"{lost.mention.surface} is where it happened, but where that lies is not known."
            return EventPlaces(why_none=why)
        chosen = self._coordinated(best.root, here, only=best.resolution)
        near = chosen if is_near_town(best) else ()
        return _found(chosen, best.weight, best.reason, near)

    def named_in(self, token: Token) -> list[NamedPlace]:
        """Return the places that the sentence of `token` names, also those that nobody knows."""
        sent = token.sent
        first = bisect_left(self._named, sent.start, key=lambda spot: spot[0].i)
        last = bisect_left(self._named, sent.end, key=lambda spot: spot[0].i)
        return self._named[first:last]

    def _likely_places(self, act: Act, here: Sequence[tuple[Token, Resolution]]) -> EventPlaces:
        """Return the likeliest place of a deed, and what is joined to it or as good as sure."""
        for root, resolution in here:
            if is_shaken(root, act.token):
                return _found([resolution], 0.9, "is what was struck")
        named = self.named_in(act.token)
        chances = probabilities(named, act.token, act.actors)
        if act.carrier is not None:
            by_carrier = probabilities(named, act.carrier, act.actors)
            chances = list(map(max, chances, by_carrier))
        chosen = chosen_places(named, chances)
        if not chosen:
            home = next((res for root, res in here if is_home(root)), None)
            if home is not None and act.event_type == "PROTEST":
                return _found([home], 0.6, "is where those who protested live")
            spots = [Spot(root, res, *closeness(root, res, act)) for root, res in here]
            sure = [spot for spot in spots if spot.weight >= _SURE]
            if sure:
                best = best_spot(sure, act.token)
                return _found([best.resolution], best.weight, best.reason)
            return EventPlaces(why_none=_why_none(here, act.event_type))
        root, resolution = named[chosen[0]]
        known = [named[number][1] for number in chosen if named[number][1].place is not None]
        rule_weight, reason = closeness(root, resolution, act)
        weight = max(round(chances[chosen[0]], 2), rule_weight)
        if not known:
            return _around_unknown(named, chosen[0], weight)
        reason = reason or "is named in the same sentence"
        near = known if stands_near(root) else ()
        return _found(known, weight, reason, near)

    def _closer_but_unknown(self, act: Act, weight: float) -> Resolution | None:
        """Return a place that nobody could resolve if it fits the act far better."""
        sent = act.token.sent
        first = bisect_left(self._unknown, sent.start, key=lambda spot: spot[0].i)
        for root, resolution in takewhile(
            lambda spot: spot[0].i < sent.end, islice(self._unknown, first, None)
        ):
            if closeness(root, resolution, act)[0] > weight + _FAR_BETTER:
                return resolution
        return None

    def unknown_in(self, token: Token) -> Resolution | None:
        """Return a place of the sentence of `token` that the gazetteer does not know.

        Only a place after a preposition such as "in" or "near" counts.
        """
        sent = token.sent
        first = bisect_left(self._unknown, sent.start, key=lambda spot: spot[0].i)
        for root, resolution in islice(self._unknown, first, None):
            if root.i >= sent.end:
                break
            if root.dep_ == "pobj" and root.head.lower_ in _AT_A_PLACE:
                return resolution
        return None

    def _at(self, token: Token, here: Sequence[tuple[Token, Resolution]]) -> Resolution | None:
        """Return what the place at `token` was resolved to, unless it is a word of origin."""
        for root, resolution in here:
            if root.i == token.i and resolution.mention.kind is not MentionKind.DEMONYM:
                return resolution
        return None

    def places_before(self, token: Token, *, event_type: str, paragraph_start: int) -> EventPlaces:
        """Return the place that the sentences before name for an act whose own names none."""
        if event_type not in _STAYS_PUT:
            return EventPlaces(why_none="The sentence names no place.")
        sent = token.sent
        start = max(paragraph_start, sent.start - 70)
        before = [
            spot
            for spot in self._between(start, sent.start)
            if spot[1].mention.kind is MentionKind.LITERAL and _is_local(spot[1].place)
        ]
        names = {spot[1].place.place_id for spot in before if spot[1].place}
        if len(names) != 1:
            why = "The sentence names no place, and the paragraph none or several."
            return EventPlaces(why_none=why)
        return _found([before[-1][1]], 0.35, "is the place that the sentences before name")

    def country(self, code: str, near: int) -> Resolution | None:
        """Return the mention nearest to character `near` that resolves to the country `code`."""
        found = self._countries.get(code, ())
        return min(
            found,
            key=lambda item: (abs(item.mention.start - near), item.mention.start),
            default=None,
        )

    def border(self, codes: Collection[str]) -> Resolution | None:
        """Return the one border that the text names of the countries `codes`, if it is one."""
        found = {
            resolution.place.place_id: resolution
            for _, resolution in self._spots
            if resolution.place is not None
            and resolution.place.feature_code == "BDRY"
            and not set(codes).isdisjoint(resolution.place.countries)
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _between(self, start: int, end: int) -> list[tuple[Token, Resolution]]:
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return self._spots[low:high]

    def _coordinated(
        self, root: Token, here: Sequence[tuple[Token, Resolution]], *, only: Resolution
    ) -> list[Resolution]:
        """Return a place and those joined to it: "in Tehran and Shiraz"."""
        joined = {root.i, *(token.i for token in root.conjuncts)}
        found = [
            res
            for spot, res in here
            if spot.i in joined and res.mention.kind is MentionKind.LITERAL
        ]
        return found or [only]


def _around_unknown(named: Sequence[NamedPlace], number: int, weight: float) -> EventPlaces:
    """Place an act whose place nobody knows by what the text says holds it or lies near it."""
    lost = named[number][1].mention.surface
    if number + 1 < len(named):
        unknown, next_place = named[number], named[number + 1]
        by = [next_place[1]] if is_near(unknown, next_place) else []
        if by or is_held_by(unknown, next_place):
            where = f"is near {lost}" if by else f"is where {lost} lies"
            reason = f"{where}, which the gazetteer does not know"
            around = _found([next_place[1]], min(weight, _AROUND), reason, by)
            if around.locations:
                return around
    why = f"{lost} is where it happened, but where that lies is not known."
    return EventPlaces(why_none=why, weight=weight)


def coarse_location(resolution: Resolution, reason: str) -> EventLocation | None:
    """Return a country or a border as an event's place, as exact as such a place is."""
    place = resolution.place
    if place is None:
        return None
    return EventLocation(
        place=place, precision=place.precision, mention=resolution.mention, reason=reason
    )


def _found(
    resolutions: Iterable[Resolution], weight: float, reason: str, near: Container[Resolution] = ()
) -> EventPlaces:
    locations = []
    seen = set()
    for resolution in resolutions:
        place = resolution.place
        if place is None or place.place_id in seen:
            continue
        seen.add(place.place_id)
        words = f"{resolution.mention.surface} {reason}."
        precision = GeoPrecision.NEAR if resolution in near else place.precision
        locations.append(
            EventLocation(
                place=place, precision=precision, mention=resolution.mention, reason=words
            )
        )
    return EventPlaces(locations=tuple(locations), weight=weight)


def _is_local(place: Place | None) -> bool:
    return place is not None and place.precision <= GeoPrecision.ADMIN1


def _why_none(here: Sequence[tuple[Token, Resolution]], event_type: str) -> str:
    if event_type in WORDS:
        return "The text does not say where the words were spoken."
    if not here:
        return "The sentence names no place."
    names = ", ".join(dict.fromkeys(resolution.mention.surface for _, resolution in here))
    return f"The sentence names {names}, but not as where this happened."
