"""Weights of a logistic model: for the maintainers' training commands, not for a user's run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_STEPS = 30
_CLOSE_ENOUGH = 1e-5


def logistic_weights(held: Numbers, is_right: Numbers, *, decay: float) -> Numbers:
    """Return one weight a column of `held`, by Newton's method with a quadratic penalty.

    `held` has an example a row; `is_right` its answer, 1 or 0; `decay` is the penalty's weight.
    """
    weights = np.zeros(held.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(held @ weights)))
        gradient = held.T @ (chance - is_right) + decay * weights
        curve = (held * (chance * (1 - chance) + 1e-6)[:, None]).T @ held
        step = np.linalg.solve(curve + decay * np.eye(len(weights)), gradient)
        weights = weights - step
        if float(np.abs(step).max()) < _CLOSE_ENOUGH:
            break
    return weights
