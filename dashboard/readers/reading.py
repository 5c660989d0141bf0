"""What a reader found in a file, before it is checked and cleaned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text and what the file says of it; None is unknown."""

    text: str
    title: str | None = None
    published: date | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    file_date: date | None = None
    """When the file says it was made: the day of publication if nothing better is known."""
