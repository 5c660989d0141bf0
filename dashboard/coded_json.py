"""The form in which `dateline code` and `dateline events --format json` write what was found.

`coded_to_json` gives one object an article, which other programs may rely on:

    {"id": str or int,               the input's id as it stands, else the article's
     "mentions": [
        {"start": int, "end": int,   code points into the text, half-open
         "surface": str,             text[start:end]
         "kind": str,                "literal", "metonym", "demonym", "dateline" or "part"
         "confidence": float,        0 to 1; 0 when unresolved
         "place": null or
            {"place_id": str, "name": str, "lat": float, "lon": float,
             "country_code": str or null,     ISO 3166-1 alpha-2
             "feature_code": str,             GeoNames
             "precision": int}}],             1 exact ... 7 water: UCDP GED's where_prec
     "events": [
        {"event_id": str,
         "event_type": str,          PLOVER: "ASSAULT"
         "quad_class": str,          "material conflict"
         "source": [{"actor_id": str, "name": str, "country_code": str or null}],
         "target": [the same],
         "when": null or {"iso": str, "earliest": str, "latest": str},
         "locations": [
            {"name": str, "lat": float, "lon": float, "country_code": str or null,
             "precision": int, "start": int, "end": int}],
         "modality": str,            "reported", "claimed", "denied", "planned",
                                     "hypothetical" or "negated"
         "quote": str, "start": int, "end": int,    text[start:end] is the quote
         "confidence": float,
         "sizes": [                  how many people; at most one object of each kind
            {"kind": str,            "killed", "wounded", "arrested" or "crowd"
             "low": int or null, "best": int, "high": int or null,   null: not bounded
             "words": str, "start": int, "end": int}]}]}             text[start:end]

Keys stand in this order; mentions and events in the order of the text. A key may be added
in a later version; none is taken away or changes its meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.ontology import event_type
from gazetteer import rules

if TYPE_CHECKING:
    from dashboard.actors import Actor
    from dashboard.events import Event, EventLocation, EventReport, Size
    from dashboard.partial_dates import PartialDate
    from dashboard.pipeline import CodedArticle
    from gazetteer.places import Place
    from gazetteer.toponyms import Resolution


def coded_to_json(coded: CodedArticle, *, key: str | int | None = None) -> dict[str, Any]:
    """Return what was found in an article, under the id `key` or else the article's."""
    return {
        "id": coded.article.article_id if key is None else key,
        "mentions": [mention_to_json(resolution) for resolution in coded.geoparse.resolutions],
        "events": [event_to_json(event) for event in coded.events],
    }


def report_to_json(report: EventReport) -> dict[str, Any]:
    """Return an event as `event_to_json` does, with the article that reports it."""
    article = report.article
    return event_to_json(report.event) | {
        "article": {
            "id": article.article_id,
            "title": article.title,
            "published": article.published.isoformat() if article.published else None,
            "source": article.source,
            "url": article.url,
        }
    }


def mention_to_json(resolution: Resolution) -> dict[str, Any]:
    """Return a mention with the place that it was found to mean."""
    mention = resolution.mention
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "kind": mention.kind.value,
        "confidence": resolution.confidence,
        "place": _place(resolution.place) if resolution.place else None,
    }


def why_here_to_json(resolution: Resolution, *, place_data: str) -> dict[str, Any]:
    """Return a mention as `mention_to_json` does, with the case for and against each candidate.

    Added are "method" (who answered, or null), "candidates" (the answer first, then those
    rejected), each with "place", "score" and "reasons" ({"signal", "points", "text"}), and
    "versions" of the place data and of the rules.
    """
    return mention_to_json(resolution) | {
        "method": resolution.method,
        "candidates": [
            {
                "place": _place(candidate.place),
                "score": candidate.score,
                "reasons": [
                    {"signal": reason.signal, "points": reason.points, "text": reason.text}
                    for reason in candidate.reasons
                ],
            }
            for candidate in resolution.candidates
        ],
        "versions": {"place_data": place_data, "rules": rules.version()},
    }


def event_to_json(event: Event) -> dict[str, Any]:
    """Return an event."""
    return {
        "event_id": event.event_id,
        "event_type": event.event_type,
        "quad_class": event_type(event.event_type).quad_class,
        "source": [_actor(actor) for actor in event.source_actors],
        "target": [_actor(actor) for actor in event.target_actors],
        "when": _when(event.when) if event.when else None,
        "locations": [_location(location) for location in event.locations],
        "modality": event.modality.value,
        "quote": event.quote,
        "start": event.start,
        "end": event.end,
        "confidence": event.confidence,
        "sizes": [_size(size) for size in event.sizes],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "place_id": place.place_id,
        "name": place.name,
        "lat": place.coordinates.lat,
        "lon": place.coordinates.lon,
        "country_code": place.country_code,
        "feature_code": place.feature_code,
        "precision": int(place.precision),
    }


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "actor_id": actor.actor_id,
        "name": actor.name,
        "country_code": actor.country_code,
    }


def _when(when: PartialDate) -> dict[str, Any]:
    return {
        "iso": when.iso,
        "earliest": when.earliest.isoformat(),
        "latest": when.latest.isoformat(),
    }


def _size(size: Size) -> dict[str, Any]:
    return {
        "kind": size.kind.value,
        "low": size.low,
        "best": size.best,
        "high": size.high,
        "words": size.words,
        "start": size.start,
        "end": size.end,
    }


def _location(location: EventLocation) -> dict[str, Any]:
    place = location.place
    return {
        "name": place.name,
        "lat": place.coordinates.lat,
        "lon": place.coordinates.lon,
        "country_code": place.country_code,
        "precision": int(location.precision),
        "start": location.mention.start,
        "end": location.mention.end,
    }
