"""Views of the map that a user gave a name."""

from __future__ import annotations

import streamlit as st

from dashboard.filters import EventFilter
from dashboard.permalink import Permalink
from dashboard.ui import session
from dashboard.ui.filter_panel import show_in_widgets


def views_panel(wanted: EventFilter) -> None:
    """Offer the saved views, and to save this one or to watch it."""
    store = session.event_store()
    views = store.views.all()
    if not views:
        st.caption("Nothing saved yet. Give the present filters a name to find them again.")
    for name, query in views.items():
        row = st.container(horizontal=True, vertical_alignment="center")
        row.button(name, key=f"view-{name}", width="stretch", on_click=_open, args=(query,))
        row.button("Remove", key=f"forget-{name}", type="tertiary", on_click=_remove, args=(name,))
    with st.form("save_view", clear_on_submit=True, border=False):
        name = st.text_input("Save the present view as", max_chars=60)
        row = st.container(horizontal=True)
        is_saved = row.form_submit_button("Save")
        is_watched = row.form_submit_button(
            "Watch", help="Its new events are counted on the Sources page, “Watch list”."
        )
        if is_saved and name.strip():
            store.views.save(name.strip(), Permalink(event_filter=wanted).to_query())
            st.rerun()
        if is_watched and name.strip():
            store.watches.add(name.strip(), wanted)
            session.remember_message(f"“{name.strip()}” is on the watch list from now on.")
            st.rerun()


def _open(query: dict[str, str]) -> None:
    show_in_widgets(EventFilter.from_query(query)[0])


def _remove(name: str) -> None:
    session.event_store().views.remove(name)
