"""The Review page as Streamlit runs it, on the samples."""

from dataclasses import replace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.events import Review
from dashboard.filters import EventFilter
from dashboard.partial_dates import PartialDate
from dashboard.store import EventStore

SCRIPT = """
from dashboard.ui import session
from dashboard.ui.review_page import review_page
session.prepare()
review_page()
"""


@pytest.fixture
def page(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    st.cache_resource.clear()
    page = AppTest.from_string(SCRIPT, default_timeout=120).run()
    assert not page.exception
    yield page
    st.cache_resource.clear()


def press(page, label):
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


def queue():
    return [report.event.event_id for report in EventStore().reviews.queue()]


def open_dated_and_placed(page):
    waiting = [report.event for report in EventStore().reviews.queue()]
    event_id = next(each.event_id for each in waiting if each.when and each.locations)
    page.query_params["event"] = event_id
    page.run()
    return event_id


def test_events_are_confirmed_one_after_the_other_the_least_certain_first(page):
    first, second, *_ = queue()
    assert page.selectbox(key="review_event").value == first
    press(page, "Confirm")
    assert any("who decides" in error.value for error in page.error)
    page.text_input(key="your_name").input("Ada").run()
    press(page, "Confirm")
    assert EventStore().reviews.report(first).reviewed is Review.CONFIRMED
    assert page.selectbox(key="review_event").value == second


def test_an_event_is_rejected_only_with_a_reason_and_comes_back_by_undo(page):
    first = queue()[0]
    page.text_input(key="your_name").input("Ada").run()
    press(page, "Reject")
    assert any("why" in error.value for error in page.error)
    page.text_input(key=f"why-{first}").input("a drill").run()
    press(page, "Reject")
    rejected = EventFilter(reviewed=(Review.REJECTED,))
    assert len(EventStore().reports(rejected)) == 1
    assert any("a drill" in text.value for text in page.text)
    press(page, "Undo")
    assert not EventStore().reports(rejected)
    assert first in queue()


def test_type_actors_date_and_place_are_edited(page):
    first = queue()[0]
    page.text_input(key="your_name").input("Ada").run()
    page.text_input(key=f"why-{first}").input("the text says so").run()
    page.text_input(key=f"place-name-{first}").input("Muscat").run()
    page.selectbox(key=f"event_type-{first}").set_value("AID")
    page.multiselect(key=f"source_actors-{first}").set_value(["OMN"])
    page.text_input(key=f"when-{first}").input("2019-04")
    press(page, "Keep these changes")
    (report,) = EventStore().reports(EventFilter(reviewed=(Review.EDITED,)))
    event = report.event
    assert (event.event_id, event.event_type, event.when.iso) == (first, "AID", "2019-04")
    assert [actor.actor_id for actor in event.source_actors] == ["OMN"]
    assert [at.place.name for at in event.locations] == ["Muscat"]


def test_what_another_person_decided_meanwhile_is_told_and_nothing_typed_is_lost(page):
    first = open_dated_and_placed(page)
    page.text_input(key="your_name").input("Ada").run()
    page.text_input(key=f"why-{first}").input("no word of it").run()
    page.selectbox(key=f"locations-{first}").set_value("").run()
    date = {"when": PartialDate.from_iso("2019-03-29")}
    EventStore().reviews.edit(first, date, who="Cy", why="the archive")
    press(page, "Keep these changes")
    assert any("Cy: edited the date (the archive)" in text.value for text in page.text)
    assert EventStore().reviews.newest() == 1
    assert page.selectbox(key=f"locations-{first}").value == ""
    press(page, "I have looked again")
    assert page.text_input(key=f"when-{first}").value == "2019-03-29"
    assert page.text_input(key=f"why-{first}").value == "no word of it"
    press(page, "Keep these changes")
    last, *_ = EventStore().reviews.log(first)
    assert (last.who, last.changed, last.event.when.iso) == ("Ada", ("locations",), "2019-03-29")


def test_a_rejection_meanwhile_is_not_confirmed_away(page):
    first = queue()[0]
    page.text_input(key="your_name").input("Ada").run()
    EventStore().reviews.reject(first, who="Cy", why="a drill")
    press(page, "Confirm")
    assert EventStore().reviews.report(first).reviewed is Review.REJECTED
    assert any("Cy: rejected it (a drill)" in text.value for text in page.text)


def test_an_undo_in_the_log_has_a_reason_and_shows_in_the_form(page):
    first = open_dated_and_placed(page)
    number = EventStore().reviews.edit(first, {"when": None}, who="Cy", why="the archive")
    EventStore().reviews.confirm(first, who="Bo")
    page.run()
    press(page, "I have looked again")
    assert page.text_input(key=f"when-{first}").value == ""
    assert any(
        f"{number} · " in text.value and "edited the date" in text.value for text in page.text
    )
    page.text_input(key="your_name").input("Ada").run()
    page.text_input(key="undo_why").input("the archive errs").run()
    page.button(key=f"undo-all-{number}").click().run()
    assert not page.exception
    assert "decision 2" in page.toast[-1].value
    undone = EventStore().reviews.log()[1]
    assert (undone.undoes, undone.who, undone.why) == (number, "Ada", "the archive errs")
    assert page.text_input(key=f"when-{first}").value != ""
    assert page.text_input(key="undo_why").value == ""


@pytest.mark.parametrize("action", ["rejected", "edited"])
def test_what_the_coder_gives_now_is_told_of_what_was(page, action):
    event_id = open_dated_and_placed(page)
    store = EventStore()
    event = store.reviews.report(event_id).event
    if action == "rejected":
        store.reviews.reject(event_id, who="Cy", why="a drill")
    else:
        store.reviews.edit(event_id, {"when": None}, who="Cy", why="nobody knows")
    anew = replace(event, when=PartialDate.from_iso("1999"), tellings=())
    article = store.article(event.article_id)
    store.replace_findings(article, store.geoparse_of(event.article_id), [anew])
    page.run()
    assert any("now gives another date" in warning.value for warning in page.warning)


def test_a_merged_event_tells_who_merged_it_and_the_log_what_with(page):
    first, second, *_ = queue()
    EventStore().reviews.merge(first, second, who="Bo", why="the same salvo")
    page.query_params["event"] = second
    page.run()
    texts = [text.value for text in page.text]
    assert any("One event because: Bo merged it into “" in text for text in texts)
    assert any(" · Bo merged it into “" in text and "the same salvo" in text for text in texts)
    assert any(button.key == f"undo-{second}-1" for button in page.button)


def test_sizes_are_seen_and_edited(page):
    first = queue()[0]
    page.text_input(key="your_name").input("Ada").run()
    page.text_input(key=f"why-{first}").input("the text says so").run()
    page.text_input(key=f"sizes-{first}").input("4 killed, 10.. wounded").run()
    press(page, "Keep these changes")
    page.query_params["event"] = first
    page.run()
    assert any("Size: 4 killed; 10 or more wounded" in text.value for text in page.text)


def test_events_are_merged_and_split_off_again(page):
    first = queue()[0]
    page.text_input(key="your_name").input("Ada").run()
    page.text_input(key=f"why-{first}").input("both tell of it").run()
    into = page.selectbox(key=f"merge-into-{first}").value
    press(page, "Merge")
    assert EventStore().reviews.report(first).event.event_id == into
    page.selectbox(key="review_event").set_value(into).run()
    page.text_input(key=f"why-{into}").input("they are two").run()
    press(page, "Split off")
    assert EventStore().reviews.report(first).event.event_id == first
