"""Values to rows of the event store, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import RowMapping

from dashboard.actors import Actor
from dashboard.articles import Article, ArticleSummary
from dashboard.cells import cell_of
from dashboard.datasets import Dataset
from dashboard.events import (
    Event,
    EventLocation,
    EventReport,
    Modality,
    Origin,
    Review,
    Size,
    SizeKind,
)
from dashboard.filters import searchable_text
from dashboard.partial_dates import PartialDate
from dashboard.sources import NewsSource, SharingRule
from gazetteer.place_json import place_from_json, place_to_json
from gazetteer.places import GeoPrecision
from gazetteer.toponyms import Candidate, Geoparse, Mention, MentionKind, Reason, Resolution

_NONE: list[Any] = []
"""One empty list for all rows, so that its JSON is written once."""

Row = TypeVar("Row")
Grouped = Mapping[tuple[Any, ...], list[Row]]
"""Rows of a table that hangs on events, by event_key and whatever else tells them apart."""


def summary_of(article: Article) -> ArticleSummary:
    """Return an article without its text."""
    return ArticleSummary(
        article_id=article.article_id,
        title=article.title,
        published=article.published,
        source=article.source,
        url=article.url,
    )


def article_row(article: Article, geoparse: Geoparse, added_on: date) -> dict[str, Any]:
    """Return the row of an article."""
    return {
        "article_id": article.article_id,
        "title": article.title,
        "text": article.text,
        "published": article.published,
        "source": article.source,
        "url": article.url,
        "author": article.author,
        "language": article.language,
        "problems": list(geoparse.problems),
        "added_on": added_on,
    }


def mention_rows(article: Article, geoparse: Geoparse) -> list[dict[str, Any]]:
    """Return the rows of an article's mentions."""
    return [
        {
            "article_id": article.article_id,
            "position": position,
            **_mention_to_json(resolution.mention),
        }
        for position, resolution in enumerate(geoparse.resolutions)
    ]


def resolution_rows(article: Article, geoparse: Geoparse) -> list[dict[str, Any]]:
    """Return the rows of what the mentions mean."""
    return [
        {
            "article_id": article.article_id,
            "position": position,
            "method": resolution.method,
            "place_id": resolution.place.place_id if resolution.place else None,
            "candidates": [_candidate_to_json(candidate) for candidate in resolution.candidates],
        }
        for position, resolution in enumerate(geoparse.resolutions)
    ]


def event_row(report: EventReport) -> dict[str, Any]:
    """Return the row of an event without its actors and places."""
    found = report.event
    return {
        "article_id": found.article_id,
        "event_id": found.event_id,
        "event_type": found.event_type,
        "mode": found.mode,
        "when_iso": found.when.iso if found.when else None,
        "when_expression": found.when.expression if found.when else None,
        "earliest": found.when.earliest if found.when else None,
        "latest": found.when.latest if found.when else None,
        "unplaced_reason": found.unplaced_reason,
        "quote": found.quote,
        "start": found.start,
        "end": found.end,
        "trigger_start": found.trigger_start,
        "trigger_end": found.trigger_end,
        "modality": found.modality.value,
        "attributed_to": [actor_row(actor) for actor in found.attributed_to] or _NONE,
        "contexts": list(found.contexts) or _NONE,
        "sizes": [size_to_json(size) for size in found.sizes] or _NONE,
        "confidence": found.confidence,
        "coder": found.coder,
        "searchable": searchable_text(report),
        "reviewed": None if report.reviewed is Review.UNREVIEWED else report.reviewed.value,
        "dataset_id": found.origin.dataset_id if found.origin else None,
        "record_id": found.origin.record_id if found.origin else None,
        "own_codes": found.origin.codes if found.origin else None,
    }


def actor_row(actor: Actor) -> dict[str, Any]:
    """Return an actor as a row, or as JSON."""
    return {
        "actor_id": actor.actor_id,
        "name": actor.name,
        "kind": actor.kind,
        "country_code": actor.country_code,
        "aliases": list(actor.aliases) or _NONE,
        "member_of": list(actor.member_of),
    }


