"""Towns that the pipeline takes for something else, in words that only a place fits in."""

from __future__ import annotations

import pytest

from gazetteer.toponyms import MentionKind


@pytest.fixture
def placed(found):
    def placed(text):
        return {surface: r for surface, r in found(text).items() if r.place}

    return placed


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The Lachin corridor was closed.", "Lachin", "AZ"),
        ("The Suwalki gap worries officers.", "Suwalki", "PL"),
        ("A truck was hit between Gao and Ansongo.", "Gao", "ML"),
        ("A truck was hit between Gao and Ansongo.", "Ansongo", "ML"),
        ("A bus burned between Bria and Bambari.", "Bambari", "CF"),
        ("The president flew to Male on Friday.", "Male", "MV"),
        ("Clashes erupted in Reynosa and Matamoros.", "Matamoros", "MX"),
        ("Refugees reached Goris on Sunday.", "Goris", "AM"),
        ("An airstrike on Sake killed three.", "Sake", "CD"),
        ("Thousands fled Sake for Goma.", "Sake", "CD"),
        ("The governor of Kherson said two died.", "Kherson", "UA"),
        ("The mayor of Agadez resigned.", "Agadez", "NE"),
        ("Troops moved towards Bor and Malakal.", "Malakal", "SS"),
        ("Shells fell near Masisi at dawn.", "Masisi", "CD"),
        ("Mozambican troops took Palma back.", "Palma", "MZ"),
    ],
)
def test_a_known_town_in_a_frame_for_places_is_found(placed, text, name, country):
    assert placed(text)[name].place.country_code == country


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He spoke to Reading and Mobile.", "Reading"),
        ("They met in Spring 2002.", "Spring"),
        ("She went to Warden's house.", "Warden"),
        ("They talked to Gary on Monday.", "Gary"),
        ("He drove a 2001 Cadillac in the rain.", "Cadillac"),
    ],
)
def test_a_word_without_such_a_frame_is_no_town(placed, text, name):
    assert name not in placed(text)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("A dam burst in Derna.", "LY"),
        ("Floodwaters reached Jowhar.", "SO"),
        ("The army retook Wad Madani.", "SD"),
        ("Shells fell on Qamishli.", "SY"),
    ],
)
def test_another_spelling_of_a_town_s_name_is_its_own(placed, text, country):
    assert [r.place.country_code for r in placed(text).values()] == [country]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Five soldiers were killed near Sibi.", "Sibi"),
        ("A cyclone struck, damaging Port Vila.", "Port Vila"),
        ("An earthquake destroyed Amatrice.", "Amatrice"),
        ("Rockets rained on Sderot and Ashkelon.", "Ashkelon"),
        ("Shells fell on Nikopol.", "Nikopol"),
        ("Fighters took Kidal and Timbuktu.", "Timbuktu"),
        ("The siege of El Fasher went on.", "El Fasher"),
        ("The battle of Bakhmut lasted months.", "Bakhmut"),
        ("Fighting broke out between Sumy and Kharkiv.", "Kharkiv"),
        ("Forty people crossed at the Mae Sot checkpoint.", "Mae Sot"),
        ("Inmates rioted at the Guayaquil prison.", "Guayaquil"),
        ("A curfew was imposed on Srinagar.", "Srinagar"),
    ],
)
def test_where_something_falls_or_is_damaged_is_literal(placed, text, name):
    assert placed(text)[name].mention.kind is MentionKind.LITERAL


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Talks between Yemen and Djibouti failed.", "Yemen"),
        ("Tension between Riyadh and Tehran grew.", "Tehran"),
        ("Germany warned it could impose sanctions on Belgrade.", "Belgrade"),
        ("The White House put pressure on Caracas.", "Caracas"),
        ("The match between Lyon and Marseille was called off.", "Lyon"),
    ],
)
def test_those_who_talk_play_or_are_punished_are_not(placed, text, name):
    assert placed(text)[name].mention.kind is MentionKind.METONYM


