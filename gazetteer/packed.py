"""The compressed files of compiled place data: what each holds, written and read.

A column is its cells, one a line: a block a column packs smaller than rows do, and is read
without a loop. Names lie in the order of their keys, with the keys, as the place store keeps
them, which is therefore written from its first page to its last.
"""

from __future__ import annotations

import hashlib
import lzma
import sys
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from gazetteer.errors import PlaceDataError
from gazetteer.records import DATA_FOLDER

CHECKSUMS: Final = DATA_FOLDER / "checksums.sha256"
POPULATED: Final = "populated.columns.xz"
"""GeoNames id (less the one before), name, latitude, longitude, feature code unless it is PPL,
country, first-order division, population."""
AREAS: Final = "areas.columns.xz"
"""Id, name, latitude, longitude, feature code, country, countries, first-order division,
population, south, west, north, east, radius of doubt in km, "disputed"."""
OUTLINES: Final = "outlines.columns.xz"
"""Id of the place, kind, path as `outlines.to_text` writes it."""
NAMES: Final = "names.columns.xz"
"""Names in the order of their keys, and the key of each unless it is the name in lower case."""
BEARERS: Final = "bearers.uint32.xz"
"""The place that bears each name, by its position: populated places first, from 0."""

_BREAK: Final = b"\n\f\n"


def read_columns(file: str, folder: Path = DATA_FOLDER) -> list[list[str]]:
    """Return the columns of a shipped file; raises as `read_numbers` does."""
    return [column.split("\n") for column in _columns(folder / file)]


def write_columns(path: Path, columns: Iterable[Iterable[str]]) -> None:
    """Write what `read_columns` reads."""
    _pack(path, _BREAK.join("\n".join(column).encode() for column in columns))


def read_numbers(file: str, folder: Path = DATA_FOLDER) -> array[int]:
    """Return the numbers of a shipped file, which has four bytes for each, the lowest first.

    Raises: PlaceDataError when its checksum is not the one that is written down.
    """
    numbers = array("I", _unpacked(folder / file))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def write_numbers(path: Path, numbers: Iterable[int]) -> None:
    """Write what `read_numbers` reads."""
    values = array("I", numbers)
    if sys.byteorder == "big":
        values.byteswap()
    _pack(path, values.tobytes())


def unless_lowered(keys: Iterable[str], spellings: Sequence[str]) -> list[str]:
    """Return the keys as NAMES has them: "" for a key that is its spelling in lower case."""
    pairs = zip(keys, "\n".join(spellings).lower().split("\n"), strict=True)
    return ["" if key == lowered else key for key, lowered in pairs]


def read_names() -> tuple[list[str], list[str], array[int]]:
    """Return the names, their keys and the positions of their bearers, out of NAMES and BEARERS."""
    spellings, keys = _columns(DATA_FOLDER / NAMES)
    pairs = zip(keys.split("\n"), spellings.lower().split("\n"), strict=True)
    whole = [key or lowered for key, lowered in pairs]
    return spellings.split("\n"), whole, read_numbers(BEARERS)


def _columns(path: Path) -> list[str]:
    return [column.decode("utf-8") for column in _unpacked(path).split(_BREAK)]


def _unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    rows = path.with_name(CHECKSUMS.name).read_text("utf-8").splitlines()
    if f"{hashlib.sha256(data).hexdigest()}  {path.name}" not in rows:
        raise PlaceDataError(path.name, 0, "the file is damaged: its checksum is another")
    return lzma.decompress(data)


def _pack(path: Path, data: bytes) -> None:
    preset = 9 | lzma.PRESET_EXTREME
    path.write_bytes(lzma.compress(data, format=lzma.FORMAT_XZ, preset=preset))
