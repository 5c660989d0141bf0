"""The event store: what goes in comes out, once, for every thread and process."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.actors import Actor
from dashboard.articles import Article, article_id
from dashboard.datasets import OWN, Dataset
from dashboard.errors import NotStoredError, StoreUnusableError, StoreVersionError
from dashboard.events import Event, EventLocation, Modality, Origin, Review, Size, SizeKind
from dashboard.filters import EventFilter, Role
from dashboard.ontology import QUAD_CLASSES, event_types
from dashboard.partial_dates import PartialDate
from dashboard.store import SCHEMA_VERSION, EventStore
from dashboard.store.rows import event_from_json, event_to_json
from gazetteer.places import BoundingBox, Coordinates, FeatureClass, GeoPrecision, Place
from gazetteer.toponyms import Candidate, Geoparse, Mention, MentionKind, Reason, Resolution

TEHRAN = Place(
    place_id="gn:112931",
    name="Tehran",
    coordinates=Coordinates(lat=35.69439, lon=51.42151),
    feature_class=FeatureClass.POPULATED,
    feature_code="PPLC",
    precision=GeoPrecision.EXACT,
    country_code="IR",
)
IRGC = Actor(actor_id="IRN.MIL.IRGC", name="IRGC", kind="mil", country_code="IR")
TEXT = "The envoy arrived in Tehran on Monday."


def an_article(text: str = TEXT, **changes: object) -> Article:
    article = Article(
        article_id=article_id(text), title="A title", text=text, published=date(2019, 11, 25)
    )
    return replace(article, **changes)


def a_geoparse(text: str = TEXT) -> Geoparse:
    mention = Mention(start=21, end=27, surface="Tehran", kind=MentionKind.LITERAL)
    reason = Reason(signal="prior", points=1.5, text="The largest place of that name")
    resolution = Resolution(
        mention=mention,
        candidates=(Candidate(place=TEHRAN, score=0.9, reasons=(reason,)),),
        method="store",
    )
    return Geoparse(text=text, resolutions=(resolution,), problems=("The geocoder is down.",))


def an_event(article: Article, **changes: object) -> Event:
    event = Event(
        event_id="0123456789abcdef",
        event_type="CONSULT",
        source_actors=(IRGC,),
        when=PartialDate.from_iso("2019-11-18", expression="on Monday"),
        locations=(
            EventLocation(
                place=TEHRAN,
                precision=GeoPrecision.EXACT,
                mention=a_geoparse().resolutions[0].mention,
                reason="named after the verb",
            ),
        ),
        quote=TEXT,
        article_id=article.article_id,
        start=0,
        end=len(TEXT),
        trigger_start=10,
        trigger_end=17,
        confidence=0.7,
        coder="rules-1",
    )
    return replace(event, **changes)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'events.sqlite'}"


@pytest.fixture
def store(url: str):
    store = EventStore(url)
    yield store
    store.close()


# Text that a reader lets through: no NUL, no half of a surrogate pair.
words = st.text(
    alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20
)
maybe_words = st.none() | words
ids = st.from_regex(r"[A-Z]{3}(\.[A-Z]{1,4}){0,2}", fullmatch=True)
coordinates = st.builds(
    Coordinates,
    lat=st.floats(-90, 90, allow_nan=False),
    lon=st.floats(-180, 180, allow_nan=False),
)


@st.composite
def boxes(draw: st.DrawFn) -> BoundingBox:
    south, north = sorted(draw(st.tuples(st.floats(-90, 90), st.floats(-90, 90))))
    west, east = draw(st.tuples(st.floats(-180, 180), st.floats(-180, 180)))
    return BoundingBox(south=south, west=west, north=north, east=east)


def tuples_of(strategy: st.SearchStrategy, size: int = 3) -> st.SearchStrategy:
    return st.lists(strategy, max_size=size).map(tuple)


places = st.builds(
    Place,
    place_id=words,
    name=words,
    coordinates=coordinates,
    feature_class=st.sampled_from(FeatureClass),
    feature_code=words,
    precision=st.sampled_from(GeoPrecision),
    country_code=maybe_words,
    countries=tuples_of(words),
    admin1_code=maybe_words,
    population=st.none() | st.integers(0, 10**8),
    bounds=st.none() | boxes(),
    radius_km=st.none() | st.floats(0, 1000),
    is_disputed=st.booleans(),
)
offsets = st.integers(0, 500_000)
mentions = st.builds(
    Mention,
    start=offsets,
    end=offsets,
    surface=words,
    kind=st.sampled_from(MentionKind),
    place_id=maybe_words,
)
resolutions = st.builds(
    Resolution,
    mention=mentions,
    candidates=tuples_of(
        st.builds(
            Candidate,
            place=places,
            score=st.floats(0, 1),
            reasons=tuples_of(
                st.builds(Reason, signal=words, points=st.floats(-9, 9), text=words), 2
            ),
        ),
        2,
    ),
    method=maybe_words,
)
actors = st.builds(
    Actor,
    actor_id=ids,
    name=words,
    kind=words,
    country_code=maybe_words,
    aliases=tuples_of(words),
    member_of=tuples_of(ids),
)
partial_dates = st.builds(
    PartialDate,
    iso=words,
    earliest=st.dates(),
    latest=st.dates(),
    expression=maybe_words,
)


sizes = st.builds(
    Size,
    kind=st.sampled_from(SizeKind),
    low=st.none() | offsets,
    best=offsets,
    high=st.none() | offsets,
    words=words,
    start=offsets,
    end=offsets,
)


def events_in(article: Article) -> st.SearchStrategy[Event]:
    return st.builds(
        Event,
        event_id=words,
        event_type=st.sampled_from(sorted(event_types())),
        mode=maybe_words,
        source_actors=tuples_of(actors),
        target_actors=tuples_of(actors),
        when=st.none() | partial_dates,
        locations=tuples_of(
            st.builds(
                EventLocation,
                place=places,
                precision=st.sampled_from(GeoPrecision),
                mention=mentions,
                reason=words,
            ),
            2,
        ),
        unplaced_reason=maybe_words,
        quote=words,
        article_id=st.just(article.article_id),
        start=offsets,
        end=offsets,
        trigger_start=offsets,
        trigger_end=offsets,
        modality=st.sampled_from(Modality),
        attributed_to=tuples_of(actors),
        contexts=tuples_of(words),
        sizes=tuples_of(sizes),
        confidence=st.floats(0, 1),
        coder=words,
    )


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_what_goes_in_comes_out_equal(data: st.DataObject, tmp_path_factory) -> None:
    article = Article(
        article_id=article_id(TEXT),
        title=data.draw(words),
        text=data.draw(words),
        published=data.draw(st.none() | st.dates()),
        source=data.draw(maybe_words),
        url=data.draw(maybe_words),
        language=data.draw(words),
    )
    geoparse = Geoparse(
        text=article.text,
        resolutions=data.draw(tuples_of(resolutions)),
        problems=data.draw(tuples_of(words)),
    )
    events = data.draw(tuples_of(events_in(article)))
    store = EventStore(f"sqlite:///{tmp_path_factory.mktemp('store') / 'events.sqlite'}")
    assert store.add(article, geoparse, events)
    assert store.article(article.article_id) == article
    assert store.geoparse_of(article.article_id) == geoparse
    assert store.events_of(article.article_id) == events
    for event in events:
        assert event_from_json(json.loads(json.dumps(event_to_json(event)))) == event
    assert sorted(map(repr, (report.event for report in store.reports()))) == sorted(
        map(repr, events)
    )
    store.close()


def test_the_same_article_twice_is_one_article(store: EventStore) -> None:
    article = an_article()
    assert store.add(article, a_geoparse(), [an_event(article)])
    assert not store.add(article, a_geoparse(), [an_event(article), an_event(article)])
    assert len(store.articles()) == len(store.reports()) == 1


def test_a_rewrapped_text_is_the_same_article(store: EventStore) -> None:
    assert store.add(an_article(), a_geoparse(), [])
    assert not store.add(an_article(TEXT.replace(" ", "\n")), a_geoparse(), [])


def test_a_failure_half_way_leaves_the_store_as_it_was(store: EventStore) -> None:
    article = an_article()
    before = store.revision()

    def broken_events():
        yield an_event(article)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.add(article, a_geoparse(), broken_events())
    assert store.articles() == store.reports() == ()
    assert store.revision() == before
    assert store.add(article, a_geoparse(), [an_event(article)])


def test_removing_an_article_removes_all_that_came_from_it(store: EventStore, url: str) -> None:
    other = an_article("Another text.")
    for article in (an_article(), other):
        store.add(article, a_geoparse(article.text), [an_event(article)])
    store.remove(an_article().article_id)
    assert [summary.article_id for summary in store.articles()] == [other.article_id]
    with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
        tables = ("articles", "mentions", "resolutions", "events", "event_actors")
        counts = {t: database.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables}
    database.close()
    assert set(counts.values()) == {1}, counts


def test_what_is_not_there_is_an_error_with_its_id(store: EventStore) -> None:
    for ask in (store.article, store.summary, store.geoparse_of, store.events_of, store.remove):
        with pytest.raises(NotStoredError, match="feedbeef"):
            ask("feedbeef")
    assert not store.has("feedbeef")


def test_the_revision_changes_with_each_change_and_only_then(store: EventStore) -> None:
    seen = [store.revision()]
    article = an_article()
    store.add(article, a_geoparse(), [])
    seen.append(store.revision())
    store.remove(article.article_id)
    seen.append(store.revision())
    assert len(set(seen)) == 3
    store.reports()
    assert store.revision() == seen[-1]


def test_a_store_that_was_emptied_is_not_new(store: EventStore) -> None:
    assert store.is_new()
    store.add(an_article(), a_geoparse(), [])
    store.remove(an_article().article_id)
    assert not store.is_new()


def test_the_day_of_the_last_addition_is_kept(url: str) -> None:
    days = iter([datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC)])
    store = EventStore(url, clock=lambda: next(days))
    assert store.as_of() is None
    store.add(an_article(), a_geoparse(), [])
    store.add(an_article("More."), a_geoparse("More."), [])
    assert store.as_of() == date(2026, 3, 4)
    store.close()


def test_a_store_outlives_its_process_and_keeps_its_version(url: str) -> None:
    first = EventStore(url)
    first.add(an_article(), a_geoparse(), [an_event(an_article())])
    first.close()
    second = EventStore(url)
    assert [report.event for report in second.reports()] == [an_event(an_article())]
    second.close()


def test_a_store_of_an_older_dateline_gets_what_it_lacks_and_keeps_what_it_holds(url: str) -> None:
    first = EventStore(url)
    first.add(an_article(), a_geoparse(), [an_event(an_article())])
    first.close()
    with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
        database.execute("ALTER TABLE events DROP COLUMN sizes")
        database.execute("DROP INDEX ix_events_latest")
        database.execute("UPDATE store_state SET value = 1 WHERE key = 'schema_version'")
    database.close()
    second = EventStore(url)
    assert [report.event for report in second.reports()] == [an_event(an_article())]
    second.close()
    with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
        version = database.execute(
            "SELECT value FROM store_state WHERE key = 'schema_version'"
        ).fetchone()
        indexes = {row[1] for row in database.execute("PRAGMA index_list(events)")}
    database.close()
    assert version == (SCHEMA_VERSION,)
    assert "ix_events_latest" in indexes


def test_watches_of_an_older_dateline_go_on_counting_the_same_events_as_new(url: str) -> None:
    first = EventStore(url)
    first.add(an_article(), a_geoparse(), [an_event(an_article())])
    for name in ("seen", "unseen"):
        first.watches.add(name, EventFilter())
    first.close()
    with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
        # Then a watch kept the key of the last event that was seen.
        database.execute("UPDATE events SET arrived = NULL, event_key = 41")
        database.execute("UPDATE event_actors SET event_key = 41")
        database.execute("UPDATE event_locations SET event_key = 41")
        database.execute("UPDATE watches SET seen_key = iif(name = 'seen', 41, 40)")
        database.execute("UPDATE store_state SET value = 3 WHERE key = 'schema_version'")
    database.close()
    second = EventStore(url)
    assert [(w.name, w.new_events) for w in second.watches.all()] == [("seen", 0), ("unseen", 1)]
    second.watches.visit("unseen")
    assert [watch.new_events for watch in second.watches.all()] == [0, 0]
    second.close()


def test_a_store_of_a_newer_dateline_is_refused_untouched(url: str) -> None:
    EventStore(url).close()
    path = url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as database:
        database.execute("UPDATE store_state SET value = 99 WHERE key = 'schema_version'")
    database.close()
    with pytest.raises(StoreVersionError, match=f"version 99.*knows {SCHEMA_VERSION}"):
        EventStore(url)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ("nonsense", "nonsense"),
        ("nosuchdatabase://host/db", "nosuchdatabase"),
        ("mysql://user:secret@host/db", "neither sqlite nor postgresql"),
        ("postgresql+nosuchdriver://user:secret@host/db", "host/db"),
    ],
)
def test_an_unusable_database_is_told_without_its_password(wrong: str, named: str) -> None:
    with pytest.raises(StoreUnusableError, match=named) as caught:
        EventStore(wrong)
    assert "secret" not in str(caught.value)
    assert "DATELINE_DATABASE" in str(caught.value)


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are my notes, not a database. " * 30)
    before = path.read_bytes()
    with pytest.raises(StoreUnusableError, match="not a database"):
        EventStore(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_threads_can_write_and_read_at_the_same_time(store: EventStore) -> None:
    articles = [an_article(f"Text number {number}.") for number in range(24)]

    def add_and_read(article: Article) -> int:
        store.add(article, a_geoparse(article.text), [an_event(article, when=None)])
        return len(store.reports())

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(add_and_read, articles))
    assert min(seen) >= 1
    assert len(store.reports()) == len(articles)


def test_two_threads_that_add_the_same_article_add_it_once(store: EventStore) -> None:
    article = an_article()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: store.add(article, a_geoparse(), []), range(8)))
    assert sorted(answers) == [False] * 7 + [True]


_WRITER = """
import sys
from dashboard.articles import Article, article_id
from dashboard.store import EventStore
from gazetteer.toponyms import Geoparse
store = EventStore(sys.argv[1])
for number in range(20):
    text = f"Text {number} of {sys.argv[2]}."
    article = Article(article_id=article_id(text), title="T", text=text)
    assert store.add(article, Geoparse(text=text, resolutions=()), ())
    store.reports()
