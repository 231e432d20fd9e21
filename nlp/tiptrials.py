"""How the tip model, and the peer, do on texts they have not learnt from, in three writings."""

from array import array
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp import peer, tipmodel
from nlp.corpus import Corpus, Example
from nlp.features import numbers
from nlp.learnt import Learnt
from nlp.noise import noisy
from nlp.rows import Ints
from nlp.subjects import Subjects
from nlp.text import normalise
from nlp.tipmodel import TIP_FOLDS, Course, Text, lane

WRITINGS = ("written", "stripped", "noisy")


@dataclass(frozen=True, slots=True)
class Trial:
    """One labelled text and the margins a model gave it that had not learnt from it."""

    example: Example
    words: int
    found: AbstractSet[str]
    margins: tuple[float, ...]
    known: float


@dataclass(frozen=True, slots=True)
class _Writing:
    """All tips in one writing.

    Attributes:
        codes: of the features of all texts, one after the other.
        starts: where each text begins, and behind the last one the end.
        texts: what else is in them.
        places: the text of each tip.
    """

    codes: NDArray[np.uint32]
    starts: Ints
    texts: list[Text]
    places: Ints

    def trials(self, tips: Ints, examples: tuple[Example, ...], model: Learnt) -> Iterator[Trial]:
        """Score some of the tips."""
        lengths = np.diff(self.starts)
        asked = np.zeros(len(lengths), bool)
        asked[self.places[tips]] = True
        codes = self.codes[np.repeat(asked, lengths)]
        starts = np.concatenate([[0], np.cumsum(lengths[asked])])
        found = (its.tolist() for its in model.scored(codes, starts))
        for n, margins, known in zip(tips.tolist(), *found, strict=True):
            text = self.texts[self.places[n]]
            yield Trial(examples[n], len(text.words), text.found, tuple(margins), known)


class Trials:
    """The model, and some that leave a fold out each, ours and the peer's, while others teach them.

    The peer (underthesea_core) learns from the same folds and reads the texts as written.
    """

    def __init__(self, pool: Executor, corpus: Corpus, course: Course) -> None:
        """Have the models taught."""
        self._corpus, self._course = corpus, course
        folds = course.folds[course.written]
        self._tips = [np.flatnonzero(folds == fold) for fold in range(TIP_FOLDS)]
        kept = [course.kept(fold) for fold in range(TIP_FOLDS)]
        self._models = pool.submit(tipmodel.learn, course.lessons, kept, course.labels)
        told = course.told()
        self._peers = []
        for its, tips in zip(kept, self._tips, strict=True):
            taught = [(course.lines[n], told[n]) for n in np.flatnonzero(its).tolist()]
            asked = [course.lines[n] for n in course.written[tips].tolist()]
            pairs = [(line, label) for line, label in taught if label is not None]
            self._peers.append(pool.submit(peer.guessed, pairs, asked))

    @property
    def whole(self) -> Learnt:
        """The model that has learnt from every text."""
        return self._models.result()[0]

    def all(self, subjects: Subjects) -> dict[str, list[Trial]]:
        """Score every tip text, in three writings, by a model that has not learnt from it."""
        course = self._course
        rows, texts = course.lessons.rows, course.texts
        codes, starts = rows.numbers(), rows.starts
        writings = (
            _Writing(codes, starts, texts, course.written),
            _Writing(codes, starts, texts, course.stripped),
            _spoilt(self._corpus, subjects),
        )
        _, *models = self._models.result()
        return {
            name: [
                trial
                for tips, model in zip(self._tips, models, strict=True)
                for trial in writing.trials(tips, self._corpus.tips, model)
            ]
            for name, writing in zip(WRITINGS, writings, strict=True)
        }

    def of_peer(self) -> list[tuple[str, str]]:
        """Give the right label of every tip text as written, and what the peer says."""
        return [
            (lane(self._corpus.tips[n]), said)
            for tips, guessed in zip(self._tips, self._peers, strict=True)
            for n, said in zip(tips.tolist(), guessed.result(), strict=True)
        ]


def _spoilt(corpus: Corpus, subjects: Subjects) -> _Writing:
    codes, starts, texts = array("I"), [0], []
    for example in corpus.tips:
        views = normalise(noisy(example.text))
        features, found = subjects.heard(views)
        codes.extend(numbers(features))
        starts.append(len(codes))
        texts.append(Text(views.stripped, found))
    return _Writing(np.array(codes, np.uint32), np.array(starts), texts, np.arange(len(texts)))
