"""Which of Natural Earth's provinces make up which of GeoNames' divisions.

The two disagree on codes and levels: Natural Earth draws the counties of England and the
departments of France where GeoNames' first order has England and the new regions. So the
cities inside a polygon say to which division it belongs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely

from gazetteer.geodesy import distance_km
from gazetteer.names import name_key, name_keys
from gazetteer.places import BoundingBox, Coordinates
from gazetteer.sources.geonames import City, CityDivision, Division
from gazetteer.sources.provinces import Province

TOLERANCE_DEGREES = 0.02
"""Detail below about 2 km is dropped; neighbours keep a common edge."""

_LEAST_SHARE = 0.6
"""Share of a polygon's cities that must lie in a division for the polygon to be part of it."""

_COAST_DEGREES = 0.05

_KIND_WORDS = re.compile(
    r"^(?:(?:the )?(?:state|province|governorate|region|emirate|department|canton|district|oblast|"
    r"prefecture|departement) (?:of|de|del|du) )|"
    r" (?:province|state|governorate|region|oblast|krai|kray|prefecture|department|district|county|"
    r"emirate|division|canton|voivodeship|republic|municipality|autonomous region|sheng|shi)$",
    re.IGNORECASE,
)


_USUAL_KINDS = {
    "AF": "Province", "AR": "Province", "AO": "Province", "BE": "Province", "CA": "Province",
    "CD": "Province", "CN": "Province", "CU": "Province", "DZ": "Province", "EG": "Governorate",
    "ET": "Region", "ID": "Province", "IN": "State", "IQ": "Governorate", "IR": "Province",
    "JO": "Governorate", "JP": "Prefecture", "KE": "County", "KH": "Province", "LA": "Province",
    "LB": "Governorate", "LK": "Province", "ML": "Region", "MM": "State", "MX": "State",
    "MZ": "Province", "NE": "Region", "NG": "State", "NP": "Province", "PH": "Region",
    "PK": "Province", "PS": "Governorate", "RU": "Oblast", "SA": "Province", "SD": "State",
    "SO": "Region", "SS": "State", "SY": "Governorate", "TH": "Province", "TR": "Province",
    "TD": "Region", "TN": "Governorate", "UA": "Oblast", "US": "State", "VE": "State",
    "VN": "Province", "YE": "Governorate", "ZA": "Province", "ZM": "Province", "ZW": "Province",
}  # fmt: skip
"""What English-language news calls the first-order divisions of a country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The area and the names that Natural Earth has for a division."""

    area: shapely.Geometry
    names: tuple[str, ...]
    kind: str = ""


