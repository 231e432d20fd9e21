"""The communes of Việt Nam in force, what they were made of, and what made them."""

import gc
import gzip
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from nlp.names import Names, Tables, rows

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

    provinces: Mapping[str, Province]
    communes: Mapping[str, Commune]

    def __init__(self, tables: Tables) -> None:
        self._aliases: dict[str, str] = tables["alias_codes"]
        self._in_force = date.fromisoformat(tables["in_force"])
        self._changes = [
            (date.fromisoformat(day), code, before)
            for day, code, before, _ in rows(tables, "changes")
        ]
        self.provinces = {
            code: Province(code, today) for code, *_, today in rows(tables, "provinces")
        }
        self.communes = {
            code: Commune(code, name, kind, province, tuple(parts.split(", ")))
            for code, name, kind, province, parts in rows(tables, "communes")
        }
        self.names = Names(tables)
        self._resolutions = {
            province: (number, date.fromisoformat(day))
            for province, number, day in rows(tables, "resolutions")
        }
        self._clauses: dict[str, int] = dict(rows(tables, "clauses"))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the file built by tools/build_gazetteer.py."""
        with _all_of_it_stays():
            return cls(json.loads(gzip.decompress((folder / FILE).read_bytes())))

    def commune(self, code: str) -> Commune | None:
        """Find a commune by its code, or by another code the same commune is known under."""
        return self.communes.get(self._aliases.get(code, code))

    def near(self, code: str) -> frozenset[str]:
        """Communes that hold a part of a district this one holds a part of; itself among them."""
        districts = self.names.districts.get(code, ())
        return frozenset({code}).union(*(self.names.successors[d] for d in districts))

    def name_on(self, code: str, day: date) -> str | None:
        """Say what a commune or province was called on a day; None before it came into force."""
        code = self._aliases.get(code, code)
        place = self.communes.get(code) or self.provinces.get(code)
        if place is None or day < self._in_force:
            return None
        later = [before for since, of, before in self._changes if of == code and since > day]
        return later[0] if later else place.name

    def decree(self, code: str) -> Decree:
        """Say by which resolution a commune in force was made."""
        number, adopted = self._resolutions[self.communes[code].province_code]
        return Decree(number, adopted, self._clauses.get(code))

    @property
    def in_force(self) -> date:
        """The day the communes of the reform came into force."""
        return self._in_force


@contextmanager
def _all_of_it_stays() -> Iterator[None]:
    """Look for no rubbish meanwhile: in a process that holds much else it took twice as long."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
