"""The door through which every article comes in: bytes of a file become an `Article`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dashboard.articles import Article, article_id, short_title
from dashboard.errors import UnreadableInputError
from dashboard.publication_dates import publication_date
from dashboard.readers.cleaning import clean_line, clean_text
from dashboard.readers.encoding import decode, refuse_binary
from dashboard.readers.html import is_html, read_html
from dashboard.readers.mail import read_mail
from dashboard.readers.office import read_markdown, read_pdf
from dashboard.readers.reading import Reading, Sent
from dashboard.readers.text import read_text
from dashboard.readers.word import read_docx
from gazetteer.language import MAX_CHARACTERS
from gazetteer.other_languages import detect_language

if TYPE_CHECKING:
    from datetime import date

MAX_BYTES = 20_000_000
"""Largest file that is looked into: a page of half a million characters and its markup."""

_MAIL = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:Message-ID|MIME-Version|Received):", re.IGNORECASE
)
"""Headers that only a mail begins with."""

MAX_UNBROKEN = 2_000
"""Longest run of characters without white space that a text may hold."""


def read_article(
    name: str,
    data: bytes | Sent | Reading,
    *,
    published: date | None = None,
    announced: date | None = None,
    source: str | None = None,
    url: str | None = None,
    language: str | None = None,
) -> Article:
    """Return the article that a file holds: text, HTML, Markdown, PDF, DOCX, EML or MHTML.

    `name` is the file's, for its ending and for messages. What the caller says of
    publication, source and link beats what the file says. The publication date comes
    from the page's metadata or a header line, from the feed that `announced` it, a date line
    near the top or what the file says of its own making, else it is None. In place of bytes,
    `data` may be what a row of a table says.
    `language` is an ISO 639-1 code; without it, it is guessed.

    Raises: UnreadableInputError, in words that say what to do.
    """
    match data:
        case Reading():
            reading = data
        case Sent():
            reading = _read(name, data.data, data.charset)
        case bytes():
            reading = _read(name, data, None)
    days = (published, reading.published, announced)
    text = clean_text(reading.text)
    _refuse_text(name, text)
    return Article(
        article_id=article_id(text),
        title=_title(reading, text),
        text=text,
        published=next(filter(None, days), None) or publication_date(text) or reading.file_date,
        source=clean_line(source or reading.source or "") or None,
        url=_given_link(name, url) if url else _link(reading.url),
        author=clean_line(reading.author or "") or None,
        language=language or reading.language or detect_language(text),
    )


def _read(name: str, data: bytes, charset: str | None) -> Reading:
    _refuse_size(name, data)
    lower = name.lower()
    if data.startswith(b"%PDF-"):
        return read_pdf(name, data)
    is_word = lower.endswith(".docx") or b"[Content_Types].xml" in data[:4096]
    if data.startswith(b"PK\x03\x04") and is_word:
        return read_docx(name, data)
    if lower.endswith((".eml", ".mhtml", ".mht")) or _MAIL.match(data[:4096]):
        return read_mail(name, data, charset)
    refuse_binary(name, data)
    markup = decode(data, charset)
    if is_html(name, markup):
        return read_html(name, markup)
    if lower.endswith((".md", ".markdown")):
        return read_markdown(markup)
    return read_text(markup)


def _refuse_size(name: str, data: bytes) -> None:
    if not data:
        raise UnreadableInputError(name, "it is empty. Give a text or HTML file, or paste the text")
    if len(data) > MAX_BYTES:
        raise UnreadableInputError(
            name,
            f"it has {len(data):,} bytes; at most {MAX_BYTES:,} are read. Split it into articles",
        )


def _refuse_text(name: str, text: str) -> None:
    if not text:
        raise UnreadableInputError(name, "it holds no text, only white space or markup")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableInputError(
            name,
            f"it has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read at once. "
            "Split it into articles",
        )
    if not any(char.isalpha() for char in text):
        raise UnreadableInputError(name, "it holds no letters, so nothing can be read in it")
    longest = max(map(len, text.split()))
    if longest > MAX_UNBROKEN:
        raise UnreadableInputError(
            name, f"it holds {longest:,} characters without a space: that is no news text"
        )


def _title(reading: Reading, text: str) -> str:
    return short_title(clean_line(reading.title or "") or text.partition("\n")[0])


def _link(url: str | None) -> str | None:
    """Return `url` when it is a web address, else None: others may run a script when followed."""
    url = clean_line(url or "")
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    is_web = parts.scheme in {"http", "https"} and parts.netloc and " " not in url
    return url if is_web else None


def _given_link(name: str, url: str) -> str:
    link = _link(url)
    if link is None:
        raise UnreadableInputError(
            name, f"the link {clean_line(url)[:80]!r} is not a web address such as https://..."
        )
    return link
