"""Commands that share the map: snapshots, the gallery, briefs, pictures; and check them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands.opening import event_store, place_store
from dashboard.commands.options import (
    EXISTING,
    OUT,
    care_of,
    care_options,
    filter_of,
    filter_options,
    together,
)
from dashboard.commands.telling import echo_json, write_page
from dashboard.terminal import plain, table

if TYPE_CHECKING:
    from dashboard.store import EventStore
    from gazetteer.store import PlaceStore

PICTURE_SIZES = ("screen", "screen-2x", "print", "social")
"""Of `dashboard.picture.SIZES`, heavy to import."""


_page_options = together(
    click.argument("out", metavar="OUT.html"),
    filter_options,
    care_options,
    click.option("--title", default="Events in the news", show_default=True),
    click.option("--note", default="", help="What the reader should know."),
)
"""What every page made of the map is told."""


@click.command()
@_page_options
@click.option("--keep", is_flag=True, help="Keep it in the gallery too.")
def snapshot(*, out: str, keep: bool, **said: Any) -> None:  # noqa: ANN401  # the page's
    """Write the map as one HTML file that opens without a network.

    "-" is the standard output. In a folder the file is named by the hash of its content.
    """
    from dashboard.gallery import keep_snapshot
    from dashboard.sharing import snapshot_of

    with event_store() as store, place_store() as places:
        page = _page(snapshot_of, store, places, **said)
        if keep:
            keep_snapshot(page, store)
    write_page(page, out)


@click.command()
@_page_options
def brief(*, out: str, **said: Any) -> None:  # noqa: ANN401  # the page's
    """Write a brief to print: map, timeline, the events in order with quotes and sources.

    "-" is the standard output.
    """
    from dashboard.sharing import brief_of

    with event_store() as store, place_store() as places:
        page = _page(brief_of, store, places, **said)
    write_page(page, out)


def _page(
    make: Callable[..., str],
    store: EventStore,
    places: PlaceStore,
    *,
    title: str,
    note: str,
    blur_km: str | None,
    mask_names: bool,
    **wanted: Any,  # noqa: ANN401  # the filter's
) -> str:
    care = care_of(blur_km, mask_names=mask_names)
    return make(filter_of(wanted, store), store, places, title=title, note=note, care=care)


@click.group()
def gallery() -> None:
    """Saved snapshots: list, fetch, delete. HASH may be its first digits."""


@gallery.command(name="list")
def list_gallery() -> None:
    """List the saved snapshots, the latest first."""
    with event_store() as store:
        rows = [
            (s.content_hash[:12], f"{s.made_on}", str(s.events), s.title, s.note)
            for s in store.snapshots.all()
        ]
    click.echo(table(("hash", "made", "events", "title", "note"), rows, right={2}))


@gallery.command(name="fetch")
@click.argument("content_hash", metavar="HASH")
@click.argument("out", metavar="OUT.html")
def fetch_from_gallery(content_hash: str, out: str) -> None:
    """Write a saved snapshot, byte for byte as it was made; "-" is the standard output."""
    with event_store() as store:
        page = store.snapshots.page(store.snapshots.named(content_hash).content_hash)
    write_page(page, out)


@gallery.command(name="delete")
@click.argument("content_hash", metavar="HASH")
def delete_from_gallery(content_hash: str) -> None:
    """Delete a saved snapshot."""
    with event_store() as store:
        saved = store.snapshots.named(content_hash)
        store.snapshots.delete(saved.content_hash)
    click.echo(plain(f"deleted: {saved.title}"))


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--release", is_flag=True, help="Take the names off the list.")
def withhold(names: tuple[str, ...], *, release: bool) -> None:
    """Put names on the list of those that --mask-names masks; without NAME, show the list."""
    with event_store() as store:
        known = set(store.publishers.withheld_names())
        if names:
            store.publishers.set_withheld_names(
                known - set(names) if release else known | set(names)
            )
        for name in store.publishers.withheld_names():
            click.echo(plain(name))


@click.command()
@click.argument("out", type=OUT, metavar="OUT.svg|OUT.png")
@filter_options
@care_options
@click.option("--title", default="Events in the news", show_default=True)
@click.option(
    "--size",
    type=click.Choice(PICTURE_SIZES),
    default="screen",
    show_default=True,
    help="1200 x 800 dots, twice as many, A4 across, or a social card.",
)
def picture(
    *,
    out: Path,
    title: str,
    size: str,
    blur_km: str | None,
    mask_names: bool,
    **wanted: Any,  # noqa: ANN401  # the filter's
) -> None:
    """Draw the map as a picture, SVG or PNG by the file's name, without a browser."""
    from dashboard.sharing import picture_of

    if out.suffix not in {".svg", ".png"}:
        raise click.UsageError(f"{out}: the name must end in .svg or .png.")
    with event_store() as store, place_store() as places:
        data = picture_of(
            filter_of(wanted, store),
            store,
            places,
            title=title,
            size=size,
            form=out.suffix[1:],
            care=care_of(blur_km, mask_names=mask_names),
        )
    out.write_bytes(data)


@click.command()
@click.argument("file", type=EXISTING)
@click.option("--hash-only", is_flag=True, help="Do not compare with the store.")
def verify(file: Path, hash_only: bool) -> None:  # noqa: FBT001  # click passes flags so
    """Check that a snapshot is as it was made, and that the store gives it byte for byte.

    The exit code is 1 when either does not hold.
    """
    from dashboard.sharing import verify as check

    if hash_only:
        verdict = check(str(file), file.read_bytes())
    else:
        with event_store() as store, place_store() as places:
            verdict = check(str(file), file.read_bytes(), store, places)
    click.echo(f"content hash: {'holds' if verdict.is_intact else 'DOES NOT HOLD'}")
    if verdict.is_rebuilt is not None:
        click.echo(f"store: {'the same bytes' if verdict.is_rebuilt else 'OTHER BYTES'}")
    for note in verdict.notes:
        click.echo(plain(note))
    if not verdict.holds:
        sys.exit(1)


@click.command()
@click.argument("before", type=EXISTING)
@click.argument("after", type=EXISTING)
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
def diff(before: Path, after: Path, form: str) -> None:
    """Say in what two snapshots differ: filters first, then events.

    Events are new, revised, moved or removed; "let in" and "left out" are those that the other
    file's filter, or the rule of their source, kept out.
    """
    from dataclasses import asdict

    from dashboard.comparison import circumstances, differences
    from dashboard.evidence import read_snapshot
    from dashboard.sharing import change_line

    contents = [read_snapshot(str(path), path.read_bytes()) for path in (before, after)]
    for path, content in zip((before, after), contents, strict=True):
        if not content.is_intact:
            click.echo(f"{path}: not as it was made: its bytes have another hash", err=True)
    for line in circumstances(*contents):
        click.echo(plain(line), err=form == "json")
    changes = differences(*contents)
    if form == "json":
        echo_json([asdict(change) for change in changes])
        return
    for change in changes:
        click.echo(plain(change_line(change)))
    click.echo(f"{len(changes)} differences", err=True)
