from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer.recognition import find_mentions
from gazetteer.toponyms import MentionKind


@pytest.fixture
def found(parse, place_store):
    def find(text):
        return {m.surface: m for m in find_mentions(parse(text), place_store)}

    return find


@pytest.fixture
def kinds(found):
    return lambda text: {surface: m.kind.value for surface, m in found(text).items()}


@pytest.mark.parametrize(
    ("text", "surface", "place_id"),
    [
        (
            "Three guards died on Iran's border with Pakistan.",
            "Iran's border with Pakistan",
            "border:IR-PK",
        ),
        (
            "Smugglers cross the border between Chad and Niger.",
            "border between Chad and Niger",
            "border:NE-TD",
        ),
        (
            "Patrols along the Pakistan-Iran border were doubled.",
            "Pakistan-Iran border",
            "border:IR-PK",
        ),
        (
            "A drone fell near the Iranian-Pakistani border.",
            "Iranian-Pakistani border",
            "border:IR-PK",
        ),
        (
            "Troops were sent to the U.S.-Mexico border.",
            "U.S.-Mexico border",
            "border:MX-US",
        ),
        (
            "Villagers fled the Syria–Turkey border area.",
            "Syria–Turkey border area",
            "border:SY-TR",
        ),
        ("Shots were fired on the Turkish frontier.", "Turkish frontier", None),
        ("Guards closed the Pakistan border.", "Pakistan border", None),
        ("It lies on the border with Sudan.", "border with Sudan", None),
    ],
)
def test_a_border_phrase_is_one_mention_without_the(found, text, surface, place_id):
    mention = found(text)[surface]
    assert mention.place_id == place_id
    assert mention.kind is MentionKind.LITERAL


def test_countries_that_do_not_touch_share_no_border(found):
    mentions = found("He joked about the Iceland-Peru border.")
    assert all(m.place_id is None for m in mentions.values())


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Fighters moved through southern Lebanon.", "southern Lebanon"),
        ("Floods hit northwestern Syria and Oman.", "northwestern Syria"),
        ("Drought spread in rural Sindh.", "rural Sindh"),
    ],
)
def test_a_part_of_a_country_is_one_mention(found, text, surface):
    assert surface in found(text)


def test_a_part_of_a_town_is_the_town(found):
    assert "Karachi" in found("A fire broke out in eastern Karachi.")


def test_a_name_and_its_area_are_two_mentions(found):
    assert {"Ormara", "Pakistan"} <= found("They landed in Ormara, Pakistan, at dawn.").keys()
    assert {"Paris", "Texas"} <= found("She was born in Paris, Texas.").keys()


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("RIYADH, Saudi Arabia (AP) - Rebels fired a missile.", {"RIYADH", "Saudi Arabia"}),
        ("TROY, N.C. -- A barn burned down overnight.", {"TROY", "N.C."}),
        ("Cairo (Reuters) - Ministers met again.", {"Cairo"}),
        ("Talks fail again\n\nGENEVA — The talks failed.", {"GENEVA"}),
        ("Lima (AFP) 12 July 2023 — Teachers marched again.", {"Lima"}),
        ("QUITO, 12 July (EFE) — Teachers marched again.", {"QUITO"}),
        ("LAHORE: Police arrested three men on Monday.", {"LAHORE"}),
        ("Vienna – The ministers met for an hour on Friday.", {"Vienna"}),
        ("Lusaka, Zambia - Farmers blocked a road on Friday.", {"Lusaka", "Zambia"}),
        ("Herat [Afghanistan], August 15 (ANI): Schools shut.", {"Herat", "Afghanistan"}),
        ("Minsk. 12 March. INTERFAX - The envoy left.", {"Minsk"}),
        ("SEOUL/TOKYO, Jan 3 (Reuters) - Talks failed.", {"SEOUL", "TOKYO"}),
        (
            "Crowd shot at\nBy Jo Doe in Damascus and Al Roe in Amman\nIt rained.",
            {"Damascus", "Amman"},
        ),
        ("Juba | 3 June 2022\nFighting broke out.", {"Juba"}),
        ("Vienna – a city of music – is in mourning today.", set()),
        ("Talks in Vienna: what we know", set()),
        ("PARIS: what we know so far", set()),
    ],
)
def test_a_dateline_says_where_the_report_was_written(kinds, text, surfaces):
    found = kinds(text)
    assert {s for s, kind in found.items() if kind == "dateline"} == surfaces


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The guests met at Sa'dabad Palace in Tehran.", "Sa'dabad Palace"),
        ("The plane left Bagram Air Base at night.", "Bagram Air Base"),
        ("Flights from Kandahar Airport were stopped.", "Kandahar Airport"),
        ("Crowds filled Tahrir Square on Friday.", "Tahrir Square"),
    ],
)
def test_a_facility_is_a_place_whatever_the_pipeline_calls_it(found, text, surface):
    assert surface in found(text)


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("Iranian officials spoke.", "Iranian", "demonym"),
        ("The Dutch won.", "Dutch", "demonym"),
        ("European carriers cut flights.", "European", "demonym"),
        ("He spoke at the University of China.", "China", "part"),
        ("She sued the Bank of America.", "America", "part"),
    ],
)
def test_words_of_origin_and_parts_of_names_have_their_own_kind(kinds, text, surface, kind):
    assert kinds(text)[surface] == kind


