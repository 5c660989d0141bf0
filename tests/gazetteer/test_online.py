from __future__ import annotations

import json
import subprocess
import sys
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from gazetteer.errors import GeocoderConfigurationError, GeocoderUnavailableError
from gazetteer.online import (
    GeoNamesGeocoder,
    NominatimGeocoder,
    PhotonGeocoder,
    geocoder_from_environment,
)
from gazetteer.places import Coordinates, FeatureClass, GeoPrecision
from gazetteer.turns import Turns

FOUND = [
    {
        "place_id": 88,
        "licence": "test data",
        "osm_type": "node",
        "osm_id": 4242,
        "lat": "25.2088",
        "lon": "64.6357",
        "class": "place",
        "type": "town",
        "addresstype": "town",
        "name": "Springhollow",
        "display_name": "Springhollow, Some Province, Pakistan",
        "address": {"town": "Springhollow", "country": "Pakistan", "country_code": "pk"},
        "boundingbox": ["25.1", "25.3", "64.5", "64.7"],
    }
]


class FakeNominatim:
    """A server on loopback that gives one answer to everything and keeps what was asked."""

    def __init__(self):
        self.status, self.body, self.answers = 200, b"[]", threading.Event()
        self.answers.set()
        self.requests = []
        self.headers = {}
        self.refusals = 0
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                fake.requests.append((parse_qs(urlsplit(self.path).query), dict(self.headers)))
                fake.answers.wait(10)
                try:
                    is_busy, fake.refusals = fake.refusals > 0, max(0, fake.refusals - 1)
                    self.send_response(fake.busy_status if is_busy else fake.status)
                    self.send_header("Content-Type", "application/json")
                    for name, value in fake.headers.items() if is_busy else ():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(fake.body)
                except ConnectionError:
                    pass  # the client has given up, as the time-out test wants

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, body, status=200):
        self.status = status
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()

    def refuse(self, times, status, **headers):
        self.refusals, self.busy_status = times, status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def close(self):
        self.answers.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def nominatim():
    server = FakeNominatim()
    yield server
    server.close()


class Time:
    """A clock that only moves when somebody sleeps, and keeps how long they slept."""

    def __init__(self):
        self.now, self.naps = 1_000_000.0, []

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.naps.append(seconds)
        self.now += seconds


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def turns(tmp_path, time):
    return Turns(tmp_path / "turns.sqlite", clock=time.clock, sleep=time.sleep)


@pytest.fixture
def geocoder(nominatim, turns):
    return NominatimGeocoder(nominatim.url, user_agent="tests of dateline", turns=turns)


def test_a_found_name_becomes_a_place(nominatim, geocoder):
    nominatim.answer(FOUND)
    place = geocoder.geocode("Springhollow")
    assert place.place_id == "osm:n4242"
    assert place.name == "Springhollow"
    assert place.coordinates == Coordinates(lat=25.2088, lon=64.6357)
    assert (place.country_code, place.feature_class) == ("PK", FeatureClass.POPULATED)
    assert (place.bounds.south, place.bounds.west) == (25.1, 64.5)
    assert (place.bounds.north, place.bounds.east) == (25.3, 64.7)


@pytest.mark.parametrize(
    ("address_type", "precision"),
    [
        ("country", GeoPrecision.COUNTRY),
        ("state", GeoPrecision.ADMIN1),
        ("county", GeoPrecision.ADMIN2),
        ("sea", GeoPrecision.WATER),
    ],
)
def test_precision_follows_the_kind_of_place(nominatim, geocoder, address_type, precision):
    nominatim.answer([{**FOUND[0], "addresstype": address_type}])
    assert geocoder.geocode("Springhollow").precision is precision


def test_the_request_carries_the_name_and_who_asks(nominatim, geocoder):
    nominatim.answer(FOUND)
    geocoder.geocode("Springhollow")
    query, headers = nominatim.requests[0]
    assert query["q"] == ["Springhollow"]
    assert query["accept-language"] == ["en"]
    assert headers["User-Agent"] == "tests of dateline"


