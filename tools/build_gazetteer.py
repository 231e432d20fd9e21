"""Build data/gazetteer/gazetteer.json.gz: data files of vietnamadminunits, and reviewed rows.

The wheel is read as data (JSON and SQLite files); it is never imported, because one of its
functions sends addresses over the network. The same sources give the same bytes.
"""

import csv
import gzip
import importlib.util
import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

FOLDER = Path(__file__).parents[1] / "data" / "gazetteer"
FILE = "gazetteer.json.gz"
SOURCE = "vietnamadminunits 1.0.4"
IN_FORCE = "2025-07-01"
# Circular 1027/CTK-CSCL says 06970, a correction citing Decision 19/2025/QD-TTg 06978: both count.
ALIAS_CODES = {"06978": "06970"}

# What the sources must add up to (research note of the gazetteer, sections 1 and 6).
EXPECTED = {
    "provinces": 34,
    "communes": 3321,
    "old provinces": 63,
    "old districts": 696,
    "old communes": 10035,
    "island districts": 5,
    "edges": 10571,
    "splits": 441,
    # 832 reviewed rows, 92 of which repeat another one.
    "older name rows": 832,
    "older names": 740,
    "all inhabitants to one": 58,
    "changes": 11,
    "resolutions": 34,
    "clauses read": 452,
}

Row: TypeAlias = list[Any]


@dataclass(frozen=True, slots=True)
class Wheel:
    """The rows of the wheel we use, with its own keys."""

    new: dict[tuple[str, str], tuple[str, str, str, str]]
    """(province key, commune key) → province code, province, commune code, commune."""
    old: dict[str, tuple[str, str, str, str, str, str]]
    """key → province code, province, district code, district, commune code, commune."""
    edges: set[tuple[str, str]]
    """old code → new code; an island district without communes goes by its district code."""


def main() -> int:
    """Write the gazetteer and print what it holds."""
    rows, counts = build(FOLDER / "reviewed", wheel_folder())
    (FOLDER / FILE).write_bytes(rows)
    for name, count in counts.items():
        print(f"{count:6d} {name}")
    print(f"{len(rows):6d} bytes in {FILE}")
    return 0


def wheel_folder() -> Path:
    """Find the data files of the wheel without importing it.

    Raises: FileNotFoundError: the development dependency is not installed.
    """
    spec = importlib.util.find_spec("vietnamadminunits")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"{SOURCE} is not installed: use requirements-dev.lock")
    return Path(spec.submodule_search_locations[0]) / "data"


def build(reviewed: Path, data: Path) -> tuple[bytes, dict[str, int]]:
    """Put the gazetteer together.

    Returns: the bytes of the file, and the counts that were checked against `EXPECTED`.
    Raises: ValueError: a count, a code or a reviewed row does not fit the sources.
    """
    wheel = _read_wheel(data)
    _correct(wheel, _rows(reviewed / "corrections.csv"))
    sections: dict[str, list[Row]] = {
        "provinces": _provinces(wheel),
        "communes": _communes(wheel),
        "changes": [
            [r["date"], r["code"], r["from"], r["to"]] for r in _rows(reviewed / "changes.csv")
        ],
        "old_provinces": _old_provinces(wheel),
        "old_districts": _old_districts(wheel),
        "old_communes": _old_communes(wheel, _rows(reviewed / "inhabitants.csv")),
        "older_names": _older_names(wheel, _rows(reviewed / "older_names.csv")),
        "older_districts": _older_districts(wheel, _rows(reviewed / "older_districts.csv")),
        "aliases": _aliases(wheel, _rows(reviewed / "aliases.csv")),
        "resolutions": [list(r.values()) for r in _rows(reviewed / "resolutions.csv")],
        "clauses": _clauses(wheel, reviewed),
    }
    counts = _count(sections) | {"older name rows": len(_rows(reviewed / "older_names.csv"))}
    if counts != EXPECTED:
        wrong = {k: (counts[k], EXPECTED[k]) for k in EXPECTED if counts[k] != EXPECTED[k]}
        raise ValueError(f"counts differ (seen, expected): {wrong}")
    _check_codes(sections)
    header = {"source": SOURCE, "in_force": IN_FORCE, "alias_codes": ALIAS_CODES}
    rows = {**header, **sections}
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return gzip.compress(text.encode(), compresslevel=9, mtime=0), counts


