"""What a shared map rests on: versions, corrections, hashes of the texts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from dashboard.disclosure import Disclosure
from dashboard.events import EventReport
from dashboard.filters import EventFilter
from gazetteer import rules
from gazetteer.language import model_name, model_version

if TYPE_CHECKING:
    from dashboard.articles import Article
    from gazetteer.toponyms import Geoparse

_DATA = Path(__file__).parent / "data"

BY_ANALYST = "analyst"
"""Method of a resolution that a person made."""


class Corpus(Protocol):
    """Whoever keeps the articles: the event store."""

    def article(self, article_id: str, /) -> Article:
        """Return the article with its text."""

    def geoparse_of(self, article_id: str, /) -> Geoparse:
        """Return the article's mentions with their resolutions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What besides the events goes into a snapshot's manifest."""

    dateline: str = ""
    """Version of Dateline."""
    places: str = ""
    """Version of the place data."""
    rules: str = ""
    """Version of the rules that find and resolve places, then of those that code events."""
    model: str = ""
    """Name and version of the language pipeline."""
    query: Mapping[str, str] = field(default_factory=dict)
    """The filter as a link's query."""
    corrections: tuple[tuple[str, str, str | None], ...] = ()
    """Article id, words of the text, id of the place that an analyst gave them (None: no place)."""
    text_hashes: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each article's text, by article id."""
    retrieved: Mapping[str, date] = field(default_factory=dict)
    """Day on which each article came into the collection, by article id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a shared page says of itself as a whole."""

    title: str
    note: str = ""
    """The maker's."""
    as_of: date | None = None
    """Day of the last addition to the collection."""
    filter_text: str = ""
    """The filter in words."""
    total: int | None = None
    """How many events there are with those that the filter leaves out."""
    provenance: Provenance = field(default_factory=Provenance)

    def total_with(self, disclosure: Disclosure) -> int:
        """Return how many events there are, at least those that are shown or counted."""
        return max(self.total or 0, len(disclosure.reports) + disclosure.counted)


def provenance_of(
    reports: Sequence[EventReport],
    wanted: EventFilter,
    corpus: Corpus,
    *,
    places_version: str,
    retrieved: Mapping[str, date] | None = None,
) -> Provenance:
    """Return what the events of `reports`, left by the filter `wanted`, rest on."""
    article_ids = sorted({report.article.article_id for report in reports})
    texts = {article_id: corpus.article(article_id).text for article_id in article_ids}
    return Provenance(
        dateline=version("dateline"),
        places=places_version,
        rules=f"{rules.version()} {coding_rules()}",
        model=model_version(model_name()),
        query=wanted.to_query(),
        corrections=tuple(
            sorted(
                {
                    (
                        article_id,
                        resolution.mention.surface,
                        resolution.place.place_id if resolution.place else None,
                    )
                    for article_id in article_ids
                    for resolution in corpus.geoparse_of(article_id).resolutions
                    if resolution.method == BY_ANALYST
                },
                key=lambda item: (item[0], item[1], item[2] or ""),
            )
        ),
        text_hashes={
            article_id: hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            for article_id, text in texts.items()
        },
        retrieved=dict(retrieved or {}),
    )


@cache
def coding_rules() -> str:
    """Return what tells this state of the coder's tables from any other: a hash of their files."""
    digest = hashlib.sha256()
    for file in sorted((*_DATA.glob("*.tsv"), *_DATA.glob("*.toml"))):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]
