"""Where an event happened: which of a text's resolved places belongs to its words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from dashboard.events import EventLocation
from dashboard.place_ranking import (
    NamedPlace,
    chosen_places,
    is_held_by,
    is_near,
    probabilities,
    verb_above,
)
from dashboard.spans import SpanFinder
from dashboard.vocabulary import lemma_of, words
from gazetteer.places import GeoPrecision, Place
from gazetteer.toponyms import Geoparse, MentionKind, Resolution

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LOCATIVE = words("locative")
_CONCERNED = {
    "ASSAULT": "those who were attacked",
    "COERCE": "those who were held or restricted",
    "CONSULT": "those who met",
    "PROTEST": "those who protested",
    "AID": "those who were helped",
    "SANCTION": "those who were punished",
}
_AT_A_PLACE = _LOCATIVE | {"of", "to", "into", "from"}
"""Prepositions before the name of where something happens: "the village *of* X"."""
_TOWARDS = frozenset({"to", "into", "toward", "towards", "from"})
_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "acl", "xcomp", "pcomp"})
_SHAKEN = words("shaken")
"""Verbs whose object is where the subject happens: "protests swept Iran"."""
_FAR_BETTER = 0.25
_LEAST = 0.3
"""A place that belongs to the act less surely than this is not taken."""
_AS_GOOD = 0.15
"""Within this weight of the best a more exact place is preferred."""
_PEOPLE = (
    words("quantities") | words("crowd_nouns") | {"businessman", "native", "tourist", "soldier"}
)
_BEARINGS = words("bearings")
_WORDS = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types that are words, not deeds: only a place said of the act itself counts."""
_GOES_TO = frozenset({"MOBILIZE", "AID", "RETREAT", "CONSULT", "COERCE"})
"""Types for which "to X" or "from X" says where."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """What is asked about: the words of an act."""

    token: Token
    carrier: Token | None
    event_type: str
    actors: frozenset[int]
    """Tokens that head the act's parties: a country that acts is not where it happened."""

    @property
    def anchors(self) -> set[int]:
        """Return the tokens below which a place is said of the act itself."""
        carrier = self.carrier
        return {self.token.i} if carrier is None else {self.token.i, carrier.i}

    @property
    def is_words(self) -> bool:
        """Say whether the act is words, for which few places count."""
        return self.event_type in _WORDS


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place of the sentence, weighed for one act."""

    root: Token
    resolution: Resolution
    weight: float
    reason: str

    @property
    def place(self) -> Place:
        """Return the place; an unresolved one raises TypeError."""
        place = self.resolution.place
        if place is None:
            raise TypeError("An unresolved place cannot be weighed.")
        return place


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
        act = _Act(
            token=token,
            carrier=carrier,
            event_type=event_type,
            actors=frozenset(party.i for party in parties),
        )
        if event_type in _RANKED:
            return self._likely_places(act, here)
        ranked = [
            _Spot(root, resolution, *_closeness(root, resolution, act)) for root, resolution in here
        ]
        ranked = [spot for spot in ranked if spot.weight >= _LEAST]
        if not ranked:
            return EventPlaces(why_none=_why_none(here, event_type))
        best = _best(ranked, token)
        lost = self._closer_but_unknown(act, best.weight)
        if lost is not None:
            why = f"{lost.mention.surface} is where it happened, but where that lies is not known."
            return EventPlaces(why_none=why)
        chosen = self._coordinated(best.root, here, only=best.resolution)
        near = chosen if _is_near(best) else ()
        return _found(chosen, best.weight, best.reason, near)

    def named_in(self, token: Token) -> list[NamedPlace]:
        """Return the places that the sentence of `token` names, also those that nobody knows."""
        sent = token.sent
        first = bisect_left(self._named, sent.start, key=lambda spot: spot[0].i)
        last = bisect_left(self._named, sent.end, key=lambda spot: spot[0].i)
        return self._named[first:last]

    def _likely_places(self, act: _Act, here: Sequence[tuple[Token, Resolution]]) -> EventPlaces:
        """Return the likeliest place of a deed, and what is joined to it or as good as sure."""
        for root, resolution in here:
            if _is_shaken(root, act.token):
                return _found([resolution], 0.9, "is what was struck")
        named = self.named_in(act.token)
        chances = probabilities(named, act.token, act.actors)
        if act.carrier is not None:
            by_carrier = probabilities(named, act.carrier, act.actors)
            chances = list(map(max, chances, by_carrier))
        chosen = chosen_places(named, chances)
        if not chosen:
            return EventPlaces(why_none=_why_none(here, act.event_type))
        root, resolution = named[chosen[0]]
        known = [named[number][1] for number in chosen if named[number][1].place is not None]
        rule_weight, reason = _closeness(root, resolution, act)
        weight = max(round(chances[chosen[0]], 2), rule_weight)
        if not known:
            return _around_unknown(named, chosen[0], weight)
        reason = reason or "is named in the same sentence"
        near = known if _stands_near(root) else ()
        return _found(known, weight, reason, near)

    def _closer_but_unknown(self, act: _Act, weight: float) -> Resolution | None:
        """Return a place that nobody could resolve if it fits the act far better."""
        sent = act.token.sent
        first = bisect_left(self._unknown, sent.start, key=lambda spot: spot[0].i)
        for root, resolution in takewhile(
            lambda spot: spot[0].i < sent.end, islice(self._unknown, first, None)
        ):
            if _closeness(root, resolution, act)[0] > weight + _FAR_BETTER:
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


def _closeness(root: Token, resolution: Resolution, act: _Act) -> tuple[float, str]:
    """Return how surely the place at `root` is where the act happened, from the parse."""
    kind = resolution.mention.kind
    shaken = _is_shaken(root, act.token)
    if shaken and kind in {MentionKind.LITERAL, MentionKind.METONYM}:
        return 0.9, "is what was struck"
    if kind is not MentionKind.LITERAL:
        return 0.0, ""
    weight, reason = _by_parse(root, act)
    return (weight * 0.7, reason) if _is_bearing(root) else (weight, reason)


def _by_parse(root: Token, act: _Act) -> tuple[float, str]:
    path = _path(root, act.anchors)
    if path is None:
        return (0.0, "") if act.is_words else _beside(root, act)
    preps = [step.lower_ for step in path if step.pos_ in {"ADP", "SCONJ"}]
    crossings = sum(step.dep_ in _CLAUSES for step in path)
    if act.is_words:
        is_own = len(path) <= 2 and preps[:1] and preps[0] in {"in", "at"} and not crossings
        return (0.8, "is where the text says that it happened") if is_own else (0.0, "")
    return _loosely_below(path, preps, crossings, act) or _closely_below(root, path, preps, act)


def _loosely_below(
    path: list[Token], preps: list[str], crossings: int, act: _Act
) -> tuple[float, str] | None:
    """Weigh a place below the act's words that something keeps from being where it happened."""
    if any(step.dep_ == "relcl" for step in path):
        return 0.3, "is named in a clause about one of those who took part"
    if any(step.dep_ == "conj" and step.pos_ == "VERB" for step in path):
        return 0.35, "is named in a further clause of the sentence"
    if len(preps) == 1 and preps[0] in _TOWARDS:
        if act.event_type not in _GOES_TO:
            return 0.25, "is named as a direction"
        if preps[0] == "from" and act.event_type != "RETREAT":
            return 0.4, "is where it set out"
    if preps and preps[0] not in _LOCATIVE:
        return 0.3, "is named with it"
    if _is_origin(path):
        return 0.1, "is where somebody comes from"
    return (0.55, "is named in another clause of the sentence") if crossings else None


