"""News pages: the article's text without menus, markup and scripts."""

from __future__ import annotations

import logging
import re
from datetime import date
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
