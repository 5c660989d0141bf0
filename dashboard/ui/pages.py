"""The pages of the app, and what they share: logo, style, navigation."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import streamlit as st

from dashboard.ui import session
from dashboard.ui.address import leave_address
from dashboard.ui.loading import LOADING
from dashboard.ui.map_page import map_page

_STATIC = Path(__file__).parents[1] / "static"
_ICON = _STATIC / "icon.svg"
_STYLE = """
<style>
  .stMainBlockContainer { padding: 3.8rem 1rem 1rem; }
  /* Streamlit's captions, and its white on a light blue, are too faint to be read by all. */
  [data-testid="stCaptionContainer"] { color: inherit; opacity: 0.82; }
  /* What people wrote stands in the direction of its own script, in fields and lists too. */
  :is(h1, h2, h3, h4, p, li, label, blockquote, input, textarea, [role="option"],
    [data-baseweb="select"] div, [data-testid="stText"] *) { unicode-bidi: plaintext; }
  .st-key-fold { position: absolute; height: 0; overflow: hidden; }
  DARK
</style>
"""
_DARK = 'button[kind^="primary"], button[kind^="primary"] * { color: #0f161c !important; }'
_FOLD = """
  const open = document.querySelector("[data-testid=stSidebar][data-collapsed=false]");
  if (open && window.innerWidth < 768)
    open.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
"""
_LOGO = _STATIC / "logo.svg"
_LOGO_COLOURS = "#1f6f8b", "#4fa8c5"
"""The themes' own colours, light and dark."""


def show_page() -> None:
    """Show the page that the address names."""
    st.set_page_config(page_title="Dateline", page_icon=str(_ICON), layout="wide")
    is_dark = st.context.theme.type == "dark"
    st.html(_STYLE.replace("DARK", _DARK if is_dark else ""))
    logo = _LOGO.read_text("utf-8")
    st.logo(logo.replace(*_LOGO_COLOURS) if is_dark else logo, size="large")
    session.prepare()
    map_screen = st.Page(map_page, title="Map", url_path="map", default=True)
    review_screen = _page("review")
    pages = [
        map_screen,
        _page("articles"),
        review_screen,
        _page("gazetteer"),
        _page("sources"),
        _page("snapshots"),
        _page("about"),
    ]
    page = st.navigation(pages, position="top")
    if st.session_state.pop("go_to_map", False):
        st.switch_page(map_screen)
    if st.session_state.pop("go_to_review", False):
        st.switch_page(review_screen)
    if page is not map_screen:
        leave_address()
    _fold_menu(page.url_path)
    page.run()


def _fold_menu(page: str) -> None:
    """Fold the sidebar away on a phone, where it lies over the page that was chosen in it."""
    with st.container(key="fold"):  # always there, so that what follows keeps its place
        if st.session_state.get("page") not in {None, page}:
            # The name makes each page's script another one: only what changed is run.
            st.html(f"<script>{{ /* {page} */{_FOLD}}}</script>", unsafe_allow_javascript=True)
    st.session_state["page"] = page


def _page(name: str) -> st.Page:
    """Return the page that `NAME_page` of the module of that name shows, loaded once it is."""

    def show() -> None:
        with LOADING:
            module = import_module(f"dashboard.ui.{name}_page")
        shown: Callable[[], None] = getattr(module, f"{name}_page")
        shown()

    return st.Page(show, title=name.capitalize(), url_path=name)
