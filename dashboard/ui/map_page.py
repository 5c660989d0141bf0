"""The page of the map: filters beside it, timeline or events below it, the reader at its side."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.event_map import event_view, selected_event
from dashboard.facets import Facets
from dashboard.filters import EventFilter
from dashboard.map_view import VIEW_KEYS
from dashboard.permalink import PANELS
from dashboard.timeline import timeline_of
from dashboard.ui import session, wording
from dashboard.ui.address import (
    left_out,
    query_to_complete,
    restore_from_address,
    widest_needed,
    write_address,
)
from dashboard.ui.event_table import paged_table
from dashboard.ui.filter_panel import (
    chip_bar,
    chosen_filter,
    filter_panel,
    forget_chips_gone,
    show_in_widgets,
    use_drawn_area,
    use_played_days,
)
from dashboard.ui.loading import LOADING
from dashboard.ui.map_frame import map_frame, theme
from dashboard.ui.map_turn import ANSWERS
from dashboard.ui.timeline import timeline_panel
from dashboard.ui.views import views_panel

_LABELS = {
    "timeline": "Timeline",
    "events": "Events",
    "unplaced": "Without a place",
    "map": "Map only",
}
_STYLE = """
<style>
  .st-key-map iframe { height: max(20rem, calc(100dvh - PANELrem)); border-radius: 6px; }
  .st-key-map { gap: 0; }
  .st-key-chips button { min-height: 1.7rem; padding: 0 .6rem; border-radius: 1rem; }
  .st-key-bar { row-gap: .3rem; }
  .st-key-reader { height: max(20rem, calc(100dvh - PANELrem)); overflow: hidden; }
  .st-key-reader > * { flex-shrink: 0; }
  /* What a place rests on and the words that name it are seen at once, each scrolled by itself. */
  .st-key-reader { gap: .5rem; }
  .st-key-reader > :has(> .st-key-why) { max-height: 50%; overflow-y: auto; }
  .st-key-reader > :has(> .st-key-article_text) { flex: 1 1 0; min-height: 0; overflow-y: auto; }
  .st-key-why, .st-key-article_text { padding: 2px; }
  .st-key-side { flex-wrap: wrap; }
  /* Map and reader lie in wrappers: in these, a flex basis would be a height. */
  .st-key-map, .st-key-reader { flex: none; }
  :has(> .st-key-map) { flex: 3 1 24rem !important; }
  :has(> .st-key-reader) { flex: 2 1 20rem !important; }
</style>
"""
_PANEL_REM = {"timeline": 21.5, "events": 24.5, "unplaced": 24.5, "map": 10.5}


def map_page() -> None:
    """Show the events that the filters leave, on the map, in time and as a list."""
    session.show_messages()
    # What comes and goes has a place of its own: if all below it moved, the map would be made anew.
    told, asked = st.container(), st.container()
    with told:
        restore_from_address()
    use_played_days(st.session_state.pop("played_days", None))
    wanted = chosen_filter()
    hidden = left_out(wanted)
    if hidden:
        with told:
            _tell_left_out(hidden)
    panel = st.session_state.setdefault("below", PANELS[0])
    st.html(
        _STYLE.replace("PANEL", str(_PANEL_REM[panel] + (2.4 if wanted != EventFilter() else 0)))
    )
    side = st.container(horizontal=True, key="side", gap="medium")
    with side.container(key="map"):
        # Sent before all else that the browser has to load and draw: it takes longest.
        answered = ANSWERS.count
        heard = _show_map(wanted, None if hidden else st.session_state.get("selected"))
    _let_map_come_first(wanted, answered)
    filter_panel(wanted)
    coverage = Facets(store=session.event_store(), wanted=wanted).coverage()
    with asked:
        _bar(coverage.in_words(wording.number, wording.day), wanted)
        chip_bar(wanted)
        if not coverage.shown:
            st.info(_what_to_do(wanted, has_events=coverage.total > 0))
    _hear(heard)
    opened = st.session_state.get("reading")
    if opened:
        with LOADING:
            from dashboard.ui.reader import reader

        with side.container(key="reader"):
            reader(*opened)
    labels = _LABELS | {"unplaced": f"{_LABELS['unplaced']} ({wording.number(coverage.unplaced)})"}
    st.segmented_control(
        "Below the map",
        PANELS,
        format_func=labels.__getitem__,
        required=True,
        label_visibility="collapsed",
        key="below",
        persist_state="session",
    )
    if not coverage.shown:
        st.caption("Once events are shown, they are counted by time and listed here.")
    elif panel == "timeline":
        timeline_panel(timeline_of(session.event_store(), wanted, without="dates"))
    elif panel != "map":
        paged_table(wanted, is_placed=panel == "events", on_choose=_select)
    write_address(wanted)
    forget_chips_gone()


def _what_to_do(wanted: EventFilter, *, has_events: bool) -> str:
    """Return why no event is shown, and what to do about it."""
    if wanted != EventFilter():
        return "No event matches these filters. Loosen one in the sidebar, or clear them all."
    if has_events:
        return (
            "Every event here is denied, hypothetical or rejected, and so not shown unasked. "
            "“More filters” in the sidebar shows them: “Standing” and “Review”."
        )
    if session.event_store().as_of():
        return (
            "No event was found in the articles so far. “Articles” shows what was read of each; "
            "“Add an article” takes more."
        )
    return (
        "No events yet. “Add an article” takes a text that you paste, files, tables of coded "
        "events, or the address of a page or feed."
    )


def _let_map_come_first(wanted: EventFilter, answered: int) -> None:
    """Wait for the process's first map, and for the map where its filter has changed."""
    state, asked = st.session_state, wanted.to_query()
    has_changed = asked != state.get("map_asked", asked)
    state["map_asked"] = asked
    if has_changed or not answered:
        ANSWERS.wait_after(answered)


