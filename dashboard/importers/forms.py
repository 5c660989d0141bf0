"""One function a data set: a row of its columns as a record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from dashboard.actors import Actor
from dashboard.importers.records import (
    Record,
    RowError,
    actor,
    actors,
    country_of,
    country_of_fips,
    day,
    days,
    month_of,
    number,
    plover_type,
    stated,
    when,
    within_days,
)
from dashboard.importers.tables import Row
from dashboard.ontology import event_types
from dashboard.partial_dates import PartialDate
from gazetteer.places import GeoPrecision

_ACLED_SECTORS = {
    "1": "GOV", "state forces": "GOV", "2": "REB", "rebel groups": "REB", "rebel group": "REB",
    "3": "REB", "political militias": "REB", "political militia": "REB",
    "4": "REB", "identity militias": "REB", "identity militia": "REB",
    "5": "CVL", "rioters": "CVL", "6": "OPP", "protesters": "OPP", "7": "CVL", "civilians": "CVL",
}  # fmt: skip
_ACLED_PRECISION = {1: GeoPrecision.EXACT, 2: GeoPrecision.NEAR, 3: GeoPrecision.ADMIN1}
_GDELT_PRECISION = {
    "1": GeoPrecision.COUNTRY,
    "2": GeoPrecision.ADMIN1,
    "3": GeoPrecision.EXACT,
    "4": GeoPrecision.EXACT,
    "5": GeoPrecision.ADMIN1,
}
_ICEWS_SECTORS = (
    ("military", "MIL"), ("police", "COP"), ("government", "GOV"), ("executive", "GOV"),
    ("legislative", "LEG"), ("judicial", "JUD"), ("rebel", "REB"), ("insurgent", "REB"),
    ("protest", "OPP"), ("opposition", "OPP"), ("business", "BUS"), ("media", "JRN"),
    ("religious", "REL"), ("medical", "MED"), ("education", "EDU"), ("labor", "LAB"),
    ("criminal", "CRM"), ("refugee", "REF"), ("civilian", "CVL"), ("citizen", "CVL"),
)  # fmt: skip


def acled(row: Row) -> Record:
    """Return a row of an ACLED export: the columns before and since March 2023."""
    country = country_of(_text(row, "country"))
    # Files from before 2019 have no sub-events, and nine types.
    own_type = _text(row, "sub_event_type") or _text(row, "event_type")
    event_type, mode = plover_type("acled", own_type)
    killed = _whole(row, "fatalities")

    def side(n: int) -> Any:  # noqa: ANN401  # a tuple of actors
        sector = _ACLED_SECTORS.get(_text(row, f"inter{n}").split(".")[0].lower())
        named = [_text(row, f"actor{n}"), *_text(row, f"assoc_actor_{n}").split(";")]
        return actors(named, country_code=country, sector=sector)

    known_to = _whole(row, "geo_precision")
    return Record(
        record_id=_id(row, "event_id_cnty"),
        event_type=event_type,
        mode=mode,
        when=_acled_when(row),
        source_actors=side(1),
        target_actors=side(2),
        lat=number(row.get("latitude"), "latitude"),
        lon=number(row.get("longitude"), "longitude"),
        precision=_known(_ACLED_PRECISION, known_to or 1, "geo_precision"),
        place_name=_text(row, "location"),
        within=(_text(row, "admin2"), _text(row, "admin1")),
        country_code=country,
        text=_text(row, "notes"),
        killed=None if killed is None else (None, killed, None),
        codes=_codes(row, "notes"),
    )


def _acled_when(row: Row) -> PartialDate:
    middle = day(row.get("event_date"))
    match _whole(row, "time_precision") or 1:
        case 1:
            return when(middle, middle)
        case 2:
            return within_days(middle, 3)
        case 3:
            return month_of(middle)
        case other:
            raise RowError(f"time_precision {other} is not 1 to 3")


def ucdp(row: Row) -> Record:
    """Return a row of UCDP GED."""
    country = country_of(_text(row, "country"))
    event_type, mode = plover_type("ucdp", _text(row, "type_of_violence").split(".")[0])
    best, low, high = (_whole(row, name) for name in ("best", "low", "high"))
    flags = {"flag": "low is above best"} if low and best is not None and low > best else {}
    first = day(row.get("date_start"))
    place = _text(row, "where_coordinates") or _text(row, "adm_2") or _text(row, "adm_1")
    return Record(
        record_id=_id(row, "id"),
        event_type=event_type,
        mode=mode,
        when=when(first, day(row.get("date_end") or row.get("date_start"))),
        source_actors=_ucdp_side(_text(row, "side_a"), country),
        target_actors=_ucdp_side(_text(row, "side_b"), country),
        lat=number(row.get("latitude"), "latitude"),
        lon=number(row.get("longitude"), "longitude"),
        precision=_precision(row, "where_prec"),
        place_name=place,
        within=(_text(row, "adm_2"), _text(row, "adm_1")),
        country_code=country,
        text=_text(row, "source_headline") or _text(row, "source_article"),
        killed=None if best is None else (low, best, high),
        codes=_codes(row) | flags,
    )


def _ucdp_side(name: str, country: str | None) -> tuple[Actor, ...]:
    if name.startswith("Government of"):
        return actors([name], sector="GOV")
    if name.lower() == "civilians":  # those of the country, which a group need not be of
        return actors([name], country_code=country, sector="CVL")
    return actors([name], sector="REB")


def gdelt(row: Row) -> Record:
    """Return a row of GDELT 2.0's events: the place of the action is the event's."""
    stated = _texts(row)
    get = stated.get
    code = get("EventCode", "")
    event_type, mode = plover_type("cameo", code)
    happened = day(get("Day"))
    fips, geo_type = get("ActionGeo_CountryCode"), get("ActionGeo_Type") or "0"
    has_place = geo_type != "0"
    names = " → ".join(name.title() for name in (get("Actor1Name"), get("Actor2Name")) if name)
    counts = ", ".join(
        f"{count} {word}{'' if count == '1' else 's'}"
        for count, word in ((get("NumMentions"), "mention"), (get("NumSources"), "source"))
        if count
    )
    return Record(
        record_id=_id(row, "GlobalEventID"),
        event_type=event_type,
        mode=mode,
        when=when(happened, happened),
        source_actors=_gdelt_actors(
            get("Actor1Name"),
            get("Actor1Code"),
            get("Actor1CountryCode", ""),
            get("Actor1Type1Code"),
        ),
        target_actors=_gdelt_actors(
            get("Actor2Name"),
            get("Actor2Code"),
            get("Actor2CountryCode", ""),
            get("Actor2Type1Code"),
        ),
        lat=number(get("ActionGeo_Lat"), "ActionGeo_Lat") if has_place else None,
        lon=number(get("ActionGeo_Long"), "ActionGeo_Long") if has_place else None,
        precision=_known(_GDELT_PRECISION, geo_type, "ActionGeo_Type")
        if has_place
        else GeoPrecision.EXACT,
        place_name=get("ActionGeo_Fullname", ""),
        country_code=country_of_fips(fips) if fips else None,
        text=f"CAMEO {code}: {names} ({counts})",
        codes=stated,
    )


@lru_cache(maxsize=65_536)
def _gdelt_actors(
    name: str | None, code: str | None, country: str, sector: str | None
) -> tuple[Actor, ...]:
    called = name or code
    return (actor(called.title(), country_of(country), sector),) if called else ()


def icews(row: Row) -> Record:
    """Return a row of ICEWS; its key is the id together with the day, for ids occur twice."""
    event_type, mode = plover_type("cameo", _text(row, "CAMEO Code").zfill(2))
    happened = day(row.get("Event Date"))

    def side(who: str) -> Any:  # noqa: ANN401  # a tuple of actors
        sectors = _text(row, f"{who} Sectors").lower()
        sector = next((code for word, code in _ICEWS_SECTORS if word in sectors), None)
        country = country_of(_text(row, f"{who} Country"))
        return actors([_text(row, f"{who} Name")], country_code=country, sector=sector)

    source, target = side("Source"), side("Target")
    who, whom = (", ".join(one.name for one in named) for named in (source, target))
    return Record(
        record_id=f"{_id(row, 'Event ID')}|{happened}",
        event_type=event_type,
        mode=mode,
        when=when(happened, happened),
        source_actors=source,
        target_actors=target,
        # The name of its code alone: no words of a report.
        text=f"{_text(row, 'Event Text')}: {who}{' → ' if whom else ''}{whom}",
        codes=_codes(row, "Event Text"),
        **_place(row, "City", "District", "Province", "Country"),
    )


def polecat(row: Row) -> Record:
    """Return a row of POLECAT, whose types are PLOVER's."""
    happened = day(row.get("Event Date"))

    def side(who: str) -> Any:  # noqa: ANN401  # a tuple of actors
        names = _text(row, f"{who} Name").split("; ")
        places = _text(row, f"{who} Country").split("; ")
        sector = _text(row, f"Primary {who} Sector").upper() or None
        found = [
            actor(name, country_of(places[min(at, len(places) - 1)]), sector)
            for at, name in enumerate(names)
            if stated(name)
        ]
        return tuple(dict.fromkeys(found))

    return Record(
        record_id=_id(row, "Event ID"),
        event_type=_plover(_text(row, "Event Type")),
        mode=_text(row, "Event Mode") or None,
        when=when(happened, happened),
        source_actors=side("Actor"),
        target_actors=side("Recipient"),
        text=_text(row, "Event Text") or _text(row, "Headline"),
        contexts=tuple(sorted(filter(None, re.split(r"[;,]\s*", _text(row, "Contexts"))))),
        codes=_codes(row, "Event Text"),
        **_place(row, "City", "District", "Province", "Country"),
    )


