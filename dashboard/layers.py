"""What the map draws: points, lines and areas with their events, as plain JSON values.

Drawing follows precision. A town or a site is a point; a district or province is its
outline, or a point with a circle of doubt; a border is a line; a region, a country or a
sea is an area. Nothing known only as an area ever becomes a bare point.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path as FilePath
from typing import NotRequired, TypedDict

from dashboard.events import EventLocation, EventReport
from dashboard.ontology import families
from dashboard.outlines import GeometrySource, is_part, outline_of
from dashboard.polyline import decode_line, encode_line, thin
from dashboard.popups import (
    OTHER_FAMILY,
    Card,
    Source,
    event_card,
    precision_words,
    source_card,
)
from gazetteer.places import BoundingBox, GeometryKind, GeoPrecision, Path, Place

CIRCLE_KM = {
    GeoPrecision.ADMIN2: 25.0,
    GeoPrecision.ADMIN1: 100.0,
    GeoPrecision.REGION: 150.0,
    GeoPrecision.COUNTRY: 250.0,
    GeoPrecision.WATER: 200.0,
}
"""Radius of doubt of a place whose outline, box and radius are all unknown."""

OTHER_COLOUR = "#5b6770"

_BASEMAP = FilePath(__file__).parent / "static" / "basemap.js"


class FamilyStyle(TypedDict):
    """How a family of event types is drawn."""

    name: str
    label: str
    colour: str
    shape: str


class Mark(TypedDict):
    """A place with its events; `events` are positions in the layers' list."""

    id: str
    name: str
    precision: str
    lat: float
    lon: float
    events: list[int]
    radius: NotRequired[float]
    """A point's circle of doubt, or an area that is only a circle, in kilometres."""
    paths: NotRequired[list[str]]
    """A line's paths (see `dashboard.polyline`)."""
    polygons: NotRequired[list[list[str]]]
    """An area's polygons: each an outer ring and its holes."""
    fuzzy: NotRequired[bool]
    """True for an area whose edge nobody drew: a part of a country, a box."""
    country: NotRequired[str]
    """An area that is the basemap's country of this ISO alpha-2 code."""


class Layers(TypedDict):
    """Everything that the map's script needs to draw."""

    events: list[Card]
    articles: list[Source]
    points: list[Mark]
    lines: list[Mark]
    areas: list[Mark]
    families: list[FamilyStyle]


def map_layers(reports: Sequence[EventReport], store: GeometrySource) -> Layers:
    """Return what the map draws for `reports`: the same reports always give the same layers."""
    articles = sorted({report.article.article_id: report.article for report in reports}.items())
    numbers = {article_id: number for number, (article_id, _) in enumerate(articles)}
    ordered = sorted(reports, key=_order)
    cards = [event_card(report.event, numbers[report.article.article_id]) for report in ordered]
    marks: dict[tuple[str, str, str], Mark] = {}
    for number, report in enumerate(ordered):
        for location in report.event.locations:
            kind, mark = mark_of(location, store)
            kept = marks.setdefault((kind, mark["id"], mark["precision"]), mark)
            if number not in kept["events"]:
                kept["events"].append(number)
    by_kind: dict[str, list[Mark]] = {"point": [], "line": [], "area": []}
    for key in sorted(marks):
        by_kind[key[0]].append(marks[key])
    return Layers(
        events=cards,
        articles=[source_card(article) for _, article in articles],
        points=by_kind["point"],
        lines=by_kind["line"],
        areas=by_kind["area"],
        families=family_styles(),
    )


def family_styles() -> list[FamilyStyle]:
    """Return colour and shape of every family, the legend's order, "other" last."""
    styles = [
        FamilyStyle(name=f.name, label=f.label, colour=f.colour, shape=f.shape)
        for f in families().values()
    ]
    if OTHER_FAMILY not in families():
        styles.append(
            FamilyStyle(name=OTHER_FAMILY, label="Other", colour=OTHER_COLOUR, shape="circle")
        )
    return styles


