"""Documents → a linear model whose labels are learnt at once, much faster than one by one.

It solves what `nlp/solver.py` solves and on the same grids, so that no sum is ever rounded. But all
labels read the documents in one order: scoring a text for every label, and correcting every label,
is then one pass over its features. Models of several sets of lessons, as when folds are left out,
take each step side by side: their matrices are small, and to ask numpy for one costs as much as to
add it up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from nlp.learner import Document, Lessons
from nlp.learnt import Learnt, pruned
from nlp.model import Linear
from nlp.rows import Floats, Ints
from nlp.shuffle import Shuffle
from nlp.solver import OFFSET, STEP_GRID, VALUE_GRID, Answer, Problem, paired
from nlp.weighed import Weighed, Worth

_AT_ONCE = 256  # steps prepared together


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to fit: cost of one error, rounds over the documents."""

    cost: float = 1.0
    rounds: int = 4


def fit(documents: Sequence[Document], labels: Sequence[str], keep: int, effort: Effort) -> Linear:
    """Learn a model of at most `keep` features."""
    return learn([Lessons.of(documents, labels)], labels, keep, effort)[0].model


def learn(
    lessons: Sequence[Lessons], labels: Sequence[str], keep: int, effort: Effort
) -> list[Learnt]:
    """Learn a model of at most `keep` features from each set of lessons.

    They are those that can add most to a score, and do so often. By what they add alone, rare words
    would push out common ones: 1.5 points of accuracy.
    """
    weighed = [Weighed.of(its.rows, _share) for its in lessons]
    problems = [one.problem(its.targets) for one, its in zip(weighed, lessons, strict=True)]
    answers = _solve(problems, effort)
    return [_pruned(one, labels, its, keep) for one, its in zip(weighed, answers, strict=True)]


def _share(rare: Ints, length: Floats) -> Floats:
    return rare * (VALUE_GRID / length)


def _heard(worth: Worth) -> Worth:
    """Leave out what adds nothing to any score."""
    some = worth.most > 0
    return Worth(worth.features[some], worth.adds[some], worth.most[some])


def _pruned(weighed: Weighed, labels: Sequence[str], answer: Answer, keep: int) -> Learnt:
    found = _heard(weighed.of_shared(answer)), weighed.of_alone(answer)
    keys = [worth.most * np.sqrt(weighed.counts[worth.features]) for worth in found]
    return pruned(weighed, labels, found, np.concatenate(keys), keep)


