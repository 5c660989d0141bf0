"""The brief: everything on one page of paper, in the order of events."""

from __future__ import annotations

import re
from datetime import date

from dashboard.brief import brief_html, timeline
from dashboard.disclosure import disclose
from dashboard.evidence import content_hash
from dashboard.layers import map_layers
from dashboard.provenance import About

TITLE = "Pakistan and Iran"


def brief(sample, reports=None, **options):
    shown = disclose(sample.reports() if reports is None else reports)
    about = About(**{"title": TITLE, "as_of": date(2019, 11, 26), **options})
    return brief_html(shown, sample.SampleGeometry(), about)


def test_it_holds_map_timeline_events_with_quotes_and_sources(sample):
    html = brief(sample, note="For the desk", total=40)
    assert html.count("<svg ") == 2
    assert "Events by month; 2 events dated less exactly" in html
    assert html.count("<blockquote") == 14
    assert "For the desk" in html
    assert "14 of 40 events shown" in html
    assert "Example Wire" in html
    assert "no endorsement" in html


def test_the_events_stand_in_the_order_in_which_they_happened(sample):
    days = re.findall(r"<time>([^<]+)</time>", brief(sample))
    assert days[0] == "2019"
    assert days[-1] == "no date"
    assert days.index("14 Sep 2019") < days.index("18 Nov 2019") < days.index("22 Nov 2019")


def test_nothing_runs_and_nothing_is_fetched(sample):
    html = brief(sample, [*sample.reports(), sample.hostile_report()], title=sample.HOSTILE)
    assert "<script" not in html
    assert "<img" not in html
    assert not re.search(r"\ssrc=", html.split("<body", 1)[1].replace("&lt;img src=", ""))
    assert "javascript:" not in html
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1]
    assert policy.startswith("default-src 'none'")
    assert "script-src 'none'" in policy


def test_the_same_events_give_the_same_bytes_and_their_hash(sample):
    html = brief(sample)
    assert html == brief(sample, sample.reports()[::-1])
    assert len(content_hash(html)) == 64


def test_an_event_dated_less_exactly_than_a_bar_is_in_none(sample):
    reports = [r for r in sample.reports() if r.event.when and r.event.when.iso >= "2019-11-1"]
    drawn = timeline(map_layers(reports, sample.SampleGeometry()))
    assert "Events by day; 1 event dated less exactly" in drawn
    bars = [float(h) for h in re.findall(r'height="([\d.]+)" fill', drawn)]
    assert len(bars) >= 5


def test_without_dated_events_there_is_no_timeline(sample):
    undated = [r for r in sample.reports() if r.event.when is None]
    assert undated
    assert timeline(map_layers(undated, sample.SampleGeometry())) == ""
    assert "No events yet" in brief(sample, [], as_of=None)
