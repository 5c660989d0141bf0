"""From an article to its events in the store."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.bulk import SAMPLES, add_all, add_samples
from dashboard.errors import NotStoredError
from dashboard.filters import EventFilter
from dashboard.pipeline import Addition, add_article, code_article, recode_article
from dashboard.readers import read_article
from dashboard.store import EventStore
from gazetteer.cache import GazetteerCache
from gazetteer.places import Coordinates, FeatureClass, GeoPrecision, Place
from gazetteer.store import PlaceStore

TEXT = (
    "Nov 25, 2019\n\nGen. Qamar Javed Bajwa, who leads Pakistan's army, visited Iranian President "
    "Hassan Rouhani in Tehran on Nov. 19.\n\nGunmen killed two people in Ormara in April."
)


@pytest.fixture
def store(tmp_path: Path):
    store = EventStore(f"sqlite:///{tmp_path / 'events.sqlite'}")
    yield store
    store.close()


def test_an_article_is_coded_without_being_kept(place_store: PlaceStore) -> None:
    article = read_article("a.txt", TEXT.encode())
    coded = code_article(article, place_store=place_store)
    assert coded.article == article
    assert coded.geoparse.text == article.text
    assert coded.events
    assert [report.event for report in coded.reports()] == list(coded.events)
    for event in coded.events:
        assert article.text[event.start : event.end] == event.quote


def test_what_is_kept_is_what_was_coded(store: EventStore, place_store: PlaceStore) -> None:
    article = read_article("a.txt", TEXT.encode())
    coded = code_article(article, place_store=place_store)
    addition = add_article(article, store, place_store)
    assert store.geoparse_of(article.article_id) == coded.geoparse
    assert store.events_of(article.article_id) == coded.events
    assert addition.is_new
    assert addition.events == len(coded.events)
    assert addition.placed == sum(bool(event.locations) for event in coded.events)
    assert store.reports(EventFilter(actors=("IRN",)))


def test_the_same_article_again_changes_nothing_and_says_so(
    store: EventStore, place_store: PlaceStore
) -> None:
    article = read_article("a.txt", TEXT.encode())
    first = add_article(article, store, place_store)
    revision = store.revision()
    again = add_article(article, store, place_store)
    assert (again.is_new, again.events) == (False, first.events)
    assert "already" in again.message
    assert store.revision() == revision


def test_progress_only_moves_forward_and_ends_with_all(
    store: EventStore, place_store: PlaceStore
) -> None:
    told: list[tuple[str, float]] = []
    add_article(
        read_article("a.txt", TEXT.encode()),
        store,
        place_store,
        progress=lambda stage, fraction: told.append((stage, fraction)),
    )
    fractions = [fraction for _, fraction in told]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)
    assert all(stage for stage, _ in told)


def test_one_broken_input_stops_no_other_and_is_named(
    store: EventStore, place_store: PlaceStore
) -> None:
    def unreadable() -> bytes:
        raise FileNotFoundError(2, "No such file or directory", "gone.txt")

    def faulty() -> bytes:
        raise RuntimeError("a fault of our own")

    told: list[float] = []
    report = add_all(
        [
            ("first.txt", TEXT.encode),
            ("picture.png", lambda: b"\x89PNG\r\n\x1a\n"),
            ("gone.txt", unreadable),
            ("odd.txt", faulty),
            ("last.txt", lambda: b"Protesters marched in Beirut on Aug. 8, 2020."),
        ],
        store,
        place_store,
        progress=lambda _, fraction: told.append(fraction),
    )
    assert len(report.additions) == len(store.articles()) == 2
    assert [failure.name for failure in report.failures] == ["picture.png", "gone.txt", "odd.txt"]
    assert [failure.problem for failure in report.failures] == [
        "picture.png: it is a PNG picture, not text. Give a text or HTML file, or paste the text",
        "gone.txt: No such file or directory",
        "odd.txt: RuntimeError: a fault of our own",
    ]
    assert told == sorted(told)
    assert told[-1] == 1.0


class _Lighthouse:
    """A geocoder that knows one name."""

    name = "lighthouse"
    attribution = ""

    def geocode(self, name: str) -> Place | None:
        if "Xyzzyville" not in name:
            return None
        return Place(
            place_id="osm:n1",
            name="Xyzzyville",
            coordinates=Coordinates(lat=1.0, lon=2.0),
            feature_class=FeatureClass.POPULATED,
            feature_code="PPL",
            precision=GeoPrecision.EXACT,
        )


def test_an_online_answer_is_kept_with_the_article(
    store: EventStore, place_store: PlaceStore, tmp_path: Path
) -> None:
    article = read_article("a.txt", b"Rebels attacked the army in Xyzzyville on May 3, 2020.")
    cache = GazetteerCache(tmp_path / "cache.sqlite")
    add_article(article, store, place_store, cache, geocoder=_Lighthouse())
    methods = {
        resolution.mention.surface: resolution.method
        for resolution in store.geoparse_of(article.article_id).resolutions
    }
    assert methods.get("Xyzzyville") == "online:lighthouse"


def test_samples_come_only_to_a_store_that_never_held_anything(
    store: EventStore, place_store: PlaceStore
) -> None:
    article = read_article("a.txt", TEXT.encode())
    add_article(article, store, place_store)
    store.remove(article.article_id)
    assert add_samples(store, place_store).additions == ()
    assert store.articles() == ()


def test_every_sample_brings_events_with_places_and_most_bring_dates(
    store: EventStore, place_store: PlaceStore
) -> None:
    report = add_samples(store, place_store)
    assert report.failures == ()
    assert len(report.additions) == len(list(SAMPLES.glob("*.txt")))
    assert all(addition.placed for addition in report.additions)
    dated = {found.article.article_id for found in store.reports() if found.event.when}
    assert len(dated) >= len(report.additions) - 1


def test_the_message_tells_what_came_of_it() -> None:
    addition = Addition(
        article_id="a", title="News", is_new=True, events=1, placed=0, problems=("No answer.",)
    )
    assert addition.message == "“News”: 1 event, 0 with a place. No answer."


def test_a_correction_moves_the_article_s_events_and_only_what_was_found(
    store: EventStore, place_store: PlaceStore, tmp_path: Path
) -> None:
    article = read_article("a.txt", b"Nov 25, 2019\n\nGunmen killed two people in Tripoli in May.")
    cache = GazetteerCache(tmp_path / "cache.sqlite")
    add_article(article, store, place_store, cache)
    added_on, key = store.as_of(), article.article_id
    lebanon = next(m.place for m in place_store.by_name("Tripoli") if m.place.country_code == "LB")
    cache.correct("Tripoli", lebanon, who="me", why="the city in Lebanon", article_id=key)
    addition = recode_article(key, store, place_store, cache)
    assert addition.events == 1
    (event,) = store.events_of(key)
    assert [location.place.country_code for location in event.locations] == ["LB"]
    (tripoli,) = (r for r in store.geoparse_of(key).resolutions if r.mention.surface == "Tripoli")
    assert tripoli.method == "analyst"
    assert "LY" in {c.place.country_code for c in tripoli.candidates[1:]}
    assert store.as_of() == added_on
    assert store.article(key) == article


def test_an_article_that_is_not_kept_cannot_be_coded_anew(
    store: EventStore, place_store: PlaceStore
) -> None:
    with pytest.raises(NotStoredError):
        recode_article("none", store, place_store)


RUSSIAN = "Делегация прилетела из Москвы в Киев через Польшу и встретилась с министром."


def test_places_of_another_language_are_found_and_its_events_are_not_made_up(place_store):
    article = read_article("a.txt", RUSSIAN.encode())
    assert article.language == "ru"
    coded = code_article(article, place_store=place_store)
    places = [r.place.name for r in coded.geoparse.resolutions if r.place]
    assert places == ["Moscow", "Kyiv", "Poland"]
    assert coded.events == ()
    assert "'ru'" in coded.geoparse.problems[0]


def test_the_language_may_be_given(place_store):
    article = read_article("a.txt", b"Paris. Madrid.", language="es")
    assert article.language == "es"


def test_workers_end_with_the_process_that_started_them_however_it_went(tmp_path):
    script = (
        "import time\n"
        "from multiprocessing import get_context\n"
        "from dashboard.workers import end_with_parent\n"
        "def work():\n"
        "    end_with_parent()\n"
        "    time.sleep(600)\n"
        "if __name__ == '__main__':\n"
        "    worker = get_context('spawn').Process(target=work)\n"
        "    worker.start()\n"
        "    print(worker.pid, flush=True)\n"
        "    worker.join()\n"
    )
    (tmp_path / "parent.py").write_text(script)
    command = [sys.executable, str(tmp_path / "parent.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        worker = int(parent.stdout.readline())
        os.kill(worker, 0)
        parent.kill()
        # The pipe ends when its last holder, the worker, is gone.
        assert parent.stdout.read() == ""
