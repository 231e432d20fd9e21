"""Names one or two letters away from what was written, within a named district or province."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from nlp.fitting import HomeArea, Surroundings, agrees
from nlp.mentions import Around, Mention, Scan
from nlp.names import Address, Names, Unit
from nlp.spelling import STOPS, apart, sound

_MOST_WORDS = 5
_SHORTEST = 5
# Two slips are believed only in a name of nine letters or more.
_LONG = 9


class Guess(NamedTuple):
    """The names nearest to the written one."""

    units: tuple[Unit, ...]
    end: int


class _Written(NamedTuple):
    """What may be the name: some words, as they sound."""

    end: int
    sound: str
    words: frozenset[str]
    size: int
    digits: str
    limit: int
    """How many slips are believed."""


class _Where(NamedTuple):
    """Where the name is looked for."""

    keys: Iterable[str]
    places: Sequence[Around]
    agreeing: int
    """With how many of the places a unit agrees that is meant."""

    def allows(self, unit: Unit) -> bool:
        """Say whether a unit found under the keys may be meant: each agrees with one place."""
        return self.agreeing <= 1 or sum(agrees(unit, p) for p in self.places) == self.agreeing


class Misspelt:
    """Units by where they lie, to compare a written name with a few hundred and not with all."""

    def __init__(self, names: Names) -> None:
        # The 14,151 units lie in 928 different ways.
        self._by_address = names.by_address
        self._addresses: defaultdict[str, list[Address]] = defaultdict(list)
        for address in names.by_address:
            for key in _keys_of(*address):
                self._addresses[key].append(address)
        self._sorted: dict[str, list[Unit]] = {}

    def guess(
        self,
        scan: Scan,
        mention: Mention,
        around: Surroundings,
        home: HomeArea,
        *,
        until: int = 0,
    ) -> Guess | None:
        """Find the nearest names that agree with the address; None if none is near enough.

        Args: until: where the name ends, if that is known.
        """
        nearest = 99
        found: dict[Unit, int] = {}
        where = self._where(around, home)
        for written in _written(scan, mention):
            if until not in {0, written.end}:
                continue
            for unit, distance in self._near(written, where.keys):
                likely = distance <= nearest and (not mention.kind or unit.kind == mention.kind)
                if likely and where.allows(unit):
                    nearest = distance
                    points = distance * 16 - (written.end - mention.name)
                    found[unit] = min(points, found.get(unit, 99))
        if not found:
            return None
        best = min(found.values())
        units = tuple(u for u, d in found.items() if d == best)
        return Guess(units, mention.name + (-best % 16))

    def _near(self, written: _Written, keys: Iterable[str]) -> Iterator[tuple[Unit, int]]:
        """Yield the units of some places with few enough slips, and how many."""
        size, limit = len(written.sound), written.limit
        distances: dict[str, int] = {}  # a place has a name in two or three eras
        for key in keys:
            units = self._units(key)
            first = bisect_left(units, size - limit, key=_size)
            end = bisect_right(units, size + limit, key=_size)
            for unit in units[first:end]:
                known = _said(unit.plain)
                distance = distances.get(known)
                if distance is None:
                    near = _comparable(written, known)
                    distance = apart(written.sound, known, limit) if near else limit + 1
                    distances[known] = distance
                if distance <= limit:
                    yield unit, distance

    def _units(self, key: str) -> list[Unit]:
        """Give the units of a place from the shortest to the longest.

        Only those as long as the written name are read. Sorted once, when they are first asked
        for; threads that ask at the same time make the same list.
        """
        if (units := self._sorted.get(key)) is None:
            units = [
                unit
                for address in self._addresses.get(key, ())
                for unit in self._by_address[address]
            ]
            units = self._sorted[key] = sorted(units, key=_size)
        return units

    def _where(self, around: Surroundings, home: HomeArea) -> _Where:
        if around.own:  # what agrees with all of them lies in the first
            return _Where(_keys(around.own[0]), around.own, len(around.own))
        if not around.near:
            return _Where({f"new {code}" for code in home.provinces}, (), 0)
        keys = {key for place in around.near for key in _keys(place)}
        # Prefer what agrees with most of the places named.
        return _Where(keys, around.near, self._most(around.near))

    def _most(self, places: Sequence[Around]) -> int:
        """Count with how many of the places any unit agrees, place by place and not all in all."""
        if len(places) == 1:
            return 1
        agreeing: Counter[Address] = Counter()
        for keys, times in Counter(frozenset(_keys(place)) for place in places).items():
            for address in set().union(*(self._addresses.get(key, ()) for key in keys)):
                agreeing[address] += times
        return max(agreeing.values(), default=0)


def _comparable(written: _Written, known: str) -> bool:
    """Rule out cheaply what cannot be near: no word in common, another number."""
    theirs = known.split()
    if len(theirs) == written.size > 1 and written.words.isdisjoint(theirs):
        return False
    return _known_digits(known) == written.digits


# Both are asked about known names only: words of a message are never kept.
@cache
def _said(plain: str) -> str:
    return sound(plain)


@cache
def _known_digits(said: str) -> str:
    return _digits(said)


def _size(unit: Unit) -> int:
    return len(_said(unit.plain))


def _keys(place: Around) -> set[str]:
    return {
        *place.districts,
        *(f"old {code}" for code in place.old_provinces),
        *(f"new {code}" for code in place.provinces),
    }


def _keys_of(districts: Iterable[str], old_provinces: Iterable[str], province: str) -> list[str]:
    return [*districts, *(f"old {code}" for code in old_provinces), f"new {province}"]


def _written(scan: Scan, mention: Mention) -> Iterator[_Written]:
    words = scan.words
    for end in range(mention.name + 1, min(mention.name + _MOST_WORDS, len(words)) + 1):
        if end > mention.name + 1 and words[end - 1].joint in STOPS:
            return
        text = " ".join(w.plain for w in words[mention.name : end])
        if len(text) >= _SHORTEST:
            said = sound(text)
            own = said.split()
            limit = 2 if len(said) >= _LONG else 1
            yield _Written(end, said, frozenset(own), len(own), _digits(said), limit)


def _digits(text: str) -> str:
    if text.replace(" ", "").isalpha():
        return ""
    return "".join(c for c in text if c.isdigit())
