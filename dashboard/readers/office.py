"""Documents: PDF, Word and Markdown."""

from __future__ import annotations

import io
import logging
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from dashboard.errors import UnreadableInputError
from dashboard.readers.reading import Reading
from dashboard.readers.text import day_in, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_PAGES = 500
"""Pages of a PDF that are read: a report, not a library."""

_HYPHENATED = re.compile(r"(\w)-\n(?=[a-z])")
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
        text = "\n".join(page.extract_text() for page in read)
        told = None if is_locked else reader.metadata
        title, made = (told.title, told.creation_date) if told else (None, None)
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
    reading = read_text(_HYPHENATED.sub(r"\1", text))
    return Reading(text=reading.text, title=title or reading.title, file_date=_day(made))


def read_docx(name: str, data: bytes) -> Reading:
    """Return a Word document's paragraphs and the cells of its tables, in order.

    Raises: UnreadableInputError when it is broken.
    """
    import docx
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(data))
        parts: list[str] = []
        for block in document.iter_inner_content():
            parts += _rows(block) if isinstance(block, Table) else [block.text]
        about = document.core_properties
        title, made = about.title, about.created
    except (ValueError, KeyError, OSError, AttributeError, SyntaxError) as error:
        raise UnreadableInputError(name, f"this Word document is broken ({error})") from error
    reading = read_text("\n\n".join(part for part in parts if part.strip()))
    return Reading(
        text=reading.text,
        title=title or reading.title,
        published=reading.published,
        source=reading.source,
        url=reading.url,
        file_date=_day(made),
    )


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
    tokens = MarkdownIt("commonmark").parse(text)
    body = read_text("\n\n".join(_words(t.children or []) for t in tokens if t.type == "inline"))
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
        published=day_in(front.get("date") or front.get("published") or "") or body.published,
        source=front.get("source") or body.source,
        url=front.get("url") or front.get("link") or body.url,
    )


def _words(tokens: Iterable[Any]) -> str:
    parts = []
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
    return "".join(parts)


def _rows(table: Any) -> list[str]:  # noqa: ANN401  # the library's own type says no more
    return ["\t".join(cell.text for cell in row.cells) for row in table.rows]


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
