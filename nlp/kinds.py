"""Tip, question, opinion or other; an opinion is only named when almost no tip could be lost."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What training fixed on texts it had not learnt from.

    Attributes:
        tip: a text is a tip from this probability of all tip categories together.
        opinion: an opinion is declined from this probability.
        known: below this share of known features we understand too little to call it a tip.
    """

    tip: float
    opinion: float
    known: float


def decide(chances: Sequence[float], known: float, limits: Limits) -> str:
    """Decide what a text is: "tip", "question", "opinion" or "other".

    Args:
        chances: of the labels, the last three those of `nlp.categories.NO_TIP`.
        known: the share of its features that training has seen.
    """
    question, opinion, other = chances[-3:]
    tip = 1.0 - (question + opinion + other)
    if opinion >= limits.opinion:
        return "opinion"
    if known < limits.known:
        return "other"
    if tip >= limits.tip:
        return "tip"
    return "question" if question >= other else "other"
