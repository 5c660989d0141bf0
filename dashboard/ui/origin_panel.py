"""Where an article came from: readings, versions, near-copies, its bytes; and correcting that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.pipeline import recode_article
from dashboard.popups import web_link
from dashboard.sources import CREDIBILITY, RELIABILITY
from dashboard.ui import session, wording

if TYPE_CHECKING:
    from dashboard.articles import Article


def origin_panel(article: Article) -> None:
    """Show what is known of an article's coming here, and let what it says of itself be mended."""
    with st.expander("Where it came from"):
        _readings(article)
        _relatives(article)
        if article.source:
            st.caption(_publisher_words(article.source))
        _original(article)
    with st.expander("Correct title, day, source"):
        _facts_form(article)


def _readings(article: Article) -> None:
    readings = session.event_store().intake.retrievals_of(article.article_id)
    if not readings:
        st.caption("It was pasted, or kept before readings were.")
        return
    st.dataframe(
        [
            {
                "read (UTC)": each.retrieved_at,
                "came from": each.origin,
                "name": each.name,
                "address": each.url,
                "SHA-256": each.sha256,
            }
            for each in readings
        ],
        hide_index=True,
        height=38 + 35 * min(len(readings), 5),
        column_config={"read (UTC)": st.column_config.DatetimeColumn(format="localized")},
    )


def _relatives(article: Article) -> None:
    """Name the other versions and near-copies, each leading to itself."""
    intake = session.event_store().intake
    original = intake.copied_by(article.article_id)
    kinds = (
        ("Earlier version", intake.versions_of(article.article_id)),
        ("Later version", intake.later_versions_of(article.article_id)),
        ("Nearly the same text, coded in its place", (original,) if original else ()),
        ("Nearly the same text", intake.copies_of(article.article_id)),
    )
    for words, ids in kinds:
        for other in ids:
            if session.event_store().has(other):
                summary = session.event_store().summary(other)
                st.button(
                    f"{words}: {summary.title}",
                    key=f"go-{article.article_id}-{other}-{words}",
                    type="tertiary",
                    on_click=_go_to,
                    args=(other,),
                )


def _go_to(article_id: str) -> None:
    st.session_state["article"] = article_id


def _publisher_words(name: str) -> str:
    source = session.event_store().publishers.source(name)
    letter, digit = source.reliability, source.credibility
    parts = [
        name,
        source.licence or "licence not known",
        f"may be shared: {source.sharing.value}",
        f"{letter} {RELIABILITY[letter]}" if letter else "",
        f"{digit} {CREDIBILITY[digit]}" if digit else "",
    ]
    return " · ".join(part for part in parts if part) + " (Sources page, “Publishers”)"


def _original(article: Article) -> None:
    data = session.event_store().intake.raw(article.article_id)
    if data is not None:
        st.download_button(
            f"As it came ({wording.counted(len(data), 'byte')})",
            data,
            file_name=f"{article.article_id}.original",
            mime="application/octet-stream",
            key=f"original-{article.article_id}",
        )


def _facts_form(article: Article) -> None:
    with st.form(f"facts-{article.article_id}"):
        title = st.text_input("Title", value=article.title)
        first, second = st.columns(2)
        published = first.date_input("Published", value=article.published)
        source = second.text_input("Source", value=article.source or "")
        author = first.text_input("Author", value=article.author or "")
        url = second.text_input("Address", value=article.url or "").strip()
        if not st.form_submit_button("Keep, and code anew"):
            return
    if url and not web_link(url):
        st.error(f"{url!r} is no web address such as https://...")
        return
    store = session.event_store()
    store.set_facts(
        replace(
            article,
            title=title.strip() or article.title,
            published=published,
            source=source.strip() or None,
            author=author.strip() or None,
            url=url or None,
        )
    )
    coded = recode_article(
        article.article_id,
        store,
        session.place_store(),
        session.gazetteer_cache(),
        geocoder=session.geocoder(),
    )
    session.remember_message(f"Kept. {coded.message}")
    st.rerun()
