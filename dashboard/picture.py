"""The map as a picture, drawn without a browser: SVG by us, PNG from it through resvg.

The same layers and basemap as on the screen, with title, legend, scale bar and attribution.
The same events always give the same SVG bytes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import MappingProxyType

from dashboard.credits import BOUNDARIES_NOTE, place_credits
from dashboard.drawing import Drawing
from dashboard.errors import PictureError
from dashboard.frame import EQUATOR_METRES, Frame
from dashboard.layers import Layers
from dashboard.signs import FONT, INK, LETTER, PAPER, SOFT, plain_text, sign, words
from dashboard.world import HIGHEST_LATITUDE, latitude

FONTS = Path(__file__).parent / "static" / "fonts"


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

_OCEAN = "#cfe0ea"
_FOREIGN = re.compile("[^\\x00-\u06ff\u1e00-\u27bf\ufb50-\ufdff\ufe70-\ufefc]")
"""Letters that the font that Dateline carries lacks; the system's fonts are asked for them."""

_TOP, _LINE, _BOTTOM, _MARGIN, _LEGEND_LINE = 64, 18, 24, 12, 20


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
    legend = _legend(layers, size.width - _MARGIN)
    bottom = _BOTTOM + _LEGEND_LINE * len(legend)
    height = size.height - top - bottom
    frame = Frame.of(layers, size.width, height, view)
    drawing = Drawing(layers=layers, frame=frame, detail=detail)
    drawing.taken.append((frame.width - 170, frame.height - 44, frame.width, frame.height))
    points = "".join(drawing.points())  # first, so that no tag covers a point
    body = "".join((*drawing.basemap(), *drawing.areas(), *drawing.lines(), points))
    labels = "".join(drawing.labels())
    tags = "".join(drawing.tags)
    width, room = size.width, size.width - 2 * _MARGIN
    marks = (*layers["points"], *layers["lines"], *layers["areas"])
    sources = ", ".join(place_credits(mark["id"] for mark in marks)) or "none"
    credit = f"{BOUNDARIES_NOTE} Places: {sources}. Made with Dateline."
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {size.height}"',
            f' width="{width}" height="{size.height}" font-family="{FONT}" role="img">',
            f"<title>{plain_text(title or 'Map of the events')}</title>",
            f"<defs>{''.join(drawing.patterns.values())}</defs>",
            f'<g transform="translate(0 {top})">',
            f'<rect width="{width}" height="{height}" fill="{_OCEAN}"/>',
            body,
            labels,
            tags,
            _scale(frame),
            "</g>",
            # Paper over what reaches beyond the map: a clip path would take as long as all else.
            f'<rect width="{width}" height="{top}" fill="{PAPER}"/>',
            f'<rect y="{top + height}" width="{width}" height="{bottom}" fill="{PAPER}"/>',
            *(
                f'<g transform="translate(0 {top + height + 13 + below})">{line}</g>'
                for below, line in zip(count(step=_LEGEND_LINE), legend, strict=False)
            ),
            words(title, _MARGIN, 28, 20, INK, room=room, bold=True),
            words(caption, _MARGIN, 50, 13, SOFT, room=room),
            words(withheld, _MARGIN, 50 + _LINE, 13, SOFT, room=room),
            words(credit, _MARGIN, size.height - 8, 11, SOFT, room=room),
            "</svg>\n",
        )
    )


def static_map(layers: Layers) -> str:
    """Return a small map for where no script runs, in as few bytes as it can be."""
    return map_svg(layers, title="", size=PictureSize(width=800, height=520), detail=2)


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


def _legend(layers: Layers, width: float) -> list[str]:
    """Return the legend's lines, each from the left edge on, as many as the width asks for."""
    lines, left = [""], float(_MARGIN)
    for drawn, label in _legend_entries(layers):
        room = 30 + len(label) * 12 * LETTER
        if lines[-1] and left + room > width:
            lines.append("")
            left = _MARGIN
        lines[-1] += (
            f'<g transform="translate({left + 9:.0f} 0)">{drawn}'
            f'<text x="14" y="4" font-size="12" fill="{INK}">{plain_text(label)}</text></g>'
        )
        left += room
    return [line for line in lines if line]


def _legend_entries(layers: Layers) -> Iterator[tuple[str, str]]:
    """Yield sign and meaning of what is drawn."""
    used = {card["family"] for card in layers["events"]}
    for style in layers["families"]:
        if style["name"] in used:
            yield sign(style, 16), style["label"]
    area = f'<rect x="-7" y="-6" width="14" height="12" fill="none" stroke="{SOFT}"/>'
    if any("radius" in mark for mark in layers["points"]):
        ring = f'<circle r="7" fill="none" stroke="{SOFT}" stroke-dasharray="3 2"/>'
        yield ring, "near here, circle of doubt"
    if layers["lines"]:
        dashes = f'stroke="{SOFT}" stroke-width="3" stroke-dasharray="5 3"'
        yield f'<path d="M-8 0L8 0" {dashes}/>', "along a border"
    if layers["areas"]:
        yield area, "somewhere in this area"
    if any(mark.get("fuzzy") or "radius" in mark for mark in layers["areas"]):
        yield area.replace("/>", ' stroke-dasharray="3 2"/>'), "area without a fixed edge"


def _scale(frame: Frame) -> str:
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
        f'stroke="{INK}" stroke-width="1.5"/>'
        f'<text x="{right - width / 2:.1f}" y="{base - 8:.1f}" font-size="11" '
        f'text-anchor="middle" fill="{INK}">{km:g} km</text>'
    )
