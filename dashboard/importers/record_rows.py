"""Records of a data set as rows of the store, without an event for each on the way."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from dashboard.datasets import Dataset, record_event_id
from dashboard.events import EventLocation, Modality, Size, SizeKind
from dashboard.filters import folded
from dashboard.importers.records import Record, RowError
from dashboard.importers.shapes import RADIUS_KM
from dashboard.store.database import to_json
from dashboard.store.event_rows import EventRows, SharedValues
from dashboard.store.rows import size_to_json
from gazetteer.countries import countries
from gazetteer.errors import InvalidCoordinatesError
from gazetteer.places import Coordinates, FeatureClass, GeoPrecision, Place
from gazetteer.toponyms import Mention, MentionKind

_CLASSES = {
    GeoPrecision.ADMIN2: (FeatureClass.ADMIN, "ADM2"),
    GeoPrecision.ADMIN1: (FeatureClass.ADMIN, "ADM1"),
    GeoPrecision.REGION: (FeatureClass.AREA, "RGN"),
    GeoPrecision.COUNTRY: (FeatureClass.ADMIN, "PCLI"),
    GeoPrecision.WATER: (FeatureClass.WATER, "SEA"),
}


class RecordRows:
    """Writes the records of one data set."""

    def __init__(self, dataset: Dataset) -> None:
        self._form, self._title = dataset.form, folded(dataset.name)
        self._dataset_id, self._coder = dataset.dataset_id, dataset.source or dataset.name
        self._shared = SharedValues()

    def add(self, record: Record, rows: EventRows) -> None:
        """Add the event that a record tells.

        Raises: RowError when its point is off the globe.
        """
        where = _location(
            record.lat,
            record.lon,
            record.precision,
            record.place_name,
            record.country_code,
            self._form,
        )
        quote, day = record.text or _in_words(record), record.when
        searched = [folded(quote), self._title]
        if where:
            searched.append(_folded_name(where.place.name))
        event = (
            self._dataset_id,
            record_event_id(self._dataset_id, record.record_id),
            record.event_type,
            record.mode,
            day.iso if day else None,
            None,
            day.earliest.isoformat() if day else None,
            day.latest.isoformat() if day else None,
            None if where else "the data set gives no point",
            quote,
            0,
            0,
            0,
            0,
            _REPORTED,
            "[]",
            to_json(record.contexts) if record.contexts else "[]",
            _sizes(record),
            1.0,
            self._coder,
            "\n".join(searched),
            None,
            self._dataset_id,
            record.record_id,
            rows.codes_as_kept(record.codes),
        )
        places = (where,) if where else ()
        rows.add_parts(record.source_actors, record.target_actors, places, self._shared)
        rows.events.append(event)


def rows_of_records(records: Iterable[Record], dataset: Dataset) -> EventRows:
    """Return records as rows of the store."""
    rows, writer = EventRows(), RecordRows(dataset)
    for record in records:
        writer.add(record, rows)
    return rows


_REPORTED = Modality.REPORTED.value

_folded_name = lru_cache(maxsize=65_536)(folded)


def _in_words(record: Record) -> str:
    who = " ".join(actor.name for actor in record.source_actors)
    whom = " ".join(actor.name for actor in record.target_actors)
    return f"{record.event_type.capitalize()}: {who}{' → ' if whom else ''}{whom}".strip()


@lru_cache(maxsize=65_536)
def _location(  # noqa: PLR0917  # a cache finds by position in half the time
    lat: float | None,
    lon: float | None,
    precision: GeoPrecision,
    place_name: str,
    country_code: str | None,
    form: str,
) -> EventLocation | None:
    if lat is None or lon is None:
        return None
    try:
        point = Coordinates(lat=lat, lon=lon)
    except InvalidCoordinatesError as error:
        raise RowError(f"{lat}, {lon} is no point on the globe") from error
    kind, code = _CLASSES.get(precision, (FeatureClass.POPULATED, "PPL"))
    country = countries().get(country_code or "")
    whole = country if precision is GeoPrecision.COUNTRY else None
    name = place_name or (country.name if country else f"{point.lat:.3f}, {point.lon:.3f}")
    place = Place(
        place_id=whole.place_id if whole else f"at:{point.lat:.5f},{point.lon:.5f}",
        # A town of which no more is known than its country stays in the record's codes.
        name=whole.name if whole else name,
        coordinates=point,
        feature_class=kind,
        feature_code=code,
        precision=precision,
        country_code=country.code if country else None,
        radius_km=None if whole else RADIUS_KM.get(precision),
    )
    mention = Mention(start=0, end=0, surface=place.name, kind=MentionKind.LITERAL)
    reason = f"the {form} record puts it there"
    return EventLocation(place=place, precision=precision, mention=mention, reason=reason)


def _sizes(record: Record) -> str:
    if record.killed is None or not any(record.killed):
        return "[]"
    low, best, high = record.killed
    # A record may contradict itself (low above best): its own figures stay among its codes.
    low = None if low is None else min(low, best)
    high = None if high is None else max(high, best)
    words = f"{best} killed"
    size = Size(kind=SizeKind.KILLED, low=low, best=best, high=high, words=words, start=0, end=0)
    return to_json([size_to_json(size)])
