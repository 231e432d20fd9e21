"""Orders to read documents in: the same in every run and on every machine."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_LCG = (6364136223846793005, 1442695040888963407)  # Knuth's MMIX generator, modulo 2^64
_KEPT = 64  # orders: labels that are learnt from equally many documents begin with the same one


class Shuffle:
    """Draws one order after the other; two that draw equally many are in the same place."""

    def __init__(self) -> None:
        """Start where every run starts."""
        self._state = 1

    def __call__(self, items: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the items in another order."""
        places, self._state = _drawn(self._state, len(items))
        return items[places]


@lru_cache(maxsize=_KEPT)
def _drawn(state: int, count: int) -> tuple[NDArray[np.int64], int]:
    """Draw an order (Fisher and Yates, from the last place down), and the state behind it."""
    last = np.arange(count - 1, 0, -1)
    drawn = _states(np.array([state], np.uint64), len(last))
    others = (drawn >> np.uint64(33)) % (last + 1).astype(np.uint64)
    order = list(range(count))
    for n, other in zip(last.tolist(), others.tolist(), strict=True):
        order[n], order[other] = order[other], order[n]
    return np.array(order, np.int64), int(drawn[-1]) if len(drawn) else state


def _states(state: NDArray[np.uint64], count: int) -> NDArray[np.uint64]:
    """Run the generator on; each pass doubles what there is, by a step of as many at once."""
    a, c = (np.array([number], np.uint64) for number in _LCG)
    found = a * state + c
    while len(found) < count:
        found = np.concatenate([found, a * found + c])
        a, c = a * a, (a + np.uint64(1)) * c
    return found[:count]
