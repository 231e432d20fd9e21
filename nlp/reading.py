"""One text as the weights of its features; and back: the words a feature stands for.

What `nlp.features` names, reckoned without the names: a checksum goes on where that of the word
before ended, so a pair costs one step, and no string is put together.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import compress
from operator import or_
from zlib import crc32

from nlp.features import FIRST, LAST, LENGTHS, code, length
from nlp.model import Linear
from nlp.vocabulary import Word

Words = tuple[str, ...]
_FIRST, _LAST = code(FIRST), code(LAST)
_LENGTHS = {name: code(name) for name in LENGTHS}
_NO_COLUMNS: tuple[tuple[()], ...] = ((),) * len(Word._fields)


class Reading:
    """The words of a text in both views, and what a model knows of their features.

    Attributes:
        typed: the words as accented as they were typed.
        bare: without any accent.
        pairs: the numbers of each word with the next one, as typed.
        weights: what the model packed for each feature, in the order of the text; the same for
            those that come again.
        distinct: the same of each feature once.
    """

    def __init__(self, words: Sequence[Word], model: Linear) -> None:
        columns = tuple(zip(*words, strict=True)) or _NO_COLUMNS
        self.typed, self.bare, self._marked, weights, begins, ends, *rest = columns
        bare_weights, bare_begins, bare_ends = rest
        self.pairs = list(map(crc32, ends[1:], begins))
        self._apart = list(map(or_, self._marked, self._marked[1:]))
        pairs = [*map(crc32, bare_ends[1:], bare_begins), *compress(self.pairs, self._apart)]
        if words:
            pairs += _around(bare_ends)
        of_pairs = model.found(pairs)
        single = [*self.bare, *compress(self.typed, self._marked)]
        of_single = [*bare_weights, *compress(weights, self._marked)]
        at, to = len(self.bare), len(self._apart)
        self.weights = [*bare_weights, *of_pairs[:to], *of_single[at:], *of_pairs[to:]]
        # Most texts hold a word twice, few a pair; to see that takes a third of the time.
        again = len(set(pairs)) < len(pairs)
        self.distinct = [
            *_each_once(single, of_single),
            *(_each_once(pairs, of_pairs) if again else of_pairs),
        ]

    def spoken(self, places: Iterable[int]) -> Iterator[tuple[Words, Words]]:
        """Give the view, and one or two words of it, for each feature that stands for words.

        Args:
            places: in `weights`; what lies behind them stands for no words.
        """
        words, pairs = len(self.typed), len(self._apart)
        typed: list[tuple[int, int]] = []
        for place in places:
            if place < words:
                yield self.bare, self.bare[place : place + 1]
            elif place < words + pairs:
                yield self.bare, self.bare[place - words : place - words + 2]
            else:
                typed = typed or self._typed_spans()
                if place - words - pairs < len(typed):
                    start, end = typed[place - words - pairs]
                    yield self.typed, self.typed[start:end]

    def _typed_spans(self) -> list[tuple[int, int]]:
        """Tell where the words and pairs stand that are features as typed, too."""
        singles = compress(enumerate(range(1, len(self.typed) + 1)), self._marked)
        return [*singles, *compress(enumerate(range(2, len(self.typed) + 1)), self._apart)]


def _around(words: Sequence[bytes]) -> tuple[int, int, int]:
    """Number the features of the first word, the last one, and how many there are."""
    return crc32(words[0], _FIRST), crc32(words[-1], _LAST), _LENGTHS[length(len(words))]


def _each_once(features: Iterable[Hashable], weights: Iterable[int]) -> Iterable[int]:
    """Leave out what comes again."""
    return dict(zip(features, weights, strict=True)).values()
