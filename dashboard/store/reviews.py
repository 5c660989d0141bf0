"""What persons decide of events: the queue, the decisions, the log and taking back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, or_, select, update

from dashboard.decisions import (
    EDITABLE,
    MAX_WORDS,
    Action,
    Decision,
    made_one_by,
    pins_of,
    verdict_of,
    with_fields,
)
from dashboard.errors import DecidedMeanwhileError, DecisionError, NotStoredError
from dashboard.events import Event, EventReport
from dashboard.store import decision_log, schema
from dashboard.store.findings import coder_says, show
from dashboard.store.linking import keys_of, relink
from dashboard.store.queries import TEXT_ORDER, select_reports, tellings
from dashboard.store.revisions import count_change, touch

_rows = schema.events.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """What came of taking a decision back."""

    decision_id: int
    """The entry that says so."""
    also: tuple[int, ...] = ()
    """Later confirmations that it took back with it: they were of what is no more."""
    stays_because: str | None = None
    """Why the event is as it was all the same, for a reader; None: it is not."""

    @property
    def in_words(self) -> str:
        """Return what a reader would not expect of it; "" when there is nothing."""
        if self.stays_because:
            return f"The event is as it was all the same: {self.stays_because}."
        numbers = ", ".join(map(str, self.also))
        return f"With it went what confirmed it: decision {numbers}." if numbers else ""


class Reviews:
    """The reviews of one event store; `EventStore.reviews` gives them.

    Who decides may say by `seen` which entry of the log was the newest when the event was shown
    (`newest`): the decision is refused when a later one concerns the event. Without it, none is.
    """

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

    def telling(self, event_id: str) -> Event | None:
        """Return an event as it is shown, or what a further report alone tells of it; or None."""
        with self._reading() as connection:
            found = tellings(connection, [_rows.event_id == event_id])
        return found[0][1].event if found else None

    def log(self, event_id: str | None = None, *, limit: int | None = None) -> tuple[Decision, ...]:
        """Return what was decided, on one event with its reports or on all, the latest first."""
        with self._reading() as connection:
            if event_id is None:
                return decision_log.read_log(connection, limit=limit)
            made = decision_log.concerning(connection, _told_with(connection, [event_id]))
            return made[:limit]

    def newest(self) -> int:
        """Return the number of the log's newest entry; 0 when nothing was decided."""
        with self._reading() as connection:
            return decision_log.newest(connection)

    def decided_since(self, event_id: str, seen: int) -> str | None:
        """Return who decided what on an event after the entry `seen`, for a reader."""
        with self._reading() as connection:
            return _meanwhile(connection, [event_id], seen)

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
            verdict = verdict_of(made)
            if not made or row["coded"] is None:
                return None
            if row["coded"] == {}:
                return "The coder no longer finds this event in the text."
            own = coder_says(connection, row, report)
        chosen = {name for decision in made for name in decision.changed}
        other = [
            f"another {words}" if getattr(own, name) else f"no {words}"
            for name, words in EDITABLE.items()
            if getattr(own, name) != getattr(report.event, name)
            and (name not in chosen or _is_new(own, verdict, name))
        ]
        return f"The coder now gives {', '.join(other)}." if other else None

    def confirm(self, event_id: str, *, who: str, why: str = "", seen: int | None = None) -> int:
        """Say that an event is right as it is shown, and return the entry's number.

        Raises, as every decision here: NotStoredError when there is no such event;
        DecisionError when it cannot be decided so; DecidedMeanwhileError, which is one.
        """
        return self._judge(Action.CONFIRM, event_id, None, who=who, why=why, seen=seen)

    def reject(self, event_id: str, *, who: str, why: str, seen: int | None = None) -> int:
        """Say that an event, with all its reports, is none."""
        why = _needed(why, "why it is no event")
        return self._judge(Action.REJECT, event_id, None, who=who, why=why, seen=seen)

    def edit(
        self,
        event_id: str,
        changes: Mapping[str, object],
        *,
        who: str,
        why: str,
        seen: int | None = None,
    ) -> int:
        """Let an event be shown with other values of these EDITABLE fields, and of no other."""
        why = _needed(why, "why it is so")
        return self._judge(Action.EDIT, event_id, changes, who=who, why=why, seen=seen)

    def merge(
        self, event_id: str, into: str, *, who: str, why: str, seen: int | None = None
    ) -> int:
        """Make an event, with all its reports, a report of another."""
        why = _needed(why, "why they are the same")
        with self._writing() as connection:
            _refuse_if_decided(connection, [event_id, into], seen)
            row, report = _head(connection, event_id)
            head_row, head = _telling(connection, into)
            if head_row["head_key"]:
                head_row, head = _telling_of_key(connection, head_row["head_key"])
            if head_row["event_key"] == row["event_key"]:
                raise DecisionError(f"{event_id} and {into} are reports of one event already.")
            moved = _not_pinned(connection, self._hanging(connection, row["event_key"]))
            others = (head.event.event_id, *moved)
            return self._keep(connection, Action.MERGE, report.event, others, who=who, why=why)

    def split(self, event_id: str, *, who: str, why: str, seen: int | None = None) -> int:
        """Make a further report an event of its own; what else reports the event stays with it."""
        why = _needed(why, "why they are two")
        with self._writing() as connection:
            _refuse_if_decided(connection, [event_id], seen)
            row, report = _telling(connection, event_id)
            if row["head_key"] is None:
                raise DecisionError(
                    f"{event_id} is no further report of an event: split off one of its reports."
                )
            _, head = _telling_of_key(connection, row["head_key"])
            hanging = _not_pinned(connection, self._hanging(connection, row["head_key"]))
            staying = [other for other in hanging if other != event_id]
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

    def undo(
        self, decision_id: int, *, who: str, why: str = "", seen: int | None = None
    ) -> Undoing:
        """Take a decision back by a further entry; what stood before it stands again.

        With an edit, the later confirmations of what it had made of the event are taken back.

        Raises: NotStoredError when there is no such decision; DecisionError when it was
        taken back already; DecidedMeanwhileError.
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
            event_id = taken.event.event_id
            _refuse_if_decided(connection, [event_id], seen)
            before = _state_of(connection, event_id)
            number = self._append(
                connection, Action.UNDO, taken.event, undoes=decision_id, who=who, why=why
            )
            if taken.action is Action.SPLIT and taken.changed:
                self._rejoin(connection, taken)
            self._refresh(connection, event_id, taken.others, taken.changed)
            if _state_of(connection, event_id) == before:
                return Undoing(
                    decision_id=number, stays_because=_why_it_stays(connection, event_id)
                )
            also = self._take_back_confirmations(connection, taken, who)
            return Undoing(decision_id=number, also=also)

    def _take_back_confirmations(
        self, connection: Connection, taken: Decision, who: str
    ) -> tuple[int, ...]:
        """Take back what confirmed an edit that is taken back: nobody confirmed what is now."""
        later = schema.decisions.c.decision_id > taken.decision_id
        of_event = schema.decisions.c.event_id == taken.event.event_id
        resting = [
            made
            for made in decision_log.standing(connection, later & of_event)
            if made.action is Action.CONFIRM and taken.action is Action.EDIT
        ]
        for made in resting:
            self._append(
                connection,
                Action.UNDO,
                made.event,
                undoes=made.decision_id,
                who=who,
                why=f"it confirmed what decision {taken.decision_id} had edited",
            )
        if resting:
            self._refresh(connection, taken.event.event_id, (), ())
        return tuple(made.decision_id for made in resting)

    def _judge(
        self,
        action: Action,
        event_id: str,
        asked: Mapping[str, object] | None,
        *,
        who: str,
        why: str,
        seen: int | None,
    ) -> int:
        with self._writing() as connection:
            _refuse_if_decided(connection, [event_id], seen)
            row, report = _head(connection, event_id)
            event, changes = report.event, {}
            if asked is not None:
                changes = {
                    name: asked[name]
                    for name in EDITABLE
                    if name in asked and asked[name] != getattr(event, name)
                }
                if not changes:
                    raise DecisionError("Nothing was changed.")
            others = self._hanging(connection, row["event_key"]) if action is Action.REJECT else ()
            is_lost = row["coded"] == {}
            return self._keep(
                connection,
                action,
                with_fields(event, changes, like=event),
                _not_pinned(connection, others),
                sorted(changes),
                coded=None
                if is_lost
                else replace(coder_says(connection, row, report), tellings=()),
                who=who,
                why=why,
            )

    def _keep(
        self,
        connection: Connection,
        action: Action,
        event: Event,
        others: Sequence[str] = (),
        changed: Sequence[str] = (),
        *,
        coded: Event | None = None,
        who: str,
        why: str,
    ) -> int:
        number = self._append(
            connection, action, event, others=others, changed=changed, coded=coded, who=who, why=why
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
        coded: Event | None = None,
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
            coded=coded,
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


def _told_with(connection: Connection, event_ids: Iterable[str]) -> list[str]:
    """Return the ids of all tellings of these events, in the store or not."""
    asked = list(event_ids)
    heads = func.coalesce(_rows.head_key, _rows.event_key)
    keys = list(connection.execute(select(heads).where(_rows.event_id.in_(asked))).scalars())
    told = select(_rows.event_id).where(or_(_rows.event_key.in_(keys), _rows.head_key.in_(keys)))
    return [*asked, *connection.execute(told).scalars()]


def _refuse_if_decided(connection: Connection, event_ids: Sequence[str], seen: int | None) -> None:
    """Refuse a decision on events when a later one than `seen` concerns one of them."""
    if seen is None:
        return
    # Where others may write at the same time, each waits here for who came before.
    named = select(_rows.event_key).where(_rows.event_id.in_(event_ids))
    connection.execute(named.order_by(_rows.event_key).with_for_update())
    meanwhile = _meanwhile(connection, event_ids, seen)
    if meanwhile:
        raise DecidedMeanwhileError(meanwhile)


def _meanwhile(connection: Connection, event_ids: Sequence[str], seen: int) -> str | None:
    told = _told_with(connection, event_ids)
    later = decision_log.concerning(connection, told, after=seen)
    return "; ".join(map(_with_reason, reversed(later))) or None


def _with_reason(made: Decision) -> str:
    who, what = made.who, made.in_words().removeprefix(f"{made.who} ")
    return f"{who}: {what}{f' ({made.why})' if made.why else ''}"


def _not_pinned(connection: Connection, event_ids: Sequence[str]) -> tuple[str, ...]:
    """Return those of which no decision says where they belong: such a decision goes on alone."""
    pins = pins_of(decision_log.pinnings(connection)) if event_ids else {}
    return tuple(event_id for event_id in event_ids if event_id not in pins)


def _state_of(connection: Connection, event_id: str) -> tuple[object, ...] | None:
    """Return all that a decision can change of an event; None: it is not in the store."""
    found = tellings(connection, [_rows.event_id == event_id])
    return (found[0][0]["head_key"], found[0][1].event, found[0][1].reviewed) if found else None


def _why_it_stays(connection: Connection, event_id: str) -> str:
    found = tellings(connection, [_rows.event_id == event_id])
    if not found:
        return "the event is not in the store"
    row, report = found[0]
    if row["head_key"]:
        made = decision_log.concerning(connection, [event_id])
        merged = made_one_by(made, event_id)
        why = _said(merged) if merged else report.same_because
        return f"it still is a further report, since {why}"
    of_event = schema.decisions.c.event_id == event_id
    verdict = verdict_of(decision_log.standing(connection, of_event))
    return _said(verdict) if verdict else "nothing of it hung on this decision"


def _said(made: Decision) -> str:
    return f"{made.in_words()} (decision {made.decision_id})"


def _is_new(own: Event, verdict: Decision | None, name: str) -> bool:
    """Say whether the coder gives a field otherwise than when a person chose a value for it."""
    then = verdict.coded if verdict else None
    return then is not None and getattr(own, name) != getattr(then, name)


def _needed(words: str, what: str) -> str:
    if not words.strip():
        raise DecisionError(f"Say {what}.")
    return words.strip()[:MAX_WORDS]
