"""The pages of the app, and what they share: logo, style, navigation."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.ui import session
from dashboard.ui.about_page import about_page
from dashboard.ui.articles_page import articles_page
from dashboard.ui.gazetteer_page import gazetteer_page
from dashboard.ui.map_page import map_page
from dashboard.ui.review_page import review_page
from dashboard.ui.snapshots_page import snapshots_page
from dashboard.ui.sources_page import sources_page

_STATIC = Path(__file__).parents[1] / "static"
_ICON = _STATIC / "icon.svg"
_STYLE = """
<style>
  .stMainBlockContainer { padding: 3.8rem 1rem 1rem; }
  /* Streamlit's captions, and its white on a light blue, are too faint to be read by all. */
  [data-testid="stCaptionContainer"] { color: inherit; opacity: 0.82; }
  DARK
</style>
"""
_DARK = 'button[kind^="primary"], button[kind^="primary"] * { color: #0f161c !important; }'
_LOGO = _STATIC / "logo.svg"


def show_page() -> None:
    """Show the page that the address names."""
    st.set_page_config(page_title="Dateline", page_icon=str(_ICON), layout="wide")
    st.html(_STYLE.replace("DARK", _DARK if st.context.theme.type == "dark" else ""))
    st.logo(str(_LOGO), size="large")
    session.prepare()
    map_screen = st.Page(map_page, title="Map", url_path="map", default=True)
    review_screen = st.Page(review_page, title="Review", url_path="review")
    pages = [
        map_screen,
        st.Page(articles_page, title="Articles", url_path="articles"),
        review_screen,
        st.Page(gazetteer_page, title="Gazetteer", url_path="gazetteer"),
        st.Page(sources_page, title="Sources", url_path="sources"),
        st.Page(snapshots_page, title="Snapshots", url_path="snapshots"),
        st.Page(about_page, title="About", url_path="about"),
    ]
    page = st.navigation(pages, position="top")
    if st.session_state.pop("go_to_map", False):
        st.switch_page(map_screen)
    if st.session_state.pop("go_to_review", False):
        st.switch_page(review_screen)
    page.run()
