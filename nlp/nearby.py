"""The districts and provinces a message names, by their codes: it may name dozens."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from nlp.mentions import Around
from nlp.names import Unit

# So many are sooner read through than filed.
_FEW = 4


class Nearby:
    """Districts and provinces named elsewhere, by their codes where they are many.

    A message of "p1 p1 p1 …" beside 48 provinces takes two thirds of its time with them.
    """

    def __init__(self, areas: Sequence[Around]) -> None:
        self._few = areas if len(areas) <= _FEW else None
        if self._few is None:
            self._districts: defaultdict[str, list[Around]] = defaultdict(list)
            self._then: defaultdict[str, list[Around]] = defaultdict(list)
            self._now: defaultdict[str, list[Around]] = defaultdict(list)
            for area in {(a.typed, *a[-3:]): a for a in areas}.values():
                _file(area, area.districts, self._districts)
                _file(area, area.old_provinces, self._then)
                _file(area, area.provinces, self._now)

    def sharing(self, unit: Unit) -> Sequence[Around]:
        """Give at least those a unit may lie in."""
        if self._few is not None:
            return self._few
        found = [*self._now.get(unit.province, ())]
        for code in unit.old_provinces:
            found += self._then.get(code, ())
        for code in unit.districts:
            found += self._districts.get(code, ())
        return found


def _file(area: Around, codes: Iterable[str], by_code: defaultdict[str, list[Around]]) -> None:
    for code in codes:
        by_code[code].append(area)
