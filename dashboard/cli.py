"""The command line: `dateline ...`. Each command is one call of the library.

Heavy modules are imported where they are used, so that `--help` answers at once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from dashboard.cli_review import review
from dashboard.errors import DatelineError
from dashboard.terminal import ProgressLine, plain, table
from gazetteer.errors import GazetteerError

if TYPE_CHECKING:
    from dashboard.articles import Article
    from dashboard.disclosure import Care
    from dashboard.events import Event, EventReport
    from dashboard.filters import EventFilter
    from dashboard.pipeline import CodedArticle
    from dashboard.readers.jsonlines import ArticleLine, BadLine
    from gazetteer.store import NameMatch
    from gazetteer.toponyms import Geoparse

_P = ParamSpec("_P")
_R = TypeVar("_R")

STDIN = "-"
EXPORTS = ("geojson", "csv", "gpkg", "kml", "kmz", "plover", "acled", "ftm", "annotations")
PICTURE_SIZES = ("screen", "screen-2x", "print", "social")
BLUR_KM = ("1", "5", "10", "25", "50", "100")
"""Of `dashboard.formats.FORMATS`, `picture.SIZES` and `disclosure.BLUR_KM`, heavy to import."""

_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, writable=True, path_type=Path)
_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _countries(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[str, ...]:
    from gazetteer.hints import country_codes

    try:
        return country_codes(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


_context_option = click.option(
    "--context",
    default="",
    callback=_countries,
    help="Countries that the text is about: PS,IL,JO.",
)

_language_option = click.option(
    "--language", help="ISO 639-1 code of the text's language, such as ar; guessed without it."
)


class _Commands(click.Group):
    """Says expected errors in one line, with exit code 1, instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # click's signature
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except (DatelineError, GazetteerError) as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if error.filename is None:
                raise
            raise click.ClickException(f"{error.filename}: {error.strerror}") from error


@click.group(cls=_Commands, context_settings=_HELP)
@click.version_option(package_name="dateline", prog_name="dateline")
def main() -> None:
    """Turn news reports into a map of events.

    Articles and events are kept in your data folder, or where DATELINE_HOME says.
    """


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
def serve(port: int | None, no_browser: bool) -> None:  # noqa: FBT001  # click passes flags so
    """Open the app in a browser. It listens on this computer only."""
    from dashboard.serving import serve as run

    sys.exit(run(port=port, opens_browser=not no_browser))


