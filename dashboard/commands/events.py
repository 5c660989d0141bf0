"""`dateline code` and `events`: what is found in articles, and what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands.opening import event_store, lines_of, place_store, read_input, shown_name
from dashboard.commands.options import (
    OUT,
    care_of,
    care_options,
    filter_of,
    filter_options,
    language_option,
)
from dashboard.commands.telling import (
    Problems,
    echo_json,
    event_table,
    show_mentions,
    tell_withheld,
    write_bytes,
)
from dashboard.terminal import ProgressLine, plain

if TYPE_CHECKING:
    from dashboard.articles import Article
    from dashboard.events import EventReport
    from dashboard.pipeline import CodedArticle
    from dashboard.readers.jsonlines import ArticleLine, BadLine


EXPORTS = ("geojson", "csv", "gpkg", "kml", "kmz", "plover", "acled", "ftm", "annotations")
"""Of `dashboard.formats.FORMATS`, heavy to import."""


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
@click.option(
    "--jsonl", is_flag=True, help="The files are JSON Lines; write one JSON object a line."
)
@language_option
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
    problems = Problems()
    if jsonl:
        _code_lines(files, problems)
    elif form == "json":
        from dashboard.coded_json import coded_to_json

        echo_json([coded_to_json(coded) for coded in _code_files(files, language, problems)])
    else:
        for coded in _code_files(files, language, problems):
            _show_coded(coded)
    problems.finish()


@click.command()
@filter_options
@care_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", *EXPORTS]),
    default="table",
    show_default=True,
)
@click.option("--out", type=OUT, help="File to write the events to, in any form but table.")
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
    care = care_of(blur_km, mask_names=mask_names)
    with event_store() as store:
        event_filter = filter_of(wanted, store)
        reports = store.reports(event_filter)
        if form == "table":
            if out:
                raise click.UsageError("--out needs another --format than table.")
            _show_events(reports, len(store.reports()))
        elif form == "json":
            from dashboard.coded_json import report_to_json
            from dashboard.sharing import disclosure_of

            shown = disclosure_of(reports, store, care)
            tell_withheld(shown.in_words())
            records = [report_to_json(report) for report in shown.reports]
            write_bytes(f"{json.dumps(records, ensure_ascii=False, indent=2)}\n".encode(), out)
        else:
            from dashboard.formats import FORMATS
            from dashboard.sharing import export_of

            with place_store() as places:
                data, withheld = export_of(FORMATS[form], event_filter, store, places, care)
            tell_withheld(withheld)
            write_bytes(data, out)


def _code_files(
    files: Iterable[str], language: str | None, problems: Problems
) -> Iterator[CodedArticle]:
    from dashboard.readers import read_article

    with _coder() as code_one:
        for name in files:
            shown = shown_name(name)
            try:
                coded = code_one(read_article(shown, read_input(name), language=language))
            except Exception as error:  # noqa: BLE001  # one file does not stop the others
                problems.tell_error(shown, error)
            else:
                yield coded


def _code_lines(files: Iterable[str], problems: Problems) -> None:
    from dashboard.readers.jsonlines import read_json_lines

    with _coder() as code_one:
        for name in files:
            shown = shown_name(name)
            try:
                for line in read_json_lines(lines_of(name)):
                    _code_line(line, f"{shown}, line {line.number}", code_one, problems)
            except OSError as error:
                problems.tell_error(shown, error)


def _code_line(
    line: ArticleLine | BadLine,
    where: str,
    code_one: Callable[[Article], CodedArticle],
    problems: Problems,
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


@contextmanager
def _coder() -> Iterator[Callable[[Article], CodedArticle]]:
    from dashboard.pipeline import code_article
    from gazetteer.cache import GazetteerCache
    from gazetteer.online import geocoder_from_environment

    with ProgressLine() as progress, place_store(progress) as store:
        progress.clear()
        yield partial(
            code_article,
            place_store=store,
            cache=GazetteerCache(),
            geocoder=geocoder_from_environment(),
        )


def _show_coded(coded: CodedArticle) -> None:
    article = coded.article
    click.echo(plain(f"{article.title} ({article.published or 'no date'})"))
    show_mentions(coded.geoparse)
    click.echo(event_table(coded.events))
    for problem in coded.geoparse.problems:
        click.echo(plain(problem))
    click.echo()


def _show_events(reports: Sequence[EventReport], total: int) -> None:
    if reports:
        click.echo(event_table([report.event for report in reports]))
    click.echo(f"{len(reports)} of {total} events", err=True)
