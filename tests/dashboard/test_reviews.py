"""One event with many reports, and what persons decide of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from dashboard.articles import Article, article_id
from dashboard.decisions import Action
from dashboard.errors import DecisionError, NotStoredError
from dashboard.events import Event, EventLocation, Review, event_id
from dashboard.filters import EventFilter
from dashboard.partial_dates import PartialDate
from dashboard.store import EventStore
from gazetteer.places import GeoPrecision
from gazetteer.toponyms import Geoparse, Mention, MentionKind

FIRST = "Rebels shelled the market of Ormara on Thursday, and four traders died."
SECOND = "Four traders died when rebels shelled the market of Ormara."
THIRD = "The market of Ormara was shelled by rebels; traders died."
WHO = {"who": "Ada", "why": "read both"}


@pytest.fixture
def store(tmp_path):
    store = EventStore(f"sqlite:///{tmp_path / 'events.sqlite'}")
    yield store
    store.close()


def an_article(text: str) -> Article:
    return Article(
        article_id=article_id(text), title=text[:20], text=text, published=date(2019, 4, 19)
    )


def in_ormara(sample):
    mention = Mention(start=0, end=0, surface="", kind=MentionKind.LITERAL)
    return EventLocation(
        place=sample.ORMARA, precision=GeoPrecision.EXACT, mention=mention, reason="named"
    )


def an_event(sample, article: Article, word: str = "shelled", **changes) -> Event:
    start = article.text.index(word)
    event = Event(
        event_id=event_id(article.article_id, "ASSAULT", start, start + len(word)),
        event_type="ASSAULT",
        source_actors=(sample.PAKISTAN,),
        when=PartialDate.from_iso("2019-04-18"),
        locations=(in_ormara(sample),),
        quote=article.text,
        article_id=article.article_id,
        start=0,
        end=len(article.text),
        trigger_start=start,
        trigger_end=start + len(word),
        confidence=0.5,
        coder="rules-1",
    )
    return replace(event, **changes)


def add(store, sample, text, word="shelled", **changes):
    article = an_article(text)
    event = an_event(sample, article, word, **changes)
    store.add(article, Geoparse(text=text, resolutions=()), [event])
    return event


def recode(store, event, *events):
    article = store.article(event.article_id)
    store.replace_findings(article, Geoparse(text=article.text, resolutions=()), events)


def shown(store):
    return {
        report.event.event_id: {further.event.event_id for further in report.further}
        for report in store.reports(EventFilter())
    }


@pytest.mark.parametrize("order", list(permutations([FIRST, SECOND, THIRD])))
def test_one_event_of_three_articles_is_one_in_whatever_order_they_come(store, sample, order):
    sure = {FIRST: 0.5, SECOND: 0.8, THIRD: 0.6}
    events = {text: add(store, sample, text, confidence=sure[text]) for text in order}
    ids = {text: event.event_id for text, event in events.items()}
    assert shown(store) == {ids[SECOND]: {ids[FIRST], ids[THIRD]}}


def test_each_report_keeps_its_quote_its_article_and_why_it_is_one(store, sample):
    add(store, sample, FIRST, confidence=0.8)
    add(store, sample, SECOND)
    (report,) = store.reports()
    (further,) = report.further
    assert (report.event.quote, further.event.quote) == (FIRST, SECOND)
    assert further.article.title == SECOND[:20]
    assert "both at Ormara" in further.same_because


def test_an_event_is_found_by_the_words_and_articles_of_its_further_reports(store, sample):
    add(store, sample, FIRST, confidence=0.8)
    other = add(store, sample, SECOND)
    assert store.reports(EventFilter(text="died when rebels"))
    assert store.reports(EventFilter(articles=(other.article_id,)))
    store.remove(other.article_id)
    assert not store.reports(EventFilter(text="died when rebels"))


def test_the_rest_stands_by_itself_when_the_fullest_report_is_removed(store, sample):
    first = add(store, sample, FIRST, confidence=0.8)
    ids = {add(store, sample, text).event_id for text in (SECOND, THIRD)}
    store.remove(first.article_id)
    ((head, further),) = shown(store).items()
    assert {head} | further == ids


def test_a_protest_beside_a_battle_stays_two_events(store, sample):
    add(store, sample, FIRST)
    add(store, sample, "Traders of the market of Ormara marched.", "marched", event_type="PROTEST")
    assert len(shown(store)) == 2


def test_an_article_that_tells_an_event_twice_reports_it_twice(store, sample):
    text = f"{FIRST} {SECOND}"
    article = an_article(text)
    own = an_event(sample, article, quote=FIRST, end=len(FIRST), when=None)
    start = len(FIRST) + 1
    again = replace(
        an_event(sample, article),
        event_id="again",
        quote=SECOND,
        start=start,
        end=len(text),
        trigger_start=text.index("shelled", start),
    )
    told = replace(own, when=again.when, tellings=(own, again))
    store.add(article, Geoparse(text=text, resolutions=()), [told])
    assert shown(store) == {own.event_id: {"again"}}
    assert len(store.events_of(article.article_id)) == 1
    number = store.reviews.split("again", **WHO)
    assert shown(store) == {own.event_id: set(), "again": set()}
    assert store.reviews.report(own.event_id).event.when is None
    store.reviews.undo(number, who="Ada")
    assert shown(store) == {own.event_id: {"again"}}
    assert store.reviews.report(own.event_id).event.when == again.when


def test_the_queue_begins_with_the_least_certain_and_shrinks(store, sample):
    sure = add(store, sample, FIRST, confidence=0.9)
    doubtful = add(store, sample, "Somebody shelled Ormara.", confidence=0.2, when=None)
    queue = [report.event.event_id for report in store.reviews.queue()]
    assert queue == [doubtful.event_id, sure.event_id]
    store.reviews.confirm(doubtful.event_id, who="Ada")
    assert store.reviews.waiting() == 1
    assert [report.reviewed for report in store.reports()].count(Review.CONFIRMED) == 1


def test_what_is_rejected_leaves_with_its_reports_until_that_is_undone(store, sample):
    first, second = add(store, sample, FIRST, confidence=0.8), add(store, sample, SECOND)
    number = store.reviews.reject(first.event_id, who="Ada", why="a drill")
    assert shown(store) == {}
    third = add(store, sample, THIRD)
    assert shown(store) == {third.event_id: set()}
    store.reviews.undo(number, who="Bo", why="it was none")
    assert shown(store) == {first.event_id: {second.event_id, third.event_id}}
    actions = [(made.action, made.who, made.why) for made in store.reviews.log()]
    assert actions == [(Action.UNDO, "Bo", "it was none"), (Action.REJECT, "Ada", "a drill")]


def test_an_edit_outlives_recoding_and_filters_see_it(store, sample):
    event = add(store, sample, FIRST)
    edited = replace(event, event_type="COERCE", source_actors=(sample.IRAN,))
    number = store.reviews.edit(event.event_id, edited, **WHO)
    recode(store, event, replace(event, confidence=0.9))
    (report,) = store.reports(EventFilter(event_types=("COERCE",), actors=("IRN",)))
    assert report.reviewed is Review.EDITED
    assert set(store.reviews.log()[0].changed) == {"event_type", "source_actors"}
    store.reviews.undo(number, who="Ada")
    (report,) = store.reports()
    assert (report.event.event_type, report.event.confidence) == ("ASSAULT", 0.9)
    assert report.reviewed is Review.UNREVIEWED


def test_a_confirmed_event_that_the_coder_drops_stays_and_says_so(store, sample):
    event = add(store, sample, FIRST)
    number = store.reviews.confirm(event.event_id, who="Ada")
    recode(store, event)
    (report,) = store.reports()
    assert report.event == event
    assert "no longer finds" in store.reviews.coder_differs(event.event_id)
    store.reviews.undo(number, who="Ada")
    assert store.reports() == ()


def test_a_decided_event_that_the_coder_types_anew_is_not_told_twice(store, sample):
    event = add(store, sample, FIRST)
    store.reviews.confirm(event.event_id, who="Ada")
    recode(store, event, replace(event, event_id="other", event_type="COERCE"))
    (report,) = store.reports()
    assert report.event.event_type == "ASSAULT"
    assert "another type" in store.reviews.coder_differs(event.event_id)


def test_decisions_outlive_the_article(store, sample):
    event = add(store, sample, FIRST)
    store.reviews.edit(event.event_id, replace(event, when=PartialDate.from_iso("2018")), **WHO)
    store.remove(event.article_id)
    assert add(store, sample, FIRST) == event
    (report,) = store.reports()
    assert report.event.when == PartialDate.from_iso("2018")


def test_what_a_person_merged_stays_one_and_split_stays_two(store, sample):
    first = add(store, sample, FIRST, confidence=0.8)
    far = add(store, sample, "Guns fired.", "fired", when=None, locations=())
    assert len(shown(store)) == 2
    merged = store.reviews.merge(far.event_id, first.event_id, **WHO)
    assert shown(store) == {first.event_id: {far.event_id}}
    second = add(store, sample, SECOND, confidence=0.95)
    recode(store, far, far)
    assert shown(store) == {first.event_id: {far.event_id, second.event_id}}
    store.reviews.split(second.event_id, **WHO)
    recode(store, second, second)
    recode(store, first, first)
    assert shown(store) == {first.event_id: {far.event_id}, second.event_id: set()}
    store.reviews.undo(merged, who="Ada")
    assert far.event_id in shown(store)


def test_a_merge_brings_along_what_reports_the_event(store, sample):
    first, second = add(store, sample, FIRST, confidence=0.8), add(store, sample, SECOND)
    far = add(store, sample, "Guns fired.", "fired", when=None, locations=())
    store.reviews.merge(first.event_id, far.event_id, **WHO)
    assert shown(store) == {far.event_id: {first.event_id, second.event_id}}


def test_a_reviewed_event_never_becomes_a_mere_report_of_a_fuller_one(store, sample):
    first = add(store, sample, FIRST, confidence=0.3)
    store.reviews.confirm(first.event_id, who="Ada")
    second = add(store, sample, SECOND, confidence=0.95)
    assert shown(store) == {first.event_id: {second.event_id}}


@pytest.mark.parametrize(
    ("decide", "message"),
    [
        (lambda r, a, b: r.confirm(a, who=" "), "Say who"),
        (lambda r, a, b: r.reject(a, who="Ada", why=""), "Say why"),
        (lambda r, a, b: r.confirm(b, who="Ada"), "further report"),
        (lambda r, a, b: r.split(a, **WHO), "no further report"),
        (lambda r, a, b: r.merge(a, b, **WHO), "one event already"),
        (lambda r, a, b: r.edit(a, r.report(a).event, **WHO), "Nothing was changed"),
        (lambda r, a, b: [r.undo(r.confirm(a, who="A"), who="A"), r.undo(1, who="A")], "already"),
        (lambda r, a, b: [r.undo(r.confirm(a, who="A"), who="A"), r.undo(2, who="A")], "anew"),
    ],
)
def test_what_cannot_be_decided_is_told(store, sample, decide, message):
    first, second = add(store, sample, FIRST, confidence=0.8), add(store, sample, SECOND)
    with pytest.raises(DecisionError, match=message):
        decide(store.reviews, first.event_id, second.event_id)


def test_an_unknown_event_or_decision_is_an_error(store):
    with pytest.raises(NotStoredError):
        store.reviews.confirm("nobody", who="Ada")
    with pytest.raises(NotStoredError):
        store.reviews.undo(7, who="Ada")
