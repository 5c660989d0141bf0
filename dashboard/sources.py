"""What is known of those who publish: licence, what may be shared of theirs, grades."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SharingRule(StrEnum):
    """What of a source's reports may leave Dateline; each includes what those below it allow."""

    QUOTES = "quotes"
    """Events with short quotes, the report's title and its link."""
    POINTS = "points"
    """Events with the report's title and link, and no quote."""
    AGGREGATES = "aggregates"
    """Counts alone: no single event, no title."""


RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
"""The Admiralty code, NATO AJP-2.1: letters for the source, digits for what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsSource:
    """A publisher, by the name that its articles carry.

    Raises: ValueError for an empty name or a grade that the Admiralty code does not have.
    """

    name: str
    homepage: str | None = None
    licence: str | None = None
    """In a reader's words: "CC BY 4.0", "all rights reserved"; None: not known."""
    sharing: SharingRule = SharingRule.QUOTES
    """A short quote with its source is allowed by most laws: so it is what holds unless said."""
    reliability: str | None = None
    """A key of RELIABILITY."""
    credibility: int | None = None
    """A key of CREDIBILITY."""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("A source needs a name.")
        if self.reliability is not None and self.reliability not in RELIABILITY:
            raise ValueError(f"Reliability {self.reliability!r} is not a letter from A to F.")
        if self.credibility is not None and self.credibility not in CREDIBILITY:
            raise ValueError(f"Credibility {self.credibility!r} is not a number from 1 to 6.")
