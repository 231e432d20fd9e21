"""Names whose words stick together: "#xaEaPil", "phườngBình Thạnh", "hươngnguyên a lưới"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from nlp.letters import is_syllable, strip_marks
from nlp.spelling import Word, name_words, shape, toned, words

_SHORTEST = 5  # letters of two syllables
# Keys of the Telex keyboard that were typed and not taken: "gieeng", "myx", "Luw", "ddoong".
_TELEX = re.compile(
    r"(?<=d)d|(?<=a)a|(?<=e)e|(?<=o)o|u(?=uy)|w|(?<=[aeiouymnpctgh])[sfrxj]$|([cghmnpt])(?=\1$)"
)
# Type words by their letters: their own words without and with marks.
_TYPES = {
    "".join(name_words(typed)[0]): name_words(typed)
    for typed in (
        *("thị trấn", "đặc khu", "thị xã", "phường", "huyện", "quận", "tỉnh", "xã"),
        *("tp", "tx", "tt"),
    )
}
_BEFORE_ANY_SYLLABLE = frozenset({"thitran", "dackhu", "phuong", "huyen", "xa"})

_TONES = {"s": "'", "f": "`", "r": "?", "x": "~", "j": "."}  # as `spelling` writes them
# No syllable holds these, but for a few like "xoong": names with one are in the gazetteer.
_TWICE = re.compile("aa|ee|oo|uuy")

Sizes = tuple[int, ...]


class Glued:
    """Knows names by their letters alone, and how long each of their words is."""

    def __init__(self, names: Iterable[str]) -> None:
        known = set(names)
        own = strip_marks(" ".join(known).lower()).split()
        self._whole = frozenset(map(shape, {*own}))  # "Đakrông" is one word, beside "Đa Krông"
        longer = sorted(name for name in known if " " in name)
        letters = strip_marks("\n".join(longer).lower()).replace(" ", "").split("\n")
        self._names = {
            shape(key): name for key, name in zip(letters, longer, strict=True) if key.isalpha()
        }

    def apart(self, text: str, found: Sequence[Word]) -> list[Word]:
        """Take words apart that are no syllable but a known name, perhaps behind its type word."""
        # To look a word up costs a tenth of matching a syllable.
        rare = {word.plain for word in found} - self._whole
        strange = {plain for plain in rare if not (plain.isdigit() or _is_word(plain))}
        if not strange:
            return list(found)
        return [
            piece
            for word in found
            for piece in (self._mended(text, word) if word.plain in strange else (word,))
        ]

    def _mended(self, text: str, word: Word) -> Iterator[Word]:
        if is_syllable(typed := shape(_TELEX.sub("", word.plain))):
            yield word._replace(plain=typed, spelt=_spelt(word))
        else:
            yield from self._pieces(text, word)

    def _pieces(self, text: str, word: Word) -> Iterator[Word]:
        sizes, typed = self._known(word.plain) if len(word.plain) >= _SHORTEST else ((), ())
        if sum(sizes) != word.end - word.start:
            yield word
            return
        start, joint = word.start, word.joint
        for size, spelt in zip_longest(sizes, typed):
            for piece in words(text[start : start + size]):
                yield piece._replace(
                    start=start, end=start + size, joint=joint, spelt=spelt or piece.spelt
                )
            start, joint = start + size, " "

    def _known(self, plain: str) -> tuple[Sizes, tuple[str, ...]]:
        """Give the sizes of the words, and how those of a type word before them are spelt."""
        if name := self._names.get(plain):
            return _sizes(name), ()
        for letters, (its, spelt) in _TYPES.items():
            rest = plain.removeprefix(letters)
            if rest in {plain, ""}:
                continue
            if name := self._names.get(rest):
                return (*map(len, its), *_sizes(name)), spelt
            if letters in _BEFORE_ANY_SYLLABLE and is_syllable(rest):
                return (*map(len, its), len(rest)), spelt
        return (), ()


def _sizes(name: str) -> Sizes:
    return tuple(map(len, name.split()))


def _is_word(plain: str) -> bool:
    return is_syllable(plain) and _TWICE.search(plain) is None


def _spelt(word: Word) -> str:
    """Spell a word without the keys left over; the last of them may be its tone: "Phươngf"."""
    base, tone = toned(word.spelt)
    return shape(_TELEX.sub("", base)) + (tone or _TONES.get(base[-1], ""))
