"""`dateline review ...`: the queue, the decisions, the log and taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dashboard.commands.opening import event_store, place_store
from dashboard.terminal import plain, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.events import Event, EventReport
    from dashboard.store import EventStore
    from dashboard.store.reviews import Reviews

_who = click.option("--who", required=True, help="Who decides.")
_why = click.option("--why", required=True, help="For what reason.")
_why_if_any = click.option("--why", default="", help="For what reason, if you like.")


@click.group()
def review() -> None:
    """Confirm, correct, join or reject events; every decision is kept and can be taken back."""


@review.command(name="list")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True)
def list_events(limit: int) -> None:
    """List the events that nobody has looked at, the least certain first."""
    with event_store() as store:
        waiting = store.reviews.waiting()
        reports = store.reviews.queue(limit=limit)
    click.echo(
        table(
            ("event", "sure", "reports", "date", "type", "quote"),
            [_row(report) for report in reports],
        )
    )
    click.echo(f"{len(reports)} of {waiting} that wait for a review", err=True)


@review.command()
@click.argument("event_id")
def show(event_id: str) -> None:
    """Show an event with its reports, why they are one, and what was decided."""
    with event_store() as store:
        report = store.reviews.report(event_id)
        log = store.reviews.log(report.event.event_id)
        differs = store.reviews.coder_differs(report.event.event_id)
    click.echo(plain(_told(report.event)))
    for each in (report, *report.further):
        click.echo(plain(f"\n{each.event.event_id}  {_source(each)}\n“{_line(each.event.quote)}”"))
        if each.same_because:
            click.echo(plain(f"one event because: {each.same_because}"))
    if differs:
        click.echo(plain(f"\n{differs} It stays as decided."))
    for made in log:
        click.echo(plain(f"{made.decision_id}: {made.action.value} by {made.who}. {made.why}"))


@review.command()
@click.argument("event_id")
@_who
@_why_if_any
def confirm(event_id: str, who: str, why: str) -> None:
    """Say that an event is right as it is."""
    _decide(lambda reviews: reviews.confirm(event_id, who=who, why=why), "confirmed")


@review.command()
@click.argument("event_id")
@_who
@_why
def reject(event_id: str, who: str, why: str) -> None:
    """Say that an event, with all its reports, is none; it is shown no more."""
    _decide(lambda reviews: reviews.reject(event_id, who=who, why=why), "rejected")


@review.command()
@click.argument("event_id")
@click.option("--type", "event_type", help="Event type, such as PROTEST.")
@click.option("--source", "sources", multiple=True, help="Actor id; may be repeated.")
@click.option("--target", "targets", multiple=True, help="Actor id; may be repeated.")
@click.option("--no-source", is_flag=True, help="Nobody is known to have done it.")
@click.option("--no-target", is_flag=True, help="It was done to nobody known.")
@click.option("--date", "when", help='2019, 2019-04, 2019-04-12, 2019-04-12..2019-04-15 or "".')
@click.option("--place", "place_id", help='Id of its place (see places find), or "" for none.')
@click.option("--standing", help="reported, claimed, denied, planned, hypothetical, negated ...")
@_who
@_why
def edit(
    *,
    event_id: str,
    event_type: str | None,
    sources: tuple[str, ...],
    targets: tuple[str, ...],
    no_source: bool,
    no_target: bool,
    when: str | None,
    place_id: str | None,
    standing: str | None,
    who: str,
    why: str,
) -> None:
    """Correct an event's type, actors, date, place or standing; the rest stays as it is."""
    from dataclasses import replace

    from dashboard.editing import entered_actors, entered_date, entered_standing, entered_type

    with event_store() as store:
        event = store.reviews.report(event_id).event
        known = (*event.source_actors, *event.target_actors)
        edited = event
        if event_type is not None:
            edited = replace(edited, event_type=entered_type(event_type))
        if sources or no_source:
            edited = replace(edited, source_actors=entered_actors(sources, known))
        if targets or no_target:
            edited = replace(edited, target_actors=entered_actors(targets, known))
        if when is not None:
            edited = replace(edited, when=entered_date(when))
        if place_id is not None:
            edited = _placed(edited, place_id, store)
        if standing is not None:
            edited = replace(edited, modality=entered_standing(standing))
        _say(store.reviews.edit(event_id, edited, who=who, why=why), "edited")


