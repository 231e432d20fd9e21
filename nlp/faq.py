"""Which reviewed question is being asked, or none of ours: answer, suggest three, or abstain."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, sqrt
from pathlib import Path

from nlp import pieces
from nlp.concepts import WORDS_FILE, Concepts
from nlp.features import code
from nlp.model import Linear, load
from nlp.ranking import NONE, ranked, summed
from nlp.text import Views, normalise

FAQ_FILE = "faq.model"
PIECES_FILE = "faq_pieces.model"
_SUGGESTED = 3
# What tells a question of ours from a foreign one; training finds how much each counts.
SIGNS = ("best in words", "best in pieces", "none in words", "none in pieces", "length")


@dataclass(frozen=True, slots=True)
class Answer:
    """What to do with a question: "answer" it, "suggest" up to three intents, or "abstain"."""

    decision: str
    intent: str | None
    suggestions: tuple[str, ...]


@dataclass(frozen=True)  # no slots: the sum is kept, which is asked for three times
class Heard:
    """What the two models say of a question.

    Attributes:
        words: margins of the ids, NONE among them, by the model of words.
        pieces: the same by the model of pieces.
        length: how many different words it has.
    """

    words: Sequence[float]
    pieces: Sequence[float]
    length: int

    @cached_property
    def margins(self) -> list[float]:
        """Add up what both say."""
        return summed(self.words, self.pieces)

    def signs(self, names: Sequence[str]) -> tuple[float, ...]:
        """Give the SIGNS.

        Margins are shares of a whole: those of a long question are smaller, whatever it asks.
        """
        none = names.index(NONE)
        margins = self.margins
        best = max((at for at in range(len(names)) if at != none), key=margins.__getitem__)
        own = self.words[best], self.pieces[best]
        return (*own, self.words[none], self.pieces[none], sqrt(self.length))


class Questions:
    """Finds the intent of a question. Two models say what they think: of words, and of pieces."""

    def __init__(self, words: Linear, parts: Linear, concepts: Concepts) -> None:
        self._words = words
        self._parts = parts
        self._concepts = concepts
        self._temperature = words.number("temperature")
        self._answer_from = words.number("answer")
        self._suggest_from = words.number("suggest")
        self._weights = [words.number(sign) for sign in SIGNS]

    @classmethod
    def load(cls, models: Path) -> "Questions":
        """Read what training wrote.

        Raises:
            BrokenModelError: the model must be trained again.
        """
        return cls(
            load(models / FAQ_FILE), load(models / PIECES_FILE), Concepts.load(models / WORDS_FILE)
        )

    def answer(self, question: str) -> Answer:
        """Answer if sure, suggest if not, abstain if it is none of ours."""
        names = self._words.labels
        heard = self._heard(question)
        if ours(names, heard, self._weights) < self._suggest_from:
            return Answer("abstain", None, ())
        return decide(ranked(names, heard.margins, self._temperature), self._answer_from)

    def nearest(self, question: str) -> str:
        """Name the intent a question is nearest to, however far that is."""
        views = normalise(question)
        names = self._words.labels
        margins = self._words.margins([code(name) for name in self._concepts.features(views)])
        return max((m, name) for name, m in zip(names, margins, strict=True) if name != NONE)[1]

    def _heard(self, question: str) -> Heard:
        views = normalise(question)
        return Heard(
            self._words.margins([code(name) for name in self._concepts.features(views)]),
            self._parts.margins([code(name) for name in pieces.of(views)]),
            length(views),
        )

    def known_words(self, text: str) -> tuple[str, ...]:
        """List the words of a text that training has seen, each once, in their order.

        So neither a number nor a rare name is among them. A word seen only without the marks it
        was typed with is given without any.
        """
        views, known = normalise(text), self._words.packed
        words = (
            typed if code(typed) in known else bare
            for typed, bare in zip(views.accented, views.stripped, strict=True)
            if bare.isalpha() and code(f"~{bare}") in known
        )
        return tuple(dict.fromkeys(words))


def length(views: Views) -> int:
    """Count the different words of a question."""
    return len(set(views.stripped))


def ours(names: Sequence[str], heard: Heard, weights: Sequence[float]) -> float:
    """Say how much a question sounds like one of ours; one of which nothing is known, not at all.

    Args: weights: of the SIGNS.
    """
    if not any(heard.margins):
        return -inf
    signs = heard.signs(names)
    return sum(sign * weight for sign, weight in zip(signs, weights, strict=True))


def decide(found: Sequence[tuple[str, float]], answer_from: float) -> Answer:
    """Turn ranked intents of a question that is ours into a decision.

    Args:
        found: ids with probabilities, best first.
        answer_from: answer the best intent from this probability.
    """
    known = [(intent, chance) for intent, chance in found if intent != NONE]
    best, chance = known[0]
    suggestions = tuple(intent for intent, _ in known[:_SUGGESTED])
    if chance >= answer_from:
        return Answer("answer", best, suggestions)
    return Answer("suggest", None, suggestions)
