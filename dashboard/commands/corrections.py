"""`dateline corrections ...`: what a name means, for good."""

from __future__ import annotations

import re
from pathlib import Path

import click

from dashboard.commands.opening import STDIN, event_store, place_store, read_input, shown_name
from dashboard.terminal import plain, table


@click.group()
def corrections() -> None:
    """Say what a name means, for good: the narrowest correction wins over the gazetteer."""


@corrections.command(name="list")
@click.option("--all", "with_undone", is_flag=True, help="Show undone ones too.")
def list_corrections(*, with_undone: bool) -> None:
    """List corrections and added places, with who made them, when and why."""
    from gazetteer.cache import GazetteerCache

    cache = GazetteerCache()
    rows = [
        (
            str(made.correction_id),
            made.scope.name.lower(),
            made.source or " ".join(filter(None, (made.article_id, _text_of(made.start)))),
            made.name,
            made.place.name if made.place else "no place",
            (made.place and made.place.place_id) or "",
            made.who,
            f"{made.made_at:%Y-%m-%d %H:%M}",
            made.why,
            f"by {made.undone_by}" if made.undone_at else "",
        )
        for made in cache.corrections(with_undone=with_undone)
    ]
    rows += [
        (
            "",
            "added",
            "",
            ", ".join(added.names),
            added.place.name,
            added.place.place_id,
            added.who,
            f"{added.made_at:%Y-%m-%d %H:%M}",
            added.why,
            f"by {added.undone_by}" if added.undone_at else "",
        )
        for added in cache.added_places(with_undone=with_undone)
    ]
    heading = ("number", "holds", "for", "name", "means", "id", "who", "when", "why", "undone")
    click.echo(table(heading, rows, right={0}))


@corrections.command(name="add")
@click.argument("name")
@click.option("--place", "place_id", help="Id of the place that it means; see places find.")
@click.option("--no-place", is_flag=True, help="The name is no place at all.")
@click.option("--article", "article_id", help="Only in the article of this id.")
@click.option("--start", type=click.IntRange(0), help="Only where it starts there in the article.")
@click.option("--source", help="Only in articles of this publisher.")
@click.option("--who", required=True, help="Who says so.")
@click.option("--why", required=True, help="How it is known.")
def add_correction(
    *,
    name: str,
    place_id: str | None,
    no_place: bool,
    article_id: str | None,
    start: int | None,
    source: str | None,
    who: str,
    why: str,
) -> None:
    """Keep what NAME means: always, or as narrowly as the options say."""
    from gazetteer.cache import GazetteerCache

    if bool(place_id) == no_place:
        raise click.UsageError("Say either --place ID or --no-place.")
    if article_id is not None:
        _check_article(article_id, name, start)
    place = None
    if place_id:
        with place_store() as store:
            place = store.by_id(place_id)
        if place is None:
            raise click.ClickException(f"No place has the id {plain(place_id)!r}.")
    made = GazetteerCache().correct(
        name, place, who=who, why=why, article_id=article_id, start=start, source=source
    )
    meaning = place.name if place else "no place"
    click.echo(plain(f"{made.correction_id}: {name} means {meaning} ({made.scope.name.lower()})"))
    hint = "What is coded from now on follows it; dateline recode codes anew what is kept."
    click.echo(hint, err=True)


def _check_article(article_id: str, name: str, start: int | None) -> None:
    from dashboard.errors import NotStoredError

    with event_store() as events:
        try:
            text = events.article(article_id).text
        except NotStoredError as error:
            raise click.ClickException(str(error)) from error
    words = re.compile(re.escape(name), re.IGNORECASE)
    if start is None or words.match(text, start):
        return
    starts = [str(found.start()) for found in words.finditer(text)]
    where = f"it starts at {', '.join(starts)}" if starts else "the article has no such words"
    raise click.ClickException(plain(f"{name!r} does not start at {start} there: {where}."))


@corrections.command()
@click.argument("which", metavar="NUMBER|PLACE_ID")
@click.option("--who", required=True, help="Who takes it back.")
def undo(which: str, who: str) -> None:
    """Take a correction or an added place back; the record of it stays."""
    from gazetteer.cache import GazetteerCache

    cache = GazetteerCache()
    made = cache.named(which)
    if made is None:
        raise click.ClickException(f"Nothing to undo has the number or id {plain(which)!r}.")
    cache.undo_named(which, who=who)
    click.echo(plain(f"{which}: undone"))
    with event_store() as events:
        answered = len(events.answered_by(made))
    if answered:
        hint = f"Articles coded with it: {answered:,}; dateline recode codes anew what is kept."
        click.echo(hint, err=True)


@corrections.command()
@click.argument("out", metavar="OUT.csv")
@click.option("--all", "with_undone", is_flag=True, help="Undone ones too.")
def export(*, out: str, with_undone: bool) -> None:
    """Write corrections and added places as CSV, to share them; "-" is the standard output."""
    from gazetteer.cache import GazetteerCache
    from gazetteer.corrections_csv import to_csv

    cache = GazetteerCache()
    text = to_csv(
        cache.corrections(with_undone=with_undone), cache.added_places(with_undone=with_undone)
    )
    if out == STDIN:
        click.echo(text, nl=False)
    else:
        Path(out).write_text(text, encoding="utf-8", newline="")


@corrections.command(name="import")
@click.argument("file", metavar="FILE.csv")
def import_corrections(file: str) -> None:
    """Take over corrections and added places from CSV: all rows, or none if one is bad."""
    from gazetteer.cache import GazetteerCache
    from gazetteer.corrections_csv import from_csv
    from gazetteer.errors import CorrectionError

    try:
        shared = from_csv(read_input(file).decode("utf-8"))
    except UnicodeDecodeError as problem:
        raise CorrectionError(f"{shown_name(file)} is not UTF-8 text") from problem
    new, known = GazetteerCache().merge(shared.corrections, shared.places)
    click.echo(f"{new} new, {known} known already")


def _text_of(number: int | None) -> str:
    return "" if number is None else f"at {number}"
