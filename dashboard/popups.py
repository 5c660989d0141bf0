"""What a popup says of an event, in a reader's words.

Everything here is plain text: the map's script and the snapshot put it into the page as
text, never as HTML.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date
from typing import NotRequired, TypedDict
from urllib.parse import urlsplit

from dashboard.actor_words import actor_spans
from dashboard.actors import Actor
from dashboard.articles import ArticleSummary
from dashboard.events import Event, EventLocation, Modality, Size, SizeKind
from dashboard.ontology import event_types
from dashboard.partial_dates import PartialDate
from gazetteer.places import FeatureClass, GeoPrecision

LONGEST_QUOTE = 420
"""Characters of a quote that are shown: a sentence or two, never an article."""

BLURRED = "BLUR"
"""Feature code of a place that its sharer made coarse (see `dashboard.disclosure`)."""

OTHER_FAMILY = "other"
"""Family of an event type that this Dateline's ontology does not know."""


class Source(TypedDict):
    """The article that reports an event."""

    title: str
    source: str | None
    published: str | None
    """ISO 8601; who shows it writes it as the reader's language does."""
    url: str | None


class Card(TypedDict):
    """One event, ready to be shown."""

    id: str
    type: str
    label: str
    mode: str | None
    family: str
    source: list[str]
    target: list[str]
    actors: list[str]
    """Ids of all its actors, for the snapshot's filter."""
    when: str | None
    since: str | None
    until: str | None
    """First and last day that it may mean, for sorting."""
    modality: str | None
    quote: list[list[str]]
    """[text, ""], [text, "actor"], [text, "place"] or [text, "trigger"], in the quote's order."""
    article: int
    """Which of the layers' articles reports it."""
    reports: NotRequired[list[int]]
    """Every article that reports it, that one first."""
    places: list[list[str]]
    """[name, precision in words, why this place] of each location."""
    unplaced: str | None
    record: NotRequired[list[list[str]]]
    """What a data set's own record says: [column, value]; never of what is shared."""
    sizes: list[str]
    """"27 killed (“at least 27”)" for each size that is told."""
    confidence: str


def event_card(event: Event, article_number: int) -> Card:
    """Return what is shown of `event`."""
    event_type = event_types().get(event.event_type)
    return Card(
        id=event.event_id,
        type=event.event_type,
        label=event_type.label if event_type else event.event_type,
        mode=event.mode,
        family=event_type.family if event_type else OTHER_FAMILY,
        source=_names(event.source_actors),
        target=_names(event.target_actors),
        actors=sorted({actor.actor_id for actor in event.source_actors + event.target_actors}),
        when=when_words(event.when) if event.when else None,
        since=event.when.earliest.isoformat() if event.when else None,
        until=event.when.latest.isoformat() if event.when else None,
        modality=standing_words(event),
        quote=quote_segments(event),
        article=article_number,
        places=[
            [location.place.name, precision_words(location), location.reason]
            for location in event.locations
        ],
        unplaced=None if event.locations else event.unplaced_reason or "No place is named.",
        sizes=[size_words(size) for size in event.sizes],
        confidence=confidence_words(event.confidence),
    )


def source_card(article: ArticleSummary) -> Source:
    """Return what is shown of the article, its link only when it leads to the web."""
    return Source(
        title=article.title,
        source=article.source,
        published=article.published.isoformat() if article.published else None,
        url=web_link(article.url),
    )


def web_link(url: str | None) -> str | None:
    """Return `url` when it is an http or https address with a host, else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def day_words(day: date) -> str:
    """Return a day as "14 Sep 2019"."""
    return f"{day.day} {calendar.month_abbr[day.month]} {day.year}"


def when_words(when: PartialDate) -> str:
    """Return a date as exactly as it is known: "2019", "Apr 2019", "15-25 Nov 2019"."""
    first, last = when.earliest, when.latest
    if first == last:
        return day_words(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}\N{EN DASH}{last.year}"
    month_end = calendar.monthrange(last.year, last.month)[1]
    whole_months = first.day == 1 and last.day == month_end
    if (first.year, first.month) == (last.year, last.month):
        month = f"{calendar.month_abbr[first.month]} {first.year}"
        return month if whole_months else f"{first.day}\N{EN DASH}{last.day} {month}"
    if whole_months:
        year = "" if first.year == last.year else f" {first.year}"
        return (
            f"{calendar.month_abbr[first.month]}{year} \N{EN DASH} "
            f"{calendar.month_abbr[last.month]} {last.year}"
        )
    start = day_words(first)
    if first.year == last.year:
        start = start.rsplit(" ", 1)[0]
    return f"{start} \N{EN DASH} {day_words(last)}"


def precision_words(location: EventLocation) -> str:
    """Return how exactly the place is known: "town", "country only", "along the border"."""
    place = location.place
    if place.feature_code == "BDRY":
        return "along the border"
    if place.feature_code == BLURRED:
        return f"made coarse, within {place.radius_km:g} km"
    if location.precision is GeoPrecision.EXACT:
        return "town" if place.feature_class is FeatureClass.POPULATED else "exact site"
    return _PRECISION_WORDS[location.precision]


def size_words(size: Size) -> str:
    """Return a size as "27 or more killed (“at least 27”)", with the text's words, if known."""
    told = f"{size_number(size)} {_SIZE_WORDS[size.kind]}"
    return f"{told} (“{' '.join(size.words.split())}”)" if size.words else told


