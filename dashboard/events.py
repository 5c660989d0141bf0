"""What an event is: who did what to whom, when and where, and the sentence that says so."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dashboard.actors import Actor
from dashboard.articles import ArticleSummary
from dashboard.partial_dates import PartialDate
from gazetteer.places import GeoPrecision, Place
from gazetteer.toponyms import Mention


class Modality(StrEnum):
    """What the text says of the event's standing."""

    REPORTED = "reported"
    CLAIMED = "claimed"
    DENIED = "denied"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"
    BACKGROUND = "background"
    """It happened long before the report, which tells it to explain something else."""


class SizeKind(StrEnum):
    """What the size of an event counts."""

    KILLED = "killed"
    WOUNDED = "wounded"
    ARRESTED = "arrested"
    CROWD = "crowd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many people an event concerned, as exactly as the text says: "at least 27"."""

    kind: SizeKind
    low: int | None
    """None: the text sets no lower bound ("up to 30")."""
    best: int
    high: int | None
    """None: the text sets no upper bound ("at least 27")."""
    words: str
    start: int
    """Where the words stand: `article.text[start:end] == words`."""
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLocation:
    """Where an event happened, as exactly as the text says."""

    place: Place
    precision: GeoPrecision
    mention: Mention
    """The words of the article that name the place."""
    reason: str
    """Why this place belongs to the event, in a reader's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an event comes from that others coded, and the codes that they gave it."""

    dataset_id: str
    record_id: str
    """Its id in that data set."""
    codes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Names and values of the data set's own columns, as they stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One coded event."""

    event_id: str
    event_type: str
    """A PLOVER type: a key of `ontology.event_types()`."""
    mode: str | None = None
    """A PLOVER mode of the type, where the text gives one."""
    source_actors: tuple[Actor, ...] = ()
    """Who acted; empty means that the text does not say."""
    target_actors: tuple[Actor, ...] = ()
    when: PartialDate | None = None
    locations: tuple[EventLocation, ...] = ()
    unplaced_reason: str | None = None
    """Why `locations` is empty, in a reader's words; None when it is not."""
    quote: str
    article_id: str
    """The article that tells it; for an imported event, the id of its data set."""
    start: int
    """Where the quoted sentence starts: `article.text[start:end] == quote`."""
    end: int
    trigger_start: int
    """Where the words that name the act start in the article's text."""
    trigger_end: int
    modality: Modality = Modality.REPORTED
    attributed_to: tuple[Actor, ...] = ()
    """Who claims, denies or plans it, where the text names them."""
    contexts: tuple[str, ...] = ()
    """PLOVER contexts: "terrorism", "migration"; sorted."""
    sizes: tuple[Size, ...] = ()
    """How many people it concerned, at most one of each kind."""
    confidence: float
    """In [0, 1]: how sure the coder is of type, actors and place together."""
    coder: str
    """What coded it, with version: "rules-1"; or a person; or the data set it stands in."""
    origin: Origin | None = None
    """None: it was coded here, from an article."""
    tellings: tuple[Event, ...] = ()
    """When its article tells it in several sentences: what each gives alone, its own first."""


def event_id(article: str, event_type: str, trigger_start: int, trigger_end: int) -> str:
    """Return an id that the same trigger in the same article always gets: 16 hex digits."""
    key = f"{article}|{event_type}|{trigger_start}|{trigger_end}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


class Review(StrEnum):
    """What a person said of an event."""

    UNREVIEWED = "unreviewed"
    CONFIRMED = "confirmed"
    EDITED = "edited"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventReport:
    """An event together with the article that reports it."""

    event: Event
    article: ArticleSummary
    reviewed: Review = Review.UNREVIEWED
    further: tuple[EventReport, ...] = ()
    """What else reports the same event, in this article or another: each with its own quote."""
    same_because: str | None = None
    """Of a further report: why it is the same event, in a reader's words."""
