"""Counts and the line of coverage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dashboard.actors import Actor
from dashboard.articles import ArticleSummary
from dashboard.events import Event, EventReport
from dashboard.filters import EventFilter
from dashboard.partial_dates import PartialDate
from dashboard.summary import Coverage, DateRange, actor_counts, coverage, date_range, type_counts

IRAN = Actor(actor_id="IRN", name="Iran", kind="state", country_code="IR")
IRGC = Actor(actor_id="IRN.MIL.IRGC", name="IRGC", kind="mil", country_code="IR")
PAKISTAN_ARMY = Actor(actor_id="PAK.MIL", name="Pakistan's army", kind="mil", country_code="PK")
UN = Actor(actor_id="IGO.UN", name="United Nations", kind="igo")


def a_report(
    source: tuple[Actor, ...] = (),
    target: tuple[Actor, ...] = (),
    *,
    event_type: str = "CONSULT",
    when: str | None = None,
    article: str = "a",
    publisher: str | None = None,
    published: date | None = None,
) -> EventReport:
    event = Event(
        event_id="1",
        event_type=event_type,
        source_actors=source,
        target_actors=target,
        when=PartialDate.from_iso(when) if when else None,
        quote="q",
        article_id=article,
        start=0,
        end=1,
        trigger_start=0,
        trigger_end=1,
        confidence=0.5,
        coder="rules-1",
    )
    summary = ArticleSummary(article_id=article, title="T", source=publisher, published=published)
    return EventReport(event=event, article=summary)


def test_a_country_counts_the_events_of_its_actors_and_stands_before_them() -> None:
    reports = [a_report((IRGC,)), a_report((IRAN,), (PAKISTAN_ARMY,)), a_report((), (IRGC,))]
    counts = actor_counts(reports)
    assert [(count.actor_id, count.count, count.group) for count in counts] == [
        ("IRN", 3, None),
        ("IRN.MIL.IRGC", 2, "IRN"),
        ("PAK", 1, None),
        ("PAK.MIL", 1, "PAK"),
    ]
    assert counts[2].name == "Pakistan"


def test_an_actor_on_both_sides_counts_once() -> None:
    (iran, irgc) = actor_counts([a_report((IRAN, IRGC), (IRGC,))])
    assert (iran.count, iran.as_source, iran.as_target) == (1, 1, 1)
    assert (irgc.count, irgc.as_source, irgc.as_target) == (1, 1, 1)


def test_an_actor_of_no_country_has_no_group_and_makes_none() -> None:
    (un,) = actor_counts([a_report((UN,))])
    assert (un.actor_id, un.group) == ("IGO.UN", None)


def test_each_count_is_what_its_filter_leaves() -> None:
    reports = [a_report((IRGC,), (UN,)), a_report((IRAN,), (PAKISTAN_ARMY,)), a_report()]
    for count in actor_counts(reports):
        wanted = EventFilter(actors=(count.actor_id,))
        assert count.count == sum(map(wanted.matches, reports))


def test_an_actor_bears_the_name_that_is_used_most() -> None:
    other = replace(IRGC, name="Guards")
    counts = actor_counts([a_report((IRGC,)), a_report((other,)), a_report((other,))])
    assert counts[1].name == "Guards"


def test_types_are_counted_most_first() -> None:
    reports = [a_report(), a_report(event_type="ASSAULT"), a_report(event_type="ASSAULT")]
    counts = type_counts(reports)
    assert [(count.event_type, count.count) for count in counts] == [("ASSAULT", 2), ("CONSULT", 1)]
    assert counts[0].family == "violence"


def test_the_days_span_from_the_earliest_to_the_latest() -> None:
    assert date_range([a_report()]) is None
    assert date_range([a_report(when="2019-04"), a_report(when="2018"), a_report()]) == DateRange(
        earliest=date(2018, 1, 1), latest=date(2019, 4, 30)
    )


def test_the_line_of_coverage_says_what_is_shown_and_what_it_rests_on() -> None:
    reports = [
        a_report(publisher="The Daily", published=date(2019, 11, 25)),
        a_report(article="b", publisher="The Daily", published=date(2019, 4, 3)),
        a_report(article="c"),
    ]
    assert coverage(reports[:2], len(reports)) == (
        "2 of 3 events shown · 2 without a place · from 2 reports · by 1 source"
        " · latest report 25 Nov 2019"
    )
    assert coverage([], 3) == "0 of 3 events shown"
    assert coverage([], 0) == "No events yet"


def test_the_line_of_coverage_is_written_in_the_readers_numbers_and_days():
    line = Coverage(
        shown=1200,
        total=3000,
        unplaced=0,
        reports=1,
        datasets=2,
        sources=2,
        latest=date(2021, 5, 3),
    )
    assert line.in_words() == (
        "1,200 of 3,000 events shown · from 1 report and 2 data sets · by 2 sources"
        " · latest report 3 May 2021"
    )
    assert "1.200 of" in line.in_words(lambda n: f"{n:,}".replace(",", "."), date.isoformat)