class Divisions:
    """Natural Earth's provinces, assigned to GeoNames' divisions."""

    def __init__(self, cities: Sequence[City], provinces: Sequence[Province]) -> None:
        areas = shapely.coverage_simplify([p.area for p in provinces], TOLERANCE_DEGREES)
        self._provinces = list(zip(provinces, [shapely.make_valid(a) for a in areas], strict=True))
        self._tree = shapely.STRtree([province.area for province in provinces])
        self.points_of_first_order = _points_by_division(cities)
        """Coordinates of each first-order division's cities, the most populous first."""
        self._points_by_name = _points_by_name(cities)
        self._first_codes = self._assigned(
            [(c.lat, c.lon, f"{c.country_code}.{c.admin1_code}") for c in cities if c.admin1_code],
            set(self.points_of_first_order),
        )
        self.first_order = self._regions(self._first_codes)

    def second_order(self, members: Iterable[CityDivision]) -> dict[str, Region]:
        """Return the areas of second-order divisions, where provinces are finer than the first."""
        votes = self._assigned([(city.lat, city.lon, city.code) for city in members], set())
        siblings = Counter(code for code in self._first_codes if code)
        fine = [
            code if first and siblings[first] > 1 else None
            for code, first in zip(votes, self._first_codes, strict=True)
        ]
        return self._regions(fine)

    def points_of_namesake(self, division: Division) -> list[Coordinates]:
        """Return where the cities lie that bear a second-order division's name inside the first."""
        first = division.code.rpartition(".")[0]
        bare = _KIND_WORDS.sub("", division.name)
        return self._points_by_name.get((first, name_key(bare)), [])

    def _assigned(
        self, points: list[tuple[float, float, str]], known_codes: set[str]
    ) -> list[str | None]:
        votes: dict[int, Counter[str]] = defaultdict(Counter)
        geometries = [shapely.Point(lon, lat) for lat, lon, _ in points]
        for point, province in zip(*self._tree.query(geometries, predicate="within"), strict=True):
            votes[int(province)][points[int(point)][2]] += 1
        # A harbour may lie just outside the drawn coast; it counts where no city lies inside.
        near = self._tree.query(geometries, predicate="dwithin", distance=_COAST_DEGREES)
        inside = set(votes)
        for point, province in zip(*near, strict=True):
            if int(province) not in inside:
                votes[int(province)][points[int(point)][2]] += 1
        return [
            _winner(votes[number], province.geonames_code, known_codes)
            for number, (province, _) in enumerate(self._provinces)
        ]

    def _regions(self, codes: list[str | None]) -> dict[str, Region]:
        members: dict[str, list[int]] = defaultdict(list)
        for number, code in enumerate(codes):
            if code:
                members[code].append(number)
        regions = {}
        for code, numbers in sorted(members.items()):
            area = shapely.union_all([self._provinces[number][1] for number in numbers])
            first = self._provinces[numbers[0]][0]
            alone = len(numbers) == 1
            regions[code] = Region(
                area=area, names=first.names if alone else (), kind=first.kind if alone else ""
            )
        return regions


def _winner(votes: Counter[str], own_code: str, known_codes: set[str]) -> str | None:
    best, count = max(votes.items(), key=lambda item: (item[1], item[0]), default=(None, 0))
    if best is not None and count >= _LEAST_SHARE * votes.total():
        return best
    return own_code if own_code in known_codes else None


def _points_by_division(cities: Iterable[City]) -> dict[str, list[Coordinates]]:
    points: dict[str, list[Coordinates]] = defaultdict(list)
    for city in sorted(cities, key=lambda c: (-(c.population or 0), c.geoname_id)):
        if city.admin1_code:
            code = f"{city.country_code}.{city.admin1_code}"
            points[code].append(Coordinates(lat=city.lat, lon=city.lon))
    return dict(points)


def _points_by_name(cities: Sequence[City]) -> dict[tuple[str, str], list[Coordinates]]:
    points: dict[tuple[str, str], list[Coordinates]] = defaultdict(list)
    for city, key in zip(cities, name_keys([city.name for city in cities]), strict=True):
        code = f"{city.country_code}.{city.admin1_code}"
        points[code, key].append(Coordinates(lat=city.lat, lon=city.lon))
    return dict(points)


def division_names(division: Division, region: Region | None) -> list[str]:
    """Return the other names of a division.

    Those are Natural Earth's, and with and without the word that says what it is: both
    "Sindh" and "Sindh Province".
    """
    names = list(region.names) if region else []
    english = [division.name, *names[:3]]
    bare = [one for one in (_KIND_WORDS.sub("", name).strip() for name in english) if one]
    kind = _USUAL_KINDS.get(division.code.split(".")[0]) or (region.kind if region else "")
    if division.code.count(".") > 1:
        return [*names, *bare]
    return [*names, *bare, *(f"{name} {kind}" for name in dict.fromkeys(bare) if kind)]


def box_round(points: Sequence[Coordinates]) -> BoundingBox | None:
    """Return the box round `points`, None for fewer than two or when it would cross 180 degrees."""
    if len(points) < 2:
        return None
    lats, lons = [p.lat for p in points], [p.lon for p in points]
    if max(lons) - min(lons) > 180:
        return None
    return BoundingBox(south=min(lats), west=min(lons), north=max(lats), east=max(lons))


def reach_km(centre: Coordinates, points: Sequence[Coordinates]) -> float:
    """Return how far from `centre` the farthest of `points` lies, at least 5 km."""
    return max([5.0, *(distance_km(centre, point) for point in points)])
