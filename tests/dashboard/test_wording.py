"""Days and numbers as the visitor's language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from babel import Locale

from dashboard.partial_dates import PartialDate
from dashboard.ui import wording


@pytest.fixture
def german(monkeypatch):
    monkeypatch.setattr(wording, "_locale", lambda: Locale("de"))


def test_in_english_a_day_is_day_month_year():
    assert wording.day(date(2019, 4, 3)) == "3 Apr 2019"
    assert wording.when(PartialDate.from_iso("2019-04")) == "Apr 2019"
    assert wording.when(None) == "no date"
    assert wording.counted(1, "report") == "1 report"
    assert wording.counted(12_345, "report") == "12,345 reports"


@pytest.mark.parametrize(
    ("written", "words"),
    [("2019", "2019"), ("2019-04", "Apr. 2019"), ("2019-04-03", "3. Apr. 2019")],
)
def test_a_date_is_as_exact_in_another_language_as_it_is_known(german, written, words):
    assert wording.when(PartialDate.from_iso(written)) == words


def test_a_stretch_of_days_names_both_ends(german):
    first, last = date(2019, 11, 15), date(2019, 11, 25)
    days = wording.when(PartialDate(iso="2019-11", earliest=first, latest=last))
    assert "15" in days
    assert "25. Nov. 2019" in days


def test_a_moment_is_told_to_the_minute_with_its_time_zone(german):
    assert wording.moment(datetime(2019, 4, 3, 15, 4, tzinfo=UTC)) == "3. Apr. 2019, 15:04 UTC"


def test_a_chart_writes_months_and_numbers_as_the_page_does(german):
    locale = wording.chart_locale()
    assert locale["time"]["shortMonths"][9].startswith("Okt")
    assert len(locale["time"]["months"]) == 12
    assert (locale["number"]["thousands"], locale["number"]["decimal"]) == (".", ",")


def test_in_english_a_chart_is_left_as_it_is():
    assert wording.chart_locale() == {}


def test_what_people_typed_is_no_markdown():
    assert wording.literal("a *b* [c](d) <e> $f$ 1.5") == r"a \*b\* \[c\](d) \<e> \$f\$ 1.5"
