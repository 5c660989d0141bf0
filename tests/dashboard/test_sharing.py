"""Snapshots of the real store, made and checked through the command line."""

from __future__ import annotations

import json
import re
from contextlib import closing

import pytest
from click.testing import CliRunner

from dashboard.bulk import SAMPLES
from dashboard.cli import main
from dashboard.embedding import embed_html
from dashboard.filters import EventFilter
from dashboard.formats import FORMATS
from dashboard.sharing import brief_of, export_of, picture_of, snapshot_of
from dashboard.sources import NewsSource, SharingRule
from dashboard.store import EventStore
from gazetteer.build import open_place_store

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
    assert "not as it was made" in dateline("diff", snapshot, snapshot).stderr


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
    told = ("title: ", "note: ")
    lines = [line for line in result.stdout.splitlines() if not line.startswith(told)]
    assert lines
    assert all(line.startswith("new ") for line in lines)
    changes = json.loads(dateline("diff", "--format", "json", snapshot, home / "later.html").stdout)
    assert len(changes) == len(lines)
    assert dateline("diff", snapshot, snapshot).stdout == ""


def test_what_the_other_s_filter_leaves_out_is_not_called_removed(home):
    dateline("add", TEHRAN)
    assert dateline("snapshot", home / "all.html").exit_code == 0
    assert dateline("snapshot", home / "few.html", "--type", "ASSAULT").exit_code == 0
    lines = dateline("diff", home / "all.html", home / "few.html").stdout.splitlines()
    assert lines[0].startswith("filter: none → ")
    assert all(line.startswith("left out ") for line in lines[1:])
    lines = dateline("diff", home / "few.html", home / "all.html").stdout.splitlines()
    assert all(line.startswith("let in ") for line in lines[1:])
    assert "outside the other's: type" in lines[1]


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


def test_a_snapshot_made_with_care_is_rebuilt_with_the_same_care(home):
    path = home / "careful.html"
    assert dateline("snapshot", path, "--blur", "25", "--mask-names").exit_code == 0
    html = path.read_text(encoding="utf-8")
    assert "made coarse, within 25 km" in html
    assert dateline("verify", path).exit_code == 0


def test_a_rule_that_changed_is_named_by_the_check(home):
    text = "Nov 20, 2021\n\nSoldiers killed nine herders near Kaduna on Monday."
    (home / "brief.txt").write_text(text, encoding="utf-8")
    assert dateline("add", "--source", "Example Wire", home / "brief.txt").exit_code == 0
    assert dateline("snapshot", home / "a.html").exit_code == 0
    with closing(EventStore()) as store:
        name = next(r.article.source for r in store.reports() if r.article.source)
        store.publishers.set_source(NewsSource(name=name, sharing=SharingRule.POINTS))
    result = dateline("verify", home / "a.html")
    assert result.exit_code == 1
    assert f"the rule of {name} was quotes, is points" in result.stdout
    assert dateline("snapshot", home / "b.html").exit_code == 0
    assert dateline("verify", home / "b.html").exit_code == 0
    with closing(EventStore()) as store:
        store.publishers.set_source(NewsSource(name=name, sharing=SharingRule.AGGREGATES))
    assert dateline("snapshot", home / "c.html").exit_code == 0
    assert "Counted only" in (home / "c.html").read_text(encoding="utf-8")
    assert dateline("verify", home / "c.html").exit_code == 0


def test_a_title_that_is_the_text_s_own_does_not_leave_a_source_that_shares_points(home):
    text = (
        "Gunmen killed 14 bus passengers in Ormara on Thursday. Police in Gwadar arrested two men."
    )
    (home / "bare.txt").write_text(text, encoding="utf-8")
    dateline("remove", ORMARA)
    assert dateline("add", "--source", "Example Wire", home / "bare.txt").exit_code == 0
    with closing(EventStore()) as store:
        store.publishers.set_source(NewsSource(name="Example Wire", sharing=SharingRule.POINTS))
        only = EventFilter(sources=("Example Wire",))
        with open_place_store() as places:
            pages = [
                snapshot_of(only, store, places, title="x").encode(),
                brief_of(only, store, places, title="x").encode(),
                picture_of(only, store, places, title="x", form="svg"),
                embed_html(only.to_query(), store, places).encode(),
                *(
                    export_of(form, only, store, places)[0]
                    for name, form in FORMATS.items()
                    if name not in {"kmz", "annotations"}
                ),
            ]
    assert b"Report of Example Wire" in pages[0]
    assert b"1 title left out" in pages[0]
    for page in pages:
        assert b"bus passengers" not in page
        assert b"Gunmen killed" not in page


def test_the_gallery_gives_a_kept_snapshot_back_byte_for_byte(home):
    assert dateline("snapshot", home / "a.html", "--keep", "--title", "Kept").exit_code == 0
    listed = dateline("gallery", "list").stdout
    assert "Kept" in listed
    key = next(line.split()[0] for line in listed.splitlines() if "Kept" in line)
    assert dateline("gallery", "fetch", key, home / "b.html").exit_code == 0
    assert (home / "b.html").read_bytes() == (home / "a.html").read_bytes()
    assert dateline("gallery", "delete", key).exit_code == 0
    result = dateline("gallery", "fetch", key, home / "c.html")
    assert result.exit_code == 1
    assert "No single snapshot" in result.stderr


def test_a_brief_is_written_and_names_are_put_on_the_list_and_taken_off(home):
    assert dateline("brief", home / "brief.html").exit_code == 0
    assert "Events in order" in (home / "brief.html").read_text(encoding="utf-8")
    assert dateline("withhold", "Ana Example", "B. Example").stdout.splitlines() == [
        "Ana Example",
        "B. Example",
    ]
    assert dateline("withhold", "--release", "Ana Example").stdout == "B. Example\n"


@pytest.mark.parametrize("form", ["csv", "json", "geojson"])
def test_what_is_withheld_is_said_on_the_way(home, form):
    result = dateline("events", "--format", form, "--blur", "50")
    assert result.exit_code == 0
    assert re.search(r"withheld: \d+ places? made coarse to within 50 km", result.stderr)
    assert "place withheld" in result.stdout


def test_annotations_made_coarse_get_a_clear_message(home):
    result = dateline("events", "--format", "annotations", "--blur", "50")
    assert result.exit_code == 1
    assert "Choose another form" in result.stderr
