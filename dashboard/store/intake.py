"""What came from where: raw bytes, versions, near-copies, failures."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)

from dashboard.articles import Article
from dashboard.events import Event, event_id
from dashboard.near_copies import SIMILAR, buckets_of, similarity
from dashboard.store import schema
from dashboard.store.database import WRITING
from dashboard.store.schema import retrievals
from gazetteer.sentences import sentence_starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """One reading of one document."""

    origin: str
    """What was asked to be added: a folder, a feed, a list, a file."""
    name: str
    url: str | None = None
    retrieved_at: datetime
    sha256: str | None = None
    article_id: str | None = None
    problem: str | None = None
    """Why no article came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginSummary:
    """What came from one place."""

    origin: str
    articles: int
    failures: int
    first: datetime
    last: datetime


_FAILED_SINCE = func.coalesce(retrievals.c.failed_since, retrievals.c.retrieved_at)
"""When a reading failed first; an older Dateline kept only when it failed last."""

_REPLACED = select(schema.articles.c.version_of).where(schema.articles.c.version_of.is_not(None))
"""The articles that are earlier versions of others."""


class Intake:
    """What the store knows of where its articles came from."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def keep(self, retrieval: Retrieval, raw: bytes | None = None) -> None:
        """Keep that a document was read, with its bytes; a failure stands for the last one."""
        row = {
            "origin": retrieval.origin,
            "name": retrieval.name,
            "url": retrieval.url,
            "retrieved_at": plain(retrieval.retrieved_at),
            "sha256": retrieval.sha256,
            "raw": zlib.compress(raw) if raw is not None else None,
            "article_id": retrieval.article_id,
            "problem": retrieval.problem,
        }
        failed_before = and_(
            retrievals.c.origin == retrieval.origin,
            retrievals.c.name == retrieval.name,
            retrievals.c.problem.is_not(None),
        )
        with self._writing() as connection:
            first = connection.scalar(select(_FAILED_SINCE).where(failed_before))
            connection.execute(delete(retrievals).where(failed_before))
            since = (first or row["retrieved_at"]) if retrieval.problem else None
            connection.execute(insert(retrievals), row | {"failed_since": since})

    def article_of(self, sha256: str) -> str | None:
        """Return the article that bytes of this hash gave before."""
        query = select(retrievals.c.article_id).where(
            retrievals.c.sha256 == sha256, retrievals.c.article_id.is_not(None)
        )
        with self._engine.begin() as connection:
            return connection.execute(query).scalar()

    def retrievals_of(self, article_id: str) -> tuple[Retrieval, ...]:
        """Return each reading that gave this article, the earliest first."""
        return self._retrievals(retrievals.c.article_id == article_id)

    def read_of(self, origin: str) -> tuple[Retrieval, ...]:
        """Return each reading of an origin that gave an article."""
        return self._retrievals(retrievals.c.origin == origin, retrievals.c.problem.is_(None))

    def failures_of(self, origin: str) -> tuple[Retrieval, ...]:
        """Return what could not be read of an origin."""
        return self._retrievals(retrievals.c.origin == origin, retrievals.c.problem.is_not(None))

    def failing(self, origin: str, *, since: datetime) -> dict[str, bool]:
        """Return what of an origin could not be read, and whether only since that time."""
        query = select(retrievals.c.name, _FAILED_SINCE).where(
            retrievals.c.origin == origin, retrievals.c.problem.is_not(None)
        )
        with self._engine.begin() as connection:
            return {name: first > plain(since) for name, first in connection.execute(query)}

    def raw(self, article_id: str) -> bytes | None:
        """Return the bytes that an article was read from last; None when they were not kept."""
        query = (
            select(retrievals.c.raw)
            .where(retrievals.c.article_id == article_id, retrievals.c.raw.is_not(None))
            .order_by(retrievals.c.retrieval_key.desc())
        )
        with self._engine.begin() as connection:
            packed = connection.execute(query).scalar()
        return zlib.decompress(packed) if packed is not None else None

    def origins(self) -> tuple[OriginSummary, ...]:
        """Return where articles came from, the latest first."""
        when = retrievals.c.retrieved_at
        query = (
            select(
                retrievals.c.origin,
                func.count(func.distinct(retrievals.c.article_id)).label("articles"),
                func.count(retrievals.c.problem).label("failures"),
                func.min(when).label("first"),
                func.max(when).label("last"),
            )
            .group_by(retrievals.c.origin)
            .order_by(func.max(when).desc(), retrievals.c.origin)
        )
        with self._engine.begin() as connection:
            return tuple(OriginSummary(**row) for row in connection.execute(query).mappings())

    def earlier_version(self, url: str, article_id: str) -> str | None:
        """Return the article that a page held at its last reading, when it is another one."""
        articles = schema.articles
        query = (
            select(articles.c.article_id)
            .where(
                articles.c.url == url,
                articles.c.article_id != article_id,
                articles.c.article_id.not_in(_REPLACED),
            )
            .order_by(articles.c.added_on.desc())
        )
        with self._engine.begin() as connection:
            return connection.execute(query).scalar()

    def original_of(self, signature: bytes) -> str | None:
        """Return the coded article that a text of this signature nearly is; the likest one."""
        signatures = schema.signatures
        alike = select(signatures.c.article_id).where(
            signatures.c.bucket.in_(buckets_of(signature))
        )
        query = select(signatures.c.article_id, signatures.c.signature).where(
            signatures.c.band == 0, signatures.c.article_id.in_(alike)
        )
        with self._engine.begin() as connection:
            found = [
                (similarity(signature, other), article_id)
                for article_id, other in connection.execute(query)
            ]
        best = max(found, default=(0.0, ""))
        return best[1] if best[0] >= SIMILAR else None

    def copies(self) -> frozenset[str]:
        """Return the ids of all near-copies whose originals are there."""
        article, original = schema.articles, schema.articles.alias()
        query = select(article.c.article_id).join(
            original, article.c.copy_of == original.c.article_id
        )
        with self._engine.begin() as connection:
            return frozenset(connection.execute(query).scalars())

    def copied_by(self, article_id: str) -> str | None:
        """Return the article that this one is a near-copy of, if that is still there."""
        article, original = schema.articles, schema.articles.alias()
        query = select(original.c.article_id).join(
            article, article.c.copy_of == original.c.article_id
        )
        with self._engine.begin() as connection:
            return connection.execute(query.where(article.c.article_id == article_id)).scalar()

    def copies_of(self, article_id: str) -> tuple[str, ...]:
        """Return the ids of the articles that are near-copies of this one."""
        return self._ids(schema.articles.c.copy_of == article_id)

    def versions_of(self, article_id: str) -> tuple[str, ...]:
        """Return the earlier versions of an article, the latest first."""
        found: list[str] = []
        query = select(schema.articles.c.version_of)
        with self._engine.begin() as connection:
            here: str | None = article_id
            while here and here not in found:
                before = query.where(schema.articles.c.article_id == here)
                here = connection.execute(before).scalar()
                found += [here] if here else []
        return tuple(found)

    def earlier_versions(self) -> frozenset[str]:
        """Return the ids of all articles whose page holds another one now."""
        with self._engine.begin() as connection:
            return frozenset(connection.execute(_REPLACED).scalars())

    def later_versions_of(self, article_id: str) -> tuple[str, ...]:
        """Return the articles that the same page held next."""
        return self._ids(schema.articles.c.version_of == article_id)

    def feed_state(self, url: str) -> tuple[str | None, str | None]:
        """Return what a feed's server said last: its ETag and its Last-Modified."""
        feeds = schema.feeds
        with self._engine.begin() as connection:
            query = select(feeds.c.etag, feeds.c.modified).where(feeds.c.url == url)
            row = connection.execute(query).first()
        return (row[0], row[1]) if row else (None, None)

    def keep_feed(self, url: str, etag: str | None, modified: str | None) -> None:
        """Keep what a feed's server said, to ask it for news alone."""
        row = {"url": url, "etag": etag, "modified": modified, "checked_at": self._now()}
        with self._writing() as connection:
            connection.execute(delete(schema.feeds).where(schema.feeds.c.url == url))
            connection.execute(insert(schema.feeds), row)

    def know_feed(self, url: str) -> None:
        """Keep that there is this feed, so that it is asked for news."""
        if url not in self.feeds():
            self.keep_feed(url, None, None)

    def feeds(self) -> tuple[str, ...]:
        """Return the feeds that were asked before."""
        with self._engine.begin() as connection:
            query = select(schema.feeds.c.url).order_by(schema.feeds.c.url)
            return tuple(connection.execute(query).scalars())

    def _retrievals(self, *conditions: ColumnElement[bool]) -> tuple[Retrieval, ...]:
        names = Retrieval.__slots__
        columns = [retrievals.c[name] for name in names]
        query = select(*columns).where(*conditions).order_by(retrievals.c.retrieval_key)
        with self._engine.begin() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(Retrieval(**row) for row in rows)

    def _ids(self, condition: ColumnElement[bool]) -> tuple[str, ...]:
        query = select(schema.articles.c.article_id).where(condition)
        with self._engine.begin() as connection:
            return tuple(connection.execute(query.order_by("article_id")).scalars())

    def _now(self) -> datetime:
        return plain(self._clock())

    def _writing(self) -> Any:  # noqa: ANN401  # a context manager of a connection
        return self._engine.execution_options(**{WRITING: True}).begin()


