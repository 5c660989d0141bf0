from __future__ import annotations

from dataclasses import replace

import pytest

from gazetteer import features
from gazetteer.features import SIGNALS, Anchor, Option, Setting
from gazetteer.places import BoundingBox, Coordinates, FeatureClass, GeoPrecision, Place
from gazetteer.rules import table

TEXAS = Place(
    place_id="adm1:US.TX",
    name="Texas",
    coordinates=Coordinates(lat=31.5, lon=-99.3),
    feature_class=FeatureClass.ADMIN,
    feature_code="ADM1",
    precision=GeoPrecision.ADMIN1,
    country_code="US",
    admin1_code="TX",
)
PARIS_TEXAS = Place(
    place_id="gn:1",
    name="Paris",
    coordinates=Coordinates(lat=33.66, lon=-95.56),
    feature_class=FeatureClass.POPULATED,
    feature_code="PPL",
    precision=GeoPrecision.EXACT,
    country_code="US",
    admin1_code="TX",
    population=25_000,
)
PARIS_FRANCE = replace(
    PARIS_TEXAS,
    place_id="gn:2",
    coordinates=Coordinates(lat=48.85, lon=2.35),
    feature_code="PPLC",
    country_code="FR",
    admin1_code="11",
    population=2_100_000,
)
GULF = Place(
    place_id="sea:x",
    name="Gulf",
    coordinates=Coordinates(lat=27, lon=51),
    feature_class=FeatureClass.WATER,
    feature_code="GULF",
    precision=GeoPrecision.WATER,
    bounds=BoundingBox(south=24, west=48, north=30, east=57),
)


def option(place, *, rank=0, is_primary=True, largest=2_100_000):
    return Option(
        place=place,
        is_primary=is_primary,
        rank=rank,
        largest_population=largest,
        kind=features.kind_of_place(place),
        population=features.usual_population(place),
        countries=place.all_countries,
    )


TEXAN, FRENCH = option(PARIS_TEXAS, rank=1), option(PARIS_FRANCE)
NOTHING = Setting()


def anchored(place, trust=1.0):
    return Anchor(name=place.name, place=place, trust=trust)


def test_the_larger_place_has_the_larger_prior():
    for signal in (features.population, features.population_share, features.first_rank):
        assert signal(FRENCH, NOTHING) > signal(TEXAN, NOTHING)


def test_an_unknown_population_is_not_none_at_all():
    nameless = option(replace(PARIS_TEXAS, population=None))
    assert 0 < features.population(nameless, NOTHING) < features.population(TEXAN, NOTHING)


def test_its_own_name_counts_for_a_place():
    assert features.primary_name(FRENCH, NOTHING) == 1
    assert features.primary_name(option(PARIS_FRANCE, is_primary=False), NOTHING) == 0


def test_what_follows_a_comma_speaks_for_what_lies_in_it():
    setting = Setting(containers=(anchored(TEXAS, 0.9),))
    assert features.containment(TEXAN, setting) == 0.9
    assert features.containment(FRENCH, setting) == 0
    assert features.not_contained(FRENCH, setting) == 1
    assert features.not_contained(TEXAN, NOTHING) == 0


def test_what_stands_before_a_comma_speaks_for_what_holds_it():
    setting = Setting(contents=(anchored(PARIS_TEXAS),))
    assert features.holds_another(option(TEXAS), setting) == 1
    assert features.holds_another(FRENCH, setting) == 0


def test_countries_and_divisions_of_the_text_speak_for_their_places():
    setting = Setting(
        countries_in_document={"US": 0.8, "DE": 0.2},
        countries_in_sentence={"US": 1.0},
        divisions_in_document={("US", "TX"): 0.5},
        divisions_in_sentence={("US", "TX"): 1.0},
    )
    assert features.country_in_document(TEXAN, setting) == 0.8
    assert features.country_in_sentence(TEXAN, setting) == 1.0
    assert features.division_in_document(TEXAN, setting) == 0.5
    assert features.division_in_sentence(TEXAN, setting) == 1.0
    assert features.foreign(FRENCH, setting) == 1
    assert features.foreign(TEXAN, setting) == 0


def test_a_sea_takes_the_evidence_of_all_its_shores():
    sea = replace(option(GULF), countries=("IR", "SA", "US"), shore_countries=("IR", "SA"))
    setting = Setting(countries_in_document={"IR": 0.4, "SA": 0.3, "US": 0.3})
    assert features.country_in_document(sea, setting) == pytest.approx(0.7)


def test_a_sea_is_foreign_to_no_text():
    sea = replace(option(GULF), countries=("IR", "SA"), shore_countries=("IR", "SA"))
    assert features.foreign(sea, Setting(countries_in_document={"US": 1.0})) == 0


def test_a_neighbour_of_what_is_named_is_half_as_foreign():
    well_known = replace(FRENCH, rank=0, countries=("FR",))
    assert features.foreign(well_known, Setting(countries_in_document={"BE": 1.0})) == 0.5
    assert features.foreign(well_known, Setting(countries_in_document={"JP": 1.0})) == 1
    assert features.foreign(well_known, Setting(countries_in_document={"FR": 0.5, "JP": 0.5})) == 0
    little_known = replace(well_known, rank=3)
    assert features.foreign(little_known, Setting(countries_in_document={"BE": 1.0})) == 1


def test_nearness_falls_with_distance():
    dallas = replace(PARIS_TEXAS, place_id="gn:3", coordinates=Coordinates(lat=32.8, lon=-96.8))
    setting = Setting(neighbours=(anchored(dallas),))
    assert features.nearness(TEXAN, setting) > 0.3
    assert features.nearness(FRENCH, setting) < 0.01
    assert features.crowd(TEXAN, setting) == features.nearness(TEXAN, setting)


def test_a_sea_is_as_near_as_its_shore():
    port = replace(PARIS_TEXAS, coordinates=Coordinates(lat=24.5, lon=54.4))
    setting = Setting(neighbours=(anchored(port),))
    assert features.nearness(option(GULF), setting) == pytest.approx(1)


def test_a_word_beside_the_name_says_what_it_is():
    setting = Setting(type_words=("state",))
    assert features.type_word(option(TEXAS), setting) == 1
    assert features.type_word(FRENCH, setting) == -1
    assert features.type_word(FRENCH, NOTHING) == 0


def test_the_before_a_name_speaks_for_seas_and_against_towns():
    setting = Setting(has_article=True)
    assert features.definite(option(GULF), setting) == 1
    assert features.definite(TEXAN, setting) == -1
    assert features.definite(option(GULF), NOTHING) == 0


def test_every_signal_has_both_weights_and_a_sentence():
    weights = {row[0] for row in table("weights", 3)}
    assert {signal.name for signal in SIGNALS} <= weights
    setting = Setting(
        containers=(anchored(TEXAS),),
        contents=(anchored(TEXAS),),
        neighbours=(anchored(TEXAS),),
        type_words=("state",),
        has_article=True,
    )
    for signal in SIGNALS:
        assert signal.measure(TEXAN, setting) == signal.measure(TEXAN, setting)
        assert isinstance(signal.explain(TEXAN, setting), str)
