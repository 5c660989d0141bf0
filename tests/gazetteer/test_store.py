"""Looking places up: by name, prefix, id, box."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from gazetteer.countries import countries
from gazetteer.errors import GazetteerError, StoreNotBuiltError
from gazetteer.geodesy import distance_km
from gazetteer.names import name_key
from gazetteer.places import BoundingBox, Coordinates, FeatureClass, GeometryKind, GeoPrecision
from gazetteer.schema import renown
from gazetteer.store import PlaceStore


def ids(store: PlaceStore, name: str) -> list[str]:
    return [match.place.place_id for match in store.by_name(name)]


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        # GeoNames ids as geonames.org shows them.
        ("Tehran", "gn:112931"),
        ("Téhéran", "gn:112931"),
        ("تهران", "gn:112931"),
        ("Тегеран", "gn:112931"),
        ("德黑兰", "gn:112931"),
        ("טהרן", "gn:112931"),
        ("Riyadh", "gn:108410"),
        ("الرياض", "gn:108410"),
        ("Islamabad", "gn:1176615"),
        ("اسلام آباد", "gn:1176615"),
        ("Ormara", "gn:1168700"),
        ("Washington", "gn:4140963"),
        ("Yemen", "gn:69543"),
        ("UAE", "gn:290557"),
        ("Sindh", "adm1:PK.05"),
        ("Texas", "adm1:US.TX"),
        ("Tehran Province", "adm1:IR.26"),
        ("North Carolina", "adm1:US.NC"),
        ("N.C.", "adm1:US.NC"),
        ("Calif.", "adm1:US.CA"),
        ("Tex.", "adm1:US.TX"),
        ("England", "adm1:GB.ENG"),
        ("Persian Gulf", "sea:persian-gulf"),
        ("Arabian Gulf", "sea:persian-gulf"),
        ("Gulf of Oman", "sea:gulf-of-oman"),
        ("Red Sea", "sea:red-sea"),
        ("Strait of Hormuz", "cur:strait-of-hormuz"),
        ("South China Sea", "sea:south-china-sea"),
        ("Bab al-Mandab", "sea:bab-el-mandeb"),
        ("Taiwan Strait", "sea:taiwan-strait"),
        ("Black Sea", "sea:black-sea"),
        ("Sea of Azov", "sea:sea-of-azov"),
        ("the Mediterranean", "sea:mediterranean-sea"),
        ("Sahel", "cur:sahel"),
        ("Horn of Africa", "cur:horn-of-africa"),
        ("Donbas", "cur:donbas"),
        ("Line of Control", "cur:line-of-control"),
        ("Durand Line", "cur:durand-line"),
        ("Sa'dabad Palace", "cur:sadabad-palace"),
        ("Kharg Island", "cur:kharg-island"),
        ("Heathrow", "air:EGLL"),
    ],
)
def test_a_name_finds_its_place(place_store: PlaceStore, name: str, place_id: str):
    assert place_id in ids(place_store, name)


def test_north_waziristan_is_a_district_of_pakistan(place_store: PlaceStore):
    (match,) = [m for m in place_store.by_name("North Waziristan") if m.place.country_code == "PK"]
    assert match.place.precision is GeoPrecision.ADMIN2


def test_the_gulf_may_be_the_persian_gulf_or_the_gulf_of_mexico(place_store: PlaceStore):
    for name in ("the Gulf", "Gulf"):
        assert {"sea:persian-gulf", "sea:gulf-of-mexico"} <= set(ids(place_store, name))


def test_a_country_comes_first_under_its_own_name_and_every_alias(place_store: PlaceStore):
    astray = [
        (country.code, name)
        for country in countries().values()
        for name in country.names
        if country.code != "BV" and ids(place_store, name)[:1] != [country.place_id]
    ]
    assert astray == []


def test_a_match_says_whether_the_name_is_the_places_own(place_store: PlaceStore):
    matches = {match.place.place_id: match for match in place_store.by_name("Islamabad")}
    capital, foreign = matches["gn:1176615"], matches["gn:1205733"]
    assert capital.is_primary
    assert capital.matched == "Islamabad"
    assert not foreign.is_primary
    assert foreign.place.name == "Chattogram"
    assert foreign.matched == "Islamabad"


def test_matches_come_by_population_and_the_unknown_last(place_store: PlaceStore):
    populations = [match.place.population for match in place_store.by_name("Springfield")]
    known = [population for population in populations if population is not None]
    assert len(known) > 10
    assert known == sorted(known, reverse=True)
    assert populations[: len(known)] == known


def test_every_matched_spelling_has_the_key_that_was_asked_for(place_store: PlaceStore):
    for name in ("St. Louis", "al-Raqqa", "SAO PAULO", "Bab al-Mandab"):
        for match in place_store.by_name(name):
            assert name_key(match.matched) == name_key(name)
            assert match.matched in place_store.names_of(match.place.place_id)


@pytest.mark.parametrize("nothing", ["", "  ", "---", "Qwertyuiopolis"])
def test_a_name_that_no_place_has_finds_nothing(place_store: PlaceStore, nothing: str):
    assert place_store.by_name(nothing) == ()


def test_no_population_is_ever_zero(place_store: PlaceStore):
    box = BoundingBox(south=-90, west=-180, north=90, east=180)
    assert all(p.population != 0 for p in place_store.in_box(box, limit=1_000_000))


@pytest.mark.parametrize(
    ("name", "best_known"),
    [
        ("南海", "sea:south-china-sea"),  # and three towns of China
        ("Red Sea", "sea:red-sea"),  # and divisions of Sudan and Egypt
        ("Hormuz", "cur:strait-of-hormuz"),  # and a town of 6,000
        ("Herat", "gn:1140026"),  # the town, not its province
    ],
)
def test_seas_and_regions_come_before_lesser_bearers_of_their_name(
    place_store: PlaceStore, name: str, best_known: str
):
    matches = place_store.by_name(name)
    assert matches[0].place.place_id == best_known
    assert [renown(m.place) for m in matches] == sorted(
        (renown(m.place) for m in matches), reverse=True
    )


def test_a_prefix_finds_the_most_populous_places_first(place_store: PlaceStore):
    names = [match.place.name for match in place_store.by_prefix("Teh", limit=5)]
    assert names[0] == "Tehran"
    assert len(names) == 5
    assert len(set(names)) > 1
    assert place_store.by_prefix("") == ()


def test_an_unknown_id_is_no_place(place_store: PlaceStore):
    for unknown in ("", "gn:", "gn:1", "gn:abc", "gn:99999999999999999999", "cur:no", "x:1"):
        assert place_store.by_id(unknown) is None
        assert place_store.names_of(unknown) == ()
        assert place_store.geometry(unknown) is None


def test_a_place_is_found_again_by_its_id(place_store: PlaceStore):
    for name in ("Tehran", "Sindh", "Persian Gulf", "Abqaiq facility", "Iran-Pakistan border"):
        for match in place_store.by_name(name):
            assert place_store.by_id(match.place.place_id) == match.place


def test_names_of_a_place_start_with_its_own(place_store: PlaceStore):
    names = place_store.names_of("gn:112931")
    assert names[0] == "Tehran"
    assert "Тегеран" in names
    assert len({name_key(name) for name in names}) == len(names)


def test_a_box_gives_its_most_populous_places(place_store: PlaceStore):
    box = BoundingBox(south=35, west=50.5, north=36.2, east=52)
    places = place_store.in_box(box, limit=3)
    assert places[0].place_id == "gn:112931"
    assert all(box.contains(place.coordinates) for place in places)


def test_a_box_may_cross_the_date_line(place_store: PlaceStore):
    box = BoundingBox(south=-20, west=175, north=-10, east=-170)
    places = place_store.in_box(box)
    assert {"FJ", "WS"} <= {place.country_code for place in places}
    assert all(box.contains(place.coordinates) for place in places)


def test_a_country_is_a_place_with_an_area(place_store: PlaceStore):
    iran = place_store.country("IR")
    assert iran is not None
    assert iran.feature_class is FeatureClass.ADMIN
    assert iran.precision is GeoPrecision.COUNTRY
    assert iran.population
    assert iran.bounds
    area = place_store.geometry(iran.place_id)
    assert area is not None
    assert area.kind is GeometryKind.AREA


def test_an_unknown_country_is_no_place(place_store: PlaceStore):
    assert place_store.country("??") is None
    assert place_store.capital("??") is None


@pytest.mark.parametrize(
    ("code", "name"),
    [("IR", "Tehran"), ("SA", "Riyadh"), ("PK", "Islamabad"), ("XK", "Pristina"), ("TW", "Taipei")],
)
def test_capitals_are_known_and_lie_in_their_country(place_store: PlaceStore, code: str, name: str):
    capital = place_store.capital(code)
    assert capital is not None
    assert capital.name == name
    assert capital.feature_code == "PPLC"
    country = place_store.country_at(capital.coordinates)
    assert country is not None
    assert country.country_code == code


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [(44.95, 34.1, "UA"), (55.68, 12.57, "DK"), (10.0, 45.0, "SO"), (4.9, -52.3, "GF")],
)
def test_a_point_lies_in_its_country(place_store: PlaceStore, lat: float, lon: float, code: str):
    country = place_store.country_at(Coordinates(lat=lat, lon=lon))
    assert country is not None
    assert country.country_code == code


@pytest.mark.parametrize(("lat", "lon"), [(27, 51.5), (0, -150), (-89.9, 0), (89.9, 179.9)])
def test_a_point_far_out_at_sea_lies_in_no_populated_country(
    place_store: PlaceStore, lat: float, lon: float
):
    country = place_store.country_at(Coordinates(lat=lat, lon=lon))
    assert country is None or country.country_code == "AQ"


def test_seas_and_divisions_have_areas(place_store: PlaceStore):
    for place_id in ("sea:persian-gulf", "adm1:IR.26", "adm1:GB.ENG", "cur:donbas", "cur:sahel"):
        area = place_store.geometry(place_id)
        assert area is not None
        assert area.kind is GeometryKind.AREA
        assert all(path[0] == path[-1] for part in area.parts for path in part)
    assert place_store.geometry("gn:112931") is None


def test_the_persian_gulf_lies_where_it_lies(place_store: PlaceStore):
    gulf = place_store.by_id("sea:persian-gulf")
    assert gulf is not None
    assert gulf.precision is GeoPrecision.WATER
    assert gulf.feature_class is FeatureClass.WATER
    # Natural Earth's Persian Gulf is centred near 26.9 N, 51.5 E.
    assert distance_km(gulf.coordinates, Coordinates(lat=26.9, lon=51.5)) < 100


def test_several_threads_may_look_up_at_once(place_store: PlaceStore):
    names = ["Tehran", "Riyadh", "the Gulf", "Yemen", "Springfield"] * 40
    alone = [ids(place_store, name) for name in names]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda name: ids(place_store, name), names))
    assert together == alone


def test_a_store_that_was_not_built_says_how_to_build_one(tmp_path: Path):
    with pytest.raises(StoreNotBuiltError, match="dateline places build") as caught:
        PlaceStore(tmp_path / "places.sqlite")
    assert isinstance(caught.value, GazetteerError)
    assert isinstance(caught.value, FileNotFoundError)


def test_a_store_can_be_opened_twice_and_closed_once(place_store: PlaceStore):
    with PlaceStore(place_store.path) as another:
        assert ids(another, "Tehran") == ids(place_store, "Tehran")
    assert ids(place_store, "Tehran")


@pytest.mark.parametrize(
    ("misspelt", "place_id"),
    [
        ("Tehrann", "gn:112931"),
        ("Islambad", "gn:1176615"),
        ("Ormarra", "gn:1168700"),
        ("Kahndahar", "gn:1138336"),
        ("Ryiadh", "gn:108410"),
        ("Afganistan", "gn:1149361"),
        ("Mariupoll", "gn:701822"),
    ],
)
def test_a_misspelt_name_is_answered_with_suggestions(
    place_store: PlaceStore, misspelt: str, place_id: str
):
    assert place_id in [s.match.place.place_id for s in place_store.suggest(misspelt, limit=8)]


def test_suggestions_are_never_an_answer_to_a_look_up(place_store: PlaceStore):
    assert place_store.by_name("Parchim-Parchin") == ()
    assert place_store.by_name("Tehrann") == ()
    suggested = place_store.suggest("Parchin")
    assert suggested
    assert all(name_key(s.match.matched) != "parchin" for s in suggested)


def test_suggestions_come_by_likeness(place_store: PlaceStore):
    likeness = [s.similarity for s in place_store.suggest("Islambad", limit=20)]
    assert likeness == sorted(likeness, reverse=True)
    assert place_store.suggest("") == ()
    assert place_store.suggest("Qwxzyqwxzyqwxzy") == ()


def test_the_nearest_place_is_the_closest_of_all(place_store: PlaceStore):
    point = Coordinates(lat=35.70, lon=51.40)
    near = place_store.nearest(point, limit=3, feature_class=FeatureClass.POPULATED)
    assert near[0].place.place_id == "gn:112931"
    assert [n.distance_km for n in near] == sorted(n.distance_km for n in near)
    assert near[0].distance_km == distance_km(point, near[0].place.coordinates)


@pytest.mark.parametrize(("lat", "lon"), [(-18.0, 179.99), (-18.0, -179.99), (89.9, 10.0)])
def test_the_nearest_place_is_found_across_the_date_line_and_at_the_pole(
    place_store: PlaceStore, lat: float, lon: float
):
    point = Coordinates(lat=lat, lon=lon)
    box = BoundingBox(south=-90, west=-180, north=90, east=180)
    closest = min(distance_km(point, p.coordinates) for p in place_store.in_box(box, limit=-1))
    (near,) = place_store.nearest(point, within_km=3000)
    assert near.distance_km == pytest.approx(closest)


def test_nothing_is_near_in_mid_ocean(place_store: PlaceStore):
    assert place_store.nearest(Coordinates(lat=-48, lon=-123), within_km=20) == ()


def test_places_of_a_country_come_by_population(place_store: PlaceStore):
    places = place_store.by_country("PK", limit=20)
    assert places[0].place_id == "gn:1168579"
    assert {place.country_code for place in places} == {"PK"}
    populations = [place.population or 0 for place in places]
    assert populations == sorted(populations, reverse=True)
    sites = place_store.by_country("PK", feature_class=FeatureClass.SITE)
    assert {place.feature_class for place in sites} == {FeatureClass.SITE}
    assert place_store.by_country("??") == ()


def test_no_sea_bears_a_large_towns_or_a_countrys_own_name(place_store):
    everywhere = BoundingBox(south=-90, west=-180, north=90, east=180)
    seas = [p for p in place_store.in_box(everywhere, limit=-1) if p.place_id.startswith("sea:")]
    assert len(seas) > 200
    namesakes = [
        (sea.name, match.place.place_id)
        for sea in seas
        for match in place_store.by_name(sea.name)
        if match.is_primary
        and (
            match.place.feature_code.startswith("PCL")
            or (
                match.place.feature_class is FeatureClass.POPULATED
                and (match.place.population or 0) >= 20_000
            )
        )
    ]
    assert namesakes == []


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Kaliningrad", "gn:554234"),
        ("Curonian Lagoon", "sea:curonian-lagoon"),
        ("Vistula Lagoon", "cur:vistula-lagoon"),
    ],
)
def test_kaliningrad_is_the_town_and_its_lagoons_have_their_own_names(place_store, name, place_id):
    assert place_store.by_name(name)[0].place.place_id == place_id


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (66.5, -175.0, "RU"),  # inland Chukotka
        (71.1, 179.5, "RU"),  # Wrangel Island, west of 180 degrees
        (71.2, -179.4, "RU"),  # and east of it
        (64.42, -173.23, "RU"),  # Provideniya
        (-18.1, 178.45, "FJ"),  # Suva
        (-16.85, -179.95, "FJ"),  # Taveuni
        (1.42, 173.0, "KI"),  # Tarawa
        (1.87, -157.4, "KI"),  # Kiritimati
        (52.9, 172.9, "US"),  # Attu
        (51.88, -176.65, "US"),  # Adak
        (-44.0, -176.5, "NZ"),  # Chatham Islands
        (-36.85, 174.76, "NZ"),  # Auckland
        (-86.0, 175.0, "AQ"),
        (-86.0, -150.0, "AQ"),
        (60.0, -178.0, None),  # Bering Sea
        (-17.0, 0.0, None),  # the Atlantic, at Fiji's latitude
    ],
)
def test_a_country_on_both_sides_of_180_degrees_holds_its_points(place_store, lat, lon, code):
    country = place_store.country_at(Coordinates(lat=lat, lon=lon))
    assert (country and country.country_code) == code


@pytest.mark.parametrize("code", ["RU", "FJ", "KI", "US", "NZ"])
def test_the_box_of_such_a_country_crosses_180_degrees(place_store, code):
    bounds = place_store.country(code).bounds
    assert bounds.west > bounds.east
    assert (bounds.east - bounds.west) % 360 < 180


def test_no_outline_runs_over_180_degrees(place_store):
    for code in countries():
        country = place_store.country(code)
        outline = place_store.geometry(country.place_id) if country else None
        for path in (path for part in outline.parts for path in part) if outline else ():
            assert all(abs(b[1] - a[1]) <= 180 for a, b in pairwise(path))
