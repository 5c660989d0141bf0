"""The sample articles: briefs of our own that go the same way as any text."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.bulk import SAMPLES
from dashboard.readers import read_article

FILES = sorted(SAMPLES.glob("*.txt"))


def test_there_are_samples_of_several_years_and_no_other_files() -> None:
    assert len(FILES) >= 7
    assert sorted(SAMPLES.iterdir()) == FILES
    assert len({path.name[:4] for path in FILES}) >= 4


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_sample_is_a_brief_with_title_date_and_source(path: Path) -> None:
    article = read_article(path.name, path.read_bytes())
    assert 150 <= len(article.text.split()) <= 300
    assert article.published
    assert path.name.startswith(str(article.published.year))
    assert article.source == "Dateline sample brief"
    assert article.url is None
    assert article.title
    assert article.title not in article.text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_sample_is_plain_ascii_wire_text(path: Path) -> None:
    text = path.read_text(encoding="ascii")
    assert text.endswith(".\n")
    assert "  " not in text
