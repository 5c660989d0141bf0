"""Context hints: the countries that a text is known to be about before it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from gazetteer.countries import countries, country_by_name
from gazetteer.errors import PlaceDataError
from gazetteer.paths import data_folder

CONTEXT_FILE = "context.tsv"
"""In the data folder: a publisher's name or address, a tab, and countries: "PS, IL, JO"."""


def country_codes(hints: str | Iterable[str]) -> tuple[str, ...]:
    """Return hints as sorted ISO 3166-1 alpha-2 codes; a country's name will do.

    Raises: ValueError when a hint is no country.
    """
    given = re.split(r"[,;]", hints) if isinstance(hints, str) else hints
    return tuple(sorted({_code(hint.strip()) for hint in given if hint.strip()}))


def context_of_source(source: str | None, path: Path | None = None) -> tuple[str, ...]:
    """Return the countries that the user's context file gives for a publisher; () for none.

    Raises: PlaceDataError when a line of the file cannot be read.
    """
    path = path or data_folder() / CONTEXT_FILE
    if source is None or not path.is_file():
        return ()
    return _contexts(path).get(source.strip().casefold(), ())


def _contexts(path: Path) -> dict[str, tuple[str, ...]]:
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        source, tab, hints = line.partition("\t")
        try:
            codes: Sequence[str] = country_codes(hints) if tab else ()
        except ValueError as error:
            raise PlaceDataError(path.name, number, str(error)) from error
        if not codes:
            raise PlaceDataError(path.name, number, "expected a source, a tab and countries")
        found[source.strip().casefold()] = tuple(codes)
    return found


def _code(hint: str) -> str:
    if hint.upper() in countries():
        return hint.upper()
    country = country_by_name(hint)
    if country is None:
        raise ValueError(f"{hint!r} is no country's code or name")
    return country.code
