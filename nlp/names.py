"""Every name a place is called by, indexed by its spelling without marks."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from nlp.glued import Glued
from nlp.spelling import name_words

Tables: TypeAlias = Mapping[str, Any]
Address: TypeAlias = tuple[frozenset[str], frozenset[str], str]
"""Where a unit lies: in old districts, in old provinces and in a province in force."""

_KINDS = ("thị trấn", "thị xã", "thành phố", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")
_NOBODY: frozenset[str] = frozenset()
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
    kind: str
    plain: str
    spelt: tuple[str, ...]
    era: Era
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

    def __init__(self, tables: Tables) -> None:
        addresses = list(_addresses(tables))
        self.units: tuple[Unit, ...] = tuple(_units(tables, addresses))
        self.by_address: Mapping[Address, Sequence[Unit]] = _filed(tables, addresses, self.units)
        self.communes: Mapping[str, tuple[Unit, ...]] = _grouped(
            (unit.plain, unit) for unit in self.units
        )
        areas = list(_areas(tables))
        self.areas: Mapping[str, tuple[Area, ...]] = _grouped(areas)
        self.initials: Mapping[str, tuple[Area, ...]] = _grouped(
            ("".join(word[0] for word in name.split()), area)
            for name, area in areas
            if area.kind and " " in name
        )
        # Of each commune in force the old districts its parts lay in, and the other way round.
        self.districts: Mapping[str, frozenset[str]] = {
            unit.codes[0]: unit.districts for unit in self.units if unit.era is Era.NEW
        }
        self.successors: Mapping[str, tuple[str, ...]] = _grouped(
            (district, code) for code in sorted(self.districts) for district in self.districts[code]
        )
        districts, then, now = (
            list(rows(tables, table)) for table in ("old_districts", "old_provinces", "provinces")
        )
        self.district_name: Mapping[str, str] = {code: name for code, name, *_ in districts}
        self.old_province_name: Mapping[str, str] = {code: name for code, name, *_ in then}
        self.province_name: Mapping[str, str] = {code: name for code, name, *_ in now}
        # Their names without kind and marks.
        self.plain: Mapping[str, str] = {
            name: plain for _, name, plain, _ in (*districts, *then, *now)
        }
        self.old_province: Mapping[str, str] = {code: province for code, *_, province in districts}
        after = {code: province for code, *_, province in then}
        self.province: Mapping[str, str] = {d: after[p] for d, p in self.old_province.items()}
        self.short_forms: tuple[tuple[str, str], ...] = tuple(
            (alias, meant) for alias, _, meant in rows(tables, "aliases")
        )
        # Names that people use as plain words, too.
        self.ordinary: frozenset[str] = frozenset(name for (name,) in rows(tables, "ordinary"))
        self.beginnings: Mapping[str, bool] = _beginnings([*self.communes, *self.areas])

    @cached_property
    def glued(self) -> Glued:
        """The same names by their letters alone; made when a message first needs them."""
        # As `bare_name`, but the kind is known already.
        units = (unit.name[len(unit.kind) :].lstrip() for unit in self.units)
        return Glued([*units, *(bare_name(name)[1] for name in self.plain)])


def bare_name(name: str) -> tuple[str, str]:
    """Split an official name into its kind and the rest: Xã Long Hòa → xã, Long Hòa."""
    lower = name.lower()
    for kind in _KINDS:
        if lower.startswith(kind + " "):
            return kind, name[len(kind) + 1 :]
    return "", name


def rows(tables: Tables, name: str) -> Iterator[tuple[Any, ...]]:
    """Read a table row by row; the file holds it column by column."""
    return zip(*tables[name], strict=True)


def _addresses(tables: Tables) -> Iterator[Address]:
    *sets, provinces = tables["addresses"]
    return zip(*(_each(codes, _set) for codes in sets), provinces, strict=True)


def _units(tables: Tables, addresses: Sequence[Address]) -> Iterator[Unit]:
    """Put the units together column by column; numbers stand for an address and a writing."""
    *names, spelt = tables["writings"]
    where, how, eras, codes, soles = tables["units"]
    columns = (
        *(map(column.__getitem__, how) for column in (*names, [*map(_words, spelt)])),
        _each(eras, Era),
        *(map(column.__getitem__, where) for column in zip(*addresses, strict=True)),
        _each(codes, _words),
        soles,
    )
    return map(Unit._make, zip(*columns, strict=True))


def _filed(
    tables: Tables, addresses: Sequence[Address], units: Sequence[Unit]
) -> Mapping[Address, Sequence[Unit]]:
    found: list[list[Unit]] = [[] for _ in addresses]
    for where, unit in zip(tables["units"][0], units, strict=True):
        found[where].append(unit)
    return dict(zip(addresses, found, strict=True))


def _areas(tables: Tables) -> Iterator[tuple[str, Area]]:
    keys, kinds, spelt, *sets = tables["areas"]
    columns = (kinds, map(_words, spelt), *(_each(codes, _set) for codes in sets))
    return zip(keys, map(Area._make, zip(*columns, strict=True)), strict=True)


def _each(values: Sequence[Any], make: Callable[[Any], Any]) -> list[Any]:
    """Make something of each value, once for all that are the same: thousands are."""
    made = {value: make(value) for value in {*values}}
    return [made[value] for value in values]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _set(codes: str) -> frozenset[str]:
    return frozenset(codes.split())


def _grouped(pairs: Iterable[tuple[str, Any]]) -> Mapping[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    for key, value in pairs:
        found[key] = (*found.get(key, ()), value)
    return found


def _beginnings(names: Iterable[str]) -> Mapping[str, bool]:
    """Give all that names begin with, word by word, and whether it is a name by itself."""
    found = dict.fromkeys(names, True)
    for name in [*found]:
        beginning = name.rpartition(" ")[0]
        while beginning and beginning not in found:
            found[beginning] = False
            beginning = beginning.rpartition(" ")[0]
    return found
