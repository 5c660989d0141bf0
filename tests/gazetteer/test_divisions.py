"""In which province a point lies, and which place the names of a table's row mean."""

from __future__ import annotations

import pytest

from gazetteer.divisions import Divisions
from gazetteer.levels import named_place
from gazetteer.places import Coordinates, FeatureClass


@pytest.fixture(scope="module")
def divisions(place_store):
    return Divisions(place_store)


@pytest.mark.parametrize("code", ["IR", "PK", "US", "FJ", "RU", "ZA"])
def test_the_towns_of_a_country_lie_in_the_divisions_that_geonames_gives_them(
    place_store, divisions, code
):
    towns = place_store.by_country(code, feature_class=FeatureClass.POPULATED, limit=200)
    towns = [town for town in towns if town.admin1_code]
    found = [divisions.at(town.coordinates, code) for town in towns]
    right = [
        place is not None and place.admin1_code == town.admin1_code
        for place, town in zip(found, towns, strict=True)
    ]
    assert sum(right) >= 0.95 * len(towns)  # outlines are drawn with an error of kilometres


@pytest.mark.parametrize(
    ("lat", "lon", "country", "expected"),
    [
        (35.69, 51.42, None, "adm1:IR.26"),
        (35.69, 51.42, "IQ", None),  # whoever says Iraq does not mean a province of Iran
        (65.0, -172.5, None, "adm1:RU.15"),  # Chukotka, east of 180 degrees
        (67.0, 179.9, None, "adm1:RU.15"),
        (20.0, 62.0, None, None),
        (25.07, 64.64, "PK", "adm1:PK.02"),  # off Ormara's beach, and said to be in Pakistan
        (25.07, 64.64, None, None),  # a ship
        (89.9, 0.0, None, None),
    ],
)
def test_a_point_lies_in_the_division_that_holds_it(divisions, lat, lon, country, expected):
    found = divisions.at(Coordinates(lat=lat, lon=lon), country)
    assert (found and found.place_id) == expected


@pytest.mark.parametrize(
    ("levels", "country", "is_town", "expected"),
    [
        (("Paris", "Texas"), "US", True, "gn:4717560"),
        (("Hama", "Hama"), "SY", True, "gn:170017"),
        (("Hama",), "SY", False, "adm1:SY.10"),
        (("Strait of Hormuz",), None, False, "cur:strait-of-hormuz"),
        (("Paris",), "IR", True, "gn:130758"),  # no Paris of another country
        (("Xyzzyville", " "), None, False, None),
        ((), None, False, None),
    ],
)
def test_the_first_level_that_is_surely_a_place_is_it(
    place_store, levels, country, is_town, expected
):
    found = named_place(levels, place_store, country_code=country, is_town=is_town)
    assert (found and found.place.place_id) == expected
