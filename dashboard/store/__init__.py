"""The event store: articles, what their place names mean, and their events, in a database."""

from dashboard.store.event_store import EventStore
from dashboard.store.schema import SCHEMA_VERSION

__all__ = ["SCHEMA_VERSION", "EventStore"]
