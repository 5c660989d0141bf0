"""One event told several times, in one article or in several: which tellings are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from types import MappingProxyType

from dashboard.actors import Actor
from dashboard.events import Event, EventLocation, Modality, Size, SizeKind
from dashboard.ontology import event_types
from dashboard.vocabulary import are_arson_and_harm, words
from gazetteer.geodesy import distance_km
from gazetteer.places import GeoPrecision

_IN_WORDS = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types of which one speaker may be told to do several in one article."""
_OTHER_HARM = frozenset({"abduct", "sexual"})
"""Modes of violence that no killing or blast beside them retells."""
_APART = frozenset({"another", "separately", "elsewhere", "meanwhile"})
"""First words of a sentence by which it tells of something else."""
_TOLD_OR_CLAIMED = frozenset({Modality.REPORTED, Modality.CLAIMED})
_IN_THE_STREET = frozenset({"demo", "riot", None})
_ATTEMPT = re.compile(r"\battempt", re.IGNORECASE)
_MANY = 5
"""So many people, told twice, are the same."""
_ENDS = (".", "!", "?", "…")
_LONGEST_DATELINE = 80
"""Most characters between a headline and the first sentence below it."""
_LIKE, _VERY_LIKE = 0.5, 1.0
"""Points from which two sentences are somewhat, and much alike (`_by_words`)."""
_SAME_PLACE_KM = 60.0
"""Two exact places of one event may be a town and a site near it."""
_SAME_REGION_KM = 150.0
"""How far from the middle of a part of a country, "the north", a place in it may lie."""
_IN_POWER = frozenset({"", "GOV", "MIL", "COP", "SPY", "JUD", "LEG", "REB"})
"""Sectors whose people no protesters are: those who fired at them are not those who were hit."""
_ANY_PROTESTERS = ".OPP.PROTESTERS"
_STRIFE = re.compile(
    r"\s+(?:in|during|amid)\s+(?:\w+\s+)?(?:clash\w*|fighting|battles?|riots?|unrest)\b"
)


def merge_events(
    events: Sequence[Event], echoes: Mapping[str, str] = MappingProxyType({})
) -> tuple[Event, ...]:
    """Return `events` with each told once, in the order of the text.

    `echoes` gives the id of the event that a telling is known to repeat by the telling's id.

    Two tellings are one event when type, standing, parties, place and date agree or one is
    silent, and at least one thing beside the type is shared. The surest telling is kept; it
    takes from the other what it does not say itself, and keeps each as it was in `tellings`.
    """
    kept = sorted(events, key=lambda item: (-fullness(item), item.trigger_start))
    before = None
    while before != len(kept):  # what tellings say together may tell of one more
        before, kept = len(kept), _merged_once(kept, echoes)
    kept = [event if len(event.tellings) > 1 else replace(event, tellings=()) for event in kept]
    return tuple(sorted(kept, key=lambda item: (item.start, item.trigger_start, item.event_type)))


def _merged_once(events: Iterable[Event], echoes: Mapping[str, str]) -> list[Event]:
    """Return `events` without those that an event before tells, which takes them up."""
    kept: list[Event] = []
    for event in events:
        index = next(
            (
                i
                for i, other in enumerate(kept)
                if _is_same(other, event) or _echoes(other, event, echoes)
            ),
            None,
        )
        if index is None:
            kept.append(event)
        else:
            kept[index] = replace(
                _join(kept[index], event),
                tellings=reduce(_told, _tellings(event), _tellings(kept[index])),
            )
    return kept


def _echoes(one: Event, other: Event, echoes: Mapping[str, str]) -> bool:
    """Say whether a telling of either is known to repeat one of the other."""
    ids = [{telling.event_id for telling in _tellings(event)} for event in (one, other)]
    return any(echoes.get(key) in there for here, there in (ids, ids[::-1]) for key in here)


def _tellings(event: Event) -> tuple[Event, ...]:
    return event.tellings or (event,)


def joined(tellings: Sequence[Event]) -> Event:
    """Return one event of the tellings of an article, the first of which is kept."""
    return reduce(_join, tellings)


def _told(told: tuple[Event, ...], other: Event) -> tuple[Event, ...]:
    """Return the tellings of an event with one more; a sentence tells an event once."""
    sentence = next((i for i, telling in enumerate(told) if telling.start == other.start), None)
    if sentence is None:
        return (*told, other)
    return (*told[:sentence], _join(told[sentence], other), *told[sentence + 1 :])


