"""A view as a brief to print: map, timeline, and the events in order with quotes and sources.

One HTML page without any script, which asks nothing of any network. The same events always
give the same bytes; its hash stands at its foot, as in a snapshot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from dashboard.counts import counted
from dashboard.disclosure import Disclosure
from dashboard.evidence import seal
from dashboard.layers import FamilyStyle, Layers, map_layers
from dashboard.outlines import GeometrySource
from dashboard.picture import PictureSize, map_svg
from dashboard.popups import Card, day_words
from dashboard.provenance import About
from dashboard.snapshot import (
    counted_section,
    event_table,
    footer,
    head,
    header,
    sources_section,
    static_text,
)

MAP_SIZE = PictureSize(width=1240, height=600)

_WIDTH, _TALL, _BASE = 1240, 120, 96
_MOST_DAYS, _MOST_MONTHS = 62, 60
"""Longest stretches that the timeline shows by days, and by months."""

_Period = tuple[int, ...]
"""A year, a year and month, or a year, month and day."""


def brief_html(
    disclosure: Disclosure,
    store: GeometrySource,
    about: About,
    *,
    view: tuple[float, float, float] | None = None,
) -> str:
    """Return the brief of what may be shown; `view` is latitude, longitude and zoom."""
    layers = map_layers(disclosure.reports, store)
    picture = map_svg(layers, title="", size=MAP_SIZE, view=view, detail=1.5)
    style = static_text("snapshot.css") + static_text("brief.css")
    return seal(
        "\n".join(
            (
                *head(about.title, scripts=(), styles=(style,)),
                '<body class="brief">',
                header(about, disclosure),
                f'<figure class="still">{picture}</figure>',
                timeline(layers),
                _events(layers),
                counted_section(disclosure.tallies),
                sources_section(disclosure, layers["articles"], about.provenance),
                footer(),
                "</body>",
                "</html>",
                "",
            )
        )
    )


def timeline(layers: Layers) -> str:
    """Return the events over time as a drawing: one bar a day, month or year, by family.

    An event that is dated less exactly than a bar is counted beside it, not put into one.
    """
    dated = [card for card in layers["events"] if card["since"] and card["until"]]
    if not dated:
        return ""
    first = date.fromisoformat(min(card["since"] or "" for card in dated))
    last = date.fromisoformat(max(card["until"] or "" for card in dated))
    length = _length(first, last)
    counts: Counter[tuple[_Period, str]] = Counter()
    for card in dated:
        since, until = _period(card["since"], length), _period(card["until"], length)
        if since == until:
            counts[since, card["family"]] += 1
    rest = len(layers["events"]) - sum(counts.values())
    unit = ("", "year", "month", "day")[length]
    said = f"Events by {unit}" + (f"; {counted(rest, 'event')} dated less exactly" if rest else "")
    bars = _bars(counts, _periods(first, last, length), layers["families"])
    return (
        f'<figure class="timeline"><figcaption>{said}</figcaption>'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_TALL}" role="img" '
        f'font-family="DejaVu Sans, Noto Sans, sans-serif" font-size="13">'
        f"<title>{said}</title>{bars}</svg></figure>"
    )


def _length(first: date, last: date) -> int:
    days = (last - first).days + 1
    return 3 if days <= _MOST_DAYS else 2 if days <= _MOST_MONTHS * 30.5 else 1


def _period(day: str | None, length: int) -> _Period:
    return tuple(map(int, (day or "").split("-")))[:length]


def _periods(first: date, last: date, length: int) -> list[_Period]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return list(dict.fromkeys((day.year, day.month, day.day)[:length] for day in days))


def _bars(
    counts: Counter[tuple[_Period, str]],
    periods: Sequence[_Period],
    families: Sequence[FamilyStyle],
) -> str:
    step = _WIDTH / len(periods)
    totals = [sum(counts[period, style["name"]] for style in families) for period in periods]
    highest = max(*totals, 1)
    parts = [f'<path d="M0 {_BASE}.5H{_WIDTH}" stroke="#55626c"/>']
    labelled = max(1, -(-len(periods) // 12))
    for number, (period, total) in enumerate(zip(periods, totals, strict=True)):
        left, top = number * step, float(_BASE)
        for style in families:
            tall = counts[period, style["name"]] / highest * (_BASE - 18)
            top -= tall
            if tall:
                parts.append(
                    f'<rect x="{left + step * 0.1:.1f}" y="{top:.1f}" width="{step * 0.8:.1f}" '
                    f'height="{tall:.1f}" fill="{style["colour"]}"/>'
                )
        middle = f'x="{left + step / 2:.1f}" text-anchor="middle"'
        if total and step >= 14:
            parts.append(f'<text {middle} y="{top - 4:.1f}" font-size="11">{total}</text>')
        if number % labelled == 0:
            parts.append(f'<text {middle} y="{_TALL - 6}" fill="#55626c">{_label(period)}</text>')
    return "".join(parts)


def _label(period: _Period) -> str:
    if len(period) == 1:
        return str(period[0])
    words = day_words(date(period[0], period[1], period[-1] if len(period) == 3 else 1))
    return words if len(period) == 3 else words.split(" ", 1)[1]


def _events(layers: Layers) -> str:
    if not layers["events"]:
        return ""
    numbered: list[tuple[int, Card]] = list(enumerate(layers["events"]))
    table = event_table(numbered, layers["articles"])
    return f'<section class="events"><h2>Events in order</h2>{table}</section>'
