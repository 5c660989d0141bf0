"""The events of one state of the store as columns in memory: what filters and counts read.

A database counts a million rows a group at a time; a column of a million bytes is counted in a
few milliseconds. So each state (revision) of the store is read once, places sorted by their cell
on the map, and every filter is a mask over the events. Text and articles are asked of the
database, whose answer becomes a mask too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.events import Modality, Review
from dashboard.filters import EVERYTHING, EventFilter, Role
from dashboard.ontology import event_types
from dashboard.store.reading import SIDES, SOURCE, TARGET, UNDATED, Columns, rows_of
from dashboard.store.revisions import State
from dashboard.whereabouts import Whereabouts, lying_in
from gazetteer.places import BoundingBox, Coordinates, GeoPrecision

Mask = NDArray[np.bool_]
Numbers = NDArray[Any]

_ROLES = {Role.EITHER: SOURCE | TARGET, Role.SOURCE: SOURCE, Role.TARGET: TARGET}
_REMEMBERED = 24
_AT_ONCE = 131_072


class EventColumns:
    """Every event of one state of the store; further reports of an event are left out."""

    keys: Numbers
    types: Numbers
    earliest: Numbers
    latest: Numbers
    modalities: Numbers
    reviews: Numbers
    confidence: Numbers
    articles: Numbers
    order: Numbers
    type_names: tuple[str, ...]
    article_ids: tuple[str, ...]
    article_source: Numbers
    article_day: Numbers
    source_names: tuple[str, ...]
    article_dataset: Numbers
    dataset_ids: tuple[str, ...]
    place_ids: tuple[str, ...]
    mark_precision: Numbers
    mark_lat: Numbers
    mark_lon: Numbers
    mark_cell: Numbers
    mark_row: Numbers
    mark_is_exact: Mask
    mark_is_settled: Mask
    mark_height: Numbers
    mark_width: Numbers
    mark_countries: tuple[str, ...]
    mark_divisions: tuple[str, ...]
    place_mark: Numbers
    place_event: Numbers
    is_placed: Mask
    actor_event: Numbers
    actor_ids: tuple[str, ...]
    actor_start: Numbers

    def __init__(self, columns: Columns, state: State) -> None:
        self.read = columns
        self.state = state
        self.revision = str(state.revision)
        vars(self).update(columns)
        self.mark_ids = tuple(zip(self.place_ids, self.mark_precision.tolist(), strict=True))
        self._masks: dict[tuple[str, Any], Mask] = {}
        self._answers: dict[tuple[Any, ...], Any] = {}
        self._names: dict[str, str | None] = {}
        self._kept: dict[str, Any] = {}
        self._mark_numbers: dict[str, int] | None = None

    def __len__(self) -> int:
        return len(self.keys)

    def mask(
        self, wanted: EventFilter, ask: Callable[[EventFilter], Numbers], *, without: str = ""
    ) -> Mask:
        """Return which events `wanted` leaves, as `EventFilter.matches` says.

        `ask` gives the keys of the events that a filter leaves, from the database. `without`
        names a part that is not asked: "actors", "types", "dates", "sources", "datasets".
        """
        kept = np.ones(len(self), np.bool_)
        for name, value in parts_of(wanted, without=without):
            kept &= self._part(name, value, ask)
        return kept

    def _part(self, name: str, value: Any, ask: Callable[[EventFilter], Numbers]) -> Mask:  # noqa: ANN401  # each part has a value of its own kind
        key = (name, value)
        found = self._masks.get(key)
        if found is None:
            if name in {"text", "articles"}:
                found = np.zeros(len(self), np.bool_)
                rows = rows_of(self.keys, ask(replace(EVERYTHING, **{name: value})))
                found[rows[rows >= 0]] = True
            else:
                found = getattr(self, f"_mask_of_{name}")(value)
            while len(self._masks) >= _REMEMBERED:
                self._masks.pop(next(iter(self._masks)), None)
            self._masks[key] = found
        return found

    def _mask_of_actors(self, value: tuple[tuple[str, ...], Role, tuple[str, ...]]) -> Mask:
        names, role, pairs = value
        found = np.ones(len(self), np.bool_)
        if names:
            found = np.zeros(len(self), np.bool_)
            for name in names:
                found |= self._takes_part(name, _ROLES[role])
        for pair in pairs:
            one, other = pair.split("~")
            found &= (self._takes_part(one, SOURCE) & self._takes_part(other, TARGET)) | (
                self._takes_part(other, SOURCE) & self._takes_part(one, TARGET)
            )
        return found

    def _takes_part(self, name: str, role: int) -> Mask:
        found = np.zeros(len(self), np.bool_)
        if name in self.actor_ids:
            first = self.actor_ids.index(name) * len(SIDES)
            for run, sides in enumerate(SIDES, first):
                if sides & role:
                    found[self.actor_event[self.actor_start[run] : self.actor_start[run + 1]]] = (
                        True
                    )
        return found

    def _mask_of_types(self, value: tuple[tuple[str, ...], tuple[str, ...]]) -> Mask:
        names, quads = value
        known = event_types()
        wanted = [
            (not names or name in names)
            and (not quads or (name in known and known[name].quad_class in quads))
            for name in self.type_names
        ]
        kept: Mask = np.array([*wanted, False])[self.types]
        return kept

    def _mask_of_dates(self, value: tuple[date | None, date | None]) -> Mask:
        since, until = value
        found: Mask = self.latest != UNDATED
        if since:
            found &= self.latest >= since.toordinal()
        if until:
            found &= self.earliest <= until.toordinal()
        return found

    def _mask_of_modalities(self, value: tuple[Modality, ...]) -> Mask:
        return np.isin(self.modalities, [list(Modality).index(one) for one in value])

    def _mask_of_reviewed(self, value: tuple[Review, ...]) -> Mask:
        return np.isin(self.reviews, [list(Review).index(one) for one in value])

    def _mask_of_confidence(self, value: float) -> Mask:
        enough: Mask = self.confidence >= np.float32(value)
        return enough

    def _mask_of_sources(self, value: tuple[str, ...]) -> Mask:
        wanted: Mask = np.array([name in value for name in self.source_names])
        found: Mask = wanted[self.article_source][self.articles]
        return found

    def _mask_of_datasets(self, value: tuple[str, ...]) -> Mask:
        wanted: Mask = np.array([name in value for name in self.dataset_ids])
        found: Mask = wanted[self.article_dataset][self.articles]
        return found

    def _mask_of_days(self, value: int) -> Mask:
        found: Mask = (self.latest != UNDATED) & (self.latest - self.earliest < value)
        return found

    def _mask_of_precision(self, value: GeoPrecision) -> Mask:
        return self._at_marks(self.mark_precision <= int(value))

    def _mask_of_box(self, value: BoundingBox) -> Mask:
        return self._at_marks(self.within(value))

    def _mask_of_polygon(self, value: tuple[Coordinates, ...]) -> Mask:
        lat, lon = self.mark_lat, self.mark_lon
        inside = np.zeros(len(lat), np.bool_)
        for a, b in zip(value, (*value[1:], value[0]), strict=True):
            if a.lat == b.lat:
                continue
            crosses = (a.lat > lat) != (b.lat > lat)
            inside ^= crosses & (lon < (b.lon - a.lon) * (lat - a.lat) / (b.lat - a.lat) + a.lon)
        return self._at_marks(inside)

    def _mask_of_places(self, value: tuple[str, ...]) -> Mask:
        return self._at_marks(self.marks_in(value))

    def marks_in(self, asked: Iterable[str]) -> Mask:
        """Return which marks lie in one of the asked places: see `dashboard.whereabouts`."""
        found = np.zeros(len(self.mark_ids), np.bool_)
        for place in asked:
            found |= lying_in(place, self.whereabouts)
        return found

    def places_in(self, asked: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of the places that lie in one of the asked ones."""
        return tuple({self.place_ids[n] for n in np.flatnonzero(self.marks_in(asked)).tolist()})

    def events_at(self, marks: Mask) -> Numbers:
        """Return the positions of the events at these marks, each once."""
        start: Numbers = self.kept(
            "starts of marks",
            lambda: np.searchsorted(self.place_mark, np.arange(len(self.mark_ids) + 1)),
        )
        parts = [self.place_event[start[n] : start[n + 1]] for n in np.flatnonzero(marks)]
        return np.unique(np.concatenate(parts)) if parts else self.place_event[:0]

    @cached_property
    def whereabouts(self) -> Whereabouts:
        """Return in what the marks lie."""
        return Whereabouts(
            ids=self.place_ids,
            lat=self.mark_lat,
            lon=self.mark_lon,
            is_exact=self.mark_is_exact,
            is_settled=self.mark_is_settled,
            countries=self.mark_countries,
            divisions=self.mark_divisions,
            height=self.mark_height,
            width=self.mark_width,
        )

    def within(self, box: BoundingBox) -> Mask:
        """Return which marks lie in `box`."""
        return bounds_mask(self.mark_lat, self.mark_lon, box)

    def _at_marks(self, marks: Mask) -> Mask:
        found = np.zeros(len(self), np.bool_)
        found[self.place_event[marks[self.place_mark]]] = True
        return found

    def mark_counts(self, mask: Mask, by: str, groups: Numbers, count: int) -> Numbers:
        """Return for each mark how many of its events are of each of `count` groups.

        `groups` gives each event's group, the same at each call with the same `by`.
        """

        def slots() -> Numbers:
            return (self.place_mark * count + groups[self.place_event]).astype(np.int32)

        size = len(self.mark_ids) * count
        slots_of = self.kept(f"slots of marks by {by}", slots)
        found = counts_of(slots_of, mask, size, of=self.place_event)
        return found.astype(np.int32).reshape(-1, count)

    def actor_counts(self, mask: Mask) -> Iterator[tuple[str, int, int, int]]:
        """Yield each actor and group with its events on either side, as source, as target."""
        kept = mask.take(self.actor_event)
        runs = np.zeros(len(self.actor_start) - 1, np.int32)
        filled = np.flatnonzero(np.diff(self.actor_start))
        if len(filled):
            runs[filled] = np.add.reduceat(kept, self.actor_start[filled], dtype=np.int32)
        source, target, both = runs.reshape(-1, len(SIDES)).T
        sums = (source + target + both, source + both, target + both)
        yield from zip(self.actor_ids, *(one.tolist() for one in sums), strict=True)

    def mark_number(self, key: str) -> int | None:
        """Return the number of the mark "precision place-id", or None."""
        if self._mark_numbers is None:
            self._mark_numbers = {
                f"{precision} {place_id}": number
                for number, (place_id, precision) in enumerate(self.mark_ids)
            }
        return self._mark_numbers.get(key)

    def holds(self, mask: Mask, key: int) -> bool:
        """Say whether the event with this key is in the mask."""
        row = int(rows_of(self.keys, np.array([key]))[0])
        return row >= 0 and bool(mask[row])

    def remembered(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:  # noqa: ANN401  # whatever it makes
        """Return what `make` gave for this key, made once of these columns."""
        found = self._answers.get(key)
        if found is None:
            while len(self._answers) >= _REMEMBERED:
                self._answers.pop(next(iter(self._answers)), None)
            found = self._answers[key] = make()
        return found

    def kept(self, name: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401  # whatever it makes
        """Return what `make` gave under this name, made once and kept as long as these columns."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    def named(
        self, ids: Iterable[str], read: Callable[[Iterable[str]], Mapping[str, str]]
    ) -> dict[str, str]:
        """Return the names of actors or places that have one, each read once of these columns."""
        wanted = tuple(ids)
        missing = [one for one in wanted if one not in self._names]
        if missing:
            self._names.update(dict.fromkeys(missing) | dict(read(missing)))
        return {one: name for one in wanted if (name := self._names[one]) is not None}

    def page(self, mask: Mask, *, start: int, count: int) -> list[int]:
        """Return the keys of some of the events, latest first."""
        ordered = self.order[mask[self.order]]
        keys: list[int] = self.keys[ordered[start : start + count]].tolist()
        return keys

    def at(self, marks: Sequence[int]) -> Mask:
        """Return which events stand at one of the marks with these numbers."""
        chosen = np.zeros(len(self.mark_ids), np.bool_)
        chosen[list(marks)] = True
        return self._at_marks(chosen)


def counts_of(numbers: Numbers, mask: Mask, size: int, *, of: Numbers | None = None) -> Numbers:
    """Return how often each number below `size` stands at what the mask leaves.

    `of` gives the event that each number belongs to, where that is not its own position. A part
    at a time: what numpy makes on the way stays small, however many events there are.
    """
    found = np.zeros(size, np.int64)
    for start in range(0, len(numbers), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        kept = mask[part] if of is None else mask.take(of[part])
        found += np.bincount(numbers[part][kept], minlength=size)
    return found


def bounds_mask(lat: Numbers, lon: Numbers, box: BoundingBox) -> Mask:
    """Return which positions lie in `box`."""
    east_of, west_of = lon >= box.west, lon <= box.east
    across = east_of & west_of if box.west <= box.east else east_of | west_of
    inside: Mask = (lat >= box.south) & (lat <= box.north) & across
    return inside


def parts_of(wanted: EventFilter, *, without: str = "") -> tuple[tuple[str, Any], ...]:
    """Return what a filter asks, part by part: name and value; but for the part `without`."""
    return tuple(part for part in _parts(wanted) if part[0] != without)


def _parts(wanted: EventFilter) -> Iterator[tuple[str, Any]]:
    if wanted.actors or wanted.pairs:
        yield "actors", (wanted.actors, wanted.role, wanted.pairs)
    if wanted.event_types or wanted.quad_classes:
        yield "types", (wanted.event_types, wanted.quad_classes)
    if wanted.since or wanted.until:
        yield "dates", (wanted.since, wanted.until)
    if len(wanted.shown_modalities) < len(Modality):
        yield "modalities", wanted.shown_modalities
    if len(wanted.shown_reviewed) < len(Review):
        yield "reviewed", wanted.shown_reviewed
    for name, value in (
        ("precision", wanted.max_precision),
        ("confidence", wanted.min_confidence),
        ("sources", wanted.sources),
        ("datasets", wanted.datasets),
        ("days", wanted.max_days),
        ("box", wanted.box),
        ("polygon", wanted.polygon),
        ("places", wanted.places),
        ("text", wanted.text),
        ("articles", wanted.articles),
    ):
        if value:
            yield name, value