def test_nothing_found_is_none(nominatim, geocoder):
    nominatim.answer([])
    assert geocoder.geocode("Nowhereville") is None


@pytest.mark.parametrize("status", [401, 403])
def test_who_is_refused_is_told_the_settings_that_say_who_asks(nominatim, geocoder, status):
    nominatim.answer([], status=status)
    with pytest.raises(GeocoderUnavailableError, match=r"it refused .*DATELINE_GEOCODER_KEY"):
        geocoder.geocode("Springhollow")


def test_an_answer_that_is_no_json_is_told_in_words(nominatim, geocoder):
    nominatim.answer(b"<html>hello")
    with pytest.raises(GeocoderUnavailableError, match="its answer could not be read"):
        geocoder.geocode("Springhollow")


@pytest.mark.parametrize("status", [401, 403, 429, 500, 502, 503])
def test_a_refusal_is_an_error_never_nothing(nominatim, geocoder, status):
    nominatim.answer([], status=status)
    with pytest.raises(GeocoderUnavailableError, match="nominatim"):
        geocoder.geocode("Springhollow")


@pytest.mark.parametrize(
    "garbage",
    [
        b"<html>maintenance</html>",
        b"",
        b"\xff\xfe\x00",
        {},
        None,
        "no",
        ["no"],
        [{}],
        [{"lat": "north", "lon": "east", "display_name": "?"}],
        [{**FOUND[0], "lat": "123.0"}],
        [{key: value for key, value in FOUND[0].items() if key != "osm_id"}],
        [{**FOUND[0], "boundingbox": ["1"]}],
        {"error": "database is on fire"},
    ],
)
def test_garbage_is_an_error_never_nothing(nominatim, geocoder, garbage):
    nominatim.answer(garbage)
    with pytest.raises(GeocoderUnavailableError):
        geocoder.geocode("Springhollow")


def test_silence_is_an_error_after_the_time_out(nominatim, turns):
    nominatim.answers.clear()
    geocoder = NominatimGeocoder(nominatim.url, timeout_seconds=0.05, turns=turns)
    with pytest.raises(GeocoderUnavailableError):
        geocoder.geocode("Springhollow")


def test_nobody_listening_is_an_error(nominatim, turns):
    url = nominatim.url
    nominatim.close()
    with pytest.raises(GeocoderUnavailableError):
        NominatimGeocoder(url, turns=turns).geocode("Springhollow")


def test_off_by_default(monkeypatch):
    monkeypatch.delenv("DATELINE_GEOCODER", raising=False)
    assert geocoder_from_environment() is None


def test_switched_on_by_the_environment(monkeypatch, nominatim, tmp_path):
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))
    monkeypatch.setenv("DATELINE_GEOCODER", "nominatim")
    monkeypatch.setenv("DATELINE_GEOCODER_URL", nominatim.url)
    monkeypatch.setenv("DATELINE_GEOCODER_USER_AGENT", "somebody")
    nominatim.answer(FOUND)
    assert geocoder_from_environment().geocode("Springhollow") is not None
    assert nominatim.requests[0][1]["User-Agent"] == "somebody"


@pytest.mark.parametrize(
    ("name", "url"),
    [("google", "http://127.0.0.1"), ("nominatim", "ftp://x"), ("nominatim", "nonsense")],
)
def test_unusable_settings_are_told(monkeypatch, name, url):
    monkeypatch.setenv("DATELINE_GEOCODER", name)
    monkeypatch.setenv("DATELINE_GEOCODER_URL", url)
    with pytest.raises(GeocoderConfigurationError):
        geocoder_from_environment()


def test_requests_are_a_second_apart(nominatim, geocoder, time):
    nominatim.answer([])
    for _ in range(4):
        geocoder.geocode("Springhollow")
    assert time.naps == pytest.approx([1.1, 1.1, 1.1])


def test_two_processes_never_ask_within_one_second(nominatim, turns, tmp_path, time):
    # Two objects on one file are what two processes are.
    other = Turns(tmp_path / "turns.sqlite", clock=time.clock, sleep=time.sleep)
    nominatim.answer([])
    for number in range(4):
        NominatimGeocoder(nominatim.url, turns=other if number % 2 else turns).geocode("X")
    assert time.naps == pytest.approx([1.1, 1.1, 1.1])


