"""Short phrases found in the words of a message, with or without marks, each with its meaning."""

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from nlp.spelling import Word, name_words

_T = TypeVar("_T")


class Phrases(Generic[_T]):
    """Short phrases, found in text with or without marks."""

    def __init__(self, groups: Mapping[_T, str]) -> None:
        self._marked: dict[tuple[str, ...], _T] = {}
        self._plain: dict[tuple[str, ...], _T] = {}
        for meaning, phrases in groups.items():
            for phrase in phrases.split(","):
                plain, spelt = name_words(phrase.strip())
                self._marked.setdefault(spelt, meaning)
                self._plain.setdefault(plain, meaning)
        # By their last word: how long the longest phrase is that ends so.
        self._longest: dict[str, int] = {}
        for plain in self._plain:
            self._longest[plain[-1]] = max(len(plain), self._longest.get(plain[-1], 0))

    def ending_at(self, words: Sequence[Word], end: int, *, accented: bool) -> _T | None:
        """Give the meaning of the longest phrase whose last word stands before `end`."""
        longest = self._longest.get(words[end - 1].plain) if end else None
        if longest is None:
            return None
        for size in range(min(longest, end), 0, -1):
            span = words[end - size : end]
            if accented:
                meaning = self._marked.get(tuple(w.spelt for w in span))
            else:
                meaning = self._plain.get(tuple(w.plain for w in span))
            if meaning is not None:
                return meaning
        return None

    def anywhere(self, words: Sequence[Word], *, accented: bool) -> bool:
        """Say whether any phrase stands in the text."""
        return any(
            word.plain in self._longest
            and self.ending_at(words, end, accented=accented) is not None
            for end, word in enumerate(words, 1)
        )
