"""Measure the whole coding of texts against the bare language pipeline on the same texts.

python tests/benchmarks/measure_coding.py [--rounds N]

Each round parses every text bare, then codes it whole (parse, places, events); the ratio is
that of the two sums in one run. Seconds are those of the processor: a busy machine adds none.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from dashboard.articles import Article, article_id
from dashboard.pipeline import code_article
from gazetteer.build import open_place_store
from gazetteer.language import parse

GOLD = Path(__file__).parents[1] / "gold"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    articles = [_article(row) for path in sorted(GOLD.glob("*.jsonl")) for row in _rows(path)]
    words = sum(len(article.text.split()) for article in articles)
    store = open_place_store()
    for article in articles:  # loads the model and the data files
        code_article(article, place_store=store)
    bare = whole = 0.0
    for _ in range(rounds):
        for article in articles:
            start = time.process_time()
            parse(article.text)
            middle = time.process_time()
            code_article(article, place_store=store)
            bare += middle - start
            whole += time.process_time() - middle
    print(f"{len(articles)} texts, {words} words, {rounds} rounds")
    print(f"bare pipeline {bare:.2f} s, whole coding {whole:.2f} s, ratio {whole / bare:.2f}")


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _article(row: dict[str, str]) -> Article:
    return Article(article_id=article_id(row["text"]), title="", text=row["text"], published=None)


if __name__ == "__main__":
    main()
