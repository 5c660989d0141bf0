"""News pages: the article's text without menus, markup and scripts."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import date
from html.parser import HTMLParser
from typing import Any

from dashboard.errors import UnreadableInputError
from dashboard.readers.reading import Reading

_ENDINGS = (".html", ".htm", ".xhtml")
_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_html(name: str, text: str) -> bool:
    """Say whether a file is a page: by its ending, or because it begins like one."""
    return name.lower().endswith(_ENDINGS) or bool(_OPENING.match(text[:4096]))


def read_html(name: str, markup: str) -> Reading:
    """Return a page's article with its title, date, site and canonical link.

    Raises: UnreadableInputError when no article can be found in it.
    """
    from trafilatura import bare_extraction

    # What it logs of a page that it cannot read is said by the error that is raised here.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document: Any = bare_extraction(
            _without_declaration(markup),
            favor_precision=True,
            include_comments=False,
            with_metadata=True,
            # A search through the whole page would take any day it names for publication.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # it asserts, as lxml does, on some broken pages
        raise _no_article(name) from error
    if document is None or not (document.text or "").strip():
        raise _no_article(name)
    return Reading(
        text=document.text,
        title=document.title,
        author=document.author,
        published=_day(document.date),
        source=document.sitename or document.hostname,
        url=document.url,
    )


_BLOCKS = (
    "address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table ul"
)
_ENDS: Mapping[str, str] = dict.fromkeys(_BLOCKS.split(), "\n") | {
    "tr": "\n",
    "td": "\t",
    "th": "\t",
}
"""What stands after the words of an element."""
_UNSEEN = frozenset({"script", "style", "title"})


def words_of(markup: str) -> str:
    """Return all words of a page, a line for each paragraph, and a tab between a table's cells.

    Of a mail all is meant to be read: nothing in it is a menu.
    """
    words = _Words()
    words.feed(markup)
    words.close()
    return "".join(words.parts)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  # the base gives it
        if tag in _UNSEEN:
            self._unseen = tag
        elif _ENDS.get(tag) == "\n":
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        self.parts.append(_ENDS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(re.sub(r"\s+", " ", data))


def _without_declaration(markup: str) -> str:
    # The encoding that it declares was read already, and lxml refuses it in characters.
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", markup)


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def _no_article(name: str) -> UnreadableInputError:
    return UnreadableInputError(
        name, "no article was found in this page. Copy the article's text and paste it"
    )
