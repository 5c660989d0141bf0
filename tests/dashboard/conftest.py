"""What the tests of this folder share: the coder, and the events of tests/sample_reports.py."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard.articles import Article, article_id
from dashboard.coding import code_events
from dashboard.pipeline import CodedArticle
from dashboard.store import EventStore
from dashboard.ui import map_turn
from gazetteer.geoparse import geoparse
from gazetteer.toponyms import Candidate, Geoparse, Resolution


@pytest.fixture(scope="session")
def code(place_store, parse):
    """Return a function that codes a text as published on Monday, 25 November 2019."""

    def run(text: str, published: date | None = date(2019, 11, 25)):
        doc = parse(text)
        article = Article(
            article_id=article_id(text), title="A test", text=text, published=published
        )
        return code_events(article, geoparse(text, doc=doc, store=place_store), doc)

    return run


@pytest.fixture(scope="session")
def sample() -> SimpleNamespace:
    """Return the builders of tests/sample_reports.py."""
    path = Path(__file__).parents[1] / "sample_reports.py"
    return SimpleNamespace(**runpy.run_path(str(path)))


@pytest.fixture(scope="session")
def kept_reports(sample, tmp_path_factory) -> Iterator[SimpleNamespace]:
    """Return the made-up events with the store that keeps them."""
    reports = sample.reports()
    store = EventStore(f"sqlite:///{tmp_path_factory.mktemp('kept') / 'events.sqlite'}")
    for of_id in sorted({report.article.article_id for report in reports}):
        own = [report for report in reports if report.article.article_id == of_id]
        about = own[0].article
        article = Article(article_id=of_id, title=about.title, text="", published=about.published)
        article = replace(article, source=about.source, url=about.url)
        store.add(article, named_places(own), [report.event for report in own])
    yield SimpleNamespace(store=store, reports=store.reports(), geometry=sample.SampleGeometry())
    store.close()


@pytest.fixture(autouse=True)
def _no_map_to_wait_for(monkeypatch):
    """Let pages that run without a browser wait for no map."""
    monkeypatch.setattr(map_turn, "FIRST_WAIT_SECONDS", 0)
    monkeypatch.setattr(map_turn, "LATER_WAIT_SECONDS", 0)


@pytest.fixture
def own_store(tmp_path, monkeypatch) -> Iterator[EventStore]:
    """Return the store that the app opens, one of the test's own."""
    import streamlit as st

    monkeypatch.setenv("DATELINE_DATABASE", f"sqlite:///{tmp_path / 'store.sqlite'}")
    st.cache_resource.clear()
    store = EventStore()
    yield store
    store.close()
    st.cache_resource.clear()


@pytest.fixture
def nothing_found() -> Callable[[Article], CodedArticle]:
    """Return what codes an article without finding places or events in it."""

    def code(article: Article) -> CodedArticle:
        geoparse = Geoparse(text=article.text, resolutions=())
        return CodedArticle(article=article, geoparse=geoparse, events=())

    return code


def named_places(reports) -> Geoparse:
    """Return the places of the events as what was found in their article."""
    return Geoparse(
        text="",
        resolutions=tuple(
            Resolution(
                mention=location.mention,
                candidates=(Candidate(place=location.place, score=0.9),),
                method="store",
            )
            for report in reports
            for location in report.event.locations
        ),
    )
