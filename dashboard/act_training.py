"""Learns how likely an act is an event, from words of news that readers marked.

For maintainers: `python -m dashboard.act_training tests/gold/triggers.tsv FOLDER` learns from the
marked texts of the corpora in FOLDER, prints what five-fold cross-validation gives and writes
data/act_weights.tsv. Nothing here runs for a user.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.act_likelihood import LIKELY, WEIGHTS, evidence
from dashboard.articles import Article, article_id
from dashboard.claim_training import FOLDS, fold_of, learn, write_weights
from dashboard.claims import likelihood
from dashboard.coding import drafts_of
from dashboard.event_marks import MarkedText, marked_texts, read_marks
from dashboard.worth import says_enough
from gazetteer.build import open_place_store
from gazetteer.geoparse import geoparse
from gazetteer.language import parse
from gazetteer.store import PlaceStore

_LEAST_COUNT = 5
_DECAY = 10.0


@dataclass(frozen=True, slots=True)
class ToldAct:
    """An act of a marked text: what holds of it, and whether readers marked it."""

    text: str
    claims: frozenset[str]
    is_event: bool
    is_enough: bool
    """The rules take it for an event already."""


def read_acts(marks: Path, folder: Path) -> Iterator[ToldAct]:
    """Yield the acts of the marked texts whose corpus lies in `folder`."""
    marked = read_marks(marks)
    store = open_place_store()
    for corpus in sorted({name.partition(":")[0] for name in marked}):
        for text in marked_texts(folder / f"{corpus}.jsonl", marked):
            yield from _acts_of(text, store)


def _acts_of(text: MarkedText, store: PlaceStore) -> Iterator[ToldAct]:
    words = text.text
    article = Article(article_id=article_id(words), title="", text=words, published=None)
    doc = parse(words)
    for draft in drafts_of(article, geoparse(words, doc=doc, store=store), doc):
        start, end = draft.trigger.span
        yield ToldAct(
            text=words,
            claims=evidence(draft),
            is_event=any(mark.is_at(start, end, draft.event_type) for mark in text.marks),
            is_enough=says_enough(draft),
        )


def learn_acts(acts: Sequence[ToldAct]) -> dict[str, float]:
    """Return the weight of each claim that is made often enough."""
    return learn(
        [act.claims for act in acts],
        [act.is_event for act in acts],
        least_count=_LEAST_COUNT,
        decay=_DECAY,
    )


def cross_validate(acts: Sequence[ToldAct]) -> list[tuple[ToldAct, float]]:
    """Return each act with how likely it seems to a model that has not seen its text."""
    answers = []
    for fold in range(FOLDS):
        weights = learn_acts([act for act in acts if fold_of(act.text) != fold])
        own = (act for act in acts if fold_of(act.text) == fold)
        answers += [(act, likelihood(weights, act.claims)) for act in own]
    return answers


def report(answers: Sequence[tuple[ToldAct, float]]) -> Iterator[str]:
    """Yield how many acts of each likelihood were marked, and how the kept ones fare."""
    for low in range(10):
        of_bin = [act for act, chance in answers if min(9, int(chance * 10)) == low]
        if of_bin:
            span = f"{low / 10:.1f} to {(low + 1) / 10:.1f}"
            yield f"likelihood {span}: {len(of_bin)} acts, {_share(of_bin)} marked"
    for least in (LIKELY - 0.1, LIKELY, LIKELY + 0.1):
        taken = [act for act, chance in answers if not act.is_enough and chance >= least]
        yield f"says too little, {least:.2f} or more: {len(taken)} acts, {_share(taken)} marked"


def _share(acts: Sequence[ToldAct]) -> str:
    return f"{sum(act.is_event for act in acts) / max(1, len(acts)):.3f}"


def main() -> None:
    """Learn from the marks and the corpora that are named on the command line."""
    marks, folder = map(Path, sys.argv[1:3])
    acts = list(read_acts(marks, folder))
    sys.stdout.writelines(f"{line}\n" for line in report(cross_validate(acts)))
    write_weights(
        learn_acts(acts),
        WEIGHTS,
        "Weights of a logistic model: is this act an event? Written by",
        "`python -m dashboard.act_training`; act_likelihood.py says what each claim means.",
    )


if __name__ == "__main__":
    main()