def _read_wheel(data: Path) -> Wheel:
    database = sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True)
    try:
        new = {
            (str(r[0]), str(r[1])): (str(r[2]), _tidy(r[3]), str(r[4]), _tidy(r[5]))
            for r in database.execute(
                "SELECT provinceKey, wardKey, provinceCode, province, wardCode, ward"
                " FROM admin_units"
            )
        }
        old = {
            f"{r[0]}_{r[1]}_{r[2] or ''}": (
                str(r[3]),
                _tidy(r[4]),
                str(r[5]),
                _tidy(r[6]),
                str(r[7] or r[5]),
                _tidy(r[8] or r[6]),
            )
            for r in database.execute(
                "SELECT provinceKey, districtKey, wardKey, provinceCode, province,"
                " districtCode, district, wardCode, ward FROM admin_units_legacy"
            )
        }
    finally:
        database.close()
    table = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    edges = {
        (old[o][4], new[province, commune][2])
        for province, communes in table["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
        for commune, parts in communes.items()
        for o in parts
    } | {
        (old[o][4], new[province, part["newWardKey"]][2])
        for province, divided in table["DICT_PROVINCE_WARD_DIVIDED"].items()
        for o, parts in divided.items()
        for part in parts
    }
    return Wheel(new, old, edges)


def _correct(wheel: Wheel, corrections: Iterable[dict[str, str]]) -> None:
    for row in corrections:
        edge = (row["old_code"], row["new_code"])
        if (row["action"] == "remove") != (edge in wheel.edges):
            raise ValueError(f"correction does not fit the source: {row}")
        if row["action"] == "remove":
            wheel.edges.remove(edge)
        else:
            wheel.edges.add(edge)


def _provinces(wheel: Wheel) -> list[Row]:
    return [list(p) for p in sorted({(r[0], r[1]) for r in wheel.new.values()})]


def _communes(wheel: Wheel) -> list[Row]:
    return [[r[2], r[3], r[0]] for r in sorted(wheel.new.values(), key=lambda r: r[2])]


def _old_provinces(wheel: Wheel) -> list[Row]:
    home = {r[2]: r[0] for r in wheel.new.values()}
    after = defaultdict(set)
    for old, new in wheel.edges:
        after[old].add(home[new])
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in wheel.old.values():
        found[row[0], row[1]] |= after[row[4]]
    # Unpacking fails should an old province ever have gone to several new ones.
    return [[code, name, new] for (code, name), (new,) in sorted(found.items())]


def _old_districts(wheel: Wheel) -> list[Row]:
    return [list(d) for d in sorted({(r[2], r[3], r[0]) for r in wheel.old.values()})]


def _old_communes(wheel: Wheel, inhabitants: list[dict[str, str]]) -> list[Row]:
    after = defaultdict(list)
    for old, new in sorted(wheel.edges):
        after[old].append(new)
    everybody = {row["old_code"]: row["new_code"] for row in inhabitants}
    for old, new in everybody.items():
        if new not in after[old] or len(after[old]) == 1:
            raise ValueError(f"inhabitants of {old}: not a split, or no such successor {new}")
    return [
        [r[4], "" if r[4] == r[2] else r[5], r[2], after[r[4]], everybody.get(r[4], "")]
        for r in sorted(wheel.old.values(), key=lambda r: (r[2], r[4]))
    ]


def _districts_by_name(wheel: Wheel) -> dict[tuple[str, str], str]:
    return {(r[3].casefold(), r[1].casefold()): r[2] for r in wheel.old.values()}


def _older_names(wheel: Wheel, older: Iterable[dict[str, str]]) -> list[Row]:
    district = _districts_by_name(wheel)
    rows = {
        (
            r["older_commune"],
            district[r["district"].casefold(), r["province"].casefold()],
            tuple(sorted(r["new_codes"].split())),
        )
        for r in older
    }
    return [list(row) for row in sorted(rows)]


def _older_districts(wheel: Wheel, older: Iterable[dict[str, str]]) -> list[Row]:
    district = _districts_by_name(wheel)
    return sorted(
        [
            r["older_district"],
            sorted(
                district[name.casefold(), r["province"].casefold()]
                for name in r["later_districts"].split(";")
            ),
        ]
        for r in older
    )


def _aliases(wheel: Wheel, aliases: Iterable[dict[str, str]]) -> list[Row]:
    known = {name for r in wheel.old.values() for name in (r[1], r[3])}
    rows = [[r["alias"], r["level"], r["names"]] for r in aliases]
    if unknown := [r for r in rows if r[2] not in known]:
        raise ValueError(f"aliases of nothing: {unknown}")
    return sorted(rows)


def _clauses(wheel: Wheel, reviewed: Path) -> list[Row]:
    """Under which clause of its province's resolution a commune stands, as far as it was read."""
    resolution = {r["province"]: r["resolution"] for r in _rows(reviewed / "resolutions.csv")}
    known = {(r[2], r[3], resolution[r[0]]) for r in wheel.new.values()}
    rows = [tuple(r.values()) for r in _rows(reviewed / "clauses.csv")]
    if not {row[:3] for row in rows} <= known:
        raise ValueError("clauses of another commune or resolution")
    return [[code, int(clause)] for code, _, _, clause in rows]


def _count(sections: dict[str, list[Row]]) -> dict[str, int]:
    old = sections["old_communes"]
    return {
        "provinces": len(sections["provinces"]),
        "communes": len(sections["communes"]),
        "old provinces": len(sections["old_provinces"]),
        "old districts": len(sections["old_districts"]),
        "old communes": sum(1 for r in old if r[1]),
        "island districts": sum(1 for r in old if not r[1]),
        "edges": sum(len(r[3]) for r in old),
        "splits": sum(1 for r in old if len(r[3]) > 1),
        "older names": len(sections["older_names"]),
        "all inhabitants to one": sum(1 for r in old if r[4]),
        "changes": len(sections["changes"]),
        "resolutions": len(sections["resolutions"]),
        "clauses read": len(sections["clauses"]),
    }


def _check_codes(sections: dict[str, list[Row]]) -> None:
    communes, provinces = ({r[0]: r[1] for r in sections[s]} for s in ("communes", "provinces"))
    named = {c for r in sections["old_communes"] for c in r[3]}
    if named != set(communes):
        raise ValueError("a commune without old parts, or a part of an unknown commune")
    if not {c for r in sections["older_names"] for c in r[2]} <= set(communes):
        raise ValueError("an older name points to an unknown commune")
    for _, code, before, _ in sections["changes"]:
        if communes.get(code, provinces.get(code)) != before:
            raise ValueError(f"change of {code}: the name in force was not {before}")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _tidy(name: object) -> str:
    """Spell the type words alike ("Thị Trấn Ái Tử" → "Thị trấn Ái Tử")."""
    text = str(name)
    for kind in ("Thị trấn", "Thị xã", "Thành phố"):
        if text.casefold().startswith(kind.casefold()):
            return kind + text[len(kind) :]
    return text


if __name__ == "__main__":
    sys.exit(main())
