"""What a title is: a headline, or the text's first words."""

from __future__ import annotations

import pytest

from dashboard.articles import LONGEST_TITLE, is_of_text, short_title


@pytest.mark.parametrize(
    ("title", "text", "is_its_own_words"),
    [
        ("Bus attacked near Ormara", "Bus attacked near Ormara\n\nGunmen killed 14.", False),
        ("A headline", "Gunmen killed 14.", False),
        ("Gunmen killed 14.", "Gunmen killed 14.\nPolice came.", True),
        ("Gunmen killed 14", "Gunmen killed 14", True),
        ("Gunmen killed…", "Gunmen  killed 14 and fled.", True),
        ("Gunmen killed 14 “here.”", "Gunmen killed 14 “here.”\nMore.", True),
        ("Gunmen killed", "Gunmen killed 14 and fled", True),
    ],
)
def test_a_first_line_that_stands_by_itself_is_a_headline(title, text, is_its_own_words):
    assert is_of_text(title, text) is is_its_own_words


def test_a_title_is_cut_between_words():
    assert short_title("word " * 50).endswith("word…")
    assert len(short_title("x" * 500)) == LONGEST_TITLE
