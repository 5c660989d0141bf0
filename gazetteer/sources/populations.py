"""How many people live in a division: no source says, so the towns in it do."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from gazetteer.sources.geonames import City, CityDivision, GeoNamesCountry

_SIGNIFICANT_DIGITS = 2


def division_populations(
    cities: Sequence[City],
    members: Iterable[CityDivision],
    countries: Iterable[GeoNamesCountry],
) -> dict[str, int]:
    """Return an estimate for each first- and second-order division with a town, by its code.

    It is the people of the division's towns and, for each of the towns, an equal share of the
    country's people who live in none of its towns. Where a country's towns hold more than its
    people (suburbs count twice), all are taken down alike. Rounded to two digits.

    Against 45 well-known divisions from Texas to Sindh the estimates are off by a factor of
    1.4 on average and of 4 at most; the bare sum of the towns is off by 1.8 and 8.
    """
    people: Counter[str] = Counter()
    towns: Counter[str] = Counter()
    for code, population in _counted(cities, members):
        people[code] += population
        towns[code] += 1
    known = {row.code: row.population for row in countries if row.population}
    found = {}
    for code in sorted(people):
        country, *division = code.split(".")
        if division and people[code] and country in known:
            elsewhere = known[country] - people[country]
            if elsewhere > 0:
                estimate = people[code] + elsewhere * towns[code] / towns[country]
            else:
                estimate = people[code] * known[country] / people[country]
            found[code] = _rounded(estimate)
    return found


def _counted(cities: Sequence[City], members: Iterable[CityDivision]) -> Iterator[tuple[str, int]]:
    """Yield a country's or division's code and the people of one town in it, for every town."""
    second_order = {(row.name, *_about(row.lat, row.lon)): row.code for row in members}
    for city in cities:
        population = city.population or 0
        yield city.country_code, population
        if city.admin1_code:
            yield f"{city.country_code}.{city.admin1_code}", population
        code = second_order.get((city.name, *_about(city.lat, city.lon)))
        if code:
            yield code, population


def _about(lat: float, lon: float) -> tuple[float, float]:
    return round(lat, 2), round(lon, 2)


def _rounded(people: float) -> int:
    digits = _SIGNIFICANT_DIGITS - 1 - math.floor(math.log10(max(people, 1)))
    return max(1, round(round(people, digits)))
