"""Learning what is rare in tips, and from which likeness on two of them may be one event.

The limit is fixed on the corpus alone, where every tip is an event of its own: so many of a
thousand pairs of one category may be called twins by mistake.

All likenesses of a category are made at once. Weights are whole numbers up to 255 and a tip keeps
400 marks at most, so every sum is a whole number a double holds exactly, in whatever order.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.categories import NOT_A_TIP
from nlp.corpus import Example
from nlp.twins import FLOOR, SCALE, Twins, marks

# Half of what is promised (one in a thousand): texts to come are not those it was fixed on.
_FALSE = 0.0005
_KEPT = 3  # a mark seen less often weighs as one never seen
_COMMON = 32  # tips; a mark of fewer is added up pair by pair, one of more in a product of matrices

_Numbers = NDArray[np.float64]
_Having = Mapping[str, list[int]]  # mark → the numbers of the tips that have it


def learn(tips: Sequence[Example]) -> dict[str, object]:
    """What `nlp.twins.FILE` holds."""
    told = [tip for tip in tips if tip.category != NOT_A_TIP]
    found = [marks(tip.text) for tip in told]
    seen = Counter(mark for its in found for mark in its)
    weights = {m: _weight(n, len(told)) for m, n in seen.items() if n >= _KEPT}
    rare = _weight(1, len(told))
    twins = Twins(weights, rare, 1.0)
    by_category: defaultdict[str, list[dict[str, int]]] = defaultdict(list)
    for tip, its in zip(told, found, strict=True):
        by_category[tip.category].append(twins.rarest(its))
    scores = np.concatenate([_likenesses(its) for its in by_category.values()])
    at = len(scores) - 1 - int(len(scores) * _FALSE)
    limit = float(np.partition(scores, at)[at])
    return {"weights": weights, "rare": rare, "limit": math.ceil(limit * 1000) / 1000}


def _likenesses(told: Sequence[Mapping[str, int]]) -> _Numbers:
    """Say of every pair of a category, two events that are told alike, what `alike` says."""
    weights = {mark: weight for its in told for mark, weight in its.items()}
    having: defaultdict[str, list[int]] = defaultdict(list)
    for n, its in enumerate(told):
        for mark in its:
            having[mark].append(n)
    shared = _of_common(having, weights, len(told))
    pairs, weight = map(np.concatenate, zip(*_of_rare(having, weights, len(told)), strict=True))
    shared += np.bincount(pairs, weight, shared.size).reshape(shared.shape)
    sums = np.array([sum(its.values()) for its in told], float)
    return np.concatenate(
        [
            its[n + 1 :] / np.maximum(np.minimum(sums[n], sums[n + 1 :]), FLOOR)
            for n, its in enumerate(shared)
        ]
    )


def _of_common(having: _Having, weights: Mapping[str, int], count: int) -> _Numbers:
    """Add up the marks many tips have, for each pair of tips."""
    common = [mark for mark, its in having.items() if len(its) >= _COMMON]
    table = np.zeros((count, len(common)))
    for column, mark in enumerate(common):
        table[having[mark], column] = 1
    shared: _Numbers = (table * [weights[mark] for mark in common]) @ table.T
    return shared


def _of_rare(
    having: _Having, weights: Mapping[str, int], count: int
) -> Iterator[tuple[NDArray[np.int64], _Numbers]]:
    """Yield pairs of tips (as places in the table of all) that share a mark, and its weight."""
    alike: defaultdict[int, list[str]] = defaultdict(list)
    for mark, its in having.items():
        alike[len(its)].append(mark)
    for size in range(2, _COMMON):
        tips = np.array([having[mark] for mark in alike[size]], int).reshape(-1, size)
        one, other = np.triu_indices(size, 1)
        weight = np.array([weights[mark] for mark in alike[size]], float)
        yield (tips[:, one] * count + tips[:, other]).ravel(), weight.repeat(len(one))


def _weight(seen: int, of: int) -> int:
    return min(255, round(SCALE * math.log((of + 1) / (seen + 1))))
