"""Snapshots of the real store, made and checked through the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from dashboard.cli import main
from dashboard.pipeline import SAMPLES

ORMARA = SAMPLES / "2019-ormara-bus-attack.txt"
TEHRAN = SAMPLES / "2019-pakistan-iran-visit.txt"


def dateline(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def home(tmp_path, monkeypatch, place_store):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    assert dateline("add", ORMARA).exit_code == 0
    return tmp_path


@pytest.fixture
def snapshot(home):
    assert dateline("snapshot", home, "--title", "Ormara", "--note", "for the desk").exit_code == 0
    [path] = home.glob("dateline-*.html")
    return path


def test_the_store_gives_a_snapshot_again_byte_for_byte(snapshot):
    result = dateline("verify", snapshot)
    assert result.exit_code == 0, result.output
    assert "content hash: holds" in result.stdout
    assert "store: the same bytes" in result.stdout


def test_reports_that_were_added_later_are_told_and_do_not_break_it(snapshot):
    dateline("add", TEHRAN)
    result = dateline("verify", snapshot)
    assert result.exit_code == 0, result.output
    assert "events of other reports match the filter now" in result.stdout


def test_a_changed_file_is_found_out(snapshot):
    snapshot.write_bytes(snapshot.read_bytes().replace(b"for the desk", b"for the dusk"))
    result = dateline("verify", "--hash-only", snapshot)
    assert result.exit_code == 1
    assert "content hash: DOES NOT HOLD" in result.stdout


def test_a_report_that_left_the_store_is_named(snapshot, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "another"))
    result = dateline("verify", snapshot)
    assert result.exit_code == 1
    assert "store: OTHER BYTES" in result.stdout
    assert "the store has no such events of" in result.stdout


def test_two_snapshots_are_compared(snapshot, home):
    dateline("add", TEHRAN)
    dateline("snapshot", home / "later.html")
    result = dateline("diff", snapshot, home / "later.html")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines
    assert all(line.startswith("new ") for line in lines)
    changes = json.loads(dateline("diff", "--format", "json", snapshot, home / "later.html").stdout)
    assert len(changes) == len(lines)
    assert dateline("diff", snapshot, snapshot).stdout == ""


def test_a_filter_is_kept_in_the_manifest_and_applied_again(home):
    dateline("add", TEHRAN)
    dateline("snapshot", home / "iran.html", "--actor", "IRN", "--type", "CONSULT")
    assert dateline("verify", home / "iran.html").exit_code == 0


def test_another_file_gets_a_clear_message(tmp_path):
    (tmp_path / "x.html").write_text("<p>hello", encoding="utf-8")
    result = dateline("verify", tmp_path / "x.html")
    assert result.exit_code == 1
    assert "no Dateline snapshot" in result.stderr


@pytest.mark.parametrize("form", ["csv", "geojson", "gpkg", "kml", "plover", "ftm", "annotations"])
def test_events_are_exported_to_a_file(home, form):
    result = dateline("events", "--format", form, "--out", home / "events")
    assert result.exit_code == 0, result.output
    data = (home / "events").read_bytes()
    assert b"Ormara" in data
    assert dateline("events", "--format", form).stdout_bytes == data


def test_a_table_has_no_file(home):
    assert dateline("events", "--out", home / "events").exit_code == 2


def test_a_picture_is_drawn_by_the_name_of_its_file(home):
    assert dateline("picture", home / "map.svg", "--size", "social").exit_code == 0
    assert (home / "map.svg").read_text(encoding="utf-8").startswith("<svg ")
    assert dateline("picture", home / "map.jpg").exit_code == 2


def test_a_png_is_drawn_from_the_command_line(home):
    pytest.importorskip("resvg_py")
    assert dateline("picture", home / "map.png").exit_code == 0
    assert (home / "map.png").read_bytes().startswith(b"\x89PNG")
