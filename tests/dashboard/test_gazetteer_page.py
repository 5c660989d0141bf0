"""The gazetteer page as Streamlit runs it, and what it shows of places."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.articles import Article
from dashboard.pipeline import recode_article
from dashboard.place_listing import data_sources, names_words, place_layers, place_rows
from dashboard.ui import session
from gazetteer.cache import GazetteerCache
from gazetteer.corrections import CorrectionScope
from gazetteer.toponyms import Geoparse

SCRIPT = """
from dashboard.ui.gazetteer_page import gazetteer_page
gazetteer_page()
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place_store):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    st.cache_resource.clear()
    yield AppTest.from_string(SCRIPT, default_timeout=60).run()
    st.cache_resource.clear()


def texts(page):
    return "\n".join(item.value for item in page.text)


def look_up(page, name):
    return page.text_input(key="gazetteer_name").set_value(name).run()


def field(page, label):
    return next(item for item in page.text_input if item.label.startswith(label))


def press(page, label):
    return next(item for item in page.button if item.label == label).click().run()


def test_a_name_shows_all_its_candidates(page):
    look_up(page, "Лахор")
    assert not page.exception
    table = page.dataframe[0].value
    assert "gn:1172451" in list(table["Id"])
    assert "GeoNames" in table["Source"][0]


def test_a_word_of_origin_is_answered_with_its_place_and_said_to_be_one(page):
    look_up(page, "Chechen")
    assert list(page.dataframe[0].value["Place"]) == ["Chechnya"]
    assert "“Chechen” is a word of origin (a demonym): of Chechnya" in texts(page)


def test_a_misspelt_name_is_met_with_suggestions(page):
    look_up(page, "Islambad")
    (offer,) = page.button_group
    assert offer.label.startswith("No place has this name")
    offer.select("Islamabad").run()
    assert field(page, "Name of a place, in any script").value == "Islamabad"


def test_a_misspelt_name_can_be_said_to_mean_the_place_that_it_resembles(page):
    look_up(page, "Islambad")
    meaning = next(item for item in page.selectbox if item.label == "It means")
    assert meaning.value.startswith("Islamabad, Pakistan")
    field(page, "Who says").set_value("ana")
    field(page, "How it is known").set_value("their typo")
    press(page, "Keep this correction")
    (made,) = GazetteerCache().corrections()
    assert (made.name, made.place.place_id) == ("Islambad", "gn:1176615")


def test_the_start_of_a_name_is_met_with_the_names_that_start_so(page):
    look_up(page, "Islamab")
    (offer,) = page.button_group
    assert "Islamabad" in offer.options


def test_a_correction_is_kept_listed_and_undone(page):
    look_up(page, "Lahore")
    field(page, "Who says").set_value("ana")
    field(page, "How it is known").set_value("been there")
    press(page, "Keep this correction")
    (made,) = GazetteerCache().corrections()
    assert (made.name, made.place.place_id, made.who) == ("Lahore", "gn:1172451", "ana")
    assert "been there" in texts(page)
    press(page, "Undo")
    assert any("who decides" in error.value for error in page.error)
    page.text_input(key="your_name").input("Bo").run()
    press(page, "Undo")
    assert GazetteerCache().corrections() == ()


def test_what_is_undone_is_undone_in_the_articles_that_it_answered_in(page):
    cache, store, places = GazetteerCache(), session.event_store(), session.place_store()
    karachi = places.by_id("gn:1174872")
    cache.correct("Lahore", karachi, who="ana", why="been there", source="The Mail")
    for article_id, source in (("a1", "The Mail"), ("a2", "The Herald")):
        article = Article(article_id=article_id, title="x", text="Rain in Lahore.", source=source)
        store.add(article, Geoparse(text=article.text, resolutions=()), ())
        recode_article(article_id, store, places, cache)

    def meant():
        return [store.geoparse_of(each).resolutions[0].place.name for each in ("a1", "a2")]

    assert meant() == ["Karachi", "Lahore"]
    page.run().text_input(key="your_name").input("Bo").run()
    press(page, "Undo")
    assert meant() == ["Lahore", "Lahore"]
    assert page.toast[-1].value == "Undone. 1 article coded anew."


