"""Every form of export, read back by another program than wrote it."""

from __future__ import annotations

import csv
import io
import json
import runpy
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from jsonschema import Draft202012Validator

from dashboard.commands.events import EXPORTS
from dashboard.disclosure import Care, disclose
from dashboard.formats import FORMATS
from dashboard.formats.tables import ACLED_COLUMNS, COLUMNS, safe_cell
from dashboard.provenance import About
from dashboard.snapshot import snapshot_html
from dashboard.sources import NewsSource, SharingRule
from gazetteer.toponyms import Candidate, Geoparse, Resolution


@pytest.fixture(scope="module")
def sample():
    path = Path(__file__).parents[2] / "sample_reports.py"
    return SimpleNamespace(**runpy.run_path(str(path)))


class Corpus:
    """Answers for the sample's articles with the places of their events."""

    def __init__(self, reports):
        self.reports = reports

    def article(self, article_id):
        raise LookupError(article_id)

    def geoparse_of(self, article_id):
        resolutions = tuple(
            Resolution(
                mention=location.mention,
                candidates=(Candidate(place=location.place, score=0.9),),
                method="store",
            )
            for report in self.reports
            if report.article.article_id == article_id
            for location in report.event.locations
        )
        return Geoparse(text="", resolutions=resolutions)


def write(sample, form, reports=None):
    reports = sample.reports() if reports is None else reports
    return FORMATS[form].write(disclose(reports), sample.SampleGeometry(), Corpus(reports))


def places(reports):
    return sum(len(report.event.locations) for report in reports)


def test_the_command_line_knows_every_form():
    assert tuple(FORMATS) == EXPORTS


@pytest.mark.parametrize("form", [name for name in EXPORTS if name != "annotations"])
def test_the_order_of_reports_does_not_change_the_bytes(sample, form):
    assert write(sample, form) == write(sample, form, sample.reports()[::-1])


@pytest.mark.parametrize("form", EXPORTS)
def test_no_events_are_a_file_too(sample, form):
    assert isinstance(write(sample, form, []), bytes)


@pytest.mark.parametrize("form", EXPORTS)
def test_hostile_text_is_only_text(sample, form):
    data = write(sample, form, [sample.hostile_report()])
    if form in {"csv", "acled", "geojson", "plover", "ftm", "annotations"}:
        data.decode("utf-8")
    if form == "kml":
        assert b"<script" not in data
        assert b"&lt;script" in data or b"&amp;lt;script" in data
    assert b"javascript:" not in data


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_a_row_a_place_and_one_for_no_place(sample):
    found = rows(write(sample, "csv"))
    assert tuple(found[0]) == COLUMNS
    unplaced = sum(not report.event.locations for report in sample.reports())
    assert len(found) == places(sample.reports()) + unplaced
    tehran = next(row for row in found if row["place"] == "Tehran")
    assert (tehran["latitude"], tehran["longitude"]) == ("35.6944", "51.4215")
    apia = next(row for row in found if row["place"] == "Apia")
    assert apia["longitude"] == "-171.7667", "a number is no formula"


def test_pandas_reads_the_csv(sample):
    import pandas as pd

    frame = pd.read_csv(io.BytesIO(write(sample, "csv")))
    assert list(frame.columns) == list(COLUMNS)
    assert frame["latitude"].dtype == float


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =HYPERLINK(1)", "\uff1dcmd|' /C calc'!A0"],
)
def test_a_formula_is_shown_and_not_run(sample, text):
    assert str(safe_cell(text)).startswith("'")
    report = sample.reports()[0]
    report = replace(report, article=replace(report.article, title=text, source=text))
    for form in ("csv", "acled"):
        for row in rows(write(sample, form, [report])):
            cells = [row.get("title", "'"), row.get("publisher", "'"), row.get("source", "'")]
            assert all(cell == "" or cell[0] not in "=+-@\t\r\n" for cell in cells)


def test_a_number_and_plain_text_stay_as_they_are():
    assert safe_cell(-71.2) == -71.2
    assert safe_cell(["Iran", "Iraq"]) == "Iran; Iraq"
    assert safe_cell("a = b") == "a = b"
    assert safe_cell(None) == ""


