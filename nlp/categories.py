"""Which of the seventeen categories: probabilities of all, and the words that spoke for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp

from nlp.corpus import NOT_A_TIP
from nlp.features import code
from nlp.model import Linear
from nlp.text import Views

# Besides the sixteen tip categories the model tells apart what is no tip, and hears urgency.
QUESTION, OPINION, OTHER = "kind:question", "kind:opinion", "kind:other"
NO_TIP = (QUESTION, OPINION, OTHER)
URGENT = "urgent"
_EVIDENCE = 4  # words shown to an officer
_READ = 400  # words looked at for evidence; nobody reads reasons further down
_SHARE = 0.15  # a word counts if it speaks at least this much of what the loudest one does


@dataclass(frozen=True, slots=True)
class Score:
    """A category and its probability, 0 to 1."""

    category: str
    confidence: float


def labels(categories: Sequence[str]) -> tuple[str, ...]:
    """List what the model scores, in the order of its lanes."""
    return (*(c for c in categories if c != NOT_A_TIP), *NO_TIP, URGENT)


def probabilities(margins: Sequence[float], temperature: float) -> list[float]:
    """Turn margins into probabilities that add up to 1 (softmax)."""
    top = max(margins)
    raw = [exp((margin - top) / temperature) for margin in margins]
    whole = sum(raw)
    return [value / whole for value in raw]


def ranked(names: Sequence[str], chances: Sequence[float]) -> list[Score]:
    """Rank the seventeen categories, best first; the three no-tip labels count as one."""
    scores = [Score(n, c) for n, c in zip(names, chances, strict=True) if n not in NO_TIP]
    rest = sum(c for n, c in zip(names, chances, strict=True) if n in NO_TIP)
    return sorted([*scores, Score(NOT_A_TIP, rest)], key=lambda s: (-s.confidence, s.category))


def evidence(model: Linear, views: Views, label: str) -> tuple[str, ...]:
    """Name the words of the text that spoke loudest for a label, in the order of the text."""
    lane = model.labels.index(label)
    typed, bare = views.accented[:_READ], views.stripped[:_READ]

    def push(feature: str) -> int:
        return model.push(code(feature), lane)

    heard = {word: push(f"~{word}") for word in set(bare)}
    marked = {word: push(word) for word in set(typed).difference(heard)}
    said = [heard[b] + marked.get(a, 0) for a, b in zip(typed, bare, strict=True)]
    for n, (first, second) in enumerate(pairwise(bare)):
        both = push(f"~{first} {second}")
        said[n] += both // 2
        said[n + 1] += both // 2
    enough = max(said, default=0) * _SHARE
    words: dict[str, int] = {}
    for n in sorted(range(len(said)), key=lambda n: (-said[n], n)):
        if len(words) == _EVIDENCE or said[n] <= enough:
            break
        if not typed[n].startswith("<"):
            words.setdefault(typed[n], n)
    return tuple(sorted(words, key=words.__getitem__))