def plover(row: Row) -> Record:
    """Return a line of PLOVER's JSON form."""
    first, last = days(row.get("date"))
    if stated(row.get("enddate")):
        last = days(row["enddate"])[1]
    where = row.get("event_loc") or {}
    where = where[0] if isinstance(where, list) and where else where
    where = where if isinstance(where, Mapping) else {}
    size = row.get("size") if isinstance(row.get("size"), Mapping) else {}
    dead = number((size or {}).get("dead"), "size.dead")
    contexts = row.get("context") or ()
    named = _first(where, "name", "placename", "city")
    return Record(
        record_id=_id(row, "id"),
        event_type=_plover(_text(row, "event")),
        mode=_text(row, "mode") or None,
        when=when(first, last),
        source_actors=_plover_actors(row.get("actor")),
        target_actors=_plover_actors(row.get("recipient")),
        lat=number(where.get("lat", where.get("latitude")), "latitude"),
        lon=number(where.get("lon", where.get("longitude")), "longitude"),
        precision=GeoPrecision.EXACT if named else GeoPrecision.COUNTRY,
        place_name=named,
        within=(_first(where, "district", "admin2"), _first(where, "province", "admin1", "state")),
        country_code=country_of(stated(where.get("country"))),
        text=_text(row, "event_text") or _text(row, "text"),
        killed=None if dead is None else (None, int(dead), None),
        contexts=tuple(sorted(contexts if isinstance(contexts, list) else [str(contexts)])),
        codes=_codes(row, "text", "event_text"),
    )


