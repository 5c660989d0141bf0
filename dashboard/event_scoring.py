"""What of an event is right: events of the coder beside those of a person.

docs/event-evaluation.md gives the rules in words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dashboard.event_gold import GoldActor, GoldEvent, GoldPlace, GoldText
from dashboard.events import Event, EventLocation
from dashboard.ontology import event_types
from gazetteer.geodesy import distance_km
from gazetteer.names import name_key
from gazetteer.places import GeoPrecision

if TYPE_CHECKING:
    from dashboard.partial_dates import PartialDate

Counts = tuple[int, int, int]
"""Right, found, gold."""
NOTHING: Counts = (0, 0, 0)
_Gold = TypeVar("_Gold", GoldActor, GoldPlace)
_Found = TypeVar("_Found", str, EventLocation)

FIELD_GROUPS: Mapping[str, tuple[str, ...]] = {
    "source": ("source", "source country"),
    "target": ("target", "target country"),
    "when": ("date",),
    "place": ("place", "named place"),
    "modality": ("modality",),
}
"""What is counted for each aspect that a corpus annotates."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold event and the coder's answer to it."""

    gold: GoldEvent
    found: Event
    has_trigger: bool
    """Whether the trigger words overlap; False only for texts picked for one event."""

    @property
    def has_type(self) -> bool:
        """Say whether the type is right."""
        return self.found.event_type in self.gold.event_types

    @property
    def has_quad_class(self) -> bool:
        """Say whether the quad class is right."""
        return _quad_class(self.found.event_type) in map(_quad_class, self.gold.event_types)


def pair_events(text: GoldText, found: Sequence[Event]) -> tuple[Pair, ...]:
    """Return gold events with the coder's, one to one, the best matching pairs first.

    A pair must share a trigger word, or only the text when the text is about one event.
    The right type goes first, then the right quad class, then what a reader must code.
    """
    ranked = []
    for g, gold in enumerate(text.events):
        for f, event in enumerate(found):
            has_trigger = any(
                start < event.trigger_end and event.trigger_start < end
                for start, end in gold.triggers
            )
            if has_trigger or text.is_one_event:
                pair = Pair(gold, event, has_trigger)
                rank = (not pair.has_type, not pair.has_quad_class, not has_trigger)
                ranked.append(((*rank, gold.is_optional, -event.confidence, g, f), pair))
    pairs: list[Pair] = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for (*_, g, f), pair in sorted(ranked, key=lambda item: item[0]):
        if g not in used_gold and f not in used_found:
            pairs.append(pair)
            used_gold.add(g)
            used_found.add(f)
    return tuple(pairs)


def _quad_class(name: str) -> str:
    return event_types()[name].quad_class


# -- one field of one event


def field_counts(aspect: str, gold: GoldEvent, found: Event) -> Counts:
    """Return how many answers are right, were given and are wanted, of one field."""
    if aspect in {"source", "source country"}:
        actors = [actor.actor_id for actor in found.source_actors]
        wanted = gold.source
        if gold.is_reciprocal:
            actors += [actor.actor_id for actor in found.target_actors]
            wanted = (*gold.source, *gold.target)
        return _actor_counts(wanted, actors, by_country=aspect.endswith("country"))
    if aspect in {"target", "target country"}:
        if gold.is_reciprocal:
            return NOTHING
        actors = [actor.actor_id for actor in found.target_actors]
        return _actor_counts(gold.target, actors, by_country=aspect.endswith("country"))
    if aspect == "date":
        return _date_counts(gold.when, found.when)
    if aspect == "modality":
        return int(found.modality in gold.modalities), 1, 1
    return place_counts(gold.places or (), found.locations, none_counts=aspect == "place")


def _actor_counts(gold: Iterable[GoldActor], found: Iterable[str], *, by_country: bool) -> Counts:
    if by_country:
        gold = dict.fromkeys(
            GoldActor(ids=tuple(map(_country, actor.ids)), is_optional=actor.is_optional)
            for actor in gold
        )
        found = dict.fromkeys(map(_country, found))
    return _assigned(tuple(gold), tuple(found), _is_actor)


