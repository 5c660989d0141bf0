"""Where a record's event happened: at the point that it gives, or where its names say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from dashboard.events import EventLocation
from dashboard.importers.records import Record, RowError
from dashboard.importers.shapes import RADIUS_KM
from gazetteer.build import open_place_store
from gazetteer.cache import GazetteerCache
from gazetteer.countries import countries
from gazetteer.divisions import Divisions
from gazetteer.errors import InvalidCoordinatesError
from gazetteer.levels import named_place
from gazetteer.places import Coordinates, FeatureClass, GeoPrecision, Place
from gazetteer.store import PlaceStore
from gazetteer.toponyms import Mention, MentionKind

_CLASSES = {
    GeoPrecision.ADMIN2: (FeatureClass.ADMIN, "ADM2"),
    GeoPrecision.ADMIN1: (FeatureClass.ADMIN, "ADM1"),
    GeoPrecision.REGION: (FeatureClass.AREA, "RGN"),
    GeoPrecision.COUNTRY: (FeatureClass.ADMIN, "PCLI"),
    GeoPrecision.WATER: (FeatureClass.WATER, "SEA"),
}
_REMEMBERED = 65_536


class Locator:
    """Finds the places of the records of one form."""

    def __init__(self, form: str) -> None:
        self._form = form
        self._at = lru_cache(_REMEMBERED)(self._of_point)
        self._called = lru_cache(_REMEMBERED)(self._of_names)

    def location_of(self, record: Record) -> EventLocation | None:
        """Return where a record's event happened; None when neither point nor names tell.

        Raises: RowError when its point is off the globe.
        """
        if record.lat is None or record.lon is None:
            levels = (*record.place_name.split(","), *record.within)
            return self._called(levels, record.country_code, is_town=record.names_town)
        return self._at(
            record.lat, record.lon, record.precision, record.place_name, record.country_code
        )

    def _of_point(
        self,
        lat: float,
        lon: float,
        precision: GeoPrecision,
        name: str,
        country_code: str | None,
    ) -> EventLocation:
        try:
            point = Coordinates(lat=lat, lon=lon)
        except InvalidCoordinatesError as error:
            raise RowError(f"{lat}, {lon} is no point on the globe") from error
        country = countries().get(country_code or "")
        place = None
        if precision is GeoPrecision.COUNTRY and country:
            # A town of which no more is known than its country stays in the record's codes.
            place = _places().country(country.code)
        division = None
        if precision <= GeoPrecision.ADMIN1:
            division = _divisions().at(point, country.code if country else None)
        # An area that a table draws is known by its size: it need not be a province.
        if division and precision is GeoPrecision.ADMIN1 and self._form != "table":
            place = division
        if place is None:
            kind, code = _CLASSES.get(precision, (FeatureClass.POPULATED, "PPL"))
            called = name or (country.name if country else f"{point.lat:.3f}, {point.lon:.3f}")
            place = Place(
                place_id=f"at:{point.lat:.5f},{point.lon:.5f}",
                name=called,
                coordinates=point,
                feature_class=kind,
                feature_code=code,
                precision=precision,
                country_code=country.code if country else None,
                radius_km=RADIUS_KM.get(precision),
            )
            if division:
                place = replace(
                    place,
                    country_code=division.country_code,
                    admin1_code=division.admin1_code,
                )
        return _location(place, f"the {self._form} record puts it there")

    def _of_names(
        self, levels: Sequence[str], country_code: str | None, *, is_town: bool
    ) -> EventLocation | None:
        found = named_place(levels, _places(), country_code=country_code, is_town=is_town)
        if found is None:
            return None
        return _location(
            found.place,
            f"the {self._form} record gives no point; the gazetteer knows {found.name}",
        )


@lru_cache(maxsize=1)
def _places() -> PlaceStore:
    return open_place_store().with_added(GazetteerCache())


@lru_cache(maxsize=1)
def _divisions() -> Divisions:
    return Divisions(_places())


def _location(place: Place, reason: str) -> EventLocation:
    mention = Mention(start=0, end=0, surface=place.name, kind=MentionKind.LITERAL)
    return EventLocation(place=place, precision=place.precision, mention=mention, reason=reason)
