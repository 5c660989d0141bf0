from __future__ import annotations

import json

from dashboard.exports import to_geojson


def features(sample):
    collection = to_geojson(sample.reports(), sample.SampleGeometry())
    assert collection["type"] == "FeatureCollection"
    return collection["features"]


def of_place(sample, name):
    return next(f for f in features(sample) if f["properties"]["place"] == name)


def test_each_place_of_each_event_is_a_feature(sample):
    expected = sum(max(1, len(report.event.locations)) for report in sample.reports())
    found = features(sample)
    assert len(found) == expected
    assert len({feature["id"] for feature in found}) == expected


def test_longitude_comes_first(sample):
    assert of_place(sample, "Tehran")["geometry"] == {
        "type": "Point",
        "coordinates": [51.4215, 35.6944],
    }


def test_a_border_is_a_line(sample):
    geometry = of_place(sample, "Iran-Pakistan border")["geometry"]
    assert geometry["type"] == "MultiLineString"
    assert geometry["coordinates"][0][0] == [60.85, 29.86]


def test_an_area_is_a_polygon_wound_counterclockwise(sample):
    from shapely.geometry import shape

    for name in ("Khuzestan", "Persian Gulf"):
        geometry = shape(of_place(sample, name)["geometry"])
        assert geometry.is_valid
        assert all(part.exterior.is_ccw for part in geometry.geoms)


def test_an_event_without_a_place_has_a_null_geometry_and_the_reason(sample):
    feature = next(f for f in features(sample) if f["properties"]["event_type"] == "REJECT")
    assert feature["geometry"] is None
    assert feature["properties"]["place_reason"] == "The sentence names no place."


def test_properties_say_who_when_and_how_sure(sample):
    properties = of_place(sample, "Ormara")["properties"]
    assert properties["target_ids"] == ["PAK"]
    assert (properties["when"], properties["earliest"], properties["latest"]) == (
        "2019-04",
        "2019-04-01",
        "2019-04-30",
    )
    assert (properties["precision"], properties["precision_label"]) == (1, "town")


def test_the_order_of_reports_does_not_change_the_file(sample):
    reports, store = sample.reports(), sample.SampleGeometry()
    assert json.dumps(to_geojson(reports, store)) == json.dumps(to_geojson(reports[::-1], store))
