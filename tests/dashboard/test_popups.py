from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.events import Modality
from dashboard.map_data import cards_of
from dashboard.partial_dates import PartialDate
from dashboard.popups import (
    confidence_words,
    event_card,
    precision_words,
    quote_segments,
    shown_quote,
    source_card,
    web_link,
    when_words,
)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2019-09-14", "2019-09-14", "14 Sep 2019"),
        ("2019-04-01", "2019-04-30", "Apr 2019"),
        ("2020-02-01", "2020-02-29", "Feb 2020"),
        ("2019-01-01", "2019-12-31", "2019"),
        ("2018-01-01", "2019-12-31", "2018\N{EN DASH}2019"),
        ("2019-11-15", "2019-11-25", "15\N{EN DASH}25 Nov 2019"),
        ("2019-10-28", "2019-11-03", "28 Oct \N{EN DASH} 3 Nov 2019"),
        ("2019-12-28", "2020-01-03", "28 Dec 2019 \N{EN DASH} 3 Jan 2020"),
        ("2019-06-01", "2019-08-31", "Jun \N{EN DASH} Aug 2019"),
    ],
)
def test_dates_are_told_as_exactly_as_they_are_known(first, last, words):
    when = PartialDate(
        iso=first, earliest=date.fromisoformat(first), latest=date.fromisoformat(last)
    )
    assert when_words(when) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "town"),
        (4, "along the border"),
        (6, "at sea, no exact position"),
        (7, "country only"),
        (8, "province or state only"),
        (9, "district only"),
        (10, "region only"),
    ],
)
def test_precision_is_told_in_words(sample, number, words):
    assert precision_words(sample.reports()[number].event.locations[0]) == words


def test_confidence_is_told_in_words_and_as_a_number():
    assert confidence_words(0.82) == "high (0.82)"
    assert confidence_words(0.5) == "medium (0.50)"
    assert confidence_words(0.2) == "low (0.20)"


def test_the_quote_is_whole_with_place_and_act_marked(sample):
    event = sample.reports()[0].event
    segments = quote_segments(event)
    assert "".join(text for text, _ in segments) == event.quote == shown_quote(event)
    assert ["Tehran", "place"] in segments
    assert ["flew", "trigger"] in segments


def test_the_actors_are_marked_by_every_name_that_the_quote_has_for_them(code):
    text = (
        "Kenyan President Grace Adeyo met the Peruvian foreign minister in Geneva. "
        "Later Adeyo thanked Lima and the Peruvians."
    )
    marked = [
        words for event in code(text) for words, kind in quote_segments(event) if kind == "actor"
    ]
    assert {"Kenyan", "Peruvian", "Adeyo"} <= {word for words in marked for word in words.split()}


def test_marks_sit_right_after_letters_beyond_the_basic_plane(sample):
    report = sample.report(
        1, "CONSULT", "\U0001f600\U0001f600 he met them in Tehran", "met", {"Tehran": sample.TEHRAN}
    )
    assert ["Tehran", "place"] in quote_segments(report.event)


def test_a_long_quote_is_shortened_round_the_act(sample):
    quote = "word " * 300 + "they attacked Tehran " + "word " * 300
    report = sample.report(1, "ASSAULT", quote, "attacked", {"Tehran": sample.TEHRAN})
    segments = quote_segments(report.event)
    assert "".join(text for text, _ in segments) == shown_quote(report.event)
    text = "".join(part for part, _ in segments)
    assert len(text) <= 424
    assert ["attacked", "trigger"] in segments
    assert text.startswith("… ")
    assert text.endswith(" …")


def test_a_long_quote_without_a_space_is_shortened_too(sample):
    report = sample.report(1, "ASSAULT", "a" * 1_000_000, "a", {})
    assert len("".join(text for text, _ in quote_segments(report.event))) <= 424


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example/",
        "//a.example",
        "http://",
        "https://[",
        "",
        None,
    ],
)
def test_only_web_addresses_become_links(url):
    assert web_link(url) is None


def test_a_web_address_stays_as_it_is():
    assert web_link("https://news.example/a?b=c") == "https://news.example/a?b=c"


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Modality.REPORTED, None),
        (Modality.CLAIMED, "claimed by Iran and IRGC"),
        (Modality.DENIED, "denied by Iran and IRGC"),
        (Modality.NEGATED, "said by Iran and IRGC not to have happened"),
    ],
)
def test_a_popup_says_the_standing_and_who_says_so(sample, standing, words):
    event = sample.reports()[0].event
    told = replace(event, modality=standing, attributed_to=(sample.IRAN, sample.IRGC))
    assert event_card(told, 0)["modality"] == words
    assert (event_card(replace(told, attributed_to=()), 0)["modality"] is None) is (words is None)


def test_a_card_says_who_did_what_to_whom(sample):
    card = event_card(sample.reports()[0].event, 0)
    assert (card["label"], card["mode"], card["source"], card["target"]) == (
        "Consult",
        "visit",
        ["Pakistan"],
        ["Iran"],
    )
    assert card["modality"] is None


def test_a_card_names_the_modality_unless_it_is_plain_report(sample):
    assert event_card(sample.reports()[2].event, 0)["modality"] == "claimed"


def test_a_type_that_is_not_known_is_still_shown(sample):
    card = event_card(replace(sample.reports()[0].event, event_type="ZAP"), 0)
    assert (card["label"], card["family"]) == ("ZAP", "other")


def test_a_source_without_a_date_has_none(sample):
    assert source_card(replace(sample.FIRST, published=None))["published"] is None


def test_an_article_is_named_once_however_often_it_tells_an_event(sample):
    first, second, *_ = sample.reports()
    again = replace(first, event=replace(first.event, event_id="told-again"))
    elsewhere = replace(second, article=replace(second.article, article_id="another"))
    (card,), articles = cards_of([replace(first, further=(again, elsewhere))])
    assert (card["article"], card["reports"], len(articles)) == (0, [0, 1], 2)
