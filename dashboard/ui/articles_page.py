"""The page of articles: read one with its places and events marked, and see why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.article_html import article_html, headline_html
from dashboard.pipeline import recode_article
from dashboard.place_listing import country_words, place_words
from dashboard.ui import session, wording
from dashboard.ui.add_article import add_article_dialog
from dashboard.ui.event_table import event_table
from dashboard.ui.filter_panel import show_only_article
from dashboard.ui.origin_panel import origin_panel
from gazetteer import rules

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.articles import Article, ArticleSummary
    from gazetteer.places import Place
    from gazetteer.toponyms import Geoparse, Mention, Reason, Resolution

_SCOPES = {
    "article": "this name in this article",
    "mention": "this one mention",
    "always": "this name in every article from now on",
}


def articles_page() -> None:
    """Let the user choose an article and show its text, mentions and events."""
    session.show_messages()
    store = session.event_store()
    summaries = {summary.article_id: summary for summary in store.articles()}
    top, button = st.columns([5, 1], vertical_alignment="bottom")
    if button.button("Add an article", type="primary", width="stretch"):
        add_article_dialog()
    if not summaries:
        st.info(
            "No articles yet. “Add an article” takes a text that you paste, files, or the address "
            "of a page or feed."
        )
        return
    _follow_address(summaries)
    earlier = store.intake.earlier_versions()
    chosen = top.selectbox(
        "Article",
        list(summaries),
        format_func=lambda key: _heading(summaries[key], is_earlier=key in earlier),
        key="article",
        persist_state="session",
    )
    if chosen != (st.query_params.get("article") or next(iter(summaries))):
        st.query_params["article"] = chosen
    st.session_state["article_written"] = chosen
    _show_article(chosen)


def _follow_address(known: Collection[str]) -> None:
    """Choose the article that the address names, unless another was chosen since it was written.

    Without one in the address it is the first, which need not be written there.
    """
    state = st.session_state
    wanted = st.query_params.get("article")
    is_untouched = state.get("article") == state.get("article_written")
    if wanted in known and is_untouched:
        state["article"] = wanted
    elif state.get("article") not in known:
        state["article"] = next(iter(known))


def _show_article(article_id: str) -> None:
    store = session.event_store()
    article = store.article(article_id)
    geoparse = store.geoparse_of(article_id)
    events = store.events_of(article_id)
    text, findings = st.columns([3, 2], gap="large")
    with text:
        st.html(headline_html(article.title))
        by = f"By {article.author} · " if article.author else ""
        st.caption(f"{by}{byline(store.summary(article_id))}")
        st.html(article_html(article, geoparse, events))
    with findings:
        mentions = wording.counted(len(geoparse.resolutions), "place mention")
        st.markdown(f"**{wording.counted(len(events), 'event')}** · **{mentions}**")
        st.button("Show its events on the map", on_click=_show_on_map, args=(article_id,))
        event_table(
            store.reports_of(article_id),
            key=f"events-{article_id}",
            on_choose=_show_event_on_map,
            when_empty="No event was found in it. Events are read from English texts.",
        )
        st.markdown("**Places, and why there**")
        mention_list(article, geoparse)
        origin_panel(article)
        if st.button("Remove this article", key=f"remove-{article_id}"):
            _confirm_removal(article_id, article.title)


def _show_on_map(article_id: str) -> None:
    show_only_article(article_id)
    st.session_state["go_to_map"] = True


def _show_event_on_map(event_id: str | None) -> None:
    if event_id:
        st.session_state["selected"] = event_id
        st.session_state["go_to_map"] = True


def mention_list(
    article: Article, geoparse: Geoparse, *, only: Collection[int] | None = None
) -> None:
    """Show what each place name was taken for, and let another be the answer.

    `only` limits it to the mentions that start at these offsets, and shows these unfolded.
    """
    evidence = st.container()
    scope = st.selectbox(
        "A choice below holds for",
        list(_SCOPES),
        format_func=_SCOPES.__getitem__,
        key=f"scope-{article.article_id}",
    )
    st.caption(f"Place data {session.place_store().version[:12]} · rules {rules.version()}")
    for resolution in geoparse.resolutions:
        if only is not None and resolution.mention.start not in only:
            continue
        place = resolution.place
        names = (place.name, country_words(place)) if place else ("not found",)
        found = ", ".join(filter(None, dict.fromkeys(names)))
        mention = resolution.mention
        heading = f"{wording.isolated(mention.surface)}: {found} ({mention.kind.value})"
        with evidence.expander(heading, expanded=only is not None):
            _why_here(article, resolution, scope)


def _why_here(article: Article, resolution: Resolution, scope: str) -> None:
    """Show what speaks for each candidate, and let another be the answer."""
    mention, chosen = resolution.mention, resolution.place
    st.caption(f"Answered by: {resolution.method or 'nobody'}")
    for candidate in resolution.candidates:
        where = candidate.place
        is_answer = chosen is not None and where.place_id == chosen.place_id
        st.text(
            f"{'Answer' if is_answer else 'Rejected'}  {candidate.score:.0%}  "
            f"{place_words(where, session.place_store())}"
        )
        if candidate.reasons:
            st.code("\n".join(map(_weighed, candidate.reasons)), language=None, wrap_lines=True)
        if not is_answer:
            st.button(
                "It is this one",
                key=f"is-{article.article_id}-{mention.start}-{where.place_id}",
                on_click=_correct,
                args=(article, mention, where, scope),
            )
    if chosen is not None:
        st.button(
            "It is no place on our map",
            key=f"none-{article.article_id}-{mention.start}",
            on_click=_correct,
            args=(article, mention, None, scope),
        )


def _weighed(reason: Reason) -> str:
    against = "speaks against: " if reason.points < 0 else ""
    return f"{reason.points:+.1f}  {against}{reason.text}"


def _correct(article: Article, mention: Mention, place: Place | None, scope: str) -> None:
    cache = session.gazetteer_cache()
    cache.correct(
        mention.surface,
        place,
        who="analyst",
        why="chosen on the Articles page",
        article_id=None if scope == "always" else article.article_id,
        start=mention.start if scope == "mention" else None,
    )
    coded = recode_article(article.article_id, session.event_store(), session.place_store(), cache)
    session.remember_message(f"Corrected. {coded.message}")


@st.dialog("Remove this article?")
def _confirm_removal(article_id: str, title: str) -> None:
    st.text(title)
    st.write("Its events leave the map. The text itself is deleted from the store.")
    if st.button("Remove", type="primary"):
        session.event_store().remove(article_id)
        session.remember_message("Removed.")
        st.query_params.clear()
        st.rerun()


def _heading(summary: ArticleSummary, *, is_earlier: bool) -> str:
    return f"{_day(summary)} · {summary.title}{' · earlier version' if is_earlier else ''}"


def byline(summary: ArticleSummary) -> str:
    """Return who published an article, when, and where it stands."""
    return " · ".join(part for part in (summary.source, _day(summary), summary.url) if part)


def _day(summary: ArticleSummary) -> str:
    return wording.day(summary.published) if summary.published else "no date"
