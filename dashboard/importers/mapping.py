"""Any table of events: which of its columns says what, guessed and then remembered."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dashboard.importers.records import (
    DayOrder,
    Record,
    RowError,
    actors,
    country_of,
    days,
    degrees,
    number,
    plover_type,
    stated,
    when,
)
from dashboard.importers.tables import Row
from dashboard.ontology import event_types, noun_entries
from dashboard.readers.collections import COLUMNS
from gazetteer.paths import data_folder
from gazetteer.places import GeoPrecision

_NAMES: dict[str, tuple[str, ...]] = {
    "record_id": ("id", "event_id", "eventid", "record_id", "uid", "objectid", "fid", "ref"),
    "date": ("date", "event_date", "day", "date_start", "start_date", "datum", "when"),
    "end_date": ("end_date", "date_end", "enddate", "until"),
    "event_type": ("event_type", "type", "category", "event", "attack_type", "kind"),
    "latitude": ("latitude", "lat", "y"),
    "longitude": ("longitude", "lon", "lng", "long", "x"),
    "precision": ("precision", "geo_precision", "where_prec"),
    "place": ("place", "location", "city", "town", "placename", "name"),
    "province": ("province", "admin1", "adm1", "adm_1", "state", "governorate", "region"),
    "country": ("country", "country_name", "iso3", "iso"),
    "source_actor": (
        "actor",
        "actor1",
        "source_actor",
        "perpetrator",
        "side_a",
        "actor_1",
        "attacker",
    ),
    "target_actor": ("target", "actor2", "target_actor", "victim", "side_b", "recipient"),
    "killed": ("killed", "fatalities", "deaths", "dead", "best", "nkill"),
    "text": ("text", "notes", "description", "summary", "title", "headline", "details"),
}
FIELDS = tuple(_NAMES)
"""What a column may say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Which column says what; None: no column does."""

    record_id: str | None = None
    """Without it a row is known by its whole content."""
    date: str | None = None
    end_date: str | None = None
    event_type: str | None = None
    latitude: str | None = None
    longitude: str | None = None
    precision: str | None = None
    """UCDP's classes, 1 (exact) to 7."""
    place: str | None = None
    province: str | None = None
    country: str | None = None
    source_actor: str | None = None
    target_actor: str | None = None
    killed: str | None = None
    text: str | None = None
    types: tuple[tuple[str, str], ...] = ()
    """The table's own words for types, and the PLOVER type that each means."""
    default_type: str | None = None
    """The PLOVER type of a row whose type is missing or not among `types`."""
    day_order: DayOrder | None = None
    """What comes first in days such as 03/02/2020; None: the rows must tell."""

    def problems(self) -> tuple[str, ...]:
        """Return what it lacks to read a row, in a reader's words."""
        lacking = []
        if not self.date:
            lacking.append("Say which column holds the date.")
        if not self.event_type and not self.default_type:
            lacking.append("Say which column holds the type, or which type all rows are.")
        return tuple(lacking)

    def reader(self) -> Callable[[Row], Record]:
        """Return the function that reads a row by this mapping."""
        types = {own.casefold(): plover for own, plover in self.types}

        def read(row: Row) -> Record:
            return _record(self, types, row)

        return read


def guess_mapping(columns: Sequence[str]) -> Mapping:
    """Return the mapping that was remembered for these columns, or the likeliest by their names."""
    remembered = _file_of(columns)
    if remembered.exists():
        try:
            values = json.loads(remembered.read_text(encoding="utf-8"))
            values["types"] = tuple((own, plover) for own, plover in values["types"])
            if values.get("day_order"):
                values["day_order"] = DayOrder(values["day_order"])
            return Mapping(**values)
        except (ValueError, TypeError, KeyError):
            pass  # written by another version: guess anew
    folded = {_folded(column): column for column in columns}
    found: dict[str, Any] = {
        field: next((folded[name] for name in names if name in folded), None)
        for field, names in _NAMES.items()
    }
    # What is called nothing of the sort may still say it among other words: "Date of incident".
    for field, names in _NAMES.items():
        if found[field] is None:
            left = {name: of for name, of in folded.items() if of not in found.values()}
            found[field] = next(
                (
                    left[words]
                    for name in names
                    if len(name) > 2
                    for words in left
                    if f"_{name}_" in f"_{words}_"
                ),
                None,
            )
    return Mapping(**found)


