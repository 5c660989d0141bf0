"""How likely an act that a text tells is an event."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.act_likelihood import WEIGHTS, evidence
from dashboard.act_training import ToldAct, cross_validate, learn_acts, report
from dashboard.articles import Article, article_id
from dashboard.claims import likelihood, read_weights
from dashboard.coding import drafts_of
from gazetteer.geoparse import geoparse


@pytest.fixture(scope="module")
def drafts(place_store, parse):
    def run(text: str):
        doc = parse(text)
        article = Article(article_id=article_id(text), title="", text=text, published=None)
        return drafts_of(article, geoparse(text, doc=doc, store=place_store), doc)

    return run


def acts(claims: set[str], *, is_event: bool) -> list[ToldAct]:
    return [
        ToldAct(text=str(n), claims=frozenset(claims), is_event=is_event, is_enough=n % 2 == 0)
        for n in range(60)
    ]


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        (
            "Iran's army shelled the Turkish village of Semdinli on Monday.",
            "A museum may shell out money for a battle scene.",
        ),
        (
            "Germany condemned the arrest of three reporters in Minsk.",
            "Any condemnation can help a cause.",
        ),
    ],
)
def test_a_plain_telling_is_likelier_than_a_general_one(drafts, likely, unlikely):
    plain, general = drafts(likely), drafts(unlikely)
    assert plain
    assert max(d.likelihood for d in plain) > max((d.likelihood for d in general), default=0) + 0.1


def test_what_is_likely_counts_though_the_text_names_nobody(code):
    text = "Witnesses filmed men beating and kicking another person in the street."
    (event,) = code(text)
    assert event.event_type == "ASSAULT"


def test_confidence_is_the_likelihood_and_less_where_the_place_is_inferred(code, drafts):
    text = "Soldiers marched into Herat. Three bakers were killed."
    said, inferred = code(text)
    chances = [draft.likelihood for draft in drafts(text)]
    assert said.confidence == pytest.approx(chances[0], abs=0.006)
    assert inferred.locations
    assert inferred.confidence < chances[1]


def kind_of_claim(claim: str) -> str:
    return claim.partition("=")[0].split(" ")[0]


def test_each_weight_belongs_to_a_claim_that_is_made(drafts):
    briefs = (Path(__file__).parents[1] / "gold" / "tune.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(brief)["text"] for brief in briefs]
    texts.append("“Was it not banned after the raid on the camp in Herat?” asked a senator.")
    made = {kind_of_claim(c) for text in texts for draft in drafts(text) for c in evidence(draft)}
    assert {kind_of_claim(claim) for claim in read_weights(WEIGHTS)} <= made


def test_a_claim_that_only_events_bear_gets_a_positive_weight():
    told = acts({"any", "good"}, is_event=True) + acts({"any", "bad"}, is_event=False)
    weights = learn_acts(told)
    assert weights["good"] > 0 > weights["bad"]


def test_the_report_tells_how_many_of_each_likelihood_were_marked():
    told = acts({"good"}, is_event=True) + acts({"bad"}, is_event=False)
    lines = list(report(cross_validate(told)))
    assert any("60 acts, 1.000 marked" in line for line in lines)
    assert any("60 acts, 0.000 marked" in line for line in lines)


def test_the_order_of_claims_does_not_change_a_likelihood():
    weights = {"any": 0.1, "a": 1e16, "b": -1e16, "c": 0.7}
    orders = [("any", "a", "b", "c"), ("a", "c", "any", "b"), ("c", "b", "any", "a")]
    assert len({likelihood(weights, order) for order in orders}) == 1
