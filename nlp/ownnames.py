"""The writer's own name in a tip: how people introduce themselves and sign, where a name ends."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from nlp.letters import strip_marks
from nlp.selfwords import words
from nlp.selves import ME, Reading

_LONGEST = 4  # words
# Where a name typed in small letters ends, or "tôi là" begins something else.
_NO_NAME = words(
    """nguoi dan cong nhan hang xom chu quan o tai va voi nha muon xin bao cung dang hay bi thay la
    co khong mot hoc sinh vien giao chong vo me bo cha ba ma con cai em chi anh nan khach day nhe a
    da minh toi sdt so dt dien thoai nhu do ai gi nay kia the vay thi nen hom bac nong xe phu huynh
    thuong cu tru thue tro lam ban be hoi truong thon ap to ve shipper ngu tieu luon rat lo ne nghe
    nhen that tren trong duoi ky ten goi moi may cac cccd cmnd chu co chau tui biet ke
    noi"""
)
# A name typed without capitals, and without the word "tên", begins with one of these.
_SURNAMES = words(
    """nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trương mai trịnh
    đào đoàn lương vương triệu quách danh thạch kim sơn giàng sùng tạ tô ksor rmah siu"""
)
_BARE_SURNAMES = frozenset(map(strip_marks, _SURNAMES))
_THINGS = words("clip hinh anh video so link bang dia vi day file co ho vay")
_KNOWN_ELSE = "JYrkhpgFAqzm7HBDVo"  # classes of a first word that is no name after "tôi là"
_WORDS = re.compile(r"[^\W\d_]+(?:[ ]+[^\W\d_]+){0,4}")
_SIGNED = re.compile(r"(?:[\n.!?] ?[-\u2013\u2014]{1,2} ?|\n)(?=[^\n]{2,30}$)")
_TITLE = "(?:[tbpO](?=[Ww2]))?"
_OWN = "g?[iec]"
_ENDS = r"(?=[.,]|$)"


class _Rule(NamedTuple):
    before: re.Pattern[str]
    small: bool = False
    """The name may lack capitals."""
    fewest: int = 1
    alone: bool = False
    """Nothing but a mark may follow it."""


@cache
def _rules() -> tuple[_Rule, ...]:
    return (
        _Rule(re.compile(rf"{ME}[aK]*(?:f[Ww2])?n+l*|n+u?{ME}[al]*|(?:^|[.,])n+l+"), small=True),
        _Rule(re.compile(r"9l+|Gl+"), small=True),
        _Rule(
            re.compile(rf"(?:^|\.)Kl{_TITLE}(?=W)|C{_TITLE}(?=W)|U{_TITLE}(?=[W2]{{1,3}},?[TsS]*N)")
        ),
        _Rule(re.compile(r"9(?=W)|\.(?=W{1,4}.?$)")),
        _Rule(re.compile(rf"(?:^|[.,]){ME}[^.htbA]{{0,8}},n+l*"), small=True),
        _Rule(re.compile(rf"{ME}[aK]*l{_TITLE}")),
        _Rule(re.compile(rf"(?:^|[.,z]){ME}{_TITLE}(?=W|2W)"), fewest=2),
        _Rule(re.compile(rf"(?:^|[.,z]){_OWN}{_TITLE}(?=W)"), alone=True),
        _Rule(re.compile(rf"[UC]{ME},{_TITLE}(?=[W2])")),
        _Rule(re.compile(rf"{ME},{_TITLE}(?=[W2])"), alone=True),
        _Rule(re.compile(rf"N[,.]{{0,2}}z?{_TITLE}(?=W)"), alone=True),
        _Rule(re.compile(r"(?:^|[.])(?=W{2,4},?[TslC]*N)|3,?(?=W{2,4}.?$)"), fewest=2),
        _Rule(re.compile(r"(?:^|[.])(?=W{2,4}[^.]{0,8}3)"), fewest=2),
    )


@cache
def _introduced() -> re.Pattern[str]:
    """A title and what follows it, up to "đây" or "xin báo"."""
    return re.compile(
        rf"(?:^|\.)[z,]{{0,2}}(?P<first>[tbp]?[w2]{{1,4}})K{_ENDS}|(?:^|[.,])[z,]{{0,2}}"
        rf"(?P<part>[tbp][Ww2][^.,zhKq]{{0,6}}?|2?W[^.,zhaq]{{0,4}}?)(?:K{_ENDS}|3)"
        rf"|[7UCz](?P<known>[tb]?[W2][^.,]{{0,5}}?)l{ME}{_ENDS}|{ME}[aK]{{0,2}}l(?P<title>[tb][w2W]{{1,3}})|[iec](?P<short>W{{1,3}})K"
    )


def find(told: Reading) -> list[tuple[int, int]]:
    """Where the writer's own names stand: characters from, up to; in no order."""
    letters = {one.start: one.letter for one in told.tokens}
    starts = [one.start for one in told.tokens]
    found = []
    for rule in _rules():
        for match in rule.before.finditer(told.letters):
            if match.end() == len(starts):
                continue
            start = starts[match.end()]
            end = _end(told, letters, start, rule)
            if end > start:
                found.append((start, end))
    found += _signed(told, letters)
    found += _here(told)
    return found


def _signed(told: Reading, letters: dict[int, str]) -> Iterator[tuple[int, int]]:
    match = _SIGNED.search(told.bare)
    if match:
        end = _end(told, letters, match.end(), _Rule(_SIGNED))
        if end > match.end():
            yield match.end(), end


def _here(told: Reading) -> Iterator[tuple[int, int]]:
    for match in _introduced().finditer(told.letters):
        first, last = match.span(match.lastgroup or "part")
        start, end = told.tokens[first].start, told.tokens[last - 1].end
        if told.bare[start:end] not in _THINGS:
            yield start, end


def _end(told: Reading, letters: dict[int, str], start: int, rule: _Rule) -> int:
    """Where a name that begins here ends; `start` if none does."""
    match = _WORDS.match(told.text, start)
    if match is None:
        return start
    end = start
    taken: list[str] = []
    for word in re.finditer(r"\S+", match[0]):
        begin, over = start + word.start(), start + word.end()
        capital = told.cased and word[0][0].isupper()
        bare = told.bare[begin:over]
        known = letters.get(begin, "") in _KNOWN_ELSE and letters.get(begin, "") != ""
        if len(taken) == _LONGEST:
            break
        if not capital:
            if told.cased and not (rule.small and not taken):
                break
            if bare in _NO_NAME or (known and taken):
                break
        elif not taken and not rule.small and known:
            break
        taken.append(bare)
        end = over
    if not _is_name(told, taken, start, end, rule):
        return start
    return end


def _is_name(told: Reading, taken: list[str], start: int, end: int, rule: _Rule) -> bool:
    if len(taken) < rule.fewest:
        return False
    if rule.alone and told.bare[end : end + 2].strip()[:1].isalnum():
        return False
    if told.cased or rule.small:
        return True
    first = told.text[start:end].lower().split()[0]
    return len(taken) > 1 and first in (_SURNAMES if told.marked else _BARE_SURNAMES)
