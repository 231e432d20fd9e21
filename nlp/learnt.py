"""What was learnt, cut down to what a file holds; it scores many texts at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nlp.model import RARITY_STEPS, Linear, assemble
from nlp.rows import Floats, Ints
from nlp.weighed import Weighed, Worth

_WEIGHT = 127  # largest stored weight


@dataclass(frozen=True, slots=True)
class Learnt:
    """A linear model in arrays: rows in the order of the features' numbers."""

    labels: tuple[str, ...]
    numbers: NDArray[np.uint32]
    rarities: NDArray[np.uint8]
    weights: NDArray[np.int8]
    scale: float

    @property
    def model(self) -> Linear:
        """Give the model as the bot reads it."""
        table = zip(
            self.numbers.tolist(),
            self.rarities.tolist(),
            map(bytes, self.weights.view(np.uint8)),
            strict=True,
        )
        return assemble(self.labels, list(table), self.scale, {})

    def scored(self, features: NDArray[np.uint32], starts: Ints) -> tuple[Floats, Floats]:
        """Do what `Linear.scored` does, for many texts: the same numbers to the last bit.

        Args:
            features: of all texts one after the other.
            starts: where each text begins, and behind the last one the end.
        """
        places = np.searchsorted(self.numbers, features)
        places[places == len(self.numbers)] = 0
        known = self.numbers[places] == features if len(self.numbers) else features < 0
        places[~known] = len(self.numbers)
        weights = np.vstack([self.weights, np.zeros((1, len(self.labels)), np.int8)]).astype(float)
        unseen = int(self.rarities.max(initial=0)) if len(self.rarities) else RARITY_STEPS
        squares = np.append(self.rarities.astype(float), unseen) ** 2
        margins = np.zeros((len(starts) - 1, len(self.labels)))
        shares = np.zeros(len(starts) - 1)
        bounds = starts.tolist()
        for n, (first, last) in enumerate(pairwise(bounds)):
            its = places[first:last]
            count = np.count_nonzero(known[first:last])
            if count:
                share = RARITY_STEPS / (self.scale * np.sqrt(squares[its].sum()))
                margins[n] = weights[its].sum(axis=0) * share
                shares[n] = count / (last - first)
        return margins, shares


def pruned(
    weighed: Weighed, labels: Sequence[str], found: Sequence[Worth], keys: Floats, keep: int
) -> Learnt:
    """Keep the features whose keys are largest, by name where keys are equal; weights are one byte.

    Args:
        weighed: what was learnt from.
        labels: names of the columns of `found`.
        found: what features are worth.
        keys: of all of them, one after the other.
        keep: how many to keep.
    """
    features = np.concatenate([worth.features for worth in found])
    best = np.lexsort((weighed.rows.ranks[features], -keys))[:keep]
    most = np.concatenate([worth.most for worth in found])[best]
    scale = float(_WEIGHT / most.max()) if len(best) else float(_WEIGHT)
    adds = np.concatenate([worth.adds for worth in found])[best]
    # Of two features with one number the first stays, which is the stronger.
    numbers, first = np.unique(weighed.rows.codes[features[best]], return_index=True)
    return Learnt(
        labels=tuple(labels),
        numbers=numbers,
        rarities=weighed.rarity[features[best]][first].astype(np.uint8),
        weights=np.rint(adds[first] * scale).astype(np.int8),
        scale=scale,
    )
