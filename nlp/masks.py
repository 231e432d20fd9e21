"""What points at a person, an account or a site: telephones, plates, papers, accounts, addresses.

Found however people write it: with dots, in words, with letters for digits, run into a word.
Every pattern is bounded and looks at each character a fixed number of times.
"""

from nlp import numbers, plates, saidnumbers, sites
from nlp.letters import BARE, coded, digits, read, strip_marks
from nlp.mask import Mask
from nlp.numberwords import NumberWords

_BLANK = "\x01"  # stands where something was found: no later finder reads across it
_FEWEST_DIGITS = 4  # of a text that holds a number or a plate


def find(text: str) -> list[Mask]:
    """What is to be masked, in order, not overlapping.

    Args:
        text: as `nlp.letters.fold` gives it.
    """
    return _found(text, coded(text))


def put(text: str, ordinary: bytes | None) -> str:
    """The text with `<kind>` where something was found; the same object if nothing was.

    Args:
        text: as for `find`.
        ordinary: what `nlp.letters.coded` says of it.
    """
    parts, position = [], 0
    for mask in _found(text, ordinary):
        parts += [text[position : mask.start], f" <{mask.kind}> "]
        position = mask.end
    return "".join(parts) + text[position:] if parts else text


def _found(text: str, ordinary: bytes | None) -> list[Mask]:
    if ordinary is None:
        bare = strip_marks(text)
        figures = sum(map(str.isdecimal, bare))
    else:
        bare, figures = read(ordinary, BARE), digits(ordinary)
    found: list[Mask] = []
    if addresses := sites.find(bare, text, figures):
        bare = _take(found, bare, addresses)
    if "bien" in bare or "bks" in bare:
        bare = _take(found, bare, plates.said(bare))
    words = NumberWords(bare)
    if said := saidnumbers.find(bare, words):
        bare = _take(found, bare, said)
    if figures >= _FEWEST_DIGITS:
        bare = _take(found, bare, plates.find(bare))
        _take(found, bare, numbers.find(bare, words))
    return sorted(found)


def _take(found: list[Mask], bare: str, some: list[Mask]) -> str:
    position, parts = 0, []
    for mask in some:
        found.append(mask)
        parts += [bare[position : mask.start], _BLANK * (mask.end - mask.start)]
        position = mask.end
    return "".join(parts) + bare[position:] if parts else bare
