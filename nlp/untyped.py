"""Bare names: trusted inside an address or after "ở", else only good for a question."""

from collections.abc import Iterable, Sequence

from nlp import cues
from nlp.mentions import (
    MOST_MENTIONS,
    Mention,
    Scan,
    add_area,
    all_capital,
    fits,
    readings,
    spans,
)
from nlp.names import Area, Names, Unit
from nlp.spelling import STOPS, Agreement

_AREA_LEADS = frozenset({None, cues.Lead.AT, cues.Lead.HAMLET})
# "công ty Tân Thành Long An" is no address.
_NEVER = frozenset({cues.Lead.BODY, cues.Lead.PERSON, cues.Lead.ROAD})
_COMMUNE_LEADS = _AREA_LEADS | cues.LANDMARKS


class _Behind:
    """Where the communes lie whose names end before a word."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._units: dict[int, list[Unit]] = {}
        self._places: dict[int, tuple[set[str], set[str], set[str]]] = {}

    def add(self, end: int, units: Iterable[Unit]) -> None:
        """Note the communes a name that ends here may be; few are asked about later."""
        self._units.setdefault(end, []).extend(units)

    def forget(self, first: int) -> None:
        """A sentence ended before this word."""
        self._units.pop(first, None)
        self._places.pop(first, None)

    def _at(self, end: int) -> tuple[set[str], set[str], set[str]]:
        places = districts, then, now = self._places.setdefault(end, (set(), set(), set()))
        for unit in self._units.pop(end, ()):
            districts |= unit.districts
            then |= unit.old_provinces
            now.add(unit.province)
        return places

    def agree(self, first: int, areas: Sequence[Area]) -> bool:
        """Say whether one of the communes before a word lies in one of these areas."""
        if not areas or (first not in self._units and first not in self._places):
            return False
        districts, then, now = self._at(first)
        return any(
            not districts.isdisjoint(a.districts)
            or not then.isdisjoint(a.old_provinces)
            or not now.isdisjoint(a.provinces)
            for a in areas
        )

    def follow(self, first: int, end: int, areas: Sequence[Area]) -> None:
        """Behind "Tân Thạnh, Thanh Bình" the province of that district may follow."""
        here, _, _ = self._at(first)
        districts, then, now = self._at(end)
        shared = {code for a in areas for code in a.districts if code in here}
        districts |= shared
        then |= {self._names.old_province[c] for c in shared if c in self._names.old_province}
        now |= {self._names.province[c] for c in shared if c in self._names.province}


def find_untyped(names: Names, result: Scan, taken: Sequence[bool]) -> None:
    """Find names without a type word. A commune's is not looked for inside a district's."""
    shouted = all(w.upper or w.plain.isdigit() for w in result.words)
    covered = 0
    behind = _Behind(names)
    for mention in result.typed:
        behind.add(mention.end, (r.unit for r in mention.readings))
    for first, word in enumerate(result.words):
        if taken[first]:
            continue
        if word.joint == ".":
            behind.forget(first)
        # A commune of one word is never taken from a bare name: half of all that is known.
        known = [
            (end, key)
            for end, key in spans(names, result.words, first)
            if (end > first + 1 or key in names.areas) and not any(taken[first:end])
        ]
        if not known and word.plain not in names.initials:
            continue
        ahead = cues.lead(result.words, first, accented=result.accented)
        reach = _add_areas(names, result, first, known, ahead, behind)
        if ahead in _AREA_LEADS:
            _add_initials(names, result, first, behind, shouted=shouted)
        street = cues.is_numbered(result.words, first)
        if first >= covered and ahead in _COMMUNE_LEADS and not street:
            _add_untyped(names, result, first, known, ahead)
        if first >= covered:
            # "Từ Sơn, Đồng Nguyên" holds "Sơn Động", which is no district here.
            covered = max(covered, reach)


def _add_areas(
    names: Names,
    result: Scan,
    first: int,
    known: Sequence[tuple[int, str]],
    ahead: cues.Lead | None,
    behind: _Behind,
) -> int:
    """Add the districts and provinces that begin at a word. Returns how far they reach."""
    reach = 0
    if result.full:
        return reach
    for end, key in known:
        areas = names.areas.get(key, ())
        chained = behind.agree(first, areas)
        if areas and (chained or ahead in _AREA_LEADS):
            span = (first, end)
            if _add_untyped_area(names, result, span, key, ahead, chained=chained):
                reach = max(reach, end)
            if chained:
                behind.follow(first, end, areas)
        if end > first + 1 and ahead not in _NEVER:
            behind.add(end, names.communes.get(key, ()))
    return reach


def _add_untyped(
    names: Names,
    result: Scan,
    first: int,
    known: Sequence[tuple[int, str]],
    ahead: cues.Lead | None,
) -> None:
    if len(result.untyped) >= MOST_MENTIONS:
        return
    found = [
        reading
        for end, key in known
        if end > first + 1
        for reading in readings(result.words, first, end, names.communes.get(key, ()))
        if reading.marks is not Agreement.DIFFERENT
    ]
    if found:
        result.untyped.append(Mention(first, first, "", found, ahead))


def _add_untyped_area(
    names: Names,
    result: Scan,
    span: tuple[int, int],
    key: str,
    ahead: cues.Lead | None,
    *,
    chained: bool,
) -> bool:
    first, end = span
    areas = [a for a in names.areas.get(key, ()) if fits(result.words, first, end, a)]
    if not areas or not (chained or _is_name(result, first, end, areas)):
        return False
    firm = (
        chained
        or ahead is cues.Lead.AT
        or (end - first > 1 and all_capital(result.words[first:end]))
    )
    add_area(result, span, areas, typed=False, firm=firm)
    return True


def _is_name(result: Scan, first: int, end: int, areas: Sequence[Area]) -> bool:
    """Say whether untyped words can be a district's or province's name, not ordinary words."""
    span = result.words[first:end]
    if all(w.plain.isdigit() for w in span):
        return False
    if len(span) > 1 or not areas[0].kind:
        return True
    return span[0].capital and span[0].spelt == areas[0].spelt[0]


def _add_initials(
    names: Names, result: Scan, first: int, behind: _Behind, *, shouted: bool
) -> None:
    """Read letters after another place as initials: "x. Tân Chánh, h. Cần Đước, LA"."""
    word = result.words[first]
    if len(word.plain) < 2 or word.plain not in names.initials:  # noqa: PLR2004 - one letter is none
        return
    areas = [a for a in names.initials[word.plain] if not a.districts or a.kind != "huyện"]
    if not (word.upper and not shouted):
        # In small letters only consonants at the end: "lộc ninh bp:", never "là", "an", "co".
        last = first + 1 == len(result.words) or result.words[first + 1].joint in STOPS
        if not last or set(word.plain) & set("aeiou") or not behind.agree(first, areas):
            return
    if areas:
        add_area(result, (first, first + 1), areas, typed=False, firm=False)
