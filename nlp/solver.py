"""Linear separators learnt exactly: dual coordinate descent whose every sum is free of rounding.

The problem is the one `underthesea_core.TextClassifier` solves (L2-regularised squared hinge), but
that one keeps its words in a table with a random seed, so two runs give different bytes. Here
numbers lie on binary grids coarse enough that a double holds every product and sum exactly: the
result depends neither on the order of summation nor on Python, numpy or the machine.

Every label of every problem is a lane of its own, with its own order of documents. Lanes know
nothing of each other, so all of them take a step at a time, in arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nlp.shuffle import Shuffle

# x on 2^-10 and steps on 2^-20 put w on 2^-30 and w·x on 2^-40. With |w·x| < 2^10 that is 50 bits;
# a double has 53. So whatever adds up a row (numpy, a BLAS, with or without fused multiplication)
# gives the same number, and every number that is rounded comes of one operation IEEE 754 settles.
# |w·x| stays so small because no step lets the dual objective fall below the nought it begins at:
# that gives |w|² <= 8 · the cost of all texts on the label's side, and |x| is about 1.
_MOST = 1 << 19  # of |w|²; |x|² may be 1.2 by rounding
VALUE_GRID = 1 << 10
STEP_GRID = float(1 << 20)
# Every text starts out as "no": only those that share features with a label need correcting.
OFFSET = 1.0
_AT_ONCE = 8192  # visits prepared together: what they need stays near the processor

# A feature beside its value, both without loss: one look into far memory instead of two.
PAIR = np.dtype([("feature", np.int32), ("value", np.float32)])

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Problem:
    """Documents that share features, and what each of them says of each label.

    Attributes:
        features: of all documents one after the other; of each document at least one, each once.
        values: how much of each.
        starts: where each document begins, and behind the last one the end.
        alone: per document the sum of squares of features no other has. Nobody else moves their
            weights, so the solver need not visit them; what they are worth follows from the pulls.
        targets: per document and label its side (sign) and its say (size); 0 leaves it out.
        size: number of features.
    """

    features: Ints
    values: Floats
    starts: Ints
    alone: Floats
    targets: Floats
    size: int

    def check(self, cost: float) -> None:
        """Make sure that no sum will need rounding.

        Raises:
            OverflowError: the documents say too much for that.
        """
        said = np.maximum(self.targets, 0.0).sum(axis=0).max(initial=0.0)
        if 8 * cost * said > _MOST:
            raise OverflowError(f"{said:.0f} for one label at cost {cost} is too much to be exact")

    @property
    def squares(self) -> Floats:
        """Give the length of each document, squared."""
        found: Floats = np.add.reduceat(self.values**2, self.starts[:-1]) + self.alone
        return found


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to fit: cost of one error, rounds over the documents, violation to stop at.

    `settled`: a document that needs no correction, by at least this much, is not looked at again.
    Of a label's thousands of strangers four in five are settled at 0.1 after one round.
    """

    cost: float = 1.0
    rounds: int = 2
    tolerance: float = 0.05
    settled: float = float("inf")


@dataclass(frozen=True, slots=True)
class Answer:
    """A weight per feature and label; and per document and label its signed pull.

    A feature only one document has weighs pull times value.
    """

    weights: Floats
    pulls: Floats


def learn(problems: Sequence[Problem], effort: Effort) -> list[Answer]:
    """Learn every label of every problem."""
    for problem in problems:
        problem.check(effort.cost)
    table = _Table.of(problems)
    lanes = [
        _Lane(
            label * problem.size + weights, label * len(problem.alone) + pulls - docs, active + docs
        )
        for problem, (docs, weights, pulls) in zip(problems, table.bases, strict=True)
        for label, active in enumerate(map(np.flatnonzero, problem.targets.T))
    ]
    for _ in range(effort.rounds):
        _round(table, [lane for lane in lanes if lane.worst >= effort.tolerance], effort)
    found = []
    for problem, (_, weights, pulls) in zip(problems, table.bases, strict=True):
        count, labels = problem.targets.shape
        found.append(
            Answer(
                table.weights[weights:][: labels * problem.size].reshape(labels, -1).T,
                table.pulls[pulls:][: labels * count].reshape(labels, -1).T,
            )
        )
    return found


@dataclass(slots=True)
class _Lane:
    """One label of one problem: where its weights and pulls begin, and whom it still visits."""

    weights: int
    pulls: int
    active: Ints
    shuffle: Shuffle = field(default_factory=Shuffle)
    worst: float = float("inf")


@dataclass(frozen=True, slots=True)
class _Table:
    """All problems behind each other; of each label its weights and its pulls."""

    pairs: NDArray[np.void]  # PAIR
    starts: Ints
    lengths: Ints
    alone: Floats
    squares: Floats
    targets: Floats
    weights: Floats
    pulls: Floats
    bases: list[tuple[int, int, int]]  # of each problem: its documents, weights and pulls

    @classmethod
    def of(cls, problems: Sequence[Problem]) -> "_Table":
        bases, docs, elements, weights, pulls = [], 0, 0, 0, 0
        starts = []
        for problem in problems:
            bases.append((docs, weights, pulls))
            starts.append(problem.starts[:-1] + elements)
            docs += len(problem.alone)
            elements += len(problem.values)
            weights += problem.targets.shape[1] * problem.size
            pulls += problem.targets.size
        return cls(
            np.concatenate([paired(problem) for problem in problems]),
            np.concatenate(starts),
            np.concatenate([np.diff(problem.starts) for problem in problems]),
            np.concatenate([problem.alone for problem in problems]),
            np.concatenate([problem.squares for problem in problems]),
            np.concatenate([problem.targets.T.ravel() for problem in problems]),
            np.zeros(weights),
            np.zeros(pulls),
            bases,
        )


