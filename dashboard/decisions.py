"""What a person decided of an event: an entry of a log that is only ever added to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboard.events import Event, Review

MAX_WORDS = 2_000
"""Longest name or reason, in characters."""


class Action(StrEnum):
    """What was decided."""

    CONFIRM = "confirm"
    EDIT = "edit"
    REJECT = "reject"
    MERGE = "merge"
    SPLIT = "split"
    UNDO = "undo"

    @property
    def review(self) -> Review | None:
        """Return how the event is marked; None: merging says nothing of what the event is."""
        return _REVIEWS.get(self)


_REVIEWS = {
    Action.CONFIRM: Review.CONFIRMED,
    Action.EDIT: Review.EDITED,
    Action.REJECT: Review.REJECTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One entry of the log."""

    decision_id: int
    action: Action
    event: Event
    """The event as it stands by this decision."""
    others: tuple[str, ...] = ()
    """Ids of other events: of a merge, the one that it becomes a report of, then the reports
    that it brings along; of a split, the one that it was a report of, then those that stay."""
    changed: tuple[str, ...] = ()
    """Of an edit, the fields that were changed; of a split, the telling that it repeated."""
    undoes: int | None = None
    """Of an undo, the entry that it takes back."""
    who: str
    why: str
    made_at: datetime
    """UTC."""
    undone_by: str | None = None
    """Who took it back later; None: it holds."""


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that hold, in the order in which they were made."""
    return tuple(
        made for made in decisions if made.undone_by is None and made.action is not Action.UNDO
    )


def verdict_of(decisions: Sequence[Decision]) -> Decision | None:
    """Return the last of one event's standing decisions that says what the event is."""
    said = [made for made in decisions if made.action.review]
    return said[-1] if said else None


Pinning = tuple[str, Action, tuple[str, ...]]
"""Of a decision, what it says of sameness: its event's id, what was decided, the others."""


def pins_of(decisions: Iterable[Pinning]) -> dict[str, str]:
    """Return what persons decided of sameness: each event's id with that of its head.

    `decisions` are standing ones, of any events, in order. An event that is its own head
    stays one: what a person looked at never becomes a mere report of another by itself.
    """
    pins: dict[str, str] = {}
    for event_id, action, others in decisions:
        if action is Action.MERGE:
            head, *moved = others
            pins.setdefault(head, head)
            pins |= dict.fromkeys((event_id, *moved), head)
        elif action is Action.SPLIT:
            head, *staying = others
            pins[event_id] = event_id
            pins |= dict.fromkeys((head, *staying), head)
        else:
            pins |= dict.fromkeys((event_id, *others), event_id)
    return {event_id: _head_of(event_id, pins) for event_id in pins}


def _head_of(event_id: str, pins: dict[str, str]) -> str:
    seen = {event_id}
    while (head := pins.get(event_id, event_id)) not in seen:
        seen.add(head)
        event_id = head
    return event_id
