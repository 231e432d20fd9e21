"""One of many ids or none: what the scores of a model of short wordings mean."""

from collections.abc import Sequence
from math import inf
from operator import add

from nlp.categories import probabilities

NONE = "none"
AMONG = "among:"  # begins the name of an id as it was told from the other ids alone


def ranked(
    names: Sequence[str], margins: Sequence[float], temperature: float
) -> list[tuple[str, float]]:
    """Rank ids with their probabilities, best first; NONE is one of them.

    A text of which nothing is known is certainly NONE.
    """
    if not any(margins):
        return sorted(((n, float(n == NONE)) for n in names), key=lambda item: -item[1])
    chances = probabilities(margins, temperature)
    return sorted(zip(names, chances, strict=True), key=lambda item: (-item[1], item[0]))


def nearness(names: Sequence[str], margins: Sequence[float], against: float) -> float:
    """Say how near a text is to any of the ids: the best of them, minus `against` times NONE.

    Out-of-fold that tells ours and foreign texts apart better than the probability of NONE, which
    the number of half-fitting ids sways.
    """
    if not any(margins):
        return -inf
    by_name = dict(zip(names, margins, strict=True))
    none = by_name.pop(NONE)
    return max(by_name.values()) - against * none


def summed(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """Add up what two models of the same ids say."""
    return list(map(add, one, other))
