"""Documents → a linear model whose labels are learnt at once, much faster than one by one.

It solves what `nlp/solver.py` solves and on the same grids, so that no sum is ever rounded. But all
labels read the documents in one order: scoring a text for every label, and correcting every label,
is then one pass over its features.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nlp.learner import Document, Lessons
from nlp.learnt import Learnt, pruned
from nlp.model import Linear
from nlp.rows import Floats, Ints
from nlp.shuffle import Shuffle
from nlp.solver import OFFSET, STEP_GRID, VALUE_GRID, Answer, Problem
from nlp.weighed import Weighed, Worth

_AT_ONCE = 1024  # documents prepared together


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to fit: cost of one error, rounds over the documents."""

    cost: float = 1.0
    rounds: int = 4


def fit(documents: Sequence[Document], labels: Sequence[str], keep: int, effort: Effort) -> Linear:
    """Learn a model of at most `keep` features."""
    return learn(Lessons.of(documents, labels), labels, keep, effort).model


def learn(lessons: Lessons, labels: Sequence[str], keep: int, effort: Effort) -> Learnt:
    """Learn a model of at most `keep` features.

    They are those that can add most to a score, and do so often. By what they add alone, rare words
    would push out common ones: 1.5 points of accuracy.
    """
    weighed = Weighed.of(lessons.rows, _share)
    answer = _solve(weighed.problem(lessons.targets), effort)
    found = _heard(weighed.of_shared(answer)), weighed.of_alone(answer)
    keys = [worth.most * np.sqrt(weighed.counts[worth.features]) for worth in found]
    return pruned(weighed, labels, found, np.concatenate(keys), keep)


def _share(rare: Ints, length: Floats) -> Floats:
    return rare * (VALUE_GRID / length)


def _heard(worth: Worth) -> Worth:
    """Leave out what adds nothing to any score."""
    some = worth.most > 0
    return Worth(worth.features[some], worth.adds[some], worth.most[some])


def _solve(problem: Problem, effort: Effort) -> Answer:
    problem.check(effort.cost)
    weights = np.zeros((problem.size, problem.targets.shape[1]))
    pulls = np.zeros(problem.targets.shape)
    order, shuffle, squares = np.arange(len(pulls)), Shuffle(), problem.squares
    for _ in range(effort.rounds):
        read = shuffle(order)
        for some in np.split(read, range(_AT_ONCE, len(read), _AT_ONCE)):
            curbs = _curbs(problem.targets[some], effort.cost)
            widths = squares[some][:, None] + curbs
            pulls[some] += _visited(problem, some, weights, pulls[some], curbs, widths)
    return Answer(weights, pulls)


def _curbs(targets: Floats, cost: float) -> Floats:
    """Say how much pulls are held back; what a document does not tell of is left alone anyway."""
    return np.divide(0.5, cost * np.abs(targets), out=np.ones(targets.shape), where=targets != 0)


def _visited(
    problem: Problem, some: Ints, weights: Floats, pulls: Floats, curbs: Floats, widths: Floats
) -> Floats:
    """Correct the weights by one document after the other; returns how much the pulls move.

    A label's slope is sign · (score + curb · pull) - 1, and its pull should be as much further on
    its own side as the slope is below nought, divided by width.
    """
    moved = np.zeros(pulls.shape)
    signs = np.sign(problem.targets[some])
    offsets = problem.alone[some][:, None] * pulls - OFFSET
    least, most = np.where(signs < 0, -np.inf, 0.0), np.where(signs > 0, np.inf, 0.0)
    known = zip(offsets, curbs * pulls, signs, widths, pulls, least, most, moved, strict=True)
    for (at, values), its in zip(_features(problem, some), known, strict=True):
        offset, curbed, sign, width, pull, low, high, move = its
        heavy = weights.take(at, axis=0)
        wanted = values @ heavy
        wanted += offset
        wanted += curbed
        wanted -= sign
        wanted /= width
        np.subtract(pull, wanted, out=wanted)
        np.maximum(wanted, low, out=wanted)
        np.minimum(wanted, high, out=wanted)
        wanted -= pull
        wanted *= STEP_GRID
        np.rint(wanted, out=wanted)
        if wanted.any():
            wanted /= STEP_GRID
            move[:] = wanted
            heavy += values[:, None] * wanted
            weights[at] = heavy
    return moved


def _features(problem: Problem, some: Ints) -> Iterator[tuple[Ints, Floats]]:
    for first, last in zip(problem.starts[some], problem.starts[some + 1], strict=True):
        yield problem.features[first:last], problem.values[first:last]
