"""The log of decisions in the database: entries are added and read, never changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    String,
    cast,
    func,
    insert,
    or_,
    select,
)

from dashboard.decisions import Action, Decision, Pinning
from dashboard.events import Event
from dashboard.store import schema
from dashboard.store.rows import event_from_json, event_to_json

_LATER = schema.decisions.alias()
_STANDING = (
    schema.decisions.c.action != Action.UNDO.value,
    ~select(_LATER.c.decision_id)
    .where(_LATER.c.undoes == schema.decisions.c.decision_id)
    .correlate(schema.decisions)
    .exists(),
)


def append(
    connection: Connection,
    action: Action,
    event: Event,
    *,
    others: Iterable[str] = (),
    changed: Iterable[str] = (),
    coded: Event | None = None,
    undoes: int | None = None,
    who: str,
    why: str,
    made_at: datetime,
) -> int:
    """Add an entry and return its number."""
    row = {
        "event_id": event.event_id,
        "article_id": event.article_id,
        "action": action.value,
        "others": list(others),
        "changed": list(changed),
        "event": event_to_json(event),
        "coded": event_to_json(coded) if coded else None,
        "undoes": undoes,
        "who": who,
        "why": why,
        "made_at": made_at.astimezone(UTC).replace(tzinfo=None),
    }
    number: int = connection.execute(
        insert(schema.decisions).returning(schema.decisions.c.decision_id), row
    ).scalar_one()
    return number


def read_log(
    connection: Connection, *conditions: ColumnElement[bool], limit: int | None = None
) -> tuple[Decision, ...]:
    """Return entries, the latest first."""
    query = _entries().where(*conditions).order_by(schema.decisions.c.decision_id.desc())
    rows = connection.execute(query.limit(limit)).mappings()
    return tuple(map(_read, rows))


def newest(connection: Connection) -> int:
    """Return the number of the newest entry; 0 when there is none."""
    return connection.execute(select(func.max(schema.decisions.c.decision_id))).scalar() or 0


def concerning(
    connection: Connection, event_ids: Collection[str], *, after: int = 0
) -> tuple[Decision, ...]:
    """Return the entries above the number `after` on any of these events, the latest first.

    One that joins an event with others, or parts it from them, concerns them all.
    """
    made = schema.decisions.c
    wanted = set(event_ids)
    # Whether one of them is among the others is seen best here, not in the databases' JSON.
    has_others = cast(made.others, String) != "[]"
    query = select(made.decision_id, made.event_id, made.others).where(
        made.decision_id > after, or_(made.event_id.in_(wanted), has_others)
    )
    found = [
        number
        for number, event_id, others in connection.execute(query)
        if not wanted.isdisjoint((event_id, *others))
    ]
    return read_log(connection, made.decision_id.in_(found)) if found else ()


def standing(connection: Connection, condition: ColumnElement[bool]) -> tuple[Decision, ...]:
    """Return the entries that hold, the first made first."""
    return tuple(reversed(read_log(connection, condition, *_STANDING)))


def pinnings(connection: Connection) -> tuple[Pinning, ...]:
    """Return what the entries that hold say of sameness, the first made first."""
    made = schema.decisions.c
    query = (
        select(made.event_id, made.action, made.others).where(*_STANDING).order_by(made.decision_id)
    )
    return tuple(
        (event_id, Action(action), tuple(others))
        for event_id, action, others in connection.execute(query)
    )


def _entries() -> Select[Any]:
    undo = schema.decisions.alias("undo")
    return select(
        schema.decisions,
        undo.c.who.label("undone_by"),
        undo.c.decision_id.label("undone_in"),
    ).outerjoin(undo, undo.c.undoes == schema.decisions.c.decision_id)


def _read(row: RowMapping) -> Decision:
    return Decision(
        decision_id=row["decision_id"],
        action=Action(row["action"]),
        event=event_from_json(row["event"]),
        others=tuple(row["others"]),
        changed=tuple(row["changed"]),
        undoes=row["undoes"],
        who=row["who"],
        why=row["why"],
        made_at=row["made_at"].replace(tzinfo=UTC),
        coded=event_from_json(row["coded"]) if row["coded"] else None,
        undone_by=row["undone_by"],
        undone_in=row["undone_in"],
    )
