"""The tables of the gazetteer's file: official rows, and all that can be reckoned from them once.

How names are written without marks, which kind a unit is, in which districts it lay: to read that
takes a fraction of the time of working it out at every start.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from nlp.names import ROMAN, Era, bare_name
from nlp.spelling import name_words

Row: TypeAlias = Sequence[Any]
Sections: TypeAlias = Mapping[str, Sequence[Row]]
Address: TypeAlias = tuple[str, str, str]
"""Old districts and old provinces, their codes joined by spaces, and the province in force."""

_AS_THEY_ARE = ("changes", "resolutions", "clauses", "aliases", "ordinary")
_FARM = ("nong", "truong")


def tables(sections: Sections) -> dict[str, Sequence[Row]]:
    """Make every table of the file, row by row.

    Args: sections: the official rows, as tools/build_gazetteer.py puts them together.
    """
    today = {code: after for _, code, _, after in sections["changes"]}
    return {
        **{name: sections[name] for name in _AS_THEY_ARE},
        "provinces": [
            (code, name, _plain(name), today.get(code, name))
            for code, name in sections["provinces"]
        ],
        **{
            level: [(code, name, _plain(name), above) for code, name, above in sections[level]]
            for level in ("old_provinces", "old_districts")
        },
        "communes": list(_communes(sections, today)),
        **_units(sections),
        "areas": list(_areas(sections)),
    }


def writings(name: str) -> Iterator[tuple[str, str, str]]:
    """Give a unit's kind, and its bare name without and with marks; then other ways to write it."""
    kind, bare = bare_name(name)
    plain, spelt = name_words(bare)
    yield kind, " ".join(plain), " ".join(spelt)
    first, dash, _ = bare.partition(" - ")
    if dash:  # "phường Cam Ly" is what people call Phường Cam Ly - Đà Lạt
        yield kind, *_joined(first)
    if plain[:2] == _FARM and plain != _FARM:
        yield kind, " ".join(plain[2:]), " ".join(spelt[2:])
    if plain[-1] in ROMAN and (len(plain) > 1 or kind == "phường"):
        digit = ROMAN[plain[-1]]
        yield kind, " ".join((*plain[:-1], digit)), " ".join((*spelt[:-1], digit))


def _communes(sections: Sections, today: Mapping[str, str]) -> Iterator[Row]:
    """Give the communes as they are called today, and the names of what they were made of."""
    district_name = {code: name for code, name, _ in sections["old_districts"]}
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for _, name, district, codes, _ in sections["old_communes"]:
        for code in codes:
            parts[code].append(name or district_name[district])
    for code, name, province in sections["communes"]:
        called = today.get(code, name)
        yield code, called, bare_name(called)[0], province, ", ".join(parts[code])


def _units(sections: Sections) -> dict[str, Sequence[Row]]:
    """Give every unit in every writing. What thousands of them share has a table and a number."""
    written: dict[Row, int] = {}
    addresses: dict[Address, int] = {}
    units: list[Row] = []
    for era, name, address, codes, sole in _official(sections):
        where = addresses.setdefault(address, len(addresses))
        for writing in writings(name):
            how = written.setdefault((name, *writing), len(written))
            units.append((where, how, era, " ".join(codes), sole))
    return {"writings": list(written), "addresses": list(addresses), "units": units}


def _official(sections: Sections) -> Iterator[tuple[Era, str, Address, Sequence[str], str]]:
    """Give era, name, address, successors, and the one that took all inhabitants, if any."""
    province_of = {code: province for code, _, province in sections["communes"]}
    old_province = {code: province for code, _, province in sections["old_districts"]}
    lay_in: defaultdict[str, set[str]] = defaultdict(set)
    for _, _, district, codes, _ in sections["old_communes"]:
        for code in codes:
            lay_in[code].add(district)

    def address(districts: Iterable[str], code: str) -> Address:
        then = {old_province[district] for district in districts}
        return " ".join(sorted(districts)), " ".join(sorted(then)), province_of[code]

    renamed = [(code, name) for _, code, _, name in sections["changes"] if code in province_of]
    for code, name in [(code, name) for code, name, _ in sections["communes"]] + renamed:
        yield Era.NEW, name, address(lay_in[code], code), (code,), ""
    for _, name, district, codes, sole in sections["old_communes"]:
        if name:  # five islands were districts without communes
            yield Era.OLD, name, address([district], codes[0]), codes, sole
    for name, district, codes in sections["older_names"]:
        yield Era.OLDER, name, address([district], codes[0]), codes, ""


def _areas(sections: Sections) -> Iterator[Row]:
    """Give names of districts and provinces: plain, kind, spelt, and whose names they are."""
    known = _known_areas(sections)
    for name, meant in known.items():
        kind, bare = bare_name(name)
        yield from (_area(bare, kind, its) for its in meant)
    for name, districts in sections["older_districts"]:
        kind, bare = bare_name(name)
        yield _area(bare, kind, (" ".join(districts), "", ""))
    for _, name, *_ in [*sections["old_provinces"], *sections["provinces"]]:
        for plain, spelt in _clipped(name):
            yield from ((plain, "", spelt, *its) for its in known[name])
    for alias, _, name in sections["aliases"]:
        yield from (_area(alias, "", its) for its in known[name])


def _known_areas(sections: Sections) -> Mapping[str, list[Address]]:
    known: defaultdict[str, list[Address]] = defaultdict(list)
    for code, name, _ in sections["old_provinces"]:
        known[name].append(("", code, ""))
    for code, name in sections["provinces"]:
        known[name].append(("", "", code))
    for code, name, _ in sections["old_districts"]:
        known[name].append((code, "", ""))
    provinces = {code for code, _ in sections["provinces"]}
    for _, code, _, after in sections["changes"]:
        if code in provinces:
            known[after].append(("", "", code))
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


def _area(name: str, kind: str, its: Address) -> Row:
    plain, spelt = _joined(name)
    return plain, kind, spelt, *its


def _plain(name: str) -> str:
    return " ".join(name_words(bare_name(name)[1])[0])


def _joined(name: str) -> tuple[str, str]:
    plain, spelt = name_words(name)
    return " ".join(plain), " ".join(spelt)
