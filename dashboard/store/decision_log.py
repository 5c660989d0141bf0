"""The log of decisions in the database: entries are added and read, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, insert, select

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


def standing(connection: Connection, condition: ColumnElement[bool]) -> tuple[Decision, ...]:
    """Return the entries that hold, the first made first."""
    query = _entries().where(condition, *_STANDING).order_by(schema.decisions.c.decision_id)
    return tuple(map(_read, connection.execute(query).mappings()))


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
    return select(schema.decisions, undo.c.who.label("undone_by")).outerjoin(
        undo, undo.c.undoes == schema.decisions.c.decision_id
    )


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
        undone_by=row["undone_by"],
    )
