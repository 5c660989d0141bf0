"""The hand-written places: every row is readable, unique, and lies where it says."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from gazetteer.countries import countries
from gazetteer.errors import PlaceDataError
from gazetteer.geodesy import distance_km
from gazetteer.names import name_key
from gazetteer.places import BoundingBox, Coordinates, Place
from gazetteer.sources.curated import (
    CuratedPlace,
    place_files,
    read_curated_places,
    read_disputed,
    read_further_names,
    read_points,
)
from gazetteer.store import PlaceStore

ROWS = [place for path in place_files() for place in read_curated_places(path)]
HOMONYMS = {"great lakes", "green line", "tahrir square", "martyrs square"}
"""Names that two curated places of one kind really share."""

_MARGIN_DEGREES = 2
_MARGIN_KM = 40


def place_ids(rows: list[CuratedPlace]) -> list[str]:
    return [row.record.place.place_id for row in rows]


LEAST = {
    "macro-regions and regions": (120, "CONT RGN RGNH RGNE ZN"),
    "ranges, deserts, rivers, passes, peninsulas and the like": (
        250,
        "MTS MT VLC DSRT VAL PLN PLAT DLTA FRST MRSH STM PASS PEN CAPE",
    ),
    "islands": (80, "ISL ISLS ISLET RF"),
    "nuclear, oil, pipeline and port sites": (150, "NUC OILF OILR OILT PIPE PRT"),
    "military sites and border crossings": (70, "INSM NVB CSTM"),
    "government buildings, squares, holy sites, camps": (
        100,
        "GOVB PAL SQR DIP MSQE CH SHRN TMPL CMPRF",
    ),
}
"""At least so many rows of each kind, by their feature codes."""


def test_there_are_more_than_a_thousand():
    assert len(ROWS) >= 1300


@pytest.mark.parametrize("kind", LEAST)
def test_there_are_enough_of_each_kind(kind: str):
    least, codes = LEAST[kind]
    assert sum(row.record.place.feature_code in codes.split() for row in ROWS) >= least


def test_there_are_enough_straits_canals_and_names_of_seas():
    straits = [row for row in ROWS if row.record.place.feature_code in {"STRT", "CNL", "CHN"}]
    seas = [
        name for row in read_further_names() if row.file == "names_seas.tsv" for name in row.names
    ]
    assert len(straits) + len(seas) >= 80


def test_there_are_enough_disputed_regions_and_named_lines():
    codes = {"BDRY", "ZNB"}
    disputed = [
        row
        for row in ROWS
        if row.record.place.is_disputed or row.record.place.feature_code in codes
    ]
    assert len(disputed) >= 40


def test_every_id_stands_once():
    assert len(set(place_ids(ROWS))) == len(ROWS)


def test_every_row_says_what_it_was_placed_by():
    assert [row.record.place.place_id for row in ROWS if not row.note] == []


def test_countries_are_codes_of_countries_in_order_or_absent():
    unknown = [
        (row.record.place.place_id, code)
        for row in ROWS
        for code in row.record.place.all_countries
        if code not in countries()
    ]
    assert unknown == []


def test_places_of_one_kind_do_not_share_a_name():
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in ROWS:
        for name in (row.record.place.name, *row.record.other_names):
            owners[name_key(name), row.record.place.feature_code].add(row.record.place.place_id)
    shared = {key for (key, _), ids in owners.items() if len(ids) > 1}
    assert shared == HOMONYMS


def test_a_row_lists_no_name_twice():
    doubled = []
    for row in ROWS:
        keys = [name_key(name) for name in (row.record.place.name, *row.record.other_names)]
        if len(set(keys)) < len(keys) or "" in keys:
            doubled.append(row.record.place.place_id)
    assert doubled == []


def test_a_place_has_an_outline_or_a_radius_of_doubt():
    bare = [
        row.record.place.place_id
        for row in ROWS
        if not (row.geometry or row.made_of) and row.record.place.radius_km is None
    ]
    assert bare == []


def test_every_place_is_in_the_store(place_store: PlaceStore):
    for row in ROWS:
        place = place_store.by_id(row.record.place.place_id)
        assert place is not None
        assert bool(place_store.geometry(place.place_id)) == bool(row.geometry or row.made_of)


def test_every_place_lies_in_or_near_each_of_its_countries(place_store: PlaceStore):
    astray = [
        (place.place_id, code)
        for row in ROWS
        if row.file != "borders.tsv"  # by territories overseas; test_borders.py looks at them
        if (place := place_store.by_id(row.record.place.place_id))
        for code in place.all_countries
        if not _lies_near(place, code, place_store)
    ]
    assert astray == []


def test_the_point_of_a_place_lies_in_its_box():
    astray = [
        row.record.place.place_id
        for row in ROWS
        if (box := row.record.place.bounds)
        and not _grown(box).contains(row.record.place.coordinates)
    ]
    assert astray == []


@pytest.mark.parametrize("code", ["IN", "PK"])
def test_kashmir_is_disputed(code: str, place_store: PlaceStore):
    kashmir = place_store.by_id("cur:kashmir")
    assert kashmir is not None
    assert kashmir.is_disputed
    assert code in kashmir.all_countries


def test_further_names_belong_to_places_of_the_store(place_store: PlaceStore):
    rows = list(read_further_names())
    assert len(rows) > 150
    for row in rows:
        names = {name_key(name) for name in place_store.names_of(row.place_id)}
        assert {name_key(name) for name in row.names} <= names, row.place_id


def test_every_us_state_has_its_abbreviations(place_store: PlaceStore):
    rows = {row.place_id for row in read_further_names() if row.file == "names_us_states.tsv"}
    assert len(rows) == 51  # fifty states and the District of Columbia
    for place_id in rows:
        place = place_store.by_id(place_id)
        assert place is not None
        assert place.country_code == "US"


def test_what_is_disputed_says_so_whatever_its_source(place_store: PlaceStore):
    for key in read_disputed():
        place = place_store.country(key) if len(key) == 2 else place_store.by_id(key)
        assert place is not None, key
        assert place.is_disputed, key
    assert not place_store.country("FR").is_disputed


def test_points_of_wide_places_lie_in_their_boxes(place_store: PlaceStore):
    for key, point in read_points().items():
        place = place_store.country(key) or place_store.by_id(key)
        assert place is not None, key
        assert place.coordinates == point
        assert place.bounds is not None
        assert place.bounds.contains(point), key


@pytest.mark.parametrize(
    "row",
    [
        "too\tfew\tcells",
        "x\tX\tNOCODE\t1\t2\t\t5\t\t\t\tnote",
        "x\tX\tRGN\t91\t2\t\t5\t\t\t\tnote",
        "x\tX\tRGN\t\t\t\t5\t\t\t\tnote",
        "x\tX\tRGN\t\t\tcircle 1,2\t\t\t\t\tnote",
        "x\tX\tRGN\t\t\tbox 1,2,3\t\t\t\t\tnote",
        "x\tX\tRGN\tone\t2\t\t5\t\t\t\tnote",
    ],
)
def test_an_unreadable_row_is_named_with_its_file_and_line(tmp_path: Path, row: str):
    path = tmp_path / "places.tsv"
    path.write_text(f"# a comment\n{row}\n", encoding="utf-8")
    with pytest.raises(PlaceDataError, match=r"places\.tsv, line 2") as caught:
        list(read_curated_places(path))
    assert caught.value.line == 2


def _lies_near(place: Place, code: str, store: PlaceStore) -> bool:
    country = store.country(code)
    assert country is not None
    if place.bounds:
        return country.bounds is None or _meet(place.bounds, country.bounds)
    allowed_km = (place.radius_km or 0) + _MARGIN_KM
    return _distance_from_km(place.coordinates, country, store) <= allowed_km


def _distance_from_km(point: Coordinates, country: Place, store: PlaceStore) -> float:
    if store.country_at(point) == country:
        return 0.0
    area = store.geometry(country.place_id)
    if area is None:
        return distance_km(point, country.coordinates)
    return min(
        distance_km(point, Coordinates(lat=lat, lon=(lon + 180) % 360 - 180))
        for part in area.parts
        for lat, lon in part[0]
    )


def _meet(a: BoundingBox, b: BoundingBox) -> bool:
    margin = _MARGIN_DEGREES
    return (
        a.south - margin <= b.north
        and b.south <= a.north + margin
        and any(
            west - margin <= other_east and other_west <= east + margin
            for west, east in a.stretches()
            for other_west, other_east in b.stretches()
        )
    )


def _grown(box: BoundingBox) -> BoundingBox:
    margin = 0.6  # a line's or a region's usual centre need not be its box's
    return BoundingBox(
        south=max(-90, box.south - margin),
        west=max(-180, box.west - margin) if box.west <= box.east else box.west,
        north=min(90, box.north + margin),
        east=min(180, box.east + margin) if box.west <= box.east else box.east,
    )
