"""Mails, and web pages that a browser saved as one MHTML file."""

from __future__ import annotations

import email
from dataclasses import dataclass, replace
from email import policy
from email.message import EmailMessage, MIMEPart
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dashboard.errors import UnreadableInputError
from dashboard.readers.encoding import decode
from dashboard.readers.html import read_html, words_of
from dashboard.readers.reading import Reading
from dashboard.readers.text import read_text

if TYPE_CHECKING:
    from datetime import date


def read_mail(name: str, data: bytes, charset: str | None = None) -> Reading:
    """Return what a mail or a saved page says: its plain text, else its page.

    Of a mail the subject is the title, the sender the source and its day that of publication;
    a saved page says these itself. `charset` is the encoding of a part that names none.

    Raises: UnreadableInputError when it holds neither text nor a page.
    """
    message = email.message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101  # what the default policy makes
    if not message.keys():
        raise UnreadableInputError(name, "this is no mail: it has no headers")
    address = str(message.get("Snapshot-Content-Location", "")) or None
    if address or message.get_content_type() == "multipart/related":
        return _saved_page(name, message, address, charset)
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise UnreadableInputError(name, "this mail holds no text")
    text = _content(body, charset)
    is_page = body.get_content_type() == "text/html"
    reading = read_text(words_of(text) if is_page else text)
    senders = getattr(message.get("From"), "addresses", ())
    sender = senders[0].display_name or senders[0].domain if senders else None
    return replace(
        reading,
        title=str(message.get("Subject", "")) or reading.title,
        published=_day(message) or reading.published,
        source=sender or reading.source,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachments:
    """What is attached to a mail."""

    has_text: bool
    """The mail has words of its own."""
    files: tuple[tuple[str, str, bytes], ...]
    """Of each its name ("" when it has none), its media type and its bytes."""


def attachments_of(data: bytes) -> Attachments:
    """Return what is attached to a mail; a mail that it forwards is one file."""
    message = email.message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101  # what the default policy makes
    body = message.get_body(preferencelist=("plain", "html"))
    parts = message.iter_attachments() if message.is_multipart() else ()
    return Attachments(
        has_text=body is not None and bool(_content(body).strip()),
        files=tuple((_name_of(part), part.get_content_type(), _bytes_of(part)) for part in parts),
    )


def _name_of(part: MIMEPart) -> str:
    name = part.get_filename() or ""
    is_mail = part.get_content_type() == "message/rfc822"
    return name if not is_mail or name.lower().endswith(".eml") else f"{name or 'forwarded'}.eml"


def _bytes_of(part: MIMEPart) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return bytes(part.get_content())
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _saved_page(
    name: str, message: EmailMessage, address: str | None, charset: str | None
) -> Reading:
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if not pages:
        raise UnreadableInputError(name, "this saved page holds no page")
    reading = read_html(name, _content(pages[0], charset))
    url = reading.url or address or str(pages[0].get("Content-Location", "")) or None
    return replace(
        reading,
        title=reading.title or str(message.get("Subject", "")) or None,
        source=reading.source or (urlsplit(url).hostname if url else None),
        url=url,
        file_date=_day(message),
    )


def _content(part: MIMEPart, charset: str | None = None) -> str:
    # The part's own encoding may be missing, unknown or wrong: it is read as a file's is.
    return decode(_bytes_of(part), part.get_content_charset() or charset)


def _day(message: EmailMessage) -> date | None:
    try:
        moment = getattr(message.get("Date"), "datetime", None)
    except (ValueError, IndexError):  # a header that is no date
        return None
    return moment.date() if moment else None
