"""Columns that are brought up to date, held to columns that are read anew."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from threading import Event

import numpy as np
import pytest
from sqlalchemy import create_engine, text

from dashboard.articles import Article
from dashboard.events import EventLocation
from dashboard.partial_dates import PartialDate
from dashboard.sources import NewsSource
from dashboard.store import EventStore, held_columns
from dashboard.store.reading import SIDES, marks_of, read_columns
from dashboard.store.refreshing import refreshed
from dashboard.store.revisions import touched_since
from gazetteer.places import GeoPrecision
from gazetteer.toponyms import Geoparse, Mention, MentionKind


def told(columns):
    """Return what columns say of each event, whatever numbers its values got."""
    names = columns["type_names"], columns["article_ids"]
    sources, datasets = columns["source_names"], columns["dataset_ids"]
    events = {}
    for row, key in enumerate(columns["keys"].tolist()):
        article = columns["articles"][row]
        events[key] = [
            names[0][columns["types"][row]],
            names[1][article],
            sources[columns["article_source"][article]],
            datasets[columns["article_dataset"][article]],
            int(columns["article_day"][article]),
            *(columns[name][row].item() for name in ("earliest", "latest", "modalities")),
            *(columns[name][row].item() for name in ("reviews", "confidence", "is_placed")),
            set(),
            set(),
        ]
    keys = columns["keys"]
    of_marks = [columns[name] for name in marks_of(()) if name != "mark_row"]
    marks = zip(*of_marks, map(tuple, columns["mark_row"].tolist()), strict=True)
    marks = list(marks)
    for mark, event in zip(columns["place_mark"], columns["place_event"], strict=True):
        events[keys[event].item()][-2].add(marks[mark])
    for run, (start, end) in enumerate(
        zip(columns["actor_start"][:-1], columns["actor_start"][1:], strict=True)
    ):
        actor = columns["actor_ids"][run // len(SIDES)], SIDES[run % len(SIDES)]
        assert np.all(np.diff(columns["actor_event"][start:end]) > 0)
        for event in columns["actor_event"][start:end]:
            events[keys[event].item()][-1].add(actor)
    assert columns["actor_start"][-1] == len(columns["actor_event"])
    return events, marks, keys[columns["order"]].tolist()


@pytest.fixture
def database(kept_reports, tmp_path):
    """A copy of the kept reports in which anything may be changed."""
    source = kept_reports.store._engine
    target = create_engine(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    with source.connect() as old, target.connect() as new:
        old.connection.driver_connection.backup(new.connection.driver_connection)
    yield target
    target.dispose()


FIRST = f"a{0:015x}"
PARTS = ("event_actors", "event_locations")


def delete(connection, *keys):
    for table in (*PARTS, "events"):
        for key in keys:
            connection.execute(text(f"DELETE FROM {table} WHERE event_key = {key}"))


def copy_of(connection, key, new_key, **changed):
    for table in ("events", *PARTS):
        rows = connection.execute(text(f"SELECT * FROM {table} WHERE event_key = {key}"))
        for row in rows.mappings().all():
            own = {**row, "event_key": new_key}
            if table == "events":
                own |= {"event_id": f"new{new_key}", **changed}
            marks = ", ".join(f":{name}" for name in own)
            columns = ", ".join(f'"{name}"' for name in own)
            connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({marks})"), own)


def test_whatever_was_changed_is_as_if_all_were_read_anew(database):
    with database.begin() as connection:
        old = read_columns(connection)
        keys = old["keys"].tolist()
        first, second, third, *others = keys
        last = others[-1]
        run = connection.execute
        delete(connection, first, others[0], last)
        copy_of(connection, others[1], last, earliest=None, latest=None)
        copy_of(connection, others[2], last + 40, event_type="AID", earliest=date(2031, 5, 1))
        names = "article_id, title, text, published, source, language, problems, added_on"
        extra = "'extra', title, text, '2033-01-02', 'New paper', language, problems, added_on"
        run(text(f"INSERT INTO articles ({names}) SELECT {extra} FROM articles LIMIT 1"))
        copy_of(connection, others[3], last + 41, article_id="extra")
        run(text(f"UPDATE events SET head_key = {second} WHERE event_key = {others[4]}"))
        run(text(f"UPDATE events SET reviewed = 'rejected' WHERE event_key = {third}"))
        run(text(f"UPDATE event_actors SET actor_id = 'ABC.NEW' WHERE event_key = {third}"))
        run(text(f"DELETE FROM event_locations WHERE event_key = {others[5]}"))
        # One was removed, and came again from another paper.
        again = f"(SELECT article_id FROM events WHERE event_key = {others[0] + 1})"
        renamed = "source = 'Other paper', published = '2034-03-03'"
        run(text(f"UPDATE articles SET {renamed} WHERE article_id = {again}"))
        same = run(text(f"SELECT event_key FROM events WHERE article_id = {again}"))
        touched = {*same.scalars(), first, third, last, last + 40, last + 41, *others[:6]}
        found = refreshed(connection, old, touched)
        assert told(found) == told(read_columns(connection))
        assert told(found) != told(old)
        for name, values in old.items():
            if isinstance(values, np.ndarray):
                assert found[name].dtype == values.dtype, name


def test_a_place_is_where_the_first_event_that_names_it_puts_it(database):
    with database.begin() as connection:
        old = read_columns(connection)
        row = connection.execute(
            text(
                "SELECT place_id, min(event_key) AS first FROM event_locations"
                " WHERE event_key IN (SELECT event_key FROM events WHERE head_key IS NULL)"
                " GROUP BY place_id HAVING count(*) > 1 LIMIT 1"
            )
        ).one()
        connection.execute(
            text(
                "UPDATE event_locations SET lat = -41.5, lon = 174.2, cell = 1"
                f" WHERE place_id = '{row.place_id}' AND event_key = {row.first}"
            )
        )
        found = refreshed(connection, old, {row.first})
        assert told(found) == told(read_columns(connection))
        assert told(found) != told(old)
        assert -41.5 in found["mark_lat"]


@pytest.mark.parametrize("count", [1, 7, 40])
def test_events_that_go_one_after_the_other_leave_nothing_behind(database, count):
    with database.begin() as connection:
        columns = read_columns(connection)
        keys = columns["keys"].tolist()
        for start in range(0, len(keys), count * 9):
            gone = keys[start : start + count]
            delete(connection, *gone)
            columns = refreshed(connection, columns, gone)
        assert told(columns) == told(read_columns(connection))
        left = columns["keys"].tolist()
        delete(connection, *left)
        assert told(refreshed(connection, columns, left)) == ({}, [], [])


def test_a_store_that_was_empty_takes_its_first_events(database):
    with database.begin() as connection:
        everything = read_columns(connection)
        keys = everything["keys"].tolist()
        rows = {
            table: connection.execute(text(f"SELECT * FROM {table}")).mappings().all()
            for table in ("events", *PARTS)
        }
        delete(connection, *keys)
        empty = read_columns(connection)
        for table, found in rows.items():
            for row in found:
                marks = ", ".join(f":{name}" for name in row)
                columns = ", ".join(f'"{name}"' for name in row)
                connection.execute(
                    text(f"INSERT INTO {table} ({columns}) VALUES ({marks})"), dict(row)
                )
        assert told(refreshed(connection, empty, keys)) == told(everything)


@pytest.fixture
def steps(kept_reports, sample, database):
    """A store of many reports, and a way to compare what it holds after each step."""
    store = EventStore(database.url.render_as_string(hide_password=False))
    store.columns()

    def check(what):
        before = store.columns().state
        result = what(store)
        with database.begin() as connection:
            assert touched_since(connection, before) is not None
            assert told(store.columns().read) == told(read_columns(connection))
        assert store.columns().state != before
        return result

    yield check
    store.close()


def a_telling(sample, number):
    words = ("Rebels shelled the market of Ormara", "The market of Ormara was shelled by rebels")
    article = Article(
        article_id=f"told{number}",
        title=f"Telling {number}",
        text=f"{words[number % 2]}, paper {number} says.",
        published=date(2019, 4, 19),
        source=f"Paper {number}",
    )
    base = sample.reports()[0].event
    start = article.text.index("shelled")
    where = EventLocation(
        place=sample.ORMARA,
        precision=GeoPrecision.EXACT,
        mention=Mention(start=0, end=0, surface="", kind=MentionKind.LITERAL),
        reason="named",
    )
    event = replace(
        base,
        event_id=f"a{number:015x}",
        event_type="ASSAULT",
        when=PartialDate.from_iso("2019-04-18"),
        locations=(where,),
        quote=article.text,
        article_id=article.article_id,
        start=0,
        end=len(article.text),
        trigger_start=start,
        trigger_end=start + 7,
        tellings=(),
    )
    return article, Geoparse(text=article.text, resolutions=()), [event]


def test_what_is_added_decided_coded_anew_and_removed_is_known_without_reading_all(steps, sample):
    tellings = [a_telling(sample, number) for number in range(3)]
    for told_once in tellings:
        assert steps(lambda store, told_once=told_once: store.add(*told_once))
    who = {"who": "Ada", "why": "read both"}
    steps(lambda store: store.publishers.set_source(NewsSource(name="Paper 1")))
    head = steps(lambda store: (store.reviews.confirm(FIRST, who="Ada"), store.report(FIRST)))[1]
    heads = head.event.event_id
    assert head.further, "the tellings are one event, or this tests little"
    further = head.further[0].event.event_id
    split = steps(lambda store: store.reviews.split(further, **who))
    steps(lambda store: store.reviews.undo(split, who="Ada"))
    steps(lambda store: store.reviews.edit(heads, {"event_type": "COERCE"}, **who))
    rejected = steps(lambda store: store.reviews.reject(heads, **who))
    steps(lambda store: store.reviews.undo(rejected, who="Ada"))
    article, geoparse, (event,) = tellings[0]
    moved = replace(event, event_id="f" * 16, when=PartialDate.from_iso("2019-04-02"))
    steps(lambda store: store.replace_findings(article, geoparse, [moved]))
    copy = replace(article, article_id="copy", source="A paper that copies")
    assert steps(lambda store: store.add_copy(copy, article.article_id))
    steps(lambda store: store.replace_findings(article, geoparse, [event, moved]))
    steps(lambda store: store.remove("copy"))
    for article, _, _ in tellings:
        steps(lambda store, article=article: store.remove(article.article_id))


def test_a_start_reads_beside_the_file_only_what_was_written_since(
    kept_reports, sample, database, tmp_path, monkeypatch
):
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))
    monkeypatch.setattr(held_columns, "FEWEST_EVENTS", 1)
    url = database.url.render_as_string(hide_password=False)
    with closing(EventStore(url)) as store:
        before = store.columns().state
        (file,) = tmp_path.glob("columns-*.npz")
        written = file.stat().st_mtime_ns
        store.add(*a_telling(sample, 1))
    with closing(EventStore(url)) as store, database.begin() as connection:
        assert len(touched_since(connection, before)) == 1
        assert told(store.columns().read) == told(read_columns(connection))
    assert file.stat().st_mtime_ns == written


def test_columns_asked_for_while_others_write_hold_exactly_the_events_of_their_state(
    sample, database
):
    url = database.url.render_as_string(hide_password=False)
    answers, is_done = [], Event()

    def write(first):
        with closing(EventStore(url)) as store:
            for number in range(first, first + 10):
                article, geoparse, [event] = a_telling(sample, number)
                # A year of its own, so that no two are one event.
                alone = replace(event, when=PartialDate.from_iso(f"{1950 + number}-04-18"))
                assert store.add(article, geoparse, [alone])

    def ask(store):
        while not is_done.is_set():
            answers.append(store.columns())
        answers.append(store.columns())

    with closing(EventStore(url)) as store, ThreadPoolExecutor(5) as pool:
        asking = [pool.submit(ask, store) for _ in range(2)]
        writing = [pool.submit(write, first) for first in (0, 10, 20)]
        try:
            for each in writing:
                each.result()
        finally:
            is_done.set()
        for each in asking:
            each.result()
    with database.begin() as connection:
        query = "SELECT event_key, arrived FROM events WHERE head_key IS NULL"
        arrived = dict(map(tuple, connection.execute(text(query))))
        for columns in answers:
            there = {key for key, came in arrived.items() if came <= columns.state.revision}
            assert set(columns.read["keys"].tolist()) == there
        assert told(answers[-1].read) == told(read_columns(connection))
    seen = {columns.state.revision for columns in answers}
    assert len(seen) > 3, "they were asked while others wrote, or this tests little"


def test_what_is_not_noted_or_of_another_store_is_read_anew(sample, database):
    url = database.url.render_as_string(hide_password=False)
    with closing(EventStore(url)) as store, database.begin() as connection:
        before = store.columns().state
        assert touched_since(connection, before) == set()
        assert touched_since(connection, before._replace(stamp=before.stamp + 1)) is None
        assert touched_since(connection, before._replace(revision=before.revision + 1)) is None
        assert touched_since(connection, None) is None
    with closing(EventStore(url)) as store:
        store.add(*a_telling(sample, 1))
        store.removals.remove_dataset("none")
        with database.begin() as connection:
            assert touched_since(connection, before) is None
            assert told(store.columns().read) == told(read_columns(connection))
