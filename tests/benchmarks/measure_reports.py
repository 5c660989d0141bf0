"""How much of what readers list in news reports the coder tells.

    python tests/benchmarks/measure_reports.py GENSIM.whl [SET...]

The reports are the Lee corpora that the package gensim ships for its own tests (`pip download
--no-deps gensim`): 350 short texts of a broadcaster and of agencies, of 2001 and 2002. What readers
listed in them lies in tests/gold/reports.tsv, offsets only. For each set it prints how many events
are told, the share of them that a reader lists, and lists with such a type; then for the events of
which one, two and all readers are sure, the share found, and found with such a type.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from dashboard.articles import Article, article_id
from dashboard.events import Event, Modality
from dashboard.pipeline import code_article
from gazetteer.build import open_place_store

LISTS = Path(__file__).parents[1] / "gold" / "reports.tsv"
FOLDER = "gensim/test/test_data"
MOST_WORDS = 260
"""Sentences are read until a text has so many words."""
_UNTOLD = {Modality.DENIED, Modality.HYPOTHETICAL, Modality.NEGATED}
Spans = list[tuple[int, int]]


@dataclass(slots=True)
class Listed:
    """An event as readers listed it: the words that tell it, and the types that fit."""

    reader: int
    is_sure: bool
    types: set[str]
    spans: Spans

    def is_at(self, spans: Spans) -> bool:
        """Say whether some of these words are among those that tell it."""
        return any(a < d and c < b for a, b in self.spans for c, d in spans)


def main(wheel: Path, names: list[str]) -> None:
    """Print the figures of each set."""
    lists: dict[str, dict[str, list[Listed]]] = defaultdict(lambda: defaultdict(list))
    for line in LISTS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, text, reader, kind, types, spans = line.split("\t")
            listed = lists[name][text]
            if kind != "none":
                words = [(int(a), int(b)) for a, b in (s.split("-") for s in spans.split(","))]
                listed.append(Listed(int(reader), kind == "sure", set(types.split("|")), words))
    texts = _texts(wheel)
    store = open_place_store()
    for name in names or sorted(lists):
        told = {}
        for text in lists[name]:
            article = Article(
                article_id=article_id(texts[text]), title="", text=texts[text], published=None
            )
            events = code_article(article, place_store=store).events
            told[text] = [event for event in events if event.modality not in _UNTOLD]
        _print(name, lists[name], told)


def _print(name: str, lists: dict[str, list[Listed]], told: dict[str, list[Event]]) -> None:
    events = [(text, event) for text in told for event in told[text]]
    hits = {
        id(event): [listed for listed in lists[text] if listed.is_at(_spans(event))]
        for text, event in events
    }
    typed = sum(
        any(event.event_type in hit.types for hit in hits[id(event)]) for _, event in events
    )
    within = sum(bool(hit) for hit in hits.values())
    print(
        f"{name}, {len(lists)} texts: told {len(events)}, listed {within / len(events):.2f}, "
        f"with such a type {typed / len(events):.2f}"
    )
    readers = {listed.reader for text in lists.values() for listed in text}
    for least in range(1, len(readers) + 1):
        sure = [(text, event) for text in lists for event in _agreed(lists[text], least)]
        found = [[e for e in told[text] if listed.is_at(_spans(e))] for text, listed in sure]
        right = sum(
            any(e.event_type in listed.types for e in events)
            for (_, listed), events in zip(sure, found, strict=True)
        )
        print(
            f"  {least} of {len(readers)} sure: {len(sure)}, found "
            f"{sum(map(bool, found)) / len(sure):.2f}, with such a type {right / len(sure):.2f}"
        )


def _agreed(listed: list[Listed], least: int) -> list[Listed]:
    """Return the events of which at least so many readers are sure, each once."""
    sure = [one for one in listed if one.is_sure]
    kept: list[Listed] = []
    for one in sure:
        if len({other.reader for other in sure if other.is_at(one.spans)}) < least:
            continue
        known = next((other for other in kept if other.is_at(one.spans)), None)
        if known is None:
            kept.append(Listed(one.reader, True, set(one.types), list(one.spans)))
        else:
            known.types |= one.types
            known.spans += one.spans
    return kept


def _spans(event: Event) -> Spans:
    return [(told.trigger_start, told.trigger_end) for told in (event, *event.tellings)]


def _texts(wheel: Path) -> dict[str, str]:
    """Return the first sentences of each text by its corpus and line: "lee:12"."""
    texts = {}
    with ZipFile(wheel) as archive:
        for corpus in ("lee_background", "lee"):
            lines = archive.read(f"{FOLDER}/{corpus}.cor").decode("utf-8", "replace").splitlines()
            for number, line in enumerate(lines, 1):
                texts[f"{corpus}:{number}"] = _beginning(line.strip()) + "\n"
    return texts


def _beginning(text: str) -> str:
    kept = ""
    for sentence in re.split(r'(?<=[.!?"]) +', text):
        if kept and len(f"{kept} {sentence}".split()) > MOST_WORDS:
            break
        kept = f"{kept} {sentence}".strip()
    return kept


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
