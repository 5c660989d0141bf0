"""The map page's address: filters, selected event and panels, both ways.

The page writes what it shows; the browser's back and forward buttons bring an earlier address
back, and the page shows that again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

import streamlit as st

from dashboard.filters import EVERYTHING, EventFilter
from dashboard.map_view import VIEW_KEYS, MapView
from dashboard.permalink import PANELS, Permalink, unknown_actors
from dashboard.ui import session
from dashboard.ui.filter_panel import chosen_filter, show_in_widgets
from dashboard.whereabouts import place_named

_WRITTEN = "address_written"
"""What the page last wrote, without the map's view; None once another page was shown."""

_SHOWN = "address_shown"
"""What the page showed then."""

_LEFT = "address_left"
"""What it showed before each address that was followed, while the browser may still say that."""


def restore_from_address() -> None:
    """Show what the address asks for, where a link or the browser's history brought it there.

    A choice that was made since the page last ran counts for more: what it wrote may not have
    reached the browser yet. Where one step of the history follows another at once, the browser's
    widgets still hold what was shown before, wholly or in part: that is no choice.
    """
    state = st.session_state
    given = _given()
    if _WRITTEN not in state:
        _restore()
    elif given == (state[_WRITTEN] or {}):
        if _shown() == state[_SHOWN]:
            state.pop(_LEFT, None)
    elif _is_untouched() and not _is_back():
        state.setdefault(_LEFT, []).append(state[_SHOWN])
        _restore()


def query_to_complete(wanted: EventFilter) -> dict[str, str] | None:
    """Return what the map's script is to add to the address of who comes back from another page.

    Written by the page, it would be a step of the browser's history of its own. None for who
    does not come from there, or asks for something else.
    """
    return _query(wanted) if _is_back() else None


def write_address(wanted: EventFilter) -> None:
    """Put filters, selected event and panels into the address, the map's view as it wrote it."""
    if _is_back():
        return
    state = st.session_state
    query = _query(wanted)
    # What only the map writes is no step of the history: one would take the steps forward away.
    if _without_view(query) != _given():
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
    return (
        *astuple(chosen_filter()),
        *(state.get(name) for name in ("below", "selected", "reading")),
    )


def _is_untouched() -> bool:
    """Say whether each part of what the page shows is as the page last had it, or before."""
    state = st.session_state
    known = zip(state[_SHOWN], *state.get(_LEFT, ()), strict=True)
    return all(part in parts for part, parts in zip(_shown(), known, strict=True))


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
    # Noted at once: the next step may come before the page is shown whole.
    state[_WRITTEN], state[_SHOWN] = _given(), _shown()
    if link.event_id and not is_there:
        problems += ("the event that it points at is not in this collection",)
    state["linked"] = link.event_id if is_there else None
    for problem in problems:
        st.warning(f"The link could not be restored in full: {problem}")


def left_out(wanted: EventFilter) -> str | None:
    """Return the event that a link points at and a filter leaves out, None when it is shown."""
    linked = st.session_state.get("linked")
    if not linked or linked != st.session_state.get("selected") or _is_shown(linked, wanted):
        return None
    return str(linked)


def widest_needed(event_id: str) -> EventFilter:
    """Return the filter that asks for least and shows the event."""
    return EventFilter() if _is_shown(event_id, EventFilter()) else EVERYTHING


def _is_shown(event_id: str, wanted: EventFilter) -> bool:
    store = session.event_store()
    key = store.key_of(event_id)
    return key is not None and store.columns().holds(store.mask(wanted), key)


def _unknown_places(wanted: EventFilter) -> tuple[str, ...]:
    columns = session.event_store().columns()
    return tuple(
        f"no place is known as “{asked}”"
        for asked in wanted.places
        if place_named(asked) is None and not columns.marks_in((asked,)).any()
    )