@pytest.mark.parametrize(
    ("text", "name", "place", "country"),
    [
        ("Police in Philadelphia arrested two men.", "Philadelphia", "Philadelphia", "US"),
        ("Police in Tunis arrested two men.", "Tunis", "Tunis", "TN"),
        ("Police in Brasilia arrested two men.", "Brasilia", "Brasília", "BR"),
        ("A blast rocked Salvador.", "Salvador", "Salvador", "BR"),
        ("Police in Gold Coast arrested two men.", "Gold Coast", "Gold Coast", "AU"),
        ("TUNIS (Reuters) - Talks went on.", "TUNIS", "Tunis", "TN"),
        ("Police in Kuwait arrested two men.", "Kuwait", "Kuwait", "KW"),
        ("Ships sailed from Britain.", "Britain", "United Kingdom", "GB"),
        ("Officials met in Macedonia.", "Macedonia", "North Macedonia", "MK"),
    ],
)
def test_a_name_is_the_town_s_whose_own_it_is(placed, text, name, place, country):
    found = placed(text)[name].place
    assert (found.name, found.country_code) == (place, country)


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("Guatemalan police arrested two men.", "Guatemalan", "GT"),
        ("Kuwaiti and Emirati officials met in Doha.", "Kuwaiti", "KW"),
        ("Kuwaiti and Emirati officials met in Doha.", "Emirati", "AE"),
        ("Moldovan police arrested two men.", "Moldovan", "MD"),
        ("Montenegrin police arrested two men.", "Montenegrin", "ME"),
        ("Nepali climbers were rescued.", "Nepali", "NP"),
        ("Kazakh troops crossed the river.", "Kazakh", "KZ"),
        ("Somali forces attacked.", "Somali", "SO"),
    ],
)
def test_a_word_of_origin_is_one_whatever_the_pipeline_calls_it(placed, text, word, country):
    found = placed(text)[word]
    assert (found.mention.kind, found.place.country_code) == (MentionKind.DEMONYM, country)


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        (
            "Workers left the Zaporizhzhia nuclear power plant.",
            "Zaporizhzhia nuclear power plant",
            "cur:zaporizhzhia-nuclear-power-plant",
        ),
        ("The Rafah crossing was closed.", "Rafah crossing", "cur:rafah-crossing"),
        (
            "Russia built the Bushehr nuclear plant.",
            "Bushehr nuclear plant",
            "cur:bushehr-nuclear-power-plant",
        ),
        (
            "Inspectors saw the Natanz enrichment plant.",
            "Natanz enrichment plant",
            "cur:natanz-nuclear-facility",
        ),
        ("Refugees in the Zaatari camp spoke.", "Zaatari camp", "cur:zaatari-refugee-camp"),
        ("Families left the al-Hol camp.", "al-Hol camp", "cur:al-hol-camp"),
        ("Refugees in Dadaab camp protested.", "Dadaab", "cur:dadaab"),
        ("The Strait of Tiran was closed.", "Strait of Tiran", "cur:strait-of-tiran"),
        ("They met at the White House.", "White House", "cur:white-house"),
    ],
)
def test_a_longer_known_name_comes_before_its_part(placed, text, name, place_id):
    assert placed(text)[name].place.place_id == place_id


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("São Paulo was hit by floods.", "São Paulo", "BR"),
        ("Ho Chi Minh City was hit by floods.", "Ho Chi Minh City", "VN"),
        ("Santiago was struck by an earthquake.", "Santiago", "CL"),
        ("Barcelona was hit by floods.", "Barcelona", "ES"),
        ("Nagorno-Karabakh was shelled.", "Nagorno-Karabakh", "AZ"),
        ("Dakar was evacuated.", "Dakar", "SN"),
    ],
)
def test_what_befalls_only_places_tells_a_known_town(placed, text, name, country):
    assert placed(text)[name].place.country_code == country


@pytest.mark.parametrize("text", ["Gen. Washington was shelled.", "Barcelona was hit by injuries."])
def test_what_befalls_others_too_tells_no_town(placed, text):
    assert not {"Washington", "Barcelona"} & {*placed(text)}


@pytest.mark.parametrize(
    ("town", "country"),
    [("Hamburg", "DE"), ("Milan", "IT"), ("Rotterdam", "NL"), ("Osaka", "JP"), ("Lagos", "NG")],
)
def test_a_large_town_without_a_rival_needs_no_company(placed, town, country):
    assert placed(f"The envoy flew from {town} to Cairo.")[town].place.country_code == country
