"""Words with all that their features need; those the model knows are prepared only once."""

from collections.abc import Callable, Iterable
from typing import NamedTuple
from zlib import crc32

from nlp.features import BARE
from nlp.letters import strip_marks
from nlp.model import Linear
from nlp.shorthand import MEANING
from nlp.text import spelt

_BARE = crc32(BARE.encode())
_MOST = 20_000  # words kept; of all those in data/corpus the model knows 4,100


class Word(NamedTuple):
    """One word in both views, and what its features come to.

    Attributes:
        typed: as accented as it was typed.
        weight: what the model packed for it as a feature; 0 if it is none, having no accent.
        marked: whether it has one.
        begins: what the number of a pair that begins with it is reckoned from.
        ends: what such a number is reckoned with if the pair ends with it.
        bare_weight: these three of the word without any accent, `bare_begins` and `bare_ends` too.
    """

    typed: str
    weight: int
    marked: bool
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

    def __init__(self, model: Linear) -> None:
        self._packed, self._unknown = model.packed, model.unknown
        self._words = _Kept(self._made, self._known)
        self._tokens = _Kept(self._spelt, self._may_stay)

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
        return Word(
            typed=typed,
            weight=self._weight(number) if typed != bare else 0,
            marked=typed != bare,
            begins=crc32(b" ", number),
            ends=ends,
            bare_weight=self._weight(bare_number),
            bare_begins=crc32(b" ", bare_number),
            bare_ends=bare_ends,
        )

    def _weight(self, feature: int) -> int:
        return self._packed.get(feature, self._unknown)

    def _known(self, _: str, word: Word) -> bool:
        return (word.weight if word.marked else word.bare_weight) != self._unknown

    def _may_stay(self, token: str, word: Word) -> bool:
        return (token == word.typed or token in MEANING) and self._known(token, word)


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
