"""A large collection's columns, kept in a file for the next start."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.store import EventStore, held_columns
from dashboard.store.column_file import load_columns, save_columns
from dashboard.store.revisions import State

COLUMNS = {
    "keys": np.array([1, 5]),
    "type_names": ("AID", "ASSAULT"),
    "is_placed": np.array([True]),
}


def test_the_columns_come_back_as_they_were(tmp_path):
    path = tmp_path / "columns.npz"
    save_columns(path, State(3, 77), COLUMNS)
    state, found = load_columns(path)
    assert state == State(3, 77)
    assert found["type_names"] == COLUMNS["type_names"]
    assert np.array_equal(found["keys"], COLUMNS["keys"])
    assert found["is_placed"].dtype == bool


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04"])
def test_a_damaged_file_is_as_good_as_none(tmp_path, content):
    path = tmp_path / "columns.npz"
    path.write_bytes(content)
    assert load_columns(path) == (None, {})


def test_a_store_of_the_same_revision_but_other_events_is_read_anew(tmp_path, monkeypatch, sample):
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))
    monkeypatch.setattr(held_columns, "FEWEST_EVENTS", 1)
    url = f"sqlite:///{tmp_path / 'events.sqlite'}"
    sizes = []
    for count in (1, 3):
        (tmp_path / "events.sqlite").unlink(missing_ok=True)
        store = EventStore(url)
        keep(store, sample.reports()[:count])
        sizes.append(len(store.columns()))
        store.close()
        again = EventStore(url)
        assert len(again.columns()) == count
        again.close()
    assert sizes == [1, 3]
    assert list(tmp_path.glob("columns-*.npz"))


def keep(store, reports):
    from dashboard.articles import Article
    from gazetteer.toponyms import Geoparse

    about = reports[0].article
    article = Article(article_id=about.article_id, title=about.title, text="", published=None)
    store.add(article, Geoparse(text="", resolutions=()), [report.event for report in reports])
