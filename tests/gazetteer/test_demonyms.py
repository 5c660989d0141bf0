"""Demonyms of countries and of other places."""

from __future__ import annotations

import pytest

from gazetteer.countries import country_by_demonym, country_by_name
from gazetteer.demonyms import place_id_of_demonym
from gazetteer.records import DATA_FOLDER, data_rows
from gazetteer.store import PlaceStore

ROWS = [cells for _, cells in data_rows(DATA_FOLDER / "curated" / "demonyms.tsv")]


@pytest.mark.parametrize(
    ("word", "place_id"),
    [
        ("Iranian", "gn:130758"),
        ("Texans", "adm1:US.TX"),
        ("Scottish", "adm1:GB.SCT"),
        ("Chechen", "adm1:RU.12"),
        ("Kurdish", "cur:kurdistan"),
        ("Québécois", "adm1:CA.10"),
        ("African", "cur:africa"),
        ("Londoners", "gn:2643743"),
    ],
)
def test_a_demonym_leads_to_its_place(word: str, place_id: str):
    assert place_id_of_demonym(word) == place_id


def test_a_word_that_is_no_demonym_leads_nowhere():
    assert place_id_of_demonym("table") is None
    assert place_id_of_demonym("") is None


def test_every_demonym_belongs_to_a_place_of_the_store(place_store: PlaceStore):
    assert [place_id for place_id, _, _ in ROWS if place_store.by_id(place_id) is None] == []


def test_no_demonym_of_another_place_hides_behind_a_countrys():
    words = [word for _, listed, _ in ROWS for word in listed.split("|")]
    assert [word for word in words if country_by_demonym(word) or country_by_name(word)] == []


def test_there_are_enough_demonyms_of_places_below_the_country():
    rows = list(data_rows(DATA_FOLDER / "curated" / "demonyms.tsv"))
    assert sum(cells[0].startswith(("adm1:", "gn:", "cur:")) for _, cells in rows) >= 70