def test_real_processes_share_the_turns(tmp_path):
    code = (
        "import sys; from pathlib import Path; from gazetteer.turns import Turns\n"
        "naps = []\n"
        "turns = Turns(Path(sys.argv[1]), clock=lambda: 5.0, sleep=naps.append)\n"
        "for _ in range(5): turns.take('host', seconds_between=1.0)\n"
        "print(*naps)"
    )
    path = str(tmp_path / "turns.sqlite")
    processes = [
        subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    naps = [float(nap) for p in processes for nap in p.communicate()[0].split()]
    assert sorted(naps) == [float(second) for second in range(1, 15)]


def test_turns_at_one_service_do_not_hold_up_another(turns, time):
    assert turns.take("one", seconds_between=1.0) == 0
    assert turns.take("two", seconds_between=1.0) == 0
    assert time.naps == []


def test_a_clock_that_was_set_back_does_not_lock_the_service(turns, time):
    turns.take("host", seconds_between=1.0)
    time.now -= 10 * 24 * 3600
    assert turns.take("host", seconds_between=1.0) == 0
    assert time.naps == []


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_is_asked_again_after_the_time_that_it_names(
    nominatim, geocoder, time, status
):
    nominatim.answer(FOUND)
    nominatim.refuse(1, status, Retry_After="7")
    assert geocoder.geocode("Springhollow") is not None
    assert time.naps == [7.0]
    assert len(nominatim.requests) == 2


def test_a_busy_service_that_names_no_time_is_given_ever_more(nominatim, geocoder, time):
    nominatim.answer(FOUND)
    nominatim.refuse(2, 503)
    assert geocoder.geocode("Springhollow") is not None
    assert time.naps == [2.0, 4.0]


def test_a_service_that_stays_busy_is_given_up(nominatim, geocoder):
    nominatim.refuse(99, 429)
    with pytest.raises(GeocoderUnavailableError):
        geocoder.geocode("Springhollow")
    assert len(nominatim.requests) == 3


def test_nobody_waits_an_hour_and_nobody_asks_within_it(nominatim, geocoder, time):
    nominatim.answer(FOUND)
    nominatim.refuse(1, 429, Retry_After="3600")
    for _ in range(2):
        with pytest.raises(GeocoderUnavailableError, match="left alone for another 60 minutes"):
            geocoder.geocode("Springhollow")
    assert len(nominatim.requests) == 1
    assert time.naps == []
    time.now += 3600
    assert geocoder.geocode("Springhollow") is not None


@pytest.mark.parametrize("status", [400, 403, 500])
def test_only_a_busy_service_is_asked_again(nominatim, geocoder, status):
    nominatim.answer([], status=status)
    with pytest.raises(GeocoderUnavailableError):
        geocoder.geocode("Springhollow")
    assert len(nominatim.requests) == 1


FEATURE = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [64.6357, 25.2088]},
    "properties": {
        "osm_type": "N",
        "osm_id": 4242,
        "osm_key": "place",
        "osm_value": "town",
        "type": "city",
        "name": "Springhollow",
        "countrycode": "PK",
        "extent": [64.5, 25.3, 64.7, 25.1],
    },
}
GEONAME = {
    "geonameId": 4242,
    "name": "Springhollow",
    "lat": "25.2088",
    "lng": "64.6357",
    "fcl": "P",
    "fcode": "PPLA3",
    "countryCode": "PK",
    "adminCode1": "02",
    "population": 0,
}


@pytest.fixture
def photon(nominatim, turns):
    return PhotonGeocoder(nominatim.url, turns=turns)


@pytest.fixture
def geonames(nominatim, turns):
    return GeoNamesGeocoder(nominatim.url, username="ana", turns=turns)


