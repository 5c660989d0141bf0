from __future__ import annotations

import os
import subprocess
import sys

import pytest

import gazetteer
from gazetteer.added import new_place
from gazetteer.cache import GazetteerCache
from gazetteer.errors import GeocoderUnavailableError
from gazetteer.geoparse import geoparse
from gazetteer.places import Coordinates, FeatureClass, GeoPrecision, Place

TEXT = "The envoy flew from Tehran to Gilgamville, Pakistan. Later she saw Gilgamville again."
VILLAGE = Place(
    place_id="osm:n1",
    name="Gilgamville",
    coordinates=Coordinates(lat=30.5, lon=70.5),
    feature_class=FeatureClass.POPULATED,
    feature_code="PPL",
    precision=GeoPrecision.EXACT,
    country_code="PK",
)


class FakeGeocoder:
    """Answers from a dictionary, or fails, and keeps what it was asked."""

    name = "fake"
    attribution = "Fake data, no rights reserved"

    def __init__(self, answers=None, *, is_down=False):
        self.answers = answers or {}
        self.is_down = is_down
        self.asked = []

    def geocode(self, name):
        self.asked.append(name)
        if self.is_down:
            raise GeocoderUnavailableError(self.name, "it is down")
        return self.answers.get(name)


@pytest.fixture
def cache(tmp_path):
    return GazetteerCache(tmp_path / "cache.sqlite")


@pytest.fixture
def parsed(parse, place_store):
    def run(text=TEXT, **options):
        return geoparse(text, doc=parse(text), store=place_store, **options)

    return run


def of(result, surface):
    return [r for r in result.resolutions if r.mention.surface == surface]


def test_mentions_quote_the_text_in_order(parsed):
    result = parsed()
    starts = [r.mention.start for r in result.resolutions]
    assert starts == sorted(starts)
    assert all(
        TEXT[r.mention.start : r.mention.end] == r.mention.surface for r in result.resolutions
    )


def test_nothing_is_asked_online_by_default(parsed):
    assert all(r.method in {"store", "rule", None} for r in parsed().resolutions)
    assert parsed().problems == ()


def test_an_unknown_name_is_asked_once_and_remembered(parsed, cache):
    geocoder = FakeGeocoder({"Gilgamville": VILLAGE})
    result = parsed(cache=cache, geocoder=geocoder)
    assert geocoder.asked == ["Gilgamville"]
    assert {r.method for r in of(result, "Gilgamville")} == {"online:fake"}
    assert {r.place for r in of(result, "Gilgamville")} == {VILLAGE}
    again = parsed(cache=cache, geocoder=geocoder)
    assert geocoder.asked == ["Gilgamville"]
    assert {r.method for r in of(again, "Gilgamville")} == {"cache"}
    offline = parsed(cache=cache)
    assert {r.method for r in of(offline, "Gilgamville")} == {"cache"}


def test_nothing_found_is_remembered_too(parsed, cache):
    geocoder = FakeGeocoder()
    assert of(parsed(cache=cache, geocoder=geocoder), "Gilgamville")[0].place is None
    parsed(cache=cache, geocoder=geocoder)
    assert geocoder.asked == ["Gilgamville"]


def test_a_geocoder_that_is_down_is_a_problem_and_never_cached(parsed, cache):
    result = parsed(cache=cache, geocoder=FakeGeocoder(is_down=True))
    assert len(result.problems) == 1
    assert "it is down" in result.problems[0]
    assert of(result, "Gilgamville")[0].place is None
    assert of(result, "Tehran")[0].place is not None
    assert cache.answer("Gilgamville", "fake") is None
    healthy = parsed(cache=cache, geocoder=FakeGeocoder({"Gilgamville": VILLAGE}))
    assert of(healthy, "Gilgamville")[0].place == VILLAGE


def test_a_geocoder_that_is_down_is_asked_once_a_text(parsed):
    geocoder = FakeGeocoder(is_down=True)
    parsed("She saw Gilgamville in Peru and Uqbarstadt in Chile.", geocoder=geocoder)
    assert len(geocoder.asked) <= 1


def test_known_names_are_not_asked_online(parsed):
    geocoder = FakeGeocoder()
    parsed("They met in Tehran and Lahore.", geocoder=geocoder)
    assert geocoder.asked == []


def test_an_analyst_s_word_beats_the_store_and_says_who(parsed, cache):
    cache.correct("Tehran", VILLAGE, who="ana", why="a village of that name")
    (tehran,) = of(parsed(cache=cache), "Tehran")
    assert (tehran.method, tehran.place, tehran.confidence) == ("analyst", VILLAGE, 1.0)
    assert "ana" in tehran.candidates[0].reasons[0].text
    assert "a village of that name" in tehran.candidates[0].reasons[0].text
    assert len(tehran.candidates) >= 1


def test_a_correction_for_one_article_leaves_the_others_alone(parsed, cache):
    made = cache.correct("Tehran", VILLAGE, who="ana", why="here", article_id="a1")
    assert of(parsed(cache=cache, article_id="a1"), "Tehran")[0].place == VILLAGE
    assert of(parsed(cache=cache, article_id="a2"), "Tehran")[0].place != VILLAGE
    cache.undo(made, who="ana")
    assert of(parsed(cache=cache, article_id="a1"), "Tehran")[0].place != VILLAGE


def test_an_analyst_may_say_that_a_name_is_no_place(parsed, cache):
    cache.correct("Tehran", None, who="ana", why="a person")
    (tehran,) = of(parsed(cache=cache), "Tehran")
    assert (tehran.place, tehran.method) == (None, "analyst")


