"""Cells of the map: the world as a square, halved again and again, as one integer.

The bits of x and y alternate (Morton 1966), so that a cell's parent is its number without the
last two bits, and what lies near each other on the map lies near each other in an index.
"""

from __future__ import annotations

import math
from typing import Any

from numpy.typing import NDArray

Numbers = NDArray[Any]

LEVELS = 24
"""How often the world is halved: a finest cell is 2.4 m wide at the equator."""

HIGHEST_LATITUDE = 85.0511
"""Where Web Mercator is cut, so that the world is a square."""


def cell_of(lat: float, lon: float) -> int:
    """Return the finest cell that a place lies in, in the map's projection (Web Mercator)."""
    sine = math.sin(math.radians(max(-HIGHEST_LATITUDE, min(HIGHEST_LATITUDE, lat))))
    x = lon / 360 + 0.5
    y = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return _spread(_step(x)) | _spread(_step(y)) << 1


def parent(cell: int, level: int) -> int:
    """Return the cell of `level` (0 is the world) that holds the finest `cell`."""
    return cell >> 2 * (LEVELS - level)


def column_and_row(cells: Numbers) -> tuple[Numbers, Numbers]:
    """Return how far east and how far south each cell lies, counted in cells of its level."""
    return _gathered(cells), _gathered(cells >> 1)


def _step(share: float) -> int:
    steps = 1 << LEVELS
    return max(0, min(steps - 1, math.floor(share * steps)))


def _spread(value: int) -> int:
    """Return `value` with a zero before each of its bits."""
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        value = (value | value << shift) & mask
    return value


def _gathered(values: Numbers) -> Numbers:
    """Return every second bit, the lowest first: what `_spread` made apart."""
    values = values & 0x5555555555555555
    for shift, mask in (
        (1, 0x3333333333333333),
        (2, 0x0F0F0F0F0F0F0F0F),
        (4, 0x00FF00FF00FF00FF),
        (8, 0x0000FFFF0000FFFF),
        (16, 0x00000000FFFFFFFF),
    ):
        values = (values | values >> shift) & mask
    return values