def _solve(problems: Sequence[Problem], effort: Effort) -> list[Answer]:
    for problem in problems:
        problem.check(effort.cost)
    table = _Table.of(problems)
    documents, sizes = (
        list(pairwise(accumulate(counts, initial=0)))
        for counts in zip(*((len(its.alone), its.size) for its in problems), strict=True)
    )
    weights = np.zeros((sizes[-1][1] + 1, table.targets.shape[1]))
    pulls = np.zeros(table.targets.shape)
    shuffles = [Shuffle() for _ in problems]
    for _ in range(effort.rounds):
        pairs = zip(shuffles, documents, strict=True)
        orders = [shuffle(np.arange(*bounds)) for shuffle, bounds in pairs]
        read = _side_by_side(orders, nobody=documents[-1][1])
        for some in np.split(read, range(_AT_ONCE, len(read), _AT_ONCE)):
            pulls[some] += _Visits.of(table, some, pulls[some], effort.cost).make(weights)
    return [
        Answer(weights[slice(*features)], pulls[slice(*its)])
        for features, its in zip(sizes, documents, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Table:
    """All problems behind each other, which share no feature; the last document is nobody's."""

    pairs: NDArray[np.void]  # PAIR
    starts: Ints
    lengths: Ints
    alone: Floats
    squares: Floats
    targets: Floats

    @classmethod
    def of(cls, problems: Sequence[Problem]) -> "_Table":
        every = [*problems, _nobody(problems[0].targets.shape[1])]
        pairs = [paired(its) for its in every]
        for its, first in zip(pairs, np.cumsum([0, *(its.size for its in problems)]), strict=True):
            its["feature"] += first
        lengths = np.concatenate([np.diff(its.starts) for its in every])
        return cls(
            pairs=np.concatenate(pairs),
            starts=np.cumsum(lengths) - lengths,
            lengths=lengths,
            alone=np.concatenate([its.alone for its in every]),
            squares=np.concatenate([its.squares for its in every]),
            targets=np.concatenate([its.targets for its in every]),
        )


def _nobody(labels: int) -> Problem:
    """Give one document that tells of nothing."""
    nought, targets = np.zeros(1), np.zeros((1, labels))
    return Problem(np.zeros(1, np.int64), nought, np.array([0, 1]), nought, targets, size=1)


def _side_by_side(orders: Sequence[Ints], nobody: int) -> Ints:
    """Give a row for each step: a document of every problem or, behind its last one, nobody's."""
    found = np.full((max(map(len, orders)), len(orders)), nobody)
    for column, order in zip(found.T, orders, strict=True):
        column[: len(order)] = order
    return found


def _curbs(targets: Floats, cost: float) -> Floats:
    """Say how much pulls are held back; what a document does not tell of is left alone anyway."""
    return np.divide(0.5, cost * np.abs(targets), out=np.ones(targets.shape), where=targets != 0)


@dataclass(frozen=True, slots=True)
class _Visits:
    """Steps, each to one document of every problem: what is known before the first is made.

    Of each step and problem what the corrections need for every label. Of each step where its
    features begin; and per feature how much of it there is, in the column of its problem.
    """

    pulls: Floats
    offsets: Floats
    curbed: Floats
    signs: Floats
    widths: Floats
    least: Floats
    most: Floats
    starts: list[int]
    features: Ints
    values: Floats

    @classmethod
    def of(cls, table: _Table, read: Ints, pulls: Floats, cost: float) -> "_Visits":
        targets = table.targets[read]
        signs, curbs = np.sign(targets), _curbs(targets, cost)
        count, width = read.shape
        lengths = table.lengths[read].ravel()
        starts = np.concatenate([[0], np.cumsum(lengths)])
        at = np.repeat(table.starts[read].ravel() - starts[:-1], lengths) + np.arange(starts[-1])
        values = np.zeros((len(at), width))
        columns = np.repeat(np.tile(np.arange(width), count), lengths)
        pairs = table.pairs[at]
        values[np.arange(len(at)), columns] = pairs["value"]
        return cls(
            pulls=pulls,
            offsets=table.alone[read][..., None] * pulls - OFFSET,
            curbed=curbs * pulls,
            signs=signs,
            widths=table.squares[read][..., None] + curbs,
            least=np.where(signs < 0, -np.inf, 0.0),
            most=np.where(signs > 0, np.inf, 0.0),
            starts=starts[::width].tolist(),
            features=pairs["feature"].astype(np.int64),
            values=values,
        )

    def make(self, weights: Floats) -> Floats:
        """Correct the weights by one step after the other; returns how much the pulls move.

        A label's slope is sign · (score + curb · pull) - 1, and its pull should be as much further
        on its own side as the slope is below nought, divided by width.
        """
        moved = np.zeros(self.pulls.shape)
        known = zip(
            *(self.pulls, self.offsets, self.curbed, self.signs),
            *(self.widths, self.least, self.most, moved, pairwise(self.starts)),
            strict=True,
        )
        rows = weights.view(np.dtype((np.void, weights.strides[0])))[:, 0]
        for pull, offset, curbed, sign, width, low, high, move, (first, last) in known:
            at, values = self.features[first:last], self.values[first:last]
            heavy = weights.take(at, axis=0)
            wanted = values.T @ heavy
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
            if np.count_nonzero(wanted):
                np.divide(wanted, STEP_GRID, out=move)
                heavy += values @ move
                rows.put(at, heavy.view(rows.dtype))  # whole rows: four times as quick
        return moved
