"""Online geocoders behind one small protocol: off unless switched on, slow on purpose.

Nothing found is None; a service that is down, slow, refusing or talking nonsense is a
GeocoderUnavailableError. The two never look alike, so that neither is cached as the other.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from geopy.adapters import AdapterHTTPError, URLLibAdapter, get_retry_after
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeopyError,
)
from geopy.geocoders import GeoNames, Nominatim, Photon

from gazetteer.errors import GeocoderConfigurationError, GeocoderUnavailableError
from gazetteer.places import BoundingBox, Coordinates, FeatureClass, GeoPrecision, Place
from gazetteer.records import feature_types
from gazetteer.turns import Turns

if TYPE_CHECKING:
    from geopy.location import Location

PUBLIC_NOMINATIM = "https://nominatim.openstreetmap.org"
"""OpenStreetMap's own service: at most one request a second, with a user agent that names you."""

PUBLIC_PHOTON = "https://photon.komoot.io"
"""Komoot's service: fair use, no bulk."""

PUBLIC_GEONAMES = "https://secure.geonames.org"
"""GeoNames' own service: needs the name of a user who has switched its web services on."""

OPENSTREETMAP_ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0"
GEONAMES_ATTRIBUTION = "GeoNames (geonames.org), CC BY 4.0"
DEFAULT_USER_AGENT = "dateline-geoparser/0.1"
DEFAULT_TIMEOUT_SECONDS = 5.0
SECONDS_BETWEEN_REQUESTS = 1.1
"""The usage policy of the public Nominatim allows one request a second; some are longer on the
way than others, and none may arrive sooner than that after another."""

MOST_TRIES = 3
FIRST_BACK_OFF_SECONDS = 2.0
"""Waited before the second try when the service does not say how long; doubled each time."""

_BUSY_STATUSES = frozenset({429, 503})
_UNREADABLE = "its answer could not be read"


class Geocoder(Protocol):
    """Something that can be asked where a name lies."""

    @property
    def name(self) -> str:
        """Short name of the provider: "nominatim"."""

    @property
    def attribution(self) -> str:
        """Whose data its answers are and under which licence, as the provider wants it said."""

    def geocode(self, name: str) -> Place | None:
        """Return the place called `name`, or None when the provider knows none.

        Raises: GeocoderUnavailableError when the provider gave no usable answer.
        """


class _PoliteGeocoder:
    """Asks one service through geopy: in turn, again after a "too busy", never in a hurry."""

    name: str
    attribution: str
    public_endpoint: str

    def __init__(
        self,
        endpoint: str | None = None,
        *,
        user_agent: str = DEFAULT_USER_AGENT,
        timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
        seconds_between_requests: float = SECONDS_BETWEEN_REQUESTS,
        turns: Turns | None = None,
    ) -> None:
        endpoint = endpoint or self.public_endpoint
        parts = urlsplit(endpoint)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise GeocoderConfigurationError(
                f"Not an address of a {self.name} server: {endpoint!r}. "
                "Set DATELINE_GEOCODER_URL to one such as https://geocoder.example.org."
            )
        self.host = parts.netloc
        self.seconds_between_requests = seconds_between_requests
        self._turns = turns or Turns()
        try:
            self._client = self._make_client(
                scheme=parts.scheme,
                domain=parts.netloc + parts.path.rstrip("/"),
                user_agent=user_agent,
                timeout=timeout_seconds,
                adapter_factory=URLLibAdapter,
            )
        except GeopyError as error:
            raise GeocoderConfigurationError(str(error)) from error

    def geocode(self, name: str) -> Place | None:
        """Return the place that the service ranks first for `name`, or None when it knows none.

        Raises: GeocoderUnavailableError when it is down, slow, refuses or answers nonsense.
        """
        for attempt in range(MOST_TRIES):
            self._take_turn()
            try:
                location = self._ask(name)
                return self._place(name, location) if location else None
            except GeopyError as error:
                rest = _rest_seconds(error, attempt)
                if rest is not None:
                    self._turns.hold_off(self.host, seconds=rest)
                if rest is None or attempt == MOST_TRIES - 1:
                    raise GeocoderUnavailableError(self.name, _problem(error)) from error
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                # geopy reads the answer without checking its form.
                raise GeocoderUnavailableError(self.name, _UNREADABLE) from error
        raise AssertionError("the last try returns or raises")

    def _take_turn(self) -> None:
        rest = self._turns.take(self.host, seconds_between=self.seconds_between_requests)
        if rest:
            minutes = f"another {math.ceil(rest / 60)} minutes"
            raise GeocoderUnavailableError(self.name, f"it asked to be left alone for {minutes}")

    def _make_client(self, **settings: Any) -> Any:  # noqa: ANN401 - geopy carries no types
        raise NotImplementedError

    def _ask(self, name: str) -> Location | None:
        raise NotImplementedError

    def _place(self, name: str, location: Location) -> Place:
        raise NotImplementedError


