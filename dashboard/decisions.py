"""What a person decided of an event: an entry of a log that is only ever added to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from dashboard.events import Event, Review

MAX_WORDS = 2_000
"""Longest name or reason, in characters."""

EDITABLE = {
    "event_type": "type",
    "source_actors": "source",
    "target_actors": "target",
    "when": "date",
    "locations": "place",
    "sizes": "size",
    "modality": "standing",
}
"""What an edit may change, with its name for a reader."""


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
    coded: Event | None = None
    """What the coder gave when it was made; None: that was not kept, or it gave nothing."""
    undone_by: str | None = None
    """Who took it back later; None: it holds."""
    undone_in: int | None = None
    """The entry that took it back."""

    @property
    def holds(self) -> bool:
        """Say whether it decides something still."""
        return self.undone_by is None and self.action is not Action.UNDO

    @property
    def changed_in_words(self) -> str:
        """Return which fields an edit changed, for a reader; of all else ""."""
        is_edit = self.action is Action.EDIT
        return ", ".join(
            words for name, words in EDITABLE.items() if name in self.changed and is_edit
        )

    def in_words(self, name: Callable[[str], str] = str) -> str:
        """Return who decided what, for a reader; `name` says which event has an id."""
        match self.action:
            case Action.EDIT:
                what = f"edited the {self.changed_in_words}"
            case Action.MERGE:
                what = f"merged it into {name(self.others[0])}"
            case Action.SPLIT:
                what = f"split it off from {name(self.others[0])}"
            case Action.UNDO:
                what = f"took back decision {self.undoes}"
            case _:
                what = f"{self.action.value}ed it"
        return f"{self.who} {what}"


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that hold, in the order in which they were made."""
    return tuple(made for made in decisions if made.holds)


def verdict_of(decisions: Iterable[Decision]) -> Decision | None:
    """Return the last of one event's decisions that holds and says what the event is."""
    said = [made for made in decisions if made.holds and made.action.review]
    return said[-1] if said else None


def as_decided(own: Event, decisions: Iterable[Decision]) -> Event:
    """Return one event as its decisions want it, where `own` is what stands without them.

    `decisions` are all of them, in order, those taken back included: what an edit changed is as
    it was before once the edit is taken back, also in later decisions that were made of it.
    """
    event = own
    before: dict[str, tuple[int, Event]] = {}
    for made in decisions:
        if made.undone_in is not None and made.action is Action.EDIT:
            for name in made.changed:
                until = max(made.undone_in, before.get(name, (0, own))[0])
                before[name] = until, event
        elif made.holds and made.action.review:
            for name in made.changed:
                before.pop(name, None)
            event = made.event
            for name, (until, stood) in before.items():
                if made.decision_id < until:
                    event = with_fields(event, {name: getattr(stood, name)}, like=stood)
    return event


def with_fields(event: Event, changes: Mapping[str, object], *, like: Event) -> Event:
    """Return an event with other values of EDITABLE fields; `like` says why there is no place."""
    changed = replace(event, **changes)  # type: ignore[arg-type]
    if "locations" not in changes:
        return changed
    why = like.unplaced_reason or "A person took its place away."
    return replace(changed, unplaced_reason=None if changed.locations else why)


def made_one_by(decisions: Iterable[Decision], event_id: str) -> Decision | None:
    """Return the decision that holds by which a further report is one; None: the coder said so."""
    said = [
        made
        for made in decisions
        if made.holds
        and (
            (made.action is Action.MERGE and event_id in {made.event.event_id, *made.others[1:]})
            or (made.action is Action.SPLIT and event_id in made.others[1:])
        )
    ]
    return max(said, key=lambda made: made.decision_id, default=None)


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
