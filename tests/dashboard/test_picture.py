from __future__ import annotations

import struct
import time
from xml.etree import ElementTree as ET

import pytest

from dashboard.commands.sharing import PICTURE_SIZES
from dashboard.layers import map_layers
from dashboard.picture import SIZES, PictureSize, map_png, map_svg

SVG = "{http://www.w3.org/2000/svg}"


def draw(sample, reports=None, **options):
    reports = sample.reports() if reports is None else reports
    return map_svg(map_layers(reports, sample.SampleGeometry()), **{"title": "Sample", **options})


def words(svg):
    return ["".join(node.itertext()) for node in ET.fromstring(svg).iter(f"{SVG}text")]


def test_the_command_line_knows_every_size():
    assert tuple(SIZES) == PICTURE_SIZES


def test_the_same_events_give_the_same_bytes(sample):
    assert draw(sample) == draw(sample, sample.reports()[::-1])


def test_it_says_title_legend_scale_and_whose_boundaries(sample):
    said = words(draw(sample, caption="14 events"))
    assert "Sample" in said
    assert "14 events" in said
    assert "Violence" in said
    assert "along a border" in said
    assert any(text.endswith(" km") for text in said)
    assert any("no endorsement" in text for text in said)
    assert any(text.startswith("Yemen") for text in said)


def test_it_credits_those_whose_places_it_shows_and_nobody_else():
    mark = {"name": "", "precision": "", "lat": 0.0, "lon": 0.0, "events": []}
    nothing = map_layers([], None)
    places = nothing | {"points": [mark | {"id": i} for i in ("air:OPRN", "side:IR:border:IR-PK")]}
    assert " Places: none. Made with Dateline." in words(map_svg(nothing, title=""))[-1]
    credit = " Places: Natural Earth (public domain), airportsdata (MIT). Made with Dateline."
    assert credit in words(map_svg(places, title=""))[-1]


def test_a_border_is_dashed_and_an_area_hatched(sample):
    paths = list(ET.fromstring(draw(sample)).iter(f"{SVG}path"))
    assert any(path.get("stroke-dasharray") == "9 5" for path in paths)
    assert any(path.get("fill", "").startswith("url(#dl-h") for path in paths)


def test_hostile_text_is_only_text(sample):
    svg = draw(sample, [sample.hostile_report()], title=sample.HOSTILE, caption="\x00\x1b[2J<g>")
    root = ET.fromstring(svg)
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        "svg", "title", "defs", "pattern", "clipPath", "rect", "g", "path", "text", "tspan",
        "circle", "polygon",
    }  # fmt: skip
    assert "\u202e" not in svg
    assert not any(name.startswith("on") for node in root.iter() for name in node.attrib)
    assert not any("href" in name for node in root.iter() for name in node.attrib)


@pytest.mark.parametrize("view", [None, (35.7, 51.4, 9.0), (0.0, 179.9, 2.0), (89.0, -180.0, 20.0)])
def test_it_is_never_blank(sample, view):
    root = ET.fromstring(draw(sample, view=view))
    paths = [node for node in root.iter(f"{SVG}path") if node.get("d")]
    assert paths
    assert len(list(root.iter(f"{SVG}text"))) > 3


def test_no_events_are_a_map_of_the_world(sample):
    assert len(draw(sample, [])) > 50_000


def png_size(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", data[16:24])


@pytest.mark.parametrize(
    ("name", "size"),
    [("screen", (1200, 800)), ("screen-2x", (2400, 1600)), ("social", (1200, 630))],
)
def test_png_has_the_size_asked_for(sample, name, size):
    pytest.importorskip("resvg_py")
    svg = draw(sample, size=SIZES[name])
    assert png_size(map_png(svg, zoom=SIZES[name].zoom)) == size


def test_png_is_drawn_alike_each_time_and_fast(sample):
    pytest.importorskip("resvg_py")
    start = time.perf_counter()
    first = map_png(draw(sample))
    assert time.perf_counter() - start < 5  # 0.4 s on an idle machine
    assert map_png(draw(sample)) == first


def test_words_in_the_picture_are_lettered(sample):
    pytest.importorskip("resvg_py")
    size = PictureSize(width=400, height=300)
    assert map_png(draw(sample, [], title="Tehran", size=size)) != map_png(
        draw(sample, [], title="Muscat", size=size)
    )


def test_areas_that_crowd_the_picture_share_tags_and_none_is_lost(sample):
    layers = map_layers(sample.reports(), sample.SampleGeometry())
    events = layers["events"] * 6
    areas = [
        {"id": f"a{n}", "name": f"Area {n}", "precision": "", "lat": n % 9 / 4, "lon": n / 9,
         "events": [n], "radius": 50.0}
        for n in range(80)
    ]  # fmt: skip
    crowded = {**layers, "events": events, "areas": areas, "points": [], "lines": []}
    svg = map_svg(crowded, title="Sample")
    counts = [int(node.text) for node in ET.fromstring(svg).iter(f"{SVG}tspan")]
    assert len(counts) < 80
    assert sum(counts) == 80
