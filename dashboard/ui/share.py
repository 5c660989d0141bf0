"""What the "Share" button holds: a link, and the map as files for others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape
from urllib.parse import urlencode, urlsplit

import numpy as np
import streamlit as st

from dashboard.disclosure import BLUR_KM, PLAINLY, Care
from dashboard.embedding import iframe_html
from dashboard.errors import DatelineError
from dashboard.evidence import content_hash, file_name
from dashboard.filters import EventFilter
from dashboard.formats import FORMATS
from dashboard.gallery import keep_snapshot
from dashboard.map_view import MapView
from dashboard.permalink import Permalink
from dashboard.picture import SIZES
from dashboard.sharing import brief_of, disclosure_of, export_of, picture_of, snapshot_of
from dashboard.ui import session, wording

MOST_SHARED = 20_000
"""Of so many events a snapshot takes a browser as long to open as anybody waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file that was made of a view, to be downloaded."""

    wanted: EventFilter
    data: str | bytes
    file_name: str
    mime: str
    said: str = ""


def share_panel(wanted: EventFilter) -> None:
    """Offer the link to this view, and what is shown as snapshot, picture and data."""
    st.markdown("**Link to this view**")
    st.caption("Filters and view are in the address; whoever can reach this app sees the same.")
    _to_copy("link", _address(), "Copy the link")
    shown = int(np.count_nonzero(session.event_store().mask(wanted)))
    if shown > MOST_SHARED:
        st.info(
            f"{wording.number(shown)} events are shown; a file that is made here holds at most "
            f"{wording.number(MOST_SHARED)}. Narrow the filters, or use `dateline events` and "
            "`dateline snapshot`, which have no limit."
        )
        return
    title = st.text_input("Title", value="Events in the news", key="share_title")
    st.text_area("Note", placeholder="what the reader should know", key="share_note")
    care = _care_fields()
    _tell_withheld(wanted, care)
    st.markdown("**The map as one file**")
    st.caption(
        "Opens in any browser without a network: map, quotes, sources, filters. "
        "It is kept on the Snapshots page too."
    )
    _offer("Make a snapshot", wanted, partial(_snapshot, wanted), what="snapshot", is_main=True)
    st.markdown("**Picture, brief and data**")
    _pictures(wanted)
    _offer("Make a brief to print", wanted, partial(_brief, wanted), what="brief")
    _data(wanted, care)
    _embed(title, care)


def _offer(
    label: str, wanted: EventFilter, make: Callable[[], Made], *, what: str, is_main: bool = False
) -> None:
    """Offer to make a file, and what was made of this view to be downloaded.

    Made in a callback, so that what was just typed into a field counts.
    """
    st.button(
        label,
        on_click=_keep,
        args=(what, make),
        type="primary" if is_main else "secondary",
        width="stretch",
    )
    made: Made | None = st.session_state.get(f"made_{what}")
    if made is None or made.wanted != wanted:
        return
    if made.mime == "image/png":
        st.image(made.data, width="stretch")
    st.download_button(
        f"Download the {what} ({made.file_name.rpartition('.')[2].upper()})",
        data=made.data,
        file_name=made.file_name,
        mime=made.mime,
        width="stretch",
        on_click="ignore",
    )
    if made.said:
        st.caption(made.said)


def _keep(what: str, make: Callable[[], Made]) -> None:
    try:
        st.session_state[f"made_{what}"] = make()
    except DatelineError as error:
        st.session_state.pop(f"made_{what}", None)
        session.remember_message(str(error))


def _care_now() -> Care:
    state = st.session_state
    return Care(blur_km=state["share_blur"], mask_names=state["share_mask"])


def _view_now() -> tuple[float, float, float] | None:
    view, _ = MapView.from_query(st.query_params.to_dict())
    if view.center is None or view.zoom is None:
        return None
    return view.center.lat, view.center.lon, view.zoom


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


def _snapshot(wanted: EventFilter) -> Made:
    state, store = st.session_state, session.event_store()
    page = snapshot_of(
        wanted,
        store,
        session.place_store(),
        title=state["share_title"],
        note=state["share_note"],
        care=_care_now(),
    )
    keep_snapshot(page, store)
    said = f"Content hash {content_hash(page)}"
    return Made(wanted=wanted, data=page, file_name=file_name(page), mime="text/html", said=said)


def _pictures(wanted: EventFilter) -> None:
    st.selectbox(
        "Picture of this view",
        SIZES,
        format_func=lambda name: SIZES[name].label,
        key="picture_size",
    )
    st.radio("As", list(_PICTURE_MIMES), format_func=str.upper, horizontal=True, key="picture_form")
    _offer("Make a picture", wanted, partial(_picture, wanted), what="picture")


_PICTURE_MIMES = {"png": "image/png", "svg": "image/svg+xml"}


def _picture(wanted: EventFilter) -> Made:
    state = st.session_state
    form = state["picture_form"]
    data = picture_of(
        wanted,
        session.event_store(),
        session.place_store(),
        title=state["share_title"],
        size=state["picture_size"],
        form=form,
        view=_view_now(),
        care=_care_now(),
    )
    return Made(
        wanted=wanted, data=data, file_name=f"dateline-map.{form}", mime=_PICTURE_MIMES[form]
    )


def _brief(wanted: EventFilter) -> Made:
    state = st.session_state
    page = brief_of(
        wanted,
        session.event_store(),
        session.place_store(),
        title=state["share_title"],
        note=state["share_note"],
        view=_view_now(),
        care=_care_now(),
    )
    said = "Map, timeline, events in order with quotes and sources; no script: print it or mail it."
    return Made(
        wanted=wanted, data=page, file_name="dateline-brief.html", mime="text/html", said=said
    )


def _data(wanted: EventFilter, care: Care) -> None:
    name = st.selectbox("Data", FORMATS, format_func=lambda name: FORMATS[name].label, key="form")
    if name == "annotations" and care != PLAINLY:
        st.warning("Web Annotations can neither be made coarse nor masked. Choose another form.")
        return
    _offer("Make the data", wanted, partial(_export, wanted), what="data")


def _export(wanted: EventFilter) -> Made:
    form = FORMATS[st.session_state["form"]]
    data, _ = export_of(form, wanted, session.event_store(), session.place_store(), _care_now())
    return Made(wanted=wanted, data=data, file_name=form.file_name, mime=form.mime)


def _embed(title: str, care: Care) -> None:
    st.markdown("**The map in another page**")
    st.caption("Read-only; it shows what the app holds when it is looked at.")
    link, _ = Permalink.from_query(st.query_params.to_dict())
    frame = iframe_html(_page_address(), link, title=title, care=care)
    _to_copy("frame", frame, "Copy the HTML")


_COPY_STYLE = """
<style>
  .dl-share { display: grid; gap: .4rem; justify-items: start; }
  .dl-share code { overflow-wrap: anywhere; font-size: .8rem; padding: .5rem; border-radius: 6px;
    background: rgba(128, 128, 128, .12); }
  .dl-share button { font: inherit; font-size: .85rem; color: inherit; padding: .25rem .75rem;
    border: 1px solid rgba(128, 128, 128, .4); border-radius: 6px; background: transparent; }
</style>
"""


def _to_copy(what: str, text: str, label: str) -> None:
    """Show a text that the map's script keeps true to the address while the map is moved."""
    st.html(
        f'{_COPY_STYLE}<div class="dl-share"><code data-address="{what}">{escape(text)}</code>'
        f'<button type="button">{label}</button></div>'
    )


def _address() -> str:
    # The page's own address, with the query that the filters and the map keep up to date.
    base = _page_address()
    query = urlencode(st.query_params.to_dict())
    return f"{base}?{query}" if query else base


def _page_address() -> str:
    address = (st.context.url or "").split("?")[0]
    return address if urlsplit(address).path else f"{address}/"
