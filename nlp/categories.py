"""Which of the seventeen categories: probabilities of all, and the words that spoke for one."""

from collections.abc import Iterable, Sequence
from math import exp
from typing import NamedTuple

from nlp import features
from nlp.text import Views

NOT_A_TIP = "not_a_tip"
# Besides the sixteen tip categories the model tells apart what is no tip, and hears urgency.
QUESTION, OPINION, OTHER = "kind:question", "kind:opinion", "kind:other"
NO_TIP = (QUESTION, OPINION, OTHER)
URGENT = "urgent"
_EVIDENCE = 4  # words shown to an officer
SHARE = 0.15  # a word counts if it speaks at least this much of what the loudest one does


class Score(NamedTuple):
    """A category and its probability, 0 to 1."""

    category: str
    confidence: float


def labels(categories: Sequence[str]) -> tuple[str, ...]:
    """List what the model scores, in the order of its lanes."""
    return (*(c for c in categories if c != NOT_A_TIP), *NO_TIP, URGENT)


def probabilities(margins: Sequence[float], temperature: float) -> list[float]:
    """Turn margins into probabilities that add up to 1 (softmax)."""
    top = max(margins)
    raw = list(map(exp, [(margin - top) / temperature for margin in margins]))
    whole = sum(raw)
    return [value / whole for value in raw]


def lead(margins: Sequence[float]) -> float:
    """Say how far the loudest label is ahead of the next.

    It tells sure guesses from doubtful ones better than the probability does, which asks how much
    all the others say: 73 of 100 tips instead of 68 at the same precision.
    """
    first, second = sorted(margins)[:-3:-1]
    return first - second


def shown(labels: Sequence[str]) -> tuple[str, ...]:
    """Name the categories; the labels that are no tip, which come last, count as one."""
    return (*labels[: -len(NO_TIP)], NOT_A_TIP)


def shares(chances: Sequence[float]) -> list[float]:
    """Add up the three labels that are no tip; that sum comes last, as in the taxonomy."""
    *tips, question, opinion, other = chances
    return [*tips, question + opinion + other]


def ranked(shares: Sequence[float], *, tip: bool | None = None) -> list[int]:
    """Rank the categories by their places, the likeliest first; equal ones stay in their order.

    Args:
        shares: as `shares` gives them.
        tip: if it is known to be one, or none, what does not fit never comes first.
    """
    order = sorted(range(len(shares)), key=shares.__getitem__, reverse=True)
    no_tip = len(shares) - 1
    if tip is not None and tip != (order[0] != no_tip):
        best = order[1] if tip else no_tip
        order.remove(best)
        order.insert(0, best)
    return order


def evidence(loudest: Iterable[str], views: Views) -> tuple[str, ...]:
    """Name the words of a text that spoke loudest, alone or as a pair, in the order of the text.

    Args:
        loudest: the features that spoke for a category, the loudest first.
        views: the text.
    """
    places: dict[str, int] = {}
    for feature in loudest:
        view, words = features.spoken(feature, views)
        for word in words:
            at = view.index(word)
            if len(places) < _EVIDENCE and not word.startswith("<"):
                places.setdefault(views.accented[at], at)
        if len(places) == _EVIDENCE:
            break
    return tuple(sorted(places, key=places.__getitem__))