def link_article(
    connection: Connection,
    article_id: str,
    *,
    version_of: str | None = None,
    copy_of: str | None = None,
    signature: bytes | None = None,
) -> None:
    """Keep what an article is a later version or a near-copy of, and its signature."""
    changed = {"version_of": version_of, "copy_of": copy_of}
    values = {name: value for name, value in changed.items() if value}
    if values:
        its_own = schema.articles.c.article_id == article_id
        connection.execute(update(schema.articles).where(its_own).values(**values))
    if signature:
        known = schema.signatures.c.article_id == article_id
        connection.execute(delete(schema.signatures).where(known))
        rows = [
            {
                "article_id": article_id,
                "band": band,
                "bucket": bucket,
                "signature": None if band else signature,
            }
            for band, bucket in enumerate(buckets_of(signature))
        ]
        connection.execute(insert(schema.signatures), rows)


ALIKE = 90.0
"""From this share of equal letters on a sentence of a near-copy is the original's, edited: a number
written out, a word put in."""


def event_in_copy(event: Event, copy: Article) -> Event | None:
    """Return an event as a near-copy of its article tells it; None when its sentence is not there.

    The sentence may be edited a little, as long as what was done and where stand in it; a count
    that the copy words otherwise is left out. Every part that stands elsewhere keeps its distance.
    """
    found = _sentence_like(event.quote, copy.text)
    if found is None:
        return None
    at, end = found

    def place_of(start: int, words: str) -> int | None:
        after = end - at - len(event.quote) if start >= event.end else 0
        here = max(0, start - event.start + at + after)
        if copy.text.startswith(words, here):
            return here
        if not event.start <= start < event.end:
            return None
        own = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", copy.text[at:end])
        return min((at + match.start() for match in own), key=partial(_apart, here), default=None)

    done = event.quote[event.trigger_start - event.start : event.trigger_end - event.start]
    trigger = place_of(event.trigger_start, done)
    places = [place_of(w.mention.start, w.mention.surface) for w in event.locations]
    counts = [place_of(size.start, size.words) for size in event.sizes]
    if trigger is None or None in places:
        return None
    return replace(
        event,
        event_id=event_id(copy.article_id, event.event_type, trigger, trigger + len(done)),
        article_id=copy.article_id,
        quote=copy.text[at:end],
        start=at,
        end=end,
        trigger_start=trigger,
        trigger_end=trigger + len(done),
        locations=tuple(
            replace(
                where,
                mention=replace(where.mention, start=now, end=now + len(where.mention.surface)),
            )
            for where, now in zip(event.locations, places, strict=True)
            if now is not None
        ),
        sizes=tuple(
            replace(size, start=now, end=now + len(size.words))
            for size, now in zip(event.sizes, counts, strict=True)
            if now is not None
        ),
    )


def _apart(here: int, there: int) -> int:
    return abs(there - here)


def _sentence_like(quote: str, text: str) -> tuple[int, int] | None:
    """Return where a text has this sentence, or the one most like it; None when none is."""
    from rapidfuzz import fuzz, process

    at = text.find(quote)
    if at >= 0:
        return at, at + len(quote)
    starts = sentence_starts(text, None)
    spans = [
        (start, start + len(text[start:end].rstrip()))
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
    ]
    sentences = [text[start:end] for start, end in spans]
    best = process.extractOne(quote, sentences, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return spans[best[2]] if best else None


def plain(moment: datetime) -> datetime:
    """Return a moment in UTC without its zone, as every database keeps it."""
    return moment.astimezone(UTC).replace(tzinfo=None)
