"""How well a named commune fits what stands around it in the message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nlp import cues
from nlp.mentions import Around, Mention, Reading, Scan
from nlp.names import Area, Era, Unit
from nlp.nearby import Nearby
from nlp.spelling import STOPS, Agreement, name_words

# Points. A district says more than a province, the form in force more than a mixture of old
# and new, and a contradiction outweighs everything but a district. Chosen on the development
# sentences and on generated addresses (bench/places.py).
_DISTRICT = 8.0
_DISTRICT_OF_PARTS = 6.0
_PROVINCE_IN_FORCE = 5.0
_PROVINCE_THEN = 5.0
_PROVINCE_MIXED = 3.0
_NEAR_DISTRICT = 4.0
_NEAR_PROVINCE = 3.0
_NEAR_UNTYPED = 2.5
_AGAINST_TYPED = -8.0
_AGAINST_UNTYPED = -3.0
_AGAINST_LOOSE = -1.0
_OTHER_KIND = -3.0
_OTHER_MARKS = -3.0
_SAME_MARKS = 1.6
_NO_MARKS = 0.5  # no more than a tie: the writer may just not type any
_OLDER = -0.75
_ERA_SAID = 2.0
_HOME_COMMUNE = 2.5
_HOME_PROVINCE = 1.5
_HOME_OF_TWO = 0.6  # just more than a tie: "thị trấn Vĩnh Thạnh, huyện Vĩnh Thạnh" stands twice
_TIE = 0.5

_FILLERS = frozenset(
    name_words(
        "thuộc của ở tại cũ mới nay trước đây là bên dưới trên ngày hồi xưa trong ngoài phía miền"
        " miệt vùng xứ tuốt tận mãi chỗ"
    )[0]
)
_PARTICLES = frozenset({"i", "nha", "nhe", "ay", "a", "do", "ne", "nghen", "hen", "nghe", "luon"})
_LINKS = 4
_FEW_WORDS = 5


class Surroundings(NamedTuple):
    """What a message says about where a mention lies."""

    own: tuple[Around, ...]
    """Named right after it (or right before it), as in an address."""
    near: tuple[Around, ...]
    """Named elsewhere."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The units that fit a mention best, all equally well."""

    units: tuple[Unit, ...]
    score: float
    end: int
    placed: bool
    """Some district or province in the text, or the home area, agrees."""
    flawed: bool
    """The best reading needs another type word or other marks."""
    against: bool
    """A district or province named in the same address contradicts it."""
    namesakes: tuple[str, ...]
    """All communes the name may lead to, whatever the type word and the surroundings."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The communes in force they lead to."""
        return _codes(self.units)


class HomeArea(NamedTuple):
    """Where the writer or the deployment is: communes, and the provinces they lie in."""

    communes: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()


class _Clues(NamedTuple):
    """All that speaks for or against the units a mention may be."""

    own: tuple[Around, ...]
    near: Nearby
    home: HomeArea
    kind: str
    new: bool | None
    """It is said to be the new one, or a former one."""
    marked: bool


def best(scan: Scan, mention: Mention, home: HomeArea) -> Fit | None:
    """Choose among the readings of a mention: the longest that contradicts nothing."""
    lengths = sorted({r.end for r in mention.readings}, reverse=True)
    fits = []
    for end in lengths:
        readings = [r for r in mention.readings if r.end == end]
        fit = _best_of(scan, mention, readings, around(scan, mention.first, end), home)
        cut = any(
            mention.name < a.first < end and (a.typed or (a.end > end and not fit.placed))
            for a in scan.areas
        )
        if fit.score >= 0 and not fit.flawed and not cut:
            return fit
        fits.append(fit)
    return max(fits, key=lambda f: f.score, default=None)


def around(scan: Scan, first: int, end: int, *, loose: bool = False) -> Surroundings:
    """Sort the districts and provinces of a message by their nearness to words first..end.

    Args: loose: also take lower-case names a few words behind, as after a misspelt name.
    """
    if not scan.areas:
        return Surroundings((), ())
    own = _following(scan, end) or _preceding(scan, first)
    near = [
        a
        for a in scan.areas
        if a not in own
        and (a.typed or a.firm or _opens(a) or (loose and end <= a.first <= end + _FEW_WORDS))
        and (a.end <= first or a.first >= end)
    ]
    return Surroundings(tuple(own), tuple(near))


def _opens(area: Around) -> bool:
    """Say whether a message begins with a district or province, though in small letters."""
    return area.first == 0 and area.end > 1


def agrees(unit: Unit, area: Around | Area) -> bool:
    """Say whether a unit lies in a named district or province, by its old or new address."""
    return (
        unit.province in area.provinces
        or not unit.old_provinces.isdisjoint(area.old_provinces)
        or not unit.districts.isdisjoint(area.districts)
    )


def _following(scan: Scan, end: int) -> list[Around]:
    chain: list[Around] = []
    position = end
    behind = scan.words[end : end + 2]
    if len(behind) > 1 and behind[0].plain in _PARTICLES and behind[1].joint in STOPS:
        position += 1
    while len(chain) < _LINKS:
        for skipped in range(4):
            last = position + skipped - 1
            if skipped and last < len(scan.words) and scan.words[last].plain not in _FILLERS:
                return chain
            found = [a for a in scan.areas if a.first == position + skipped]
            if found:
                # Typed first, then the longest.
                chain.append(max(found, key=lambda a: (a.typed, a.end)))
                position = chain[-1].end
                break
        else:
            return chain
    return chain