def size_number(size: Size) -> str:
    """Return how many, as "27 or more"."""
    if size.low == size.high:
        return f"about {size.best:,}" if size.low is None else f"{size.best:,}"
    if size.low is None:
        return f"up to {size.high:,}"
    if size.high is None:
        return f"{size.low:,} or more"
    return f"{size.low:,} to {size.high:,}"


def confidence_words(confidence: float) -> str:
    """Return "high (0.86)", "medium (0.55)" or "low (0.20)"."""
    word = "high" if confidence >= 0.75 else "medium" if confidence >= 0.5 else "low"
    return f"{word} ({confidence:.2f})"


def standing_words(event: Event) -> str | None:
    """Return the event's standing with who says so: "claimed by Houthis"; None: reported."""
    words = _MODALITY_WORDS[event.modality]
    if words is None or not event.attributed_to:
        return words
    by = f"by {' and '.join(_names(event.attributed_to))}"
    if event.modality is Modality.NEGATED:
        return words.replace("said", f"said {by}")
    return f"{words} {by}" if event.modality in _SAID_BY else words


def quote_segments(event: Event, *, longest: int = LONGEST_QUOTE) -> list[list[str]]:
    """Return the quote cut where its actors, its places and the words for the act begin and end.

    A quote beyond `longest` characters is shortened round the words for the act; the
    ellipsis shows where.
    """
    kinds = [""] * len(event.quote)
    for start, end in actor_spans(event.quote, (*event.source_actors, *event.target_actors)):
        kinds[start:end] = ["actor"] * (end - start)
    _mark(kinds, event, event.trigger_start, event.trigger_end, "trigger")
    for location in event.locations:
        _mark(kinds, event, location.mention.start, location.mention.end, "place")
    first, last = quote_window(event, longest)
    segments: list[list[str]] = [["… ", ""]] if first else []
    for letter, kind in zip(event.quote[first:last], kinds[first:last], strict=True):
        if segments and segments[-1][1] == kind:
            segments[-1][0] += letter
        else:
            segments.append([letter, kind])
    if last < len(event.quote):
        segments.append([" …", ""])
    return segments


def shown_quote(event: Event, *, longest: int = LONGEST_QUOTE) -> str:
    """Return the quote as `quote_segments` has it, in one piece."""
    first, last = quote_window(event, longest)
    return f"{'… ' * (first > 0)}{event.quote[first:last]}{' …' * (last < len(event.quote))}"


def quote_window(event: Event, longest: int) -> tuple[int, int]:
    """Return the part of the quote to show round the words for the act, cut between words."""
    quote = event.quote
    if len(quote) <= longest:
        return 0, len(quote)
    middle = (event.trigger_start + event.trigger_end) // 2 - event.start
    first = min(max(0, middle - longest // 2), len(quote) - longest)
    last = first + longest
    if first and (space := quote.find(" ", first, first + 30)) >= 0:
        first = space + 1
    if last < len(quote) and (space := quote.rfind(" ", last - 30, last)) >= 0:
        last = space
    return first, last


_MODALITY_WORDS = {
    Modality.REPORTED: None,
    Modality.CLAIMED: "claimed",
    Modality.DENIED: "denied",
    Modality.PLANNED: "planned",
    Modality.HYPOTHETICAL: "hypothetical",
    Modality.BACKGROUND: "background: long before the report",
    Modality.NEGATED: "said not to have happened",
}

_SAID_BY = frozenset({Modality.CLAIMED, Modality.DENIED, Modality.PLANNED})

_SIZE_WORDS = {
    SizeKind.KILLED: "killed",
    SizeKind.WOUNDED: "wounded",
    SizeKind.ARRESTED: "arrested",
    SizeKind.CROWD: "in the crowd",
}

_PRECISION_WORDS = {
    GeoPrecision.NEAR: "near this place",
    GeoPrecision.ADMIN2: "district only",
    GeoPrecision.ADMIN1: "province or state only",
    GeoPrecision.REGION: "region only",
    GeoPrecision.COUNTRY: "country only",
    GeoPrecision.WATER: "at sea, no exact position",
}


def _names(actors: Sequence[Actor]) -> list[str]:
    return [actor.name for actor in actors]


def _mark(kinds: list[str], event: Event, start: int, end: int, kind: str) -> None:
    """Mark the part of the quote that the article's `start` to `end` covers, if any."""
    for offset in range(max(start, event.start), min(end, event.end)):
        if offset - event.start < len(kinds):
            kinds[offset - event.start] = kind
