"""What part of the world a map shows, and what it draws there, as a link carries it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from dashboard import link_values as read
from gazetteer.places import Coordinates

VIEW_KEYS = ("lat", "lon", "zoom", "layer")
"""Keys of a view in a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """What part of the world the map shows; None: as much as shows every event."""

    center: Coordinates | None = None
    zoom: int | None = None
    """Leaflet's zoom level: 0 is the whole world."""
    layer: str = ""
    """What is drawn: "heat", "mentions", "datasets", "countries" or "divisions", these two also
    with what their colours tell, as "countries.last" or "divisions.PROTEST"; "": the events."""

    def to_query(self) -> dict[str, str]:
        """Return what is set as the plain, short values of a link's query."""
        query = {}
        if self.center:
            query["lat"] = read.degrees(self.center.lat)
            query["lon"] = read.degrees(self.center.lon)
        if self.zoom is not None:
            query["zoom"] = str(self.zoom)
        if self.layer:
            query["layer"] = self.layer
        return query

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> tuple[Self, tuple[str, ...]]:
        """Return the view of a link's query, and what of it could not be understood."""
        reader = read.QueryReader(query)
        lat = reader.value("lat", read.latitude, "is not a latitude")
        lon = reader.value("lon", read.longitude, "is not a longitude")
        zoom = reader.value("zoom", read.zoom, f"is not a zoom level from 0 to {read.MAX_ZOOM}")
        center = Coordinates(lat=lat, lon=lon) if lat is not None and lon is not None else None
        if (lat is None) != (lon is None) and not reader.problems:
            reader.problems.append("the map's middle has only one of lat and lon")
        layer = reader.value("layer", read.layer, "is not a layer of the map") or ""
        return cls(center=center, zoom=zoom, layer=layer), tuple(reader.problems)
