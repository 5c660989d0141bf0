"""Names that have misled other geoparsers: each sentence is ours, each promise theirs to break."""

from __future__ import annotations

import pytest

from gazetteer.geoparse import geoparse


@pytest.fixture
def read(parse, place_store):
    def places(text):
        found = geoparse(text, doc=parse(text), store=place_store).resolutions
        return {r.mention.surface: r.place for r in found}

    return places


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("I am travelling to the USA next week.", "US"),
        ("I am travelling to China next week.", "CN"),
        ("I am travelling to France next week.", "FR"),
        ("They went to Jordan, Lebanon and Cuba.", "JO"),
        ("We flew on to Mexico for a week.", "MX"),
    ],
)
def test_a_journey_to_a_country_is_about_the_country(read, text, country):
    found = list(read(text).values())
    assert found[0].country_code == country
    assert found[0].feature_code.startswith("PCL")


@pytest.mark.parametrize(
    "text",
    [
        "Aid for Africa has grown.",
        "Rain fell all over Western Europe.",
        "European carriers cut their fares.",
        "African and Asian ministers met.",
    ],
)
def test_continents_and_their_people_are_no_towns(read, text):
    found = [place for place in read(text).values() if place is not None]
    assert found
    assert not [place for place in found if place.feature_class.value == "P"]


KNOWN = "Troops left Kandahar for Herat and crossed into Iran."


@pytest.mark.parametrize("stranger", ["Qzzytown", "Mount Xyzzy", "Uqbarstadt"])
def test_one_unknown_name_does_not_change_the_rest(read, stranger):
    alone = read(KNOWN)
    together = read(f"{KNOWN} Others stayed in {stranger}.")
    assert alone.items() <= together.items()


@pytest.mark.parametrize(
    "form", ["({})", '"{}"', "\u201c{}\u201d", "[{}]", "'{}'", "\u00ab{}\u00bb", "{},", "*{}*"]
)
@pytest.mark.parametrize("name", ["Kandahar", "Saudi Arabia"])
def test_brackets_and_quotes_around_a_name_change_nothing(read, form, name):
    plain = read(f"The convoy reached {name} at noon.")
    assert read(f"The convoy reached {form.format(name)} at noon.") == plain


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("She was reading a book by the bath.", "reading"),
        ("Police said nothing.", "Police"),
        ("His mobile rang at the mall.", "mobile"),
        ("Michael Jordan scored twice.", "Jordan"),
        ("General George Washington crossed the river.", "Washington"),
        ("Paris Hilton smiled.", "Paris"),
        ("Washington the general slept in a barn.", "Washington"),
        ("Gen. Washington slept in a barn.", "Washington"),
        ("Jordan the singer won a prize.", "Jordan"),
    ],
)
def test_words_and_persons_are_no_places_without_evidence(read, text, surface):
    assert surface not in read(text)


def test_a_capital_before_its_president_is_the_capital(read):
    assert "Washington" in read("In Washington the president met the general.")


@pytest.mark.parametrize(
    ("name", "country"),
    [("Manchester", "GB"), ("Birmingham", "GB"), ("Boston", "US"), ("Florida", "US")],
)
def test_a_name_without_context_means_its_best_known_bearer(place_store, name, country):
    found = geoparse(f"He went to {name}.", store=place_store).resolutions
    assert [r.place and r.place.country_code for r in found] == [country]


def test_new_york_alone_is_the_city(place_store):
    (found,) = geoparse("She moved to New York.", store=place_store).resolutions
    assert found.place is not None
    assert found.place.name == "New York City"


def test_the_eu_is_no_town_in_normandy(place_store):
    (found,) = geoparse("He travelled across the EU.", store=place_store).resolutions
    assert found.place is not None
    assert found.place.place_id == "cur:european-union"


@pytest.mark.parametrize(
    ("text", "surface", "expected"),
    [
        ("He was born in London, Ontario, and lives in Idaho.", "London", "CA.08"),
        ("Police in Kingston, Ont., made an arrest.", "Kingston", "CA.08"),
        ("A bus crashed in Granada, Nicaragua.", "Granada", "NI.06"),
        ("A storm hit Cuba, New Mexico.", "Cuba", "US.NM"),
        ("She was born in Poland, Ohio.", "Poland", "US.OH"),
        ("A fire broke out in Santiago, Nuevo Leon, on Sunday.", "Santiago", "MX.19"),
        ("Israel bombed Gaza on Monday, killing 20.", "Gaza", "PS.GZ"),
        ("Rockets fell in southern Gaza.", "southern Gaza", "PS.GZ"),
        ("Ships met near Second Thomas Shoal on Monday.", "Second Thomas Shoal", "None.None"),
    ],
)
def test_the_division_that_is_named_or_best_known_is_meant(read, text, surface, expected):
    place = read(text)[surface]
    assert f"{place.country_code}.{place.admin1_code}" == expected


def test_a_list_of_countries_and_states_holds_no_towns(read):
    found = read("Leaders of Mexico, New York and California met.")
    assert found["Mexico"].feature_code == "PCLI"
