"""One text → one judgement: kind, category, urgency; and why. The only door for reports.

A judgement suggests; an officer has the last word. It never delays or drops a tip.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp import categories, kinds, urgency
from nlp.categories import NO_TIP, NOT_A_TIP, Score
from nlp.features import code
from nlp.localwords import NONE, LocalWords
from nlp.model import Linear, load
from nlp.reading import Reading
from nlp.subjects import SUBJECTS_FILE, Subjects, subjects_of
from nlp.text import Views, tokens
from nlp.vocabulary import Vocabulary, Word

__all__ = ["Judge", "Judgement", "Score"]

MODEL_FILE = "tips.model"
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
    """

    kind: str
    category: str
    confidence: float
    top: tuple[Score, ...]
    auto: bool
    urgent: bool
    call: str | None

    @property
    def in_scope(self) -> bool:
        """Tell whether this belongs into a station's queue."""
        return self.kind == "tip"


class Judge:
    """Judges texts by the learnt model and the lists of words. Never changes."""

    def __init__(self, model: Linear, subjects: Subjects, words: LocalWords = NONE) -> None:
        """Args: words: what is written out in plain words before anything else is looked at."""
        self.words = words
        self._model = model
        names = list(subjects.names())
        self._meant = dict(zip(names, model.found(map(code, names)), strict=True))
        self._vocabulary = Vocabulary(model.packed)
        self._subjects = subjects
        self._names = model.labels[:-1]  # the last lane hears urgency
        self._temperature = model.number("temperature")
        self._auto = model.number("auto")
        self._limits = kinds.Limits(
            tip=model.number("tip"), opinion=model.number("opinion"), known=model.number("known")
        )
        self._urgency = urgency.Urgency(model.number("urgent"))

    @classmethod
    def load(cls, models: Path) -> "Judge":
        """Read what training wrote.

        Raises:
            BrokenModelError: the model must be trained again.
        """
        return cls(load(models / MODEL_FILE), Subjects.load(models / SUBJECTS_FILE))

    def taught(self, words: LocalWords) -> "Judge":
        """Another judge with these local words; the model is the same one, and in memory once."""
        return Judge(self._model, self._subjects, words)

    def like(self, other: "Judge") -> bool:
        """Tell whether both judge by the same model, whatever local words they have."""
        return self._model is other._model  # noqa: SLF001 # its own kind

    def knows(self, word: str) -> bool:
        """Tell whether training has seen a folded word, with its accents or without any."""
        return any(code(name) in self._model.packed for name in (word, f"~{word}"))

    def judge(self, text: str) -> Judgement:
        """Judge one text of any length; only its first 4,096 characters count."""
        return self._said(self._plain(self._vocabulary.read(tokens(text))))

    def judged(self, views: Views) -> Judgement:
        """Judge words as they are: local ones are written out already."""
        return self._said(self._vocabulary.words(views.accented))

    def evidence(self, text: str, category: str) -> tuple[str, ...]:
        """Name the words of a text that speak loudest for a category, in their order.

        Apart from the judgement, since most who ask for one show nobody why.
        """
        typed = self._vocabulary.read(tokens(text))
        words = self._plain(typed)
        reading = Reading(words, self._model)
        meant = self._meaning(self._heard(reading))
        lane = self._lane(category, [*reading.distinct, *meant])
        loudest = self._model.loudest([*reading.weights, *meant], lane, categories.SHARE)
        found = categories.evidence(reading.spoken(loudest), reading.typed)
        if words is typed:
            return found
        return self.words.as_typed(found, tuple(word.typed for word in typed))

    def _plain(self, typed: list[Word]) -> list[Word]:
        """Write local words out; the same list if there are none."""
        if not self.words.may_stand_in(word.typed for word in typed):
            return typed
        views = Views(tuple(word.typed for word in typed), tuple(word.bare for word in typed))
        plain = self.words.written_out(views)
        return typed if plain is views else self._vocabulary.words(plain.accented)

    def _heard(self, reading: Reading) -> Mapping[str, int]:
        return self._subjects.found(reading.typed, reading.pairs)

    def _meaning(self, heard: Mapping[str, int]) -> list[int]:
        """Look subjects up as features."""
        return list(map(self._meant.__getitem__, subjects_of(heard)))

    def _said(self, words: Sequence[Word]) -> Judgement:
        reading = Reading(words, self._model)
        heard = self._heard(reading)
        margins, known = self._model.scored([*reading.distinct, *self._meaning(heard)])
        urgency_margin = margins.pop()
        chances = categories.probabilities(margins, self._temperature)
        kind, scores = weighed(dict(zip(self._names, chances, strict=True)), known, self._limits)
        urgent = self._urgency.urgent(urgency_margin, heard, len(words), told=kind != "other")
        best = scores[0]
        return Judgement(
            kind=kind,
            category=best.category,
            confidence=best.confidence,
            top=tuple(scores),
            auto=kind == "tip" and categories.lead(margins) >= self._auto,
            urgent=urgent,
            call=urgency.call(best.category, heard, urgent=urgent),
        )

    def _lane(self, category: str, found: list[int]) -> int:
        """Find the lane of a category; what is no tip has three, the loudest is meant."""
        if category != NOT_A_TIP:
            return self._names.index(category)
        margins, _ = self._model.scored(found)
        return max(map(self._names.index, NO_TIP), key=margins.__getitem__)


def weighed(
    by_label: Mapping[str, float], known: float, limits: kinds.Limits
) -> tuple[str, list[Score]]:
    """Decide the kind and name the likeliest categories, the best one that fits the kind first."""
    kind = kinds.decide(by_label, known, limits)
    order = categories.ranked(by_label, list(by_label.values()))
    if (order[0][1] != NOT_A_TIP) != (kind == "tip"):
        best = next(one for one in order if (one[1] != NOT_A_TIP) == (kind == "tip"))
        order = [best, *(one for one in order[:_SHOWN] if one is not best)]
    return kind, [Score(name, -chance) for chance, name in order[:_SHOWN]]
