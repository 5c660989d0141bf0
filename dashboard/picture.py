"""The map as a picture, drawn without a browser: SVG by us, PNG from it through resvg.

The same layers and basemap as on the screen, with title, legend, scale bar and attribution.
The same events always give the same SVG bytes.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from dashboard.credits import BOUNDARIES_NOTE
from dashboard.errors import PictureError
from dashboard.layers import FamilyStyle, Layers, Mark
from dashboard.outlines import clip_ring
from dashboard.polyline import decode_line
from dashboard.world import HIGHEST_LATITUDE, Line, Point, latitude, project, project_line, world

FONTS = Path(__file__).parent / "static" / "fonts"

EQUATOR_METRES = 40_075_016.686
"""Circumference of WGS 84 at the equator, which Web Mercator's width stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSize:
    """Width and height of the drawing in its own pixels, and how many dots one becomes."""

    width: int
    height: int
    zoom: float = 1
    label: str = ""
    """In a reader's words."""


SIZES: Mapping[str, PictureSize] = MappingProxyType(
    {
        "screen": PictureSize(width=1200, height=800, label="Screen, 1200 × 800"),
        "screen-2x": PictureSize(width=1200, height=800, zoom=2, label="Fine screen, 2400 × 1600"),
        "print": PictureSize(width=1240, height=877, zoom=2.4, label="Print, A4"),
        "social": PictureSize(width=1200, height=630, label="Social card, 1200 × 630"),
    }
)
"""`print` is A4 across at 255 dots an inch; `social` is the card of 1.91 : 1 that sites show."""

_OCEAN, _LAND, _COAST, _BORDER = "#cfe0ea", "#f6f3ec", "#9fb4c0", "#b3ab9c"
_INK, _SOFT, _NEUTRAL, _PAPER = "#1d2730", "#55626c", "#4a5560", "#ffffff"
_FONT = "DejaVu Sans, Noto Sans, sans-serif"
_LETTER = 0.62
"""Width of a letter of the font in parts of its size, on average."""

_FOREIGN = re.compile("[^\\x00-\u06ff\u1e00-\u27bf\ufb50-\ufdff\ufe70-\ufefc]")
"""Letters that the font that Dateline carries lacks; the system's fonts are asked for them."""

_TOP, _LINE, _BOTTOM, _MARGIN, _PADDING = 64, 18, 24, 12, 56
_CLUSTER = 44
_LEAST_RING = 17
"""A circle of doubt too small to be seen is drawn as a ring round the sign."""
_CLOSEST_ZOOM = 7
"""Zoom beyond which a lone event is not approached: its surroundings say where it is."""

_CORNERS = {
    "triangle": "0,-9.5 9,7 -9,7",
    "triangle-down": "0,9.5 9,-7 -9,-7",
    "diamond": "0,-10 10,0 0,10 -10,0",
    "square": "-7.5,-7.5 7.5,-7.5 7.5,7.5 -7.5,7.5",
    "pentagon": "0,-9.5 9.2,-2.6 5.8,8.2 -5.8,8.2 -9.2,-2.6",
    "hexagon": "-5,-8.7 5,-8.7 10,0 5,8.7 -5,8.7 -10,0",
    "cross": "-3.5,-9 3.5,-9 3.5,-3.5 9,-3.5 9,3.5 3.5,3.5 3.5,9 -3.5,9 -3.5,3.5 -9,3.5 -9,-3.5 "
    "-3.5,-3.5",
    "star": "0,-10.5 2.9,-4 10,-3.2 4.8,1.6 6.2,8.5 0,5 -6.2,8.5 -4.8,1.6 -10,-3.2 -2.9,-4",
}


