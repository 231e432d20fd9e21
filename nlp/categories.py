"""Which of the seventeen categories: probabilities of all, and the words that spoke for one."""

from collections.abc import Iterable, Sequence
from math import exp
from operator import neg
from typing import NamedTuple

NOT_A_TIP = "not_a_tip"
# Besides the sixteen tip categories the model tells apart what is no tip, and hears urgency.
QUESTION, OPINION, OTHER = "kind:question", "kind:opinion", "kind:other"
NO_TIP = (QUESTION, OPINION, OTHER)
URGENT = "urgent"
_EVIDENCE = 4  # words shown to an officer
SHARE = 0.15  # a word counts if it speaks at least this much of what the loudest one does


Words = tuple[str, ...]


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
    raw = [exp((margin - top) / temperature) for margin in margins]
    whole = sum(raw)
    return [value / whole for value in raw]


def lead(margins: Sequence[float]) -> float:
    """Say how far the loudest label is ahead of the next.

    It tells sure guesses from doubtful ones better than the probability does, which asks how much
    all the others say: 73 of 100 tips instead of 68 at the same precision.
    """
    first, second = sorted(margins)[:-3:-1]
    return first - second


def ranked(names: Iterable[str], chances: Sequence[float]) -> list[tuple[float, str]]:
    """Rank the seventeen categories, best first; the three no-tip labels count as one.

    Args:
        names: of the labels, the three that are no tip last.
        chances: their probabilities.

    Returns: each with its probability below nought, which sorts them.
    """
    *tips, question, opinion, other = chances
    scores = list(zip(map(neg, tips), names, strict=False))
    scores.append((-(question + opinion + other), NOT_A_TIP))
    scores.sort()
    return scores


def evidence(spoken: Iterable[tuple[Words, Words]], typed: Words) -> tuple[str, ...]:
    """Name the words of the text that spoke loudest, alone or as a pair, in the order of the text.

    Args:
        spoken: a view of the text and the words that spoke for the category, the loudest first.
        typed: the text as accented as it was typed.
    """
    places: dict[str, int] = {}
    for view, words in spoken:
        for word in words:
            at = view.index(word)
            if len(places) < _EVIDENCE and not word.startswith("<"):
                places.setdefault(typed[at], at)
        if len(places) == _EVIDENCE:
            break
    return tuple(sorted(places, key=places.__getitem__))
