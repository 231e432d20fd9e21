"""Build data/gazetteer/gazetteer.json.gz: data files of vietnamadminunits, and reviewed rows.

The same sources give the same bytes.
"""

import csv
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

from tools import gazetteer_tables, gazetteer_wheel
from tools.gazetteer_wheel import Wheel

FOLDER = Path(__file__).parents[1] / "data" / "gazetteer"
FILE = "gazetteer.json.gz"
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


def main() -> int:
    """Write the gazetteer and print what it holds."""
    rows, counts = build(FOLDER / "reviewed", gazetteer_wheel.folder())
    (FOLDER / FILE).write_bytes(rows)
    for name, count in counts.items():
        print(f"{count:6d} {name}")
    print(f"{len(rows):6d} bytes in {FILE}")
    return 0


def build(reviewed: Path, data: Path) -> tuple[bytes, dict[str, int]]:
    """Put the gazetteer together.

    Returns: the bytes of the file, and the counts that were checked against `EXPECTED`.
    Raises: ValueError: a count, a code or a reviewed row does not fit the sources.
    """
    wheel = gazetteer_wheel.read(data)
    gazetteer_wheel.correct(wheel, _rows(reviewed / "corrections.csv"))
    sections: dict[str, list[Row]] = {
        "provinces": _provinces(wheel),
        "communes": _communes(wheel),
        "changes": sorted(
            [r["date"], r["code"], r["from"], r["to"]] for r in _rows(reviewed / "changes.csv")
        ),
        "old_provinces": _old_provinces(wheel),
        "old_districts": _old_districts(wheel),
        "old_communes": _old_communes(wheel, _rows(reviewed / "inhabitants.csv")),
        "older_names": _older_names(wheel, _rows(reviewed / "older_names.csv")),
        "older_districts": _older_districts(wheel, _rows(reviewed / "older_districts.csv")),
        "aliases": _aliases(wheel, _rows(reviewed / "aliases.csv")),
        "resolutions": [list(r.values()) for r in _rows(reviewed / "resolutions.csv")],
        "clauses": _clauses(wheel, reviewed),
        "ordinary": [
            [name] for name in (reviewed / "ordinary.txt").read_text("utf-8").split("\n")[:-1]
        ],
    }
    counts = _count(sections) | {"older name rows": len(_rows(reviewed / "older_names.csv"))}
    if counts != EXPECTED:
        wrong = {k: (counts[k], EXPECTED[k]) for k in EXPECTED if counts[k] != EXPECTED[k]}
        raise ValueError(f"counts differ (seen, expected): {wrong}")
    _check_codes(sections)
    return _packed(sections), counts


def _packed(sections: dict[str, list[Row]]) -> bytes:
    """Write every table column by column: thousands of rows are read in half the time so."""
    file = {
        "source": gazetteer_wheel.SOURCE,
        "in_force": IN_FORCE,
        "alias_codes": ALIAS_CODES,
        **{n: [*zip(*rows, strict=True)] for n, rows in gazetteer_tables.tables(sections).items()},
    }
    text = json.dumps(file, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


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


if __name__ == "__main__":
    sys.exit(main())
