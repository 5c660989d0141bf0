"""Natural Earth's countries as world-atlas carries them: polygons and shared borders.

The file is a TopoJSON topology: neighbours share arcs, so a border is the arcs that two
countries have in common, and both keep it when arcs are simplified.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import shapely
from shapely import affinity
from shapely.ops import linemerge

from gazetteer.outlines import unbroken
from gazetteer.sources import packages

TOLERANCE_DEGREES = 0.01
"""About 1.1 km: the drawing error of a 1:10 million map."""

_UNNUMBERED = {
    "Baikonur": "KZ",
    "Kosovo": "XK",
    "Somaliland": "SO",
    "N. Cyprus": "CY",
    "Cyprus U.N. Buffer Zone": "CY",
}
"""Shapes without an ISO number, and the country under whose code the gazetteer has them."""

_OVERSEAS = {("BR", "FR"): ("BR", "GF"), ("FR", "SR"): ("GF", "SR")}
"""Borders of French Guiana, which Natural Earth has as France."""

_PEREKOP = (46.35, 35.3)
"""North-east corner of the line between Crimea and the mainland, no international border."""

Arc = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldAtlas:
    """Country areas by alpha-2 code and shared borders by pair of codes, longitude first."""

    areas: dict[str, shapely.Geometry]
    borders: dict[tuple[str, str], shapely.Geometry]


def read_world_atlas(folder: Path, code_of_number: dict[int, str]) -> WorldAtlas:
    """Return the countries, simplified by `TOLERANCE_DEGREES`, and the borders in full."""
    topology = packages.json_member(packages.WORLD_ATLAS, folder, "package/countries-10m.json")
    full_arcs = _decoded_arcs(topology)
    arcs = [_simplified(arc) for arc in full_arcs]
    shapes: dict[str, list[Any]] = defaultdict(list)
    for shape in topology["objects"]["countries"]["geometries"]:
        code = _code(shape, code_of_number)
        if code and shape["type"] in ("Polygon", "MultiPolygon"):
            polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
            shapes[code].extend(polygons)
    areas = {code: _area(shapes[code], arcs) for code in sorted(shapes)}
    return WorldAtlas(areas=areas, borders=_borders(shapes, full_arcs))


def _code(shape: dict[str, Any], code_of_number: dict[int, str]) -> str | None:
    if "id" in shape:
        return code_of_number.get(int(shape["id"]))
    return _UNNUMBERED.get(shape["properties"]["name"])


def _decoded_arcs(topology: dict[str, Any]) -> list[Arc]:
    (scale_x, scale_y) = topology["transform"]["scale"]
    (move_x, move_y) = topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        xs = accumulate(step[0] for step in arc)
        ys = accumulate(step[1] for step in arc)
        decoded.append(
            tuple((x * scale_x + move_x, y * scale_y + move_y) for x, y in zip(xs, ys, strict=True))
        )
    return decoded


def _simplified(arc: Arc) -> Arc:
    line = shapely.LineString(arc).simplify(TOLERANCE_DEGREES, preserve_topology=False)
    is_ring = arc[0] == arc[-1]
    if is_ring and len(line.coords) < 4:
        return arc
    return tuple((x, y) for x, y in line.coords)


def _area(polygons: list[Any], arcs: list[Arc]) -> shapely.Geometry:
    parts = []
    for rings in polygons:
        outer, *holes = (_ring(ring, arcs) for ring in rings)
        if len(outer) > 3:
            inner = [_on_globe(hole) for hole in holes if len(hole) > 3]
            parts.append(_on_globe(outer).difference(shapely.union_all(inner)))
    return shapely.union_all(parts)


def _on_globe(ring: Sequence[tuple[float, float]]) -> shapely.Geometry:
    """Return what a ring encloses, cut along 180 degrees where it runs over it.

    Rings do so in a topology: of Russia's mainland one vertex is at 179 east, the next at
    179 west. A ring that ends a whole turn from its start runs round the South Pole.
    """
    path = unbroken(tuple((lat, lon) for lon, lat in ring))
    if path[0] != path[-1]:
        east, west = path[-1][1], path[0][1]
        path = (*path, (-90.0, east), (-90.0, (east + west) / 2), (-90.0, west))
    whole = shapely.make_valid(shapely.Polygon([(lon, lat) for lat, lon in path]))
    west, _, east, _ = shapely.bounds(whole)
    turns = range(math.floor((west + 180) / 360), math.ceil((east + 180) / 360))
    return shapely.union_all(
        [
            affinity.translate(
                whole.intersection(shapely.box(turn * 360 - 180, -90, turn * 360 + 180, 90)),
                xoff=-360 * turn,
            )
            for turn in turns
        ]
    )


def _ring(numbers: list[int], arcs: list[Arc]) -> list[tuple[float, float]]:
    ring: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def _borders(
    shapes: dict[str, list[Any]], arcs: list[Arc]
) -> dict[tuple[str, str], shapely.Geometry]:
    owners: dict[int, set[str]] = defaultdict(set)
    for code, polygons in shapes.items():
        for rings in polygons:
            for ring in rings:
                for number in ring:
                    owners[max(number, ~number)].add(code)
    shared: dict[tuple[str, str], list[Arc]] = defaultdict(list)
    for number, codes in sorted(owners.items()):
        if len(codes) == 2:
            first, second = sorted(codes)
            if (first, second) != ("RU", "UA") or not _is_perekop(arcs[number]):
                shared[first, second].append(arcs[number])
    borders = {_OVERSEAS.get(pair, pair): _merged(lines) for pair, lines in shared.items()}
    return dict(sorted(borders.items()))


def _is_perekop(arc: Arc) -> bool:
    north, east = _PEREKOP
    return all(lat < north and lon < east for lon, lat in arc)


def _merged(lines: list[Arc]) -> shapely.Geometry:
    return (
        linemerge([shapely.LineString(line) for line in lines])
        if len(lines) > 1
        else shapely.LineString(lines[0])
    )
