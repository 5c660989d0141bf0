"""`dateline add`, `import` and `datasets`: getting the news in."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.commands.opening import event_store, place_store
from dashboard.commands.options import (
    EXISTING,
    OUT,
    dataset_ids,
    language_option,
    workers_option,
)
from dashboard.commands.telling import Problems
from dashboard.terminal import ProgressLine, plain, table

if TYPE_CHECKING:
    from dashboard.datasets import ImportedFile


def _encoding(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    try:
        b"".decode(value or "utf-8")
    except LookupError as error:
        raise click.BadParameter(f"{value!r} is no encoding such as cp1254 or koi8-r.") from error
    return value


@click.command()
@click.argument("places", nargs=-1, required=True, metavar="FILE|FOLDER|FEED|LIST|ADDRESS...")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication.")
@click.option("--source", help="Who published it.")
@language_option
@click.option(
    "--encoding",
    callback=_encoding,
    help="Of texts that are no UTF-8 and do not say it, such as cp1254; guessed without it.",
)
@workers_option
@click.option("--errors", type=OUT, help="Write what could not be read there: name, reason.")
@click.option("--watch", type=click.FloatRange(1), help="Look into the folder every SECONDS.")
def add(
    *,
    places: tuple[str, ...],
    published: datetime | None,
    source: str | None,
    language: str | None,
    encoding: str | None,
    workers: int,
    errors: Path | None,
    watch: float | None,
) -> None:
    """Add articles: from files, folders, archives, web pages, feeds, or lists of these.

    Text, HTML, Markdown, PDF, DOCX, EML, MHTML; ZIP, JSON Lines, CSV, WARC and WACZ of many.
    A LIST is a text file with one address or file a line; "-" is the standard input. What
    cannot be read is named, and the rest is added. Interrupt at will: run it again and it
    goes on. DATELINE_OFFLINE=1 forbids fetching.
    """
    from contextlib import nullcontext

    from dashboard import intake
    from dashboard.bulk import Failure
    from gazetteer.cache import GazetteerCache
    from gazetteer.online import geocoder_from_environment

    given = intake.Given(
        published=published.date() if published else None,
        source=source,
        language=language,
        encoding=encoding,
    )
    problems, known = Problems(), ""
    listing = errors.open("w", encoding="utf-8") if errors else nullcontext()
    with (
        ProgressLine() as progress,
        event_store() as events,
        place_store(progress) as known_places,
        listing as out,
    ):
        # What will be put into a watched folder, nobody knows.
        tally = intake.Tally(total=None if watch else intake.count_of(places))
        if watch is not None:
            outcomes = intake.watch_folder(
                _the_folder(places),
                events,
                known_places,
                GazetteerCache(),
                every_seconds=watch,
                geocoder=geocoder_from_environment(),
                workers=workers,
                given=given,
            )
        else:
            outcomes = intake.add_from(
                places,
                events,
                known_places,
                GazetteerCache(),
                geocoder=geocoder_from_environment(),
                workers=workers,
                given=given,
                standard_input=sys.stdin.buffer.read,
            )
        with _stoppable(workers) as stopped:
            for outcome in outcomes:
                tally.count(outcome)
                progress.clear()
                if isinstance(outcome, Failure):
                    problems.tell(outcome.problem)
                    if out:
                        problem = outcome.problem.removeprefix(f"{outcome.name}: ")
                        out.write(f"{plain(outcome.name)}\t{plain(problem)}\n")
                elif outcome.is_new:
                    click.echo(plain(outcome.message))
                else:
                    known = outcome.message
                progress(tally.in_words, tally.fraction)
    if known and tally.done == 1:  # of many, their number says it
        click.echo(plain(known))
    if not tally.done and not stopped:
        click.echo("nothing new", err=True)
    if tally.done > 1 or stopped:
        summary = f"{tally.added:,} added, {tally.known:,} known already, {tally.failed:,} failed"
        click.echo(summary, err=True)
    if stopped:
        click.echo("Stopped. Run it again and it goes on.", err=True)
        sys.exit(_STOPPED)
    problems.finish()


_STOPPED = 128 + signal.SIGINT
"""How a shell tells that a command was interrupted."""


@contextmanager
def _stoppable(workers: int) -> Iterator[list[int]]:
    """Let Ctrl-C end what is done within, and say so at once; it is in the list afterwards."""
    stopped: list[int] = []

    def stop(number: int, _frame: object) -> None:
        if workers > 1 and not stopped:
            click.echo("\nStopping, after the texts on their way ...", err=True)
        stopped.append(number)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGINT, before)


@click.command()
@workers_option
def recode(workers: int) -> None:
    """Code every kept article anew, with corrections, places and rules as they are now.

    What persons decided of events stays.
    """
    from dashboard.bulk import Failure
    from dashboard.intake import Tally, articles_to_code, recode_all
    from gazetteer.cache import GazetteerCache
    from gazetteer.online import geocoder_from_environment

    problems = Problems()
    with ProgressLine() as progress, event_store() as events, place_store(progress) as places:
        ids = articles_to_code(events)
        tally = Tally(total=len(ids))
        for outcome in recode_all(
            ids,
            events,
            places,
            GazetteerCache(),
            geocoder=geocoder_from_environment(),
            workers=workers,
        ):
            tally.count(outcome)
            if isinstance(outcome, Failure):
                progress.clear()
                problems.tell(outcome.problem)
            progress(tally.in_words, tally.fraction)
    click.echo(f"{tally.added:,} coded anew, {tally.failed:,} failed")
    problems.finish()


def _the_folder(places: tuple[str, ...]) -> Path:
    if len(places) != 1 or not Path(places[0]).is_dir():
        raise click.UsageError("--watch goes with one folder.")
    return Path(places[0])


FORMS = ("auto", "acled", "ucdp", "gdelt", "polecat", "icews", "plover", "table")
"""Names of `dashboard.importers.forms.FORMS`, heavy to import."""


@click.command(name="import")
@click.argument("file", type=EXISTING)
@click.option("--as", "name", help="Name of the data set; the same name is the same data set.")
@click.option("--form", type=click.Choice(FORMS), default="auto", show_default=True)
@click.option("--column", "columns", multiple=True, help="In a table: FIELD=COLUMN, date=Day.")
@click.option("--type", "types", multiple=True, help="In a table: OWN=TYPE, bombing=ASSAULT.")
@click.option("--default-type", help="In a table: type of rows whose own is missing or unknown.")
@click.option(
    "--first-in-days",
    "day_order",
    type=click.Choice(["day", "month"]),
    help="In a table: what comes first in 03/02/2020, where no row tells.",
)
@click.option("--deleted", is_flag=True, help="FILE lists ids of records to delete.")
@click.option("--accessed", type=click.DateTime(["%Y-%m-%d"]), help="Day of the download.")
@click.option("--note", default="", help="Version and filters, for the citation.")
@click.option("--errors", type=OUT, help="Write every bad row there: line, reason.")
def import_events(
    *,
    file: Path,
    name: str | None,
    form: str,
    columns: tuple[str, ...],
    types: tuple[str, ...],
    default_type: str | None,
    day_order: str | None,
    deleted: bool,
    accessed: datetime | None,
    note: str,
    errors: Path | None,
) -> None:
    """Take in events that others coded: ACLED, UCDP GED, GDELT 2.0, POLECAT, ICEWS, PLOVER.

    Or any table: CSV, XLSX, GeoJSON, Parquet. Its columns are guessed; say with --column,
    --type and --default-type what is guessed wrongly, and it is remembered. A record whose
    id is known is brought up to date. Bad rows are listed and the rest comes in.
    """
    from contextlib import nullcontext

    from dashboard.importers import (
        DayOrder,
        dataset_for,
        import_file,
        remove_deleted,
        table_mapping,
    )

    accessed_on = accessed.date() if accessed else None
    dataset, found = dataset_for(file, name=name, form=form, accessed=accessed_on, note=note)
    if deleted:
        with event_store() as store:
            click.echo(plain(remove_deleted(file, dataset, store).message))
        return
    mapping = None
    if dataset.form == "table":
        said, meant = dict(map(_pair, columns)), dict(map(_pair, types))
        try:
            order = DayOrder(day_order) if day_order else None
            mapping = table_mapping(found, said, meant, default_type, order)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
    listing = errors.open("w", encoding="utf-8") if errors else nullcontext()
    with event_store() as store, listing as out, ProgressLine() as progress:
        report = import_file(
            file,
            dataset,
            store,
            mapping=mapping,
            errors=out,
            on_rows=_telling_rows(progress),
            apart=True,
        )
    click.echo(plain(report.message))
    for bad in report.bad_rows[:20]:
        click.echo(plain(f"line {bad.line}: {bad.problem}"), err=True)
    if report.bad > 20:
        for reason, count in report.reasons[:10]:
            click.echo(plain(f"{count:,} rows: {reason}"), err=True)
    if report.bad:
        sys.exit(1)


@click.command()
@click.option("--files-of", "name", help="List the files that came into this data set instead.")
def datasets(name: str | None) -> None:
    """List the data sets that were taken in, with what they hold."""
    with event_store() as store:
        if name is not None:
            (dataset_id,) = dataset_ids((name,), store)
            _list_files(store.datasets.imports_of(dataset_id))
            return
        rows = [
            (
                found.dataset.dataset_id,
                found.dataset.name,
                found.dataset.form,
                f"{found.events:,}",
                f"{found.earliest or ''}",
                f"{found.latest or ''}",
                f"{found.dataset.accessed or ''}",
                found.dataset.note,
            )
            for found in store.datasets.all()
        ]
    heading = ("id", "data set", "form", "events", "from", "to", "accessed", "note")
    click.echo(table(heading, rows, right={3}))


def _list_files(files: Sequence[ImportedFile]) -> None:
    """Tell which files came into a data set, and the lines that could not be read."""
    heading = ("when (UTC)", "file", "added", "updated", "unchanged", "removed", "bad", "SHA-256")
    rows = [
        (
            f"{each.imported_at:%Y-%m-%d %H:%M}",
            each.file,
            f"{each.count.added:,}",
            f"{each.count.updated:,}",
            f"{each.count.unchanged:,}",
            f"{each.count.removed:,}",
            f"{each.bad:,}",
            each.sha256,
        )
        for each in files
    ]
    click.echo(table(heading, rows, right={2, 3, 4, 5, 6}))
    for each in files:
        for line, problem in each.bad_rows:
            click.echo(plain(f"{each.file}, line {line}: {problem}"), err=True)


def _telling_rows(progress: Callable[[str, float], None]) -> Callable[[int, float], None]:
    """Return what tells how far an import is, at what rate, and how long it will take."""
    from dashboard.intake import in_words

    start = time.monotonic()

    def tell(rows: int, share: float) -> None:
        seconds = time.monotonic() - start
        left = f" · {in_words(seconds / share - seconds)} left" if share else ""
        progress(f"{rows:,} rows · {rows / max(seconds, 1e-9):,.0f} a second{left}", share)

    return tell


def _pair(text: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not equals:
        raise click.UsageError(f"{plain(text)!r} must be written LEFT=RIGHT.")
    return left.strip(), right.strip()
