"""Draws the marks and the basemap of one picture as SVG."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dashboard.frame import EQUATOR_METRES, Frame
from dashboard.layers import FamilyStyle, Layers, Mark
from dashboard.outlines import clip_ring
from dashboard.polyline import decode_line, thin
from dashboard.signs import INK, LETTER, PAPER, SOFT, donut, plain_text, sign
from dashboard.world import Line, Point, project_line, world

_LAND, _COAST, _BORDER, _NEUTRAL = "#f6f3ec", "#9fb4c0", "#b3ab9c", "#4a5560"
_CLUSTER = 44
_FEW_AREAS = 60
"""More than these are filled, not hatched, and their tags bear no name, those near each other one
for all: hatch upon hatch would tell nothing, and takes long."""
_COARSE = 2
"""From this detail on, coasts are but the land's edge."""
_LEAST_RING = 17
"""A circle of doubt too small to be seen is drawn as a ring round the sign."""

_Box = tuple[float, float, float, float]


_ASIDE = tuple(
    (right, down) for down in (0, -26, 26, -52, 52, -78, 78) for right in (0, 60, -60, 120, -120)
)
"""Steps aside that a tag tries when its own place is taken."""


@dataclass(kw_only=True)
class Drawing:
    """Draws one picture; remembers what is taken, so that names do not cover marks."""

    layers: Layers
    frame: Frame
    detail: float
    taken: list[_Box] = field(default_factory=list)
    patterns: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)

    def basemap(self) -> Iterator[str]:
        """Yield land, coasts and boundaries, disputed ones dashed."""
        coasts = world().coasts if self.detail < _COARSE else ()
        rings = (
            ring for polygons in world().countries.values() for part in polygons for ring in part
        )
        path = "".join(self._ring(copy) for ring in rings for copy in self.frame.copies(ring))
        yield f'<path d="{path}" fill="{_LAND}" fill-rule="evenodd"/>'
        for lines, colour, dash in (
            (coasts, _COAST, ""),
            (world().borders, _BORDER, ""),
            (world().disputed, _BORDER, ' stroke-dasharray="4 3"'),
        ):
            path = "".join(self._line(copy) for line in lines for copy in self.frame.copies(line))
            if path:
                yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="0.9"{dash}/>'

    def areas(self) -> Iterator[str]:
        """Yield the areas, the largest first, so that none hides another."""
        shapes = sorted(
            ((self._area_rings(mark), mark) for mark in self.layers["areas"]),
            key=lambda item: (-_size(item[0]), item[1]["id"]),
        )
        is_crowded = len(shapes) > _FEW_AREAS
        for number, (rings, mark) in enumerate(shapes):
            colour = self._colour(mark)
            path = "".join(self._ring(ring) for ring in rings)
            if not path:
                continue
            fill = self._wash(colour, rings) if is_crowded else self._hatch(colour, rings, number)
            is_fuzzy = mark.get("fuzzy") or "radius" in mark
            dash = ' stroke-dasharray="6 5"' if is_fuzzy else ""
            yield (
                f'<path d="{path}" {fill} '
                f'stroke="{colour}" stroke-width="{1 if is_crowded else 1.6}" '
                f'stroke-opacity="0.85" '
                f'fill-rule="evenodd"{dash}/>'
            )
        if is_crowded:
            for marks, at in self._clusters(self.layers["areas"]):
                self._tag(marks, at)
            return
        for _, mark in reversed(shapes):
            self._tag([mark], self.frame.place(mark["lat"], mark["lon"]), name=mark["name"])

    def lines(self) -> Iterator[str]:
        """Yield the borders and other lines."""
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
            self._tag([mark], longest[len(longest) // 2], name=mark["name"])

    def points(self) -> Iterator[str]:
        """Yield the circles of doubt; the signs themselves are drawn last, with the tags."""
        for marks, (x, y) in self._clusters(self.layers["points"]):
            if not (-30 < x < self.frame.width + 30 and -30 < y < self.frame.height + 30):
                continue
            numbers = _events_of(marks)
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
            drawn = sign(mix[0][0], 22) if len(numbers) == 1 else donut(mix, len(numbers))
            self.tags.append(f'<g transform="translate({x:.1f} {y:.1f})">{drawn}</g>')

    def labels(self) -> Iterator[str]:
        """Yield names of countries and cities where they cover nothing."""
        zoom = self.frame.zoom
        for text, lat, lon, least in world().country_labels:
            if least <= zoom + 0.5:
                yield from self._label(text.upper(), lat, lon, 11, is_city=False)
        for text, lat, lon, least, _ in world().city_labels:
            if least <= zoom + 0.01:
                yield from self._label(text, lat, lon, 11.5, is_city=True)

    def _label(
        self, text: str, lat: float, lon: float, size: float, *, is_city: bool
    ) -> Iterator[str]:
        x, y = self.frame.place(lat, lon)
        half = len(text) * size * LETTER / 2 + 3
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
        yield (
            f'<text x="{middle:.1f}" y="{y + 4:.1f}" font-size="{size}" text-anchor="middle" '
            f'fill="{colour}" stroke="{_LAND}" stroke-width="3" stroke-linejoin="round" '
            f'paint-order="stroke">{plain_text(text)}</text>'
        )

    def _area_rings(self, mark: Mark) -> list[Line]:
        if "radius" in mark:
            x, y = self.frame.place(mark["lat"], mark["lon"])
            metre = self.frame.scale / EQUATOR_METRES / math.cos(math.radians(mark["lat"]))
            radius = mark["radius"] * 1000 * metre
            turns = [2 * math.pi * step / 72 for step in range(73)]
            return [tuple((x + radius * math.cos(t), y + radius * math.sin(t)) for t in turns)]
        if "country" in mark:
            polygons: Iterable[Iterable[Line]] = world().countries[mark["country"]]
        else:
            polygons = [
                [project_line(decode_line(ring)) for ring in rings] for rings in mark["polygons"]
            ]
        return [self.frame.near(ring, mark["lon"]) for part in polygons for ring in part]

    def _tag(self, marks: Sequence[Mark], at: Point, *, name: str = "") -> None:
        """Draw a tag with the count, and a name or an area's sign, where it covers no mark."""
        if not (0 <= at[0] <= self.frame.width and 0 <= at[1] <= self.frame.height):
            return
        numbers = _events_of(marks)
        shown = name if len(name) <= 28 else f"{name[:27]}…"
        width = (len(shown or "00") + 2 + len(str(len(numbers)))) * 11 * LETTER + 12
        x, y = self._free_spot(at, width)
        left = x - width / 2
        self.taken.append((left, y - 11, x + width / 2, y + 11))
        if (x, y) != at:
            leader = f'<path d="M{at[0]:.1f} {at[1]:.1f}L{x:.1f} {y:.1f}" stroke="{_NEUTRAL}"/>'
            self.tags.insert(0, leader)
        sign = f'<path d="M{left + 8:.1f} {y - 6:.1f}h11v9h-11Z" fill="none" stroke="{SOFT}"/>'
        self.tags.append(
            f'<rect x="{left:.1f}" y="{y - 11:.1f}" width="{width:.1f}" height="22" '
            f'rx="3" fill="{PAPER}" stroke="{SOFT}"/>{self._strip(numbers, left, y, width)}'
            f"{'' if name else sign}"
            f'<text x="{x if name else x + 9:.1f}" y="{y + 3.5:.1f}" font-size="11" '
            f'text-anchor="middle" fill="{INK}">{f"{plain_text(shown)} " if name else ""}'
            f'<tspan font-weight="bold">{len(numbers)}</tspan></text>'
        )

    def _strip(self, numbers: Sequence[int], left: float, y: float, width: float) -> str:
        """Return a tag's lower edge in the shares of the families."""
        parts = []
        for style, count in self._mix(numbers):
            part = width * count / len(numbers)
            parts.append(
                f'<rect x="{left:.1f}" y="{y + 8:.1f}" width="{part:.1f}" height="3" '
                f'fill="{style["colour"]}"/>'
            )
            left += part
        return "".join(parts)

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

    def _clusters(self, marks: Sequence[Mark]) -> Iterator[tuple[list[Mark], Point]]:
        """Return marks that would cover each other together, at the place of the fullest."""
        spots = [(mark, self.frame.place(mark["lat"], mark["lon"])) for mark in marks]
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

    def _wash(self, colour: str, rings: Sequence[Line]) -> str:
        opacity = 0.2 if self._share(rings) < 0.1 else 0.09
        return f'fill="{colour}" fill-opacity="{opacity}"'

    def _share(self, rings: Sequence[Line]) -> float:
        """Return how much of the picture's width and height the rings take up."""
        return math.sqrt(_size(rings) / (self.frame.width * self.frame.height))

    def _hatch(self, colour: str, rings: Sequence[Line], number: int) -> str:
        """Return a hatched fill: the lighter, the more of the picture the area fills."""
        share = self._share(rings)
        step, opacity = (9, 0.26) if share < 0.45 else (13, 0.15) if share < 1.1 else (20, 0.09)
        slant = (45, -45, 90, 0)[number % 4]
        name = f"dl-h{colour[1:]}-{step}-{number % 4}"
        self.patterns[name] = (
            f'<pattern id="{name}" width="{step}" height="{step}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate({slant})"><rect width="1.5" height="{step}" '
            f'fill="{colour}" fill-opacity="{opacity}"/></pattern>'
        )
        return f'fill="url(#{name})"'

    def _ring(self, ring: Line) -> str:
        edge = 20.0
        low, high = (-edge, -edge), (self.frame.width + edge, self.frame.height + edge)
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        is_inside = (
            low[0] <= min(xs) and max(xs) <= high[0] and low[1] <= min(ys) and max(ys) <= high[1]
        )
        inside = ring if is_inside else clip_ring(ring, low, high)
        points = _thinned(inside, self.detail)
        path = _path(points[:-1]) if len(points) > 3 else ""
        return f"{path}Z" if path else ""

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


def _thinned(line: Line, detail: float) -> Line:
    """Return the line with fewer points, nowhere more than about `detail` from what it was.

    A quick pass first, which leaves out points near the last; its ends stay.
    """
    kept = list(line[:1])
    for point in line[1:-1]:
        if max(abs(point[0] - kept[-1][0]), abs(point[1] - kept[-1][1])) >= detail:
            kept.append(point)
    return thin((*kept, *line[1:][-1:]), detail / 2)


def _path(points: Sequence[Point]) -> str:
    """Return a path of whole tenths of a pixel, each point from the one before.

    "" when all fall on one.
    """
    parts: list[str] = []
    last = (0, 0)
    for x, y in points:
        at = (round(x * 10), round(y * 10))
        step = (at[0] - last[0], at[1] - last[1])
        if step != (0, 0) or not parts:
            parts.append(f"{'l' if parts else 'M'}{step[0] / 10:g} {step[1] / 10:g}")
        last = at
    return "".join(parts) if len(parts) > 1 else ""


def _events_of(marks: Sequence[Mark]) -> list[int]:
    return sorted({number for mark in marks for number in mark["events"]})


def _size(rings: Sequence[Line]) -> float:
    """Return the area of the box round the rings, in square pixels."""
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _overlap(a: _Box, b: _Box) -> bool:
    return a[0] <= b[2] and a[2] >= b[0] and a[1] <= b[3] and a[3] >= b[1]
