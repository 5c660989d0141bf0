"""The forms in which events leave Dateline, each written by one function, by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.disclosure import Disclosure
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
    write: Callable[[Disclosure, GeometrySource, Corpus], bytes]


def _geojson(shown: Disclosure, store: GeometrySource, _corpus: Corpus) -> bytes:
    collection = to_geojson(shown.reports, store)
    if withheld := shown.in_words():
        collection["withheld"] = list(withheld)
    return f"{json.dumps(collection, ensure_ascii=False)}\n".encode()


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
                write=lambda shown, _store, _corpus: to_csv(shown.reports),
            ),
            Format(
                name="gpkg",
                label="GeoPackage (QGIS, ArcGIS)",
                file_name="dateline-events.gpkg",
                mime="application/geopackage+sqlite3",
                write=lambda shown, store, _corpus: to_geopackage(
                    shown.reports, store, withheld=shown.in_words()
                ),
            ),
            Format(
                name="kml",
                label="KML (Google Earth)",
                file_name="dateline-events.kml",
                mime="application/vnd.google-earth.kml+xml",
                write=lambda shown, store, _corpus: to_kml(
                    shown.reports, store, withheld=shown.in_words()
                ),
            ),
            Format(
                name="kmz",
                label="KMZ (Google Earth, zipped)",
                file_name="dateline-events.kmz",
                mime="application/vnd.google-earth.kmz",
                write=lambda shown, store, _corpus: to_kmz(
                    shown.reports, store, withheld=shown.in_words()
                ),
            ),
            Format(
                name="plover",
                label="PLOVER JSON Lines",
                file_name="dateline-events.plover.jsonl",
                mime="application/x-ndjson",
                write=lambda shown, _store, _corpus: to_plover(shown.reports),
            ),
            Format(
                name="acled",
                label="CSV with ACLED's columns",
                file_name="dateline-events.acled.csv",
                mime="text/csv",
                write=lambda shown, _store, _corpus: to_acled_csv(shown.reports),
            ),
            Format(
                name="ftm",
                label="FollowTheMoney JSON Lines",
                file_name="dateline-events.ftm.json",
                mime="application/x-ndjson",
                write=lambda shown, _store, _corpus: to_followthemoney(shown.reports),
            ),
            Format(
                name="annotations",
                label="Web Annotations of the place names",
                file_name="dateline-mentions.jsonld",
                mime="application/ld+json",
                write=lambda shown, _store, corpus: to_web_annotations(shown, corpus),
            ),
        )
    }
)