def test_a_correction_can_hold_for_one_source_or_one_article(page):
    article = Article(article_id="a1", title="Floods", text="Lahore.", source="The Mail")
    session.event_store().add(article, Geoparse(text=article.text, resolutions=()), ())
    look_up(page, "Lahore")
    for scope in (CorrectionScope.SOURCE, CorrectionScope.ARTICLE):
        page.radio[0].set_value(scope).run()
        field(page, "Who says").set_value("ana")
        field(page, "How it is known").set_value("been there")
        press(page, "Keep this correction")
    made = GazetteerCache().corrections()
    assert {(item.scope, item.source, item.article_id) for item in made} == {
        (CorrectionScope.SOURCE, "The Mail", None),
        (CorrectionScope.ARTICLE, None, "a1"),
    }


def test_a_correction_needs_a_name_and_a_reason(page):
    look_up(page, "Lahore")
    press(page, "Keep this correction")
    assert len(page.error) == 1
    assert GazetteerCache().corrections() == ()


def test_a_missing_place_is_added_and_found(page):
    field(page, "Its name").set_value("Gilgamville")
    field(page, "Point").set_value("30.5, 70.5")
    field(page, "Who adds").set_value("ana")
    field(page, "How it is known to be").set_value("map")
    press(page, "Add this place")
    look_up(page, "Gilgamville")
    assert list(page.dataframe[0].value["Country"]) == ["Pakistan"]


def test_a_place_that_is_added_twice_is_told_and_stays_one(page):
    for point in ("30.5, 70.5", "30.501, 70.501"):
        field(page, "Its name").set_value("Gilgamville")
        field(page, "Point").set_value(point)
        field(page, "Who adds").set_value("ana")
        field(page, "How it is known to be").set_value("map")
        press(page, "Add this place")
    assert "was here already (ana added it on" in page.toast[-1].value
    assert len(GazetteerCache().added_places()) == 1


def test_a_place_that_the_gazetteer_has_is_refused_with_its_id(page):
    field(page, "Its name").set_value("Tehran")
    field(page, "Point").set_value("35.7, 51.4")
    field(page, "Who adds").set_value("ana")
    field(page, "How it is known to be").set_value("map")
    press(page, "Add this place")
    assert "gn:112931" in page.error[0].value
    assert GazetteerCache().added_places() == ()


def test_a_missing_area_is_added_as_a_region_and_drawn_so(page, place_store):
    field(page, "Its name").set_value("Uqbar Zone")
    field(page, "or area").set_value("25 62, 26 62, 26 63")
    field(page, "Who adds").set_value("ana")
    field(page, "How it is known to be").set_value("map")
    press(page, "Add this place")
    store = place_store.with_added(GazetteerCache())
    matches = store.by_name("Uqbar Zone")
    assert [match.place.feature_code for match in matches] == ["RGN"]
    layers = place_layers(matches, store)
    assert [area["name"] for area in layers["areas"]] == ["Uqbar Zone"]
    assert layers["points"] == []


@pytest.mark.parametrize("where", ["", "north", "99, 0"])
def test_a_place_that_is_nowhere_is_refused(page, where):
    field(page, "Its name").set_value("Gilgamville")
    field(page, "Point").set_value(where)
    field(page, "Who adds").set_value("ana")
    field(page, "How it is known to be").set_value("map")
    press(page, "Add this place")
    assert len(page.error) == 1
    assert not page.exception
    assert GazetteerCache().added_places() == ()


def test_the_page_says_how_the_places_came_here(page):
    assert "ships with" in texts(page)
    assert {"Package", "Taken", "Licence"} == set(data_sources()[0])
    assert any("GeoNames" in row["Licence"] for row in data_sources())
    assert data_sources()[-1]["Package"] == "Dateline's own list"


def test_each_candidate_is_drawn_as_exactly_as_it_is_known(place_store):
    matches = place_store.by_name("the Gulf")
    layers = place_layers(matches, place_store)
    assert not {"Persian Gulf", "Gulf of Mexico"} & {point["name"] for point in layers["points"]}
    assert {"Persian Gulf", "Gulf of Mexico"} <= {area["name"] for area in layers["areas"]}
    (row, *_) = place_rows(place_store.by_name("Tehran"), place_store)
    assert row["Kind"] == "capital"


def test_names_are_shown_of_every_script_in_turn_and_transcriptions_last():
    names = ("Ormara", "ao er ma la", "Hormarah", "Ormāra", "Ормара", "أورمارا", "奥尔马拉")
    shown = "Ormara, Hormarah, Ормара, أورمارا, 奥尔马拉, Ormāra, ao er ma la"
    assert names_words(names) == shown
    assert names_words(("Ormara",)) == "Ormara"
    assert names_words(()) == ""
