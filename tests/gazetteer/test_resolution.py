from __future__ import annotations

import pytest

from gazetteer.geoparse import geoparse
from gazetteer.groups import MOST_CANDIDATES, calibrated
from gazetteer.places import GeometryKind, GeoPrecision
from gazetteer.recognition import find_mentions
from gazetteer.resolution import resolve


@pytest.fixture
def resolved(parse, place_store):
    def resolve_text(text):
        return geoparse(text, doc=parse(text), store=place_store).resolutions

    return resolve_text


@pytest.fixture
def places(resolved):
    def by_surface(text):
        return {r.mention.surface: r.place for r in resolved(text)}

    return by_surface


@pytest.mark.parametrize(
    ("text", "surface", "country", "code"),
    [
        ("She flew to the USA, China and France.", "USA", "US", "PCLI"),
        ("She flew to the USA, China and France.", "China", "CN", "PCLI"),
        ("She flew to the USA, China and France.", "France", "FR", "PCLI"),
        ("Troops entered Islamabad and Lahore.", "Islamabad", "PK", "PPLC"),
        ("Washington and Riyadh blame Iran.", "Washington", "US", "PPLC"),
        ("Washington and Riyadh blame Iran.", "Riyadh", "SA", "PPLC"),
        ("They landed in Ormara, Pakistan.", "Ormara", "PK", "PPL"),
        ("A fair opened in Paris, Texas.", "Paris", "US", "PPL"),
        ("A fair opened in Paris, the capital of France.", "Paris", "FR", "PPLC"),
        ("She studies in London, Ontario.", "London", "CA", "PPL"),
        ("TROY, N.C. -- A barn burned down.", "TROY", "US", "PPL"),
        ("Georgia and Azerbaijan signed a deal in Tbilisi.", "Georgia", "GE", "PCLI"),
        ("Floods hit Alabama, Georgia and Florida.", "Georgia", "US", "ADM1"),
        ("The plant lies in Eastern Province, Saudi Arabia.", "Eastern Province", "SA", "ADM1"),
        ("Shells fell on Kharkiv.", "Kharkiv", "UA", "PPL"),
        ("He was governor of Kharkiv region.", "Kharkiv", "UA", "ADM1"),
        ("Raids went on in the West Bank.", "West Bank", "PS", "ADM1"),
    ],
)
def test_the_place_that_the_context_means(places, text, surface, country, code):
    place = places(text)[surface]
    assert (place.country_code, place.feature_code) == (country, code)


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("Tankers were seized in the Gulf off Bahrain, said Iran and Qatar.", "sea:persian-gulf"),
        ("Rigs in the Gulf shut as the storm neared Texas and Louisiana.", "sea:gulf-of-mexico"),
    ],
)
def test_the_gulf_is_the_one_that_the_text_is_about(places, text, place_id):
    place = places(text)["Gulf"]
    assert place.place_id == place_id
    assert place.precision is GeoPrecision.WATER


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Harvests failed across Africa.", "Africa"),
        ("Leaders of Western Europe met.", "Western Europe"),
        ("European carriers cut flights.", "European"),
        ("Unrest spread in the Middle East.", "Middle East"),
    ],
)
def test_wide_regions_are_no_towns(places, text, surface):
    assert places(text)[surface].precision is GeoPrecision.REGION


def test_a_word_of_origin_means_the_country(places):
    found = places("Iranian and Dutch envoys met a Texan.")
    assert (found["Iranian"].country_code, found["Dutch"].country_code) == ("IR", "NL")
    assert found["Texan"].feature_code == "ADM1"


def test_a_border_is_a_line_of_both_countries(places, place_store):
    place = places("Guards were shot on the Pakistan-Iran border.")["Pakistan-Iran border"]
    assert place.place_id == "border:IR-PK"
    assert place.precision is GeoPrecision.REGION
    assert set(place.all_countries) == {"IR", "PK"}
    assert place_store.geometry(place.place_id).kind is GeometryKind.LINE


def test_a_border_with_one_name_takes_the_neighbour_that_the_sentence_names(places):
    found = places("Tehran laid a pipe up to the Pakistan border.")
    assert found["Pakistan border"].place_id == "border:IR-PK"


def test_a_border_with_one_name_takes_the_neighbour_that_the_text_names_far_more(places):
    found = places(
        "Gunmen attacked a convoy near Garissa. Kenya's police sent troops from Nairobi. "
        "Addis Ababa called for calm. The president wants to close the border with Somalia."
    )
    assert found["border with Somalia"].place_id == "border:KE-SO"


def test_a_border_with_one_name_is_not_guessed_between_two_neighbours(resolved):
    (border,) = (
        r
        for r in resolved("Kabul and Tehran spoke of the Pakistan border.")
        if r.mention.surface == "Pakistan border"
    )
    assert border.place.place_id == "border:PK"
    assert border.place.precision is GeoPrecision.REGION
    assert "does not say" in border.candidates[0].reasons[0].text


