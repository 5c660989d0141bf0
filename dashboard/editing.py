"""What a person enters to correct an event, as values of the event."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from dashboard.actors import Actor, actor_by_id, known_actors, state_actor
from dashboard.errors import DecisionError
from dashboard.events import Event, EventLocation, Modality, Size, SizeKind
from dashboard.ontology import event_types
from dashboard.partial_dates import PartialDate
from gazetteer.countries import countries
from gazetteer.names import name_key
from gazetteer.places import Place
from gazetteer.toponyms import Geoparse, Mention, MentionKind

_RANGE = ".."
_SIZE = re.compile(r"(about )?(\d*)(\.\.)?(\d*) ([a-z]+)")


def as_entered(event: Event) -> dict[str, Any]:
    """Return the values of an event's EDITABLE fields in the form that `entered_changes` reads."""
    return {
        "event_type": event.event_type,
        "source_actors": [actor.actor_id for actor in event.source_actors],
        "target_actors": [actor.actor_id for actor in event.target_actors],
        "when": date_as_entered(event.when),
        "locations": event.locations[0].place.place_id if event.locations else "",
        "sizes": sizes_as_entered(event.sizes),
        "modality": event.modality.value,
    }


def entered_changes(
    event: Event,
    entered: Mapping[str, Any],
    *,
    place_of: Callable[[str], Place | None],
    geoparse_of: Callable[[], Geoparse],
) -> dict[str, Any]:
    """Return the values that a person gives some EDITABLE fields, in the form of `as_entered`.

    Raises: DecisionError when one is no such value.
    """
    actors = (*event.source_actors, *event.target_actors)

    def place(place_id: str) -> tuple[EventLocation, ...]:
        found = place_of(place_id) if place_id else None
        if place_id and found is None:
            raise DecisionError(f"No place has the id {place_id[:40]!r}.")
        return entered_place(event, found, geoparse_of())

    read: dict[str, Callable[[Any], Any]] = {
        "event_type": entered_type,
        "source_actors": lambda ids: entered_actors(ids, actors),
        "target_actors": lambda ids: entered_actors(ids, actors),
        "when": entered_date,
        "locations": place,
        "sizes": lambda text: entered_sizes(text, event),
        "modality": entered_standing,
    }
    return {name: read[name](value) for name, value in entered.items()}


def entered_sizes(text: str, event: Event) -> tuple[Size, ...]:
    """Return the sizes of "27 killed, 10..20 wounded, 5.. arrested, ..300 crowd"; "" is none.

    One that the event has so keeps the words of the text that say it.

    Raises: DecisionError when it is not written so, or tells of one kind twice.
    """
    told = {sizes_as_entered([size]): size for size in event.sizes}
    parts = [" ".join(part.split()) for part in text.split(",") if part.strip()]
    sizes = [told.get(part) or _size(part, event) for part in parts]
    if len({size.kind for size in sizes}) < len(sizes):
        raise DecisionError("Write each kind of size once.")
    return tuple(sizes)


def _size(part: str, event: Event) -> Size:
    match = _SIZE.fullmatch(part)
    about, first, dots, last, kind = match.groups() if match else (None,) * 5
    if not (first or last) or (last and not dots) or (about and dots) or kind not in _KINDS:
        raise DecisionError(
            f"{part[:40]!r} is no size. Write 27 killed, about 30 wounded, 10..20 arrested, "
            "5.. crowd or ..300 crowd; a comma between two."
        )
    low, high = int(first or 0) if first else None, int(last or 0) if last else None
    if low is not None and high is not None and high < low:
        raise DecisionError(f"{low} is more than {high}.")
    best = low if low is not None else high
    if low is not None and high is not None:
        best = (low + high) // 2
    if not dots:
        low = high = None if about else best
    at = event.trigger_start
    return Size(kind=SizeKind(kind), low=low, best=best or 0, high=high, words="", start=at, end=at)


_KINDS = frozenset(SizeKind)


def sizes_as_entered(sizes: Iterable[Size]) -> str:
    """Return sizes in the form that `entered_sizes` reads."""
    return ", ".join(f"{_number_as_entered(size)} {size.kind.value}" for size in sizes)


