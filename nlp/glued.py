"""Names whose words stick together: "#xaEaPil", "phườngBình Thạnh", "hươngnguyên a lưới"."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from nlp.letters import is_syllable, strip_marks
from nlp.spelling import Word, shape, words

_SHORTEST = 5  # letters of two syllables
# Keys of the Telex keyboard that were typed and not taken: "gieeng", "myx", "Luw", "ddoong".
_TELEX = re.compile(r"(?<=d)d|(?<=a)a|(?<=e)e|(?<=o)o|w|(?<=[aeiouymnpctgh])[sfrxj]$")
# Type words and how long their own words are.
_TYPES: Mapping[str, tuple[int, ...]] = {
    "thitran": (3, 4), "dackhu": (3, 3), "thixa": (3, 2), "phuong": (6,), "huyen": (5,),
    "quan": (4,), "tinh": (4,), "xa": (2,), "tp": (2,), "tx": (2,), "tt": (2,)
}  # fmt: skip
_BEFORE_ANY_SYLLABLE = frozenset({"thitran", "dackhu", "phuong", "huyen", "xa"})

Sizes = tuple[int, ...]


class Glued:
    """Knows names by their letters alone, and how long each of their words is."""

    def __init__(self, names: Iterable[str]) -> None:
        known = set(names)
        own = strip_marks(" ".join(known).lower()).split()
        self._whole = frozenset(map(shape, own))  # "Đakrông" is one word, beside "Đa Krông"
        longer = sorted(name for name in known if " " in name)
        letters = strip_marks("\n".join(longer).lower()).replace(" ", "").split("\n")
        self._sizes: dict[str, Sizes] = {
            shape(key): tuple(map(len, name.split()))
            for key, name in zip(letters, longer, strict=True)
            if key.isalpha()
        }

    def apart(self, text: str, found: Sequence[Word]) -> list[Word]:
        """Take words apart that are no syllable but a known name, perhaps behind its type word."""
        # To look a word up costs a tenth of matching a syllable.
        rare = {word.plain for word in found} - self._whole
        strange = {plain for plain in rare if not (plain.isdigit() or is_syllable(plain))}
        if not strange:
            return list(found)
        return [
            piece
            for word in found
            for piece in (self._mended(text, word) if word.plain in strange else (word,))
        ]

    def _mended(self, text: str, word: Word) -> Iterator[Word]:
        if is_syllable(typed := shape(_TELEX.sub("", word.plain))):
            yield word._replace(plain=typed, spelt=typed)
        else:
            yield from self._pieces(text, word)

    def _pieces(self, text: str, word: Word) -> Iterator[Word]:
        sizes = self._known(word.plain) if len(word.plain) >= _SHORTEST else None
        if sizes is None or sum(sizes) != word.end - word.start:
            yield word
            return
        start, joint = word.start, word.joint
        for size in sizes:
            for piece in words(text[start : start + size]):
                yield piece._replace(start=start, end=start + size, joint=joint)
            start, joint = start + size, " "

    def _known(self, plain: str) -> Sizes | None:
        if (sizes := self._sizes.get(plain)) is not None:
            return sizes
        for typed, its in _TYPES.items():
            rest = plain.removeprefix(typed)
            if rest in {plain, ""}:
                continue
            if (sizes := self._sizes.get(rest)) is not None:
                return its + sizes
            if typed in _BEFORE_ANY_SYLLABLE and is_syllable(rest):
                return *its, len(rest)
        return None
