"""The hand-written places and names in data/curated: plain commented tables.

A place file has these columns, separated by tabs:

    slug  name  code  lat  lon  outline  radius_km  countries  aliases  flags  note

`outline` is empty, "box south,west,north,east", "line lat lon, lat lon, ..." (of several
parts: with ";" between them) or "area lat lon, lat lon, ..." (closed by itself), or "of
place_id place_id ...": made of the outlines of other places. `lat` and `lon` may be empty when
there is an outline. `aliases` are separated by "|"; `countries` are alpha-2 codes; `flags` may
say "disputed" and, of a border, "neighbours". The id is "cur:" and the slug, of a border the slug.

An alias file (its name starts with "names") has a place id, further names and a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gazetteer import outlines
from gazetteer.errors import PlaceDataError
from gazetteer.geodesy import centre
from gazetteer.places import BoundingBox, Coordinates, Geometry, GeometryKind, Place
from gazetteer.places import Path as Vertices
from gazetteer.records import BORDER, DATA_FOLDER, PlaceRecord, data_rows, feature_types, read_box

CURATED_FOLDER = DATA_FOLDER / "curated"
_COLUMNS = 11
_NOT_PLACES = frozenset({"countries.tsv", "demonyms.tsv", "disputed.tsv", "points.tsv"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratedPlace:
    """A hand-written place, its outline, and the ids of the places its outline is made of."""

    record: PlaceRecord
    geometry: Geometry | None
    made_of: tuple[str, ...]
    note: str
    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherNames:
    """Names that a place of another source is also found under."""

    place_id: str
    names: tuple[str, ...]
    file: str
    line: int


def place_files(folder: Path = CURATED_FOLDER) -> list[Path]:
    """Return the files that hold curated places."""
    return [
        path
        for path in sorted(folder.glob("*.tsv"))
        if path.name not in _NOT_PLACES and not path.name.startswith("names")
    ]


def read_curated_places(path: Path) -> Iterator[CuratedPlace]:
    """Yield the places of one file.

    Raises: PlaceDataError that names the file and the line that cannot be read.
    """
    for line, cells in data_rows(path):
        if len(cells) != _COLUMNS:
            raise PlaceDataError(path.name, line, f"{len(cells)} cells instead of {_COLUMNS}")
        try:
            yield _curated_place(cells, path.name, line)
        except (ValueError, KeyError) as problem:
            raise PlaceDataError(path.name, line, f"{cells[0]}: {problem}") from problem


def read_further_names(folder: Path = CURATED_FOLDER) -> Iterator[FurtherNames]:
    """Yield the further names of places; raises as `read_curated_places` does."""
    for path in sorted(folder.glob("names*.tsv")):
        for line, cells in data_rows(path):
            if len(cells) != 3:
                raise PlaceDataError(path.name, line, f"{len(cells)} cells instead of 3")
            yield FurtherNames(
                place_id=cells[0], names=_listed(cells[1]), file=path.name, line=line
            )


def read_points(path: Path = CURATED_FOLDER / "points.tsv") -> dict[str, Coordinates]:
    """Return the point that stands for a country, by its code, or for a place, by its id.

    Only the places that are listed.

    Raises: PlaceDataError that names the line that cannot be read.
    """
    points = {}
    for line, cells in data_rows(path):
        try:
            key, lat, lon = cells
            points[key] = Coordinates(lat=float(lat), lon=float(lon))
        except ValueError as problem:
            raise PlaceDataError(path.name, line, str(problem)) from problem
    return points


def read_disputed(path: Path = CURATED_FOLDER / "disputed.tsv") -> dict[str, str]:
    """Return who disputes a country, by its code, or a place of other sources, by its id."""
    return {key: claim for _, (key, claim) in data_rows(path)}


def _curated_place(cells: list[str], file: str, line: int) -> CuratedPlace:
    slug, name, code, lat, lon, outline, radius, countries, aliases, flags, note = cells
    geometry, made_of = _outline(outline)
    kind = feature_types()[code]
    codes = tuple(countries.split())
    place = Place(
        place_id=slug if slug.startswith(BORDER) else f"cur:{slug}",
        name=name,
        coordinates=_point(lat, lon, geometry),
        feature_class=kind.feature_class,
        feature_code=code,
        precision=kind.precision,
        country_code=codes[0] if len(codes) == 1 else None,
        countries=codes if len(codes) > 1 else (),
        bounds=_bounds(outline, geometry),
        radius_km=float(radius) if radius else None,
        is_disputed="disputed" in flags.split(),
    )
    record = PlaceRecord(place=place, other_names=_listed(aliases))
    return CuratedPlace(
        record=record, geometry=geometry, made_of=made_of, note=note, file=file, line=line
    )


def _outline(text: str) -> tuple[Geometry | None, tuple[str, ...]]:
    if not text:
        return None, ()
    word, _, rest = text.partition(" ")
    if word == "of":
        return None, tuple(rest.split())
    if word == "box":
        ring = outlines.box_ring(read_box(rest))
        return Geometry(kind=GeometryKind.AREA, parts=((ring,),)), ()
    if word == "line":
        parts = tuple((_vertices(part),) for part in rest.split(";"))
        return Geometry(kind=GeometryKind.LINE, parts=parts), ()
    if word == "area":
        vertices = _vertices(rest)
        return Geometry(kind=GeometryKind.AREA, parts=(((*vertices, vertices[0]),),)), ()
    raise ValueError(f"an outline starts with box, line, area or of, not {word!r}")


def _vertices(text: str) -> Vertices:
    pairs = [pair.split() for pair in text.split(",")]
    points = [Coordinates(lat=float(lat), lon=float(lon)) for lat, lon in pairs]
    return tuple((point.lat, point.lon) for point in points)


def _bounds(outline: str, geometry: Geometry | None) -> BoundingBox | None:
    if outline.startswith("box "):
        return read_box(outline.removeprefix("box "))
    return outlines.bounds(geometry) if geometry else None


def _point(lat: str, lon: str, geometry: Geometry | None) -> Coordinates:
    if lat and lon:
        return Coordinates(lat=float(lat), lon=float(lon))
    if geometry is None:
        raise ValueError("neither coordinates nor an outline of its own")
    ring = geometry.parts[0][0]
    vertices = ring[:-1] if geometry.kind is GeometryKind.AREA else (ring[len(ring) // 2],)
    middle = centre(Coordinates(lat=lat, lon=(lon + 180) % 360 - 180) for lat, lon in vertices)
    if middle is None:
        raise ValueError("an outline without vertices")
    return middle


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in cell.split("|") if item.strip())
