"""The Review page as Streamlit runs it, on the samples."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.events import Review
from dashboard.filters import EventFilter
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


def test_events_are_confirmed_one_after_the_other_the_least_certain_first(page):
    first, second, *_ = queue()
    assert page.selectbox(key="review_event").value == first
    press(page, "Confirm")
    assert any("who decides" in error.value for error in page.error)
    page.text_input(key="review_who").input("Ada").run()
    press(page, "Confirm")
    assert EventStore().reviews.report(first).reviewed is Review.CONFIRMED
    assert page.selectbox(key="review_event").value == second


def test_an_event_is_rejected_only_with_a_reason_and_comes_back_by_undo(page):
    first = queue()[0]
    page.text_input(key="review_who").input("Ada").run()
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
    page.text_input(key="review_who").input("Ada").run()
    page.text_input(key=f"why-{first}").input("the text says so").run()
    page.text_input(key=f"place-name-{first}").input("Muscat").run()
    page.selectbox(key=f"type-{first}").set_value("AID")
    page.multiselect(key=f"Source-{first}").set_value(["OMN"])
    page.text_input(key=f"date-{first}").input("2019-04")
    press(page, "Keep these changes")
    (report,) = EventStore().reports(EventFilter(reviewed=(Review.EDITED,)))
    event = report.event
    assert (event.event_id, event.event_type, event.when.iso) == (first, "AID", "2019-04")
    assert [actor.actor_id for actor in event.source_actors] == ["OMN"]
    assert [at.place.name for at in event.locations] == ["Muscat"]


def test_events_are_merged_and_split_off_again(page):
    first = queue()[0]
    page.text_input(key="review_who").input("Ada").run()
    page.text_input(key=f"why-{first}").input("both tell of it").run()
    into = page.selectbox(key=f"merge-into-{first}").value
    press(page, "Merge")
    assert EventStore().reviews.report(first).event.event_id == into
    page.selectbox(key="review_event").set_value(into).run()
    page.text_input(key=f"why-{into}").input("they are two").run()
    press(page, "Split off")
    assert EventStore().reviews.report(first).event.event_id == first
