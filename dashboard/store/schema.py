"""The tables of the event store, and how an older store gets those that it lacks."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    inspect,
)
from sqlalchemy.schema import CreateColumn, CreateIndex, DropIndex

SCHEMA_VERSION = 4
"""Raised when an older Dateline could no longer work on the tables."""

metadata = MetaData()

state = Table(
    "store_state",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Integer, nullable=False),
)
revisions = Table(
    "revisions",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("stamp", Integer, nullable=False),
    # The keys of the events that the change to it touched; NULL: perhaps all.
    Column("touched", JSON(none_as_null=True)),
)
articles = Table(
    "articles",
    metadata,
    Column("article_id", String, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("published", Date),
    Column("source", Text),
    Column("url", Text),
    Column("author", Text),
    Column("language", String, nullable=False),
    Column("problems", JSON, nullable=False),
    Column("added_on", Date, nullable=False, index=True),
    # The article that the same page held before it was changed.
    Column("version_of", String, index=True),
    # The article that this is nearly the same text as: it was coded, this one was not.
    Column("copy_of", String, index=True),
)
mentions = Table(
    "mentions",
    metadata,
    Column("article_id", ForeignKey("articles.article_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("surface", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("place_id", String),
)
resolutions = Table(
    "resolutions",
    metadata,
    Column("article_id", ForeignKey("articles.article_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("method", String),
    Column("place_id", String, index=True),
    Column("candidates", JSON, nullable=False),
)
events = Table(
    "events",
    metadata,
    Column("event_key", Integer, primary_key=True),
    # The store's revision when it first came; coded or read anew it keeps it.
    Column("arrived", Integer),
    Column("article_id", ForeignKey("articles.article_id"), nullable=False, index=True),
    Column("event_id", String, nullable=False, index=True),
    Column("event_type", String, nullable=False, index=True),
    Column("mode", String),
    Column("when_iso", String),
    Column("when_expression", Text),
    Column("earliest", Date, index=True),
    Column("latest", Date, index=True),
    Column("unplaced_reason", Text),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("modality", String, nullable=False),
    Column("attributed_to", JSON),
    Column("contexts", JSON),
    Column("sizes", JSON),
    Column("confidence", Float, nullable=False),
    Column("coder", String, nullable=False),
    Column("searchable", Text, nullable=False),
    # The event that this is a further report of; NULL: it is itself shown and counted.
    Column("head_key", Integer),
    # Why it is a further report of that event, in a reader's words.
    Column("same_because", Text),
    # The telling of the same article that it repeats, by the coder.
    Column("repeats_key", Integer),
    # A value of Review; NULL: nobody has looked at it yet.
    Column("reviewed", String),
    Column("dataset_id", String),
    Column("record_id", String),
    # The data set's own codes: of an event with `code_names` their values in the order of these,
    # of one from an older Dateline an object.
    Column("own_codes", JSON),
    Column("code_names", String),
    # What the coder gave of this telling alone, where the row shows something else: what it
    # took from others, or what a person decided. An empty object: the coder gives it no more.
    Column("coded", JSON(none_as_null=True)),
)
for _seldom in (events.c.head_key, events.c.repeats_key, events.c.reviewed):
    # Of most events it is NULL, of a data set's of all: these are not in the index.
    Index(
        f"ix_events_{_seldom.name}",
        _seldom,
        sqlite_where=_seldom.is_not(None),
        postgresql_where=_seldom.is_not(None),
    )
INDEX_OF_IDS = next(index for index in events.indexes if index.columns.keys() == ["event_id"])
actors = Table(
    "event_actors",
    metadata,
    Column("event_key", ForeignKey("events.event_key"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("actor_id", String, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("country_code", String),
    Column("aliases", JSON, nullable=False),
    Column("member_of", JSON, nullable=False),
    # Kept in the order of its key, which else would be an index beside it.
    sqlite_with_rowid=False,
)
locations = Table(
    "event_locations",
    metadata,
    Column("event_key", ForeignKey("events.event_key"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("place_id", String, nullable=False, index=True),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("precision", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("place", JSON, nullable=False),
    Column("mention", JSON, nullable=False),
    # Where it lies on the map (`dashboard.cells`).
    Column("cell", BigInteger, index=True),
    sqlite_with_rowid=False,
)
code_names = Table(
    # The columns of a file of coded events, once for all its rows.
    "code_names",
    metadata,
    Column("key", String, primary_key=True),
    Column("names", JSON, nullable=False),
)
datasets = Table(
    "datasets",
    metadata,
    # An article without text has the same id: what asks for an event's report finds the data set.
    Column("dataset_id", ForeignKey("articles.article_id"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("form", String, nullable=False),
    Column("source", Text),
    Column("url", Text),
    Column("licence", Text),
    Column("accessed", Date),
    Column("note", Text, nullable=False),
)
imports = Table(
    # Each file that came into a data set.
    "imports",
    metadata,
    Column("dataset_id", ForeignKey("articles.article_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("file", Text, nullable=False),
    Column("sha256", String, nullable=False),
    Column("imported_at", DateTime, nullable=False),
    Column("added", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("bad", Integer, nullable=False),
    # Of the first bad rows the line and the reason.
    Column("bad_rows", JSON, nullable=False),
)
sources = Table(
    "sources",
    metadata,
    Column("name", String, primary_key=True),
    Column("homepage", Text),
    Column("licence", Text),
    Column("sharing", String, nullable=False),
    Column("reliability", String),
    Column("credibility", Integer),
)
withheld_names = Table("withheld_names", metadata, Column("name", String, primary_key=True))
snapshots = Table(
    "snapshots",
    metadata,
    Column("content_hash", String, primary_key=True),
    Column("title", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("events", Integer, nullable=False),
    Column("page", LargeBinary, nullable=False),
    Column("thumbnail", LargeBinary, nullable=False),
)
decisions = Table(
    # Only ever added to. It hangs on the event's id, which derives from the text, and on no
    # other table, so that it outlives re-coding and removal.
    "decisions",
    metadata,
    Column("decision_id", Integer, primary_key=True),
    Column("event_id", String, nullable=False, index=True),
    Column("article_id", String, nullable=False, index=True),
    Column("action", String, nullable=False),
    Column("others", JSON, nullable=False),
    Column("changed", JSON, nullable=False),
    # The event as it stands by this decision.
    Column("event", JSON, nullable=False),
    # What the coder gave of it then; NULL: nothing, or that was not kept yet.
    Column("coded", JSON(none_as_null=True)),
    Column("undoes", Integer, index=True),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("made_at", DateTime, nullable=False),
)

saved_views = Table(
    "saved_views",
    metadata,
    Column("name", String, primary_key=True),
    Column("query", JSON, nullable=False),
)


retrievals = Table(
    "retrievals",
    metadata,
    Column("retrieval_key", Integer, primary_key=True),
    # What was asked to be added: a folder, a feed, a list, a file.
    Column("origin", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("url", Text),
    Column("retrieved_at", DateTime, nullable=False),
    # Of the bytes as they came; these, packed with zlib, so that reading can be repeated.
    Column("sha256", String, index=True),
    Column("raw", LargeBinary),
    Column("article_id", ForeignKey("articles.article_id"), index=True),
    # Why nothing came of it; NULL: an article did.
    Column("problem", Text),
    # When nothing came of it for the first time.
    Column("failed_since", DateTime),
)
feeds = Table(
    "feeds",
    metadata,
    Column("url", String, primary_key=True),
    Column("etag", Text),
    Column("modified", Text),
    Column("checked_at", DateTime, nullable=False),
)
signatures = Table(
    "article_signatures",
    metadata,
    Column("article_id", ForeignKey("articles.article_id"), primary_key=True),
    Column("band", Integer, primary_key=True, autoincrement=False),
    # Of a band of the text's MinHash; articles that share one are compared.
    Column("bucket", String, nullable=False, index=True),
    # The whole signature, in the row of the first band.
    Column("signature", LargeBinary),
)
removals = Table(
    "removals",
    metadata,
    Column("removal_key", Integer, primary_key=True),
    Column("what", Text, nullable=False),
    Column("removed_at", DateTime, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("events", Integer, nullable=False),
)
watches = Table(
    "watches",
    metadata,
    Column("name", String, primary_key=True),
    # The filter, as the query of a link.
    Column("query", JSON, nullable=False),
    # The store's revision at the last visit.
    Column("seen_key", Integer, nullable=False),
    Column("seen_at", DateTime, nullable=False),
)


def hangs_on_articles(table: Table) -> bool:
    """Say whether a table's rows belong to articles, or to their events."""
    return table in {articles, events} or any(
        key.column.table in {articles, events} for key in table.foreign_keys
    )