@review.command()
@click.argument("event_ids", nargs=-1, required=True, metavar="EVENT_ID...")
@click.option("--into", required=True, help="The event that they become reports of.")
@_who
@_why
def merge(event_ids: tuple[str, ...], into: str, who: str, why: str) -> None:
    """Make events, with all their reports, reports of another."""
    _decide_each(
        event_ids,
        lambda reviews, event_id: reviews.merge(event_id, into, who=who, why=why),
        "merged",
    )


@review.command()
@click.argument("event_ids", nargs=-1, required=True, metavar="EVENT_ID...")
@_who
@_why
def split(event_ids: tuple[str, ...], who: str, why: str) -> None:
    """Make further reports events of their own; `dateline review show` gives their ids."""
    _decide_each(
        event_ids,
        lambda reviews, event_id: reviews.split(event_id, who=who, why=why),
        "split off",
    )


@review.command()
@click.argument("number", type=int)
@_who
@_why_if_any
def undo(number: int, who: str, why: str) -> None:
    """Take a decision back; the record of it stays."""
    _decide(lambda reviews: reviews.undo(number, who=who, why=why), f"{number} is undone")


@review.command()
@click.option("--event", "event_id", help="Only what was decided on this event.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True)
def log(event_id: str | None, limit: int) -> None:
    """List what was decided, by whom, when and why; the latest first."""
    with event_store() as store:
        made = store.reviews.log(event_id, limit=limit)
    rows = [
        (
            str(entry.decision_id),
            f"{entry.made_at:%Y-%m-%d %H:%M}",
            entry.who,
            entry.action.value if entry.undoes is None else f"undo {entry.undoes}",
            entry.event.event_id,
            ", ".join((*entry.changed, *entry.others)),
            entry.why,
            f"by {entry.undone_by}" if entry.undone_by else "",
        )
        for entry in made
    ]
    heading = ("number", "when (UTC)", "who", "what", "event", "of", "why", "undone")
    click.echo(table(heading, rows, right={0}))


def _placed(event: Event, place_id: str, store: EventStore) -> Event:
    from dataclasses import replace

    from dashboard.editing import entered_place

    with place_store() as places:
        place = places.by_id(place_id) if place_id else None
    if place_id and place is None:
        raise click.ClickException(f"No place has the id {plain(place_id)!r}.")
    return replace(
        event, locations=entered_place(event, place, store.geoparse_of(event.article_id))
    )


def _decide(decide: Callable[[Reviews], int], done: str) -> None:
    with event_store() as store:
        _say(decide(store.reviews), done)


def _decide_each(
    event_ids: tuple[str, ...], decide: Callable[[Reviews, str], int], done: str
) -> None:
    with event_store() as store:
        for event_id in event_ids:
            _say(decide(store.reviews, event_id), f"{event_id} {done}")


def _say(number: int, what: str) -> None:
    click.echo(plain(f"decision {number}: {what}"))


def _row(report: EventReport) -> tuple[str, ...]:
    from dashboard.editing import date_as_entered

    event = report.event
    return (
        event.event_id,
        f"{event.confidence:.2f}",
        str(1 + len(report.further)),
        date_as_entered(event.when),
        event.event_type,
        _line(event.quote),
    )


def _told(event: Event) -> str:
    from dashboard.editing import date_as_entered

    parts = (
        event.event_type,
        f"by {', '.join(a.name for a in event.source_actors) or 'nobody known'}",
        f"to {', '.join(a.name for a in event.target_actors) or 'nobody known'}",
        f"on {date_as_entered(event.when) or 'no known day'}",
        f"at {', '.join(at.place.name for at in event.locations) or 'no known place'}",
        event.modality.value,
    )
    return ", ".join(parts)


def _source(report: EventReport) -> str:
    article = report.article
    parts = (article.title, article.source, article.published, article.url)
    return " · ".join(str(part) for part in parts if part)


def _line(quote: str) -> str:
    return " ".join(quote.split())
