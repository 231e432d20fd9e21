"""Learning what is rare in tips, and from which likeness on two of them may be one event.

The limit is fixed on the corpus alone, where every tip is an event of its own: so many of a
thousand pairs of one category may be called twins by mistake.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from nlp.corpus import NOT_A_TIP, Example
from nlp.twins import SCALE, Twins, alike, marks

# Half of what is promised (one in a thousand): texts to come are not those it was fixed on.
_FALSE = 0.0005
_KEPT = 3  # a mark seen less often weighs as one never seen


def learn(tips: Sequence[Example]) -> dict[str, object]:
    """What `nlp.twins.FILE` holds."""
    told = [tip for tip in tips if tip.category != NOT_A_TIP]
    seen = Counter(mark for tip in told for mark in marks(tip.text))
    weights = {m: _weight(n, len(told)) for m, n in seen.items() if n >= _KEPT}
    rare = _weight(1, len(told))
    twins = Twins(weights, rare, 1.0)
    scores = sorted(_scores(twins, told), reverse=True)
    limit = scores[int(len(scores) * _FALSE)]
    return {"weights": weights, "rare": rare, "limit": math.ceil(limit * 1000) / 1000}


def _scores(twins: Twins, told: Sequence[Example]) -> Iterator[float]:
    """Every pair of one category: different events that are told alike."""
    by_category: defaultdict[str, list[dict[str, int]]] = defaultdict(list)
    for tip in told:
        by_category[tip.category].append(twins.marks(tip.text))
    for found in by_category.values():
        yield from (alike(one, other) for one, other in combinations(found, 2))


def _weight(seen: int, of: int) -> int:
    return min(255, round(SCALE * math.log((of + 1) / (seen + 1))))
