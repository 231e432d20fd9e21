"""Words with all that their features need; those the model knows are prepared only once."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from zlib import crc32

from nlp.features import BARE
from nlp.letters import strip_marks
from nlp.shorthand import MEANING
from nlp.text import spelt

_BARE = crc32(BARE.encode())
_MOST = 20_000  # words kept; of all those in data/corpus the model knows 4,100


class Word(NamedTuple):
    """One word in both views, and what its features come to.

    Attributes:
        typed: as accented as it was typed.
        bare: without any accent.
        marked: whether the two differ.
        weight: what the model packed for the word as a feature.
        begins: what the number of a pair that begins with it is reckoned from.
        ends: what such a number is reckoned with if the pair ends with it.
        bare_weight: these three of the bare word, `bare_begins` and `bare_ends` too.
    """

    typed: str
    bare: str
    marked: bool
    weight: int
    begins: int
    ends: bytes
    bare_weight: int
    bare_begins: int
    bare_ends: bytes


class Vocabulary:
    """Prepares words for a model.

    It keeps words that the model knows and shorthand, nothing else: no name, number or rare word
    that could tell whose message was read stays in memory.
    """

    def __init__(self, packed: Mapping[int, int]) -> None:
        """Args: packed: what the model holds, by feature number."""
        self._packed = packed
        self._words = _Kept(self._made, _known)
        self._tokens = _Kept(self._spelt, _may_stay)

    def words(self, words: Iterable[str]) -> list[Word]:
        """Prepare words that are spelt already."""
        return list(map(self._words.__getitem__, words))

    def read(self, tokens: Iterable[str]) -> list[Word]:
        """Prepare what `nlp.text.tokens` gave, spelt."""
        return list(map(self._tokens.__getitem__, tokens))

    def _spelt(self, token: str) -> Word:
        return self._words[spelt(token)]

    def _made(self, typed: str) -> Word:
        bare = strip_marks(typed)
        ends, bare_ends = typed.encode(), bare.encode()
        number, bare_number = crc32(ends), crc32(bare_ends, _BARE)
        weight, bare_weight = self._packed.get(number, 0), self._packed.get(bare_number, 0)
        return Word(
            *(typed, bare, typed != bare),
            *(weight, crc32(b" ", number), ends),
            *(bare_weight, crc32(b" ", bare_number), bare_ends),
        )


class _Kept(dict[str, Word]):
    """Words by what was asked for. A plain look-up costs a tenth of making one."""

    def __init__(self, made: Callable[[str], Word], may_stay: Callable[[str, Word], bool]) -> None:
        super().__init__()
        self._made, self._may_stay = made, may_stay

    def __missing__(self, asked: str) -> Word:
        word = self._made(asked)
        if len(self) < _MOST and self._may_stay(asked, word):
            self[asked] = word
        return word


def _known(_: str, word: Word) -> bool:
    return bool(word.weight if word.marked else word.bare_weight)


def _may_stay(token: str, word: Word) -> bool:
    return (token == word.typed or token in MEANING) and _known(token, word)
