"""Views of the map that a user gave a name."""

from __future__ import annotations

import streamlit as st

from dashboard.filters import EventFilter
from dashboard.map_view import MapView
from dashboard.permalink import Permalink
from dashboard.ui import session
from dashboard.ui.filter_panel import show_in_widgets


def views_panel(wanted: EventFilter) -> None:
    """Offer the saved views, and to save this one or to watch it."""
    store = session.event_store()
    views = store.views.all()
    if not views:
        st.caption("Nothing saved yet. Give what you see a name to find it again.")
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
            store.views.save(name.strip(), _present(wanted).to_query())
            st.rerun()
        if is_watched and name.strip():
            store.watches.add(name.strip(), wanted)
            session.remember_message(f"“{name.strip()}” is on the watch list from now on.")
            st.rerun()


def _present(wanted: EventFilter) -> Permalink:
    """Return the filters, and what the map and the page below it show."""
    state = st.session_state
    view, _ = MapView.from_query(state.get("map_seen") or {})
    return Permalink(event_filter=wanted, view=view, panel=state.get("below"))


def _open(query: dict[str, str]) -> None:
    link, _ = Permalink.from_query(query)
    show_in_widgets(link.event_filter)
    state = st.session_state
    if link.panel:
        state["below"] = link.panel
        # One that was saved by its filters alone leaves the map as it is.
        number = int((state.get("sent") or {}).get("number", "0")) + 1
        state["sent"] = link.view.to_query() | {"number": str(number)}


def _remove(name: str) -> None:
    session.event_store().views.remove(name)
