"""What the "Share" button holds: a link, and the map as one file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from dashboard.events import EventReport
from dashboard.evidence import file_name
from dashboard.filters import EventFilter
from dashboard.formats import FORMATS
from dashboard.sharing import snapshot_of
from dashboard.ui import session


def share_panel(shown: Sequence[EventReport], wanted: EventFilter) -> None:
    """Offer the link to this view, the snapshot and the data of what is shown."""
    st.markdown("**Link to this view**")
    st.caption("Filters and view are in the address; whoever can reach this app sees the same.")
    st.code(_address(), language=None, wrap_lines=True)
    st.markdown("**The map as one file**")
    st.caption("Opens in any browser without a network: map, quotes, sources, filters.")
    title = st.text_input("Title", value="Events in the news", key="share_title")
    note = st.text_area("Note", placeholder="what the reader should know", key="share_note")
    page = snapshot_of(wanted, session.event_store(), session.place_store(), title=title, note=note)
    st.download_button(
        "Download the snapshot (HTML)",
        data=page,
        file_name=file_name(page),
        mime="text/html",
        type="primary",
        width="stretch",
    )
    form = FORMATS[
        st.selectbox("Data", FORMATS, format_func=lambda name: FORMATS[name].label, key="form")
    ]
    st.download_button(
        "Download the data",
        data=partial(form.write, shown, session.place_store(), session.event_store()),
        file_name=form.file_name,
        mime=form.mime,
        width="stretch",
    )


def _address() -> str:
    # The page's own address, with the query that the filters and the map keep up to date.
    base = (st.context.url or "").split("?")[0]
    query = urlencode(st.query_params.to_dict())
    return f"{base}?{query}" if query else base
