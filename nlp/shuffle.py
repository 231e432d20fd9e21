"""Orders to read documents in: the same in every run and on every machine."""

import numpy as np
from numpy.typing import NDArray

_LCG = (6364136223846793005, 1442695040888963407)  # Knuth's MMIX generator, modulo 2^64


class Shuffle:
    """Draws one order after the other; two that draw equally many are in the same place."""

    def __init__(self) -> None:
        """Start where every run starts."""
        self._state = np.ones(1, np.uint64)

    def __call__(self, items: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the items in another order (Fisher and Yates, from the last place down)."""
        last = np.arange(len(items) - 1, 0, -1)
        drawn = _states(self._state, len(last))
        self._state = drawn[-1:] if len(drawn) else self._state
        others = (drawn >> np.uint64(33)) % (last + 1).astype(np.uint64)
        order = items.tolist()
        for n, other in zip(last.tolist(), others.tolist(), strict=True):
            order[n], order[other] = order[other], order[n]
        return np.array(order, np.int64)


def _states(state: NDArray[np.uint64], count: int) -> NDArray[np.uint64]:
    """Run the generator on; each pass doubles what there is, by a step of as many at once."""
    a, c = (np.array([number], np.uint64) for number in _LCG)
    found = a * state + c
    while len(found) < count:
        found = np.concatenate([found, a * found + c])
        a, c = a * a, (a + np.uint64(1)) * c
    return found[:count]
