"""Who publishes, and whose names are withheld from what is shared."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, Engine, delete, insert, select

from dashboard.sources import NewsSource
from dashboard.store import schema
from dashboard.store.database import WRITING
from dashboard.store.queries import insert_all
from dashboard.store.revisions import count_change
from dashboard.store.rows import read_source, source_row


class Publishers:
    """Keeps what is known of sources, and the list of withheld names."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def source(self, name: str) -> NewsSource:
        """Return what is known of a source; of one that nobody described, the defaults."""
        query = select(schema.sources).where(schema.sources.c.name == name)
        with self._reading() as connection:
            row = connection.execute(query).mappings().first()
        return read_source(row) if row else NewsSource(name=name)

    def sources(self) -> tuple[NewsSource, ...]:
        """Return every source that somebody described, by name."""
        query = select(schema.sources).order_by(schema.sources.c.name)
        with self._reading() as connection:
            return tuple(read_source(row) for row in connection.execute(query).mappings())

    def set_source(self, source: NewsSource) -> None:
        """Keep what is known of a source, instead of what was known before."""
        with self._writing() as connection:
            connection.execute(delete(schema.sources).where(schema.sources.c.name == source.name))
            connection.execute(insert(schema.sources), source_row(source))
            count_change(connection, is_noted=True)

    def withheld_names(self) -> tuple[str, ...]:
        """Return the names that are masked, where names are masked, whoever bears them."""
        with self._reading() as connection:
            return tuple(
                connection.execute(
                    select(schema.withheld_names.c.name).order_by(schema.withheld_names.c.name)
                ).scalars()
            )

    def set_withheld_names(self, names: Iterable[str]) -> None:
        """Keep the list of withheld names, instead of the one before."""
        rows = [{"name": name} for name in sorted({" ".join(n.split()) for n in names} - {""})]
        with self._writing() as connection:
            connection.execute(delete(schema.withheld_names))
            insert_all(connection, schema.withheld_names, rows)

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._engine.begin()

    def _writing(self) -> AbstractContextManager[Connection]:
        return self._engine.execution_options(**{WRITING: True}).begin()