def _number_as_entered(size: Size) -> str:
    if size.low == size.high:
        return f"about {size.best}" if size.low is None else str(size.best)
    low, high = ("" if bound is None else str(bound) for bound in (size.low, size.high))
    return f"{low}{_RANGE}{high}"


def entered_date(text: str) -> PartialDate | None:
    """Return the date for "2019-04-18", "2019-04", "2019" or "2019-04-18..2019-04-20"; "" is None.

    Raises: DecisionError when it is none of these.
    """
    first, dots, last = (part.strip() for part in text.partition(_RANGE))
    if not first and not dots:
        return None
    try:
        start = PartialDate.from_iso(first)
        end = PartialDate.from_iso(last) if dots else start
    except ValueError as error:
        raise DecisionError(
            f"{text.strip()[:40]!r} is no date. Write 2019, 2019-04, 2019-04-12 or "
            "2019-04-12..2019-04-15."
        ) from error
    if end.latest < start.earliest:
        raise DecisionError(f"{first} is after {last}.")
    return replace(start, latest=end.latest)


def date_as_entered(when: PartialDate | None) -> str:
    """Return a date in the form that `entered_date` reads."""
    if when is None:
        return ""
    if PartialDate.from_iso(when.iso) == replace(when, expression=None):
        return when.iso
    return f"{when.earliest}{_RANGE}{when.latest}"


def entered_actors(ids: Iterable[str], known: Iterable[Actor] = ()) -> tuple[Actor, ...]:
    """Return the actors of these ids, as `known` has them or as the actor list does.

    Raises: DecisionError when nobody has such an id.
    """
    mine = {actor.actor_id: actor for actor in known}
    found = []
    for actor_id in ids:
        actor = mine.get(actor_id) or _known(actor_id)
        if actor is None:
            raise DecisionError(f"No actor has the id {actor_id[:40]!r}; IRN and IRN.MIL are such.")
        found.append(actor)
    return tuple(found)


@lru_cache(maxsize=1)
def choosable_actors() -> Mapping[str, Actor]:
    """Return the actors to choose from, by id: states, their main organs, and the listed ones."""
    organs = [
        state_actor(code, sector) for code in sorted(countries()) for sector in (None, *_ORGANS)
    ]
    actors = sorted((*organs, *known_actors().values()), key=lambda actor: actor.name)
    return MappingProxyType({actor.actor_id: actor for actor in actors})


_ORGANS = ("GOV", "MIL", "COP", "CVL", "OPP")


def _known(actor_id: str) -> Actor | None:
    try:
        return actor_by_id(actor_id)
    except KeyError:
        return None  # a state has no such sector


def entered_type(name: str) -> str:
    """Return the event type of this name.

    Raises: DecisionError when there is none.
    """
    if name not in event_types():
        raise DecisionError(f"{name[:40]!r} is no event type. Write {', '.join(event_types())}.")
    return name


def entered_standing(name: str) -> Modality:
    """Return the standing of this name.

    Raises: DecisionError when there is none.
    """
    try:
        return Modality(name)
    except ValueError as error:
        raise DecisionError(f"{name[:40]!r} is none of {', '.join(Modality)}.") from error


def entered_place(
    event: Event, place: Place | None, geoparse: Geoparse
) -> tuple[EventLocation, ...]:
    """Return where a person says that the event was, with the words that name it, if any do."""
    if place is None:
        return ()
    for location in event.locations:
        if location.place.place_id == place.place_id:
            return (location,)
    key = name_key(place.name)
    mentions = [
        resolution.mention
        for resolution in geoparse.resolutions
        if (resolution.place and resolution.place.place_id == place.place_id)
        or name_key(resolution.mention.surface) == key
    ]
    nowhere = Mention(
        start=event.trigger_start, end=event.trigger_start, surface="", kind=MentionKind.LITERAL
    )
    nearest = min(
        mentions, key=lambda mention: abs(mention.start - event.trigger_start), default=nowhere
    )
    return (
        EventLocation(
            place=place, precision=place.precision, mention=nearest, reason="A person chose it."
        ),
    )
