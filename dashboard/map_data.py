"""What the map asks for while it is looked at: marks of a view, their events, their outlines.

However many events there are, an answer is bounded: places that would cover each other are one
cluster, events come a page at a time, and an outline is sent once to a browser.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

import numpy as np

from dashboard.cells import LEVELS, column_and_row
from dashboard.datasets import OWN
from dashboard.events import EventLocation, EventReport
from dashboard.filters import EventFilter
from dashboard.layers import OTHER_COLOUR, FamilyStyle, Mark, family_styles, mark_of
from dashboard.ontology import event_types
from dashboard.popups import Card, Source, event_card, source_card
from dashboard.store.columns import bounds_mask
from gazetteer.places import BoundingBox, GeoPrecision

if TYPE_CHECKING:
    from dashboard.outlines import GeometrySource
    from dashboard.store import EventStore
    from dashboard.store.columns import EventColumns, Mask, Numbers

MOST_CLUSTERS = 150
"""How many points an answer holds; where there are more, they are clustered more coarsely."""

MOST_AREAS = 40
"""How many lines and areas of a view an answer holds, those with most events.

Further provinces are points; further regions, countries and seas share badges: never a point.
"""

MOST_BADGES = 20

_CLUSTER_ROOM, _AREA_ROOM, _BADGE_ROOM = 20_000, 60_000, 80_000
"""Square pixels of the view for each, so that on a small screen the land is still seen."""

_LEAST_DEGREES = 3.0
"""How far an area of unknown extent may reach from its middle: a circle of doubt's 250 km."""

MOST_HEAT_CELLS = 1200
"""How many cells of warmth an answer holds; where there are more, they are coarser."""

DATASET_SIGNS = (
    ("#0072b2", "circle"), ("#d55e00", "triangle"), ("#00795c", "hexagon"), ("#cc79a7", "square"),
    ("#7b3294", "diamond"), ("#b8860b", "star"), ("#56b4e9", "pentagon"),
)  # fmt: skip
"""Colour and shape of data sets on the map, in their order: four colours of the Okabe-Ito set
(2008), and three darker ones that stay apart from these and from each other."""

MOST_DATASETS = len(DATASET_SIGNS)
"""How many data sets have a sign of their own; the others share one."""

MOST_KNOWN_MARKS = 4096

EVENTS_A_PAGE = 20

_CELL_PIXELS_LEVEL = 2
"""A cluster's cell is 2**-2 of a tile of 256 pixels: 64 pixels."""

_HEAT_LEVEL = 5
"""A cell of warmth is 2**-5 of a tile: 8 pixels."""

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
    """How many places a cluster stands for, however exactly each is known."""
    cell: NotRequired[list[int]]
    """A cluster's cell and its level."""
    apart: NotRequired[list[str]]
    """Keys of the marks in its cell that are drawn by themselves."""
    spread: NotRequired[list[float]]
    """South, west, north and east of a cluster's places."""


class ViewAnswer(TypedDict):
    """The marks of a view."""

    marks: list[ViewMark]
    families: list[FamilyStyle]
    extent: list[float] | None
    """South, west, north and east of everything that the filter leaves."""
    shown: int
    """How many events, or mentions, the filter leaves, in the view or not."""


class HeatAnswer(TypedDict):
    """Where the events of a view are many."""

    level: int
    cells: list[list[int]]
    """Column, row and number of events of each cell of this level."""
    left_out: int
    """Events that are known to a country, a region or a sea only."""
    extent: list[float] | None
    shown: int
    """How many events the filter leaves, in the view or not."""


