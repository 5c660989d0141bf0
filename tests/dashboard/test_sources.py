"""Sources: what is known of them is kept, what is not known has careful defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.sources import NewsSource, SharingRule
from dashboard.store import EventStore

WIRE = NewsSource(
    name="Example Wire",
    homepage="https://wire.example",
    licence="all rights reserved",
    sharing=SharingRule.POINTS,
    reliability="B",
    credibility=2,
)


@pytest.fixture
def store(tmp_path: Path):
    store = EventStore(f"sqlite:///{tmp_path / 'events.sqlite'}")
    yield store
    store.close()


def test_a_source_comes_out_as_it_went_in(store):
    store.publishers.set_source(WIRE)
    assert store.publishers.source("Example Wire") == WIRE
    assert store.publishers.sources() == (WIRE,)


def test_a_source_that_nobody_described_may_be_quoted_and_has_no_grades(store):
    assert store.publishers.source("Unheard Of") == NewsSource(
        name="Unheard Of", sharing=SharingRule.QUOTES, reliability=None, credibility=None
    )
    assert store.publishers.sources() == ()


def test_describing_a_source_again_replaces_what_was_known_and_is_a_change(store):
    store.publishers.set_source(WIRE)
    before = store.revision()
    changed = NewsSource(name="Example Wire", sharing=SharingRule.AGGREGATES)
    store.publishers.set_source(changed)
    assert store.publishers.sources() == (changed,)
    assert store.revision() != before


@pytest.mark.parametrize(
    "values",
    [{"name": " "}, {"name": "x", "reliability": "G"}, {"name": "x", "credibility": 0}],
)
def test_grades_outside_the_admiralty_code_are_refused(values):
    with pytest.raises(ValueError, match=r"name|Reliability|Credibility"):
        NewsSource(**values)
