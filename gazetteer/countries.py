"""Countries: codes, names, demonyms, capitals, neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from gazetteer.errors import PlaceDataError
from gazetteer.names import name_key
from gazetteer.records import BORDER, DATA_FOLDER, data_rows

_COMPILED = DATA_FOLDER / "countries.tsv"
_CURATED = DATA_FOLDER / "curated" / "countries.tsv"
_SHORT_BORDERS = DATA_FOLDER / "curated" / "borders.tsv"
_SECOND_CLAIM = "~"
"""Marks a demonym that means another country first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country or dependent territory that has an ISO 3166-1 code, or Kosovo (XK)."""

    code: str
    """ISO 3166-1 alpha-2: "IR"."""
    code3: str
    """ISO 3166-1 alpha-3: "IRN"."""
    name: str
    """The name that English-language news uses."""
    place_id: str
    demonyms: tuple[str, ...]
    """Adjective first, then nouns: ("Spanish", "Spaniard", "Spaniards")."""
    aliases: tuple[str, ...]
    """Other English names: ("Burma",)."""
    capital: str | None
    capital_id: str | None
    """The capital's place id, if it is a populated place that the gazetteer knows."""
    neighbours: tuple[str, ...]
    """Alpha-2 codes of the countries that it borders on by land, at home: of France not Brazil."""
    continent: str

    @property
    def names(self) -> tuple[str, ...]:
        """Return its name and its aliases."""
        return (self.name, *self.aliases)


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Country]:
    """Return every country by its alpha-2 code, in the order of the codes."""
    curated, touching = _curated_names(), _short_borders()
    found = {}
    for line, cells in data_rows(_COMPILED):
        if len(cells) != 8:
            raise PlaceDataError(_COMPILED.name, line, f"{len(cells)} cells instead of 8")
        code, code3, name, place_id, capital, capital_id, neighbours, continent = cells
        own_name, demonyms, aliases = curated.get(code, ("", (), ()))
        if own_name and own_name != name:
            aliases = (*aliases, name)
        found[code] = Country(
            code=code,
            code3=code3,
            name=own_name or name,
            place_id=place_id,
            demonyms=tuple(word.removeprefix(_SECOND_CLAIM) for word in demonyms),
            aliases=aliases,
            capital=capital or None,
            capital_id=capital_id or None,
            neighbours=tuple(sorted({*neighbours.split(), *touching[code]})),
            continent=continent,
        )
    return MappingProxyType(dict(sorted(found.items())))


def country_by_name(name: str) -> Country | None:
    """Return the country of that name or alias, however it is spelt; None when there is none."""
    return _by_name().get(name_key(name))


def country_by_demonym(word: str) -> Country | None:
    """Return the country whose people or things are called so: "Dutch", "Spaniards".

    Where two countries share a word ("Congolese", "Dominican") the one that news means
    without saying more answers.
    """
    return _by_demonym().get(name_key(word))


def country_by_code3(code3: str) -> Country | None:
    """Return the country with that ISO 3166-1 alpha-3 code."""
    return _by_code3().get(code3.upper())


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Country]:
    own = {name_key(country.name): country for country in countries().values()}
    aliases = {
        name_key(alias): country for country in countries().values() for alias in country.aliases
    }
    return aliases | own


@lru_cache(maxsize=1)
def _by_demonym() -> dict[str, Country]:
    second = {
        (code, word.removeprefix(_SECOND_CLAIM))
        for code, (_, words, _) in _curated_names().items()
        for word in words
        if word.startswith(_SECOND_CLAIM)
    }
    claims = sorted(
        ((country.code, word) in second, country.code, word)
        for country in countries().values()
        for word in country.demonyms
    )
    found: dict[str, Country] = {}
    for _, code, word in claims:
        found.setdefault(name_key(word), countries()[code])
    return found


@lru_cache(maxsize=1)
def _by_code3() -> dict[str, Country]:
    return {country.code3: country for country in countries().values()}


def _short_borders() -> defaultdict[str, set[str]]:
    """Return by code the neighbours whose border is too short for the map of the others."""
    touching = defaultdict[str, set[str]](set)
    for _, (slug, *cells) in data_rows(_SHORT_BORDERS):
        if "neighbours" in cells:
            first, second = slug.removeprefix(BORDER).split("-")
            touching[first].add(second)
            touching[second].add(first)
    return touching


def _curated_names() -> dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]]:
    names = {}
    for line, cells in data_rows(_CURATED):
        if len(cells) != 4:
            raise PlaceDataError(_CURATED.name, line, f"{len(cells)} cells instead of 4")
        code, name, demonyms, aliases = cells
        names[code] = (name, _listed(demonyms), _listed(aliases))
    return names


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(item for item in cell.split("|") if item)
