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
        self._longest = max(map(len, self._marked))
        self._lasts = frozenset(plain[-1] for plain in self._plain)

    def ending_at(self, words: Sequence[Word], end: int, *, accented: bool) -> _T | None:
        """Give the meaning of the longest phrase whose last word stands before `end`."""
        if end == 0 or words[end - 1].plain not in self._lasts:
            return None
        for size in range(min(self._longest, end), 0, -1):
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
            self.ending_at(words, end, accented=accented) is not None
            for end in range(1, len(words) + 1)
        )
