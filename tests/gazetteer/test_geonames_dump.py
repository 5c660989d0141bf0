"""The store from GeoNames' own dumps: what is read, what is refused, what stays when it fails."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pytest

from gazetteer.errors import PlaceDataError
from gazetteer.geonames_dump import DumpReport, build_from_dump
from gazetteer.store import MOST_BEARERS, PlaceStore


def line(number: object, name: str, lat: object = 30.5, lon: object = 70.5, **more: str) -> str:
    cells = [""] * 19
    cells[0:6] = [str(number), name, name, more.get("names", ""), str(lat), str(lon)]
    cells[6:9] = [more.get("letter", "P"), more.get("code", "PPL"), "PK"]
    cells[10], cells[14] = "02", more.get("population", "0")
    return "\t".join(cells)


GOOD = [
    line(99000001, "Gilgamville", names="Gilgam City,جلجم", population="1234"),
    line(99000002, "Uqbar Farm", letter="S", code="FRM"),
    line(112931, "Tehran", 35.6944, 51.4215, code="PPLC", population="7153309"),
]
BAD = [
    "nonsense",
    line("x", "No number"),
    line(99000004, "Nowhere", lat="north"),
    line(99000005, "Off", lat=99),
    line(99000006, ""),
    line(99000001, "Twice"),
    line(99000008, "Classless", letter=""),
    line(10**12, "Too large"),
]
NAMES = [
    "1\t99000001\ten\tGilgam Town\t\t\t\t\t\t",
    "2\t99000001\tlink\thttps://example.org\t\t\t\t\t\t",
    "3\t99000002\tru\tУкбар\t\t\t\t\t\t",
    "broken",
    "4\t5\ten\tOf nobody\t\t\t\t\t\t",
]


def zipped(path: Path, lines: list[str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "read me" * 10_000)
        archive.writestr(path.stem + ".txt", "\n".join(lines) + "\n")
    return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DumpReport, list[float]]:
    folder = tmp_path_factory.mktemp("dump")
    path, shares = folder / "places.sqlite", []
    report = build_from_dump(
        path,
        zipped(folder / "allCountries.zip", GOOD + BAD),
        zipped(folder / "alternateNamesV2.zip", NAMES),
        lambda _what, share: shares.append(share),
    )
    return path, report, shares


@pytest.mark.parametrize("name", ["Gilgamville", "gilgam city", "Gilgam Town", "جلجم"])
def test_a_place_is_found_by_all_its_names(built, name: str):
    with PlaceStore(built[0]) as store:
        (match,) = store.by_name(name)
    place = match.place
    assert (place.place_id, place.country_code, place.admin1_code) == ("gn:99000001", "PK", "02")
    assert (place.population, place.feature_code) == (1234, "PPL")
    assert match.is_primary == (name == "Gilgamville")


def test_places_of_every_kind_are_read(built):
    with PlaceStore(built[0]) as store:
        (match,) = store.by_name("Укбар")
        assert (match.place.name, match.place.population) == ("Uqbar Farm", None)
        assert store.names_of("gn:99000002") == ("Uqbar Farm", "Укбар")


def test_what_dateline_ships_is_there_too(built):
    with PlaceStore(built[0]) as store:
        assert store.by_name("Strait of Hormuz")
        assert store.by_name("Lahore")[0].place.place_id == "gn:1172451"
        assert [m.place.place_id for m in store.by_name("Tehran")].count("gn:112931") == 1
        assert store.geometry("adm1:IR.26") is not None
        assert "allCountries.zip" in store.built_from


def test_bad_lines_are_counted_and_told(built):
    report = built[1]
    assert report.lines == len(GOOD) + len(BAD)
    assert report.bad_lines == len(BAD) + 1
    assert "line 4" in " ".join(report.problems)


def test_progress_runs_from_nought_to_one(built):
    shares = built[2]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_the_totals_are_those_of_the_tables(built):
    path, report, _ = built
    with PlaceStore(path) as store:
        assert store.size() == (report.places, report.names)


def test_what_is_no_dump_leaves_the_old_store_alone(tmp_path: Path):
    path, dump = tmp_path / "places.sqlite", tmp_path / "allCountries.txt"
    path.write_bytes(b"the old store")
    dump.write_text("not\na dump\n")
    with pytest.raises(PlaceDataError, match=r"allCountries\.txt"):
        build_from_dump(path, dump)
    assert path.read_bytes() == b"the old store"
    left = {file.name for file in tmp_path.iterdir()}
    assert left == {dump.name, path.name, "places.lock"}


def test_a_broken_archive_is_told(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("picture.png", "no text")
    with pytest.raises(PlaceDataError, match="no text file"):
        build_from_dump(tmp_path / "places.sqlite", tmp_path / "x.zip")


def test_an_archive_that_was_damaged_on_its_way_is_told(tmp_path: Path):
    path = zipped(tmp_path / "x.zip", [line(20_000_000 + n, f"Place {n}") for n in range(3000)])
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(PlaceDataError, match="damaged"):
        build_from_dump(tmp_path / "places.sqlite", path)


def test_an_archive_that_did_not_come_whole_is_told(tmp_path: Path):
    path = zipped(tmp_path / "x.zip", GOOD)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(PlaceDataError, match=r"^x\.zip: the archive is damaged.*fetch it again"):
        build_from_dump(tmp_path / "places.sqlite", path)


def test_another_file_in_place_of_the_alternate_names_leaves_the_store_as_it_was(tmp_path: Path):
    path, places = tmp_path / "places.sqlite", zipped(tmp_path / "x.zip", GOOD)
    path.write_bytes(b"as it was")
    with pytest.raises(PlaceDataError, match=r"^x\.zip: not one line is an alternate name"):
        build_from_dump(path, places, places)
    assert [file.read_bytes() for file in tmp_path.glob("places.sqlite*")] == [b"as it was"]


def test_the_store_is_a_sound_database(built):
    with sqlite3.connect(built[0]) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


def test_a_build_that_is_interrupted_leaves_the_old_store_in_place(tmp_path: Path):
    path = tmp_path / "places.sqlite"
    path.write_bytes(b"the old store")
    dump = zipped(tmp_path / "allCountries.zip", GOOD)

    def interrupt(what: str, _share: float) -> None:
        if what == "Indexing names":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_from_dump(path, dump, zipped(tmp_path / "alternateNamesV2.zip", NAMES), interrupt)
    assert path.read_bytes() == b"the old store"
    assert {file.suffix for file in tmp_path.iterdir()} == {".zip", ".lock", ".sqlite"}


def test_what_a_killed_build_left_is_no_obstacle(tmp_path: Path):
    path = tmp_path / "places.sqlite"
    path.with_name("places.sqlite.tmp").write_bytes(b"half a store")
    path.with_name("places.sqlite.names.tmp").write_bytes(b"half of the names")
    names = zipped(tmp_path / "alternateNamesV2.zip", NAMES)
    build_from_dump(path, zipped(tmp_path / "allCountries.zip", GOOD), names)
    with PlaceStore(path) as store:
        assert store.by_name("Gilgam Town")
    assert not [file for file in tmp_path.iterdir() if file.suffix == ".tmp"]


def test_of_thousands_with_one_name_the_best_known_answer(tmp_path: Path):
    path = tmp_path / "places.sqlite"
    lines = [
        line(99000000 + number, "Uqbar", lon=number / 100, population=str(10 * number + 1))
        for number in range(3000)
    ]
    build_from_dump(path, zipped(tmp_path / "allCountries.zip", lines))
    with PlaceStore(path) as store:
        found = store.by_name("Uqbar")
        assert len(found) == MOST_BEARERS
        assert found[0].place.population == 29_991
        assert min(match.place.population or 0 for match in found) > 16_000
        assert len(store.by_name("Uqbar", limit=10_000)) == 3000
        assert store.by_prefix("U")  # well-known places first, whatever else starts so
