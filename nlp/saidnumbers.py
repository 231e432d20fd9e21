"""Long numbers in words, read out or typed so: "không chín một hai ba bốn năm sáu bảy tám"."""

import re

from nlp import numbers
from nlp.mask import Mask
from nlp.numberwords import NumberWords

DIGIT_WORD = r"(?:khong|mot|hai|ba|bon|tu|nam|lam|nham|sau|bay|tam|chin|muoi|linh|le)"
_ATOM = rf"(?:{DIGIT_WORD}|\d{{1,4}})(?!\w)"
_RUN = re.compile(rf"(?=[\dbchklmnst])(?<!\w)(?:{_ATOM}[ ,.\-]{{1,3}}+){{5,30}}{_ATOM}")
# A look that spares most texts the pattern above: letters are passed over at once.
_MAY_BE_RUN = re.compile(rf"[ ,.\-](?:{DIGIT_WORD}|\d{{1,4}})[ ,.\-]{{1,3}}(?:{_ATOM})[ ,.\-]")
_LETTER = re.compile("[a-z]")
_WORD = re.compile(r"[a-z]{1,8}|\d")
_NO_DIGITS = frozenset({"linh", "le"})  # "mười hai" is two words and two digits
_FEWEST_DIGITS, _FEWEST_WORDS = 8, 3


def find(bare: str, number_words: NumberWords) -> list[Mask]:
    """Every long number of which a part is in words, in order."""
    found: list[Mask] = []
    if not _MAY_BE_RUN.search(bare):
        return found
    for run in _RUN.finditer(bare):
        if not _LETTER.search(run[0]):
            continue
        said = _WORD.findall(run[0])
        words = sum(word.isalpha() for word in said)
        if len(said) >= _FEWEST_DIGITS and words >= _FEWEST_WORDS:
            about = number_words.kind(run.start())
            # Counting to ten is no number of anybody's: without a word for it, it begins with 0.
            if about or said[0] in {"khong", "0"}:
                digits = len(said) - sum(word in _NO_DIGITS for word in said[1:])
                found.append(Mask(*run.span(), about or numbers.kind_by_length(digits)))
    return found
