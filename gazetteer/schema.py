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
)

SCHEMA_VERSION: Final = 4
"""Counts the changes of the tables below; a store of another version is built anew."""

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
    radius_km REAL, is_disputed INTEGER NOT NULL,
    first_name INTEGER NOT NULL, last_name INTEGER NOT NULL  -- its rows in name, its own first
);
CREATE TABLE name (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    place INTEGER NOT NULL,
    renown INTEGER NOT NULL,     -- of the place, see renown()
    name TEXT NOT NULL
);
CREATE TABLE other_place (id TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE outline (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, path TEXT NOT NULL);
"""
WELL_KNOWN: Final = 32_768
"""Renown from which a place is well known: a town of so many, a state, a sea, a country."""

# All that a look-up reads of a name stands in the index: forty bearers are forty rows fewer.
INDEXES_OF_NAMES: Final = (
    "CREATE INDEX name_by_key ON name (key, renown DESC, place, name)",
    f"CREATE INDEX well_known_name ON name (key) WHERE renown >= {WELL_KNOWN}",
)
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


def rank(place: Place) -> tuple[bool, int, str]:
    """Return what to sort answers by: countries first, then by people, the unknown last."""
    people = counted(place.population or 0, place.feature_code)
    return (place.precision is not GeoPrecision.COUNTRY, -people, place.place_id)


def counted(people: int, feature_code: str) -> int:
    """Return how many of a place's people count in the order of answers."""
    return int(people * _DIVISION_COUNTS_FOR) if feature_code.startswith("ADM") else people


def renown(place: Place) -> int:
    """Return how well known a place is that Dateline ships, in people: the order of `rank`.

    What has no people (a sea, a ridge, a palace) is in the shipped data because news speaks
    of it; only airports are there for being airports.
    """
    people = counted(place.population or 0, place.feature_code)
    if place.precision is GeoPrecision.COUNTRY:
        return _COUNTRY_RENOWN + people
    if place.population is None and not place.feature_code.startswith(("ADM", "AIRP")):
        return _UNCOUNTED_RENOWN
    return people


def place_row(number: int, place: Place, first_name: int, last_name: int) -> tuple[Any, ...]:
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
        first_name,
        last_name,
    )


def place_of(row: Sequence[Any]) -> Place:
    """Return the place of a row that has `PLACE_COLUMNS`."""
    (number, place_id, name, lat, lon, feature_class, feature_code, precision, country, touched,
     admin1, population, south, west, north, east, radius_km, is_disputed) = row  # fmt: skip
    bounds = None
    if south is not None:
        bounds = BoundingBox(south=south, west=west, north=north, east=east)
    return Place(
        place_id=place_id or f"{GEONAMES_PREFIX}{number}",
        name=name,
        coordinates=Coordinates(lat=lat, lon=lon),
        feature_class=_FEATURE_CLASSES[feature_class],
        feature_code=feature_code,
        precision=_PRECISIONS[precision],
        country_code=country,
        countries=tuple(touched.split()) if touched else (),
        admin1_code=admin1,
        population=population,
        bounds=bounds,
        radius_km=radius_km,
        is_disputed=bool(is_disputed),
    )
