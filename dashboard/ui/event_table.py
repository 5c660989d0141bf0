"""Events as a table that can be read, sorted and chosen from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from dashboard.actors import Actor
from dashboard.events import Event, EventReport
from dashboard.filters import EventFilter
from dashboard.ontology import event_type
from dashboard.popups import confidence_words, precision_words
from dashboard.ui import session, wording

ROWS_A_PAGE = 25

_NONE_PLACED = "None of the events shown has a place: see “Without a place”."
_NONE_UNPLACED = "Every event shown has a place on the map."

_COLUMNS = {
    "Date": st.column_config.TextColumn(width=95),
    "Quote": st.column_config.TextColumn(width="large"),
    "Source": st.column_config.TextColumn(help="Who acted"),
    "Target": st.column_config.TextColumn(help="On whom"),
}


def event_table(
    reports: Sequence[EventReport],
    *,
    key: str,
    on_choose: Callable[[str | None], None],
    when_empty: str,
) -> None:
    """Show `reports` as rows; `on_choose` is told the event that the user chose, or None.

    A choice is one of these very rows: when others are shown, it is forgotten, so that it
    never comes to mean another event.
    """
    if not reports:
        st.caption(when_empty)
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


def paged_table(
    wanted: EventFilter, *, is_placed: bool, on_choose: Callable[[str | None], None]
) -> None:
    """Show the events that `wanted` leaves, with a place or without, a page at a time."""
    store = session.event_store()
    columns = store.columns()
    mask = store.mask(wanted) & (columns.is_placed == is_placed)
    pages = -(-int(mask.sum()) // ROWS_A_PAGE)
    key = f"events-{'placed' if is_placed else 'unplaced'}"
    number = min(st.session_state.get(f"{key}-page") or 1, max(1, pages))
    keys = columns.page(mask, start=(number - 1) * ROWS_A_PAGE, count=ROWS_A_PAGE)
    event_table(
        store.reports_by_key(keys),
        key=key,
        on_choose=on_choose,
        when_empty=_NONE_PLACED if is_placed else _NONE_UNPLACED,
    )
    if pages > 1:
        st.pagination(pages, key=f"{key}-page")


def _row(report: EventReport) -> dict[str, str]:
    event = report.event
    return {
        "Date": wording.when(event.when) if event.when else "",
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
