"""Sets of events that others coded: taken in, brought up to date, kept apart."""

from dataclasses import replace

import pytest
from sqlalchemy import inspect, update

from dashboard.datasets import Dataset, ImportCount, record_event_id
from dashboard.events import Origin
from dashboard.filters import EventFilter
from dashboard.store import EventStore, datasets, imports, schema

SET = Dataset(name="Clashes of 2019", form="table", source="Somebody")


@pytest.fixture
def store(tmp_path):
    store = EventStore(f"sqlite:///{tmp_path / 'store.sqlite'}")
    yield store
    store.close()


def record(sample, number, note="as it was"):
    event = next(r.event for r in sample.reports() if r.event.locations)
    return replace(
        event,
        event_id=record_event_id(SET.dataset_id, str(number)),
        article_id=SET.dataset_id,
        origin=Origin(
            dataset_id=SET.dataset_id, record_id=str(number), codes={"notes": note, "id": "1"}
        ),
    )


def test_an_imported_event_comes_back_as_it_went_in(store, sample):
    store.datasets.import_events(SET, [record(sample, 1)])
    [found] = store.reports()
    assert found.event == record(sample, 1)
    assert found.article.title == "Clashes of 2019"


def test_the_same_import_adds_nothing_twice(store, sample):
    records = [record(sample, number) for number in range(3)]
    assert store.datasets.import_events(SET, records) == ImportCount(added=3)
    assert store.datasets.import_events(SET, records) == ImportCount(unchanged=3)
    assert len(store.reports()) == 3


def test_a_record_that_changed_takes_the_place_of_what_it_was(store, sample):
    store.datasets.import_events(SET, [record(sample, 1), record(sample, 2)])
    count = store.datasets.import_events(SET, [record(sample, 2, note="corrected")])
    assert count == ImportCount(updated=1)
    notes = {report.event.origin.codes["notes"] for report in store.reports()}
    assert notes == {"as it was", "corrected"}


def test_records_that_their_publisher_deleted_go(store, sample):
    store.datasets.import_events(SET, [record(sample, 1), record(sample, 2)])
    assert store.datasets.remove_records(SET.dataset_id, ["2", "99"]) == 1
    assert [report.event.origin.record_id for report in store.reports()] == ["1"]


def test_an_interrupted_import_keeps_what_came_before_and_goes_on(store, sample):
    def cut_short():
        yield from (record(sample, number) for number in range(5))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.datasets.import_events(SET, cut_short(), batch_size=2)
    assert len(store.reports()) == 4
    count = store.datasets.import_events(SET, (record(sample, number) for number in range(7)))
    assert count == ImportCount(added=3, unchanged=4)


def test_a_large_import_leaves_every_index_also_when_it_is_interrupted(store, sample, monkeypatch):
    def some(count):
        yield from (record(sample, number) for number in range(count))
        raise KeyboardInterrupt

    def indexes():
        with store._reading() as connection:
            found = inspect(connection)
            return {
                index["name"]
                for table in found.get_table_names()
                for index in found.get_indexes(table)
            }

    monkeypatch.setattr(datasets, "MANY_EVENTS", 2)
    before = indexes()
    with pytest.raises(KeyboardInterrupt):
        store.datasets.import_events(SET, some(9), batch_size=2)
    assert indexes() == before
    assert len(store.reports()) == 8


@pytest.mark.parametrize("most_new_ids", [imports.MOST_NEW_IDS, 3])
def test_what_a_large_file_tells_twice_stands_as_it_was_told_last(
    store, sample, monkeypatch, most_new_ids
):
    monkeypatch.setattr(datasets, "MANY_EVENTS", 2)
    monkeypatch.setattr(imports, "MOST_NEW_IDS", most_new_ids)
    numbers = [*range(7), 1, *range(7, 9)]
    records = (
        record(sample, number, note="corrected" if at == 7 else "as it was")
        for at, number in enumerate(numbers)
    )
    count = store.datasets.import_events(SET, records, batch_size=2)
    assert count == ImportCount(added=9, updated=1)
    said = {r.event.origin.record_id: r.event.origin.codes["notes"] for r in store.reports()}
    assert [number for number, note in said.items() if note == "corrected"] == ["1"]
    assert sorted(said) == [str(number) for number in range(9)]
    assert store.datasets.import_events(SET, [record(sample, 8)]) == ImportCount(unchanged=1)


def test_codes_that_an_older_dateline_kept_with_their_names_are_read(store, sample):
    store.datasets.import_events(SET, [record(sample, 1)])
    with store._writing() as connection:
        values = {"own_codes": {"notes": "old", "id": "1"}, "code_names": None}
        connection.execute(update(schema.events).values(**values))
    [found] = store.reports()
    assert found.event.origin.codes == {"notes": "old", "id": "1"}


def test_data_sets_are_no_articles_and_are_listed_with_what_they_hold(store, sample):
    store.datasets.import_events(SET, [record(sample, 1)])
    assert store.articles() == ()
    [summary] = store.datasets.all()
    assert (summary.dataset, summary.events) == (SET, 1)


def test_a_data_set_can_be_shown_alone(store, sample):
    store.datasets.import_events(SET, [record(sample, 1)])
    other = EventFilter(articles=("0" * 16,))
    assert len(store.reports(EventFilter(articles=(SET.dataset_id,)))) == 1
    assert store.reports(other) == ()