"""


def test_processes_can_create_and_write_one_store_at_the_same_time(url: str) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", _WRITER, url, str(number)])
        for number in range(3)
    ]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    store = EventStore(url)
    assert len(store.articles()) == 60
    assert store.revision() == "60"
    store.close()


def test_a_second_process_sees_what_the_first_added_at_once(store: EventStore, url: str) -> None:
    other = EventStore(url)
    before = other.revision()
    store.add(an_article(), a_geoparse(), [an_event(an_article())])
    assert other.revision() != before
    assert len(other.reports()) == 1
    other.close()


def test_events_come_in_the_order_of_their_dates_undated_last(store: EventStore) -> None:
    article = an_article()
    dates = ["2019-11-18", None, "2019", "2019-04"]
    events = [
        an_event(article, event_id=str(number), when=PartialDate.from_iso(iso) if iso else None)
        for number, iso in enumerate(dates)
    ]
    store.add(article, a_geoparse(), events)
    order = [report.event.event_id for report in store.reports()]
    assert order == ["2", "3", "0", "1"]
    assert [event.event_id for event in store.events_of(article.article_id)] == list("0123")


SET = Dataset(name="Clashes of 2019", form="table", source="The Paper")

filters = st.builds(
    EventFilter,
    actors=tuples_of(st.sampled_from(["*.MIL", "IRN", "IRN.MIL", "IR", "PAK", "IRN_MIL", "%"])),
    role=st.sampled_from(Role),
    pairs=tuples_of(st.sampled_from(["IRN~PAK", "PAK~IRN.MIL", "IRNX~PAK"]), 1),
    event_types=tuples_of(st.sampled_from(["ASSAULT", "CONSULT"])),
    quad_classes=tuples_of(st.sampled_from(QUAD_CLASSES), 2),
    polygon=st.just(())
    | st.lists(
        st.builds(Coordinates, lat=st.integers(-30, 90), lon=st.integers(160, 175)),
        min_size=3,
        max_size=6,
    ).map(tuple),
    places=tuples_of(st.sampled_from([TEHRAN.place_id, "gn:1"]), 1),
    min_confidence=st.sampled_from([0.0, 0.5, 0.8, 0.95]),
    sources=tuples_of(st.sampled_from(["", "The Paper"]), 1),
    since=st.none() | st.dates(date(2019, 1, 1), date(2019, 12, 31)),
    until=st.none() | st.dates(date(2019, 1, 1), date(2019, 12, 31)),
    max_precision=st.none() | st.sampled_from(GeoPrecision),
    text=st.sampled_from(
        ["", "TEHRAN", "cordoba", "100%", "a_b", "a\\b", "straße news", "tehran monday"]
    ),
    box=st.none() | boxes(),
    articles=tuples_of(st.sampled_from([article_id("first"), article_id("second")]), 1),
    datasets=tuples_of(st.sampled_from([OWN, SET.dataset_id, "0" * 16]), 2),
    max_days=st.none() | st.sampled_from([1, 30, 31, 364, 365]),
    modalities=tuples_of(st.sampled_from(Modality)),
    reviewed=tuples_of(st.sampled_from(Review)),
)


@pytest.fixture(scope="module")
def mixed_store(tmp_path_factory):
    store = EventStore(f"sqlite:///{tmp_path_factory.mktemp('mixed') / 'events.sqlite'}")
    quotes = [
        "In Tehran on Monday",
        "In Córdoba",
        "100 % of it, 100%",
        "a_b axb a\\b",
        "Straße NEWS",
    ]
    for number, text in enumerate(["first", "second"]):
        article = an_article(text, title=f"News {number}")
        found = []
        for index, quote in enumerate(quotes):
            actor = [IRGC, replace(IRGC, actor_id="IRN"), replace(IRGC, actor_id="IRNX.MIL")][
                (index + number) % 3
            ]
            location = an_event(article).locations[0]
            moved = replace(
                location,
                precision=GeoPrecision(index + 1),
                place=replace(TEHRAN, coordinates=Coordinates(lat=index * 20.0, lon=170.0 - index)),
            )
            iso = ["2019-04", "2019", "2019-11-18", None, "2019-06-30"][index]
            found.append(
                an_event(
                    article,
                    event_id=f"{number}{index}",
                    event_type=["ASSAULT", "CONSULT"][index % 2],
                    source_actors=(actor,) if index % 2 else (),
                    target_actors=(replace(IRGC, actor_id="PAK"),) if index % 2 else (actor,),
                    quote=quote,
                    locations=(moved,) if index != 1 else (),
                    when=PartialDate.from_iso(iso) if iso else None,
                    modality=list(Modality)[(index + 5 * number) % len(Modality)],
                )
            )
        store.add(article, a_geoparse(text), found)
    coded = [
        replace(
            event,
            event_id=f"coded {number}",
            article_id=SET.dataset_id,
            origin=Origin(dataset_id=SET.dataset_id, record_id=f"{number}"),
        )
        for number, event in enumerate(found)
    ]
    store.datasets.import_events(SET, coded)
    yield store
    store.close()


@given(wanted=filters)
@settings(max_examples=300, deadline=None)
def test_the_database_and_the_filter_agree_on_every_event(
    mixed_store: EventStore, wanted: EventFilter
) -> None:
    everything = mixed_store.reports()
    shown = tuple(filter(wanted.matches, everything))
    assert mixed_store.reports(wanted) == shown
    columns = mixed_store.columns()
    keys = columns.page(mixed_store.mask(wanted), start=0, count=len(columns))
    by_columns = mixed_store.reports_by_key(keys)
    assert sorted(by_columns, key=everything.index) == list(shown)
