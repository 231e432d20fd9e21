"""What people typed, cleaned: one spelling of each letter, and nothing that cannot be seen."""

import re
import unicodedata

_JOINER = "\u200d"  # holds 👨‍👩‍👧 together; between letters it only hides something
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\u0085\v\f]")
_BLANKS = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_MANY_LINES = re.compile(r"\n{3,}")
_DROPPED = {"Cc", "Cf", "Cs"}  # controls, invisible formats (bidi, zero-width, tags), half pairs
_PICTURE_PARTS = {"\ufe0f", *map(chr, range(0x1F3FB, 0x1F400))}  # coloured form, skin tones


def clean(text: str) -> str:
    """NFC, without control, bidirectional and zero-width characters.

    Lines end in a newline; more than one empty line becomes one. Cleaning twice changes nothing.
    """
    text = unicodedata.normalize("NFC", _BLANKS.sub(" ", _LINE_ENDS.sub("\n", text)))
    kept = "".join(char for i, char in enumerate(text) if _is_kept(text, i, char))
    return _MANY_LINES.sub("\n\n", unicodedata.normalize("NFC", kept)).strip()


def _is_kept(text: str, i: int, char: str) -> bool:
    if char == _JOINER:
        return _is_picture(text[i - 1 : i]) and _is_picture(text[i + 1 : i + 2])
    return char == "\n" or unicodedata.category(char) not in _DROPPED


def _is_picture(char: str) -> bool:
    return char in _PICTURE_PARTS or (char != "" and unicodedata.category(char) == "So")
