"""The communes of Việt Nam in force, what they were made of, and what made them."""

import gzip
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from nlp.names import Names, Rows, bare_name

FILE = "gazetteer.json.gz"


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune in force: the thing a tip is routed to."""

    code: str
    name: str
    kind: str
    province_code: str
    formerly: tuple[str, ...]
    """Names of the old units it was made of, whole or in part."""


@dataclass(frozen=True, slots=True)
class Province:
    """A province in force."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Decree:
    """What made a commune: a resolution of the National Assembly's Standing Committee."""

    number: str
    adopted: date
    clause: int | None
    """Of article 1; None where nobody has read it yet."""


class Gazetteer:
    """All communes and names. Read only, so that any number of threads may share it."""

    def __init__(self, rows: Rows) -> None:
        self._aliases: Mapping[str, str] = rows["alias_codes"]
        self._in_force = date.fromisoformat(rows["in_force"])
        self._changes = [
            (date.fromisoformat(day), code, before, after)
            for day, code, before, after in sorted(rows["changes"])
        ]
        today = {code: after for _, code, _, after in self._changes}
        parts = _parts(rows)
        self.provinces: Mapping[str, Province] = {
            code: Province(code, today.get(code, name)) for code, name in rows["provinces"]
        }
        self.communes: Mapping[str, Commune] = {
            code: _commune(code, today.get(code, name), province, tuple(parts[code]))
            for code, name, province in rows["communes"]
        }
        self._districts = _districts(rows)
        self.names = Names(rows)
        self._resolutions = {
            province: (number, date.fromisoformat(day))
            for province, number, day in rows["resolutions"]
        }
        self._clauses: Mapping[str, int] = dict(rows["clauses"])

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the file built by tools/build_gazetteer.py."""
        return cls(json.loads(gzip.decompress((folder / FILE).read_bytes())))

    def commune(self, code: str) -> Commune | None:
        """Find a commune by its code, or by another code the same commune is known under."""
        return self.communes.get(self._aliases.get(code, code))

    def near(self, code: str) -> frozenset[str]:
        """Communes that hold a part of a district this one holds a part of; itself among them."""
        own = [codes for codes in self._districts if code in codes]
        return frozenset({code}).union(*own)

    def name_on(self, code: str, day: date) -> str | None:
        """Say what a commune or province was called on a day; None before it came into force."""
        code = self._aliases.get(code, code)
        place = self.communes.get(code) or self.provinces.get(code)
        if place is None or day < self._in_force:
            return None
        later = [before for since, of, before, _ in self._changes if of == code and since > day]
        return later[0] if later else place.name

    def decree(self, code: str) -> Decree:
        """Say by which resolution a commune in force was made."""
        number, adopted = self._resolutions[self.communes[code].province_code]
        return Decree(number, adopted, self._clauses.get(code))

    @property
    def in_force(self) -> date:
        """The day the communes of the reform came into force."""
        return self._in_force


def _commune(code: str, name: str, province: str, parts: tuple[str, ...]) -> Commune:
    return Commune(code, name, bare_name(name)[0], province, parts)


def _parts(rows: Rows) -> Mapping[str, list[str]]:
    district_name = {code: name for code, name, _ in rows["old_districts"]}
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for _, name, district, codes, _ in rows["old_communes"]:
        for code in codes:
            parts[code].append(name or district_name[district])
    return parts


def _districts(rows: Rows) -> list[frozenset[str]]:
    """Of each former district the communes that hold a part of it now."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _, _, district, codes, _ in rows["old_communes"]:
        found[district].update(codes)
    return [frozenset(codes) for codes in found.values()]
