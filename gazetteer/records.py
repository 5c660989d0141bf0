"""Rows of place data: the form in which the shipped files hold places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gazetteer.errors import PlaceDataError
from gazetteer.places import BoundingBox, Coordinates, FeatureClass, GeoPrecision, Place

DATA_FOLDER = Path(__file__).parent / "data"
"""Where the shipped place data lies; its SOURCES.md says where it comes from."""

COLUMN_BREAK = "\n\f\n"
"""What stands between two columns of populated.columns.xz: a block a column packs smaller."""

_COLUMNS = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureType:
    """What a GeoNames feature code stands for."""

    code: str
    feature_class: FeatureClass
    precision: GeoPrecision
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRecord:
    """A place with every name it is found under besides its own."""

    place: Place
    other_names: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def feature_types() -> dict[str, FeatureType]:
    """Return the feature codes that the gazetteer uses."""
    path = DATA_FOLDER / "feature_codes.tsv"
    types = {}
    for line, cells in data_rows(path):
        if len(cells) != 4 or cells[2] not in GeoPrecision.__members__:
            raise PlaceDataError(path.name, line, "expected code, class, precision, meaning")
        code, letter, precision, meaning = cells
        types[code] = FeatureType(
            code=code,
            feature_class=FeatureClass(letter),
            precision=GeoPrecision[precision],
            meaning=meaning,
        )
    return types


def data_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the line number and the tab-separated cells of each row; "#" starts a comment line."""
    yield from _rows(path.read_text(encoding="utf-8").split("\n"))


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(lines, start=1):
        if line and not line.startswith("#"):
            yield number, line.split("\t")


def place_row(record: PlaceRecord) -> str:
    """Return `record` as one tab-separated line of a shipped file."""
    place = record.place
    return "\t".join(
        (
            place.place_id,
            place.name,
            _decimal(place.coordinates.lat),
            _decimal(place.coordinates.lon),
            place.feature_code,
            place.country_code or "",
            " ".join(place.countries),
            place.admin1_code or "",
            str(place.population or ""),
            _box_text(place.bounds),
            "" if place.radius_km is None else _decimal(place.radius_km),
            "disputed" if place.is_disputed else "",
            "|".join(record.other_names),
        )
    )


def read_places(text: str, source: str) -> Iterator[PlaceRecord]:
    """Yield the records that `place_row` wrote into `text`.

    Raises: PlaceDataError that names `source` and the line that cannot be read.
    """
    for line, cells in _rows(text.split("\n")):
        if len(cells) != _COLUMNS:
            raise PlaceDataError(source, line, f"{len(cells)} cells instead of {_COLUMNS}")
        try:
            yield _record(cells)
        except (ValueError, KeyError) as problem:
            raise PlaceDataError(source, line, str(problem)) from problem


def _record(cells: list[str]) -> PlaceRecord:
    kind = feature_types()[cells[4]]
    place = Place(
        place_id=cells[0],
        name=cells[1],
        coordinates=Coordinates(lat=float(cells[2]), lon=float(cells[3])),
        feature_class=kind.feature_class,
        feature_code=kind.code,
        precision=kind.precision,
        country_code=cells[5] or None,
        countries=tuple(cells[6].split()),
        admin1_code=cells[7] or None,
        population=int(cells[8]) if cells[8] else None,
        bounds=read_box(cells[9]) if cells[9] else None,
        radius_km=float(cells[10]) if cells[10] else None,
        is_disputed=cells[11] == "disputed",
    )
    return PlaceRecord(place=place, other_names=tuple(n for n in cells[12].split("|") if n))


def read_box(text: str) -> BoundingBox:
    """Return the box written "south,west,north,east".

    Raises: ValueError when it is not such a box.
    """
    south, west, north, east = map(float, text.split(","))
    return BoundingBox(south=south, west=west, north=north, east=east)


def _box_text(box: BoundingBox | None) -> str:
    if box is None:
        return ""
    return ",".join(_decimal(edge) for edge in (box.south, box.west, box.north, box.east))


def _decimal(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
