"""Records of a data set as rows of the store, without an event for each on the way."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from dashboard.datasets import Dataset, record_event_id
from dashboard.events import Modality, Size, SizeKind
from dashboard.filters import folded
from dashboard.importers.locating import Locator
from dashboard.importers.records import Record
from dashboard.store.database import to_json
from dashboard.store.event_rows import EventRows, SharedValues
from dashboard.store.rows import size_to_json


class RecordRows:
    """Writes the records of one data set."""

    def __init__(self, dataset: Dataset) -> None:
        self._locator, self._title = Locator(dataset.form), folded(dataset.name)
        self._dataset_id, self._coder = dataset.dataset_id, dataset.source or dataset.name
        self._shared = SharedValues()

    def add(self, record: Record, rows: EventRows) -> None:
        """Add the event that a record tells.

        Raises: RowError when its point is off the globe.
        """
        where = self._locator.location_of(record)
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
            None if where else _unplaced(record),
            quote,
            0,
            0,
            0,
            0,
            _REPORTED,
            "[]",
            to_json(record.contexts) if record.contexts else "[]",
            _sizes(record.killed),
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
    who = ", ".join(actor.name for actor in record.source_actors)
    whom = ", ".join(actor.name for actor in record.target_actors)
    return f"{record.event_type.capitalize()}: {who}{' → ' if whom else ''}{whom}".strip()


def _unplaced(record: Record) -> str:
    if not record.place_name:
        return "the data set gives neither a point nor a place"
    return f"the data set gives no point, and “{record.place_name}” may be several places or none"


@lru_cache(maxsize=4096)
def _sizes(killed: tuple[int | None, int, int | None] | None) -> str:
    if killed is None or not any(killed):
        return "[]"
    low, best, high = killed
    # A record may contradict itself (low above best): its own figures stay among its codes.
    low = None if low is None else min(low, best)
    high = None if high is None else max(high, best)
    words = f"{best} killed"
    size = Size(kind=SizeKind.KILLED, low=low, best=best, high=high, words=words, start=0, end=0)
    return to_json([size_to_json(size)])
