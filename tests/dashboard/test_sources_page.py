"""The Sources page, run as Streamlit runs it."""

from streamlit.testing.v1 import AppTest

from dashboard.filters import EventFilter
from dashboard.store import EventStore


def test_the_sources_page_shows_where_articles_came_from(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_DATABASE", f"sqlite:///{tmp_path / 'store.sqlite'}")
    import streamlit as st

    st.cache_resource.clear()
    store = EventStore()
    store.intake.watch("Ormara", EventFilter())
    store.close()
    page = AppTest.from_string(
        "from dashboard.ui.sources_page import sources_page\nsources_page()", default_timeout=60
    ).run()
    assert not page.exception
    assert any("Ormara: 0 new" in text.value for text in page.text)
    st.cache_resource.clear()
