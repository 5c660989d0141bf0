"""Words of public corpora that tell events, as readers marked them: offsets and types."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.events import Event


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text that tell an event, half-open, with the types that a reader allows."""

    start: int
    end: int
    types: tuple[str, ...]
    is_plain: bool

    def is_at(self, start: int, end: int, event_type: str) -> bool:
        """Say whether an act of this type that these characters tell is what was marked."""
        return start < self.end and self.start < end and event_type in self.types

    def is_of(self, event: Event) -> bool:
        """Say whether a telling of `event` points at these words, in an allowed type."""
        return any(
            self.is_at(told.trigger_start, told.trigger_end, event.event_type)
            for told in (event, *event.tellings)
        )


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with its marks."""

    name: str
    """The corpus, ":", and the text's id there."""
    text: str
    marks: tuple[Mark, ...]


def read_marks(path: Path) -> Mapping[str, list[Mark]]:
    """Return the marks by the name of their text; a text without marks has an empty list."""
    found: dict[str, list[Mark]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            text, start, end, types, kind = line.split("\t")
            marks = found.setdefault(text, [])
            if types != "-":
                allowed = tuple(types.split("|"))
                marks.append(Mark(int(start), int(end), allowed, kind == "core"))
    return found


def marked_texts(corpus: Path, marks: Mapping[str, list[Mark]]) -> Iterator[MarkedText]:
    """Yield each text of `corpus` that has an entry in `marks`, once."""
    seen = set()
    for line in corpus.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        name = f"{corpus.stem}:{row.get('doc_id') or row.get('id')}"
        if name in marks and name not in seen:
            seen.add(name)
            yield MarkedText(name, row.get("text") or " ".join(row["tokens"]), tuple(marks[name]))
