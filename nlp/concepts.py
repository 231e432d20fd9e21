"""Words that mean a subject, listed by hand: "mất" and "rớt" are one thing."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from nlp.features import of
from nlp.text import Views, normalise

Lists = Mapping[str, Mapping[str, Sequence[str]]]

WORDS_FILE = "faq_words.json"
# How a list's name begins as a feature: names of a subject alone nearly settle it, words hint at
# it, foreign ones speak of what we do not answer, and the same say one thing in different ways.
_NAMES, _WORDS, _SAME = "!", "@", "="
_FOREIGN = f"{_WORDS}none"
_LONGEST = 4  # words of a phrase
_PAIRED = 8  # subjects of one text looked at in pairs; a question has two or three


class Concepts:
    """Finds listed words in a question and adds what they mean to its features."""

    def __init__(self, lists: Lists) -> None:
        """Take lists by kind (names, words, foreign, same), then by what they mean."""
        self._means: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._written: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        self._longest: dict[str, int] = {}  # first word → words of the longest phrase it begins
        for phrase, meaning in _entries(lists):
            views = normalise(phrase)
            if views.stripped:
                known = self._means.get(views.stripped, ())
                self._means[views.stripped] = tuple(sorted({*known, meaning}))
                self._written.setdefault(views.stripped, set()).add(views.accented)
                first, words = views.stripped[0], min(len(views.stripped), _LONGEST)
                self._longest[first] = max(self._longest.get(first, 0), words)

    @classmethod
    def load(cls, path: Path) -> "Concepts":
        """Read the lists."""
        return cls(json.loads(path.read_text("utf-8")))

    def features(self, views: Views) -> list[str]:
        """Name what is in a question: its words, and what they mean, each once."""
        found = self.found(views)
        names = sorted(name for name in found if name[0] == _NAMES)
        words = sorted(name for name in found if name[0] == _WORDS)
        features = [*of(views), *found]
        features += [f"{word}+" for word in words if found[word] > 1]
        for kind in (names, words):
            features += [f"{a}&{b}" for a, b in combinations(kind[:_PAIRED], 2)]
        if views.stripped and len(names) < 2:  # noqa: PLR2004 - the one name, or none
            features.append(f"only{names[0]}" if names else "no name")
        return list(dict.fromkeys(features))

    def found(self, views: Views) -> dict[str, int]:
        """Count, for each meaning, the words of the question that carry it."""
        bare, typed = views.stripped, views.accented
        found: dict[str, int] = {}
        longest = [self._longest.get(word, 0) for word in bare]
        for at, words in enumerate(longest):
            for end in range(at + 1, min(at + words, len(bare)) + 1):
                key = bare[at:end]
                meanings = self._means.get(key)
                if meanings is None or not self._fits(key, typed[at:end]):
                    continue
                for meaning in meanings:
                    found[meaning] = found.get(meaning, 0) + end - at
        return found

    def _fits(self, bare: tuple[str, ...], typed: tuple[str, ...]) -> bool:
        """With accents the accents must agree: "bảo" is no "báo". Without, any reading does."""
        return typed == bare or typed in self._written[bare]


def _entries(lists: Lists) -> Iterator[tuple[str, str]]:
    marks = {"names": _NAMES, "words": _WORDS, "same": _SAME}
    for kind, meanings in lists.items():
        for meaning, phrases in meanings.items():
            for phrase in phrases:
                if kind == "foreign":
                    yield phrase, _FOREIGN
                    yield phrase, f"{_FOREIGN} {meaning}"
                else:
                    yield phrase, f"{marks[kind]}{meaning}"
