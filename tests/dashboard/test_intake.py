"""From a folder, a feed or a list into the store: nothing twice, nothing lost."""

import os
import runpy
import time
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from dashboard.articles import Article
from dashboard.bulk import Document, Failure, OwnCoder, add_documents, recode_articles
from dashboard.errors import NotStoredError
from dashboard.fetching import Fetcher
from dashboard.filters import EventFilter
from dashboard.intake import (
    SETTLED_SECONDS,
    Tally,
    add_from,
    articles_to_code,
    count_of,
    documents_of,
    recode_all,
    watch_folder,
)
from dashboard.pipeline import Addition, addition_of, code_one_of_many, recode_article
from dashboard.store import EventStore
from dashboard.store.intake import Retrieval

serving = runpy.run_path(str(Path(__file__).parent / "test_fetching.py"))["serving"]
STORY = (
    "The prime minister of Pakistan arrived in Tehran on Monday for talks with the president. "
    "Gunmen attacked a convoy near Ormara on Thursday and killed fourteen passengers, officials "
    "said. The government in Islamabad promised to bring those who did it to justice, and asked "
    "its neighbour to act against camps beyond the border where the attackers are said to train."
)


@pytest.fixture
def store(tmp_path):
    store = EventStore(f"sqlite:///{tmp_path / 'store.sqlite'}")
    yield store
    store.close()


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(f"Title: A\nSource: Desk\n\n{STORY}")
    (folder / "b.txt").write_text("Title: B\n\nDelegates met in Geneva and signed an agreement.")
    (folder / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    with zipfile.ZipFile(folder / "d.zip", "w") as archive:
        archive.writestr("e.txt", "Title: E\n\nWorkers in Lyon went on strike on Friday.")
    return folder


@pytest.fixture
def read(nothing_found):
    """Take in what is at a place without looking for events in it."""

    def read(store, where, **more):
        documents = documents_of(str(where), store, **more)
        return list(add_documents(documents, store, OwnCoder(nothing_found)))

    return read


def test_a_folder_comes_in_once_and_its_errors_are_kept(store, folder, read):
    first = read(store, folder)
    assert [type(outcome) for outcome in first].count(Failure) == 1
    assert sorted(summary.title for summary in store.articles()) == ["A", "B", "E"]
    again = read(store, folder)
    assert not any(isinstance(outcome, Addition) and outcome.is_new for outcome in again)
    [origin] = store.intake.origins()
    assert (origin.origin, origin.articles, origin.failures) == (str(folder), 3, 1)
    assert "PNG" in store.intake.failures_of(str(folder))[0].problem


def test_an_interruption_loses_nothing_and_the_next_run_goes_on(store, folder, read, nothing_found):
    def interrupted(article):
        if article.title == "B":
            raise KeyboardInterrupt
        return nothing_found(article)

    with pytest.raises(KeyboardInterrupt):
        list(add_documents(documents_of(str(folder), store), store, OwnCoder(interrupted)))
    assert [summary.title for summary in store.articles()] == ["A"]
    outcomes = read(store, folder)
    assert [o.title for o in outcomes if isinstance(o, Addition) and o.is_new] == ["B", "E"]


def test_the_bytes_are_kept_as_they_came(store, folder, read):
    read(store, folder)
    article_id = next(s.article_id for s in store.articles() if s.title == "A")
    assert store.intake.raw(article_id) == (folder / "a.txt").read_bytes()
    [retrieval] = store.intake.retrievals_of(article_id)
    assert len(retrieval.sha256) == 64


def test_memory_holds_only_what_is_on_its_way(store, tmp_path, nothing_found):
    taken = []

    def endless():
        from dashboard.bulk import Document

        for number in range(50):
            taken.append(number)
            yield Document(name=f"{number}", read=lambda n=number: f"Report {n} of Rome.".encode())

    outcomes = add_documents(endless(), store, OwnCoder(nothing_found), at_once=4)
    for done, _outcome in enumerate(outcomes, start=1):
        assert len(taken) - done <= 4


def test_near_copies_are_grouped_one_is_coded_and_all_are_reports(store, place_store, tmp_path):
    (tmp_path / "1.txt").write_text(f"Title: First\n\n{STORY}")
    (tmp_path / "2.txt").write_text(f"Title: Second\n\nBy our staff. {STORY} (Agency)")
    places = [str(tmp_path / "1.txt"), str(tmp_path / "2.txt")]
    outcomes = list(add_from(places, store, place_store))
    first, second = outcomes
    assert "nearly the same text as “First”" in second.message
    assert store.intake.copies_of(first.article_id) == (second.article_id,)
    events = store.reports(EventFilter(articles=(first.article_id,)))
    assert events
    assert {f.article.title for event in events for f in event.further} == {"Second"}
    text = store.article(second.article_id).text
    told = store.events_of(second.article_id)
    for event in told:
        assert text[event.start : event.end] == event.quote
    assert [
        outcome.is_new for outcome in recode_all(articles_to_code(store), store, place_store)
    ] == [True]
    assert store.reports(EventFilter(articles=(first.article_id,))) == events
    recode_article(second.article_id, store, place_store)
    assert store.events_of(second.article_id) == told
    assert len(store.reports()) == len(events)


def test_a_sentence_that_a_near_copy_edits_a_little_is_a_report_of_the_same_event(
    store, place_store, tmp_path
):
    edited = STORY.replace("killed fourteen passengers", "killed 14 passengers")
    edited = edited.replace("in Tehran on Monday for talks", "in Lahore on Monday, for talks")
    (tmp_path / "1.txt").write_text(f"Title: First\n\n{STORY}")
    (tmp_path / "2.txt").write_text(f"Title: Second\n\n{edited}")
    places = [str(tmp_path / "1.txt"), str(tmp_path / "2.txt")]
    _first, second = add_from(places, store, place_store)
    assert "nearly the same text" in second.message
    text = store.article(second.article_id).text
    told = store.events_of(second.article_id)
    [attack] = [event for event in told if event.event_type == "ASSAULT"]
    assert "killed 14 passengers" in attack.quote
    assert text[attack.start : attack.end] == attack.quote
    assert [text[w.mention.start : w.mention.end] for w in attack.locations] == ["Ormara"]
    # The original says Tehran, this one Lahore: that is no report of the same arrival.
    assert not any(event.locations and "Lahore" in event.quote for event in told)
    [head] = [r for r in store.reports() if r.event.event_type == "ASSAULT" and r.further]
    assert [size.best for size in head.event.sizes] == [14]


def test_a_changed_page_is_a_new_version_linked_to_the_old(store, read):
    page = "<!doctype html><title>Convoy</title><article><p>{}</p><p>{}</p></article>"
    pages = {"/1": (200, {"Content-Type": "text/html"}, page.format(STORY, "First.").encode())}
    fetcher = Fetcher(allows_loopback=True, seconds_between=0.0)
    with serving(pages) as (base, _asked):
        [first] = read(store, f"{base}/1", fetcher=fetcher)
        changed = page.format(STORY, "Corrected: fifteen passengers were killed.").encode()
        pages["/1"] = (200, {"Content-Type": "text/html"}, changed)
        [second] = read(store, f"{base}/1", fetcher=fetcher)
    assert second.is_new
    assert store.intake.versions_of(second.article_id) == (first.article_id,)


def test_one_sentence_in_three_versions_of_a_page_is_one_event(store, place_store):
    told = "Gunmen killed two farmers near Ormara."
    coder = OwnCoder(partial(code_one_of_many, place_store=place_store))

    def add(url, rest):
        text = f"Title: Farmers\n\n{told} {rest}".encode()
        list(add_documents([Document(name=url, read=lambda: text, url=url)], store, coder))

    for rest in ("", "Schools stay shut.", "Rain is expected. Schools stay shut."):
        add("https://news.example/1", rest)
    [report] = store.reports()
    assert report.event.when is None
    assert [further.same_because for further in report.further] == [
        "the same sentence in another version of the page"
    ] * 2
    add("https://other.example/1", "Trains ran late.")
    assert len(store.reports()) == 2
    store.remove(report.article.article_id)
    assert len(store.reports()) == 2


def test_a_feed_is_read_once_and_then_only_for_news(store, read):
    entry = "<item><title>{0}</title><link>{1}/{0}</link></item>"
    page = "<!doctype html><title>{0}</title><article><p>Report {0}. {1}</p></article>"
    with serving(pages := {}) as (base, asked):

        def feed(headers):
            if headers.get("If-None-Match") == '"1"':
                return 304, {}, b""
            items = "".join(entry.format(name, base) for name in ("one", "two", "gone"))
            text = f'<rss version="2.0"><channel><title>Desk</title>{items}</channel></rss>'
            return 200, {"ETag": '"1"'}, text.encode()

        pages["/feed"] = (0, {}, feed)
        pages["/one"] = (200, {}, page.format("one", STORY).encode())
        pages["/two"] = (200, {}, page.format("two", "Delegates met in Geneva.").encode())
        fetcher = Fetcher(allows_loopback=True, seconds_between=0.0)
        first = read(store, f"{base}/feed", fetcher=fetcher)
        second = read(store, f"{base}/feed", fetcher=fetcher)
        pages["/gone"] = (200, {}, page.format("gone", "Ministers met in Lima.").encode())
        third = read(store, f"{base}/feed", fetcher=fetcher)
        fourth = read(store, f"{base}/feed", fetcher=fetcher)
    assert [isinstance(outcome, Failure) for outcome in first] == [False, False, True]
    assert [isinstance(outcome, Failure) for outcome in second] == [True]
    assert [isinstance(outcome, Addition) for outcome in third] == [True]
    assert fourth == []
    assert {summary.source for summary in store.articles()} == {"Desk"}
    assert [path for path, _ in asked].count("/one") == 1


def test_what_a_feed_announces_and_nobody_has_is_asked_for_no_longer_than_a_day(store, read):
    page = f"<!doctype html><title>One</title><article><p>{STORY}</p></article>"
    with serving(pages := {}) as (base, asked):

        def feed(headers):
            if headers.get("If-None-Match") == '"1"':
                return 304, {}, b""
            items = "".join(f"<item><link>{base}/{name}</link></item>" for name in ("one", "gone"))
            text = f'<rss version="2.0"><channel><title>Desk</title>{items}</channel></rss>'
            return 200, {"ETag": '"1"'}, text.encode()

        pages["/feed"] = (0, {}, feed)
        pages["/one"] = (200, {}, page.encode())
        fetcher = Fetcher(allows_loopback=True, seconds_between=0.0)
        gone = Retrieval(
            origin=f"{base}/feed",
            name=f"{base}/gone",
            retrieved_at=datetime.now(UTC) - timedelta(days=2),
            problem="not found",
        )
        store.intake.keep(gone)
        # Tried again meanwhile, it failed again: it counts from the first time.
        store.intake.keep(replace(gone, retrieved_at=datetime.now(UTC)))
        assert len(read(store, f"{base}/feed", fetcher=fetcher)) == 1
        assert read(store, f"{base}/feed", fetcher=fetcher) == []
    assert "/gone" not in [path for path, _ in asked]


def test_a_list_names_addresses_and_files(store, folder, tmp_path, read):
    listing = tmp_path / "list.txt"
    listing.write_text("# mine\nnews/a.txt\nnews/b.txt\n")
    assert count_of([str(listing)]) == 2
    assert [outcome.title for outcome in read(store, listing)] == ["A", "B"]


def test_a_mistyped_line_of_a_list_is_told_and_the_rest_comes_in(store, folder, tmp_path, read):
    listing = tmp_path / "list.txt"
    listing.write_bytes(b"\xef\xbb\xbfnews/a.txt\nnews/b.txt\nnews/nosuch.txt\n")
    outcomes = read(store, listing)
    assert [isinstance(outcome, Failure) for outcome in outcomes] == [False, False, True]


def test_the_day_that_a_page_gives_beats_that_of_its_feed(store, read):
    page = "<!doctype html><head><title>One</title>{0}</head><article><p>{1} {2}</p></article>"
    meta = '<meta property="article:published_time" content="2020-03-04T10:00:00Z">'
    item = "<item><title>x</title><link>{0}/{1}</link><pubDate>Fri, 06 Mar 2020</pubDate></item>"
    with serving(pages := {}) as (base, _asked):
        items = "".join(item.format(base, name) for name in ("a", "b"))
        pages["/feed"] = (200, {}, f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())
        pages["/a"] = (200, {}, page.format(meta, STORY, "").encode())
        pages["/b"] = (200, {}, page.format("", "Delegates met in Geneva.", "").encode())
        read(store, f"{base}/feed", fetcher=Fetcher(allows_loopback=True, seconds_between=0.0))
    days = {summary.url[-1]: summary.published.isoformat() for summary in store.articles()}
    assert days == {"a": "2020-03-04", "b": "2020-03-06"}


def test_a_watched_folder_gives_what_is_put_into_it(store, place_store, folder):
    rounds = []

    def sleep(_seconds):
        rounds.append(len(store.articles()))
        if len(rounds) == 2:
            raise KeyboardInterrupt
        (folder / "new.txt").write_text("Title: New\n\nA storm hit Manila on Sunday.")

    watched = watch_folder(
        folder, store, place_store, every_seconds=1.0, sleep=sleep, now=lambda: 9e12
    )
    with pytest.raises(KeyboardInterrupt):
        list(watched)
    assert rounds == [3, 4]


def test_a_file_that_is_being_written_waits_and_one_that_is_gone_is_passed_over(
    store, place_store, folder
):
    rounds, moment = [], [time.time()]
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")

    def sleep(_seconds):
        rounds.append(len(store.articles()))
        if len(rounds) == 2:
            raise KeyboardInterrupt
        moment[0] += SETTLED_SECONDS + 60

    for name in ("a.txt", "b.txt"):
        os.utime(folder / name, (0, 0))  # as a copy that keeps its original's times
    watched = watch_folder(
        folder, store, place_store, every_seconds=1.0, sleep=sleep, now=lambda: moment[0]
    )
    with pytest.raises(KeyboardInterrupt):
        list(watched)
    assert rounds == [0, 3]


def test_a_source_is_removed_with_all_that_came_from_it_and_brought_back(
    store, place_store, folder
):
    list(add_from([str(folder)], store, place_store))
    before = store.reports()
    removal = store.removals.remove_origin(str(folder))
    assert (removal.articles, store.reports(), store.articles()) == (3, (), ())
    (folder / "z.txt").write_text("Title: Z\n\nRebels attacked Aden on Monday and killed five.")
    list(add_from([str(folder / "z.txt")], store, place_store))
    store.removals.bring_back(removal.key)
    back = [report for report in store.reports() if report.article.title != "Z"]
    assert [report.event for report in back] == [report.event for report in before]
    assert store.removals.all() == ()


def test_a_compacted_store_brings_nothing_back(store, folder, read):
    read(store, folder)
    removal = store.removals.remove_publisher("Desk")
    assert removal.articles == 1
    before = room_of(folder.parent)
    store.removals.compact()
    assert room_of(folder.parent) < before
    assert store.removals.all() == ()
    with pytest.raises(NotStoredError):
        store.removals.bring_back(removal.key)


def room_of(home):
    """Return the size of the store's file with that of its log."""
    return sum(path.stat().st_size for path in home.glob("store.sqlite*"))


def test_a_watch_counts_what_is_new_since_the_last_visit(store, place_store, folder):
    store.watches.add("Ormara", EventFilter(text="Ormara"))
    assert [watch.new_events for watch in store.watches.all()] == [0]
    list(add_from([str(folder)], store, place_store))
    [watch] = store.watches.all()
    assert watch.new_events == len(store.reports(EventFilter(text="Ormara"))) > 0
    store.watches.visit("Ormara")
    assert [watch.new_events for watch in store.watches.all()] == [0]


def test_what_is_coded_or_read_anew_is_not_new_to_a_watch(store, place_store, folder):
    list(add_from([str(folder)], store, place_store))
    store.watches.add("all", EventFilter())
    assert store.reports()
    assert all(
        isinstance(outcome, Addition)
        for outcome in recode_all(articles_to_code(store), store, place_store)
    )
    assert [watch.new_events for watch in store.watches.all()] == [0]
    origin = store.intake.origins()[0].origin
    removal = store.removals.remove_origin(origin)
    store.removals.bring_back(removal.key)
    assert [watch.new_events for watch in store.watches.all()] == [0]


def test_all_is_coded_anew_with_progress(store, place_store, folder, read):
    read(store, folder)
    assert store.reports() == ()
    tally = Tally(total=len(articles_to_code(store)))
    for outcome in recode_all(articles_to_code(store), store, place_store):
        tally.count(outcome)
    assert (tally.added, tally.fraction) == (3, 1.0)
    assert store.reports()


def test_an_article_that_cannot_be_coded_anew_stays_as_it_was(
    store, place_store, folder, read, nothing_found
):
    read(store, folder)
    for _ in recode_all(articles_to_code(store), store, place_store):
        pass
    before = store.reports()

    def broken(article):
        if article.title == "B":
            raise RuntimeError("out of order")
        return nothing_found(article)

    outcomes = list(recode_articles(articles_to_code(store), store, OwnCoder(broken), at_once=2))
    [failure] = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    assert (failure.name, "out of order" in failure.problem) == ("B", True)
    kept = [report for report in before if report.article.title == "B"]
    assert kept
    assert list(store.reports()) == kept


def test_an_article_that_was_removed_meanwhile_stops_no_coding_anew(
    store, place_store, folder, read
):
    read(store, folder)
    ids = ("0" * 16, *articles_to_code(store))
    failure, *others = recode_all(ids, store, place_store)
    assert isinstance(failure, Failure)
    assert len(others) == 3
    assert all(isinstance(outcome, Addition) for outcome in others)


def test_a_tally_tells_rate_and_remaining_time():
    now = [0.0]
    tally = Tally(total=1_120, clock=lambda: now[0])
    for _ in range(1_000):
        tally.count(Failure(name="x", problem="y"))
    tally.failed = 0
    for _ in range(100):
        now[0] += 5.0
        tally.count(Failure(name="x", problem="y"))
    assert tally.in_words == "1,100 of 1,120 · 12 a minute · 2 min left · 100 could not be read"


def test_a_tally_does_not_hope_that_all_is_known_like_what_was():
    now = [0.0]
    tally = Tally(total=1_010, clock=lambda: now[0])
    text = Article(article_id="a", title="x", text="x")
    for is_new, count, seconds in ((False, 1_000, 0.01), (True, 6, 5.0)):
        for _ in range(count):
            now[0] += seconds
            tally.count(addition_of(text, (), is_new=is_new))
    assert tally.in_words == "1,006 of 1,010 · 1,000 known already · 12 a minute · 20 s left"


def test_a_tally_tells_the_rate_of_the_first_documents_too():
    now = [0.0]
    tally = Tally(total=120, clock=lambda: now[0])
    for _ in range(20):
        now[0] += 0.5
        tally.count(Failure(name="x", problem="y"))
    assert tally.in_words == "20 of 120 · 2.0 a second · 50 s left · 20 could not be read"
