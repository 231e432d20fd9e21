"""What is found in a message: communes, districts and provinces, with the words they stand in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from nlp import cues
from nlp.names import Area, Names, Unit
from nlp.spelling import STOPS, Agreement, Word, agree

# Bounds on hostile messages; a citizen's message names a handful of places.
MOST_MENTIONS = 24
_MOST_AREAS = 48


class Reading(NamedTuple):
    """One way to read a commune name: the words up to `end` are this unit."""

    end: int
    unit: Unit
    marks: Agreement


@dataclass(slots=True)
class Mention:
    """A commune named at `first`; `name` is the first word after the type word."""

    first: int
    name: int
    kind: str
    readings: list[Reading]
    lead: cues.Lead | None = None
    role: cues.Role = cues.Role.SCENE
    end: int = field(init=False)
    """Where the longest reading ends."""

    def __post_init__(self) -> None:
        """Work out the end once; it is asked for at every step."""
        self.end = max([r.end for r in self.readings], default=self.name)


class Around(NamedTuple):
    """A district or province named in the text; one name may stand for both."""

    first: int
    end: int
    typed: bool
    firm: bool
    """Spelt so that it can hardly be anything else than a place name."""
    districts: frozenset[str]
    old_provinces: frozenset[str]
    provinces: frozenset[str]


@dataclass(slots=True)
class Scan:
    """Everything found in one message."""

    words: list[Word]
    accented: bool
    """The writer uses marks, so that missing ones mean something."""
    cased: bool
    """The writer uses capitals, so that missing ones mean something."""
    typed: list[Mention] = field(default_factory=list)
    untyped: list[Mention] = field(default_factory=list)
    areas: list[Around] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Say whether no more districts and provinces are taken in."""
        return len(self.areas) >= _MOST_AREAS


def spans(names: Names, text: Sequence[Word], first: int) -> list[tuple[int, str]]:
    """List the known names that begin at a word: where each ends and its key, longest first."""
    found: list[tuple[int, str]] = []
    key, end = text[first].plain, first + 1
    while (named := names.beginnings.get(key)) is not None:
        if named:
            found.append((end, key))
        if end == len(text) or text[end].joint in STOPS:
            break
        key, end = f"{key} {text[end].plain}", end + 1
    return found[::-1]


def marks(written: Sequence[Word], known: Sequence[str]) -> Agreement:
    """Compare the marks of a written name with those of a known one: the worst word counts."""
    worst = Agreement.EXACT
    for word, its in zip(written, known, strict=True):
        if word.spelt != its:
            worst = min(worst, agree(word.spelt, its))
    return worst


def readings(
    text: Sequence[Word], first: int, end: int, units: Sequence[Unit]
) -> Iterator[Reading]:
    """Read words as each of the units that are called so."""
    written = text[first:end]
    known: dict[tuple[str, ...], Agreement] = {}  # dozens of units are spelt alike
    for unit in units:
        if unit.spelt not in known:
            known[unit.spelt] = marks(written, unit.spelt)
        yield Reading(end, unit, known[unit.spelt])


def fits(text: Sequence[Word], name: int, end: int, area: Area) -> bool:
    """Say whether the marks of the words allow this district or province."""
    return marks(text[name:end], area.spelt) is not Agreement.DIFFERENT


def add_area(
    result: Scan, span: tuple[int, int], areas: Sequence[Area], *, typed: bool, firm: bool
) -> None:
    """Put a district or province, or all those of one name, among what was found."""
    if result.full:
        return
    first, *others = areas
    districts = first.districts.union(*(a.districts for a in others))
    then = first.old_provinces.union(*(a.old_provinces for a in others))
    now = first.provinces.union(*(a.provinces for a in others))
    result.areas.append(Around(*span, typed, firm, districts, then, now))


def all_capital(span: Sequence[Word]) -> bool:
    """Say whether every word of a name begins with a capital (or is a number)."""
    return all(w.capital for w in span)
