"""Compile the shipped place data from pinned packages: a maintainer's command.

    python -m gazetteer.sources.compile --packages FOLDER

The same packages give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click
import shapely

from gazetteer import outlines
from gazetteer.geodesy import distance_km
from gazetteer.names import name_key
from gazetteer.packed import (
    AREAS,
    BEARERS,
    NAMES,
    OUTLINES,
    POPULATED,
    write_columns,
    write_numbers,
)
from gazetteer.places import (
    BoundingBox,
    Coordinates,
    Geometry,
    Place,
)
from gazetteer.records import DATA_FOLDER, PlaceRecord, feature_types
from gazetteer.sources import (
    airports,
    columns,
    curated,
    divisions,
    facts,
    geonames,
    marine,
    provinces,
    world_atlas,
)
from gazetteer.sources.manifest import write_manifest
from gazetteer.sources.populations import division_populations
from gazetteer.sources.shapes import area_geometry, centre_of, line_geometry, slug

Report = Callable[[str], None]

CONTINENTS = {
    "AF": "Africa",
    "AN": "Antarctica",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "North America",
    "OC": "Oceania",
    "SA": "South America",
}
_DEPENDENT = frozenset(
    """
    AI AQ AS AW AX BL BM BQ BV CC CK CW CX FK FO GF GG GI GL GP GS GU HK HM IM
    IO JE KY MF MO MP MQ MS NC NF NU PF PM PN PR RE SH SJ SX TC TF TK UM VG VI
    WF YT
    """.split()  # noqa: SIM905 - fifty codes are read best so
)
_PARTLY_RECOGNISED = frozenset({"EH", "PS", "TW", "XK"})
DISPUTED_BORDERS = frozenset(
    {("AF", "PK"), ("CN", "IN"), ("EH", "MA"), ("IL", "LB"), ("IL", "PS"), ("IL", "SY"),
     ("IN", "PK"), ("KP", "KR"), ("RS", "XK"), ("RU", "UA"), ("SD", "SS"), ("EG", "SD"),
     ("ER", "ET"), ("GY", "VE"), ("KG", "TJ"), ("AM", "AZ"), ("CN", "PK"), ("BT", "CN")}
)  # fmt: skip
"""Borders of which at least one neighbour disputes a part, or that only one side recognises."""

_NOT_DIVISIONS = frozenset({"persian gulf", "red sea coast"})
"""Natural Earth's other names of provinces that are no names of provinces (Bushehr)."""

_SAME_AIRFIELD_KM = 6.0
"""An airport this near to a hand-written one is the same."""

_SMALLEST_PART_SQUARE_DEGREES = 0.0005
"""About 6 km2: smaller islands are left out, unless a place has nothing larger."""


@dataclass(slots=True)
class PlaceData:
    """What is compiled: records in the order of their ids, and their geometry."""

    records: dict[str, PlaceRecord] = field(default_factory=dict)
    geometry: dict[str, Geometry] = field(default_factory=dict)

    def add(self, record: PlaceRecord, geometry: Geometry | None = None) -> None:
        """Add one place; an id can be added only once."""
        if record.place.place_id in self.records:
            raise ValueError(f"{record.place.place_id} twice")
        self.records[record.place.place_id] = record
        if geometry:
            self.geometry[record.place.place_id] = geometry


