"""What leaves: the sources' rules, the limits of quoting, care for people and places."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.disclosure import (
    BLUR_KM,
    NAME_WITHHELD,
    PLACE_WITHHELD,
    QUOTE_WITHHELD,
    QUOTED_SHARE,
    Care,
    disclose,
)
from dashboard.errors import WithheldError
from dashboard.exports import to_geojson
from dashboard.formats import FORMATS
from dashboard.layers import map_layers
from dashboard.picture import map_svg
from dashboard.popups import LONGEST_QUOTE, quote_segments
from dashboard.provenance import About
from dashboard.snapshot import snapshot_html
from dashboard.sources import NewsSource, SharingRule
from gazetteer.geodesy import distance_km
from gazetteer.places import Coordinates, GeoPrecision

WIRE = "Example Wire"


def rule(sharing, **more):
    return {WIRE: NewsSource(name=WIRE, sharing=sharing, **more)}


def marks(event):
    """Return the words that the quote's marks stand on."""
    start = event.start
    return event.quote[event.trigger_start - start : event.trigger_end - start]


def test_without_rules_and_care_everything_is_shown_as_it_is(sample):
    shown = disclose(sample.reports())
    assert list(shown.reports) == sample.reports()
    assert shown.in_words() == ()


def test_a_source_that_shares_points_gives_events_without_its_words(sample):
    shown = disclose(sample.reports(), rules=rule(SharingRule.POINTS))
    theirs = [r for r in shown.reports if r.article.source == WIRE]
    others = [r for r in shown.reports if r.article.source != WIRE]
    assert {r.event.quote for r in theirs} == {QUOTE_WITHHELD}
    assert all(quote_segments(r.event) == [[QUOTE_WITHHELD, ""]] for r in theirs)
    assert others == [r for r in sample.reports() if r.article.source != WIRE]
    [said] = shown.in_words()
    assert said == f"{len(theirs)} quotes left out: the source does not share them"


def test_a_source_that_shares_counts_gives_no_event_but_a_table(sample):
    shown = disclose(sample.reports(), rules=rule(SharingRule.AGGREGATES))
    theirs = [r for r in sample.reports() if r.article.source == WIRE]
    assert not any(r.article.source == WIRE for r in shown.reports)
    assert shown.counted == len(theirs)
    assert sum(t.count for t in shown.tallies if t.event_type == "PROTEST") == 2
    html = snapshot_html(shown, sample.SampleGeometry(), About(title="x", total=14))
    assert "Counted only" in html
    assert theirs[0].article.title not in html
    assert "flew to" not in html


@pytest.mark.parametrize("form", [name for name in FORMATS if name != "annotations"])
@pytest.mark.parametrize("sharing", [SharingRule.POINTS, SharingRule.AGGREGATES])
def test_every_export_follows_the_rule(sample, form, sharing):
    shown = disclose(sample.reports(), rules=rule(sharing))
    data = FORMATS[form].write(shown, sample.SampleGeometry(), None)
    if form == "kmz":
        return  # the same document as kml, zipped
    assert b"flew to" not in data
    assert (b"army chief" in data) is False
    assert (b"frontier" in data) == (sharing is SharingRule.POINTS and form != "acled")


def test_geojson_kml_and_geopackage_say_what_is_withheld(sample):
    shown = disclose(sample.reports(), rules=rule(SharingRule.POINTS))
    for form in ("geojson", "kml", "kmz", "gpkg"):
        data = FORMATS[form].write(shown, sample.SampleGeometry(), None)
        assert form == "kmz" or b"quotes left out" in data, form
    picture = map_svg(map_layers(shown.reports, sample.SampleGeometry()), title="x", withheld="no!")
    assert "no!" in picture


def test_licence_and_rule_stand_beside_the_source_in_the_snapshot(sample):
    shown = disclose(sample.reports(), rules=rule(SharingRule.POINTS, licence="CC BY-ND 4.0"))
    html = snapshot_html(shown, sample.SampleGeometry(), About(title="x"))
    assert "Licence: <bdi>CC BY-ND 4.0</bdi>." in html
    assert "Shared without quotes, as the source asks." in html
    manifest = json.loads(html.split('id="dateline-manifest">')[1].split("</script>")[0])
    assert manifest["rules_of_sources"] == [
        {"source": WIRE, "licence": "CC BY-ND 4.0", "sharing": "points"}
    ]
    assert manifest["withheld"] == list(shown.in_words())