def _bin_of(table: Table) -> Table:
    """Return the table that removed rows of `table` wait in until the store is compacted."""
    columns = [Column(column.name, column.type) for column in table.columns]
    return Table(
        f"removed_{table.name}", metadata, Column("removal", Integer, index=True), *columns
    )


BINS = {table: _bin_of(table) for table in metadata.sorted_tables if hangs_on_articles(table)}
"""Each table whose rows go with an article, and where they go; owners before what hangs on them."""


def upgrade(connection: Connection) -> None:
    """Make every table, column and index that the store lacks; what is there stays as it is.

    A column that comes later must allow NULL or have a server default, since its table may
    hold rows; so one rule brings a store of any age up to date.
    """
    metadata.create_all(connection)
    found = inspect(connection)
    for table in metadata.sorted_tables:
        there = {column["name"] for column in found.get_columns(table.name)}
        for column in table.columns:
            if column.name not in there:
                definition = CreateColumn(column).compile(dialect=connection.dialect)
                name = connection.dialect.identifier_preparer.format_table(table)
                connection.exec_driver_sql(f"ALTER TABLE {name} ADD COLUMN {definition}")
    make_indexes(connection)


def make_indexes(connection: Connection) -> None:
    """Make every index that the store lacks."""
    found = inspect(connection)
    for table in metadata.sorted_tables:
        there = {index["name"] for index in found.get_indexes(table.name)}
        for index in table.indexes:
            if index.name not in there:
                connection.execute(CreateIndex(index))


def make_index_of_ids(connection: Connection) -> None:
    """Make the index of the events' ids where it is missing."""
    connection.execute(CreateIndex(INDEX_OF_IDS, if_not_exists=True))


def drop_indexes_of_events(connection: Connection, *, keeps_ids: bool) -> None:
    """Drop what only readers of events need: to sort a million keys once is far less work.

    The ids of events are looked up by what brings a data set up to date: `keeps_ids`.
    """
    for table in (events, actors, locations):
        for index in table.indexes:
            if not (keeps_ids and index is INDEX_OF_IDS):
                connection.execute(DropIndex(index, if_exists=True))
