"""Documents by the thousand: read, coded and kept one after the other, what fails told."""

from __future__ import annotations

import hashlib
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

from dashboard.articles import Article
from dashboard.errors import DatelineError, NotStoredError
from dashboard.near_copies import SIMILAR, signature_of, similarity
from dashboard.pipeline import (
    Addition,
    CodedArticle,
    Progress,
    addition_of,
    code_article,
    code_one_of_many,
    keep_anew,
    say_nothing,
)
from dashboard.readers import read_article
from dashboard.readers.reading import Reading, Sent
from dashboard.store.intake import Retrieval
from dashboard.workers import end_with_parent
from gazetteer.errors import GazetteerError

if TYPE_CHECKING:
    from datetime import date

    from dashboard.store import EventStore
    from gazetteer.cache import GazetteerCache
    from gazetteer.online import Geocoder
    from gazetteer.store import PlaceStore

SAMPLES = Path(__file__).parent / "data" / "samples"
"""Briefs written for Dateline; they come in as any text file does."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Something to be read, and what is known of it before; what is known beats what it says."""

    name: str
    read: Callable[[], bytes | Sent | Reading | Article]
    """Raises whatever keeps it from being read. An article is one that a person looked at."""
    raw: bytes | None = None
    """The bytes that such an article was read from."""
    origin: str | None = None
    """What was asked to be added: a folder, a feed; None: the document itself."""
    is_entry: bool = False
    """It stands in a feed, its origin."""
    published: date | None = None
    announced: date | None = None
    """The day that a feed gives; what the document says of itself beats it."""
    source: str | None = None
    url: str | None = None
    language: str | None = None
    encoding: str | None = None
    """What its bytes are read by, when they are no UTF-8 and whoever sent them names none."""

    def article(self, data: bytes | Sent | Reading) -> Article:
        """Return the article that is read from what `read` gave.

        Raises: UnreadableInputError, in words that say what to do.
        """
        if isinstance(data, bytes) and self.encoding:
            data = Sent(data=data, charset=self.encoding)
        return read_article(
            self.name,
            data,
            published=self.published,
            announced=self.announced,
            source=self.source,
            url=self.url,
            language=self.language,
        )


class Coder(Protocol):
    """Codes articles, here or in other processes."""

    def submit(self, article: Article, /) -> Future[CodedArticle]:
        """Begin to code an article."""
        ...


def add_documents(
    documents: Iterable[Document],
    event_store: EventStore,
    coder: Coder,
    *,
    at_once: int = 1,
) -> Iterator[Addition | Failure]:
    """Read, code and keep documents one after the other, and tell what came of each in order.

    What fails is told and kept as a failure, and stops no other. Each article is kept as soon
    as it is coded, so that an interruption loses none, and what was read before is not read
    again. At most `at_once` documents are held in memory. A near-copy of an article is kept,
    with the events of that article as further reports, without being coded.
    """
    waiting: deque[_Begun] = deque()
    for document in documents:
        waiting.append(_begin(document, event_store, coder, waiting))
        if len(waiting) >= at_once:
            yield _finish(waiting.popleft(), event_store)
    while waiting:
        yield _finish(waiting.popleft(), event_store)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun:
    """A document on its way."""

    document: Document
    retrieved_at: datetime
    sha256: str | None = None
    raw: bytes | None = None
    article: Article | None = None
    signature: bytes | None = None
    coded: Future[CodedArticle] | None = None
    """None: it is there already, or it is a near-copy."""
    known_id: str | None = None
    copy_of: str | None = None
    error: Exception | None = None