def _closely_below(
    root: Token, path: list[Token], preps: list[str], act: _Act
) -> tuple[float, str]:
    """Weigh a place in the act's own phrase."""
    if root.i in act.actors and (
        act.event_type not in {"ASSAULT", "COERCE"} or root.dep_ == "nsubj"
    ):
        return 0.0, ""
    if len(path) <= 2 and preps:
        return 1.0, "is where the text says that it happened"
    if len(path) <= 1:
        return 0.9, "is what it was done to"
    return 0.85, f"is where the text puts {_CONCERNED.get(act.event_type, 'those who took part')}"


def _is_near(spot: _Spot) -> bool:
    """Say whether the text puts the act near a town rather than in it."""
    return spot.place.precision < GeoPrecision.NEAR and _stands_near(spot.root)


def _stands_near(root: Token) -> bool:
    return root.dep_ == "pobj" and root.head.lower_ in {"near", "outside"}


def _is_origin(path: list[Token]) -> bool:
    """Say whether the place is where a person comes from: "a businessman *from Nigeria*"."""
    for step in path:
        if step.pos_ == "ADP" and step.lower_ in {"of", "from"}:
            noun = step.head
            return noun.ent_type_ == "PERSON" or lemma_of(noun) in _PEOPLE or noun.pos_ == "NUM"
    return False