def paired(problem: Problem) -> NDArray[np.void]:
    """Give the features of all documents, each beside its value."""
    pairs = np.empty(len(problem.features), PAIR)
    pairs["feature"], pairs["value"] = problem.features, problem.values
    return pairs


def _round(table: _Table, lanes: list[_Lane], effort: Effort) -> None:
    """Let each lane visit its documents once, and drop those that are settled."""
    lanes = sorted(lanes, key=lambda lane: -len(lane.active))
    lengths = np.array([len(lane.active) for lane in lanes])
    order = np.zeros((max(lengths, default=0), len(lanes)), np.int64)
    for n, lane in enumerate(lanes):
        order[: lengths[n], n] = lane.shuffle(lane.active)
    kept = np.zeros(order.shape, bool)
    limits = np.minimum([lane.worst for lane in lanes], effort.settled)
    worst = np.zeros(len(lanes))
    at = 0
    while at < len(order):
        going = int(np.searchsorted(-lengths, -at))  # lanes that are not at their end
        end = at + max(_AT_ONCE // going, 1)
        some = np.arange(at, min(end, len(order)))[:, None] < lengths[:going]
        visits = _Visits.of(table, lanes[:going], order[at:end, :going], some, effort.cost)
        visits.make(table)
        kept[at:end, :going][some] = visits.had | (visits.slopes <= limits[visits.lanes])
        np.maximum.at(worst, visits.lanes, visits.violations())
        at = end
    for n, lane in enumerate(lanes):
        lane.active = order[kept[:, n], n]
        lane.worst = float(worst[n])


@dataclass(frozen=True, slots=True)
class _Visits:
    """Steps of all lanes, each to one document: what is known before the first is made.

    Of each visit the lane, where its pull is, the pull itself, and what the corrections need; where
    its features begin, and per feature where its weight is and how much of it there is.
    """

    lanes: Ints
    places: Ints
    pulls: Floats
    had: NDArray[np.bool_]
    signs: Floats
    curbs: Floats
    alone: Floats
    widths: Floats
    slopes: Floats
    steps: list[int]
    starts: Ints
    lengths: Ints
    at: Ints
    values: Floats

    @classmethod
    def of(
        cls, table: _Table, lanes: list[_Lane], order: Ints, some: NDArray[np.bool_], cost: float
    ) -> "_Visits":
        docs = order[: len(some)][some]
        of = np.broadcast_to(np.arange(len(lanes)), some.shape)[some]
        places = np.array([lane.pulls for lane in lanes])[of] + docs
        targets, pulls = table.targets[places], table.pulls[places]
        curbs = 0.5 / (cost * np.abs(targets))
        lengths = table.lengths[docs]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        elements = np.arange(starts[-1])
        elements += np.repeat(table.starts[docs] - starts[:-1], lengths)
        pairs = table.pairs.take(elements)
        at = np.repeat(np.array([lane.weights for lane in lanes])[of], lengths)
        at += pairs["feature"]
        return cls(
            lanes=of,
            places=places,
            pulls=pulls,
            had=pulls != 0.0,
            signs=np.where(targets > 0, 1.0, -1.0),
            curbs=curbs,
            alone=table.alone[docs] * pulls - OFFSET,
            widths=table.squares[docs] + curbs,
            slopes=np.empty(len(docs)),
            steps=[0, *np.cumsum(some.sum(axis=1)).tolist()],
            starts=starts,
            lengths=lengths,
            at=at,
            values=pairs["value"].astype(float),
        )

    def make(self, table: _Table) -> None:
        """Go through the visits, a step of all lanes at a time."""
        weights, signed, curbed = table.weights, self.signs * self.pulls, self.curbs * self.pulls
        moved = np.zeros(len(self.lanes))
        bounds = self.starts[self.steps].tolist()
        within = self.starts[:-1] - np.repeat(bounds[:-1], np.diff(self.steps))
        for (a, b), (first, last) in zip(pairwise(self.steps), pairwise(bounds), strict=True):
            at, values = self.at[first:last], self.values[first:last]
            heavy = weights.take(at)
            slope = np.add.reduceat(heavy * values, within[a:b])
            slope += self.alone[a:b]
            slope += curbed[a:b]
            slope *= self.signs[a:b]
            slope -= 1.0
            self.slopes[a:b] = slope
            slope /= self.widths[a:b]
            step = np.subtract(signed[a:b], slope)
            np.maximum(step, 0.0, out=step)
            step *= self.signs[a:b]
            step -= self.pulls[a:b]
            step *= STEP_GRID
            np.rint(step, out=step)
            step /= STEP_GRID
            if step.any():
                moved[a:b] = step
                heavy += np.repeat(step, self.lengths[a:b]) * values
                weights[at] = heavy
        table.pulls[self.places] += moved

    def violations(self) -> Floats:
        """Say how far each visited document was from where it should be."""
        found: Floats = np.where(self.had | (self.slopes < 0.0), np.abs(self.slopes), 0.0)
        return found
