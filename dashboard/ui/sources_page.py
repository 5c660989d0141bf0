"""The page of sources: what came from where, with which errors; grades; removal; watches."""

from __future__ import annotations

import streamlit as st

from dashboard.filters import EventFilter
from dashboard.intake import recode_all
from dashboard.sources import CREDIBILITY, RELIABILITY, NewsSource, SharingRule
from dashboard.store.intake import OriginSummary
from dashboard.ui import session

_UNGRADED = "not graded"


def sources_page() -> None:
    """Show where articles came from, and let the user grade, remove, bring back and watch."""
    session.show_messages()
    came_from, publishers, data_sets, watches, removed = st.tabs(
        ["Came from", "Publishers", "Data sets", "Watch list", "Removed"]
    )
    with came_from:
        _origins()
    with publishers:
        _publishers()
    with data_sets:
        _datasets()
    with watches:
        _watches()
    with removed:
        _removed()


def _origins() -> None:
    intake = session.event_store().intake
    for origin in intake.origins():
        heading = f"{origin.origin}: {origin.articles:,} articles, {origin.failures:,} errors"
        with st.expander(heading.replace("[", r"\[")):
            st.text(f"First read {origin.first:%Y-%m-%d %H:%M}, last {origin.last:%Y-%m-%d %H:%M}")
            for failure in intake.failures_of(origin.origin):
                st.text(failure.problem or failure.name)
            if st.button("Remove with all that came from it", key=f"remove-{origin.origin}"):
                _confirm_removal(origin)
    if st.button("Code all articles anew"):
        bar = st.progress(0.0)

        def show(words: str, part: float) -> None:
            bar.progress(part, text=words)

        tally = recode_all(
            session.event_store(),
            session.place_store(),
            session.gazetteer_cache(),
            progress=show,
        )
        _say(f"{tally.added:,} articles coded anew, {tally.failed:,} failed.")


@st.dialog("Remove this source?")
def _confirm_removal(origin: OriginSummary) -> None:
    st.text(origin.origin)
    st.write(
        f"{origin.articles:,} articles and their events leave the map. The tab “Removed” brings "
        "them back until the store is compacted."
    )
    if st.button("Remove", type="primary"):
        removal = session.event_store().intake.remove_origin(origin.origin)
        _say(f"{removal.articles:,} articles and {removal.events:,} events removed.")


def _publishers() -> None:
    store = session.event_store()
    named = {article.source for article in store.articles() if article.source}
    names = sorted(named | {source.name for source in store.sources()})
    if not names:
        st.info("No article names its publisher yet.")
        return
    known = store.source(st.selectbox("Publisher", names))
    letters, digits = [_UNGRADED, *RELIABILITY], [_UNGRADED, *map(str, CREDIBILITY)]
    with st.form(f"source-{known.name}"):
        licence = st.text_input("Licence", value=known.licence or "")
        rules = list(SharingRule)
        sharing = st.selectbox("May be shared", rules, index=rules.index(known.sharing))
        reliability = st.selectbox(
            "Reliability of the source",
            letters,
            index=letters.index(known.reliability or _UNGRADED),
            format_func=lambda letter: f"{letter} {RELIABILITY.get(letter, '')}",
        )
        credibility = st.selectbox(
            "Credibility of what it says",
            digits,
            index=digits.index(str(known.credibility or _UNGRADED)),
            format_func=lambda digit: (
                digit if digit == _UNGRADED else f"{digit} {CREDIBILITY[int(digit)]}"
            ),
        )
        if st.form_submit_button("Keep"):
            store.set_source(
                NewsSource(
                    name=known.name,
                    homepage=known.homepage,
                    licence=licence.strip() or None,
                    sharing=sharing,
                    reliability=None if reliability == _UNGRADED else reliability,
                    credibility=None if credibility == _UNGRADED else int(credibility),
                )
            )
            _say("Kept.")


def _datasets() -> None:
    store = session.event_store()
    for found in store.datasets():
        left, right = st.columns([6, 1], vertical_alignment="center")
        left.text(f"{found.dataset.name}: {found.events:,} events, {found.dataset.licence or ''}")
        if right.button("Remove", key=f"dataset-{found.dataset.dataset_id}"):
            removal = store.intake.remove_dataset(found.dataset.dataset_id)
            _say(f"{removal.events:,} events removed; the tab “Removed” brings them back.")


def _watches() -> None:
    intake = session.event_store().intake
    for watch in intake.watches():
        left, right = st.columns([6, 1], vertical_alignment="center")
        left.text(f"{watch.name}: {watch.new_events:,} new since {watch.seen_at:%Y-%m-%d %H:%M}")
        if right.button("Seen", key=f"seen-{watch.name}"):
            intake.visit(watch.name)
            st.rerun()
    with st.form("watch", clear_on_submit=True):
        words = st.text_input("Watch for", placeholder="Ormara")
        if st.form_submit_button("Add to the watch list") and words.strip():
            intake.watch(words.strip(), EventFilter(text=words.strip()))
            _say("It is watched from now on.")


def _removed() -> None:
    intake = session.event_store().intake
    for removal in intake.removals():
        left, right = st.columns([6, 1], vertical_alignment="center")
        left.text(f"{removal.articles:,} articles, {removal.events:,} events {removal.what}")
        if right.button("Bring back", key=f"back-{removal.key}"):
            intake.bring_back(removal.key)
            _say("They are back.")
    if intake.removals() and st.button("Compact the store: give these up for good"):
        intake.compact()
        _say("Compacted.")


def _say(message: str) -> None:
    session.remember_message(message)
    st.rerun()
