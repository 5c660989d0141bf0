from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from dashboard.comparison import differences
from dashboard.disclosure import disclose
from dashboard.errors import UnreadableInputError
from dashboard.evidence import content_hash, file_name, read_snapshot
from dashboard.provenance import About, Provenance
from dashboard.snapshot import snapshot_html


def page(sample, reports, **options):
    options = {"title": "Sample", "as_of": date(2019, 11, 26), **options}
    return snapshot_html(disclose(reports), sample.SampleGeometry(), About(**options))


def contents(sample, reports, **options):
    return read_snapshot("sample.html", page(sample, reports, **options).encode())


def changed(reports, number, **values):
    return [
        replace(report, event=replace(report.event, **values)) if at == number else report
        for at, report in enumerate(reports)
    ]


def test_the_stated_hash_is_that_of_the_bytes(sample):
    found = contents(sample, sample.reports())
    assert found.is_intact
    assert content_hash(page(sample, sample.reports())) == found.stated_hash
    assert file_name(page(sample, sample.reports())) == f"dateline-{found.stated_hash[:12]}.html"


@pytest.mark.parametrize("what", ["Tehran", "quote", "2019-04", "leaflet"])
def test_any_other_byte_breaks_the_hash(sample, what):
    changed_page = page(sample, sample.reports()).replace(what, what.upper(), 1)
    changed_page = changed_page.replace("2019-04", "2019-05", 1)
    assert not read_snapshot("x", changed_page.encode()).is_intact


def test_the_manifest_says_what_is_not_shown_and_why(sample):
    manifest = contents(sample, sample.reports(), total=40, filter_text="actors Iran").manifest
    assert manifest["not_shown"] == {"by_filter": 26, "counted_only": 0, "without_place": 1}
    assert manifest["unplaced"] == {"The sentence names no place.": 1}
    assert manifest["filter"] == "actors Iran"
    assert manifest["as_of"] == "2019-11-26"


def test_the_manifest_names_versions_corrections_and_hashes_of_the_texts(sample):
    article_id = sample.reports()[0].article.article_id
    provenance = Provenance(
        dateline="0.1.0",
        places="abc",
        model="m",
        query={"actors": "IRN"},
        corrections=((article_id, "the Gulf", "cur:persian-gulf"),),
        text_hashes={article_id: "0" * 64},
    )
    manifest = contents(sample, sample.reports(), provenance=provenance).manifest
    assert manifest["query"] == {"actors": "IRN"}
    assert manifest["corrections"] == [[article_id, "the Gulf", "cur:persian-gulf"]]
    hashes = {source["article_id"]: source["text_sha256"] for source in manifest["sources"]}
    assert hashes[article_id] == "0" * 64


def test_the_data_inside_is_geojson(sample):
    html = page(sample, sample.reports())
    block = re.search(r'id="dateline-data">(.*?)</script>', html, re.DOTALL)[1]
    collection = json.loads(block)
    assert collection["type"] == "FeatureCollection"
    features = collection["features"]
    ids = [feature["properties"].get("place_id") for feature in features]
    assert len(ids) == len(set(ids)), "a place's outline stands there once"
    listed = {e["event_id"] for feature in features for e in feature["properties"]["events"]}
    assert listed == {report.event.event_id for report in sample.reports()}
    assert any(f["geometry"] and f["geometry"]["type"] == "Point" for f in collection["features"])


def test_hostile_text_neither_ends_the_data_nor_poses_as_the_hash(sample):
    forged = '</script><code id="content-hash">' + "a" * 64 + "</code>"
    hostile = forged + sample.HOSTILE
    report = sample.hostile_report()
    reports = [replace(report, article=replace(report.article, title=forged))]
    found = contents(sample, reports, title=hostile, note='id="dateline-manifest">{}</script>')
    assert found.is_intact
    assert found.manifest["title"] == hostile
    assert found.manifest["sources"][0]["title"] == forged
    assert found.manifest["sources"][0]["url"] is None, "a link that is no web link"


def test_two_snapshots_of_the_same_events_do_not_differ(sample):
    reports = sample.reports()
    assert not differences(contents(sample, reports), contents(sample, reports[::-1], title="B"))


def test_a_difference_is_new_removed_moved_or_revised(sample):
    reports = sample.reports()
    placed = next(n for n, r in enumerate(reports) if r.event.locations)
    before = reports[placed].event.locations[0].place
    others = (r.event.locations for r in reports if r.event.locations)
    other = next(found for found in others if found[0].place != before)
    later = changed(reports[:-1], placed, locations=other)
    dated = next(n for n in range(len(later)) if n != placed and later[n].event.when)
    later = changed(later, dated, when=None)
    found = differences(contents(sample, reports), contents(sample, later))
    kinds = {change.kind: change for change in found}
    assert set(kinds) == {"removed", "moved", "revised"}
    assert kinds["removed"].event_id == reports[-1].event.event_id
    assert "place: " in kinds["moved"].details[0]
    assert any(detail.endswith("→ none") for detail in kinds["revised"].details)
    back = differences(contents(sample, later), contents(sample, reports))
    assert {change.kind for change in back} == {"new", "moved", "revised"}


def test_an_event_of_another_type_is_revised_not_new(sample):
    reports = sample.reports()
    later = changed(reports, 1, event_type="THREATEN", event_id="f" * 16)
    [change] = differences(contents(sample, reports), contents(sample, later))
    assert change.kind == "revised"
    assert change.details[0] == f"event_type: {reports[1].event.event_type} → THREATEN"


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"<html></html>", b'<script id="dateline-manifest">[]</script>']
)
def test_another_file_is_told_to_be_no_snapshot(data):
    with pytest.raises(UnreadableInputError, match="no Dateline snapshot"):
        read_snapshot("other.html", data)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('"query":{', '"quarry":{'),
        ('"as_of":"2019-11-26"', '"as_of":"yesterday!"'),
        ('"total":14', '"total":"14"'),
        ('"sources":[{', '"sources":[7,{'),
        ('"events":[', '"incidents":['),
        ('"form":1', '"form":[]'),
    ],
)
def test_a_mangled_manifest_gets_a_clear_message(sample, was, becomes):
    html = page(sample, sample.reports())
    assert was in html
    with pytest.raises(UnreadableInputError):
        read_snapshot("mangled.html", html.replace(was, becomes).encode())


def test_two_processes_write_the_same_bytes(sample, tmp_path):
    script = (
        "import runpy, sys\nfrom datetime import date\n"
        "from dashboard.disclosure import disclose\n"
        "from dashboard.provenance import About\nfrom dashboard.snapshot import snapshot_html\n"
        f"s = runpy.run_path({str(sample_path())!r})\n"
        "html = snapshot_html(disclose(s['reports']()), s['SampleGeometry'](), "
        "About(title='Sample', as_of=date(2019, 11, 26)))\nsys.stdout.buffer.write(html.encode())\n"
    )
    written = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    assert written.stdout.decode() == page(sample, sample.reports())


def sample_path():
    from pathlib import Path

    return Path(__file__).parents[1] / "sample_reports.py"
