"""The columns of the shipped files, of what was compiled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from gazetteer import outlines
from gazetteer.names import name_keys
from gazetteer.packed import unless_lowered
from gazetteer.places import Geometry
from gazetteer.records import PlaceRecord
from gazetteer.schema import OTHER_NUMBERS, place_row, renown_of
from gazetteer.sources.geonames import City

Columns = Iterable[Iterable[str]]


def populated_columns(cities: Sequence[City], capitals: Mapping[str, tuple[str, int]]) -> Columns:
    """Return the columns of POPULATED; `cities` are in the order of their ids."""
    seats = {number for _, number in capitals.values()}
    numbers = [city.geoname_id for city in cities]
    return (
        # Ids relative to the one before: smaller once packed.
        (str(number - before) for before, number in pairwise([0, *numbers])),
        map(_own_name, cities),
        (f"{city.lat:.4f}" for city in cities),
        (f"{city.lon:.4f}" for city in cities),
        ("PPLC" if city.geoname_id in seats else "" for city in cities),
        (city.country_code for city in cities),
        (city.admin1_code for city in cities),
        (str(city.population or "") for city in cities),
    )


def area_columns(areas: Iterable[PlaceRecord]) -> Columns:
    """Return the columns of AREAS."""
    return zip(*map(_area_cells, areas), strict=True)


def outline_columns(drawn: Mapping[str, Geometry]) -> Columns:
    """Return the columns of OUTLINES, by the ids of the places."""
    cells = ((key, shape.kind, outlines.to_text(shape)) for key, shape in sorted(drawn.items()))
    return zip(*cells, strict=True)


def name_columns(
    cities: Sequence[City], areas: Sequence[PlaceRecord]
) -> tuple[Columns, Iterable[int]]:
    """Return the columns of NAMES, and BEARERS.

    Of names with one key that of the best known place comes first.
    """
    known = [city.population or 0 for city in cities]
    known += [renown_of(place_row(OTHER_NUMBERS, area.place)) for area in areas]
    names = [(_own_name(city), *city.other_names) for city in cities]
    names += [(area.place.name, *area.other_names) for area in areas]
    spelt = [(name, bearer) for bearer, spellings in enumerate(names) for name in spellings]
    keys = name_keys([name for name, _ in spelt])
    order = sorted(range(len(spelt)), key=lambda row: (keys[row], -known[spelt[row][1]], row))
    spellings = [spelt[row][0] for row in order]
    columns = (spellings, unless_lowered((keys[row] for row in order), spellings))
    return columns, (spelt[row][1] for row in order)


def _own_name(city: City) -> str:
    return city.name.replace("|", " ")  # which the store has between names


def _area_cells(record: PlaceRecord) -> tuple[str, ...]:
    place, box = record.place, record.place.bounds
    return (
        place.place_id,
        place.name,
        _decimal(place.coordinates.lat),
        _decimal(place.coordinates.lon),
        place.feature_code,
        place.country_code or "",
        " ".join(place.countries),
        place.admin1_code or "",
        str(place.population or ""),
        *(map(_decimal, (box.south, box.west, box.north, box.east)) if box else [""] * 4),
        "" if place.radius_km is None else _decimal(place.radius_km),
        "disputed" if place.is_disputed else "",
    )


def _decimal(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
