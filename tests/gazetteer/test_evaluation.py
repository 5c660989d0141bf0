from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from gazetteer.corpora import half_of, read_corpus
from gazetteer.errors import CorpusError, PlaceDataError
from gazetteer.evaluation import WITHOUT_ORIGIN, Score, evaluate
from gazetteer.recognition import RecognitionPart

TEXT = "Iranian guards met in Tehran. Rain fell in Uqbarstadt."
TEHRAN = {"start": 22, "end": 28, "phrase": "Tehran", "lat": 35.69, "lon": 51.42}


def write_corpus(folder: Path, *rows):
    path = folder / "small.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def document(*toponyms, text=TEXT, doc_id="d1"):
    return {"doc_id": doc_id, "text": text, "toponyms": list(toponyms)}


@pytest.fixture
def evaluated(tmp_path, place_store):
    def run(*toponyms, **options):
        path = write_corpus(tmp_path, document(*toponyms))
        return evaluate(path, store=place_store, **options)

    return run


def test_a_right_place_counts_in_every_measure(evaluated):
    result = evaluated(TEHRAN, kinds=WITHOUT_ORIGIN)
    assert result.documents == result.toponyms == 1
    assert result.exact.recall == result.end_to_end.recall == 1
    assert result.on_annotated.within == 1
    assert result.on_annotated.median_km < 30
    assert result.on_annotated.area_under_curve < 0.4


def test_a_place_too_far_away_is_found_but_wrong(evaluated):
    result = evaluated({**TEHRAN, "lat": 0.0, "lon": 0.0}, kinds=WITHOUT_ORIGIN)
    assert result.exact.recall == 1
    assert result.end_to_end.recall == 0
    assert result.on_annotated.within == 0


def test_words_of_origin_count_only_where_the_corpus_annotates_them(evaluated):
    with_origin = evaluated(TEHRAN)
    without = evaluated(TEHRAN, kinds=WITHOUT_ORIGIN)
    assert with_origin.exact.found == without.exact.found + 1


def test_a_toponym_without_coordinates_is_recognised_but_not_resolved(evaluated):
    result = evaluated({**TEHRAN, "lat": None, "lon": None}, kinds=WITHOUT_ORIGIN)
    assert result.exact.right == 1
    assert result.end_to_end.gold == 0


def test_an_overlap_is_less_than_an_exact_span(evaluated):
    result = evaluated({**TEHRAN, "start": 19, "phrase": "in Tehran"}, kinds=WITHOUT_ORIGIN)
    assert result.exact.right == 0
    assert result.overlapping.right == 1


def test_the_halves_are_fixed_and_cover_the_corpus(tmp_path, place_store):
    rows = [document(TEHRAN, doc_id=f"d{n}") for n in range(8)]
    path = write_corpus(tmp_path, *rows)
    halves = {half: evaluate(path, store=place_store, half=half) for half in ("tune", "held-out")}
    assert sum(result.documents for result in halves.values()) == 8
    assert [half_of(f"d{n}") for n in range(4)] == [half_of(f"d{n}") for n in range(4)]


def test_errors_stand_in_the_order_of_their_cost(evaluated):
    result = evaluated(
        {**TEHRAN, "lat": 0.0, "lon": 0.0},
        {"start": 43, "end": 53, "phrase": "Uqbarstadt", "lat": 1.0, "lon": 1.0},
    )
    kinds = [error.kind.value for error in result.errors]
    assert kinds[0] == "wrong place"
    assert sorted(kinds[1:]) in (["not annotated", "not found"], ["not annotated", "not placed"])
    first = result.errors[0]
    assert first.before + first.surface + first.after == TEXT
    assert first.distance_km > 161
    assert [e.cost for e in result.errors] == sorted((e.cost for e in result.errors), reverse=True)


def test_the_words_around_an_error_are_whole(tmp_path, place_store):
    text = f"{'however ' * 20}in Tehran {'therefore ' * 20}".strip()
    toponym = {"start": 163, "end": 169, "phrase": "Tehran", "lat": 0.0, "lon": 0.0}
    path = write_corpus(tmp_path, document(toponym, text=text))
    (error,) = evaluate(path, store=place_store).errors
    assert set(error.before.split()) == {"however", "in"}
    assert set(error.after.split()) == {"therefore"}


