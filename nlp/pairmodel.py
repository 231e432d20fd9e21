"""One of many ids or none, learnt from short wordings: FAQ intents and scam methods alike."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from math import inf
from operator import add

from nlp.categories import probabilities
from nlp.corpus import Pair
from nlp.features import code
from nlp.learner import Document, fit
from nlp.model import Linear
from nlp.solver import Effort
from nlp.text import Views, normalise, strip_marks

NONE = "none"
FOLDS = 3  # each a training of seconds; with five the figures hardly differ


@dataclass(frozen=True, slots=True)
class Recipe:
    """How such a model is learnt.

    Attributes:
        features: names what is in a text.
        phrase: what a lexicon phrase says relative to a whole wording.
        nobody: what a wording that belongs to no id says.
        keep: how many features the model may hold.
        effort: how hard to fit.
        bare: what a wording says a second time, written without accents; 0 leaves that out.
    """

    features: Callable[[str], list[str]]
    keep: int
    effort: Effort
    phrase: float = 2.0
    nobody: float = 1.0
    bare: float = 0.0


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
    recipe = replace(recipe, features=cache(recipe.features))
    model = learn(wordings, phrases, names_of(wordings), recipe)
    return Taught(model, guesses(wordings, phrases, recipe))


def learn(
    wordings: Sequence[Pair],
    phrases: Sequence[Pair],
    names: Sequence[str],
    recipe: Recipe,
) -> Linear:
    """Learn the ids `names` from wordings and from phrases of the lexicon."""
    pairs = [(pair, 1.0) for pair in wordings] + [(pair, recipe.phrase) for pair in phrases]
    if recipe.bare:
        pairs += [(replace(p, text=strip_marks(p.text)), recipe.bare) for p in _marked(wordings)]
    counts = Counter(pair.label for pair, _ in pairs)
    usual = counts.total() / len(counts)
    documents = []
    for pair, say in pairs:
        own = say if pair.label else say * recipe.nobody
        weight = own * (usual / counts[pair.label]) ** 0.5
        targets = {
            name: weight if name == (pair.label or NONE) else -weight
            for name in names
            if name not in pair.also
        }
        documents.append(Document(tuple(recipe.features(pair.text)), targets))
    return fit(documents, names, recipe.keep, recipe.effort)


def _marked(wordings: Sequence[Pair]) -> list[Pair]:
    return [pair for pair in wordings if pair.text != strip_marks(pair.text)]


def names_of(wordings: Sequence[Pair]) -> tuple[str, ...]:
    """List the ids a model of these wordings scores, NONE last."""
    return (*sorted({pair.label for pair in wordings if pair.label is not None}), NONE)


def guesses(wordings: Sequence[Pair], phrases: Sequence[Pair], recipe: Recipe) -> list[Guess]:
    """Score every wording by a model that has not learnt from it."""
    found: list[Guess] = []
    views = [normalise(pair.text) for pair in wordings]
    keys = [normalise(pair.text).stripped for pair in phrases]
    folds = [_fold_of(seen) for seen in views]
    for fold in range(FOLDS):
        held = {seen.stripped for seen, its in zip(views, folds, strict=True) if its == fold}
        model = learn(
            [pair for pair, its in zip(wordings, folds, strict=True) if its != fold],
            [pair for pair, key in zip(phrases, keys, strict=True) if key not in held],
            names_of(wordings),
            recipe,
        )
        found += [
            Guess(pair, tuple(model.margins([code(name) for name in recipe.features(pair.text)])))
            for pair, its in zip(wordings, folds, strict=True)
            if its == fold
        ]
    return found


def _fold_of(views: Views) -> int:
    """Give the fold of a text; writings that differ only in accents or marks share one."""
    return blake2b(" ".join(views.stripped).encode(), digest_size=1).digest()[0] % FOLDS


def ranked(
    names: Sequence[str], margins: Sequence[float], temperature: float
) -> list[tuple[str, float]]:
    """Rank ids with their probabilities, best first; NONE is one of them.

    A text of which nothing is known is certainly NONE.
    """
    if not any(margins):
        return sorted(((n, float(n == NONE)) for n in names), key=lambda item: -item[1])
    chances = probabilities(margins, temperature)
    return sorted(zip(names, chances, strict=True), key=lambda item: (-item[1], item[0]))


def nearness(names: Sequence[str], margins: Sequence[float], against: float) -> float:
    """Say how near a text is to any of the ids: the best of them, minus `against` times NONE.

    Out-of-fold that tells ours and foreign texts apart better than the probability of NONE, which
    the number of half-fitting ids sways.
    """
    if not any(margins):
        return -inf
    by_name = dict(zip(names, margins, strict=True))
    none = by_name.pop(NONE)
    return max(by_name.values()) - against * none


def summed(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """Add up what two models of the same ids say."""
    return list(map(add, one, other))


def both(one: Taught, other: Taught) -> list[Guess]:
    """Add up the guesses of two models about the same wordings."""
    return [
        replace(a, margins=tuple(summed(a.margins, b.margins)))
        for a, b in zip(one.guesses, other.guesses, strict=True)
    ]
