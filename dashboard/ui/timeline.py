"""The timeline below the map: events by time and family; a stretch of it is a filter."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import altair as alt
import streamlit as st

from dashboard.layers import family_styles
from dashboard.popups import day_words
from dashboard.timeline import STEPS, Timeline

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY = "timeline"


def timeline_panel(timeline: Timeline) -> None:
    """Show the bars; drawing over some of them asks for the events of those days."""
    if not timeline.bars:
        st.caption("No dated event is shown. Loosen the filters to see when things happened.")
        return
    shown = {bar.family for bar in timeline.bars}
    styles = [style for style in family_styles() if style["label"] in shown]
    brush = alt.selection_interval(name="days", encodings=["x"])
    chart = (
        alt.Chart(alt.InlineData(values=_stacked(timeline)))
        .mark_bar()
        .encode(
            x=alt.X("from:T", scale=alt.Scale(type="utc"), title=None),
            x2="to:T",
            y=alt.Y("low:Q", title=f"events a {timeline.step}", axis=alt.Axis(tickCount=3)),
            y2="high:Q",
            color=alt.Color(
                "Family:N",
                scale=alt.Scale(
                    domain=[style["label"] for style in styles],
                    range=[style["colour"] for style in styles],
                ),
                legend=alt.Legend(orient="right", title=None),
            ),
            opacity=alt.condition(brush, alt.value(1.0), alt.value(0.35)),
            tooltip=["Family:N", "Events:Q", "Days:N"],
        )
        .properties(height=130)
        .add_params(brush)
    )
    st.altair_chart(
        chart,
        key=_KEY,
        on_select=_use_brush,
        alt="Events by time and kind. The fields From and To of the sidebar ask for the same.",
    )


def _stacked(timeline: Timeline) -> list[dict[str, object]]:
    """Return the bars, those of the same days upon each other, a gap left between days."""
    rows: list[dict[str, object]] = []
    heights: dict[date, int] = {}
    for bar in timeline.bars:
        low = heights.get(bar.first, 0)
        heights[bar.first] = low + bar.count
        end = bar.first + timedelta(STEPS[timeline.step])
        rows.append(
            {
                "from": bar.first.isoformat(),
                "to": end.isoformat(),
                "low": low,
                "high": low + bar.count,
                "Family": bar.family,
                "Events": bar.count,
                "Days": f"{day_words(bar.first)} and a {timeline.step} on",
            }
        )
    return rows


def _use_brush() -> None:
    """Ask for the days that the brush covers; without a brush for all."""
    chosen: Mapping[str, list[float]] = st.session_state[_KEY]["selection"].get("days") or {}
    span = next(iter(chosen.values()), None)
    state = st.session_state
    if not span:
        state["filter_since"] = state["filter_until"] = None
        return
    state["filter_since"], state["filter_until"] = _day(min(span)), _day(max(span))


def _day(milliseconds: float) -> date:
    return datetime.fromtimestamp(float(milliseconds) / 1000, UTC).date()
