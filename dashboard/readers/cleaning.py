"""Text from outside made harmless: line ends, spaces, and characters that must not show."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

MIN_WIDTH, MAX_WIDTH = 40, 120
"""Widths, in characters, to which mail programs and editors wrap text."""

MIN_BREAKS = 3
"""Fewer line breaks within paragraphs do not show that a text was wrapped."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u2007\u202f\u3000]")
_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero width: they cut names
    "\u202a-\u202e\u2066-\u2069"  # a direction that is not ended turns the text round a quote
    "\ud800-\udfff\ufff9-\ufffb\ufffe\uffff"  # halves of pairs and what is no character
    "]"
)
_JOINED_FORMS = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]")
"""Ligatures (ﬁ) and the forms of Arabic letters by their place, as PDFs have them: no dictionary
and no place name is spelt with them."""
_TRAILING_SPACE = re.compile(r"[ \t]+$", re.MULTILINE)
_MANY_BLANK_LINES = re.compile(r"\n{3,}")


def clean_text(text: str) -> str:
    """Return `text` with plain line ends, spaces and letters and without invisible characters.

    Letters of any script stay, and so do right-to-left marks, which only touch their neighbours.
    """
    text = _JOINED_FORMS.sub(lambda form: unicodedata.normalize("NFKC", form[0]), text)
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    text = unicodedata.normalize("NFC", text)  # PDFs, macOS and Windows-1258 write marks apart
    return _MANY_BLANK_LINES.sub("\n\n", _TRAILING_SPACE.sub("", text)).strip()


def unwrap(text: str) -> str:
    """Return `text` with the lines of each paragraph joined, when it was wrapped to a width.

    It was when lines are short and nearly every one that another follows was ended because
    the next word had no room. Other line breaks stay: they end headlines and captions.
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    within = [bool(here and after) for here, after in pairwise(lines)]
    is_full = [
        bool(here and after) and len(here) + len(after.split()[0]) >= width
        for here, after in pairwise(lines)
    ]
    was_wrapped = (
        MIN_WIDTH <= width <= MAX_WIDTH
        and sum(within) >= MIN_BREAKS
        and sum(is_full) >= 0.8 * sum(within)
    )
    if not was_wrapped:
        return text
    ends = [" " if full else "\n" for full in is_full]
    return "".join(line + end for line, end in zip(lines, [*ends, ""], strict=True))


def clean_line(text: str) -> str:
    """Return `text` cleaned and on one line."""
    return " ".join(clean_text(text).split())