def _bar(coverage: str, wanted: EventFilter) -> None:
    bar = st.container(horizontal=True, vertical_alignment="center", key="bar")
    bar.caption(coverage, width="stretch")
    views = bar.popover("Views", key="views", on_change="rerun")
    if views.open:
        with views.container(key="saved_views"):
            views_panel(wanted)
    panel = bar.popover("Share", key="share", on_change="rerun")
    if panel.open:
        # Opening reruns the page, so that the link carries the view that the map wrote last.
        with LOADING:
            from dashboard.ui.share import share_panel

        with panel:
            share_panel(wanted)
    if bar.button("Add an article", type="primary"):
        with LOADING:
            from dashboard.ui.add_article import add_article_dialog

        add_article_dialog()
    selected = st.session_state.get("selected")
    if selected:
        with LOADING:
            from dashboard.ui.review_page import correct_button

        with bar:
            correct_button(selected, key="correct")


def _tell_left_out(event_id: str) -> None:
    """Say that the filters leave out the event of a link, and offer to show it."""
    st.warning("This link points at an event that its filters leave out, so no popup is open.")
    choices = st.container(horizontal=True)
    choices.button(
        "Clear the filters and show it",
        on_click=show_in_widgets,
        args=(widest_needed(event_id),),
    )
    choices.button("Keep the filters", on_click=_select, args=(None,))


def _show_map(wanted: EventFilter, selected: str | None) -> Any:  # noqa: ANN401  # whatever the component gives
    shown = event_view(
        wanted.to_query(),
        revision=session.event_store().revision(),
        selected=selected,
        theme=theme(),
        address=query_to_complete(wanted),
        sent=st.session_state.get("sent"),
    )
    return map_frame(shown, key="map_value")


def _hear(value: Any) -> None:  # noqa: ANN401  # whatever the component gives
    """Do what the reader asked for on the map, once."""
    state = st.session_state
    clicks = value.get("clicks") if isinstance(value, dict) else None
    if not clicks or clicks == state.get("clicks_heard"):
        return
    state["clicks_heard"] = clicks
    action, event_id = value.get("action"), selected_event(value)
    if action == "view":
        state["map_seen"] = {key: str(value.get(key) or "") for key in VIEW_KEYS}
        return
    if action == "area":
        use_drawn_area(str(value.get("area") or ""))
        st.rerun()
    if action == "dates":
        state["played_days"] = {key: str(value.get(key) or "") for key in ("since", "until")}
        st.rerun()
    state["selected"] = event_id
    opened = state.get("reading")
    if event_id and (action in {"read", "why", "correct"} or opened):
        # The map also tells the event that a link opened: the reader stays as the link has it.
        present = opened[1] if opened and opened[0] == event_id else "read"
        state["reading"] = (event_id, action or present)
        st.rerun()


def _select(event_id: str | None) -> None:
    st.session_state["selected"] = event_id
    if event_id and st.session_state.get("reading"):
        st.session_state["reading"] = (event_id, "read")