def map_svg(
    layers: Layers,
    *,
    title: str,
    caption: str = "",
    withheld: str = "",
    size: PictureSize = SIZES["screen"],
    view: tuple[float, float, float] | None = None,
    detail: float = 0.9,
) -> str:
    """Return the map as SVG. `view` is (latitude, longitude, zoom); without it all is in view.

    Without a title there is no heading; `withheld` says under it what may not be shown.
    Points of an outline nearer to each other than `detail` pixels are drawn as one.
    """
    top = (_TOP if title else 0) + (_LINE if withheld else 0)
    height = size.height - top - _BOTTOM
    frame = _Frame.of(layers, size.width, height, view)
    drawing = _Drawing(layers=layers, frame=frame, detail=detail)
    legend = _legend(drawing, height)
    drawing.taken.append((frame.width - 170, frame.height - 44, frame.width, frame.height))
    points = "".join(drawing.points())  # first, so that no tag covers a point
    body = "".join((*drawing.basemap(), *drawing.areas(), *drawing.lines(), points))
    labels = "".join(drawing.labels())
    tags = "".join(drawing.tags)
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {size.height}"',
            f' width="{size.width}" height="{size.height}" font-family="{_FONT}" role="img">',
            f"<title>{_text(title or 'Map of the events')}</title>",
            f"<defs>{''.join(drawing.patterns.values())}",
            f'<clipPath id="dl-frame"><rect width="{size.width}" height="{height}"/></clipPath>',
            "</defs>",
            f'<rect width="{size.width}" height="{size.height}" fill="{_PAPER}"/>',
            _words(title, _MARGIN, 28, 20, _INK, room=size.width - 2 * _MARGIN, bold=True),
            _words(caption, _MARGIN, 50, 13, _SOFT, room=size.width - 2 * _MARGIN),
            _words(withheld, _MARGIN, 50 + _LINE, 13, _SOFT, room=size.width - 2 * _MARGIN),
            f'<g transform="translate(0 {top})" clip-path="url(#dl-frame)">',
            f'<rect width="{size.width}" height="{height}" fill="{_OCEAN}"/>',
            body,
            labels,
            tags,
            legend,
            _scale(frame),
            "</g>",
            _words(
                f"{BOUNDARIES_NOTE} Places: GeoNames (CC BY 4.0). Made with Dateline.",
                _MARGIN,
                size.height - 8,
                11,
                _SOFT,
                room=size.width - 2 * _MARGIN,
            ),
            "</svg>\n",
        )
    )


def static_map(layers: Layers) -> str:
    """Return a small map for where no script runs, in as few bytes as it can be."""
    return map_svg(layers, title="", size=PictureSize(width=800, height=520), detail=2.5)


