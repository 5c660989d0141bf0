"""In which articles an analyst's word answered: what is coded anew once it is taken back."""

from __future__ import annotations

from sqlalchemy import Connection, select

from dashboard.store import schema
from gazetteer.corrections import AddedPlace, ArticleCorrections, Correction


def articles_answered_by(connection: Connection, made: Correction | AddedPlace) -> tuple[str, ...]:
    """Return the ids of the articles a mention in which has its answer from `made`."""
    answers, mentions, articles = schema.resolutions.c, schema.mentions.c, schema.articles.c
    if isinstance(made, AddedPlace):
        of_place = answers.place_id == made.place.place_id
        return tuple(
            connection.execute(select(answers.article_id).where(of_place).distinct()).scalars()
        )
    place_id = made.place.place_id if made.place else None
    query = (
        select(answers.article_id, articles.source, mentions.surface, mentions.start)
        .where(mentions.article_id == answers.article_id, mentions.position == answers.position)
        .where(articles.article_id == answers.article_id)
        .where(answers.method == "analyst", answers.place_id == place_id)
    )
    found = {
        row.article_id: None
        for row in connection.execute(query)
        if ArticleCorrections([made], article_id=row.article_id, source=row.source).of(
            row.surface, row.start
        )
    }
    return tuple(found)
