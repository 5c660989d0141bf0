"""Which of the places that a sentence names is where it happened."""

from __future__ import annotations

import pytest

from dashboard.place_ranking import WEIGHTS, chosen_places, evidence, probabilities
from dashboard.place_training import learn_places
from dashboard.told_acts import told_act, with_stand_ins
from gazetteer.geoparse import geoparse


@pytest.fixture(scope="module")
def told(place_store, parse):
    def run(text: str, word: str):
        start = text.index(word)
        doc = parse(text)
        found = with_stand_ins(geoparse(text, doc=doc, store=place_store))
        return told_act(doc, found, (start, start + len(word)))

    return run


@pytest.mark.parametrize(
    ("text", "word", "places"),
    [
        ("Rebels attacked a base in Herat on Monday.", "attacked", ["Herat"]),
        ("Police shot two men in Basra, south of Baghdad.", "shot", ["Basra"]),
        ("Students marched in Lahore, Pakistan.", "marched", ["Lahore"]),
        (
            "Thousands protested in Tunis, Sfax and Sousse.",
            "protested",
            ["Sfax", "Sousse", "Tunis"],
        ),
        ("A minister from Kenya said that three men were killed.", "killed", []),
    ],
)
def test_the_place_of_an_act_is_chosen_among_those_of_its_sentence(told, text, word, places):
    assert sorted(location.mention.surface for location in told(text, word).places()) == places


def test_every_weight_is_of_a_claim_that_is_made(told):
    act = told("Troops shelled Aleppo from Idlib, near the border of Turkey.", "shelled")
    named = act.atlas.named_in(act.token)
    made = frozenset().union(*evidence(named, act.token))
    lines = WEIGHTS.read_text(encoding="utf-8").splitlines()
    known = {line.split("\t")[0] for line in lines if not line.startswith("#")}
    assert len(made & known) > len(made) / 2
    assert all(0 < chance < 1 for chance in probabilities(named, act.token))


def test_nothing_is_chosen_where_nothing_is_likely(told):
    act = told("Troops shelled Aleppo from Idlib.", "shelled")
    named = act.atlas.named_in(act.token)
    assert chosen_places(named, [0.1] * len(named)) == []
    assert chosen_places([], []) == []


def test_a_claim_that_only_right_places_bear_gets_a_positive_weight():
    from dashboard.place_training import Sentence

    sentences = [
        Sentence(
            text=str(number),
            places=(),
            claims=[frozenset({"any", "good"}), frozenset({"any", "bad"})],
            is_right=[True, False],
            wanted=1,
        )
        for number in range(20)
    ]
    weights = learn_places(sentences)
    assert weights["good"] > 0 > weights["bad"]
