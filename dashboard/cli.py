"""The command line: `dateline ...`. Each command is one call of the library.

Heavy modules are imported where they are used, so that `--help` answers at once.
"""

from __future__ import annotations

import sys
from typing import Any

import click

from dashboard.commands import evaluating, events, intake, sharing
from dashboard.commands.corrections import corrections
from dashboard.commands.places import places
from dashboard.commands.review import review
from dashboard.errors import DatelineError
from gazetteer.errors import GazetteerError

_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


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


for command in (
    intake.add,
    intake.recode,
    intake.import_events,
    intake.datasets,
    events.code,
    events.events,
    sharing.snapshot,
    sharing.brief,
    sharing.gallery,
    sharing.withhold,
    sharing.picture,
    sharing.verify,
    sharing.diff,
    evaluating.evaluate,
    evaluating.evaluate_events,
    places,
    review,
    corrections,
):
    main.add_command(command)
