"""The map page's address: filters, selected event and panels, both ways.

The page writes what it shows; the browser's back and forward buttons bring an earlier address
back, and the page shows that again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.filters import EventFilter
from dashboard.map_view import VIEW_KEYS, MapView
from dashboard.permalink import PANELS, Permalink, unknown_actors
from dashboard.ui import session
from dashboard.ui.filter_panel import chosen_filter, show_in_widgets
from dashboard.whereabouts import place_named

_WRITTEN = "address_written"
"""What the page last wrote, without the map's view; None once another page was shown."""

_SHOWN = "address_shown"
"""What the page showed then."""


def restore_from_address() -> None:
    """Show what the address asks for, where a link or the browser's history brought it there.

    A choice that was made since the page last ran counts for more: what it wrote may not have
    reached the browser yet.
    """
    state = st.session_state
    given = _given()
    if _WRITTEN not in state or (
        given != (state[_WRITTEN] or {}) and _shown() == state[_SHOWN] and not _is_back()
    ):
        _restore()


def query_to_complete(wanted: EventFilter) -> dict[str, str]:
    """Return what the map's script is to add to the address of who comes from another page.

    Written by the page, it would be a step of the browser's history of its own.
    """
    return _query(wanted) if _is_back() else {}


def write_address(wanted: EventFilter) -> None:
    """Put filters, selected event and panels into the address, the map's view as it wrote it."""
    if _is_back():
        return
    state = st.session_state
    query = _query(wanted)
    if query != st.query_params.to_dict():
        st.query_params.from_dict(query)
    state[_WRITTEN] = _without_view(query)
    state[_SHOWN] = _shown()


def leave_address() -> None:
    """Note that another page is shown: its link back to the map carries no filters."""
    state = st.session_state
    # A visit may begin there, and choose what the map is to show.
    state.setdefault(_SHOWN, _shown())
    state[_WRITTEN] = None


def _is_back() -> bool:
    """Say whether another page's link led here, and nothing was chosen or addressed since."""
    state = st.session_state
    is_back = state.get(_WRITTEN, {}) is None
    return is_back and not _given() and _shown() == state[_SHOWN]


def _given() -> dict[str, str]:
    return _without_view(st.query_params.to_dict())


def _query(wanted: EventFilter) -> dict[str, str]:
    state = st.session_state
    view, _ = MapView.from_query(st.query_params.to_dict())
    panel, opened = state.get("below"), state.get("reading")
    return Permalink(
        event_filter=wanted,
        view=view,
        event_id=opened[0] if opened else state.get("selected"),
        panel=panel if panel != PANELS[0] else None,
        reading=opened[1] if opened else None,
    ).to_query()


def _without_view(query: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in query.items() if key not in {"v", *VIEW_KEYS}}


def _shown() -> tuple[Any, ...]:
    state = st.session_state
    return (chosen_filter(), *(state.get(name) for name in ("below", "selected", "reading")))


def _restore() -> None:
    """Set filters, selection and panels to what the address says, and name what it lost."""
    link, problems = Permalink.from_query(st.query_params.to_dict())
    show_in_widgets(link.event_filter)
    store = session.event_store()
    key = store.key_of(link.event_id) if link.event_id else None
    is_there = key is not None
    state = st.session_state
    problems += unknown_actors(link.event_filter, store.columns().actor_ids)
    problems += _unknown_places(link.event_filter)
    state["selected"] = link.event_id if is_there else None
    state["reading"] = (link.event_id, link.reading) if is_there and link.reading else None
    state["below"] = link.panel or PANELS[0]
    if link.event_id and not is_there:
        problems += ("the event that it points at is not in this collection",)
    if key is not None and not store.columns().holds(store.mask(link.event_filter), key):
        problems += ("its filter leaves out the event that it points at",)
    for problem in problems:
        st.warning(f"The link could not be restored in full: {problem}")


def _unknown_places(wanted: EventFilter) -> tuple[str, ...]:
    columns = session.event_store().columns()
    return tuple(
        f"no place is known as “{asked}”"
        for asked in wanted.places
        if place_named(asked) is None and not columns.marks_in((asked,)).any()
    )
