"""Places named by their relation to another: near it, so far south of it, off its coast.

Each relation has its geometry and its rule, and says the rule in a reader's words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.borders import borders_of
from gazetteer.geodesy import centre, destination, distance_km
from gazetteer.names import name_key
from gazetteer.phrases import bearing_of, direction_pattern
from gazetteer.places import Coordinates, FeatureClass, GeometryKind, GeoPrecision, Place

if TYPE_CHECKING:
    from gazetteer.places import Geometry
    from gazetteer.store import PlaceStore

NEAR_KM = 15.0
"""What "near" a town is taken to mean: less than half an hour by road."""

COAST_KM = 50.0
"""How far out "off the coast" is taken to reach; territorial waters end at 22 km."""

_WIND = 0.4
"""A direction word is good to an eighth of a circle: 0.39 of the distance to either side."""

_LEAST_RADIUS_KM = 2.0
_FARTHEST_KM = 500.0
_FARTHEST_BETWEEN_KM = 400.0
_SHARED_DEGREES = 0.25
"""Vertices of a coast lie farther than this from every land border."""

_ON_A_COAST = frozenset({FeatureClass.POPULATED, FeatureClass.SITE, FeatureClass.RELIEF})
_KM = {"k": 1.0, "m": 1.609344, "n": 1.852}
_LONGEST_PHRASE = 70
_DISTANCE = (
    r"(?P<amount>\d[\d,]*(?:\.\d+)?)[ -]?(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi"
    r"|nautical\s+miles?|nm)\b\.?(?:\s*\([^)]*\))?"
)
_THE = r"(?:the\s+|the\s+(?:city|town|village|port|island)\s+of\s+)?"
_NEAR = re.compile(
    rf"\b(near|close\s+to|just\s+outside|outside|on\s+the\s+outskirts\s+of|in\s+the\s+vicinity\s+of"
    rf"|not\s+far\s+from)\s+{_THE}\Z",
    re.IGNORECASE,
)
_ROAD_OR_AREA = (
    r"roads?|highways?|motorways?|routes?|railways?|tracks?|lines?|stretch|areas?|regions?|midway|"
    r"halfway|somewhere|desert|valley|plain|villages?|towns?|located|lies|lay|situated|checkpoints?"
)
_BETWEEN = re.compile(
    rf"\b(?:{_ROAD_OR_AREA})\s+(?:that\s+\w+\s+)?between\s+{_THE}\Z", re.IGNORECASE
)
_AND = re.compile(rf"\s+and\s+{_THE}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What words before a name make of the place."""

    kind: str
    """"near", "offset", "coast", or "between" (with the name that follows)."""
    words: str
    distance_km: float | None = None
    bearing_degrees: float | None = None


def relation_before(text: str, at: int) -> Relation | None:
    """Read the words that end where a name starts: "20 km south of ", "near ", "off "."""
    before = text[max(0, at - _LONGEST_PHRASE) : at]
    if offset := _offset_pattern().search(before):
        return Relation(
            kind="offset",
            words=" ".join(offset[0].split()),
            distance_km=_kilometres(offset),
            bearing_degrees=bearing_of(offset["direction"]),
        )
    if coast := _coast_pattern().search(before):
        direction = coast["direction"]
        return Relation(
            kind="coast",
            words=" ".join(coast[0].split()),
            distance_km=_kilometres(coast) if coast["amount"] else None,
            bearing_degrees=bearing_of(direction) if direction else None,
        )
    for kind, pattern in (("between", _BETWEEN), ("near", _NEAR)):
        if found := pattern.search(before):
            return Relation(kind=kind, words=" ".join(found[0].split()).lower())
    return None


def _kilometres(match: re.Match[str]) -> float:
    return float(match["amount"].replace(",", "")) * _KM[match["unit"][0].lower()]


def joins(text: str, end: int, start: int) -> bool:
    """Say whether only "and" stands between the end of one name and the start of the next."""
    return start - end < _LONGEST_PHRASE and bool(_AND.fullmatch(text[end:start]))


def place_beside(relation: Relation, place: Place, store: PlaceStore) -> tuple[Place, str] | None:
    """Return the place that `relation` makes of `place`, and the rule; None when it makes none."""
    is_spot = place.feature_class in {FeatureClass.POPULATED, FeatureClass.SITE}
    if relation.kind == "near" and is_spot:
        return _near(place)
    if relation.kind == "offset" and relation.distance_km is not None:
        return _offset(relation, place, relation.distance_km)
    if relation.kind == "coast":
        return _off_coast(relation, place, store)
    return None


