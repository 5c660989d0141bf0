"""Analysts' corrections: what a name means, and for how much of the news that holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from gazetteer.errors import CorrectionError
from gazetteer.names import name_key
from gazetteer.places import Geometry, Place


class CorrectionScope(IntEnum):
    """How much of the news a correction holds for, the narrowest last: the narrowest wins."""

    ALWAYS = 0
    SOURCE = 1
    """Every article of one publisher."""
    ARTICLE = 2
    MENTION = 3
    """One occurrence in one article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An analyst's word on what a name means; `place` is None for "not a place on our map".

    The place is kept whole: it means the same with the next place data.
    """

    correction_id: int
    name: str
    place: Place | None
    who: str
    why: str
    made_at: datetime
    article_id: str | None = None
    """The one article that it holds for; None: it is not bound to an article."""
    start: int | None = None
    """Where in the article's text the one mention starts that it holds for."""
    source: str | None = None
    """The publisher whose articles it holds for."""
    undone_by: str | None = None
    undone_at: datetime | None = None

    @property
    def record_id(self) -> str:
        """Return what it is undone by: its number."""
        return str(self.correction_id)

    @property
    def scope(self) -> CorrectionScope:
        """Return how much of the news it holds for."""
        if self.start is not None:
            return CorrectionScope.MENTION
        if self.article_id is not None:
            return CorrectionScope.ARTICLE
        return CorrectionScope.ALWAYS if self.source is None else CorrectionScope.SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedPlace:
    """A place that the gazetteer lacked and somebody added."""

    place: Place
    aliases: tuple[str, ...] = ()
    geometry: Geometry | None = None
    """Its area; None for a mere point."""
    who: str
    why: str
    made_at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None

    @property
    def record_id(self) -> str:
        """Return what it is undone by: the place's id."""
        return self.place.place_id

    @property
    def names(self) -> tuple[str, ...]:
        """Return its own name and its aliases."""
        return (self.place.name, *self.aliases)


class ArticleCorrections:
    """The corrections that hold in one article, the narrowest and then the latest first."""

    def __init__(
        self, made: Iterable[Correction], *, article_id: str | None, source: str | None
    ) -> None:
        """Take of the corrections `made` those for the article, its publisher, and all."""
        key = source_key(source)
        self._by_name: dict[str, list[Correction]] = {}
        held = [
            correction
            for correction in made
            if correction.undone_at is None
            and correction.article_id in {None, article_id}
            and (correction.source is None or source_key(correction.source) == key)
        ]
        for correction in sorted(held, key=lambda c: (c.scope, c.correction_id), reverse=True):
            self._by_name.setdefault(name_key(correction.name), []).append(correction)

    def of(self, name: str, start: int | None = None) -> Correction | None:
        """Return what holds for `name` where it starts at `start`; None when nothing does."""
        return next(
            (
                correction
                for correction in self._by_name.get(name_key(name), ())
                if correction.start is None or correction.start == start
            ),
            None,
        )

    def all(self) -> tuple[Correction, ...]:
        """Return every correction that holds somewhere in the article."""
        return tuple(c for corrections in self._by_name.values() for c in corrections)


def source_key(source: str | None) -> str:
    """Return the form in which two spellings of a publisher's name are compared."""
    return " ".join((source or "").split()).casefold()


def check_signed(*, who: str, why: str | None = None) -> None:
    """Check that a record says who makes it and, where it is asked for, why.

    Raises: CorrectionError when either is blank.
    """
    if not who.strip():
        raise CorrectionError("Say who: the name of the person who decides is empty.")
    if why is not None and not why.strip():
        raise CorrectionError("Say why: how it is known is empty.")
