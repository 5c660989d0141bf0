from __future__ import annotations

import hashlib

import pytest

from gazetteer.errors import ModelMismatchError, ModelNotFoundError
from gazetteer.language import (
    DEFAULT_MODEL,
    TRUSTED_FILES,
    _model_folder,
    _verify,
    load_pipeline,
    model_name,
    model_version,
)


def test_every_file_of_the_default_pipeline_is_the_examined_one():
    folder = _model_folder(DEFAULT_MODEL)
    lines = TRUSTED_FILES.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 10
    for line in lines:
        digest, _, file = line.partition("  ")
        assert hashlib.sha256((folder / file).read_bytes()).hexdigest() == digest


def test_a_changed_file_is_refused(tmp_path):
    for line in TRUSTED_FILES.read_text(encoding="utf-8").splitlines():
        path = tmp_path / line.partition("  ")[2]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"changed")
    with pytest.raises(ModelMismatchError, match="pip install"):
        _verify(tmp_path)


@pytest.mark.parametrize("name", ["no_such_pipeline", "../somewhere", "os; import"])
def test_a_pipeline_that_is_not_installed_is_told(name):
    with pytest.raises(ModelNotFoundError, match="DATELINE_MODEL"):
        load_pipeline(name)


def test_the_environment_names_another_pipeline(monkeypatch):
    monkeypatch.setenv("DATELINE_MODEL", "another")
    assert model_name() == "another"
    monkeypatch.delenv("DATELINE_MODEL")
    assert model_name() == DEFAULT_MODEL


def test_the_pipeline_says_what_it_is():
    assert model_version(DEFAULT_MODEL) == "en_core_web_md 3.7.1"


def test_a_line_break_ends_a_sentence(parse):
    doc = parse("Talks fail in Geneva\nMinisters left early.")
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Talks fail in Geneva",
        "Ministers left early.",
    ]


def test_a_rank_is_one_word(parse):
    assert "Maj.-Gen." in [token.text for token in parse("He met Maj.-Gen. Salami.")]


def test_the_verb_of_a_headline_is_read_as_one_and_keeps_its_letters(parse):
    doc = parse("Turkey jails 40\nThe jails are full.")
    assert [word.pos_ for word in doc if word.text == "jails"] == ["VERB", "NOUN"]
    assert next(doc.sents).text.strip() == "Turkey jails 40"
