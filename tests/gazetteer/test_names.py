"""What makes two spellings one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.names import name_key, name_keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Hague", "hague"),
        ("the Gulf", "Gulf"),
        ("Sana'a", "Sanaa"),
        ("Sana\u2019a", "Sana\u02bda"),
        ("U.S.", "US"),
        ("N.C.", "NC"),
        ("Washington, D.C.", "Washington DC"),
        ("St. Louis", "Saint Louis"),
        ("St.Petersburg", "Saint Petersburg"),
        ("Mt. Everest", "Mount Everest"),
        ("Ft. Worth", "Fort Worth"),
        ("Łódź", "Lodz"),
        ("Ağrı", "AGRI"),
        ("İstanbul", "istanbul"),
        ("Côte d'Ivoire", "Cote dIvoire"),
        ("Bosnia & Herzegovina", "Bosnia and Herzegovina"),
        ("Al-Qa\u02bfim", "al qaim"),
        ("Guinea\u2011Bissau", "Guinea-Bissau"),
        ("Ra\u02bes Tanurah", "Ras Tanurah"),
        ("  New   York ", "New York"),
        ("ＴＯＫＹＯ", "Tokyo"),
        ("كراچى", "کراچی"),
        ("عُمان", "عمان"),
        ("طهر\u200cان", "طهران"),
        ("Москва́", "москва"),
        ("ירושל\u05b7ים", "ירושלים"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str):
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("ガザ", "カサ"), ("Oman", "Amman"), ("York", "New York"), ("Mali", "Bali"), ("Theb", "b")],
)
def test_different_names_keep_different_keys(one: str, other: str):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("nothing", ["", " ", "--", "'", "...", "\u200e\u200f", "\n"])
def test_a_name_without_letters_or_digits_has_no_key(nothing: str):
    assert name_key(nothing) == ""


def test_a_name_that_is_only_an_article_keeps_it():
    assert name_key("The") == "the"


@given(st.text())
def test_a_key_is_its_own_key(name: str):
    assert name_key(name_key(name)) == name_key(name)


@given(st.lists(st.text(max_size=12), max_size=12))
def test_keys_of_many_names_are_the_keys_of_each(names: list[str]):
    assert name_keys(names) == [name_key(name) for name in names]


@given(st.text())
def test_case_and_surrounding_space_do_not_matter(name: str):
    assert name_key(f"  {name}\t") == name_key(name)
