"""Shared borders as lines."""

from __future__ import annotations

import pytest

from gazetteer.borders import borders_of, shared_border
from gazetteer.countries import countries
from gazetteer.geodesy import distance_km, distance_to_box_km
from gazetteer.places import BoundingBox, Coordinates, Geometry, GeometryKind, GeoPrecision, Place
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


NEIGHBOURS_AT_HOME = """
AD: ES FR; AE: OM SA; AF: CN IR PK TJ TM UZ; AL: GR ME MK XK; AM: AZ GE IR TR; AO: CD CG NA ZM
AR: BO BR CL PY UY; AT: CH CZ DE HU IT LI SI SK; AZ: GE IR RU TR; BA: HR ME RS; BD: IN MM
BE: DE FR LU NL; BF: BJ CI GH ML NE TG; BG: GR MK RO RS TR; BI: CD RW TZ; BJ: NE NG TG; BN: MY
BO: BR CL PE PY; BR: CO GF GY PE PY SR UY VE; BT: CN IN; BW: NA ZA ZM ZW; BY: LT LV PL RU UA
BZ: GT MX; CA: GL US; CD: CF CG RW SS TZ UG ZM; CF: CG CM SD SS TD; CG: CM GA; CH: DE FR IT LI
CI: GH GN LR ML; CL: PE; CM: GA GQ NG TD; CN: HK IN KG KP KZ LA MM MN MO NP PK RU TJ VN
CO: EC PA PE VE; CR: NI PA; CZ: DE PL SK; DE: DK FR LU NL PL; DJ: ER ET SO; DO: HT
DZ: EH LY MA ML MR NE TN; EC: PE; EE: LV RU; EG: IL LY PS SD; EH: MA MR; ER: ET SD; ES: FR GI MA PT
ET: KE SD SO SS; FI: NO RU SE; FR: IT LU MC; GA: GQ; GB: IE; GE: RU TR; GF: SR; GH: TG; GM: SN
GN: GW LR ML SL SN; GR: MK TR; GT: HN MX SV; GW: SN; GY: SR VE; HN: NI SV; HR: HU ME RS SI
HU: RO RS SI SK UA; ID: MY PG TL; IL: JO LB PS SY; IN: MM NP PK; IQ: IR JO KW SA SY TR; IR: PK TM TR
IT: SI SM VA; JO: PS SA SY; KE: SO SS TZ UG; KG: KZ TJ UZ; KH: LA TH VN; KP: KR RU; KW: SA
KZ: RU TM UZ; LA: MM TH VN; LB: SY; LR: SL; LS: ZA; LT: LV PL RU; LV: RU; LY: NE SD TD TN
MD: RO UA; ME: RS XK; MF: SX; MK: RS XK; ML: MR NE SN; MM: TH; MN: RU; MR: SN; MW: MZ TZ ZM
MX: US; MY: TH; MZ: SZ TZ ZA ZM ZW; NA: ZA ZM; NE: NG TD; NG: TD; NO: RU SE; OM: SA YE
PL: RU SK UA; QA: SA; RO: RS UA; RS: XK; RU: UA; RW: TZ UG; SA: YE; SD: SS TD; SK: UA; SS: UG
SY: TR; SZ: ZA; TJ: UZ; TM: UZ; TZ: UG ZM; ZA: ZW; ZM: ZW
"""
"""All land neighbours of the world, each pair once, from general knowledge."""

NEIGHBOURS_BY_A_TERRITORY = {
    ("BR", "FR"): (3.9, -51.8),  # Saint-Georges-de-l'Oyapock
    ("FR", "SR"): (5.5, -54.0),  # Saint-Laurent-du-Maroni
    ("FR", "NL"): (18.05, -63.08),  # Marigot and Philipsburg
    ("ES", "GB"): (36.15, -5.35),  # La Linea
    ("CY", "GB"): (34.67, 32.9),  # Episkopi
    ("CU", "US"): (19.95, -75.15),  # Guantanamo Bay
    ("CA", "DK"): (80.83, -66.46),  # Hans Island
}


def pairs_at_home() -> set[tuple[str, str]]:
    rows = (row.split(":") for row in NEIGHBOURS_AT_HOME.replace("\n", ";").split(";") if row)
    return {(first.strip(), second) for first, others in rows for second in others.split()}


def test_all_land_neighbours_of_the_world_have_a_line_and_nobody_else_has(
    place_store: PlaceStore,
):
    codes = list(countries())
    with_a_line = {
        (first, second)
        for number, first in enumerate(codes)
        for second in codes[number:]
        if shared_border(place_store, second, first)
    }
    assert with_a_line == pairs_at_home() | NEIGHBOURS_BY_A_TERRITORY.keys()


def test_neighbours_are_those_that_touch_at_home():
    neighbours = {
        (code, other)
        for code, country in countries().items()
        for other in country.neighbours
        if code < other
    }
    assert neighbours == pairs_at_home()


def test_each_line_lies_on_the_edge_of_both_countries(place_store: PlaceStore):
    astray = [
        (border.place.place_id, code)
        for first, second in sorted(pairs_at_home())
        if (border := shared_border(place_store, first, second))
        for code in (first, second)
        if not all(reaches(place_store.country(code), path) for (path,) in border.line.parts)
    ]
    assert astray == []


@pytest.mark.parametrize("pair", NEIGHBOURS_BY_A_TERRITORY)
def test_the_border_by_a_territory_lies_there(place_store: PlaceStore, pair: tuple[str, str]):
    lat, lon = NEIGHBOURS_BY_A_TERRITORY[pair]
    border = shared_border(place_store, *pair)
    assert border is not None
    spot = Coordinates(lat=lat, lon=lon)
    assert min(distance_km(spot, vertex) for vertex in vertices_of(border.line)) < 30
    assert border.place.countries == pair


def vertices_of(line: Geometry) -> list[Coordinates]:
    return [Coordinates(lat=lat, lon=lon) for (path,) in line.parts for lat, lon in path]


def reaches(country: Place | None, path: tuple[tuple[float, float], ...]) -> bool:
    """Say whether each vertex lies in the country's box or within some 10 km of it."""
    assert country is not None
    middle = country.coordinates
    box = country.bounds or BoundingBox(
        south=middle.lat, west=middle.lon, north=middle.lat, east=middle.lon
    )  # the Vatican has no area of its own
    points = (Coordinates(lat=lat, lon=lon) for lat, lon in path)
    return all(distance_to_box_km(point, box) < 10 for point in points)


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
