"""Finding listed phrases in a text, with accents where both have them."""

from collections.abc import Iterable

from nlp.text import Views, normalise

_MOSTLY = 0.25  # fewer accented words than this: the writer types without accents


class Phrases:
    """A list of phrases, each found as whole words in a row."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._typed: dict[str, set[tuple[str, ...]]] = {}
        self._bare: dict[str, set[tuple[str, ...]]] = {}
        for phrase in phrases:
            views = normalise(phrase)
            if not views.stripped:
                continue
            self._bare.setdefault(views.stripped[0], set()).add(views.stripped)
            self._typed.setdefault(views.accented[0], set()).add(views.accented)

    @classmethod
    def listed(cls, phrases: str) -> "Phrases":
        """Read phrases divided by bars: "cháy|lửa|khói"."""
        return cls(phrases.split("|"))

    def found(self, views: Views) -> int:
        """Count the phrases that occur.

        In a text written with accents only phrases with the same accents count: "bắn" is no "bán".
        """
        marked = sum(a != b for a, b in zip(views.accented, views.stripped, strict=True))
        if marked > _MOSTLY * len(views.accented):
            return _count(self._typed, views.accented)
        return _count(self._bare, views.stripped)


def _count(phrases: dict[str, set[tuple[str, ...]]], words: tuple[str, ...]) -> int:
    return sum(
        words[at : at + len(phrase)] == phrase
        for at, word in enumerate(words)
        for phrase in phrases.get(word, ())
    )
