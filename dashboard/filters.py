"""Which events are shown: as a value, and as the query of a link."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from dashboard import link_values as read
from dashboard.actors import ANY_COUNTRY, any_country
from dashboard.counts import counted
from dashboard.datasets import OWN
from dashboard.events import Modality, Review
from dashboard.ontology import event_types
from dashboard.whereabouts import as_asked, lying_in, place_named, whereabouts_of
from gazetteer.places import BoundingBox, Coordinates, GeoPrecision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.events import EventReport

FILTER_KEYS = (
    "actors", "role", "pairs", "types", "quads", "since", "until", "precision", "text", "box",
    "polygon", "places", "confidence", "sources", "articles", "datasets", "days", "modalities",
    "reviewed",
)  # fmt: skip
"""Keys of a filter in a link."""

DEFAULT_MODALITIES = tuple(
    sorted(set(Modality) - {Modality.DENIED, Modality.HYPOTHETICAL, Modality.NEGATED})
)
"""The standings that are shown unless others are asked for: what happened, or is to happen."""

DEFAULT_REVIEWED = tuple(sorted(set(Review) - {Review.REJECTED}))
"""What is shown unless asked otherwise: all but what a person rejected."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


class Role(StrEnum):
    """On which side of an event the actors stand that are asked for."""

    EITHER = "either"
    SOURCE = "source"
    TARGET = "target"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """What an event must be to be shown; a field that is not set asks nothing.

    Values of one field are alternatives; the fields must all hold. Only standing and review
    leave out something when they are not set: see DEFAULT_MODALITIES and DEFAULT_REVIEWED.
    """

    actors: tuple[str, ...] = ()
    """Actor ids; an id stands for its members too: "IRN" for "IRN.MIL.IRGC"."""
    role: Role = Role.EITHER
    """On which side one of `actors` stands."""
    pairs: tuple[str, ...] = ()
    """Two actor ids joined by "~", which face each other: one acts, the other is acted on."""
    event_types: tuple[str, ...] = ()
    quad_classes: tuple[str, ...] = ()
    """PLOVER's: "verbal cooperation", "material conflict", ..."""
    since: date | None = None
    """First day: an event that may have happened on it or later matches."""
    until: date | None = None
    """Last day, included. An event without a date matches neither."""
    max_precision: GeoPrecision | None = None
    """The least exact place that is still shown; events without a place are not."""
    text: str = ""
    """Words that must all occur in the quote, the title or the name of a place."""
    box: BoundingBox | None = None
    """Where one of the event's places must lie."""
    polygon: tuple[Coordinates, ...] = ()
    """The corners of an area where one of the event's places must lie, straight between them."""
    places: tuple[str, ...] = ()
    """Codes of countries and ids of other places; the event must be at or in one of them."""
    min_confidence: float = 0.0
    sources: tuple[str, ...] = ()
    """Who published the report, as the articles name it."""
    articles: tuple[str, ...] = ()
    """Article ids; an event matches by any of its reports."""
    datasets: tuple[str, ...] = ()
    """Ids of data sets, and OWN for what was coded here."""
    max_days: int | None = None
    """How many days the event may have happened on, at most; one without a date does not match."""
    modalities: tuple[Modality, ...] = ()
    """Standings; none set: DEFAULT_MODALITIES."""
    reviewed: tuple[Review, ...] = ()
    """What a person said; none set: DEFAULT_REVIEWED."""

    def __post_init__(self) -> None:
        for name, default in (("modalities", DEFAULT_MODALITIES), ("reviewed", DEFAULT_REVIEWED)):
            if tuple(sorted(set(getattr(self, name)))) == default:
                object.__setattr__(self, name, ())
        object.__setattr__(self, "places", tuple(map(as_asked, self.places)))
        for name in (
            "actors",
            "pairs",
            "event_types",
            "quad_classes",
            "places",
            "sources",
            "articles",
            "datasets",
            "modalities",
            "reviewed",
        ):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        printable = "".join(char if char.isprintable() else " " for char in self.text)
        object.__setattr__(self, "text", " ".join(printable.split()))

    def matches(self, report: EventReport) -> bool:
        """Say whether `report` is to be shown."""
        return (
            self._matches_actors(report)
            and all(self._has_pair(report, pair) for pair in self.pairs)
            and (not self.event_types or report.event.event_type in self.event_types)
            and self._matches_quad_classes(report)
            and report.event.confidence >= self.min_confidence
            and (not self.sources or (report.article.source or "") in self.sources)
            and (not self.datasets or dataset_of(report) in self.datasets)
            and self._matches_dates(report)
            and self._matches_places(report)
            and all(word in searchable_text(report) for word in self.words())
            and self._matches_articles(report)
            and report.event.modality in self.shown_modalities
            and report.reviewed in self.shown_reviewed
        )

    @property
    def shown_modalities(self) -> tuple[Modality, ...]:
        """Return the standings that are shown, the default ones when none is set."""
        return self.modalities or DEFAULT_MODALITIES

    @property
    def shown_reviewed(self) -> tuple[Review, ...]:
        """Return the outcomes of review that are shown, the default ones when none is set."""
        return self.reviewed or DEFAULT_REVIEWED

    def words(self) -> tuple[str, ...]:
        """Return the words of `text` in the form in which `searchable_text` holds them."""
        return tuple(folded(self.text).split())

    def to_query(self) -> dict[str, str]:
        """Return what is set as the plain, short values of a link's query."""
        values = {
            "actors": ",".join(self.actors),
            "role": "" if self.role is Role.EITHER else self.role.value,
            "pairs": ",".join(self.pairs),
            "types": ",".join(self.event_types),
            "quads": ",".join(self.quad_classes),
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "precision": str(int(self.max_precision)) if self.max_precision else "",
            "text": self.text,
            "box": read.box_to_query(self.box) if self.box else "",
            "polygon": ",".join(read.corner(corner) for corner in self.polygon),
            "places": ",".join(self.places),
            "confidence": read.degrees(self.min_confidence) if self.min_confidence else "",
            "sources": "|".join(self.sources),
            "articles": ",".join(self.articles),
            "datasets": ",".join(self.datasets),
            "days": str(self.max_days) if self.max_days else "",
            "modalities": _all_or_each(self.modalities, Modality),
            "reviewed": _all_or_each(self.reviewed, Review),
        }
        return {key: value for key, value in values.items() if value}

    def in_words(self) -> str:
        """Return what is asked, for a reader; "" when nothing is."""
        places = self.max_precision and self.max_precision.name.lower()
        parts = [
            f"{_ROLE_WORDS[self.role]} {_listed(self.actors)}" if self.actors else "",
            f"between {_listed([pair.replace('~', ' and ') for pair in self.pairs])}"
            if self.pairs
            else "",
            f"types {_listed([event_types()[name].label for name in self.event_types])}"
            if self.event_types
            else "",
            _listed(self.quad_classes),
            f"since {self.since}" if self.since else "",
            f"until {self.until}" if self.until else "",
            f"places known to {places} or better" if places else "",
            f"containing “{self.text}”" if self.text else "",
            f"within {read.box_to_query(self.box)} (south, west, north, east)" if self.box else "",
            "within a drawn area" if self.polygon else "",
            f"in or at {_listed(tuple(map(_place_name, self.places)))}" if self.places else "",
            f"confidence {self.min_confidence:.2f} or more" if self.min_confidence else "",
            f"published by {_listed([name or 'nobody named' for name in self.sources])}"
            if self.sources
            else "",
            f"from {counted(len(self.articles), 'chosen article')}" if self.articles else "",
            f"of {counted(len(self.datasets), 'chosen set')}" if self.datasets else "",
            f"dated to {self.max_days} days or better" if self.max_days else "",
            _in_words("standing", self.modalities, Modality),
            _in_words("review", self.reviewed, Review),
        ]
        return "; ".join(part for part in parts if part)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> tuple[Self, tuple[str, ...]]:
        """Return the filter of a link's query, and what of it could not be understood.

        What cannot be understood is left out and told in a reader's words; other keys
        are none of its business.
        """
        reader = read.QueryReader(query)
        wanted = cls(
            actors=reader.values("actors", read.actor_id),
            role=reader.value("role", Role, "is not either, source or target") or Role.EITHER,
            pairs=reader.values("pairs", read.pair),
            event_types=reader.values("types", read.event_type),
            quad_classes=reader.values("quads", read.quad_class),
            since=reader.value("since", date.fromisoformat, "is not a day such as 2019-11-25"),
            until=reader.value("until", date.fromisoformat, "is not a day such as 2019-11-25"),
            max_precision=reader.value("precision", read.precision, "is not a number from 1 to 7"),
            text=reader.value("text", read.text, f"is longer than {read.MAX_TEXT} characters")
            or "",
            box=reader.value("box", read.box, "is not a box: south,west,north,east in degrees"),
            polygon=reader.value("polygon", read.polygon, "is not a drawn area: lat lon,lat lon,…")
            or (),
            places=reader.values("places", read.place_id),
            min_confidence=reader.value("confidence", read.share, "is not between 0 and 1") or 0.0,
            sources=reader.values("sources", read.text, separator="|"),
            articles=reader.values("articles", read.article_id),
            datasets=reader.values("datasets", read.dataset),
            max_days=reader.value("days", read.days, "is not a number of days from 1 to 9999"),
            modalities=reader.members("modalities", Modality),
            reviewed=reader.members("reviewed", Review),
        )
        return wanted, tuple(reader.problems)

    def _matches_actors(self, report: EventReport) -> bool:
        sides = _sides(report)
        taking_part = {
            Role.EITHER: sides[0] | sides[1],
            Role.SOURCE: sides[0],
            Role.TARGET: sides[1],
        }[self.role]
        return not self.actors or any(_has_member(taking_part, group) for group in self.actors)

    def _has_pair(self, report: EventReport, pair: str) -> bool:
        one, other = pair.split("~")
        sources, targets = _sides(report)
        return (_has_member(sources, one) and _has_member(targets, other)) or (
            _has_member(sources, other) and _has_member(targets, one)
        )

    def _matches_quad_classes(self, report: EventReport) -> bool:
        known = event_types().get(report.event.event_type)
        return not self.quad_classes or (
            known is not None and known.quad_class in self.quad_classes
        )

    def _matches_articles(self, report: EventReport) -> bool:
        return not self.articles or any(
            telling.article.article_id in self.articles for telling in (report, *report.further)
        )

    def _matches_dates(self, report: EventReport) -> bool:
        when = report.event.when
        if when is None:
            return self.since is None and self.until is None and self.max_days is None
        return (
            (self.since is None or when.latest >= self.since)
            and (self.until is None or when.earliest <= self.until)
            and (self.max_days is None or when.days <= self.max_days)
        )

    def _matches_places(self, report: EventReport) -> bool:
        locations = report.event.locations
        exact_enough = self.max_precision is None or any(
            location.precision <= self.max_precision for location in locations
        )
        inside = self.box is None or any(
            self.box.contains(location.place.coordinates) for location in locations
        )
        drawn = not self.polygon or any(
            is_inside(location.place.coordinates, self.polygon) for location in locations
        )
        whereabouts = whereabouts_of([location.place for location in locations])
        named = not self.places or any(lying_in(asked, whereabouts).any() for asked in self.places)
        return exact_enough and inside and drawn and named


