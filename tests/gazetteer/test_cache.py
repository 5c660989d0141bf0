from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from gazetteer.cache import NOTHING_FOUND_LASTS, GazetteerCache
from gazetteer.places import BoundingBox, Coordinates, FeatureClass, GeoPrecision, Place

A_PLACE = Place(
    place_id="osm:n1",
    name="Springhollow",
    coordinates=Coordinates(lat=12.5, lon=-45.25),
    feature_class=FeatureClass.POPULATED,
    feature_code="PPL",
    precision=GeoPrecision.EXACT,
    country_code="XX",
    countries=("XX", "YY"),
    population=12,
    bounds=BoundingBox(south=12, west=-46, north=13, east=-45),
    radius_km=3.5,
)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self.now = datetime(2020, 1, 1, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def cache(tmp_path, clock):
    return GazetteerCache(tmp_path / "deep" / "cache.sqlite", clock=clock)


def test_a_name_never_asked_has_no_answer(cache):
    assert cache.answer("Springhollow", "nominatim") is None


def test_an_answer_comes_back_whole_with_provider_and_date(cache, clock):
    cache.remember("Springhollow", "nominatim", A_PLACE)
    answer = cache.answer("the SPRINGHOLLOW", "nominatim")
    assert answer is not None
    assert answer.place == A_PLACE
    assert answer.provider == "nominatim"
    assert answer.answered_at == clock.now


def test_answers_of_one_provider_are_not_another_s(cache):
    cache.remember("Springhollow", "nominatim", A_PLACE)
    assert cache.answer("Springhollow", "other") is None


def test_nothing_found_is_remembered_as_such(cache):
    cache.remember("Nowhereville", "nominatim", None)
    answer = cache.answer("Nowhereville", "nominatim")
    assert answer is not None
    assert answer.place is None


def test_nothing_found_is_asked_again_after_a_month_but_a_place_is_not(cache, clock):
    cache.remember("Nowhereville", "nominatim", None)
    cache.remember("Springhollow", "nominatim", A_PLACE)
    clock.now += NOTHING_FOUND_LASTS + timedelta(seconds=1)
    assert cache.answer("Nowhereville", "nominatim") is None
    assert cache.answer("Springhollow", "nominatim") is not None


def test_a_later_answer_replaces_the_earlier(cache):
    cache.remember("Springhollow", "nominatim", None)
    cache.remember("Springhollow", "nominatim", A_PLACE)
    assert cache.answer("Springhollow", "nominatim").place == A_PLACE


def test_a_correction_tells_who_when_and_why(cache, clock):
    made = cache.correct("Springhollow", A_PLACE, who="ana", why="local knowledge")
    found = cache.correction("springhollow")
    assert found == made
    assert (found.who, found.why, found.made_at, found.place) == (
        "ana",
        "local knowledge",
        clock.now,
        A_PLACE,
    )


def test_a_correction_for_an_article_holds_only_there_and_beats_the_general_one(cache):
    cache.correct("Springhollow", None, who="ana", why="in general a person")
    cache.correct("Springhollow", A_PLACE, who="ana", why="here the village", article_id="a1")
    assert cache.correction("Springhollow", "a1").place == A_PLACE
    assert cache.correction("Springhollow", "a2").place is None
    assert cache.correction("Springhollow").place is None


def test_not_a_place_is_a_correction_not_its_absence(cache):
    cache.correct("Springhollow", None, who="ana", why="a person")
    assert cache.correction("Springhollow") is not None
    assert cache.correction("Elsewhere") is None


def test_undoing_brings_back_what_held_before_and_keeps_the_record(cache, clock):
    cache.correct("Springhollow", A_PLACE, who="ana", why="first")
    second = cache.correct("Springhollow", None, who="ben", why="second")
    undone = cache.undo(second, who="cleo")
    assert cache.correction("Springhollow").why == "first"
    assert (undone.undone_by, undone.undone_at) == ("cleo", clock.now)
    assert [c.why for c in cache.corrections()] == ["first"]
    assert [c.why for c in cache.corrections(with_undone=True)] == ["first", "second"]


def test_what_is_kept_outlives_the_object(cache):
    cache.remember("Springhollow", "nominatim", A_PLACE)
    assert GazetteerCache(cache.path).answer("Springhollow", "nominatim").place == A_PLACE


def test_several_threads_may_write_at_once(cache):
    def write(number):
        for turn in range(10):
            cache.remember(f"Place {number} {turn}", "nominatim", None)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(
        cache.answer(f"Place {number} {turn}", "nominatim")
        for number in range(4)
        for turn in range(10)
    )


def test_a_name_cannot_reach_into_the_database(cache):
    hostile = "x'); DROP TABLE correction; --"
    cache.correct(hostile, A_PLACE, who=hostile, why=hostile)
    assert cache.correction(hostile).who == hostile
