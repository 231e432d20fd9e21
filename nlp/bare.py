"""A bare name a message begins with: a good question, and near home sometimes the answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from nlp.cues import Lead, Role, joins, opens
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
# What is called after a place: "tàu Cát Bà", "học Bách Khoa".
_CALLED = frozenset(
    {
        "tau", "xe", "ghe", "pha", "quan", "bun", "pho", "tiem", "hang", "nhom", "duong", "hoc",
        "lam",
    }
)  # fmt: skip
_TOLD = frozenset({Role.SCENE, Role.HOME})
_MOST = 4
_MOST_TO_OFFER = 6
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
    role: Role = Role.SCENE


def find_bare(names: Names, found: Scan, home: HomeArea) -> Bare | None:
    """Take the name that stands where a place is told; where several do, none of them is sure."""
    told = list(islice(_bares(names, found, home), _MOST))
    return together([bare for bare in told if bare.role is Role.SCENE] or told)


def together(told: Sequence[Bare]) -> Bare | None:
    """Make one of several names: the first of them, with what all of them may mean."""
    if not told:
        return None
    first, codes = told[0], union(bare.codes for bare in told)
    if len(codes) == 1:
        return replace(first, sure=any(bare.sure for bare in told))
    return replace(first, sure=False, codes=codes if len(codes) <= _MOST_TO_OFFER else first.codes)


def _bares(names: Names, found: Scan, home: HomeArea) -> Iterator[Bare]:
    """Yield the names up to that of a province: nothing behind it counts."""
    reached = 0
    for mention in found.untyped:
        if mention.role is Role.DENIED or mention.lead not in {None, Lead.AT}:
            continue
        for end in sorted({r.end for r in mention.readings}, reverse=True):
            units = [r.unit for r in mention.readings if r.end == end]
            near = [unit for unit in units if unit.province in home.provinces]
            known = bool(near) and is_rare(names, found, mention, end, near)
            clear = known or _is_clear(found, mention, units, home)
            if mention.first < reached or not _tells_a_place(found, mention, end, clear=clear):
                continue
            if _is_province(found, mention.first, end):
                return
            codes = _codes(names, found, (mention.first, end), units, home)
            if codes:
                reached = end
                only = len(union(u.leads_to for u in units)) == 1
                told = known and (only or _opening(found, mention.first, end))
                sure = len(codes) == 1 and _is_sure(found, near, mention, told=told)
                yield Bare(mention.first, end, codes, sure, mention.role)


def is_rare(names: Names, found: Scan, mention: Mention, end: int, units: Sequence[Unit]) -> bool:
    """Say whether words are the name of one of these communes and hardly anything else.

    Nobody uses them otherwise; and they are spelt as one who writes like this spells a name.
    """
    words = found.words[mention.first : end]
    plain = " ".join(w.plain for w in words)
    aside = mention.first > 0 and found.words[mention.first - 1].plain in _CALLED
    if plain in names.ordinary or mention.role not in _TOLD or any(map(str.isdigit, plain)):
        return False
    if aside and words[0].joint not in STOPS:
        return False
    marks = {r.marks for r in mention.readings if r.end == end and r.unit in units}
    if Agreement.EXACT in marks and found.accented:
        return True
    spelt = not found.accented or all(w.plain == w.spelt for w in words)
    named = not found.cased or all_capital(words) or mention.lead is Lead.AT
    return spelt and named and marks != {Agreement.DIFFERENT}


def opens_with(found: Scan, area: Around) -> bool:
    """Say whether a message begins with this district or province, though in small letters."""
    return (area.first < area.end - 1 or found.words[area.first].upper) and _opening(
        found, area.first, area.end
    )


def _is_sure(found: Scan, near: Sequence[Unit], mention: Mention, *, told: bool) -> bool:
    """Say whether a name can only be a commune near by: at the very beginning, or behind "ở".

    People are not meant: they have surnames, or a word before them that says who they are.

    Args: told: it is one wherever it stands.
    """
    if not near or _is_joined(found, mention):
        return False
    person = found.words[mention.first].spelt in SURNAMES and near[0].kind != ISLANDS
    exact = all(
        r.marks is Agreement.EXACT or not found.accented for r in mention.readings if r.unit in near
    )
    stands = mention.first == 0 or mention.lead is Lead.AT
    return not person and (told or (stands and exact))


def _is_joined(found: Scan, mention: Mention) -> bool:
    """Say whether "and" or "or" stands between it and another name."""
    return any(
        joins(found.words, other.end, mention.first) or joins(found.words, mention.end, other.first)
        for other in found.untyped
        if other is not mention
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
    if clear:
        return True  # whatever follows
    if found.cased and all_capital(words[first:end]):
        return mention.lead is Lead.AT or opens(words, first)
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
    called = union(u.leads_to for u in units)
    # A name that several communes bear, and a district too: the communes make better buttons.
    return called if len(called) > 1 else called | union(names.successors[d] for d in districts)


def _lies_in(names: Names, district: str, area: Around) -> bool:
    then, now = names.old_province.get(district), names.province.get(district)
    return then in area.old_provinces or now in area.provinces


def union(sets: Iterable[Iterable[str]]) -> frozenset[str]:
    """Put codes together."""
    return frozenset().union(*sets)
