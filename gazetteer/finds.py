"""What the rules of recognition find in a text, and what they all read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from gazetteer.cues import Cues
from gazetteer.edges import Edges
from gazetteer.lookup import Names
from gazetteer.persons import Persons
from gazetteer.toponyms import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_LONGEST_NAME_TOKENS = 6
TWO_LETTER_NAMES = frozenset({"US", "UK", "EU"})


class Rank(IntEnum):
    """Which find wins where two overlap: the lower."""

    BORDER = 0
    DATELINE = 1
    FACILITY = 2
    KNOWN_NAME = 3
    ENTITY = 4
    DEMONYM = 5
    SCAN = 6
    PART = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """A stretch of text that a rule takes for a place name."""

    start: int
    end: int
    rank: Rank
    kind: MentionKind | None = None
    """Set where the rule tells how the name is used."""
    place_id: str | None = None


class Passage:
    """One parsed text, with what the rules ask of it."""

    def __init__(self, doc: Doc, names: Names) -> None:
        self.doc = doc
        self.text: str = doc.text
        self.names = names
        self.persons = Persons(doc, names)
        self.edges = Edges(doc.text, names)
        self.cues = Cues(doc, names, self.persons.surnames)

    def find(self, span: Span, rank: Rank, kind: MentionKind | None = None) -> Find:
        """Return a find of `span` without the words and marks at its edges."""
        start, end = self.edges.trim(span.start_char, span.end_char)
        return Find(start=start, end=end, rank=rank, kind=kind)

    def runs_at(self, at: int, stop: int | None = None) -> Iterator[Span]:
        """Yield the runs of words from token `at` on that could be a name, the longest first.

        They end before token `stop`.
        """
        stop = len(self.doc) if stop is None else stop
        for end in range(min(at + _LONGEST_NAME_TOKENS, stop), at, -1):
            span = self.doc[at:end]
            if _could_be_a_name(span):
                yield span


def without_overlaps(finds: Iterable[Find]) -> list[Find]:
    """Return the finds that win, in the order of the text."""
    chosen: list[Find] = []
    taken: set[int] = set()
    for find in sorted(finds, key=lambda f: (f.rank, f.start - f.end, f.start)):
        span = range(find.start, find.end)
        if taken.isdisjoint(span):
            chosen.append(find)
            taken.update(span)
    return sorted(chosen, key=lambda f: f.start)


def _could_be_a_name(span: Span) -> bool:
    """Say whether a run of words has the form of one name: capitals at both ends, no marks."""
    first, last = span[0], span[-1]
    if not first.text[:1].isalpha() or "\n" in span.text:
        return False
    return (last.text[:1].isupper() or last.text[:1].isdigit()) and not any(
        token.text in {",", ";", ":", "(", ")", "'s", "\u2019s", '"'} for token in span
    )