def fullness(event: Event) -> float:
    """Return how much a telling says, and how surely: the fullest stands for the event."""
    parts = (event.source_actors, event.target_actors, event.when, event.locations)
    return event.confidence + 0.2 * sum(bool(part) for part in parts)


def _is_same(one: Event, other: Event) -> bool:
    parties = (
        _agree(one.source_actors, other.source_actors),
        _agree(one.target_actors, other.target_actors),
    )
    if False in parties or not _is_like(one, other):
        return False
    shares_party = True in parties
    if _is_plainly_one(one, other):
        return True
    if one.start == other.start:
        return shares_party or parties == (None, None) or one.event_type == "ASSAULT"
    if (
        one.event_type in _IN_WORDS
        and parties == (True, True)
        and not _is_reworded_between(one, other)
    ):
        return False
    if one.event_type in _IN_WORDS and None in parties and _is_unframed(one, other):
        return (shares_party or parties == (None, None)) and _is_reworded(
            one, other, is_by_known=shares_party
        )
    shares_place = bool(one.locations and other.locations)
    if parties == (None, None) and shares_place and _is_dated_once(one, other):
        return not _invents(one, other)
    if _is_bare(one) != _is_bare(other) and _is_same_word(one, other):
        return True  # "those arrested", before the text says who
    if parties == (None, None) and _same_day(one, other) and _is_same_word(one, other):
        return not _invents(one, other)
    if shares_party:
        is_one = one.event_type != "COERCE" or None not in parties or _is_reworded_deed(one, other)
        return is_one and (shares_place or _is_unframed(one, other) or _same_day(one, other))
    return shares_place and _same_day(one, other) and not _invents(one, other)


def _is_plainly_one(one: Event, other: Event) -> bool:
    """Say whether a headline, a number, a crowd or an attempt makes two tellings one event."""
    if _heads(one, other) or _heads(other, one):
        return True
    return _is_one_toll(one, other) or _is_one_crowd(one, other) or _are_one_attempt(one, other)


def _is_like(one: Event, other: Event) -> bool:
    """Say whether type, standing, mode, dates and places do not tell two events apart."""
    if one.event_type != other.event_type or not _stand_alike(one, other):
        return False
    if _are_two_deeds(one, other) or _is_set_apart(max(one, other, key=_order), one, other):
        return False
    if _is_sum(one, other) or _is_sum(other, one):
        return False
    is_riot = {one.mode, other.mode} == {"demo", "riot"} and not _is_one_crowd(one, other)
    if one.start != other.start and (is_riot or (one.mode == "visit") != (other.mode == "visit")):
        return False
    if one.when and other.when and not one.when.overlaps(other.when):
        return False
    return not (one.locations and other.locations) or _near(one.locations, other.locations)


def _stand_alike(one: Event, other: Event) -> bool:
    """Say whether two have one standing; a deed that is told may be claimed too, of nobody else."""
    standings = {one.modality, other.modality}
    if standings != _TOLD_OR_CLAIMED or one.event_type in _IN_WORDS:
        return len(standings) == 1
    if _adds_another(max(one, other, key=_order)):
        return False
    claimed, told = (one, other) if one.modality is Modality.CLAIMED else (other, one)
    return bool(told.source_actors) or not claimed.source_actors


def _is_set_apart(later: Event, *events: Event) -> bool:
    """Say whether the later sentence begins by telling that it is of something else."""
    first = re.search(r"\w+", later.quote.lower())
    is_later = len({event.start for event in events}) > 1
    return is_later and first is not None and first[0] in _APART


def _are_two_deeds(one: Event, other: Event) -> bool:
    """Say whether modes or words tell apart: closing a hall and arresting those in it."""
    modes = {one.mode, other.mode}
    if one.event_type == "COERCE" and None not in modes and len(modes) > 1:
        return True
    if one.event_type == "ASSAULT" and len(modes) > 1 and modes & _OTHER_HARM:
        return True
    if "explosives" in modes and any(map(_is_in_strife, (one, other))):
        return True  # who died in the clashes was not killed by the blast
    names = {_trigger(one), _trigger(other)}
    if one.event_type == "ASSAULT" and len(names) > 1 and names & words("own_names"):
        return True  # "the coup" takes up no killing
    is_one_sentence = one.start == other.start
    if (
        one.event_type == "ASSAULT"
        and is_one_sentence
        and are_arson_and_harm(*" ".join(names).split())
    ):
        return True  # "*burned* huts and *killed* villagers"
    return is_one_sentence and one.event_type in _IN_WORDS and not _is_same_word(one, other)


