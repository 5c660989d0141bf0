"""Every page as Streamlit runs it, with a store of its own; the map itself is in tests/browser."""

import re
from html import unescape
from pathlib import Path
from threading import Event, Thread

import pyarrow as pa
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.articles import Article, article_id
from dashboard.filters import EventFilter
from dashboard.store import EventStore
from dashboard.ui import map_turn, share
from dashboard.ui.filter_panel import find_actor
from dashboard.ui.map_turn import MapAnswers
from gazetteer.toponyms import Geoparse

APP = Path(__file__).parents[2] / "dashboard" / "screen.py"


@pytest.fixture
def app(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    st.cache_resource.clear()
    yield AppTest.from_file(str(APP), default_timeout=120)
    st.cache_resource.clear()


def caption(app):
    return next(line.value for line in app.caption if "shown" in line.value)


def test_the_first_start_shows_the_samples_and_says_how_much_is_shown(app):
    app.run()
    assert not app.exception
    assert "latest report" in caption(app)
    assert not app.warning


def test_filters_narrow_what_is_shown_and_clear_brings_all_back(app):
    app.run()
    everything = caption(app)
    app.multiselect(key="filter_actors").select("PAK").run()
    wanted = EventStore().reports(EventFilter(actors=("PAK",)))
    assert wanted
    assert caption(app).startswith(f"{len(wanted)} of ")
    assert app.query_params["actors"] == "PAK"
    next(button for button in app.button if button.label == "Clear all filters").click().run()
    assert caption(app) == everything
    assert "actors" not in app.query_params


def test_a_link_restores_the_filters_and_names_what_it_could_not(app):
    app.query_params["actors"] = "PAK"
    app.query_params["since"] = "yesterday"
    app.run()
    assert app.multiselect(key="filter_actors").value == ["PAK"]
    assert any("yesterday" in warning.value for warning in app.warning)


def test_a_country_that_is_chosen_shows_what_lies_in_it_and_back_undoes_it(app):
    app.run()
    everything = caption(app)
    app.multiselect(key="filter_places").set_value(["IR"]).run()
    wanted = EventStore().reports(EventFilter(places=("IR",)))
    assert {location.place.name for r in wanted for location in r.event.locations} > {"Tehran"}
    assert caption(app).startswith(f"{len(wanted)} of ")
    assert app.query_params["places"] == "IR"
    app.query_params.clear()  # as the browser's back button does
    app.run()
    assert caption(app) == everything
    app.query_params.update({"places": "IR", "v": "1"})
    app.run()
    assert app.multiselect(key="filter_places").value == ["IR"]
    assert caption(app).startswith(f"{len(wanted)} of ")


def test_a_link_to_a_place_that_nobody_knows_is_told(app):
    app.query_params["places"] = "gn:999999999999"
    app.run()
    assert any("no place is known" in warning.value for warning in app.warning)


@pytest.mark.parametrize(
    ("typed", "actor"),
    [
        ("US", "USA"), ("Islamabad", "PAK"), ("إيران", "IRN"), ("rebels", "*.REB"),
        ("Revolutionary Guards", "IRN.MIL.IRGC"), ("Iranian gov", "IRN.GOV"),
        ("Putin", "RUS.GOV"), ("qwxz", None),
    ],
)  # fmt: skip
def test_an_actor_is_found_by_whatever_name_is_typed(app, typed, actor):
    app.run()
    assert find_actor(typed) == actor


def test_a_side_is_asked_for_only_with_an_actor(app):
    app.query_params.update({"actors": "PAK", "role": "source"})
    app.run()
    assert app.query_params["role"] == "source"
    next(button for button in app.button if "Pakistan" in button.label).click().run()
    assert "role" not in app.query_params


def test_choices_of_the_same_name_are_told_apart(app):
    app.run()
    options = app.multiselect(key="filter_places").options
    assert len(options) == len(set(options))


def test_a_filter_that_nothing_matches_says_what_to_do(app):
    app.query_params["text"] = "xyzzy"
    app.run()
    assert any("Loosen" in info.value for info in app.info)


def test_without_any_article_each_page_says_what_to_do_next(app):
    app.run()
    store = EventStore()
    for summary in store.articles():
        store.remove(summary.article_id)
    app.run()
    assert any("Add an article" in info.value for info in app.info)
    for panel in ("timeline", "events", "unplaced"):
        app.session_state["below"] = panel
        app.run()
        assert not app.exception
        assert not any("Loosen" in line.value for line in [*app.caption, *app.info])
    for page in ("articles", "review", "sources", "snapshots"):
        script = f"from dashboard.ui.{page}_page import {page}_page\n{page}_page()"
        other = AppTest.from_string(script, default_timeout=120).run()
        assert not other.exception
        assert any("Add an article" in i.value or "Make one" in i.value for i in other.info), page


def test_where_no_article_tells_an_event_the_page_leads_to_what_was_read(app):
    app.run()
    store = EventStore()
    for summary in store.articles():
        if store.events_of(summary.article_id):
            store.remove(summary.article_id)
    told = Article(article_id=article_id("Hm."), title="Hm", text="Hm.", published=None)
    store.add(told, Geoparse(text=told.text, resolutions=()), ())
    app.run()
    assert any("“Articles” shows what was read" in info.value for info in app.info)


def test_days_that_are_asked_stand_out_in_the_timeline(app):
    app.query_params.update({"since": "2019-01-01", "until": "2019-12-31"})
    app.run()
    (chart,) = app.get("vega_lite_chart")
    rows = pa.ipc.open_stream(chart.proto.data.data).read_all().to_pylist()
    assert any(row["asked"] for row in rows)
    for row in rows:
        assert row["asked"] == (row["to"] > "2018-12-31" and row["from"] < "2020"), row


def test_what_is_heavy_to_draw_waits_for_the_map_alone(monkeypatch):
    monkeypatch.setattr(map_turn, "LATER_WAIT_SECONDS", 60)
    answers, drawn, begins = MapAnswers(), [], Event()
    answers.add()

    def draw():
        before = answers.count
        begins.set()
        answers.wait_after(before)
        drawn.append("timeline")

    timeline = Thread(target=draw, daemon=True)
    timeline.start()
    assert begins.wait(30)
    timeline.join(0.5)
    assert timeline.is_alive()
    assert not drawn
    answers.add()
    timeline.join(30)
    assert drawn


def test_without_a_map_what_waits_for_it_waits_long_but_once(monkeypatch):
    monkeypatch.setattr(map_turn, "FIRST_WAIT_SECONDS", 0)
    monkeypatch.setattr(map_turn, "LATER_WAIT_SECONDS", 0)
    answers = MapAnswers()
    answers.wait_after(answers.count)
    assert answers.count == 1
    answers.wait_after(answers.count)
    assert answers.count == 1


@pytest.mark.parametrize("page", ["articles_page", "about_page"])
def test_each_other_page_runs(app, page):
    app.run()
    script = f"""
from dashboard.ui import session
from dashboard.ui.{page} import {page}
session.prepare()
{page}()
"""
    other = AppTest.from_string(script, default_timeout=120).run()
    assert not other.exception


ARTICLES = """
from dashboard.ui import session
from dashboard.ui.articles_page import articles_page
session.prepare()
articles_page()
"""


def test_one_click_makes_another_candidate_the_answer(app):
    page = AppTest.from_string(ARTICLES, default_timeout=120).run()
    assert any("Place data" in line.value and "rules" in line.value for line in page.caption)
    first = next(button for button in page.button if button.label == "It is this one")
    _, article_id, start, place_id = first.key.split("-", 3)
    page = first.click().run()
    assert not page.exception
    assert f"is-{article_id}-{start}-{place_id}" not in {button.key for button in page.button}
    assert any("analyst" in line.value for line in page.caption)


def test_each_article_that_is_chosen_is_the_one_that_is_shown(app):
    app.run()
    script = """
from dashboard.ui.articles_page import articles_page
articles_page()
"""
    page = AppTest.from_string(script, default_timeout=120).run()
    for choice in [*page.selectbox(key="article").options[:4]]:
        page.selectbox(key="article").select(choice).run()
        assert not page.exception
        assert any(choice.endswith(title) for title in headlines(page))


def headlines(app):
    """Return the titles that stand as headings of their own."""
    bodies = [element.proto.body for element in app.get("html")]
    found = (re.match("<h3[^>]*>(.*)</h3>", body) for body in bodies)
    return [unescape(heading[1]) for heading in found if heading]


def follow(app, **query):
    """Open a link anew."""
    app.query_params.clear()
    app.query_params.update(query)
    return app.run()


def test_a_link_opens_the_panel_that_it_names_and_tells_a_wrong_one(app):
    for panel in ("events", "unplaced", "map"):
        follow(app, panel=panel)
        assert not app.exception
        assert app.session_state["below"] == panel
        assert app.query_params["panel"] == panel
    follow(app, panel="cellar", actors="PAK")
    assert any("open panel is none of" in warning.value for warning in app.warning)
    assert "panel" not in app.query_params
    assert app.query_params["actors"] == "PAK"


def test_a_link_opens_the_reader_at_its_event_and_tells_one_that_is_gone(app):
    app.run()
    report = EventStore().reports()[0]
    query = {"event": report.event.event_id, "reader": "why"}
    follow(app, **query)
    assert report.article.title in headlines(app)
    assert any("Why here" in line.value for line in app.markdown)
    assert query.items() <= app.query_params.items()
    follow(app, event="0" * 16, reader="read")
    assert any("not in this collection" in warning.value for warning in app.warning)
    assert "event" not in app.query_params
    assert "reader" not in app.query_params


@pytest.mark.parametrize("is_rejected", [False, True])
def test_a_link_to_an_event_that_its_filters_leave_out_says_so_and_leads_to_it(app, is_rejected):
    app.run()
    store = EventStore()
    event_id = store.reports()[0].event.event_id
    if is_rejected:  # and so shown only to who asks for it
        store.reviews.reject(event_id, who="Ada", why="a drill")
    follow(app, event=event_id, text="xyzzy")
    assert any("filters leave out" in warning.value for warning in app.warning)
    assert app.query_params["event"] == event_id
    the(app.button, "Clear the filters and show it").click().run()
    assert not app.warning
    assert app.query_params["event"] == event_id
    assert "text" not in app.query_params
    wanted, _ = EventFilter.from_query({**app.query_params})
    assert event_id in {report.event.event_id for report in store.reports(wanted)}


def test_who_follows_a_link_may_keep_its_filters_in_place_of_its_event(app):
    app.run()
    event_id = EventStore().reports(EventFilter())[0].event.event_id
    follow(app, event=event_id, text="xyzzy")
    the(app.button, "Keep the filters").click().run()
    assert not app.warning
    assert app.query_params["text"] == "xyzzy"
    assert "event" not in app.query_params


def test_the_gallery_is_empty_at_first_and_says_what_to_do(app):
    page = """
from dashboard.ui.snapshots_page import snapshots_page
snapshots_page()
"""
    gallery = AppTest.from_string(page, default_timeout=120).run()
    assert not gallery.exception
    assert any("Make one" in info.value for info in gallery.info)


def the(elements, label):
    return next(element for element in elements if element.label == label)


def test_a_view_is_saved_under_a_name_opened_again_and_removed(app):
    app.query_params["actors"] = "PAK"
    app.session_state["views"] = True
    app.run()
    the(app.text_input, "Save the present view as").input("Pakistan's part")
    the(app.button, "Save").click().run()
    the(app.button, "Clear all filters").click().run()
    assert "actors" not in app.query_params
    the(app.button, "Pakistan's part").click().run()
    assert app.query_params["actors"] == "PAK"
    the(app.button, "Remove").click().run()
    assert not EventStore().views.all()


def test_a_view_can_be_watched_with_all_its_filters(app):
    app.query_params["actors"] = "IRN.MIL.IRGC"
    app.session_state["views"] = True
    app.run()
    the(app.text_input, "Save the present view as").input("IRGC")
    the(app.button, "Watch").click().run()
    [watch] = EventStore().watches.all()
    assert (watch.name, watch.event_filter.actors) == ("IRGC", ("IRN.MIL.IRGC",))
    assert not EventStore().views.all()


def test_the_reader_shows_the_article_and_why_its_event_lies_there(app):
    app.run()
    report = next(r for r in EventStore().reports() if r.event.locations)
    app.session_state["reading"] = (report.event.event_id, "why")
    app.run()
    assert not app.exception
    assert report.article.title in headlines(app)
    reasons = [line.value for line in app.caption]
    assert any(report.event.locations[0].reason in line for line in reasons)
    the(app.button, "Close the reader").click().run()
    assert report.article.title not in headlines(app)


def test_further_filters_are_asked_and_counted_once_they_are_unfolded(app):
    app.run()
    assert "Sources" not in [choice.label for choice in app.multiselect]
    app.session_state["further_filters"] = True
    app.run()
    the(app.multiselect, "Review").select("rejected").run()
    assert app.query_params["reviewed"] == "all"
    app.session_state["further_filters"] = False
    app.run()
    assert app.query_params["reviewed"] == "all"


def test_of_too_many_events_no_file_is_offered_but_the_link(app, monkeypatch):
    monkeypatch.setattr(share, "MOST_SHARED", 3)
    app.session_state["share"] = True
    app.run()
    assert not app.exception
    assert any("holds at most 3" in told.value for told in app.info)
    labels = [button.label for button in app.button]
    assert "Make a snapshot" not in labels
    app.query_params["types"] = "PROTEST"
    monkeypatch.setattr(share, "MOST_SHARED", 20_000)
    app.run()
    assert "Make a snapshot" in [button.label for button in app.button]
