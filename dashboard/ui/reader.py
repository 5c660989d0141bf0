"""The reader beside the map: an event's article, marked in the colours of the map."""

from __future__ import annotations

import streamlit as st

from dashboard.article_html import article_html
from dashboard.events import Event
from dashboard.ui import session
from dashboard.ui.articles_page import byline, mention_list


def reader(event_id: str, action: str) -> None:
    """Show the article of an event; "why" and "correct" open what its places rest on.

    The map's script links the two: resting on a mark here shows its event there, and an event
    that is opened there is marked here.
    """
    store = session.event_store()
    report = store.report(event_id)
    head = st.container(horizontal=True, vertical_alignment="center")
    if head.button("Close the reader", type="tertiary"):
        st.session_state["reading"] = None
        st.rerun()
    if report is None:
        st.caption("This event is no longer in the collection.")
        return
    article_id = report.article.article_id
    article = store.article(article_id)
    geoparse = store.geoparse_of(article_id)
    st.subheader(article.title, anchor=False)
    st.caption(byline(report.article))
    if action in {"why", "correct"}:
        _places(report.event, article_id)
    st.html(article_html(article, geoparse, store.events_of(article_id)))


def _places(event: Event, article_id: str) -> None:
    store = session.event_store()
    geoparse = store.geoparse_of(article_id)
    starts = {location.mention.start for location in event.locations}
    st.markdown("**Why here, and what else it could be**")
    for location in event.locations:
        st.caption(f"{location.place.name}: {location.reason}")
    mention_list(store.article(article_id), geoparse, only=starts)
