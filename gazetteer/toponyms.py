"""Place names in a text: mentions, their candidates, and the choice among them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gazetteer.places import Place


class MentionKind(StrEnum):
    """How a place name is used."""

    LITERAL = "literal"
    """The place itself: "arrived in Tehran"."""
    METONYM = "metonym"
    """The place's government or people: "Tehran blames"."""
    DEMONYM = "demonym"
    """An adjective or noun of origin: "Iranian"."""
    DATELINE = "dateline"
    """Where the report was written: "RIYADH (AP)"."""
    PART = "part"
    """Part of another name: "Bank of America"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One occurrence of a place name: `text[start:end] == surface`, in code points."""

    start: int
    end: int
    surface: str
    kind: MentionKind
    place_id: str | None = None
    """Set when the rule that found the mention says which place it is (a border)."""
    name: str | None = None
    """In other languages than English: the well-known name that the surface is a form of."""


ONLINE_SIGNAL = "online"
"""Signal of the reason that says whose data an online answer is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One piece of evidence for or against a candidate."""

    signal: str
    """Name of the feature function that gave it: "country_in_sentence"."""
    points: float
    """What it added to the candidate's score before the scores were normalised."""
    text: str
    """The evidence in a reader's words: "Pakistan is named in the same sentence"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a mention may mean, with a score in [0, 1] and the reasons for it."""

    place: Place
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """A mention and what it was found to mean."""

    mention: Mention
    candidates: tuple[Candidate, ...] = ()
    """Best first."""
    method: str | None = None
    """Who answered: "store", "rule", "cache", "online:nominatim", "analyst"; None: nobody."""

    @property
    def place(self) -> Place | None:
        """Return the chosen place, or None when the mention stays unresolved."""
        return self.candidates[0].place if self.method and self.candidates else None

    @property
    def confidence(self) -> float:
        """Return the chosen candidate's score, or 0 when unresolved."""
        return self.candidates[0].score if self.method and self.candidates else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Geoparse:
    """Every mention of a text with its resolution, in the order of the text.

    Mentions do not overlap.
    """

    text: str
    resolutions: tuple[Resolution, ...]
    problems: tuple[str, ...] = ()
    """What could not be done, in a reader's words (an online geocoder that is down)."""
