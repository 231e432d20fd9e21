"""Look a place up by any of its names: every unit, old or new, that fits what was typed."""

from collections.abc import Iterator
from functools import cache, cached_property

from nlp.fitting import HomeArea, best
from nlp.gazetteer import Commune, Gazetteer
from nlp.names import Era, Unit
from nlp.scan import scan
from nlp.spelling import name_words, words

_LONGEST = 200  # characters read
_MOST_WORDS = 12
# Left out: people type them or not, and no full writing holds them.
_SHORT = frozenset({"x", "p", "f", "tt", "h", "q", "tx", "tp", "t"})
_NOWHERE = HomeArea()

_Key = tuple[Era, str, frozenset[str], tuple[str, ...]]


class Lookup:
    """Finds units by name. Read only, so that any number of threads may share it."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def units(self, text: str, limit: int) -> tuple[Unit, ...]:
        """Units of any era that fit, best first, each once.

        An address ("P5 Q10 TPHCM", "x. Long Hoa, h. Can Duoc") gives what it means and nothing
        else; a bare or unfinished name gives everything that begins or goes on like it.
        """
        text = text[:_LONGEST]
        named = self.addressed(text)
        found = named or [*self._of_code(text), *self._searched(text)]
        once = {_key(unit): unit for unit in reversed(found)}
        return tuple(unit for unit in found if once.pop(_key(unit), None))[: max(limit, 0)]

    def communes(self, text: str, limit: int, province: str = "") -> tuple[Commune, ...]:
        """Communes in force that any fitting unit leads to, best first; for pickers.

        Args:
            province: only communes of this one, if it is not empty.
        """
        every = self._gazetteer.communes
        typed = self.units(text, limit=len(self._gazetteer.names.units))
        codes = dict.fromkeys(code for unit in typed for code in unit.codes)
        kept = [code for code in codes if province in ("", every[code].province_code)]
        return tuple(every[code] for code in kept[: max(limit, 0)])

    def addressed(self, text: str) -> list[Unit]:
        """Units that an address names; none if it names no commune with a district or province."""
        found = scan(self._gazetteer.names, text)
        for mention in [*found.typed, *found.untyped]:
            fit = best(found, mention, _NOWHERE) if mention.readings else None
            if fit and fit.placed and not (fit.flawed or fit.against):
                return sorted(fit.units, key=lambda unit: unit.era)
        return []

    def _of_code(self, text: str) -> list[Unit]:
        commune = self._gazetteer.commune(text.strip()[:5])
        if commune is None:
            return []
        units = self._gazetteer.names.units
        return [u for u in units if u.era is Era.NEW and u.codes == (commune.code,)][:1]

    def _searched(self, text: str) -> list[Unit]:
        """Every word must stand in one full writing; the last word may be unfinished."""
        typed = [w for w in words(text) if w.plain not in _SHORT][:_MOST_WORDS]
        if not typed:
            return []
        asked = [w.plain for w in typed]
        needles = [*(f" {word} " for word in asked[:-1]), f" {asked[-1]}"]
        phrase = " ".join(asked)
        marked = {w.spelt for w in typed if w.spelt != w.plain}
        hits = [
            (
                _distance(phrase, unit, writing),
                len(marked.difference(unit.spelt)),
                unit.era,
                unit.codes,
                number,
            )
            for number, (unit, writing) in enumerate(self._writings)
            if all(needle in writing for needle in needles)
        ]
        return [self._writings[number][0] for *_, number in sorted(hits)]

    @cached_property
    def _writings(self) -> tuple[tuple[Unit, str], ...]:
        """Every unit written out in full, without marks, for the search to look into."""
        names = self._gazetteer.names
        return tuple((unit, f" {' '.join(self._writing(unit))} ") for unit in names.units)

    def _writing(self, unit: Unit) -> Iterator[str]:
        names = self._gazetteer.names
        yield _plain(unit.kind)
        yield unit.plain
        if unit.era is not Era.NEW:
            yield from (_plain(names.district_name[code]) for code in sorted(unit.districts))
            for code in sorted(unit.old_provinces):
                yield from self._called(names.old_province_name[code])
        yield from self._called(self._gazetteer.provinces[unit.province].name)

    def _called(self, name: str) -> Iterator[str]:
        """A province's name, and what people write for it: TPHCM, BRVT."""
        yield _plain(name)
        yield from self._short.get(name, ())

    @cached_property
    def _short(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for alias, name in self._gazetteer.names.short_forms:
            found.setdefault(name, []).append(_plain(alias))
        return found


def _key(unit: Unit) -> _Key:
    """One commune in force once, whatever it was called on the way; an old unit by its name."""
    name = "" if unit.era is Era.NEW else unit.name
    return unit.era, name, unit.districts, unit.codes


@cache
def _plain(name: str) -> str:
    """Write an official name without marks; a thousand units name the same district."""
    return " ".join(name_words(name)[0])


def _distance(phrase: str, unit: Unit, writing: str) -> int:
    if phrase in (unit.plain, f"{_plain(unit.kind)} {unit.plain}"):
        return 0
    if unit.plain.startswith(phrase) or writing.startswith(f" {phrase}"):
        return 1
    return 2 if phrase in writing else 3
