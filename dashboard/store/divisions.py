"""The country and the first-level division of every place on the map."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from dashboard.store import schema
from dashboard.store.columns import EventColumns

_AT_ONCE = 500


def read_divisions(connection: Connection, columns: EventColumns) -> list[tuple[str, str]]:
    """Return (country code, code of its division) of each mark, "" for what is not known."""
    wanted = list(map(tuple, columns.mark_row.tolist()))
    found = dict(_places(connection, sorted({key for key, _ in wanted})))
    return [found[row] for row in wanted]


def _places(
    connection: Connection, keys: list[int]
) -> Iterator[tuple[tuple[int, int], tuple[str, str]]]:
    table = schema.locations
    query = select(table.c.event_key, table.c.position, table.c.place)
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        for key, position, place in connection.execute(query.where(table.c.event_key.in_(some))):
            yield (key, position), (place["country_code"] or "", place["admin1_code"] or "")
