"""The forms in which events leave Dateline, each written by one function, by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.events import EventReport
from dashboard.exports import to_geojson
from dashboard.formats.annotations import to_web_annotations
from dashboard.formats.followthemoney import to_followthemoney
from dashboard.formats.geopackage import to_geopackage
from dashboard.formats.kml import to_kml, to_kmz
from dashboard.formats.plover import to_plover
from dashboard.formats.tables import to_acled_csv, to_csv
from dashboard.outlines import GeometrySource
from dashboard.provenance import Corpus


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One form of export. The same events always give the same bytes."""

    name: str
    """As the command line calls it: "csv"."""
    label: str
    file_name: str
    mime: str
    write: Callable[[Sequence[EventReport], GeometrySource, Corpus], bytes]


def _geojson(reports: Sequence[EventReport], store: GeometrySource, _corpus: Corpus) -> bytes:
    return f"{json.dumps(to_geojson(reports, store), ensure_ascii=False)}\n".encode()


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        form.name: form
        for form in (
            Format(
                name="geojson",
                label="GeoJSON",
                file_name="dateline-events.geojson",
                mime="application/geo+json",
                write=_geojson,
            ),
            Format(
                name="csv",
                label="CSV (spreadsheets)",
                file_name="dateline-events.csv",
                mime="text/csv",
                write=lambda reports, _store, _corpus: to_csv(reports),
            ),
            Format(
                name="gpkg",
                label="GeoPackage (QGIS, ArcGIS)",
                file_name="dateline-events.gpkg",
                mime="application/geopackage+sqlite3",
                write=lambda reports, store, _corpus: to_geopackage(reports, store),
            ),
            Format(
                name="kml",
                label="KML (Google Earth)",
                file_name="dateline-events.kml",
                mime="application/vnd.google-earth.kml+xml",
                write=lambda reports, store, _corpus: to_kml(reports, store),
            ),
            Format(
                name="kmz",
                label="KMZ (Google Earth, zipped)",
                file_name="dateline-events.kmz",
                mime="application/vnd.google-earth.kmz",
                write=lambda reports, store, _corpus: to_kmz(reports, store),
            ),
            Format(
                name="plover",
                label="PLOVER JSON Lines",
                file_name="dateline-events.plover.jsonl",
                mime="application/x-ndjson",
                write=lambda reports, _store, _corpus: to_plover(reports),
            ),
            Format(
                name="acled",
                label="CSV with ACLED's columns",
                file_name="dateline-events.acled.csv",
                mime="text/csv",
                write=lambda reports, _store, _corpus: to_acled_csv(reports),
            ),
            Format(
                name="ftm",
                label="FollowTheMoney JSON Lines",
                file_name="dateline-events.ftm.json",
                mime="application/x-ndjson",
                write=lambda reports, _store, _corpus: to_followthemoney(reports),
            ),
            Format(
                name="annotations",
                label="Web Annotations of the place names",
                file_name="dateline-mentions.jsonld",
                mime="application/ld+json",
                write=lambda reports, _store, corpus: to_web_annotations(reports, corpus),
            ),
        )
    }
)