def test_a_place_after_in_is_literal_even_within_an_organisation_s_name(kinds):
    assert kinds("Press TV in Tehran reported progress.")["Tehran"] == "literal"


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Washington and Riyadh blame Iran for the raid.", "Washington"),
        ("Washington and Riyadh blame Iran for the raid.", "Riyadh"),
        ("Tehran denied the charge.", "Tehran"),
        ("He said Tehran is ready to finish the job.", "Tehran"),
        ("Islamabad has remained silent about the offer.", "Islamabad"),
        ("The envoy kept a balance between Riyadh and Tehran.", "Tehran"),
        ("Moscow and Beijing agreed to cooperate.", "Beijing"),
        ("The Kremlin condemned the attack.", "Kremlin"),
    ],
)
def test_a_capital_that_speaks_is_its_government(kinds, text, surface):
    assert kinds(text)[surface] == "metonym"


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The minister arrived in Tehran.", "Tehran"),
        ("She flew from Riyadh to Islamabad.", "Islamabad"),
        ("A bomb went off near Kabul.", "Kabul"),
        ("Iran has been rocked by protests.", "Iran"),
        ("Rockets hit Erbil overnight.", "Erbil"),
        ("The Strait of Hormuz was closed.", "Strait of Hormuz"),
        ("He has lived in Jordan since 1990.", "Jordan"),
        ("In Lagos gang members shot a trader.", "Lagos"),
        ("In Basra police fired on a crowd.", "Basra"),
        ("In Port-au-Prince militia fighters burned two shops.", "Port-au-Prince"),
    ],
)
def test_where_things_happen_is_literal(kinds, text, surface):
    assert kinds(text)[surface] == "literal"


@pytest.mark.parametrize(
    ("text", "not_a_place"),
    [
        ("Michael Jordan smiled. Then Jordan left the room.", "Jordan"),
        ("Gen. Washington wrote a letter.", "Washington"),
        ("Paris Hilton sang.", "Paris"),
        ("Police said the Mobile phone was found.", "Police"),
        ("Reading the report took an hour.", "Reading"),
        ("The Taliban and Saudi Aramco were named.", "Saudi Aramco"),
        ("In May the march began.", "May"),
        ("Jordan threw himself at the ball.", "Jordan"),
    ],
)
def test_persons_firms_and_plain_words_are_no_places(found, text, not_a_place):
    assert not_a_place not in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya sent 300 policemen to Cabo Delgado.",
        "Aid was dispatched to Cabo Delgado.",
        "The minister thanked Cabo Delgado, a province of Mozambique.",
        "Cabo Delgado is a province.",
    ],
)
def test_what_is_sent_somewhere_or_called_a_province_shows_a_place(found, text):
    assert "Cabo Delgado" in found(text)


def test_a_letter_is_sent_to_a_person(found):
    assert "Cabo Delgado" not in found("He sent a letter to Cabo Delgado.")


def test_a_name_with_hyphens_is_whole_before_based(found):
    surfaces = found("The Stratford-upon-Avon-based theatre and the Saint-Denis-based firm closed.")
    assert {"Stratford-upon-Avon", "Saint-Denis"} <= set(surfaces)


