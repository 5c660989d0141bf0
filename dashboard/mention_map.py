"""Where the articles name places, whether an event happened there or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

import numpy as np

from dashboard.cells import cell_of
from dashboard.events import EventLocation
from dashboard.filters import EventFilter
from dashboard.layers import FamilyStyle
from dashboard.map_data import Cell, Spots, ViewAnswer, ViewMark, view_mark
from dashboard.popups import Source, source_card
from dashboard.whereabouts import whereabouts_of
from gazetteer.places import BoundingBox, Place
from gazetteer.toponyms import Mention, MentionKind

if TYPE_CHECKING:
    from dashboard.store import EventStore
    from dashboard.store.mentions import MentionColumns
    from gazetteer.store import PlaceStore

ARTICLES_SHOWN = 20

MENTIONED = FamilyStyle(name="mentions", label="Mentions", colour="#5b6770", shape="circle")


class NamingArticle(Source):
    """An article that names a place."""

    article_id: str
    times: int


class NamingAnswer(TypedDict):
    """The articles that name some places, those that name them most often."""

    articles: list[NamingArticle]
    total: int


class _Known(NamedTuple):
    """The mentioned places that the place store knows."""

    places: tuple[Place, ...]
    columns: np.ndarray[Any, Any]
    spots: Spots


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionMap:
    """The mentions of a store's articles, drawn as a place store knows their places."""

    store: EventStore
    places: PlaceStore

    def marks(self, wanted: EventFilter, *, bounds: BoundingBox, zoom: float) -> ViewAnswer:
        """Return how often each place of a view is named.

        With a filter, in the articles that report the events that it leaves; else in all.
        """
        known, mentions = self._known(), self.store.mentions()
        counts = mentions.by_place(self._articles(wanted))[known.columns].reshape(-1, 1)
        return ViewAnswer(
            marks=known.spots.in_view(counts, bounds=bounds, zoom=zoom),
            families=[MENTIONED],
            extent=known.spots.extent(counts[:, 0] > 0),
            shown=int(counts.sum()),
        )

    def naming(
        self, wanted: EventFilter, *, keys: Sequence[str], cells: Sequence[Cell]
    ) -> NamingAnswer:
        """Return the articles that name the places with these keys or in these cells."""
        known = self._known()
        chosen = {key.split(" ", 1)[1] for key in keys}
        for cell in cells:
            inside = np.flatnonzero(cell.holds(known.spots.cell, known.spots.precision))
            chosen.update(known.places[number].place_id for number in inside.tolist())
        articles = self._articles(wanted)
        counts = {
            article_id: times
            for article_id, times in self.store.mentions().naming(frozenset(chosen)).items()
            if articles is None or article_id in articles
        }
        shown = list(counts.items())[:ARTICLES_SHOWN]
        return NamingAnswer(
            articles=[
                NamingArticle(
                    **source_card(self.store.summary(article_id)),
                    article_id=article_id,
                    times=times,
                )
                for article_id, times in shown
            ],
            total=len(counts),
        )

    def _articles(self, wanted: EventFilter) -> frozenset[str] | None:
        if wanted == EventFilter():
            return None
        columns = self.store.columns()
        numbers = np.unique(columns.articles[self.store.mask(wanted)]).tolist()
        return frozenset(columns.article_ids[number] for number in numbers)

    def _known(self) -> _Known:
        mentions = self.store.mentions()
        known: _Known = self.store.columns().kept(
            "mentioned places", lambda: _known(mentions, self.places)
        )
        return known


def _known(mentions: MentionColumns, places: PlaceStore) -> _Known:
    named = [(n, _place(places, place_id)) for n, place_id in enumerate(mentions.place_ids)]
    known = [(n, place) for n, place in named if place is not None]
    kept = tuple(place for _, place in known)
    found = whereabouts_of(kept)
    return _Known(
        places=kept,
        columns=np.array([n for n, _ in known], np.int64),
        spots=Spots(
            lat=found.lat,
            lon=found.lon,
            cell=np.array(list(map(cell_of, found.lat.tolist(), found.lon.tolist())), np.int64),
            precision=np.array([place.precision for place in kept], np.int8),
            height=found.height,
            width=found.width,
            marks=lambda numbers: [_mark(places, kept[number]).copy() for number in numbers],
        ),
    )


@lru_cache(maxsize=65536)
def _place(places: PlaceStore, place_id: str) -> Place | None:
    return places.by_id(place_id)


@lru_cache(maxsize=8192)
def _mark(places: PlaceStore, place: Place) -> ViewMark:
    name = Mention(start=0, end=len(place.name), surface=place.name, kind=MentionKind.LITERAL)
    where = EventLocation(place=place, precision=place.precision, mention=name, reason="")
    return view_mark(where, places)
