"""From an article to its events in the store: read, geoparse, code, keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.articles import Article, ArticleSummary
from dashboard.errors import DatelineError
from dashboard.events import Event, EventReport
from dashboard.readers import read_article
from gazetteer.errors import GazetteerError

if TYPE_CHECKING:
    from datetime import date

    from dashboard.store import EventStore
    from gazetteer.cache import GazetteerCache
    from gazetteer.online import Geocoder
    from gazetteer.store import PlaceStore
    from gazetteer.toponyms import Geoparse

SAMPLES = Path(__file__).parent / "data" / "samples"
"""Briefs written for Dateline; they come in as any text file does."""

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
        noun = "event" if self.events == 1 else "events"
        added = f"“{self.title}”: {self.events} {noun}, {self.placed} with a place."
        return " ".join((added, *self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An input that could not be added, and why."""

    name: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionReport:
    """What came of adding several inputs."""

    additions: tuple[Addition, ...]
    failures: tuple[Failure, ...]


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
    tell = progress or _say_nothing
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
    tell = progress or _say_nothing
    if event_store.has(article.article_id):
        return _addition(article, event_store.events_of(article.article_id), is_new=False)
    coded = code_article(
        article, place_store=place_store, cache=cache, geocoder=geocoder, progress=tell
    )
    tell("Keeping the events", 0.95)
    is_new = event_store.add(article, coded.geoparse, coded.events)
    tell("Done", 1.0)
    return _addition(article, coded.events, is_new=is_new, problems=coded.geoparse.problems)


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

    Raises: NotStoredError when the article is not in the store.
    """
    article = event_store.article(article_id)
    coded = code_article(
        article,
        place_store=place_store,
        cache=cache,
        geocoder=geocoder,
        context=context,
        progress=progress,
    )
    event_store.replace_findings(article, coded.geoparse, coded.events)
    return _addition(article, coded.events, is_new=True, problems=coded.geoparse.problems)


def add_all(
    inputs: Iterable[tuple[str, Callable[[], bytes]]],
    event_store: EventStore,
    place_store: PlaceStore,
    cache: GazetteerCache | None = None,
    *,
    geocoder: Geocoder | None = None,
    published: date | None = None,
    source: str | None = None,
    url: str | None = None,
    language: str | None = None,
    progress: Progress | None = None,
) -> AdditionReport:
    """Read, code and keep several inputs; one that fails is reported and stops no other.

    Each input is a name and a function that gives its bytes. `language` is an ISO 639-1
    code; without it, the language of each is guessed.
    """
    tell = progress or _say_nothing
    waiting = list(inputs)
    additions: list[Addition] = []
    failures: list[Failure] = []
    for done, (name, read) in enumerate(waiting):
        try:
            article = read_article(
                name, read(), published=published, source=source, url=url, language=language
            )
            addition = add_article(
                article,
                event_store,
                place_store,
                cache,
                geocoder=geocoder,
                progress=_part_of(tell, name, done, len(waiting)),
            )
        except Exception as error:  # noqa: BLE001  # whatever one input does, the others come in
            failures.append(Failure(name=name, problem=problem_with(name, error)))
        else:
            additions.append(addition)
    return AdditionReport(additions=tuple(additions), failures=tuple(failures))


def add_samples(
    event_store: EventStore,
    place_store: PlaceStore,
    cache: GazetteerCache | None = None,
    *,
    progress: Progress | None = None,
) -> AdditionReport:
    """Add the sample articles to a store that never held any; do nothing to any other."""
    samples = sorted(SAMPLES.glob("*.txt")) if event_store.is_new() else []
    return add_all(
        ((path.stem.replace("-", " "), path.read_bytes) for path in samples),
        event_store,
        place_store,
        cache,
        progress=progress,
    )


def problem_with(name: str, error: Exception) -> str:
    """Return what went wrong with the input `name`, in one line that begins with its name."""
    if isinstance(error, OSError) and error.strerror:
        return f"{name}: {error.strerror}"
    expected = isinstance(error, DatelineError | GazetteerError)
    message = str(error) if expected else f"{type(error).__name__}: {error}"
    return message if message.startswith(f"{name}:") else f"{name}: {message}"


def _addition(
    article: Article, events: tuple[Event, ...], *, is_new: bool, problems: tuple[str, ...] = ()
) -> Addition:
    return Addition(
        article_id=article.article_id,
        title=article.title,
        is_new=is_new,
        events=len(events),
        placed=sum(bool(event.locations) for event in events),
        problems=problems,
    )


def _part_of(tell: Progress, name: str, done: int, of: int) -> Progress:
    def tell_part(stage: str, fraction: float) -> None:
        tell(stage if of == 1 else f"{name}: {stage.lower()}", (done + fraction) / of)

    return tell_part


def _say_nothing(_stage: str, _fraction: float) -> None:
    pass
