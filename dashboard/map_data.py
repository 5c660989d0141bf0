"""What the map asks for while it is looked at: marks of a view, their events, their outlines.

However many events there are, an answer is bounded: places that would cover each other are one
cluster, events come a page at a time, and an outline is sent once to a browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

import numpy as np

from dashboard.cells import LEVELS
from dashboard.events import EventLocation, EventReport
from dashboard.filters import EventFilter
from dashboard.layers import FamilyStyle, Mark, family_styles, mark_of
from dashboard.ontology import event_types
from dashboard.popups import Card, Source, event_card, source_card
from gazetteer.places import BoundingBox, GeoPrecision

if TYPE_CHECKING:
    from dashboard.outlines import GeometrySource
    from dashboard.store import EventStore
    from dashboard.store.columns import EventColumns, Mask, Numbers

MOST_CLUSTERS = 150
"""How many points an answer holds; where there are more, they are clustered more coarsely."""

MOST_AREAS = 40
"""How many lines and areas an answer holds, those with most events; the others are points."""

EVENTS_A_PAGE = 20

_CELL_PIXELS_LEVEL = 2
"""A cluster's cell is 2**-2 of a tile of 256 pixels: 64 pixels."""

_FINEST_ZOOM = 11


class ViewMark(TypedDict):
    """A place, or a cluster that stands at the place with most of its events."""

    key: str
    name: str
    precision: str
    kind: str
    lat: float
    lon: float
    counts: list[int]
    """Events of each family, in the order of the families."""
    radius: NotRequired[float]
    country: NotRequired[str]
    fuzzy: NotRequired[bool]
    places: NotRequired[int]
    """How many places a cluster stands for."""
    cell: NotRequired[list[int]]
    """A cluster's cell and its level."""
    spread: NotRequired[list[float]]
    """South, west, north and east of a cluster's places."""


class ViewAnswer(TypedDict):
    """The marks of a view."""

    marks: list[ViewMark]
    families: list[FamilyStyle]
    extent: list[float] | None
    """South, west, north and east of everything that the filter leaves."""


class EventsAnswer(TypedDict):
    """A page of the events at a place or in a cluster."""

    events: list[Card]
    articles: list[Source]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MapData:
    """What a map shows of a store's events, with the outlines of a place store."""

    store: EventStore
    places: GeometrySource

    def marks(self, wanted: EventFilter, *, bounds: BoundingBox, zoom: float) -> ViewAnswer:
        """Return the marks of the events that `wanted` leaves within `bounds`, for a zoom."""
        columns = self.store.columns()
        styles = family_styles()
        counts = self._counts(columns, wanted, len(styles))
        totals = counts.sum(axis=1)
        there = totals > 0
        seen = np.flatnonzero(there & columns.within(bounds))
        # The middle of a wide area may lie outside the view that the area reaches into.
        wide = np.flatnonzero(there & (columns.mark_precision > GeoPrecision.NEAR))
        wide = wide[np.argsort(-totals[wide], kind="stable")][:MOST_AREAS]
        apart = {
            number: mark
            for number in wide.tolist()
            if (mark := self._mark(columns, number))["kind"] != "point" or number in seen
        }
        marks = [mark | {"counts": counts[number].tolist()} for number, mark in apart.items()]
        points = seen[~np.isin(seen, list(apart))]
        marks += self._clusters(columns, points, counts, zoom=zoom)
        return ViewAnswer(marks=marks, families=styles, extent=_extent(columns, there))

    def events(
        self,
        wanted: EventFilter,
        *,
        keys: Sequence[str] = (),
        cells: Sequence[tuple[int, int]] = (),
        page: int = 0,
        first: str | None = None,
    ) -> EventsAnswer:
        """Return a page of the events at some places or in cells (cell, level), latest first.

        The event `first`, when it is among them, comes before all others.
        """
        columns = self.store.columns()
        numbers = {number for key in keys if (number := columns.mark_number(key)) is not None}
        for cell, level in cells:
            is_inside = columns.mark_cell >> 2 * (LEVELS - level) == cell
            numbers.update(np.flatnonzero(is_inside).tolist())
        mask = columns.at(sorted(numbers)) & self.store.mask(wanted)
        found = columns.page(mask, start=page * EVENTS_A_PAGE, count=EVENTS_A_PAGE)
        chosen = self.store.key_of(first) if first and not page else None
        if chosen is not None and columns.holds(mask, chosen):
            found = [chosen, *(key for key in found if key != chosen)]
        cards, articles = cards_of(self.store.reports_by_key(found))
        return EventsAnswer(events=cards, articles=articles, total=int(mask.sum()))

    def event(self, event_id: str) -> dict[str, Any]:
        """Return the mark at which an event stands; None when it is unknown or has no place."""
        report = self.store.report(event_id)
        placed = report is not None and report.event.locations
        return {"mark": _view_mark(placed[0], self.places) if placed else None}

    def shapes(self, keys: Sequence[str]) -> dict[str, Mark]:
        """Return the marks with these keys, with their outlines."""
        columns = self.store.columns()
        numbers = {key: columns.mark_number(key) for key in keys}
        return {
            key: mark_of(_location(self.store, columns, number), self.places)[1]
            for key, number in numbers.items()
            if number is not None
        }

    def _counts(self, columns: EventColumns, wanted: EventFilter, families: int) -> Numbers:
        """Return each mark's events by family; the same filter is asked for with every move."""
        counts: Numbers = columns.remembered(
            ("marks", wanted),
            lambda: columns.mark_counts(
                self.store.mask(wanted), family_of_types(columns), families
            ),
        )
        return counts

    def _clusters(
        self, columns: EventColumns, points: Numbers, counts: Numbers, *, zoom: float
    ) -> list[ViewMark]:
        """Return the points; those of one cell of this zoom are one mark, at the largest."""
        if not len(points):
            return []
        points = points[np.lexsort((points, -counts[points].sum(axis=1)))]
        level = min(LEVELS, round(min(zoom, _FINEST_ZOOM)) + _CELL_PIXELS_LEVEL)
        cells, first, group = _grouped(columns.mark_cell[points], level)
        while len(cells) > MOST_CLUSTERS:
            level -= 1
            cells, first, group = _grouped(columns.mark_cell[points], level)
        sums = np.zeros((len(cells), counts.shape[1]), np.int64)
        np.add.at(sums, group, counts[points])
        sizes = np.bincount(group)
        marks = []
        for number in np.argsort(first).tolist():
            mark = self._mark(columns, int(points[first[number]]))
            mark["kind"] = "point"
            mark["counts"] = sums[number].tolist()
            if sizes[number] > 1:
                own = points[group == number]
                lat, lon = columns.mark_lat[own], columns.mark_lon[own]
                mark["places"] = int(sizes[number])
                mark["cell"] = [int(cells[number]), level]
                mark["spread"] = [_short(v) for v in (lat.min(), lon.min(), lat.max(), lon.max())]
            marks.append(mark)
        return marks

    def _mark(self, columns: EventColumns, number: int) -> ViewMark:
        return _known_mark(self.store, self.places, columns.revision, number).copy()  # type: ignore[arg-type]


