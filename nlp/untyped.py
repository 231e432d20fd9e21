"""Bare names: trusted inside an address or after "ở", else only good for a question."""

from collections import defaultdict
from collections.abc import Sequence

from nlp import cues
from nlp.fitting import agrees
from nlp.mentions import (
    MOST_MENTIONS,
    Mention,
    Reading,
    Scan,
    add_area,
    all_capital,
    fits,
    marks,
    spans,
)
from nlp.names import Area, Names, Unit
from nlp.spelling import STOPS, Agreement

_AREA_LEADS = frozenset({None, cues.Lead.AT, cues.Lead.HAMLET})
# "công ty Tân Thành Long An" is no address.
_NEVER = frozenset({cues.Lead.BODY, cues.Lead.PERSON, cues.Lead.ROAD})
_COMMUNE_LEADS = frozenset({None, cues.Lead.AT, cues.Lead.LANDMARK, cues.Lead.LOCAL})


def find_untyped(names: Names, result: Scan, taken: Sequence[bool]) -> None:
    """Find names without a type word. A commune's is not looked for inside a district's."""
    shouted = all(w.upper or w.plain.isdigit() for w in result.words)
    covered = 0
    before: defaultdict[int, list[Unit]] = defaultdict(list)
    for m in result.typed:
        before[m.end].extend(r.unit for r in m.readings)
    for first in range(len(result.words)):
        if taken[first]:
            continue
        plain = result.words[first].plain
        if plain not in names.longest and plain not in names.initials:
            continue
        ahead = cues.lead(result.words, first, accented=result.accented)
        known = [
            (end, key)
            for end, key in spans(names, result.words, first)
            if not any(taken[first:end])
        ]
        covered_now = covered
        for end, key in known:
            chained = _chained(names.areas.get(key, ()), before[first])
            if chained or ahead in _AREA_LEADS:
                span = (first, end)
                if _add_untyped_area(names, result, span, key, ahead, chained=chained):
                    covered = max(covered, end)
                    before[end].extend(u for u in before[first] if chained)
            if end > first + 1 and ahead not in _NEVER:
                before[end].extend(names.communes.get(key, ()))
        if ahead in _AREA_LEADS:
            _add_initials(names, result, first, before[first], shouted=shouted)
        street = cues.is_numbered(result.words, first)
        if first >= covered_now and ahead in _COMMUNE_LEADS and not street:
            _add_untyped(names, result, first, known, ahead)


def _chained(areas: Sequence[Area], before: Sequence[Unit]) -> bool:
    """Say whether a district's or province's name stands behind a commune that lies in it."""
    return any(agrees(unit, area) for area in areas for unit in before)


def _add_untyped(
    names: Names,
    result: Scan,
    first: int,
    known: Sequence[tuple[int, str]],
    ahead: cues.Lead | None,
) -> None:
    if len(result.untyped) >= MOST_MENTIONS:
        return
    readings = [
        Reading(end, unit, agreement)
        for end, key in known
        if end > first + 1
        for unit in names.communes.get(key, ())
        if (agreement := marks(result.words[first:end], unit.spelt)) is not Agreement.DIFFERENT
    ]
    if readings:
        result.untyped.append(Mention(first, first, "", readings, ahead))


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
    names: Names, result: Scan, first: int, before: Sequence[Unit], *, shouted: bool
) -> None:
    """Read letters after another place as initials: "x. Tân Chánh, h. Cần Đước, LA"."""
    word = result.words[first]
    if len(word.plain) < 2 or word.plain not in names.initials:  # noqa: PLR2004 - one letter is none
        return
    areas = [a for a in names.initials[word.plain] if not a.districts or a.kind != "huyện"]
    if not (word.upper and not shouted):
        # In small letters only consonants at the end: "lộc ninh bp:", never "là", "an", "co".
        last = first + 1 == len(result.words) or result.words[first + 1].joint in STOPS
        if not last or set(word.plain) & set("aeiou") or not _chained(areas, before):
            return
    if areas:
        add_area(result, (first, first + 1), areas, typed=False, firm=False)
