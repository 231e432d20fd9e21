"""Texts that say nearly the same: found by the runs of words they share.

Such texts must not stand on both sides of a measurement.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from nlp.text import Views

Words = tuple[str, ...]

_RUN = 5  # words
_ALIKE = 0.5  # share of the runs of the shorter text from which on two texts are one
_SAME = 0.6  # or the share of common words
_COMMON = 40  # a run that so many texts have is a figure of speech and no sign
_FEW = 4  # words; two shorter texts are alike only if they are equal


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a text is compared."""

    text: Words
    words: frozenset[str]
    runs: frozenset[Words]

    @classmethod
    def of(cls, views: Views) -> "Shape":
        """Look at a text; a short one is itself its only run."""
        text = views.stripped
        count = max(len(text) - _RUN + 1, 1) if text else 0
        return cls(text, frozenset(text), frozenset(text[at : at + _RUN] for at in range(count)))

    def alike(self, other: "Shape") -> bool:
        """Tell whether two texts share half of the runs of the shorter, or most words."""
        if min(len(self.text), len(other.text)) < _FEW:
            return self.text == other.text
        if len(self.runs & other.runs) >= _ALIKE * min(len(self.runs), len(other.runs)):
            return True
        shared = len(self.words & other.words)
        return shared > _SAME * (len(self.words) + len(other.words) - shared)


def collisions(texts: Sequence[Views], others: Sequence[Views]) -> list[int]:
    """Give the numbers of the texts that are alike to any of the others."""
    known = [Shape.of(views) for views in others]
    common = Counter(word for shape in known for word in shape.words)
    having: defaultdict[str | Words, set[int]] = defaultdict(set)
    for n, shape in enumerate(known):
        for sign in _signs(shape, common):
            having[sign].add(n)
    found = []
    for n, shape in enumerate(map(Shape.of, texts)):
        near = set().union(*(having.get(sign, ()) for sign in _signs(shape, common)))
        if any(shape.alike(known[other]) for other in near):
            found.append(n)
    return found


def _signs(shape: Shape, common: Mapping[str, int]) -> list[str | Words]:
    """Give what two texts that are alike share at least one of: a run, or one of the rarer words.

    Who shares most of all words shares one of the rarer ones of his own.
    """
    words = sorted(shape.words, key=lambda word: (common.get(word, 0), word))
    return [*shape.runs, *words[: len(words) - ceil(_SAME * len(words)) + 1]]


def groups(texts: Sequence[Views]) -> list[int]:
    """Number the texts so that those which are alike, directly or through others, share a number.

    Texts are compared that share a run of five words.
    """
    shapes = [Shape.of(views) for views in texts]
    leader = list(range(len(shapes)))

    def first(n: int) -> int:
        while leader[n] != n:
            leader[n] = leader[leader[n]]
            n = leader[n]
        return n

    having: dict[Words, list[int]] = {}
    for n, shape in enumerate(shapes):
        for run in shape.runs:
            having.setdefault(run, []).append(n)
    for run, found in having.items():
        if len(found) <= _COMMON or len(run) < _RUN:
            for other in found[1:]:
                a, b = first(found[0]), first(other)
                if a != b and shapes[found[0]].alike(shapes[other]):
                    leader[max(a, b)] = min(a, b)
    return [first(n) for n in range(len(shapes))]
