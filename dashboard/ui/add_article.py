"""The dialog through which news comes in: pasted, from files, from an address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import streamlit as st

from dashboard.bulk import Document, Failure, OwnCoder, add_documents
from dashboard.intake import Tally, documents_at, documents_in
from dashboard.pipeline import code_article
from dashboard.proofs import proofs_of
from dashboard.ui import session
from dashboard.ui.import_panel import holds_coded_events, import_button, import_panel
from dashboard.ui.proofs_panel import PROOFS, forget_proofs, proofs_panel, show_problems

Documents = Callable[[], Iterator[Document]]

_PASTED = "the pasted text"
_KINDS = (
    "txt html htm md pdf docx eml mhtml mht zip jsonl ndjson csv tsv tab warc gz wacz xlsx geojson "
    "parquet"
)


@st.dialog("Add an article", width="large", on_dismiss="rerun")
def add_article_dialog() -> None:
    """Take articles in, looked at before or not, and put their events on the map."""
    session.warm_language_pipeline()
    # A new number empties the fields: what came in is not offered again.
    number = st.session_state.setdefault("add_number", 0)
    if PROOFS in st.session_state:
        documents = proofs_panel()
        if documents is not None:
            _take_in(documents)
        return
    above = st.container()
    files = st.file_uploader(
        "or choose files",
        type=_KINDS.split(),
        accept_multiple_files=True,
        key=f"add_files_{number}",
        help="Text, HTML, Markdown, PDF, DOCX, mail; ZIP, CSV, JSON Lines, web archives of many; "
        "tables of coded events.",
    )
    tables = [file for file in files if holds_coded_events(file)]
    import_button(list(filter(None, map(import_panel, tables))))
    given = {file.name: file.getvalue() for file in files if file not in tables}
    if tables and not given:
        return
    pasted = above.text_area(
        "Paste the text",
        height=180,
        placeholder="Headline on the first line, then the text",
        key=f"add_text_{number}",
    )
    address = st.text_input(
        "or give the address of a page or feed", placeholder="https://", key=f"add_url_{number}"
    )
    if pasted.strip() or not (given or address.strip()):
        given[_PASTED] = pasted.encode("utf-8", "replace")
    documents = partial(_documents, given, address.strip())
    left, right = st.columns(2)
    if left.button("Look at it first", width="stretch"):
        with st.spinner("Reading"):
            st.session_state[PROOFS] = proofs_of(documents(), session.event_store())
        st.session_state["add_documents"] = documents
        st.rerun(scope="fragment")
    if right.button("Add to the map", type="primary", width="stretch"):
        _take_in(documents)


def _documents(files: dict[str, bytes], address: str) -> Iterator[Document]:
    for name, data in files.items():
        yield from documents_in(name, data)
    if address:
        yield from documents_at(address, session.event_store())


def _take_in(documents: Documents) -> None:
    bar = st.progress(0.0, text="Reading")
    tally = Tally()

    def tell(stage: str, fraction: float) -> None:
        # Of many, how far each is says less than how many are done.
        bar.progress(min(1.0, fraction), text=tally.in_words if tally.done else stage)

    code = partial(
        code_article,
        place_store=session.place_store(),
        cache=session.gazetteer_cache(),
        geocoder=session.geocoder(),
        progress=tell,
    )
    messages, problems = [], []
    for outcome in add_documents(documents(), session.event_store(), OwnCoder(code)):
        tally.count(outcome)
        if isinstance(outcome, Failure):
            problems.append(outcome.problem)
        else:
            messages.append(outcome.message)
        tell("", 0.0)
    bar.empty()
    forget_proofs()
    if problems:
        show_problems(problems)
        for message in messages:
            st.success(message)
        return
    session.remember_messages(messages)
    st.session_state["add_number"] += 1
    st.rerun()
