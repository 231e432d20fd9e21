"""One of many ids or none, learnt from short wordings: FAQ intents and scam methods alike."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from nlp.corpus import Pair
from nlp.learner import Lessons, fit_each
from nlp.model import Linear
from nlp.ranking import AMONG, NONE
from nlp.rows import Floats, Rows
from nlp.solver import Effort
from nlp.text import Views, normalise, strip_marks

FOLDS = 3  # each a training of seconds; with five the figures hardly differ

_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Recipe:
    """How such a model is learnt.

    Attributes:
        features: names what is in a text, which it is given in both views too.
        phrase: what a lexicon phrase says relative to a whole wording.
        nobody: what a wording that belongs to no id says.
        keep: how many features the model may hold.
        effort: how hard to fit.
        bare: what a wording says a second time, written without accents; 0 leaves that out.
        among: teach each id once more, by wordings that belong to one alone: which it is, if any.
    """

    features: Callable[[str, Views], list[str]]
    keep: int
    effort: Effort
    phrase: float = 2.0
    nobody: float = 1.0
    bare: float = 0.0
    among: bool = False


@dataclass(frozen=True, slots=True)
class Guess:
    """A labelled wording and the margins of a model that had not learnt from it."""

    pair: Pair
    margins: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Taught:
    """A model, and what models that had not learnt from it say of each wording."""

    model: Linear
    guesses: list[Guess]


def taught(wordings: Sequence[Pair], phrases: Sequence[Pair], recipe: Recipe) -> Taught:
    """Teach a model, and try its recipe out on wordings it has not learnt from."""
    course = _Course.of(wordings, phrases, recipe)
    names, folds = names_of(wordings, among=recipe.among), range(FOLDS)
    kept = [np.ones(len(course.pairs), bool), *(course.kept(fold) for fold in folds)]
    lessons = [Lessons(course.rows.some(its), course.targets(its, names, recipe)) for its in kept]
    whole, *parts = fit_each(lessons, names, recipe.keep, recipe.effort)
    found: list[Guess] = []
    for fold, model in zip(folds, parts, strict=True):
        asked = np.flatnonzero(course.folds[: len(wordings)] == fold)
        rows = course.rows.some(np.isin(np.arange(len(course.pairs)), asked))
        margins, _ = model.scored(rows.numbers(), rows.starts)
        found += [
            Guess(wordings[n], tuple(its))
            for n, its in zip(asked.tolist(), margins.tolist(), strict=True)
        ]
    return Taught(whole.model, found)


def names_of(wordings: Sequence[Pair], *, among: bool = False) -> tuple[str, ...]:
    """List the ids a model of these wordings scores, NONE behind them, then those AMONG."""
    ids = sorted({pair.label for pair in wordings if pair.label is not None})
    return (*ids, NONE, *(f"{AMONG}{name}" for name in ids if among))


@dataclass(frozen=True, slots=True)
class _Course:
    """What is learnt from, the wordings first; phrases belong to no fold.

    Attributes:
        pairs: wordings, phrases, and wordings once more without accents.
        says: what each says relative to a wording.
        folds: of each, NOWHERE for a phrase.
        keys: words of each wording and phrase without accents.
        rows: features of each.
    """

    pairs: list[Pair]
    says: list[float]
    folds: NDArray[np.int64]
    keys: list[tuple[str, ...]]
    rows: Rows

    @classmethod
    def of(cls, wordings: Sequence[Pair], phrases: Sequence[Pair], recipe: Recipe) -> "_Course":
        bare = [(n, strip_marks(pair.text)) for n, pair in enumerate(wordings) if recipe.bare]
        marked = [(n, text) for n, text in bare if text != wordings[n].text]
        copies = [replace(wordings[n], text=text) for n, text in marked]
        pairs = [*wordings, *phrases, *copies]
        views = [normalise(pair.text) for pair in pairs]
        folds = [_fold_of(seen) for seen in views[: len(wordings)]]
        return cls(
            pairs,
            [*[1.0] * len(wordings), *[recipe.phrase] * len(phrases), *[recipe.bare] * len(copies)],
            np.array([*folds, *[_NOWHERE] * len(phrases), *(folds[n] for n, _ in marked)]),
            [seen.stripped for seen in views[: len(wordings) + len(phrases)]],
            Rows.read(
                recipe.features(pair.text, seen) for pair, seen in zip(pairs, views, strict=True)
            ),
        )

    def kept(self, fold: int) -> NDArray[np.bool_]:
        """Leave out a fold, and phrases that happen to equal one of its texts."""
        its = list(zip(self.keys, self.folds.tolist(), strict=False))
        held = {key for key, of in its if of == fold}
        equal = [of == _NOWHERE and key in held for key, of in its]
        left: NDArray[np.bool_] = self.folds != fold
        left[: len(equal)] &= ~np.array(equal)
        return left

    def targets(self, kept: NDArray[np.bool_], names: Sequence[str], recipe: Recipe) -> Floats:
        """Say what each of the kept ones says of each name; rare labels get a louder say."""
        pairs = [(self.pairs[n], self.says[n]) for n in np.flatnonzero(kept)]
        counts = Counter(pair.label for pair, _ in pairs)
        usual = counts.total() / len(counts)
        place = {name: n for n, name in enumerate(names)}
        found = np.zeros((len(pairs), len(names)))
        for row, (pair, say) in zip(found, pairs, strict=True):
            own = say if pair.label else say * recipe.nobody
            weight = own * (usual / counts[pair.label]) ** 0.5
            row[: None if pair.label else place[NONE] + 1] = -weight
            row[_places(place, pair.label or NONE)] = weight
            row[[at for name in pair.also for at in _places(place, name)]] = 0.0
        return found


def _places(place: Mapping[str, int], name: str) -> list[int]:
    """List where a name stands: by itself, and among the ids alone."""
    return [place[its] for its in (name, f"{AMONG}{name}") if its in place]


def _fold_of(views: Views) -> int:
    """Give the fold of a text; writings that differ only in accents or marks share one."""
    return blake2b(" ".join(views.stripped).encode(), digest_size=1).digest()[0] % FOLDS
