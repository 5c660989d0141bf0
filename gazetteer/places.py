"""What a place is: coordinates, boxes, geometry, feature class, precision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, make_dataclass
from enum import IntEnum, StrEnum
from typing import Any, TypeVar

from gazetteer.errors import InvalidCoordinatesError, SwappedBoxError


class FeatureClass(StrEnum):
    """GeoNames' nine feature classes, by their letters."""

    ADMIN = "A"
    WATER = "H"
    AREA = "L"
    POPULATED = "P"
    ROAD = "R"
    SITE = "S"
    RELIEF = "T"
    UNDERSEA = "U"
    VEGETATION = "V"


class GeoPrecision(IntEnum):
    """How exactly a place is known: the classes of UCDP GED's `where_prec`."""

    EXACT = 1
    NEAR = 2
    ADMIN2 = 3
    ADMIN1 = 4
    REGION = 5
    """Part of a country, a linear feature such as a border, or a fuzzy region."""
    COUNTRY = 6
    WATER = 7
    """International waters or airspace, seas and gulfs."""


class GeometryKind(StrEnum):
    """What a geometry is drawn as."""

    LINE = "line"
    AREA = "area"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Coordinates:
    """A point in decimal degrees, WGS 84.

    Raises: InvalidCoordinatesError when a value is not finite or off the globe.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (abs(self.lat) <= 90 and abs(self.lon) <= 180):  # nor when it is no number
            raise InvalidCoordinatesError(self.lat, self.lon)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundingBox:
    """A box in decimal degrees; `west > east` means that it crosses 180 degrees."""

    south: float
    west: float
    north: float
    east: float

    def __post_init__(self) -> None:
        Coordinates(lat=self.south, lon=self.west)
        Coordinates(lat=self.north, lon=self.east)
        if self.south > self.north:
            raise SwappedBoxError(self.south, self.north)

    def contains(self, point: Coordinates) -> bool:
        """Say whether `point` lies inside or on the edge."""
        return self.south <= point.lat <= self.north and self.spans(point.lon)

    def spans(self, lon: float) -> bool:
        """Say whether a longitude lies between west and east, or on either."""
        if self.west <= self.east:
            return self.west <= lon <= self.east
        return lon >= self.west or lon <= self.east

    def overlaps(self, other: BoundingBox) -> bool:
        """Say whether the two share a point."""
        return (
            self.south <= other.north
            and other.south <= self.north
            and (self.spans(other.west) or other.spans(self.west))
        )

    def stretches(self) -> tuple[tuple[float, float], ...]:
        """Return the longitudes from west to east: two stretches when it crosses 180 degrees."""
        if self.west <= self.east:
            return ((self.west, self.east),)
        return ((self.west, 180.0), (-180.0, self.east))


Path = tuple[tuple[float, float], ...]
"""Vertices as (latitude, longitude) pairs in decimal degrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """A line or an area.

    `parts` holds one tuple of paths for each part: a line's part is one path; an
    area's part is a closed outer ring followed by its holes.
    """

    kind: GeometryKind
    parts: tuple[tuple[Path, ...], ...]

    def to_geojson(self) -> dict[str, Any]:
        """Return an RFC 7946 MultiLineString or MultiPolygon (longitude first)."""
        swapped = [[[[lon, lat] for lat, lon in path] for path in part] for part in self.parts]
        if self.kind is GeometryKind.LINE:
            return {"type": "MultiLineString", "coordinates": [part[0] for part in swapped]}
        return {"type": "MultiPolygon", "coordinates": swapped}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One entry of the gazetteer.

    `coordinates` is a representative point: for a line or an area it serves to
    rank and to centre, never to draw. Geometry is asked of the place store.
    """

    place_id: str
    """Stable id with its source's prefix: "gn:112931", "border:IR-PK", "cur:hormuz"."""
    name: str
    coordinates: Coordinates
    feature_class: FeatureClass
    feature_code: str
    """GeoNames feature code: "PPLC", "ADM1", "PCLI", "GULF", "STRT", "BDRY", "RGN"."""
    precision: GeoPrecision
    country_code: str | None = None
    """ISO 3166-1 alpha-2; None when it lies in no country or in several."""
    countries: tuple[str, ...] = ()
    """Every country that it touches, when it touches several."""
    admin1_code: str | None = None
    """GeoNames first-order code within the country: "26" for Tehran Province."""
    population: int | None = None
    """Inhabitants; None when unknown, never 0 for unknown."""
    bounds: BoundingBox | None = None
    radius_km: float | None = None
    """Radius of doubt round `coordinates` for a place whose outline is unknown."""
    is_disputed: bool = False

    @property
    def all_countries(self) -> tuple[str, ...]:
        """Return every country code that the place is known to touch."""
        return self.countries or ((self.country_code,) if self.country_code else ())


Value = TypeVar("Value")


def quick_maker(kind: type[Value]) -> Callable[..., Value]:
    """Return a function that makes a `kind`, a frozen dataclass with slots, of known values.

    They are given in the order of its fields, all of them, and not checked. A frozen dataclass
    sets each field by a call: of a look-up that took more time than the look-up itself.
    """
    unfrozen: Any = make_dataclass(kind.__name__, [f.name for f in fields(kind)], slots=True)  # type: ignore[arg-type]  # which is a dataclass

    def make(*values: Any) -> Value:  # noqa: ANN401
        made = unfrozen(*values)
        made.__class__ = kind
        return made  # type: ignore[no-any-return]

    return make
