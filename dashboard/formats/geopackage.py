"""Events as an OGC GeoPackage 1.3: an SQLite file that every GIS opens.

Four tables with the columns of the CSV: `events_points`, `events_lines`, `events_areas`, each
with a geometry, and `events_without_place`.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from dashboard.events import EventReport
from dashboard.exports import to_geojson
from dashboard.outlines import GeometrySource

APPLICATION_ID = 0x47504B47
USER_VERSION = 10300
LAST_CHANGE = "1970-01-01T00:00:00.000Z"
"""The table of contents asks for a time; a fixed one lets the same events give the same bytes."""

_WGS_84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AUTHORITY["EPSG","4326"]]'
)
_SYSTEMS = (
    ("Undefined Cartesian", -1, "NONE", -1, "undefined", None),
    ("Undefined geographic", 0, "NONE", 0, "undefined", None),
    ("WGS 84 geodetic", 4326, "EPSG", 4326, _WGS_84, None),
)
_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE,
  max_x DOUBLE, max_y DOUBLE, srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL REFERENCES gpkg_contents(table_name), column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys(srs_id),
  z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
"""
_LAYERS = {
    "Point": (
        "events_points",
        "POINT",
        "Events known to a town or site, or with a radius of doubt",
    ),
    "MultiLineString": ("events_lines", "MULTILINESTRING", "Events along a border"),
    "MultiPolygon": ("events_areas", "MULTIPOLYGON", "Events somewhere in an area"),
    None: ("events_without_place", None, "Events without a place"),
}
_COLUMNS = {
    "event_id": "TEXT", "event_type": "TEXT", "type_label": "TEXT", "mode": "TEXT",
    "quad_class": "TEXT", "family": "TEXT", "source": "TEXT", "source_ids": "TEXT",
    "target": "TEXT", "target_ids": "TEXT", "when": "TEXT", "earliest": "DATE", "latest": "DATE",
    "modality": "TEXT", "confidence": "DOUBLE", "coder": "TEXT", "killed": "INTEGER",
    "wounded": "INTEGER", "arrested": "INTEGER", "crowd": "INTEGER", "sizes": "TEXT",
    "place": "TEXT",
    "place_id": "TEXT", "country_code": "TEXT", "precision": "INTEGER", "precision_label": "TEXT",
    "radius_km": "DOUBLE", "place_reason": "TEXT", "quote": "TEXT", "title": "TEXT",
    "publisher": "TEXT", "published": "DATE", "url": "TEXT", "article_id": "TEXT",
}  # fmt: skip

_WKB_TYPES = {"Point": 1, "LineString": 2, "Polygon": 3, "MultiLineString": 5, "MultiPolygon": 6}


def to_geopackage(
    reports: Sequence[EventReport], store: GeometrySource, *, withheld: Sequence[str] = ()
) -> bytes:
    """Return the events as a GeoPackage; each table's description says what was withheld."""
    remark = f". Withheld: {'; '.join(withheld)}." if withheld else ""
    features = to_geojson(reports, store)["features"]
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {USER_VERSION}")
        database.executescript(_TABLES)
        with database:
            database.executemany(
                "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _SYSTEMS
            )
            for kind in _LAYERS:
                _add_layer(database, kind, [f for f in features if _kind(f) == kind], remark)
        return database.serialize()


def _kind(feature: dict[str, Any]) -> str | None:
    return feature["geometry"]["type"] if feature["geometry"] else None


def _add_layer(
    database: sqlite3.Connection,
    kind: str | None,
    features: Sequence[dict[str, Any]],
    remark: str,
) -> None:
    table, geometry_type, description = _LAYERS[kind]
    positions = [at for f in features if kind for at in _positions(f["geometry"]["coordinates"])]
    lons, lats = [at[0] for at in positions], [at[1] for at in positions]
    extent = (min(lons), min(lats), max(lons), max(lats)) if positions else (None,) * 4
    columns = ", ".join(f'"{name}" {sql_type}' for name, sql_type in _COLUMNS.items())
    geometry_column = f"geom {geometry_type}, " if geometry_type else ""
    database.execute(f"CREATE TABLE {table} (fid INTEGER PRIMARY KEY, {geometry_column}{columns})")
    database.execute(
        "INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            table,
            "features" if kind else "attributes",
            table,
            f"{description}{remark}",
            LAST_CHANGE,
            *extent,
            4326 if kind else None,
        ),
    )
    if geometry_type:
        database.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)",
            (table, geometry_type),
        )
    marks = ", ".join("?" * (1 + bool(kind) + len(_COLUMNS)))
    database.executemany(
        f"INSERT INTO {table} VALUES ({marks})",  # noqa: S608  # our own names
        (
            (number, *([_blob(f["geometry"])] if kind else []), *_values(f["properties"]))
            for number, f in enumerate(features, start=1)
        ),
    )


def _values(properties: dict[str, Any]) -> Iterator[Any]:
    for name in _COLUMNS:
        value = properties[name]
        yield "; ".join(value) if isinstance(value, list) else value


def _positions(coordinates: Sequence[Any]) -> Iterator[Sequence[float]]:
    if isinstance(coordinates[0], float | int):
        yield coordinates
    else:
        for part in coordinates:
            yield from _positions(part)


def _blob(geometry: dict[str, Any]) -> bytes:
    """Return GeoPackage's header, little-endian and without an envelope, and the geometry."""
    return struct.pack("<2sBBi", b"GP", 0, 1, 4326) + _wkb(
        geometry["type"], geometry["coordinates"]
    )


def _wkb(kind: str, coordinates: Sequence[Any]) -> bytes:
    head = struct.pack("<BI", 1, _WKB_TYPES[kind])
    if kind == "Point":
        return head + struct.pack("<2d", *coordinates)
    count = struct.pack("<I", len(coordinates))
    if kind.startswith("Multi"):
        return head + count + b"".join(_wkb(kind[5:], part) for part in coordinates)
    if kind == "Polygon":
        return head + count + b"".join(map(_path, coordinates))
    return head + _path(coordinates)


def _path(positions: Sequence[Sequence[float]]) -> bytes:
    return struct.pack("<I", len(positions)) + b"".join(struct.pack("<2d", *at) for at in positions)
