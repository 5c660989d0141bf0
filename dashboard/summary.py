"""What a pile of events amounts to: counts by actor and type, days, and one line of coverage."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dashboard.actors import ANY_COUNTRY, SECTORS, actor_by_id
from dashboard.counts import counted
from dashboard.ontology import event_type
from dashboard.popups import day_words
from gazetteer.countries import country_by_code3

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dashboard.events import EventReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorCount:
    """How many events an actor, with all its members, takes part in."""

    actor_id: str
    name: str
    count: int
    """Events with the actor on either side; one with it on both counts once."""
    as_source: int
    as_target: int
    group: str | None = None
    """Id of the country that it belongs to; None for a country and for what has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeCount:
    """How many events are of a type."""

    event_type: str
    label: str
    family: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """The days that dated events span, both included."""

    earliest: date
    latest: date


def actor_counts(reports: Iterable[EventReport]) -> tuple[ActorCount, ...]:
    """Return each actor with its number of events, a country followed by its own actors.

    Most events first, then by name. A country stands there even when only its actors
    are named; it counts their events as its own.
    """
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    either, sources, targets = Counter[str](), Counter[str](), Counter[str]()
    for report in reports:
        event = report.event
        for actor in (*event.source_actors, *event.target_actors):
            names[actor.actor_id][actor.name] += 1
        source_ids = _with_groups(actor.actor_id for actor in event.source_actors)
        target_ids = _with_groups(actor.actor_id for actor in event.target_actors)
        sources.update(source_ids)
        targets.update(target_ids)
        either.update(source_ids | target_ids)
    named = {actor_id for actor_id in either if actor_id in names or actor_name(actor_id)}
    counts = {
        actor_id: ActorCount(
            actor_id=actor_id,
            name=actor_name(actor_id) or _usual_name(names[actor_id]),
            count=either[actor_id],
            as_source=sources[actor_id],
            as_target=targets[actor_id],
            group=country_of(actor_id),
        )
        for actor_id in named
    }
    return grouped(counts)


def grouped(counts: dict[str, ActorCount]) -> tuple[ActorCount, ...]:
    """Return the counts, a country followed by its sectors and these by their actors.

    Most events first.
    """
    return tuple(sorted(counts.values(), key=lambda count: _grouped_order(count, counts)))


def type_counts(reports: Iterable[EventReport]) -> tuple[TypeCount, ...]:
    """Return each event type with its number of events, most first, then by name."""
    counts = Counter(report.event.event_type for report in reports)
    return tuple(
        TypeCount(
            event_type=name,
            label=event_type(name).label,
            family=event_type(name).family,
            count=count,
        )
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def date_range(reports: Iterable[EventReport]) -> DateRange | None:
    """Return the days that the events span, or None when none has a date."""
    dates = [report.event.when for report in reports if report.event.when]
    if not dates:
        return None
    return DateRange(
        earliest=min(when.earliest for when in dates), latest=max(when.latest for when in dates)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of a collection is shown, and what it rests on."""

    shown: int
    total: int
    unplaced: int
    reports: int
    datasets: int
    sources: int
    latest: date | None

    def in_words(
        self,
        number: Callable[[int], str] = "{:,}".format,
        day: Callable[[date], str] = day_words,
    ) -> str:
        """Return it as one line, its numbers and its day written by these two."""
        if not self.total:
            return "No events yet"
        told = [
            counted(count, noun, number)
            for count, noun in ((self.reports, "report"), (self.datasets, "data set"))
            if count
        ]
        parts = [
            f"{number(self.shown)} of {counted(self.total, 'event', number)} shown",
            f"{number(self.unplaced)} without a place" if self.unplaced else "",
            f"from {' and '.join(told)}" if told else "",
            f"by {counted(self.sources, 'source', number)}" if self.sources else "",
            f"latest report {day(self.latest)}" if self.latest else "",
        ]
        return " · ".join(part for part in parts if part)


def coverage(shown: Sequence[EventReport], total: int) -> str:
    """Return one line that says how many of `total` events are shown, and what they rest on."""
    articles = {report.article.article_id: report.article for report in shown}
    published = [article.published for article in articles.values() if article.published]
    datasets = {report.event.origin.dataset_id for report in shown if report.event.origin}
    return Coverage(
        shown=len(shown),
        total=total,
        unplaced=sum(not report.event.locations for report in shown),
        reports=len(articles.keys() - datasets),
        datasets=len(datasets),
        sources=len({article.source for article in articles.values() if article.source}),
        latest=max(published, default=None),
    ).in_words()


def _with_groups(actor_ids: Iterable[str]) -> set[str]:
    """Return the ids with every group that they belong to: "IRN.MIL" brings "IRN"."""
    found: set[str] = set()
    for actor_id in actor_ids:
        parts = actor_id.split(".")
        found.update(".".join(parts[:length]) for length in range(1, len(parts) + 1))
    return found


def actor_name(actor_id: str) -> str | None:
    """Return a country's name, or None: others have the name that the reports give them."""
    country = country_by_code3(actor_id) if len(actor_id) == 3 else None
    return country.name if country else None


def group_name(actor_id: str) -> str | None:
    """Return what a group is called that no report names by itself, or None."""
    if actor_id.startswith(ANY_COUNTRY):
        named = SECTORS.get(actor_id.removeprefix(ANY_COUNTRY))
        return f"{named[0].upper()}{named[1:]} of any country" if named else None
    head, dot, sector = actor_id.partition(".")
    if not dot:
        return _ACROSS_COUNTRIES.get(head)
    known = actor_by_id(actor_id) if sector in SECTORS else None
    return known.name if known else None


_ACROSS_COUNTRIES = {
    "IGO": "International organisations",
    "NGO": "Organisations of no state",
    "IMG": "Armed groups of many countries",
}


def sector_of(actor_id: str) -> str | None:
    """Return the sector within which an actor is listed, in words; None for a sector itself."""
    parts = actor_id.split(".")
    return SECTORS.get(parts[1]) if len(parts) > 2 else None


def country_of(actor_id: str) -> str | None:
    """Return the country that an actor belongs to by its id, None for a country itself."""
    code, dot, _ = actor_id.partition(".")
    return code if dot and actor_name(code) else None


def _usual_name(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))


def _grouped_order(
    count: ActorCount, counts: dict[str, ActorCount]
) -> tuple[tuple[int, str, str], ...]:
    """Return how an actor is sorted: after its country, after its sector, most events first."""
    parts = count.actor_id.split(".")
    chain = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
    return tuple((-counts[one].count, counts[one].name, one) for one in chain if one in counts)
