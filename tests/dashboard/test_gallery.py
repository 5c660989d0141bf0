"""Saved snapshots come back byte for byte, with a picture, until they are deleted."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.disclosure import disclose
from dashboard.errors import NotStoredError
from dashboard.evidence import content_hash
from dashboard.gallery import keep_snapshot
from dashboard.provenance import About
from dashboard.snapshot import snapshot_html
from dashboard.store import EventStore

DAY = date(2019, 11, 26)


@pytest.fixture
def store(tmp_path):
    store = EventStore(f"sqlite:///{tmp_path / 'events.sqlite'}")
    yield store
    store.close()


def page(sample, title="Sample"):
    shown = disclose(sample.reports())
    return snapshot_html(
        shown, sample.SampleGeometry(), About(title=title, note="for the desk", as_of=DAY)
    )


def test_a_kept_page_comes_back_byte_for_byte_with_its_note_day_and_hash(store, sample):
    html = page(sample)
    keep_snapshot(html, store, made_on=DAY)
    [saved] = store.snapshots.all()
    assert (saved.title, saved.note, saved.made_on, saved.events) == (
        "Sample",
        "for the desk",
        DAY,
        14,
    )
    assert saved.content_hash == content_hash(html)
    assert store.snapshots.page(saved.content_hash) == html


def test_a_small_picture_is_kept_with_it(store, sample):
    pytest.importorskip("resvg_py")
    saved = keep_snapshot(page(sample), store)
    assert saved.thumbnail.startswith(b"\x89PNG")
    assert len(saved.thumbnail) < 120_000


def test_the_same_page_is_kept_once_and_the_latest_comes_first(store, sample):
    keep_snapshot(page(sample), store, made_on=DAY)
    keep_snapshot(page(sample), store, made_on=date(2020, 1, 1))
    keep_snapshot(page(sample, "Later"), store, made_on=date(2019, 12, 1))
    assert [saved.title for saved in store.snapshots.all()] == ["Later", "Sample"]
    assert store.snapshots.all()[1].made_on == DAY


def test_a_deleted_one_is_gone_and_what_is_not_there_is_told(store, sample):
    saved = keep_snapshot(page(sample), store)
    assert store.snapshots.named(saved.content_hash[:8]) == saved
    store.snapshots.delete(saved.content_hash)
    assert store.snapshots.all() == ()
    for ask in (store.snapshots.page, store.snapshots.delete, store.snapshots.named):
        with pytest.raises(NotStoredError, match="snapshot"):
            ask(saved.content_hash)
    with pytest.raises(NotStoredError):
        store.snapshots.named("")
