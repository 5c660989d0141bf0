"""Word documents: what a reader sees of them, with changes taken as made."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from zipfile import BadZipFile

from dashboard.errors import UnreadableInputError
from dashboard.readers.reading import Reading
from dashboard.readers.text import read_text

_TEMPLATE_MADE = datetime(2013, 12, 23, 23, 15)  # noqa: DTZ001  # as the library gives it
"""What python-docx's own template says of its making: documents made by it carry that day."""

_NO_TITLE = "Word Document"
"""What python-docx says where a document has no properties at all."""

_UNSEEN = frozenset({"del", "moveFrom", "pPr", "rPr", "instrText", "Fallback"})
"""Words that a change took away, settings, fields' codes, and what stands in for a text box."""

_AS_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = ("/footnotes", "/endnotes")


def read_docx(name: str, data: bytes) -> Reading:
    """Return a Word document's paragraphs, the cells of its tables in order, and its notes.

    Raises: UnreadableInputError when it is broken.
    """
    import docx
    from docx.oxml.parser import parse_xml

    try:
        document = docx.Document(io.BytesIO(data))
        parts = list(_blocks(document.element.body))
        for relation in document.part.rels.values():
            if relation.reltype.endswith(_NOTES):
                parts += _blocks(parse_xml(relation.target_part.blob))
        about = document.core_properties
        made = about.created and about.created.replace(tzinfo=None)
    except (ValueError, KeyError, OSError, AttributeError, SyntaxError, BadZipFile) as error:
        raise UnreadableInputError(name, f"this Word document is broken ({error})") from error
    reading = read_text("\n\n".join(part for part in parts if part.strip()))
    return replace(
        reading,
        title=about.title if about.title not in ("", _NO_TITLE) else reading.title,
        author=about.author if about.author != "python-docx" else None,
        file_date=made.date() if made and made != _TEMPLATE_MADE else None,
    )


def _blocks(element: Any) -> Iterator[str]:  # noqa: ANN401  # an element of lxml, which has no types
    """Yield the paragraphs and the rows of tables in an element, whatever wraps them."""
    for child in element:
        kind = _kind(child)
        if kind == "p":
            boxes: list[str] = []
            yield _words(child, boxes)
            yield from boxes
        elif kind == "tr":
            cells = (part for part in child if _kind(part) not in _UNSEEN)
            yield "\t".join(" ".join(_blocks(cell)).strip() for cell in cells)
        elif kind not in _UNSEEN:
            yield from _blocks(child)


def _words(element: Any, boxes: list[str]) -> str:  # noqa: ANN401
    """Return a paragraph's words; those of text boxes that hang on it are added to `boxes`."""
    parts = []
    for child in element:
        kind = _kind(child)
        if kind == "t":
            parts.append(child.text or "")
        elif kind == "txbxContent":
            boxes += _blocks(child)
        elif kind not in _UNSEEN:
            parts.append(_AS_CHARACTERS.get(kind, "") or _words(child, boxes))
    return "".join(parts)


def _kind(element: Any) -> str:  # noqa: ANN401
    return str(element.tag).rpartition("}")[2]
