"""Country names and capitals as pyworldatlas and babel carry them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

from gazetteer.sources import packages

_DATABASE = "pyworldatlas/data/atlas.sqlite3"

LANGUAGES = ("am", "ar", "az", "bn", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi",
             "hu", "hy", "id", "it", "ja", "ka", "ko", "ku", "ms", "my", "nl", "no", "pl", "ps",
             "pt", "ro", "ru", "so", "sr", "sv", "sw", "ta", "th", "tr", "uk", "ur", "uz", "vi",
             "zh", "zh_Hant")  # fmt: skip
"""Languages whose names of countries the gazetteer knows (CLDR locale codes)."""


def read_country_names(folder: Path) -> dict[str, list[str]]:
    """Return the common, formal, official and local names of each country, by alpha-2 code."""
    names: dict[str, list[str]] = defaultdict(list)
    with closing(_opened(folder)) as database:
        rows = database.execute(
            "SELECT alpha2, n.name FROM country_name n JOIN country c ON c.id = n.country_id "
            "UNION SELECT alpha2, short_name FROM country_local_name l "
            "JOIN country c ON c.id = l.country_id ORDER BY 1, 2"
        )
        for code, name in rows:
            names[code].append(name)
    return dict(names)


def read_capital_ids(folder: Path) -> dict[str, tuple[str, int]]:
    """Return the name and GeoNames id of each country's chief capital, by alpha-2 code."""
    with closing(_opened(folder)) as database:
        rows = database.execute(
            "SELECT alpha2, a.name, a.geonames_id FROM capital a "
            "JOIN country c ON c.id = a.country_id "
            "WHERE a.is_primary = 1 AND a.geonames_id IS NOT NULL ORDER BY 1"
        ).fetchall()
    return {code: (name, number) for code, name, number in rows}


def read_cldr_names(codes: list[str]) -> dict[str, list[str]]:
    """Return each country's names in `LANGUAGES`, from the installed babel package.

    Raises: RuntimeError when another version of babel is installed than the pinned one.
    """
    import babel

    if babel.__version__ != packages.BABEL.version:
        raise RuntimeError(
            f"babel {babel.__version__} is installed, {packages.BABEL.version} is pinned"
        )
    names: dict[str, list[str]] = {code: [] for code in codes}
    for language in LANGUAGES:
        territories = babel.Locale.parse(language).territories
        for code in codes:
            name = territories.get(code)
            if name and name != code:
                names[code].append(str(name))
    return names


def _opened(folder: Path) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.deserialize(packages.member(packages.WORLD_FACTS, folder, _DATABASE))
    return database