def test_a_part_of_a_country_lies_on_its_side_of_the_middle(places, place_store):
    found = places("Fighters left southern Lebanon for northern Iraq.")
    south, north = found["southern Lebanon"], found["northern Iraq"]
    assert south.coordinates.lat < place_store.country("LB").coordinates.lat
    assert north.coordinates.lat > place_store.country("IQ").coordinates.lat
    assert south.precision is north.precision is GeoPrecision.REGION
    assert south.bounds.contains(south.coordinates)


def test_an_unknown_site_lies_near_the_town_that_it_is_named_after(places, place_store):
    site = places("Shoppers fled the Quetta Bazaar.")["Quetta Bazaar"]
    assert site.precision is GeoPrecision.NEAR
    assert site.coordinates == place_store.by_name("Quetta")[0].place.coordinates
    assert site.radius_km > 0


def test_unknown_is_an_answer(resolved):
    for r in resolved("The mayor of Xqzvyplk, a town near Zzyzzxburg, resigned."):
        assert r.place is None
        assert r.confidence == 0


def test_one_unknown_name_changes_no_other(places):
    known = places("Soldiers left Kandahar for Herat.")
    with_unknown = places("Soldiers left Kandahar for Herat and Xqzvyplk.")
    assert all(with_unknown[surface] == place for surface, place in known.items())


def test_candidates_come_best_first_with_scores_and_reasons(resolved):
    (paris, _texas) = resolved("A fair opened in Paris, Texas.")
    scores = [candidate.score for candidate in paris.candidates]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1 + 1e-9
    assert 1 < len(paris.candidates) <= MOST_CANDIDATES
    assert any("Texas" in reason.text for reason in paris.candidates[0].reasons)
    assert all(reason.text for c in paris.candidates for reason in c.reasons)


def test_one_sense_a_text(resolved):
    text = "A fair opened in Paris, Texas. Later, Paris was calm."
    ids = {r.place.place_id for r in resolved(text) if r.mention.surface == "Paris"}
    assert len(ids) == 1


def test_the_same_text_gives_the_same_answer(resolved):
    text = "Springfield and Portland played in Salem, said officials in Oregon."
    assert resolved(text) == resolved(text)


def test_sentences_are_guessed_without_a_parse(parse, place_store):
    text = "Guards met in Ormara, Pakistan. They left for Gwadar."
    mentions = find_mentions(parse(text), place_store)
    countries = {r.place.country_code for r in resolve(text, mentions, place_store)}
    assert countries == {"PK"}


def test_an_unknown_site_lies_near_the_town_that_the_text_speaks_of(places):
    found = places("In Prague the Zubrovka Palace Hotel burned.")
    assert found["Zubrovka Palace Hotel"].coordinates == found["Prague"].coordinates


def test_an_unknown_site_is_placed_with_doubt_and_says_so(resolved):
    found = {r.mention.surface: r for r in resolved("In Prague the Zubrovka Palace Hotel burned.")}
    site = found["Zubrovka Palace Hotel"]
    assert site.place.precision is GeoPrecision.NEAR
    assert site.place.radius_km > 0
    assert site.confidence < found["Prague"].confidence
    assert "Prague" in site.candidates[0].reasons[0].text


def test_an_unknown_village_stays_unknown_whatever_stands_near_it(places):
    assert places("Rain fell on Lahore and in Uqbarstadt.").get("Uqbarstadt") is None


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("The White House said Washington and Moscow would meet.", "Washington", "gn:4140963"),
        ("A Georgian court in Tbilisi freed him; Atlanta, Georgia, did not.", "Georgia",
         "adm1:US.GA"),
    ],
)  # fmt: skip
def test_the_use_of_a_name_and_what_stands_before_its_comma_tell_it(
    parse, place_store, text, name, place_id
):
    found = geoparse(text, doc=parse(text), store=place_store).resolutions
    places = {r.mention.surface: r.place for r in found}
    assert places[name] is not None
    assert places[name].place_id == place_id


def test_confidence_is_no_surer_than_the_surest_answers_are_right():
    values = [calibrated(tenth / 100) for tenth in range(101)]
    assert values == sorted(values)
    assert values[90] == pytest.approx(0.9)
    assert values[100] == pytest.approx(0.96)


def test_reasons_name_countries_in_words_and_say_each_thing_once(resolved):
    text = "Addis Ababa called on Kenya and Eritrea to send aid to Mekelle and Adwa."
    texts = [
        [reason.text for reason in candidate.reasons]
        for resolution in resolved(text)
        for candidate in resolution.candidates
    ]
    assert all(len(said) == len(set(said)) for said in texts)
    assert any("speaks of Ethiopia" in line for said in texts for line in said)


def test_a_street_of_another_language_lies_in_the_town_beside_it(parse, place_store):
    text = "The club is at 11 Rue Mouffetard, Paris."
    mentions = find_mentions(parse(text), place_store)
    found = {r.mention.surface: r for r in resolve(text, mentions, place_store, doc=parse(text))}
    street, town = found["Rue Mouffetard"].place, found["Paris"].place
    assert street.coordinates == town.coordinates
    assert street.precision is GeoPrecision.NEAR
