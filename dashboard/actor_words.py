"""The words of a quote that name an event's actors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from dashboard.actors import Actor, known_actors
from gazetteer.countries import countries

_LEAST_LETTERS = 4
"""A surname of fewer letters is looked for in the whole name alone."""


def actor_spans(quote: str, actors: Iterable[Actor]) -> Iterator[tuple[int, int]]:
    """Yield where the quote names one of the actors, half-open.

    By its names and those of the people whom the article speaks of as it, and by the country
    that it acts for: "Iran", "Iranian", "Tehran".
    """
    names = frozenset(name for actor in actors for name in _names(actor))
    if names:
        yield from (found.span() for found in _pattern(names).finditer(quote))


def _names(actor: Actor) -> Iterator[str]:
    known = known_actors().get(actor.actor_id)
    yield from (actor.name, *actor.aliases, *((known.name, *known.aliases) if known else ()))
    for person in actor.aliases:
        surname = person.rpartition(" ")[2]
        if len(surname) >= _LEAST_LETTERS and surname[0].isupper():
            yield surname
    country = countries().get(actor.country_code or "")
    if country is not None:
        yield from (*country.names, *country.demonyms)
        if country.capital:
            yield country.capital


@lru_cache(maxsize=256)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(filter(None, names), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