def test_a_whole_article_never_leaves(sample):
    sentence = "Soldiers of the northern command moved into Tehran at dawn without a word. "
    reports = [
        replace(
            (r := sample.report(n, "MOBILIZE", sentence, "moved", {"Tehran": sample.TEHRAN})),
            event=replace(r.event, confidence=0.5),
        )
        for n in range(1, 9)
    ]
    length = 8 * len(sentence)
    shown = disclose(reports, lengths={reports[0].article.article_id: length})
    quoted = sum(len(r.event.quote.replace("…", "").strip()) for r in shown.reports)
    assert quoted <= QUOTED_SHARE * length
    assert all(marks(r.event) == "moved" for r in shown.reports)
    assert any("shortened" in words for words in shown.in_words())


def test_a_very_long_sentence_is_cut_round_the_act(sample):
    quote = "word " * 200 + "Tehran was struck " + "more " * 200
    report = sample.report(1, "ASSAULT", quote, "struck", {"Tehran": sample.TEHRAN})
    [shown] = disclose([report]).reports
    assert len(shown.event.quote) <= LONGEST_QUOTE
    assert marks(shown.event) == "struck"
    assert shown.event.locations[0].mention.surface == "Tehran"


@pytest.mark.parametrize("blur_km", BLUR_KM)
def test_a_place_made_coarse_is_a_circle_that_holds_the_place(sample, blur_km):
    report = sample.reports()[0]
    [shown] = disclose([report], care=Care(blur_km=blur_km)).reports
    [location] = shown.event.locations
    assert location.place.radius_km == blur_km
    assert distance_km(location.place.coordinates, sample.TEHRAN.coordinates) <= blur_km
    layers = map_layers([shown], sample.SampleGeometry())
    [mark] = layers["points"]
    assert mark["radius"] == blur_km
    assert mark["precision"] == f"made coarse, within {blur_km} km"
    [feature] = to_geojson([shown], sample.SampleGeometry())["features"]
    assert feature["properties"]["radius_km"] == blur_km


@given(lat=st.floats(-89.9, 89.9), lon=st.floats(-180, 180), blur_km=st.sampled_from(BLUR_KM))
def test_everywhere_on_earth_the_circle_holds_the_place(sample, lat, lon, blur_km):
    report = sample.reports()[0]
    where = report.event.locations[0]
    moved = replace(where, place=replace(where.place, coordinates=Coordinates(lat=lat, lon=lon)))
    event = replace(report.event, locations=(moved,))
    [shown] = disclose([replace(report, event=event)], care=Care(blur_km=blur_km)).reports
    coarse = shown.event.locations[0].place.coordinates
    assert distance_km(coarse, Coordinates(lat=lat, lon=lon)) <= blur_km * 1.01


def test_neighbours_in_one_cell_become_one_point(sample):
    near = replace(
        sample.TEHRAN,
        place_id="gn:2",
        name="Rey",
        coordinates=Coordinates(
            lat=sample.TEHRAN.coordinates.lat + 0.001, lon=sample.TEHRAN.coordinates.lon + 0.001
        ),
    )
    reports = [
        sample.report(1, "ASSAULT", "Tehran was hit.", "hit", {"Tehran": sample.TEHRAN}),
        sample.report(2, "ASSAULT", "Rey was hit.", "hit", {"Rey": near}),
    ]
    shown = disclose(reports, care=Care(blur_km=50)).reports
    assert len({r.event.locations[0].place for r in shown}) == 1


def test_the_name_of_a_place_made_coarse_leaves_quotes_titles_reasons_and_links(sample):
    article = replace(
        sample.FIRST, title="Bus hit near Ormara", url="https://news.example/ormara-bus"
    )
    report = sample.report(
        1,
        "ASSAULT",
        "Gunmen near Ormara killed sailors.",
        "killed",
        {"Ormara": sample.ORMARA},
        article,
    )
    other = sample.report(2, "ACCUSE", "After Ormara, Iran accused them.", "accused", {}, article)
    shown = disclose([report, other], care=Care(blur_km=25))
    html = snapshot_html(shown, sample.SampleGeometry(), About(title="x"))
    data = html.split("DATELINE_LAYERS")[0].split("<body>")[1] + html.split("dateline-data")[1]
    assert "Ormara" not in data.split("<script>")[0]
    first, second = shown.reports
    assert first.event.quote == f"Gunmen near {PLACE_WITHHELD} killed sailors."
    assert marks(first.event) == "killed"
    assert first.article.title == f"Bus hit near {PLACE_WITHHELD}"
    assert first.article.url is None
    assert second.event.quote == f"After {PLACE_WITHHELD}, Iran accused them."
    assert "Ormara" not in first.event.locations[0].reason
    for form in FORMATS.values():
        if form.name not in {"annotations", "kmz"}:
            assert b"rmara" not in form.write(shown, sample.SampleGeometry(), None), form.name


