"""`dateline review ...`: the queue, the decisions, the log and taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dashboard.commands.opening import event_store, place_store
from dashboard.decisions import made_one_by
from dashboard.errors import DecidedMeanwhileError
from dashboard.terminal import plain, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.events import EventReport
    from dashboard.store.reviews import Reviews

_who = click.option("--who", required=True, help="Who decides.")
_why = click.option("--why", required=True, help="For what reason.")
_why_if_any = click.option("--why", default="", help="For what reason, if you like.")
_seen = click.option(
    "--seen",
    type=click.IntRange(min=0),
    help="Refuse when a later decision concerns the event; `review show` gives the number.",
)


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
        newest = store.reviews.newest()
        report = store.reviews.report(event_id)
        log = store.reviews.log(report.event.event_id)
        differs = store.reviews.coder_differs(report.event.event_id)
    click.echo(plain(_told(report)))
    for each in (report, *report.further):
        click.echo(f"\n{plain(f'{each.event.event_id} {_source(each)}')}")
        click.echo(plain(f"“{each.event.quote}”"))
        made_one = made_one_by(log, each.event.event_id)
        because = made_one.in_words() if made_one else each.same_because
        if because:
            reason = f" ({made_one.why})" if made_one else ""
            click.echo(plain(f"one event because: {because}{reason}"))
    if differs:
        click.echo(f"\n{plain(differs)} It stays as decided.")
    if log:
        click.echo()
    for made in log:
        back = f"; taken back by {made.undone_by}" if made.undone_by else ""
        why = f": {made.why}" if made.why else ""
        click.echo(plain(f"{made.decision_id}: {made.in_words()}{why}{back}"))
    click.echo(f"to decide on what is shown here: --seen {newest}", err=True)


@review.command()
@click.argument("event_id")
@_who
@_why_if_any
@_seen
def confirm(event_id: str, who: str, why: str, seen: int | None) -> None:
    """Say that an event is right as it is."""
    _decide(lambda reviews: reviews.confirm(event_id, who=who, why=why, seen=seen), "confirmed")


@review.command()
@click.argument("event_id")
@_who
@_why
@_seen
def reject(event_id: str, who: str, why: str, seen: int | None) -> None:
    """Say that an event, with all its reports, is none; it is shown no more."""
    _decide(lambda reviews: reviews.reject(event_id, who=who, why=why, seen=seen), "rejected")


@review.command()
@click.argument("event_id")
@click.option("--type", "event_type", help="Event type, such as PROTEST.")
@click.option("--source", "sources", multiple=True, help="Actor id; may be repeated.")
@click.option("--target", "targets", multiple=True, help="Actor id; may be repeated.")
@click.option("--no-source", is_flag=True, help="Nobody is known to have done it.")
@click.option("--no-target", is_flag=True, help="It was done to nobody known.")
@click.option("--date", "when", help='2019, 2019-04, 2019-04-12, 2019-04-12..2019-04-15 or "".')
@click.option("--place", "place_id", help='Id of its place (see places find), or "" for none.')
@click.option("--sizes", help='As "27 killed, 10..20 wounded, 5.. arrested, ..300 crowd", or "".')
@click.option("--standing", help="reported, claimed, denied, planned, hypothetical, negated ...")
@_who
@_why
@_seen
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
    sizes: str | None,
    standing: str | None,
    who: str,
    why: str,
    seen: int | None,
) -> None:
    """Correct an event's type, actors, date, place, size or standing; the rest stays as it is."""
    from dashboard.editing import entered_changes

    given = {
        "event_type": event_type,
        "source_actors": sources if sources or no_source else None,
        "target_actors": targets if targets or no_target else None,
        "when": when,
        "locations": place_id,
        "sizes": sizes,
        "modality": standing,
    }
    with event_store() as store, place_store() as places:
        event = store.reviews.report(event_id).event
        changes = entered_changes(
            event,
            {name: value for name, value in given.items() if value is not None},
            place_of=places.by_id,
            geoparse_of=lambda: store.geoparse_of(event.article_id),
        )
        number = store.reviews.edit(event_id, changes, who=who, why=why, seen=seen)
    _say(number, "edited")


@review.command()
@click.argument("event_ids", nargs=-1, required=True, metavar="EVENT_ID...")
@click.option("--into", required=True, help="The event that they become reports of.")
@_who
@_why
@_seen
def merge(event_ids: tuple[str, ...], into: str, who: str, why: str, seen: int | None) -> None:
    """Make events, with all their reports, reports of another."""
    _decide_each(
        event_ids,
        lambda reviews, event_id, seen: reviews.merge(event_id, into, who=who, why=why, seen=seen),
        "merged",
        seen,
    )


@review.command()
@click.argument("event_ids", nargs=-1, required=True, metavar="EVENT_ID...")
@_who
@_why
@_seen
def split(event_ids: tuple[str, ...], who: str, why: str, seen: int | None) -> None:
    """Make further reports events of their own; `dateline review show` gives their ids."""
    _decide_each(
        event_ids,
        lambda reviews, event_id, seen: reviews.split(event_id, who=who, why=why, seen=seen),
        "split off",
        seen,
    )


@review.command()
@click.argument("number", type=int)
@_who
@_why_if_any
@_seen
def undo(number: int, who: str, why: str, seen: int | None) -> None:
    """Take a decision back, an edit with what confirmed it; the record of it stays."""
    with event_store() as store:
        undoing = store.reviews.undo(number, who=who, why=why, seen=seen)
    _say(undoing.decision_id, f"{number} is undone. {undoing.in_words}".rstrip())


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
            entry.changed_in_words or ", ".join((*entry.changed, *entry.others)),
            entry.why,
            f"by {entry.undone_by}" if entry.undone_by else "",
        )
        for entry in made
    ]
    heading = ("number", "when (UTC)", "who", "what", "event", "of", "why", "undone")
    click.echo(table(heading, rows, right={0}))


def _decide(decide: Callable[[Reviews], int], done: str) -> None:
    with event_store() as store:
        _say(decide(store.reviews), done)


def _decide_each(
    event_ids: tuple[str, ...],
    decide: Callable[[Reviews, str, int | None], int],
    done: str,
    seen: int | None,
) -> None:
    with event_store() as store:
        for event_id in event_ids if seen is not None else ():
            if meanwhile := store.reviews.decided_since(event_id, seen or 0):
                raise DecidedMeanwhileError(meanwhile)
        for event_id in event_ids:
            number = decide(store.reviews, event_id, seen)
            _say(number, f"{event_id} {done}")
            seen = None if seen is None else number


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


def _told(report: EventReport) -> str:
    from dashboard.editing import date_as_entered
    from dashboard.popups import size_words

    event = report.event
    parts = (
        event.event_type,
        f"by {', '.join(a.name for a in event.source_actors) or 'nobody known'}",
        f"to {', '.join(a.name for a in event.target_actors) or 'nobody known'}",
        f"on {date_as_entered(event.when) or 'no known day'}",
        f"at {', '.join(at.place.name for at in event.locations) or 'no known place'}",
        *map(size_words, event.sizes),
        event.modality.value,
        report.reviewed.value,
    )
    return ", ".join(parts)


def _source(report: EventReport) -> str:
    article = report.article
    parts = (article.title, article.source, article.published, article.url)
    return " · ".join(str(part) for part in parts if part)


def _line(quote: str) -> str:
    return " ".join(quote.split())
