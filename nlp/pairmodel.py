"""One of many ids or none, learnt from short wordings: FAQ intents and scam methods alike."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from nlp.categories import probabilities
from nlp.corpus import Pair
from nlp.features import code, of
from nlp.learner import Document, fit
from nlp.model import Linear
from nlp.solver import Effort
from nlp.text import Views, normalise, strip_marks
from nlp.tipmodel import FOLDS, fold_of

NONE = "none"
_EFFORT = Effort(cost=2.0)
_PHRASE = 2.0  # what a lexicon phrase says relative to a whole wording


@dataclass(frozen=True, slots=True)
class Recipe:
    """How such a model is learnt.

    Attributes:
        features: names what is in a text.
        keep: how many features the model may hold.
        effort: how hard to fit.
        bare: what a wording says a second time, written without accents; 0 leaves that out.
    """

    features: Callable[[Views], list[str]] = of
    keep: int = 14_000
    effort: Effort = _EFFORT
    bare: float = 0.0


@dataclass(frozen=True, slots=True)
class Guess:
    """A labelled wording and the margins of a model that had not learnt from it."""

    pair: Pair
    margins: tuple[float, ...]


METHODS = Recipe()


def learn(
    wordings: Sequence[Pair],
    phrases: Sequence[Pair],
    names: Sequence[str],
    recipe: Recipe = METHODS,
) -> Linear:
    """Learn the ids `names` from wordings and from phrases of the lexicon."""
    pairs = [(pair, 1.0) for pair in wordings] + [(pair, _PHRASE) for pair in phrases]
    if recipe.bare:
        pairs += [(replace(p, text=strip_marks(p.text)), recipe.bare) for p in _marked(wordings)]
    counts = Counter(pair.label for pair, _ in pairs)
    usual = counts.total() / len(counts)
    documents = []
    for pair, say in pairs:
        weight = say * (usual / counts[pair.label]) ** 0.5
        targets = {
            name: weight if name == (pair.label or NONE) else -weight
            for name in names
            if name not in pair.also
        }
        documents.append(Document(tuple(recipe.features(normalise(pair.text))), targets))
    return fit(documents, names, recipe.keep, recipe.effort)


def _marked(wordings: Sequence[Pair]) -> list[Pair]:
    return [pair for pair in wordings if pair.text != strip_marks(pair.text)]


def names_of(wordings: Sequence[Pair]) -> tuple[str, ...]:
    """List the ids a model of these wordings scores, NONE last."""
    return (*sorted({pair.label for pair in wordings if pair.label is not None}), NONE)


def guesses(
    wordings: Sequence[Pair], phrases: Sequence[Pair], recipe: Recipe = METHODS
) -> list[Guess]:
    """Score every wording by a model that has not learnt from it."""
    found: list[Guess] = []
    views = [normalise(pair.text) for pair in wordings]
    keys = [normalise(pair.text).stripped for pair in phrases]
    folds = [fold_of(seen) for seen in views]
    for fold in range(FOLDS):
        held = {seen.stripped for seen, its in zip(views, folds, strict=True) if its == fold}
        model = learn(
            [pair for pair, its in zip(wordings, folds, strict=True) if its != fold],
            [pair for pair, key in zip(phrases, keys, strict=True) if key not in held],
            names_of(wordings),
            recipe,
        )
        found += [
            Guess(pair, tuple(model.margins([code(name) for name in recipe.features(seen)])))
            for pair, seen, its in zip(wordings, views, folds, strict=True)
            if its == fold
        ]
    return found


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
