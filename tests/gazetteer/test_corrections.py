"""Corrections and added places: scopes, files to share, and places that look-ups then find."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import outlines
from gazetteer.added import add_missing_place, new_place, read_area
from gazetteer.cache import GazetteerCache
from gazetteer.corrections import AddedPlace, Correction, CorrectionScope
from gazetteer.corrections_csv import COLUMNS, from_csv, to_csv
from gazetteer.errors import CorrectionError
from gazetteer.places import BoundingBox, Coordinates, FeatureClass, GeometryKind, Place

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
POINT = Coordinates(lat=30.5, lon=70.5)


@pytest.fixture
def cache(tmp_path):
    return GazetteerCache(tmp_path / "cache.sqlite", clock=lambda: NOW)


@pytest.fixture
def village():
    return replace(
        new_place("Gilgamville", coordinates=POINT, country_codes=["PK", "IR"]),
        population=12,
        radius_km=2.5,
        bounds=BoundingBox(south=30, west=70, north=31, east=71),
    )


@pytest.mark.parametrize(
    ("bound", "scope"),
    [
        ({}, CorrectionScope.ALWAYS),
        ({"source": "The Herald"}, CorrectionScope.SOURCE),
        ({"article_id": "a1"}, CorrectionScope.ARTICLE),
        ({"article_id": "a1", "start": 0}, CorrectionScope.MENTION),
    ],
)
def test_each_scope_is_kept_and_found(cache, village, bound, scope):
    made = cache.correct("Uqbar", village, who="ana", why="known", **bound)
    assert made.scope is scope
    assert cache.corrections() == (made,)
    assert cache.correction("uqbar", "a1", start=0, source="the herald") == made


def test_a_correction_holds_nowhere_else(cache, village):
    cache.correct("Uqbar", village, who="ana", why="?", article_id="a1", start=5)
    cache.correct("Uqbar", village, who="ana", why="?", source="The Herald")
    assert cache.correction("Uqbar", "a1", start=6) is None
    assert cache.correction("Uqbar", "a2", start=5) is None
    assert cache.correction("Uqbar", source="Herald") is None


@pytest.mark.parametrize(
    ("name", "bound"),
    [
        ("Uqbar", {"start": 3}),
        ("Uqbar", {"article_id": "a1", "source": "The Herald"}),
        ("---", {}),
        ("Uqbar", {"article_id": ""}),
        ("Uqbar", {"source": " "}),
    ],
)
def test_a_scope_that_contradicts_itself_is_refused(cache, name, bound):
    with pytest.raises(CorrectionError):
        cache.correct(name, None, who="ana", why="?", **bound)
    assert cache.corrections() == ()


def test_a_file_of_the_first_release_is_read_and_extended(tmp_path, village):
    path = tmp_path / "old.sqlite"
    with sqlite3.connect(path) as database:
        database.executescript(
            "CREATE TABLE answer (name_key TEXT NOT NULL, provider TEXT NOT NULL,"
            " name TEXT NOT NULL, place TEXT, answered_at TEXT NOT NULL,"
            " PRIMARY KEY (name_key, provider));"
            "CREATE TABLE correction (correction_id INTEGER PRIMARY KEY AUTOINCREMENT,"
            " name_key TEXT NOT NULL, article_id TEXT, name TEXT NOT NULL, place TEXT,"
            " who TEXT NOT NULL, why TEXT NOT NULL, made_at TEXT NOT NULL,"
            " undone_by TEXT, undone_at TEXT);"
            "INSERT INTO correction (name_key, name, who, why, made_at)"
            " VALUES ('uqbar', 'Uqbar', 'ana', 'a book', '2020-01-01T00:00:00+00:00');"
            "INSERT INTO answer VALUES ('x', 'nominatim', 'X', NULL, '2999-01-01T00:00:00+00:00');"
        )
    database.close()
    cache = GazetteerCache(path)
    assert cache.correction("Uqbar").why == "a book"
    assert cache.answer("X", "nominatim").attribution == ""
    cache.correct("Uqbar", village, who="ben", why="here", source="The Herald")
    assert cache.correction("Uqbar", source="The Herald").place == village


def test_an_added_place_is_found_by_every_look_up(cache, place_store, village):
    store = place_store.with_added(cache)
    cache.add_place(village, aliases=["Gilgam City"], who="ana", why="been there")
    for name in ("Gilgamville", "GILGAM-CITY"):
        assert [match.place for match in store.by_name(name)] == [village]
        assert place_store.by_name(name) == ()
    assert store.by_prefix("gilgam c")[0].place == village
    assert store.by_id(village.place_id) == village
    assert store.names_of(village.place_id) == ("Gilgamville", "Gilgam City")
    assert village in store.in_box(BoundingBox(south=30.4, west=70.4, north=30.6, east=70.6))
    assert store.nearest(POINT)[0].place == village
    assert store.suggest("Gilgamvile")[0].match.place == village
    cache.undo_place(village.place_id, who="ben")
    assert store.by_name("Gilgamville") == ()
    (kept,) = cache.added_places(with_undone=True)
    assert (kept.undone_by, kept.undone_at) == ("ben", NOW)


def test_what_another_process_adds_is_found_too(cache, place_store, village):
    store = place_store.with_added(cache)
    assert store.by_name("Gilgamville") == ()
    GazetteerCache(cache.path).add_place(village, who="ana", why="been there")
    assert store.by_name("Gilgamville")[0].place == village


def test_an_added_area_has_its_outline_and_country(cache, place_store):
    added = add_missing_place(
        cache,
        place_store,
        "Uqbar Zone",
        area="30 69, 30 70, 31 70",
        feature_code="rgn",
        who="ana",
        why="map",
    ).added
    assert added.place.feature_class is FeatureClass.AREA
    assert added.place.country_code == "PK"
    area = place_store.with_added(cache).geometry(added.place.place_id)
    assert area.kind is GeometryKind.AREA
    assert area.parts == (((((30, 69)), (30, 70), (31, 70), (30, 69)),),)


def test_a_place_takes_the_countries_that_are_named(cache, place_store):
    added = add_missing_place(
        cache, place_store, "X", coordinates=POINT, country_codes=["ir", "pk"], who="a", why="b"
    ).added
    assert added.place.all_countries == ("IR", "PK")


def add(cache, store, name, lat, lon, **more):
    point = Coordinates(lat=lat, lon=lon)
    return add_missing_place(cache, store, name, coordinates=point, who="ben", why="map", **more)


def test_a_place_that_is_added_again_stays_one_with_all_its_names(cache, place_store):
    first = add(cache, place_store, "Uqbar", 30.5, 70.5, aliases=["Oqbar"])
    assert first.earlier is None
    again = add(cache, place_store, "Oqbar", 30.501, 70.502, aliases=["Ukbar"])
    assert again.earlier == first.added
    (kept,) = cache.added_places()
    assert kept == again.added
    assert kept.place.place_id == first.added.place.place_id
    assert kept.names == ("Oqbar", "Ukbar", "Uqbar")
    assert kept.place.coordinates == Coordinates(lat=30.501, lon=70.502)


def test_undoing_what_was_added_again_brings_the_earlier_back(cache, place_store):
    first = add(cache, place_store, "Uqbar", 30.5, 70.5).added
    add(cache, place_store, "Uqbar", 30.5, 70.51)
    assert cache.undo_place(first.place.place_id, who="ana")
    assert cache.added_places() == (first,)
    assert cache.undo_place(first.place.place_id, who="ana")
    assert cache.added_places() == ()


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Uqbar", "lat": 30.6, "lon": 70.5},
        {"name": "Tlön", "lat": 30.5, "lon": 70.5},
        {"name": "Uqbar", "lat": 30.5, "lon": 70.5, "feature_code": "AIRB"},
    ],
)
def test_another_name_point_or_kind_is_another_place(cache, place_store, other):
    add(cache, place_store, "Uqbar", 30.5, 70.5)
    assert add(cache, place_store, **other).earlier is None
    assert len(cache.added_places()) == 2


def test_a_place_that_the_gazetteer_has_is_not_added(cache, place_store):
    with pytest.raises(CorrectionError, match=r"the gazetteer has Ormara \(gn:1168700\) 0\.\d km"):
        add(cache, place_store, "Ormara", 25.21, 64.64)
    with pytest.raises(CorrectionError, match=r"the gazetteer has Tehran"):
        add(cache, place_store, "Tehran", 35.75, 51.3)
    assert cache.added_places() == ()
    assert add(cache, place_store, "Ormara", 25.21, 64.64, feature_code="PRT").earlier is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "X"},
        {"name": "--", "coordinates": POINT},
        {"name": "X", "coordinates": POINT, "feature_code": "NOPE"},
        {"name": "X", "coordinates": POINT, "country_codes": ["ZZ"]},
        {"name": "X", "area": "1,2,3"},
        {"name": "X", "area": "1 2, 3 4"},
        {"name": "X", "area": "91,2,95,3"},
        {"name": "X", "area": "here"},
    ],
)
def test_what_is_no_place_is_refused(cache, place_store, wrong):
    with pytest.raises(CorrectionError):
        add_missing_place(cache, place_store, who="ana", why="?", **wrong)
    assert cache.added_places() == ()


def test_an_outline_that_crosses_itself_is_refused_with_the_sides_that_cross():
    with pytest.raises(CorrectionError) as caught:
        read_area("30 70, 31 71, 31 70, 30 71")
    assert "its side from 30 70 to 31 71 and that from 31 70 to 30 71." in str(caught.value)
    assert read_area("30 70, 31 70, 30.2 70.2, 30 71")  # a corner that points inwards


def test_a_box_whose_south_is_its_north_is_told_so():
    with pytest.raises(CorrectionError, match=r"its south, 33.2, lies north of its north, 31.0"):
        read_area("33.2,44,31,45")


def test_a_box_is_an_area(place_store):
    assert read_area("30, 60, 31, 61").to_geojson()["type"] == "MultiPolygon"


@pytest.mark.parametrize(
    "area",
    [
        "-17,179,-16,-179",
        "-17 179, -17 -179, -16 -179, -16 179",
        "-16 -179, -16 179, -17 179, -17 -179",
    ],
)
def test_an_area_across_180_degrees_is_the_short_way_round(cache, place_store, area):
    added = add_missing_place(cache, place_store, "Ring Zone", area=area, who="ana", why="?").added
    box = added.place.bounds
    assert (box.west, box.east) == (179, -179)
    assert abs(added.place.coordinates.lon) == 180
    assert outlines.contains(added.geometry, Coordinates(lat=-16.5, lon=-179.5))
    assert not outlines.contains(added.geometry, Coordinates(lat=-16.5, lon=0))
    assert from_csv(to_csv((), [added])).places == (added,)


def test_a_shared_file_carries_everything(cache, tmp_path, village):
    cache.correct("Uqbar", village, who="ana", why='x, "y"\nz', article_id="a1", start=0)
    cache.correct("Tlön", None, who="ana", why="a book", source="The Herald")
    cache.undo(cache.correct("Orbis", village, who="ana", why="?"), who="ben")
    area = read_area("30,60,31,61")
    cache.add_place(village, aliases=["G", "H"], geometry=area, who="ana", why="been there")
    text = to_csv(cache.corrections(with_undone=True), cache.added_places())
    other = GazetteerCache(tmp_path / "other.sqlite")
    shared = from_csv(text)
    assert other.merge(shared.corrections, shared.places) == (4, 0)
    assert other.merge(shared.corrections, shared.places) == (0, 4)
    assert other.corrections(with_undone=True) == cache.corrections(with_undone=True)
    assert other.added_places() == cache.added_places()


def test_an_area_is_exported_as_its_corners_or_as_text_that_is_read_again(cache, village):
    cache.add_place(village, geometry=read_area("30.5,60,31,61"), who="ana", why="?")
    text = to_csv((), cache.added_places())
    assert '"30.5 60, 30.5 61, 31 61, 31 60"' in text
    assert from_csv(text).places == cache.added_places()
    beyond = replace(cache.added_places()[0], geometry=read_area("-1,170,1,-170"))
    assert from_csv(to_csv((), [beyond])).places == (beyond,)


def test_importing_brings_nothing_back_that_was_undone_here(cache, village):
    made = cache.correct("Uqbar", village, who="ana", why="?")
    cache.add_place(village, who="ana", why="?")
    text = to_csv(cache.corrections(), cache.added_places())
    cache.undo(made, who="ben")
    cache.undo_place(village.place_id, who="ben")
    shared = from_csv(text)
    assert cache.merge(shared.corrections, shared.places) == (0, 2)
    assert cache.corrections() == ()
    assert cache.added_places() == ()


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
COORDINATES = st.builds(
    Coordinates, lat=st.floats(-90, 90, allow_nan=False), lon=st.floats(-180, 180, allow_nan=False)
)


@given(name=TEXT, who=TEXT, why=TEXT, point=COORDINATES, source=TEXT)
def test_any_record_survives_the_file(name, who, why, point, source):
    place: Place = replace(new_place("X", coordinates=point), name=name + "x")
    who, why = who + "a", why + "y"
    made = Correction(
        correction_id=0,
        name=name + "x",
        place=place,
        who=who,
        why=why,
        made_at=NOW,
        source=source or None,
    )
    added = AddedPlace(place=place, who=who, why=why, made_at=NOW)
    shared = from_csv(to_csv([made], [added]))
    assert (shared.corrections, shared.places) == ((made,), (added,))


@pytest.mark.parametrize("cell", ["=1+1", "@x", "+x", "-x", "'=x", "''"])
def test_no_cell_starts_as_a_formula_does(cell):
    made = Correction(correction_id=0, name="Uqbar", place=None, who=cell, why=cell, made_at=NOW)
    text = to_csv([made], [])
    assert f",'{cell}," in text
    assert from_csv(text).corrections == (made,)


def test_a_hand_written_table_needs_few_columns():
    shared = from_csv(
        "\ufeffkind,name,place_id,lat,lon,area,who,why,made_at\r\n"
        'place,Uqbar,own:u,1,2,"0,1,2,3",ana,map,2026-01-01T00:00:00+00:00\r\n'
    )
    (added,) = shared.places
    assert (added.place.name, added.place.feature_code) == ("Uqbar", "PPL")
    assert added.geometry is not None


@pytest.mark.parametrize(
    "row",
    [
        "correction,Uqbar,gn:1,north,2,ana,why,2026-01-01T00:00:00+00:00",
        "correction,Uqbar,gn:1,91,2,ana,why,2026-01-01T00:00:00+00:00",
        "correction,Uqbar,,,,ana,why,yesterday",
        "correction,Uqbar,,,,ana,why,2026-01-01T00:00:00",
        "correction,,,,,ana,why,2026-01-01T00:00:00+00:00",
        "place,Uqbar,,1,2,ana,why,2026-01-01T00:00:00+00:00",
        "thing,Uqbar,,1,2,ana,why,2026-01-01T00:00:00+00:00",
        "correction",
    ],
)
def test_an_unreadable_row_is_named_and_nothing_is_taken(row):
    good = "correction,Good,,,,ana,why,2026-01-01T00:00:00+00:00"
    with pytest.raises(CorrectionError, match="line 3"):
        from_csv(f"kind,name,place_id,lat,lon,who,why,made_at\n{good}\n{row}\n")


def test_another_table_is_refused():
    with pytest.raises(CorrectionError, match="kind"):
        from_csv("a,b\n1,2\n")
    with pytest.raises(CorrectionError):
        from_csv("")


def test_columns_are_documented_once():
    assert len(set(COLUMNS)) == len(COLUMNS)


@pytest.mark.parametrize(
    ("who", "why", "cure"), [(" ", "a call", "Say who"), ("Ada", "", "Say why")]
)
def test_a_correction_says_who_and_why(cache, village, who, why, cure):
    with pytest.raises(CorrectionError, match=cure):
        cache.correct("Springfield", None, who=who, why=why)
    with pytest.raises(CorrectionError, match=cure):
        cache.add_place(village, who=who, why=why)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"lat": "north"}, "line 2: lat 'north' is no number"),
        ({"box": "30,60,20,70"}, "line 2: box '30,60,20,70' is not south,west,north,east"),
        ({"who": ""}, "line 2: Say who"),
        ({"why": " "}, "line 2: Say why"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_its_column_and_cure(cells, message):
    row = {
        "kind": "place", "name": "Nowhere", "place_id": "own:x", "lat": "1", "lon": "2",
        "who": "Ada", "why": "a call", "made_at": "2026-01-01T00:00:00+00:00", **cells,
    }  # fmt: skip
    lines = (row.keys(), (f'"{cell}"' for cell in row.values()))
    with pytest.raises(CorrectionError, match=message):
        from_csv("\n".join(",".join(line) for line in lines))