def _begin(
    document: Document, event_store: EventStore, coder: Coder, waiting: Iterable[_Begun]
) -> _Begun:
    begun = _Begun(document=document, retrieved_at=datetime.now(UTC))
    try:
        data = document.read()
        raw = document.raw if document.raw is not None else bytes_of(data)
        sha256 = hashlib.sha256(raw).hexdigest()
        begun = replace(begun, raw=raw, sha256=sha256)
        if isinstance(data, Article):
            article = data
        else:
            known_id = event_store.intake.article_of(sha256)
            if known_id and event_store.has(known_id):
                return replace(begun, known_id=known_id, raw=None)
            article = document.article(data)
        signature = signature_of(article.text)
        begun = replace(begun, article=article, signature=signature)
        on_their_way = [each.article for each in waiting if each.article]
        is_there = event_store.has(article.article_id) or article.article_id in {
            each.article_id for each in on_their_way
        }
        if is_there:
            return replace(begun, known_id=article.article_id)
        original = _original_of(article, signature, event_store, waiting)
        if original:
            return replace(begun, copy_of=original)
        return replace(begun, coded=coder.submit(article))
    except Exception as error:  # noqa: BLE001  # whatever one document does, the others come in
        return replace(begun, error=error)


def bytes_of(data: bytes | Sent | Reading | Article) -> bytes:
    """Return the bytes that were read; of what gives only a text, those of the text."""
    match data:
        case bytes():
            return data
        case Sent():
            return data.data
        case _:
            return data.text.encode("utf-8", "surrogatepass")


def _original_of(
    article: Article,
    signature: bytes | None,
    event_store: EventStore,
    waiting: Iterable[_Begun],
) -> str | None:
    if signature is None:
        return None
    for each in waiting:
        is_other = each.coded and each.article and each.article.url != article.url
        if is_other and each.signature and similarity(signature, each.signature) >= SIMILAR:
            return each.article.article_id if each.article else None
    original = event_store.intake.original_of(signature)
    # A page that was changed a little is a new version of itself, not somebody's copy.
    if original and article.url and event_store.summary(original).url == article.url:
        return None
    return original


def _finish(begun: _Begun, event_store: EventStore) -> Addition | Failure:
    name = begun.document.name
    try:
        if begun.error:
            raise begun.error  # noqa: TRY301  # as a failure to code is
        addition = _keep(begun, event_store)
    except Exception as error:  # noqa: BLE001  # whatever one document does, the others come in
        problem = problem_with(name, error)
        event_store.intake.keep(_retrieval(begun, None, problem))
        return Failure(name=name, problem=problem)
    is_known = not addition.is_new and begun.raw is None
    if not is_known:
        raw = begun.raw
        event_store.intake.keep(_retrieval(begun, addition.article_id, None), raw)
    if begun.document.is_entry and begun.document.origin:
        event_store.intake.know_feed(begun.document.origin)
    return addition


def _keep(begun: _Begun, event_store: EventStore) -> Addition:
    if begun.known_id:
        known = event_store.article(begun.known_id)
        return addition_of(known, event_store.events_of(begun.known_id), is_new=False)
    article = begun.article
    assert article is not None  # noqa: S101  # it was read, or the error was told
    before = (
        event_store.intake.earlier_version(article.url, article.article_id)
        if (article.url)
        else None
    )
    if begun.copy_of:
        found = event_store.add_copy(article, begun.copy_of, version_of=before)
        title = event_store.summary(begun.copy_of).title
        note = f"It is nearly the same text as “{title}”, and was not coded anew."
        return addition_of(article, found, is_new=True, problems=(note,))
    assert begun.coded is not None  # noqa: S101  # neither known nor a copy
    coded = begun.coded.result()
    is_new = event_store.add(
        article, coded.geoparse, coded.events, version_of=before, signature=begun.signature
    )
    return addition_of(article, coded.events, is_new=is_new, problems=coded.geoparse.problems)


def _retrieval(begun: _Begun, article_id: str | None, problem: str | None) -> Retrieval:
    document = begun.document
    return Retrieval(
        origin=document.origin or document.name,
        name=document.name,
        url=document.url or (begun.article.url if begun.article else None),
        retrieved_at=begun.retrieved_at,
        sha256=begun.sha256,
        article_id=article_id,
        problem=problem,
    )


