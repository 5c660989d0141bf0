"""The coder on the sample articles against a list of their events that was made by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.coding import code_events
from dashboard.events import Event
from dashboard.readers import read_article
from gazetteer.geoparse import geoparse

_LIST = Path(__file__).with_name("sample_events.tsv")
_SAMPLES = Path(__file__).parents[2] / "dashboard" / "data" / "samples"
_LEAST_FOUND = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One event of the list."""

    sample: str
    event_type: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    places: tuple[str, ...]
    words: str


def expected_events() -> list[Expected]:
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [
        Expected(
            sample=sample,
            event_type=kind,
            source=several(source),
            target=several(target),
            places=several(places),
            words=words,
        )
        for sample, kind, source, target, places, words in rows
    ]


def several(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split(","))


@pytest.fixture(scope="module")
def coded(place_store, parse):
    """Return the events of each sample, by the name of its file."""
    found = {}
    for path in sorted(_SAMPLES.glob("*.txt")):
        article = read_article(path.name, path.read_bytes())
        doc = parse(article.text)
        places = geoparse(article.text, doc=doc, store=place_store)
        found[path.stem] = code_events(article, places, doc)
    return found


def told(expected: Expected, coded) -> list[Event]:
    """Return the events of the type and the sentence of `expected`."""
    (name,) = (name for name in coded if name.startswith(expected.sample))
    return [
        event
        for event in coded[name]
        if event.event_type == expected.event_type
        and " ".join(expected.words.split()) in " ".join(event.quote.split())
    ]


def fits(ids: list[str], wanted: tuple[str, ...]) -> bool:
    """Say whether each id is one of `wanted`, or says the same in more or in fewer words."""
    return all(
        any(f"{one}.".startswith(f"{w}.") or f"{w}.".startswith(f"{one}.") for w in wanted)
        for one in ids
    )


def is_found(expected: Expected, event: Event) -> bool:
    source = [actor.actor_id for actor in event.source_actors]
    target = [actor.actor_id for actor in event.target_actors]
    places = [location.place.name for location in event.locations]
    return (
        bool(source) == bool(expected.source)
        and fits(source, expected.source)
        and fits(target, expected.target)
        and set(places) <= set(expected.places)
    )


def test_the_list_covers_every_sample(coded):
    starts = {expected.sample for expected in expected_events()}
    assert all(any(name.startswith(start) for start in starts) for name in coded)


def test_most_events_of_the_samples_are_found(coded):
    events = expected_events()
    missed = [
        expected
        for expected in events
        if not any(is_found(expected, event) for event in told(expected, coded))
    ]
    assert len(missed) <= (1 - _LEAST_FOUND) * len(events), missed


@pytest.mark.parametrize("expected", expected_events(), ids=lambda expected: expected.words)
def test_nobody_is_made_the_doer_who_is_not(coded, expected):
    for event in told(expected, coded):
        assert fits([actor.actor_id for actor in event.source_actors], expected.source)