def location_row(location: EventLocation) -> dict[str, Any]:
    """Return the row of a place of an event."""
    return {
        "place_id": location.place.place_id,
        "lat": location.place.coordinates.lat,
        "lon": location.place.coordinates.lon,
        "cell": cell_of(location.place.coordinates.lat, location.place.coordinates.lon),
        "precision": int(location.precision),
        "reason": location.reason,
        "place": place_to_json(location.place),
        "mention": _mention_to_json(location.mention),
    }


def read_event(
    row: RowMapping, *, actors: Grouped[Actor], locations: Grouped[EventLocation]
) -> Event:
    """Return the event of a row."""
    key = row["event_key"]
    return Event(
        event_id=row["event_id"],
        event_type=row["event_type"],
        mode=row["mode"],
        source_actors=tuple(actors.get((key, "source"), ())),
        target_actors=tuple(actors.get((key, "target"), ())),
        when=_when(row),
        locations=tuple(locations.get((key,), ())),
        unplaced_reason=row["unplaced_reason"],
        quote=row["quote"],
        article_id=row["article_id"],
        start=row["start"],
        end=row["end"],
        trigger_start=row["trigger_start"],
        trigger_end=row["trigger_end"],
        modality=Modality(row["modality"]),
        attributed_to=tuple(read_actor(values) for values in row["attributed_to"] or ()),
        contexts=tuple(row["contexts"] or ()),
        sizes=tuple(_size(values) for values in row["sizes"] or ()),
        confidence=row["confidence"],
        coder=row["coder"],
        origin=_origin(row),
    )


def _origin(row: RowMapping) -> Origin | None:
    if row["dataset_id"] is None:
        return None
    return Origin(
        dataset_id=row["dataset_id"],
        record_id=row["record_id"],
        codes=own_codes(row["own_codes"], row["names"]),
    )


def own_codes(values: dict[str, str] | list[str | None] | None, names: Any) -> dict[str, str]:  # noqa: ANN401  # a list of JSON
    """Return a data set's own codes by their names, as they are kept with or without these."""
    if isinstance(values, list):
        return {name: value for name, value in zip(names, values, strict=False) if value}
    return values or {}


def event_to_json(event: Event) -> dict[str, Any]:
    """Return an event as JSON that `event_from_json` reads back, without its tellings."""
    when = event.when
    return {
        **_scalars(event),
        "attributed_to": [actor_row(actor) for actor in event.attributed_to],
        "contexts": list(event.contexts),
        "sizes": [size_to_json(size) for size in event.sizes],
        "source_actors": [actor_row(actor) for actor in event.source_actors],
        "target_actors": [actor_row(actor) for actor in event.target_actors],
        "locations": [location_row(location) for location in event.locations],
        "origin": event.origin and asdict(event.origin),
        "when": when
        and {
            "iso": when.iso,
            "earliest": when.earliest.isoformat(),
            "latest": when.latest.isoformat(),
            "expression": when.expression,
        },
    }


def event_from_json(values: Mapping[str, Any]) -> Event:
    """Return the event that `event_to_json` wrote."""
    when, origin = values["when"], values.get("origin")
    return Event(
        **{name: values[name] for name in _SCALARS},
        modality=Modality(values["modality"]),
        attributed_to=tuple(map(read_actor, values["attributed_to"])),
        contexts=tuple(values["contexts"]),
        sizes=tuple(map(_size, values["sizes"])),
        source_actors=tuple(map(read_actor, values["source_actors"])),
        target_actors=tuple(map(read_actor, values["target_actors"])),
        locations=tuple(map(read_location, values["locations"])),
        origin=origin
        and Origin(
            dataset_id=origin["dataset_id"],
            record_id=origin["record_id"],
            codes=dict(origin["codes"]),
        ),
        when=when
        and PartialDate(
            iso=when["iso"],
            earliest=date.fromisoformat(when["earliest"]),
            latest=date.fromisoformat(when["latest"]),
            expression=when["expression"],
        ),
    )


_SCALARS = (
    "event_id",
    "event_type",
    "mode",
    "unplaced_reason",
    "quote",
    "article_id",
    "start",
    "end",
    "trigger_start",
    "trigger_end",
    "confidence",
    "coder",
)


def _scalars(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in _SCALARS} | {"modality": event.modality.value}


