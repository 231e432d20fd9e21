"""Text with nothing in it that a printed font cannot draw."""

import re
import unicodedata
from collections.abc import Set as AbstractSet

_BLANKS = re.compile(r"[^\S\u00a0]+")  # a blank that keeps words together stays
_INSTEAD = {"→": ">", "⇒": ">", "✓": "•", "✔": "•", "☑": "•", "‑": "-"}


def printable(text: str, known: AbstractSet[int]) -> str:
    """Pictures go, look-alikes stand in for what is missing; a letter nobody has becomes "?".

    Args: known: code points the font has.
    """
    drawn = "".join(_drawn(char, known) for char in unicodedata.normalize("NFC", text))
    return _BLANKS.sub(" ", drawn).strip(" ")


def _drawn(char: str, known: AbstractSet[int]) -> str:
    if ord(char) in known:
        return char
    instead = _INSTEAD.get(char, unicodedata.normalize("NFKC", char))
    if all(ord(one) in known for one in instead):
        return instead
    if char.isspace():
        return " "
    return "?" if char.isalnum() else ""
