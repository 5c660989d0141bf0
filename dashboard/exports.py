"""Events in the forms that other programs read.

GeoJSON (RFC 7946): one feature for each place of each event, and one with a null geometry for
an event without a place. Properties of a feature:

| property | value |
|---|---|
| event_id | the event's stable id |
| event_type, type_label, mode | PLOVER type, in words, and mode or null |
| quad_class, family | of the type; null when the ontology does not know the type |
| source, target | names of those who acted and were acted on |
| source_ids, target_ids | their actor ids |
| when, earliest, latest | ISO 8601: the date as exactly as known, and the days it may mean |
| modality, confidence, coder | as coded; confidence in [0, 1] |
| killed, wounded, arrested, crowd | the size told, best guess; null when the text tells none |
| sizes | the same in the text's words: "killed: at least 27" |
| quote | the sentence that says so, at most 420 characters |
| place_id, place, country_code | of the feature's place; null without a place |
| precision, precision_label | UCDP GED's where_prec 1 to 7, and in words |
| radius_km | radius of doubt round a point, or null |
| place_reason | why this place, or why none |
| title, publisher, published, url, article_id | of the report |
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dashboard.events import Event, EventLocation, EventReport, SizeKind
from dashboard.ontology import event_types
from dashboard.outlines import GeometrySource, outline_of
from dashboard.polyline import thin
from dashboard.popups import precision_words, shown_quote, size_number, web_link
from gazetteer.places import BoundingBox, Geometry, GeometryKind, GeoPrecision, Path, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """How exactly outlines are given; one that is coarser gives fewer vertices."""

    tolerance: float = 0.005
    """Vertices nearer than so many degrees to the outline without them are left out."""
    digits: int = 5
    """Decimals of a degree: the fifth is about a metre."""
    share: float = 0.0
    """Left out too is what lies within this share of the place's extent, and parts of less than
    twice as much."""

    def within(self, geometry: Geometry) -> float:
        """Return the tolerance for a place, in degrees."""
        return max(self.tolerance, self.share * max(map(_extent, geometry.parts)))


FULL = Detail()
"""Half a kilometre, a metre's digits: nothing that can be seen on a map of a country is lost."""


def to_geojson(
    reports: Sequence[EventReport],
    store: GeometrySource,
    *,
    detail: Detail = FULL,
) -> dict[str, Any]:
    """Return the events as an RFC 7946 FeatureCollection, in a fixed order.

    `detail` says how exactly outlines are given.
    """
    outlines = _Outlines(store, detail)
    features = [
        _feature(report, location, outlines)
        for report in in_order(reports)
        for location in report.event.locations or (None,)
    ]
    return {"type": "FeatureCollection", "features": features}


def in_order(reports: Sequence[EventReport]) -> list[EventReport]:
    """Return the reports in the order in which every export writes them."""
    return sorted(reports, key=lambda report: _order(report.event))


def event_properties(event: Event) -> dict[str, Any]:
    """Return what an export says of the event."""
    known = event_types().get(event.event_type)
    return {
        "event_id": event.event_id,
        "event_type": event.event_type,
        "type_label": known.label if known else event.event_type,
        "mode": event.mode,
        "quad_class": known.quad_class if known else None,
        "family": known.family if known else None,
        "source": [actor.name for actor in event.source_actors],
        "target": [actor.name for actor in event.target_actors],
        "source_ids": [actor.actor_id for actor in event.source_actors],
        "target_ids": [actor.actor_id for actor in event.target_actors],
        "when": event.when.iso if event.when else None,
        "earliest": event.when.earliest.isoformat() if event.when else None,
        "latest": event.when.latest.isoformat() if event.when else None,
        "modality": event.modality.value,
        "confidence": round(event.confidence, 3),
        "coder": event.coder,
        **size_properties(event),
        "quote": shown_quote(event),
    }


def size_properties(event: Event) -> dict[str, Any]:
    """Return the best guess of each size, and all of them in the text's words."""
    best = {size.kind: size.best for size in event.sizes}
    counts = {kind.value: best.get(kind) for kind in SizeKind}
    return counts | {
        "sizes": [f"{size.kind}: {size.words or size_number(size)}" for size in event.sizes]
    }


def place_properties(event: Event, location: EventLocation | None) -> dict[str, Any]:
    """Return what an export says of where it was; `location` is None for nowhere."""
    place = location.place if location else None
    return {
        "place_id": place.place_id if place else None,
        "place": place.name if place else None,
        "country_code": place.country_code if place else None,
        "precision": int(location.precision) if location else None,
        "precision_label": precision_words(location) if location else None,
        "radius_km": place.radius_km if place else None,
        "place_reason": location.reason if location else event.unplaced_reason,
    }


