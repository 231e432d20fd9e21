"""A linear separator learnt exactly: dual coordinate descent whose every sum is free of rounding.

The problem is the one `underthesea_core.TextClassifier` solves (L2-regularised squared hinge), but
that one keeps its words in a table with a random seed, so two runs give different bytes. Here
numbers lie on binary grids coarse enough that a double holds every product and sum exactly: the
result depends neither on the order of summation nor on the Python version or the machine.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter, mul

# x on 2^-10 and steps on 2^-20 put w on 2^-30 and w·x on 2^-40. With |w·x| < 2^10 that is 50 bits;
# a double has 53.
VALUE_GRID = 1 << 10
_STEP_GRID = 1 << 20
_LCG = (6364136223846793005, 1442695040888963407, 1 << 64)  # Knuth's MMIX generator
# Every text starts out as "no": only those that share features with a label need correcting.
_OFFSET = 1.0


class Row:
    """One document: which shared features it has, at least two, and how much of each.

    `alone` is the sum of squares of features no other document has. Nobody else moves their
    weights, so the solver need not visit them; what they are worth follows from the answer.
    """

    __slots__ = ("alone", "features", "gather", "square", "values")

    def __init__(
        self, features: tuple[int, ...], values: tuple[float, ...], alone: float = 0.0
    ) -> None:
        self.features = features
        self.values = values
        self.alone = alone
        self.square = sum(map(mul, values, values)) + alone
        self.gather: Callable[[list[float]], tuple[float, ...]] = itemgetter(*features)


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


def learn(
    rows: Sequence[Row], targets: Sequence[float], size: int, effort: Effort
) -> tuple[list[float], list[float]]:
    """Learn one weight per shared feature and the pull of each document.

    Args:
        rows: the documents.
        targets: per document, its side (sign) and its say (size); 0 leaves the document out.
        size: number of shared features.
        effort: when to stop.

    Returns:
        The weights; and per document its signed pull: a feature it alone has weighs pull × value.
    """
    weights = [0.0] * size
    pulls = [0.0] * len(rows)
    active = [n for n, target in enumerate(targets) if target]
    curbs = [0.5 / (effort.cost * abs(target)) if target else 0.0 for target in targets]
    shuffle = Shuffle()
    limit = effort.settled
    for _ in range(effort.rounds):
        worst, kept = 0.0, []
        for n in shuffle(active):
            row, pull = rows[n], pulls[n]
            sign = 1.0 if targets[n] > 0 else -1.0
            score = sum(map(mul, row.gather(weights), row.values)) + row.alone * pull - _OFFSET
            slope = sign * (score + curbs[n] * pull) - 1.0
            if pull == 0.0 and slope >= 0.0:
                if slope <= limit:
                    kept.append(n)
                continue
            kept.append(n)
            worst = max(worst, abs(slope))
            wanted = max(sign * pull - slope / (row.square + curbs[n]), 0.0) * sign
            step = round((wanted - pull) * _STEP_GRID) / _STEP_GRID
            if step:
                pulls[n] = pull + step
                for feature, value in zip(row.features, row.values, strict=True):
                    weights[feature] += step * value
        active, limit = kept, min(worst, effort.settled)
        if worst < effort.tolerance:
            break
    return weights, pulls


class Shuffle:
    """The same shuffles in every run and on every Python."""

    def __init__(self) -> None:
        """Start where every run starts."""
        self._state = 1

    def __call__(self, items: list[int]) -> list[int]:
        """Give the items in another order."""
        items = list(items)
        a, c, m = _LCG
        for n in range(len(items) - 1, 0, -1):
            self._state = (a * self._state + c) % m
            other = (self._state >> 33) % (n + 1)
            items[n], items[other] = items[other], items[n]
        return items
