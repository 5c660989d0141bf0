"""Which state the store is in, and which events were written since it was in another.

Each change gives the store a new revision. Whoever writes an event notes its key (`touch`), and
the change says whether that is all that it did: then what holds the events of an earlier
revision needs to read only these.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from dashboard.store import schema

MOST_TOUCHED = 10_000
"""Of more events than these it is not told which: reading all anew takes hardly longer."""

_KEPT = 2_000
_TOUCHED = "events touched"


class State(NamedTuple):
    """A state of a store: no other, of whatever store, has its stamp."""

    revision: int
    stamp: int


def read_state(connection: Connection, key: str) -> int | None:
    """Return a number that the store keeps of itself, or None."""
    value: int | None = connection.execute(
        select(schema.state.c.value).where(schema.state.c.key == key)
    ).scalar()
    return value


def write_state(connection: Connection, key: str, value: int) -> None:
    """Change a number that the store keeps of itself."""
    connection.execute(update(schema.state).where(schema.state.c.key == key).values(value=value))


def present_state(connection: Connection) -> State:
    """Return the state that the store is in."""
    table = schema.state
    query = select(table.c.key, table.c.value).where(table.c.key.in_(State._fields))
    found = {row.key: row.value for row in connection.execute(query)}
    return State(**dict.fromkeys(State._fields, 0) | found)


def touch(connection: Connection, keys: Iterable[int]) -> None:
    """Note that these events are written, or deleted, by the change under way."""
    # It may outlive a change that fails, and then only makes the next one read more.
    connection.info.setdefault(_TOUCHED, set()).update(keys)


def count_change(connection: Connection, *, is_noted: bool = False) -> None:
    """Give the store a new revision and stamp.

    `is_noted`: of events and articles nothing was changed but new articles and what `touch` was
    told. Without it, all may have.
    """
    connection.execute(
        update(schema.state)
        .where(schema.state.c.key == "revision")
        .values(value=schema.state.c.value + 1)
    )
    write_state(connection, "stamp", secrets.randbelow(2**31))
    touched = sorted(connection.info.pop(_TOUCHED, ()))
    keep_revision(connection, touched if is_noted and len(touched) <= MOST_TOUCHED else None)


def keep_revision(connection: Connection, touched: list[int] | None) -> None:
    """Keep which events the change to the present revision touched; None: perhaps all."""
    table, now = schema.revisions, present_state(connection)
    connection.execute(delete(table).where(table.c.revision <= now.revision - _KEPT))
    connection.execute(insert(table), {**now._asdict(), "touched": touched})


def touched_since(connection: Connection, before: State | None) -> set[int] | None:
    """Return the keys of the events written since another state; None when that is not known."""
    if before is None:
        return None
    table = schema.revisions
    query = select(table.c.revision, table.c.stamp, table.c.touched)
    rows = connection.execute(
        query.where(table.c.revision >= before.revision).order_by(table.c.revision)
    ).all()
    now = present_state(connection)
    known = [State(row.revision, row.stamp) for row in rows]
    if not known or known[0] != before or known[-1] != now:
        return None
    later = [row.touched for row in rows[1:]]
    if len(later) != now.revision - before.revision or None in later:
        return None
    touched = {key for keys in later for key in keys}
    return touched if len(touched) <= MOST_TOUCHED else None
