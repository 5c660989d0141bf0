"""`dateline evaluate` and `evaluate-events`: measures on annotated texts."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.commands.opening import place_store
from dashboard.commands.options import EXISTING, OUT, context_option
from dashboard.terminal import ProgressLine, table


@click.command()
@click.argument("corpora", nargs=-1, required=True, metavar="CORPUS...", type=EXISTING)
@click.option("--half", type=click.Choice(["tune", "held-out"]), help="A fixed half of each file.")
@click.option(
    "--without-origin",
    is_flag=True,
    help="Leave out words of origin (Iranian) and parts of other names, where a corpus does.",
)
@click.option(
    "--parts", "by_parts", is_flag=True, help="Measure recognition by each of its parts, too."
)
@context_option
@click.option("--list", "listed", type=click.IntRange(0), default=0, help="List so many errors.")
@click.option("--json", "json_out", type=OUT, help="Write the figures and errors there.")
@click.option("--markdown", type=OUT, help="Write the figures as Markdown there.")
@click.option("--errors", type=OUT, help="Write a page there that shows each error on a map.")
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
    with ProgressLine() as progress, place_store(progress) as store:
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


@click.command(name="evaluate-events")
@click.argument("gold", nargs=-1, required=True, metavar="GOLD...", type=EXISTING)
@click.option("--half", type=click.Choice(["tune", "held-out"]), help="A fixed half of each file.")
@click.option("--limit", type=click.IntRange(1), help="At most so many texts of each file.")
@click.option("--corrections", type=EXISTING, help="A table of labels that are plainly wrong.")
@click.option("--errors", is_flag=True, help="List what went wrong, with the sentences.")
@click.option("--json", "json_out", type=OUT, help="Write the figures and errors there.")
@click.option("--markdown", type=OUT, help="Write them as Markdown there.")
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

    with ProgressLine() as progress, place_store(progress) as store:
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
