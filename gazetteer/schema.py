"""The tables of the place store, and places as their rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from gazetteer.places import (
    BoundingBox,
    Coordinates,
    FeatureClass,
    GeoPrecision,
    Place,
    quick_maker,
)

SCHEMA_VERSION: Final = 5
"""Counts the changes of the tables below; a store of another version is built anew."""

# A look-up by name reads its rows side by side: they lie in the order in which it answers.
SCHEMA: Final = """
CREATE TABLE about (field TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    number INTEGER PRIMARY KEY,  -- GeoNames id, or from OTHER_NUMBERS up
    id TEXT,                     -- null for "gn:" || number
    name TEXT NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL,
    feature_class TEXT NOT NULL, feature_code TEXT NOT NULL, place_precision INTEGER NOT NULL,
    country TEXT, countries TEXT, admin1 TEXT, population INTEGER,
    south REAL, west REAL, north REAL, east REAL,
    radius_km REAL, is_disputed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE spellings (         -- of places that have more names than their own
    place INTEGER PRIMARY KEY,
    names TEXT NOT NULL          -- all, with "|" between them
);
CREATE TABLE name (
    key TEXT NOT NULL,
    renown INTEGER NOT NULL,     -- of the place, see renown()
    place INTEGER NOT NULL,
    spelling TEXT NOT NULL,
    PRIMARY KEY (key, renown DESC, place)
) WITHOUT ROWID;
CREATE TABLE other_place (id TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE outline (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, path TEXT NOT NULL);
"""
NAME_ORDER: Final = "key, renown DESC, place"

WELL_KNOWN: Final = 32_768
"""Renown from which a place is well known: a town of so many, a state, a sea, a country."""

INDEX_OF_NAMES: Final = f"CREATE INDEX well_known_name ON name (key) WHERE renown >= {WELL_KNOWN}"
INDEXES_OF_PLACES: Final = (
    "CREATE INDEX place_by_point ON place (lat, lon)",
    "CREATE INDEX place_by_country ON place (country, population)",
)

OTHER_NUMBERS: Final = 1 << 40
"""Numbers of places that GeoNames does not number start here."""

PLACE_COLUMNS: Final = (
    "p.number, p.id, p.name, p.lat, p.lon, p.feature_class, p.feature_code, p.place_precision, "
    "p.country, p.countries, p.admin1, p.population, p.south, p.west, p.north, p.east, "
    "p.radius_km, p.is_disputed"
)
"""What `place_of` reads."""

GEONAMES_PREFIX: Final = "gn:"
_FEATURE_CLASSES: Final = {str(letter): letter for letter in FeatureClass}
_PRECISIONS: Final = {int(precision): precision for precision in GeoPrecision}
_COUNTRY_RENOWN: Final = 1 << 40
_UNCOUNTED_RENOWN: Final = 200_000
_DIVISION_COUNTS_FOR: Final = 0.05
"""Share of a division's people that counts in the order of answers: most divisions share their
name with their seat, which a reader means first, and none is as well known as it is large."""


def counted(people: int, feature_code: str) -> int:
    """Return how many of a place's people count in the order of answers."""
    return int(people * _DIVISION_COUNTS_FOR) if feature_code.startswith("ADM") else people


def renown(place: Place) -> int:
    """Return how well known a place is, in people: the order in which a name's bearers answer.

    Countries come first. What Dateline ships without people (a sea, a ridge, a palace), or
    somebody added, is there because news speaks of it; only airports are there for being airports.
    """
    is_of_geonames = place.place_id.startswith(GEONAMES_PREFIX)
    return _renown(is_of_geonames, place.feature_code, place.precision, place.population)


def renown_of(row: Sequence[Any]) -> int:
    """Return the `renown` of the place of a `place_row`."""
    return _renown(row[0] < OTHER_NUMBERS, row[6], row[7], row[11])


def _renown(
    is_of_geonames: bool,  # noqa: FBT001 - called for every area of the shipped data
    feature_code: str,
    precision: int,
    population: int | None,
) -> int:
    people = counted(population or 0, feature_code)
    if precision == GeoPrecision.COUNTRY:
        return _COUNTRY_RENOWN + people
    if population is None and not is_of_geonames and not feature_code.startswith(("ADM", "AIRP")):
        return _UNCOUNTED_RENOWN
    return people


def place_row(number: int, place: Place) -> tuple[Any, ...]:
    """Return the row of table place, all columns in their order."""
    box = place.bounds
    edges = (box.south, box.west, box.north, box.east) if box else (None,) * 4
    return (
        number,
        None if place.place_id == f"{GEONAMES_PREFIX}{number}" else place.place_id,
        place.name,
        place.coordinates.lat,
        place.coordinates.lon,
        place.feature_class.value,
        place.feature_code,
        place.precision.value,
        place.country_code,
        " ".join(place.countries) or None,
        place.admin1_code,
        place.population,
        *edges,
        place.radius_km,
        int(place.is_disputed),
    )


def place_of(row: Sequence[Any]) -> Place:
    """Return the place of a row that has `PLACE_COLUMNS`."""
    (number, place_id, name, lat, lon, feature_class, feature_code, precision, country, touched,
     admin1, population, south, west, north, east, radius_km, is_disputed) = row  # fmt: skip
    return _place(
        place_id or f"{GEONAMES_PREFIX}{number}",
        name,
        _coordinates(lat, lon),
        _FEATURE_CLASSES[feature_class],
        feature_code,
        _PRECISIONS[precision],
        country,
        tuple(touched.split()) if touched else (),
        admin1,
        population,
        None if south is None else _box(south, west, north, east),
        radius_km,
        is_disputed == 1,
    )


_place = quick_maker(Place)
_coordinates = quick_maker(Coordinates)
_box = quick_maker(BoundingBox)
