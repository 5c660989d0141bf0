"""Places named by their relation to another: near it, so far south of it, off its coast.

Each relation has its geometry and its rule, and says the rule in a reader's words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.coasts import nearest_points, point_at_sea
from gazetteer.geodesy import centre, destination, distance_km
from gazetteer.lookup import is_area
from gazetteer.names import name_key
from gazetteer.outlines import box_ring
from gazetteer.parts import part_in_direction
from gazetteer.phrases import bearing_of, direction_pattern
from gazetteer.places import FeatureClass, Geometry, GeometryKind, GeoPrecision, Place
from gazetteer.rules import words

if TYPE_CHECKING:
    from gazetteer.places import Coordinates
    from gazetteer.store import PlaceStore

NEAR_KM = 15.0
"""What "near" a town is taken to mean: less than half an hour by road."""

COAST_KM = 50.0
"""How far out "off the coast" is taken to reach; territorial waters end at 22 km."""

_WIND = 0.4
"""A direction word is good to an eighth of a circle: 0.39 of the distance to either side."""

_LEAST_RADIUS_KM = 2.0
_FARTHEST_KM = 500.0
_FARTHEST_BETWEEN_KM = 600.0
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
    rf"\b(?:(?P<stretch>{_ROAD_OR_AREA})\s+(?:that\s+\w+\s+)?)?between\s+{_THE}\Z",
    re.IGNORECASE,
)
_COAST = r"(?:coasts?|coastline|shores?|waters)\b"
_COAST_AFTER = re.compile(rf"(?:['\u2019]s?)?\s+(?:(?P<direction>[\w-]+)\s+)?{_COAST}")
_OFF = re.compile(r"\boff\s+(?:the\s+)?(?:(?P<direction>[\w-]+)\s+)?\Z", re.IGNORECASE)
_PARTICLE_VERB = re.compile(
    r"\b(?:cut|cuts|cutting|took|take|takes|taking|wrote|write|pay|pays|paid|paying|call|called"
    r"|seal|sealed|sealing|show|shows|showed|fight|fought|fighting|fend|fended|ward|warded|lay|laid"
    r"|sell|sold|selling|break|broke|breaking|split|tip|tipped|rip|ripped|hold|held|stave|staved"
    r"|get|got|fall|fell|set|head|headed|kick|kicked|put|finish|finished|live|lives|play|run|face"
    r"|square|trade|tear|see|saw|walk|walked|shut|switch|turn|turned|buy|bought|drive|drove)\s+\Z",
    re.IGNORECASE,
)
"""Verbs whose "off" leads to no coast: "cut off Gaza"."""
_AND = re.compile(rf"\s+and\s+{_THE}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What words before a name make of the place."""

    kind: str
    """"near", "offset", "coast", "part", or with the name that follows "between", "stretch"."""
    words: str
    distance_km: float | None = None
    bearing_degrees: float | None = None


def relation_of(text: str, start: int, end: int) -> Relation | None:
    """Read the words round a name: "20 km south of X", "near X", "off X", "off X's coast"."""
    before = text[max(0, start - _LONGEST_PHRASE) : start]
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
    if found := _coast_of(before, text[end : end + _LONGEST_PHRASE]):
        return found
    if part := _part_pattern().search(before):
        return Relation(
            kind="part",
            words=part["direction"].lower(),
            bearing_degrees=bearing_of(part["direction"]),
        )
    if part := _part_after_pattern().match(text[end : end + _LONGEST_PHRASE]):
        return Relation(
            kind="part",
            words=part["direction"].lower(),
            bearing_degrees=bearing_of(part["direction"]),
        )
    if between := _BETWEEN.search(before):
        return Relation(kind="stretch" if between["stretch"] else "between", words="between")
    near = _NEAR.search(before)
    return Relation(kind="near", words=" ".join(near[0].split()).lower()) if near else None


def _coast_of(before: str, after: str) -> Relation | None:
    """Read "off X", "off X's western coast" and "off the southern X coast"."""
    if foreign := _foreign_coast_pattern().search(before):
        return Relation(kind="coast", words=foreign[1])
    off = _OFF.search(before)
    if off is None or _PARTICLE_VERB.search(before[: off.start()]):
        return None
    coast = _COAST_AFTER.match(after)
    if after[:2].strip().isdigit():
        return None  # "off U.S. 95"
    if coast is None and (" " in off[0].strip() or after[:2] in {"'s", "\u2019s"}):
        return None  # "off the Libya flight", "off Libya's hands"
    words = [found["direction"] for found in (off, coast) if found and found["direction"]]
    bearings = [bearing for word in words if (bearing := bearing_of(word)) is not None]
    return Relation(kind="coast", words="off", bearing_degrees=bearings[0] if bearings else None)


