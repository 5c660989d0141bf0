"""From an article to its events in the store: read, geoparse, code, keep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.articles import Article, ArticleSummary
from dashboard.counts import counted
from dashboard.events import Event, EventReport

if TYPE_CHECKING:
    from dashboard.store import EventStore
    from gazetteer.cache import GazetteerCache
    from gazetteer.online import Geocoder
    from gazetteer.store import PlaceStore
    from gazetteer.toponyms import Geoparse

Progress = Callable[[str, float], None]
"""Told the stage in a reader's words and how much of the work is done, from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedArticle:
    """An article with all that was found in it."""

    article: Article
    geoparse: Geoparse
    events: tuple[Event, ...]

    def reports(self) -> tuple[EventReport, ...]:
        """Return the events, each with the article that reports it."""
        article = self.article
        summary = ArticleSummary(
            article_id=article.article_id,
            title=article.title,
            published=article.published,
            source=article.source,
            url=article.url,
        )
        return tuple(EventReport(event=event, article=summary) for event in self.events)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What came of adding an article."""

    article_id: str
    title: str
    is_new: bool
    """False: the same text was in the store before, and was left as it was."""
    events: int
    placed: int
    """How many of the events have a place."""
    problems: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """Return what happened, in a reader's words."""
        if not self.is_new:
            return f"“{self.title}” was there already: nothing was added."
        added = f"“{self.title}”: {counted(self.events, 'event')}, {self.placed} with a place."
        return " ".join((added, *self.problems))


def code_article(
    article: Article,
    *,
    place_store: PlaceStore,
    cache: GazetteerCache | None = None,
    geocoder: Geocoder | None = None,
    context: Sequence[str] = (),
    progress: Progress | None = None,
) -> CodedArticle:
    """Return what is found in an article, storing nothing.

    Events are coded in English; of a text in another language the places are found, and
    `Geoparse.problems` says so. `context` holds the codes of countries that it is about,
    where that is known.
    """
    tell = progress or say_nothing
    tell("Loading the language pipeline", 0.0)
    from dashboard.coding import code_events
    from gazetteer.geoparse import geoparse
    from gazetteer.language import load_pipeline, model_name, parse
    from gazetteer.other_languages import DEFAULT_LANGUAGE

    is_english = article.language == DEFAULT_LANGUAGE
    if is_english:
        load_pipeline(model_name())
    tell("Reading the sentences", 0.3)
    doc = parse(article.text) if is_english else None
    tell("Finding the places", 0.6)
    found = geoparse(
        article.text,
        doc=doc,
        store=place_store,
        cache=cache,
        geocoder=geocoder,
        article_id=article.article_id,
        source=article.source,
        context=context,
        language=article.language,
    )
    if doc is None:
        problem = (
            f"It is read as language {article.language!r}: places are found, "
            "events only in English."
        )
        found = replace(found, problems=(*found.problems, problem))
        return CodedArticle(article=article, geoparse=found, events=())
    tell("Coding the events", 0.8)
    return CodedArticle(
        article=article, geoparse=found, events=tuple(code_events(article, found, doc))
    )


def code_one_of_many(
    article: Article,
    *,
    place_store: PlaceStore,
    cache: GazetteerCache | None = None,
    geocoder: Geocoder | None = None,
) -> CodedArticle:
    """Do as `code_article` does and forget the article's words, so that memory does not grow.

    For a process that codes one article after the other, in one thread.
    """
    from gazetteer.language import passing_words

    with passing_words():
        return code_article(article, place_store=place_store, cache=cache, geocoder=geocoder)


def add_article(
    article: Article,
    event_store: EventStore,
    place_store: PlaceStore,
    cache: GazetteerCache | None = None,
    *,
    geocoder: Geocoder | None = None,
    progress: Progress | None = None,
) -> Addition:
    """Code an article, keep it with its events, and return what came of it.

    An article that is there already is neither coded nor changed.
    """
    tell = progress or say_nothing
    if event_store.has(article.article_id):
        return addition_of(article, event_store.events_of(article.article_id), is_new=False)
    coded = code_article(
        article, place_store=place_store, cache=cache, geocoder=geocoder, progress=tell
    )
    tell("Keeping the events", 0.95)
    is_new = event_store.add(article, coded.geoparse, coded.events)
    tell("Done", 1.0)
    return addition_of(article, coded.events, is_new=is_new, problems=coded.geoparse.problems)


def recode_article(
    article_id: str,
    event_store: EventStore,
    place_store: PlaceStore,
    cache: GazetteerCache | None = None,
    *,
    geocoder: Geocoder | None = None,
    context: Sequence[str] = (),
    progress: Progress | None = None,
) -> Addition:
    """Code a kept article anew, with the corrections made since, and keep what is found now.

    Near-copies follow their original; of a near-copy, the original is coded.

    Raises: NotStoredError when the article is not in the store.
    """
    original = event_store.intake.copied_by(article_id)
    article = event_store.article(original or article_id)
    coded = code_article(
        article,
        place_store=place_store,
        cache=cache,
        geocoder=geocoder,
        context=context,
        progress=progress,
    )
    addition = keep_anew(coded, event_store)
    if original:
        copy = event_store.article(article_id)
        return addition_of(copy, event_store.events_of(article_id), is_new=True)
    return addition


def keep_anew(coded: CodedArticle, event_store: EventStore) -> Addition:
    """Keep what was found in a kept article in place of what was found before."""
    article = coded.article
    event_store.replace_findings(article, coded.geoparse, coded.events)
    return addition_of(article, coded.events, is_new=True, problems=coded.geoparse.problems)


def addition_of(
    article: Article, events: tuple[Event, ...], *, is_new: bool, problems: tuple[str, ...] = ()
) -> Addition:
    """Return what came of adding an article with these events."""
    return Addition(
        article_id=article.article_id,
        title=article.title,
        is_new=is_new,
        events=len(events),
        placed=sum(bool(event.locations) for event in events),
        problems=problems,
    )


def say_nothing(_stage: str, _fraction: float) -> None:
    """Take note of nothing: for whoever asks for no progress."""
