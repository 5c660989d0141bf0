"""Corrections and added places as a table that a newsroom can share: CSV, UTF-8, one row each.

The columns are COLUMNS. `kind` is "correction" or "place". A correction is bound to an
article (`article_id`, and `start` for one mention), to a `source`, or to nothing: then it
holds always. A correction without a `place_id` says that the name is no place. A place's
`area` is "south,west,north,east" or its corners, "lat lon, lat lon, ...". Lists are separated
by "|". A text that a spreadsheet would run as a formula is written behind an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from gazetteer.added import outline_geometry, outline_text, read_area
from gazetteer.corrections import AddedPlace, Correction, check_signed
from gazetteer.errors import CorrectionError, GazetteerError
from gazetteer.names import name_key
from gazetteer.places import (
    BoundingBox,
    Coordinates,
    FeatureClass,
    Geometry,
    GeometryKind,
    GeoPrecision,
    Place,
)
from gazetteer.records import feature_types, read_box

COLUMNS: Final = (
    "kind", "name", "article_id", "start", "source", "place_id", "place_name", "lat", "lon",
    "feature_class", "feature_code", "precision", "country_code", "countries", "admin1_code",
    "population", "box", "radius_km", "is_disputed", "aliases", "area", "who", "why", "made_at",
    "undone_by", "undone_at",
)  # fmt: skip
_NEEDED: Final = frozenset({"kind", "name", "who", "why", "made_at"})
_TEXTS: Final = frozenset(
    {"name", "article_id", "source", "place_id", "place_name", "aliases", "who", "why", "undone_by"}
)
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "'")
_MOST_PROBLEMS: Final = 5

Row = dict[str, str]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedCorrections:
    """What one file holds."""

    corrections: tuple[Correction, ...]
    places: tuple[AddedPlace, ...]


def to_csv(corrections: Iterable[Correction], places: Iterable[AddedPlace]) -> str:
    """Return the records as one CSV text with a heading."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in (*map(_correction_row, corrections), *map(_place_row, places)):
        writer.writerow({column: _guarded(column, text) for column, text in row.items()})
    return out.getvalue()


