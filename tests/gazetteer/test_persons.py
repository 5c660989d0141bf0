"""Names of places that are persons'; the sentences are ours."""

from __future__ import annotations

import pytest

from gazetteer.geoparse import geoparse


@pytest.fixture
def surfaces(parse, place_store):
    def surfaces(text):
        found = geoparse(text, doc=parse(text), store=place_store).resolutions
        return [r.mention.surface for r in found]

    return surfaces


PERSONS = [
    ("Jordan scored twice in the final.", "Jordan"),
    ("Washington crossed the Delaware.", "Washington"),
    ("Lancaster crossed the Danube.", "Lancaster"),
    ("Houston died in 2012 at 48.", "Houston"),
    ("Florence nursed the wounded.", "Florence"),
    ("Charlotte married Henry in June.", "Charlotte"),
    ("Virginia was born in 1950 and her brother in 1952.", "Virginia"),
    ("Ireland, a boxer, left Leeds.", "Ireland"),
    ("The striker Lincoln left for Spain.", "Lincoln"),
    ("Savannah told her mother everything.", "Savannah"),
    ("Chad told his brother everything.", "Chad"),
    ("Florence wrote songs. She left 1,500 of them.", "Florence"),
    ("Austin said she would come.", "Austin"),
    ("Mayor London Breed spoke on Monday.", "London"),
    ("Paris Hilton arrived.", "Paris"),
    ("He was crowned Mr. Lebanon last year.", "Lebanon"),
    ("Miss Venezuela won the crown.", "Venezuela"),
    ("Jordan scored twice. Fans said Jordan was brilliant.", "Jordan"),
]


@pytest.mark.parametrize(("text", "name"), PERSONS)
def test_what_only_persons_do_makes_a_name_a_person(surfaces, text, name):
    assert name not in surfaces(text)


def test_an_unknown_name_with_its_bearer_s_part_after_it_is_no_place(surfaces):
    text = (
        "Hundreds of thousands marched in Yangon.\n\nSoldiers detained Aung San Suu Kyi, the "
        "country's civilian leader, and President Win Myint in Naypyidaw on Feb. 1, hours before "
        "a newly elected parliament was to sit."
    )
    assert surfaces(text) == ["Yangon", "Naypyidaw"]


@pytest.mark.parametrize("name", sorted({name for _, name in PERSONS}))
def test_the_same_names_are_places_where_nobody_is_meant(surfaces, name):
    assert name in surfaces(f"The family moved to {name} in the spring.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jordan said it would host talks.", "Jordan"),
        ("Jordan said he would be welcome.", "Jordan"),
        ("Israel said he was killed in a raid.", "Israel"),
        ("Washington imposed sanctions on Iran.", "Washington"),
        ("Georgia told its envoy to leave.", "Georgia"),
        ("Chad closed its border.", "Chad"),
        ("Houston flooded after the storm.", "Houston"),
        ("She died in Jordan.", "Jordan"),
        ("Jordan scored twice after he came home to Jordan from camp in Jordan.", "Jordan"),
    ],
)
def test_a_country_or_town_that_acts_as_such_stays_one(surfaces, text, name):
    assert name in surfaces(text)
