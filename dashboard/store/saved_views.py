"""Views of the map that users gave a name."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager

from sqlalchemy import Connection, Engine, delete, insert, select

from dashboard.store import schema
from dashboard.store.database import WRITING


class SavedViews:
    """Keeps links' queries by name."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> dict[str, dict[str, str]]:
        """Return the links' queries that users gave a name, by name."""
        views = schema.saved_views
        with self._reading() as connection:
            rows = connection.execute(select(views).order_by(views.c.name)).all()
        return {name: dict(query) for name, query in rows}

    def save(self, name: str, query: Mapping[str, str]) -> None:
        """Give a link's query a name; one that had the name before is gone."""
        with self._writing() as connection:
            connection.execute(delete(schema.saved_views).where(schema.saved_views.c.name == name))
            connection.execute(insert(schema.saved_views), {"name": name, "query": dict(query)})

    def remove(self, name: str) -> None:
        """Forget the view of that name, if there is one."""
        with self._writing() as connection:
            connection.execute(delete(schema.saved_views).where(schema.saved_views.c.name == name))

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._engine.begin()

    def _writing(self) -> AbstractContextManager[Connection]:
        return self._engine.execution_options(**{WRITING: True}).begin()
