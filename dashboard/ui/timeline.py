"""The timeline below the map: events by time and family; a stretch of it is a filter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.layers import family_styles
from dashboard.popups import OTHER_FAMILY
from dashboard.timeline import STEPS, Bar, Timeline
from dashboard.ui import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BRUSHED, _NUMBER = "timeline_brushed", "timeline_number"
"""In the session: the days that the brush asked for, and how many charts were shown before."""

_HEIGHT = 150
_FEWEST_BARS = 12
"""So many bars have room at the least: one day alone is no wall across the page."""
_TIME_AXIS = {
    "labelOverlap": True,
    # Of a few days there are ticks within a day too; its name stands at its beginning.
    "labelExpr": "utchours(datum.value) > 0 ? '' : [timeFormat(datum.value, "
    "utcmonth(datum.value) == 0 && utcdate(datum.value) == 1 ? '%Y'"
    " : utcdate(datum.value) == 1 ? '%b %Y' : '%-d %b %Y')]",
}


def timeline_panel(timeline: Timeline) -> None:
    """Show the bars; drawing over some of them asks for the events of those days."""
    if not timeline.bars:
        st.caption("None of the events shown has a date: “Events” lists them.")
        return
    state = st.session_state
    if state.get(_BRUSHED) not in {None, _asked()}:
        # The days were changed or taken away elsewhere: no brush may lie over others.
        del state[_BRUSHED]
        state[_NUMBER] = state.get(_NUMBER, 0) + 1
    st.vega_lite_chart(
        _rows(timeline),
        _chart(timeline),
        key=_key(),
        on_select=_use_brush,
        height=_HEIGHT,
        alt="Events by time and kind. The fields From and To of the sidebar ask for the same.",
    )


def _key() -> str:
    return f"timeline-{st.session_state.get(_NUMBER, 0)}"


def _asked() -> tuple[date | None, date | None]:
    state = st.session_state
    return state.get("filter_since"), state.get("filter_until")


def _chart(timeline: Timeline) -> dict[str, Any]:
    # Plain Vega-Lite: building it through Altair took longer than all else that a filter asks.
    # It is the same for all data of one step, so that the browser only exchanges the bars.
    used = {bar.family for bar in timeline.bars}
    styles = [s for s in family_styles() if s["name"] != OTHER_FAMILY or s["label"] in used]
    time = {"type": "temporal", "scale": {"type": "utc"}}
    return {
        # The chart has a text of its own; of a drawing, the brush's parts would have no name.
        "usermeta": {"embedOptions": {"renderer": "canvas"}},
        "config": {"locale": wording.chart_locale()},
        "mark": "bar",
        # A row for each stretch of days is a seventh of the rows that one for each bar would be.
        "transform": [
            {"fold": [style["label"] for style in styles], "as": ["Family", "Events"]},
            {"stack": "Events", "groupby": ["from"], "as": ["low", "high"]},
        ],
        "params": [{"name": "days", "select": {"type": "interval", "encodings": ["x"]}}],
        "encoding": {
            "x": time | {"field": "from", "title": None, "axis": _TIME_AXIS},
            "x2": {"field": "to"},
            "y": {
                "field": "low",
                "type": "quantitative",
                "title": f"events a {timeline.step}",
                "axis": {"tickCount": 3, "tickMinStep": 1},
            },
            "y2": {"field": "high"},
            "color": {
                "field": "Family",
                "type": "nominal",
                "scale": {
                    "domain": [style["label"] for style in styles],
                    "range": [style["colour"] for style in styles],
                },
                "legend": {"orient": "right", "title": None, "rowPadding": 0},
            },
            "opacity": {
                "condition": {"test": {"and": [{"param": "days"}, "datum.asked"]}, "value": 1},
                "value": 0.35,
            },
            "tooltip": [
                {"field": "Family", "type": "nominal"},
                {"field": "Events", "type": "quantitative"},
                {"field": "Days", "type": "nominal"},
            ],
        },
    }


def _rows(timeline: Timeline) -> dict[str, list[object]]:
    """Return a row for each stretch of days, with a column for the events of each family."""
    counts: dict[date, dict[str, int]] = {}
    for bar in _bars_with_room(timeline):
        counts.setdefault(bar.first, {})[bar.family] = bar.count
    rows: dict[str, list[object]] = {"from": [], "to": [], "Days": [], "asked": []}
    rows |= {style["label"]: [] for style in family_styles()}
    for first, of_families in sorted(counts.items()):
        end = first + timedelta(STEPS[timeline.step])
        rows["from"].append(first.isoformat())
        rows["to"].append(end.isoformat())
        rows["Days"].append(f"{wording.day(first)} and a {timeline.step} on")
        rows["asked"].append(_is_asked(first, end))
        for style in family_styles():
            rows[style["label"]].append(of_families.get(style["label"], 0))
    return rows


def _is_asked(first: date, end: date) -> bool:
    since, until = _asked()
    return (since is None or since < end) and (until is None or first <= until)


def _bars_with_room(timeline: Timeline) -> Iterator[Bar]:
    """Yield the bars, between two empty ones where the days from first to last are few."""
    bars = timeline.bars
    step = STEPS[timeline.step]
    missing = _FEWEST_BARS - (bars[-1].first - bars[0].first).days // step - 1
    if missing > 0:
        room = timedelta(step * ceil(missing / 2))
        yield replace(bars[0], first=bars[0].first - room, count=0)
        yield replace(bars[-1], first=bars[-1].first + room, count=0)
    yield from bars


def _use_brush() -> None:
    """Ask for the days that the brush covers; without a brush for all."""
    chosen: Mapping[str, list[float]] = st.session_state[_key()]["selection"].get("days") or {}
    span = next(iter(chosen.values()), None)
    state = st.session_state
    if not span:
        state["filter_since"] = state["filter_until"] = None
        return
    state["filter_since"], state["filter_until"] = _day(min(span)), _day(max(span))
    state[_BRUSHED] = _asked()


def _day(milliseconds: float) -> date:
    return datetime.fromtimestamp(float(milliseconds) / 1000, UTC).date()
