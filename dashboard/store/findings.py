"""What was found in an article into rows, under what persons decided.

What is shown of an event is what the coder gave, joined with what its article tells of it
further on, unless a person decided otherwise: then it stays as decided, whatever the coder
says later, and even when it says nothing any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, select, update

from dashboard.articles import Article, ArticleSummary
from dashboard.decisions import Decision, as_decided, pins_of, standing, verdict_of
from dashboard.events import Event, EventReport, Review
from dashboard.merging import joined
from dashboard.store import decision_log, schema
from dashboard.store.intake import event_in_copy
from dashboard.store.linking import keys_of, relink
from dashboard.store.queries import insert_event, insert_events, insert_parts, tellings
from dashboard.store.revisions import touch
from dashboard.store.rows import (
    event_from_json,
    event_row,
    event_to_json,
    read_article,
    summary_of,
)

SAME_ARTICLE = "told again in the same article"
SAME_TEXT = "nearly the same text"


def write_findings(
    connection: Connection,
    article: ArticleSummary,
    events: Iterable[Event],
    *,
    before: Iterable[str] = (),
) -> None:
    """Insert the events of an article that has none, as decisions on them want it.

    `before` holds the ids of the events that it had. One that the coder names anew, for the
    very words of an event that was decided on, is that event and not a second one.
    """
    made = _decisions_of(connection, article.article_id)
    pins = pins_of(decision_log.pinnings(connection))
    found = [telling for event in events for telling in _apart(event, pins)]
    renamed = _renamed(found, made, set(before))
    keys: dict[str, int] = {}
    for event in found:
        event_id = renamed.get(event.event_id, event.event_id)
        _insert_telling(connection, article, replace(event, event_id=event_id), keys)
    _keep_decided(connection, article, made, keys)
    relink(connection, keys.values())


def write_copy(connection: Connection, copy: Article, original_id: str) -> tuple[Event, ...]:
    """Insert the events of a near-copy that has none, and return them.

    They are those of the original whose sentences stand in the copy too, edited a little or not,
    as further reports, but for what a person decided of them.
    """
    summary = summary_of(copy)
    its_own = [schema.events.c.article_id == original_id]
    found = [
        (row["head_key"] or row["event_key"], event)
        for row, report in tellings(connection, its_own)
        if (event := event_in_copy(report.event, copy)) is not None
    ]
    events = tuple(event for _, event in found)
    keys = insert_events(connection, [EventReport(event=e, article=summary) for e in events])
    for key, (head, _) in zip(keys, found, strict=True):
        _set(connection, key, head_key=head, same_because=SAME_TEXT)
    ids = {event.event_id: key for key, event in zip(keys, events, strict=True)}
    _keep_decided(connection, summary, _decisions_of(connection, copy.article_id), ids)
    return events


def copies_of(connection: Connection, article_id: str) -> list[Article]:
    """Return the near-copies of an article."""
    query = select(schema.articles).where(schema.articles.c.copy_of == article_id)
    rows = connection.execute(query.order_by(schema.articles.c.article_id)).mappings()
    return [read_article(row) for row in rows]


def _keep_decided(
    connection: Connection,
    article: ArticleSummary,
    made: dict[str, list[Decision]],
    keys: dict[str, int],
) -> None:
    """Let the events of an article stand as persons decided, found anew or not."""
    for event_id in made.keys() - keys.keys():
        gone = EventReport(event=made[event_id][-1].event, article=article)
        keys[event_id] = insert_event(connection, gone)
        _set(connection, keys[event_id], coded={})
    for event_id in sorted(made):
        show(connection, keys[event_id])


def remove_findings(connection: Connection, article_id: str) -> None:
    """Delete the events of an article; what hung on them in other articles stands anew."""
    rows = schema.events.c
    keys = select(rows.event_key).where(rows.article_id == article_id)
    elsewhere = rows.article_id != article_id
    hanging = keys_of(connection, rows.head_key.in_(keys), elsewhere)
    theirs = select(rows.head_key).where(rows.article_id == article_id)
    heads = keys_of(connection, rows.event_key.in_(theirs), elsewhere)
    orphans = update(schema.events).where(rows.event_key.in_(hanging))
    connection.execute(orphans.values(head_key=None, same_because=None))
    touch(connection, [*hanging, *keys_of(connection, rows.article_id == article_id)])
    for part in (schema.locations, schema.actors):
        connection.execute(delete(part).where(part.c.event_key.in_(keys)))
    connection.execute(delete(schema.events).where(rows.article_id == article_id))
    relink(connection, [*hanging, *heads])


def show(connection: Connection, key: int) -> None:
    """Make the row show what decisions, the coder and further tellings together give.

    A row that rests on a decision alone goes when the decision is taken back.
    """
    rows = schema.events.c
    ((row, report),) = tellings(connection, [rows.event_key == key])
    of_event = schema.decisions.c.event_id == report.event.event_id
    log = tuple(reversed(decision_log.read_log(connection, of_event)))
    made = standing(log)
    coded: dict[str, Any] | None
    if row["coded"] == {}:
        if not made:
            _delete(connection, key)
            return
        by_coder, coded = made[-1].coded or made[-1].event, {}
    else:
        by_coder = coder_says(connection, row, report)
        own = row["coded"] or event_to_json(report.event)
        coded = own if made or by_coder.tellings else None
    verdict = verdict_of(made)
    shown = EventReport(
        event=as_decided(by_coder, log),
        article=report.article,
        reviewed=(verdict and verdict.action.review) or Review.UNREVIEWED,
    )
    _set(connection, key, **event_row(shown), code_names=None, coded=coded)
    for part in (schema.locations, schema.actors):
        connection.execute(delete(part).where(part.c.event_key == key))
    insert_parts(connection, key, shown.event)


def coder_says(connection: Connection, row: RowMapping, report: EventReport) -> Event:
    """Return what the coder gives of a telling, joined with what repeats it in its article."""
    own = event_from_json(row["coded"]) if row["coded"] else report.event
    again = tellings(connection, [schema.events.c.repeats_key == row["event_key"]])
    told = (own, *(telling.event for _, telling in again))
    return replace(joined(told), tellings=told) if again else own


def _decisions_of(connection: Connection, article_id: str) -> dict[str, list[Decision]]:
    made: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in decision_log.standing(connection, schema.decisions.c.article_id == article_id):
        made[decision.event.event_id].append(decision)
    return dict(made)


def _apart(event: Event, pins: dict[str, str]) -> list[Event]:
    """Return the event, and by themselves those of its tellings that persons decided on."""
    if not event.tellings:
        return [event]
    apart = [telling for telling in event.tellings[1:] if telling.event_id in pins]
    if not apart:
        return [event]
    kept = [telling for telling in event.tellings if telling not in apart]
    return [replace(joined(kept), tellings=tuple(kept) if len(kept) > 1 else ()), *apart]


def _renamed(
    found: Sequence[Event], made: dict[str, list[Decision]], before: set[str]
) -> dict[str, str]:
    """Return the new ids of events that are, by their words, some that was decided on."""
    ids = {event.event_id for event in found}
    new = [event for event in found if event.event_id not in before | made.keys()]
    renamed: dict[str, str] = {}
    for event_id in sorted(made.keys() - ids):
        decided = made[event_id][-1].event
        same = next((event for event in new if _share_words(event, decided)), None)
        if same is not None:
            renamed[same.event_id] = event_id
            new.remove(same)
    return renamed


def _share_words(one: Event, other: Event) -> bool:
    return one.trigger_start < other.trigger_end and other.trigger_start < one.trigger_end


def _insert_telling(
    connection: Connection, article: ArticleSummary, event: Event, keys: dict[str, int]
) -> None:
    head = insert_event(connection, EventReport(event=event, article=article))
    keys[event.event_id] = head
    if not event.tellings:
        return
    own, *again = event.tellings
    _set(connection, head, coded=event_to_json(replace(own, event_id=event.event_id)))
    for telling in again:
        key = insert_event(connection, EventReport(event=telling, article=article))
        keys[telling.event_id] = key
        _set(connection, key, repeats_key=head, head_key=head, same_because=SAME_ARTICLE)


def _set(connection: Connection, key: int, **values: object) -> None:
    touch(connection, [key])
    connection.execute(
        update(schema.events).where(schema.events.c.event_key == key).values(**values)
    )


def _delete(connection: Connection, key: int) -> None:
    rows = schema.events.c
    hanging = keys_of(connection, rows.head_key == key)
    touch(connection, [key, *hanging])
    connection.execute(
        update(schema.events).where(rows.head_key == key).values(head_key=None, same_because=None)
    )
    for part in (schema.locations, schema.actors):
        connection.execute(delete(part).where(part.c.event_key == key))
    connection.execute(delete(schema.events).where(rows.event_key == key))
    relink(connection, hanging)
