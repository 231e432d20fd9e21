"""Yes and no, as people write them: "dạ có", "ko", "ừ"."""

import re
from collections.abc import Sequence

from nlp.letters import strip_marks

_POLITE_BEFORE = frozenset(("da", "vang", "thua", "u", "uh", "um", "uhm", "oh"))
_POLITE_AFTER = frozenset(
    ("a", "ah", "nha", "nhe", "nghen", "roi", "do", "em", "con", "chau", "ban")
)
_YES = frozenset(("co", "phai", "dung", "chinh xac", "ok", "oke", "okay", "yes", "yeah", "yep"))
_NO = frozenset((
    *("khong", "ko", "k", "kh", "hong", "hok", "hem", "khum", "no", "nope", "chua", "sai"),
    *("khong co", "ko co", "hong co", "khong co ai", "ko co ai", "khong ai", "khong co gi"),
    *("khong phai", "ko phai", "hong phai", "khong dung", "khong sao", "chua co", "no one"),
))  # fmt: skip
# A question of yes and no, by its buttons: which says yes, and which no. `at:` is a place guessed.
_QUESTIONS = (("danger_yes", "danger_no"), ("at:", "elsewhere"))


def pressed(text: str, offered: Sequence[str]) -> str:
    """The button these words press; empty if they are no yes or no, or nothing is asked so."""
    for yes, no in _QUESTIONS:
        fits = [choice for choice in offered if choice.startswith(yes)]
        if len(fits) == 1 and no in offered:
            said = _said(text)
            return "" if said is None else fits[0] if said else no
    return ""


def _said(text: str) -> bool | None:
    words = re.findall(r"\w+", strip_marks(text).casefold())
    polite = bool(words)
    while words and words[0] in _POLITE_BEFORE:
        words = words[1:]
    while words and words[-1] in _POLITE_AFTER:
        words = words[:-1]
    if not words:
        return True if polite else None  # "dạ", "vâng ạ"
    said = " ".join(words)
    return True if said in _YES else False if said in _NO else None
