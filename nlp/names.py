"""Every name a place is called by, indexed by its spelling without marks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from nlp.glued import Glued
from nlp.spelling import name_words

Rows: TypeAlias = Mapping[str, Any]
_Where: TypeAlias = dict[str, frozenset[str]]

_KINDS = ("thị trấn", "thị xã", "thành phố", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")
_NOBODY: frozenset[str] = frozenset()
_FARM = ("nong", "truong")
_NUMERALS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
# Of the people wards and schools are called after.
SURNAMES = frozenset(
    name_words(
        "Nguyễn Trần Lê Lý Phạm Phan Hoàng Huỳnh Võ Đặng Bùi Đỗ Ngô Dương Đinh Trịnh Trương Đoàn"
        " Mạc Tôn Quang Kim"
    )[1]
)
ROMAN: Mapping[str, str] = {
    tens + ones: str(10 * len(tens) + value)
    for tens in ("", "x")
    for value, ones in enumerate(_NUMERALS)
    if tens or ones
}


class Era(IntEnum):
    """When a name was in force."""

    NEW = 0  # since 01/07/2025
    OLD = 1  # until 30/06/2025
    OLDER = 2  # gone in the mergers of 2019 to 2025, still spoken


class Unit(NamedTuple):
    """A commune-level name of any era, and the communes in force it leads to."""

    name: str
    era: Era
    kind: str
    plain: str
    spelt: tuple[str, ...]
    districts: frozenset[str]
    """Old districts it lay in; for a new commune those its parts lay in."""
    old_provinces: frozenset[str]
    province: str
    codes: tuple[str, ...]
    sole: str
    """Of several successors the one that took all inhabitants, if there is one."""

    @property
    def leads_to(self) -> frozenset[str]:
        """The communes a tip from here may belong to."""
        return frozenset(self.targets)

    @property
    def targets(self) -> tuple[str, ...]:
        """The same where no set is needed."""
        return (self.sole,) if self.sole else self.codes


class Area(NamedTuple):
    """A district or province name. An alias has no kind and goes with any."""

    kind: str
    spelt: tuple[str, ...]
    districts: frozenset[str] = _NOBODY
    old_provinces: frozenset[str] = _NOBODY
    provinces: frozenset[str] = _NOBODY


class Names:
    """The indexes. Keys are the words of a name without marks, joined by spaces."""

    def __init__(self, rows: Rows) -> None:
        self.units: tuple[Unit, ...] = tuple(_units(rows))
        self.communes: Mapping[str, tuple[Unit, ...]] = _grouped(
            (unit.plain, unit) for unit in self.units
        )
        areas = list(_areas(rows))
        self.areas: Mapping[str, tuple[Area, ...]] = _grouped(areas)
        self.initials: Mapping[str, tuple[Area, ...]] = _grouped(
            ("".join(word[0] for word in name.split()), area)
            for name, area in areas
            if area.kind and " " in name
        )
        self.successors: Mapping[str, tuple[str, ...]] = _successors(rows)
        self.old_province: Mapping[str, str] = {d: p for d, _, p in rows["old_districts"]}
        self.district_name: Mapping[str, str] = {d: name for d, name, _ in rows["old_districts"]}
        self.old_province_name: Mapping[str, str] = {
            p: name for p, name, _ in rows["old_provinces"]
        }
        self.province_name: Mapping[str, str] = dict(rows["provinces"])
        after = {old: new for old, _, new in rows["old_provinces"]}
        self.province: Mapping[str, str] = {d: after[p] for d, p in self.old_province.items()}
        self.short_forms: tuple[tuple[str, str], ...] = tuple(
            (alias, meant) for alias, _, meant in rows["aliases"]
        )
        self.beginnings: Mapping[str, bool] = _beginnings([*self.communes, *self.areas])

    @cached_property
    def glued(self) -> Glued:
        """The same names by their letters alone; made when a message first needs them."""
        return Glued(bare_name(name)[1] for name in self._official())

    def _official(self) -> Iterator[str]:
        yield from (unit.name for unit in self.units)
        yield from self.district_name.values()
        yield from self.province_name.values()
        yield from self.old_province_name.values()


def bare_name(name: str) -> tuple[str, str]:
    """Split an official name into its kind and the rest: Xã Long Hòa → xã, Long Hòa."""
    lower = name.lower()
    for kind in _KINDS:
        if lower.startswith(kind + " "):
            return kind, name[len(kind) + 1 :]
    return "", name


def _units(rows: Rows) -> Iterator[Unit]:
    province_of = {code: province for code, _, province in rows["communes"]}
    old_province = {code: province for code, _, province in rows["old_districts"]}
    lay_in: defaultdict[str, set[str]] = defaultdict(set)
    for _, _, district, codes, _ in rows["old_communes"]:
        for code in codes:
            lay_in[code].add(district)
    # Thousands of units share a few hundred sets: keep one of each.
    shared: dict[frozenset[str], frozenset[str]] = {}

    def same(items: Iterable[str]) -> frozenset[str]:
        found = frozenset(items)
        return shared.setdefault(found, found)

    renamed = [(code, after) for _, code, _, after in rows["changes"] if code in province_of]
    for code, name in [(code, name) for code, name, _ in rows["communes"]] + renamed:
        old = same(old_province[d] for d in lay_in[code])
        yield from _named(name, Era.NEW, same(lay_in[code]), old, province_of[code], (code,), "")
    before = [(Era.OLD, *row[1:]) for row in rows["old_communes"] if row[1]]
    gone = [(Era.OLDER, *row, "") for row in rows["older_names"]]
    for era, name, district, codes, sole in before + gone:
        old = same([old_province[district]])
        home = province_of[codes[0]]
        yield from _named(name, era, same([district]), old, home, tuple(codes), sole)


def _named(name: str, era: Era, *rest: Any) -> Iterator[Unit]:  # noqa: ANN401 - the tail of Unit
    """Give the name itself, and the shorter or digit form people write as well."""
    kind, bare = bare_name(name)
    plain, spelt = name_words(bare)
    yield Unit(name, era, kind, " ".join(plain), spelt, *rest)
    first, dash, _ = bare.partition(" - ")
    if dash:  # "phường Cam Ly" is what people call Phường Cam Ly - Đà Lạt
        short, marked = name_words(first)
        yield Unit(name, era, kind, " ".join(short), marked, *rest)
    if plain[:2] == _FARM and plain != _FARM:
        yield Unit(name, era, kind, " ".join(plain[2:]), spelt[2:], *rest)
    if plain[-1] in ROMAN and (len(plain) > 1 or kind == "phường"):
        digit = ROMAN[plain[-1]]
        yield Unit(name, era, kind, " ".join((*plain[:-1], digit)), (*spelt[:-1], digit), *rest)


def _areas(rows: Rows) -> Iterator[tuple[str, Area]]:
    known = _known_areas(rows)
    for name, places in known.items():
        kind, bare = bare_name(name)
        yield from (_area(bare, kind, place) for place in places)
    for name, districts in rows["older_districts"]:
        kind, bare = bare_name(name)
        yield _area(bare, kind, {"districts": frozenset(districts)})
    for name in [name for _, name, _ in rows["old_provinces"]] + [n for _, n in rows["provinces"]]:
        for plain, spelt in _clipped(name):
            yield from ((plain, Area("", (spelt,), **place)) for place in known[name])
    for alias, _, meant in rows["aliases"]:
        yield from (_area(alias, "", place) for place in known[meant])


def _known_areas(rows: Rows) -> Mapping[str, list[_Where]]:
    known: defaultdict[str, list[_Where]] = defaultdict(list)
    for code, name, _ in rows["old_provinces"]:
        known[name].append({"old_provinces": frozenset([code])})
    for code, name in rows["provinces"]:
        known[name].append({"provinces": frozenset([code])})
    for code, name, _ in rows["old_districts"]:
        known[name].append({"districts": frozenset([code])})
    provinces = {code for code, _ in rows["provinces"]}
    for _, code, _, after in rows["changes"]:
        if code in provinces:
            known[after].append({"provinces": frozenset([code])})
    return known


def _clipped(name: str) -> Iterator[tuple[str, str]]:
    """Give what hurried people make of a province's name: Qngãi, Bduong, and Danang."""
    plain, spelt = name_words(bare_name(name)[1])
    if len(plain) != 2:  # noqa: PLR2004 - only names of two words are written so
        return
    yield "".join(plain), "".join(plain)
    # "lan" (Long An), "khoa" (Khánh Hòa) and "thoa" (Thanh Hóa) are words.
    if plain[1][0] not in "aeiouh":
        yield plain[0][0] + plain[1], spelt[0][0] + spelt[1]


def _area(name: str, kind: str, where: _Where) -> tuple[str, Area]:
    plain, spelt = name_words(name)
    return " ".join(plain), Area(kind, spelt, **where)


def _successors(rows: Rows) -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _, _, district, codes, _ in rows["old_communes"]:
        found[district].update(codes)
    return {district: tuple(sorted(codes)) for district, codes in found.items()}


def _grouped(pairs: Iterable[tuple[str, Any]]) -> Mapping[str, tuple[Any, ...]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _beginnings(names: Iterable[str]) -> Mapping[str, bool]:
    """Give all that names begin with, word by word, and whether it is a name by itself."""
    found: dict[str, bool] = {}
    for name in names:
        words = name.split(" ")
        for size in range(1, len(words)):
            found.setdefault(" ".join(words[:size]), False)
        found[name] = True
    return found
