"""The way in for whatever somebody names: files, folders, archives, feeds, lists, addresses."""

from __future__ import annotations

import io
import os
import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.bulk import (
    Coder,
    Document,
    Failure,
    OwnCoder,
    ProcessCoder,
    add_documents,
    recode_articles,
)
from dashboard.errors import FetchError
from dashboard.feeds import FeedEntry, is_feed, read_feed
from dashboard.fetching import Fetched, Fetcher, the_fetcher
from dashboard.pipeline import Addition, code_one_of_many
from dashboard.readers import MAX_BYTES
from dashboard.readers.collections import Part, is_collection, parts_of
from dashboard.readers.encoding import charset_of
from dashboard.readers.reading import Sent

if TYPE_CHECKING:
    from datetime import date

    from dashboard.store import EventStore
    from gazetteer.cache import GazetteerCache
    from gazetteer.online import Geocoder
    from gazetteer.store import PlaceStore

LIST_BYTES = 5_000_000
"""Largest text file that is looked into for being a list of addresses and files."""

SETTLED_SECONDS = 2.0
"""A file of a watched folder is read when nobody has written to it for so long."""

TRIED_AGAIN_SECONDS = 86_400.0
"""For how long what a feed announces and could not be had is asked for again."""

RATE_SECONDS = 60.0
"""The rate is that of the last minute of work."""

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
"""How an address begins; the fetcher refuses what is not one of the web."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody says of all that comes in; it beats what the documents say."""

    published: date | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    encoding: str | None = None


