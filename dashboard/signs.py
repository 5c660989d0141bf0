"""The pieces of SVG that a picture is put together from: signs, words, colours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from dashboard.layers import FamilyStyle

INK, SOFT, PAPER = "#1d2730", "#55626c", "#ffffff"
FONT = "DejaVu Sans, Noto Sans, sans-serif"
LETTER = 0.62
"""Width of a letter of the font in parts of its size, on average."""

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


def sign(style: FamilyStyle, size: float) -> str:
    """Return the sign of an event's family, round the origin, `size` pixels across."""
    paint = f'fill="{style["colour"]}" stroke="#ffffff" stroke-width="2"'
    corners = _CORNERS.get(style["shape"])
    drawn = f'<polygon points="{corners}" {paint}/>' if corners else f'<circle r="8.5" {paint}/>'
    return f'<g transform="scale({size / 24:.3f})">{drawn}</g>'


def donut(mix: Sequence[tuple[FamilyStyle, int]], count: int) -> str:
    """Return a ring in the shares of the families round a number of events."""
    total = sum(share for _, share in mix)
    length = 2 * math.pi * 12
    ground = f'<circle r="16" fill="{PAPER}" stroke="{SOFT}" stroke-width="0.5"/>'
    parts, done = [f'{ground}<g fill="none" stroke-width="5.5" transform="rotate(-90)">'], 0.0
    for style, share in mix:
        arc = length * share / total
        parts.append(
            f'<circle r="12" stroke="{style["colour"]}" '
            f'stroke-dasharray="{arc:.1f} {length:.1f}" stroke-dashoffset="{-done:.1f}"/>'
        )
        done += arc
    parts.append(
        f'</g><text y="4" font-size="11" font-weight="bold" text-anchor="middle" fill="{INK}">'
        f"{count}</text>"
    )
    return "".join(parts)


def words(
    text: str, x: float, y: float, size: float, colour: str, *, room: float, bold: bool = False
) -> str:
    """Return a line of text at a point, cut to the pixels of `room`; "" without words."""
    letters = int(room / (size * LETTER * (1.1 if bold else 1)))
    shown = " ".join(text.split())
    if not shown:
        return ""
    if len(shown) > letters:
        shown = f"{shown[: letters - 1]}…"
    weight = ' font-weight="bold"' if bold else ""
    paint = f'font-size="{size}" fill="{colour}"{weight}'
    return f'<text x="{x}" y="{y}" {paint}>{plain_text(shown)}</text>'


def plain_text(text: str) -> str:
    """Return text for XML: escaped, without what XML 1.0 forbids or what turns the line round."""
    return escape("".join(letter if letter.isprintable() else " " for letter in text))