@pytest.mark.parametrize(
    "text",
    [
        "They met in Kabul.",
        "They met in “Kabul”.",
        'They met in "Kabul".',
        "They met in (Kabul).",
        "They met in Kabul's centre.",
        "They met in Kabul’s centre.",
        "THEY MET IN KABUL.",
    ],
)
def test_quotes_brackets_possessives_and_capitals_change_nothing(found, text):
    assert {surface.title() for surface in found(text)} == {"Kabul"}


def test_a_leading_the_is_left_out(found):
    mentions = found("Ships crossed the Gulf, the Netherlands and the United Arab Emirates.")
    assert {"Gulf", "Netherlands", "United Arab Emirates"} <= mentions.keys()


def test_headlines_in_capitals_are_read(found):
    assert {"IRAN", "IRAQ", "BAGHDAD"} <= found("IRAN AND IRAQ SIGN DEAL IN BAGHDAD").keys()


def test_an_unknown_name_changes_no_other(found):
    known = found("He went to Lahore and Quetta.").keys()
    assert known <= found("He went to Lahore and Quetta and Xqzvyplk.").keys()


@pytest.mark.parametrize("text", ["", "\n\n", "a" * 5000, "\u202e\u200f", "<b>&${1}`\\", "𝕏" * 9])
def test_strange_text_is_harmless(parse, place_store, text):
    find_mentions(parse(text), place_store)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.sampled_from(
            ["Iran", "Tehran", "border", "'s", "with", "the", "Gulf", ",", "Texas", "\n", "(", "“",
             "southern", "Iranian", "-", "Palace", "AP", "—", "RIYADH", "é", "🙂", "and", "in", "."]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_mentions_quote_the_text_in_order_and_never_overlap(parse, place_store, words):
    text = " ".join(words)
    last_end = 0
    for mention in find_mentions(parse(text), place_store):
        assert text[mention.start : mention.end] == mention.surface
        assert last_end <= mention.start < mention.end
        assert mention.surface == mention.surface.strip()
        last_end = mention.end


def test_every_name_of_a_list_of_villages_is_one(parse, place_store):
    text = "Shells fell on the villages of Kafr Nabl, Xarqil and Maarat al-Numan at dawn."
    found = find_mentions(parse(text), place_store)
    assert [m.surface for m in found] == ["Kafr Nabl", "Xarqil", "Maarat al-Numan"]


def test_directions_in_capitals_are_directions(parse, place_store):
    found = find_mentions(parse("EARTHQUAKE STRIKES SOUTHERN TURKEY, KILLING 30"), place_store)
    assert [m.surface for m in found] == ["SOUTHERN TURKEY"]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("It sells in Norway, Portugal & Switzerland.", {"Norway", "Portugal", "Switzerland"}),
        ("Flights to Kenya & Uganda resumed.", {"Kenya", "Uganda"}),
        ("He works for Johnson & Johnson.", set()),
    ],
)
def test_places_joined_by_an_ampersand_are_no_firm(found, text, surfaces):
    assert found(text).keys() == surfaces


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They live in Mekelle. A convoy had brought medicine to Mekelle.", "Mekelle"),
        ("Rio is loud. They flew to Rio. Rio-based firms gain, and Rio waits.", "Rio"),
    ],
)
def test_a_place_is_one_wherever_the_text_names_it(parse, place_store, text, name):
    found = [m.surface for m in find_mentions(parse(text), place_store)]
    assert found.count(name) == text.count(name)


def test_a_strain_that_is_called_after_a_town_is_no_place(found):
    assert "Reston" not in found("The Reston ebolavirus harms nobody.")


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("The café is at 11 Rue Mouffetard, Paris.", "Rue Mouffetard"),
        ("They met on Kurfürstendamm in Berlin.", "Kurfürstendamm"),
        ("A shop in Calle de Alcalá, Madrid, burned.", "Calle de Alcalá"),
        ("Police closed Via dei Condotti in Rome.", "Via dei Condotti"),
        ("Police closed Damrak and Prinsengracht in Amsterdam.", "Prinsengracht"),
    ],
)
def test_a_street_of_another_language_is_known_by_its_form(found, text, street):
    assert street in found(text)


@pytest.mark.parametrize("text", ["Via Twitter he said no.", "He gave an avenue to talks."])
def test_other_words_of_that_form_are_no_streets(found, text):
    assert not found(text)
