"""One text → one judgement: kind, category, urgency; and why. The only door for reports.

A judgement suggests; an officer has the last word. It never delays or drops a tip.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from nlp import categories, kinds, urgency
from nlp.categories import NO_TIP, NOT_A_TIP, Score
from nlp.features import code
from nlp.localwords import NONE, LocalWords
from nlp.model import Linear, load
from nlp.reading import Reading
from nlp.subjects import SUBJECTS_FILE, Subjects, twice
from nlp.text import Views, normalise, strip_marks, tokens
from nlp.vocabulary import Vocabulary, Word

__all__ = ["Judge", "Judgement", "Score"]

MODEL_FILE = "tips.model"
_SHOWN = 3


class Judgement(NamedTuple):
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

    @property
    def unsure(self) -> bool:
        """Tell whether it is taken for no tip, and yet one category is likelier than that.

        Whoever can ask then asks; who was told that it is a tip takes the second of `top`.
        """
        return self.category == NOT_A_TIP and self.top[1].confidence > self.confidence


class Judge:
    """Judges texts by the learnt model and the lists of words. Never changes."""

    def __init__(self, model: Linear, subjects: Subjects, words: LocalWords = NONE) -> None:
        """Args: words: what is written out in plain words before anything else is looked at."""
        self.words = words
        self._model = model
        names = subjects.names()
        self._meant = _weights(names, names, model)
        self._meant_twice = _weights(names, map(twice, names), model)
        self._vocabulary = Vocabulary(model)
        self._subjects = subjects
        self._names = model.labels[:-1]  # the last lane hears urgency
        self._categories = categories.shown(self._names)
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
        typed = normalise(text)
        views = self.words.written_out(typed)
        names = self._subjects.heard(views).features
        packed = self._model.found(map(code, names))
        loudest = self._model.loudest(packed, self._lane(category, packed), categories.SHARE)
        found = categories.evidence([names[at] for at in loudest], views)
        return found if views is typed else self.words.as_typed(found, typed.accented)

    def _plain(self, typed: list[Word]) -> list[Word]:
        """Write local words out; the same list if there are none."""
        words = tuple(word.typed for word in typed) if self.words.entries else ()
        if not self.words.may_stand_in(words):
            return typed
        views = Views(words, tuple(map(strip_marks, words)))
        return self._vocabulary.words(self.words.written_out(views).accented)

    def _said(self, words: Sequence[Word]) -> Judgement:
        reading = Reading(words, self._model)
        heard, again = self._subjects.found(reading.typed, reading.pairs)
        meant = map(self._meant.__getitem__, heard), map(self._meant_twice.__getitem__, again)
        margins, known = self._model.scored([*reading.weights, *meant[0], *meant[1]])
        urgency_margin = margins.pop()
        chances = categories.probabilities(margins, self._temperature)
        kind, top = weighed(self._categories, chances, known, self._limits)
        urgent = self._urgency.urgent(urgency_margin, heard, len(words), told=kind != "other")
        best = top[0]
        return Judgement(
            kind=kind,
            category=best.category,
            confidence=best.confidence,
            top=top,
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


def _weights(names: Iterable[str], features: Iterable[str], model: Linear) -> dict[str, int]:
    return dict(zip(names, model.found(map(code, features)), strict=True))


def weighed(
    names: Sequence[str], chances: Sequence[float], known: float, limits: kinds.Limits
) -> tuple[str, tuple[Score, ...]]:
    """Decide the kind and name the likeliest categories, the best one that fits the kind first.

    Args:
        names: of the categories, in the order of the lanes; what is no tip comes last.
        chances: of the model's labels.
    """
    kind = kinds.decide(chances, known, limits)
    shares = categories.shares(chances)
    order = categories.ranked(shares, tip=kind == "tip")
    return kind, tuple([Score(names[at], shares[at]) for at in order[:_SHOWN]])
