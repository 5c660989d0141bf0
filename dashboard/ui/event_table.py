"""Events as a table that can be read, sorted and chosen from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from dashboard.actors import Actor
from dashboard.events import Event, EventReport
from dashboard.ontology import event_type
from dashboard.popups import confidence_words, precision_words, when_words

_COLUMNS = {
    "Quote": st.column_config.TextColumn(width="large"),
    "Source": st.column_config.TextColumn(help="Who acted"),
    "Target": st.column_config.TextColumn(help="On whom"),
}


def event_table(reports: Sequence[EventReport], *, key: str) -> str | None:
    """Show `reports` as rows and return the id of the event that the user chose, if any."""
    if not reports:
        st.caption("None.")
        return None
    chosen: Any = st.dataframe(
        [_row(report) for report in reports],
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=_COLUMNS,
        key=key,
    )
    rows = chosen["selection"]["rows"]
    return reports[rows[0]].event.event_id if rows and rows[0] < len(reports) else None


def _row(report: EventReport) -> dict[str, str]:
    event = report.event
    return {
        "Date": when_words(event.when) if event.when else "",
        "Type": event_type(event.event_type).label,
        "Source": _names(event.source_actors),
        "Target": _names(event.target_actors),
        "Place": _place(event),
        "Standing": event.modality.value,
        "Quote": " ".join(event.quote.split()),
        "Article": report.article.title,
        "Confidence": confidence_words(event.confidence),
    }


def _place(event: Event) -> str:
    if not event.locations:
        return event.unplaced_reason or "none"
    return "; ".join(f"{where.place.name} ({precision_words(where)})" for where in event.locations)


def _names(actors: Iterable[Actor]) -> str:
    return ", ".join(actor.name for actor in actors)
