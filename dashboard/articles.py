"""What an article is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news report as plain text; offsets of mentions and events count its code points."""

    article_id: str
    """Hash of the text: the same text is the same article."""
    title: str
    text: str
    published: date | None = None
    """Day of publication; None when neither the source nor the text says it."""
    source: str | None = None
    """Who published it, in a reader's words: "Al-Monitor"."""
    url: str | None = None
    language: str = "en"
    """ISO 639-1 code."""


def article_id(text: str) -> str:
    """Return the id of an article's text: 16 hexadecimal digits of its SHA-256.

    White space does not count, so that a re-wrapped text is the same article.
    """
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSummary:
    """What a reader needs to find an article again: all but its text."""

    article_id: str
    title: str
    published: date | None = None
    source: str | None = None
    url: str | None = None
