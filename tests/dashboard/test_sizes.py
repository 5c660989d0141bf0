"""How many people an event concerned, as the text says."""

from __future__ import annotations

import pytest

from dashboard.events import SizeKind
from dashboard.popups import size_words
from dashboard.sizes import sizes_of
from gazetteer.language import parse

KILLED, WOUNDED, ARRESTED, CROWD = SizeKind

CASES = [
    ("Rebels killed at least 27 soldiers.", "killed", KILLED, (27, 27, None), "at least 27"),
    ("Rebels killed 14 sailors.", "killed", KILLED, (14, 14, 14), "14"),
    ("A bomb killed dozens of people.", "killed", KILLED, (24, 24, 99), "dozens"),
    ("A bomb killed between 20 and 30 people.", "killed", KILLED, (20, 25, 30), None),
    ("Police detained 20 to 30 activists.", "detained", ARRESTED, (20, 25, 30), "20 to 30"),
    ("Gunmen shot dead up to fifteen villagers.", "shot", KILLED, (None, 15, 15), None),
    ("A soldier was killed in Herat.", "killed", KILLED, (1, 1, 1), "A soldier"),
    ("The attack left 12 people dead and 30 injured.", "attack", WOUNDED, (30, 30, 30), "30"),
    ("Two people were killed and 21 wounded.", "killed", WOUNDED, (21, 21, 21), "21"),
    ("Twenty-seven guards died in an attack.", "attack", KILLED, (27, 27, 27), "Twenty-seven"),
    ("Police arrested a dozen students and 2 teachers.", "arrested", ARRESTED, (14, 14, 14), None),
    ("Some 3,000 people marched through Tunis.", "marched", CROWD, (None, 3000, None), None),
    ("A crowd of 500 gathered in Riga.", "gathered", CROWD, (500, 500, 500), "500"),
    (
        "Tens of thousands of people protested in Algiers.",
        "protested",
        CROWD,
        (20_000, 20_000, 99_999),
        "Tens of thousands",
    ),
]
TYPES = {KILLED: "ASSAULT", WOUNDED: "ASSAULT", ARRESTED: "COERCE", CROWD: "PROTEST"}


def sizes_in(text, word, event_type):
    doc = parse(text)
    return sizes_of(next(token for token in doc if token.text == word), event_type)


@pytest.mark.parametrize(("text", "word", "kind", "bounds", "words"), CASES)
def test_a_number_is_read_with_the_words_that_bound_it(text, word, kind, bounds, words):
    size = next(size for size in sizes_in(text, word, TYPES[kind]) if size.kind is kind)
    assert (size.low, size.best, size.high) == bounds
    assert text[size.start : size.end] == size.words
    if words:
        assert size.words == words


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Gunmen killed protesters in 2019.", "killed"),
        ("Gunmen killed the mayor and his 12-year-old son.", "killed"),
        ("Rebels destroyed 12 tanks and killed soldiers.", "killed"),
        ("A missile killed nobody on 14 May.", "killed"),
    ],
)
def test_what_is_no_number_of_people_is_no_size(text, word):
    assert sizes_in(text, word, "ASSAULT") == ()


def test_a_number_belongs_to_the_act_that_it_stands_with():
    doc = parse("Police killed three protesters, and rebels in Goma shelled a market.")
    killed, shelled = (token for token in doc if token.text in {"killed", "shelled"})
    assert [size.best for size in sizes_of(killed, "ASSAULT", [shelled])] == [3]
    assert sizes_of(shelled, "ASSAULT", [killed]) == ()


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("Rebels killed at least 27 soldiers.", "killed", "27 or more killed (“at least 27”)"),
        ("Rebels killed some 3,000 people.", "killed", "about 3,000 killed (“some 3,000”)"),
        ("Rebels killed up to 30 people.", "killed", "up to 30 killed (“up to 30”)"),
        ("A bomb killed dozens of people.", "killed", "24 to 99 killed (“dozens”)"),
    ],
)
def test_the_popup_gives_the_number_and_the_words_of_the_text(text, word, shown):
    assert [size_words(size) for size in sizes_in(text, word, "ASSAULT")] == [shown]
