"""What in a tip may tell who wrote it: own name, telephone, home, plate, papers, work, family.

Rules, because nobody's real messages may be collected to learn from. What is said of others is
what a tip is for, and stays. A finding is an offer: the sender decides.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from nlp import ownnames, ownnumbers
from nlp.selves import ME, Reading, read

Kind = Literal["name", "phone", "home", "plate", "paper", "email", "social", "work", "kin"]
MASK = "[đã che]"


class Disclosure(NamedTuple):
    """Characters `start` up to `end` of the composed (NFC) text."""

    kind: Kind
    start: int
    end: int


# Over the letters of nlp.selfwords. "$" stands for the writer's own name, once found.
_MINE = rf"(?:u?{ME})"
_OWN = "g?[iec]"  # where a name may follow
_SUBJECT = r"(?:(?:(?:^|(?<=\.))t(?=l)|(?<![rpkH])i|(?<![rpkH])e(?!W)|g[iec]|(?<![^.,lz4])c(?!W)))"
_REST = r"[^.,lzq10]"
_KIN = "[rpktb8y]"
_HOME = rf"H(?:{_KIN}2?)?{_MINE}"
RULES: tuple[tuple[Kind, str], ...] = (
    # Papers, accounts, vehicles.
    ("paper", rf"[FA][^.,zh0]{{0,5}}?{_OWN}(?:[^.,zh0]{{0,6}}?|,s?l?)(?P<part>[ENP])"),
    ("paper", r"F(?!u?[ht])[^.,h]{0,4}?(?P<part>[ENP])"),
    ("paper", rf"{ME}[^.,zm4h0]{{0,3}}A[slnaw]{{0,3}}(?P<part>[ENP])"),
    ("paper", rf"A[slnaw]{{0,3}}(?P<part>[ENP])l?u{_OWN}"),
    ("paper", r"\$[^.]{0,5}F[sl]{0,3}(?P<part>[ENP])"),
    ("paper", r"F[sl]{0,3}(?P<part>[ENP])[^.htb]{0,3}G"),
    ("plate", rf"XH?(?:{_KIN}2?)?{_MINE}[^.,z]{{0,7}}?(?P<part>P)"),
    ("plate", rf"L[^.,h]{{0,2}}{_OWN}[^.,h]{{0,5}}?(?P<part>P)"),
    ("plate", rf"(?P<part>P)l?u{_OWN}"),
    ("plate", rf"(?:L|l){_MINE}[,lLws]{{0,3}}(?P<part>P)"),
    ("plate", rf"{_SUBJECT}a{{0,4}}(?:[Vv]|m|X|d|w)[^.,z]{{0,6}}?(?P<part>P)"),
    # Pages.
    ("social", rf"S{_MINE}z?(?:[nalK]|S){{0,5}}+(?P<part>@|q|[^.,zlqUCh]{{1,5}})"),
    (
        "social",
        (
            rf"{_SUBJECT}[^.,z]{{0,3}}?Sa{{0,2}}(?:[nl]{{1,3}}(?=[wWtb])|(?=[@qW]))"
            rf"(?P<part>@|q|[^.,zlq]{{1,5}})"
        ),
    ),
    ("social", rf"(?P<part>S[nal,]{{0,3}}(?:@|q|[^.,zlqh]{{1,5}})),?lu?(?:{_KIN})?{ME}"),
    (
        "social",
        rf"(?<!h)[UC]{ME}?(?:m|a|5){{0,4}}S[nal]{{0,4}}(?P<part>@|q|[tb]?[wW][^.,zlq]{{0,4}})",
    ),
    ("social", rf"(?:^|[.,])Sl(?P<part>@|q|W{{1,4}})[.,]{{1,3}}[^.]{{0,3}}[CU]{ME}"),
    # Home.
    (
        "home",
        (
            rf"(?:{_HOME}|(?:(?:^|(?<=\.))Ht|H[pr8])(?=a{{0,4}}[oBDs]))(?:[ola]|5H?[th]?[W2w]{{0,3}}){{0,3}}?"
            rf"(?P<part>[BDsx#]{_REST}{{0,10}})"
        ),
    ),
    ("home", rf"(?P<part>{_HOME}(?:[,al]{{0,4}}Q|,D){_REST}{{0,8}})"),
    ("home", rf"(?P<part>[BD]{{1,2}}(?:5|[BHDx]){{0,2}}{_HOME})"),
    ("home", rf"(?P<part>B{ME})(?![VvJ])"),
    (
        "home",
        (
            rf"{_SUBJECT}[aVm]{{0,4}}(?:d|o)[odHaxw]{{0,4}}?(?:[^.,z]{{0,4}},(?=H#|D))?"
            rf"(?P<part>(?:x{{0,3}}[Bs]|(?<=[od])#|x{{0,3}}D[^.,z7m]|x{{1,3}}h|H[#W]|Hd[^.,z7m])"
            rf"{_REST}{{0,8}})"
        ),
    ),
    ("home", rf"{_SUBJECT}a{{0,4}}(?P<part>D[x#s]{_REST}{{0,8}})"),
    ("home", rf"{_SUBJECT}a{{0,4}}(?P<part>H#{_REST}{{0,8}})"),
    ("home", rf"{_HOME}a{{0,2}}o(?P<part>w{_REST}{{0,8}})"),
    ("home", rf"{_SUBJECT}[^.,zh]{{0,4}},(?P<part>H#{_REST}{{0,5}})"),
    ("home", rf"j[Hg]{{0,2}}{_MINE}[olan]{{0,4}}(?P<part>[^.zq]{{2,12}})"),
    ("home", rf"[iec][^.]{{0,10}},(?:H(?P<part>(?:ox{{0,3}}B|o?x{{0,3}}[Ds]){_REST}{{0,10}}))"),
    (
        "home",
        (
            rf"(?:^|[.,])[^.,htbW]{{0,3}}{ME}[^.,htbW4]{{0,6}},(?:[oad]{{1,4}}H{{0,2}}|H)"
            rf"(?P<part>(?:x{{0,3}}[Ds]|x{{0,3}}H#){_REST}{{0,8}})"
        ),
    ),
    ("home", r"(?:^|\.)[od]{1,3}(?P<part>(?:[BD]|H#)[^.,zh]{0,7}?)7"),
    (
        "home",
        (
            rf"{ME}[^.,htbWJrkpg7z]{{0,4}}d[odHaxw]{{0,3}}"
            rf"(?P<part>(?:x{{0,3}}[BDs#]|H[#W]){_REST}{{0,8}})"
        ),
    ),
    ("home", rf"\${{1,4}},Ho?(?P<part>[BDsx]{_REST}{{0,10}})"),
    (
        "home",
        (
            rf"\${{1,4}},?[^.]{{0,4}}?[odjH]{{1,4}}(?:u?{_OWN})?l?"
            rf"(?P<part>(?![iec])[^.z]{{0,8}}?(?:D|s#|s)[^.,z]{{0,5}})"
        ),
    ),
    ("home", rf"(?P<part>6{_HOME}|6{_MINE})(?![hW])"),
    # Work, school.
    (
        "work",
        rf"{_SUBJECT}[aldVv]{{0,5}}(?P<part>J[^.,zmq]{{0,6}}?(?:[YDx#W]|o[wW]){_REST}{{0,7}})",
    ),
    (
        "work",
        (
            rf"{_SUBJECT}[al]{{0,4}}[VvK&=]{{1,4}}(?:o|4)?"
            rf"(?P<part>(?:[^.,zmqhi]|5h){{0,5}}?[YD][^.,lzmh]{_REST}{{0,7}})"
        ),
    ),
    (
        "work",
        (
            rf"{ME}[^.,htbWJYrkpz]{{0,5}}[Vv&=]{{1,4}}o?"
            rf"(?P<part>(?:[^.,zmqhi]|5h){{0,3}}?[YD][^.,lzmh]{_REST}{{0,7}})"
        ),
    ),
    ("work", rf"{_SUBJECT}[alv]{{0,4}}(?P<part>J,[YD][^.,lzmh]{_REST}{{0,7}})"),
    ("work", rf"(?P<part>[YD][^.,zlqo7m&]{{0,4}}?{ME})a{{0,4}}[Vv=]"),
    ("work", rf"{_SUBJECT}a{{0,4}}[ow]?(?P<part>Y[^.,z7mlh]{{0,3}}?[W#]{_REST}{{0,6}})"),
    ("work", rf"(?:^|[.,%])tl(?P<part>J[^.,zmq]{{0,6}}?(?:[YDx#W]|o){_REST}{{0,7}})"),
    ("work", rf"[YD]1?{_MINE}o(?P<part>[YD]{_REST}{{1,6}})"),
    ("work", rf"Y(?:u?{_OWN}),?[nal]{{0,4}}(?P<part>(?:Y?W|Y?#){_REST}{{0,6}})"),
    ("work", rf"{_SUBJECT}a{{0,4}}(?P<part>[VJ][^.,zmq]{{0,3}}?4[tbhJWY]{_REST}{{0,4}})"),
    ("work", rf"\${{1,4}},?[alv]{{0,4}}(?P<part>(?:J[^.,zlq]|[YV][^.,zlqm]){_REST}{{0,8}})"),
    # Family.
    ("kin", rf"(?P<part>r[u5]?{ME})"),
    ("kin", rf"(?P<part>[tb]2{ME})(?!7)"),
    ("kin", rf"(?P<part>[krp][w2]{{0,2}}H{ME})"),
    ("kin", rf"(?P<part>(?:[tb]|[rpk8][wW2]{{0,3}})u{ME})"),
    ("kin", rf"(?:^|[.,za])(?P<part>t{ME})(?=a{{0,4}}[zlnVv])"),
    ("kin", rf"l(?P<part>[pkbyr]{_MINE})"),
    ("kin", rf"{ME}a{{0,4}}lh?(?P<part>[rpk])(?:2|w)?(?=[uhtbWwcO])"),
    ("kin", rf"{ME}a{{0,4}}l(?P<part>c)(?=[utbhW])"),
    ("kin", rf"l(?P<part>cu?t?{ME})"),
    ("kin", rf"lcu?(?P<part>t{ME})"),
    ("kin", rf"(?:{ME}5[ht][W2]?|[ht][W2]?5{ME})l?(?P<part>[gr])"),
    ("kin", rf"[7U]{ME}[wl](?P<part>[rt])(?=[.,h]|$)"),
    ("kin", rf"(?:^|[.,z])(?P<part>[yb]{ME})(?=a{{0,4}}[zlnVw])"),
    ("kin", rf"(?<![4U57])(?P<part>p{_MINE})(?!a{{0,4}}[7.,])"),
    ("kin", rf"(?P<part>k{_MINE})(?=[^.,]{{0,2}}?(?:l|n|=|YW|Y#|J|5))"),
    ("kin", r"(?<![tbh])(?P<part>8)(?![uthWb])"),
)


# A text without any of these letters can hold nothing of that kind.
_NEEDED: dict[Kind, str] = {
    "paper": "ENP",
    "plate": "P",
    "social": "S",
    "home": "HBDdj6Q$",
    "work": "YDJV",
    "kin": "rpktb8ycg",
}
_SELVES = "iec$tpr8hk"  # whoever speaks of themselves, or of family, uses one of them


def find(text: str) -> tuple[Disclosure, ...]:
    """What may tell who wrote the text, in order, not overlapping.

    Args:
        text: composed (NFC), as it would be sent; of any length up to a tip's.
    """
    told = read(text)
    names = ownnames.find(told)
    letters = _with_names(told, names)
    found = [Disclosure("name", *span) for span in names]
    numbers = [Disclosure(*one) for one in ownnumbers.find(told, letters)]
    found += numbers
    letters = _with_names(told, [*names, *((one.start, one.end) for one in numbers)])
    present = set(letters)
    if present.isdisjoint(_SELVES):
        return _apart(found)
    for kind, rule in _compiled():
        if present.isdisjoint(_NEEDED[kind]):
            continue
        for match in rule.finditer(letters):
            first, last = match.span("part")
            found.append(Disclosure(kind, told.tokens[first].start, told.tokens[last - 1].end))
    return _apart(found)


def masked(text: str) -> str:
    """The text with `MASK` where its writer was given away."""
    text = unicodedata.normalize("NFC", text)
    for one in reversed(find(text)):
        text = text[: one.start] + MASK + text[one.end :]
    return text


@cache
def _compiled() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(rule)) for kind, rule in RULES)


def _with_names(told: Reading, names: Sequence[Sequence[int]]) -> str:
    """The letters, with "$" for each word of the writer's own name."""
    return "".join(
        "$" if any(start <= one.start < end for start, end in names) else one.letter
        for one in told.tokens
    )


def _apart(found: list[Disclosure]) -> tuple[Disclosure, ...]:
    """In order; of those that overlap, the first and longest."""
    kept: list[Disclosure] = []
    for one in sorted(found, key=lambda d: (d.start, -d.end)):
        if one.end > one.start and (not kept or one.start >= kept[-1].end):
            kept.append(one)
    return tuple(kept)
