"""What was read, to be looked at and corrected before it is coded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.bulk import Document
from dashboard.proofs import (
    ENCODINGS,
    MOST_PROOFS,
    Proof,
    corrected,
    documents_of_proofs,
    read_as,
)
from dashboard.ui import session

PROOFS = "add_proofs"
"""Where the session keeps what was read and is not yet taken in."""

_SHOWN_PROBLEMS = 3

_READ = "add_read"
"""The same, without what was corrected since."""


def proofs_panel() -> Callable[[], Iterator[Document]] | None:
    """Show what was read; once the user says so, return what is to be coded."""
    proofs: tuple[Proof, ...] = st.session_state[PROOFS]
    if st.button("Back", icon=":material/arrow_back:"):
        forget_proofs()
        st.rerun(scope="fragment")
    show_problems([proof.problem for proof in proofs if proof.problem])
    if not proofs:
        st.info("There is nothing new.")
        return None
    # As they were read: the table forgets its ticks when what it shows is changed.
    taken = _list(st.session_state.setdefault(_READ, proofs)) if len(proofs) > 1 else [True]
    readable = [at for at, proof in enumerate(proofs) if proof.article]
    if not readable:
        return None
    at = readable[0]
    if len(readable) > 1:
        at = st.selectbox(
            "Look at", readable, format_func=lambda n: f"{n + 1}. {_title(proofs[n])}"
        )
    changed = _form(proofs[at], at)
    if changed != proofs[at]:
        st.session_state[PROOFS] = (*proofs[:at], changed, *proofs[at + 1 :])
        st.rerun(scope="fragment")
    count = sum(taken[n] for n in readable)
    has_more = len(proofs) == MOST_PROOFS
    label = "Add to the map" if count == 1 else f"Add {count:,} articles to the map"
    if has_more:
        label = f"Add {count:,} articles and all that follow"
    if not st.button(label, type="primary", width="stretch", disabled=not count):
        return None
    kept = [
        proof if take else Proof(document=proof.document)
        for proof, take in zip(st.session_state[PROOFS], taken, strict=True)
    ]
    rest = st.session_state["add_documents"] if has_more else None
    return partial(documents_of_proofs, kept, rest)


def show_problems(problems: Sequence[str]) -> None:
    """Show what could not be read; of many, all but the first are folded."""
    for problem in problems[:_SHOWN_PROBLEMS]:
        st.error(problem)
    if further := problems[_SHOWN_PROBLEMS:]:
        with st.expander(f"{len(further):,} more could not be read"):
            st.dataframe([{"problem": problem} for problem in further], hide_index=True)


def forget_proofs() -> None:
    """Forget what was read and is not taken in."""
    for name in (PROOFS, _READ):
        st.session_state.pop(name, None)


def _title(proof: Proof) -> str:
    return proof.article.title if proof.article else proof.document.name


def _list(proofs: tuple[Proof, ...]) -> list[bool]:
    """Show what was read as a table; return which of them are to be taken in."""
    rows: list[dict[str, Any]] = [
        {
            "take": proof.article is not None and not proof.is_known,
            "title": _title(proof),
            "day": proof.article.published if proof.article else None,
            "source": proof.article.source if proof.article else None,
            "language": proof.article.language if proof.article else None,
            "characters": len(proof.article.text) if proof.article else None,
            "": "known already" if proof.is_known else "" if proof.article else "cannot be read",
        }
        for proof in proofs
    ]
    edited = st.data_editor(
        rows,
        disabled=["title", "day", "source", "language", "characters", ""],
        hide_index=True,
        height=min(38 + 35 * len(rows), 250),
        key=f"add_list_{st.session_state['add_number']}",
    )
    return [bool(row["take"]) for row in edited]


def _form(proof: Proof, at: int) -> Proof:
    article = proof.article
    assert article is not None  # noqa: S101  # only those are offered
    key = f"{st.session_state['add_number']}-{at}-{proof.encoding}"
    above, beside = st.columns([3, 1])
    title = above.text_input("Title", value=article.title, key=f"proof_title_{key}")
    author = beside.text_input("Author", value=article.author or "", key=f"proof_author_{key}")
    first, second, third, fourth = st.columns([2, 3, 1, 2])
    published = first.date_input("Published", value=article.published, key=f"proof_day_{key}")
    source = second.text_input("Source", value=article.source or "", key=f"proof_source_{key}")
    language = third.text_input(
        "Language", value=article.language, max_chars=3, key=f"proof_language_{key}"
    )
    if proof.encoding:
        names = [proof.encoding, *(name for name in ENCODINGS if name != proof.encoding)]
        chosen = fourth.selectbox("Encoding", names, key=f"proof_encoding_{key}")
        if chosen != proof.encoding:
            anew = read_as(proof, chosen, session.event_store())
            proofs = st.session_state[PROOFS]
            st.session_state[PROOFS] = (*proofs[:at], anew, *proofs[at + 1 :])
            st.rerun(scope="fragment")
    text = st.text_area("Text", value=article.text, height=260, key=f"proof_text_{key}")
    if proof.is_known:
        st.caption("This text is in the store already.")
    return corrected(
        proof,
        title=title,
        published=published,
        source=source.strip() or None,
        author=author.strip() or None,
        language=language.strip() or article.language,
        text=text,
    )
