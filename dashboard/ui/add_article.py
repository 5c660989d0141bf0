"""The dialog through which an article comes in."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from dashboard.pipeline import AdditionReport, add_all
from dashboard.ui import session

_PASTED = "the pasted text"


@st.dialog("Add an article", width="large", on_dismiss="rerun")
def add_article_dialog() -> None:
    """Take articles by pasting or from files, code them and put their events on the map."""
    session.warm_language_pipeline()
    # A new number empties the fields: what came in is not offered again.
    number = st.session_state.setdefault("add_number", 0)
    pasted = st.text_area(
        "Paste the text",
        height=220,
        placeholder="Headline on the first line, then the text",
        key=f"add_text_{number}",
    )
    files = st.file_uploader(
        "or choose files",
        type=["txt", "html", "htm", "md", "pdf", "docx", "eml", "mhtml", "mht"],
        accept_multiple_files=True,
        key=f"add_files_{number}",
    )
    with st.expander("What the text does not say itself (optional)"):
        left, right = st.columns(2)
        published = left.date_input("Published", value=None, key=f"add_date_{number}")
        source = right.text_input(
            "Source", placeholder="who published it", key=f"add_source_{number}"
        )
        url = st.text_input("Link", placeholder="https://", key=f"add_url_{number}")
    if not st.button("Add to the map", type="primary", width="stretch"):
        return
    inputs = {file.name: file.getvalue() for file in files}
    if pasted.strip() or not inputs:
        inputs[_PASTED] = pasted.encode("utf-8", "replace")
    report = _add(inputs, published, source or None, url or None)
    for addition in report.additions:
        session.remember_message(addition.message)
    if report.failures:
        for failure in report.failures:
            st.error(failure.problem)
        for addition in report.additions:
            st.success(addition.message)
        return
    st.session_state["add_number"] += 1
    st.rerun()


def _add(
    inputs: dict[str, bytes], published: date | None, source: str | None, url: str | None
) -> AdditionReport:
    bar = st.progress(0.0, text="Reading")

    def show(stage: str, fraction: float) -> None:
        bar.progress(min(1.0, fraction), text=stage)

    report = add_all(
        [(name, partial(bytes, data)) for name, data in inputs.items()],
        session.event_store(),
        session.place_store(),
        session.gazetteer_cache(),
        geocoder=session.geocoder(),
        published=published,
        source=source,
        url=url,
        progress=show,
    )
    bar.empty()
    return report
