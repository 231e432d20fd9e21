"""Documents → a linear model whose labels are learnt at once, much faster than one by one.

It solves what `nlp/solver.py` solves, in whole numbers: in units that are powers of two the result
depends neither on the order of summation nor on the Python version or the machine. The weights of
one feature for all labels share one long whole number, a lane of 64 bits each: scoring a text for
every label, and correcting every label, is then one pass over its features.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from operator import itemgetter, mul
from sys import byteorder

from nlp.features import code
from nlp.learner import Document
from nlp.model import RARITY_STEPS, Linear, assemble
from nlp.solver import Shuffle

# Values count in 2^-10, pulls in 2^-20, so weights in 2^-30 and scores in 2^-40. A score is below
# 2^10: 50 bits of 64.
_VALUE_UNIT = 1 << 10
_PULL_UNIT = 1 << 20
_WEIGHT_UNIT = _VALUE_UNIT * _PULL_UNIT
_SCORE_UNIT = _VALUE_UNIT * _WEIGHT_UNIT
_LANE = 64
_ZERO = 1 << (_LANE - 1)  # lanes are read with this added, so that none is below nought
# Every text starts out as "no": only those that share features with a label need correcting.
_OFFSET = 1.0
_RAREST = 255  # the rarity is one byte in the file
_WEIGHT = 127  # largest stored weight
_WEIGHT_STEPS = _WEIGHT_UNIT * RARITY_STEPS  # a score adds weight times rarity: that is stored

# The most a feature can add to a score; and what it adds to each: whole numbers times a factor.
_Worth = tuple[float, Sequence[int], float]
_Side = tuple[int, float, float]  # label, +1 or -1, and how much its pull is curbed


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to fit: cost of one error, rounds over the documents."""

    cost: float = 1.0
    rounds: int = 4


class _Row:
    """One document: which shared features it has, at least two, and how much of each.

    `alone` is the sum of squares of features no other document has. Nobody else moves their
    weights, so the solver need not visit them; what they are worth follows from the pulls.
    """

    __slots__ = ("alone", "curbed", "features", "gather", "pulls", "square", "values")

    def __init__(self, features: Sequence[int], values: Sequence[int], alone: int) -> None:
        self.features = features
        self.values = values
        self.alone = alone
        self.square = (sum(map(mul, values, values)) + alone) / _VALUE_UNIT**2
        self.gather: Callable[[list[int]], tuple[int, ...]] = itemgetter(*features)
        self.curbed: list[_Side] = []
        self.pulls: list[int] = []


def fit(documents: Sequence[Document], labels: Sequence[str], keep: int, effort: Effort) -> Linear:
    """Learn a model of at most `keep` features."""
    seen: Counter[str] = Counter()
    for document in documents:
        seen.update(document.features)
    steps = [0, *(_rarity(len(documents), having) for having in range(1, max(seen.values()) + 1))]
    rarity = {name: steps[having] for name, having in seen.items()}
    shared = sorted(name for name, having in seen.items() if having > 1)
    place = {name: n for n, name in enumerate(shared)}
    values = [_values(document.features, rarity) for document in documents]
    rows = [_row(d.features, v, place) for d, v in zip(documents, values, strict=True)]
    for row, document in zip(rows, documents, strict=True):
        row.curbed = _sides([document.targets.get(label, 0.0) for label in labels], effort.cost)
        row.pulls = [0] * len(labels)
    weights = _solve(rows, len(shared), len(labels), effort.rounds)
    worth: dict[str, _Worth] = {}
    for name, packed in zip(shared, weights, strict=True):
        if packed:
            adds, factor = _unpacked(packed, len(labels)), rarity[name] / _WEIGHT_STEPS
            worth[name] = max(map(abs, adds)) * factor, adds, factor
    for document, its, row in zip(documents, values, rows, strict=True):
        worth.update(_alone(document.features, its, row.pulls, place, rarity))
    return _pruned(worth, seen, rarity, labels, keep)


def _rarity(documents: int, having: int) -> int:
    return min(round((log((documents + 1) / (having + 1)) + 1) * RARITY_STEPS), _RAREST)