@main.command()
@click.argument("places", nargs=-1, required=True, metavar="FILE|FOLDER|FEED|LIST|ADDRESS...")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication.")
@click.option("--source", help="Who published it.")
@_language_option
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--errors", type=_OUT, help="Write what could not be read there: name, reason.")
@click.option("--watch", type=click.FloatRange(1), help="Look into the folder every SECONDS.")
def add(
    *,
    places: tuple[str, ...],
    published: datetime | None,
    source: str | None,
    language: str | None,
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
    from dashboard.pipeline import Failure
    from gazetteer.cache import GazetteerCache
    from gazetteer.online import geocoder_from_environment

    given = intake.Given(
        published=published.date() if published else None, source=source, language=language
    )
    problems = _Problems()
    listing = errors.open("w", encoding="utf-8") if errors else nullcontext()
    with (
        ProgressLine() as progress,
        _event_store() as events,
        _place_store(progress) as known_places,
        listing as out,
    ):
        tally = intake.Tally(total=intake.count_of(places))
        if watch is not None:
            outcomes = intake.watch_folder(
                _the_folder(places),
                events,
                known_places,
                GazetteerCache(),
                every_seconds=watch,
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
        for outcome in outcomes:
            tally.count(outcome)
            progress.clear()
            if isinstance(outcome, Failure):
                problems.tell(outcome.problem)
                if out:
                    out.write(f"{plain(outcome.name)}\t{plain(outcome.problem)}\n")
            else:
                click.echo(plain(outcome.message))
            progress(tally.in_words, tally.fraction)
    if tally.done > 1:
        summary = f"{tally.added:,} added, {tally.known:,} known already, {tally.failed:,} failed"
        click.echo(summary, err=True)
    problems.finish()


def _the_folder(places: tuple[str, ...]) -> Path:
    if len(places) != 1 or not Path(places[0]).is_dir():
        raise click.UsageError("--watch goes with one folder.")
    return Path(places[0])


FORMS = ("auto", "acled", "ucdp", "gdelt", "polecat", "icews", "plover", "table")
"""Names of `dashboard.importers.forms.FORMS`, heavy to import."""


@main.command(name="import")
@click.argument("file", type=_EXISTING)
@click.option("--as", "name", help="Name of the data set; the same name is the same data set.")
@click.option("--form", type=click.Choice(FORMS), default="auto", show_default=True)
@click.option("--column", "columns", multiple=True, help="In a table: FIELD=COLUMN, date=Day.")
@click.option("--type", "types", multiple=True, help="In a table: OWN=TYPE, bombing=ASSAULT.")
@click.option("--default-type", help="In a table: type of rows whose own is missing or unknown.")
@click.option("--deleted", is_flag=True, help="FILE lists ids of records to delete.")
@click.option("--accessed", type=click.DateTime(["%Y-%m-%d"]), help="Day of the download.")
@click.option("--note", default="", help="Version and filters, for the citation.")
@click.option("--errors", type=_OUT, help="Write every bad row there: line, reason.")
def import_events(
    *,
    file: Path,
    name: str | None,
    form: str,
    columns: tuple[str, ...],
    types: tuple[str, ...],
    default_type: str | None,
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

    from dashboard.importers import dataset_for, import_file, remove_deleted, table_mapping

    accessed_on = accessed.date() if accessed else None
    dataset, found = dataset_for(file, name=name, form=form, accessed=accessed_on, note=note)
    if deleted:
        with _event_store() as store:
            click.echo(plain(remove_deleted(file, dataset, store).message))
        return
    mapping = None
    if dataset.form == "table":
        said, meant = dict(map(_pair, columns)), dict(map(_pair, types))
        try:
            mapping = table_mapping(found, said, meant, default_type)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
    listing = errors.open("w", encoding="utf-8") if errors else nullcontext()
    with _event_store() as store, listing as out, ProgressLine() as progress:
        report = import_file(
            file,
            dataset,
            store,
            mapping=mapping,
            errors=out,
            on_rows=lambda count: progress(f"{count:,} rows", 0.0),
        )
    click.echo(plain(report.message))
    for bad in report.bad_rows[:20]:
        click.echo(plain(f"line {bad.line}: {bad.problem}"), err=True)
    if report.bad > 20:
        for reason, count in report.reasons[:10]:
            click.echo(plain(f"{count:,} rows: {reason}"), err=True)
    if report.bad:
        sys.exit(1)


@main.command()
def datasets() -> None:
    """List the data sets that were taken in, with what they hold."""
    with _event_store() as store:
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
            for found in store.datasets()
        ]
    heading = ("id", "data set", "form", "events", "from", "to", "accessed", "note")
    click.echo(table(heading, rows, right={3}))


def _pair(text: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not equals:
        raise click.UsageError(f"{plain(text)!r} must be written LEFT=RIGHT.")
    return left.strip(), right.strip()


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
@click.option(
    "--jsonl", is_flag=True, help="The files are JSON Lines; write one JSON object a line."
)
@_language_option
def code(
    files: tuple[str, ...],
    form: str,
    jsonl: bool,  # noqa: FBT001  # click passes flags so
    language: str | None,
) -> None:
    """Show the places and events of articles without keeping them; "-" is the standard input.

    With --jsonl each line of a file is an object with "id" and "text" and, if you like,
    "title", "published", "source" and "language". Each line written has the form that
    `dashboard.coded_json` documents. A line that cannot be read is named and the rest goes
    on; the exit code is then 1.
    """
    if jsonl and language:
        raise click.UsageError('--language does not go with --jsonl: a line has its "language".')
    problems = _Problems()
    if jsonl:
        _code_lines(files, problems)
    elif form == "json":
        from dashboard.coded_json import coded_to_json

        _echo_json([coded_to_json(coded) for coded in _code_files(files, language, problems)])
    else:
        for coded in _code_files(files, language, problems):
            _show_coded(coded)
    problems.finish()


def _filter_options(command: Callable[_P, _R]) -> Callable[_P, _R]:
    options = (
        click.option("--actor", "actors", multiple=True, help="Actor id, such as IRN or IRN.MIL."),
        click.option("--type", "types", multiple=True, help="Event type, such as ASSAULT."),
        click.option("--since", help="First day: 2019-11-01."),
        click.option("--until", help="Last day, included."),
        click.option("--text", help="Words in the quote, the title or a place's name."),
        click.option("--precision", help="Least exact place to show: 1 (exact) to 7 (water)."),
        click.option("--box", help="South,west,north,east in degrees."),
        click.option("--article", "articles", multiple=True, help="Article id."),
        click.option(
            "--modality",
            "modalities",
            multiple=True,
            help="Standing, such as denied; by default all but denied, hypothetical, negated.",
        ),
        click.option(
            "--reviewed",
            multiple=True,
            help="unreviewed, confirmed, edited or rejected; by default all but rejected.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _care_options(command: Callable[_P, _R]) -> Callable[_P, _R]:
    options = (
        click.option(
            "--blur",
            "blur_km",
            type=click.Choice(BLUR_KM),
            help="Make places coarse: circles of so many kilometres.",
        ),
        click.option(
            "--mask-names", is_flag=True, help="Mask names of private persons and withheld names."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@main.command()
@_filter_options
@_care_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", *EXPORTS]),
    default="table",
    show_default=True,
)
@click.option("--out", type=_OUT, help="File to write the events to, in any form but table.")
def events(  # the filter's options beside its own
    *,
    form: str,
    out: Path | None,
    blur_km: str | None,
    mask_names: bool,
    **wanted: Any,  # noqa: ANN401
) -> None:
    """Show the events that are kept. Options of one kind are alternatives; all kinds must hold.

    csv, acled: tables; geojson, gpkg, kml, kmz: for maps; plover, ftm: records for other event
    programs; annotations: the place names of the articles. docs/formats.md says what each holds.
    All but the table follow the rules of the sources, and say what they withhold.
    """
    event_filter = _event_filter(wanted)
    care = _care(blur_km, mask_names=mask_names)
    with _event_store() as store:
        reports = store.reports(event_filter)
        if form == "table":
            if out:
                raise click.UsageError("--out needs another --format than table.")
            _show_events(reports, len(store.reports()))
        elif form == "json":
            from dashboard.coded_json import report_to_json
            from dashboard.sharing import disclosure_of

            shown = disclosure_of(reports, store, care)
            _tell_withheld(shown.in_words())
            records = [report_to_json(report) for report in shown.reports]
            _write_bytes(f"{json.dumps(records, ensure_ascii=False, indent=2)}\n".encode(), out)
        else:
            from dashboard.formats import FORMATS
            from dashboard.sharing import export_of

            with _place_store() as places:
                data, withheld = export_of(FORMATS[form], event_filter, store, places, care)
            _tell_withheld(withheld)
            _write_bytes(data, out)


@main.command()
@click.argument("out", metavar="OUT.html")
@_filter_options
@_care_options
@click.option("--title", default="Events in the news", show_default=True)
@click.option("--note", default="", help="What the reader should know.")
@click.option("--keep", is_flag=True, help="Keep it in the gallery too.")
def snapshot(
    *,
    out: str,
    title: str,
    note: str,
    keep: bool,
    blur_km: str | None,
    mask_names: bool,
    **wanted: Any,  # noqa: ANN401  # the filter's
) -> None:
    """Write the map as one HTML file that opens without a network.

    "-" is the standard output. In a folder the file is named by the hash of its content.
    """
    from dashboard.gallery import keep_snapshot
    from dashboard.sharing import snapshot_of

    with _event_store() as store, _place_store() as places:
        care = _care(blur_km, mask_names=mask_names)
        page = snapshot_of(_event_filter(wanted), store, places, title=title, note=note, care=care)
        if keep:
            keep_snapshot(page, store)
    _write_page(page, out)


@main.command()
@click.argument("out", metavar="OUT.html")
@_filter_options
@_care_options
@click.option("--title", default="Events in the news", show_default=True)
@click.option("--note", default="", help="What the reader should know.")
def brief(
    *,
    out: str,
    title: str,
    note: str,
    blur_km: str | None,
    mask_names: bool,
    **wanted: Any,  # noqa: ANN401  # the filter's
) -> None:
    """Write a brief to print: map, timeline, the events in order with quotes and sources.

    "-" is the standard output.
    """
    from dashboard.sharing import brief_of

    with _event_store() as store, _place_store() as places:
        care = _care(blur_km, mask_names=mask_names)
        page = brief_of(_event_filter(wanted), store, places, title=title, note=note, care=care)
    _write_page(page, out)


@main.group()
def gallery() -> None:
    """Saved snapshots: list, fetch, delete. HASH may be its first digits."""


@gallery.command(name="list")
def list_gallery() -> None:
    """List the saved snapshots, the latest first."""
    with _event_store() as store:
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
    with _event_store() as store:
        page = store.snapshots.page(store.snapshots.named(content_hash).content_hash)
    _write_page(page, out)


@gallery.command(name="delete")
@click.argument("content_hash", metavar="HASH")
def delete_from_gallery(content_hash: str) -> None:
    """Delete a saved snapshot."""
    with _event_store() as store:
        saved = store.snapshots.named(content_hash)
        store.snapshots.delete(saved.content_hash)
    click.echo(plain(f"deleted: {saved.title}"))


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--release", is_flag=True, help="Take the names off the list.")
def withhold(names: tuple[str, ...], *, release: bool) -> None:
    """Put names on the list of those that --mask-names masks; without NAME, show the list."""
    with _event_store() as store:
        known = set(store.withheld_names())
        if names:
            store.set_withheld_names(known - set(names) if release else known | set(names))
        for name in store.withheld_names():
            click.echo(plain(name))


@main.command()
@click.argument("out", type=_OUT, metavar="OUT.svg|OUT.png")
@_filter_options
@_care_options
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
    with _event_store() as store, _place_store() as places:
        data = picture_of(
            _event_filter(wanted),
            store,
            places,
            title=title,
            size=size,
            form=out.suffix[1:],
            care=_care(blur_km, mask_names=mask_names),
        )
    out.write_bytes(data)


@main.command()
@click.argument("file", type=_EXISTING)
@click.option("--hash-only", is_flag=True, help="Do not compare with the store.")
def verify(file: Path, hash_only: bool) -> None:  # noqa: FBT001  # click passes flags so
    """Check that a snapshot is as it was made, and that the store gives it byte for byte.

    The exit code is 1 when either does not hold.
    """
    from dashboard.sharing import verify as check

    if hash_only:
        verdict = check(str(file), file.read_bytes())
    else:
        with _event_store() as store, _place_store() as places:
            verdict = check(str(file), file.read_bytes(), store, places)
    click.echo(f"content hash: {'holds' if verdict.is_intact else 'DOES NOT HOLD'}")
    if verdict.is_rebuilt is not None:
        click.echo(f"store: {'the same bytes' if verdict.is_rebuilt else 'OTHER BYTES'}")
    for note in verdict.notes:
        click.echo(plain(note))
    if not verdict.holds:
        sys.exit(1)


@main.command()
@click.argument("before", type=_EXISTING)
@click.argument("after", type=_EXISTING)
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
def diff(before: Path, after: Path, form: str) -> None:
    """Say in what two snapshots differ: events that are new, revised, moved or removed."""
    from dataclasses import asdict

    from dashboard.evidence import differences, read_snapshot
    from dashboard.sharing import change_line

    contents = [read_snapshot(str(path), path.read_bytes()) for path in (before, after)]
    changes = differences(*contents)
    if form == "json":
        _echo_json([asdict(change) for change in changes])
        return
    for change in changes:
        click.echo(plain(change_line(change)))
    click.echo(f"{len(changes)} differences", err=True)


@main.command()
@click.argument("corpora", nargs=-1, required=True, metavar="CORPUS...", type=_EXISTING)
@click.option("--half", type=click.Choice(["tune", "held-out"]), help="A fixed half of each file.")
@click.option(
    "--without-origin",
    is_flag=True,
    help="Leave out words of origin (Iranian) and parts of other names, where a corpus does.",
)
@click.option(
    "--parts", "by_parts", is_flag=True, help="Measure recognition by each of its parts, too."
)
@_context_option
@click.option("--list", "listed", type=click.IntRange(0), default=0, help="List so many errors.")
@click.option("--json", "json_out", type=_OUT, help="Write the figures and errors there.")
@click.option("--markdown", type=_OUT, help="Write the figures as Markdown there.")
@click.option("--errors", type=_OUT, help="Write a page there that shows each error on a map.")
def evaluate(
    *,
    corpora: tuple[Path, ...],
    half: str | None,
    without_origin: bool,
    by_parts: bool,
    context: tuple[str, ...],
    listed: int,
    json_out: Path | None,
    markdown: Path | None,
    errors: Path | None,
) -> None:
    """Measure how well places are found and resolved in annotated texts.

    CORPUS is JSON Lines of {doc_id, text, toponyms: [{start, end, phrase, lat, lon}]}.
    docs/accuracy.md says what is measured.
    """
    from dashboard import place_evaluation as report
    from gazetteer import evaluation

    kinds = evaluation.WITHOUT_ORIGIN if without_origin else evaluation.EVERY_KIND
    with ProgressLine() as progress, _place_store(progress) as store:
        results = [
            evaluation.evaluate(
                path,
                store=store,
                half=half,
                kinds=kinds,
                context=context,
                by_parts=by_parts,
                progress=progress,
            )
            for path in corpora
        ]
        page = report.errors_html(results, store) if errors else ""
    for result in results:
        click.echo(
            f"{result.corpus}: {result.documents} documents, {result.toponyms} toponyms, "
            f"{result.documents_per_second:.1f} documents a second"
        )
        click.echo(table(report.SCORE_HEADING, report.score_rows(result), right={1, 2, 3}))
        click.echo(
            table(report.DISTANCE_HEADING, report.distance_rows(result), right=set(range(1, 6)))
        )
        click.echo(
            table(report.RELIABILITY_HEADING, report.reliability_rows(result), right={1, 2, 3})
        )
        if by_parts:
            click.echo(
                table(report.PARTS_HEADING, report.parts_rows(result), right=set(range(1, 5)))
            )
        if listed:
            click.echo(table(report.ERROR_HEADING, report.error_rows(result, listed), right={0, 5}))
        click.echo()
    if errors:
        errors.write_text(page, encoding="utf-8", newline="\n")
    if json_out:
        json_out.write_text(report.to_json_text(results), encoding="utf-8", newline="\n")
    if markdown:
        markdown.write_text(report.to_markdown(results), encoding="utf-8", newline="\n")


@main.command(name="evaluate-events")
@click.argument("gold", nargs=-1, required=True, metavar="GOLD...", type=_EXISTING)
@click.option("--half", type=click.Choice(["tune", "held-out"]), help="A fixed half of each file.")
@click.option("--limit", type=click.IntRange(1), help="At most so many texts of each file.")
@click.option("--corrections", type=_EXISTING, help="A table of labels that are plainly wrong.")
@click.option("--errors", is_flag=True, help="List what went wrong, with the sentences.")
@click.option("--json", "json_out", type=_OUT, help="Write the figures and errors there.")
@click.option("--markdown", type=_OUT, help="Write them as Markdown there.")
def evaluate_events(
    *,
    gold: tuple[Path, ...],
    half: str | None,
    limit: int | None,
    corrections: Path | None,
    errors: bool,
    json_out: Path | None,
    markdown: Path | None,
) -> None:
    """Measure the coding of events on hand-coded texts.

    GOLD is JSON Lines in Dateline's own form, or PLOVER gold sentences, WikiEvents, RAMS or
    event_location sentences. docs/event-evaluation.md says what is counted as right.
    """
    from dashboard import event_evaluation_report as report
    from dashboard.event_evaluation import evaluate_events as evaluate

    with ProgressLine() as progress, _place_store(progress) as store:
        results = [
            evaluate(
                path,
                store=store,
                half=half,
                limit=limit,
                corrections=corrections,
                progress=progress,
            )
            for path in gold
        ]
    for result in results:
        click.echo(f"{result.corpus}: {result.texts} texts, {result.events} events")
        rows = report.score_rows(result)
        click.echo(table(report.HEADING, rows, right=set(range(1, 7))))
        if errors:
            heading = ("wrong", "wanted", "found", "sentence")
            click.echo(
                table(heading, [(e.kind, e.expected, e.found, e.sentence) for e in result.errors])
            )
        click.echo()
    if json_out:
        json_out.write_text(report.to_json_text(results), encoding="utf-8", newline="\n")
    if markdown:
        markdown.write_text(report.to_markdown(results), encoding="utf-8", newline="\n")


@main.group()
def places() -> None:
    """Look up places, find them in a text, build the place store."""


@places.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
def find(name: tuple[str, ...], limit: int) -> None:
    """List the places called NAME, most people first."""
    from gazetteer.names import name_key

    wanted = " ".join(name)
    with ProgressLine() as progress, _place_store(progress) as store:
        matches = store.by_name(wanted)
        similar = [] if matches else [s.match for s in store.suggest(wanted)]
        similar += [] if matches else store.by_prefix(wanted, limit=5)
    if not matches:
        names = {name_key(match.matched): match.matched for match in reversed(similar)}
        hint = f" Did you mean {', '.join(reversed(names.values()))}?" if names else ""
        raise click.ClickException(plain(f"No place is called {wanted!r}.{hint}"))
    _show_matches(matches[:limit])
    if len(matches) > limit:
        click.echo(f"{len(matches) - limit} more; see --limit.", err=True)


@places.command()
@click.argument("latitude", type=float)
@click.argument("longitude", type=float)
@click.option("--within", "within_km", type=float, default=50.0, show_default=True, help="In km.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
def near(latitude: float, longitude: float, within_km: float, limit: int) -> None:
    """List the places nearest to a point, the closest first.

    Write "--" before a point in the south or the west: dateline places near -- -33.9 18.4
    """
    from gazetteer.places import Coordinates

    point = Coordinates(lat=latitude, lon=longitude)
    with ProgressLine() as progress, _place_store(progress) as store:
        found = store.nearest(point, within_km=within_km, limit=limit)
    rows = [
        (
            f"{close.distance_km:.1f}",
            close.place.place_id,
            close.place.name,
            ",".join(close.place.all_countries),
            close.place.feature_code,
        )
        for close in found
    ]
    click.echo(table(("km", "id", "place", "in", "kind"), rows, right={0}))


@places.command(name="add")
@click.argument("name")
@click.option("--at", nargs=2, type=float, metavar="LAT LON", help="Its point, in degrees.")
@click.option("--area", help='"south,west,north,east" or corners "lat lon, lat lon, lat lon".')
@click.option("--alias", "aliases", multiple=True, help="Another name; may be repeated.")
@click.option("--kind", default="PPL", show_default=True, help="GeoNames feature code.")
@click.option("--country", "countries", multiple=True, help="ISO code; by default by the point.")
@click.option("--who", required=True, help="Who says so.")
@click.option("--why", required=True, help="How it is known.")
def add_place(
    *,
    name: str,
    at: tuple[float, float] | None,
    area: str | None,
    aliases: tuple[str, ...],
    kind: str,
    countries: tuple[str, ...],
    who: str,
    why: str,
) -> None:
    """Add a place that the gazetteer lacks; look-ups and articles find it from now on."""
    from gazetteer.added import add_missing_place
    from gazetteer.cache import GazetteerCache
    from gazetteer.places import Coordinates

    with _place_store() as store:
        added = add_missing_place(
            GazetteerCache(),
            store,
            name,
            coordinates=Coordinates(lat=at[0], lon=at[1]) if at else None,
            area=area,
            aliases=aliases,
            feature_code=kind,
            country_codes=countries,
            who=who,
            why=why,
        )
    where = ", ".join(added.place.all_countries) or "no country"
    click.echo(plain(f"{added.place.place_id}: {added.place.name}, {where}"))


@places.command()
@click.argument("file", metavar="FILE")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
@_context_option
@_language_option
def parse(file: str, form: str, context: tuple[str, ...], language: str | None) -> None:
    """Show the place names in a text or HTML file and what each means; "-" is the input."""
    from dashboard.coded_json import why_here_to_json
    from dashboard.readers import read_article
    from gazetteer.cache import GazetteerCache
    from gazetteer.geoparse import geoparse
    from gazetteer.online import geocoder_from_environment

    article = read_article(_shown_name(file), _read(file))
    with ProgressLine() as progress, _place_store(progress) as store:
        version = store.version
        found = geoparse(
            article.text,
            store=store,
            cache=GazetteerCache(),
            geocoder=geocoder_from_environment(),
            article_id=article.article_id,
            context=context,
            language=language,
            source=article.source,
        )
    if form == "json":
        _echo_json([why_here_to_json(r, place_data=version) for r in found.resolutions])
    else:
        _show_mentions(found)


@places.command()
@click.option(
    "--geonames", "dump", type=_EXISTING, help="GeoNames' allCountries.zip, or one country's file."
)
@click.option("--alternate-names", "names", type=_EXISTING, help="GeoNames' alternateNamesV2.zip.")
def build(dump: Path | None, names: Path | None) -> None:
    """Build the place store anew from the data that Dateline ships with.

    With --geonames every place of GeoNames is in it. Download the files from
    download.geonames.org/export/dump; an upgrade of Dateline asks for them again.
    """
    from gazetteer.build import build_place_store
    from gazetteer.paths import place_store_path

    if names and not dump:
        raise click.UsageError("--alternate-names goes with --geonames.")
    path = place_store_path()
    with ProgressLine(always=True) as progress:
        if dump:
            from gazetteer.geonames_dump import build_from_dump

            report = build_from_dump(path, dump, names, progress)
        else:
            report = None
            build_place_store(path, progress)
    if report:
        click.echo(f"{report.places:,} places, {report.names:,} names, {report.lines:,} lines read")
        for problem in report.problems:
            click.echo(plain(problem), err=True)
    click.echo(f"{path}: {path.stat().st_size / 1e6:.0f} MB")


@places.command(name="compile")
@click.option(
    "--packages",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Folder with the package files that gazetteer/data/SOURCES.md names.",
)
def compile_places(packages: Path) -> None:
    """Make the shipped place data from its sources (for maintainers; needs the extra "places")."""
    try:
        from gazetteer.sources.compile import compile_place_data
    except ImportError as error:
        raise click.ClickException(
            f"{error.name} is not installed: pip install 'dateline[places]'"
        ) from error
    compile_place_data(packages, report=lambda stage: click.echo(stage, err=True))


main.add_command(review)


@main.group()
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
    place = None
    if place_id:
        with _place_store() as store:
            place = store.by_id(place_id)
        if place is None:
            raise click.ClickException(f"No place has the id {plain(place_id)!r}.")
    made = GazetteerCache().correct(
        name, place, who=who, why=why, article_id=article_id, start=start, source=source
    )
    meaning = place.name if place else "no place"
    click.echo(plain(f"{made.correction_id}: {name} means {meaning} ({made.scope.name.lower()})"))


@corrections.command()
@click.argument("which", metavar="NUMBER|PLACE_ID")
@click.option("--who", required=True, help="Who takes it back.")
def undo(which: str, who: str) -> None:
    """Take a correction or an added place back; the record of it stays."""
    from gazetteer.cache import GazetteerCache

    cache = GazetteerCache()
    if not cache.undo_named(which, who=who):
        raise click.ClickException(f"Nothing to undo has the number or id {plain(which)!r}.")
    click.echo(plain(f"{which}: undone"))


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
        shared = from_csv(_read(file).decode("utf-8"))
    except UnicodeDecodeError as problem:
        raise CorrectionError(f"{_shown_name(file)} is not UTF-8 text") from problem
    new, known = GazetteerCache().merge(shared.corrections, shared.places)
    click.echo(f"{new} new, {known} known already")


class _Problems:
    """Tells each problem at once on the standard error, and remembers that there was one."""

    def __init__(self) -> None:
        self._any = False

    def tell(self, problem: str) -> None:
        self._any = True
        click.echo(plain(f"Error: {problem}"), err=True)

    def tell_error(self, name: str, error: Exception) -> None:
        from dashboard.pipeline import problem_with

        self.tell(problem_with(name, error))

    def finish(self) -> None:
        if self._any:
            sys.exit(1)


@contextmanager
def _place_store(progress: Callable[[str, float], None] | None = None) -> Iterator[Any]:
    from gazetteer.build import open_place_store
    from gazetteer.cache import GazetteerCache

    with open_place_store(progress) as store:
        yield store.with_added(GazetteerCache())


def _text_of(number: int | None) -> str:
    return "" if number is None else f"at {number}"


def _event_store() -> Any:  # noqa: ANN401  # imported late
    from dashboard.store import EventStore

    return closing(EventStore())


def _event_filter(options: dict[str, Any]) -> EventFilter:
    from dashboard.filters import EventFilter

    query = {
        key: ",".join(value) if isinstance(value, tuple) else value
        for key, value in options.items()
        if value
    }
    event_filter, problems = EventFilter.from_query(query)
    if problems:
        raise click.UsageError("; ".join(problems))
    since, until = event_filter.since, event_filter.until
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is after --until {until}: no event can match.")
    return event_filter


def _care(blur_km: str | None, *, mask_names: bool) -> Care:
    from dashboard.disclosure import Care

    return Care(blur_km=int(blur_km) if blur_km else None, mask_names=mask_names)


def _tell_withheld(withheld: Sequence[str]) -> None:
    for words in withheld:
        click.echo(f"withheld: {words}", err=True)


def _write_page(page: str, out: str) -> None:
    from dashboard.evidence import content_hash, file_name

    if out == STDIN:
        click.echo(page, nl=False)
        return
    path = Path(out) / file_name(page) if Path(out).is_dir() else Path(out)
    path.write_text(page, encoding="utf-8", newline="\n")
    click.echo(f"{path}: content hash {content_hash(page)}", err=True)


def _write_bytes(data: bytes, out: Path | None) -> None:
    if out:
        out.write_bytes(data)
    else:
        click.echo(data, nl=False)


def _shown_name(name: str) -> str:
    return "the standard input" if name == STDIN else name


def _read(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()


def _code_files(
    files: Iterable[str], language: str | None, problems: _Problems
) -> Iterator[CodedArticle]:
    from dashboard.readers import read_article

    with _coder() as code_one:
        for name in files:
            shown = _shown_name(name)
            try:
                coded = code_one(read_article(shown, _read(name), language=language))
            except Exception as error:  # noqa: BLE001  # one file does not stop the others
                problems.tell_error(shown, error)
            else:
                yield coded


def _code_lines(files: Iterable[str], problems: _Problems) -> None:
    from dashboard.readers.jsonlines import read_json_lines

    with _coder() as code_one:
        for name in files:
            shown = _shown_name(name)
            try:
                for line in read_json_lines(_lines(name)):
                    _code_line(line, f"{shown}, line {line.number}", code_one, problems)
            except OSError as error:
                problems.tell_error(shown, error)


def _code_line(
    line: ArticleLine | BadLine,
    where: str,
    code_one: Callable[[Article], CodedArticle],
    problems: _Problems,
) -> None:
    from dashboard.coded_json import coded_to_json
    from dashboard.readers.jsonlines import BadLine

    if isinstance(line, BadLine):
        problems.tell(f"{where}: {line.problem}")
        return
    try:
        coded = coded_to_json(code_one(line.article), key=line.key)
    except Exception as error:  # noqa: BLE001  # one line does not stop the others
        problems.tell_error(where, error)
        return
    click.echo(json.dumps(coded, ensure_ascii=False))


def _lines(name: str) -> Iterator[bytes]:
    if name == STDIN:
        yield from sys.stdin.buffer
        return
    with Path(name).open("rb") as file:
        yield from file


@contextmanager
def _coder() -> Iterator[Callable[[Article], CodedArticle]]:
    from dashboard.pipeline import code_article
    from gazetteer.cache import GazetteerCache
    from gazetteer.online import geocoder_from_environment

    with ProgressLine() as progress, _place_store(progress) as store:
        progress.clear()
        yield partial(
            code_article,
            place_store=store,
            cache=GazetteerCache(),
            geocoder=geocoder_from_environment(),
        )


def _echo_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _show_coded(coded: CodedArticle) -> None:
    article = coded.article
    click.echo(plain(f"{article.title} ({article.published or 'no date'})"))
    _show_mentions(coded.geoparse)
    click.echo(_event_table(coded.events))
    for problem in coded.geoparse.problems:
        click.echo(plain(problem))
    click.echo()


def _show_mentions(found: Geoparse) -> None:
    rows = [
        (
            f"{resolution.mention.start}",
            resolution.mention.surface,
            resolution.mention.kind.value,
            resolution.place.name if resolution.place else "not found",
            (resolution.place and resolution.place.country_code) or "",
            _degrees(resolution.place.coordinates.lat) if resolution.place else "",
            _degrees(resolution.place.coordinates.lon) if resolution.place else "",
            f"{resolution.confidence:.2f}",
        )
        for resolution in found.resolutions
    ]
    heading = ("at", "mention", "kind", "place", "in", "latitude", "longitude", "confidence")
    click.echo(table(heading, rows, right={0, 5, 6, 7}))
    for problem in found.problems:
        click.echo(plain(problem), err=True)


def _show_events(reports: Sequence[EventReport], total: int) -> None:
    if reports:
        click.echo(_event_table([report.event for report in reports]))
    click.echo(f"{len(reports)} of {total} events", err=True)


def _event_table(found: Iterable[Event]) -> str:
    rows = [
        (
            event.when.iso if event.when else "",
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


def _show_matches(matches: Iterable[NameMatch]) -> None:
    rows = [
        (
            match.place.place_id,
            match.place.name,
            match.matched,
            ",".join(match.place.all_countries),
            match.place.feature_code,
            f"{match.place.population:,}" if match.place.population else "",
            _degrees(match.place.coordinates.lat),
            _degrees(match.place.coordinates.lon),
        )
        for match in matches
    ]
    heading = ("id", "place", "found by", "in", "kind", "people", "latitude", "longitude")
    click.echo(table(heading, rows, right={5, 6, 7}))


def _degrees(value: float) -> str:
    return f"{value:.4f}"
