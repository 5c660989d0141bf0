"""Events as CSV: our own columns, and those of an ACLED download.

UTF-8 with a byte order mark, so that spreadsheets read it rightly, lines ended by CR LF
(RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it.

`to_csv` writes a row for each place of each event, and one for an event without a place:

| column | value |
|---|---|
| event_id, event_type, type_label, mode, quad_class, family | the event and its type |
| source, source_ids, target, target_ids | actors and their ids, joined by "; " |
| when, earliest, latest | the date as exactly as known (ISO 8601), and the days it may mean |
| modality, confidence, coder | as coded; confidence in [0, 1] |
| killed, wounded, arrested, crowd | the size told, best guess |
| sizes | the same in the text's words, joined by "; " |
| place, place_id, country_code | of the row's place |
| latitude, longitude | degrees; a mere reference point where precision is above 2 |
| precision, precision_label, radius_km | UCDP GED's where_prec, in words; radius of doubt |
| place_reason | why this place, or why none |
| quote | the sentence that says so |
| title, publisher, published, url, article_id | of the report |

`to_acled_csv` has the 31 columns of an ACLED export for those of our events that its code book
knows: assaults, protests, arrests, agreements and a few more. `fatalities` is the best guess of
those killed, empty where the text tells no number. A border, a region, a country or a sea gets
geo_precision 3. It is our coding in ACLED's columns, not ACLED's data.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.events import Event, EventLocation, EventReport
from dashboard.exports import (
    event_properties,
    in_order,
    place_properties,
    report_properties,
    size_properties,
)
from dashboard.partial_dates import PartialDate
from gazetteer.countries import countries
from gazetteer.places import GeoPrecision

COLUMNS = (
    "event_id", "event_type", "type_label", "mode", "quad_class", "family", "source", "source_ids",
    "target", "target_ids", "when", "earliest", "latest", "modality", "confidence", "coder",
    "killed", "wounded", "arrested", "crowd", "sizes",
    "place", "place_id", "country_code", "latitude", "longitude", "precision", "precision_label",
    "radius_km", "place_reason", "quote", "title", "publisher", "published", "url", "article_id",
)  # fmt: skip

ACLED_COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip

_VIOLENCE, _UNREST, _STRATEGIC = "Political violence", "Demonstrations", "Strategic developments"
_SUB_EVENTS: dict[tuple[str, str | None], tuple[str, str, str]] = {
    ("ASSAULT", "abduct"): (
        _VIOLENCE,
        "Violence against civilians",
        "Abduction/forced disappearance",
    ),
    ("ASSAULT", "sexual"): (_VIOLENCE, "Violence against civilians", "Sexual violence"),
    ("ASSAULT", "aerial"): (_VIOLENCE, "Explosions/Remote violence", "Air/drone strike"),
    ("ASSAULT", "drone"): (_VIOLENCE, "Explosions/Remote violence", "Air/drone strike"),
    ("ASSAULT", "explosives"): (
        _VIOLENCE,
        "Explosions/Remote violence",
        "Remote explosive/landmine/IED",
    ),
    ("ASSAULT", "suicide-attack"): (_VIOLENCE, "Explosions/Remote violence", "Suicide bomb"),
    ("ASSAULT", "heavy-weapons"): (
        _VIOLENCE,
        "Explosions/Remote violence",
        "Shelling/artillery/missile attack",
    ),
    ("ASSAULT", "destroy"): (_STRATEGIC, _STRATEGIC, "Looting/property destruction"),
    ("ASSAULT", None): (_VIOLENCE, "Battles", "Armed clash"),
    ("PROTEST", "riot"): (_UNREST, "Riots", "Violent demonstration"),
    ("PROTEST", None): (_UNREST, "Protests", "Peaceful protest"),
    ("COERCE", "arrest"): (_STRATEGIC, _STRATEGIC, "Arrests"),
    ("AGREE", None): (_STRATEGIC, _STRATEGIC, "Agreement"),
    ("RETREAT", None): (_STRATEGIC, _STRATEGIC, "Change to group/activity"),
    ("MOBILIZE", None): (_STRATEGIC, _STRATEGIC, "Change to group/activity"),
}
"""ACLED's disorder, event and sub-event type for a type and mode of ours; None: any other mode."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What spreadsheets begin a formula with, East Asian full-width forms among them (OWASP)."""


def to_csv(reports: Sequence[EventReport]) -> bytes:
    """Return the events as CSV, a row a place."""
    rows = (
        _row(report, location)
        for report in in_order(reports)
        for location in report.event.locations or (None,)
    )
    return _write(COLUMNS, rows)


def to_acled_csv(reports: Sequence[EventReport]) -> bytes:
    """Return those of the events that have a day, a place and a type of ACLED's, a row a place."""
    rows = (
        row
        for report in in_order(reports)
        for location in report.event.locations
        if (row := _acled_row(report, location))
    )
    return _write(ACLED_COLUMNS, rows)


def safe_cell(value: object) -> object:
    """Return `value` so that a spreadsheet shows it and never runs it; numbers as they are."""
    if value is None:
        return ""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if not isinstance(value, str):
        return value
    text = "".join(char for char in value if char in "\t\n\r" or char.isprintable())
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _row(report: EventReport, location: EventLocation | None) -> dict[str, Any]:
    point = location.place.coordinates if location else None
    return {
        **event_properties(report.event),
        **place_properties(report.event, location),
        **report_properties(report),
        "latitude": round(point.lat, 5) if point else None,
        "longitude": round(point.lon, 5) if point else None,
    }


def _acled_row(report: EventReport, location: EventLocation) -> dict[str, Any] | None:
    event, when = report.event, report.event.when
    types = _acled_types(event)
    if types is None or when is None:
        return None
    country = countries().get(location.place.country_code or "")
    point = location.place.coordinates
    return {
        "event_id_cnty": f"{country.code3 if country else ''}{event.event_id}",
        "event_date": _middle(when),
        "year": when.earliest.year,
        "time_precision": _time_precision(when),
        "disorder_type": types[0],
        "event_type": types[1],
        "sub_event_type": types[2],
        "actor1": event.source_actors[0].name if event.source_actors else None,
        "assoc_actor_1": [actor.name for actor in event.source_actors[1:]],
        "actor2": event.target_actors[0].name if event.target_actors else None,
        "assoc_actor_2": [actor.name for actor in event.target_actors[1:]],
        "country": country.name if country else None,
        "location": location.place.name,
        "latitude": round(point.lat, 4),
        "longitude": round(point.lon, 4),
        "geo_precision": _geo_precision(location),
        "source": report.article.source,
        "notes": event_properties(event)["quote"],
        "fatalities": size_properties(event)["killed"],
    }


def _acled_types(event: Event) -> tuple[str, str, str] | None:
    known = _SUB_EVENTS.get((event.event_type, event.mode))
    return known or _SUB_EVENTS.get((event.event_type, None))


def _middle(when: PartialDate) -> str:
    return (when.earliest + (when.latest - when.earliest) / 2).isoformat()


def _time_precision(when: PartialDate) -> int:
    return 1 if when.days == 1 else 2 if when.days <= 7 else 3


def _geo_precision(location: EventLocation) -> int:
    if location.precision is GeoPrecision.EXACT:
        return 1
    return 2 if location.precision <= GeoPrecision.ADMIN2 else 3


def _write(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe_cell(row.get(column)) for column in columns])
    return text.getvalue().encode("utf-8-sig")
