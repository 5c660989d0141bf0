"""Towns that the pipeline takes for something else, in words that only a place fits in."""

from __future__ import annotations

import pytest

from gazetteer.geoparse import geoparse
from gazetteer.toponyms import MentionKind


@pytest.fixture
def placed(parse, place_store):
    def placed(text):
        found = geoparse(text, doc=parse(text), store=place_store).resolutions
        return {r.mention.surface: r for r in found if r.place}

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
