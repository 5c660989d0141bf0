"""How many of the words that tell events the coder finds, by marks that a reader set.

    python tests/benchmarks/measure_triggers.py FOLDER [NAME...]

reads tests/gold/triggers.tsv (offsets only), finds its texts in the corpora of FOLDER, or in those
that are named (lgl, rams ...), codes them and prints a row a corpus: texts, marks that any coder
would set, the share of them that an event of an allowed type points at, the coder's events, and the
share of them that point at a mark of their type. Both words of "imposed sanctions" are marked and
so is each telling, while Dateline tells an event once: the share found can never be 1.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.articles import Article, article_id
from dashboard.events import Event, Modality
from dashboard.pipeline import code_article
from gazetteer.build import open_place_store

MARKS = Path(__file__).parents[1] / "gold" / "triggers.tsv"
_UNTOLD = {Modality.DENIED, Modality.HYPOTHETICAL, Modality.NEGATED}


@dataclass(frozen=True)
class Mark:
    """Words of a text that tell an event, half-open, with the types that a reader allows."""

    start: int
    end: int
    types: tuple[str, ...]
    is_plain: bool

    def is_of(self, event: Event) -> bool:
        """Say whether a telling of `event` points at these words, in an allowed type."""
        tellings = (event, *event.tellings)
        return (
            any(
                told.trigger_start < self.end and self.start < told.trigger_end for told in tellings
            )
            and event.event_type in self.types
        )


def read_marks() -> Mapping[str, list[Mark]]:
    """Return the marks by text: the corpus, ":", and the text's id there."""
    found: dict[str, list[Mark]] = {}
    for line in MARKS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            text, start, end, types, kind = line.split("\t")
            marks = found.setdefault(text, [])
            if types != "-":
                allowed = tuple(types.split("|"))
                marks.append(Mark(int(start), int(end), allowed, kind == "core"))
    return found


def texts(corpus: Path, wanted: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield name and words of each text of `corpus` that is marked, once."""
    seen = set()
    for line in corpus.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        name = f"{corpus.stem}:{row.get('doc_id') or row.get('id')}"
        if name in wanted and name not in seen:
            seen.add(name)
            yield name, row.get("text") or " ".join(row["tokens"])


def main(folder: Path, names: list[str]) -> None:
    """Print the table."""
    marks = read_marks()
    store = open_place_store()
    print("| corpus | texts | plain marks | found | events | right |\n|---|---|---|---|---|---|")
    for corpus in names or sorted({name.partition(":")[0] for name in marks}):
        count = plain = found = told = right = 0
        for name, text in texts(folder / f"{corpus}.jsonl", marks):
            article = Article(article_id=article_id(text), title="", text=text, published=None)
            coded = code_article(article, place_store=store).events
            events = [event for event in coded if event.modality not in _UNTOLD]
            count += 1
            told += len(events)
            right += sum(any(mark.is_of(event) for mark in marks[name]) for event in events)
            plain += sum(mark.is_plain for mark in marks[name])
            found += sum(mark.is_plain and any(map(mark.is_of, events)) for mark in marks[name])
        print(
            f"| {corpus} | {count} | {plain} | {found / plain:.3f} | {told} | {right / told:.3f} |"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
