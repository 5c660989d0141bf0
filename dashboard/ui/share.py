"""What the "Share" button holds: a link, and the map as one file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from dashboard.events import EventReport
from dashboard.evidence import file_name
from dashboard.filters import EventFilter, MapView
from dashboard.formats import FORMATS
from dashboard.picture import SIZES
from dashboard.sharing import picture_of, snapshot_of
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
    _pictures(wanted, title)
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


def _pictures(wanted: EventFilter, title: str) -> None:
    size = st.selectbox(
        "Picture of this view",
        SIZES,
        format_func=lambda name: SIZES[name].label,
        key="picture_size",
    )
    view, _ = MapView.from_query(st.query_params.to_dict())
    make = partial(
        picture_of,
        wanted,
        session.event_store(),
        session.place_store(),
        title=title,
        size=size,
        view=_as_drawn(view),
    )
    png, svg = st.columns(2)
    png.download_button(
        "PNG", data=partial(make, form="png"), file_name="dateline-map.png", width="stretch"
    )
    svg.download_button(
        "SVG", data=partial(make, form="svg"), file_name="dateline-map.svg", width="stretch"
    )


def _as_drawn(view: MapView) -> tuple[float, float, float] | None:
    if view.center is None or view.zoom is None:
        return None
    return view.center.lat, view.center.lon, view.zoom


def _address() -> str:
    # The page's own address, with the query that the filters and the map keep up to date.
    base = (st.context.url or "").split("?")[0]
    query = urlencode(st.query_params.to_dict())
    return f"{base}?{query}" if query else base