def recode_articles(
    article_ids: Iterable[str], event_store: EventStore, coder: Coder, *, at_once: int = 1
) -> Iterator[Addition | Failure]:
    """Code kept articles anew, and tell in order what came of each.

    At most `at_once` articles are held in memory; one that fails stays as it was.
    """
    waiting: deque[tuple[Article, Future[CodedArticle]]] = deque()
    for article_id in article_ids:
        try:
            article = event_store.article(article_id)
        except NotStoredError as error:  # removed since the ids were read
            yield Failure(name=article_id, problem=str(error))
            continue
        waiting.append((article, coder.submit(article)))
        if len(waiting) >= at_once:
            yield _recoded(*waiting.popleft(), event_store)
    while waiting:
        yield _recoded(*waiting.popleft(), event_store)


def _recoded(
    article: Article, coded: Future[CodedArticle], event_store: EventStore
) -> Addition | Failure:
    try:
        return keep_anew(coded.result(), event_store)
    except Exception as error:  # noqa: BLE001  # one article does not stop the others
        return Failure(name=article.title, problem=problem_with(article.title, error))


class OwnCoder:
    """Codes in this process, when it is asked to."""

    def __init__(self, code: Callable[[Article], CodedArticle]) -> None:
        self._code = code

    def submit(self, article: Article, /) -> Future[CodedArticle]:
        """Code an article at once."""
        future: Future[CodedArticle] = Future()
        try:
            future.set_result(self._code(article))
        except Exception as error:  # noqa: BLE001  # the one who asks for the result meets it
            future.set_exception(error)
        return future


class ProcessCoder:
    """Codes in several processes of its own, each with its own language pipeline."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool = self._opened()

    def _opened(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._workers, mp_context=get_context("spawn"), initializer=_open_worker
        )

    def submit(self, article: Article, /) -> Future[CodedArticle]:
        """Begin to code an article in the next free process.

        A process that is killed takes with it what is on its way; the next article has new ones.
        """
        try:
            return self._pool.submit(_code_in_worker, article)
        except BrokenProcessPool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = self._opened()
            return self._pool.submit(_code_in_worker, article)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)


_worker: dict[str, Any] = {}
"""What a worker process opened once."""


def _open_worker() -> None:
    end_with_parent()
    # Ctrl-C reaches every process of a terminal; the one that asked says when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from gazetteer.build import open_place_store
    from gazetteer.cache import GazetteerCache
    from gazetteer.online import geocoder_from_environment

    cache = GazetteerCache()
    _worker["place_store"] = open_place_store().with_added(cache)
    _worker["cache"] = cache
    _worker["geocoder"] = geocoder_from_environment()


def _code_in_worker(article: Article) -> CodedArticle:
    return code_one_of_many(article, **_worker)


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
    """Read, code and keep a few inputs; one that fails is reported and stops no other.

    Each input is a name and a function that gives its bytes. `language` is an ISO 639-1
    code; without it, the language of each is guessed.
    """
    tell = progress or say_nothing
    waiting = list(inputs)
    done = 0

    def code(article: Article) -> CodedArticle:
        part = _part_of(tell, waiting[done][0], done, len(waiting))
        return code_article(
            article, place_store=place_store, cache=cache, geocoder=geocoder, progress=part
        )

    documents = (
        Document(
            name=name,
            read=read,
            published=published,
            source=source,
            url=url,
            language=language,
        )
        for name, read in waiting
    )
    additions: list[Addition] = []
    failures: list[Failure] = []
    for outcome in add_documents(documents, event_store, OwnCoder(code)):
        done += 1
        if isinstance(outcome, Failure):
            failures.append(outcome)
        else:
            additions.append(outcome)
    tell("Done", 1.0)
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


def _part_of(tell: Progress, name: str, done: int, of: int) -> Progress:
    def tell_part(stage: str, fraction: float) -> None:
        tell(stage if of == 1 else f"{name}: {stage.lower()}", (done + fraction) / of)

    return tell_part