def _when(row: RowMapping) -> PartialDate | None:
    if row["when_iso"] is None:
        return None
    return PartialDate(
        iso=row["when_iso"],
        earliest=row["earliest"],
        latest=row["latest"],
        expression=row["when_expression"],
    )


def read_actor(row: Mapping[Any, Any]) -> Actor:
    """Return the actor of a row, or of JSON."""
    return Actor(
        actor_id=row["actor_id"],
        name=row["name"],
        kind=row["kind"],
        country_code=row["country_code"],
        aliases=tuple(row["aliases"]),
        member_of=tuple(row["member_of"]),
    )


def size_to_json(size: Size) -> dict[str, Any]:
    """Return the size of an event as JSON."""
    return {**asdict(size), "kind": size.kind.value}


def _size(values: Mapping[str, Any]) -> Size:
    return Size(**{**values, "kind": SizeKind(values["kind"])})


def read_location(row: Mapping[Any, Any]) -> EventLocation:
    """Return the place of an event."""
    return EventLocation(
        place=place_from_json(row["place"]),
        precision=GeoPrecision(row["precision"]),
        mention=_mention(row["mention"]),
        reason=row["reason"],
    )


def read_resolution(row: RowMapping) -> Resolution:
    """Return what a mention means, of a row that joins the two."""
    return Resolution(
        mention=_mention(dict(row)),
        candidates=tuple(_candidate(values) for values in row["candidates"]),
        method=row["method"],
    )


def _mention_to_json(mention: Mention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "kind": mention.kind.value,
        "place_id": mention.place_id,
    }


def _mention(values: Mapping[str, Any]) -> Mention:
    return Mention(
        start=values["start"],
        end=values["end"],
        surface=values["surface"],
        kind=MentionKind(values["kind"]),
        place_id=values["place_id"],
    )


def _candidate_to_json(candidate: Candidate) -> dict[str, Any]:
    return {
        "place": place_to_json(candidate.place),
        "score": candidate.score,
        "reasons": [[reason.signal, reason.points, reason.text] for reason in candidate.reasons],
    }


def _candidate(values: Mapping[str, Any]) -> Candidate:
    return Candidate(
        place=place_from_json(values["place"]),
        score=values["score"],
        reasons=tuple(
            Reason(signal=signal, points=points, text=text)
            for signal, points, text in values["reasons"]
        ),
    )


def read_article(row: RowMapping) -> Article:
    """Return the article of a row."""
    return Article(
        article_id=row["article_id"],
        title=row["title"],
        text=row["text"],
        published=row["published"],
        source=row["source"],
        url=row["url"],
        author=row["author"],
        language=row["language"],
    )


def read_summary(row: RowMapping) -> ArticleSummary:
    """Return the article of a row without its text."""
    return ArticleSummary(
        article_id=row["article_id"],
        title=row["title"],
        published=row["published"],
        source=row["source"],
        url=row["url"],
    )


def dataset_row(dataset: Dataset) -> dict[str, Any]:
    """Return the row of a data set."""
    return {"dataset_id": dataset.dataset_id, **asdict(dataset)}


def dataset_article_row(dataset: Dataset, added_on: date) -> dict[str, Any]:
    """Return the row of the article without text that stands for a data set."""
    return {
        "article_id": dataset.dataset_id,
        "title": dataset.name,
        "text": "",
        "published": None,
        "source": dataset.source,
        "url": dataset.url,
        "language": "und",
        "problems": [],
        "added_on": added_on,
    }


def dataset_summary(dataset: Dataset) -> ArticleSummary:
    """Return what stands for a data set where an event's article is named."""
    return ArticleSummary(
        article_id=dataset.dataset_id,
        title=dataset.name,
        source=dataset.source,
        url=dataset.url,
    )


def read_dataset(row: Mapping[Any, Any]) -> Dataset:
    """Return the data set of a row."""
    return Dataset(
        name=row["name"],
        form=row["form"],
        source=row["source"],
        url=row["url"],
        licence=row["licence"],
        accessed=row["accessed"],
        note=row["note"],
    )


def source_row(source: NewsSource) -> dict[str, Any]:
    """Return the row of a source."""
    return {**asdict(source), "sharing": source.sharing.value}


def read_source(row: RowMapping) -> NewsSource:
    """Return the source of a row."""
    return NewsSource(**{**row, "sharing": SharingRule(row["sharing"])})
