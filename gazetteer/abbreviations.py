"""How newspapers shorten the names of divisions: "Calif.", "N.S.W."."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from gazetteer.rules import table


@cache
def abbreviations() -> Mapping[str, tuple[str, str]]:
    """Return the abbreviations of divisions, each with the name and the country's code."""
    return {short: (name, code) for short, name, code in table("state_abbreviations", 3)}