class NominatimGeocoder(_PoliteGeocoder):
    """Asks a Nominatim server.

    Raises: GeocoderConfigurationError when the endpoint or the user agent is unusable.
    """

    name = "nominatim"
    attribution = OPENSTREETMAP_ATTRIBUTION
    public_endpoint = PUBLIC_NOMINATIM

    def _make_client(self, **settings: Any) -> Any:  # noqa: ANN401
        return _StrictNominatim(**settings)

    def _ask(self, name: str) -> Location | None:
        return self._client.geocode(name, addressdetails=True, language="en")

    def _place(self, name: str, location: Location) -> Place:
        return _nominatim_place(name, location.raw)


class PhotonGeocoder(_PoliteGeocoder):
    """Asks a Photon server, which answers from OpenStreetMap too.

    Raises: GeocoderConfigurationError when the endpoint is unusable.
    """

    name = "photon"
    attribution = OPENSTREETMAP_ATTRIBUTION
    public_endpoint = PUBLIC_PHOTON

    def _make_client(self, **settings: Any) -> Any:  # noqa: ANN401
        return _StrictPhoton(**settings)

    def _ask(self, name: str) -> Location | None:
        return self._client.geocode(name, language="en", limit=1)

    def _place(self, name: str, location: Location) -> Place:
        return _photon_place(name, location.raw)


class GeoNamesGeocoder(_PoliteGeocoder):
    """Asks GeoNames' web service in the name of the user `username`.

    Raises: GeocoderConfigurationError when the endpoint is unusable or there is no user.
    """

    name = "geonames"
    attribution = GEONAMES_ATTRIBUTION
    public_endpoint = PUBLIC_GEONAMES

    def __init__(self, endpoint: str | None = None, *, username: str, **settings: Any) -> None:  # noqa: ANN401
        if not username:
            raise GeocoderConfigurationError(
                "GeoNames asks who you are: set DATELINE_GEOCODER_KEY to your user name there."
            )
        self._username = username
        super().__init__(endpoint, **settings)

    def _make_client(self, **settings: Any) -> Any:  # noqa: ANN401
        return _StrictGeoNames(username=self._username, **settings)

    def _ask(self, name: str) -> Location | None:
        return self._client.geocode(name)

    def _place(self, name: str, location: Location) -> Place:
        return _geonames_place(name, location.raw)


def geocoder_from_environment() -> Geocoder | None:
    """Return the geocoder that the user has switched on, or None: it is off by default.

    DATELINE_GEOCODER=nominatim, photon or geonames switches it on; DATELINE_GEOCODER_URL
    names the server, DATELINE_GEOCODER_USER_AGENT you, and DATELINE_GEOCODER_KEY your user
    name at GeoNames.

    Raises: GeocoderConfigurationError when the settings are unusable.
    """
    provider = os.environ.get("DATELINE_GEOCODER", "").strip().lower()
    if not provider:
        return None
    make = _GEOCODERS.get(provider)
    if make is None:
        raise GeocoderConfigurationError(
            f"Unknown online geocoder {provider!r}. "
            f"Set DATELINE_GEOCODER to {', '.join(_GEOCODERS)}, or unset it."
        )
    return make(
        os.environ.get("DATELINE_GEOCODER_URL") or None,
        user_agent=os.environ.get("DATELINE_GEOCODER_USER_AGENT") or DEFAULT_USER_AGENT,
    )


def _geonames_of_environment(endpoint: str | None, *, user_agent: str) -> Geocoder:
    username = os.environ.get("DATELINE_GEOCODER_KEY", "").strip()
    return GeoNamesGeocoder(endpoint, username=username, user_agent=user_agent)


