"""How many of the words that tell events the coder finds, by marks that a reader set.

    python tests/benchmarks/measure_triggers.py FOLDER [NAME...]

reads tests/gold/triggers.tsv (offsets only), finds its texts in the corpora of FOLDER, or in those
that are named (lgl, rams ...), codes them and prints a row a corpus: texts, marks that any coder
would set, the share of them that an event of an allowed type points at, the coder's events, and the
share of them that point at a mark of their type. Both words of "imposed sanctions" are marked and
so is each telling, while Dateline tells an event once: the share found can never be 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dashboard.articles import Article, article_id
from dashboard.event_marks import marked_texts, read_marks
from dashboard.events import Modality
from dashboard.pipeline import code_article
from gazetteer.build import open_place_store

MARKS = Path(__file__).parents[1] / "gold" / "triggers.tsv"
_UNTOLD = {Modality.DENIED, Modality.HYPOTHETICAL, Modality.NEGATED}


def main(folder: Path, names: list[str]) -> None:
    """Print the table."""
    marks = read_marks(MARKS)
    store = open_place_store()
    print("| corpus | texts | plain marks | found | events | right |\n|---|---|---|---|---|---|")
    for corpus in names or sorted({name.partition(":")[0] for name in marks}):
        count = plain = found = told = right = 0
        for marked in marked_texts(folder / f"{corpus}.jsonl", marks):
            key = article_id(marked.text)
            article = Article(article_id=key, title="", text=marked.text, published=None)
            coded = code_article(article, place_store=store).events
            events = [event for event in coded if event.modality not in _UNTOLD]
            count += 1
            told += len(events)
            right += sum(any(mark.is_of(event) for mark in marked.marks) for event in events)
            plain += sum(mark.is_plain for mark in marked.marks)
            found += sum(mark.is_plain and any(map(mark.is_of, events)) for mark in marked.marks)
        print(
            f"| {corpus} | {count} | {plain} | {found / plain:.3f} | {told} | {right / told:.3f} |"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
