"""The page of articles: read one with its places and events marked, and see why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.article_html import article_html
from dashboard.popups import day_words
from dashboard.ui import session
from dashboard.ui.add_article import add_article_dialog
from dashboard.ui.event_table import event_table
from dashboard.ui.filter_panel import show_only_article

if TYPE_CHECKING:
    from dashboard.articles import ArticleSummary
    from gazetteer.toponyms import Geoparse


def articles_page() -> None:
    """Let the user choose an article and show its text, mentions and events."""
    session.show_message()
    store = session.event_store()
    summaries = {summary.article_id: summary for summary in store.articles()}
    top, button = st.columns([5, 1], vertical_alignment="bottom")
    if button.button("Add an article", type="primary", width="stretch"):
        add_article_dialog()
    if not summaries:
        st.info("No articles yet. Add one: paste its text or choose a file.")
        return
    wanted = st.query_params.get("article")
    keys = list(summaries)
    chosen = top.selectbox(
        "Article",
        keys,
        index=keys.index(wanted) if wanted in summaries else 0,
        format_func=lambda key: _heading(summaries[key]),
    )
    if chosen != wanted:
        st.query_params["article"] = chosen
    _show_article(chosen)


def _show_article(article_id: str) -> None:
    store = session.event_store()
    article = store.article(article_id)
    geoparse = store.geoparse_of(article_id)
    events = store.events_of(article_id)
    text, findings = st.columns([3, 2], gap="large")
    with text:
        st.subheader(article.title)
        st.caption(_byline(store.summary(article_id)))
        st.html(article_html(article, geoparse, events))
    with findings:
        st.markdown(f"**{len(events)} events** · **{len(geoparse.resolutions)} place mentions**")
        st.button("Show its events on the map", on_click=_show_on_map, args=(article_id,))
        event_table(store.reports_of(article_id), key=f"events-{article_id}")
        st.markdown("**Places, and why there**")
        _mention_list(geoparse)
        if st.button("Remove this article", key=f"remove-{article_id}"):
            _confirm_removal(article_id, article.title)


def _show_on_map(article_id: str) -> None:
    show_only_article(article_id)
    st.session_state["go_to_map"] = True


def _mention_list(geoparse: Geoparse) -> None:
    for resolution in geoparse.resolutions:
        place = resolution.place
        found = f"{place.name}, {place.country_code or 'no country'}" if place else "not found"
        heading = f"{resolution.mention.surface}: {found} ({resolution.mention.kind.value})"
        with st.expander(heading):
            st.caption(f"Answered by: {resolution.method or 'nobody'}")
            for candidate in resolution.candidates[:4]:
                where = candidate.place
                st.text(
                    f"{candidate.score:.0%}  {where.name}, {where.country_code or '-'} "
                    f"({where.feature_code})"
                )
                for reason in candidate.reasons:
                    st.text(f"    {reason.points:+.1f}  {reason.text}")


@st.dialog("Remove this article?")
def _confirm_removal(article_id: str, title: str) -> None:
    st.text(title)
    st.write("Its events leave the map. The text itself is deleted from the store.")
    if st.button("Remove", type="primary"):
        session.event_store().remove(article_id)
        session.remember_message("Removed.")
        st.query_params.clear()
        st.rerun()


def _heading(summary: ArticleSummary) -> str:
    return f"{summary.published or 'no date'} · {summary.title}"


def _byline(summary: ArticleSummary) -> str:
    published = day_words(summary.published) if summary.published else "no date"
    return " · ".join(part for part in (summary.source, published, summary.url) if part)