def test_acled_columns_hold_what_its_code_book_knows(sample):
    found = rows(write(sample, "acled"))
    assert tuple(found[0]) == ACLED_COLUMNS
    assert {row["event_type"] for row in found} <= {
        "Battles",
        "Explosions/Remote violence",
        "Violence against civilians",
        "Protests",
        "Riots",
        "Strategic developments",
    }
    assert all(row["fatalities"] == "" for row in found)
    ormara = next(row for row in found if row["location"] == "Ormara")
    assert (ormara["country"], ormara["geo_precision"], ormara["time_precision"]) == (
        "Pakistan",
        "1",
        "3",
    )


def layers_of(data, path, layers):
    pyogrio = pytest.importorskip("pyogrio")
    path.write_bytes(data)
    return {name: pyogrio.raw.read(path, layer=name) for name in layers}, pyogrio


def test_gdal_reads_the_geopackage(sample, tmp_path):
    names = ("events_points", "events_lines", "events_areas", "events_without_place")
    found, pyogrio = layers_of(write(sample, "gpkg"), tmp_path / "events.gpkg", names)
    counts = {name: len(raw[3][0]) for name, raw in found.items()}
    expected = Counter(
        {"Point": 0, "MultiLineString": 0, "MultiPolygon": 0, None: 0}
        | Counter(
            f["geometry"]["type"] if f["geometry"] else None
            for f in json.loads(write(sample, "geojson"))["features"]
        )
    )
    assert list(counts.values()) == list(expected.values())
    assert pyogrio.read_info(tmp_path / "events.gpkg", layer="events_areas")["crs"] == "EPSG:4326"
    meta, _, geometry, fields = found["events_points"]
    shapely = pytest.importorskip("shapely")
    names = list(meta["fields"])
    at = list(fields[names.index("place")]).index("Tehran")
    point = shapely.from_wkb(geometry[at])
    assert (point.x, point.y) == (51.4215, 35.6944)
    areas = shapely.from_wkb(found["events_areas"][2])
    assert all(area.is_valid for area in areas)


def test_gdal_reads_the_kml_and_the_kmz(sample, tmp_path):
    pyogrio = pytest.importorskip("pyogrio")
    kml, kmz = write(sample, "kml"), write(sample, "kmz")
    with zipfile.ZipFile(io.BytesIO(kmz)) as archive:
        assert archive.read("doc.kml") == kml
    (tmp_path / "events.kml").write_bytes(kml)
    count = sum(
        len(pyogrio.raw.read(tmp_path / "events.kml", layer=name)[3][0])
        for name, _ in pyogrio.list_layers(tmp_path / "events.kml")
    )
    assert count == len(json.loads(write(sample, "geojson"))["features"])


def test_kml_leaves_out_what_xml_forbids(sample):
    from xml.etree import ElementTree as ET

    report = sample.reports()[0]
    report = replace(report, article=replace(report.article, title="a\x00b\x0bc\ufffe"))
    ET.fromstring(write(sample, "kml", [report]))


def test_plover_records_have_what_the_manual_asks_for(sample):
    records = [json.loads(line) for line in write(sample, "plover").splitlines()]
    assert len(records) == len(sample.reports())
    for record in records:
        assert {"id", "date", "actor", "event"} <= record.keys()
        assert record["quad_code"] in {1, 2, 3, 4}
    ormara = next(r for r in records if r["event_loc"] and r["event_loc"][0]["name"] == "Ormara")
    assert ormara["recipient"][0] == {
        "code": "PAK",
        "name": "Pakistan",
        "country": "PAK",
        "sector": None,
    }


FTM_PROPERTIES = {
    "Article": {"title", "publisher", "publishedAt", "sourceUrl"},
    "LegalEntity": {"name", "country", "keywords"},
    "PublicBody": {"name", "country", "keywords"},
    "Event": {
        "name", "summary", "date", "startDate", "endDate", "location", "country", "involved",
        "proof", "sourceUrl", "publisher", "keywords",
    },
}  # fmt: skip


