"""What persons decide of events: the queue, the decisions, the log and taking back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, or_, select, update

from dashboard.decisions import MAX_WORDS, Action, Decision, pins_of, verdict_of
from dashboard.errors import DecisionError, NotStoredError
from dashboard.events import Event, EventReport
from dashboard.store import decision_log, schema
from dashboard.store.findings import coder_says, show
from dashboard.store.linking import keys_of, relink
from dashboard.store.queries import TEXT_ORDER, select_reports, tellings
from dashboard.store.revisions import count_change, touch

EDITABLE = {
    "event_type": "type",
    "source_actors": "source",
    "target_actors": "target",
    "when": "date",
    "locations": "place",
    "modality": "standing",
}
"""What an edit may change, with its name for a reader."""

_rows = schema.events.c


class Reviews:
    """The reviews of one event store; `EventStore.reviews` gives them."""

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Connection]],
        writing: Callable[[], AbstractContextManager[Connection]],
        clock: Callable[[], datetime],
    ) -> None:
        self._reading = reading
        self._writing = writing
        self._clock = clock

    def queue(self, *, limit: int | None = None) -> tuple[EventReport, ...]:
        """Return the events that nobody has looked at, the least certain first."""
        with self._reading() as connection:
            first = select(_rows.event_key).where(*_UNSEEN).order_by(_rows.confidence, *TEXT_ORDER)
            keys = list(connection.execute(first.limit(limit)).scalars())
            return select_reports(
                connection, [_rows.event_key.in_(keys)], order=[_rows.confidence, *TEXT_ORDER]
            )

    def waiting(self) -> int:
        """Return how many events nobody has looked at."""
        with self._reading() as connection:
            query = select(func.count()).select_from(schema.events).where(*_UNSEEN)
            return int(connection.execute(query).scalar_one())

    def report(self, event_id: str) -> EventReport:
        """Return the event with all its reports; of a further report, the event.

        Raises: NotStoredError when there is none.
        """
        with self._reading() as connection:
            row, _ = _telling(connection, event_id)
            key = row["head_key"] or row["event_key"]
            return select_reports(connection, [_rows.event_key == key], order=[])[0]

    def log(self, event_id: str | None = None, *, limit: int | None = None) -> tuple[Decision, ...]:
        """Return what was decided, on one event or on all, the latest first."""
        conditions = [schema.decisions.c.event_id == event_id] if event_id else []
        with self._reading() as connection:
            return decision_log.read_log(connection, *conditions, limit=limit)

    def coder_differs(self, event_id: str) -> str | None:
        """Return what the coder would now say otherwise of a decided event, for a reader.

        None when it agrees, but for what the decision changed on purpose, or when nobody
        decided on the event.

        Raises: NotStoredError when there is no such event.
        """
        with self._reading() as connection:
            row, report = _telling(connection, event_id)
            of_event = schema.decisions.c.event_id == event_id
            made = decision_log.standing(connection, of_event)
            if not made or row["coded"] is None:
                return None
            if row["coded"] == {}:
                return "The coder no longer finds this event in the text."
            own = coder_says(connection, row, report)
        chosen = {name for decision in made for name in decision.changed}
        other = [
            words
            for name, words in EDITABLE.items()
            if name not in chosen
            and getattr(own, name)
            and getattr(own, name) != getattr(report.event, name)
        ]
        return f"The coder now gives another {', '.join(other)}." if other else None

    def confirm(self, event_id: str, *, who: str, why: str = "") -> int:
        """Say that an event is right as it is shown, and return the entry's number.

        Raises, as every decision here: NotStoredError when there is no such event;
        DecisionError when it cannot be decided so.
        """
        return self._judge(Action.CONFIRM, event_id, None, who, why)

    def reject(self, event_id: str, *, who: str, why: str) -> int:
        """Say that an event, with all its reports, is none."""
        return self._judge(Action.REJECT, event_id, None, who, _needed(why, "why it is no event"))

    def edit(self, event_id: str, edited: Event, *, who: str, why: str) -> int:
        """Let an event be shown as `edited`, whose EDITABLE fields alone are looked at."""
        return self._judge(Action.EDIT, event_id, edited, who, _needed(why, "why it is so"))

    def merge(self, event_id: str, into: str, *, who: str, why: str) -> int:
        """Make an event, with all its reports, a report of another."""
        why = _needed(why, "why they are the same")
        with self._writing() as connection:
            row, report = _head(connection, event_id)
            head_row, head = _telling(connection, into)
            if head_row["head_key"]:
                head_row, head = _telling_of_key(connection, head_row["head_key"])
            if head_row["event_key"] == row["event_key"]:
                raise DecisionError(f"{event_id} and {into} are reports of one event already.")
            moved = self._hanging(connection, row["event_key"])
            others = (head.event.event_id, *moved)
            return self._keep(connection, Action.MERGE, report.event, others, who=who, why=why)

    def split(self, event_id: str, *, who: str, why: str) -> int:
        """Make a further report an event of its own; what else reports the event stays with it."""
        why = _needed(why, "why they are two")
        with self._writing() as connection:
            row, report = _telling(connection, event_id)
            if row["head_key"] is None:
                raise DecisionError(
                    f"{event_id} is no further report of an event: split off one of its reports."
                )
            _, head = _telling_of_key(connection, row["head_key"])
            decided = {event_id, *pins_of(decision_log.pinnings(connection))}
            hanging = self._hanging(connection, row["head_key"])
            staying = [other for other in hanging if other not in decided]
            changed: tuple[str, ...] = ()
            if row["repeats_key"]:
                _, repeated = _telling_of_key(connection, row["repeats_key"])
                changed = (repeated.event.event_id,)
                connection.execute(
                    update(schema.events)
                    .where(_rows.event_key == row["event_key"])
                    .values(repeats_key=None)
                )
            return self._keep(
                connection,
                Action.SPLIT,
                report.event,
                (head.event.event_id, *staying),
                changed,
                who=who,
                why=why,
            )

    def undo(self, decision_id: int, *, who: str, why: str = "") -> int:
        """Take a decision back by a further entry; what stood before it stands again.

        Raises: NotStoredError when there is no such decision; DecisionError when it was
        taken back already.
        """
        with self._writing() as connection:
            found = decision_log.read_log(connection, schema.decisions.c.decision_id == decision_id)
            if not found:
                raise NotStoredError("decision", str(decision_id))
            taken = found[0]
            if taken.action is Action.UNDO:
                raise DecisionError("What was undone is decided anew, not undone again.")
            if taken.undone_by is not None:
                raise DecisionError(f"{taken.undone_by} took decision {decision_id} back already.")
            number = self._append(
                connection, Action.UNDO, taken.event, undoes=decision_id, who=who, why=why
            )
            if taken.action is Action.SPLIT and taken.changed:
                self._rejoin(connection, taken)
            self._refresh(connection, taken.event.event_id, taken.others, taken.changed)
            return number

    def _judge(
        self, action: Action, event_id: str, edited: Event | None, who: str, why: str
    ) -> int:
        with self._writing() as connection:
            row, report = _head(connection, event_id)
            event = report.event
            changed: tuple[str, ...] = ()
            if edited is not None:
                changes = {
                    name: getattr(edited, name)
                    for name in EDITABLE
                    if getattr(edited, name) != getattr(event, name)
                }
                if not changes:
                    raise DecisionError("Nothing was changed.")
                made = decision_log.standing(connection, schema.decisions.c.event_id == event_id)
                event, changed = _edited(event, changes), _all_changed(changes, made)
            others = self._hanging(connection, row["event_key"]) if action is Action.REJECT else ()
            return self._keep(connection, action, event, others, changed, who=who, why=why)

    def _keep(
        self,
        connection: Connection,
        action: Action,
        event: Event,
        others: Sequence[str] = (),
        changed: Sequence[str] = (),
        *,
        who: str,
        why: str,
    ) -> int:
        number = self._append(
            connection, action, event, others=others, changed=changed, who=who, why=why
        )
        repeated = changed if action is Action.SPLIT else ()
        self._refresh(connection, event.event_id, others, repeated)
        return number

    def _append(
        self,
        connection: Connection,
        action: Action,
        event: Event,
        *,
        others: Sequence[str] = (),
        changed: Sequence[str] = (),
        undoes: int | None = None,
        who: str,
        why: str,
    ) -> int:
        return decision_log.append(
            connection,
            action,
            event,
            others=others,
            changed=changed,
            undoes=undoes,
            who=_needed(who, "who decides"),
            why=why.strip()[:MAX_WORDS],
            made_at=self._clock(),
        )

    def _hanging(self, connection: Connection, key: int) -> tuple[str, ...]:
        """Return the ids of the further reports, but for those that the same article repeats."""
        query = select(_rows.event_id).where(_rows.head_key == key, _rows.repeats_key.is_(None))
        return tuple(connection.execute(query.order_by(*TEXT_ORDER)).scalars())

    def _rejoin(self, connection: Connection, split: Decision) -> None:
        head = keys_of(connection, _rows.event_id == split.changed[0])
        if head:
            connection.execute(
                update(schema.events)
                .where(_rows.event_id == split.event.event_id)
                .values(repeats_key=head[0], head_key=head[0])
            )

    def _refresh(
        self, connection: Connection, event_id: str, others: Sequence[str], shown: Sequence[str]
    ) -> None:
        named = [event_id, *others, *shown]
        keys = keys_of(connection, _rows.event_id.in_(named))
        touch(connection, keys)
        for key in keys_of(connection, _rows.event_id.in_([event_id, *shown])):
            show(connection, key)
        near = or_(
            _rows.event_key.in_(keys),
            _rows.head_key.in_(keys),
            _rows.event_key.in_(select(_rows.head_key).where(_rows.event_key.in_(keys))),
        )
        relink(connection, keys_of(connection, near))
        count_change(connection, is_noted=True)


_UNSEEN = (_rows.head_key.is_(None), _rows.reviewed.is_(None))


def _telling(connection: Connection, event_id: str) -> tuple[RowMapping, EventReport]:
    found = tellings(connection, [_rows.event_id == event_id])
    if not found:
        raise NotStoredError("event", event_id)
    return found[0]


def _telling_of_key(connection: Connection, key: int) -> tuple[RowMapping, EventReport]:
    return tellings(connection, [_rows.event_key == key])[0]


def _head(connection: Connection, event_id: str) -> tuple[RowMapping, EventReport]:
    row, report = _telling(connection, event_id)
    if row["head_key"] is not None:
        _, head = _telling_of_key(connection, row["head_key"])
        raise DecisionError(
            f"{event_id} is a further report of {head.event.event_id}: decide on that event, "
            "or split the report off first."
        )
    return row, report


def _edited(event: Event, changes: dict[str, object]) -> Event:
    edited = replace(event, **changes)  # type: ignore[arg-type]
    if edited.locations:
        return replace(edited, unplaced_reason=None)
    return replace(edited, unplaced_reason=event.unplaced_reason or "A person took its place away.")


def _all_changed(changes: dict[str, object], made: Sequence[Decision]) -> tuple[str, ...]:
    """Return what this edit changes, and what one before it changed, which it upholds."""
    before = verdict_of(made)
    return tuple(sorted({*changes, *(before.changed if before else ())}))


def _needed(words: str, what: str) -> str:
    if not words.strip():
        raise DecisionError(f"Say {what}.")
    return words.strip()[:MAX_WORDS]
