"""One event with many reports, and what persons decide of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from dashboard.articles import Article, article_id
from dashboard.decisions import Action, made_one_by
from dashboard.editing import entered_sizes, sizes_as_entered
from dashboard.errors import DecidedMeanwhileError, DecisionError, NotStoredError
from dashboard.events import Event, EventLocation, Review, event_id
from dashboard.filters import EventFilter
from dashboard.partial_dates import PartialDate
from dashboard.popups import size_words
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
    changes = {"event_type": "COERCE", "source_actors": (sample.IRAN,)}
    number = store.reviews.edit(event.event_id, changes, **WHO)
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
    store.reviews.edit(event.event_id, {"when": PartialDate.from_iso("2018")}, **WHO)
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
        (lambda r, a, b: r.edit(a, {"event_type": "ASSAULT"}, **WHO), "Nothing was changed"),
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


NEWER = PartialDate.from_iso("2019-03-29")


def test_an_edit_writes_what_was_touched_and_nothing_else(store, sample):
    event = add(store, sample, FIRST)
    store.reviews.edit(event.event_id, {"when": NEWER}, who="Cy", why="the archive")
    store.reviews.edit(event.event_id, {"locations": ()}, **WHO)
    (report,) = store.reports()
    assert (report.event.when, report.event.locations) == (NEWER, ())
    assert store.reviews.log()[0].changed == ("locations",)


@pytest.mark.parametrize(
    "decide",
    [
        lambda r, a, b, seen: r.confirm(a, who="Ada", seen=seen),
        lambda r, a, b, seen: r.reject(a, **WHO, seen=seen),
        lambda r, a, b, seen: r.edit(a, {"locations": ()}, **WHO, seen=seen),
        lambda r, a, b, seen: r.merge(a, b, **WHO, seen=seen),
        lambda r, a, b, seen: r.merge(b, a, **WHO, seen=seen),
        lambda r, a, b, seen: r.undo(1, who="Ada", seen=seen),
    ],
)
def test_nobody_decides_on_what_was_decided_since_it_was_shown(store, sample, decide):
    event = add(store, sample, FIRST)
    other = add(store, sample, "Guns fired.", "fired", when=None, locations=())
    store.reviews.confirm(event.event_id, who="Bo")
    seen = store.reviews.newest()
    store.reviews.edit(event.event_id, {"when": NEWER}, who="Cy", why="the archive")
    with pytest.raises(DecidedMeanwhileError, match=r"by Cy: edited the date \(the archive\)"):
        decide(store.reviews, event.event_id, other.event_id, seen)
    assert store.reviews.report(event.event_id).event.when == NEWER
    assert store.reviews.newest() == 2
    decide(store.reviews, event.event_id, other.event_id, store.reviews.newest())


def test_of_two_who_decide_at_once_on_what_they_saw_one_is_told(store, sample):
    event_id = add(store, sample, FIRST).event_id
    assert sorted(decide_at_once(store, event_id)) == ["kept", "refused"]


def decide_at_once(store, event_id):
    def decide(who):
        try:
            store.reviews.confirm(event_id, who=who, seen=0)
        except DecidedMeanwhileError:
            return "refused"
        return "kept"

    with ThreadPoolExecutor() as pool:
        return list(pool.map(decide, ("Ada", "Cy")))


def test_a_report_is_not_split_off_from_what_was_decided_since(store, sample):
    first, second = add(store, sample, FIRST, confidence=0.8), add(store, sample, SECOND)
    store.reviews.reject(first.event_id, who="Cy", why="a drill")
    with pytest.raises(DecidedMeanwhileError, match="Cy: rejected it"):
        store.reviews.split(second.event_id, **WHO, seen=0)


def test_what_was_decided_on_other_events_keeps_nobody_from_deciding(store, sample):
    event = add(store, sample, FIRST)
    other = add(store, sample, "Guns fired.", "fired", when=None, locations=())
    store.reviews.confirm(other.event_id, who="Cy")
    store.reviews.confirm(event.event_id, who="Ada", seen=0)
    assert store.reviews.decided_since(event.event_id, 0) == "Ada: confirmed it"


def test_an_edit_that_is_taken_back_takes_its_confirmation_with_it(store, sample):
    event = add(store, sample, FIRST)
    number = store.reviews.edit(event.event_id, {"when": NEWER}, **WHO)
    confirmed = store.reviews.confirm(event.event_id, who="Bo")
    undoing = store.reviews.undo(number, who="Cy")
    assert undoing.also == (confirmed,)
    assert str(confirmed) in undoing.in_words
    recode(store, event, event)
    (report,) = store.reports()
    assert (report.event, report.reviewed) == (event, Review.UNREVIEWED)


def test_an_edit_is_taken_back_alone_when_another_field_was_edited_later(store, sample):
    event = add(store, sample, FIRST)
    number = store.reviews.edit(event.event_id, {"locations": ()}, **WHO)
    store.reviews.edit(event.event_id, {"when": NEWER}, **WHO)
    store.reviews.undo(number, who="Ada")
    recode(store, event, event)
    (report,) = store.reports()
    assert report.event == replace(event, when=NEWER)
    assert report.reviewed is Review.EDITED


def test_a_later_edit_of_the_same_field_outlives_the_earlier_one(store, sample):
    event = add(store, sample, FIRST)
    first = store.reviews.edit(event.event_id, {"when": PartialDate.from_iso("2018")}, **WHO)
    store.reviews.edit(event.event_id, {"when": NEWER}, who="Cy", why="the archive")
    undoing = store.reviews.undo(first, who="Ada")
    assert "Cy edited the date (decision 2)" in undoing.in_words
    assert store.reports()[0].event.when == NEWER


def test_a_merge_is_taken_back_although_its_event_was_merged_on(store, sample):
    texts = ("Guns fired.", "Mortars fired.", "Tanks fired.")
    a, b, c = (
        add(store, sample, text, "fired", when=None, locations=()).event_id for text in texts
    )
    number = store.reviews.merge(a, b, **WHO)
    onward = store.reviews.merge(b, c, who="Cy", why="one salvo")
    assert shown(store) == {c: {a, b}}
    assert store.reviews.undo(number, who="Ada").stays_because is None
    assert shown(store) == {a: set(), c: {b}}
    store.reviews.undo(onward, who="Ada")
    assert shown(store) == {a: set(), b: set(), c: set()}


def test_what_stays_merged_since_it_is_alike_is_said(store, sample):
    first, second = add(store, sample, FIRST, confidence=0.8), add(store, sample, SECOND)
    split = store.reviews.split(second.event_id, **WHO)
    number = store.reviews.merge(second.event_id, first.event_id, **WHO)
    assert "further report" not in store.reviews.undo(number, who="Ada").in_words
    number = store.reviews.merge(second.event_id, first.event_id, **WHO)
    assert "Ada merged it" in store.reviews.undo(split, who="Ada").in_words
    assert "both at Ormara" in store.reviews.undo(number, who="Ada").in_words
    assert shown(store) == {first.event_id: {second.event_id}}


def test_the_merged_event_tells_who_merged_it_and_why(store, sample):
    first = add(store, sample, FIRST)
    far = add(store, sample, "Guns fired.", "fired", when=None, locations=())
    store.reviews.merge(far.event_id, first.event_id, who="Bo", why="the same salvo")
    (made,) = store.reviews.log(first.event_id)
    assert made_one_by([made], far.event_id) == made
    assert made.in_words() == f"Bo merged it into {first.event_id}"
    assert made.why == "the same salvo"


def test_what_the_coder_gives_otherwise_is_told_of_rejected_events(store, sample):
    event = add(store, sample, FIRST)
    store.reviews.reject(event.event_id, who="Ada", why="a drill")
    recode(store, event, replace(event, when=NEWER))
    assert store.reviews.coder_differs(event.event_id) == "The coder now gives another date."
    recode(store, event, replace(event, when=NEWER, locations=()))
    differs = store.reviews.coder_differs(event.event_id)
    assert differs == "The coder now gives another date, no place."


def test_what_the_coder_gives_otherwise_than_when_it_was_edited_is_told(store, sample):
    event = add(store, sample, FIRST)
    store.reviews.edit(event.event_id, {"when": PartialDate.from_iso("2018")}, **WHO)
    recode(store, event, event)
    assert store.reviews.coder_differs(event.event_id) is None
    recode(store, event, replace(event, when=NEWER))
    assert store.reviews.coder_differs(event.event_id) == "The coder now gives another date."
    recode(store, event, replace(event, when=PartialDate.from_iso("2018")))
    assert store.reviews.coder_differs(event.event_id) is None


def test_sizes_are_edited_and_outlive_recoding(store, sample):
    event = add(store, sample, FIRST)
    sizes = entered_sizes("4 killed, 10..20 wounded, about 300 crowd", event)
    store.reviews.edit(event.event_id, {"sizes": sizes}, **WHO)
    recode(store, event, event)
    (report,) = store.reports()
    assert [size_words(size) for size in report.event.sizes] == [
        "4 killed", "10 to 20 wounded", "about 300 in the crowd",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["4 killed, ..5 wounded, 7.. arrested, about 9 crowd", "", "0 killed"]
)
def test_sizes_are_entered_as_they_are_written(sample, text):
    event = an_event(sample, an_article(FIRST))
    assert sizes_as_entered(entered_sizes(text, event)) == text


@pytest.mark.parametrize(
    "text", ["many killed", "4", "killed", "9..4 killed", "1 killed, 2 killed"]
)
def test_what_is_no_size_is_refused(sample, text):
    with pytest.raises(DecisionError):
        entered_sizes(text, an_event(sample, an_article(FIRST)))
