"""Actors: the data files, the organs of states, and who is who in a text."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dashboard.actors import (
    SECTORS,
    actor_by_id,
    actor_on,
    known_actors,
    leaders,
    roles,
    state_actor,
)
from dashboard.cast import Cast
from gazetteer.countries import countries
from gazetteer.geoparse import geoparse


@pytest.fixture(scope="module")
def who(place_store, parse):
    """Return a function that gives the ids of the actors that a word of a text stands for."""

    def ask(text: str, word: str, *, nth: int = 0) -> list[str]:
        doc = parse(text)
        cast = Cast(doc, geoparse(text, doc=doc, store=place_store), date(2019, 11, 25))
        token = [token for token in doc if token.text == word][nth]
        return [actor.actor_id for actor in cast.party(token).actors]

    return ask


def test_the_data_file_names_at_least_six_hundred_actors():
    assert len(known_actors()) >= 600


def test_every_actor_of_the_data_file_is_well_formed():
    codes = {country.code3: code for code, country in countries().items()}
    for actor in known_actors().values():
        head, *rest = actor.actor_id.split(".")
        assert head in codes or head in {"IGO", "NGO", "IMG"}, actor
        assert all(re.fullmatch(r"[A-Z0-9]+", part) for part in rest), actor
        assert actor.country_code == codes.get(head), actor


def test_every_leader_acts_for_somebody_known():
    for leader in leaders():
        assert actor_by_id(leader.actor_id) is not None, leader


def test_a_leader_counts_only_while_in_office():
    blair = next(leader for leader in leaders() if "Tony Blair" in leader.names)
    assert blair.holds_on(date(2003, 3, 20))
    assert not blair.holds_on(date(2019, 11, 25))


def test_what_an_actor_became_counts_from_its_day():
    taliban = known_actors()["AFG.REB.TALIBAN"]
    assert actor_on(taliban, date(2021, 7, 1)).actor_id == "AFG.REB.TALIBAN"
    assert actor_on(taliban, date(2023, 7, 1)).actor_id == "AFG.GOV.TALIBAN"
    assert actor_on(taliban, None) == taliban


def test_roles_use_sectors_that_have_a_name():
    assert {role.sector for role in roles().values()} <= set(SECTORS) | {"UAF"}


def test_the_organs_of_states_need_no_row():
    assert state_actor("IR").actor_id == "IRN"
    military = state_actor("IR", "MIL")
    assert (military.actor_id, military.kind, military.member_of) == ("IRN.MIL", "mil", ("IRN",))
    assert actor_by_id("IRN.MIL") == military


def test_an_unknown_id_is_nobody():
    assert actor_by_id("XXX.GOV") is None


@pytest.mark.parametrize(
    ("text", "word", "ids"),
    [
        ("Israeli soldiers entered the village.", "soldiers", ["ISR.MIL"]),
        ("Pakistani naval personnel were on board.", "personnel", ["PAK.MIL"]),
        ("Syrian rebels held the town.", "rebels", ["SYR.REB"]),
        ("Iranian authorities said nothing.", "authorities", ["IRN.GOV"]),
        ("Kenya's police chief resigned.", "chief", ["KEN.COP"]),
        ("The prime minister of Peru spoke.", "minister", ["PER.GOV"]),
        ("Hezbollah fighters withdrew.", "fighters", ["LBN.REB.HEZBOLLAH"]),
        ("UN officials left the camp.", "officials", ["IGO.UN"]),
        ("Dozens of Chilean students sang.", "Dozens", ["CHL.EDU"]),
        ("Members of the Taliban met.", "Members", ["AFG.REB.TALIBAN"]),
        ("French and German ministers met.", "ministers", ["FRA.GOV", "DEU.GOV"]),
        ("The Kremlin denied it.", "Kremlin", ["RUS.GOV.KREMLIN"]),
        ("An alliance of Malian rebel groups met.", "alliance", ["MLI.REB"]),
        ("Ansar al-Nur, an alliance of Malian rebel groups, attacked a camp.", "Nur", ["MLI.REB"]),
        ("Baloch Raji Ajoi Sangar, a separatist group, hit a bus.", "Sangar", ["PAK.REB"]),
    ],
)
def test_a_phrase_says_who_it_is(who, text, word, ids):
    assert who(text, word) == ids


def test_a_capital_that_acts_is_its_government(who):
    assert who("Moscow condemned the plan.", "Moscow") == ["RUS.GOV"]


def test_unknown_attackers_stay_unknown(who):
    assert who("Gunmen attacked a market in Nigeria.", "Gunmen") == []


def test_a_surname_refers_back_to_the_title(who):
    text = "Ghana's defence minister, Kofi Tetteh, flew to Accra. Tetteh met reporters there."
    assert who(text, "Tetteh", nth=1) == ["GHA.GOV"]


def test_a_pronoun_takes_up_the_person(who):
    text = "Norwegian Foreign Minister Ola Berg arrived on Monday. He met the mayor."
    assert who(text, "He") == ["NOR.GOV"]


def test_a_pronoun_after_an_unknown_person_is_nobody(who):
    text = "French President Anne Durand spoke first. Then Peter Miller rose. He left early."
    assert who(text, "He") == []
