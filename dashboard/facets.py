"""What a filter leaves, counted: beside each choice how many events it would give.

The counts of one part of the filter follow all its other parts, so that a choice is never a
dead end that was not announced.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dashboard.filters import EventFilter
from dashboard.ontology import event_types
from dashboard.store.columns import counts_of, parts_of
from dashboard.store.reading import UNDATED, with_groups
from dashboard.summary import ActorCount, Coverage, actor_name, country_of, group_name, grouped
from dashboard.whereabouts import as_asked
from gazetteer.countries import countries

if TYPE_CHECKING:
    from dashboard.store import EventStore
    from dashboard.store.columns import EventColumns, Mask, Numbers

MOST_ACTORS = 120
"""How many actors are offered at a time; the others are found by typing their name."""

MOST_SOURCES = 60

MOST_COUNTRIES, MOST_DIVISIONS, MOST_PLACES = 60, 20, 40
"""How many of each are offered; others are found by typing their name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offered:
    """Places that are offered as a filter, with the events of each, one place after the other."""

    ids: tuple[str, ...]
    start: Numbers
    events: Numbers


@dataclass(frozen=True, kw_only=True)
class Facets:
    """Counts of the events of a store that a filter leaves, all of one state of the store."""

    store: EventStore
    wanted: EventFilter

    @cached_property
    def _columns(self) -> EventColumns:
        return self.store.columns()

    def _mask(self, *, without: str = "") -> Mask:
        return self._columns.mask(self.wanted, self.store.keys_of, without=without)

    def _by_article(self, *, without: str = "") -> Numbers:
        """Return how many events each article has: counted once of what several parts ask."""
        columns = self._columns
        counts: Numbers = columns.remembered(
            ("articles", parts_of(self.wanted, without=without)),
            lambda: counts_of(
                columns.articles, self._mask(without=without), len(columns.article_ids)
            ),
        )
        return counts

    def _by_type(self) -> Numbers:
        columns = self._columns
        counts: Numbers = columns.remembered(
            ("types", parts_of(self.wanted, without="types")),
            lambda: counts_of(columns.types, self._mask(without="types"), len(columns.type_names)),
        )
        return counts

    def coverage(self) -> Coverage:
        """Return how much is shown, and what it rests on."""
        columns = self._columns
        mask = self._mask()
        articles = np.flatnonzero(self._by_article())
        sources = np.unique(columns.article_source[articles]) if len(articles) else articles
        latest = int(columns.article_day[articles].max(initial=UNDATED))
        return Coverage(
            shown=int(np.count_nonzero(mask)),
            total=len(columns),
            unplaced=int(np.count_nonzero(mask & ~columns.is_placed)),
            reports=int((columns.article_dataset[articles] == 0).sum()),
            datasets=int((columns.article_dataset[articles] > 0).sum()),
            sources=int((sources > 0).sum()),
            latest=date.fromordinal(latest) if latest != UNDATED else None,
        )

    def actors(self, also: Iterable[str] = ()) -> tuple[ActorCount, ...]:
        """Return the actors with most events, and those of `also`, by country and sector."""
        counts = {
            actor_id: (either, source, target)
            for actor_id, either, source, target in self._columns.actor_counts(
                self._mask(without="actors")
            )
        }
        most = sorted(counts, key=lambda actor_id: (-counts[actor_id][0], actor_id))
        offered = {actor_id for actor_id in most[:MOST_ACTORS] if counts[actor_id][0]} | set(also)
        offered |= {group for actor_id in offered for group in with_groups(actor_id)}
        named = self.store.actor_names(offered)
        found = {}
        for actor_id in offered:
            either, source, target = counts.get(actor_id, (0, 0, 0))
            found[actor_id] = ActorCount(
                actor_id=actor_id,
                name=actor_name(actor_id)
                or named.get(actor_id)
                or group_name(actor_id)
                or actor_id,
                count=either,
                as_source=source,
                as_target=target,
                group=country_of(actor_id),
            )
        return grouped(found)

    def types(self) -> dict[str, int]:
        """Return each event type with its number of events, most first."""
        found = dict(zip(self._columns.type_names, self._by_type().tolist(), strict=True))
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def quad_classes(self) -> dict[str, int]:
        """Return each quad class with its number of events."""
        found: defaultdict[str, int] = defaultdict(int)
        known = event_types()
        for name, count in self.types().items():
            if name in known:
                found[known[name].quad_class] += count
        return dict(found)

    def datasets(self) -> dict[str, int]:
        """Return each data set, and OWN, with its number of events."""
        return self._by_dataset(self._by_article(without="datasets"))

    def compared(self) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
        """Return by the family of the act, and by the year, how many events each data set holds."""
        columns = self._columns
        mask = self._mask(without="datasets")
        families: defaultdict[str, list[int]] = defaultdict(list)
        known = event_types()
        for number, name in enumerate(columns.type_names):
            families[known[name].family if name in known else name].append(number)
        by_family = {
            family: self._in_datasets(mask & np.isin(columns.types, numbers))
            for family, numbers in sorted(families.items())
        }
        dated = mask & (columns.earliest != UNDATED)
        years = sorted({date.fromordinal(day).year for day in np.unique(columns.earliest[dated])})
        by_year = {}
        for year in years:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            inside = dated & (columns.earliest >= first) & (columns.earliest <= last)
            by_year[f"{year}"] = self._in_datasets(inside)
        return by_family, by_year

    def places(self) -> dict[str, int]:
        """Return the countries with events and the places with most, with their numbers of events.

        Countries stand first, as their codes, then divisions and all other places as their ids;
        those that are asked for are among them.
        """
        columns = self._columns
        offered: _Offered = columns.kept("places offered", lambda: _offered(columns))
        kept = self._mask(without="places").take(offered.events)
        parts = np.split(kept, offered.start[1:])
        found = {one: int(part.sum()) for one, part in zip(offered.ids, parts, strict=False)}
        asked = [place_id for place_id in self.wanted.places if place_id not in found]
        if asked:
            mask = self._mask(without="places")
            for place_id in asked:
                at = self._columns.events_at(self._columns.marks_in((place_id,)))
                found[place_id] = int(mask[at].sum())
        known = countries()
        return dict(sorted(found.items(), key=lambda one: (one[0] not in known, -one[1], one[0])))

    def _in_datasets(self, mask: Mask) -> dict[str, int]:
        columns = self._columns
        return self._by_dataset(counts_of(columns.articles, mask, len(columns.article_ids)))

    def _by_dataset(self, by_article: Numbers) -> dict[str, int]:
        columns = self._columns
        counts = np.bincount(
            columns.article_dataset, weights=by_article, minlength=len(columns.dataset_ids)
        )
        return dict(zip(columns.dataset_ids, counts.astype(np.int64).tolist(), strict=True))

    def sources(self) -> dict[str, int]:
        """Return the named sources with most events, most first."""
        columns = self._columns
        by_article = self._by_article(without="sources")
        counts = np.bincount(
            columns.article_source, weights=by_article, minlength=len(columns.source_names)
        )
        most = [n for n in np.argsort(-counts, kind="stable").tolist() if n and counts[n]]
        return {columns.source_names[n]: int(counts[n]) for n in most[:MOST_SOURCES]}


def _offered(columns: EventColumns) -> _Offered:
    """Return the countries, the divisions and the places that have most events of all."""
    sizes = np.bincount(columns.place_mark, minlength=len(columns.mark_ids))
    by_country, by_division, by_place = Counter[str](), Counter[str](), Counter[str]()
    for number, size in enumerate(sizes.tolist()):
        for code in columns.mark_countries[number].split():
            by_country[code] += size
        by_division[f"adm1:{columns.mark_divisions[number]}"] += size
        by_place[as_asked(columns.place_ids[number])] += size
    del by_division["adm1:"]
    most = [
        *(code for code, _ in by_country.most_common(MOST_COUNTRIES)),
        *(place for place, _ in by_division.most_common(MOST_DIVISIONS)),
        *(place for place, _ in by_place.most_common(MOST_PLACES)),
    ]
    ids = tuple(dict.fromkeys(most))
    found = [columns.events_at(columns.marks_in((place_id,))) for place_id in ids]
    return _Offered(
        ids=ids,
        start=np.cumsum([0, *map(len, found[:-1])]),
        events=np.concatenate(found) if found else np.zeros(0, np.int32),
    )
