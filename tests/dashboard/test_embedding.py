"""The map for another page's frame."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard import embedding
from dashboard.articles import Article
from dashboard.disclosure import Care
from dashboard.embedding import embed_html, iframe_html
from dashboard.filters import EventFilter
from dashboard.permalink import Permalink
from dashboard.sources import NewsSource, SharingRule
from dashboard.store import EventStore
from gazetteer.toponyms import Geoparse


@pytest.fixture
def store(tmp_path, sample):
    store = EventStore(f"sqlite:///{tmp_path / 'events.sqlite'}")
    reports = [*sample.reports(), sample.hostile_report()]
    for summary in {report.article.article_id: report.article for report in reports}.values():
        article = Article(
            article_id=summary.article_id,
            title=summary.title,
            text=summary.article_id * 2000,
            published=summary.published,
            source=summary.source,
            url=summary.url,
        )
        events = [r.event for r in reports if r.article.article_id == summary.article_id]
        store.add(article, Geoparse(text=article.text, resolutions=()), events)
    yield store
    store.close()


def embedded(store, sample, **query):
    return embed_html({"embed": "1", **query}, store, sample.SampleGeometry())


def test_it_shows_what_the_link_asks_for_and_nothing_to_change_it(store, sample):
    html = embedded(store, sample, types="ASSAULT", title="Attacks")
    assert "<h1><bdi>Attacks</bdi></h1>" in html
    assert "5 of 15 events shown" in html
    markup = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    assert not re.search(r"<(form|input|select|textarea|button)\b", markup)
    assert "before sunrise" in html
    assert "flew to" not in html


def test_of_too_many_events_it_shows_the_latest_and_says_so(store, sample, monkeypatch):
    assert "left out" not in embedded(store, sample)
    monkeypatch.setattr(embedding, "MOST_EMBEDDED", 4)
    html = embedded(store, sample)
    assert "4 of 15 events shown" in html
    latest = max((r for r in store.reports(EventFilter()) if r.event.when), key=last_day)
    assert latest.event.event_id in html
    assert re.search(r"The latest 4; \d+ more are left out", html)


def last_day(report):
    return report.event.when.latest


def test_hostile_words_of_link_and_reports_run_nothing(store, sample):
    html = embedded(store, sample, title=sample.HOSTILE, event=sample.HOSTILE, types=sample.HOSTILE)
    assert html.count("<script>") == 5
    assert "<img" not in html
    assert "could not be restored in full" in html


def test_rules_of_sources_and_care_hold_there_too(store, sample):
    store.publishers.set_source(NewsSource(name="Example Wire", sharing=SharingRule.AGGREGATES))
    html = embedded(store, sample, blur="10")
    assert "flew to" not in html
    assert "events counted only" in html
    assert "within 10 km" in html
    assert "Abqaiq" not in html.split("DATELINE_EMBEDDED")[1]


def test_an_unknown_radius_withholds_more_not_less(store, sample):
    html = embedded(store, sample, blur="7")
    assert "made coarse, within 100 km" in html
    assert "blur is not one of" in html


def test_an_event_that_is_not_shown_is_told(store, sample):
    html = embedded(store, sample, event="f" * 16)
    assert "the event that it points at is not shown here" in html


def test_the_frame_to_copy_carries_link_title_and_care():
    link = Permalink(event_filter=EventFilter(actors=("IRN",)), event_id="0" * 16)
    html = iframe_html(
        "http://127.0.0.1:8501/", link, title='Iran "today" <b>', care=Care(blur_km=10)
    )
    assert html.startswith("<iframe ")
    assert "<b>" not in html
    address = unescape(re.search(r'src="([^"]+)"', html)[1])
    query = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
    assert query == {
        "embed": "1",
        "v": "1",
        "actors": "IRN",
        "event": "0" * 16,
        "title": 'Iran "today" <b>',
        "blur": "10",
    }
    assert "allow-same-origin" not in html
