"""What a person enters to correct an event, as values of the event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from dashboard.actors import Actor, actor_by_id, known_actors, state_actor
from dashboard.errors import DecisionError
from dashboard.events import Event, EventLocation, Modality
from dashboard.ontology import event_types
from dashboard.partial_dates import PartialDate
from gazetteer.countries import countries
from gazetteer.names import name_key
from gazetteer.places import Place
from gazetteer.toponyms import Geoparse, Mention, MentionKind

_RANGE = ".."


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