def report_properties(report: EventReport) -> dict[str, Any]:
    """Return what an export says of the article."""
    article = report.article
    return {
        "article_id": article.article_id,
        "title": article.title,
        "publisher": article.source,
        "published": article.published.isoformat() if article.published else None,
        "url": web_link(article.url),
    }


def _order(event: Event) -> tuple[str, int, str]:
    return event.article_id, event.start, event.event_id


def _feature(
    report: EventReport,
    location: EventLocation | None,
    outlines: _Outlines,
) -> dict[str, Any]:
    event = report.event
    key = f"{event.event_id}/{location.place.place_id}" if location else event.event_id
    return {
        "type": "Feature",
        "id": key,
        "geometry": _geometry(location, outlines) if location else None,
        "properties": {
            **event_properties(event),
            **place_properties(event, location),
            **report_properties(report),
        },
    }


class _Outlines:
    """The outlines of places, each made once."""

    def __init__(self, store: GeometrySource, detail: Detail) -> None:
        self._store = store
        self._detail = detail
        self._known: dict[Place, dict[str, Any] | None] = {}

    def of(self, place: Place) -> dict[str, Any] | None:
        """Return the place's outline, or None when it has none."""
        if place not in self._known:
            geometry = outline_of(place, self._store)
            self._known[place] = _outline(geometry, place.bounds, self._detail)
        return self._known[place]


def _geometry(location: EventLocation, outlines: _Outlines) -> dict[str, Any]:
    """Return the outline for what is known only as a line or an area, else the point."""
    place = location.place
    if location.precision > GeoPrecision.NEAR:
        outline = outlines.of(place)
        if outline is not None:
            return outline
    return {"type": "Point", "coordinates": _position(place.coordinates.lat, place.coordinates.lon)}


def _outline(
    geometry: Geometry | None, bounds: BoundingBox | None, detail: Detail
) -> dict[str, Any] | None:
    if geometry is None:
        return _box(bounds) if bounds else None
    within = detail.within(geometry)
    if geometry.kind is GeometryKind.LINE:
        lines = [_positions(part[0], within, detail.digits) for part in geometry.parts]
        return {"type": "MultiLineString", "coordinates": lines}
    smallest = 2 * within if detail.share and len(geometry.parts) > 1 else 0.0
    parts = [part for part in geometry.parts if _extent(part) > smallest]
    polygons = [_polygon(part, within, detail.digits) for part in parts]
    return {"type": "MultiPolygon", "coordinates": [rings for rings in polygons if rings]}


def _box(box: BoundingBox) -> dict[str, Any]:
    """Return a box; one that crosses 180 degrees is cut there, as RFC 7946 section 3.1.9 asks."""
    return {
        "type": "MultiPolygon",
        "coordinates": [
            [
                [
                    _position(box.south, west),
                    _position(box.south, east),
                    _position(box.north, east),
                    _position(box.north, west),
                    _position(box.south, west),
                ]
            ]
            for west, east in box.stretches()
        ],
    }


def _extent(part: tuple[Path, ...]) -> float:
    """Return the longer side of the box round a part, in degrees."""
    lats, lons = [lat for lat, _ in part[0]], [lon for _, lon in part[0]]
    return max(max(lats) - min(lats), max(lons) - min(lons))


def _polygon(part: tuple[Path, ...], tolerance: float, digits: int) -> list[list[list[float]]]:
    """Return outer ring and holes, wound as RFC 7946 section 3.1.6 asks; [] for a mere speck."""
    rings = [_positions(path, tolerance, digits) for path in part]
    if len(rings[0]) < 4:
        return []
    return [
        _wound(ring, counterclockwise=number == 0)
        for number, ring in enumerate(rings)
        if len(ring) >= 4
    ]


def _wound(ring: list[list[float]], *, counterclockwise: bool) -> list[list[float]]:
    twice_area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    return ring if (twice_area > 0) == counterclockwise else ring[::-1]


def _positions(path: Path, tolerance: float, digits: int) -> list[list[float]]:
    kept = thin(path, tolerance)
    while len(kept) < 4 < len(path) and tolerance > FULL.tolerance:  # a ring would collapse
        tolerance /= 2
        kept = thin(path, tolerance)
    return [_position(lat, lon, digits) for lat, lon in kept]


def _position(lat: float, lon: float, digits: int = 5) -> list[float]:
    """Return GeoJSON's order, longitude first: the one place where it is swapped."""
    return [round(lon, digits), round(lat, digits)]
