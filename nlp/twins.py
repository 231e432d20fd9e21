"""Has this been told before? Words and pairs of words two tips share, rare ones counting more.

Of a tip only marks are kept, and only as keyed hashes (`desk.twins`): nobody reads words out of
them. Names behind a title ("ông Tư …") are left out, so that nobody can ask whether a person is
named in a tip. A twin is a suggestion about the event, never about who told it.
"""

import json
from collections.abc import Hashable, Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from nlp.text import normalise

FILE = "twins.json"
MOST = 400  # marks of one tip: a text of 4,096 characters has up to 1,600, the rarest are kept
# Two short texts share their few words easily: below this much weight they count as if they had it.
FLOOR = 60 * 16
SCALE = 16  # weights are natural logarithms in sixteenths, whole numbers up to 255

# What one sees as a robbery another sees as violence, so classes are wide: what is done to money,
# and what happens somewhere. They keep a message about an account apart from a fire.
_MONEY = frozenset(
    ("theft", "robbery", "fraud", "online_fraud", "loan_sharking", "gambling", "trafficking")
)
_ONLINE = "online_fraud"
_ANY = "other"
# Without accents, as everything here. Behind them stand up to two words of a name.
_TITLES = frozenset({"ong", "ba", "anh", "chi", "chu", "bac", "thang", "ten", "cau"})
_NAME = 2

Mark = TypeVar("Mark", bound=Hashable)


class Twins:
    """Compares tips by what training counted."""

    def __init__(self, weights: Mapping[str, int], rare: int, limit: float) -> None:
        """Set up.

        Args:
            weights: of marks seen in training.
            rare: of any other mark.
            limit: what two tellings of one event score at least.
        """
        self._weights, self._rare, self.limit = weights, rare, limit

    @classmethod
    def load(cls, models: Path) -> "Twins":
        """Read what training wrote."""
        found = json.loads((models / FILE).read_text("utf-8"))
        return cls(found["weights"], found["rare"], found["limit"])

    def known(self, text: str) -> set[str]:
        """Marks that are common enough to stand in our own texts too."""
        return {mark for mark in marks(text) if mark in self._weights}

    def marks(self, text: str) -> dict[str, int]:
        """Mark → weight, the rarest `MOST` of a text."""
        return self.rarest(marks(text))

    def rarest(self, found: Iterable[str]) -> dict[str, int]:
        """Weigh marks and keep the rarest `MOST`."""
        weighed = [(self._weights.get(mark, self._rare), mark) for mark in found]
        return {mark: weight for weight, mark in sorted(weighed, reverse=True)[:MOST]}


def marks(text: str) -> set[str]:
    """Words and pairs of words, without accents and without names."""
    words = _without_names(normalise(text).stripped)
    single = {word for word in words if word}
    return single | {f"{one} {other}" for one, other in pairwise(words) if one and other}


def alike(one: Mapping[Mark, int], other: Mapping[Mark, int]) -> float:
    """How much of the lesser of two tips the other tells too, 0 to 1."""
    shared = sum(one[mark] for mark in one.keys() & other.keys())
    return shared / max(min(sum(one.values()), sum(other.values())), FLOOR)


def may_meet(one: str, other: str) -> bool:
    """Whether two categories can be one event, told by two people."""
    if _ANY in (one, other) or _ONLINE not in (one, other):
        return True
    return one in _MONEY and other in _MONEY


def _without_names(words: tuple[str, ...]) -> list[str]:
    """Names become gaps: the words around one are no pair."""
    kept: list[str] = []
    skip = 0
    for word in words:
        is_title = word in _TITLES
        kept.append("" if skip and not is_title else word)
        skip = _NAME if is_title else max(0, skip - 1)
    return kept
