"""Documents → linear models: rarities, one exact separator per label, pruning, small weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.learnt import Learnt, pruned
from nlp.model import Linear
from nlp.rows import Floats, Ints, Rows
from nlp.solver import VALUE_GRID, Answer, Effort, learn
from nlp.weighed import Weighed


@dataclass(frozen=True, slots=True)
class Document:
    """What one training text teaches.

    Attributes:
        features: names, each once.
        targets: label → its side and say (+1 belongs, -1 does not, smaller sizes say it softly);
            a label left out learns nothing from this text.
    """

    features: tuple[str, ...]
    targets: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Lessons:
    """Documents in arrays: `targets` has a row for each and a column for each label, 0 for none."""

    rows: Rows
    targets: Floats

    @classmethod
    def of(cls, documents: Sequence[Document], labels: Sequence[str]) -> "Lessons":
        """Read documents."""
        targets = [[its.targets.get(label, 0.0) for label in labels] for its in documents]
        return cls(Rows.read([its.features for its in documents]), np.array(targets, float))

    def some(self, kept: NDArray[np.bool_]) -> "Lessons":
        """Give a part of the documents."""
        return Lessons(self.rows.some(kept), self.targets[kept])


def fit(
    documents: Sequence[Document], labels: Sequence[str], keep: int, effort: Effort | None = None
) -> Linear:
    """Learn a model of at most `keep` features."""
    return fit_each([Lessons.of(documents, labels)], labels, keep, effort or Effort())[0].model


def fit_each(
    lessons: Sequence[Lessons], labels: Sequence[str], keep: int, effort: Effort
) -> list[Learnt]:
    """Learn a model from each set of lessons."""
    weighed = [Weighed.of(its.rows, _share) for its in lessons]
    problems = [one.problem(its.targets) for one, its in zip(weighed, lessons, strict=True)]
    return [
        _pruned(one, labels, answer, keep)
        for one, answer in zip(weighed, learn(problems, effort), strict=True)
    ]


def _share(rare: Ints, length: Floats) -> Floats:
    return rare / length * VALUE_GRID


def _pruned(weighed: Weighed, labels: Sequence[str], answer: Answer, keep: int) -> Learnt:
    found = weighed.of_shared(answer), weighed.of_alone(answer)
    return pruned(weighed, labels, found, np.concatenate([worth.most for worth in found]), keep)
