from __future__ import annotations

import hashlib

from dashboard.layers import basemap
from dashboard.polyline import decode_line
from dashboard.static_build import LEAFLET, STATIC, WORLD, build_basemap, bundle, section


def two_countries():
    """Return a TopoJSON world of two squares, India and Pakistan, with one common arc."""
    return {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [
            [[70, 30], [0, 2], [0, 2], [0, 6]],
            [[70, 40], [-10, 0], [0, -10], [10, 0]],
            [[70, 40], [10, 0], [0, -10], [-10, 0]],
        ],
        "objects": {
            "countries": {
                "geometries": [
                    {
                        "type": "Polygon",
                        "arcs": [[0, 1]],
                        "properties": {"a3": "PAK", "name": "Pakistan"},
                    },
                    {
                        "type": "Polygon",
                        "arcs": [[2, -1]],
                        "properties": {"a3": "IND", "name": "India"},
                    },
                ]
            }
        },
    }


def test_a_shared_arc_is_a_border_and_an_arc_of_one_country_is_coast():
    made = build_basemap(two_countries(), [])
    assert made["coasts"] == [1, 2]
    assert set(made["countries"]) == {"PK", "IN"}


def test_a_border_is_dashed_where_it_is_disputed_and_whole_elsewhere():
    made = build_basemap(two_countries(), [])
    drawn = {
        name: [decode_line(made["arcs"][n]) for n in made[name]] for name in ("borders", "disputed")
    }
    assert drawn["borders"] == [[(30, 70), (34, 70)]]
    assert drawn["disputed"] == [[(34, 70), (40, 70)]]


def test_capitals_and_large_cities_are_named_the_capitals_first():
    cities = [
        {
            "name": "Port",
            "latitude": 1.0,
            "longitude": 2.0,
            "population": 3_000_000,
            "is_capital": False,
        },
        {"name": "Seat", "latitude": 3.0, "longitude": 4.0, "population": 900, "is_capital": True},
        {
            "name": "Village",
            "latitude": 5.0,
            "longitude": 6.0,
            "population": 900,
            "is_capital": False,
        },
    ]
    labels = build_basemap(two_countries(), cities)["cityLabels"]
    assert labels == [["Seat", 3.0, 4.0, 6, 1], ["Port", 1.0, 2.0, 5, 0]]


def test_a_bundle_gives_its_sections_back():
    text = bundle("var L;", "a { color: red }", "draw();", "show();")
    assert section(text, "leaflet") == "var L;"
    assert section(text, "script") == "draw();"
    assert section(text, "live") == "show();"


def test_the_basemap_is_the_whole_world():
    made = basemap()
    assert len(made["countries"]) > 235
    longitudes = [lon for arc in made["arcs"] for _, lon in decode_line(arc)]
    assert min(longitudes) < -179
    assert max(longitudes) > 179


def test_the_sources_file_names_the_archives_checksums():
    text = (STATIC / "SOURCES.md").read_text("utf-8")
    assert LEAFLET.sha256 in text
    assert WORLD.sha256 in text


def test_leaflet_is_the_one_that_was_examined():
    script = section((STATIC / "dateline.js").read_text("utf-8"), "leaflet")
    digest = hashlib.sha256(script.encode()).hexdigest()
    assert digest == "c973489bbc5ac530af0ffd1016a88122d3fa02b7b0c8de375ed906e04a46d10f"
