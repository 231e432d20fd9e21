"""Telephone numbers and e-mail addresses in a tip: the writer's own, or somebody else's."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from nlp.selves import ME, Reading

_BEFORE, _AFTER = 14, 8  # tokens that may say whose a number is
_KINDS: dict[str, Literal["phone", "email"]] = {"N": "phone", "M": "email"}
_FILL = "[alnmos45TSCKx,z]"
_OTHERS = "[hA0]|[tbO][W2w]"
_OWN = "g?[iec]"
# Checked in this order against what stands before "#" and behind it; the first that fits decides.
_PHONE = (
    (r"[AF][^.,]{0,4}#", False),  # an account or a paper
    (rf"[0sTS]u?[r8]{_OWN}?#|#,?[sT]u?{_OWN}", True),
    (r"#[^.]{0,4}0", False),
    (rf"[h0sT][^.,]{{0,6}}[UC][4ma5]*{ME}[^.$]{{0,4}}#", False),  # it called the writer
    (r"\$[,TsSlUCn]*#|#,?\$", True),
    (rf"(?:[UCTSs]u?[4ma5]*{_OWN}|C){_FILL}*#", True),
    (rf"{ME}[^.,hz0]{{0,6}}[sTS][^.,hzb]{{0,5}}#", True),
    (rf"#,?[CU][^.h]{{0,3}}{ME}|#,?C", True),
    (r"(?:^|[.,])U[4s]*#", True),
    (rf"(?:{_OTHERS})[^.]*#|#[^.,]*(?:{_OTHERS})|#,nh", False),
)
_EMAIL = (
    (rf"(?:[UCTSs]u?[4ma5]*{_OWN}|C){_FILL}*#|{_OWN}[^.,h0]*#|\$[^.h]{{0,4}}#", True),
    (r"(?:[h0]|[tb][W2w])[^.,]*#|#[^.,]*[h0]", False),
)


def find(told: Reading, letters: str) -> Iterator[tuple[Literal["phone", "email"], int, int]]:
    """Yield the numbers and addresses that are the writer's: kind, start and end.

    Args: letters: of the reading, with "$" for the writer's own name.
    """
    for at, one in enumerate(told.tokens):
        if one.letter in _KINDS:
            around = f"{letters[max(0, at - _BEFORE) : at]}#{letters[at + 1 : at + 1 + _AFTER]}"
            if _is_own(one.letter, around):
                yield _KINDS[one.letter], one.start, one.end


def _is_own(letter: str, around: str) -> bool:
    return next((own for rule, own in _compiled()[letter] if rule.search(around)), True)


@cache
def _compiled() -> dict[str, tuple[tuple[re.Pattern[str], bool], ...]]:
    return {
        letter: tuple((re.compile(rule), own) for rule, own in rules)
        for letter, rules in (("N", _PHONE), ("M", _EMAIL))
    }
