"""Logistic models over readable claims: what is said of a thing, and how much each claim weighs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path


@cache
def read_weights(path: Path) -> Mapping[str, float]:
    """Return the weight of each claim of a table; a claim that it lacks weighs nothing."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: float(weight) for name, weight in rows}


def likelihood(weights: Mapping[str, float], claims: Iterable[str]) -> float:
    """Return how likely that is of which these claims hold, from 0 to 1, in whatever order."""
    return 1 / (1 + math.exp(-math.fsum(weights.get(claim, 0.0) for claim in claims)))
