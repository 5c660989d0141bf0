from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import EventFilter
from dashboard.map_view import MapView
from dashboard.permalink import Permalink, unknown_actors
from gazetteer.places import Coordinates


def test_a_link_restores_filter_view_and_selected_event():
    link = Permalink(
        event_filter=EventFilter(actors=("IRN",), since=date(2019, 11, 1)),
        view=MapView(center=Coordinates(lat=29.5, lon=60.25), zoom=5),
        event_id="0123456789abcdef",
        panel="unplaced",
        reading="why",
    )
    assert link.to_query()["v"] == "1"
    assert Permalink.from_query(link.to_query()) == (link, ())


def test_the_plain_page_has_a_plain_address():
    assert Permalink().to_query() == {}


def test_a_link_from_before_versions_keeps_working():
    link, problems = Permalink.from_query({"actors": "IRN", "lat": "30", "lon": "60", "zoom": "4"})
    assert link.event_filter.actors == ("IRN",)
    assert link.view.zoom == 4
    assert problems == ()


def test_a_newer_link_is_told_and_what_is_known_of_it_is_shown():
    link, problems = Permalink.from_query({"v": "2", "actors": "IRN", "swipe": "left"})
    assert link.event_filter.actors == ("IRN",)
    assert problems == ("it was made by a newer Dateline (form 2); this one knows 1",)


@pytest.mark.parametrize(
    "query",
    [
        {"event": "<script>"},
        {"v": "x"},
        {"v": "1" * 5000},
        {"zoom": "99"},
        {"since": "now"},
        {"panel": "cellar"},
        {"reader": "aloud"},
        {"lat": "30"},
        {"until": "2019-02-30"},
        {"foo": "bar"},
    ],
)
def test_what_is_broken_is_told_and_the_rest_is_shown(query):
    link, problems = Permalink.from_query({"types": "ASSAULT", **query})
    assert len(problems) == 1
    assert link.event_filter.event_types == ("ASSAULT",)
    assert link.event_id is None


def test_an_actor_that_nobody_knows_is_named():
    wanted = EventFilter(actors=("IRN", "QQQ", "OWN.BAND"), pairs=("IRN~ZZZ",))
    assert unknown_actors(wanted, {"OWN.BAND"}) == (
        "no event and no list of actors has “QQQ”",
        "no event and no list of actors has “ZZZ”",
    )


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "v",
                "event",
                "actors",
                "types",
                "since",
                "until",
                "lat",
                "lon",
                "zoom",
                "panel",
                "reader",
            ]
        ),
        st.text(max_size=40),
    )
)
def test_whatever_a_link_says_it_is_read(query):
    link, _ = Permalink.from_query(query)
    assert Permalink.from_query(link.to_query()) == (link, ())