def compile_place_data(
    sources_folder: Path, into: Path = DATA_FOLDER, *, report: Report = lambda _: None
) -> None:
    """Write the compact data files, their checksums and SOURCES.md into the folder `into`.

    `sources_folder` holds the package files that SOURCES.md names. `report` is told what
    is being done.

    Raises: InputMismatchError when a package file is missing or is another than the pinned.
    """
    report("cities")
    cities = geonames.read_cities(sources_folder)
    countries = geonames.read_countries(sources_folder)
    capitals = _capitals(countries, cities, facts.read_capital_ids(sources_folder))
    write_columns(into / POPULATED, columns.populated_columns(cities, capitals))
    data = PlaceData()
    report("countries and borders")
    atlas = world_atlas.read_world_atlas(
        sources_folder, {row.numeric: row.code for row in countries if row.numeric}
    )
    table = _country_table(countries, capitals, atlas.borders)
    (into / "countries.tsv").write_text(table, encoding="utf-8")
    report("divisions")
    all_provinces = provinces.read_provinces(sources_folder)
    regions = divisions.Divisions(cities, all_provinces)
    _give_crimea_to_ukraine(atlas, regions)
    _part_overseas_areas(atlas, regions, [row.code for row in countries])
    _add_countries(data, sources_folder, countries, atlas, cities)
    members = geonames.read_city_divisions(sources_folder)
    people = division_populations(cities, members, countries)
    _add_first_order(data, sources_folder, regions, people)
    _add_second_order(data, sources_folder, regions, members, people)
    _add_borders(data, countries, atlas)
    report("seas")
    _add_marine(data, sources_folder)
    report("airports")
    _add_airports(data, sources_folder, {row.code for row in countries})
    report("writing")
    areas = [record for _, record in sorted(data.records.items())]
    write_columns(into / AREAS, columns.area_columns(areas))
    write_columns(into / OUTLINES, columns.outline_columns(data.geometry))
    names, bearers = columns.name_columns(cities, areas)
    write_columns(into / NAMES, names)
    write_numbers(into / BEARERS, bearers)
    write_manifest(into)


def _capitals(
    countries: Iterable[geonames.GeoNamesCountry],
    cities: Sequence[geonames.City],
    known: dict[str, tuple[str, int]],
) -> dict[str, tuple[str, int]]:
    """Return each capital's name and GeoNames id, by name where no source gives the id."""
    numbers = {city.geoname_id for city in cities}
    found = {code: capital for code, capital in known.items() if capital[1] in numbers}
    for row in countries:
        if row.code in found or not row.capital:
            continue
        same_name = [
            city
            for city in cities
            if city.country_code == row.code and name_key(city.name) == name_key(row.capital)
        ]
        if same_name:
            largest = max(same_name, key=lambda city: (city.population or 0, -city.geoname_id))
            found[row.code] = (row.capital, largest.geoname_id)
    return found


def _country_table(
    countries: Iterable[geonames.GeoNamesCountry],
    capitals: dict[str, tuple[str, int]],
    borders: Iterable[tuple[str, str]],
) -> str:
    # GeoNames' own neighbours are those of before Kosovo, so the lines that are drawn count.
    neighbours: dict[str, set[str]] = {}
    for first, second in borders:
        neighbours.setdefault(first, set()).add(second)
        neighbours.setdefault(second, set()).add(first)
    lines = [
        "# code	code3	name	place_id	capital	capital_id	neighbours	continent"
    ]
    for row in countries:
        capital, number = capitals.get(row.code, (row.capital, None))
        cells = (
            row.code,
            row.code3,
            row.name,
            f"gn:{row.geoname_id}",
            capital,
            f"gn:{number}" if number else "",
            " ".join(sorted(neighbours.get(row.code, ()))),
            CONTINENTS[row.continent],
        )
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


def _give_crimea_to_ukraine(atlas: world_atlas.WorldAtlas, regions: divisions.Divisions) -> None:
    # GeoNames and the UN's resolution 68/262 have it in Ukraine, Natural Earth in Russia.
    crimea = shapely.union_all(
        [
            regions.first_order[code].area
            for code in ("UA.11", "UA.20")
            if code in regions.first_order
        ]
    )
    around = crimea.buffer(0.05)
    taken = shapely.intersection(atlas.areas["RU"], around)
    atlas.areas["RU"] = atlas.areas["RU"].difference(around)
    atlas.areas["UA"] = shapely.union_all([atlas.areas["UA"].buffer(0.001), taken.buffer(0.001)])


