"""Which commune a message is about: route to it, ask between a few, or say that none is named.

A wrong route is worse than a question, so nothing is ever chosen by default: where several
communes fit equally well, all of them are asked about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from nlp.bare import Bare, find_bare, opens_with
from nlp.cues import LANDMARKS, Role, names_a_region, speaks_of_here
from nlp.findings import Finding, Findings
from nlp.fitting import HomeArea
from nlp.gazetteer import Commune, Gazetteer, Province
from nlp.inside import find_inside
from nlp.mentions import Around, Scan
from nlp.misspoken import corrects, is_corrected
from nlp.scan import scan
from nlp.slips import Slips

__all__ = ["Commune", "Gazetteer", "Home", "Place", "Province", "Router"]

MAX_CHARS = 4096
MOST_CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class Home:
    """Where the deployment or the subscriber is. It tilts a choice and never overrides a name."""

    province: str | None = None
    communes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """What became of a message: its commune, a question, or nothing."""

    decision: Literal["route", "ask", "none"]
    code: str | None
    candidates: tuple[str, ...]
    """What to offer as buttons when asking; empty when more than six fit."""
    reason: str
    evidence: tuple[int, int] | None
    """Where the place stands in the text that was given."""


class Router:
    """Reads the place out of a message. Pure; may be shared by threads."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._slips = Slips(gazetteer.names)
        self._findings = Findings(gazetteer.names)

    def locate(self, text: str, home: Home | None = None) -> Place:
        """Decide which commune a message is about.

        Args: text: as typed; characters after the first 4,096 are not read.
        """
        found = scan(self._gazetteer.names, text[:MAX_CHARS])
        self._slips.mend(found)
        area = self._home_area(home)
        typed = _corrected(found, self._findings.typed(found, area))
        findings = _that_matter(typed)
        if not any(f.mention.role is Role.SCENE for f in findings):
            untyped = _corrected(found, self._findings.untyped(found, area))
            findings = _that_matter([*findings, *untyped])
        elif is_corrected(found.words, typed[-1].end, accented=found.accented):
            meant = _meant_instead(found, typed[-1], self._findings.untyped(found, area))
            findings = _that_matter([*typed[:-1], *meant]) if meant else findings
        if findings:
            return _decided(found, findings)
        inside = find_inside(self._gazetteer.names, found)
        return _of_bare(found, inside) if inside else self._without_commune(found, area)

    def _home_area(self, home: Home | None) -> HomeArea:
        if home is None:
            return HomeArea()
        communes = [c for code in home.communes if (c := self._gazetteer.commune(code))]
        provinces = {c.province_code for c in communes}
        if home.province in self._gazetteer.provinces:
            provinces.add(str(home.province))
        return HomeArea(frozenset(c.code for c in communes), frozenset(provinces))

    def _without_commune(self, found: Scan, home: HomeArea) -> Place:
        """Make what can be made of districts, provinces and "my hamlet"."""
        named = [a for a in found.areas if a.typed or a.firm or opens_with(found, a)]
        bare = find_bare(self._gazetteer.names, found, home)
        if bare and not any(a.typed for a in named):
            return _of_bare(found, bare)
        districts = [a for a in named if a.districts and not (a.provinces or a.old_provinces)]
        if districts:
            return self._of_districts(found, districts, named)
        if named or names_a_region(found.words, accented=found.accented):
            span = _span(found, named[0].first, named[0].end) if named else None
            return _ask((), "province_only", span)
        if home.communes and speaks_of_here(found.words, accented=found.accented):
            if len(home.communes) == 1:
                return Place("route", min(home.communes), (), "home", None)
            return _ask(tuple(sorted(home.communes)), "home", None)
        return Place("none", None, (), "no_place", None)

    def _of_districts(self, found: Scan, districts: list[Around], named: list[Around]) -> Place:
        names = self._gazetteer.names
        provinces = [a for a in named if a.provinces or a.old_provinces]
        codes: set[str] = set()
        for area in districts:
            for district in area.districts:
                lies_in = names.old_province[district], names.province[district]
                if all(
                    lies_in[0] in p.old_provinces or lies_in[1] in p.provinces for p in provinces
                ):
                    codes.update(names.successors[district])
        span = _span(found, districts[0].first, districts[0].end)
        if len(codes) == 1 and districts[0].typed:
            return Place("route", min(codes), (), "island", span)
        return _ask(tuple(sorted(codes)), "district_only", span)


def _of_bare(found: Scan, bare: Bare) -> Place:
    span = _span(found, bare.first, bare.end)
    if bare.sure:
        return Place("route", min(bare.codes), (), "untyped", span)
    return _ask(tuple(sorted(bare.codes)), "untyped", span)


def _that_matter(findings: Sequence[Finding]) -> list[Finding]:
    """Drop what is denied; prefer the scene to a home, and a home to where somebody came from."""
    for role in (Role.SCENE, Role.HOME, Role.ORIGIN):
        chosen = [f for f in findings if f.mention.role is role]
        if chosen:
            return chosen
    return []


def _corrected(found: Scan, findings: Sequence[Finding]) -> list[Finding]:
    """Drop what was said by mistake: "phường 7... à quên, phường 8"."""
    return [
        one
        for one, behind in zip_longest(findings, findings[1:])
        if behind is None
        or not corrects(found.words, one.end, behind.mention.first, accented=found.accented)
    ]


def _meant_instead(found: Scan, said: Finding, untyped: Sequence[Finding]) -> list[Finding]:
    """Bare names that correct the last one: "xã Bình Châu, í lộn, Tân An, Long An".

    A landmark does not: "… à quên, gần chợ Long Hòa" only adds something.
    """
    return [
        one
        for one in untyped
        if one.sure
        and one.mention.lead not in LANDMARKS
        and corrects(found.words, said.end, one.mention.first, accented=found.accented)
    ]


def _decided(found: Scan, findings: Sequence[Finding]) -> Place:
    first = findings[0]
    span = _span(found, first.mention.first, first.end)
    sure = sorted({f.codes[0] for f in findings if f.sure})
    others = [set(f.codes) for f in findings if not f.sure]
    # A way of two names, all of it in one commune; one name twice is no way.
    within_one = len({_name(found, f) for f in findings}) > 1 and len(sure) == 1 and not others
    if first.mention.role is Role.ORIGIN and not within_one:
        return _ask(tuple(sorted({c for f in findings for c in f.codes})), "origin", span)
    joined = [f for f in findings if f.mention.kind and f.mention.first == f.mention.name]
    if len(sure) == 1 and all(sure[0] in codes for codes in others) and all(f.sure for f in joined):
        told = next(f for f in findings if f.sure)
        span = _span(found, told.mention.first, told.end)
        return Place("route", sure[0], (), told.reason, span)
    common = set(first.codes).intersection(*(f.codes for f in findings))
    one_name = len({_name(found, f) for f in findings}) == 1
    if common and one_name and not sure:
        return _ask(tuple(sorted(common)), first.reason, span)
    every = sorted(set(sure).union(*others))
    if len(every) > MOST_CANDIDATES and sure:
        every = sure
    return _ask(tuple(every), "several_places", span)


def _name(found: Scan, finding: Finding) -> tuple[str, ...]:
    return tuple(w.plain for w in found.words[finding.mention.name : finding.end])


def _ask(codes: tuple[str, ...], reason: str, span: tuple[int, int] | None) -> Place:
    return Place("ask", None, codes if len(codes) <= MOST_CANDIDATES else (), reason, span)


def _span(found: Scan, first: int, end: int) -> tuple[int, int]:
    return found.words[first].start, found.words[end - 1].end
