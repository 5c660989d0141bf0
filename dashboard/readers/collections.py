"""Files that hold many articles: ZIP, JSON Lines, CSV, mails, web archives (WARC, WACZ)."""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from dashboard.errors import UnreadableInputError
from dashboard.readers.encoding import charset_of, decode, encoding_of
from dashboard.readers.reading import Reading, Sent
from dashboard.readers.rows import UNCLOSED, UNCLOSED_IN_WORDS, delimiter_of, quoted_rows
from dashboard.readers.text import day_in

if TYPE_CHECKING:
    from datetime import date

MAX_ENTRIES = 100_000
"""Most files that an archive may hold."""

MAX_UNPACKED = 4_000_000_000
"""Most bytes that an archive may unpack to."""

MAX_RATIO = 200
"""A file that unpacks to more than so many times its packed size is a bomb; text gains 3 to 10."""

MAX_DEPTH = 2
"""How deep archives may stand in archives."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "fulltext", "full_text", "maintext", "story"),
    "title": ("title", "headline", "heading"),
    "published": (
        "published",
        "date",
        "pubdate",
        "pub_date",
        "published_at",
        "date_publish",
        "publication_date",
        "date_published",
        "published_date",
        "published_on",
        "day",
    ),
    "author": ("author", "byline", "authors", "writer"),
    "source": ("source", "publisher", "outlet", "source_name", "newspaper", "site"),
    "url": ("url", "link", "uri"),
    "language": ("language", "lang"),
}
"""What the columns of a table of articles are called, the likeliest name first."""

_WEB_ARCHIVES = (".warc", ".warc.gz")
_MAILS = (".eml",)
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})
"""What of a web archive holds text."""

_NO_NEWS = ("image/", "audio/", "video/", "font/", "application/pgp-signature",
    "application/pkcs7-signature", "application/x-pkcs7-signature", "text/calendar",
    "text/vcard")  # fmt: skip
"""What comes with mails and holds no report: logos, signatures, invitations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One document of a collection: a file's bytes, or what a row says."""

    name: str
    """The collection's name, then where in it: "news.zip/a.html", "news.csv, row 3"."""
    read: Callable[[], bytes | Sent | Reading]
    """Raises: UnreadableInputError."""
    url: str | None = None
    file_date: date | None = None


def is_collection(name: str, head: bytes) -> bool:
    """Say whether a file, by its name and first bytes, holds many articles."""
    lower = name.lower()
    if lower.endswith((".jsonl", ".ndjson", ".csv", ".tsv", ".wacz", *_WEB_ARCHIVES, *_MAILS)):
        return True
    return head.startswith(b"PK\x03\x04") and not lower.endswith((".docx", ".xlsx", ".epub"))


def parts_of(name: str, file: IO[bytes], *, depth: int = 1) -> Iterator[Part]:
    """Yield what a collection holds, one part after the other, never all at once.

    A part is read when it is asked for, before the next one is taken.

    Raises: UnreadableInputError when the collection itself cannot be read.
    """
    if depth > MAX_DEPTH:
        why = "it lies in an archive in an archive, or a mail in a mail: unpack the outer one first"
        raise UnreadableInputError(name, why)
    lower = name.lower()
    if lower.endswith((".jsonl", ".ndjson")):
        return _json_lines(name, file)
    if lower.endswith((".csv", ".tsv")):
        return _table(name, file)
    if lower.endswith(_WEB_ARCHIVES):
        return _web_archive(name, file)
    if lower.endswith(_MAILS):
        return _mail(name, file, depth)
    return _archive(name, file, depth)


def _archive(name: str, file: IO[bytes], depth: int) -> Iterator[Part]:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableInputError(name, "this ZIP archive is broken") from error
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if any(entry.filename == "word/document.xml" for entry in entries):
        yield Part(name=name, read=lambda: _rest_of(file))
        return
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        raise UnreadableInputError(
            name,
            f"it holds {len(entries):,} files of {unpacked:,} bytes; at most {MAX_ENTRIES:,} "
            f"and {MAX_UNPACKED:,} are read",
        )
    is_web_archive = name.lower().endswith(".wacz")
    for entry in entries:
        inner = f"{name}/{entry.filename}"
        is_warc = entry.filename.lower().endswith(_WEB_ARCHIVES)
        if _is_hidden(entry.filename) or (is_web_archive and not is_warc):
            continue
        if entry.file_size > MAX_RATIO * max(entry.compress_size, 1_000):
            yield _failing(inner, "it unpacks to far more than news text does: not read")
        elif is_warc:
            with archive.open(entry) as packed:
                yield from _web_archive(inner, packed)
        elif entry.filename.lower().endswith(".zip") or is_collection(entry.filename, b""):
            yield from _inner_collection(inner, archive, entry, depth)
        else:
            yield Part(name=inner, read=_entry_reader(inner, archive, entry))


def _inner_collection(
    inner: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int
) -> Iterator[Part]:
    try:
        with archive.open(entry) as packed:
            yield from parts_of(inner, packed, depth=depth + 1)
    except UnreadableInputError as error:
        yield _failing(inner, error.problem)
    except _BROKEN_ENTRY as error:
        yield _failing(inner, f"it cannot be unpacked ({error})")


def _entry_reader(
    inner: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo
) -> Callable[[], bytes]:
    from dashboard.readers import MAX_BYTES

    def read() -> bytes:
        try:
            with archive.open(entry) as packed:
                # The size that an archive states may be a lie.
                return packed.read(MAX_BYTES + 1)
        except _BROKEN_ENTRY as error:
            raise UnreadableInputError(inner, f"it cannot be unpacked ({error})") from error

    return read


