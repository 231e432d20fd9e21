"""Learning the tip model: which texts teach what, and how it does on texts it has not seen."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from nlp import peer
from nlp.categories import QUESTION, URGENT, labels
from nlp.corpus import Corpus, Example, Pair
from nlp.features import codes, of
from nlp.learner import Document, fit
from nlp.letters import strip_marks
from nlp.model import Linear
from nlp.noise import noisy
from nlp.text import Views, normalise

FOLDS = 5
KEEP = 36_000  # features; the file then stays below a million bytes
# Say of a text relative to one tip, chosen by out-of-fold macro-F1: a phrase of the lexicon is
# short and sure; the FAQ's questions are many and of one kind.
_PHRASE, _QUESTION, _URGENT_PHRASE, _URGENT = 2.5, 0.3, 2.0, 2.0

WRITINGS: dict[str, Callable[[str], str]] = {
    "written": str,
    "stripped": strip_marks,
    "noisy": noisy,
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One labelled text and the margins a model gave it that had not learnt from it."""

    example: Example
    views: Views
    margins: tuple[float, ...]
    known: float


Trials = tuple[dict[str, list[Trial]], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class _Lesson:
    """One text that teaches. `fold` is None for phrases, which are no texts anybody sends."""

    key: tuple[str, ...]
    fold: int | None
    document: Document


def fold_of(views: Views) -> int:
    """Give the fold of a text; writings that differ only in accents or marks share one."""
    return blake2b(" ".join(views.stripped).encode(), digest_size=2).digest()[0] % FOLDS


def learn(corpus: Corpus) -> Linear:
    """Learn from the whole corpus."""
    documents = [lesson.document for lesson in _lessons(corpus)]
    return fit(documents, labels(corpus.categories), KEEP)


def trials(corpus: Corpus, progress: Callable[[str], None]) -> Trials:
    """Score every tip text, in three writings, by a model that has not learnt from it.

    The peer (underthesea_core) learns from the same folds and reads the texts as written.
    """
    results: dict[str, list[Trial]] = {name: [] for name in WRITINGS}
    results_of_peer: list[tuple[str, str]] = []
    everything = _lessons(corpus)
    folds = [fold_of(normalise(example.text)) for example in corpus.tips]
    for fold in range(FOLDS):
        kept = _kept(everything, fold)
        model = fit(kept, labels(corpus.categories), KEEP)
        asked = peer.learn(kept)
        tested = [e for e, its in zip(corpus.tips, folds, strict=True) if its == fold]
        for name, writing in WRITINGS.items():
            results[name] += [_trial(model, example, writing(example.text)) for example in tested]
        said = asked([of(normalise(example.text)) for example in tested])
        results_of_peer += zip(map(lane, tested), said, strict=True)
        progress(f"tips: fold {fold + 1} of {FOLDS}")
    return results, results_of_peer


def lessons(corpus: Corpus, without: int) -> list[Document]:
    """Give what the model that scores fold `without` learns from."""
    return _kept(_lessons(corpus), without)


def _kept(everything: Sequence[_Lesson], without: int) -> list[Document]:
    """Leave out a fold, and phrases that happen to equal one of its texts."""
    held = {lesson.key for lesson in everything if lesson.fold == without}
    return [s.document for s in everything if s.fold != without and s.key not in held]


def _trial(model: Linear, example: Example, text: str) -> Trial:
    views = normalise(text)
    features = codes(views)
    return Trial(example, views, tuple(model.margins(features)), model.known(features))


def lane(example: Example) -> str:
    """Name the label of the model an example belongs to."""
    return example.category if example.kind == "tip" else f"kind:{example.kind}"


def _lessons(corpus: Corpus) -> list[_Lesson]:
    names = [name for name in labels(corpus.categories) if name != URGENT]
    counts = Counter(lane(example) for example in corpus.tips)
    counts.update(str(phrase.label) for phrase in corpus.phrases)
    counts[QUESTION] += len(corpus.questions)
    usual = counts.total() / len(counts)
    # Rare labels get a louder say: half way (square root) to equal shares.
    say = {label: (usual / count) ** 0.5 for label, count in counts.items()}
    lessons = [_of_tip(example, names, say[lane(example)]) for example in corpus.tips]
    lessons += [_of_phrase(p, names, say[str(p.label)] * _PHRASE) for p in corpus.phrases]
    lessons += [_of_question(q, names, say[QUESTION] * _QUESTION) for q in corpus.questions]
    lessons += [_of_urgent(phrase, _URGENT_PHRASE) for phrase in corpus.urgent_now]
    return lessons + [_of_urgent(phrase, -_URGENT_PHRASE) for phrase in corpus.not_now]


def _of_tip(example: Example, names: Sequence[str], say: float) -> _Lesson:
    views = normalise(example.text)
    targets = _targets(names, lane(example), example.also, say)
    targets[URGENT] = _URGENT if example.urgent else -1.0
    return _Lesson(views.stripped, fold_of(views), Document(tuple(of(views)), targets))


def _of_phrase(phrase: Pair, names: Sequence[str], say: float) -> _Lesson:
    views = normalise(phrase.text)
    targets = _targets(names, str(phrase.label), (), say)
    return _Lesson(views.stripped, None, Document(tuple(of(views)), targets))


def _of_question(question: Pair, names: Sequence[str], say: float) -> _Lesson:
    views = normalise(question.text)
    targets = _targets(names, QUESTION, (), say)
    targets[URGENT] = -_QUESTION
    return _Lesson(views.stripped, fold_of(views), Document(tuple(of(views)), targets))


def _of_urgent(phrase: str, side: float) -> _Lesson:
    views = normalise(phrase)
    return _Lesson(views.stripped, None, Document(tuple(of(views)), {URGENT: side}))


def _targets(names: Sequence[str], own: str, also: tuple[str, ...], say: float) -> dict[str, float]:
    return {name: say if name == own else -say for name in names if name not in also}
