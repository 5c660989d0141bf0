"""The page of saved snapshots: open one, compare two side by side, fetch or delete them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.comparison import circumstances, differences
from dashboard.evidence import file_name, read_snapshot
from dashboard.sharing import change_line
from dashboard.ui import session
from dashboard.ui.web import SAVED
from dashboard.ui.wording import counted, day

if TYPE_CHECKING:
    from dashboard.store.snapshots import SavedSnapshot

_COLUMNS = 3
_MOST_CHANGES = 200


def snapshots_page() -> None:
    """Show the saved snapshots, and two of them side by side when two are chosen."""
    session.show_messages()
    kept = session.event_store().snapshots.all()
    if not kept:
        st.info("No snapshot is kept yet. Make one: “Share” on the map, then “Make a snapshot”.")
        return
    known = {saved.content_hash: saved for saved in kept}
    chosen = st.multiselect(
        "Compare two side by side",
        list(known),
        format_func=lambda key: _heading(known[key]),
        max_selections=2,
        placeholder="Choose two snapshots",
        key="compared",
    )
    if len(chosen) == 2:
        _compare(known[chosen[0]], known[chosen[1]])
    columns = st.columns(_COLUMNS)
    for number, saved in enumerate(kept):
        with columns[number % _COLUMNS].container(
            border=True, key=f"saved-{saved.content_hash[:12]}"
        ):
            _card(saved)


def _card(saved: SavedSnapshot) -> None:
    if saved.thumbnail:
        st.image(saved.thumbnail, width="stretch")
    st.text(saved.title)
    if saved.note:
        st.caption(_plain(saved.note))
    st.caption(
        f"{day(saved.made_on)} · {counted(saved.events, 'event')} · `{saved.content_hash[:12]}`",
        help=f"Content hash (SHA-256): {saved.content_hash}",
    )
    with st.container(horizontal=True):
        st.link_button("Open", f"{SAVED}/{saved.content_hash}.html")
        key = saved.content_hash
        st.download_button(
            "Download",
            data=lambda: session.event_store().snapshots.page(key),
            file_name=f"dateline-{key[:12]}.html",
            mime="text/html",
            key=f"download-{key}",
            on_click="ignore",
        )
        if st.button("Delete", key=f"delete-{key}"):
            _confirm_deletion(saved)


def _compare(one: SavedSnapshot, other: SavedSnapshot) -> None:
    """Show two snapshots beside each other, the earlier one first, and in what they differ."""
    before, after = sorted((one, other), key=lambda saved: (saved.made_on, saved.title))
    shelf = session.event_store().snapshots
    contents = [
        read_snapshot(file_name(page), page.encode())
        for page in (shelf.page(before.content_hash), shelf.page(after.content_hash))
    ]
    changes = differences(contents[0], contents[1])
    for column, saved in zip(st.columns(2), (before, after), strict=True):
        with column:
            st.caption(_plain(_heading(saved)))
            st.iframe(f"/{SAVED}/{saved.content_hash}.html", height=620)
    for line in circumstances(contents[0], contents[1]):
        st.caption(_plain(line))
    with st.expander(f"{counted(len(changes), 'difference')} from the earlier to the later"):
        st.code("\n".join(map(change_line, changes[:_MOST_CHANGES])), language=None)
        if len(changes) > _MOST_CHANGES:
            st.caption(f"and {len(changes) - _MOST_CHANGES:,} more: `dateline diff` lists all")


@st.dialog("Delete this snapshot?")
def _confirm_deletion(saved: SavedSnapshot) -> None:
    st.text(_heading(saved))
    st.write("Files that were downloaded before stay as they are.")
    if st.button("Delete", type="primary"):
        session.event_store().snapshots.delete(saved.content_hash)
        session.remember_message("Deleted.")
        st.rerun()


def _heading(saved: SavedSnapshot) -> str:
    return f"{saved.title} · {day(saved.made_on)} · {saved.content_hash[:8]}"


def _plain(text: str) -> str:
    """Return text so that Markdown shows it as it stands."""
    return "".join(
        f"\\{letter}" if letter in r"\`*_{}[]()#+-.!|<>~$:&" else letter for letter in text
    )
