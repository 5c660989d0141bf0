"""The compiled place data: what is written into its files comes back, and is as it must be."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.errors import PlaceDataError
from gazetteer.filling import StoreFilling
from gazetteer.names import name_keys
from gazetteer.packed import (
    CHECKSUMS,
    read_columns,
    read_names,
    read_numbers,
    write_columns,
    write_numbers,
)
from gazetteer.places import BoundingBox, Coordinates, FeatureClass, GeoPrecision, Place
from gazetteer.records import PlaceRecord
from gazetteer.schema import PLACE_COLUMNS, SCHEMA, place_of
from gazetteer.shipped import _Shipped
from gazetteer.sources.columns import area_columns

GULF = Place(
    place_id="sea:test",
    name="Test Gulf",
    coordinates=Coordinates(lat=1.5, lon=-2.25),
    feature_class=FeatureClass.WATER,
    feature_code="GULF",
    precision=GeoPrecision.WATER,
    countries=("IR", "SA"),
    bounds=BoundingBox(south=1, west=-3, north=2, east=-2),
    radius_km=12.5,
    is_disputed=True,
)
TOWNLIKE = Place(
    place_id="adm1:XX.01",
    name="Test Land",
    coordinates=Coordinates(lat=-1, lon=2),
    feature_class=FeatureClass.ADMIN,
    feature_code="ADM1",
    precision=GeoPrecision.ADMIN1,
    country_code="XX",
    admin1_code="01",
    population=1234,
)


def write_checksums(folder: Path, *files: str) -> None:
    digests = (hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in files)
    lines = [f"{digest}  {file}\n" for digest, file in zip(digests, files, strict=True)]
    (folder / CHECKSUMS.name).write_text("".join(lines), "utf-8")


def test_columns_and_numbers_come_back_from_their_files(tmp_path: Path):
    columns = [["Tehran", "طهران", ""], ["", "x\ty", "|"]]
    write_columns(tmp_path / "a", columns)
    write_numbers(tmp_path / "b", [0, 7, 2**32 - 1])
    write_checksums(tmp_path, "a", "b")
    assert read_columns("a", tmp_path) == columns
    assert list(read_numbers("b", tmp_path)) == [0, 7, 2**32 - 1]


def test_a_damaged_file_is_refused(tmp_path: Path):
    write_columns(tmp_path / "a", [["x"]])
    write_checksums(tmp_path, "a")
    (tmp_path / "a").write_bytes(b"other")
    with pytest.raises(PlaceDataError, match="checksum"):
        read_columns("a", tmp_path)


def test_shipped_names_have_the_keys_of_today_in_their_order_and_none_twice_of_a_place():
    spellings, keys, bearers = read_names()
    assert keys == name_keys(spellings)
    assert keys == sorted(keys)
    assert len(set(zip(keys, bearers, strict=True))) == len(keys)
    assert set(bearers) == set(range(max(bearers) + 1))


@pytest.fixture
def filling() -> Iterator[tuple[StoreFilling, sqlite3.Connection]]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(SCHEMA)
        yield StoreFilling(database, "name"), database


def test_areas_come_back_from_their_columns(filling):
    places = (GULF, TOWNLIKE)
    columns = list(area_columns(PlaceRecord(place=place) for place in places))
    _Shipped(filling[0], None).add_areas(columns)
    rows = filling[1].execute(f"SELECT {PLACE_COLUMNS} FROM place p ORDER BY number").fetchall()
    assert tuple(map(place_of, rows)) == places


def test_of_two_spellings_with_one_key_the_later_one_stays(filling):
    into, database = filling
    into.add_names((["a", "a", "b"], [5, 5, 5], [1, 1, 1], ["A", "À", "B"]))
    rows = database.execute("SELECT key, spelling FROM name").fetchall()
    assert rows == [("a", "À"), ("b", "B")]


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 2**40), st.text()), max_size=120, unique_by=lambda r: r[0]
    )
)
def test_columns_of_any_length_are_inserted_whole(rows: list[tuple[int, str]]):
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(SCHEMA)
        columns = [[n for n, _ in rows], [f"|{name}" for _, name in rows]]
        StoreFilling(database, "name").add_spellings(columns)
        found = database.execute("SELECT * FROM spellings ORDER BY place").fetchall()
    assert found == sorted((n, f"|{name}") for n, name in rows)
