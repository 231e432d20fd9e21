"""One text → one judgement: kind, category, urgency, evidence. The only door for reports.

A judgement suggests; an officer has the last word. It never delays or drops a tip.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nlp import categories, kinds, urgency
from nlp.categories import NO_TIP, Score
from nlp.corpus import NOT_A_TIP
from nlp.features import codes
from nlp.model import Linear, load
from nlp.phrases import Phrases
from nlp.text import Views, normalise

__all__ = ["Judge", "Judgement", "Score"]

MODEL_FILE = "tips.model"
URGENT_FILE = "urgent.json"
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a text seems to be.

    Attributes:
        kind: "tip", "question", "opinion" or "other".
        category: the best id of the taxonomy; "not_a_tip" unless the kind is tip.
        confidence: its calibrated probability, 0 to 1.
        top: the three likeliest categories, the chosen one first.
        auto: sure enough to show without asking anybody.
        urgent: somebody may be in danger now.
        call: the number to show before anything else.
        evidence: words of the text that spoke loudest for the category, in their order.
    """

    kind: str
    category: str
    confidence: float
    top: tuple[Score, ...]
    auto: bool
    urgent: bool
    call: str | None
    evidence: tuple[str, ...]

    @property
    def in_scope(self) -> bool:
        """Tell whether this belongs into a station's queue."""
        return self.kind == "tip"


class Judge:
    """Judges texts by the learnt model and the urgency lists."""

    def __init__(self, model: Linear, now: Phrases, not_now: Phrases) -> None:
        self._model = model
        self._names = model.labels[:-1]  # the last lane hears urgency
        self._temperature = model.number("temperature")
        self._auto = model.number("auto")
        self._limits = kinds.Limits(
            tip=model.number("tip"), opinion=model.number("opinion"), known=model.number("known")
        )
        self._urgency = urgency.Urgency(now, not_now, model.number("urgent"))

    @classmethod
    def load(cls, models: Path) -> "Judge":
        """Read what training wrote.

        Raises:
            BrokenModelError: the model must be trained again.
        """
        lists = json.loads((models / URGENT_FILE).read_text("utf-8"))
        return cls(load(models / MODEL_FILE), Phrases(lists["now"]), Phrases(lists["not_now"]))

    def judge(self, text: str) -> Judgement:
        """Judge one text of any length; only its first 4,096 characters count."""
        views = normalise(text)
        features = codes(views)
        margins = self._model.margins(features)
        chances = categories.probabilities(margins[:-1], self._temperature)
        by_label = dict(zip(self._names, chances, strict=True))
        kind, scores = weighed(by_label, self._model.known(features), self._limits)
        urgent = self._urgency.urgent(margins[-1], views, told=kind != "other")
        best = scores[0]
        return Judgement(
            kind=kind,
            category=best.category,
            confidence=best.confidence,
            top=tuple(scores[:_SHOWN]),
            auto=kind == "tip" and best.confidence >= self._auto,
            urgent=urgent,
            call=urgency.call(best.category, views, urgent=urgent),
            evidence=self._evidence(views, best.category, by_label),
        )

    def _evidence(self, views: Views, category: str, by_label: dict[str, float]) -> tuple[str, ...]:
        label = category
        if category == NOT_A_TIP:
            label = max(NO_TIP, key=lambda name: by_label[name])
        return categories.evidence(self._model, views, label)


def weighed(
    by_label: Mapping[str, float], known: float, limits: kinds.Limits
) -> tuple[str, list[Score]]:
    """Decide the kind and rank the categories, the best one that fits the kind first."""
    kind = kinds.decide(by_label, known, limits)
    scores = categories.ranked(list(by_label), list(by_label.values()))
    best = next(s for s in scores if (s.category != NOT_A_TIP) == (kind == "tip"))
    return kind, [best, *(score for score in scores if score is not best)]
