from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

from dashboard.disclosure import disclose
from dashboard.provenance import About
from dashboard.snapshot import snapshot_html


def page(sample, reports=None, **options):
    options = {"title": "Pakistan and Iran", "as_of": date(2019, 11, 26), **options}
    shown = disclose(sample.reports() if reports is None else reports)
    return snapshot_html(shown, sample.SampleGeometry(), About(**options))


class Elements(HTMLParser):
    """Collects start tags with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def test_the_same_events_give_the_same_bytes(sample):
    assert page(sample) == page(sample, sample.reports()[::-1])


def test_nothing_is_fetched(sample):
    for tag, attributes in Elements(page(sample)).found:
        assert "src" not in attributes, tag
        assert tag not in {"link", "img", "iframe", "object", "embed"}
        assert not any(name.startswith("on") or name == "style" for name in attributes)


def test_the_policy_allows_only_what_is_inside(sample):
    policy = next(
        a["content"] for t, a in Elements(page(sample)).found if t == "meta" and "http-equiv" in a
    )
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_it_says_what_is_shown_and_what_is_not(sample):
    html = page(sample, total=40, filter_text="actor Iran", note="For the desk")
    assert "14 of 40 events shown · 1 without a place · from 2 reports" in html
    assert "actor Iran" in html
    assert "For the desk" in html
    assert "26 Nov 2019" in html


def test_it_reads_without_javascript(sample):
    html = re.sub(r"<script>.*?</script>", "", page(sample), flags=re.DOTALL)
    assert "The army chief <mark" in html
    assert "Not on the map: The sentence names no place." in html
    assert "https://news.example/visit" in html


def test_hostile_text_stays_text(sample):
    html = page(sample, [sample.hostile_report()], title=sample.HOSTILE, note=sample.HOSTILE)
    tags = Elements(html).found
    assert sum(tag == "script" for tag, _ in tags) == 7, "five that run, data and manifest"
    assert not any(tag == "img" for tag, _ in tags)
    assert (
        "javascript:"
        not in html.replace("window.DATELINE_LAYERS", "").split("</main>")[1].split("<script>")[0]
    )


def test_credits_and_boundaries_note_are_inside(sample):
    html = page(sample)
    assert "no endorsement" in html
    assert "Leaflet" in html
    assert "CC BY 4.0" in html


def test_a_page_without_events_is_a_page(sample):
    assert "No events yet" in page(sample, [], as_of=None)


def test_five_hundred_events_stay_below_one_and_a_half_megabytes(sample):
    quote = "Officials in Tehran said that they had met for talks about the border and trade. " * 3
    reports = [
        sample.report(
            n,
            "CONSULT",
            quote,
            "met",
            {"Tehran": sample.TEHRAN},
            source_actors=(sample.IRAN,),
            target_actors=(sample.PAKISTAN,),
        )
        for n in range(500)
    ]
    assert len(page(sample, reports[:100]).encode()) < 1_000_000
    assert len(page(sample, reports).encode()) < 1_500_000
