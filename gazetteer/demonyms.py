"""Adjectives and nouns of origin, of countries and of smaller and larger places."""

from __future__ import annotations

from functools import lru_cache

from gazetteer.countries import country_by_demonym
from gazetteer.errors import PlaceDataError
from gazetteer.names import name_key
from gazetteer.records import DATA_FOLDER, data_rows

_PATH = DATA_FOLDER / "curated" / "demonyms.tsv"


def place_id_of_demonym(word: str) -> str | None:
    """Return the id of the place that `word` tells the origin from: "Iranian", "Texan", "Chechen".

    A country comes before any other place; None when the word is no demonym that is known.
    """
    country = country_by_demonym(word)
    return country.place_id if country else _places().get(name_key(word))


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    found: dict[str, str] = {}
    for line, cells in data_rows(_PATH):
        if len(cells) != 3:
            raise PlaceDataError(_PATH.name, line, f"{len(cells)} cells instead of 3")
        for word in cells[1].split("|"):
            if found.setdefault(name_key(word), cells[0]) != cells[0]:
                raise PlaceDataError(_PATH.name, line, f"{word} has two places")
    return found
