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
    author: str | None = None
    language: str = "en"
    """ISO 639-1 code."""


def article_id(text: str) -> str:
    """Return the id of an article's text: 16 hexadecimal digits of its SHA-256.

    White space does not count, so that a re-wrapped text is the same article.
    """
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


LONGEST_TITLE = 120
"""Most characters of a title."""

_SENTENCE_ENDS = (".", "!", "?", "…", "。", "؟", "।")


def short_title(title: str) -> str:
    """Return a title of at most LONGEST_TITLE characters, cut between words."""
    if len(title) <= LONGEST_TITLE:
        return title
    cut = title[: LONGEST_TITLE - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def is_of_text(title: str, text: str) -> bool:
    """Say whether a title is the text's first words, for want of a headline of its own.

    A first line that stands by itself and does not end as a sentence does is a headline.
    `text` may end early, if it goes on for longer than the title.
    """
    words = " ".join(title.removesuffix("…").split())
    everything = " ".join(text.split())
    if not words or not everything.startswith(words):
        return False
    line = " ".join(text.strip().partition("\n")[0].split())
    is_headline = line == words != everything
    return not is_headline or words.rstrip("\"'”’»)").endswith(_SENTENCE_ENDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSummary:
    """What a reader needs to find an article again: all but its text."""

    article_id: str
    title: str
    published: date | None = None
    source: str | None = None
    url: str | None = None