def cards_of(reports: Iterable[EventReport]) -> tuple[list[Card], list[Source]]:
    """Return the cards of events, each pointing into the articles beside them."""
    cards: list[Card] = []
    articles: list[Source] = []
    for report in reports:
        cards.append(event_card(report.event, len(articles)))
        articles += [source_card(telling.article) for telling in (report, *report.further)]
        cards[-1]["reports"] = list(range(cards[-1]["article"], len(articles)))
    return cards, articles


def family_of_types(columns: EventColumns) -> Numbers:
    """Return each type's family as its position among the styles, "other" last."""
    styles = [style["name"] for style in family_styles()]
    known = event_types()
    families = [
        styles.index(known[name].family) if name in known else len(styles) - 1
        for name in columns.type_names
    ]
    return np.array(families or [0])


def _grouped(cells: Numbers, level: int) -> tuple[Numbers, Numbers, Numbers]:
    """Return the cells of `level`, where each is first seen, and which one each point is in."""
    shift = 2 * (LEVELS - level)
    return np.unique(cells >> shift, return_index=True, return_inverse=True)


def _short(value: float) -> float:
    return round(float(value), 3)


def _extent(columns: EventColumns, there: Mask) -> list[float] | None:
    """Return the smallest box that holds the marks, which may cross the 180th meridian."""
    if not there.any():
        return None
    lat, lon = columns.mark_lat[there], np.unique(columns.mark_lon[there])
    gaps = np.diff(np.append(lon, lon[0] + 360))
    widest = int(np.argmax(gaps))
    west, east = lon[(widest + 1) % len(lon)], lon[widest]
    return [_short(value) for value in (lat.min(), west, lat.max(), east)]


def _location(store: EventStore, columns: EventColumns, number: int) -> EventLocation:
    key, position = columns.mark_row[number].tolist()
    return store.location(key, position)


@lru_cache(maxsize=8192)
def _known_mark(store: EventStore, places: GeometrySource, _revision: str, number: int) -> ViewMark:
    return _view_mark(_location(store, store.columns(), number), places)


def _view_mark(location: EventLocation, places: GeometrySource) -> ViewMark:
    kind, mark = mark_of(location, places)
    view = ViewMark(
        key=f"{int(location.precision)} {location.place.place_id}",
        name=mark["name"],
        precision=mark["precision"],
        kind=kind,
        lat=mark["lat"],
        lon=mark["lon"],
        counts=[],
    )
    if "radius" in mark:
        view["radius"] = mark["radius"]
    if "country" in mark:
        view["country"] = mark["country"]
    if "fuzzy" in mark:
        view["fuzzy"] = mark["fuzzy"]
    return view
