"""The first source of the gazetteer: the data files of a wheel, and what was corrected in them.

They are read as JSON and SQLite; the package is never imported, because one of its functions sends
addresses over the network.
"""

import importlib.util
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SOURCE = "vietnamadminunits 1.0.4"


@dataclass(frozen=True, slots=True)
class Wheel:
    """The rows of the wheel we use, with its own keys."""

    new: dict[tuple[str, str], tuple[str, str, str, str]]
    """(province key, commune key) → province code, province, commune code, commune."""
    old: dict[str, tuple[str, str, str, str, str, str]]
    """key → province code, province, district code, district, commune code, commune."""
    edges: set[tuple[str, str]]
    """old code → new code; an island district without communes goes by its district code."""


def folder() -> Path:
    """Find the data files of the wheel without importing it.

    Raises: FileNotFoundError: the development dependency is not installed.
    """
    spec = importlib.util.find_spec("vietnamadminunits")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"{SOURCE} is not installed: use requirements-dev.lock")
    return Path(spec.submodule_search_locations[0]) / "data"


def read(data: Path) -> Wheel:
    """Read what the wheel holds."""
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


def correct(wheel: Wheel, corrections: Iterable[dict[str, str]]) -> None:
    """Put the wrong edges right.

    Raises: ValueError: an edge to remove is not there, or one to add is.
    """
    for row in corrections:
        edge = (row["old_code"], row["new_code"])
        if (row["action"] == "remove") != (edge in wheel.edges):
            raise ValueError(f"correction does not fit the source: {row}")
        if row["action"] == "remove":
            wheel.edges.remove(edge)
        else:
            wheel.edges.add(edge)


def _tidy(name: object) -> str:
    """Spell the type words alike ("Thị Trấn Ái Tử" → "Thị trấn Ái Tử")."""
    text = str(name)
    for kind in ("Thị trấn", "Thị xã", "Thành phố"):
        if text.casefold().startswith(kind.casefold()):
            return kind + text[len(kind) :]
    return text