def _part_overseas_areas(
    atlas: world_atlas.WorldAtlas, regions: divisions.Divisions, codes: Iterable[str]
) -> None:
    # Natural Earth draws French Guiana in France; GeoNames and ISO give it its own code.
    for code in codes:
        if code in atlas.areas:
            continue
        parts = [
            region.area
            for division, region in regions.first_order.items()
            if division.startswith(f"{code}.")
        ]
        if not parts:
            continue
        own = shapely.union_all(parts)
        around = own.buffer(0.05)
        atlas.areas[code] = own
        for other, area in atlas.areas.items():
            if other != code and area.intersects(own):
                atlas.areas[other] = area.difference(around)


def _add_countries(
    data: PlaceData,
    folder: Path,
    countries: list[geonames.GeoNamesCountry],
    atlas: world_atlas.WorldAtlas,
    cities: list[geonames.City],
) -> None:
    factbook = facts.read_country_names(folder)
    cldr = facts.read_cldr_names([row.code for row in countries])
    for row in countries:
        geometry = None
        if row.code in atlas.areas:
            geometry = area_geometry(atlas.areas[row.code], _SMALLEST_PART_SQUARE_DEGREES)
        points = [Coordinates(lat=c.lat, lon=c.lon) for c in cities if c.country_code == row.code]
        centre = centre_of(atlas.areas.get(row.code), points)
        if centre is None:
            continue
        names = [*factbook.get(row.code, []), *cldr[row.code], row.code3]
        place = _place(
            place_id=f"gn:{row.geoname_id}",
            name=row.name,
            centre=centre,
            code=_country_feature(row.code),
            country_code=row.code,
            population=row.population,
            bounds=outlines.bounds(geometry) if geometry else None,
        )
        data.add(
            PlaceRecord(place=place, other_names=geonames.distinct_names(row.name, names)), geometry
        )


def _country_feature(code: str) -> str:
    if code in _DEPENDENT:
        return "PCLD"
    return "PCLS" if code in _PARTLY_RECOGNISED else "PCLI"


def _add_first_order(
    data: PlaceData, folder: Path, regions: divisions.Divisions, people: dict[str, int]
) -> None:
    every = geonames.read_divisions(folder, 1)
    keys = {division.code: name_key(division.name) for division in every}
    of_country: dict[str, set[str]] = {}
    for code, key in keys.items():
        of_country.setdefault(code.split(".")[0], set()).add(key)
    for division in every:
        found = regions.first_order.get(division.code)
        others = of_country[division.code.split(".")[0]] - {keys[division.code]}
        if found:  # Natural Earth has Chukotka's names for Sakha, a neighbour's for Guyana's
            names = tuple(name for name in found.names if name_key(name) not in others)
            found = replace(found, names=names)
        points = regions.points_of_first_order.get(division.code, [])
        _add_division(data, division, found, points[:8], people.get(division.code))


def _add_second_order(
    data: PlaceData,
    folder: Path,
    regions: divisions.Divisions,
    members: list[geonames.CityDivision],
    people: dict[str, int],
) -> None:
    points: dict[str, list[Coordinates]] = {}
    for city in members:
        points.setdefault(city.code, []).append(Coordinates(lat=city.lat, lon=city.lon))
    shapes = regions.second_order(members)
    for division in geonames.read_divisions(folder, 2):
        inside = points.get(division.code) or regions.points_of_namesake(division)
        found = shapes.get(division.code)
        _add_division(data, division, found, inside, people.get(division.code))


def _add_division(
    data: PlaceData,
    division: geonames.Division,
    found: divisions.Region | None,
    points: list[Coordinates],
    population: int | None,
) -> None:
    geometry = area_geometry(found.area, _SMALLEST_PART_SQUARE_DEGREES) if found else None
    centre = centre_of(found.area if found else None, points)
    if centre is None:
        return
    country_code, admin1_code, *second = division.code.split(".")
    code = "ADM2" if second else "ADM1"
    place = _place(
        place_id=f"{code.lower()}:{division.code}",
        name=division.name,
        centre=centre,
        code=code,
        country_code=country_code,
        admin1_code=admin1_code,
        population=population,
        bounds=outlines.bounds(geometry) if geometry else divisions.box_round(points),
        radius_km=None if geometry else divisions.reach_km(centre, points),
    )
    names = [
        name
        for name in divisions.division_names(division, found)
        if name_key(name) not in _NOT_DIVISIONS
    ]
    data.add(
        PlaceRecord(place=place, other_names=geonames.distinct_names(division.name, names)),
        geometry,
    )


