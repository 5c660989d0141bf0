"""How commands answer: problems, tables, JSON, files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.commands.opening import STDIN
from dashboard.terminal import plain, table
from gazetteer.toponyms import ONLINE_SIGNAL

if TYPE_CHECKING:
    from dashboard.events import Event
    from gazetteer.toponyms import Geoparse


class Problems:
    """Tells each problem at once on the standard error, and remembers that there was one."""

    def __init__(self) -> None:
        self._any = False

    def tell(self, problem: str) -> None:
        """Tell a problem."""
        self._any = True
        click.echo(plain(f"Error: {problem}"), err=True)

    def tell_error(self, name: str, error: Exception) -> None:
        """Tell what went wrong with an input."""
        from dashboard.bulk import problem_with

        self.tell(problem_with(name, error))

    def finish(self) -> None:
        """End the command with exit code 1 when there was a problem."""
        if self._any:
            sys.exit(1)


def tell_withheld(withheld: Sequence[str]) -> None:
    """Say on the standard error what the rules of sources withhold."""
    for words in withheld:
        click.echo(f"withheld: {words}", err=True)


def write_page(page: str, out: str) -> None:
    """Write a page to a file, into a folder under its hash, or to the standard output."""
    from dashboard.evidence import content_hash, file_name

    if out == STDIN:
        click.echo(page, nl=False)
        return
    path = Path(out) / file_name(page) if Path(out).is_dir() else Path(out)
    path.write_text(page, encoding="utf-8", newline="\n")
    click.echo(f"{path}: content hash {content_hash(page)}", err=True)


def write_bytes(data: bytes, out: Path | None) -> None:
    """Write bytes to a file, or to the standard output."""
    if out:
        out.write_bytes(data)
    else:
        click.echo(data, nl=False)


def echo_json(value: object) -> None:
    """Write a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def show_mentions(found: Geoparse) -> None:
    """Show the place names of a text and what each means."""
    rows = [
        (
            f"{resolution.mention.start}",
            resolution.mention.surface,
            resolution.mention.kind.value,
            resolution.place.name if resolution.place else "not found",
            (resolution.place and resolution.place.country_code) or "",
            degrees(resolution.place.coordinates.lat) if resolution.place else "",
            degrees(resolution.place.coordinates.lon) if resolution.place else "",
            f"{resolution.confidence:.2f}",
        )
        for resolution in found.resolutions
    ]
    heading = ("at", "mention", "kind", "place", "in", "latitude", "longitude", "confidence")
    click.echo(table(heading, rows, right={0, 5, 6, 7}))
    for resolution in found.resolutions:
        for reason in resolution.candidates[0].reasons if resolution.candidates else ():
            if reason.signal == ONLINE_SIGNAL:
                name = resolution.candidates[0].place.name
                click.echo(plain(f"{resolution.mention.surface}: {name}, {reason.text}"))
    for problem in found.problems:
        click.echo(plain(problem), err=True)


def event_table(found: Iterable[Event]) -> str:
    """Return events as a table for the terminal."""
    from dashboard.editing import date_as_entered

    rows = [
        (
            date_as_entered(event.when),
            event.event_type,
            "" if event.modality.value == "reported" else event.modality.value,
            ", ".join(actor.name for actor in event.source_actors),
            ", ".join(actor.name for actor in event.target_actors),
            ", ".join(location.place.name for location in event.locations),
            event.quote,
        )
        for event in found
    ]
    return table(("date", "type", "standing", "source", "target", "place", "quote"), rows)


def degrees(value: float) -> str:
    """Return degrees as they stand in tables."""
    return f"{value:.4f}"
