"""What the names of a text say together of its countries and divisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from gazetteer.places import Place

if TYPE_CHECKING:
    from gazetteer.groups import Group


_Key = TypeVar("_Key")


@dataclass(slots=True)
class Votes:
    """How the probability of a name's options falls on countries and divisions."""

    countries: dict[str, float]
    divisions: dict[tuple[str, str], float]

    @classmethod
    def of(cls, group: Group) -> Votes:
        """Return the votes of a name."""
        votes = cls({}, {})
        if group.fixed is not None:
            votes.add(group.fixed, 1.0)
            return votes
        for option, trust in zip(group.options, group.trust, strict=False):
            if option.kind != "water":
                votes.add(option.place, trust)
        return votes

    def add(self, place: Place, trust: float) -> None:
        """Count a place that the name means with that probability."""
        codes = place.all_countries
        for code in codes[:12]:
            self.countries[code] = self.countries.get(code, 0.0) + trust / len(codes)
        if place.admin1_code and place.country_code:
            key = (place.country_code, place.admin1_code)
            self.divisions[key] = self.divisions.get(key, 0.0) + trust


class Tally:
    """Votes added up, from which those of some names can be taken away."""

    def __init__(self, votes: Sequence[Votes], factors: Sequence[float] | None) -> None:
        self._votes = votes
        self._factors = factors or [1.0] * len(votes)
        self._countries: defaultdict[str, float] = defaultdict(float)
        self._divisions: defaultdict[tuple[str, str], float] = defaultdict(float)
        for vote, factor in zip(votes, self._factors, strict=True):
            for code, trust in vote.countries.items():
                self._countries[code] += trust * factor
            for division, trust in vote.divisions.items():
                self._divisions[division] += trust * factor

    def country_shares(self) -> dict[str, float]:
        """Return what part of the votes falls on each country."""
        return _shares(self._countries)

    def division_shares(self) -> dict[tuple[str, str], float]:
        """Return what part falls on each first-order division, by country and code."""
        return _shares(self._divisions)

    def without(
        self, numbers: Sequence[int]
    ) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
        """Return both shares as they are without the names of these numbers."""
        countries, divisions = self._countries.copy(), self._divisions.copy()
        for number in numbers:
            factor = self._factors[number]
            for code, trust in self._votes[number].countries.items():
                countries[code] -= trust * factor
            for division, trust in self._votes[number].divisions.items():
                divisions[division] -= trust * factor
        return _shares(countries), _shares(divisions)


def _shares(counts: Mapping[_Key, float]) -> dict[_Key, float]:
    total = sum(count for count in counts.values() if count > 1e-9)
    return {key: count / total for key, count in counts.items() if count > 1e-9}
