"""Words of one place that the model was not taught, written out as plain words it knows.

What `nlp.shorthand` does for everybody, taught by hand where people speak so.
"""

from collections.abc import Iterable
from typing import NamedTuple

from nlp.letters import fold, strip_marks
from nlp.shorthand import MEANING
from nlp.text import Views, normalise

MOST = 300  # entries; what a page can list and a person can look after
MOST_WORDS, MOST_MEANING = 3, 6  # words of an entry and of what it means
_CHARS = 60  # of either; three Vietnamese syllables have at most 23 letters and signs, six 47


class LocalWord(NamedTuple):
    """A local word and what it means, both in small composed letters as a person types them."""

    word: str
    meaning: str


class BadWordError(ValueError):
    """This cannot be a local word: not so many words, or more than letters in it."""


class BadMeaningError(ValueError):
    """This cannot be a meaning: not so many words, or more than letters in it."""


class KnownWordError(ValueError):
    """It is written out for everybody already."""


def checked(word: str, meaning: str) -> LocalWord:
    """Fold what was typed and see that it can be used.

    Raises:
        BadWordError, BadMeaningError, KnownWordError: it cannot.
    """
    folded, means = _folded(word), _folded(meaning)
    if not _fits(folded, MOST_WORDS):
        raise BadWordError
    if folded in MEANING:
        raise KnownWordError
    if not _fits(means, MOST_MEANING):
        raise BadMeaningError
    if words_of(folded) == words_of(means):
        raise BadMeaningError
    return LocalWord(folded, means)


def words_of(text: str) -> tuple[str, ...]:
    """Read text as the program does: shorthand written out, tones where they belong."""
    return normalise(text).accented


class LocalWords:
    """Writes local words out. Never changes: another list is another object."""

    def __init__(self, entries: Iterable[LocalWord] = (), version: int = 0) -> None:
        """Take entries as `checked` gave them; `version` tells one list from the next.

        Two and three words are also known as typed without accents, because together they hardly
        mean anything else. One word is known only as it stands: "xam" could be too many things.
        """
        self.version = version
        self.entries = tuple(entries)
        self._meant: dict[tuple[str, ...], Views] = {}
        bare: dict[tuple[str, ...], Views] = {}
        for entry in self.entries:
            views, meaning = normalise(entry.word), normalise(entry.meaning)
            if views.accented and meaning.accented:
                self._meant.setdefault(views.accented, meaning)
                if len(views.stripped) > 1:
                    bare.setdefault(views.stripped, meaning)
        self._meant = bare | self._meant
        self._firsts = {words[0] for words in self._meant}
        self._longest = max(map(len, self._meant), default=0)

    def has(self, entry: LocalWord) -> bool:
        """Tell whether these words are taught already, however they are spelt."""
        words = words_of(entry.word)
        return any(words_of(known.word) == words for known in self.entries)

    def may_stand_in(self, words: Iterable[str]) -> bool:
        """Tell whether a local word begins with any of these."""
        return bool(self._firsts) and not self._firsts.isdisjoint(words)

    def written_out(self, views: Views) -> Views:
        """Put meanings where local words stand, the longest first; the same object if none does.

        A meaning is not looked at again, so no list can run in circles.
        """
        typed, bare = views.accented, views.stripped
        accented: list[str] = []
        stripped: list[str] = []
        at = 0
        for start, end in self._spans(typed):
            meaning = self._meant[typed[start:end]]
            accented += (*typed[at:start], *meaning.accented)
            stripped += (*bare[at:start], *meaning.stripped)
            at = end
        if not at:
            return views
        return Views((*accented, *typed[at:]), (*stripped, *bare[at:]))

    def as_typed(self, evidence: Iterable[str], typed: tuple[str, ...]) -> tuple[str, ...]:
        """Name local words in place of words that only their meaning brought into a text."""
        meant = {
            word: " ".join(typed[start:end])
            for start, end in reversed(self._spans(typed))
            for word in self._meant[typed[start:end]].accented
        }
        found = (word if word in typed else meant.get(word, word) for word in evidence)
        return tuple(dict.fromkeys(found))

    def _spans(self, typed: tuple[str, ...]) -> list[tuple[int, int]]:
        """Find where entries stand, from the first to the last, the longest at each place."""
        found: list[tuple[int, int]] = []
        if not self.may_stand_in(typed):
            return found
        free = 0
        for at, word in enumerate(typed):
            if at < free or word not in self._firsts:
                continue
            for end in range(min(at + self._longest, len(typed)), at, -1):
                if typed[at:end] in self._meant:
                    found.append((at, end))
                    free = end
                    break
        return found


NONE = LocalWords()


def _folded(text: str) -> str:
    return " ".join(fold(text, _CHARS + 1).split())


def _fits(folded: str, most: int) -> bool:
    """Tell whether a person's words are as many words to the program, and all of them letters."""
    typed = folded.split(" ")
    plain = all(word.isalnum() and strip_marks(word).isascii() for word in typed)
    letters = all(any(c.isalpha() for c in word) for word in typed)
    read = words_of(folded) if plain and letters and len(folded) <= _CHARS else ()
    return 0 < len(typed) <= most and bool(read) and all(word.isalnum() for word in read)
