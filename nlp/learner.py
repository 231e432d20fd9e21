"""Documents → a linear model: rarities, one exact separator per label, pruning, small weights."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import log, sqrt

from nlp.features import code
from nlp.model import RARITY_STEPS, Linear, assemble
from nlp.solver import VALUE_GRID, Effort, Row, learn

_RAREST = 255  # the rarity is one byte in the file
_WEIGHT = 127  # largest stored weight


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


def fit(
    documents: Sequence[Document], labels: Sequence[str], keep: int, effort: Effort | None = None
) -> Linear:
    """Learn a model of at most `keep` features."""
    seen = Counter(name for document in documents for name in document.features)
    rarity = {name: _rarity(len(documents), having) for name, having in seen.items()}
    shared = sorted(name for name, having in seen.items() if having > 1)
    place = {name: n for n, name in enumerate(shared)}
    values = [_values(document.features, rarity) for document in documents]
    rows = [_row(found, place) for found in values]
    answers = [
        learn(rows, [d.targets.get(label, 0.0) for d in documents], len(shared), effort or Effort())
        for label in labels
    ]
    worth = dict(_worth(shared, values, place, answers, rarity))
    best = sorted(worth, key=lambda name: (-worth[name][0], name))[:keep]
    scale = _WEIGHT / max((worth[name][0] for name in best), default=1.0)
    table = {
        code(name): (rarity[name], bytes(round(r * scale) % 256 for r in worth[name][1]()))
        for name in reversed(best)  # of two features with one number, the stronger stays
    }
    return assemble(labels, [(key, *table[key]) for key in sorted(table)], scale, {})


def _rarity(documents: int, having: int) -> int:
    return min(round((log((documents + 1) / (having + 1)) + 1) * RARITY_STEPS), _RAREST)


def _values(features: Sequence[str], rarity: Mapping[str, int]) -> dict[str, float]:
    """Give each feature its share of the text, so that long and short texts say as much."""
    length = sqrt(sum(rarity[name] ** 2 for name in features)) or 1.0
    return {name: round(rarity[name] / length * VALUE_GRID) / VALUE_GRID for name in features}


def _row(values: Mapping[str, float], place: Mapping[str, int]) -> Row:
    shared = sorted((place[name], value) for name, value in values.items() if name in place)
    while len(shared) < 2:  # noqa: PLR2004 - itemgetter gives a bare value for a single place
        shared.append((0, 0.0))
    alone = sum(value * value for name, value in values.items() if name not in place)
    return Row(tuple(n for n, _ in shared), tuple(v for _, v in shared), alone)


def _worth(
    shared: Sequence[str],
    values: Sequence[Mapping[str, float]],
    place: Mapping[str, int],
    answers: Sequence[tuple[list[float], list[float]]],
    rarity: Mapping[str, int],
) -> Iterator[tuple[str, tuple[float, Callable[[], list[float]]]]]:
    """Yield each feature with the most it can add to a score, and how to get what it adds to each.

    That is its weight times its rarity: only the product needs to be stored.
    """
    columns = [weights for weights, _ in answers]
    for n, name in enumerate(shared):
        rare = rarity[name] / RARITY_STEPS
        adds = [column[n] * rare for column in columns]
        yield name, (max(map(abs, adds)), partial(list, adds))
    for n, found in enumerate(values):
        pulls = [pulls[n] for _, pulls in answers]
        strongest = max(map(abs, pulls))
        for name, value in found.items() if strongest else ():
            if name not in place:
                share = value * rarity[name] / RARITY_STEPS
                yield name, (strongest * share, partial(_times, pulls, share))


def _times(numbers: Sequence[float], factor: float) -> list[float]:
    return [number * factor for number in numbers]
