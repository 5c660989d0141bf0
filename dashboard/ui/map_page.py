"""The page of the map: filters beside it, events below it, sharing above it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit_folium import st_folium

from dashboard.event_map import Theme, event_layer, event_map, selected_event
from dashboard.events import EventReport
from dashboard.layers import map_layers
from dashboard.summary import coverage
from dashboard.ui import session
from dashboard.ui.add_article import add_article_dialog
from dashboard.ui.event_table import event_table
from dashboard.ui.filter_panel import filter_panel, restore_from_address, write_address
from dashboard.ui.review_page import correct_button
from dashboard.ui.share import share_panel

_STYLE = """
<style>
  iframe[title^="streamlit_folium"] { height: calc(100dvh - 12.5rem); min-height: 24rem; }
</style>
"""


def map_page() -> None:
    """Show the events that the filters leave, on the map and as a list."""
    st.html(_STYLE)
    session.show_messages()
    store = session.event_store()
    everything = store.reports()
    restore_from_address(everything)
    wanted = filter_panel(everything)
    shown = store.reports(wanted)
    bar = st.container(horizontal=True, vertical_alignment="center")
    bar.caption(coverage(shown, len(everything)), width="stretch")
    if bar.button("Add an article", type="primary"):
        add_article_dialog()
    selected = st.session_state.get("selected")
    if selected:
        with bar:
            correct_button(selected, key="correct")
    panel = bar.popover("Share", key="share", on_change="rerun")
    if panel.open:
        # Opening reruns the page, so that the link carries the view that the map wrote last.
        with panel:
            share_panel(wanted)
    if not everything:
        st.info("No events yet. Add an article: paste its text or choose a file.")
    elif not shown:
        st.info("No event matches these filters. Loosen one in the sidebar, or clear them all.")
    _show_map(shown)
    _show_lists(shown)
    write_address(wanted, st.session_state.get("selected"))


def _show_map(shown: Sequence[EventReport]) -> None:
    state = st.session_state
    layers = map_layers(shown, session.place_store())
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    value = st_folium(
        event_map(),
        key="map",
        feature_group_to_add=event_layer(layers, selected=state.get("selected"), theme=theme),
        returned_objects=[],
        use_container_width=True,
    )
    opened = selected_event(value)
    if opened != state.get("opened"):
        # The map gives the event opened last again and again: only a new one is a choice.
        state["opened"] = state["selected"] = opened


def _show_lists(shown: Sequence[EventReport]) -> None:
    placed = [report for report in shown if report.event.locations]
    unplaced = [report for report in shown if not report.event.locations]
    labels = [f"On the map ({len(placed)})", f"Without a place ({len(unplaced)})"]
    is_unplaced = st.session_state.get("panel") == "unplaced"
    on_map, without_place = st.tabs(labels, default=labels[is_unplaced], on_change="rerun")
    st.session_state["panel"] = "unplaced" if without_place.open else None
    with on_map:
        event_table(placed, key="events-placed", on_choose=_select)
    with without_place:
        event_table(unplaced, key="events-unplaced", on_choose=_select)


def _select(event_id: str | None) -> None:
    st.session_state["selected"] = event_id
