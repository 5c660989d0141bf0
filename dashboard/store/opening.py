"""A store as it is opened: made when it is new, brought up to date when it is old."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select, update

from dashboard.cells import cell_of
from dashboard.errors import StoreVersionError
from dashboard.store import schema
from dashboard.store.revisions import keep_revision, present_state, read_state, write_state


def open_tables(connection: Connection, where: str) -> None:
    """Make what the store lacks of tables, columns and indexes, and its first state.

    Raises: StoreVersionError when a newer Dateline wrote the store, which is `where`.
    """
    schema.state.create(connection, checkfirst=True)
    found = read_state(connection, "schema_version")
    if found is not None and found > schema.SCHEMA_VERSION:
        raise StoreVersionError(where, found, schema.SCHEMA_VERSION)
    schema.upgrade(connection)
    _give_cells(connection)
    if found is not None and found < 4:
        _give_arrivals(connection)
    if found is None:
        connection.execute(
            insert(schema.state),
            [
                {"key": "schema_version", "value": schema.SCHEMA_VERSION},
                {"key": "revision", "value": 0},
            ],
        )
    elif found < schema.SCHEMA_VERSION:
        write_state(connection, "schema_version", schema.SCHEMA_VERSION)
    if read_state(connection, "stamp") is None:
        connection.execute(insert(schema.state), {"key": "stamp", "value": 0})
    now = present_state(connection)
    of_now = schema.revisions.c.revision == now.revision
    if not connection.execute(select(schema.revisions).where(of_now)).first():
        keep_revision(connection, None)


def _give_cells(connection: Connection) -> None:
    """Give the places of an older store the cell of the map that they lie in."""
    places = schema.locations
    query = select(places.c.lat, places.c.lon).where(places.c.cell.is_(None)).distinct()
    for lat, lon in connection.execute(query).all():
        connection.execute(
            update(places)
            .where(places.c.lat == lat, places.c.lon == lon)
            .values(cell=cell_of(lat, lon))
        )


def _give_arrivals(connection: Connection) -> None:
    """Give the events of an older store, which counted them by their keys, when they came.

    All of them before its first change that is counted, in the order of their keys, and the
    visits of its watches among them: each goes on counting the same events as new.
    """
    events, watches = schema.events, schema.watches
    if connection.scalar(select(func.count(events.c.arrived))):
        return  # it has counted by revisions for a while
    last = connection.scalar(select(func.max(events.c.event_key))) or 0
    connection.execute(update(events).values(arrived=events.c.event_key - last))
    connection.execute(update(watches).values(seen_key=watches.c.seen_key - last))
