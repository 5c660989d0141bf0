"""Filters and views as values and as links."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.actors import Actor, known_actors
from dashboard.articles import ArticleSummary
from dashboard.events import Event, EventReport, Modality, Review
from dashboard.filters import (
    DEFAULT_MODALITIES,
    DEFAULT_REVIEWED,
    EVERYTHING,
    EventFilter,
    is_member,
)
from dashboard.link_values import MAX_TEXT, MAX_ZOOM
from dashboard.map_view import MapView
from dashboard.ontology import event_types
from dashboard.partial_dates import PartialDate
from gazetteer.places import BoundingBox, Coordinates, GeoPrecision

REPORT = EventReport(
    event=Event(
        event_id="1",
        event_type="ASSAULT",
        source_actors=(Actor(actor_id="IRN.MIL.IRGC", name="IRGC", kind="mil"),),
        target_actors=(Actor(actor_id="PAK", name="Pakistan", kind="state"),),
        when=PartialDate.from_iso("2019-04"),
        quote="Shots were fired in Córdoba.",
        article_id="0123456789abcdef",
        start=0,
        end=28,
        trigger_start=6,
        trigger_end=16,
        confidence=0.5,
        coder="rules-1",
    ),
    article=ArticleSummary(article_id="0123456789abcdef", title="News of the day"),
)


def degrees(limit: int) -> st.SearchStrategy[float]:
    return st.integers(-limit * 100_000, limit * 100_000).map(lambda number: number / 100_000)


@st.composite
def boxes(draw: st.DrawFn) -> BoundingBox:
    south, north = sorted((draw(degrees(90)), draw(degrees(90))))
    return BoundingBox(south=south, west=draw(degrees(180)), north=north, east=draw(degrees(180)))


filters = st.builds(
    EventFilter,
    actors=st.lists(st.from_regex(r"[A-Z]{3}(\.[\w' -]{1,12}){0,2}", fullmatch=True)).map(tuple),
    event_types=st.lists(st.sampled_from(sorted(event_types()))).map(tuple),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    max_precision=st.none() | st.sampled_from(GeoPrecision),
    text=st.text(max_size=MAX_TEXT),
    box=st.none() | boxes(),
    articles=st.lists(st.from_regex(r"[0-9a-f]{16}", fullmatch=True)).map(tuple),
    datasets=st.lists(st.from_regex(r"own|[0-9a-f]{16}", fullmatch=True)).map(tuple),
    max_days=st.none() | st.integers(1, 9999),
    modalities=st.lists(st.sampled_from(Modality)).map(tuple),
    reviewed=st.lists(st.sampled_from(Review)).map(tuple),
)
views = st.builds(
    MapView,
    center=st.none() | st.builds(Coordinates, lat=degrees(90), lon=degrees(180)),
    zoom=st.none() | st.integers(0, MAX_ZOOM),
)


def through_an_address(query: dict[str, str]) -> dict[str, str]:
    return dict(parse_qsl(urlencode(query)))


@given(wanted=filters.filter(lambda f: not any("\ud800" <= c <= "\udfff" for c in f.text)))
def test_a_link_restores_the_filter(wanted: EventFilter) -> None:
    restored, problems = EventFilter.from_query(through_an_address(wanted.to_query()))
    assert restored == wanted
    assert problems == ()


@given(view=views)
def test_a_link_restores_the_view(view: MapView) -> None:
    assert MapView.from_query(through_an_address(view.to_query())) == (view, ())


@given(wanted=filters, view=views)
def test_filter_and_view_share_a_link_without_touching(wanted: EventFilter, view: MapView) -> None:
    both = view.to_query() | wanted.to_query()
    assert len(both) == len(view.to_query()) + len(wanted.to_query())
    assert EventFilter.from_query(both)[0] == wanted
    assert MapView.from_query(both)[0] == view


@given(query=st.dictionaries(
    st.sampled_from(["actors", "types", "since", "until", "precision", "text", "box", "articles",
                     "lat", "lon", "zoom", "other"]),
    st.text(),
))  # fmt: skip
def test_any_link_gives_some_filter_and_view(query: dict[str, str]) -> None:
    wanted, _ = EventFilter.from_query(query)
    assert EventFilter.from_query(wanted.to_query()) == (wanted, ())
    MapView.from_query(query)


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("actors", "IRN,<script>", "<script>"),
        ("types", "MURDER", "MURDER"),
        ("since", "2019-13-01", "is not a day"),
        ("until", "yesterday", "is not a day"),
        ("precision", "9", "1 to 7"),
        ("precision", "NaN", "1 to 7"),
        ("text", "x" * (MAX_TEXT + 1), "longer than"),
        ("box", "1,2,3", "is not a box"),
        ("box", "1,2,3,nan", "is not a box"),
        ("box", "50,0,40,10", "is not a box"),
        ("articles", "../../etc/passwd", "is not an article"),
        ("actors", ",".join(["IRN"] * 101), "more than 100"),
    ],
)
def test_what_a_link_breaks_is_told_and_the_rest_is_kept(
    key: str, value: str, problem: str
) -> None:
    kept = {"since": "2019-01-01"} if key != "since" else {"until": "2019-12-31"}
    wanted, problems = EventFilter.from_query({key: value} | kept)
    assert len(problems) == 1
    assert problem in problems[0]
    assert wanted.since == date(2019, 1, 1) or wanted.until == date(2019, 12, 31)


@pytest.mark.parametrize("query", [{"lat": "91", "lon": "0"}, {"lat": "x", "lon": "0"}])
def test_a_view_off_the_globe_is_told_and_the_zoom_is_kept(query: dict[str, str]) -> None:
    view, problems = MapView.from_query(query | {"zoom": "5"})
    assert view == MapView(zoom=5)
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("zoom", "wanted"), [("4.6", 5), ("21", None), ("-1", None), ("inf", None)]
)
def test_a_zoom_is_a_whole_level(zoom: str, wanted: int | None) -> None:
    assert MapView.from_query({"zoom": zoom})[0].zoom == wanted


def test_problems_cannot_carry_control_characters_or_endless_text() -> None:
    _, problems = EventFilter.from_query({"since": "\x1b[31m\u202e" + "9" * 1000})
    assert problems[0].isprintable()
    assert len(problems[0]) < 150


def test_only_what_is_set_is_in_the_link_sorted_and_once() -> None:
    assert EventFilter().to_query() == {}
    assert EventFilter().in_words() == ""
    wanted = EventFilter(actors=("PAK", "IRN", "PAK"), text="  two   words ")
    assert wanted.to_query() == {"actors": "IRN,PAK", "text": "two words"}
    assert wanted.in_words() == "actors IRN or PAK; containing “two words”"


@pytest.mark.parametrize(
    ("wanted", "matches"),
    [
        (EventFilter(), True),
        (EventFilter(actors=("IRN",)), True),
        (EventFilter(actors=("IRN.MIL",)), True),
        (EventFilter(actors=("*.MIL",)), True),
        (EventFilter(actors=("*.REB",)), False),
        (EventFilter(actors=("IR",)), False),
        (EventFilter(actors=("IRN.MIL.IRGC.QUDS",)), False),
        (EventFilter(actors=("USA", "PAK")), True),
        (EventFilter(event_types=("CONSULT", "ASSAULT")), True),
        (EventFilter(event_types=("CONSULT",)), False),
        (EventFilter(actors=("IRN",), event_types=("CONSULT",)), False),
        (EventFilter(since=date(2019, 4, 30)), True),
        (EventFilter(since=date(2019, 5, 1)), False),
        (EventFilter(until=date(2019, 4, 1)), True),
        (EventFilter(until=date(2019, 3, 31)), False),
        (EventFilter(text="cordoba NEWS"), True),
        (EventFilter(text="cordoba madrid"), False),
        (EventFilter(max_precision=GeoPrecision.WATER), False),
        (EventFilter(articles=("0123456789abcdef",)), True),
        (EventFilter(articles=("fedcba9876543210",)), False),
        (EventFilter(modalities=(Modality.REPORTED, Modality.DENIED)), True),
        (EventFilter(modalities=(Modality.DENIED,)), False),
        (EventFilter(reviewed=(Review.UNREVIEWED,)), True),
        (EventFilter(reviewed=(Review.CONFIRMED, Review.EDITED)), False),
    ],
)  # fmt: skip
def test_an_event_matches_what_it_is(wanted: EventFilter, matches: bool) -> None:
    assert wanted.matches(REPORT) is matches


def test_month_only_dates_count_to_the_end_of_the_month() -> None:
    assert EventFilter(since=date(2019, 4, 30)).matches(REPORT)


def test_an_event_without_a_date_matches_no_question_of_dates() -> None:
    undated = replace(REPORT, event=replace(REPORT.event, when=None))
    assert EventFilter().matches(undated)
    assert not EventFilter(since=date(1000, 1, 1)).matches(undated)
    assert not EventFilter(until=date(3000, 1, 1)).matches(undated)


@pytest.mark.parametrize("standing", list(Modality))
def test_what_did_not_happen_is_shown_only_when_asked_for(standing: Modality) -> None:
    told = replace(REPORT, event=replace(REPORT.event, modality=standing))
    is_no_event = standing in {Modality.DENIED, Modality.HYPOTHETICAL, Modality.NEGATED}
    assert EventFilter().matches(told) is not is_no_event
    assert EventFilter(modalities=(standing,)).matches(told)
    assert EVERYTHING.matches(told)


def test_what_a_person_rejected_is_shown_only_when_asked_for() -> None:
    rejected = replace(REPORT, reviewed=Review.REJECTED)
    assert not EventFilter().matches(rejected)
    assert EventFilter(reviewed=(Review.REJECTED,)).matches(rejected)
    assert EVERYTHING.matches(rejected)


def test_asking_for_what_is_shown_anyway_asks_nothing() -> None:
    assert EventFilter(modalities=DEFAULT_MODALITIES, reviewed=DEFAULT_REVIEWED) == EventFilter()


def test_everything_has_a_short_link_and_words() -> None:
    assert EVERYTHING.to_query() == {"modalities": "all", "reviewed": "all"}
    assert EventFilter.from_query(EVERYTHING.to_query()) == (EVERYTHING, ())
    assert EVERYTHING.in_words() == "any standing; any review"


def test_an_event_is_found_by_each_of_its_reports() -> None:
    other = replace(
        REPORT,
        event=replace(REPORT.event, quote="Shells fell."),
        article=ArticleSummary(article_id="fedcba9876543210", title="Evening bulletin"),
    )
    told_twice = replace(REPORT, further=(other,))
    assert EventFilter(articles=("fedcba9876543210",)).matches(told_twice)
    assert EventFilter(text="shells cordoba bulletin").matches(told_twice)


def test_membership_goes_by_whole_parts_of_an_id() -> None:
    assert is_member("IRN.MIL.IRGC", "IRN.MIL")
    assert not is_member("IRN.MILITIA", "IRN.MIL")
    assert is_member("IRN.MIL.IRGC", "*.MIL")
    assert not is_member("IGO.SEC.MIL", "*.MIL")


def test_a_sector_of_any_country_can_be_named_in_a_link() -> None:
    wanted = EventFilter(actors=("*.MIL",))
    assert EventFilter.from_query(wanted.to_query()) == (wanted, ())
    assert EventFilter.from_query({"actors": "*"})[1]


def test_every_known_actor_can_be_named_in_a_link() -> None:
    ids = tuple(sorted(known_actors()))
    for start in range(0, len(ids), 100):
        wanted = EventFilter(actors=ids[start : start + 100])
        assert EventFilter.from_query(wanted.to_query()) == (wanted, ())