def _country(actor_id: str) -> str:
    return actor_id.partition(".")[0]


def _is_actor(gold: GoldActor, found: str) -> bool:
    """Say whether an id is the gold's or part of it; a government may go by its country."""
    return any(
        found == wanted or found.startswith(f"{wanted}.") or wanted == f"{found}.GOV"
        for wanted in gold.ids
    )


def _date_counts(gold: Sequence[PartialDate | None], found: PartialDate | None) -> Counts:
    wanted = [when for when in gold if when is not None]
    if found is None:
        return (0, 0, 0 if None in gold else 1)
    return int(any(is_same_date(when, found) for when in wanted)), 1, int(bool(wanted))


def is_same_date(gold: PartialDate, found: PartialDate) -> bool:
    """Say whether both may be the same day and are about as exact: none over twice the other."""
    shorter, longer = sorted((gold.days, found.days))
    return gold.overlaps(found) and longer <= 2 * shorter


def place_counts(
    gold: Sequence[GoldPlace], found: Sequence[EventLocation], *, none_counts: bool
) -> Counts:
    """Return the counts of places; with `none_counts` an empty answer is one that can be right."""
    right, given, wanted = _assigned(gold, found, is_same_place)
    if not none_counts:
        return right, given, wanted
    if not given and not wanted:
        return 1, 1, 1
    return right, max(1, given), max(1, wanted)


def is_same_place(gold: GoldPlace, found: EventLocation) -> bool:
    """Say whether a place is the gold's: near enough, and not a whole country for a town."""
    if gold.kind == "words":
        mention = found.mention
        is_there = gold.span is not None and (
            mention.start < gold.span[1] and gold.span[0] < mention.end
        )
        return is_there or name_key(mention.surface) == name_key(gold.name)
    place = found.place
    is_country = found.precision is GeoPrecision.COUNTRY
    if gold.kind == "country" or is_country:
        return gold.kind == "country" and is_country and place.country_code in gold.country_codes
    if len(gold.country_codes) > 1 and set(place.all_countries) == set(gold.country_codes):
        return True
    if gold.kind == "area" and name_key(place.name) == name_key(gold.name):
        return True
    return (
        gold.coordinates is not None
        and distance_km(gold.coordinates, place.coordinates) <= gold.within_km
    )


def _assigned(
    gold: Sequence[_Gold], found: Sequence[_Found], is_same: Callable[[_Gold, _Found], bool]
) -> Counts:
    """Return the counts when each found answer may serve one gold item; optional ones are free."""
    wanted = [item for item in gold if not item.is_optional]
    free = [item for item in gold if item.is_optional]
    right = given = 0
    left = list(wanted)
    for answer in found:
        match = next((item for item in left if is_same(item, answer)), None)
        if match is not None:
            left.remove(match)
            right += 1
            given += 1
        elif not any(is_same(item, answer) for item in free):
            given += 1
    return right, given, len(wanted)


def annotated_fields(aspects: Collection[str], gold: GoldEvent | None) -> Iterator[str]:
    """Return the fields to count of an event, or of a false one when `gold` is None."""
    for group, fields in FIELD_GROUPS.items():
        is_left_out = gold is not None and (
            (group == "target" and gold.is_reciprocal) or (group == "place" and gold.places is None)
        )
        if group in aspects and not is_left_out:
            yield from fields


def wanted_count(aspect: str, gold: GoldEvent) -> int:
    """Return how many answers a missed event misses."""
    if aspect == "modality":
        return 1
    if aspect == "date":
        return int(None not in gold.when)
    if aspect.endswith("place"):
        return place_counts(gold.places or (), (), none_counts=aspect == "place")[2]
    actors = gold.source if aspect.startswith("source") else gold.target
    return _actor_counts(actors, (), by_country=aspect.endswith("country"))[2]
