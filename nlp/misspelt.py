"""Names one or two letters away from what was written, within a named district or province."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from nlp.fitting import HomeArea, Surroundings, agrees
from nlp.mentions import Around, Mention, Scan
from nlp.names import Names, Unit
from nlp.spelling import STOPS, apart, sound

_MOST_WORDS = 5
_SHORTEST = 5
# Two slips are believed only in a name of nine letters or more.
_LONG = 9


class Guess(NamedTuple):
    """The names nearest to the written one."""

    units: tuple[Unit, ...]
    end: int


class Misspelt:
    """Units by where they lie, to compare a written name with a few hundred and not with all."""

    def __init__(self, names: Names) -> None:
        by_place: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in names.units:
            by_place[f"new {unit.province}"].append(unit)
            for code in unit.old_provinces:
                by_place[f"old {code}"].append(unit)
            for code in unit.districts:
                by_place[code].append(unit)
        self._sounds = {unit.plain: sound(unit.plain) for unit in names.units}
        self._by_place: Mapping[str, Sequence[Unit]] = by_place

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
        written = [(end, sound(text)) for end, text in _written(scan, mention)]
        written = [(end, text) for end, text in written if not until or end == until]
        for unit in self._pool(around, home):
            if unit.kind != mention.kind and mention.kind:
                continue
            known = self._sounds[unit.plain]
            for end, text in written:
                limit = 2 if len(text) >= _LONG else 1
                if not _comparable(text, known, limit):
                    continue
                distance = apart(text, known, limit)
                if distance <= min(limit, nearest):
                    nearest = distance
                    found[unit] = min(distance * 16 - (end - mention.name), found.get(unit, 99))
        if not found:
            return None
        best = min(found.values())
        units = tuple(u for u, d in found.items() if d == best)
        return Guess(units, mention.name + (-best % 16))

    def _pool(self, around: Surroundings, home: HomeArea) -> Iterable[Unit]:
        places = around.own or around.near
        if not places:
            keys = {f"new {code}" for code in home.provinces}
        else:
            keys = {key for place in places for key in _keys(place)}
        pool = {unit: None for key in sorted(keys) for unit in self._by_place.get(key, ())}
        if not around.own:
            # Prefer what agrees with most of the places named.
            most = max((_agreeing(u, places) for u in pool), default=0)
            return [u for u in pool if _agreeing(u, places) == most]
        return [u for u in pool if _agreeing(u, places) == len(places)]


def _keys(place: Around) -> set[str]:
    return {
        *place.districts,
        *(f"old {code}" for code in place.old_provinces),
        *(f"new {code}" for code in place.provinces),
    }


def _agreeing(unit: Unit, places: Sequence[Around]) -> int:
    return sum(agrees(unit, place) for place in places)


def _written(scan: Scan, mention: Mention) -> Iterator[tuple[int, str]]:
    words = scan.words
    for end in range(mention.name + 1, min(mention.name + _MOST_WORDS, len(words)) + 1):
        if end > mention.name + 1 and words[end - 1].joint in STOPS:
            return
        text = " ".join(w.plain for w in words[mention.name : end])
        if len(text) >= _SHORTEST:
            yield end, text


def _comparable(written: str, known: str, limit: int) -> bool:
    """Rule out cheaply what cannot be near: another length, another number, no word in common."""
    if abs(len(written) - len(known)) > limit:
        return False
    if [c for c in written if c.isdigit()] != [c for c in known if c.isdigit()]:
        return False
    ours, theirs = written.split(), known.split()
    return len(ours) != len(theirs) or len(ours) == 1 or not set(ours).isdisjoint(theirs)
