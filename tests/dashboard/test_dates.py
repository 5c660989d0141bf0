"""Dates: what news expressions mean, reckoned from the day of the report."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.dates import find_dates
from dashboard.partial_dates import PartialDate
from dashboard.publication_dates import publication_date

MONDAY = date(2019, 11, 25)


@pytest.mark.parametrize(
    ("text", "iso", "earliest", "latest"),
    [
        ("A bomb exploded on Sept. 14.", "2019-09-14", "2019-09-14", "2019-09-14"),
        ("He came in April.", "2019-04", "2019-04-01", "2019-04-30"),
        ("They fell ill in December.", "2018-12", "2018-12-01", "2018-12-31"),
        ("The envoy left earlier this month.", "2019-11", "2019-11-01", "2019-11-25"),
        ("Troops clashed on Tuesday.", "2019-11-19", "2019-11-19", "2019-11-19"),
        ("Troops clashed on Monday.", "2019-11-25", "2019-11-25", "2019-11-25"),
        ("Ministers met last week.", "2019-11", "2019-11-18", "2019-11-24"),
        ("Riots have spread since Nov. 15.", "2019-11-15", "2019-11-15", "2019-11-25"),
        ("She took office in August 2018.", "2018-08", "2018-08-01", "2018-08-31"),
        ("Rebels attacked yesterday.", "2019-11-24", "2019-11-24", "2019-11-24"),
        ("The war ended in 2017.", "2017", "2017-01-01", "2017-12-31"),
        ("It began in late 2017.", "2017", "2017-09-01", "2017-12-31"),
        ("It began in early 2017.", "2017", "2017-01-01", "2017-04-30"),
        ("It began in mid-2017.", "2017", "2017-05-01", "2017-08-31"),
        ("It blew up on Sunday night.", "2019-11-24", "2019-11-24", "2019-11-24"),
        ("They signed on Oct. 13, 2019.", "2019-10-13", "2019-10-13", "2019-10-13"),
        ("They signed on 13 October 2019.", "2019-10-13", "2019-10-13", "2019-10-13"),
        ("The strike began three days ago.", "2019-11-22", "2019-11-22", "2019-11-22"),
        ("They will meet on Friday.", "2019-11-29", "2019-11-29", "2019-11-29"),
        ("Shelling lasted from Nov. 3-5.", "2019-11", "2019-11-03", "2019-11-05"),
    ],
)
def test_an_expression_means_these_days(parse, text, iso, earliest, latest):
    (mention,) = find_dates(parse(text), MONDAY)
    assert mention.when is not None
    assert mention.when.iso == iso
    assert mention.when.earliest == date.fromisoformat(earliest)
    assert mention.when.latest == date.fromisoformat(latest)


def test_early_this_year_is_the_first_third_of_it(parse):
    (mention,) = find_dates(parse("She visited Oslo early this year."), MONDAY)
    assert mention.when is not None
    assert (mention.when.iso, mention.when.earliest) == ("2019", date(2019, 1, 1))
    assert mention.when.latest < date(2019, 6, 1)


def test_two_days_later_counts_from_the_day_named_before(parse):
    text = "He was seized on Nov. 3. Two days later he was free."
    _, later = find_dates(parse(text), MONDAY)
    assert later.when is not None
    assert later.when.iso == "2019-11-05"


@pytest.mark.parametrize(
    ("words", "iso"),
    [("The same evening", "2019-11-03"), ("The day before", "2019-11-02")],
)
def test_the_same_evening_and_the_day_before_count_from_the_day_named_before(parse, words, iso):
    _, other = find_dates(parse(f"He was seized on Nov. 3. {words} he was free."), MONDAY)
    assert other.when is not None
    assert other.when.iso == iso


def test_a_relative_date_without_a_report_date_stays_unknown(parse):
    (mention,) = find_dates(parse("They met last week."), None)
    assert mention.when is None


def test_a_full_date_needs_no_report_date(parse):
    (mention,) = find_dates(parse("They met on May 3, 2011."), None)
    assert mention.when is not None
    assert mention.when.iso == "2011-05-03"


@pytest.mark.parametrize("text", ["The march ended.", "They may march.", "It cost 2018 euros."])
def test_words_that_look_like_dates_are_none(parse, text):
    assert find_dates(parse(text), MONDAY) == ()


def test_mentions_keep_their_words(parse):
    text = "Fighting began on Sept. 14 and ended last week."
    for mention in find_dates(parse(text), MONDAY):
        assert mention.when is not None
        assert text[mention.start : mention.end].strip() == mention.when.expression


def test_a_day_that_no_calendar_has_is_unknown(parse):
    (mention,) = find_dates(parse("They met on Feb. 30, 2019."), MONDAY)
    assert mention.when is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("A headline\n\nNov 25, 2019\n\nThe text.", date(2019, 11, 25)),
        ("A headline\nPublished 3 March 2021, 10:15 GMT\nThe text.", date(2021, 3, 3)),
        ("Date: 2020-02-29\n\nThe text.", date(2020, 2, 29)),
        ("GENEVA, May 3, 2021 - Delegates met.", date(2021, 5, 3)),
        ("Skopje, 25 September 2023 (MIA): The assembly met.", date(2023, 9, 25)),
        ("A headline\nLima (AFP) 12th July 2023 — Teachers marched.", date(2023, 7, 12)),
        ("A headline\n\nThe war began on May 3, 2021 with a raid on a town.", None),
        ("No date at all.", None),
        ("", None),
    ],
)
def test_the_date_line_gives_the_day_of_publication(text, day):
    assert publication_date(text) == day


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_full_iso_date_is_that_day(day):
    when = PartialDate.from_iso(day.isoformat())
    assert when.earliest == when.latest == day
    assert when.days == 1


@given(st.text(max_size=300))
def test_any_text_has_a_publication_date_or_none(text):
    assert publication_date(text) is None or isinstance(publication_date(text), date)
