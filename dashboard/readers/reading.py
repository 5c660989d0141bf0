"""What comes to a reader, and what it found before that is checked and cleaned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file's bytes as a server sent them."""

    data: bytes
    charset: str | None
    """The encoding that the server names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text and what the file says of it; None is unknown."""

    text: str
    title: str | None = None
    author: str | None = None
    published: date | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    file_date: date | None = None
    """When the file says it was made: the day of publication if nothing better is known."""
