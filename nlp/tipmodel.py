"""Learning the tip model: which texts teach what, in which fold each is, and what is in them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from nlp import alike, joint, peer
from nlp.categories import QUESTION, URGENT, labels
from nlp.corpus import Corpus, Example
from nlp.learner import Lessons
from nlp.learnt import Learnt
from nlp.letters import strip_marks
from nlp.rows import Ints, Reader
from nlp.subjects import Subjects, meanings
from nlp.text import Views, normalise

FOLDS = 5
TIP_FOLDS = 3  # each costs as much as the model itself
KEEP = 72_000  # features; the file then has 1.8 million bytes
# Say of a text relative to one tip, chosen out-of-fold and on the writers left out (decision 10):
# a phrase of the lexicon is no message; the FAQ's questions are many and of one kind; a tip is
# learnt once more as a phone without accents would write it; urgent tips are few.
_PHRASE, _QUESTION, _BARE, _URGENT_PHRASE, _URGENT = 0.5, 0.3, 1.0, 1.0, 2.0
_EFFORT = joint.Effort()

_NOWHERE = -1  # the fold of phrases, which are no texts anybody sends


@dataclass(frozen=True, slots=True)
class Text:
    """What of a text is needed besides its features: its words, and the listed phrases in it."""

    words: tuple[str, ...]
    found: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class _Lesson:
    """One text that teaches."""

    views: Views
    fold: int
    targets: Mapping[str, float]


def subjects_of(corpus: Corpus) -> Subjects:
    """Give the lists of words the model hears."""
    return Subjects(meanings(corpus.tip_words, corpus.urgent))


def fold_of(views: Views) -> int:
    """Give the fold of a text; writings that differ only in accents or marks share one."""
    return _digest(views) % FOLDS


def _digest(views: Views) -> int:
    return blake2b(" ".join(views.stripped).encode(), digest_size=2).digest()[0]


def folds(corpus: Corpus) -> list[int]:
    """Give the fold of each tip text, then of each question; what is nearly alike shares one."""
    return _folds(_views(corpus))


def _views(corpus: Corpus) -> list[Views]:
    texts = [example.text for example in corpus.tips]
    return [normalise(text) for text in (*texts, *(pair.text for pair in corpus.questions))]


def _folds(views: Sequence[Views]) -> list[int]:
    return [_digest(views[leader]) % TIP_FOLDS for leader in alike.groups(views)]


@dataclass(frozen=True, slots=True)
class Course:
    """A corpus read for learning.

    Attributes:
        labels: what is learnt.
        names: of the features, by number.
        lessons: what each text teaches, first the tips in their order.
        lines: the lessons as the peer reads them.
        texts: what else is in them.
        folds: of the lessons.
        written: of each tip the lesson as it was written.
        stripped: and without accents, the same one if it had none.
    """

    labels: tuple[str, ...]
    names: tuple[str, ...]
    lessons: Lessons
    lines: list[str]
    texts: list[Text]
    folds: Ints
    written: Ints
    stripped: Ints

    @classmethod
    def of(cls, corpus: Corpus, subjects: Subjects) -> "Course":
        """Read a corpus."""
        reader, lines, texts = Reader(), [], []
        views = _views(corpus)
        lessons, ends = _lessons(corpus, views, _folds(views))
        for lesson in lessons:
            features, found = subjects.heard(lesson.views)
            reader.add(features)
            lines.append(peer.line(features))
            texts.append(Text(lesson.views.stripped, found))
        names = labels(corpus.categories)
        targets = [[lesson.targets.get(name, 0.0) for name in names] for lesson in lessons]
        return cls(
            labels=names,
            names=tuple(reader.names),
            lessons=Lessons(reader.rows(), np.array(targets, float)),
            lines=lines,
            texts=texts,
            folds=np.array([lesson.fold for lesson in lessons]),
            written=np.array([0, *ends[:-1]]),
            stripped=np.array(ends) - 1,
        )

    def kept(self, without: int) -> NDArray[np.bool_]:
        """Leave out a fold, and phrases that happen to equal one of its texts."""
        fold = self.folds.tolist()
        held = {text.words for text, its in zip(self.texts, fold, strict=True) if its == without}
        left = [text.words not in held for text in self.texts]
        return np.array(left) & np.not_equal(self.folds, without)

    def names_of(self, kept: NDArray[np.bool_]) -> set[str]:
        """Name the features of some lessons."""
        return {self.names[n] for n in np.unique(self.lessons.rows.some(kept).features)}

    def told(self) -> list[str | None]:
        """Name the one label each lesson is an example of, if it is; urgency is none."""
        says = self.lessons.targets[:, :-1]
        loudest = zip(says.argmax(axis=1).tolist(), says.max(axis=1).tolist(), strict=True)
        return [self.labels[n] if most > 0 else None for n, most in loudest]


def learn(
    lessons: Lessons, parts: Sequence[NDArray[np.bool_]], names: Sequence[str]
) -> list[Learnt]:
    """Learn from all lessons, and from parts of them."""
    return joint.learn([lessons, *map(lessons.some, parts)], names, KEEP, _EFFORT)


def lane(example: Example) -> str:
    """Name the label of the model an example belongs to."""
    return example.category if example.kind == "tip" else f"kind:{example.kind}"


def _lessons(
    corpus: Corpus, views: Sequence[Views], folds: Sequence[int]
) -> tuple[list[_Lesson], list[int]]:
    """Give all lessons; and of each tip, how many there are behind its own."""
    names = [name for name in labels(corpus.categories) if name != URGENT]
    says = _says(corpus)
    found: list[_Lesson] = []
    ends = []
    for example, its, fold in zip(corpus.tips, views, folds, strict=False):
        targets = _targets(names, lane(example), example.also, says[lane(example)])
        targets[URGENT] = _URGENT if example.urgent else -1.0
        found += _taught(example.text, its, fold, targets)
        ends.append(len(found))
    for phrase in corpus.phrases:
        targets = _targets(names, str(phrase.label), (), says[str(phrase.label)] * _PHRASE)
        found += _taught(phrase.text, normalise(phrase.text), _NOWHERE, targets)
    targets = {**_targets(names, QUESTION, (), says[QUESTION] * _QUESTION), URGENT: -_QUESTION}
    asked = zip(views[len(ends) :], folds[len(ends) :], strict=True)
    found += [_Lesson(its, fold, targets) for its, fold in asked]
    for side, phrases in (
        (_URGENT_PHRASE, corpus.urgent["now"]),
        (-_URGENT_PHRASE, corpus.urgent["not_now"]),
    ):
        found += [_Lesson(normalise(phrase), _NOWHERE, {URGENT: side}) for phrase in phrases]
    return found, ends


def _says(corpus: Corpus) -> dict[str, float]:
    """Give rare labels a louder say: half way (square root) to equal shares."""
    counts = Counter(lane(example) for example in corpus.tips)
    counts.update(str(phrase.label) for phrase in corpus.phrases)
    counts[QUESTION] += len(corpus.questions)
    usual = counts.total() / len(counts)
    return {label: (usual / count) ** 0.5 for label, count in counts.items()}


def _taught(text: str, views: Views, fold: int, targets: Mapping[str, float]) -> Iterator[_Lesson]:
    """Yield a text as it was written and, if that differs, without accents."""
    yield _Lesson(views, fold, targets)
    bare = strip_marks(text)
    if bare != text:
        softly = {label: target * _BARE for label, target in targets.items()}
        yield _Lesson(normalise(bare), fold, softly)


def _targets(names: Sequence[str], own: str, also: tuple[str, ...], say: float) -> dict[str, float]:
    return {name: say if name == own else -say for name in names if name not in also}
