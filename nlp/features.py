"""Words → features: single words and pairs of both views, the first and last word, the length."""

from collections.abc import Iterable
from itertools import pairwise
from zlib import crc32

from nlp.text import Views

BARE = "~"  # begins a feature of words without accents
FIRST, LAST = "^", "$"  # begin the features of the first word and of the last one
# Lengths are told apart in steps of four words up to 32: greetings are short, stories long.
_STEP, _LONGEST = 4, 8
LENGTHS = tuple(f"#{steps}" for steps in range(_LONGEST + 1))


def of(views: Views) -> list[str]:
    """Name what is in a text, each feature once, in an order that depends on the text alone.

    The accented view adds features only where an accent was typed. A text without accents is
    therefore described by the stripped view alone, which every training text has too.
    """
    return named(views, pairs(views))


def pairs(views: Views) -> list[str]:
    """Give each word with the next one, as typed."""
    return list(map(" ".join, pairwise(views.accented)))


def named(views: Views, typed_pairs: Iterable[str]) -> list[str]:
    """Do the work of `of` for whoever has the pairs already."""
    typed, bare = views.accented, views.stripped
    if not bare:
        return []
    bare_pairs = list(map(" ".join, pairwise(bare)))
    names = [BARE + word for word in bare]
    names += [BARE + pair for pair in bare_pairs]
    names += [word for word, plain in zip(typed, bare, strict=True) if word != plain]
    names += [pair for pair, plain in zip(typed_pairs, bare_pairs, strict=True) if pair != plain]
    names += [FIRST + bare[0], LAST + bare[-1], length(len(bare))]
    return list(dict.fromkeys(names))


def spoken(feature: str, views: Views) -> tuple[tuple[str, ...], list[str]]:
    """Give the view, and the one or two words of it, that a feature stands for; often none."""
    if feature.startswith(BARE):
        return views.stripped, feature.removeprefix(BARE).split(" ")
    if feature[0].isalnum() or feature[0] == "<":
        return views.accented, feature.split(" ")
    return views.accented, []


def length(words: int) -> str:
    """Name how long a text is."""
    return LENGTHS[min(words // _STEP, _LONGEST)]


def code(feature: str) -> int:
    """Give the number a model file knows a feature by (32 bits; a clash costs one weight)."""
    return crc32(feature.encode())


def codes(views: Views) -> list[int]:
    """Give the feature numbers of a text."""
    return numbers(of(views))


def numbers(names: Iterable[str]) -> list[int]:
    """Give the numbers of features; without a loop of our own, since every text needs it."""
    return list(map(crc32, map(str.encode, names)))