def _first(where: Mapping[str, Any], *keys: str) -> str:
    return next(filter(None, (stated(where.get(key)) for key in keys)), "")


def _plover_actors(value: object) -> Any:  # noqa: ANN401  # a tuple of actors
    found = []
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, Mapping):
            country = country_of(stated(each.get("country")))
            sector = stated(each.get("sector")).upper() or None
            name = stated(each.get("name")) or stated(each.get("actor_text"))
            name = name or stated(each.get("country"))
        else:
            name, country, sector = stated(each), None, None
        if name:
            found.append(actor(name, country, sector))
    return tuple(dict.fromkeys(found))


def _place(row: Row, city: str, district: str, province: str, country: str) -> dict[str, Any]:
    """Return the place of a row that names it level by level: the finest level counts."""
    levels = (
        (city, GeoPrecision.EXACT),
        (district, GeoPrecision.ADMIN2),
        (province, GeoPrecision.ADMIN1),
        (country, GeoPrecision.COUNTRY),
    )
    name, precision = next(
        ((_text(row, column), level) for column, level in levels if _text(row, column)),
        ("", GeoPrecision.COUNTRY),
    )
    return {
        "lat": number(row.get("Latitude"), "Latitude"),
        "lon": number(row.get("Longitude"), "Longitude"),
        "precision": precision,
        "place_name": name,
        "within": (_text(row, district), _text(row, province)),
        "names_town": precision is GeoPrecision.EXACT,
        "country_code": country_of(_text(row, country)),
    }


def _plover(name: str) -> str:
    wanted = name.upper()
    if wanted not in event_types():
        raise RowError(f"no event type is called {name[:60]!r}")
    return wanted


def _precision(row: Row, column: str) -> GeoPrecision:
    value = _whole(row, column)
    try:
        return GeoPrecision(value or 1)
    except ValueError as error:
        raise RowError(f"{column} {value} is not 1 to 7") from error


def _known(mapping: Mapping[Any, GeoPrecision], key: object, column: str) -> GeoPrecision:
    if key not in mapping:
        raise RowError(f"{column} {key} is not one of {', '.join(map(str, mapping))}")
    return mapping[key]


def _id(row: Row, column: str) -> str:
    value = _text(row, column)
    if not value:
        raise RowError(f"{column} is missing")
    return value


def _text(row: Row, column: str) -> str:
    value = row.get(column, "")
    return value if isinstance(value, str) else str(value)


def _whole(row: Row, column: str) -> int | None:
    value = number(row.get(column), column)
    return None if value is None else int(value)


def _codes(row: Row, *left_out: str) -> dict[str, str]:
    return {column: text for column, text in _texts(row).items() if column not in left_out}


def _texts(row: Row) -> dict[str, str]:
    """Return a row whose values are text, as a file of text gives it."""
    if set(map(type, row.values())) == {str}:
        return row
    return {column: str(value) for column, value in row.items()}


FORMS: Mapping[str, Callable[[Row], Record]] = {
    "acled": acled,
    "ucdp": ucdp,
    "gdelt": gdelt,
    "icews": icews,
    "polecat": polecat,
    "plover": plover,
}
LABELS: Mapping[str, tuple[str, str | None]] = {
    "acled": ("ACLED", "ACLED terms of use: cite; do not pass the raw data on"),
    "ucdp": ("UCDP GED", "CC BY 4.0"),
    "gdelt": ("GDELT", "free with citation"),
    "icews": ("ICEWS", None),
    "polecat": ("POLECAT", None),
    "plover": ("PLOVER records", None),
    "table": ("Table", None),
}
"""What each is called, and its licence as far as it is known."""

CAUTIONS: Mapping[str, str] = {
    "gdelt": "Found in reports by a machine: says how much is reported, not how often it happened.",
}
"""What a reader of a form's events has to know; a data set without a note has it for one."""
