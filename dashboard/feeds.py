"""RSS and Atom feeds: their entries, and asking again only for what is new."""

from __future__ import annotations

import calendar
import logging
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from dashboard.errors import UnreadableInputError


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One report that a feed announces."""

    url: str | None
    title: str
    published: date | None
    author: str | None
    content: str | None
    """The report as HTML, when the feed carries it whole or gives no address for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says."""

    title: str
    entries: tuple[FeedEntry, ...]


WHOLE = 1_500
"""Characters from which a feed's text of an entry is taken for the whole report."""


def is_feed(data: bytes) -> bool:
    """Say whether these bytes begin like a feed."""
    head = data[:1_000].lower()
    return b"<html" not in head and any(tag in head for tag in (b"<rss", b"<feed", b"<rdf:rdf"))


def read_feed(name: str, data: bytes, content_type: str = "") -> Feed:
    """Return a feed's entries in its order; `name` is the address that its links start from.

    Raises: UnreadableInputError when it is no feed.
    """
    import feedparser

    logging.getLogger("feedparser").setLevel(logging.CRITICAL)
    # Bytes alone: given text that looks like an address, it would fetch it.
    said = {"content-location": name, "content-type": content_type or "application/xml"}
    found: Any = feedparser.parse(data, response_headers=said)
    if not found.entries and (found.bozo or not found.version):
        raise UnreadableInputError(name, "this is no RSS or Atom feed, or it is broken")
    return Feed(
        title=found.feed.get("title", ""), entries=tuple(_entry(entry) for entry in found.entries)
    )


def _entry(entry: Any) -> FeedEntry:  # noqa: ANN401  # the library has no types
    told = [*(part.get("value", "") for part in entry.get("content", [])), entry.get("summary", "")]
    content, link = max(told, key=len), entry.get("link")
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    day = datetime.fromtimestamp(calendar.timegm(moment), UTC).date() if moment else None
    return FeedEntry(
        url=link,
        title=entry.get("title", ""),
        published=day,
        author=entry.get("author") or None,
        content=content if len(content) >= WHOLE or not link else None,
    )
