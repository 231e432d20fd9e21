"""Slips of the keyboard in the district or province behind a commune: "tân thah, lonh an"."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp import typewords
from nlp.cues import Lead, opens
from nlp.mentions import Mention, Scan, add_area
from nlp.names import Area, Names, Unit
from nlp.spelling import STOPS, apart, sound

# Bounds on hostile messages.
_MOST_MENDED = 4
_MOST_UNITS = 40
_SHORTEST = 5
# Two slips are believed only in a name of nine letters or more.
_LONG = 9
_OF_THREE_WORDS = 3  # such a name is hardly ever anything else


class _Target(NamedTuple):
    words: tuple[str, ...]
    sound: str
    area: Area


class Slips:
    """Reads what stands behind a commune as its own district's name, misspelt."""

    def __init__(self, names: Names) -> None:
        self._districts = {
            code: _target(names.plain[name], Area("", (), districts=frozenset([code])))
            for code, name in names.district_name.items()
        }
        self._then = {
            code: _target(names.plain[name], Area("", (), old_provinces=frozenset([code])))
            for code, name in names.old_province_name.items()
        }
        self._now = {
            code: _target(names.plain[name], Area("", (), provinces=frozenset([code])))
            for code, name in names.province_name.items()
        }
        targets = [*self._districts.values(), *self._then.values(), *self._now.values()]
        self._longest = max((len(target.words) for target in targets), default=0)

    def mend(self, found: Scan) -> None:
        """Add the districts and provinces meant to what was found."""
        telling = [m for m in [*found.typed, *found.untyped] if m.readings and _tells(found, m)]
        for mention in telling[:_MOST_MENDED]:
            for end in sorted({r.end for r in mention.readings}, reverse=True):
                units = [r.unit for r in mention.readings if r.end == end][:_MOST_UNITS]
                if self._mended(found, units, end):
                    break

    def _mended(self, found: Scan, units: Sequence[Unit], end: int) -> bool:
        kind, first = typewords.type_at(found.words, end, accented=found.accented)
        first = first if kind else end
        known = any(a.first <= first < a.end for a in found.areas)
        if known or kind in typewords.COMMUNE_KINDS or first >= len(found.words):
            return False
        near: dict[tuple[int, int], dict[int, Area]] = {}
        ahead = frozenset(w.plain for w in found.words[first : first + self._longest])
        for target in self._around(units):
            if ahead.isdisjoint(target.words):
                continue
            last = first + len(target.words)
            distance = _distance(found, first, last, target)
            if distance is not None:
                near.setdefault((distance, last), {})[id(target)] = target.area
        if not near:
            return False
        best = min(near)
        areas = list(near[best].values())
        add_area(found, (first, best[1]), areas, typed=bool(kind), firm=True)
        return True

    def _around(self, units: Sequence[Unit]) -> Iterator[_Target]:
        districts = frozenset().union(*[unit.districts for unit in units])
        yield from (self._districts[code] for code in districts if code in self._districts)
        then = frozenset().union(*[unit.old_provinces for unit in units])
        yield from (self._then[code] for code in then)
        yield from (self._now[code] for code in {unit.province for unit in units})


def _target(plain: str, area: Area) -> _Target:
    return _Target(tuple(plain.split()), sound(plain), area)


def _tells(found: Scan, mention: Mention) -> bool:
    long = mention.end - mention.first >= _OF_THREE_WORDS
    return (
        bool(mention.kind or long) or mention.lead is Lead.AT or opens(found.words, mention.first)
    )


def _distance(found: Scan, first: int, last: int, target: _Target) -> int | None:
    """Count the slips; None where there are too many to believe them."""
    written = found.words[first:last]
    plain = [w.plain for w in written]
    if len(plain) != len(target.words) or set(plain).isdisjoint(target.words):
        return None
    if any(w.joint in STOPS for w in written[1:]):
        return None
    text = sound(" ".join(plain))
    limit = 2 if len(text) >= _LONG else 1
    if len(text) < _SHORTEST or abs(len(text) - len(target.sound)) > limit:
        return None
    distance = apart(text, target.sound, limit)
    return distance if distance <= limit else None