def _are_as_many(one: Event, other: Event) -> bool:
    """Say whether no two numbers of people tell two events apart."""
    theirs = {size.kind: size.best for size in other.sizes}
    return all(theirs.get(size.kind, size.best) == size.best for size in one.sizes)


def _is_in_strife(event: Event) -> bool:
    """Say whether a telling goes on with the fighting in which it happened: "died in clashes"."""
    return _STRIFE.match(event.quote, event.trigger_end - event.start) is not None


def _is_sum(whole: Event, part: Event) -> bool:
    """Say whether one tells of more dead in a wider place: "30 died in blasts in two cities"."""
    dead = [
        next((size.best for size in event.sizes if size.kind is SizeKind.KILLED), None)
        for event in (whole, part)
    ]
    if None in dead or not (whole.locations and part.locations):
        return False
    width = [min(location.precision for location in e.locations) for e in (whole, part)]
    return width[0] > width[1] and (dead[0] or 0) > (dead[1] or 0)


def _heads(headline: Event, event: Event) -> bool:
    """Say whether the first is told by a headline and the other by the sentence below it."""
    is_headline = headline.start == 0 and not headline.quote.rstrip("\"'”’»)").endswith(_ENDS)
    return is_headline and 0 < event.start - headline.end <= _LONGEST_DATELINE


def _is_one_toll(one: Event, other: Event) -> bool:
    """Say whether two tell of as many people, too many or in too many ways for chance."""
    kinds = {size.kind for size in other.sizes}
    shared = [size.best for size in one.sizes if size.kind in kinds]
    is_telling = len(shared) > 1 or max(shared, default=0) >= _MANY
    return is_telling and _are_as_many(one, other)


def _is_one_crowd(one: Event, other: Event) -> bool:
    """Say whether a protest or riot told without a name, a place and a day is the other.

    "Riots broke out ... crowds filled the streets", not "another march".
    """
    modes = {one.mode, other.mode}
    if one.event_type != "PROTEST" or "riot" not in modes or not modes <= _IN_THE_STREET:
        return False
    is_bare = _is_bare(one) or _is_bare(other)
    return is_bare and not _adds_another(max(one, other, key=_order))


def _are_one_attempt(one: Event, other: Event) -> bool:
    """Say whether two sentences speak of an attempt at violence, one without date and place."""
    are_attempts = all(_ATTEMPT.search(event.quote) for event in (one, other))
    is_one = are_attempts and one.event_type == "ASSAULT" and _is_unframed(one, other)
    return is_one and not _adds_another(max(one, other, key=_order))


def _adds_another(event: Event) -> bool:
    """Say whether the sentence tells of one more act: "*another* march"."""
    return not words("another").isdisjoint(re.findall(r"\w+", event.quote.lower()))


def _is_bare(event: Event) -> bool:
    """Say whether a telling names nobody, no place and no day."""
    parties = (*event.source_actors, *event.target_actors)
    return not (parties or event.when or event.locations)


def _is_unframed(one: Event, other: Event) -> bool:
    """Say whether one of two tellings has neither date nor place."""
    return not (other.when or other.locations) or not (one.when or one.locations)


def _is_reworded(one: Event, other: Event, *, is_by_known: bool) -> bool:
    """Say whether two sentences say the same: one speaker may make several demands."""
    if one.event_type == "AGREE" and is_by_known and _takes_up(max(one, other, key=_order)):
        return True  # "a deal with Chad ... signed *the accord* with Chad"
    likeness = _by_words(one, other)[0]
    is_same_word = _is_same_word(one, other)
    if is_by_known:
        return likeness >= _VERY_LIKE or (is_same_word and likeness >= _LIKE)
    return is_same_word and likeness >= _VERY_LIKE


def _is_reworded_between(one: Event, other: Event) -> bool:
    """Say whether two sentences tell one thing that A said of B."""
    return _is_same_word(one, other) or _by_words(one, other)[0] >= _LIKE


def _is_reworded_deed(one: Event, other: Event) -> bool:
    """Say whether two sentences tell one deed of the police, who do many."""
    return _is_same_word(one, other) or _takes_up(max(one, other, key=_order))


def _is_same_word(one: Event, other: Event) -> bool:
    return _trigger(one)[:_STEM] == _trigger(other)[:_STEM]