_GEOCODERS: dict[str, Callable[..., Geocoder]] = {
    "nominatim": NominatimGeocoder,
    "photon": PhotonGeocoder,
    "geonames": _geonames_of_environment,
}


def _rest_seconds(error: GeopyError, attempt: int) -> float | None:
    """Return how long a busy service is to be left alone; None when it is not merely busy."""
    answer = error.__cause__
    if not isinstance(answer, AdapterHTTPError) or answer.status_code not in _BUSY_STATUSES:
        return None
    said: int | None = get_retry_after(answer.headers)
    return float(said) if said is not None else FIRST_BACK_OFF_SECONDS * 2**attempt


class _StrictNominatim(Nominatim):  # type: ignore[misc]  # geopy carries no types
    """geopy takes any empty answer for "nothing found"; only an empty list says so."""

    def _parse_json(self, places: object, exactly_one: bool) -> object:  # noqa: FBT001  # geopy's signature
        if not isinstance(places, list):
            raise GeocoderParseError("the answer is not a list of places")
        for place in places:  # geopy would move a latitude of 123 to somewhere on the globe
            Coordinates(lat=float(place["lat"]), lon=float(place["lon"]))
        return super()._parse_json(places, exactly_one)


class _StrictPhoton(Photon):  # type: ignore[misc]  # geopy carries no types
    """As _StrictNominatim."""

    def _parse_json(self, resources: Any, exactly_one: bool = True) -> object:  # noqa: ANN401, FBT001, FBT002
        features = resources.get("features") if isinstance(resources, dict) else None
        if not isinstance(features, list):
            raise GeocoderParseError("the answer is not a collection of features")
        for feature in features:
            lon, lat = feature["geometry"]["coordinates"]
            Coordinates(lat=float(lat), lon=float(lon))
        return super()._parse_json(resources, exactly_one)


class _StrictGeoNames(GeoNames):  # type: ignore[misc]  # geopy carries no types
    """As _StrictNominatim."""

    def _parse_json(self, doc: Any, exactly_one: bool) -> object:  # noqa: ANN401, FBT001
        if not isinstance(doc, dict):
            raise GeocoderParseError("the answer is not an object")
        self._raise_for_error(doc)
        if not isinstance(doc.get("geonames"), list):
            raise GeocoderParseError("the answer is not a list of places")
        for place in doc["geonames"]:
            Coordinates(lat=float(place["lat"]), lon=float(place["lng"]))
        return super()._parse_json(doc, exactly_one)


@dataclass(frozen=True, slots=True)
class _Kind:
    feature_class: FeatureClass
    feature_code: str
    precision: GeoPrecision


_ADDRESS_KINDS = {
    "country": _Kind(FeatureClass.ADMIN, "PCLI", GeoPrecision.COUNTRY),
    "state": _Kind(FeatureClass.ADMIN, "ADM1", GeoPrecision.ADMIN1),
    "province": _Kind(FeatureClass.ADMIN, "ADM1", GeoPrecision.ADMIN1),
    "region": _Kind(FeatureClass.AREA, "RGN", GeoPrecision.REGION),
    "county": _Kind(FeatureClass.ADMIN, "ADM2", GeoPrecision.ADMIN2),
    "district": _Kind(FeatureClass.ADMIN, "ADM2", GeoPrecision.ADMIN2),
    "sea": _Kind(FeatureClass.WATER, "SEA", GeoPrecision.WATER),
    "ocean": _Kind(FeatureClass.WATER, "OCN", GeoPrecision.WATER),
    "bay": _Kind(FeatureClass.WATER, "BAY", GeoPrecision.WATER),
    "strait": _Kind(FeatureClass.WATER, "STRT", GeoPrecision.WATER),
    "river": _Kind(FeatureClass.WATER, "STM", GeoPrecision.REGION),
}
_CLASS_KINDS = {
    "place": _Kind(FeatureClass.POPULATED, "PPL", GeoPrecision.EXACT),
    "boundary": _Kind(FeatureClass.ADMIN, "ADMD", GeoPrecision.NEAR),
    "natural": _Kind(FeatureClass.RELIEF, "MT", GeoPrecision.NEAR),
    "waterway": _Kind(FeatureClass.WATER, "STM", GeoPrecision.REGION),
    "highway": _Kind(FeatureClass.ROAD, "RD", GeoPrecision.NEAR),
}
_CLASS_PRECISIONS = {
    FeatureClass.ADMIN: GeoPrecision.ADMIN2,
    FeatureClass.WATER: GeoPrecision.REGION,
    FeatureClass.AREA: GeoPrecision.REGION,
    FeatureClass.POPULATED: GeoPrecision.EXACT,
    FeatureClass.ROAD: GeoPrecision.NEAR,
    FeatureClass.SITE: GeoPrecision.EXACT,
    FeatureClass.RELIEF: GeoPrecision.NEAR,
    FeatureClass.UNDERSEA: GeoPrecision.REGION,
    FeatureClass.VEGETATION: GeoPrecision.REGION,
}
_SITE = _Kind(FeatureClass.SITE, "SITE", GeoPrecision.EXACT)


