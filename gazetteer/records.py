"""Places with their names, kinds of places, and rows of the tables written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gazetteer.errors import PlaceDataError
from gazetteer.places import BoundingBox, FeatureClass, GeoPrecision, Place

DATA_FOLDER = Path(__file__).parent / "data"
"""Where the shipped place data lies; its SOURCES.md says where it comes from."""
BORDER = "border:"
"""Starts the id of the border of two countries: "border:IR-PK"."""
DIVISION = "adm1:"
"""Starts the id of a country's first-level division: "adm1:IR.04"."""


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
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line and not line.startswith("#"):
            yield number, line.split("\t")


def read_box(text: str) -> BoundingBox:
    """Return the box written "south,west,north,east".

    Raises: ValueError when it is not such a box.
    """
    south, west, north, east = map(float, text.split(","))
    return BoundingBox(south=south, west=west, north=north, east=east)
