"""A bare name a message begins with: a good question, and near home sometimes the answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from nlp.cues import Lead, Role, opens
from nlp.fitting import HomeArea, agrees, around
from nlp.mentions import Around, Mention, Scan, all_capital
from nlp.names import SURNAMES, Names, Unit
from nlp.spelling import STOPS, Agreement
from nlp.typewords import ISLANDS

# What follows a place when it is told what goes on there: "tam hợp có …", "Chi Lăng bị …".
_GOES_ON = frozenset(
    {
        "co", "bi", "nhieu", "hay", "dang", "lai", "vua", "hom", "toi", "sang", "chieu", "dem",
        "nay", "o", "ben", "gan", "nha", "thoi", "xay", "cu", "ma", "thi", "minh", "luc", "ngay",
        "bua", "ai", "dao", "thuong", "nghe", "thay", "sap", "cung",
        "trom", "cuop", "mat", "chay", "lua", "danh", "moi", "tau", "xe", "dan",
        "nghen", "nhe", "ay", "a", "do", "hen", "ne", "kp", "ap", "thon", "khu", "khuc",
        "cho", "khom"
    }
)  # fmt: skip
_IN = frozenset({"o", "tai"})
# Of the 27,058 tips of the corpus 159 begin with words that are a name somewhere in the country,
# 108 of them with one of these: "ba hang xom", "co ba cu", "hai thang", "nha mat".
_PEOPLE_AND_THINGS = frozenset(
    {
        "ba", "co", "chau", "cau", "cha", "chi", "con", "cu", "hai", "nam", "thang", "ong", "anh",
        "nha", "ban", "rung", "xuong", "gia", "dat", "dap", "tu", "ca", "cho", "trong", "cai",
    }
)  # fmt: skip
# Names that are words as well: the commonest such pairs of the training texts.
_ORDINARY = frozenset(
    {
        "an ninh", "an toan", "hoa binh", "thai binh", "tu do", "hop tac", "trung tam",
        "van phong", "dinh cu", "dan hoi", "gia dinh", "hop dong", "tu nhan", "van hoa",
        "bien gioi", "dong ho", "ban cong", "the duc", "thanh cong", "dai dien", "dong phuc",
        "phong van", "dong tien", "tien dien", "thanh long", "tu nhien", "nam thanh",
        "dap da", "hang ma", "trung thu"
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bare:
    """A name without a type word, and every commune it may mean."""

    first: int
    end: int
    codes: frozenset[str]
    sure: bool
    """The only commune of the home area that is called so, and no other place is told."""


def find_bare(names: Names, found: Scan, home: HomeArea) -> Bare | None:
    """Take the first name that stands where a place is told; beside another it is never sure."""
    first, *others = [*islice(_bares(names, found, home), 2)] or [None]
    return replace(first, sure=False) if first and others else first


def _bares(names: Names, found: Scan, home: HomeArea) -> Iterator[Bare | None]:
    """Yield the names, and None for a province's: nothing behind it counts."""
    reached = 0
    for mention in found.untyped:
        if mention.role is Role.DENIED or mention.lead not in {None, Lead.AT}:
            continue
        for end in sorted({r.end for r in mention.readings}, reverse=True):
            units = [r.unit for r in mention.readings if r.end == end]
            clear = _is_clear(found, mention, units, home)
            if mention.first < reached or not _tells_a_place(found, mention, end, clear=clear):
                continue
            if _is_province(found, mention.first, end):
                yield None
                return
            codes = _codes(names, found, (mention.first, end), units, home)
            if codes:
                reached = end
                sure = len(codes) == 1 and _is_sure(found, units, mention, home)
                yield Bare(mention.first, end, codes, sure)


def opens_with(found: Scan, area: Around) -> bool:
    """Say whether a message begins with this district or province, though in small letters."""
    return (area.first < area.end - 1 or found.words[area.first].upper) and _opening(
        found, area.first, area.end
    )


def _is_sure(found: Scan, units: Sequence[Unit], mention: Mention, home: HomeArea) -> bool:
    """Say whether a name at the very beginning, or behind "ở", can only be a commune near by.

    People are not meant: they have surnames, or a word before them that says who they are.
    """
    first = found.words[mention.first].spelt
    near = [unit for unit in units if unit.province in home.provinces]
    return (
        bool(near)
        and (mention.first == 0 or mention.lead is Lead.AT)
        and (first not in SURNAMES or near[0].kind == ISLANDS)
        and all(
            r.marks is Agreement.EXACT or not found.accented
            for r in mention.readings
            if r.unit in near
        )
    )


def _is_province(found: Scan, first: int, end: int) -> bool:
    """Say whether a name is a province's, with nothing behind it that lies elsewhere."""
    same = [a for a in found.areas if (a.first, a.end) == (first, end)]
    behind = any(a.first == end for a in found.areas)
    return not behind and any(a.provinces or a.old_provinces for a in same)


def _is_clear(found: Scan, mention: Mention, units: Sequence[Unit], home: HomeArea) -> bool:
    """Say whether a message begins with a name that is hardly anything else."""
    return (
        mention.first == 0
        and found.words[0].plain not in _PEOPLE_AND_THINGS
        and any(
            u.province in home.provinces
            or (not home.provinces and found.accented and r.marks is Agreement.EXACT)
            for r in mention.readings
            if (u := r.unit) in units
        )
    )


def _tells_a_place(found: Scan, mention: Mention, end: int, *, clear: bool) -> bool:
    words, first = found.words, mention.first
    if " ".join(w.plain for w in words[first:end]) in _ORDINARY:
        return False
    if found.cased and all_capital(words[first:end]):
        return mention.lead is Lead.AT or opens(words, first)
    if clear:
        return True  # whatever follows
    before = words[first - 1].plain
    said = mention.lead is Lead.AT and (before in _IN or before.isdigit()) and not found.cased
    return said or _opening(found, first, end)


def _opening(found: Scan, first: int, end: int) -> bool:
    words = found.words
    if not opens(words, first) or (words[first].joint in STOPS and first):
        return False
    goes_on = end >= len(words) or words[end].joint in STOPS or words[end].plain in _GOES_ON
    return goes_on or any(a.first == end for a in found.areas)


def _codes(
    names: Names, found: Scan, span: tuple[int, int], units: Sequence[Unit], home: HomeArea
) -> frozenset[str]:
    first, end = span
    own = [a for a in around(found, first, end).own if a.first >= end]
    units = [u for u in units if all(agrees(u, a) for a in own)]
    districts = {d for a in found.areas if (a.first, a.end) == span for d in a.districts}
    districts = {d for d in districts if all(_lies_in(names, d, a) for a in own)}
    if not own and home.provinces:
        near = [u for u in units if u.province in home.provinces]
        near_districts = {d for d in districts if names.province.get(d) in home.provinces}
        if near or near_districts:
            units, districts = near, near_districts
    called = _union(u.leads_to for u in units)
    # A name that several communes bear, and a district too: the communes make better buttons.
    return called if len(called) > 1 else called | _union(names.successors[d] for d in districts)


def _lies_in(names: Names, district: str, area: Around) -> bool:
    then, now = names.old_province.get(district), names.province.get(district)
    return then in area.old_provinces or now in area.provinces


def _union(sets: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
