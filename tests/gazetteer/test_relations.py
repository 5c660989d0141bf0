from __future__ import annotations

import pytest

from gazetteer.geodesy import destination, distance_km
from gazetteer.geoparse import geoparse
from gazetteer.places import Coordinates, FeatureClass, GeoPrecision
from gazetteer.relations import relation_of
from gazetteer.toponyms import MentionKind


def test_a_distance_and_a_direction_give_a_point_with_its_doubt(found, place_store):
    answer = found("A camp lies 20 km south of Lahore, Pakistan.")["Lahore"]
    lahore = place_store.by_id("gn:1172451")
    assert distance_km(answer.place.coordinates, lahore.coordinates) == pytest.approx(20, abs=0.5)
    assert answer.place.coordinates.lat < lahore.coordinates.lat
    assert answer.place.precision is GeoPrecision.NEAR
    assert answer.place.radius_km == pytest.approx(8)
    assert "20 km" in answer.candidates[0].reasons[0].text


def test_near_a_town_is_known_to_fifteen_kilometres_and_says_so(found):
    answer = found("Gunmen attacked a post near Quetta in Pakistan.")["Quetta"]
    assert answer.place.precision is GeoPrecision.NEAR
    assert answer.place.radius_km == 15
    assert "within 15 km" in answer.candidates[0].reasons[0].text


def test_a_town_itself_stays_exact_where_the_words_put_the_act_in_it(found):
    assert found("Gunmen attacked a post in Quetta.")["Quetta"].place.precision is not (
        GeoPrecision.NEAR
    )


def test_the_road_between_two_towns_is_its_middle(found):
    answers = found("Bandits closed the road between Quetta and Kalat in Pakistan.")
    place = answers["Quetta"].place
    assert place == answers["Kalat"].place
    assert place.name == "between Quetta and Kalat"
    assert place.radius_km > 30


def test_talks_between_capitals_are_in_neither_and_not_halfway(found):
    answers = found("Talks between Islamabad and Kabul broke down.")
    assert not any(r.place.place_id.startswith("between:") for r in answers.values())


@pytest.mark.parametrize(
    ("text", "surface", "least_lat", "most_lat"),
    [
        ("A ship sank off the coast of Somalia.", "Somalia", -2, 12.5),
        ("A ship sank off the coast of Karachi.", "Karachi", 24, 26),
        ("Pirates struck off the northern coast of Yemen.", "Yemen", 12, 19),
    ],
)
def test_off_a_coast_is_at_sea(found, text, surface, least_lat, most_lat):
    place = found(text)[surface].place
    assert place.precision is GeoPrecision.WATER
    assert place.radius_km == 50
    assert least_lat < place.coordinates.lat < most_lat


def test_a_country_without_a_coast_has_nothing_off_it(found):
    place = found("They camped off the coast of Mongolia.")["Mongolia"].place
    assert place.precision is GeoPrecision.COUNTRY


@pytest.mark.parametrize(
    "text",
    [
        "Smugglers were held on the Iranian side of the Pakistan-Iran border.",
        "Pakistan said smugglers were held on the Iranian side of the border.",
        "Smugglers were held on Iran's side of the border with Pakistan.",
    ],
)
def test_a_side_of_a_border_is_the_line_in_that_country(found, text):
    places = [r.place for r in found(text).values() if r.place.place_id.startswith("side:")]
    assert [place.place_id for place in places] == ["side:IR:border:IR-PK"]
    assert places[0].all_countries == ("IR",)
    assert places[0].precision is GeoPrecision.REGION


@pytest.mark.parametrize(
    ("words", "kind", "distance", "bearing"),
    [
        ("about 20 km south of ", "offset", 20, 180),
        ("10 miles north-east of the city of ", "offset", 16.09, 45),
        ("some 1,5 of ", None, None, None),
        ("near ", "near", None, None),
        ("nuclear ", None, None, None),
    ],
)
def test_relations_are_read_from_the_words_before(words, kind, distance, bearing):
    relation = relation_of(f"Xx {words}", len(words) + 3, len(words) + 3)
    assert (relation and relation.kind) == kind
    if distance:
        assert relation.distance_km == pytest.approx(distance, abs=0.01)
        assert relation.bearing_degrees == bearing


