"""Which reviewed question is being asked, or none of ours: answer, suggest three, or abstain."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.concepts import WORDS_FILE, Concepts
from nlp.features import code
from nlp.model import Linear, load
from nlp.pairmodel import NONE, ranked
from nlp.text import normalise

FAQ_FILE = "faq.model"
_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What to do with a question: "answer" it, "suggest" up to three intents, or "abstain"."""

    decision: str
    intent: str | None
    suggestions: tuple[str, ...]


class Questions:
    """Finds the intent of a question."""

    def __init__(self, model: Linear, concepts: Concepts) -> None:
        self._model = model
        self._concepts = concepts
        self._temperature = model.number("temperature")
        self._answer_from = model.number("answer")
        self._suggest_from = model.number("suggest")

    @classmethod
    def load(cls, models: Path) -> "Questions":
        """Read what training wrote.

        Raises:
            BrokenModelError: the model must be trained again.
        """
        return cls(load(models / FAQ_FILE), Concepts.load(models / WORDS_FILE))

    def answer(self, question: str) -> Answer:
        """Answer if sure, suggest if not, abstain if it is none of ours."""
        features = self._concepts.features(normalise(question))
        margins = self._model.margins([code(name) for name in features])
        found = ranked(self._model.labels, margins, self._temperature)
        return decide(found, self._answer_from, self._suggest_from)


def decide(found: Sequence[tuple[str, float]], answer_from: float, suggest_from: float) -> Answer:
    """Turn ranked intents into a decision.

    Args:
        found: ids with probabilities, best first.
        answer_from: answer the best intent from this probability.
        suggest_from: abstain unless the intents together (all but NONE) reach this probability.
    """
    ours = [(intent, chance) for intent, chance in found if intent != NONE]
    best, chance = ours[0]
    suggestions = tuple(intent for intent, _ in ours[:_SUGGESTED])
    if sum(c for _, c in ours) < suggest_from:
        return Answer("abstain", None, ())
    if chance >= answer_from:
        return Answer("answer", best, suggestions)
    return Answer("suggest", None, suggestions)