_BROKEN_ENTRY = (
    zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError
)  # fmt: skip
"""What a damaged, locked or oddly packed file of an archive raises."""


def _json_lines(name: str, file: IO[bytes]) -> Iterator[Part]:
    for number, line in enumerate(file, start=1):
        where = f"{name}, line {number}"
        if not line.strip():
            continue
        try:
            values = json.loads(decode(line))
        except (ValueError, RecursionError) as error:
            yield _failing(where, f"not JSON ({error})")
            continue
        if isinstance(values, dict):
            yield _row(where, values)
        else:
            yield _failing(where, "not a JSON object")


def _table(name: str, file: IO[bytes]) -> Iterator[Part]:
    # A zip's member cannot be told its end beforehand: the text is read as it comes.
    head = file.read(65_536)
    # Up to the end of a line: no letter is cut in two.
    encoding = encoding_of(head[: head.rfind(b"\n") + 1] or head)
    text = io.TextIOWrapper(
        io.BufferedReader(_Chained(head, file)), encoding=encoding, errors="replace", newline=""
    )
    first = text.readline()
    delimiter = delimiter_of(first)
    columns = next(csv.reader([first], delimiter=delimiter), [])
    if not set(COLUMNS["text"]) & set(map(_key, columns)):
        raise UnreadableInputError(
            name,
            f"none of its columns ({', '.join(columns)[:200]}) is called "
            f"{', '.join(COLUMNS['text'][:4])}: name the one that holds the text so. "
            "A table of events comes in with `dateline import`, or where the app asks "
            "whether it is one",
        )
    for number, (_, cells) in enumerate(quoted_rows(text, delimiter, len(columns)), start=2):
        where = f"{name}, row {number}"
        if cells is UNCLOSED:
            yield _failing(where, UNCLOSED_IN_WORDS)
        else:
            yield _row(where, dict(zip(columns, cells, strict=False)))


def _row(where: str, values: Mapping[Any, Any]) -> Part:
    named = {_key(key): value for key, value in values.items() if isinstance(key, str)}
    found: dict[str, str] = {}
    for field, names in COLUMNS.items():
        value = next((named[each] for each in names if named.get(each)), None)
        if isinstance(value, str):
            found[field] = value
    if not found.get("text", "").strip():
        return _failing(where, f"none of {', '.join(COLUMNS['text'][:4])} holds text")
    reading = Reading(
        text=found["text"],
        title=found.get("title"),
        author=found.get("author"),
        published=day_in(found.get("published", "")),
        source=found.get("source"),
        url=found.get("url"),
        language=found.get("language"),
    )
    return Part(name=where, read=lambda: reading)


def _web_archive(name: str, file: IO[bytes]) -> Iterator[Part]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    from dashboard.readers import MAX_BYTES

    head = file.read(5)
    if not head.startswith((b"\x1f\x8b", b"WARC/")):
        raise UnreadableInputError(name, "this web archive is broken")
    try:
        for record in ArchiveIterator(io.BufferedReader(_Chained(head, file))):
            if record.rec_type is None:
                raise ArchiveLoadFailed("a record without a type")  # noqa: TRY301  # as its others
            headers = record.http_headers
            if record.rec_type != "response" or headers is None:
                continue
            kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
            if headers.get_statuscode() != "200" or kind not in _PAGES:
                continue
            url = record.rec_headers.get_header("WARC-Target-URI")
            data = record.content_stream().read(MAX_BYTES + 1)
            where = f"{name}, {url}"
            if len(data) <= MAX_BYTES and record.raw_stream.limit:
                yield _failing(where, "the web archive ends in the middle of it")
                continue
            sent = Sent(data=data, charset=charset_of(headers.get_header("Content-Type")))
            yield Part(name=where, read=partial(_as_sent, sent), url=url)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        raise UnreadableInputError(name, f"this web archive is broken ({error})") from error


def _as_sent(sent: Sent) -> Sent:
    return sent


def _mail(name: str, file: IO[bytes], depth: int) -> Iterator[Part]:
    """Yield a mail and what is attached to it, each by itself."""
    from dashboard.readers import MAX_BYTES
    from dashboard.readers.mail import attachments_of

    data = file.read(MAX_BYTES + 1)
    attached = attachments_of(data)
    if attached.has_text or not attached.files:
        yield Part(name=name, read=lambda: data)
    for at, (called, kind, inner) in enumerate(attached.files, start=1):
        if kind.startswith(_NO_NEWS):
            continue
        where = f"{name}/{called or f'attachment {at}'}"
        if is_collection(called, inner[:4]):
            try:
                yield from parts_of(where, io.BytesIO(inner), depth=depth + 1)
            except UnreadableInputError as error:
                yield _failing(where, error.problem)
        else:
            yield Part(name=where, read=partial(bytes, inner))


def _failing(name: str, problem: str) -> Part:
    def read() -> bytes:
        raise UnreadableInputError(name, problem)

    return Part(name=name, read=read)


def _rest_of(file: IO[bytes]) -> bytes:
    from dashboard.readers import MAX_BYTES

    file.seek(0)
    return file.read(MAX_BYTES + 1)


def _key(column: str | None) -> str:
    return (column or "").strip().lower().replace(" ", "_").replace("-", "_")


def _is_hidden(path: str) -> bool:
    parts = (part for part in path.split("/") if part not in {".", ".."})
    return any(part.startswith((".", "__MACOSX")) for part in parts)


class _Chained(io.RawIOBase):
    """What was read of a stream already, and then the stream."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  # as io declares it
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)
