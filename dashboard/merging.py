"""One event told several times in an article: which tellings are the same, and which is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dashboard.actors import Actor
from dashboard.events import Event, EventLocation, Modality
from gazetteer.geodesy import distance_km
from gazetteer.places import GeoPrecision

_SAME_PLACE_KM = 60.0
"""Two exact places of one event may be a town and a site near it."""


def merge_events(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return `events` with each told once, in the order of the text.

    Two tellings are one event when type, standing, parties, place and date agree or one is
    silent, and at least one thing beside the type is shared. The surest telling is kept; it
    takes from the other what it does not say itself.
    """
    kept: list[Event] = []
    for event in sorted(events, key=lambda item: (-_fullness(item), item.trigger_start)):
        index = next((i for i, other in enumerate(kept) if _is_same(other, event)), None)
        if index is None:
            kept.append(event)
        else:
            kept[index] = _join(kept[index], event)
    return tuple(sorted(kept, key=lambda item: (item.start, item.trigger_start, item.event_type)))


def _fullness(event: Event) -> float:
    parts = (event.source_actors, event.target_actors, event.when, event.locations)
    return event.confidence + 0.2 * sum(bool(part) for part in parts)


def _is_same(one: Event, other: Event) -> bool:
    if one.event_type != other.event_type or one.modality is not other.modality:
        return False
    if (one.mode == "visit") != (other.mode == "visit") and one.start != other.start:
        return False
    if {one.mode, other.mode} == {"demo", "riot"} and one.start != other.start:
        return False
    if one.when and other.when and not one.when.overlaps(other.when):
        return False
    if one.locations and other.locations and not _near(one.locations, other.locations):
        return False
    parties = (
        _agree(one.source_actors, other.source_actors),
        _agree(one.target_actors, other.target_actors),
    )
    if False in parties:
        return False
    shares_party = True in parties
    if one.start == other.start:
        return shares_party or parties == (None, None) or one.event_type == "ASSAULT"
    shares_place = bool(one.locations and other.locations)
    is_bare = not (other.when or other.locations) or not (one.when or one.locations)
    if parties == (None, None) and shares_place and _is_dated_once(one, other):
        return not _invents(one, other)
    if shares_party:
        return shares_place or is_bare or _same_day(one, other)
    return shares_place and _same_day(one, other) and not _invents(one, other)


def _invents(one: Event, other: Event) -> bool:
    """Say whether joining would give a deed the doer of another that happened beside it.

    "The attack" takes up what was told; "an officer died in the clashes" names no killer.
    """
    if bool(one.source_actors) == bool(other.source_actors):
        return False
    unnamed = other if one.source_actors else one
    lead = unnamed.quote[: max(0, unnamed.trigger_start - unnamed.start)].split()[-2:]
    return not {word.lower() for word in lead} & {"the", "that", "this"}


def _is_dated_once(one: Event, other: Event) -> bool:
    """Say whether at most one of two tellings is dated."""
    return one.when is None or other.when is None


def _same_day(one: Event, other: Event) -> bool:
    return one.when is not None and other.when is not None and one.when.overlaps(other.when)


def _agree(one: Iterable[Actor], other: Iterable[Actor]) -> bool | None:
    """Say whether two lists of parties may be the same; None when one is silent."""
    ids = {actor.actor_id for actor in one}, {actor.actor_id for actor in other}
    if not ids[0] or not ids[1]:
        return None
    return any(_is_kin(a, b) for a in ids[0] for b in ids[1])


def _is_kin(one: str, other: str) -> bool:
    return one == other or one.startswith(other + ".") or other.startswith(one + ".")


def _near(one: Iterable[EventLocation], other: Iterable[EventLocation]) -> bool:
    return any(_is_near(a, b) for a in one for b in other)


def _is_near(a: EventLocation, b: EventLocation) -> bool:
    if a.place.place_id == b.place.place_id:
        return True
    wide, narrow = (a, b) if a.precision > b.precision else (b, a)
    if wide.precision is GeoPrecision.COUNTRY:
        return wide.place.country_code in narrow.place.all_countries
    if wide.precision is GeoPrecision.ADMIN1 and narrow.precision < GeoPrecision.ADMIN1:
        same = (wide.place.country_code, wide.place.admin1_code)
        return same == (narrow.place.country_code, narrow.place.admin1_code)
    return distance_km(a.place.coordinates, b.place.coordinates) <= _SAME_PLACE_KM


def _join(best: Event, other: Event) -> Event:
    locations = best.locations
    if other.locations and (
        not locations
        or min(loc.precision for loc in other.locations) < min(loc.precision for loc in locations)
    ):
        locations = other.locations
    when = best.when or other.when
    if best.when and other.when and other.when.days < best.when.days:
        when = other.when
    return replace(
        best,
        mode=best.mode or other.mode,
        source_actors=_fuller(best.source_actors, other.source_actors),
        target_actors=_fuller(best.target_actors, other.target_actors),
        when=when,
        locations=locations,
        unplaced_reason=None if locations else best.unplaced_reason,
        confidence=min(0.95, round(best.confidence + 0.03, 2)),
        modality=best.modality if best.modality is not Modality.CLAIMED else other.modality,
    )


def _fuller(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Return the list of parties that says more: "Iran's army" rather than "Iran"."""
    if not one:
        return other
    says_more = other and all(
        any(theirs.actor_id.startswith(ours.actor_id + ".") for theirs in other) for ours in one
    )
    return other if says_more else one
