"""Texts whose features have their say: what a solver is given, and what its answer is worth."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.model import RARITY_STEPS
from nlp.rows import Floats, Ints, Rows, rarities, sums
from nlp.solver import VALUE_GRID, Answer, Problem

# Of features their rarity and the length of their text: the value, in units of the grid.
Share = Callable[[Ints, Floats], Floats]


@dataclass(frozen=True, slots=True)
class Worth:
    """What features add to scores.

    Attributes:
        features: their numbers, each once.
        adds: to the score of each label.
        most: the largest of it.
    """

    features: Ints
    adds: Floats
    most: Floats


@dataclass(frozen=True, slots=True)
class Weighed:
    """Texts, and how much of each feature is in them.

    Features more than one text has are numbered anew for the solver, the commonest first: what most
    texts hold then lies together in memory.
    """

    rows: Rows
    counts: Ints
    rarity: Ints
    values: Floats
    shared: NDArray[np.bool_]
    owners: Ints  # the text of each feature
    order: Ints  # the shared features as the solver numbers them

    @classmethod
    def of(cls, rows: Rows, share: Share) -> "Weighed":
        """Give each feature its share of the text, so that long and short texts say as much."""
        counts = rows.counts()
        rarity = rarities(len(rows), counts)
        rare = rarity[rows.features]
        lengths = np.sqrt(sums(rare**2, rows.starts))
        owners = np.repeat(np.arange(len(rows)), np.diff(rows.starts))
        values = np.rint(share(rare, np.where(lengths, lengths, 1.0)[owners])) / VALUE_GRID
        order = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts > 1)]
        shared = counts[rows.features] > 1
        return cls(rows, counts, rarity, values, shared, owners, order)

    def problem(self, targets: Floats) -> Problem:
        """Give the solver what it needs; a text that shares nothing gets a feature worth nought."""
        size = len(self.order)
        places = np.full(len(self.counts), size)
        places[self.order] = np.arange(size)
        lengths = np.bincount(self.owners[self.shared], minlength=len(self.rows))
        starts = np.concatenate([[0], np.cumsum(lengths)])
        gaps = starts[:-1][lengths == 0]
        return Problem(
            features=np.insert(places[self.rows.features[self.shared]], gaps, size),
            values=np.insert(self.values[self.shared], gaps, 0.0),
            starts=np.concatenate([[0], np.cumsum(np.maximum(lengths, 1))]),
            alone=sums(np.where(self.shared, 0.0, self.values) ** 2, self.rows.starts),
            targets=targets,
            size=size + 1,
        )

    def of_shared(self, answer: Answer) -> Worth:
        """Say what the features are worth that the solver has weighed."""
        adds = answer.weights[: len(self.order)] * (self.rarity[self.order] / RARITY_STEPS)[:, None]
        return Worth(self.order, adds, np.abs(adds).max(axis=1, initial=0.0))

    def of_alone(self, answer: Answer) -> Worth:
        """Say what features are worth that no other text has: its pull times their value."""
        pulls = answer.pulls
        strongest = np.abs(pulls).max(axis=1, initial=0.0)
        at = np.flatnonzero(~self.shared & (strongest[self.owners] > 0))
        features = self.rows.features[at].astype(np.int64)
        factors = self.values[at] * self.rarity[features] / RARITY_STEPS
        owners = self.owners[at]
        return Worth(features, pulls[owners] * factors[:, None], strongest[owners] * factors)