def test_what_is_known_less_exactly_stays_as_it_is(sample):
    shown = disclose(sample.reports(), care=Care(blur_km=100))
    kept = {w.place.name for r in shown.reports for w in r.event.locations}
    assert {"Yemen", "Khuzestan", "Iran-Pakistan border", "Persian Gulf"} <= kept
    assert not kept & {"Tehran", "Ormara", "Marib district"}
    assert all(w.precision >= GeoPrecision.ADMIN2 for r in shown.reports for w in r.event.locations)


def test_annotations_cannot_be_made_coarse_and_say_so(sample):
    shown = disclose(sample.reports(), care=Care(blur_km=10))
    with pytest.raises(WithheldError, match="another form"):
        FORMATS["annotations"].write(shown, sample.SampleGeometry(), None)


def test_names_of_private_persons_are_masked_and_those_in_office_stay(sample):
    article = replace(sample.FIRST, title="Police arrest Maria Hernandez after Tehran protest")
    quotes = [
        "In Tehran police arrested Maria Hernandez, a 23-year-old student, on Monday.",
        "In Tehran President Hassan Rouhani accused foreign agencies on Tuesday.",
        "Hernandez was arrested in Tehran, her brother Pedro Hernandez said.",
    ]
    reports = [
        sample.report(n, "COERCE", quote, word, {"Tehran": sample.TEHRAN}, article)
        for n, (quote, word) in enumerate(
            zip(quotes, ("arrested", "accused", "arrested"), strict=True), start=1
        )
    ]
    shown = disclose(reports, care=Care(mask_names=True))
    texts = [r.event.quote for r in shown.reports]
    assert not any("Hernandez" in text or "Maria" in text for text in texts)
    assert "Rouhani" in texts[1]
    assert NAME_WITHHELD in shown.reports[0].article.title
    assert [marks(r.event) for r in shown.reports] == ["arrested", "accused", "arrested"]
    assert any("names of persons withheld" in words for words in shown.in_words())


def test_a_name_on_the_list_is_masked_whoever_bears_it(sample):
    report = sample.report(
        1, "ACCUSE", "In Tehran Bluebird accused them.", "accused", {"Tehran": sample.TEHRAN}
    )
    [shown] = disclose([report], care=Care(mask_names=True), withheld_names=("Bluebird",)).reports
    assert shown.event.quote == f"In Tehran {NAME_WITHHELD} accused them."


@pytest.mark.parametrize("values", [{"blur_km": 7}, {"blur_km": "10"}, {"mask_names": "yes"}])
def test_a_care_of_another_form_is_refused(values):
    with pytest.raises(ValueError, match=r"km|form"):
        Care.from_json(values)


def test_a_care_comes_back_from_a_manifest():
    care = Care(blur_km=25, mask_names=True)
    assert Care.from_json(json.loads(json.dumps(care.to_json()))) == care


def test_further_reports_of_an_event_follow_the_rules_of_their_own_sources(sample):
    head, *_ = sample.reports()
    other = sample.report(
        50,
        "CONSULT",
        "He landed in Tehran with Maria Hernandez for talks.",
        "talks",
        {"Tehran": sample.TEHRAN},
        replace(sample.SECOND, source="Second Wire"),
    )
    reports = [replace(head, further=(other,))]
    points = {"Second Wire": NewsSource(name="Second Wire", sharing=SharingRule.POINTS)}
    [shown] = disclose(reports, rules=points).reports
    assert shown.event.quote == head.event.quote
    assert shown.further[0].event.quote == QUOTE_WITHHELD
    [shown] = disclose(reports, rules=rule(SharingRule.AGGREGATES)).reports
    assert (shown.event.quote, shown.further) == (other.event.quote, ())
    careful = disclose(reports, care=Care(blur_km=10, mask_names=True))
    [shown] = careful.reports
    words = shown.further[0].event.quote
    assert words == f"He landed in {PLACE_WITHHELD} with {NAME_WITHHELD} for talks."
    html = snapshot_html(careful, sample.SampleGeometry(), About(title="x"))
    manifest = json.loads(html.split('id="dateline-manifest">')[1].split("</script>")[0])
    assert {source["article_id"] for source in manifest["sources"]} == {
        head.article.article_id,
        other.article.article_id,
    }
