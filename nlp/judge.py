"""One text → one judgement: kind, category, urgency, evidence. The only door for reports.

A judgement suggests; an officer has the last word. It never delays or drops a tip.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
        words = self._vocabulary.read(tokens(text))
        if not self.words.may_stand_in(word.typed for word in words):
            return self._said(words)
        typed = Views(tuple(word.typed for word in words), tuple(word.bare for word in words))
        views = self.words.written_out(typed)
        said = self.judged(views)
        if views is typed:
            return said
        return replace(said, evidence=self.words.as_typed(said.evidence, typed.accented))

    def judged(self, views: Views) -> Judgement:
        """Judge words as they are: local ones are written out already."""
        return self._said(self._vocabulary.words(views.accented))

    def _said(self, words: Sequence[Word]) -> Judgement:
        text = Reading(words, self._model)
        heard = self._subjects.found(text.typed, text.pairs)
        meant = [self._meant[name] for name in subjects_of(heard)]
        margins, known = self._model.scored([*text.distinct, *meant])
        urgency_margin = margins.pop()
        chances = categories.probabilities(margins, self._temperature)
        by_label = dict(zip(self._names, chances, strict=True))
        kind, scores = weighed(by_label, known, self._limits)
        urgent = self._urgency.urgent(urgency_margin, heard, len(words), told=kind != "other")
        best = scores[0]
        lane = self._lane(best.category, by_label)
        loudest = self._model.loudest([*text.weights, *meant], lane, categories.SHARE)
        return Judgement(
            kind=kind,
            category=best.category,
            confidence=best.confidence,
            top=tuple(scores),
            auto=kind == "tip" and categories.lead(margins) >= self._auto,
            urgent=urgent,
            call=urgency.call(best.category, heard, urgent=urgent),
            evidence=categories.evidence(text.spoken(loudest), text.typed),
        )

    def _lane(self, category: str, by_label: Mapping[str, float]) -> int:
        if category == NOT_A_TIP:
            category = max(NO_TIP, key=by_label.__getitem__)
        return self._names.index(category)


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