def test_photon_s_answer_becomes_a_place(nominatim, photon):
    nominatim.answer({"type": "FeatureCollection", "features": [FEATURE]})
    place = photon.geocode("Springhollow")
    assert (place.place_id, place.name, place.country_code) == ("osm:n4242", "Springhollow", "PK")
    assert place.coordinates == Coordinates(lat=25.2088, lon=64.6357)
    assert (place.feature_class, place.precision) == (FeatureClass.POPULATED, GeoPrecision.EXACT)
    assert (place.bounds.south, place.bounds.north) == (25.1, 25.3)
    assert (place.bounds.west, place.bounds.east) == (64.5, 64.7)
    assert nominatim.requests[0][0]["limit"] == ["1"]


def test_geonames_answer_becomes_a_place(nominatim, geonames):
    nominatim.answer({"totalResultsCount": 1, "geonames": [GEONAME]})
    place = geonames.geocode("Springhollow")
    assert (place.place_id, place.country_code, place.admin1_code) == ("gn:4242", "PK", "02")
    assert (place.feature_class, place.feature_code) == (FeatureClass.POPULATED, "PPLA3")
    assert place.population is None
    assert nominatim.requests[0][0]["username"] == ["ana"]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("provider", "found"),
    [("photon", {"features": [FEATURE]}), ("geonames", {"geonames": [GEONAME]})],
)
def test_every_provider_is_left_alone_for_as_long_as_it_says(
    request, nominatim, time, provider, found, status
):
    nominatim.answer(found)
    nominatim.refuse(1, status, Retry_After="7")
    assert request.getfixturevalue(provider).geocode("Springhollow").name == "Springhollow"
    assert time.naps == [7.0]


@pytest.mark.parametrize("provider", ["photon", "geonames"])
def test_silence_of_any_provider_is_an_error(nominatim, turns, provider):
    nominatim.answers.clear()
    make = {"photon": PhotonGeocoder, "geonames": partial(GeoNamesGeocoder, username="ana")}
    geocoder = make[provider](nominatim.url, timeout_seconds=0.05, turns=turns)
    with pytest.raises(GeocoderUnavailableError, match=f"{provider} did not answer: Service timed"):
        geocoder.geocode("Springhollow")


@pytest.mark.parametrize(
    ("provider", "nothing"), [("photon", {"features": []}), ("geonames", {"geonames": []})]
)
def test_nothing_found_is_none_with_every_provider(request, nominatim, provider, nothing):
    nominatim.answer(nothing)
    assert request.getfixturevalue(provider).geocode("Nowhereville") is None


@pytest.mark.parametrize("provider", ["photon", "geonames"])
@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"<html>",
        [],
        {},
        None,
        {"features": None},
        {"features": [{}]},
        {"features": [{**FEATURE, "geometry": {"coordinates": [0, 99]}}]},
        {"features": [{**FEATURE, "properties": {}}]},
        {"geonames": [{}]},
        {"geonames": [{**GEONAME, "lat": "north"}]},
        {"geonames": [{**GEONAME, "fcode": "XXX", "fcl": "?"}]},
        {"status": {"value": 18, "message": "the daily limit is used up"}},
    ],
)
def test_garbage_is_never_nothing_with_any_provider(request, nominatim, provider, garbage):
    nominatim.answer(garbage)
    with pytest.raises(GeocoderUnavailableError, match=provider):
        request.getfixturevalue(provider).geocode("Springhollow")


@pytest.mark.parametrize("name", ["nominatim", "photon", "geonames"])
def test_each_provider_is_switched_on_by_its_name(monkeypatch, name):
    monkeypatch.setenv("DATELINE_GEOCODER", name)
    monkeypatch.setenv("DATELINE_GEOCODER_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("DATELINE_GEOCODER_KEY", "ana")
    geocoder = geocoder_from_environment()
    assert geocoder.name == name
    assert "ODbL" in geocoder.attribution or "CC BY" in geocoder.attribution
    assert geocoder.seconds_between_requests >= 1.0


def test_geonames_without_a_user_is_told(monkeypatch):
    monkeypatch.setenv("DATELINE_GEOCODER", "geonames")
    monkeypatch.delenv("DATELINE_GEOCODER_KEY", raising=False)
    with pytest.raises(GeocoderConfigurationError, match="DATELINE_GEOCODER_KEY"):
        geocoder_from_environment()
