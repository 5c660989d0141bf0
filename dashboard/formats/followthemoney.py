"""Events as FollowTheMoney entities, one JSON object a line.

An `Article` a report, a `LegalEntity` (a `PublicBody` for a state and its parts) an actor, an
`Event` an event that names those who took part as `involved` and its report as `proof`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.actors import Actor
from dashboard.articles import ArticleSummary
from dashboard.events import EventReport
from dashboard.exports import event_properties, in_order
from dashboard.popups import web_link

_STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})


def to_followthemoney(reports: Sequence[EventReport]) -> bytes:
    """Return the entities: articles, then actors, then events."""
    ordered = in_order(reports)
    articles = {report.article.article_id: report.article for report in ordered}
    actors = {
        actor.actor_id: actor
        for report in ordered
        for actor in (*report.event.source_actors, *report.event.target_actors)
    }
    entities = [
        *(_article(article) for _, article in sorted(articles.items())),
        *(_legal_entity(actor) for _, actor in sorted(actors.items())),
        *(_event(report) for report in ordered),
    ]
    lines = (json.dumps(entity, ensure_ascii=False) for entity in entities)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _article(article: ArticleSummary) -> dict[str, Any]:
    return _entity(
        f"article-{article.article_id}",
        "Article",
        title=[article.title],
        publisher=[article.source],
        publishedAt=[article.published.isoformat() if article.published else None],
        sourceUrl=[web_link(article.url)],
    )


def _legal_entity(actor: Actor) -> dict[str, Any]:
    _, *sectors = actor.actor_id.split(".")
    is_state = actor.country_code is not None and (not sectors or sectors[0] in _STATE_SECTORS)
    return _entity(
        _actor_key(actor),
        "PublicBody" if is_state else "LegalEntity",
        name=[actor.name],
        country=[actor.country_code.lower() if actor.country_code else None],
        keywords=[actor.actor_id],
    )


def _event(report: EventReport) -> dict[str, Any]:
    event, facts = report.event, event_properties(report.event)
    who = " → ".join(filter(None, (", ".join(facts["source"]), ", ".join(facts["target"]))))
    places = [location.place for location in event.locations]
    is_day = facts["earliest"] == facts["latest"]
    return _entity(
        f"event-{event.event_id}",
        "Event",
        name=[": ".join(filter(None, (facts["type_label"], who)))],
        summary=[facts["quote"]],
        date=[facts["when"] if is_day else None],
        startDate=[None if is_day else facts["earliest"]],
        endDate=[None if is_day else facts["latest"]],
        location=[place.name for place in places],
        country=[code.lower() for place in places for code in place.all_countries],
        involved=[_actor_key(actor) for actor in (*event.source_actors, *event.target_actors)],
        proof=[f"article-{report.article.article_id}"],
        sourceUrl=[web_link(report.article.url)],
        publisher=[report.article.source],
        keywords=[facts["event_type"], facts["modality"]],
    )


def _actor_key(actor: Actor) -> str:
    return f"actor-{hashlib.sha256(actor.actor_id.encode()).hexdigest()[:16]}"


def _entity(key: str, schema: str, **properties: Iterable[str | None]) -> dict[str, Any]:
    """Return an entity with the values that are known, each once."""
    known = {name: list(dict.fromkeys(filter(None, values))) for name, values in properties.items()}
    return {
        "id": key,
        "schema": schema,
        "properties": {name: values for name, values in known.items() if values},
    }
