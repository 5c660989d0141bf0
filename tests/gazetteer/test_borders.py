"""Shared borders as lines."""

from __future__ import annotations

import pytest

from gazetteer.borders import borders_of, shared_border
from gazetteer.countries import countries
from gazetteer.geodesy import distance_km
from gazetteer.places import Coordinates, GeometryKind, GeoPrecision
from gazetteer.store import PlaceStore


def test_the_border_of_pakistan_and_iran_is_a_line_from_afghanistan_to_the_sea(
    place_store: PlaceStore,
):
    border = shared_border(place_store, "PK", "IR")
    assert border is not None
    assert border.place.place_id == "border:IR-PK"
    assert border.place.feature_code == "BDRY"
    assert border.place.precision is GeoPrecision.REGION
    assert border.place.countries == ("IR", "PK")
    assert border.line.kind is GeometryKind.LINE
    # Natural Earth 10m: the northern end is Kuh-i-Malik Salih, the southern one Gwatar Bay.
    vertices = [vertex for (path,) in border.line.parts for vertex in path]
    north = Coordinates(lat=29.86, lon=60.85)
    south = Coordinates(lat=25.20, lon=61.59)
    assert min(distance_km(north, Coordinates(lat=lat, lon=lon)) for lat, lon in vertices) < 5
    assert min(distance_km(south, Coordinates(lat=lat, lon=lon)) for lat, lon in vertices) < 5


def test_both_orders_of_two_countries_give_the_same_border(place_store: PlaceStore):
    assert shared_border(place_store, "IN", "PK") == shared_border(place_store, "PK", "IN")


def test_countries_that_do_not_touch_share_no_border(place_store: PlaceStore):
    assert shared_border(place_store, "IR", "SA") is None
    assert shared_border(place_store, "IR", "IR") is None
    assert shared_border(place_store, "IR", "??") is None


def test_every_pair_of_neighbours_has_its_line(place_store: PlaceStore):
    without = [
        (code, other)
        for code, country in countries().items()
        for other in country.neighbours
        if shared_border(place_store, code, other) is None
    ]
    assert without == []


def test_the_borders_of_a_country_come_in_the_order_of_its_neighbours(place_store: PlaceStore):
    ids = [border.place.place_id for border in borders_of(place_store, "IR")]
    assert ids == ["border:AF-IR", "border:AM-IR", "border:AZ-IR", "border:IQ-IR",
                   "border:IR-PK", "border:IR-TM", "border:IR-TR"]  # fmt: skip


@pytest.mark.parametrize("pair", [("IN", "PK"), ("CN", "IN"), ("EH", "MA"), ("RS", "XK")])
def test_disputed_borders_say_so(place_store: PlaceStore, pair: tuple[str, str]):
    border = shared_border(place_store, *pair)
    assert border is not None
    assert border.place.is_disputed


def test_the_line_between_crimea_and_the_mainland_is_no_border_of_russia(place_store: PlaceStore):
    border = shared_border(place_store, "RU", "UA")
    assert border is not None
    assert all(not (lat < 46.3 and lon < 35) for (path,) in border.line.parts for lat, lon in path)


def test_a_border_is_found_by_its_name(place_store: PlaceStore):
    ids = {match.place.place_id for match in place_store.by_name("Pakistan-Iran border")}
    assert ids == {"border:IR-PK"}


def test_the_border_of_a_country_alone_is_the_lines_with_all_its_neighbours(place_store):
    lines = [border.line for border in borders_of(place_store, "IR")]
    whole = place_store.geometry("border:IR")
    assert len(whole.parts) == sum(len(line.parts) for line in lines)
    assert place_store.geometry("border:IS") is None
