"""What points at a person, an account or a site: telephones, plates, papers, accounts, addresses.

Found however people write it: with dots, in words, with letters for digits, run into a word.
Every pattern is bounded and looks at each character a fixed number of times.
"""

import re

from nlp import numbers, plates, saidnumbers, sites
from nlp.letters import strip_marks
from nlp.mask import Mask
from nlp.numberwords import NumberWords

_BLANK = "\x01"  # stands where something was found: no later finder reads across it
_FOUR_DIGITS = re.compile(r"\d(?:\D{0,4096}+\d){3}")  # fewer are no number and no plate


def find(text: str) -> list[Mask]:
    """What is to be masked, in order, not overlapping.

    Args:
        text: as `nlp.letters.fold` gives it.
    """
    bare = strip_marks(text)
    found: list[Mask] = []
    if addresses := sites.find(bare, text):
        bare = _take(found, bare, addresses)
    if "bien" in bare or "bks" in bare:
        bare = _take(found, bare, plates.said(bare))
    words = NumberWords(bare)
    if said := saidnumbers.find(bare, words):
        bare = _take(found, bare, said)
    if _FOUR_DIGITS.search(bare):
        bare = _take(found, bare, plates.find(bare))
        _take(found, bare, numbers.find(bare, words))
    return sorted(found)


def put(text: str) -> str:
    """The text with `<kind>` where something was found."""
    parts, position = [], 0
    for mask in find(text):
        parts += [text[position : mask.start], f" <{mask.kind}> "]
        position = mask.end
    return "".join(parts) + text[position:] if parts else text


def _take(found: list[Mask], bare: str, some: list[Mask]) -> str:
    position, parts = 0, []
    for mask in some:
        found.append(mask)
        parts += [bare[position : mask.start], _BLANK * (mask.end - mask.start)]
        position = mask.end
    return "".join(parts) + bare[position:] if parts else bare
