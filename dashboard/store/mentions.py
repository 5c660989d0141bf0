"""Which article names which place how often, as columns like those of `columns.py`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, func, select

from dashboard.store import schema
from dashboard.store.queries import article_row_of
from dashboard.store.reading import Codes
from dashboard.store.rows import read_resolution
from gazetteer.toponyms import Geoparse

Numbers = NDArray[Any]


class MentionColumns:
    """Every place that an article names, whether an event lies there or not."""

    def __init__(self, connection: Connection) -> None:
        table = schema.resolutions
        query = (
            select(table.c.place_id, table.c.article_id, func.count())
            .where(table.c.place_id.is_not(None))
            .group_by(table.c.place_id, table.c.article_id)
        )
        places, articles = Codes(), Codes()
        rows = [
            (places[place_id], articles[article_id], count)
            for place_id, article_id, count in connection.execute(query)
        ]
        table_of = np.array(rows, np.int32).reshape(-1, 3)
        self.place, self.article, self.count = table_of.T
        self.place_ids = tuple(places)
        self.article_ids = tuple(articles)

    def by_place(self, articles: frozenset[str] | None) -> Numbers:
        """Return how often each place is named, in these articles; None: in all of them."""
        count = self.count
        if articles is not None:
            chosen = np.array([article_id in articles for article_id in self.article_ids], bool)
            count = count * chosen[self.article] if len(count) else count
        counts: Numbers = np.bincount(
            self.place, weights=count, minlength=len(self.place_ids)
        ).astype(np.int64)
        return counts

    def naming(self, place_ids: frozenset[str]) -> dict[str, int]:
        """Return the articles that name one of these places, with how often, most often first."""
        named = np.array([place_id in place_ids for place_id in self.place_ids], bool)
        rows = named[self.place] if len(self.place) else np.zeros(0, bool)
        counts = np.bincount(
            self.article[rows], weights=self.count[rows], minlength=len(self.article_ids)
        ).astype(np.int64)
        order = np.argsort(-counts, kind="stable")
        return {self.article_ids[n]: int(counts[n]) for n in order.tolist() if counts[n]}


def read_geoparse(connection: Connection, article_id: str) -> Geoparse:
    """Return an article's mentions with their candidates, reasons and resolutions.

    Raises: NotStoredError when there is no such article.
    """
    mentions, resolutions = schema.mentions, schema.resolutions
    same = and_(
        mentions.c.article_id == resolutions.c.article_id,
        mentions.c.position == resolutions.c.position,
    )
    query = (
        select(mentions, resolutions.c.method, resolutions.c.candidates)
        .join(resolutions, same)
        .where(mentions.c.article_id == article_id)
        .order_by(mentions.c.position)
    )
    article = article_row_of(connection, article_id)
    rows = connection.execute(query).mappings().all()
    return Geoparse(
        text=article["text"],
        resolutions=tuple(read_resolution(row) for row in rows),
        problems=tuple(article["problems"]),
    )