def _preceding(scan: Scan, first: int) -> list[Around]:
    for skipped in range(2):
        if first < len(scan.words) and scan.words[first].joint == ".":
            break
        if skipped and (first < 1 or scan.words[first - 1].plain not in _FILLERS):
            break
        found = [a for a in scan.areas if a.end == first - skipped]
        if found:
            nearest = min(found, key=lambda a: (not a.typed, a.first))
            owned = any(m.end == nearest.first for m in scan.typed)
            return [] if owned else [nearest, *_preceding(scan, nearest.first)][:_LINKS]
    return []


def _best_of(
    scan: Scan,
    mention: Mention,
    readings: Sequence[Reading],
    surroundings: Surroundings,
    home: HomeArea,
) -> Fit:
    clues = _Clues(
        surroundings.own,
        Nearby(surroundings.near),
        home,
        mention.kind,
        cues.era(scan.words, readings[0].end),
        _shows_marks(scan, mention),
    )
    scored = [(_score(reading, clues), reading) for reading in readings]
    top = max(score for (score, _, _), _ in scored)
    chosen = [(s, r) for s, r in scored if s[0] >= top - _TIE]
    if not surroundings.own and len({code for _, r in chosen for code in r.unit.targets}) > 1:
        # Where we ask anyway, what was called so until 2019 is among the answers.
        older = [(s, r) for s, r in scored if r.unit.era is Era.OLDER]
        chosen += [(s, r) for s, r in older if top - _TIE > s[0] >= top - _TIE + _OLDER]
    return Fit(
        units=tuple(r.unit for _, r in chosen),
        score=top,
        end=readings[0].end,
        placed=all(placed for (_, placed, _), _ in chosen),
        flawed=all(flawed for (_, _, flawed), _ in chosen),
        against=any(
            area.typed and not agrees(r.unit, area) for _, r in chosen for area in surroundings.own
        ),
        namesakes=_codes(r.unit for r in readings if r.marks is not Agreement.DIFFERENT),
    )


def _codes(units: Iterable[Unit]) -> tuple[str, ...]:
    return tuple(sorted({code for unit in units for code in unit.targets}))


def _score(reading: Reading, clues: _Clues) -> tuple[float, bool, bool]:
    unit = reading.unit
    own = [_own(unit, area) for area in clues.own]
    near = 0.0 if own and max(own) > 0 else _near(unit, clues.near.sharing(unit))
    score = sum(own) + near
    placed = score > 0
    if not placed:
        at_home = _at_home(unit, clues.home)
        score += at_home
        placed = at_home > 0 and score > 0
    elif _at_home(unit, clues.home):
        score += _HOME_OF_TWO
    if unit.era is Era.OLDER:
        score += _OLDER
    if clues.new is not None and clues.new is (unit.era is Era.NEW):
        score += _ERA_SAID
    flawed = False
    if clues.kind and unit.kind != clues.kind:
        score += _OTHER_KIND
        flawed = True
    if reading.marks is Agreement.DIFFERENT:
        score += _OTHER_MARKS
        flawed = True
    elif reading.marks is Agreement.EXACT and clues.marked:
        score += _SAME_MARKS
    elif reading.marks is Agreement.EXACT and not flawed:
        score += _NO_MARKS
    return score, placed, flawed


def _own(unit: Unit, area: Around) -> float:
    """Weigh a district or province that stands in one address with the unit."""
    points = 0.0
    if unit.era is Era.NEW:
        if unit.province in area.provinces:
            points = _PROVINCE_IN_FORCE
        elif not unit.old_provinces.isdisjoint(area.old_provinces):
            points = _PROVINCE_MIXED
    elif not unit.old_provinces.isdisjoint(area.old_provinces):
        points = _PROVINCE_THEN
    elif unit.province in area.provinces:
        points = _PROVINCE_MIXED
    if not points and not unit.districts.isdisjoint(area.districts):
        points = _DISTRICT_OF_PARTS if unit.era is Era.NEW else _DISTRICT
        if area.old_provinces or area.provinces:
            # "Quảng Ninh" is a province first, and a district of another province as well.
            points /= 2
    if points:
        return points
    if not area.firm:
        return _AGAINST_LOOSE
    return _AGAINST_TYPED if area.typed else _AGAINST_UNTYPED


def _near(unit: Unit, areas: Sequence[Around]) -> float:
    """Weigh districts and provinces named elsewhere: the best one for each level counts."""
    district = province = 0.0
    for area in areas:
        if not unit.districts.isdisjoint(area.districts):
            district = max(district, _NEAR_DISTRICT if area.typed else _NEAR_UNTYPED)
        elif agrees(unit, area):
            province = max(province, _NEAR_PROVINCE if area.typed else _NEAR_UNTYPED)
    return district + province


def _at_home(unit: Unit, home: HomeArea) -> float:
    if not home.communes.isdisjoint(unit.targets):
        return _HOME_COMMUNE
    return _HOME_PROVINCE if unit.province in home.provinces else 0.0


def _shows_marks(scan: Scan, mention: Mention) -> bool:
    """Say whether the writer uses marks, so that missing ones mean something."""
    if scan.accented:
        return True
    return any(w.plain != w.spelt for w in scan.words[mention.first : mention.end])
