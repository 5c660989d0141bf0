"""Online geocoders behind one small protocol: off unless switched on, slow on purpose.

Nothing found is None; a service that is down, slow, refusing or talking nonsense is a
GeocoderUnavailableError. The two never look alike, so that neither is cached as the other.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderParseError, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

from gazetteer.errors import GeocoderConfigurationError, GeocoderUnavailableError
from gazetteer.places import BoundingBox, Coordinates, FeatureClass, GeoPrecision, Place

if TYPE_CHECKING:
    from geopy.location import Location

PUBLIC_NOMINATIM = "https://nominatim.openstreetmap.org"
"""OpenStreetMap's own service: at most one request a second, with a user agent that names you."""

DEFAULT_USER_AGENT = "dateline-geoparser/0.1"
DEFAULT_TIMEOUT_SECONDS = 5.0
SECONDS_BETWEEN_REQUESTS = 1.0
"""The usage policy of the public Nominatim allows one request a second."""


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


class NominatimGeocoder:
    """Asks a Nominatim server through geopy, one request at a time.

    Raises: GeocoderConfigurationError when the endpoint or the user agent is unusable.
    """

    name = "nominatim"
    attribution = "© OpenStreetMap contributors, ODbL 1.0"

    def __init__(
        self,
        endpoint: str = PUBLIC_NOMINATIM,
        *,
        user_agent: str = DEFAULT_USER_AGENT,
        timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
        seconds_between_requests: float = SECONDS_BETWEEN_REQUESTS,
    ) -> None:
        parts = urlsplit(endpoint)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise GeocoderConfigurationError(
                f"Not an address of a Nominatim server: {endpoint!r}. "
                "Set DATELINE_GEOCODER_URL to one such as https://nominatim.example.org."
            )
        try:
            client = _StrictNominatim(
                scheme=parts.scheme,
                domain=parts.netloc + parts.path.rstrip("/"),
                user_agent=user_agent,
                timeout=timeout_seconds,
                adapter_factory=URLLibAdapter,
            )
        except GeopyError as error:
            raise GeocoderConfigurationError(str(error)) from error
        # By default the limiter turns a failure into None, which would be cached as nothing found.
        self._ask = RateLimiter(
            client.geocode,
            min_delay_seconds=seconds_between_requests,
            max_retries=0,
            swallow_exceptions=False,
        )

    def geocode(self, name: str) -> Place | None:
        """Return the place that the server ranks first for `name`, or None when it knows none.

        Raises: GeocoderUnavailableError when it is down, slow, refuses or answers nonsense.
        """
        try:
            location = self._ask(name, addressdetails=True, language="en")
            return _place(name, location) if location else None
        except GeopyError as error:
            raise GeocoderUnavailableError(self.name, _problem(error)) from error
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # geopy reads the answer without checking its form.
            raise GeocoderUnavailableError(self.name, "its answer could not be read") from error


def geocoder_from_environment() -> Geocoder | None:
    """Return the geocoder that the user has switched on, or None: it is off by default.

    DATELINE_GEOCODER=nominatim switches it on; DATELINE_GEOCODER_URL and
    DATELINE_GEOCODER_USER_AGENT name the server and you.

    Raises: GeocoderConfigurationError when the settings are unusable.
    """
    provider = os.environ.get("DATELINE_GEOCODER", "").strip().lower()
    if not provider:
        return None
    if provider != NominatimGeocoder.name:
        raise GeocoderConfigurationError(
            f"Unknown online geocoder {provider!r}. "
            "Set DATELINE_GEOCODER to nominatim, or unset it."
        )
    return NominatimGeocoder(
        os.environ.get("DATELINE_GEOCODER_URL") or PUBLIC_NOMINATIM,
        user_agent=os.environ.get("DATELINE_GEOCODER_USER_AGENT") or DEFAULT_USER_AGENT,
    )


class _StrictNominatim(Nominatim):  # type: ignore[misc]  # geopy carries no types
    """geopy takes any empty answer for "nothing found"; only an empty list says so."""

    def _parse_json(self, places: object, exactly_one: bool) -> object:  # noqa: FBT001  # geopy's signature
        if not isinstance(places, list):
            raise GeocoderParseError("the answer is not a list of places")
        for place in places:  # geopy would move a latitude of 123 to somewhere on the globe
            Coordinates(lat=float(place["lat"]), lon=float(place["lon"]))
        return super()._parse_json(places, exactly_one)


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
_SITE = _Kind(FeatureClass.SITE, "SITE", GeoPrecision.EXACT)


def _place(name: str, location: Location) -> Place:
    raw: dict[str, Any] = location.raw
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
    return str(error).strip().rstrip(".") or type(error).__name__
