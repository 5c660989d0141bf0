from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from gazetteer.errors import GeocoderConfigurationError, GeocoderUnavailableError
from gazetteer.online import NominatimGeocoder, geocoder_from_environment
from gazetteer.places import Coordinates, FeatureClass, GeoPrecision

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
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                fake.requests.append((parse_qs(urlsplit(self.path).query), dict(self.headers)))
                fake.answers.wait(10)
                try:
                    self.send_response(fake.status)
                    self.send_header("Content-Type", "application/json")
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

    def close(self):
        self.answers.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def nominatim():
    server = FakeNominatim()
    yield server
    server.close()


@pytest.fixture
def geocoder(nominatim):
    return NominatimGeocoder(
        nominatim.url, user_agent="tests of dateline", seconds_between_requests=0
    )


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


@pytest.mark.parametrize("status", [403, 429, 500, 503])
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


def test_silence_is_an_error_after_the_time_out(nominatim):
    nominatim.answers.clear()
    geocoder = NominatimGeocoder(nominatim.url, timeout_seconds=0.05, seconds_between_requests=0)
    with pytest.raises(GeocoderUnavailableError):
        geocoder.geocode("Springhollow")


def test_nobody_listening_is_an_error(nominatim):
    url = nominatim.url
    nominatim.close()
    with pytest.raises(GeocoderUnavailableError):
        NominatimGeocoder(url, seconds_between_requests=0).geocode("Springhollow")


def test_off_by_default(monkeypatch):
    monkeypatch.delenv("DATELINE_GEOCODER", raising=False)
    assert geocoder_from_environment() is None


def test_switched_on_by_the_environment(monkeypatch, nominatim):
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


def test_requests_are_spaced(nominatim, geocoder):
    assert NominatimGeocoder(nominatim.url)._ask.min_delay_seconds == 1.0
    assert geocoder._ask.swallow_exceptions is False
