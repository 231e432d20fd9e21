"""Learning the tip model: which texts teach what, and how it does on texts it has not seen."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from nlp import alike, peer
from nlp.categories import QUESTION, URGENT, labels
from nlp.corpus import Corpus, Example
from nlp.features import numbers
from nlp.joint import Effort, fit
from nlp.learner import Document
from nlp.letters import strip_marks
from nlp.model import Linear
from nlp.noise import noisy
from nlp.subjects import Subjects, meanings
from nlp.text import Views, normalise

FOLDS = 5
TIP_FOLDS = 3  # each costs as much as the model itself
KEEP = 72_000  # features; the file then has 1.8 million bytes
# Say of a text relative to one tip, chosen out-of-fold and on the writers left out (decision 10):
# a phrase of the lexicon is no message; the FAQ's questions are many and of one kind; a tip is
# learnt once more as a phone without accents would write it; urgent tips are few.
_PHRASE, _QUESTION, _BARE, _URGENT_PHRASE, _URGENT = 0.5, 0.3, 1.0, 1.0, 2.0
_EFFORT = Effort()

WRITINGS: dict[str, Callable[[str], str]] = {
    "written": str,
    "stripped": strip_marks,
    "noisy": noisy,
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One labelled text and the margins a model gave it that had not learnt from it."""

    example: Example
    fold: int
    views: Views
    found: Mapping[str, int]
    margins: tuple[float, ...]
    known: float


Trials = tuple[dict[str, list[Trial]], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class _Lesson:
    """One text that teaches. `fold` is None for phrases, which are no texts anybody sends."""

    key: tuple[str, ...]
    fold: int | None
    document: Document


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
    texts = [e.text for e in corpus.tips] + [q.text for q in corpus.questions]
    views = [normalise(text) for text in texts]
    return [_digest(views[leader]) % TIP_FOLDS for leader in alike.groups(views)]


@dataclass(frozen=True, slots=True)
class Course:
    """A corpus read for learning: what it teaches, and in which fold each text is."""

    corpus: Corpus
    subjects: Subjects
    folds: list[int]
    lessons: list[_Lesson]

    @classmethod
    def of(cls, corpus: Corpus) -> "Course":
        """Read a corpus."""
        where, subjects = folds(corpus), subjects_of(corpus)
        return cls(corpus, subjects, where, _lessons(corpus, where, subjects))


def learn(course: Course) -> Linear:
    """Learn from the whole corpus."""
    documents = [lesson.document for lesson in course.lessons]
    return fit(documents, labels(course.corpus.categories), KEEP, _EFFORT)


def trials(course: Course, progress: Callable[[str], None]) -> Trials:
    """Score every tip text, in three writings, by a model that has not learnt from it.

    The peer (underthesea_core) learns from the same folds and reads the texts as written.
    """
    results: dict[str, list[Trial]] = {name: [] for name in WRITINGS}
    results_of_peer: list[tuple[str, str]] = []
    corpus, subjects = course.corpus, course.subjects
    for fold in range(TIP_FOLDS):
        kept = _kept(course.lessons, fold)
        model = fit(kept, labels(corpus.categories), KEEP, _EFFORT)
        asked = peer.learn(kept)
        tested = [e for e, its in zip(corpus.tips, course.folds, strict=False) if its == fold]
        for name, writing in WRITINGS.items():
            results[name] += [_trial(model, subjects, e, fold, writing(e.text)) for e in tested]
        said = asked([subjects.heard(normalise(example.text)).features for example in tested])
        results_of_peer += zip(map(lane, tested), said, strict=True)
        progress(f"tips: fold {fold + 1} of {TIP_FOLDS}")
    return results, results_of_peer


def lessons(corpus: Corpus, without: int) -> list[Document]:
    """Give what the model that scores fold `without` learns from."""
    return _kept(Course.of(corpus).lessons, without)


def _kept(everything: Sequence[_Lesson], without: int) -> list[Document]:
    """Leave out a fold, and phrases that happen to equal one of its texts."""
    held = {lesson.key for lesson in everything if lesson.fold == without}
    return [s.document for s in everything if s.fold != without and s.key not in held]


def _trial(model: Linear, subjects: Subjects, example: Example, fold: int, text: str) -> Trial:
    views = normalise(text)
    features, found = subjects.heard(views)
    margins, known = model.scored(model.found(numbers(features)))
    return Trial(example, fold, views, found, tuple(margins), known)


def lane(example: Example) -> str:
    """Name the label of the model an example belongs to."""
    return example.category if example.kind == "tip" else f"kind:{example.kind}"


def _lessons(corpus: Corpus, where: Sequence[int], subjects: Subjects) -> list[_Lesson]:
    names = [name for name in labels(corpus.categories) if name != URGENT]
    counts = Counter(lane(example) for example in corpus.tips)
    counts.update(str(phrase.label) for phrase in corpus.phrases)
    counts[QUESTION] += len(corpus.questions)
    usual = counts.total() / len(counts)
    # Rare labels get a louder say: half way (square root) to equal shares.
    say = {label: (usual / count) ** 0.5 for label, count in counts.items()}
    found: list[_Lesson] = []
    for example, fold in zip(corpus.tips, where, strict=False):
        targets = _targets(names, lane(example), example.also, say[lane(example)])
        targets[URGENT] = _URGENT if example.urgent else -1.0
        found += _taught(example.text, fold, targets, subjects)
    for phrase in corpus.phrases:
        targets = _targets(names, str(phrase.label), (), say[str(phrase.label)] * _PHRASE)
        found += _taught(phrase.text, None, targets, subjects)
    for question, fold in zip(corpus.questions, where[len(corpus.tips) :], strict=True):
        targets = _targets(names, QUESTION, (), say[QUESTION] * _QUESTION)
        found.append(_lesson(question.text, fold, {**targets, URGENT: -_QUESTION}, subjects))
    for side, phrases in (
        (_URGENT_PHRASE, corpus.urgent["now"]),
        (-_URGENT_PHRASE, corpus.urgent["not_now"]),
    ):
        found += [_lesson(phrase, None, {URGENT: side}, subjects) for phrase in phrases]
    return found


def _taught(
    text: str, fold: int | None, targets: Mapping[str, float], subjects: Subjects
) -> Iterator[_Lesson]:
    """Yield a text as it was written and, if that differs, without accents."""
    yield _lesson(text, fold, targets, subjects)
    bare = strip_marks(text)
    if bare != text:
        softly = {label: target * _BARE for label, target in targets.items()}
        yield _lesson(bare, fold, softly, subjects)


def _lesson(
    text: str, fold: int | None, targets: Mapping[str, float], subjects: Subjects
) -> _Lesson:
    views = normalise(text)
    return _Lesson(views.stripped, fold, Document(tuple(subjects.heard(views).features), targets))


def _targets(names: Sequence[str], own: str, also: tuple[str, ...], say: float) -> dict[str, float]:
    return {name: say if name == own else -say for name in names if name not in also}