def _add_borders(
    data: PlaceData, countries: list[geonames.GeoNamesCountry], atlas: world_atlas.WorldAtlas
) -> None:
    names = {row.code: row.name for row in countries}
    for (first, second), line in atlas.borders.items():
        geometry = line_geometry(line)
        middle = shapely.line_interpolate_point(_longest(line), 0.5, normalized=True)
        place = _place(
            place_id=f"border:{first}-{second}",
            name=f"{names[first]}-{names[second]} border",
            centre=Coordinates(lat=middle.y, lon=middle.x),
            code="BDRY",
            countries=(first, second),
            bounds=outlines.bounds(geometry),
            is_disputed=(first, second) in DISPUTED_BORDERS,
        )
        others = (
            f"{names[second]}-{names[first]} border",
            f"border between {names[first]} and {names[second]}",
            f"border between {names[second]} and {names[first]}",
        )
        data.add(PlaceRecord(place=place, other_names=others), geometry)


def _longest(line: shapely.Geometry) -> shapely.Geometry:
    return max(shapely.get_parts(line), key=shapely.length)


def _add_marine(data: PlaceData, folder: Path) -> None:
    for source_name, area in marine.read_marine_areas(folder).items():
        own_name = source_name.title() if source_name.isupper() else source_name
        own_name = marine.MISNAMED.get(own_name, own_name)
        name = marine.ENGLISH_NAMES.get(own_name, own_name)
        geometry = area_geometry(area.simplify(0.03), 0.01)
        centre = centre_of(area, [])
        if centre is None:
            continue
        place = _place(
            place_id=f"sea:{slug(own_name)}",
            name=name,
            centre=centre,
            code=marine.feature_code(name),
            bounds=outlines.bounds(geometry) if geometry else None,
        )
        names = geonames.distinct_names(name, [own_name])
        data.add(PlaceRecord(place=place, other_names=names), geometry)


def _add_airports(data: PlaceData, folder: Path, codes: set[str]) -> None:
    described = [
        place.record.place.coordinates
        for path in curated.place_files()
        for place in curated.read_curated_places(path)
        if place.record.place.feature_code in ("AIRB", "AIRP")
    ]
    for airport in airports.read_airports(folder):
        where = Coordinates(lat=airport.lat, lon=airport.lon)
        is_described = any(distance_km(where, other) < _SAME_AIRFIELD_KM for other in described)
        if is_described or airport.country_code not in codes:
            continue
        place = _place(
            place_id=f"air:{airport.icao}",
            name=airport.name,
            centre=where,
            code="AIRB" if airport.is_military else "AIRP",
            country_code=airport.country_code,
        )
        names = geonames.distinct_names(airport.name, list(airport.other_names))
        data.add(PlaceRecord(place=place, other_names=names))


def _place(
    *,
    place_id: str,
    name: str,
    centre: Coordinates,
    code: str,
    country_code: str | None = None,
    countries: tuple[str, ...] = (),
    admin1_code: str | None = None,
    population: int | None = None,
    bounds: BoundingBox | None = None,
    radius_km: float | None = None,
    is_disputed: bool = False,
) -> Place:
    kind = feature_types()[code]
    return Place(
        place_id=place_id,
        name=name,
        coordinates=centre,
        feature_class=kind.feature_class,
        feature_code=code,
        precision=kind.precision,
        country_code=country_code,
        countries=countries,
        admin1_code=admin1_code,
        population=population,
        bounds=bounds,
        radius_km=radius_km,
        is_disputed=is_disputed,
    )


@click.command()
@click.option("--packages", "folder", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--into", type=click.Path(path_type=Path), default=DATA_FOLDER, show_default=True)
def main(folder: Path, into: Path) -> None:
    """Compile the place data from the package files in a folder."""
    compile_place_data(folder, into, report=click.echo)


if __name__ == "__main__":
    main()