def from_csv(text: str) -> SharedCorrections:
    """Return the records that stand in a CSV text; columns may be missing or in any order.

    Raises: CorrectionError that names the lines that cannot be read; then nothing is returned.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    missing = _NEEDED - set(reader.fieldnames or ())
    if missing:
        raise CorrectionError(f"No file of corrections: it lacks {', '.join(sorted(missing))}")
    corrections: list[Correction] = []
    places: list[AddedPlace] = []
    problems: list[str] = []
    for cells in reader:
        row = {name: _unguarded(name, cells.get(name) or "") for name in COLUMNS}
        try:
            check_signed(who=row["who"], why=row["why"])
            if row["kind"] == "place":
                places.append(_added_place(row))
            elif row["kind"] == "correction":
                corrections.append(_correction(row))
            else:
                problems.append(f"line {reader.line_num}: no kind such as {row['kind']!r}")
        except (GazetteerError, ValueError, KeyError) as problem:
            problems.append(f"line {reader.line_num}: {problem}")
    if problems:
        more = f" and {len(problems) - _MOST_PROBLEMS} more" * (len(problems) > _MOST_PROBLEMS)
        raise CorrectionError("; ".join(problems[:_MOST_PROBLEMS]) + more)
    return SharedCorrections(corrections=tuple(corrections), places=tuple(places))


def _correction_row(made: Correction) -> Row:
    return {
        "kind": "correction",
        "name": made.name,
        "article_id": made.article_id or "",
        "start": "" if made.start is None else str(made.start),
        "source": made.source or "",
        **(_cells_of(made.place) if made.place else {}),
        **_history(made),
    }


def _place_row(added: AddedPlace) -> Row:
    return {
        "kind": "place",
        "name": added.place.name,
        **_cells_of(added.place),
        "aliases": "|".join(added.aliases),
        "area": _area_text(added.geometry),
        **_history(added),
    }


def _history(record: Correction | AddedPlace) -> Row:
    return {
        "who": record.who,
        "why": record.why,
        "made_at": record.made_at.isoformat(),
        "undone_by": record.undone_by or "",
        "undone_at": record.undone_at.isoformat() if record.undone_at else "",
    }


def _cells_of(place: Place) -> Row:
    box = place.bounds
    edges = (box.south, box.west, box.north, box.east) if box else ()
    return {
        "place_id": place.place_id,
        "place_name": place.name,
        "lat": repr(place.coordinates.lat),
        "lon": repr(place.coordinates.lon),
        "feature_class": place.feature_class.value,
        "feature_code": place.feature_code,
        "precision": str(place.precision.value),
        "country_code": place.country_code or "",
        "countries": "|".join(place.countries),
        "admin1_code": place.admin1_code or "",
        "population": str(place.population or ""),
        "box": ",".join(map(repr, edges)),
        "radius_km": "" if place.radius_km is None else repr(place.radius_km),
        "is_disputed": "yes" if place.is_disputed else "",
    }


def _correction(row: Row) -> Correction:
    if not name_key(row["name"]):
        raise CorrectionError("the name has no letter or digit")
    if row["start"] and not row["article_id"]:
        raise CorrectionError("a start without an article_id")
    if row["source"] and row["article_id"]:
        raise CorrectionError("both an article_id and a source")
    return Correction(
        correction_id=0,
        name=row["name"],
        place=_place(row) if row["place_id"] else None,
        who=row["who"],
        why=row["why"],
        made_at=_moment(row["made_at"]),
        article_id=row["article_id"] or None,
        start=_number(row, "start", int) if row["start"] else None,
        source=row["source"] or None,
        undone_by=row["undone_by"] or None,
        undone_at=_optional(_moment, row["undone_at"]),
    )


def _added_place(row: Row) -> AddedPlace:
    if not row["place_id"] or not name_key(row["place_name"] or row["name"]):
        raise CorrectionError("a place needs a place_id and a name")
    area = row["area"]
    return AddedPlace(
        place=_place(row),
        aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
        geometry=_geometry(area) if area else None,
        who=row["who"],
        why=row["why"],
        made_at=_moment(row["made_at"]),
        undone_by=row["undone_by"] or None,
        undone_at=_optional(_moment, row["undone_at"]),
    )


def _area_text(geometry: Geometry | None) -> str:
    # Corners as a person writes them, where such can be read again.
    if geometry is None:
        return ""
    rings = [ring for part in geometry.parts for ring in part]
    is_plain = len(rings) == 1 and all(abs(lon) <= 180 for _, lon in rings[0])
    if geometry.kind is not GeometryKind.AREA or not is_plain:
        return outline_text(geometry) or ""
    return ", ".join(f"{lat:.9g} {lon:.9g}" for lat, lon in rings[0][:-1])


def _geometry(area: str) -> Geometry | None:
    return outline_geometry(area) if area[:1].isalpha() else read_area(area)


def _place(row: Row) -> Place:
    code = row["feature_code"] or "PPL"
    usual = feature_types().get(code)
    if usual is None and not (row["feature_class"] and row["precision"]):
        raise CorrectionError(f"unknown feature code {code!r}")
    letter, precision = row["feature_class"], row["precision"]
    return Place(
        place_id=row["place_id"],
        name=row["place_name"] or row["name"],
        coordinates=Coordinates(lat=_number(row, "lat", float), lon=_number(row, "lon", float)),
        feature_class=FeatureClass(letter) if letter or not usual else usual.feature_class,
        feature_code=code,
        precision=GeoPrecision(int(precision)) if precision or not usual else usual.precision,
        country_code=row["country_code"] or None,
        countries=tuple(row["countries"].split("|")) if row["countries"] else (),
        admin1_code=row["admin1_code"] or None,
        population=_number(row, "population", int) if row["population"] else None,
        bounds=_optional(_box, row["box"]),
        radius_km=_number(row, "radius_km", float) if row["radius_km"] else None,
        is_disputed=row["is_disputed"] == "yes",
    )


def _number(row: Row, column: str, read: Callable[[str], _T]) -> _T:
    try:
        return read(row[column])
    except ValueError:
        example = "24.86" if read is float else "12000"
        raise CorrectionError(
            f"{column} {row[column]!r} is no number: write it like {example}"
        ) from None


def _box(text: str) -> BoundingBox:
    try:
        return read_box(text)
    except ValueError:
        raise CorrectionError(
            f"box {text!r} is not south,west,north,east in degrees, south of north"
        ) from None


def _optional(read: Callable[[str], _T], text: str) -> _T | None:
    return read(text) if text else None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CorrectionError(f"{text!r} is no date and time in the form of ISO 8601") from None
    if moment.tzinfo is None:
        raise CorrectionError(f"{text!r} does not say its time zone, such as +00:00")
    return moment


def _guarded(column: str, text: str) -> str:
    return f"'{text}" if column in _TEXTS and text.startswith(_FORMULA_STARTS) else text


def _unguarded(column: str, text: str) -> str:
    is_guarded = column in _TEXTS and text[:1] == "'" and text[1:].startswith(_FORMULA_STARTS)
    return text[1:] if is_guarded else text
