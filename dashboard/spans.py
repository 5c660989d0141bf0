"""From character offsets to tokens, in logarithmic time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


class SpanFinder:
    """Finds the tokens of one document by character offsets.

    spaCy's own `char_span` walks the document at each call, which makes a long text slow.
    """

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._starts: list[int] = doc.to_array("IDX").tolist()

    def span(self, start: int, end: int) -> Span | None:
        """Return the tokens that [start, end) touches; None when it touches none."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_left(self._starts, end)
        return self._doc[first:last] if first < last else None

    def root(self, start: int, end: int) -> Token | None:
        """Return the token that heads the tokens that [start, end) touches."""
        span = self.span(start, end)
        return span.root if span is not None else None


def paragraph_starts(doc: Doc) -> list[int]:
    """Return the indices of the tokens with which the paragraphs of `doc` begin, in order."""
    starts: list[int] = doc.to_array("IDX").tolist()
    breaks = (match.start() for match in re.finditer("\n", doc.text))
    return list(dict.fromkeys((0, *(bisect_right(starts, at) for at in breaks))))