def _invents(one: Event, other: Event) -> bool:
    """Say whether joining would give a deed the doer of another that happened beside it.

    "The attack" takes up what was told, and may say by whom: "X claimed the attack"; "an officer
    died in the clashes" names no killer.
    """
    if bool(one.source_actors) == bool(other.source_actors):
        return False
    if one.event_type == "COERCE" and _is_same_word(one, other) and _are_as_many(one, other):
        later = max(one, other, key=_order)
        return _adds_another(later)  # else "arrested in Peru ... arrested *by the police*"
    unnamed = other if one.source_actors else one
    later = max(one, other, key=_order)
    return not (_takes_up(unnamed) or _takes_up(later))


def _order(event: Event) -> int:
    return event.trigger_start


def _takes_up(event: Event) -> bool:
    """Say whether a telling speaks of a deed as known: "the attack", "ordered the arrest"."""
    lead = re.findall(r"\w+", event.quote[: max(0, event.trigger_start - event.start)])[-2:]
    named = {word.lower() for word in (*lead, *_trigger(event).split()[-2:])}
    return bool(named & {"the", "that", "this"})


def _is_dated_once(one: Event, other: Event) -> bool:
    """Say whether at most one of two tellings is dated."""
    return one.when is None or other.when is None


def _same_day(one: Event, other: Event) -> bool:
    return one.when is not None and other.when is not None and one.when.overlaps(other.when)


def _agree(one: Iterable[Actor], other: Iterable[Actor]) -> bool | None:
    """Say whether two lists of parties may be the same; None when one is silent.

    The protesters of a country may be any people of it: "dockers struck ... the strike".
    """
    ids = {actor.actor_id for actor in one}, {actor.actor_id for actor in other}
    if not ids[0] or not ids[1]:
        return None
    return any(_is_kin(a, b) for a in ids[0] for b in ids[1])


def _is_kin(one: str, other: str) -> bool:
    if one.endswith(_ANY_PROTESTERS) or other.endswith(_ANY_PROTESTERS):
        (land, _, sector), (other_land, _, other_sector) = one.partition("."), other.partition(".")
        return land == other_land and not {sector[:3], other_sector[:3]} & _IN_POWER
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
    is_region = wide.precision is GeoPrecision.REGION
    is_region = is_region and wide.place.country_code in {None, narrow.place.country_code}
    within_km = _SAME_REGION_KM if is_region else _SAME_PLACE_KM
    return distance_km(a.place.coordinates, b.place.coordinates) <= within_km


def _join(best: Event, other: Event) -> Event:
    locations = best.locations
    if other.locations and (
        not locations
        or min(loc.precision for loc in other.locations) < min(loc.precision for loc in locations)
    ):
        locations = other.locations
    surest = best if best.modality is not Modality.CLAIMED else other
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
        sizes=_all_sizes(best.sizes, other.sizes),
        confidence=min(0.95, round(best.confidence + 0.03, 2)),
        modality=surest.modality,
        attributed_to=surest.attributed_to,
    )


def _all_sizes(one: tuple[Size, ...], other: tuple[Size, ...]) -> tuple[Size, ...]:
    """Return one size of each kind, the first's own where both tell one."""
    by_kind = {size.kind: size for size in (*other, *one)}
    return tuple(by_kind[kind] for kind in SizeKind if kind in by_kind)


