"""What the "Share" button holds: a link, and the map as files for others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode, urlsplit

import streamlit as st

from dashboard.disclosure import BLUR_KM, PLAINLY, Care
from dashboard.embedding import iframe_html
from dashboard.evidence import content_hash, file_name
from dashboard.filters import EventFilter, MapView
from dashboard.formats import FORMATS
from dashboard.gallery import keep_snapshot
from dashboard.permalink import Permalink
from dashboard.picture import SIZES
from dashboard.sharing import brief_of, disclosure_of, export_of, picture_of, snapshot_of
from dashboard.ui import session


def share_panel(wanted: EventFilter) -> None:
    """Offer the link to this view, and what is shown as snapshot, picture and data."""
    st.markdown("**Link to this view**")
    st.caption("Filters and view are in the address; whoever can reach this app sees the same.")
    st.code(_address(), language=None, wrap_lines=True)
    title = st.text_input("Title", value="Events in the news", key="share_title")
    note = st.text_area("Note", placeholder="what the reader should know", key="share_note")
    care = _care_fields()
    _tell_withheld(wanted, care)
    _snapshot(partial(_make_snapshot, wanted))
    _pictures(wanted, title, care)
    _brief(wanted, title, note, care)
    _data(wanted, care)
    _embed(title, care)


def _care_fields() -> Care:
    with st.expander("Do no harm"):
        blur_km = st.selectbox(
            "Make places coarse",
            [None, *BLUR_KM],
            format_func=lambda km: f"to within {km} km" if km else "no: as exact as known",
            help="A place known more exactly becomes a circle; its name leaves quotes and titles.",
            key="share_blur",
        )
        mask_names = st.checkbox(
            "Mask names of private persons",
            help="As the language model finds them: read the result before you share it. "
            "`dateline withhold NAME` adds names that it misses.",
            key="share_mask",
        )
    return Care(blur_km=blur_km, mask_names=mask_names)


def _tell_withheld(wanted: EventFilter, care: Care) -> None:
    store = session.event_store()
    withheld = disclosure_of(store.reports(wanted), store, care).in_words()
    if withheld:
        st.info(f"Withheld from all that is shared: {'; '.join(withheld)}.")


def _make_snapshot(wanted: EventFilter) -> None:
    # The fields as they are now: one that was just typed in was not yet read when the page ran.
    state, store = st.session_state, session.event_store()
    page = snapshot_of(
        wanted,
        store,
        session.place_store(),
        title=state["share_title"],
        note=state["share_note"],
        care=Care(blur_km=state["share_blur"], mask_names=state["share_mask"]),
    )
    keep_snapshot(page, store)
    st.session_state["made_snapshot"] = page


def _snapshot(make: Callable[[], None]) -> None:
    st.markdown("**The map as one file**")
    st.caption(
        "Opens in any browser without a network: map, quotes, sources, filters. "
        "It is kept on the Snapshots page too."
    )
    st.button("Make a snapshot", on_click=make, type="primary", width="stretch")
    page = st.session_state.get("made_snapshot")
    if page:
        st.download_button(
            "Download the snapshot (HTML)",
            data=page,
            file_name=file_name(page),
            mime="text/html",
            width="stretch",
            on_click="ignore",
        )
        st.caption(f"Content hash {content_hash(page)}")


def _pictures(wanted: EventFilter, title: str, care: Care) -> None:
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
        care=care,
    )
    png, svg = st.columns(2)
    png.download_button(
        "PNG", data=partial(make, form="png"), file_name="dateline-map.png", width="stretch"
    )
    svg.download_button(
        "SVG", data=partial(make, form="svg"), file_name="dateline-map.svg", width="stretch"
    )


def _brief(wanted: EventFilter, title: str, note: str, care: Care) -> None:
    view, _ = MapView.from_query(st.query_params.to_dict())
    make = partial(
        brief_of,
        wanted,
        session.event_store(),
        session.place_store(),
        title=title,
        note=note,
        view=_as_drawn(view),
        care=care,
    )
    st.download_button(
        "Brief to print (HTML)",
        data=make,
        file_name="dateline-brief.html",
        mime="text/html",
        width="stretch",
        help="Map, timeline, and the events in order with quotes and sources, without a script.",
    )


def _embed(title: str, care: Care) -> None:
    st.markdown("**The map in another page**")
    st.caption("Read-only; it shows what the app holds when it is looked at.")
    link, _ = Permalink.from_query(st.query_params.to_dict())
    frame = iframe_html(_page_address(), link, title=title, care=care)
    st.code(frame, language="html", wrap_lines=True)


def _data(wanted: EventFilter, care: Care) -> None:
    form = FORMATS[
        st.selectbox("Data", FORMATS, format_func=lambda name: FORMATS[name].label, key="form")
    ]
    if form.name == "annotations" and care != PLAINLY:
        st.warning("Web Annotations can neither be made coarse nor masked. Choose another form.")
        return

    def data() -> bytes:
        return export_of(form, wanted, session.event_store(), session.place_store(), care)[0]

    st.download_button(
        "Download the data", data=data, file_name=form.file_name, mime=form.mime, width="stretch"
    )


def _as_drawn(view: MapView) -> tuple[float, float, float] | None:
    if view.center is None or view.zoom is None:
        return None
    return view.center.lat, view.center.lon, view.zoom


def _address() -> str:
    # The page's own address, with the query that the filters and the map keep up to date.
    base = _page_address()
    query = urlencode(st.query_params.to_dict())
    return f"{base}?{query}" if query else base


def _page_address() -> str:
    address = (st.context.url or "").split("?")[0]
    return address if urlsplit(address).path else f"{address}/"
