"""Learns the weights of claims from answers: for the maintainers' training commands."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np

from gazetteer.logistic import logistic_weights

FOLDS = 5
_LEAST_WEIGHT = 0.02


def learn(
    claims: Sequence[Collection[str]],
    answers: Sequence[bool],
    *,
    least_count: int,
    decay: float,
) -> dict[str, float]:
    """Return the weight of each claim that is made of at least `least_count` things.

    `claims` and `answers` have one entry a thing; `decay` is the weight of a quadratic penalty.
    """
    counts = Counter(claim for made in claims for claim in made)
    names = sorted(claim for claim, count in counts.items() if count >= least_count)
    column = {name: number for number, name in enumerate(names)}
    held = np.zeros((len(claims), len(names)))
    for number, made in enumerate(claims):
        held[number, [column[claim] for claim in made if claim in column]] = 1.0
    weights = logistic_weights(held, np.array(answers, dtype=float), decay=decay)
    return dict(zip(names, map(float, weights), strict=True))


def fold_of(text: str) -> int:
    """Return the fold of cross-validation that a text lies in, by its hash."""
    return hashlib.sha256(text.encode()).digest()[0] % FOLDS


def write_weights(weights: Mapping[str, float], path: Path, *about: str) -> None:
    """Write the table below the lines `about`; weights that change nothing are left out."""
    lines = [
        *(f"# {line}" for line in about),
        "# claim\tweight",
        *(
            f"{claim}\t{weight:.2f}"
            for claim, weight in sorted(weights.items())
            if abs(weight) >= _LEAST_WEIGHT
        ),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