def _fuller(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Return the list of parties that says more: "Iran's army" rather than "Iran"."""
    if not one:
        return other
    says_more = other and all(
        any(theirs.actor_id.startswith(ours.actor_id + ".") for theirs in other) for ours in one
    )
    return other if says_more else one


# -- tellings of different articles

MOST_DAYS_APART = 1
"""Two articles may disagree by a day: the night, time zones, "on Tuesday"."""
LONGEST_WINDOW_DAYS = 31
"""A date less exact than a month speaks for no one event."""
EXACT_DAYS = 3
_ENOUGH = 6.0
"""Points from which two tellings are one event; `same_event` says how they are given."""
_STEM = 6
_HAPPENED = frozenset({Modality.REPORTED, Modality.CLAIMED, Modality.BACKGROUND})


@dataclass(frozen=True, slots=True)
class Sameness:
    """Why two tellings of different articles are one event."""

    points: float
    reasons: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return the reasons as one line."""
        return "; ".join(self.reasons)


def same_event(one: Event, other: Event) -> Sameness | None:
    """Return why two articles tell the same event, or None when they do not.

    Nothing may disagree: family of the type, standing, dates (a day apart at most), places
    (as near as their precision asks), parties. What agrees gives points, more for the exact
    day, the exact place, both parties, like words and numbers; below a threshold the two stay
    two. Either without a date stays what it is.
    """
    parts = (_by_type(one, other), _by_date(one, other), _by_place(one, other))
    parties = _by_parties(one, other)
    if None in parts or parties is None:
        return None
    found = [
        part
        for part in (*parts, *parties, _by_words(one, other), _by_size(one, other))
        if part is not None
    ]
    points = sum(part[0] for part in found)
    is_held = bool(parties) or (one.locations and other.locations)
    if points < _ENOUGH or not is_held:
        return None
    return Sameness(points, tuple(why for _, why in found if why))


def same_sentence(one: Event, other: Event) -> Sameness | None:
    """Return why two versions of a page tell the same event: they have one sentence of it.

    None when the sentences, or what is told in them, differ, or their dates disagree.
    """
    told = [(e.quote, e.event_type, e.trigger_start - e.start) for e in (one, other)]
    if told[0] != told[1] or (one.when and other.when and _by_date(one, other) is None):
        return None
    return Sameness(2 * _ENOUGH, ("the same sentence in another version of the page",))


_Part = tuple[float, str]


def _by_type(one: Event, other: Event) -> _Part | None:
    types = event_types()
    if one.modality is not other.modality and not {one.modality, other.modality} <= _HAPPENED:
        return None
    clash = -1.0 if one.mode and other.mode and one.mode != other.mode else 0.0
    if one.event_type == other.event_type:
        return 1.0 + clash, f"both {types[one.event_type].label.lower()}"
    if types[one.event_type].family != types[other.event_type].family:
        return None
    if _trigger(one)[:_STEM] != _trigger(other)[:_STEM]:
        return None
    return clash, f"both called “{_trigger(one)}”"


def _trigger(event: Event) -> str:
    return event.quote[event.trigger_start - event.start : event.trigger_end - event.start].lower()


def _by_date(one: Event, other: Event) -> _Part | None:
    a, b = one.when, other.when
    if a is None or b is None or max(a.days, b.days) > LONGEST_WINDOW_DAYS:
        return None
    apart = max((a.earliest - b.latest).days, (b.earliest - a.latest).days, 0)
    exact = (a.days <= EXACT_DAYS) + (b.days <= EXACT_DAYS)
    if apart > MOST_DAYS_APART or (apart and exact < 2):
        return None
    if apart:
        return 0.5, "dates a day apart"
    return (0.5, 1.0, 2.0)[exact], "the same days" if exact == 2 else "dates that overlap"


def _by_place(one: Event, other: Event) -> _Part | None:
    if not one.locations or not other.locations:
        return 0.0, ""
    near = [(a, b) for a in one.locations for b in other.locations if _is_near(a, b)]
    if not near:
        return None
    a, b = min(near, key=lambda pair: pair[0].precision + pair[1].precision)
    same = a.place.place_id == b.place.place_id
    why = f"both at {a.place.name}" if same else f"{a.place.name} and {b.place.name} fit"
    if max(a.precision, b.precision) <= GeoPrecision.ADMIN2:
        return 2.0, why
    return (1.0 if same else 0.5), why


def _by_parties(one: Event, other: Event) -> list[_Part] | None:
    found = []
    for mine, theirs in (
        (one.source_actors, other.source_actors),
        (one.target_actors, other.target_actors),
    ):
        agree = _agree(mine, theirs)
        if agree is False:
            return None
        if agree:
            ids = {actor.actor_id for actor in theirs}
            name = next(a.name for a in mine if any(_is_kin(a.actor_id, b) for b in ids))
            found.append((1.0, f"both name {name}"))
    return found


def _by_words(one: Event, other: Event) -> _Part:
    a, b = _content(one.quote), _content(other.quote)
    shared = len(a & b)
    likeness = 2 * shared / (len(a) + len(b)) if a and b else 0.0
    points = 2.0 if likeness >= 0.5 else 1.0 if likeness >= 0.3 else 0.5
    return (points, f"sentences {likeness:.0%} alike") if likeness >= 0.15 else (-0.5, "")


def _content(quote: str) -> frozenset[str]:
    """Return the stems of the words and numbers that carry what a sentence says."""
    empty = words("empty")
    return frozenset(
        word[:_STEM]
        for word in re.findall(r"\w+", quote.casefold())
        if (len(word) > 3 or word.isdigit()) and word not in empty
    )


def _by_size(one: Event, other: Event) -> _Part:
    theirs = {size.kind: size.best for size in other.sizes}
    pairs = [(size.best, theirs[size.kind]) for size in one.sizes if size.kind in theirs]
    if not pairs:
        return 0.0, ""
    if any(max(pair) > 3 * max(1, min(pair)) for pair in pairs):
        return -1.5, ""
    return 1.0, "like numbers of people"
