"""Which reviewed question is being asked, or none of ours: answer, suggest three, or abstain."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp import pieces
from nlp.concepts import WORDS_FILE, Concepts
from nlp.features import code
from nlp.model import Linear, load
from nlp.ranking import NONE, nearness, ranked, summed
from nlp.text import normalise

FAQ_FILE = "faq.model"
PIECES_FILE = "faq_pieces.model"
_SUGGESTED = 3
_AGAINST = 2.0  # NONE is many subjects and no one of them: what speaks for it counts twice


@dataclass(frozen=True, slots=True)
class Answer:
    """What to do with a question: "answer" it, "suggest" up to three intents, or "abstain"."""

    decision: str
    intent: str | None
    suggestions: tuple[str, ...]


class Questions:
    """Finds the intent of a question. Two models say what they think: of words, and of pieces."""

    def __init__(self, words: Linear, parts: Linear, concepts: Concepts) -> None:
        self._words = words
        self._parts = parts
        self._concepts = concepts
        self._temperature = words.number("temperature")
        self._answer_from = words.number("answer")
        self._suggest_from = words.number("suggest")

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
        views = normalise(question)
        words = self._words.margins([code(name) for name in self._concepts.features(views)])
        parts = self._parts.margins([code(name) for name in pieces.of(views)])
        margins = summed(words, parts)
        if ours(self._words.labels, margins) < self._suggest_from:
            return Answer("abstain", None, ())
        return decide(ranked(self._words.labels, margins, self._temperature), self._answer_from)

    def nearest(self, question: str) -> str:
        """Name the intent a question is nearest to, however far that is."""
        views = normalise(question)
        names = self._words.labels
        margins = self._words.margins([code(name) for name in self._concepts.features(views)])
        return max((m, name) for name, m in zip(names, margins, strict=True) if name != NONE)[1]

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


def ours(names: Sequence[str], margins: Sequence[float]) -> float:
    """Say how much a question sounds like one of ours."""
    return nearness(names, margins, _AGAINST)


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
