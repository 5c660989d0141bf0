import html
import re
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboard.article_html import CONTEXT, article_html, headline_html, quote_html
from dashboard.articles import Article, article_id
from dashboard.events import Event, event_id
from gazetteer.places import Coordinates, FeatureClass, GeoPrecision, Place
from gazetteer.toponyms import Candidate, Geoparse, Mention, MentionKind, Resolution

TEHRAN = Place(
    place_id="gn:112931",
    name="Tehran",
    coordinates=Coordinates(lat=35.69439, lon=51.42151),
    feature_class=FeatureClass.POPULATED,
    feature_code="PPLC",
    precision=GeoPrecision.EXACT,
    country_code="IR",
)


def test_a_headline_is_text_in_the_direction_of_its_script():
    assert headline_html("قمة <b> & *x*").startswith('<h3 dir="auto"')
    assert headline_html("قمة <b> & *x*").endswith(">قمة &lt;b&gt; &amp; *x*</h3>")


def an_article(text: str) -> Article:
    return Article(
        article_id=article_id(text), title="A title", text=text, published=date(2020, 1, 2)
    )


def a_mention_of(surface: str, text: str, *, place: Place | None = TEHRAN) -> Resolution:
    start = text.index(surface)
    mention = Mention(
        start=start, end=start + len(surface), surface=surface, kind=MentionKind.LITERAL
    )
    if place is None:
        return Resolution(mention=mention)
    candidate = Candidate(place=place, score=0.9)
    return Resolution(mention=mention, candidates=(candidate,), method="store")


def an_event_of(trigger: str, text: str) -> Event:
    start, article = text.index(trigger), article_id(text)
    end = start + len(trigger)
    return Event(
        event_id=event_id(article, "CONSULT", start, end),
        event_type="CONSULT",
        quote=text,
        article_id=article,
        start=0,
        end=len(text),
        trigger_start=start,
        trigger_end=end,
        confidence=0.5,
        coder="a test",
    )


def test_a_place_and_the_words_for_an_event_are_marked_and_say_what_they_are():
    text = "The general visited Tehran."
    geoparse = Geoparse(text=text, resolutions=(a_mention_of("Tehran", text),))
    html = article_html(an_article(text), geoparse, [an_event_of("visited", text)])
    assert '<mark class="dl-place" title="place: Tehran">Tehran</mark>' in html
    assert 'title="event: ' in html
    assert ">visited</mark>" in html


def test_a_place_that_was_not_found_is_marked_as_such():
    text = "They met in Nowhereville."
    unresolved = a_mention_of("Nowhereville", text, place=None)
    html = article_html(an_article(text), Geoparse(text=text, resolutions=(unresolved,)), [])
    assert 'class="dl-unresolved"' in html


def test_markup_in_an_article_is_shown_and_not_run():
    text = "<script>alert(1)</script> in Tehran & <img src=x onerror=alert(2)>"
    geoparse = Geoparse(text=text, resolutions=(a_mention_of("Tehran", text),))
    html = article_html(an_article(text), geoparse, [])
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_each_line_is_a_paragraph_and_blank_lines_are_none():
    text = "One.\n\n  \nTwo in Tehran.\n"
    geoparse = Geoparse(text=text, resolutions=(a_mention_of("Tehran", text),))
    html = article_html(an_article(text), geoparse, [])
    assert html.count("<p>") == 2
    assert "Tehran</mark>" in html


@given(st.text(max_size=80))
def test_any_text_comes_out_whole(text: str):
    html = article_html(an_article(text), Geoparse(text=text, resolutions=()), [])
    assert "<script" not in html


def test_a_name_that_a_line_s_end_splits_is_marked_in_both_lines():
    text = "They met in Teh-\nran on Monday."
    page = article_html(
        an_article(text),
        Geoparse(text=text, resolutions=(a_mention_of("Teh-\nran", text),)),
        [],
    )
    assert ">Teh-</mark></p>" in page
    assert ">ran</mark> on Monday." in page


def test_what_stands_around_a_quote_is_cut_between_words():
    around = "supercalifragilistic " * (CONTEXT // 10)
    text = f"{around}Rebels shelled Ormara. {around}"
    event = replace(
        an_event_of("shelled", text),
        quote="Rebels shelled Ormara.",
        start=len(around),
        end=len(around) + 22,
    )
    shown = html.unescape(
        re.sub("<[^>]+>", "", quote_html(an_article(text), event).split("</style>")[1])
    )
    assert set(shown.split()) == {"…", "supercalifragilistic", "Rebels", "shelled", "Ormara."}
