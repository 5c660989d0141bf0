"""The sentences of a text, and which of them its mentions stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from gazetteer.toponyms import Mention

_SENTENCE_END = re.compile(r"[.!?][\"\u201d\u2019)]*\s+(?=[\"\u201cA-Z])|\n")


def sentence_starts(text: str, doc: Doc | None) -> list[int]:
    """Return where the sentences of `text` start, by its parse or else by their marks."""
    if doc is not None and doc.has_annotation("SENT_START"):
        return [sentence.start_char for sentence in doc.sents]
    return [0, *(match.end() for match in _SENTENCE_END.finditer(text))]


def unit_numbers(mentions: Sequence[Mention], starts: Sequence[int]) -> list[int]:
    """Return for each mention the number of the sentence that it stands in."""
    numbers, at = [], 0
    for mention in mentions:
        while at + 1 < len(starts) and starts[at + 1] <= mention.start:
            at += 1
        numbers.append(at)
    return numbers
