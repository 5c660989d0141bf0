"""The form that other programs rely on."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from dashboard.bulk import SAMPLES
from dashboard.coded_json import coded_to_json, report_to_json, why_here_to_json
from dashboard.events import Modality
from dashboard.ontology import event_types
from dashboard.pipeline import CodedArticle, code_article
from dashboard.readers import read_article
from gazetteer.geoparse import geoparse
from gazetteer.places import GeoPrecision
from gazetteer.store import PlaceStore
from gazetteer.toponyms import MentionKind

PRECISIONS = {int(precision) for precision in GeoPrecision}
PLACE = {
    "place_id": str,
    "name": str,
    "lat": float,
    "lon": float,
    "country_code": (str, type(None)),
    "feature_code": str,
    "precision": int,
}
MENTION = {
    "start": int,
    "end": int,
    "surface": str,
    "kind": str,
    "confidence": float,
    "place": (dict, type(None)),
}
EVENT = {
    "event_id": str,
    "event_type": str,
    "quad_class": str,
    "source": list,
    "target": list,
    "when": (dict, type(None)),
    "locations": list,
    "modality": str,
    "quote": str,
    "start": int,
    "end": int,
    "confidence": float,
    "sizes": list,
}
SIZE = {
    "kind": str,
    "low": (int, type(None)),
    "best": int,
    "high": (int, type(None)),
    "words": str,
    "start": int,
    "end": int,
}
ACTOR = {"actor_id": str, "name": str, "country_code": (str, type(None))}
WHEN = {"iso": str, "earliest": str, "latest": str}
LOCATION = {
    "name": str,
    "lat": float,
    "lon": float,
    "country_code": (str, type(None)),
    "precision": int,
    "start": int,
    "end": int,
}


def check(values: dict, form: dict) -> None:
    assert list(values) == list(form)
    for key, kind in form.items():
        assert isinstance(values[key], kind), (key, values[key])
        assert not isinstance(values[key], bool)


@pytest.fixture(scope="module", params=sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def coded(request, place_store: PlaceStore) -> CodedArticle:
    article = read_article(request.param.name, request.param.read_bytes())
    return code_article(article, place_store=place_store)


def test_every_object_has_the_documented_form(coded: CodedArticle) -> None:
    found = json.loads(json.dumps(coded_to_json(coded, key="x-1")))
    check(found, {"id": str, "mentions": list, "events": list})
    assert found["id"] == "x-1"
    assert found["mentions"]
    assert found["events"]
    for mention in found["mentions"]:
        check(mention, MENTION)
        assert 0 <= mention["confidence"] <= 1
        assert mention["kind"] in set(MentionKind)
        if mention["place"]:
            check(mention["place"], PLACE)
            assert mention["place"]["precision"] in PRECISIONS
    for event in found["events"]:
        check(event, EVENT)
        for size in event["sizes"]:
            check(size, SIZE)
        assert event["event_type"] in event_types()
        assert event["quad_class"] == event_types()[event["event_type"]].quad_class
        assert event["modality"] in set(Modality)
        assert 0 <= event["confidence"] <= 1
        for actor in event["source"] + event["target"]:
            check(actor, ACTOR)
        for location in event["locations"]:
            check(location, LOCATION)
        if event["when"]:
            check(event["when"], WHEN)
            assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", event["when"]["iso"])
            first, last = (date.fromisoformat(event["when"][key]) for key in ("earliest", "latest"))
            assert first <= last


def test_offsets_count_code_points_of_the_text(coded: CodedArticle) -> None:
    text = coded.article.text
    found = coded_to_json(coded)
    for mention in found["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["surface"]
    for event in found["events"]:
        assert text[event["start"] : event["end"]] == event["quote"]
        for location in event["locations"]:
            assert 0 <= location["start"] < location["end"] <= len(text)


def test_mentions_and_events_stand_in_the_order_of_the_text(coded: CodedArticle) -> None:
    found = coded_to_json(coded)
    for part in ("mentions", "events"):
        starts = [one["start"] for one in found[part]]
        assert starts == sorted(starts)


def test_an_id_is_given_back_as_it_came_or_is_the_articles(coded: CodedArticle) -> None:
    assert coded_to_json(coded, key=7)["id"] == 7
    assert coded_to_json(coded)["id"] == coded.article.article_id


def test_a_report_also_names_its_article(coded: CodedArticle) -> None:
    for report in coded.reports():
        found = report_to_json(report)
        assert found["article"]["title"] == coded.article.title
        assert found["article"]["published"] == str(coded.article.published)


def test_a_mention_tells_its_candidates_with_the_evidence_and_the_versions(place_store):
    found = geoparse("A fair opened in Paris, Texas.", store=place_store)
    written = why_here_to_json(found.resolutions[0], place_data=place_store.version)
    assert written["surface"] == "Paris"
    assert written["candidates"][0]["place"] == written["place"]
    assert len(written["candidates"]) > 1
    for candidate in written["candidates"]:
        assert candidate["reasons"]
        assert all(reason.keys() == {"signal", "points", "text"} for reason in candidate["reasons"])
    assert written["versions"]["place_data"] == place_store.version
    assert len(written["versions"]["rules"]) == 12
