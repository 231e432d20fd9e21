"""Logistic regression of a few signs: how much each of them counts."""

from collections.abc import Sequence

import numpy as np

_STEPS = 25  # of Newton's method, which has settled after ten
_RIDGE = 1e-3  # so that signs that say the same do not count without bound
_DIGITS = 2  # the last bits hang on the machine


def logistic(signs: Sequence[Sequence[float]], sides: Sequence[bool]) -> list[float]:
    """Find the weights of signs under which the sides are least surprising.

    Args:
        signs: per case, as many numbers each.
        sides: per case, which of two it is.

    Returns:
        A weight per sign, rounded; the sum over signs tells the sides apart, with some limit.
    """
    rows = np.column_stack([np.array(signs), np.ones(len(signs))])
    gold = np.array(sides, float)
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chances = (1 + np.tanh(rows @ weights / 2)) / 2  # the logistic function, free of overflow
        slope = rows.T @ (gold - chances) - _RIDGE * weights
        bend = (rows.T * (chances * (1 - chances))) @ rows + _RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    return [round(float(weight), _DIGITS) for weight in weights[:-1]]
