"""The communes of Việt Nam in force, what they were made of, and a search for pickers."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Self

from nlp.names import Era, Names, Rows, Unit, bare_name
from nlp.spelling import name_words, words

FILE = "gazetteer.json.gz"
_LONGEST_SEARCH = 200
_MOST_WORDS = 12
# Left out of a search: people type them or not, and no writing holds them.
_SHORT = frozenset({"x", "p", "f", "tt", "h", "q", "tx", "tp", "t"})


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
        self.names = Names(rows)
        self._old_districts = {code: _plain(name) for code, name, _ in rows["old_districts"]}
        self._old_provinces = {code: _plain(name) for code, name, _ in rows["old_provinces"]}

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the file built by tools/build_gazetteer.py."""
        return cls(json.loads(gzip.decompress((folder / FILE).read_bytes())))

    def commune(self, code: str) -> Commune | None:
        """Find a commune by its code, or by another code the same commune is known under."""
        return self.communes.get(self._aliases.get(code, code))

    def name_on(self, code: str, day: date) -> str | None:
        """Say what a commune or province was called on a day; None before it came into force."""
        code = self._aliases.get(code, code)
        place = self.communes.get(code) or self.provinces.get(code)
        if place is None or day < self._in_force:
            return None
        later = [before for since, of, before, _ in self._changes if of == code and since > day]
        return later[0] if later else place.name

    def search(self, text: str, limit: int = 6) -> tuple[Commune, ...]:
        """Find communes by any name, old or new, with or without marks, for a picker.

        Every word must stand in one full writing (name, district, province); the last word may
        be unfinished. Best first: that very name, its beginning, then any other hit.
        """
        asked = [w.plain for w in words(text[:_LONGEST_SEARCH]) if w.plain not in _SHORT]
        asked = asked[:_MOST_WORDS]
        if not asked:
            return ()
        needles = [*(f" {word} " for word in asked[:-1]), f" {asked[-1]}"]
        phrase = " ".join(asked)
        found: dict[str, tuple[int, int, str]] = {}
        for unit, writing in self._writings:
            if all(needle in writing for needle in needles):
                place = (_distance(phrase, unit, writing), int(unit.era))
                for code in unit.codes:
                    rank = (*place, code)
                    found[code] = min(rank, found.get(code, rank))
        best = sorted(found, key=found.__getitem__)[: max(limit, 0)]
        return tuple(self.communes[code] for code in best)

    @cached_property
    def _writings(self) -> tuple[tuple[Unit, str], ...]:
        """Every unit written out in full, without marks, for the search to look into."""
        return tuple((unit, f" {' '.join(self._writing(unit))} ") for unit in self.names.units)

    def _writing(self, unit: Unit) -> Iterator[str]:
        yield _plain(unit.kind)
        yield unit.plain
        if unit.era is not Era.NEW:
            yield from (self._old_districts[code] for code in sorted(unit.districts))
            yield from (self._old_provinces[code] for code in sorted(unit.old_provinces))
        yield _plain(self.provinces[unit.province].name)


def _commune(code: str, name: str, province: str, parts: tuple[str, ...]) -> Commune:
    return Commune(code, name, bare_name(name)[0], province, parts)


def _parts(rows: Rows) -> Mapping[str, list[str]]:
    district_name = {code: name for code, name, _ in rows["old_districts"]}
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for _, name, district, codes, _ in rows["old_communes"]:
        for code in codes:
            parts[code].append(name or district_name[district])
    return parts


def _plain(name: str) -> str:
    return " ".join(name_words(name)[0])


def _distance(phrase: str, unit: Unit, writing: str) -> int:
    if phrase in (unit.plain, f"{_plain(unit.kind)} {unit.plain}"):
        return 0
    if unit.plain.startswith(phrase) or writing.startswith(f" {phrase}"):
        return 1
    return 2 if phrase in writing else 3
