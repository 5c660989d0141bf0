"""When the events of a filter happened: their number by time and family.

The bars below the map and the map's own play through time are both these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.layers import family_styles
from dashboard.map_data import family_of_types
from dashboard.store.columns import counts_of
from dashboard.store.reading import UNDATED

if TYPE_CHECKING:
    from dashboard.filters import EventFilter
    from dashboard.store import EventStore
    from dashboard.store.columns import EventColumns, Mask, Numbers

MOST_BARS = 90
"""How many bars a timeline has at the most."""

STEPS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
"""Days of a bar, about: those of months and longer start on the first."""

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How many events of a family began in the days from `first` on."""

    first: date
    family: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The dated events by time and family."""

    step: str
    """What a bar spans: one of STEPS."""
    bars: tuple[Bar, ...]
    first: date | None
    """First and last day on which an event began; None when none has a date."""
    last: date | None

    def to_json(self) -> dict[str, Any]:
        """Return it as the map's script reads it: each bar's first day and counts by family."""
        styles = family_styles()
        position = {style["label"]: number for number, style in enumerate(styles)}
        counts: dict[str, list[int]] = {}
        for bar in self.bars:
            row = counts.setdefault(bar.first.isoformat(), [0] * len(styles))
            row[position[bar.family]] = bar.count
        return {
            "step": self.step,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "bars": list(counts.items()),
            "families": styles,
        }


def timeline_of(store: EventStore, wanted: EventFilter, *, without: str = "") -> Timeline:
    """Return the dated events by the day on which they began at the earliest.

    `without="dates"` counts also those outside the filter's days, so that others can be chosen.
    """
    columns = store.columns()
    styles = family_styles()
    counts, first_day = _by_day(columns, store.mask(wanted, without=without), len(styles))
    days = np.flatnonzero(counts.any(axis=1))
    if not len(days):
        return Timeline(step="day", bars=(), first=None, last=None)
    first, last = int(days[0]) + first_day, int(days[-1]) + first_day
    step = _step(last - first + 1)
    starts = _starts(first, last, step)
    of_days = np.maximum(np.array(starts) - first_day, 0)
    bars = np.add.reduceat(counts[: days[-1] + 1], of_days, axis=0)
    return Timeline(
        step=step,
        first=date.fromordinal(first),
        last=date.fromordinal(last),
        bars=tuple(
            Bar(
                first=date.fromordinal(starts[number]),
                family=styles[family]["label"],
                count=int(bars[number, family]),
            )
            for number, family in np.argwhere(bars).tolist()
        ),
    )


def busy_steps(store: EventStore, wanted: EventFilter, *, step: str) -> list[int]:
    """Return which steps have an event that began in them, from 0 for that of the first event.

    `step` is one of STEPS.
    """
    counts, first_day = _by_day(store.columns(), store.mask(wanted), len(family_styles()))
    days = np.flatnonzero(counts.any(axis=1)) + first_day
    if not len(days):
        return []
    starts = np.array(_starts(int(days[0]), int(days[-1]), step))
    busy: list[int] = np.unique(np.searchsorted(starts, days, side="right") - 1).tolist()
    return busy


def _by_day(columns: EventColumns, mask: Mask, families: int) -> tuple[Numbers, int]:
    """Return how many events of each family began on each day, and which day is the first."""
    dated = columns.kept("dated", lambda: columns.earliest != UNDATED)
    if not dated.any():
        return np.zeros((0, families), np.int64), 0
    first, last = columns.kept("days", lambda: _ends(columns.earliest[dated]))

    def slots() -> Numbers:
        days = np.where(dated, columns.earliest - first, 0)
        return (days * families + family_of_types(columns)[columns.types]).astype(np.int32)

    size = (last - first + 1) * families
    counts = counts_of(columns.kept("slots of days", slots), mask & dated, size)
    return counts.reshape(-1, families), first


def _ends(days: Numbers) -> tuple[int, int]:
    return int(days.min()), int(days.max())


def _step(days: int) -> str:
    """Return the finest step that gives few enough bars."""
    return next((step for step, length in STEPS.items() if days / length <= MOST_BARS), "year")


def _starts(first: int, last: int, step: str) -> Sequence[int]:
    """Return the first days of the bars that span `first` to `last`."""
    day = date.fromordinal(first)
    if step == "day":
        return list(range(first, last + 1))
    if step == "week":
        return list(range((day - timedelta(day.weekday())).toordinal(), last + 1, 7))
    starts, months = [], _MONTHS[step]
    month = (day.year * 12 + day.month - 1) // months * months
    while (start := date(month // 12, month % 12 + 1, 1).toordinal()) <= last:
        starts.append(start)
        month += months
    return starts