def script_json(value: object) -> str:
    """Return `value` as JSON that is inert inside a script, an HTML page and a template.

    Text from outside can neither end the script element, nor open an expression of a
    JavaScript or Jinja template (branca compiles every rendered script once more), nor be
    mistaken by streamlit-folium for one of folium's variables (`_` and digits).
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for letter in _DANGEROUS:
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return _BRACE_IN_TEXT.sub(r"\\u007b", text)


_DANGEROUS = "<>&_'`$\u2028\u2029\x7f\ufeff"
_BRACE_IN_TEXT = re.compile(r'\{(?!["}])')
"""A brace that is not JSON's own, which a quotation mark or a closing brace always follows."""


def _order(report: EventReport) -> tuple[str, str, int, str]:
    event = report.event
    earliest = event.when.earliest.isoformat() if event.when else "9999"
    return earliest, event.article_id, event.start, event.event_id


def mark_of(location: EventLocation, store: GeometrySource) -> tuple[str, Mark]:
    """Return how a place is drawn, "point", "line" or "area", and its mark without events."""
    place = location.place
    mark = Mark(
        id=place.place_id,
        name=place.name,
        precision=precision_words(location),
        lat=round(place.coordinates.lat, 4),
        lon=round(place.coordinates.lon, 4),
        events=[],
    )
    if location.precision <= GeoPrecision.NEAR:
        return "point", mark
    if _is_country(place) and place.country_code in basemap_countries():
        mark["country"] = place.country_code
        return "area", mark
    drawn = _drawn(store, place)  # type: ignore[arg-type]
    if drawn is not None:
        kind, parts = drawn
        if kind is GeometryKind.LINE:
            mark["paths"] = [part[0] for part in parts]
            return "line", mark
        mark["polygons"] = [list(part) for part in parts]
        if is_part(place) or _is_box(mark["polygons"]):
            mark["fuzzy"] = True
        return "area", mark
    return _without_outline(mark, location)


def _without_outline(mark: Mark, location: EventLocation) -> tuple[str, Mark]:
    place, precision = location.place, location.precision
    is_area = precision >= GeoPrecision.REGION
    if is_area and place.bounds and not place.radius_km:
        mark["polygons"] = [[encode_line(_box(place.bounds))]]
        mark["fuzzy"] = True
        return "area", mark
    mark["radius"] = place.radius_km or CIRCLE_KM[precision]
    return ("area" if is_area else "point"), mark


def _is_box(polygons: Sequence[Sequence[str]]) -> bool:
    """Say whether an area is but four corners: nobody drew its edge."""
    rings = [ring for rings in polygons for ring in rings]
    return len(rings) == 1 and len(decode_line(rings[0])) <= 5


def _is_country(place: Place) -> bool:
    return place.precision is GeoPrecision.COUNTRY and place.feature_code.startswith("PCL")


@lru_cache(maxsize=1)
def basemap_countries() -> frozenset[str]:
    """Return the codes of the countries whose outline the basemap holds."""
    return frozenset(basemap()["countries"])


@lru_cache(maxsize=1)
def basemap() -> dict[str, dict[str, object]]:
    """Return the basemap as the script sees it."""
    text = _BASEMAP.read_text("utf-8")
    value: dict[str, dict[str, object]] = json.loads(text[text.index("{") : text.rindex("}") + 1])
    return value


@lru_cache(maxsize=1024)
def _drawn(
    store: GeometrySource, place: Place
) -> tuple[GeometryKind, tuple[tuple[str, ...], ...]] | None:
    """Return the geometry of a place, thinned to what a screen shows, as strings."""
    geometry = outline_of(place, store)
    if geometry is None:
        return None
    extent = max(_extent(part[0]) for part in geometry.parts)
    tolerance = min(0.03, extent / 500)
    smallest = extent / 150 if geometry.kind is GeometryKind.AREA else 0
    parts = tuple(
        tuple(encode_line(thin(path, tolerance)) for path in part if _extent(path) > smallest)
        for part in geometry.parts
        if _extent(part[0]) > smallest or len(geometry.parts) == 1
    )
    return geometry.kind, tuple(part for part in parts if part)


def _extent(path: Path) -> float:
    lats, lons = [lat for lat, _ in path], [lon for _, lon in path]
    return max(max(lats) - min(lats), max(lons) - min(lons))


def _box(box: BoundingBox) -> Path:
    east = box.east if box.east >= box.west else box.east + 360
    return (
        (box.south, box.west),
        (box.north, box.west),
        (box.north, east),
        (box.south, east),
        (box.south, box.west),
    )
