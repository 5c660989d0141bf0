"""Sentences written for these tests; the expected countries and capitals are GeoNames'."""

from __future__ import annotations

import pytest
import spacy

from gazetteer.geoparse import geoparse
from gazetteer.other_languages import detect_language, find_names

SENTENCES = [
    ("ar", "وصل الوفد من بغداد إلى الرياض عبر الأردن.", ["Baghdad", "Riyadh", "Jordan"]),
    ("ar", "اجتمع المندوبون في القاهرة ثم سافروا إلى دمشق.", ["Cairo", "Damascus"]),
    ("fa", "نمایندگان از تهران به اسلام‌آباد رفتند و از پاکستان گفتند.", ["Tehran", "Pakistan"]),
    ("fa", "قطار تازه از مشهد به کابل می‌رود.", ["Mashhad", "Kabul"]),
    ("ur", "وفد لاہور سے کراچی گیا اور پھر ایران روانہ ہوا۔", ["Lahore", "Karachi", "Iran"]),
    ("ur", "ٹرین اسلام آباد میں رکی۔", ["Islamabad"]),
    ("ru", "Делегация прилетела из Москвы в Киев через Польшу.", ["Moscow", "Kyiv", "Poland"]),
    ("ru", "Встреча прошла в Тегеране, а потом в Пекине.", ["Tehran", "Beijing"]),
    ("fr", "La délégation a quitté Londres pour Le Caire et l'Allemagne.", ["London", "Cairo"]),
    ("fr", "Un train relie Bruxelles et Moscou en passant par la Pologne.", ["Brussels", "Moscow"]),
    ("es", "La delegación viajó de Londres a Nueva York y a los Estados Unidos.",
     ["London", "New York City", "United States"]),
    ("es", "El barco salió de La Habana hacia Argelia.", ["Havana", "Algeria"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "places"), SENTENCES)
def test_capitals_countries_and_large_cities_are_right_without_a_model(
    place_store, language, text, places
):
    assert detect_language(text) == language
    found = geoparse(text, store=place_store, language=language).resolutions
    names = [r.place.name for r in found if r.place]
    assert [name for name in places if name not in names] == [], names
    for resolution in found:
        mention = resolution.mention
        assert text[mention.start : mention.end] == mention.surface


@pytest.mark.parametrize(("language", "text", "places"), SENTENCES)
def test_small_words_are_no_places(place_store, language, text, places):
    found = find_names(text, place_store, language)
    assert len(found) <= len(places) + 1, [mention.surface for mention in found]


def test_a_pipeline_that_a_user_has_adds_its_places_and_takes_away_its_persons(
    place_store, tmp_path, monkeypatch
):
    pipeline = spacy.blank("fr")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": "LOC", "pattern": "Giverny"}, {"label": "PER", "pattern": "Paris Lemaire"}]
    )
    pipeline.to_disk(tmp_path / "fr")
    text = "Paris Lemaire est né à Giverny et a vécu dans la ville de Lyon."
    names = [r.mention.surface for r in geoparse(text, store=place_store).resolutions]
    assert names == ["Paris", "Lyon"]
    monkeypatch.setenv("DATELINE_MODEL_FR", str(tmp_path / "fr"))
    found = geoparse(text, store=place_store).resolutions
    assert [r.mention.surface for r in found] == ["Giverny", "Lyon"]
    assert all(r.place and r.place.country_code == "FR" for r in found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Die Delegation ist von Berlin nach Wien gefahren und bleibt bis zum Abend.",
        ),
        ("it", "Il treno da Roma è arrivato a Milano dopo un viaggio di tre ore con gli ospiti."),
        ("pt", "O navio saiu de Lisboa para o Rio de Janeiro e não voltou mais."),
        ("en", "El Paso and Las Vegas lie in the west of the United States."),
    ],
)
def test_the_language_is_told_by_its_small_words(language, text):
    assert detect_language(text) == language


def test_english_is_what_is_read_where_nothing_tells():
    assert detect_language("Rain fell on the town.") == "en"
    assert detect_language("") == "en"
    assert detect_language("12 345") == "en"
