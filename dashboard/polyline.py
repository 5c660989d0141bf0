"""Lines with fewer vertices, and as short strings, for what is sent to a browser.

A vertex is (latitude, longitude) in whole steps of 1 / STEPS_PER_DEGREE degree. Each number
is the difference from the vertex before, its sign in the lowest bit, in groups of five
bits, lowest first, one letter of ALPHABET a group; a letter's sixth bit says that more follow.
The map's script decodes it (`decodeLine` in `static/source/map/lines.js`).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from gazetteer.places import Path

Numbers = npt.NDArray[np.float64]

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."
"""Letters that need no escape in JSON, JavaScript or HTML."""

STEPS_PER_DEGREE = 200
"""0.005 degree: half a kilometre, finer than the 1:50 million outlines that are drawn."""


def encode_steps(vertices: Iterable[tuple[int, int]]) -> str:
    """Return the string for vertices in whole steps."""
    letters: list[str] = []
    lat = lon = 0
    for next_lat, next_lon in vertices:
        _append(letters, next_lat - lat)
        _append(letters, next_lon - lon)
        lat, lon = next_lat, next_lon
    return "".join(letters)


def encode_line(vertices: Iterable[tuple[float, float]]) -> str:
    """Return the string for (latitude, longitude) pairs in degrees, equal neighbours once."""
    steps: list[tuple[int, int]] = []
    for lat, lon in vertices:
        step = (round(lat * STEPS_PER_DEGREE), round(lon * STEPS_PER_DEGREE))
        if not steps or steps[-1] != step:
            steps.append(step)
    return encode_steps(steps)


def decode_line(text: str) -> list[tuple[float, float]]:
    """Return the (latitude, longitude) pairs, in degrees, that `text` stands for."""
    numbers: list[int] = []
    value = shift = 0
    for letter in text:
        group = ALPHABET.index(letter)
        value |= (group & 31) << shift
        shift += 5
        if not group & 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    lat = lon = 0
    line = []
    for dlat, dlon in zip(numbers[::2], numbers[1::2], strict=True):
        lat, lon = lat + dlat, lon + dlon
        line.append((lat / STEPS_PER_DEGREE, lon / STEPS_PER_DEGREE))
    return line


def thin(path: Path, tolerance: float) -> Path:
    """Return `path` without the vertices that lie within `tolerance` degrees of what remains.

    Douglas and Peucker's method (1973), with a stack in place of recursion.
    """
    if len(path) < 3:
        return path
    keep = [False] * len(path)
    keep[0] = keep[-1] = True
    stack = [(0, len(path) - 1)]
    vertices = np.array(path, dtype=float) if len(path) > _LONG else None
    while stack:
        first, last = stack.pop()
        if vertices is not None and last - first > _LONG:
            farthest, index = _farthest_of_many(vertices, first, last)
        else:
            farthest, index = _farthest(path, first, last)
        if farthest > tolerance:
            keep[index] = True
            stack += [(first, index), (index, last)]
    return tuple(vertex for vertex, kept in zip(path, keep, strict=True) if kept)


def _append(letters: list[str], difference: int) -> None:
    value = ~(difference << 1) if difference < 0 else difference << 1
    while value >= 32:
        letters.append(ALPHABET[32 | (value & 31)])
        value >>= 5
    letters.append(ALPHABET[value])


_LONG = 40
"""From so many vertices on, reckoning with all at once is quicker."""


def _farthest_of_many(vertices: Numbers, first: int, last: int) -> tuple[float, int]:
    """Return what `_farthest` does, to the last digit."""
    start, step = vertices[first], vertices[last] - vertices[first]
    length = step[0] * step[0] + step[1] * step[1]
    lat, lon = (vertices[first + 1 : last] - start).T
    along = np.clip((lat * step[0] + lon * step[1]) / length, 0.0, 1.0) if length else 0.0
    distances = (lat - along * step[0]) ** 2 + (lon - along * step[1]) ** 2
    index = int(distances.argmax())
    return float(distances[index]) ** 0.5, first + 1 + index


def _farthest(path: Path, first: int, last: int) -> tuple[float, int]:
    """Return the vertex between `first` and `last` farthest from the line between them."""
    (lat0, lon0), (lat1, lon1) = path[first], path[last]
    dlat, dlon = lat1 - lat0, lon1 - lon0
    length = dlat * dlat + dlon * dlon
    worst, index = 0.0, first
    for number in range(first + 1, last):
        lat, lon = path[number][0] - lat0, path[number][1] - lon0
        along = max(0.0, min(1.0, (lat * dlat + lon * dlon) / length)) if length else 0.0
        distance = (lat - along * dlat) ** 2 + (lon - along * dlon) ** 2
        if distance > worst:
            worst, index = distance, number
    return worst**0.5, index
