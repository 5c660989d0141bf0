"""What the map asks the app's server for, held to what the events themselves say."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date
from functools import partial

import httpx
import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from dashboard.cells import cell_of
from dashboard.datasets import Dataset
from dashboard.filters import EventFilter
from dashboard.importers.record_rows import rows_of_records
from dashboard.importers.records import Record
from dashboard.map_data import MOST_CLUSTERS, Cell, MapData, Spots
from dashboard.map_routes import map_answer
from dashboard.store import EventStore
from gazetteer.places import BoundingBox, Coordinates

WORLD = "bounds=-85,-180,85,180&level=3"


@pytest.fixture(scope="module")
def ask(kept_reports, place_store):
    answer = partial(map_answer, events=kept_reports.store, places=place_store)
    route = Route("/map/{asked}", answer)
    app = httpx.ASGITransport(app=Starlette(routes=[route]))

    async def answer_to(question):
        async with httpx.AsyncClient(transport=app, base_url="http://app") as client:
            return await client.get(f"/map/{question}")

    def get(what, query="", *, status=200):
        answer = asyncio.run(answer_to(f"{what}?{query}"))
        assert answer.status_code == status, answer.text
        return answer.json()

    return get


def placed(kept_reports, wanted=None):
    wanted = wanted or EventFilter()
    return [r for r in kept_reports.reports if wanted.matches(r) and r.event.locations]


def test_marks_hold_every_event_with_a_place_once_a_place(ask, kept_reports):
    answer = ask("marks", WORLD)
    expected = sum(
        len({(where.place.place_id, where.precision) for where in report.event.locations})
        for report in placed(kept_reports)
    )
    assert sum(sum(mark["counts"]) for mark in answer["marks"]) == expected
    assert len(answer["marks"]) <= MOST_CLUSTERS


def test_a_town_known_now_exactly_now_as_near_is_one_place_of_a_cluster():
    # Two towns; the first is two spots, for two precisions.
    spots = Spots(
        lat=np.array([1.0, 1.0, 1.001]),
        lon=np.array([2.0, 2.0, 2.0]),
        cell=np.array([7, 7, 7]),
        precision=np.array([1, 2, 1]),
        height=np.zeros(3),
        width=np.zeros(3),
        marks=lambda numbers: [{"kind": "point", "number": number} for number in numbers],
    )
    box = BoundingBox(south=-5, west=-5, north=5, east=5)
    for counts, places in (([1, 1, 1], 2), ([1, 1, 0], 1)):
        (mark,) = spots.in_view(np.array(counts).reshape(-1, 1), bounds=box, zoom=3)
        assert (mark["places"], sum(mark["counts"])) == (places, sum(counts))


def test_what_is_known_to_a_country_only_is_never_a_point_however_many_there_are():
    # Thirty countries about a town of their capital each, in a view with room for few areas.
    count = 30
    lat = np.repeat(np.linspace(-20, 20, count), 2)
    lon = np.repeat(np.linspace(-30, 30, count), 2)
    spots = Spots(
        lat=lat,
        lon=lon,
        cell=np.array(list(map(cell_of, lat.tolist(), lon.tolist()))),
        precision=np.tile([1, 6], count),
        height=np.zeros(2 * count),
        width=np.zeros(2 * count),
        marks=lambda numbers: [
            {"kind": "area" if number % 2 else "point", "key": str(number)} for number in numbers
        ],
    )
    counts = np.full((2 * count, 1), 2)
    box = BoundingBox(south=-40, west=-60, north=40, east=60)
    marks = spots.in_view(counts, bounds=box, zoom=2)
    kinds = Counter(mark["kind"] for mark in marks)
    assert kinds["area"] < count
    assert kinds["badge"]
    told = Counter()
    for mark in marks:
        told[mark["kind"] == "point"] += sum(mark["counts"])
        if "cell" in mark:
            inside = Cell(*mark["cell"], mark["kind"] == "badge").holds(spots.cell, spots.precision)
            own = set(np.flatnonzero(inside).tolist()) - set(map(int, mark.get("apart", ())))
            assert 2 * len(own) == sum(mark["counts"])
    assert told == {True: 2 * count, False: 2 * count}
    elsewhere = BoundingBox(south=60, west=100, north=70, east=120)
    assert not spots.in_view(counts, bounds=elsewhere, zoom=6)


def test_marks_by_data_set_hold_the_same_events_told_apart_by_who_coded_them(tmp_path, place_store):
    store = EventStore(f"sqlite:///{tmp_path / 'store.sqlite'}")
    at = Coordinates(lat=15.46, lon=45.32)
    for name, count in (("Small", 1), ("Large", 3)):
        dataset = Dataset(name=name, form="table")
        records = (
            Record(
                record_id=f"{n}",
                event_type="ASSAULT",
                when=None,
                lat=at.lat,
                lon=at.lon,
                place_name="Marib",
                country_code="YE",
                codes={"Kind": "raid"},
            )
            for n in range(count)
        )
        store.datasets.import_rows(dataset, [rows_of_records(records, dataset)])
    data = MapData(store=store, places=place_store)
    world = BoundingBox(south=-85, west=-180, north=85, east=180)
    answer = data.datasets(EventFilter(), bounds=world, zoom=3)
    assert [style["label"] for style in answer["families"]] == ["coded here", "Large", "Small"]
    assert len({(style["colour"], style["shape"]) for style in answer["families"]}) == 3
    [mark] = answer["marks"]
    assert mark["counts"] == [0, 3, 1]
    events = data.events(EventFilter(), keys=[mark["key"]])["events"]
    assert [event["record"] for event in events] == [[["Kind", "raid"]]] * 4
    store.close()


def test_a_small_screen_gets_few_marks_that_stand_for_as_many_events(ask, kept_reports):
    wide, narrow = (ask("marks", f"bounds=-85,-180,85,180&level={level}") for level in (4, 0.5))
    assert len(narrow["marks"]) < len(wide["marks"])
    assert len([mark for mark in narrow["marks"] if mark["kind"] != "point"]) <= 4
    totals = [sum(sum(mark["counts"]) for mark in answer["marks"]) for answer in (wide, narrow)]
    assert totals[0] == totals[1] > 0


def test_played_days_show_what_may_have_happened_on_them(ask, kept_reports):
    wanted = EventFilter(since=date(2019, 11, 1), until=date(2019, 11, 19))
    answer = ask("marks", f"{WORLD}&since=2019-11-01&until=2019-11-19")
    assert answer["shown"] == sum(map(wanted.matches, kept_reports.reports))
    assert 0 < answer["shown"] < len(kept_reports.reports)


def test_the_timeline_holds_every_dated_event_in_the_colours_of_the_map(ask, kept_reports):
    answer = ask("timeline")
    dated = [r for r in kept_reports.reports if EventFilter().matches(r) and r.event.when]
    assert sum(sum(counts) for _, counts in answer["bars"]) == len(dated)
    assert answer["first"] == min(r.event.when.earliest for r in dated).isoformat()
    assert answer["families"] == ask("marks", WORLD)["families"]


def test_heat_leaves_out_what_is_known_to_a_wide_area_and_says_so(ask, kept_reports):
    answer = ask("heat", WORLD)
    exact = sum(where.precision <= 4 for r in placed(kept_reports) for where in r.event.locations)
    wide = sum(where.precision > 4 for r in placed(kept_reports) for where in r.event.locations)
    assert sum(count for _, _, count in answer["cells"]) == exact
    assert answer["left_out"] == wide > 0


def test_an_event_counts_once_in_each_country_that_it_lies_in(ask, kept_reports):
    answer = ask("regions", f"{WORLD}&of=country&measure=last")
    expected, last = Counter(), {}
    for report in placed(kept_reports):
        for code in {where.place.country_code for where in report.event.locations} - {None}:
            expected[code] += 1
            day = report.event.when.latest.isoformat() if report.event.when else ""
            last[code] = max(last.get(code, ""), day)
    assert {code: count for code, count, _ in answer["regions"]} == expected
    assert {code: day or "" for code, _, day in answer["regions"]} == last


def test_a_type_of_event_is_counted_alone_by_region(ask, kept_reports):
    answer = ask("regions", f"{WORLD}&of=country&measure=PROTEST")
    protests = placed(kept_reports, EventFilter(event_types=("PROTEST",)))
    assert sum(count for _, count, _ in answer["regions"]) <= len(protests)
    assert answer["shown"] == len(protests)


def test_the_events_of_a_region_are_those_of_its_popup(ask):
    regions = ask("regions", f"{WORLD}&of=country")["regions"]
    code, count, _ = regions[0]
    answer = ask("events", f"region=country%20{code}")
    assert answer["total"] == count == len({card["id"] for card in answer["events"]})


def test_divisions_have_names_and_outlines_where_these_are_known(ask):
    outlines = ask("outlines", "ids=IR.26|KE.22|XX.99")
    assert set(outlines) == {"IR.26", "KE.22"}
    assert outlines["IR.26"]["name"] == "Tehran"
    assert outlines["IR.26"]["polygons"]
    assert "polygons" not in outlines["KE.22"]


def test_mentions_are_counted_by_place_and_lead_to_the_articles(ask, kept_reports, place_store):
    answer = ask("mentions", WORLD)
    named = [
        where.place.place_id
        for report in kept_reports.reports
        for where in report.event.locations
        if place_store.by_id(where.place.place_id)
    ]
    assert answer["shown"] == len(named) > 0
    mark = max(answer["marks"], key=lambda one: sum(one["counts"]))
    articles = ask("naming", f"key={mark['key']}")["articles"]
    assert sum(article["times"] for article in articles) >= 1


@pytest.mark.parametrize(
    "question",
    [
        "marks?level=3",
        "marks?bounds=1,2,3&level=3",
        f"regions?{WORLD}&of=planet",
        "events?cell=x/2",
    ],
)
def test_a_question_that_is_not_understood_is_told_so(ask, question):
    answer = ask(*question.split("?"), status=400)
    assert "not understood" in answer["error"]


def test_what_nobody_answers_is_not_found(ask):
    assert "error" in ask("nonsense", status=404)
    assert "error" in ask("__init__", status=404)


@pytest.mark.parametrize(
    ("longitudes", "west_and_east"),
    [
        ([170, -170], [170, -170]),
        ([140, -74], [140, -74]),
        ([-158, -74, -8, 40, 100, 175], [-158, 175]),
        ([20], [20, 20]),
    ],
)
def test_the_box_of_all_events_crosses_the_180th_meridian_only_to_be_narrow(
    longitudes, west_and_east
):
    lon = np.array(longitudes, float)
    nothing = np.zeros(len(lon))
    spots = Spots(
        lat=nothing,
        lon=lon,
        cell=nothing,
        precision=nothing,
        height=nothing,
        width=nothing,
        marks=lambda _: [],
    )
    _, west, _, east = spots.extent(np.ones(len(lon), np.bool_))
    assert [west, east] == west_and_east
