from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from click.testing import CliRunner

from dashboard.cli import main

HOSTILE = "<script>alert(1)</script>"
TEXT = f"Guards met in Tehran {HOSTILE} & left."


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "small.jsonl"
    toponym = {"start": 14, "end": 20, "phrase": "Tehran", "lat": 35.69, "lon": -90.0}
    path.write_text(json.dumps({"doc_id": "<b>1", "text": TEXT, "toponyms": [toponym]}) + "\n")
    return path


@pytest.fixture
def evaluate(corpus, tmp_path):
    def run(name, *options):
        out = [tmp_path / f"{name}.{form}" for form in ("json", "md", "html")]
        arguments = ["evaluate", str(corpus), "--json", str(out[0]), "--markdown", str(out[1])]
        result = CliRunner().invoke(main, [*arguments, "--errors", str(out[2]), *options])
        assert result.exit_code == 0, result.output
        return result.output, *(path.read_text(encoding="utf-8") for path in out)

    return run


def test_every_measure_is_printed_and_written(evaluate):
    output, as_json, markdown, _ = evaluate("a", "--list", "5")
    for measure in ("exact span", "overlapping span", "annotated spans", "found spans"):
        assert measure in output
        assert measure in markdown
    for measure in ("documents a second", "median km", "AUC", "confidence", "wrong place"):
        assert measure in output
    (figures,) = json.loads(as_json)
    assert figures["recognition_exact"]["recall"] == 1
    assert figures["resolution_of_annotated_spans"]["within_161_km"] == 0
    assert figures["errors"][0]["kind"] == "wrong place"
    assert figures["errors"][0]["distance_km"] > 5000


def test_the_page_of_errors_shows_sentence_and_map_and_runs_nothing(evaluate):
    _, _, _, page = evaluate("a")
    assert "<mark>Tehran</mark>" in page
    assert 'class="annotated"' in page
    assert 'class="found"' in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page
    assert "http://" not in page
    assert "https://" not in page
    assert len(page) < 1_500_000


def test_the_files_are_the_same_byte_for_byte(evaluate):
    assert evaluate("a")[1:] == evaluate("b")[1:]


def test_no_outline_runs_back_across_the_whole_map(evaluate):
    _, _, _, page = evaluate("a")
    (land,) = re.findall(r'id="land" class="land" d="([^"]+)"', page)
    for ring in land.split("M")[1:]:
        points = [tuple(map(float, point.split(","))) for point in ring.rstrip("Z").split("L")]
        off_the_edge = [(a, b) for a, b in pairwise(points) if abs(a[1]) < 85.0]
        assert max(abs(b[0] - a[0]) for a, b in off_the_edge) < 180
