"""`dateline places ...`: look up, find in a text, add, build."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.commands.opening import place_store, read_input, shown_name
from dashboard.commands.options import EXISTING, context_option, language_option
from dashboard.commands.telling import degrees, echo_json, show_mentions
from dashboard.terminal import ProgressLine, plain, table

if TYPE_CHECKING:
    from gazetteer.store import NameMatch


@click.group()
def places() -> None:
    """Look up places, find them in a text, build the place store."""


@places.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
def find(name: tuple[str, ...], limit: int) -> None:
    """List the places called NAME, the best known first."""
    from dashboard.place_listing import bearers, demonym_words
    from gazetteer.names import name_key

    wanted = " ".join(name)
    with ProgressLine() as progress, place_store(progress) as store:
        matches = bearers(wanted, store)
        origin = demonym_words(wanted, store)
        similar = [] if matches else [s.match for s in store.suggest(wanted)]
        similar += [] if matches else store.by_prefix(wanted, limit=5)
    if origin:
        click.echo(plain(origin), err=True)
    if not matches:
        names = {name_key(match.matched): match.matched for match in reversed(similar)}
        hint = f" Did you mean {', '.join(reversed(names.values()))}?" if names else ""
        raise click.ClickException(plain(f"No place is called {wanted!r}.{hint}"))
    _show_matches(matches[:limit])
    if len(matches) > limit:
        click.echo(f"{len(matches) - limit} more; see --limit.", err=True)


@places.command(context_settings={"ignore_unknown_options": True})  # "-33.9" is no option
@click.argument("latitude", type=float)
@click.argument("longitude", type=float)
@click.option("--within", "within_km", type=float, default=50.0, show_default=True, help="In km.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
def near(latitude: float, longitude: float, within_km: float, limit: int) -> None:
    """List the places nearest to a point, the closest first: dateline places near -33.9 18.4."""
    from gazetteer.places import Coordinates

    point = Coordinates(lat=latitude, lon=longitude)
    with ProgressLine() as progress, place_store(progress) as store:
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
@click.option("--kind", help="GeoNames feature code; by default PPL or, with --area, RGN.")
@click.option("--country", "countries", multiple=True, help="ISO code; by default by the point.")
@click.option("--who", required=True, help="Who says so.")
@click.option("--why", required=True, help="How it is known.")
def add_place(
    *,
    name: str,
    at: tuple[float, float] | None,
    area: str | None,
    aliases: tuple[str, ...],
    kind: str | None,
    countries: tuple[str, ...],
    who: str,
    why: str,
) -> None:
    """Add a place that the gazetteer lacks; look-ups and articles find it from now on."""
    from gazetteer.added import add_missing_place
    from gazetteer.cache import GazetteerCache
    from gazetteer.places import Coordinates

    with place_store() as store:
        addition = add_missing_place(
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
    place, earlier = addition.added.place, addition.earlier
    where = ", ".join(place.all_countries) or "no country"
    click.echo(plain(f"{place.place_id}: {place.name}, {where}"))
    if earlier:
        click.echo(
            plain(
                f"{earlier.who} added it on {earlier.made_at:%Y-%m-%d}; it is now as you say. "
                f"To take that back: dateline corrections undo {place.place_id} --who YOU"
            ),
            err=True,
        )


@places.command()
@click.argument("file", metavar="FILE")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
@context_option
@language_option
def parse(file: str, form: str, context: tuple[str, ...], language: str | None) -> None:
    """Show the place names in a text or HTML file and what each means; "-" is the input."""
    from dashboard.coded_json import why_here_to_json
    from dashboard.readers import read_article
    from gazetteer.cache import GazetteerCache
    from gazetteer.geoparse import geoparse
    from gazetteer.online import geocoder_from_environment

    article = read_article(shown_name(file), read_input(file))
    with ProgressLine() as progress, place_store(progress) as store:
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
        echo_json([why_here_to_json(r, place_data=version) for r in found.resolutions])
    else:
        show_mentions(found)


@places.command()
@click.option(
    "--geonames", "dump", type=EXISTING, help="GeoNames' allCountries.zip, or one country's file."
)
@click.option("--alternate-names", "names", type=EXISTING, help="GeoNames' alternateNamesV2.zip.")
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


def _show_matches(matches: Iterable[NameMatch]) -> None:
    rows = [
        (
            match.place.place_id,
            match.place.name,
            match.matched,
            ",".join(match.place.all_countries),
            match.place.feature_code,
            f"{match.place.population:,}" if match.place.population else "",
            degrees(match.place.coordinates.lat),
            degrees(match.place.coordinates.lon),
        )
        for match in matches
    ]
    heading = ("id", "place", "found by", "in", "kind", "people", "latitude", "longitude")
    click.echo(table(heading, rows, right={5, 6, 7}))