def is_off_coast(text: str, start: int, end: int) -> bool:
    """Say whether a word of origin stands for the land off whose coast: "off the Omani coast"."""
    before = text[max(0, start - _LONGEST_PHRASE) : start]
    after = text[end : end + _LONGEST_PHRASE]
    return bool(_COAST_AFTER.match(after)) and _coast_of(before, after) is not None


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
    if relation.kind == "part" and is_area(place):
        return part_of(place, relation.words, relation.bearing_degrees, store)
    return None


def part_of(
    place: Place, direction: str, bearing_degrees: float | None, store: PlaceStore
) -> tuple[Place, str]:
    """Return the part of a wide place that lies in a direction: "southern", or "south".

    The whole's own point and box without a direction: "central", "rural".
    """
    adjective = f"{direction}ern"
    word = direction if bearing_of(adjective) is None else adjective
    area = _area_of(place, store)
    part = (
        part_in_direction(area, bearing_degrees) if area and bearing_degrees is not None else None
    )
    found = replace(
        place,
        place_id=f"part:{place.place_id}:{word}",
        name=f"{word} {place.name}",
        coordinates=part.point if part else place.coordinates,
        feature_class=FeatureClass.AREA,
        feature_code="RGN",
        precision=GeoPrecision.REGION,
        population=None,
        bounds=part.bounds if part else place.bounds,
    )
    return found, f"the {word} part of {place.name}"


def _area_of(place: Place, store: PlaceStore) -> Geometry | None:
    """Return the outline of an area, else its box as one."""
    outline = store.geometry(place.place_id)
    if outline is not None and outline.kind is GeometryKind.AREA:
        return outline
    box = place.bounds
    return Geometry(kind=GeometryKind.AREA, parts=((box_ring(box),),)) if box else None


def place_between(a: Place, b: Place, store: PlaceStore) -> tuple[Place, str] | None:
    """Return the stretch between two towns, or that between the nearest shores of two lands.

    None where the one is a town and the other is not, where they touch, or lie too far apart.
    """
    are_towns = [p.feature_class in {FeatureClass.POPULATED, FeatureClass.SITE} for p in (a, b)]
    if any(are_towns):
        return _stretch(a, b, a.coordinates, b.coordinates) if all(are_towns) else None
    shores = nearest_points(a, b, store)
    return _stretch(a, b, *shores) if shores else None


def _stretch(a: Place, b: Place, from_: Coordinates, to: Coordinates) -> tuple[Place, str] | None:
    apart = distance_km(from_, to)
    middle = centre([from_, to])
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
    bearing = relation.bearing_degrees
    way = "-" if bearing is None else f"{bearing:.0f}"
    point = point_at_sea(place, store, reach_km=reach, bearing_degrees=bearing)
    if point is None:
        return None
    found = replace(
        _spot(place, f"off:{place.place_id}:{way}:{reach:.0f}", ""),
        name=f"off the coast of {place.name}",
        coordinates=point,
        radius_km=reach,
        precision=GeoPrecision.WATER,
        feature_class=FeatureClass.WATER,
        feature_code="SEA",
    )
    return found, f"the sea off {place.name}, within {reach:.0f} km of the coast"


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
def _part_pattern() -> re.Pattern[str]:
    """Return what reads "the south of ", "the eastern half of "; "to the south of" is outside."""
    return re.compile(
        rf"(?<!to )(?<!from )\bthe\s+(?:far\s+)?(?P<direction>{direction_pattern()})"
        rf"\s+(?:(?:half|tip|corner|edge)\s+)?of\s+(?:the\s+)?\Z",
        re.IGNORECASE,
    )


@cache
def _part_after_pattern() -> re.Pattern[str]:
    """Return what reads "'s far north-east" after a name, with no noun behind it."""
    return re.compile(
        r"['\u2019]s?\s+(?:[a-z]+(?:-[a-z]+)?\s+)?"
        r"(?P<direction>(?:north|south)-?(?:east|west)|north|south|east|west)"
        r"(?=[.,;:!?)]|\s*\Z|\s+(?:and|or|but|at|near|by|from|to|into|in|on|is|was|has|had|after"
        r"|before|where|which|that|during|for|while|as|when|have|were|since|with|who|\w+ed)\b)",
        re.IGNORECASE,
    )


@cache
def _foreign_coast_pattern() -> re.Pattern[str]:
    phrases = "|".join(sorted(map(re.escape, words("coast_phrases")), key=len, reverse=True))
    return re.compile(rf"(?<!\w)({phrases})\s+(?:l['\u2019]|al-)?\Z", re.IGNORECASE)


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