def _values(features: Sequence[str], rarity: Mapping[str, int]) -> list[int]:
    """Give each feature its share of the text, so that long and short texts say as much."""
    rare = [rarity[name] for name in features]
    share = _VALUE_UNIT / (sqrt(sum(map(mul, rare, rare))) or 1.0)
    return [round(r * share) for r in rare]


def _row(features: Sequence[str], values: Sequence[int], place: Mapping[str, int]) -> _Row:
    places, shares, alone = [], [], 0
    for name, value in zip(features, values, strict=True):
        at = place.get(name)
        if at is None:
            alone += value * value
        else:
            places.append(at)
            shares.append(value)
    while len(places) < 2:  # noqa: PLR2004 - itemgetter gives a bare value for a single place
        places.append(0)
        shares.append(0)
    return _Row(places, shares, alone)


def _sides(targets: Sequence[float], cost: float) -> list[_Side]:
    return [
        (label, 1.0 if target > 0 else -1.0, 0.5 / (cost * abs(target)))
        for label, target in enumerate(targets)
        if target
    ]


def _solve(rows: Sequence[_Row], size: int, count: int, rounds: int) -> list[int]:
    """Learn packed weights of `size` shared features; leaves the pulls in the rows."""
    weights = [0] * size
    order, shuffle, zeros = list(range(len(rows))), Shuffle(), _zeros(count)
    for _ in range(rounds):
        for n in shuffle(order):
            row = rows[n]
            packed = sum(map(mul, row.gather(weights), row.values))
            step = _corrected(row, _lanes(packed + zeros, count))
            if step:
                for feature, value in zip(row.features, row.values, strict=True):
                    weights[feature] += step * value
    return weights


def _corrected(row: _Row, scores: Sequence[int]) -> int:
    """Move the pulls of one document to where they should be; returns the packed steps."""
    steps, pulls = 0, row.pulls
    for label, sign, curb in row.curbed:
        score, pull = scores[label], pulls[label]
        if not pull and sign < 0 and score <= _ZERO:
            continue  # a "no" that is heard as one
        pulled = pull / _PULL_UNIT
        heard = (score - _ZERO + row.alone * pull) / _SCORE_UNIT - _OFFSET
        slope = sign * (heard + curb * pulled) - 1.0
        wanted = max(sign * pulled - slope / (row.square + curb), 0.0) * sign
        step = round((wanted - pulled) * _PULL_UNIT)
        if step:
            pulls[label] = pull + step
            steps += step << _LANE * label
    return steps


def _zeros(count: int) -> int:
    return sum(_ZERO << _LANE * lane for lane in range(count))


def _lanes(packed: int, count: int) -> "array[int]":
    found = array("Q", packed.to_bytes(count * 8, "little"))
    if byteorder == "big":
        found.byteswap()
    return found


def _unpacked(packed: int, count: int) -> list[int]:
    return [lane - _ZERO for lane in _lanes(packed + _zeros(count), count)]


def _alone(
    features: Sequence[str],
    values: Sequence[int],
    pulls: Sequence[int],
    place: Mapping[str, int],
    rarity: Mapping[str, int],
) -> Iterator[tuple[str, _Worth]]:
    """Yield what features are worth that no other document has: its pull times their value."""
    strongest = max(map(abs, pulls))
    if strongest:
        for name, value in zip(features, values, strict=True):
            if name not in place:
                factor = value * rarity[name] / _WEIGHT_STEPS
                yield name, (strongest * factor, pulls, factor)


def _pruned(
    worth: Mapping[str, _Worth],
    seen: Mapping[str, int],
    rarity: Mapping[str, int],
    labels: Sequence[str],
    keep: int,
) -> Linear:
    """Keep the features that can add most to a score, and do so often; weights are one byte.

    By what they add alone, rare words would push out common ones: 1.5 points of accuracy.
    """
    best = sorted(worth, key=lambda name: (-worth[name][0] * sqrt(seen[name]), name))[:keep]
    scale = _WEIGHT / max((worth[name][0] for name in best), default=1.0)
    table = {
        code(name): (rarity[name], _bytes(worth[name], scale))
        for name in reversed(best)  # of two features with one number, the stronger stays
    }
    return assemble(labels, [(key, *table[key]) for key in sorted(table)], scale, {})


def _bytes(worth: _Worth, scale: float) -> bytes:
    _, numbers, factor = worth
    return array("b", [round(number * factor * scale) for number in numbers]).tobytes()