def _is_bearing(root: Token) -> bool:
    """Say whether the place only tells where another lies: "northeast *of Baghdad*"."""
    preposition = root.head
    if root.dep_ != "pobj" or preposition.lower_ not in {"of", "from"}:
        return False
    return lemma_of(preposition.head) in _BEARINGS


def _beside(root: Token, act: _Act) -> tuple[float, str]:
    """Weigh a place elsewhere in the sentence."""
    if root.i in act.actors or _is_origin([root, root.head]):
        return 0.0, ""
    verb, other = verb_above(act.token), verb_above(root)
    locative = root.head.lower_ if root.dep_ == "pobj" else ""
    if verb is None or other is None:
        return (0.2, "is named in the same sentence") if locative else (0.0, "")
    if verb.i == other.i:
        if locative in _TOWARDS and act.event_type not in _GOES_TO:
            return 0.2, "is named as a direction"
        return (0.8 if locative else 0.45), "is named beside the words for it"
    if not locative or act.event_type in {"CONSULT", "COOPERATE", "SANCTION"}:
        return 0.0, ""
    if other in verb.ancestors:
        weight = 0.15 if lemma_of(other) in _REPORTING else 0.5
        return weight, "is named in the clause that leads to it"
    if verb in other.ancestors:
        return 0.4, "is named in a clause that follows from it"
    return 0.3, "is named in the same sentence"


_REPORTING = frozenset({"say", "tell", "report", "add", "announce", "state", "note", "confirm"})


def _path(root: Token, anchors: set[int]) -> list[Token] | None:
    """Return the tokens from `root` up to below an anchor; None when it does not hang below one."""
    path: list[Token] = []
    step = root
    for _ in range(12):
        if step.i in anchors:
            return path if step != root else [root]
        path.append(step)
        if step.head == step:
            return None
        step = step.head
    return None


def _is_shaken(root: Token, token: Token) -> bool:
    verb = verb_above(token)
    if verb is None or lemma_of(verb) not in _SHAKEN or root.head != verb:
        return False
    if root.dep_ == "nsubjpass":
        return token.dep_ == "pobj" and token.head.lower_ == "by"
    return root.dep_ == "dobj" and token.dep_ == "nsubj"


def _best(ranked: Sequence[_Spot], token: Token) -> _Spot:
    """Return the place to choose: of the closest by parse the most exact, then the nearest."""
    top = max(spot.weight for spot in ranked)
    near = [spot for spot in ranked if spot.weight >= top - _AS_GOOD]
    best = min(near, key=lambda spot: (_vagueness(spot.place), abs(spot.root.i - token.i)))
    inner = next((spot for spot in ranked if _lies_within(spot, best)), None)
    return best if inner is None else replace(inner, weight=best.weight, reason=best.reason)


def _lies_within(inner: _Spot, outer: _Spot) -> bool:
    """Say whether a town stands straight before the country that was chosen: "Ormara, Pakistan"."""
    if not outer.place.feature_code.startswith("PCL") or inner.root.i == outer.root.i:
        return False
    gap = outer.resolution.mention.start - inner.resolution.mention.end
    return 0 < gap <= 2 and outer.place.country_code in inner.place.all_countries


def _vagueness(place: Place | None) -> int:
    return int(place.precision) if place is not None else 9


def _is_local(place: Place | None) -> bool:
    return place is not None and place.precision <= GeoPrecision.ADMIN1


def _why_none(here: Sequence[tuple[Token, Resolution]], event_type: str) -> str:
    if event_type in _WORDS:
        return "The text does not say where the words were spoken."
    if not here:
        return "The sentence names no place."
    names = ", ".join(dict.fromkeys(resolution.mention.surface for _, resolution in here))
    return f"The sentence names {names}, but not as where this happened."
