from __future__ import annotations

import json

from gazetteer.corpora import half_of
from gazetteer.features import SIGNALS
from gazetteer.groups import NONE_OF_THESE
from gazetteer.training import HAND_SET, train_ranker, train_usage

TEXT = "A fair opened in Paris, Texas. Dallas sent a band."
PARIS_TEXAS = {"start": 17, "end": 22, "phrase": "Paris", "lat": 33.66, "lon": -95.56}


def tune_ids(count):
    return [name for name in map(str, range(1000)) if half_of(name) == "tune"][:count]


def test_training_gives_every_signal_a_weight_and_the_same_each_time(tmp_path, place_store):
    path = tmp_path / "corpus.jsonl"
    rows = [{"doc_id": i, "text": TEXT, "toponyms": [PARIS_TEXAS]} for i in tune_ids(3)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    first, second = train_ranker([path], place_store)
    assert second.keys() == {signal.name for signal in SIGNALS} | {NONE_OF_THESE}
    assert first["is_capital"] < first["is_town"], "Paris is the town in every text"
    assert all(abs(second[name] - value) < 2 for name, value in HAND_SET.items())
    assert train_ranker([path], place_store) == (first, second)


def test_training_learns_which_uses_are_literal(tmp_path, place_store):
    path = tmp_path / "uses.jsonl"
    examples = [("They met in Chad.", "Chad", "lit"), ("Chad denied it.", "Chad", "met")] * 4
    rows = [
        {
            "text": text,
            "start": text.index(name),
            "end": text.index(name) + len(name),
            "phrase": name,
            "reading": reading,
        }
        for text, name, reading in examples
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    weights, directions = train_usage([path], place_store)
    assert weights["prep=in"] < 0 < weights["nsubj"]
    assert {"subject", "preposition"} <= directions.keys()
    assert train_usage([path], place_store) == (weights, directions)