def place_between(a: Place, b: Place) -> tuple[Place, str] | None:
    """Return the stretch between two towns; None when they are no towns or lie too far apart."""
    if {a.feature_class, b.feature_class} - {FeatureClass.POPULATED, FeatureClass.SITE}:
        return None
    apart = distance_km(a.coordinates, b.coordinates)
    middle = centre([a.coordinates, b.coordinates])
    if middle is None or not 0 < apart <= _FARTHEST_BETWEEN_KM:
        return None
    first, second = sorted((a, b), key=lambda place: place.place_id)
    countries = tuple(sorted({*a.all_countries, *b.all_countries}))
    place = replace(
        _spot(a, f"between:{first.place_id}:{second.place_id}", f"between {a.name} and {b.name}"),
        coordinates=middle,
        radius_km=round(max(_LEAST_RADIUS_KM, apart / 2), 1),
        country_code=countries[0] if len(countries) == 1 else None,
        countries=countries if len(countries) > 1 else (),
        admin1_code=a.admin1_code if a.admin1_code == b.admin1_code else None,
        feature_code="RGN",
        feature_class=FeatureClass.AREA,
    )
    return (
        place,
        f"the middle of the {apart:.0f} km between {a.name} and {b.name}, half as far round",
    )


def side_of_border(border: Place, country: Place) -> tuple[Place, str]:
    """Return a border as one of its countries has it: the same line, in that country only."""
    code = country.country_code or ""
    place = replace(
        border,
        place_id=f"side:{code}:{border.place_id}",
        name=f"{border.name}, side of {country.name}",
        country_code=code,
        countries=(),
    )
    return place, f"the line of the border, on the side of {country.name}"


def _near(place: Place) -> tuple[Place, str]:
    found = replace(_spot(place, f"near:{place.place_id}", f"near {place.name}"), radius_km=NEAR_KM)
    return found, f"near {place.name}: within {NEAR_KM:.0f} km of it"


def _offset(relation: Relation, place: Place, distance: float) -> tuple[Place, str] | None:
    if relation.bearing_degrees is None or distance > _FARTHEST_KM:
        return None
    radius = round(max(_LEAST_RADIUS_KM, _WIND * distance), 1)
    name = f"{relation.words} {place.name}"
    found = replace(
        _spot(place, f"offset:{place.place_id}:{name_key(relation.words).replace(' ', '-')}", name),
        coordinates=destination(place.coordinates, relation.bearing_degrees, distance),
        radius_km=radius,
    )
    return found, f"{distance:.0f} km from {place.name} that way, give or take {radius:.0f} km"


def _off_coast(relation: Relation, place: Place, store: PlaceStore) -> tuple[Place, str] | None:
    if relation.distance_km is not None and relation.distance_km > _FARTHEST_KM:
        return None
    reach = round(relation.distance_km or COAST_KM, 1)
    geometry = store.geometry(place.place_id)
    point, where = place.coordinates, place.name
    if geometry is not None and geometry.kind is GeometryKind.AREA:
        coast = _coastal_point(geometry, place, relation.bearing_degrees, store)
        if coast is None:
            return None
        point, where = coast, f"a point on the coast of {place.name}"
    elif place.feature_class not in {
        FeatureClass.POPULATED,
        FeatureClass.SITE,
        FeatureClass.RELIEF,
    }:
        return None
    found = replace(
        _spot(place, f"off:{place.place_id}:{relation.bearing_degrees or 0:.0f}:{reach:.0f}", ""),
        name=f"off the coast of {place.name}",
        coordinates=point,
        radius_km=reach,
        precision=GeoPrecision.WATER,
        feature_class=FeatureClass.WATER,
        feature_code="SEA",
    )
    return found, f"the sea within {reach:.0f} km of {where}"


def _coastal_point(
    geometry: Geometry, place: Place, bearing_degrees: float | None, store: PlaceStore
) -> Coordinates | None:
    """Return the vertex of an outline, off all land borders, that lies midmost or farthest out."""
    land = {
        _cell(vertex)
        for code in place.all_countries
        for border in borders_of(store, code)
        for part in border.line.parts
        for path in part
        for vertex in path
    }
    largest = max((part[0] for part in geometry.parts), key=len)
    coast = [Coordinates(lat=lat, lon=lon) for lat, lon in largest if _cell((lat, lon)) not in land]
    if not coast:
        return None
    if bearing_degrees is not None:
        aim = destination(place.coordinates, bearing_degrees, 5000)
        return min(coast, key=lambda point: (distance_km(point, aim), point))
    middle = centre(coast) or coast[0]
    return min(coast, key=lambda point: (distance_km(point, middle), point))


def _cell(vertex: tuple[float, float]) -> tuple[int, int]:
    return round(vertex[0] / _SHARED_DEGREES), round(vertex[1] / _SHARED_DEGREES)


def _spot(place: Place, place_id: str, name: str) -> Place:
    """Return a place near another: known as well as "near" is, with nobody counted in it."""
    return replace(
        place,
        place_id=place_id,
        name=name,
        feature_class=FeatureClass.SITE,
        feature_code="SITE",
        precision=GeoPrecision.NEAR,
        population=None,
        bounds=None,
    )


@cache
def _offset_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"\b{_DISTANCE}\s+(?:to\s+the\s+)?"
        rf"(?P<direction>{direction_pattern()})\s+(?:of|from)\s+{_THE}\Z",
        re.IGNORECASE,
    )


@cache
def _coast_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{_DISTANCE}\s+)?off\s+(?:the\s+)?(?:(?P<direction>{direction_pattern()})\s+)?"
        rf"(?:(?:coast|coastline|shores?)\s+of\s+{_THE}|(?(amount)|(?!)))\Z",
        re.IGNORECASE,
    )