def test_found_names_are_measured_beside_annotated_ones(evaluated):
    result = evaluated(
        TEHRAN, {"start": 43, "end": 53, "phrase": "Uqbarstadt", "lat": 1.0, "lon": 1.0}
    )
    assert result.on_annotated.toponyms == 2
    assert result.on_annotated.within == 0.5
    assert result.on_found.within >= 0.5


def test_reliability_counts_the_answers_by_their_confidence(evaluated):
    bins = evaluated(TEHRAN).reliability
    assert sum(b.answers for b in bins) == 1
    assert bins[-1].share_right == 1
    assert bins[-1].least <= bins[-1].mean_confidence


def test_recognition_is_measured_by_each_part_alone_and_together(evaluated):
    assert evaluated(TEHRAN).by_parts == ()
    scores = {row.parts: row for row in evaluated(TEHRAN, by_parts=True).by_parts}
    assert len(scores) == 7
    assert scores[tuple(RecognitionPart)].exact == evaluated(TEHRAN).exact
    alone = [scores[(part,)].exact.recall for part in RecognitionPart]
    assert alone == [1.0, 0.0, 1.0]  # no rule speaks for "Tehran"


def test_the_same_corpus_gives_the_same_figures_and_errors(evaluated):
    first, second = evaluated(TEHRAN), evaluated(TEHRAN)
    assert first.errors == second.errors
    assert first.on_annotated == second.on_annotated


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"doc_id": "x"}',
        json.dumps(document({**TEHRAN, "phrase": "Berlin"})),
        json.dumps(document({**TEHRAN, "lat": 200})),
    ],
)
def test_a_line_that_is_no_document_is_told_with_its_number(tmp_path, line):
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(document(TEHRAN)) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(PlaceDataError, match=r"bad\.jsonl, line 2"):
        read_corpus(path)


def test_scores_of_nothing_are_zero():
    assert Score(right=0, found=0, gold=0).f1 == 0
    assert Score(right=1, found=2, gold=4).f1 == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"doc_id": "a"}', '"text" must be a text, but is missing'),
        ('{"text": "Rain.", "toponyms": []}', '"doc_id" must be a text'),
        ('{"doc_id": "a", "text": 7, "toponyms": []}', '"text" must be a text'),
        ('{"doc_id": "a", "text": "Rain."}', '"toponyms" must be a list'),
        ('{"doc_id": "a", "text": "Rain.", "toponyms": {"start": 0}}', '"toponyms" must be a list'),
        ('{"doc_id": "a", "text": "Oslo", "toponyms": ["Oslo"]}', "toponym 1: not"),
        ("[1, 2]", "this is no JSON object"),
        ("Rain fell.", "this is no JSON object on one line"),
        ("[", "this is no JSON object on one line"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_in_words(tmp_path, line, said):
    path = tmp_path / "bad.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(PlaceDataError, match=re.escape(f"bad.jsonl, line 1: {said}")):
        read_corpus(path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"end": 99}, "toponym 1: the text from 22 to 99 is"),
        ({"start": 28, "end": 22}, "is '', not 'Tehran'"),
        ({"start": "22"}, '"start" must be a whole number'),
        ({"start": -6}, '"start" must be a whole number'),
        ({"phrase": "Qom"}, "is 'Tehran', not 'Qom'"),
        ({"lat": "north"}, '"lat" and "lon" must both be numbers'),
        ({"lon": None}, '"lat" and "lon" must both be numbers'),
        ({"lat": 123}, "No such coordinates: latitude 123"),
    ],
)
def test_what_is_wrong_with_a_toponym_is_said_in_words(tmp_path, change, said):
    path = write_corpus(tmp_path, document({**TEHRAN, **change}))
    with pytest.raises(PlaceDataError, match=re.escape(said)):
        read_corpus(path)


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_a_corpus_without_a_text_is_an_error_and_no_score(tmp_path, content):
    path = tmp_path / "empty.jsonl"
    path.write_bytes(content)
    with pytest.raises(CorpusError, match=r"empty\.jsonl holds no annotated text"):
        read_corpus(path)


def test_bytes_that_are_no_text_are_told_with_their_line(tmp_path):
    path = tmp_path / "binary.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PlaceDataError, match=r"binary\.jsonl, line 1: this is not UTF-8"):
        read_corpus(path)


def test_half_a_surrogate_pair_in_a_corpus_moves_no_offset(tmp_path):
    path = write_corpus(tmp_path, document(TEHRAN, text=TEXT[:10] + "\ud800" + TEXT[11:]))
    (read,) = read_corpus(path)
    assert read.text[22:28] == "Tehran"
    read.text.encode()