def _nominatim_place(name: str, raw: dict[str, Any]) -> Place:
    address = raw.get("address") or {}
    kind = _kind(raw)
    country_code = address.get("country_code")
    return Place(
        place_id=f"osm:{raw['osm_type'][0]}{raw['osm_id']}",
        name=raw.get("name") or raw["display_name"].split(",")[0] or name,
        coordinates=Coordinates(lat=float(raw["lat"]), lon=float(raw["lon"])),
        feature_class=kind.feature_class,
        feature_code=kind.feature_code,
        precision=kind.precision,
        country_code=country_code.upper() if country_code else None,
        bounds=_bounds(raw.get("boundingbox")),
    )


def _photon_place(name: str, raw: dict[str, Any]) -> Place:
    found = raw["properties"]
    kind = _ADDRESS_KINDS.get(found.get("type") or "") or _ADDRESS_KINDS.get(
        found.get("osm_value") or ""
    )
    kind = kind or _CLASS_KINDS.get(found.get("osm_key") or "", _SITE)
    lon, lat = raw["geometry"]["coordinates"]
    country_code = found.get("countrycode")
    return Place(
        place_id=f"osm:{found['osm_type'][0].lower()}{found['osm_id']}",
        name=found.get("name") or name,
        coordinates=Coordinates(lat=float(lat), lon=float(lon)),
        feature_class=kind.feature_class,
        feature_code=kind.feature_code,
        precision=kind.precision,
        country_code=country_code.upper() if country_code else None,
        bounds=_photon_bounds(found.get("extent")),
    )


def _photon_bounds(extent: list[float] | None) -> BoundingBox | None:
    """Read Photon's [west, north, east, south]."""
    if not extent:
        return None
    west, north, east, south = map(float, extent)
    return BoundingBox(south=south, west=west, north=north, east=east)


def _geonames_place(name: str, raw: dict[str, Any]) -> Place:
    code = raw.get("fcode") or "PPL"
    kind = feature_types().get(code)
    letter = raw.get("fcl") or "P"
    return Place(
        place_id=f"gn:{int(raw['geonameId'])}",
        name=raw.get("name") or name,
        coordinates=Coordinates(lat=float(raw["lat"]), lon=float(raw["lng"])),
        feature_class=kind.feature_class if kind else FeatureClass(letter),
        feature_code=code,
        precision=kind.precision if kind else _CLASS_PRECISIONS[FeatureClass(letter)],
        country_code=raw.get("countryCode") or None,
        admin1_code=raw.get("adminCode1") or None,
        population=int(raw.get("population") or 0) or None,
    )


def _kind(raw: dict[str, Any]) -> _Kind:
    kind = _ADDRESS_KINDS.get(raw.get("addresstype") or raw.get("type") or "")
    return kind or _CLASS_KINDS.get(raw.get("class") or raw.get("category") or "", _SITE)


def _bounds(box: list[str] | None) -> BoundingBox | None:
    """Read Nominatim's [south, north, west, east], strings in decimal degrees."""
    if not box:
        return None
    south, north, west, east = (float(edge) for edge in box)
    return BoundingBox(south=south, west=west, north=north, east=east)


def _problem(error: GeopyError) -> str:
    if isinstance(error, GeocoderParseError):
        return _UNREADABLE
    said = str(error).strip().rstrip(".") or type(error).__name__
    if isinstance(error, GeocoderAuthenticationFailure | GeocoderInsufficientPrivileges):
        settings = "DATELINE_GEOCODER_USER_AGENT and DATELINE_GEOCODER_KEY say who you are"
        return f"it refused ({said}); {settings}"
    return said
