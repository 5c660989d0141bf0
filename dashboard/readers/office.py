"""Documents: PDF and Markdown."""

from __future__ import annotations

import io
import logging
import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dashboard.errors import UnreadableInputError
from dashboard.readers.reading import Reading
from dashboard.readers.text import day_in, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_PAGES = 500
"""Pages of a PDF that are read: a report, not a library."""

_NOT_TOLD = frozenset({"", "untitled", "anonymous", "unspecified", "unknown"})

_LINE_LETTERS = 20
_COLUMN_POINTS = 100
_COLUMN_SHARE = 0.2
"""A column begins where so many lines of so many letters do, so far to the right of the last."""

_FULL = 0.8
"""Share of a page's width from which a line is full, given the next word: printed letters differ
in width."""

_BROKEN_WORD = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FRONT_LINE = re.compile(
    r"""^(title|date|published|source|author|url|link)\s*:\s*["']?(.*?)["']?$"""
)


def read_pdf(name: str, data: bytes) -> Reading:
    """Return a PDF's text; its own day of making stands in when the text names none.

    Raises: UnreadableInputError for a locked or broken file, and for pages that are pictures.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        is_locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if is_locked else len(reader.pages)
        read = () if is_locked else reader.pages[:MAX_PAGES]
        text = "\n".join(_paragraphs(_text_of(page)) for page in read)
        told = None if is_locked else reader.metadata
        title, author = (told.title, told.author) if told else (None, None)
        made = told.creation_date if told else None
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, AttributeError) as error:
        raise UnreadableInputError(name, f"this PDF is broken ({error})") from error
    if is_locked:
        raise UnreadableInputError(name, "this PDF is locked with a password. Unlock it first")
    if pages > MAX_PAGES:
        raise UnreadableInputError(
            name, f"it has {pages:,} pages; at most {MAX_PAGES} are read. Split it"
        )
    if not text.strip():
        raise UnreadableInputError(
            name, "this PDF holds pictures of text, not text. Run it through text recognition (OCR)"
        )
    reading = read_text(text)
    return replace(
        reading,
        title=_told(title) or reading.title,
        author=_told(author),
        file_date=made.date() if made else None,
    )


def _told(value: str | None) -> str | None:
    """Return a title or an author, unless it is what a program writes when nobody told it."""
    said = (value or "").removeprefix("Microsoft Word - ").strip()
    return None if said.strip("()").lower() in _NOT_TOLD else said


def _text_of(page: Any) -> str:  # noqa: ANN401  # the library's own type says no more
    chunks: list[tuple[int, str]] = []

    def note(words: str, matrix: list[float], own: list[float], *_: object) -> None:
        if words.strip():
            chunks.append((round(own[4] * matrix[0] + own[5] * matrix[2] + matrix[4]), words))

    text: str = page.extract_text(visitor_text=note)
    return _column_by_column(chunks) or text


def _column_by_column(chunks: Sequence[tuple[int, str]]) -> str | None:
    """Return a page's words by columns, when the file holds its lines across them; else None.

    `chunks` are words with how far from the left they begin, in points. Where short cells stand
    side by side, it is a table.
    """
    begins = Counter(left for left, words in chunks if len(words) >= _LINE_LETTERS)
    often = sorted(left for left, count in begins.items() if count >= len(chunks) * _COLUMN_SHARE)
    edges = [left for left, before in zip(often, [-_COLUMN_POINTS, *often], strict=False)
             if left - before >= _COLUMN_POINTS]  # fmt: skip
    column_of = [max(0, bisect_right(edges, left + 1) - 1) for left, _ in chunks]
    turns = sum(one != other for one, other in pairwise(column_of))
    if len(edges) < 2 or turns < len(chunks) / 2:
        return None
    columns = [""] * len(edges)
    for column, (_, words) in zip(column_of, chunks, strict=True):
        columns[column] += words if words.endswith("\n") else f"{words}\n"
    return "\n".join(columns)


def read_markdown(text: str) -> Reading:
    """Return a Markdown file's words without their marks, and what its front matter says."""
    from markdown_it import MarkdownIt

    front: dict[str, str] = {}
    matter = _FRONT_MATTER.match(text)
    if matter:
        text = text[matter.end() :]
        for line in matter[1].splitlines():
            if found := _FRONT_LINE.match(line.strip()):
                front[found[1]] = found[2]
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    body = read_text(_of_blocks(tokens))
    heading = next(
        (
            _words(tokens[at + 1].children or [])
            for at, token in enumerate(tokens)
            if token.type == "heading_open"
        ),
        None,
    )
    return Reading(
        text=body.text,
        title=front.get("title") or body.title or heading,
        author=front.get("author"),
        published=day_in(front.get("date") or front.get("published") or "") or body.published,
        source=front.get("source") or body.source,
        url=front.get("url") or front.get("link") or body.url,
    )


_AFTER = {"th_close": "\t", "td_close": "\t", "tr_close": "\n", "table_close": "\n"}
"""What parts the cells and rows of a table."""


def _of_blocks(tokens: Sequence[Any]) -> str:
    """Return paragraphs, and the rows of tables with a tab between cells."""
    parts: list[str] = []
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "inline":
            is_cell = after is not None and after.type in _AFTER
            parts.append(_words(token.children or []) + ("" if is_cell else "\n\n"))
        parts.append(_AFTER.get(token.type, ""))
    return "".join(parts)


def _paragraphs(page: str) -> str:
    """Return a page's text with the lines of its paragraphs joined and broken words whole."""
    lines = [line.strip() for line in page.split("\n")]
    lengths = sorted(len(line) for line in lines if line) or [0]
    width = lengths[len(lengths) * 3 // 4]
    pairs = zip(lines, [*lines[1:], ""], strict=True)
    return "".join(_with_what_follows(line, after, width) for line, after in pairs)


def _with_what_follows(line: str, after: str, width: int) -> str:
    """Return a line with a space, a line's end or nothing before the next one."""
    if _BROKEN_WORD.search(line) and after[:1].isalpha():
        return line if line[-1] == "-" and after[0].isupper() else line[:-1]
    had_room = not after or len(line) + 1 + len(after.split(maxsplit=1)[0]) < _FULL * width
    return f"{line}\n" if had_room else f"{line} "


def _words(tokens: Iterable[Any]) -> str:
    parts = []
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
    return "".join(parts)
