"""The counts beside each choice, held to the filter itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from dashboard.actors import ANY_COUNTRY
from dashboard.datasets import Dataset
from dashboard.facets import Facets
from dashboard.filters import EventFilter, Role
from dashboard.importers.record_rows import rows_of_records
from dashboard.importers.records import Record
from dashboard.partial_dates import PartialDate
from dashboard.store import EventStore
from dashboard.timeline import timeline_of


def matching(kept_reports, wanted):
    return [report for report in kept_reports.reports if wanted.matches(report)]


def test_the_counts_of_types_follow_the_actors_that_are_chosen(kept_reports):
    wanted = EventFilter(actors=("IRN",), event_types=("PROTEST",))
    types = Facets(store=kept_reports.store, wanted=wanted).types()
    expected = Counter(
        r.event.event_type for r in matching(kept_reports, EventFilter(actors=("IRN",)))
    )
    assert {name: count for name, count in types.items() if count} == expected


def test_each_actors_counts_are_what_choosing_it_would_give(kept_reports):
    wanted = EventFilter(actors=("PAK",), event_types=("CONSULT", "ASSAULT"))
    for count in Facets(store=kept_reports.store, wanted=wanted).actors():
        alone = replace(wanted, actors=(count.actor_id,))
        assert count.count == len(matching(kept_reports, alone))
        acting = replace(alone, role=Role.SOURCE)
        assert count.as_source == len(matching(kept_reports, acting))


def test_actors_stand_after_their_country_and_their_sector(kept_reports):
    actors = Facets(store=kept_reports.store, wanted=EventFilter()).actors()
    ids = [count.actor_id for count in actors]
    for place, actor_id in enumerate(ids):
        group = actor_id.removeprefix(ANY_COUNTRY).rpartition(".")[0]
        assert not group or group in ids[:place]
    assert all(count.name for count in actors)


def test_a_sector_is_counted_in_all_countries_together(kept_reports):
    actors = Facets(store=kept_reports.store, wanted=EventFilter()).actors()
    (forces,) = (count for count in actors if count.actor_id == "*.MIL")
    assert forces.name == "Armed forces of any country"
    assert forces.group is None
    chosen = matching(kept_reports, EventFilter(actors=("*.MIL",)))
    of_one = [matching(kept_reports, EventFilter(actors=(one,))) for one in ("IRN.MIL", "PAK.MIL")]
    assert forces.count == len(chosen) >= max(map(len, of_one)) > 0


def test_the_coverage_says_how_much_is_shown_and_on_what_it_rests(kept_reports):
    wanted = EventFilter(event_types=("ASSAULT",))
    shown = matching(kept_reports, wanted)
    coverage = Facets(store=kept_reports.store, wanted=wanted).coverage()
    assert coverage.shown == len(shown)
    assert coverage.total == len(kept_reports.reports)
    assert coverage.unplaced == sum(not report.event.locations for report in shown)


def test_the_timeline_keeps_the_days_outside_the_chosen_ones_when_asked(kept_reports):
    wanted = EventFilter(since=kept_reports.reports[0].event.when.earliest)
    wanted = replace(wanted, until=wanted.since)
    chosen = timeline_of(kept_reports.store, wanted)
    around = timeline_of(kept_reports.store, wanted, without="dates")
    assert sum(bar.count for bar in chosen.bars) < sum(bar.count for bar in around.bars)


def test_twelve_years_are_told_by_quarters_from_the_first_of_each(tmp_path):
    store = EventStore(f"sqlite:///{tmp_path / 'store.sqlite'}")
    dataset = Dataset(name="Long", form="table")
    records = (
        Record(
            record_id=day,
            event_type="PROTEST",
            when=PartialDate.from_iso(day),
            lat=15.46,
            lon=45.32,
            place_name="Marib",
            country_code="YE",
            codes={"Kind": "rally"},
        )
        for day in ("2012-02-29", "2012-04-01", "2024-01-31")
    )
    store.datasets.import_rows(dataset, [rows_of_records(records, dataset)])
    timeline = timeline_of(store, EventFilter())
    assert timeline.step == "quarter"
    assert [bar.first for bar in timeline.bars] == [
        date(2012, 1, 1), date(2012, 4, 1), date(2024, 1, 1)
    ]  # fmt: skip
    store.close()
