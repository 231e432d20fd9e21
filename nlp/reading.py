"""One text as the weights of its features.

What `nlp.features` names, reckoned without the names: a checksum goes on where that of the word
before ended, so a pair costs one step, and no string is put together.
"""

from collections.abc import Iterable, Sequence
from itertools import compress
from operator import or_
from zlib import crc32

from nlp.features import FIRST, LAST, LENGTHS, code, length
from nlp.model import Linear
from nlp.vocabulary import Word

_FIRST, _LAST = code(FIRST), code(LAST)
_LENGTHS = {name: code(name) for name in LENGTHS}
_NO_COLUMNS: tuple[tuple[()], ...] = ((),) * len(Word._fields)


class Reading:
    """The words of a text, and what a model knows of their features.

    Attributes:
        typed: the words as accented as they were typed.
        pairs: the numbers of each word with the next one, as typed.
        weights: what the model packed for each feature, each once; 0 for words without an accent,
            which as typed are no features of their own.
    """

    def __init__(self, words: Sequence[Word], model: Linear) -> None:
        columns = tuple(zip(*words, strict=True)) or _NO_COLUMNS
        self.typed, weights, marked, begins, ends, *bare = columns
        bare_weights, bare_begins, bare_ends = bare
        self.pairs = list(map(crc32, ends[1:], begins))
        apart = map(or_, marked, marked[1:])
        pairs = [*map(crc32, bare_ends[1:], bare_begins), *compress(self.pairs, apart)]
        if words:
            pairs += _around(bare_ends)
        # Few texts hold a pair twice; to see that takes less time than to take it out.
        again = len(set(pairs)) < len(pairs)
        self.weights = [
            *dict(zip(bare_ends, bare_weights, strict=True)).values(),
            *dict(zip(self.typed, weights, strict=True)).values(),
            *model.found(dict.fromkeys(pairs) if again else pairs),
        ]


def _around(words: Sequence[bytes]) -> Iterable[int]:
    """Number the features of the first word, the last one, and how many there are."""
    return crc32(words[0], _FIRST), crc32(words[-1], _LAST), _LENGTHS[length(len(words))]
