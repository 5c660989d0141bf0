"""Options that several commands share, and what they give."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.terminal import plain

if TYPE_CHECKING:
    from dashboard.disclosure import Care
    from dashboard.filters import EventFilter
    from dashboard.store import EventStore


BLUR_KM = ("1", "5", "10", "25", "50", "100")
"""Of `dashboard.disclosure.BLUR_KM`, heavy to import."""


EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


OUT = click.Path(dir_okay=False, writable=True, path_type=Path)


def _countries(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[str, ...]:
    from gazetteer.hints import country_codes

    try:
        return country_codes(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


context_option = click.option(
    "--context",
    default="",
    callback=_countries,
    help="Countries that the text is about: PS,IL,JO.",
)


def _language(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    from gazetteer.language import pipeline_of
    from gazetteer.other_languages import LANGUAGES

    code = value.strip().lower()
    if code not in LANGUAGES and not (code.isalpha() and pipeline_of(code)):
        raise click.BadParameter(
            f"{value!r} is none of {', '.join(LANGUAGES)}, nor has it an installed pipeline."
        )
    return code


language_option = click.option(
    "--language",
    callback=_language,
    help="ISO 639-1 code of the text's language, such as ar; guessed without it.",
)


workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many processes code at the same time.",
)


Command = Callable[..., Any]


def together(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Return one decorator that gives a command all of these, in this order."""

    def give(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return give


filter_options = together(
    click.option("--actor", "actors", multiple=True, help="Actor id, such as IRN or IRN.MIL."),
    click.option("--type", "types", multiple=True, help="Event type, such as ASSAULT."),
    click.option("--since", help="First day: 2019-11-01."),
    click.option("--until", help="Last day, included."),
    click.option("--text", help="Words in the quote, the title or a place's name."),
    click.option("--precision", help="Least exact place to show: 1 (exact) to 7 (water)."),
    click.option("--box", help="South,west,north,east in degrees."),
    click.option("--article", "articles", multiple=True, help="Article id."),
    click.option(
        "--dataset",
        "datasets",
        multiple=True,
        help='Name or id of a data set; "own": coded here.',
    ),
    click.option("--days", help="How many days an event may have happened on, at most."),
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
"""The options of a filter."""


care_options = together(
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
"""The options of what is made coarse or masked."""


def filter_of(options: dict[str, Any], store: EventStore) -> EventFilter:
    """Return the filter that a command's options ask for of a store.

    Raises: click.UsageError when one cannot be understood.
    """
    from dashboard.filters import EventFilter

    if options["datasets"]:
        options = options | {"datasets": dataset_ids(options["datasets"], store)}
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


def dataset_ids(said: tuple[str, ...], store: EventStore) -> tuple[str, ...]:
    """Return the ids of data sets that are said by name or by id.

    Raises: click.UsageError when there is none of a name.
    """
    from dashboard.datasets import OWN

    names = {of.dataset.dataset_id: of.dataset.name for of in store.datasets.all()}
    ids = {name: dataset_id for dataset_id, name in names.items()}
    ids |= {dataset_id: dataset_id for dataset_id in (*names, OWN)}
    for one in said:
        if one not in ids:
            known = ", ".join(f"{name} ({dataset_id})" for dataset_id, name in names.items())
            raise click.UsageError(
                plain(f"There is no data set {one!r}; there are {known or 'none'}, and {OWN}.")
            )
    return tuple(ids[one] for one in said)


def care_of(blur_km: str | None, *, mask_names: bool) -> Care:
    """Return the care that a command's options ask for."""
    from dashboard.disclosure import Care

    return Care(blur_km=int(blur_km) if blur_km else None, mask_names=mask_names)
