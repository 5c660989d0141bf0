"""Which countries and actors a text names around a word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.actors import Actor
from dashboard.naming import (
    Land,
    focus_country,
)
from dashboard.parties import Party, party_of
from dashboard.spans import paragraph_starts

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LOOK_BACK = 40
"""Tokens before a sentence that may tell whose "the police" is."""
FAR_BACK = 120
"""Tokens within which a general word still takes up a name."""


class Surroundings:
    """The countries that an article names, by where it names them."""

    def __init__(self, doc: Doc, lands: Mapping[int, Land], named: Mapping[int, Actor]) -> None:
        self.lands = lands
        self.named = named
        self.paragraphs = paragraph_starts(doc)
        self.focus = focus_country(lands.values(), named.values())
        self.name_places = sorted(named)
        self.land_places = sorted(lands)

    def look_again(self) -> None:
        """Take note that some of the countries have turned out to be people."""
        self.land_places = sorted(self.lands)

    def near(self, token: Token) -> str | None:
        """Return the country that a bare "the police" belongs to, if the text makes it plain.

        What stands before in the sentence decides, then the sentences before it, then the
        country that the text is about, then what follows.
        """
        sent = token.sent
        here = self._countries(sent.start, token.i)
        start = max(self.paragraph_start(token), sent.start - LOOK_BACK)
        before = here or self._countries(start, sent.start)
        if len(before) == 1:
            return next(iter(before))
        after = self._countries(token.i + 1, sent.end)
        if self.focus is not None:
            return self.focus if not here | after or self.focus in before | after else None
        return next(iter(after)) if not before and len(after) == 1 else None

    def near_at_home(self, token: Token) -> str | None:
        """Return whose "the villagers" are: of the country that text and sentence are about."""
        sent = token.sent
        here = self._countries(sent.start, sent.end)
        if self.focus is not None:
            return self.focus if here <= {self.focus} else None
        return next(iter(here)) if len(here) == 1 else None

    def _countries(self, start: int, end: int) -> set[str]:
        """Return the countries that the tokens from `start` to `end` name or act for."""
        low, high = bisect_left(self.land_places, start), bisect_left(self.land_places, end)
        found = {self.lands[i].code for i in self.land_places[low:high]}
        low, high = bisect_left(self.name_places, start), bisect_left(self.name_places, end)
        named = (self.named[i] for i in self.name_places[low:high])
        return found | {actor.country_code for actor in named if actor.country_code}

    def paragraph_start(self, token: Token) -> int:
        """Return the index of the first token of the paragraph that `token` stands in."""
        return self.paragraphs[bisect_right(self.paragraphs, token.i) - 1]

    def main_two(self, token: Token) -> list[str]:
        """Return the two countries that a text names most before `token`, if two stand out."""
        counts = Counter(land.code for i, land in self.lands.items() if i < token.i).most_common(3)
        if len(counts) < 2 or (len(counts) > 2 and 2 * counts[2][1] > counts[1][1]):
            return []
        return sorted(code for code, _ in counts[:2])

    def last_known(self, token: Token, kinds: frozenset[str]) -> Party | None:
        """Return the last named actor of one of `kinds` before `token`."""
        for i in range(token.i - 1, max(-1, token.i - FAR_BACK), -1):
            actor = self.named.get(i)
            if actor is not None and actor.kind in kinds:
                return replace(party_of((actor,), sector=actor.kind.upper()), is_inferred=True)
        return None