EVERYTHING = EventFilter(modalities=tuple(Modality), reviewed=tuple(Review))
"""The filter that leaves out nothing."""


def dataset_of(report: EventReport) -> str:
    """Return the id of the data set that an event stands in; OWN when it was coded here."""
    origin = report.event.origin
    return origin.dataset_id if origin else OWN


def _place_name(asked: str) -> str:
    place = place_named(asked)
    return place.name if place else asked


def is_member(actor_id: str, group: str) -> bool:
    """Say whether the actor is `group` or belongs to it by its id.

    "*.MIL" is a sector of whatever country.
    """
    if group.startswith(ANY_COUNTRY):
        return any_country(actor_id) == group
    return actor_id == group or actor_id.startswith(f"{group}.")


def is_inside(point: Coordinates, polygon: Sequence[Coordinates]) -> bool:
    """Say whether a line from `point` to the west crosses the polygon's edge an odd number
    of times; longitudes are taken as they stand.
    """
    inside = False
    for a, b in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if (a.lat > point.lat) != (b.lat > point.lat):
            inside ^= point.lon < (b.lon - a.lon) * (point.lat - a.lat) / (b.lat - a.lat) + a.lon
    return inside


def _sides(report: EventReport) -> tuple[set[str], set[str]]:
    event = report.event
    return (
        {actor.actor_id for actor in event.source_actors},
        {actor.actor_id for actor in event.target_actors},
    )