def holds_events(columns: Sequence[str]) -> bool:
    """Say whether a table of nobody's columns looks like events rather than articles.

    It does when it has days and points, or days, types and places; a table of articles has texts.
    """
    mapping = guess_mapping(columns)
    if mapping.latitude and mapping.longitude:
        return bool(mapping.date)
    has_texts = not set(COLUMNS["text"]).isdisjoint(map(_folded, columns))
    has_places = bool(mapping.place or mapping.province or mapping.country)
    return bool(mapping.date and mapping.event_type) and has_places and not has_texts


def _folded(column: str) -> str:
    return re.sub(r"[^\w]+", "_", column.strip().lower()).strip("_")


def remember_mapping(columns: Sequence[str], mapping: Mapping) -> None:
    """Keep the mapping for the next table with these columns."""
    path = _file_of(columns)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(mapping), indent=2), encoding="utf-8")


def _file_of(columns: Sequence[str]) -> Path:
    key = hashlib.sha256("\n".join(sorted(columns)).encode()).hexdigest()[:16]
    return data_folder() / "mappings" / f"{key}.json"


def _record(mapping: Mapping, types: dict[str, str], row: Row) -> Record:
    def cell(field: str) -> object:
        column = getattr(mapping, field)
        return row.get(column) if column else None

    order = mapping.day_order
    first, last = days(cell("date"), order)
    if stated(cell("end_date")):
        last = days(cell("end_date"), order)[1]
    killed = number(cell("killed"), mapping.killed or "")
    event_type, mode = _type(mapping, types, stated(cell("event_type")))
    place, country = stated(cell("place")), country_of(stated(cell("country")))
    precision = number(cell("precision"), mapping.precision or "")
    codes = {column: text for column, value in row.items() if (text := stated(value))}
    content = hashlib.sha256(repr(tuple(codes.items())).encode()).hexdigest()[:16]
    return Record(
        record_id=stated(cell("record_id")) or content,
        event_type=event_type,
        mode=mode,
        when=when(first, last),
        source_actors=actors([stated(cell("source_actor"))], country_code=country),
        target_actors=actors([stated(cell("target_actor"))], country_code=country),
        lat=degrees(cell("latitude"), "latitude"),
        lon=degrees(cell("longitude"), "longitude"),
        precision=_precision(precision, place),
        place_name=place,
        within=(stated(cell("province")),),
        country_code=country,
        text=stated(cell("text")),
        killed=None if killed is None else (None, int(killed), None),
        codes=codes,
    )


def _precision(value: float | None, place: str) -> GeoPrecision:
    if value is None:
        return GeoPrecision.EXACT if place else GeoPrecision.NEAR
    try:
        return GeoPrecision(int(value))
    except ValueError as error:
        raise RowError(f"precision {value:g} is not 1 to 7") from error


def _type(mapping: Mapping, types: dict[str, str], own: str) -> tuple[str, str | None]:
    if own.casefold() in types:
        return types[own.casefold()], None
    if known := type_called(own):
        return known
    if mapping.default_type:
        return mapping.default_type, None
    raise RowError(f"no event type stands for {own[:60]!r}: map it or give a default")


def type_called(own: str) -> tuple[str, str | None] | None:
    """Return the type and mode that a word names: PLOVER's, ACLED's, or that of a plain noun.

    None when it is none of these.
    """
    if own.upper() in event_types():
        return own.upper(), None
    try:
        return plover_type("acled", own)
    except RowError:
        return _type_of_noun(own.casefold())


def _type_of_noun(word: str) -> tuple[str, str | None] | None:
    entries = [entry for entry in noun_entries().get(word, ()) if entry.is_event]
    types = {entry.event_type for entry in entries}
    modes = {entry.mode for entry in entries}
    if len(types) != 1:
        return None
    return types.pop(), modes.pop() if len(modes) == 1 else None
