"""The reader beside the map: an event's article, marked in the colours of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.article_html import article_html, headline_html
from dashboard.ui import session
from dashboard.ui.articles_page import byline, mention_list

if TYPE_CHECKING:
    from dashboard.articles import Article
    from dashboard.events import Event
    from gazetteer.toponyms import Geoparse


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
    st.html(headline_html(article.title))
    st.caption(byline(report.article))
    if action in {"why", "correct"}:
        with st.container(key="why"):
            _places(report.event, article, geoparse)
    with st.container(key="article_text"):
        st.html(article_html(article, geoparse, store.events_of(article_id)))


def _places(event: Event, article: Article, geoparse: Geoparse) -> None:
    starts = {location.mention.start for location in event.locations}
    st.markdown("**Why here, and what else it could be**")
    for location in event.locations:
        st.caption(f"{location.place.name}: {location.reason}")
    if not event.locations:
        st.caption(event.unplaced_reason or "No place is known of it.")
        return
    mention_list(article, geoparse, only=starts)