class EventsAnswer(TypedDict):
    """A page of the events at a place or in a cluster."""

    events: list[Card]
    articles: list[Source]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """By what marks are told apart: each group has a colour and a shape."""

    name: str
    styles: list[FamilyStyle]
    groups: Numbers
    """Of each event its group: a position among the styles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapData:
    """What a map shows of a store's events, with the outlines of a place store."""

    store: EventStore
    places: GeometrySource

    def marks(self, wanted: EventFilter, *, bounds: BoundingBox, zoom: float) -> ViewAnswer:
        """Return the marks of the events that `wanted` leaves within `bounds`, for a zoom."""
        columns = self.store.columns()
        return self._grouped_marks(columns, by_family(columns), wanted, bounds, zoom)

    def datasets(self, wanted: EventFilter, *, bounds: BoundingBox, zoom: float) -> ViewAnswer:
        """Return the same marks, told apart by the data set that holds their events."""
        columns = self.store.columns()
        return self._grouped_marks(columns, by_dataset(columns, self.store), wanted, bounds, zoom)

    def _grouped_marks(
        self,
        columns: EventColumns,
        grouping: Grouping,
        wanted: EventFilter,
        bounds: BoundingBox,
        zoom: float,
    ) -> ViewAnswer:
        spots = Spots(
            lat=columns.mark_lat,
            lon=columns.mark_lon,
            cell=columns.mark_cell,
            precision=columns.mark_precision,
            height=columns.mark_height,
            width=columns.mark_width,
            marks=lambda numbers: self._marks(columns, numbers),
        )
        counts, shown = self._counts(columns, wanted, grouping)
        return ViewAnswer(
            marks=spots.in_view(counts, bounds=bounds, zoom=zoom),
            families=grouping.styles,
            extent=spots.extent(counts.sum(axis=1) > 0),
            shown=shown,
        )

    def heat(self, wanted: EventFilter, *, bounds: BoundingBox, zoom: float) -> HeatAnswer:
        """Return how many events lie in each small cell of a view.

        Only places known to a province or better: a country's middle is no place of its events.
        """
        columns = self.store.columns()
        counts, shown = self._counts(columns, wanted, by_family(columns))
        totals = counts.sum(axis=1)
        near = columns.mark_precision <= GeoPrecision.ADMIN1
        seen = np.flatnonzero((totals > 0) & near & columns.within(bounds))
        level = min(LEVELS, round(min(zoom, _FINEST_ZOOM)) + _HEAT_LEVEL)
        cells, _, group = _grouped(columns.mark_cell[seen], level)
        while len(cells) > MOST_HEAT_CELLS:
            level -= 1
            cells, _, group = _grouped(columns.mark_cell[seen], level)
        sums = np.bincount(group, weights=totals[seen], minlength=len(cells)).astype(np.int64)
        x, y = column_and_row(cells)
        return HeatAnswer(
            level=level,
            cells=np.stack((x, y, sums), axis=1).tolist(),
            left_out=int(totals[~near].sum()),
            extent=_extent(columns.mark_lat, columns.mark_lon, (totals > 0) & near),
            shown=shown,
        )

    def events(
        self,
        wanted: EventFilter,
        *,
        keys: Sequence[str] = (),
        cells: Sequence[Cell] = (),
        apart: Sequence[str] = (),
        also: Iterable[int] = (),
        page: int = 0,
        first: str | None = None,
    ) -> EventsAnswer:
        """Return a page of the events at some places or in cells, latest first.

        `apart` are the keys of places in the cells that are not meant, `also` numbers of further
        places; the event `first`, when it is among them, comes before all others.
        """
        columns = self.store.columns()
        numbers = set(also)
        for cell in cells:
            is_inside = cell.holds(columns.mark_cell, columns.mark_precision)
            numbers.update(np.flatnonzero(is_inside).tolist())
        numbers.difference_update(_numbers(columns, apart))
        numbers.update(_numbers(columns, keys))
        mask = columns.at(sorted(numbers)) & self.store.mask(wanted)
        found = columns.page(mask, start=page * EVENTS_A_PAGE, count=EVENTS_A_PAGE)
        chosen = self.store.key_of(first) if first and not page else None
        if chosen is not None and columns.holds(mask, chosen):
            found = [chosen, *(key for key in found if key != chosen)]
        cards, articles = cards_of(self.store.reports_by_key(found))
        return EventsAnswer(events=cards, articles=articles, total=int(mask.sum()))

    def event(self, event_id: str) -> dict[str, Any]:
        """Return the mark at which an event stands, None without a place, and why it has none."""
        report = self.store.report(event_id)
        placed = report.event.locations if report else ()
        return {
            "mark": view_mark(placed[0], self.places) if placed else None,
            "unplaced": report.event.unplaced_reason if report and not placed else None,
        }

    def shapes(self, keys: Sequence[str]) -> dict[str, Mark]:
        """Return the marks with these keys, with their outlines."""
        columns = self.store.columns()
        numbers = {number: key for key in keys if (number := columns.mark_number(key)) is not None}
        return {
            numbers[number]: mark_of(location, self.places)[1]
            for number, location in self._locations(columns, list(numbers)).items()
        }

    def _counts(
        self, columns: EventColumns, wanted: EventFilter, grouping: Grouping
    ) -> tuple[Numbers, int]:
        """Return each mark's events group by group, and how many events there are.

        The same filter is asked for with every move.
        """

        def count() -> tuple[Numbers, int]:
            mask = self.store.mask(wanted)
            counts = columns.mark_counts(mask, grouping.name, grouping.groups, len(grouping.styles))
            return counts, int(mask.sum())

        counted: tuple[Numbers, int] = columns.remembered(("marks", grouping.name, wanted), count)
        return counted

    def _marks(self, columns: EventColumns, numbers: Sequence[int]) -> list[ViewMark]:
        """Return these marks; what they are is asked of the database once."""
        known: dict[int, ViewMark] = columns.kept("marks", dict)
        if len(known) > MOST_KNOWN_MARKS:
            known.clear()
        missing = [number for number in numbers if number not in known]
        for number, location in self._locations(columns, missing).items():
            known[number] = view_mark(location, self.places)
        return [known[number].copy() for number in numbers]

    def _locations(self, columns: EventColumns, numbers: Sequence[int]) -> dict[int, EventLocation]:
        if not numbers:
            return {}
        rows = {number: tuple(columns.mark_row[number].tolist()) for number in numbers}
        found = self.store.locations(rows.values())
        return {number: found[row] for number, row in rows.items()}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cluster: the points in a cell of a level, or the vague places, which share a badge."""

    cell: int
    level: int
    is_badge: bool = False

    def holds(self, cells: Numbers, precisions: Numbers) -> Mask:
        """Return which places it stands for, of their cells and precisions."""
        is_vague = precisions >= GeoPrecision.REGION
        found: Mask = (cells >> 2 * (LEVELS - self.level) == self.cell) & (
            is_vague == self.is_badge
        )
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Spots:
    """Places with their positions and cells, and how each one is drawn."""

    lat: Numbers
    lon: Numbers
    cell: Numbers
    precision: Numbers
    height: Numbers
    """Degrees from south to north, 0 where that is not known."""
    width: Numbers
    marks: Callable[[Sequence[int]], list[ViewMark]]

    def in_view(self, counts: Numbers, *, bounds: BoundingBox, zoom: float) -> list[ViewMark]:
        """Return the marks within `bounds`, `counts` being each place's, group by group."""
        totals = counts.sum(axis=1)
        there = totals > 0
        room = _square_pixels(bounds, zoom)
        seen = np.flatnonzero(there & bounds_mask(self.lat, self.lon, bounds))
        # The middle of a wide area may lie outside the view that the area reaches into.
        wide = np.flatnonzero(there & (self.precision > GeoPrecision.NEAR) & self._reach(bounds))
        wide = wide[np.argsort(-totals[wide], kind="stable")]
        drawn = wide[: min(MOST_AREAS, int(room / _AREA_ROOM) + 1)].tolist()
        apart = {
            number: mark
            for number, mark in zip(drawn, self.marks(drawn), strict=True)
            if mark["kind"] != "point" or number in seen
        }
        marks = [mark | {"counts": counts[number].tolist()} for number, mark in apart.items()]
        rest = seen[~np.isin(seen, list(apart))]
        is_vague = self.precision[rest] >= GeoPrecision.REGION
        for places, kind, most, each in (
            (rest[~is_vague], "point", MOST_CLUSTERS, _CLUSTER_ROOM),
            (rest[is_vague], "badge", MOST_BADGES, _BADGE_ROOM),
        ):
            found = self._clusters(places, counts, zoom=zoom, most=min(most, int(room / each) + 1))
            for mark in found:
                mark["kind"] = kind
                self._set_apart(mark, apart)
            marks += found
        return marks

    def _reach(self, bounds: BoundingBox) -> Mask:
        """Return which places may reach into the view, however far from it their middle lies."""
        height = np.maximum(self.height, _LEAST_DEGREES)
        # A degree of longitude is short near the poles; a box tells how wide its place is.
        width = np.where(self.width > 0, self.width, 4 * _LEAST_DEGREES)
        middle, half = _middle(bounds)
        aside = np.abs((self.lon - middle + 180) % 360 - 180)
        found: Mask = (
            (self.lat + height >= bounds.south)
            & (self.lat - height <= bounds.north)
            & (aside <= half + width)
        )
        return found

    def _set_apart(self, mark: ViewMark, apart: Mapping[int, ViewMark]) -> None:
        """Note which places in a cluster's cell are drawn by themselves."""
        if "cell" not in mark or not apart:
            return
        numbers = np.array(list(apart), np.int64)
        number, level = mark["cell"]
        cell = Cell(number, level, is_badge=mark["kind"] == "badge")
        inside = numbers[cell.holds(self.cell[numbers], self.precision[numbers])].tolist()
        if inside:
            mark["apart"] = [apart[number]["key"] for number in inside]

    def extent(self, there: Mask) -> list[float] | None:
        """Return the smallest box that holds these places."""
        return _extent(self.lat, self.lon, there)

    def _clusters(
        self, points: Numbers, counts: Numbers, *, zoom: float, most: int
    ) -> list[ViewMark]:
        """Return the points; those of one cell of this zoom are one mark, at the largest.

        Cells are coarser where they would be more than `most`.
        """
        if not len(points):
            return []
        points = points[np.lexsort((points, -counts[points].sum(axis=1)))]
        level = min(LEVELS, round(min(zoom, _FINEST_ZOOM)) + _CELL_PIXELS_LEVEL)
        cells, first, group = _grouped(self.cell[points], level)
        while len(cells) > most:
            level -= 1
            cells, first, group = _grouped(self.cell[points], level)
        sums = np.zeros((len(cells), counts.shape[1]), np.int64)
        np.add.at(sums, group, counts[points])
        sizes = np.bincount(group)
        places = self._places(points, group)
        order = np.argsort(first)
        marks = self.marks(points[first[order]].tolist())
        for number, mark in zip(order.tolist(), marks, strict=True):
            mark["counts"] = sums[number].tolist()
            if sizes[number] > 1:
                own = points[group == number]
                lat, lon = self.lat[own], self.lon[own]
                mark["places"] = int(places[number])
                mark["cell"] = [int(cells[number]), level]
                mark["spread"] = [_short(v) for v in (lat.min(), lon.min(), lat.max(), lon.max())]
        return marks

    def _places(self, points: Numbers, group: Numbers) -> Numbers:
        """Return how many places each group of points has.

        A town that is known now exactly, now as near is two points and one place.
        """
        _, sites = np.unique(self.lat[points] + 1j * self.lon[points], return_inverse=True)
        return np.bincount(np.unique(group * len(points) + sites) // len(points))


def _middle(box: BoundingBox) -> tuple[float, float]:
    """Return a box's middle longitude, and how far it reaches to each side."""
    wide = (box.east - box.west) % 360 or 360.0
    return box.west + wide / 2, wide / 2


def _numbers(columns: EventColumns, keys: Iterable[str]) -> list[int]:
    numbers = map(columns.mark_number, keys)
    return [number for number in numbers if number is not None]


def cards_of(reports: Iterable[EventReport]) -> tuple[list[Card], list[Source]]:
    """Return the cards of events, each pointing into the articles beside them."""
    cards: list[Card] = []
    articles: list[Source] = []
    for report in reports:
        cards.append(event_card(report.event, len(articles)))
        told = {each.article.article_id: each.article for each in (report, *report.further)}
        articles += map(source_card, told.values())
        cards[-1]["reports"] = list(range(cards[-1]["article"], len(articles)))
        if report.event.origin:
            cards[-1]["record"] = [list(pair) for pair in report.event.origin.codes.items()]
    return cards, articles


def by_family(columns: EventColumns) -> Grouping:
    """Return events by the family of their type."""
    groups = columns.kept("families", lambda: family_of_types(columns)[columns.types])
    return Grouping(name="family", styles=family_styles(), groups=groups)


def by_dataset(columns: EventColumns, store: EventStore) -> Grouping:
    """Return events by the data set that holds them: what was coded here, then the largest.

    Each has a shape of its own besides its colour: who sees few colours tells them apart too.
    """

    def group() -> Grouping:
        of_events = columns.article_dataset[columns.articles]
        sizes = np.bincount(of_events, minlength=len(columns.dataset_ids))
        sizes[columns.dataset_ids.index(OWN)] = len(columns) + 1
        largest = np.argsort(-sizes, kind="stable")[:MOST_DATASETS].tolist()
        signs = DATASET_SIGNS[: len(largest)]
        names = [columns.dataset_ids[number] for number in largest]
        styles = [
            FamilyStyle(name=name, label=store.datasets.name_of(name), colour=colour, shape=shape)
            for name, (colour, shape) in zip(names, signs, strict=True)
        ]
        if len(largest) < len(columns.dataset_ids):
            styles.append(
                FamilyStyle(
                    name="further", label="Further data sets", colour=OTHER_COLOUR, shape="cross"
                )
            )
        positions = np.full(len(columns.dataset_ids), len(styles) - 1)
        positions[largest] = np.arange(len(largest))
        return Grouping(name="data set", styles=styles, groups=positions[of_events])

    grouping: Grouping = columns.kept("data sets", group)
    return grouping


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


def _square_pixels(bounds: BoundingBox, zoom: float) -> float:
    """Return how large the view is on the screen, in Web Mercator with tiles of 256 pixels."""
    west_east = (bounds.east - bounds.west) % 360 or 360.0
    low, high = (
        math.asinh(math.tan(math.radians(max(-85.05, min(85.05, lat)))))
        for lat in (bounds.south, bounds.north)
    )
    return west_east / 360 * (high - low) / math.tau * (256 * 2**zoom) ** 2


def _short(value: float) -> float:
    return round(float(value), 3)


def _extent(mark_lat: Numbers, mark_lon: Numbers, there: Mask) -> list[float] | None:
    """Return the smallest box that holds the marks.

    It crosses the 180th meridian only where it is less than half of the world wide.
    """
    if not there.any():
        return None
    lat, lon = mark_lat[there], np.unique(mark_lon[there])
    gaps = np.diff(np.append(lon, lon[0] + 360))
    widest = int(np.argmax(gaps))
    if gaps[widest] <= 180:
        widest = len(lon) - 1
    west, east = lon[(widest + 1) % len(lon)], lon[widest]
    return [_short(value) for value in (lat.min(), west, lat.max(), east)]


def view_mark(location: EventLocation, places: GeometrySource) -> ViewMark:
    """Return how a place is drawn, without its outline and its counts."""
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
