from __future__ import annotations

import pytest

from gazetteer.errors import PlaceDataError
from gazetteer.geoparse import geoparse
from gazetteer.hints import context_of_source, country_codes

TEXT = "The fair opened in Tripoli on Monday."


@pytest.fixture
def tripoli(place_store):
    def resolve(**options):
        (found,) = (
            r
            for r in geoparse(TEXT, store=place_store, **options).resolutions
            if r.mention.surface == "Tripoli"
        )
        return found

    return resolve


def test_a_hint_moves_a_name_to_its_country_and_the_reason_says_so(tripoli):
    assert tripoli().place.country_code == "LY"
    hinted = tripoli(context=("LB",))
    assert hinted.place.country_code == "LB"
    assert any(
        reason.signal == "hinted" and "LB" in reason.text for reason in hinted.candidates[0].reasons
    )


def test_hints_are_codes_or_names():
    assert country_codes("PS, il;Jordan") == ("IL", "JO", "PS")
    assert country_codes(()) == ()
    with pytest.raises(ValueError, match="Atlantis"):
        country_codes("Atlantis")


def test_the_context_of_a_publisher_stands_in_a_file(tmp_path):
    path = tmp_path / "context.tsv"
    path.write_text("# source\tcountries\nThe Daily Star\tLB, SY\n", encoding="utf-8")
    assert context_of_source("the daily star", path) == ("LB", "SY")
    assert context_of_source("Another", path) == ()
    assert context_of_source("Another", tmp_path / "none.tsv") == ()
    path.write_text("The Daily Star\n", encoding="utf-8")
    with pytest.raises(PlaceDataError, match="line 1"):
        context_of_source("The Daily Star", path)
