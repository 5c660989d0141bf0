"""Places that somebody adds: a name with a point or an area becomes a place of its own."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import pi, sqrt
from typing import TYPE_CHECKING

from gazetteer import outlines
from gazetteer.countries import countries
from gazetteer.errors import CorrectionError, GazetteerError
from gazetteer.geodesy import centre, distance_km
from gazetteer.names import name_key
from gazetteer.places import BoundingBox, Coordinates, Geometry, GeometryKind, GeoPrecision, Place
from gazetteer.records import feature_types

if TYPE_CHECKING:
    from gazetteer.cache import GazetteerCache
    from gazetteer.corrections import AddedPlace
    from gazetteer.store import PlaceStore

OWN_PREFIX = "own:"
"""What the id of an added place starts with."""

_SLUG_LETTERS = 40
_SAME_PLACE_KM = 2.0
"""Two sources give a village's point this far apart, and a city's anywhere in it."""
_PEOPLE_A_SQUARE_KM = 3000


def new_place(
    name: str,
    *,
    coordinates: Coordinates | None = None,
    area: Geometry | None = None,
    feature_code: str | None = None,
    country_codes: Sequence[str] = (),
    population: int | None = None,
    radius_km: float | None = None,
) -> Place:
    """Return a place with an id of its own, to be kept by `GazetteerCache.add_place`.

    Without `coordinates` it stands in the middle of its `area`; without a `feature_code` it is a
    populated place or, with an area, a region.

    Raises: CorrectionError when the name is empty, the feature code is unknown, or there is
    neither a point nor an area.
    """
    feature_code = feature_code or ("RGN" if area else "PPL")
    kind = feature_types().get(feature_code)
    if kind is None:
        raise CorrectionError(
            f"{feature_code!r} is no feature code that the gazetteer knows, such as PPL or RGN"
        )
    if not name_key(name):
        raise CorrectionError(f"{name!r} has no letter or digit to look it up by")
    point = coordinates or (_middle(area) if area else None)
    if point is None:
        raise CorrectionError(f"{name} needs coordinates or an area")
    codes = tuple(sorted(country_codes))
    slug = "-".join(name_key(name).split())[:_SLUG_LETTERS]
    return Place(
        place_id=f"{OWN_PREFIX}{slug}-{secrets.token_hex(4)}",
        name=name.strip(),
        coordinates=point,
        feature_class=kind.feature_class,
        feature_code=kind.code,
        precision=kind.precision,
        country_code=codes[0] if len(codes) == 1 else None,
        countries=codes if len(codes) > 1 else (),
        population=population,
        bounds=outlines.bounds(area) if area else None,
        radius_km=radius_km,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """An added place as it is kept now."""

    added: AddedPlace
    earlier: AddedPlace | None = None
    """The record of the same place that it takes the place of, if somebody had added it."""


def add_missing_place(
    cache: GazetteerCache,
    store: PlaceStore,
    name: str,
    *,
    coordinates: Coordinates | None = None,
    area: str | None = None,
    aliases: Sequence[str] = (),
    feature_code: str | None = None,
    country_codes: Sequence[str] = (),
    who: str,
    why: str,
) -> Addition:
    """Make a place of what somebody typed, keep it in `cache`, and return the record.

    Without `country_codes` it lies in the country whose area in `store` holds its point. A
    place that was added already is the same place with what is said now, and keeps its
    other names.

    Raises: CorrectionError when what was typed is no place, or one that the gazetteer has.
    """
    geometry = read_area(area) if area else None
    codes = [code.strip().upper() for code in country_codes]
    unknown = [code for code in codes if code not in countries()]
    if unknown:
        raise CorrectionError(f"No ISO 3166-1 alpha-2 code: {', '.join(unknown)}")
    place = new_place(
        name,
        coordinates=coordinates,
        area=geometry,
        feature_code=feature_code.strip().upper() if feature_code else None,
        country_codes=codes,
    )
    if not codes and place.precision is not GeoPrecision.WATER:
        country = store.country_at(place.coordinates)
        place = replace(place, country_code=country.country_code if country else None)
    earlier = _same_place(cache, place)
    if earlier is not None:
        place = replace(place, place_id=earlier.place.place_id)
        others = (*aliases, *earlier.names)
        aliases = tuple(dict.fromkeys(name for name in others if name != place.name))
    else:
        _check_missing(store, place)
    added = cache.add_place(place, aliases=aliases, geometry=geometry, who=who, why=why)
    return Addition(added=added, earlier=earlier)


def _same_place(cache: GazetteerCache, place: Place) -> AddedPlace | None:
    """Return what was added already of that name and kind there."""
    return next(
        (
            known
            for known in cache.added_places()
            if name_key(place.name) in map(name_key, known.names) and _is_same(known.place, place)
        ),
        None,
    )


def _check_missing(store: PlaceStore, place: Place) -> None:
    """Raise CorrectionError when the gazetteer has a place of that name and kind there."""
    for match in store.by_name(place.name):
        if _is_same(match.place, place):
            known = match.place
            raise CorrectionError(
                f"{place.name} is no missing place: the gazetteer has {known.name} "
                f"({known.place_id}) {distance_km(known.coordinates, place.coordinates):.1f} km "
                "from there. For another name of it, correct that name to this id; a site or an "
                "area of the same name needs its kind."
            )


def _is_same(known: Place, place: Place) -> bool:
    reach_km = max(_SAME_PLACE_KM, sqrt((known.population or 0) / (pi * _PEOPLE_A_SQUARE_KM)))
    is_near = distance_km(known.coordinates, place.coordinates) <= reach_km
    return is_near and known.feature_class is place.feature_class


def read_area(text: str) -> Geometry:
    """Return the area written "south,west,north,east" or "lat lon, lat lon, lat lon, ...".

    Raises: CorrectionError when it is neither a box nor three corners or more, or crosses itself.
    """
    try:
        cells = [cell.strip() for cell in text.split(",")]
        if all(" " in cell for cell in cells):
            ring = _ring(cells)
        else:
            south, west, north, east = map(float, cells)
            ring = outlines.box_ring(BoundingBox(south=south, west=west, north=north, east=east))
    except GazetteerError as problem:
        raise CorrectionError(str(problem)) from problem
    except ValueError as problem:
        raise CorrectionError(
            f"Not an area: {text!r}. Write south,west,north,east in degrees, or at least three "
            'corners as "lat lon, lat lon, lat lon".'
        ) from problem
    return Geometry(kind=GeometryKind.AREA, parts=((ring,),))


def outline_text(geometry: Geometry | None) -> str | None:
    """Return a geometry as one line of text, its kind first; None for none."""
    return f"{geometry.kind} {outlines.to_text(geometry)}" if geometry else None


def outline_geometry(text: str | None) -> Geometry | None:
    """Return the geometry that `outline_text` wrote.

    Raises: ValueError when the text is not such a text.
    """
    if not text:
        return None
    kind, _, path = text.partition(" ")
    return outlines.from_text(GeometryKind(kind), path)


def _ring(cells: Sequence[str]) -> tuple[tuple[float, float], ...]:
    corners = []
    for cell in cells:
        lat, lon = map(float, cell.split())
        Coordinates(lat=lat, lon=lon)
        corners.append((lat, lon))
    if len(corners) < 3:
        raise ValueError("an area has three corners or more")
    ring = outlines.unbroken((*corners, corners[0]))
    crossing = outlines.crossing_sides(ring)
    if crossing is not None:
        one, other = (f"{cells[side]} to {cells[(side + 1) % len(cells)]}" for side in crossing)
        raise CorrectionError(
            f"The outline crosses itself: its side from {one} and that from {other}. "
            "Write the corners in their order round the area."
        )
    return ring


def _middle(area: Geometry) -> Coordinates | None:
    return centre(
        Coordinates(lat=lat, lon=(lon + 180) % 360 - 180)
        for part in area.parts
        for lat, lon in part[0][:-1]
    )