def _has_member(actor_ids: set[str], group: str) -> bool:
    return any(is_member(actor_id, group) for actor_id in actor_ids)


_ROLE_WORDS = {
    Role.EITHER: "actors",
    Role.SOURCE: "acting:",
    Role.TARGET: "acted on:",
}


def searchable_text(report: EventReport) -> str:
    """Return what a search looks through: quotes, titles and names of places, folded."""
    places = [location.place.name for location in report.event.locations]
    lines = [report.event.quote, report.article.title, *places]
    for telling in report.further:
        lines += [telling.event.quote, telling.article.title]
    return folded("\n".join(lines))


def folded(text: str) -> str:
    """Return `text` without case and accents: "Córdoba" is found by "cordoba"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return _BEYOND_ASCII.sub(_unless_combining, decomposed)


def _unless_combining(found: re.Match[str]) -> str:
    return "" if unicodedata.combining(found[0]) else found[0]


def _listed(values: Sequence[str]) -> str:
    return " or ".join(values)


def _all_or_each(values: Sequence[StrEnum], kind: type[StrEnum]) -> str:
    return read.ALL if set(values) == set(kind) else ",".join(values)


def _in_words(what: str, values: Sequence[StrEnum], kind: type[StrEnum]) -> str:
    if set(values) == set(kind):
        return f"any {what}"
    return f"{what} {_listed(values)}" if values else ""
