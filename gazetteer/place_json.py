"""A place as plain JSON values and back, whole, so that it outlives new place data."""

from __future__ import annotations

from typing import Any

from gazetteer.places import BoundingBox, Coordinates, FeatureClass, GeoPrecision, Place


def place_to_json(place: Place) -> dict[str, Any]:
    """Return what is known of `place` as JSON values; the box is south, west, north, east."""
    bounds = place.bounds
    always = {
        "place_id": place.place_id,
        "name": place.name,
        "lat": place.coordinates.lat,
        "lon": place.coordinates.lon,
        "feature_class": place.feature_class.value,
        "feature_code": place.feature_code,
        "precision": int(place.precision),
    }
    where_known = {
        "country_code": place.country_code,
        "countries": list(place.countries) or None,
        "admin1_code": place.admin1_code,
        "population": place.population,
        "bounds": [bounds.south, bounds.west, bounds.north, bounds.east] if bounds else None,
        "radius_km": place.radius_km,
        "is_disputed": place.is_disputed or None,
    }
    return always | {name: value for name, value in where_known.items() if value is not None}


def place_from_json(values: dict[str, Any]) -> Place:
    """Return the place that `place_to_json` gave `values` for."""
    bounds = values.get("bounds")
    return Place(
        place_id=values["place_id"],
        name=values["name"],
        coordinates=Coordinates(lat=values["lat"], lon=values["lon"]),
        feature_class=FeatureClass(values["feature_class"]),
        feature_code=values["feature_code"],
        precision=GeoPrecision(values["precision"]),
        country_code=values.get("country_code"),
        countries=tuple(values.get("countries") or ()),
        admin1_code=values.get("admin1_code"),
        population=values.get("population"),
        bounds=BoundingBox(south=bounds[0], west=bounds[1], north=bounds[2], east=bounds[3])
        if bounds
        else None,
        radius_km=values.get("radius_km"),
        is_disputed=values.get("is_disputed", False),
    )
