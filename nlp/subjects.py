"""Words that mean a subject of tips, listed by hand: "cuỗm", "nẫng" and "chôm" are one thing.

A classifier knows only the words it was taught. The lists let it understand a word it has never
read in a text, because it has read others of the same list.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from nlp.features import named, pairs
from nlp.text import Views, normalise

SUBJECTS_FILE = "tip_words.json"
_URGENT = "urgent."

# How a subject is called as a feature: surely meant; perhaps meant, since the one syllable was
# typed without accents ("ban" is bắn, bán or bạn); and "+" behind it when two phrases mean it.
_SURE, _PERHAPS, _TWICE = "@", "?", "+"
_WITHIN = "."

Lists = Mapping[str, Sequence[str]]
_Words = tuple[str, ...]


class Heard(NamedTuple):
    """What is in a text.

    Attributes:
        features: names of its words, pairs and subjects, each once.
        found: how many phrases of each list occur, by the list's name as a feature.
    """

    features: list[str]
    found: Mapping[str, int]


class Subjects:
    """Finds listed words in a text and adds what they mean to its features."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        """Take what `meanings` made of lists."""
        self._single: dict[str, tuple[str, ...]] = {}
        self._longer: dict[str, list[tuple[_Words, _Words]]] = {}
        for phrase, names in meanings.items():
            words = tuple(phrase.split(" "))
            if len(words) == 1:
                self._single[phrase] = tuple(names.split(" "))
            else:
                ends = self._longer.setdefault(f"{words[0]} {words[1]}", [])
                ends.append((words[2:], tuple(names.split(" "))))

    @classmethod
    def load(cls, path: Path) -> "Subjects":
        """Read what training left."""
        return cls(json.loads(path.read_text("utf-8")))

    def heard(self, views: Views) -> Heard:
        """Name what is in a text."""
        words = dict.fromkeys(views.accented)
        found: dict[str, int] = {}
        for word in filter(self._single.__contains__, words):
            for name in self._single[word]:
                found[name] = found.get(name, 0) + 1
        typed_pairs = pairs(views)
        for pair in filter(self._longer.__contains__, dict.fromkeys(typed_pairs)):
            for rest, names in self._longer[pair]:
                if not rest or (rest[0] in words and _follows(rest, pair, typed_pairs, views)):
                    for name in names:
                        found[name] = found.get(name, 0) + 1
        twice = [f"{name}{_TWICE}" for name, count in found.items() if count > 1]
        return Heard([*named(views, typed_pairs), *found, *twice], found)


def _follows(rest: _Words, pair: str, typed_pairs: list[str], views: Views) -> bool:
    """Tell whether a pair of words is anywhere followed by the rest of a phrase."""
    at = -1
    for _ in range(typed_pairs.count(pair)):
        at = typed_pairs.index(pair, at + 1)
        if views.accented[at + 2 : at + 2 + len(rest)] == rest:
            return True
    return False


def meanings(words: Lists, urgent: Lists) -> dict[str, str]:
    """Give what each phrase means, as it may be typed: with accents and without.

    What it means is names divided by spaces: small in a file, quick to read.

    Args:
        words: lists of subjects.
        urgent: lists of danger, "now" and "not_now".
    """
    read = list(_read({**words, **{f"{_URGENT}{name}": its for name, its in urgent.items()}}))
    found: dict[str, set[str]] = {}
    for name, views in read:
        found.setdefault(" ".join(views.accented), set()).add(f"{_SURE}{name}")
    for name, views in read:
        means = found.setdefault(" ".join(views.stripped), set())
        if len(views.stripped) > 1:
            means.add(f"{_SURE}{name}")
        elif f"{_SURE}{name}" not in means:
            means.add(f"{_PERHAPS}{name}")
    return {phrase: " ".join(sorted(names)) for phrase, names in sorted(found.items())}


def _read(lists: Lists) -> Iterator[tuple[str, Views]]:
    """Yield the phrases of each list; those of "fraud.land" speak for "fraud" too."""
    for name, phrases in lists.items():
        for phrase in phrases:
            views = normalise(phrase)
            if views.stripped:
                yield name, views
                if _WITHIN in name:
                    yield name.partition(_WITHIN)[0], views