@dataclass(kw_only=True)
class Tally:
    """How far a long job is: counts, rate and the time that is left.

    What is known already passes a hundred times as fast as what is new, so the rate is that of
    all else, and the time left what it would take if nothing more were known.
    """

    total: int | None = None
    """None: nobody knows how many there are."""
    clock: Callable[[], float] = time.monotonic
    done: int = 0
    added: int = 0
    known: int = 0
    failed: int = 0

    def __post_init__(self) -> None:
        self._last = self.clock()
        self._worked_seconds = 0.0
        self._marks = deque([(0.0, 0)])

    def count(self, outcome: Addition | Failure) -> None:
        """Count what came of one document."""
        self.done += 1
        now = self.clock()
        seconds, self._last = now - self._last, now
        if isinstance(outcome, Failure):
            self.failed += 1
        elif outcome.is_new:
            self.added += 1
        else:
            self.known += 1
            return
        self._worked_seconds += seconds
        self._marks.append((self._worked_seconds, self.added + self.failed))
        while len(self._marks) > 2 and self._worked_seconds - self._marks[1][0] > RATE_SECONDS:
            self._marks.popleft()

    @property
    def fraction(self) -> float:
        """Return the share of the work that is done; 0 when nobody knows."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    @property
    def in_words(self) -> str:
        """Return how far it is, at what rate, and how long it will take."""
        since, before = self._marks[0]
        seconds = self._worked_seconds + self.clock() - self._last - since
        rate = (self.added + self.failed - before) / max(seconds, 1e-9)
        of = f" of {self.total:,}" if self.total else ""
        parts = [f"{self.done:,}{of}"]
        if self.known:
            parts.append(f"{self.known:,} known already")
        if rate:
            parts.append(f"{rate:.1f} a second" if rate >= 1 else f"{rate * 60:.0f} a minute")
        if self.total and rate:
            parts.append(f"{in_words((self.total - self.done) / rate)} left")
        if self.failed:
            parts.append(f"{self.failed:,} could not be read")
        return " · ".join(parts)


def documents_of(
    where: str, event_store: EventStore, fetcher: Fetcher | None = None, given: Given | None = None
) -> Iterator[Document]:
    """Yield what an address, a folder, a list or a file holds, one document after the other.

    What cannot be opened is a document that says so when it is read.
    """
    return _as_said(where, given, _documents(where, event_store, fetcher or the_fetcher()))


def documents_at(
    url: str, event_store: EventStore, fetcher: Fetcher | None = None
) -> Iterator[Document]:
    """Yield what a page or a feed holds that was not read before, leaving no trace in the store.

    What is only looked at stays news for the feed's next reading.
    """
    return _as_said(url, None, _address(url, event_store, fetcher or the_fetcher(), keeps=False))


def documents_in(name: str, data: bytes) -> Iterator[Document]:
    """Yield the documents of a file that is in memory: itself, or what it holds."""
    if not is_collection(name, data[:4]):
        yield Document(name=name, read=lambda: data)
        return
    try:
        for part in parts_of(name, io.BytesIO(data)):
            yield replace(_of_part(part), origin=name)
    except (OSError, ValueError) as error:
        yield _failing(name, error)


def _as_said(where: str, given: Given | None, documents: Iterable[Document]) -> Iterator[Document]:
    said = given or Given()
    for document in documents:
        yield replace(
            document,
            origin=where,
            published=said.published or document.published,
            source=said.source or document.source,
            url=said.url or document.url,
            language=said.language or document.language,
            encoding=said.encoding,
        )


def count_of(places: Iterable[str]) -> int | None:
    """Return how many documents these places hold, where that is quickly known, else None."""
    total = 0
    for where in places:
        path = Path(where)
        if _is_address(where):
            return None
        if where == "-" or not path.exists():
            total += 1
        elif path.is_dir():
            total += sum(1 for _ in _files_in(path))
        elif is_collection(path.name, _head(path)):
            return None
        else:
            listed = _listed(path)
            total += len(listed) if listed else 1
    return total


def add_from(
    places: Iterable[str],
    event_store: EventStore,
    place_store: PlaceStore,
    cache: GazetteerCache | None = None,
    *,
    geocoder: Geocoder | None = None,
    workers: int = 1,
    given: Given | None = None,
    fetcher: Fetcher | None = None,
    standard_input: Callable[[], bytes] | None = None,
) -> Iterator[Addition | Failure]:
    """Add all that is found at `places`, and tell what came of each document, in order.

    "-" is what `standard_input` gives.
    """
    documents = (
        document
        for where in places
        for document in (
            _input(standard_input, given or Given())
            if where == "-" and standard_input
            else documents_of(where, event_store, fetcher, given)
        )
    )
    with _coding(workers, place_store, cache, geocoder) as (coder, at_once):
        yield from add_documents(documents, event_store, coder, at_once=at_once)


@contextmanager
def _coding(
    workers: int,
    place_store: PlaceStore,
    cache: GazetteerCache | None,
    geocoder: Geocoder | None,
) -> Iterator[tuple[Coder, int]]:
    """Give what codes articles, and how many it takes at once."""
    if workers == 1:
        code = partial(code_one_of_many, place_store=place_store, cache=cache, geocoder=geocoder)
        yield OwnCoder(code), 1
        return
    with ProcessCoder(workers) as coder:
        # Twice as many as can be coded at once: no process waits while one is read or kept.
        yield coder, 2 * workers


def _input(read: Callable[[], bytes], given: Given) -> Iterator[Document]:
    yield Document(
        name="the standard input",
        read=read,
        published=given.published,
        source=given.source,
        url=given.url,
        language=given.language,
        encoding=given.encoding,
    )


def watch_folder(
    folder: Path,
    event_store: EventStore,
    place_store: PlaceStore,
    cache: GazetteerCache | None = None,
    *,
    every_seconds: float,
    geocoder: Geocoder | None = None,
    workers: int = 1,
    given: Given | None = None,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], float] = time.time,
) -> Iterator[Addition | Failure]:
    """Add what lies in a folder and whatever is put into it later, until it is stopped."""
    seen: dict[Path, _Mark] = {}
    with _coding(workers, place_store, cache, geocoder) as (coder, at_once):
        while True:
            for path in _files_in(folder):
                mark = _settled_mark(path, now())
                if mark is None or seen.get(path) == mark:
                    continue
                seen[path] = mark
                found = _as_said(str(folder), given, _file(path))
                yield from add_documents(found, event_store, coder, at_once=at_once)
            sleep(every_seconds)


_Mark = tuple[int, int]
"""When a file was last written to, in nanoseconds, and its size."""


def _settled_mark(path: Path, now: float) -> _Mark | None:
    """Return the mark of a file that nobody writes to; None too when it is gone meanwhile."""
    try:
        state = path.stat()
    except OSError:
        return None
    # A copy may be given the times of its original; when it was written last tells the latter.
    written = max(state.st_mtime, state.st_ctime)
    return None if now - written < SETTLED_SECONDS else (state.st_mtime_ns, state.st_size)


def articles_to_code(event_store: EventStore) -> tuple[str, ...]:
    """Return the ids of all kept articles that are coded; near-copies follow their originals."""
    copies = event_store.intake.copies()
    kept = (article.article_id for article in event_store.articles())
    return tuple(article_id for article_id in kept if article_id not in copies)


def recode_all(
    article_ids: Sequence[str],
    event_store: EventStore,
    place_store: PlaceStore,
    cache: GazetteerCache | None = None,
    *,
    geocoder: Geocoder | None = None,
    workers: int = 1,
) -> Iterator[Addition | Failure]:
    """Code kept articles (`articles_to_code`) anew, and tell what came of each."""
    with _coding(workers, place_store, cache, geocoder) as (coder, at_once):
        yield from recode_articles(article_ids, event_store, coder, at_once=at_once)


def _documents(where: str, event_store: EventStore, fetcher: Fetcher) -> Iterator[Document]:
    if _is_address(where):
        return _address(where, event_store, fetcher)
    path = Path(where)
    if path.is_dir():
        return (document for file in _files_in(path) for document in _file(file))
    listed = _listed(path) if path.is_file() else ()
    if listed:
        return (document for line in listed for document in _documents(line, event_store, fetcher))
    return _file(path)


def _file(path: Path) -> Iterator[Document]:
    """Yield the articles of a file; a problem with the whole of it is its one document."""
    name = str(path)
    try:
        if not is_collection(path.name, _head(path)):
            yield Document(name=name, read=partial(_bytes_of, path))
            return
        with path.open("rb") as file:
            for part in parts_of(name, file):
                yield _of_part(part)
    except (OSError, ValueError) as error:
        yield _failing(name, error)


def _of_part(part: Part) -> Document:
    # A part is read before the next is asked for.
    return Document(name=part.name, read=part.read, url=part.url)


def _bytes_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _address(
    url: str, event_store: EventStore, fetcher: Fetcher, *, keeps: bool = True
) -> Iterator[Document]:
    intake = event_store.intake
    since = datetime.now(UTC) - timedelta(seconds=TRIED_AGAIN_SECONDS)
    # The server would say that nothing is new: what failed of it would never be asked again.
    failing = intake.failing(url, since=since)
    asks_anew = not keeps or any(failing.values())
    etag, modified = (None, None) if asks_anew else intake.feed_state(url)
    try:
        found = fetcher.fetch(url, etag=etag, modified=modified)
    except FetchError as error:
        yield _failing(url, error)
        return
    if found.is_unchanged:
        return
    if not is_feed(found.data):
        yield from _fetched(found)
        return
    try:
        feed = read_feed(found.url, found.data, found.content_type)
    except ValueError as error:
        yield _failing(url, error)
        return
    known = {entry.url for entry in intake.read_of(url)}
    known |= {name for name, is_new in failing.items() if not is_new}
    for entry in feed.entries:
        if entry.url and entry.url in known:
            continue
        yield Document(
            name=entry.url or entry.title or url,
            read=partial(_entry_read, entry, fetcher),
            announced=entry.published,
            source=feed.title or None,
            url=entry.url,
            is_entry=True,
        )
    # Only now: what an interruption left out is in the feed's next answer too.
    if keeps:
        intake.keep_feed(url, found.etag, found.modified)


def _entry_read(entry: FeedEntry, fetcher: Fetcher) -> bytes | Sent:
    """Return the page that an entry announces, or what the feed itself has of it, as a page."""
    if entry.content is None and entry.url is not None:
        return _sent(fetcher.fetch(entry.url))
    title, author = escape(entry.title), escape(entry.author or "")
    head = f'<title>{title}</title><meta name="author" content="{author}">'
    page = f"<!doctype html><head>{head}</head><body><article>{entry.content or ''}</article>"
    return page.encode("utf-8", "replace")


def _fetched(found: Fetched) -> Iterator[Document]:
    if is_collection(found.url, found.data[:4]):
        yield from documents_in(found.url, found.data)
    else:
        yield Document(name=found.url, read=partial(_sent, found), url=found.url)


def _sent(found: Fetched) -> Sent:
    return Sent(data=found.data, charset=charset_of(found.content_type))


def _failing(name: str, error: Exception) -> Document:
    def read() -> bytes:
        raise error

    return Document(name=name, read=read)


def _listed(path: Path) -> list[str]:
    """Return the addresses and files that a text file lists; none when it is anything else."""
    if path.suffix.lower() not in {".txt", ".list", ".urls"} or path.stat().st_size > LIST_BYTES:
        return []
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    lines = [line.strip() for line in text.splitlines()]
    wanted = [line for line in lines if line and not line.startswith("#")]
    hits = sum(_is_address(line) or _is_there(line, path) for line in wanted)
    # A line of it that is mistyped is told when it is read, and makes no article of the list.
    is_list = hits > len(wanted) / 2
    if not is_list:
        return []
    return [line if _is_address(line) else str(path.parent / line) for line in wanted]


def _is_address(line: str) -> bool:
    return bool(_ADDRESS.match(line))


def _is_there(line: str, beside: Path) -> bool:
    try:
        return (beside.parent / line).exists()
    except (OSError, ValueError):
        return False


def _files_in(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith((".", "~$")):
                yield Path(root) / name


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def in_words(seconds: float) -> str:
    """Return how long something takes, in a reader's words."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.1f} h"
