"""Events as PLOVER JSON Lines: one object a line.

Fields of the PLOVER manual: id, date, enddate, actor, recipient, event, mode, event_loc,
event_text, quad_code, size, link, text, text_info, cite_info, coder, comment. Ours besides:
`modality`, `confidence`, and in each place `precision` (UCDP GED's where_prec).
An event without a date has null for it. Nothing stands for what the text does not say.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dashboard.actors import Actor
from dashboard.events import EventLocation, EventReport
from dashboard.exports import event_properties, in_order
from dashboard.popups import web_link

_QUADS = {
    "verbal cooperation": 1,
    "material cooperation": 2,
    "verbal conflict": 3,
    "material conflict": 4,
}

_SIZES = {"dead": "killed", "injured": "wounded", "arrested": "arrested", "size": "crowd"}
"""PLOVER's names of what is counted, and ours."""


def to_plover(reports: Sequence[EventReport]) -> bytes:
    """Return the events as PLOVER records."""
    lines = (json.dumps(_record(report), ensure_ascii=False) for report in in_order(reports))
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _record(report: EventReport) -> dict[str, Any]:
    event, article = report.event, report.article
    facts = event_properties(event)
    return {
        "id": event.event_id,
        "date": facts["earliest"],
        "enddate": facts["latest"],
        "actor": [_actor(actor) for actor in event.source_actors],
        "recipient": [_actor(actor) for actor in event.target_actors],
        "event": event.event_type,
        "mode": event.mode,
        "quad_code": _QUADS.get(facts["quad_class"]),
        "size": {name: facts[kind] for name, kind in _SIZES.items() if facts[kind] is not None},
        "event_loc": [_place(location) for location in event.locations],
        "event_text": facts["type_label"],
        "text": facts["quote"],
        "text_info": {"start": event.start, "end": event.end},
        "link": web_link(article.url),
        "cite_info": {
            "article_id": article.article_id,
            "title": article.title,
            "source": article.source,
            "published": article.published.isoformat() if article.published else None,
        },
        "coder": event.coder,
        "modality": facts["modality"],
        "confidence": facts["confidence"],
        "comment": event.unplaced_reason,
    }


def _actor(actor: Actor) -> dict[str, Any]:
    country, *sectors = actor.actor_id.split(".")
    return {
        "code": actor.actor_id,
        "name": actor.name,
        "country": country,
        "sector": sectors[0] if sectors else None,
    }


def _place(location: EventLocation) -> dict[str, Any]:
    place = location.place
    return {
        "name": place.name,
        "id": place.place_id,
        "country": place.country_code,
        "lat": round(place.coordinates.lat, 5),
        "lon": round(place.coordinates.lon, 5),
        "precision": int(location.precision),
    }
