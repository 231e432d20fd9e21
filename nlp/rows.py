"""Texts as rows of numbered features, and how rare each feature is."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import log

import numpy as np
from numpy.typing import NDArray

from nlp.features import numbers
from nlp.model import RARITY_STEPS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_RAREST = 255  # the rarity is one byte in the file


@dataclass(frozen=True, slots=True)
class Rows:
    """Texts read into arrays.

    Attributes:
        features: of all texts one after the other, each a place in the two arrays below.
        starts: where each text begins, and behind the last one the end.
        codes: the number a model file knows a feature by.
        ranks: its place in the order of names: which of two comes first never depends on a run.
    """

    features: NDArray[np.int32]
    starts: Ints
    codes: NDArray[np.uint32]
    ranks: NDArray[np.int32]

    @classmethod
    def read(cls, texts: Iterable[Iterable[str]]) -> "Rows":
        """Number the features of texts, each of which names a feature once."""
        reader = Reader()
        for text in texts:
            reader.add(text)
        return reader.rows()

    def __len__(self) -> int:
        return len(self.starts) - 1

    def some(self, kept: NDArray[np.bool_]) -> "Rows":
        """Give a part of the texts; features keep their numbers."""
        lengths = np.diff(self.starts)
        starts = np.concatenate([[0], np.cumsum(lengths[kept])])
        return replace(self, features=self.features[np.repeat(kept, lengths)], starts=starts)

    def numbers(self) -> NDArray[np.uint32]:
        """Give the features of all texts as a model file knows them."""
        found: NDArray[np.uint32] = self.codes[self.features]
        return found

    def counts(self) -> Ints:
        """Count the texts that have each feature."""
        return np.bincount(self.features, minlength=len(self.codes))


class Reader:
    """Reads one text after the other, in any order the caller likes."""

    def __init__(self) -> None:
        self.names = _Places()
        self._features = array("i")
        self._starts = array("q", [0])

    def add(self, features: Iterable[str]) -> None:
        """Take the features of one more text."""
        self._features.extend(map(self.names.__getitem__, features))
        self._starts.append(len(self._features))

    def rows(self) -> Rows:
        """Give the texts read so far."""
        names = list(self.names)
        ranks = np.empty(len(names), np.int32)
        ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
        return Rows(
            np.array(self._features, np.int32),
            np.array(self._starts, np.int64),
            np.array(numbers(names), np.uint32),
            ranks,
        )


class _Places(dict[str, int]):
    """A number for every name, in the order in which they were asked for."""

    def __missing__(self, name: str) -> int:
        self[name] = place = len(self)
        return place


def rarities(texts: int, counts: Ints) -> Ints:
    """Give the rarity (inverse document frequency) of features, in steps."""
    most = int(counts.max(initial=0))
    return np.array([0, *(_rarity(texts, having) for having in range(1, most + 1))])[counts]


def _rarity(texts: int, having: int) -> int:
    return min(round((log((texts + 1) / (having + 1)) + 1) * RARITY_STEPS), _RAREST)


def sums(numbers: Floats | Ints, starts: Ints) -> Floats:
    """Add up the numbers of each text, none of which may need rounding on the way."""
    until = np.concatenate([[0.0], np.cumsum(numbers, dtype=float)])
    found: Floats = until[starts[1:]] - until[starts[:-1]]
    return found