def test_followthemoney_entities_use_the_models_properties_and_know_each_other(sample):
    entities = [json.loads(line) for line in write(sample, "ftm").splitlines()]
    keys = {entity["id"] for entity in entities}
    assert len(keys) == len(entities)
    for entity in entities:
        assert set(entity["properties"]) <= FTM_PROPERTIES[entity["schema"]]
        assert all(
            isinstance(value, str) for values in entity["properties"].values() for value in values
        )
        for name in ("involved", "proof"):
            assert set(entity["properties"].get(name, ())) <= keys


def test_followthemoneys_own_library_reads_the_entities_back(sample):
    model = pytest.importorskip("followthemoney").model
    reports = [*sample.reports(), sample.hostile_report()]
    for entity in map(json.loads, write(sample, "ftm", reports).splitlines()):
        model[entity["schema"]].validate(entity)
        read = model.get_proxy(entity).to_dict()  # cleans: what is no date, country, ... is dropped
        assert read["schema"] == entity["schema"]
        assert {name: sorted(values) for name, values in read["properties"].items()} == {
            name: sorted(values) for name, values in entity["properties"].items()
        }


def test_web_annotations_quote_the_words_and_say_where_they_stand(sample):
    collection = json.loads(write(sample, "annotations"))
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    items = collection["first"]["items"]
    assert collection["total"] == len(items) > 0
    tehran = next(i for i in items if i["body"][0]["source"].endswith("/112931/"))
    quote, position = tehran["target"]["selector"]
    assert quote["exact"] == "Tehran"
    assert position["end"] - position["start"] == len("Tehran")
    assert tehran["target"]["source"].startswith(("https://", "urn:dateline:article:"))


def test_geojson_is_what_rfc_7946_asks_for(sample):
    collection = json.loads(write(sample, "geojson"))
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        for lon, lat in positions(feature["geometry"]):
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90


def positions(geometry):
    def walk(coordinates):
        if isinstance(coordinates[0], int | float):
            yield coordinates
        else:
            for part in coordinates:
                yield from walk(part)

    return walk(geometry["coordinates"]) if geometry else ()


def schema(name):
    text = (Path(__file__).parent / f"{name}.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


@pytest.mark.parametrize("sharing", list(SharingRule))
def test_geojson_and_annotations_pass_their_schemas(sample, sharing):
    reports = [*sample.reports(), sample.hostile_report()]
    rules = {"Example Wire": NewsSource(name="Example Wire", sharing=sharing)}
    shown = disclose(reports, rules=rules)
    for form, name in (("geojson", "geojson"), ("annotations", "annotations")):
        data = FORMATS[form].write(shown, sample.SampleGeometry(), Corpus(reports))
        assert list(schema(name).iter_errors(json.loads(data))) == []


def test_the_data_inside_a_snapshot_passes_the_schema(sample):
    html = snapshot_html(disclose(sample.reports()), sample.SampleGeometry(), About(title="Sample"))
    data = html.split('id="dateline-data">')[1].split("</script>")[0]
    assert list(schema("geojson").iter_errors(json.loads(data))) == []


def test_the_schema_finds_what_is_no_geojson(sample):
    collection = json.loads(write(sample, "geojson"))
    collection["features"][0]["geometry"] = {"type": "Point", "coordinates": [12.0, 95.0]}
    assert list(schema("geojson").iter_errors(collection))


@pytest.mark.parametrize("care", [Care(blur_km=25), Care(mask_names=True)])
def test_gdal_reads_what_was_made_with_care(sample, tmp_path, care):
    shown = disclose(sample.reports(), care=care)
    for form in ("gpkg", "kml"):
        (tmp_path / f"events.{form}").write_bytes(
            FORMATS[form].write(shown, sample.SampleGeometry(), None)
        )
        pyogrio = pytest.importorskip("pyogrio")
        layers = [name for name, _ in pyogrio.list_layers(tmp_path / f"events.{form}")]
        found = sum(
            len(pyogrio.raw.read(tmp_path / f"events.{form}", layer=name)[3][0]) for name in layers
        )
        assert found == sum(max(1, len(r.event.locations)) for r in shown.reports)