def map_png(svg: str, *, zoom: float = 1) -> bytes:
    """Return the SVG as PNG, each of its pixels as `zoom` dots.

    Raises: PictureError when resvg is not installed or cannot draw it.
    """
    try:
        import resvg_py
    except ImportError as error:
        raise PictureError("PNG pictures need resvg-py: pip install resvg-py") from error
    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg,
                zoom=zoom,
                skip_system_fonts=not _FOREIGN.search(svg),
                font_files=[str(path) for path in sorted(FONTS.glob("*.ttf"))],
                font_family="DejaVu Sans",
                sans_serif_family="DejaVu Sans",
            )
        )
    except ValueError as error:
        raise PictureError(f"The picture could not be drawn: {error}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Which part of the world is drawn, and how large."""

    width: float
    height: float
    scale: float
    """Pixels of the world's width."""
    west: float
    north: float

    @classmethod
    def of(
        cls, layers: Layers, width: float, height: float, view: tuple[float, float, float] | None
    ) -> _Frame:
        if view:
            x, y = project(view[0], view[1])
            scale = 256 * 2 ** view[2]
        else:
            x, y, scale = _fitted(layers, width, height)
        scale = max(scale, width, height)
        half = height / scale / 2
        y = min(max(y, half), 1 - half)
        return cls(
            width=width,
            height=height,
            scale=scale,
            west=x - width / scale / 2,
            north=y - height / scale / 2,
        )

    @property
    def zoom(self) -> float:
        return math.log2(self.scale / 256)

    @property
    def middle(self) -> float:
        return self.west + self.width / self.scale / 2

    def at(self, point: Point) -> Point:
        return (point[0] - self.west) * self.scale, (point[1] - self.north) * self.scale

    def place(self, lat: float, lon: float) -> Point:
        """Return where a place is drawn, in the copy of the world nearest to the middle."""
        x, y = project(lat, lon)
        return self.at((x + round(self.middle - x), y))

    def near(self, line: Line, lon: float) -> Line:
        """Return a line's pixels in the copy of the world in which the longitude is drawn."""
        home = lon / 360 + 0.5
        home += round(self.middle - home)
        xs = [x for x, _ in line]
        middle = (min(xs) + max(xs)) / 2
        move = round(home - middle)
        return tuple(self.at((x + move, y)) for x, y in line)

    def copies(self, line: Line) -> Iterator[Line]:
        """Return the line's pixels in each copy of the world in which some may be seen."""
        xs = [x for x, _ in line]
        ys = [y for _, y in line]
        east, south = self.west + self.width / self.scale, self.north + self.height / self.scale
        if max(ys) < self.north or min(ys) > south:
            return
        for copy in (-1, 0, 1):
            if min(xs) + copy <= east and max(xs) + copy >= self.west:
                yield tuple(self.at((x + copy, y)) for x, y in line)


def _fitted(layers: Layers, width: float, height: float) -> tuple[float, float, float]:
    """Return middle and scale that bring every mark into view."""
    marks = [*layers["points"], *layers["lines"], *layers["areas"]]
    points = [point for mark in marks for point in _extremes(mark)]
    if not points:
        return (*project(20, 20), 0.0)
    west = _west_of([lon for _, lon in points])
    projected = [project(lat, west + (lon - west) % 360) for lat, lon in points]
    xs, ys = [x for x, _ in projected], [y for _, y in projected]
    scale = min(
        (width - 2 * _PADDING) / max(max(xs) - min(xs), 1e-9),
        (height - 2 * _PADDING) / max(max(ys) - min(ys), 1e-9),
        256 * 2**_CLOSEST_ZOOM,
    )
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, scale


def _extremes(mark: Mark) -> list[tuple[float, float]]:
    """Return what must be in view of a mark; of a very large area only its middle."""
    lines = mark.get("paths") or [rings[0] for rings in mark.get("polygons", [])]
    points = [point for line in lines for point in decode_line(line)]
    lats = [lat for lat, _ in points]
    return points if points and max(lats) - min(lats) <= 25 else [(mark["lat"], mark["lon"])]


def _west_of(lons: Sequence[float]) -> float:
    """Return the western edge of the smallest stretch that holds all these longitudes."""
    ordered = sorted(set(lons))
    gaps = [(after - before, after) for before, after in pairwise(ordered)]
    widest, west = max(gaps, default=(0.0, ordered[0]))
    return west if widest > ordered[0] + 360 - ordered[-1] else ordered[0]


_Box = tuple[float, float, float, float]


_ASIDE = tuple(
    (right, down) for down in (0, -26, 26, -52, 52, -78, 78) for right in (0, 60, -60, 120, -120)
)
"""Steps aside that a tag tries when its own place is taken."""


@dataclass(kw_only=True)
class _Drawing:
    """Draws one picture; remembers what is taken, so that names do not cover marks."""

    layers: Layers
    frame: _Frame
    detail: float
    taken: list[_Box] = field(default_factory=list)
    patterns: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)

    def basemap(self) -> Iterator[str]:
        rings = (
            ring for polygons in world().countries.values() for part in polygons for ring in part
        )
        path = "".join(self._ring(copy) for ring in rings for copy in self.frame.copies(ring))
        yield f'<path d="{path}" fill="{_LAND}" fill-rule="evenodd"/>'
        for lines, colour, dash in (
            (world().coasts, _COAST, ""),
            (world().borders, _BORDER, ""),
            (world().disputed, _BORDER, ' stroke-dasharray="4 3"'),
        ):
            path = "".join(self._line(copy) for line in lines for copy in self.frame.copies(line))
            yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="0.9"{dash}/>'

    def areas(self) -> Iterator[str]:
        shapes = sorted(
            ((self._area_rings(mark), mark) for mark in self.layers["areas"]),
            key=lambda item: (-_size(item[0]), item[1]["id"]),
        )
        for number, (rings, mark) in enumerate(shapes):
            colour = self._colour(mark)
            path = "".join(self._ring(ring) for ring in rings)
            is_fuzzy = mark.get("fuzzy") or "radius" in mark
            dash = ' stroke-dasharray="6 5"' if is_fuzzy else ""
            yield (
                f'<path d="{path}" fill="url(#{self._hatch(colour, rings, number)})" '
                f'stroke="{colour}" stroke-width="1.6" stroke-opacity="0.85" '
                f'fill-rule="evenodd"{dash}/>'
            )
        for _, mark in reversed(shapes):
            self._tag(mark, self.frame.place(mark["lat"], mark["lon"]))

    def lines(self) -> Iterator[str]:
        for mark in self.layers["lines"]:
            colour = self._colour(mark)
            paths = [
                self.frame.near(project_line(decode_line(path)), mark["lon"])
                for path in mark["paths"]
            ]
            path = "".join(map(self._line, paths))
            for width, opacity, dash in ((13, 0.28, ""), (3.5, 1, ' stroke-dasharray="9 5"')):
                yield (
                    f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" '
                    f'stroke-opacity="{opacity}"{dash}/>'
                )
            longest = max(paths, key=len)
            self._tag(mark, longest[len(longest) // 2])

    def points(self) -> Iterator[str]:
        for marks, (x, y) in self._clusters():
            if not (-30 < x < self.frame.width + 30 and -30 < y < self.frame.height + 30):
                continue
            numbers = sorted({number for mark in marks for number in mark["events"]})
            mix = self._mix(numbers)
            radius_km = marks[0].get("radius") if len(marks) == 1 else None
            if radius_km:
                metre = self.frame.scale / EQUATOR_METRES
                radius = radius_km * 1000 * metre / math.cos(math.radians(marks[0]["lat"]))
                radius = max(radius, _LEAST_RING)
                yield (
                    f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" '
                    f'fill="{mix[0][0]["colour"]}" fill-opacity="0.08" '
                    f'stroke="{mix[0][0]["colour"]}" stroke-width="1.5" stroke-dasharray="5 5"/>'
                )
            self.taken.append((x - 16, y - 16, x + 16, y + 16))
            drawn = _sign(mix[0][0], 22) if len(numbers) == 1 else _donut(mix, len(numbers))
            self.tags.append(f'<g transform="translate({x:.1f} {y:.1f})">{drawn}</g>')

    def labels(self) -> Iterator[str]:
        zoom = self.frame.zoom
        for text, lat, lon, least in world().country_labels:
            if least <= zoom + 0.5:
                yield from self._label(text.upper(), lat, lon, 11, is_city=False)
        for text, lat, lon, least, _ in world().city_labels:
            if least <= zoom + 0.01:
                yield from self._label(text, lat, lon, 11.5, is_city=True)

    def used_families(self) -> list[FamilyStyle]:
        used = {card["family"] for card in self.layers["events"]}
        return [style for style in self.layers["families"] if style["name"] in used]

    def _label(
        self, text: str, lat: float, lon: float, size: float, *, is_city: bool
    ) -> Iterator[str]:
        x, y = self.frame.place(lat, lon)
        half = len(text) * size * _LETTER / 2 + 3
        middle = x + half + 5 if is_city else x
        box = (middle - half, y - 8, middle + half, y + 8)
        outside = (
            box[0] < 4
            or box[2] > self.frame.width - 4
            or box[1] < 4
            or box[3] > self.frame.height - 4
        )
        if outside or any(_overlap(box, other) for other in self.taken):
            return
        self.taken.append(box)
        if is_city:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" fill="#4d5258"/>'
        colour = "#4d5258" if is_city else "#6f6a60"
        for paint in (f'stroke="{_LAND}" stroke-width="3" stroke-linejoin="round"', ""):
            yield (
                f'<text x="{middle:.1f}" y="{y + 4:.1f}" font-size="{size}" text-anchor="middle" '
                f'fill="{colour}" {paint}>{_text(text)}</text>'
            )

    def _area_rings(self, mark: Mark) -> list[Line]:
        if "radius" in mark:
            x, y = self.frame.place(mark["lat"], mark["lon"])
            metre = self.frame.scale / EQUATOR_METRES / math.cos(math.radians(mark["lat"]))
            radius = mark["radius"] * 1000 * metre
            turns = [2 * math.pi * step / 72 for step in range(72)]
            return [tuple((x + radius * math.cos(t), y + radius * math.sin(t)) for t in turns)]
        if "country" in mark:
            polygons: Iterable[Iterable[Line]] = world().countries[mark["country"]]
        else:
            polygons = [
                [project_line(decode_line(ring)) for ring in rings] for rings in mark["polygons"]
            ]
        return [self.frame.near(ring, mark["lon"]) for part in polygons for ring in part]

    def _tag(self, mark: Mark, at: Point) -> None:
        """Draw a tag with name and count where it covers no other mark."""
        name = mark["name"] if len(mark["name"]) <= 28 else mark["name"][:27] + "…"
        width = (len(name) + 2 + len(str(len(mark["events"])))) * 11 * _LETTER + 12
        if not (0 <= at[0] <= self.frame.width and 0 <= at[1] <= self.frame.height):
            return
        x, y = self._free_spot(at, width)
        box = (x - width / 2, y - 11, x + width / 2, y + 11)
        self.taken.append(box)
        mix = self._mix(mark["events"])
        strip, left = [], box[0]
        for style, count in mix:
            part = width * count / len(mark["events"])
            strip.append(
                f'<rect x="{left:.1f}" y="{y + 8:.1f}" width="{part:.1f}" height="3" '
                f'fill="{style["colour"]}"/>'
            )
            left += part
        if (x, y) != at:
            leader = f'<path d="M{at[0]:.1f} {at[1]:.1f}L{x:.1f} {y:.1f}" stroke="{_NEUTRAL}"/>'
            self.tags.insert(0, leader)
        self.tags.append(
            f'<rect x="{box[0]:.1f}" y="{box[1]:.1f}" width="{width:.1f}" height="22" '
            f'rx="3" fill="{_PAPER}" stroke="{_SOFT}"/>{"".join(strip)}'
            f'<text x="{x:.1f}" y="{y + 3.5:.1f}" font-size="11" text-anchor="middle" '
            f'fill="{_INK}">{_text(name)} '
            f'<tspan font-weight="bold">{len(mark["events"])}</tspan></text>'
        )

    def _free_spot(self, at: Point, width: float) -> Point:
        """Return the middle of a tag near `at` that lies in the frame and covers nothing."""
        spots = []
        for right, down in _ASIDE:
            x = min(max(at[0] + right, width / 2 + 2), self.frame.width - width / 2 - 2)
            y = min(max(at[1] + down, 13), self.frame.height - 13)
            spots.append((x, y))
            box = (x - width / 2, y - 11, x + width / 2, y + 11)
            if not any(_overlap(box, other) for other in self.taken):
                return x, y
        return spots[0]

    def _clusters(self) -> Iterator[tuple[list[Mark], Point]]:
        """Return marks that would cover each other together, at the place of the fullest."""
        spots = [
            (mark, self.frame.place(mark["lat"], mark["lon"])) for mark in self.layers["points"]
        ]
        spots.sort(key=lambda spot: (-len(spot[0]["events"]), spot[0]["id"]))
        cells: dict[tuple[int, int], list[int]] = {}
        for number, (_, (x, y)) in enumerate(spots):
            cells.setdefault((int(x // _CLUSTER), int(y // _CLUSTER)), []).append(number)
        done: set[int] = set()
        for number, (mark, at) in enumerate(spots):
            if number in done:
                continue
            done.add(number)
            group = [mark]
            column, row = int(at[0] // _CLUSTER), int(at[1] // _CLUSTER)
            for cell in ((column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
                for other in cells.get(cell, ()):
                    if other not in done and math.dist(spots[other][1], at) < 0.8 * _CLUSTER:
                        done.add(other)
                        group.append(spots[other][0])
            yield group, at

    def _mix(self, numbers: Sequence[int]) -> list[tuple[FamilyStyle, int]]:
        counts = Counter(self.layers["events"][number]["family"] for number in numbers)
        used = [(s, counts[s["name"]]) for s in self.layers["families"] if counts[s["name"]]]
        return sorted(used, key=lambda item: -item[1])

    def _colour(self, mark: Mark) -> str:
        mix = self._mix(mark["events"])
        return mix[0][0]["colour"] if len(mix) == 1 else _NEUTRAL

    def _hatch(self, colour: str, rings: Sequence[Line], number: int) -> str:
        """Return the id of a hatch: the lighter, the more of the picture the area fills."""
        share = math.sqrt(_size(rings) / (self.frame.width * self.frame.height))
        step, opacity = (9, 0.26) if share < 0.45 else (13, 0.15) if share < 1.1 else (20, 0.09)
        slant = (45, -45, 90, 0)[number % 4]
        name = f"dl-h{colour[1:]}-{step}-{number % 4}"
        self.patterns[name] = (
            f'<pattern id="{name}" width="{step}" height="{step}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate({slant})"><rect width="1.5" height="{step}" '
            f'fill="{colour}" fill-opacity="{opacity}"/></pattern>'
        )
        return name

    def _ring(self, ring: Line) -> str:
        edge = 20.0
        inside = clip_ring(
            ring, (-edge, -edge), (self.frame.width + edge, self.frame.height + edge)
        )
        points = _thinned(inside, self.detail)
        return f"{_path(points[:-1])}Z" if len(points) > 3 else ""

    def _line(self, line: Line) -> str:
        """Return the runs of the line that may be seen."""
        runs: list[list[Point]] = [[]]
        for before, after in pairwise(_thinned(line, self.detail)):
            box = (
                min(before[0], after[0]),
                min(before[1], after[1]),
                max(before[0], after[0]),
                max(before[1], after[1]),
            )
            if not _overlap(box, (-20, -20, self.frame.width + 20, self.frame.height + 20)):
                if runs[-1]:
                    runs.append([])
                continue
            runs[-1] += [after] if runs[-1] else [before, after]
        return "".join(map(_path, filter(None, runs)))


def _thinned(line: Line, detail: float) -> list[Point]:
    """Return the line without points nearer than `detail` to the last; its ends stay."""
    kept = list(line[:1])
    for point in line[1:-1]:
        if max(abs(point[0] - kept[-1][0]), abs(point[1] - kept[-1][1])) >= detail:
            kept.append(point)
    return [*kept, *line[1:][-1:]]


def _path(points: Sequence[Point]) -> str:
    """Return a path of whole tenths of a pixel, each point from the one before."""
    parts: list[str] = []
    last = (0, 0)
    for x, y in points:
        at = (round(x * 10), round(y * 10))
        step = (at[0] - last[0], at[1] - last[1])
        parts.append(f"{'l' if parts else 'M'}{step[0] / 10:g} {step[1] / 10:g}")
        last = at
    return "".join(parts)


def _size(rings: Sequence[Line]) -> float:
    """Return the area of the box round the rings, in square pixels."""
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _overlap(a: _Box, b: _Box) -> bool:
    return a[0] <= b[2] and a[2] >= b[0] and a[1] <= b[3] and a[3] >= b[1]


def _sign(style: FamilyStyle, size: float) -> str:
    paint = f'fill="{style["colour"]}" stroke="#ffffff" stroke-width="2"'
    corners = _CORNERS.get(style["shape"])
    drawn = f'<polygon points="{corners}" {paint}/>' if corners else f'<circle r="8.5" {paint}/>'
    return f'<g transform="scale({size / 24:.3f})">{drawn}</g>'


def _donut(mix: Sequence[tuple[FamilyStyle, int]], count: int) -> str:
    total = sum(share for _, share in mix)
    length = 2 * math.pi * 12
    parts, done = ['<circle r="16" fill="#ffffff" stroke="#55626c" stroke-width="0.5"/>'], 0.0
    for style, share in mix:
        arc = length * share / total
        parts.append(
            f'<circle r="12" fill="none" stroke="{style["colour"]}" stroke-width="5.5" '
            f'stroke-dasharray="{arc:.2f} {length:.2f}" stroke-dashoffset="{-done:.2f}" '
            f'transform="rotate(-90)"/>'
        )
        done += arc
    parts.append(
        f'<text y="4" font-size="11" font-weight="bold" text-anchor="middle" fill="{_INK}">'
        f"{count}</text>"
    )
    return "".join(parts)


def _legend(drawing: _Drawing, height: float) -> str:
    rows = [(_sign(style, 16), style["label"]) for style in drawing.used_families()]
    layers = drawing.layers
    line = f'<path d="M-8 0L8 0" stroke="{_SOFT}" stroke-width="3" stroke-dasharray="5 3"/>'
    area = f'<rect x="-7" y="-6" width="14" height="12" fill="none" stroke="{_SOFT}"/>'
    fuzzy = area.replace("/>", ' stroke-dasharray="3 2"/>')
    ring = f'<circle r="7" fill="none" stroke="{_SOFT}" stroke-dasharray="3 2"/>'
    if any("radius" in mark for mark in layers["points"]):
        rows.append((ring, "near here, circle of doubt"))
    rows += [(line, "along a border")] if layers["lines"] else []
    rows += [(area, "somewhere in this area")] if layers["areas"] else []
    if any(mark.get("fuzzy") or "radius" in mark for mark in layers["areas"]):
        rows.append((fuzzy, "area without a fixed edge"))
    if not rows:
        return ""
    width = max(len(label) for _, label in rows) * 12 * _LETTER + 44
    tall = len(rows) * 20 + 12
    top = height - tall - _MARGIN
    items = "".join(
        f'<g transform="translate({_MARGIN + 18} {top + 16 + 20 * number})">{drawn}'
        f'<text x="16" y="4" font-size="12" fill="{_INK}">{_text(label)}</text></g>'
        for number, (drawn, label) in enumerate(rows)
    )
    drawing.taken.append((0, top - 4, _MARGIN + width + 4, height))
    return (
        f'<rect x="{_MARGIN}" y="{top}" width="{width:.0f}" height="{tall}" rx="6" '
        f'fill="{_PAPER}" fill-opacity="0.93" stroke="#d9dee2"/>{items}'
    )


def _scale(frame: _Frame) -> str:
    """Return a scale bar for the middle of the picture."""
    lat = latitude(frame.north + frame.height / frame.scale / 2)
    lat = max(-HIGHEST_LATITUDE, min(HIGHEST_LATITUDE, lat))
    metres = EQUATOR_METRES * math.cos(math.radians(lat)) / frame.scale
    most = 140 * metres / 1000
    power = 10 ** math.floor(math.log10(most))
    km = next(step * power for step in (5, 2, 1) if step * power <= most)
    width = km * 1000 / metres
    right, base = frame.width - _MARGIN - 4, frame.height - _MARGIN - 4
    return (
        f'<path d="M{right - width:.1f} {base - 6:.1f}v6h{width:.1f}v-6" fill="none" '
        f'stroke="{_INK}" stroke-width="1.5"/>'
        f'<text x="{right - width / 2:.1f}" y="{base - 8:.1f}" font-size="11" '
        f'text-anchor="middle" fill="{_INK}">{km:g} km</text>'
    )


def _words(
    text: str, x: float, y: float, size: float, colour: str, *, room: float, bold: bool = False
) -> str:
    letters = int(room / (size * _LETTER * (1.1 if bold else 1)))
    shown = " ".join(text.split())
    if len(shown) > letters:
        shown = f"{shown[: letters - 1]}…"
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}"{weight}>{_text(shown)}</text>'
        if shown
        else ""
    )


def _text(text: str) -> str:
    """Return text for XML: escaped, without what XML 1.0 forbids or what turns the line round."""
    return escape("".join(letter if letter.isprintable() else " " for letter in text))
