"""Events as a table that can be read, sorted and chosen from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

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


def event_table(
    reports: Sequence[EventReport], *, key: str, on_choose: Callable[[str | None], None]
) -> None:
    """Show `reports` as rows; `on_choose` is told the event that the user chose, or None.

    A choice is one of these very rows: when others are shown, it is forgotten, so that it
    never comes to mean another event.
    """
    if not reports:
        st.caption("None.")
        return
    events = tuple(report.event.event_id for report in reports)
    table = f"{key}-{hash(events)}"

    def choose() -> None:
        rows = st.session_state[table]["selection"]["rows"]
        on_choose(events[rows[0]] if rows else None)

    st.dataframe(
        [_row(report) for report in reports],
        hide_index=True,
        on_select=choose,
        selection_mode="single-row",
        column_config=_COLUMNS,
        key=table,
    )


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
