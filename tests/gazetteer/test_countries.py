"""Countries by name, demonym and code."""

from __future__ import annotations

import unicodedata

import pytest

from gazetteer.countries import (
    countries,
    country_by_code3,
    country_by_demonym,
    country_by_name,
)
from gazetteer.names import name_key
from gazetteer.store import PlaceStore


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UAE", "AE"), ("the Emirates", "AE"), ("U.S.", "US"), ("US", "US"), ("USA", "US"),
        ("America", "US"), ("Britain", "GB"), ("UK", "GB"), ("U.K.", "GB"), ("Great Britain", "GB"),
        ("Russia", "RU"), ("South Korea", "KR"), ("North Korea", "KP"), ("DPRK", "KP"),
        ("Burma", "MM"), ("Ivory Coast", "CI"), ("Côte d'Ivoire", "CI"), ("Turkiye", "TR"),
        ("Türkiye", "TR"), ("the Congo", "CD"), ("DRC", "CD"), ("Republic of Congo", "CG"),
        ("Holland", "NL"), ("the Netherlands", "NL"), ("Czech Republic", "CZ"), ("Czechia", "CZ"),
        ("Syria", "SY"), ("Laos", "LA"), ("Palestine", "PS"), ("Taiwan", "TW"), ("Kosovo", "XK"),
        ("Swaziland", "SZ"), ("Macedonia", "MK"), ("East Timor", "TL"), ("Cape Verde", "CV"),
        ("the Vatican", "VA"), ("Holy See", "VA"), ("PNG", "PG"), ("the Philippines", "PH"),
    ],
)  # fmt: skip
def test_the_usual_names_of_countries_are_known(name: str, code: str):
    country = country_by_name(name)
    assert country is not None
    assert country.code == code


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Pakistani", "PK"), ("Pakistanis", "PK"), ("Afghan", "AF"), ("Dutch", "NL"),
        ("Emirati", "AE"), ("Saudi", "SA"), ("Saudis", "SA"), ("British", "GB"), ("Briton", "GB"),
        ("Bangladeshi", "BD"), ("Iranian", "IR"), ("Yemenis", "YE"), ("Spaniards", "ES"),
        ("Filipino", "PH"), ("Philippine", "PH"), ("Swiss", "CH"), ("American", "US"),
        ("North Korean", "KP"), ("South Sudanese", "SS"), ("Sudanese", "SD"), ("Nigerien", "NE"),
        ("Nigerian", "NG"), ("Kosovar", "XK"), ("Taiwanese", "TW"), ("Palestinians", "PS"),
    ],
)  # fmt: skip
def test_demonyms_lead_to_their_country(word: str, code: str):
    country = country_by_demonym(word)
    assert country is not None
    assert country.code == code


@pytest.mark.parametrize(
    ("word", "code"),
    [("Congolese", "CD"), ("Dominican", "DO"), ("Samoan", "WS"), ("Guinean", "GN")],
)
def test_a_demonym_of_several_countries_means_the_one_that_news_means(word: str, code: str):
    country = country_by_demonym(word)
    assert country is not None
    assert country.code == code


def test_unknown_names_and_words_give_nothing():
    assert country_by_name("Ruritania") is None
    assert country_by_name("") is None
    assert country_by_demonym("Ruritanian") is None
    assert country_by_code3("XXX") is None


def test_codes_of_three_letters_lead_to_their_country():
    iran = country_by_code3("IRN")
    assert iran is not None
    assert iran.code == "IR"
    assert iran.code3 == "IRN"


def test_every_name_and_alias_leads_back_to_its_own_country():
    astray = [
        (country.code, name)
        for country in countries().values()
        for name in country.names
        if (found := country_by_name(name)) is None or found.code != country.code
    ]
    assert astray == []


def test_every_sovereign_country_has_a_demonym():
    # The 193 members of the United Nations have one each; uninhabited territories have none.
    without = {code for code, country in countries().items() if not country.demonyms}
    assert without <= {"BV", "GS", "HM", "MF", "SJ", "TF", "UM", "YT"}
    assert len(countries()) - len(without) >= 240


def test_neighbourhood_is_mutual():
    one_sided = [
        (code, other)
        for code, country in countries().items()
        for other in country.neighbours
        if code not in countries()[other].neighbours
    ]
    assert one_sided == []


def test_neighbours_of_iran_are_the_seven_that_it_borders_on_by_land():
    assert countries()["IR"].neighbours == ("AF", "AM", "AZ", "IQ", "PK", "TM", "TR")


def test_no_demonym_is_a_name_of_another_country():
    names = {name_key(name): c.code for c in countries().values() for name in c.names}
    clashes = [
        (country.code, word)
        for country in countries().values()
        for word in country.demonyms
        if names.get(name_key(word), country.code) != country.code
    ]
    assert clashes == []


def test_countries_cannot_be_changed():
    with pytest.raises(TypeError):
        countries()["XX"] = countries()["IR"]  # type: ignore[index]


GERMANY = {
    "en": "Germany", "de": "Deutschland", "fr": "Allemagne", "es": "Alemania", "it": "Germania",
    "pt": "Alemanha", "nl": "Duitsland", "pl": "Niemcy", "cs": "Německo", "sv": "Tyskland",
    "fi": "Saksa", "hu": "Németország", "tr": "Almanya", "el": "Γερμανία", "ru": "Германия",
    "uk": "Німеччина", "ar": "ألمانيا", "fa": "آلمان", "he": "גרמניה", "hi": "जर्मनी", "zh": "德国",
    "ja": "ドイツ", "ko": "독일", "vi": "Đức", "id": "Jerman", "ro": "Germania",
}  # fmt: skip


def test_a_country_is_found_in_twenty_languages(place_store: PlaceStore):
    missing = [
        language
        for language, name in GERMANY.items()
        if "gn:2921044" not in {m.place.place_id for m in place_store.by_name(name)}
    ]
    assert missing == []
    assert len(GERMANY) >= 20


def test_every_country_has_names_in_several_scripts(place_store: PlaceStore):
    scripts = {
        code: {unicodedata.name(name[0]).split()[0] for name in names if name}
        for code, country in countries().items()
        if (names := place_store.names_of(country.place_id))
    }
    wanted = {"LATIN", "CYRILLIC", "ARABIC", "HEBREW", "CJK"}
    assert [code for code, found in scripts.items() if not wanted <= found] == []
