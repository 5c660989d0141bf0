"""Estimates of how many people live in a division."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gazetteer.places import FeatureClass
from gazetteer.sources.geonames import City, CityDivision, GeoNamesCountry
from gazetteer.sources.populations import division_populations
from gazetteer.store import PlaceStore


def city(number: int, division: str, population: int | None) -> City:
    country, admin1 = division.split(".")
    return City(
        geoname_id=number,
        name=f"Town {number}",
        lat=float(number),
        lon=0.0,
        country_code=country,
        admin1_code=admin1,
        population=population,
        other_names=(),
    )


def country(code: str, population: int | None) -> GeoNamesCountry:
    return GeoNamesCountry(
        geoname_id=1, code=code, code3="", numeric=0, name=code, capital="", continent="AS",
        population=population,
    )  # fmt: skip


def test_those_who_live_in_no_town_are_shared_out_halfway_between_towns_and_their_people():
    cities = [city(1, "AA.01", 400), *(city(number, "AA.02", 25) for number in (2, 3, 4, 5))]
    people = division_populations(cities, [], [country("AA", 2500)])
    # One town of five and 400 of 500 people, the other way about: both shares are 0.4.
    assert people == {"AA.01": 1400, "AA.02": 1100}


def test_a_part_of_a_larger_town_of_the_division_does_not_count_again():
    whole = city(1, "AA.01", 1_000_000)
    parts = [
        replace(city(2, "AA.01", 400_000), lat=1.05),
        replace(city(3, "AA.02", 90_000), lat=1.05),
    ]
    people = division_populations([*parts, whole], [], [country("AA", 1_090_000)])
    assert people == {"AA.01": 1_000_000, "AA.02": 90_000}


def test_towns_that_hold_more_than_their_country_are_taken_down_alike():
    cities = [city(1, "AA.01", 900), city(2, "AA.02", 300)]
    people = division_populations(cities, [], [country("AA", 600)])
    assert people == {"AA.01": 450, "AA.02": 150}


def test_a_second_order_division_has_the_people_of_its_own_towns():
    cities = [city(1, "AA.01", 900), city(2, "AA.01", 100)]
    members = [CityDivision(name="Town 2", lat=2.001, lon=0.0, code="AA.01.7")]
    people = division_populations(cities, members, [country("AA", 1000)])
    assert people == {"AA.01": 1000, "AA.01.7": 100}


def test_a_division_of_which_nothing_is_known_is_left_out():
    cities = [city(1, "AA.01", None), city(2, "BB.01", 5)]
    assert division_populations(cities, [], [country("AA", 10), country("BB", None)]) == {}


@pytest.mark.parametrize(
    ("place_id", "millions"),
    # Rounded figures of the countries' own statistical offices, 2015 to 2024.
    [
        ("adm1:US.TX", 30), ("adm1:US.CA", 39), ("adm1:US.WY", 0.58), ("adm1:US.NY", 20),
        ("adm1:CN.14", 3.6), ("adm1:DE.16", 3.7), ("adm1:IN.36", 230),
        ("adm1:PK.05", 55), ("adm1:PK.02", 15), ("adm1:IR.26", 14), ("adm1:NG.05", 13),
        ("adm1:ET.51", 38), ("adm1:JM.04", 0.19), ("adm1:AU.02", 8.3), ("adm1:GB.SCT", 5.5),
        ("adm2:US.CA.037", 9.8), ("adm2:US.IL.031", 5.1),
    ],
)  # fmt: skip
def test_estimates_are_of_the_right_order(place_store: PlaceStore, place_id: str, millions: float):
    place = place_store.by_id(place_id)
    assert place is not None
    assert place.population is not None
    assert 1 / 3 < place.population / (millions * 1e6) < 3


def test_almost_every_first_order_division_has_people(place_store: PlaceStore):
    codes = ("US", "IN", "IR", "PK", "FR", "NG", "BR", "RU", "CN", "JM")
    divisions = [
        place
        for code in codes
        for place in place_store.by_country(code, feature_class=FeatureClass.ADMIN, limit=100_000)
        if place.feature_code == "ADM1"
    ]
    assert len(divisions) > 300
    assert [place.name for place in divisions if not place.population] == []


def test_a_town_comes_before_the_division_that_has_its_name(place_store: PlaceStore):
    for name in ("Herat", "Tehran", "Lahore", "Damascus", "Minsk", "New York", "Gaza"):
        assert place_store.by_name(name)[0].place.feature_class is FeatureClass.POPULATED


def test_a_state_comes_before_small_towns_of_its_name(place_store: PlaceStore):
    for name in ("Texas", "Sindh", "Bavaria", "Ohio"):
        assert place_store.by_name(name)[0].place.feature_code == "ADM1"
