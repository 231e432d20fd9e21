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
        shared = len(self.runs & other.runs)
        return shared >= _ALIKE * min(len(self.runs), len(other.runs)) or self.same_words(other)

    def same_words(self, other: "Shape") -> bool:
        """Tell whether two texts of at least four words share most of them."""
        here, there = len(self.words), len(other.words)
        if here <= _SAME * there or there <= _SAME * here:
            return False  # sharing all of the fewer would not do
        shared = len(self.words & other.words)
        return shared > _SAME * (here + there - shared)


def collisions(texts: Sequence[Views], others: Sequence[Views]) -> list[int]:
    """Give the numbers of the texts that are alike to any of the others."""
    known = [Shape.of(views) for views in others]
    common = Counter(word for shape in known for word in shape.words)
    by_run: defaultdict[Words, set[int]] = defaultdict(set)
    by_word: defaultdict[str, set[int]] = defaultdict(set)
    for n, shape in enumerate(known):
        for run in shape.runs:
            by_run[run].add(n)
        for word in _rarer(shape, common):
            by_word[word].add(n)

    def collides(shape: Shape) -> bool:
        near = set().union(*(by_run.get(run, ()) for run in shape.runs))
        if any(shape.alike(known[other]) for other in near):
            return True
        more = set().union(*(by_word.get(word, ()) for word in _rarer(shape, common))) - near
        return any(shape.same_words(known[other]) for other in more)

    return [n for n, shape in enumerate(map(Shape.of, texts)) if collides(shape)]


def _rarer(shape: Shape, common: Mapping[str, int]) -> list[str]:
    """Give the rarer words: who shares most of all words with another shares one of these."""
    if len(shape.text) < _FEW:
        return []
    words = sorted(shape.words, key=lambda word: (common.get(word, 0), word))
    return words[: len(words) - ceil(_SAME * len(words)) + 1]


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
