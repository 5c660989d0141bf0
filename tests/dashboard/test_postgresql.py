"""The store on a real PostgreSQL does what it does on SQLite.

Runs where DATELINE_TEST_POSTGRESQL names an empty database, such as
postgresql+psycopg://user:password@localhost/dateline_test; what is in it is lost.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import create_engine

from dashboard.articles import Article, article_id
from dashboard.datasets import OWN, Dataset
from dashboard.facets import Facets
from dashboard.filters import EventFilter
from dashboard.importers.record_rows import rows_of_records
from dashboard.importers.records import Record
from dashboard.near_copies import signature_of
from dashboard.store import EventStore, schema
from gazetteer.places import BoundingBox
from gazetteer.toponyms import Geoparse

URL = os.environ.get("DATELINE_TEST_POSTGRESQL", "")
pytestmark = pytest.mark.skipif(not URL, reason="DATELINE_TEST_POSTGRESQL names no database")
TABLE = Dataset(name="Table", form="table")
NOTHING = Geoparse(text="", resolutions=())


@pytest.fixture
def store():
    engine = create_engine(URL)
    schema.metadata.drop_all(engine)
    engine.dispose()
    store = EventStore(URL)
    yield store
    store.close()


def keep(store, kept_reports):
    """Keep the made-up events, article by article."""
    by_article = {}
    for report in kept_reports.reports:
        by_article.setdefault(report.article, []).append(replace(report.event))
    for about, events in by_article.items():
        article = Article(article_id=about.article_id, title=about.title, text="")
        article = replace(article, published=about.published, source=about.source, url=about.url)
        assert store.add(article, NOTHING, events)


def imported(store, *records):
    return store.datasets.import_rows(TABLE, [rows_of_records(records, TABLE)])


def record(number, **more):
    said = {"record_id": f"{number}", "event_type": "ASSAULT", "when": None, "text": f"{number}"}
    return Record(**said | {"codes": {"number": f"{number}"}} | more)


@pytest.mark.parametrize(
    "wanted",
    [
        EventFilter(),
        EventFilter(actors=("PAK",)),
        EventFilter(since=date(2019, 4, 1), until=date(2019, 12, 31)),
        EventFilter(text="talks"),
        EventFilter(box=BoundingBox(south=20, west=40, north=40, east=70)),
        EventFilter(places=("IR", "cur:middle-east")),
    ],
)
def test_filters_find_the_same_events(store, kept_reports, wanted):
    keep(store, kept_reports)
    expected = sorted(report.event.event_id for report in kept_reports.store.reports(wanted))
    assert sorted(report.event.event_id for report in store.reports(wanted)) == expected
    assert Facets(store=store, wanted=wanted).coverage().shown == len(expected)


def test_records_are_added_brought_up_to_date_and_deleted(store):
    count = imported(store, *(record(n) for n in range(12_000)))
    assert count.added == 12_000
    count = imported(store, record(1), record(2, text="changed"), record("new"))
    assert (count.added, count.updated, count.unchanged) == (1, 1, 1)
    assert store.datasets.remove_records(TABLE.dataset_id, ["1", "nobody's"]) == 1
    [summary] = store.datasets.all()
    assert summary.events == 12_000


def test_what_is_removed_comes_back_until_the_store_is_compacted(store, kept_reports):
    keep(store, kept_reports)
    imported(store, record(1), record(2))
    before = store.reports()
    store.removals.remove_dataset(TABLE.dataset_id)
    assert Facets(store=store, wanted=EventFilter()).datasets() == {OWN: len(before) - 2}
    [removal] = store.removals.all()
    store.removals.bring_back(removal.key)
    assert store.reports() == before
    store.removals.remove_dataset(TABLE.dataset_id)
    store.removals.compact()
    assert store.removals.all() == ()


def test_a_watch_counts_what_is_new_and_near_copies_find_their_original(store):
    store.watches.add("all", EventFilter())
    imported(store, record(1))
    assert [watch.new_events for watch in store.watches.all()] == [1]
    store.watches.visit("all")
    assert [watch.new_events for watch in store.watches.all()] == [0]
    words = " ".join(f"word{n}" for n in range(60))
    article = Article(article_id=article_id(words), title="Words", text=words)
    store.add(article, NOTHING, (), signature=signature_of(words))
    assert store.intake.original_of(signature_of(f"{words} more")) == article.article_id