def test_a_corrected_place_speaks_for_the_others(parsed, cache, place_store):
    text = "The fair moved from Lahore to Paris."
    texan = next(m.place for m in place_store.by_name("Dallas") if m.place.country_code == "US")
    assert of(parsed(text), "Paris")[0].place.country_code == "FR"
    cache.correct("Lahore", texan, who="ana", why="the Lahore near Dallas")
    assert of(parsed(text, cache=cache), "Paris")[0].place.country_code == "US"


def test_a_library_user_gets_it_in_five_lines():
    from gazetteer import geoparse as public

    found = public("The envoy left Tehran for Ormara, Pakistan.").resolutions
    assert [r.mention.surface for r in found] == ["Tehran", "Ormara", "Pakistan"]
    assert all(r.place for r in found)


def test_every_public_name_can_be_imported():
    assert all(getattr(gazetteer, name) is not None for name in gazetteer.__all__)


def test_importing_the_package_loads_neither_spacy_nor_geopy():
    code = "import gazetteer, sys; print({'spacy', 'geopy'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "set()"


def test_hostile_text_is_harmless(parsed):
    for text in (
        "",
        " ",
        "<script>alert(1)</script> in Tehran ${x} `",
        "\u202eTehran\u202c",
        "\x00",
    ):
        parsed(text)


def test_the_narrowest_correction_wins(parsed, cache, place_store):
    by_name = {name: place_store.by_name(name)[0].place for name in ("Lahore", "Cairo", "Lima")}
    cache.correct("Tehran", VILLAGE, who="ana", why="always")
    cache.correct("Tehran", by_name["Lahore"], who="ana", why="here", source="The  Herald")
    cache.correct("Tehran", by_name["Cairo"], who="ana", why="here", article_id="a1")
    text = "They left Tehran. Tehran is large."
    second = text.index("Tehran is")
    cache.correct("Tehran", by_name["Lima"], who="ana", why="that", article_id="a1", start=second)
    found = of(parsed(text, cache=cache, article_id="a1", source="The Herald"), "Tehran")
    assert [r.place.name for r in found] == ["Cairo", "Lima"]
    (first, *_) = of(parsed(text, cache=cache, article_id="a2", source="the herald"), "Tehran")
    assert first.place.name == "Lahore"
    (first, *_) = of(parsed(text, cache=cache, article_id="a2", source="Other"), "Tehran")
    assert first.place == VILLAGE


def test_a_corrected_mention_stays_one_even_if_recognition_passes_over_it(parsed, cache):
    text = "The people of uqbar slept."
    assert of(parsed(text), "uqbar") == []
    cache.correct("uqbar", VILLAGE, who="ana", why="it is", article_id="a1", start=14)
    (found,) = of(parsed(text, cache=cache, article_id="a1"), "uqbar")
    assert (found.place, found.mention.start) == (VILLAGE, 14)
    assert of(parsed(text, cache=cache, article_id="a2"), "uqbar") == []


def test_an_added_place_is_found_by_every_name(parsed, cache):
    place = new_place("Gilgamville", coordinates=Coordinates(lat=30.5, lon=70.5))
    cache.add_place(place, aliases=["Gilgam City"], who="ana", why="been there")
    found = parsed("The envoy left Gilgam City for Gilgamville.", cache=cache)
    assert [r.place for r in found.resolutions] == [place, place]
    assert {r.method for r in found.resolutions} == {"analyst"}
    assert "been there" in found.resolutions[0].candidates[0].reasons[0].text
    cache.undo_place(place.place_id, who="ana")
    assert all(r.place != place for r in parsed("He left Gilgam City.", cache=cache).resolutions)


def test_an_added_place_of_a_known_name_is_one_candidate_more(parsed, cache):
    place = new_place("Tehran", coordinates=Coordinates(lat=30.5, lon=70.5))
    cache.add_place(place, who="ana", why="a village")
    (tehran,) = of(parsed("They met in Tehran, Iran.", cache=cache), "Tehran")
    assert tehran.place.place_id == "gn:112931"


def test_an_online_answer_in_an_implausible_country_is_no_answer(parsed, cache):
    geocoder = FakeGeocoder({"Gilgamville": VILLAGE})
    away = parsed(
        TEXT.replace("Tehran", "Lima").replace("Pakistan", "Peru"), cache=cache, geocoder=geocoder
    )
    (resolution,) = of(away, "Gilgamville")
    assert resolution.place is None
    (rejected,) = resolution.candidates
    assert (rejected.place, rejected.score) == (VILLAGE, 0)
    assert "does not speak of" in rejected.reasons[0].text
    near = parsed(TEXT, cache=cache, geocoder=geocoder)
    assert of(near, "Gilgamville")[0].place == VILLAGE


def test_an_online_answer_says_whose_data_it_is_also_from_the_cache(parsed, cache):
    for _ in range(2):
        result = parsed(cache=cache, geocoder=FakeGeocoder({"Gilgamville": VILLAGE}))
        (reason,) = of(result, "Gilgamville")[0].candidates[0].reasons
        assert FakeGeocoder.attribution in reason.text


@pytest.mark.parametrize("text", ["\ud800 Paris", "Paris \udfff", "\udc00Париж", "in Pa\ud800ris"])
def test_half_a_surrogate_pair_moves_no_name(place_store, text):
    found = geoparse(text, store=place_store)
    found.text.encode()
    assert len(found.text) == len(text)
    for resolution in found.resolutions:
        mention = resolution.mention
        assert found.text[mention.start : mention.end] == mention.surface
    if "\ud800ris" not in text:
        assert [r.place.country_code for r in found.resolutions] == ["FR"]