def test_going_out_and_back_ends_where_it_began():
    start = Coordinates(lat=30.2, lon=179.9)
    there = destination(start, 70, 120)
    assert distance_km(start, there) == pytest.approx(120, abs=0.01)
    assert -180 <= there.lon <= 180


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("A boat sank off the Tunisian coast.", "Tunisian", "TN"),
        ("A tanker burned off the southern Omani coast.", "Omani", "OM"),
        ("Migrants drowned off Libya's coast.", "Libya", "LY"),
        ("A trawler was stopped off Mauritania’s northern coast.", "Mauritania", "MR"),
        ("Divers found the wreck off Malta on Sunday.", "Malta", "MT"),
        ("The ship ran aground off the coast of Louisiana.", "Louisiana", "US"),
        ("A whale was seen off Oregon.", "Oregon", "US"),
        ("A quake struck off the coast of Chile.", "Chile", "CL"),
        ("A boat overturned off Mombasa.", "Mombasa", "KE"),
    ],
)
def test_off_a_coast_lies_in_no_country_s_land(found, place_store, text, surface, country):
    answer = found(text)[surface]
    assert answer.mention.kind is MentionKind.LITERAL
    assert answer.place.place_id.startswith("off:")
    assert answer.place.country_code == country
    assert place_store.country_at(answer.place.coordinates) is None


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The army cut off Gaza from the north.", "Gaza"),
        ("The bank wrote off Chad's debt.", "Chad"),
        ("The depot lies off U.S. 95 near the lake.", "U.S."),
        ("They camped off the coast of Mongolia.", "Mongolia"),
        ("They camped off the coast of Kansas.", "Kansas"),
    ],
)
def test_what_has_no_coast_there_stays_as_it_is(found, text, surface):
    assert not found(text)[surface].place.place_id.startswith("off:")


@pytest.mark.parametrize(
    ("text", "surface", "part"),
    [
        ("Strikes hit the south of Lebanon.", "Lebanon", "southern Lebanon"),
        ("Floods hit the north of Mali.", "Mali", "northern Mali"),
        ("Fighting raged in the north-east of Nigeria.", "Nigeria", "north-eastern Nigeria"),
        ("The eastern half of Ukraine was dark.", "Ukraine", "eastern Ukraine"),
        ("Snow fell in upstate New York.", "upstate New York", "upstate New York"),
        ("A fire burned in upstate South Carolina.", "upstate South Carolina",
         "upstate South Carolina"),
    ],
)  # fmt: skip
def test_a_part_of_a_land_is_that_part(found, text, surface, part):
    place = found(text)[surface].place
    assert place.name == part
    assert place.precision is GeoPrecision.REGION


def test_to_the_south_of_a_land_is_no_part_of_it(found):
    assert found("Egypt lies to the west of Israel.")["Israel"].place.name == "Israel"


def test_between_two_towns_or_shores_is_what_lies_between(found):
    for text, first, second in [
        ("Shelling between Sumy and Kharkiv killed two.", "Sumy", "Kharkiv"),
        ("A convoy was hit between Gao and Ansongo.", "Gao", "Ansongo"),
        ("Fighting went on between Homs and Hama.", "Homs", "Hama"),
        ("The line was cut between Odesa and Mykolaiv.", "Odesa", "Mykolaiv"),
        ("Ships were attacked between Yemen and Djibouti.", "Yemen", "Djibouti"),
    ]:
        answers = found(text)
        assert answers[first].place == answers[second].place
        assert answers[first].place.place_id.startswith("between:")


@pytest.mark.parametrize(
    ("text", "sea"),
    [
        ("Tensions in the Gulf rose.", "Persian Gulf"),
        ("American warships entered the Gulf.", "Persian Gulf"),
        ("Iran said ships in the Gulf would be searched.", "Persian Gulf"),
        ("Dubai and Doha are on the Gulf.", "Persian Gulf"),
        ("A hurricane formed in the Gulf and headed for Louisiana.", "Gulf of Mexico"),
        ("Mexico closed its ports on the Gulf.", "Gulf of Mexico"),
        ("Fishermen of Galveston and Tampa sail the Gulf.", "Gulf of Mexico"),
    ],
)
def test_the_gulf_is_the_persian_one_unless_its_shores_are_named(found, text, sea):
    assert found(text)["Gulf"].place.name == sea


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("Washington crossed the Delaware.", "Delaware", "Delaware River"),
        ("Barges stopped on the Mississippi after the flood.", "Mississippi", "Mississippi River"),
        ("He was baptised in the Jordan.", "Jordan", "Jordan River"),
        ("The Ohio legislature met.", "Ohio", "Ohio"),
        ("He moved to Colorado.", "Colorado", "Colorado"),
        ("He came back from the Gambia.", "Gambia", "Gambia"),
    ],
)
def test_a_name_with_the_and_nothing_after_is_the_river(found, text, surface, name):
    assert found(text)[surface].place.name == name


@pytest.mark.parametrize(
    "text",
    [
        "The king of Jordan spoke on Monday. Pilgrims bathed in the Jordan.",
        "Pilgrims bathed in the Jordan. The king of Jordan spoke on Monday.",
    ],
)
def test_a_river_and_a_land_of_one_name_stay_apart_in_either_order(parse, place_store, text):
    answers = geoparse(text, doc=parse(text), store=place_store).resolutions
    codes = {
        text[r.mention.start - 4 : r.mention.end]: r.place.feature_class
        for r in answers
        if r.place and r.mention.surface == "Jordan"
    }
    assert codes == {" of Jordan": FeatureClass.ADMIN, "the Jordan": FeatureClass.WATER}


def test_off_the_north_coast_is_not_the_same_place_as_off_the_coast(found):
    whole = found("A ship sank off the coast of Cyprus.")["Cyprus"].place
    north = found("A ship sank off the northern coast of Cyprus.")["Cyprus"].place
    assert whole.place_id != north.place_id
