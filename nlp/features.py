"""Words → features: single words and pairs of both views, the first and last word, the length."""

from collections.abc import Iterable
from itertools import pairwise
from zlib import crc32

from nlp.text import Views

# Lengths are told apart in steps of four words up to 32: greetings are short, stories long.
_STEP, _LONGEST = 4, 8


def of(views: Views) -> list[str]:
    """Name what is in a text, each feature once, in an order that depends on the text alone.

    The accented view adds features only where an accent was typed. A text without accents is
    therefore described by the stripped view alone, which every training text has too.
    """
    typed, bare = views.accented, views.stripped
    if not bare:
        return []
    names = [f"~{word}" for word in bare]
    names += [f"~{a} {b}" for a, b in pairwise(bare)]
    names += [word for word, plain in zip(typed, bare, strict=True) if word != plain]
    names += [
        f"{a} {b}"
        for a, b, c, d in zip(typed, typed[1:], bare, bare[1:], strict=False)
        if a != c or b != d
    ]
    names += [f"^{bare[0]}", f"${bare[-1]}", f"#{min(len(bare) // _STEP, _LONGEST)}"]
    return list(dict.fromkeys(names))


def code(feature: str) -> int:
    """Give the number a model file knows a feature by (32 bits; a clash costs one weight)."""
    return crc32(feature.encode())


def codes(views: Views) -> list[int]:
    """Give the feature numbers of a text."""
    return numbers(of(views))


def numbers(names: Iterable[str]) -> list[int]:
    """Give the numbers of features; without a loop of our own, since every text needs it."""
    return list(map(crc32, map(str.encode, names)))
