"""Number plates: cars, motorcycles, the army's, diplomats', and those read out in words."""

import re
from collections.abc import Iterator

from nlp.mask import Mask
from nlp.saidnumbers import DIGIT_WORD

_GAP = r"[ .\-_\n]{0,3}+"
_FIVE = r"[\dox]{3}[. ]?[\dox]{2}(?![\dox])"  # O for a zero; x where its writer left one out
# Province, series, number: 51F-123.45, 59-X1 123.45, 29MĐ1-123.45. The series of a lorry, an
# electric motorcycle or a joint venture has two letters, and those are never apart.
_FIVE_DIGITS = (
    r"(?<![\d.,])[1-9]\d(?![hgk] \d{5})"
    rf"(?:[ .\-_]{{0,2}}[a-z]\d?|-?[a-z]{{2}}\d?){_GAP}{_FIVE}"
)
# Of before 2010. An hour ("22h3 2024") is none.
_FOUR_DIGITS = r"(?<![\d.,])[1-9]\d(?:[ \-]?(?![hgk]\d )[a-z]\d[ .\-_\n]{0,3}|[a-z]-)\d{4}(?!\d)"
_DIPLOMATS = r"(?<!\d)\d{2}-?(?:\d{3}-?)?(?:ng|nn|cv|qt)-?\d{2,3}(?:-?\d{2})?(?!\d)"
_NOT_YET = r"(?<!\w)t ?\d{2} ?- ?\d{3}[. ]?\d{2}(?!\d)"  # the temporary plate of a new car
_CIVIL = re.compile(rf"(?=\d)(?:{_FIVE_DIGITS}|{_FOUR_DIGITS}|{_DIPLOMATS})|(?=t){_NOT_YET}")
_ARMY = re.compile(
    r"(?<!\w)(?!km|dt|so|to|lo|tk)[abchkpqtvd][a-eg-npqstvx]"
    r"[ \-]{0,2}\d{2}[ \-]?\d{2}(?![\w,.]\d)(?!\w)"
)
_ABOUT_A_PLATE = re.compile(r"(?<![a-z])(?:bien(?: so| do)?|bks|quan doi|quan su)(?![a-z])")
_BEFORE = 30  # characters in which the word for a plate stands
_LETTER = (
    r"(?:a|be|bo|xe|co|de|do|e|ep|gie|hat|ca|ka|en lo|lo|em mo|mo|en no|no|pe|quy|cu|e ro|ro|et si"
    r"|si|to|te|u|ve|vo|ich(?: xi)?)"
)
_SAID = re.compile(
    r"(?<![a-z])(?:bien(?: so)?(?: xe)?|bks)[ :]{1,2}(?:la |no la )?"
    rf"(?P<plate>(?:{DIGIT_WORD}|\d)(?:[ ,.\-]{{1,3}}+(?:{DIGIT_WORD}|{_LETTER}|\d)(?!\w)){{5,14}})"
)


def find(bare: str) -> list[Mask]:
    """Every plate, in order."""
    return sorted(_all(bare))


def _all(bare: str) -> Iterator[Mask]:
    yield from (Mask(*found.span(), "plate") for found in _CIVIL.finditer(bare))
    for found in _ARMY.finditer(bare):
        if _ABOUT_A_PLATE.search(bare, max(0, found.start() - _BEFORE), found.start()):
            yield Mask(*found.span(), "plate")


def said(bare: str) -> list[Mask]:
    """Plates read out: "biển năm chín ích một, một hai ba bốn năm"."""
    return [Mask(*found.span("plate"), "plate") for found in _SAID.finditer(bare)]
