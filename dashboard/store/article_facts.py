"""What a shared map needs to know of articles beside their events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from dashboard.articles import is_of_text
from dashboard.store import schema

MOST_PARAMETERS = 1000
"""Values of one statement: each database has a limit, the lowest of them far above this."""

_OPENING = 1000
"""Characters of a text that its title is compared with."""


class ArticleFacts(NamedTuple):
    """What it needs to know of one."""

    characters: int
    added_on: date
    has_own_title: bool
    """Its title is more than the first words of its text."""


def article_facts(connection: Connection, article_ids: Iterable[str]) -> dict[str, ArticleFacts]:
    """Return what is known of those of the articles that are in the store."""
    wanted = sorted(set(article_ids))
    query = select(
        schema.articles.c.article_id,
        func.length(schema.articles.c.text).label("characters"),
        schema.articles.c.added_on,
        schema.articles.c.title,
        func.substr(schema.articles.c.text, 1, _OPENING).label("opening"),
    )
    found: dict[str, ArticleFacts] = {}
    for start in range(0, len(wanted), MOST_PARAMETERS):
        some = wanted[start : start + MOST_PARAMETERS]
        for row in connection.execute(query.where(schema.articles.c.article_id.in_(some))):
            found[row.article_id] = ArticleFacts(
                row.characters, row.added_on, not is_of_text(row.title, row.opening)
            )
    return found
