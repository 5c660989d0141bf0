"""The page of sources: what came from where, with which errors; grades; removal; watches."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.bulk import Failure
from dashboard.datasets import OWN, DatasetSummary, ImportedFile
from dashboard.facets import Facets
from dashboard.filters import EventFilter
from dashboard.intake import Tally, add_from, articles_to_code
from dashboard.sources import CREDIBILITY, RELIABILITY, NewsSource, SharingRule
from dashboard.store.intake import OriginSummary, Retrieval
from dashboard.store.removals import Removal
from dashboard.store.watches import Watch
from dashboard.ui import session
from dashboard.ui.filter_panel import show_in_widgets
from dashboard.ui.recoding import recode_with_bar
from dashboard.ui.wording import counted, moment, number

_MOMENT = st.column_config.DatetimeColumn(format="localized")
_UNGRADED = "not graded"
_UNDOABLE = "The tab “Removed” brings them back until the store is compacted."
MOST_LISTED = 1_000
"""Readings of an origin that are listed, the latest."""


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
    origins = intake.origins()
    if not origins:
        st.info("Nothing came in yet. “Add an article” on the map takes texts, files, addresses.")
        return
    if st.button("Recode all articles"):
        _recode_all()
    st.caption(
        "Codes every kept article anew with what is known now: corrections, new places. What "
        "persons decided stays."
    )
    st.dataframe(
        [
            {
                "came from": origin.origin,
                "articles": origin.articles,
                "errors": origin.failures,
                "first read (UTC)": origin.first,
                "last read (UTC)": origin.last,
            }
            for origin in origins
        ],
        hide_index=True,
        height=min(38 + 35 * len(origins), 320),
        column_config=dict.fromkeys(("first read (UTC)", "last read (UTC)"), _MOMENT),
    )
    chosen = st.selectbox("Show", origins, format_func=lambda origin: origin.origin)
    _show_origin(chosen)


def _show_origin(origin: OriginSummary) -> None:
    intake = session.event_store().intake
    failures = intake.failures_of(origin.origin)
    read = intake.read_of(origin.origin)
    if failures:
        st.dataframe(
            [
                {"when (UTC)": each.retrieved_at, "what": each.name, "error": each.problem}
                for each in failures
            ],
            hide_index=True,
            height=min(38 + 35 * len(failures), 220),
            column_config={"when (UTC)": _MOMENT},
        )
    if read:
        _list_readings(read)
    if st.button("Remove with all that came from it", key=f"remove-{origin.origin}"):
        _confirm_removal(origin)


def _list_readings(read: Sequence[Retrieval]) -> None:
    titles = {article.article_id: article.title for article in session.event_store().articles()}
    with st.expander(counted(len(read), "reading")):
        st.dataframe(
            [
                {
                    "when (UTC)": each.retrieved_at,
                    "title": titles.get(each.article_id or "", ""),
                    "name": each.name,
                    "address": each.url,
                    "SHA-256": each.sha256,
                }
                for each in read[-MOST_LISTED:]
            ],
            hide_index=True,
            column_config={"when (UTC)": _MOMENT},
        )


def _recode_all() -> None:
    tally = recode_with_bar(articles_to_code(session.event_store()))
    _say(f"{counted(tally.added, 'article')} coded anew, {number(tally.failed)} failed.")


@st.dialog("Remove this source?")
def _confirm_removal(origin: OriginSummary) -> None:
    st.text(origin.origin)
    st.write(
        f"{counted(origin.articles, 'article')} and all events of it leave the map. {_UNDOABLE}"
    )
    if st.button("Remove", type="primary"):
        removal = session.event_store().removals.remove_origin(origin.origin)
        _say(_removal_in_words(removal))


def _publishers() -> None:
    store = session.event_store()
    named = {article.source for article in store.articles() if article.source}
    named |= {found.dataset.source for found in store.datasets.all() if found.dataset.source}
    names = sorted(named | {source.name for source in store.publishers.sources()})
    if not names:
        st.info(
            "No article names its publisher yet. Say it under “Correct title, day, source” of an "
            "article, and what of its reports may be shared is asked here."
        )
        return
    known = store.publishers.source(st.selectbox("Publisher", names))
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
            store.publishers.set_source(
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
    found = session.event_store().datasets.all()
    if not found:
        st.info("No data set was taken in. “Add an article” takes tables of coded events, too.")
        return
    st.dataframe(
        [
            {
                "data set": each.dataset.name,
                "form": each.dataset.form,
                "events": each.events,
                "from": each.earliest,
                "to": each.latest,
                "licence": each.dataset.licence,
                "accessed": each.dataset.accessed,
                "note": each.dataset.note,
            }
            for each in found
        ],
        hide_index=True,
    )
    _compared(found)
    chosen = st.selectbox("Data set", found, format_func=lambda each: each.dataset.name)
    _list_imports(session.event_store().datasets.imports_of(chosen.dataset.dataset_id))
    if st.button("Remove this data set"):
        _confirm_removal_of_dataset(chosen)


def _list_imports(files: Sequence[ImportedFile]) -> None:
    """Show which files came into a data set, and what was wrong with their rows."""
    if not files:
        return
    st.dataframe(
        [
            {
                "when (UTC)": each.imported_at,
                "file": each.file,
                "added": each.count.added,
                "brought up to date": each.count.updated,
                "unchanged": each.count.unchanged,
                "removed": each.count.removed,
                "bad rows": each.bad,
                "SHA-256": each.sha256,
            }
            for each in files
        ],
        hide_index=True,
        height=min(38 + 35 * len(files), 220),
        column_config={"when (UTC)": _MOMENT},
    )
    bad = [
        {"file": each.file, "line": line, "reason": reason}
        for each in files
        for line, reason in each.bad_rows
    ]
    if bad:
        with st.expander(counted(sum(each.bad for each in files), "bad row")):
            st.dataframe(bad[:MOST_LISTED], hide_index=True)


def _compared(found: tuple[DatasetSummary, ...]) -> None:
    """Show side by side what the data sets hold, and what was coded here."""
    names = {each.dataset.dataset_id: each.dataset.name for each in found} | {OWN: "coded here"}
    facets = Facets(store=session.event_store(), wanted=EventFilter())
    with st.expander("Side by side"):
        for heading, counts in zip(("act", "year"), facets.compared(), strict=True):
            st.dataframe(
                [
                    {heading: row, **{names[one]: count for one, count in by_set.items()}}
                    for row, by_set in counts.items()
                ],
                hide_index=True,
                height=min(38 + 35 * len(counts), 320),
            )
        st.caption("The map's filter “Data sets” shows one of them, or some together.")


@st.dialog("Remove this data set?")
def _confirm_removal_of_dataset(found: DatasetSummary) -> None:
    st.text(found.dataset.name)
    st.write(f"{counted(found.events, 'event')} leave the map. {_UNDOABLE}")
    if st.button("Remove", type="primary"):
        removal = session.event_store().removals.remove_dataset(found.dataset.dataset_id)
        _say(_removal_in_words(removal))


def _watches() -> None:
    watches = session.event_store().watches
    feeds = session.event_store().intake.feeds()
    if feeds and st.button(f"Ask {counted(len(feeds), 'feed')} for news"):
        _ask(feeds)
    for watch in watches.all():
        row = st.container(horizontal=True, vertical_alignment="center")
        new, seen = number(watch.new_events), moment(watch.seen_at)
        row.text(f"{watch.name}: {new} new since {seen}", width="stretch")
        row.button(
            "Show on the map", key=f"show-{watch.name}", on_click=_show_on_map, args=(watch,)
        )
        if row.button("Seen", key=f"seen-{watch.name}"):
            watches.visit(watch.name)
            st.rerun()
        if row.button("Forget", key=f"forget-{watch.name}", type="tertiary"):
            watches.forget(watch.name)
            st.rerun()
    with st.form("watch", clear_on_submit=True):
        words = st.text_input("Watch for", placeholder="Ormara")
        if st.form_submit_button("Add to the watch list") and words.strip():
            watches.add(words.strip(), EventFilter(text=words.strip()))
            _say("It is watched from now on.")


def _show_on_map(watch: Watch) -> None:
    session.event_store().watches.visit(watch.name)
    show_in_widgets(watch.event_filter)
    st.session_state["go_to_map"] = True


def _ask(feeds: tuple[str, ...]) -> None:
    """Read what is new in the feeds."""
    bar, tally = st.progress(0.0, text="Asking"), Tally()
    outcomes = add_from(
        feeds,
        session.event_store(),
        session.place_store(),
        session.gazetteer_cache(),
        geocoder=session.geocoder(),
    )
    for outcome in outcomes:
        tally.count(outcome)
        bar.progress(0.0, text=tally.in_words)
        if isinstance(outcome, Failure):
            session.remember_message(outcome.problem)
    _say(f"{counted(tally.added, 'new article')}.")


def _removed() -> None:
    removals = session.event_store().removals
    if not removals.all():
        st.info("Nothing is removed. Removed sources and data sets can be brought back here.")
    for removal in removals.all():
        left, right = st.columns([6, 1], vertical_alignment="center")
        left.text(f"{removal.what}: {_removal_in_words(removal)}")
        if right.button("Bring back", key=f"back-{removal.key}"):
            removals.bring_back(removal.key)
            _say("They are back.")
    if removals.all() and st.button("Compact the store"):
        _confirm_compacting(removals.all())


@st.dialog("Give up for good what was removed?")
def _confirm_compacting(removals: tuple[Removal, ...]) -> None:
    events = counted(sum(removal.events for removal in removals), "event")
    st.write(f"{counted(len(removals), 'removal')} with {events} cannot be brought back then.")
    if st.button("Give up for good", type="primary"):
        session.event_store().removals.compact()
        _say("Compacted.")


def _removal_in_words(removal: Removal) -> str:
    events = counted(removal.events, "event")
    articles = f"{counted(removal.articles, 'article')} and " if removal.articles else ""
    return f"{articles}{events} removed."


def _say(message: str) -> None:
    session.remember_message(message)
    st.rerun()
