"""The dialog through which an article comes in."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.errors import DatelineError
from dashboard.pipeline import add_article
from dashboard.readers import read_article
from dashboard.ui import session
from gazetteer.errors import GazetteerError

_PASTED = "the pasted text"


@st.dialog("Add an article", width="large")
def add_article_dialog() -> None:
    """Take an article by pasting or from a file, code it and put its events on the map."""
    session.warm_language_pipeline()
    pasted = st.text_area(
        "Paste the text",
        height=220,
        placeholder="Headline on the first line, then the text",
        key="add_text",
    )
    files = st.file_uploader(
        "or choose files",
        type=["txt", "html", "htm", "md"],
        accept_multiple_files=True,
        key="add_files",
    )
    with st.expander("What the text does not say itself (optional)"):
        left, right = st.columns(2)
        published = left.date_input("Published", value=None, key="add_date")
        source = right.text_input("Source", placeholder="who published it", key="add_source")
        url = st.text_input("Link", placeholder="https://", key="add_url")
    if not st.button("Add to the map", type="primary", width="stretch"):
        return
    inputs = [(file.name, file.getvalue()) for file in files]
    if pasted.strip() or not inputs:
        inputs.insert(0, (_PASTED, pasted.encode("utf-8", "replace")))
    added = [_add(name, data, published, source or None, url or None) for name, data in inputs]
    if all(added):
        st.rerun()


def _add(
    name: str, data: bytes, published: date | None, source: str | None, url: str | None
) -> bool:
    bar = st.progress(0.0, text=f"Reading {name}")

    def show(stage: str, fraction: float) -> None:
        bar.progress(min(1.0, fraction), text=stage)

    try:
        article = read_article(name, data, published=published, source=source, url=url)
        outcome = add_article(
            article,
            session.event_store(),
            session.place_store(),
            session.gazetteer_cache(),
            geocoder=session.geocoder(),
            progress=show,
        )
    except (DatelineError, GazetteerError) as error:
        st.error(str(error))
        return False
    finally:
        bar.empty()
    session.remember_message(outcome.message)
    return True
