"""How often is every commune, old and new, placed from its address, and how fast?

Run: python -m bench.places [--sample N]. Writes every unit in several ways, compares with the
gazetteer's own answer, and prints exact, wrong and asked rates per way of writing.
"""

import argparse
import resource
import statistics
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from nlp.names import Era, Unit, bare_name
from nlp.places import MOST_CANDIDATES, Gazetteer, Place, Router
from nlp.spelling import name_words

FOLDER = Path(__file__).parents[1] / "data" / "gazetteer"
_SHORT = {
    "xã": "X.",
    "phường": "P.",
    "thị trấn": "TT.",
    "huyện": "H.",
    "quận": "Q.",
    "thị xã": "TX.",
    "thành phố": "TP.",
    "tỉnh": "T.",
    "đặc khu": "đặc khu",
}


class Address(NamedTuple):
    """A unit with the parts of its address, smallest first, each as (kind, name)."""

    unit: Unit
    parts: tuple[tuple[str, str], ...]


class Case(NamedTuple):
    """A writing and the communes it may mean."""

    variant: str
    text: str
    fitting: frozenset[str]


def main(arguments: Sequence[str]) -> int:
    """Print the rates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=1, help="take every N-th unit only")
    parser.add_argument("--show", type=int, default=0, help="print so many misses per variant")
    options = parser.parse_args(arguments)
    before = _resident()
    start = time.perf_counter()
    gazetteer = Gazetteer.load(FOLDER)
    router = Router(gazetteer)
    print(f"load {time.perf_counter() - start:.3f} s, {_resident() - before:.1f} MB")
    rates: defaultdict[str, Counter[str]] = defaultdict(Counter)
    spent: list[float] = []
    for case in cases(gazetteer, options.sample):
        start = time.perf_counter()
        place = router.locate(case.text)
        spent.append(time.perf_counter() - start)
        result = verdict(place, case.fitting)
        rates[case.variant][result] += 1
        if result not in {"exact", "right set"} and rates[case.variant][result] <= options.show:
            print(f"  {case.variant}: {result}: {case.text} -> {place} not {set(case.fitting)}")
    for variant, counted in rates.items():
        total = sum(counted.values())
        shares = ", ".join(f"{k} {n} ({n / total:.2%})" for k, n in counted.most_common())
        print(f"{variant:28} {total:6d}: {shares}")
    cuts = statistics.quantiles(spent, n=100)
    p50, p99, most = (1e3 * seconds for seconds in (cuts[49], cuts[98], max(spent)))
    print(f"latency ms: p50 {p50:.2f}, p99 {p99:.2f}, max {most:.1f}")
    return 0


def verdict(place: Place, fitting: frozenset[str]) -> str:
    """Judge an answer: the one commune, exactly the fitting set, too little said, or wrong."""
    if place.decision == "route":
        return "exact" if fitting == {place.code} else "WRONG"
    if place.decision == "none":
        return "none"
    shown = frozenset(place.candidates)
    if len(fitting) > 1 and (shown == fitting or (not shown and len(fitting) > MOST_CANDIDATES)):
        return "right set"
    if not shown:
        return "asked openly"
    return "asked, truth shown" if fitting <= shown else "asked, truth MISSING"


def cases(gazetteer: Gazetteer, step: int = 1) -> Iterator[Case]:
    """Write every `step`-th old and new unit in every way."""
    yield from _cases("old", _old_addresses(gazetteer), gazetteer, step)
    yield from _cases("old, no district", _old_addresses(gazetteer, skip=1), gazetteer, step)
    yield from _cases("new", _new_addresses(gazetteer), gazetteer, step)
    yield from _cases("older", _older_addresses(gazetteer), gazetteer, step)


def _cases(
    label: str, addresses: Sequence[Address], gazetteer: Gazetteer, step: int
) -> Iterator[Case]:
    meanings = {plain: _meaning(addresses, plain=plain) for plain in (False, True)}
    # "Phường Nam Cường, Lào Cai" is an address of today and of yesterday: both fit.
    rest = {
        "new": _old_addresses(gazetteer, skip=1),
        "old, no district": _new_addresses(gazetteer),
    }.get(label, [])
    others = {plain: _meaning(rest, plain=plain) for plain in (False, True)}
    old_kinds = dict(bare_name(name)[::-1] for name in gazetteer.names.old_province_name.values())
    for variant, (write, plain) in VARIANTS.items():
        for address in addresses[::step]:
            key = _key(address, plain=plain)
            fitting = frozenset(meanings[plain][key])
            kind, province = address.parts[-1]
            # Only today's is called "Thành phố Đồng Nai"; "Tỉnh Đồng Nai" both are.
            today = label == "new" and old_kinds.get(province) == "tỉnh" != kind
            if not today or variant == "province bare":
                fitting |= others[plain].get(key, set())
            yield Case(f"{label}: {variant}", write(address.parts), fitting)


def _meaning(addresses: Sequence[Address], *, plain: bool) -> dict[str, set[str]]:
    """Say for every writing which communes it may mean."""
    meaning: defaultdict[str, set[str]] = defaultdict(set)
    for address in addresses:
        meaning[_key(address, plain=plain)] |= address.unit.leads_to
    return meaning


def _key(address: Address, *, plain: bool) -> str:
    # Without the kind of the province: "Tỉnh Đồng Nai" is still what many call it.
    text = " | ".join([*(" ".join(part) for part in address.parts[:-1]), address.parts[-1][1]])
    return _plain(text) if plain else " ".join(name_words(text)[1])


def _plain(text: str) -> str:
    return " ".join(name_words(text)[0])


def _clean(parts: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{kind.capitalize()} {name}" for kind, name in parts)


def _abbreviated(parts: Sequence[tuple[str, str]]) -> str:
    text = ", ".join(f"{_SHORT[kind]} {name}" for kind, name in parts)
    return text.replace("TP. Hồ Chí Minh", "TPHCM")


def _without_marks(write: Callable[..., str]) -> Callable[..., str]:
    def written(parts: Sequence[tuple[str, str]]) -> str:
        text = unicodedata.normalize("NFD", write(parts)).replace("đ", "d").replace("Đ", "D")
        return "".join(c for c in text if not unicodedata.combining(c))

    return written


def _told(parts: Sequence[tuple[str, str]]) -> str:
    return f"Tối qua ở {_clean(parts)} có nhóm thanh niên đánh bạc, mong các anh xử lý"


VARIANTS: dict[str, tuple[Callable[..., str], bool]] = {
    "clean": (_clean, False),
    "no marks": (_without_marks(_clean), True),
    "abbreviated": (_abbreviated, False),
    "abbreviated, no marks": (_without_marks(_abbreviated), True),
    "no commas": (lambda parts: _clean(parts).replace(",", ""), False),
    "no marks, no commas, lower": (
        lambda parts: _without_marks(_clean)(parts).replace(",", "").lower(),
        True,
    ),
    "glued, no commas": (
        lambda parts: _abbreviated(parts).replace(". ", ".").replace(",", ""),
        False,
    ),
    "province bare": (
        lambda parts: ", ".join([*(_clean([p]) for p in parts[:-1]), parts[-1][1]]),
        False,
    ),
    "in a sentence": (_told, False),
}


def _parts(unit: Unit, *names: str) -> tuple[tuple[str, str], ...]:
    return tuple(bare_name(name) for name in (unit.name, *names))


def _old_addresses(gazetteer: Gazetteer, skip: int = 0) -> list[Address]:
    return _addresses(gazetteer, Era.OLD, skip)


def _older_addresses(gazetteer: Gazetteer) -> list[Address]:
    return _addresses(gazetteer, Era.OLDER, 0)


def _addresses(gazetteer: Gazetteer, era: Era, skip: int) -> list[Address]:
    names = gazetteer.names
    found: dict[tuple[str, frozenset[str]], Address] = {}
    for unit in names.units:
        if unit.era is era:
            (district,) = unit.districts
            (province,) = unit.old_provinces
            above = (names.district_name[district], names.old_province_name[province])[skip:]
            found.setdefault((unit.name, unit.districts), Address(unit, _parts(unit, *above)))
    return list(found.values())


def _new_addresses(gazetteer: Gazetteer) -> list[Address]:
    return [
        Address(unit, _parts(unit, gazetteer.provinces[unit.province].name))
        for code, unit in {u.codes[0]: u for u in gazetteer.names.units if u.era is Era.NEW}.items()
        if unit.name == gazetteer.communes[code].name
    ]


def _resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
