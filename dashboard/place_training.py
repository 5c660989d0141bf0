"""Learns how likely a place of a sentence is an event's place, from sentences with both marked.

For maintainers: `python -m dashboard.place_training eventloc_silver.jsonl` learns from the
tuning half, prints what five-fold cross-validation gives and writes data/place_weights.tsv.
Nothing here runs for a user.
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dashboard.event_gold import GoldPlace, GoldText, read_gold
from dashboard.place_ranking import WEIGHTS, NamedPlace, chosen_places, evidence
from dashboard.told_acts import told_act
from gazetteer.build import open_place_store
from gazetteer.corpora import half_of
from gazetteer.evaluation import Score
from gazetteer.geoparse import geoparse
from gazetteer.language import parse
from gazetteer.logistic import logistic_weights
from gazetteer.names import name_key

_FOLDS = 5
_LEAST_COUNT = 4
_DECAY = 2.0
_LEAST_WEIGHT = 0.02
_UNTRUSTED = "masdar_kill"
"""Items whose labels leave out most of the places that their sentences name."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the places that it names, what holds of each, and which are right."""

    text: str
    places: Sequence[NamedPlace]
    claims: Sequence[frozenset[str]]
    is_right: Sequence[bool]
    wanted: int
    """How many places the event has, those that no mention was found for included."""


def read_sentences(corpus: Path) -> Iterator[Sentence]:
    """Yield the sentences of the tuning half of `corpus` that no held-out item repeats."""
    texts = read_gold(corpus)
    held_out = {text.text.strip() for text in texts if half_of(text.doc_id) != "tune"}
    store = open_place_store()
    for text in texts:
        is_left_out = text.doc_id.startswith(_UNTRUSTED) or text.text.strip() in held_out
        if half_of(text.doc_id) == "tune" and not is_left_out:
            doc = parse(text.text)
            found = geoparse(text.text, doc=doc, store=store)
            act = told_act(doc, found, text.events[0].triggers[0])
            if act is not None:
                parties = {token.i for token in act.parties}
                places = act.atlas.named_in(act.token)
                yield _sentence(text, places, evidence(places, act.token, parties))


def _sentence(
    text: GoldText, places: Sequence[NamedPlace], claims: Sequence[frozenset[str]]
) -> Sentence:
    gold = text.events[0].places or ()
    return Sentence(
        text=text.text,
        places=places,
        claims=claims,
        is_right=[any(_is_named(place, named) for place in gold) for named in places],
        wanted=len(gold),
    )


def _is_named(gold: GoldPlace, named: NamedPlace) -> bool:
    mention = named[1].mention
    is_there = gold.span is not None and mention.start < gold.span[1] and gold.span[0] < mention.end
    return is_there or name_key(mention.surface) == name_key(gold.name)


def learn(sentences: Sequence[Sentence]) -> dict[str, float]:
    """Return the weight of each claim that is made often enough."""
    rows = [
        (claims, is_right)
        for sentence in sentences
        for claims, is_right in zip(sentence.claims, sentence.is_right, strict=True)
    ]
    counts = Counter(claim for claims, _ in rows for claim in claims)
    names = sorted(claim for claim, count in counts.items() if count >= _LEAST_COUNT)
    column = {name: number for number, name in enumerate(names)}
    held = np.zeros((len(rows), len(names)))
    for number, (claims, _) in enumerate(rows):
        held[number, [column[claim] for claim in claims if claim in column]] = 1.0
    answers = np.array([is_right for _, is_right in rows], dtype=float)
    weights = logistic_weights(held, answers, decay=_DECAY)
    return dict(zip(names, map(float, weights), strict=True))


def cross_validate(sentences: Sequence[Sentence]) -> Score:
    """Return how well named places are chosen in sentences that nothing was learnt from."""
    right = found = 0
    for fold in range(_FOLDS):
        weights = learn([one for one in sentences if _fold(one) != fold])
        for sentence in (one for one in sentences if _fold(one) == fold):
            chances = [_chance(weights, claims) for claims in sentence.claims]
            chosen = chosen_places(sentence.places, chances)
            found += len(chosen)
            right += min(sum(sentence.is_right[number] for number in chosen), sentence.wanted)
    return Score(right=right, found=found, gold=sum(one.wanted for one in sentences))


def _fold(sentence: Sentence) -> int:
    return hashlib.sha256(sentence.text.encode()).digest()[0] % _FOLDS


def _chance(weights: Mapping[str, float], claims: frozenset[str]) -> float:
    return 1 / (1 + math.exp(-sum(weights.get(claim, 0.0) for claim in claims)))


def write_weights(weights: Mapping[str, float], path: Path = WEIGHTS) -> None:
    """Write the table; weights that change nothing are left out."""
    lines = [
        "# Weights of a logistic model: is this the event's place? Written by",
        "# `python -m dashboard.place_training`; place_ranking.py says what each claim means.",
        "# claim\tweight",
        *(
            f"{claim}\t{weight:.2f}"
            for claim, weight in sorted(weights.items())
            if abs(weight) >= _LEAST_WEIGHT
        ),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Learn from the corpus that is named on the command line."""
    sentences = list(read_sentences(Path(sys.argv[1])))
    score = cross_validate(sentences)
    sys.stdout.write(
        f"{len(sentences)} sentences; precision {score.precision:.3f}, recall {score.recall:.3f}, "
        f"F1 {score.f1:.3f} in {_FOLDS}-fold cross-validation\n"
    )
    write_weights(learn(sentences))


if __name__ == "__main__":
    main()
