"""Figures about guesses: agreement, calibration, and the limits that keep a promised precision."""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

_FINE = 10**9
_GRID = [n / 100 for n in range(8, 61)]  # temperatures tried


def macro_f1(gold: Sequence[str], guessed: Sequence[str]) -> float:
    """Give the mean F1 over the labels of `gold`."""
    both = Counter(a for a, b in zip(gold, guessed, strict=True) if a == b)
    either = Counter(gold) + Counter(guessed)
    scores = [2 * both[label] / either[label] for label in sorted(set(gold))]
    return sum(scores) / len(scores)


def share(hits: Sequence[bool]) -> float:
    """Give the share of True, 0 for none at all."""
    return sum(hits) / len(hits) if hits else 0.0


def temperature(margins: Sequence[Sequence[float]], own: Sequence[int]) -> float:
    """Choose the softmax temperature under which the right labels were least surprising.

    Args:
        margins: per text, of a model that had not learnt from it.
        own: per text, the place of its right label.
    """
    said = np.array(margins)
    said -= said.max(axis=1, keepdims=True)
    right = said[np.arange(len(own)), own]

    # Only which temperature is best leaves this place: a last bit more or less changes nothing.
    def surprise(heat: float) -> float:
        chances = np.exp(right / heat) / np.exp(said / heat).sum(axis=1)
        return -float(np.log(np.maximum(chances, 1e-9)).sum())

    return _lowest(surprise)


def _lowest(surprise: Callable[[float], float]) -> float:
    """Search the grid by halving; the surprise has one valley."""
    low, high = 0, len(_GRID) - 1
    while high - low > 2:  # noqa: PLR2004 - three points left: look at each
        third = (high - low) // 3
        if surprise(_GRID[low + third]) <= surprise(_GRID[high - third]):
            high -= third
        else:
            low += third
    return min(_GRID[low : high + 1], key=surprise)


def limit_for_precision(
    scored: Sequence[tuple[float, bool]], precision: float, fewest: int
) -> float:
    """Find the lowest limit from which on at least `precision` of the texts are right.

    Returns:
        A limit above 1 if no limit keeps the promise over `fewest` texts.
    """
    best, right = 2.0, 0
    for n, (score, good) in enumerate(sorted(scored, reverse=True), 1):
        right += good
        if n >= fewest and right >= precision * n:
            best = score
    return _floored(best)


def limit_for_recall(scores: Sequence[float], recall: float) -> float:
    """Find the highest limit that at least `recall` of the scores reach."""
    ordered = sorted(scores, reverse=True)
    return _floored(ordered[min(int(recall * len(ordered)), len(ordered) - 1)])


def limit_for_few_wrong(scored: Sequence[tuple[float, bool]], wrong: float) -> float:
    """Find the lowest limit from which on at most the share `wrong` of all texts is wrong.

    Returns:
        A limit above 1 if even the surest texts are wrong too often.
    """
    best, missed = 2.0, 0
    for score, good in sorted(scored, reverse=True):
        missed += not good
        if missed > wrong * len(scored):
            break
        best = score
    return _floored(best)


def limit_for_silence(scores: Sequence[float], share_below: float) -> float:
    """Find the lowest limit that at least `share_below` of the scores stay under."""
    ordered = sorted(scores)
    at = min(int(share_below * len(ordered)), len(ordered) - 1)
    # Sure guesses crowd just below 1: four digits would not tell them apart.
    return (int(ordered[at] * _FINE) + 1) / _FINE


def _floored(limit: float) -> float:
    return int(limit * 10_000) / 10_000 if limit >= 0 else -int(-limit * 10_000 + 1) / 10_000
