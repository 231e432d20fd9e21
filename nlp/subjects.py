"""Words that mean a subject of tips, listed by hand: "cuỗm", "nẫng" and "chôm" are one thing.

A classifier knows only the words it was taught. The lists let it understand a word it has never
read in a text, because it has read others of the same list.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from nlp.features import named, numbers, pairs
from nlp.text import Views, normalise

SUBJECTS_FILE = "tip_words.json"
_URGENT = "urgent."

# How a subject is called as a feature: surely meant; perhaps meant, since the one syllable was
# typed without accents ("ban" is bắn, bán or bạn); and "+" behind it when two phrases mean it.
_SURE, _PERHAPS, _TWICE = "@", "?", "+"
_WITHIN = "."

_TWO_WORDS = re.compile(r"^\S+ \S+", re.MULTILINE)

Lists = Mapping[str, Sequence[str]]


class Heard(NamedTuple):
    """What is in a text.

    Attributes:
        features: names of its words, pairs and subjects, each once.
        found: the lists of which a phrase occurs, by their names as features.
    """

    features: list[str]
    found: AbstractSet[str]


class Subjects:
    """Finds listed words in a text and adds what they mean to its features."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        """Take what `meanings` made of lists."""
        means = {names: frozenset(names.split(" ")) for names in set(meanings.values())}
        self._names = frozenset(chain.from_iterable(means.values()))
        self._single = {word: means[its] for word, its in meanings.items() if " " not in word}
        self._is_single = self._single.__contains__
        longer = [phrase for phrase in meanings if " " in phrase]
        self._longer: dict[int, list[tuple[str, frozenset[str]]]] = {}
        self._is_begun = self._longer.__contains__
        for phrase, number in zip(longer, _begun(longer), strict=True):
            self._longer.setdefault(number, []).append((f" {phrase} ", means[meanings[phrase]]))

    @classmethod
    def load(cls, path: Path) -> "Subjects":
        """Read what training left."""
        return cls(json.loads(path.read_text("utf-8")))

    def heard(self, views: Views) -> Heard:
        """Name what is in a text."""
        typed_pairs = pairs(views)
        found, again = self.found(views.accented, numbers(typed_pairs))
        subjects = [*sorted(found), *sorted(map(twice, again))]
        return Heard([*named(views, typed_pairs), *subjects], found)

    def found(
        self, words: Sequence[str], pairs: Iterable[int]
    ) -> tuple[AbstractSet[str], AbstractSet[str]]:
        """Name the lists of which a phrase occurs, and those of which several do, as features.

        Args:
            words: as typed.
            pairs: the numbers, as features, of each word with the next one.
        """
        said = list(map(self._single.__getitem__, dict.fromkeys(filter(self._is_single, words))))
        begun = dict.fromkeys(filter(self._is_begun, pairs))
        if begun:
            spoken = f" {' '.join(words)} "
            longer = chain.from_iterable(map(self._longer.__getitem__, begun))
            said += [names for phrase, names in longer if phrase in spoken]
        found: set[str] = set()
        again: set[str] = set()
        for names in said:
            again |= found & names
            found |= names
        return found, again

    def names(self) -> frozenset[str]:
        """Give every name that a subject has as a feature when one phrase means it."""
        return self._names


def twice(name: str) -> str:
    """Name the further feature of a subject that several phrases mean."""
    return f"{name}{_TWICE}"


def _begun(phrases: Sequence[str]) -> list[int]:
    """Give the number, as a feature, of the two words each phrase begins with."""
    return numbers(_TWO_WORDS.findall("\n".join(phrases)))


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
