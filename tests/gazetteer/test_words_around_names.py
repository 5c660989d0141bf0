"""What the words around a name make of it: a seat, a person, a part, a river. Texts are ours."""

from __future__ import annotations

import pytest

from gazetteer.geodesy import distance_km
from gazetteer.geoparse import geoparse
from gazetteer.places import Coordinates
from gazetteer.reading import reading_of
from gazetteer.toponyms import MentionKind


@pytest.mark.parametrize(
    ("text", "seat"),
    [
        ("The White House said that the tariffs stay.", "White House"),
        ("Downing Street refused to name the envoy.", "Downing Street"),
        ("The Élysée promised more aid.", "Élysée"),
        ("The rumour was denied by the Kremlin.", "Kremlin"),
    ],
)
def test_a_seat_of_government_that_acts_is_its_government(found, text, seat):
    assert found(text)[seat].mention.kind is MentionKind.METONYM


@pytest.mark.parametrize(
    ("text", "seat"),
    [
        ("Students sang outside the White House.", "White House"),
        ("The generals were driven to the Kremlin.", "Kremlin"),
    ],
)
def test_a_seat_of_government_where_one_goes_is_the_house(found, text, seat):
    assert found(text)[seat].mention.kind is MentionKind.LITERAL


def test_a_seat_that_only_describes_somebody_is_no_place(found):
    assert "White House" not in found("A White House aide resigned.")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Homs burned all night.", "Homs"),
        ("Kathmandu shook for a minute.", "Kathmandu"),
        ("STORMS BATTER JAPAN", "JAPAN"),
        ("A blizzard blanketed Erzurum.", "Erzurum"),
        ("Khartoum was quiet on Friday.", "Khartoum"),
        ("Snow cut off Gilgit and Skardu.", "Gilgit"),
        ("Fires broke out in the Herat district of Afghanistan.", "Afghanistan"),
        ("FLOOD WARNING FOR PERU", "PERU"),
    ],
)
def test_what_burns_shakes_or_is_buried_is_the_place(found, text, place):
    assert found(text)[place].mention.kind is MentionKind.LITERAL


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("India Arie sang in Leeds.", "India"),
        ("China Miéville read from his book in Leeds.", "China"),
        ("Washington crossed the river with his men.", "Washington"),
    ],
)
def test_a_given_name_before_a_family_name_is_no_place(found, text, name):
    assert name not in found(text)


@pytest.mark.parametrize(
    ("text", "surface", "lat", "lon", "within_km"),
    [
        ("Rebels burned barns in Nigeria's north-east.", "Nigeria", 11.5, 11.5, 300),
        ("Trucks stood on the road between Kandahar and Herat.", "Herat", 33.0, 64.0, 100),
        (
            "A trawler sank 50 nautical miles east of Cape Hatteras.",
            "Cape Hatteras",
            35.2,
            -74.5,
            20,
        ),
        ("The Narmada burst its banks.", "Narmada", 22.5, 77.5, 300),
        ("Boats left the Isles of Scilly.", "Isles of Scilly", 49.93, -6.32, 10),
        ("A storm hit Athens in northern Alabama.", "Athens", 34.8, -86.97, 20),
        ("Shells hit Kfar Kila in southern Lebanon.", "Kfar Kila", 33.28, 35.55, 10),
        ("Ministers from the Great Lakes region met in Kigali.", "Great Lakes", -2, 29, 600),
        ("They moved to Gatineau, Quebec.", "Quebec", 52, -72, 400),
        ("They drove to County Kerry.", "County Kerry", 52.1, -9.7, 50),
        ("Police closed Whitesand Beach in Durban.", "Whitesand Beach", -29.86, 31.0, 30),
        ("Nurses came from the Moria camp on Lesbos.", "Moria", 39.13, 26.5, 30),
    ],
)
def test_the_words_beside_a_name_put_it_where_they_say(found, text, surface, lat, lon, within_km):
    place = found(text)[surface].place
    assert place is not None
    assert distance_km(place.coordinates, Coordinates(lat=lat, lon=lon)) <= within_km


def test_a_border_of_two_halves_of_a_land_shares_its_last_word(found):
    answer = found("Guards fired over the border between North and South Korea.")
    assert answer["border between North and South Korea"].place.all_countries == ("KP", "KR")


def test_an_unknown_village_is_found_where_it_is_called_one(found):
    assert "Quorvash" in found("Shells fell on the village of Quorvash at dawn.")


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Mecca", "gn:104515"),
        ("Cologne", "gn:2886242"),
        ("Bethlehem", "gn:284315"),
        ("Valencia", "gn:2509954"),
        ("Newcastle", "gn:2641673"),
        ("Hodeidah", "gn:79415"),
    ],
)
def test_a_name_alone_means_its_usual_bearer(found, name, place_id):
    assert found(f"She flew to {name} on Friday.")[name].place.place_id == place_id


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The Caracas government sent soldiers to Valencia.", "Valencia", "VE"),
        ("He was born in Cambridge, Ontario.", "Cambridge", "CA"),
        ("Coal ships waited at Newcastle in Australia.", "Newcastle", "AU"),
        ("A jury in Venice, Florida, heard the case.", "Venice", "US"),
    ],
)
def test_another_bearer_is_meant_where_the_text_says_so(found, text, name, country):
    assert found(text)[name].place.country_code == country


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("SHIP SINKS IN THE RED SEA", "Red Sea"),
        ("GANGS HOLD PORT-AU-PRINCE", "Port-au-Prince"),
        ("TANKERS QUEUE IN THE BOSPHORUS.", "Bosphorus"),
    ],
)
def test_names_of_common_words_and_last_words_keep_their_capitals(parse, headline, name):
    assert name in reading_of(headline, parse(headline).vocab).text


def test_a_name_split_at_a_line_s_end_is_one_word(found):
    assert found("The ferry to Free-\ntown was late.")["Free-\ntown"].place.place_id == "gn:2409306"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "غرق قارب قبالة سواحل ليبيا"),
        ("fr", "Un bateau a coulé au large de la Libye."),
        ("ru", "Судно затонуло у берегов Ливии."),
    ],
)
def test_off_a_coast_is_at_sea_in_other_languages(place_store, language, text):
    (found,) = geoparse(text, store=place_store, language=language).resolutions
    assert found.place.place_id.startswith("off:")


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("Flights left Boston, New York and Chicago.", "Boston", "gn:4930956"),
        ("Flights left Boston, New York and Chicago.", "New York", "gn:5128581"),
        ("She moved from Moscow, Idaho, and Boise to Rome.", "Moscow", "gn:5601538"),
    ],
)
def test_a_city_in_a_list_is_in_no_city_beside_it(found, text, name, place_id):
    assert found(text)[name].place.place_id == place_id


def test_every_name_of_a_list_after_in_is_a_place(found):
    answers = found("Wind damaged barns in Fargo, Duluth, Warren and Swift.")
    assert {"Warren", "Swift"} <= answers.keys()
