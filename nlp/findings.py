"""What each named commune comes to: one commune for sure, or several to ask about."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from nlp.bare import is_rare
from nlp.cues import LANDMARKS, Lead, Role, chooses, equates, opens
from nlp.fitting import Fit, HomeArea, Surroundings, agrees, around, best
from nlp.mentions import Around, Mention, Scan, all_capital
from nlp.misspelt import Misspelt
from nlp.names import SURNAMES, Era, Names
from nlp.spelling import Agreement, name_words

_MOST_GUESSES = 3
_MOST_TO_OFFER = 6
_FEW_WORDS = 5
_WORDS_OF_A_NAME = (2, 3, 4)
# A name with another type word or other marks must at least agree with a province.
_ENOUGH = 1.0
# A district that stands in one address with it.
_DISTRICT = 8.0
# A district with its type word stands in the message and agrees.
_IN_DISTRICT = 4.0
_OF_HEROES = frozenset(name_words("Nguyễn Trần Lê Ngô Quang Kim")[1])  # Lê Lợi, Quang Trung
# The one type word that nothing was called before 2025.
_ONLY_NEW = "đặc khu"
# What such a landmark is called after may lie far away, but hardly in the same province.
_NEAR_HOME = frozenset({Lead.LOCAL, Lead.CROSSING})
_REASONS = {Era.NEW: "new", Era.OLD: "old", Era.OLDER: "older"}


class Finding(NamedTuple):
    """One named commune, judged."""

    mention: Mention
    codes: tuple[str, ...]
    sure: bool
    """There is one code, and it may be routed to."""
    reason: str
    end: int
    weak: bool = False
    """A landmark called like the one commune near home: sure if nothing else is."""


class Findings:
    """Judges the mentions of a message."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._misspelt = Misspelt(names)

    def typed(self, found: Scan, home: HomeArea) -> list[Finding]:
        """Judge the communes named with a type word."""
        findings = []
        guesses = _MOST_GUESSES
        for mention in found.typed:
            fit = best(found, mention, home) if mention.readings else None
            finding = _judged(self._names, found, mention, fit, home) if fit else None
            if guesses and (fit is None or ((fit.flawed or fit.against) and not _sure(finding))):
                guesses -= 1
                finding = self._guessed(found, mention, home, fit) or finding
            if finding is not None:
                findings.append(finding)
        return _equated(found, findings)

    def untyped(self, found: Scan, home: HomeArea) -> list[Finding]:
        """Judge bare names: sure only inside an address, or said of a place near home."""
        fitting = [(m, fit) for m in found.untyped if (fit := best(found, m, home))]
        findings = []
        for mention, fit in fitting:
            if _overlaid(mention, fit, fitting) or self._is_area(found, mention, fit):
                continue
            finding = _judged_untyped(self._names, found, mention, fit, home)
            if finding is not None:
                findings.append(finding)
        sure = [f for f in findings if f.sure]
        sure = [f for f in sure if not f.weak] or sure
        return _either(found, sure, fitting) or findings or self._opening(found, home)

    def _opening(self, found: Scan, home: HomeArea) -> list[Finding]:
        """Read what a message begins with as a misspelt commune of the district behind it."""
        area = min(found.areas, key=lambda a: (a.first, -a.end), default=None)
        if area is None or area.first not in _WORDS_OF_A_NAME or found.typed:
            return []
        if any(w.joint == "." for w in found.words[1 : area.first + 1]):
            return []
        mention = Mention(0, 0, "", [])
        surroundings = around(found, 0, area.first)
        guess = self._misspelt.guess(found, mention, surroundings, home, until=area.first)
        if guess is None:
            return []
        codes = tuple(sorted(frozenset().union(*(u.leads_to for u in guess.units))))
        in_district = any(a.districts for a in surroundings.own)
        if len(codes) > _MOST_TO_OFFER:
            return []
        return [Finding(mention, codes, len(codes) == 1 and in_district, "misspelt", guess.end)]

    def _is_area(self, found: Scan, mention: Mention, fit: Fit) -> bool:
        """Say whether a name is rather the district's or province's that is called the same.

        "Ninh Giang" alone may be either; "Ninh Giang, Hoa Lư" can only be the commune there.
        """
        same = [a for a in found.areas if a.first <= mention.first and a.end >= fit.end]
        behind = [a for a in around(found, mention.first, fit.end).own if a.first >= fit.end]
        if not same or not any(agrees(u, area) for u in fit.units for area in behind):
            return bool(same)
        return any(self._lies_in(d, behind) for a in same for d in a.districts)

    def _lies_in(self, district: str, provinces: Sequence[Around]) -> bool:
        then, now = self._names.old_province.get(district), self._names.province.get(district)
        return any(then in p.old_provinces or now in p.provinces for p in provinces)

    def _guessed(
        self, found: Scan, mention: Mention, home: HomeArea, fit: Fit | None
    ) -> Finding | None:
        surroundings = around(found, mention.first, mention.name, loose=True)
        behind = range(mention.name, mention.name + _FEW_WORDS + 1)
        address = any(a.first in behind for a in (*surroundings.own, *surroundings.near))
        capital = found.words[mention.name].capital
        if not (found.accented or capital or address):
            # Among bare letters "mat xa bay trieu" is no commune for a town named elsewhere.
            return None
        guess = self._misspelt.guess(found, mention, surroundings, home)
        if guess is None:
            return None
        codes = tuple(sorted(frozenset().union(*(u.leads_to for u in guess.units))))
        # A name that exists elsewhere is not misspelt: its address is wrong, so ask.
        sure = len(codes) == 1 and _in_text(surroundings) and (fit is None or fit.flawed)
        reason = "misspelt" if fit is None or fit.flawed else "conflict"
        return Finding(mention, codes, sure, reason, guess.end)


def _overlaid(mention: Mention, fit: Fit, others: Sequence[tuple[Mention, Fit]]) -> bool:
    """Say whether another name stands there that fits better: "[Liên Nghĩa] Đức Trọng"."""
    return any(
        mention.first < its.end and m.first < fit.end and its.score > fit.score
        for m, its in others
        if m is not mention
    )


def _either(
    found: Scan, sure: Sequence[Finding], fitting: Sequence[tuple[Mention, Fit]]
) -> list[Finding]:
    """Give what is sure, and beside it what is said to be as likely: "Hưng Lợi hay An Bình"."""
    others = [
        Finding(mention, fit.codes, sure=False, reason="several_places", end=fit.end)
        for mention, fit in fitting
        if len(fit.codes) <= _MOST_TO_OFFER
    ]
    for one in sure:
        for other in others:
            first, second = sorted((one, other), key=lambda f: f.mention.first)
            one_place = len({*first.codes, *second.codes}) == 1  # both are in it today
            if chooses(found.words, first.end, second.mention.first) and not one_place:
                return [first._replace(sure=False), second._replace(sure=False)]
    return list(sure)


def _equated(found: Scan, findings: list[Finding]) -> list[Finding]:
    """Where a name of then and one of now are told to be one place, take what both lead to."""
    for number, (one, other) in enumerate(pairwise(findings)):
        end = max((a.end for a in found.areas if a.first == one.end), default=one.end)
        if equates(found.words, end, other.mention.first):
            between = {w.plain for w in found.words[end : other.mention.first]}
            today = not between.isdisjoint({"nay", "gio"})
            both = tuple(sorted(_meant(one, now=not today).intersection(_meant(other, now=today))))
            if len(both) == 1 and not (one.sure and other.sure):
                findings[number] = one._replace(codes=both, sure=True, reason="renamed")
                findings[number + 1] = other._replace(codes=both, sure=True, reason="renamed")
    return findings


def _meant(finding: Finding, *, now: bool) -> frozenset[str]:
    """All that a finding's name may lead to; of a name in force today only what bears it."""
    if finding.sure:
        return frozenset(finding.codes)
    units = [
        r.unit
        for r in finding.mention.readings
        if r.marks is not Agreement.DIFFERENT and r.end == finding.end
    ]
    today = [u for u in units if u.era is Era.NEW and now]
    return frozenset().union(*(u.leads_to for u in today or units))


def _sure(finding: Finding | None) -> bool:
    return finding is not None and finding.sure


def _in_text(surroundings: Surroundings) -> bool:
    return bool(surroundings.own or surroundings.near)


def _judged(
    names: Names, found: Scan, mention: Mention, fit: Fit, home: HomeArea
) -> Finding | None:
    sure, reason, codes = False, "homonym", fit.codes
    capital = all_capital(found.words[mention.name : fit.end])
    abroad = bool(home.provinces) and fit.units[0].province not in home.provinces
    if fit.against:
        reason = "conflict"
    elif len(codes) > 1:
        reason = "split" if len({(u.name, u.districts) for u in fit.units}) == 1 else "homonym"
    elif fit.placed:
        sure = fit.score >= _ENOUGH
        reason = _reason(fit) if sure else "kind"
    elif fit.flawed and (fit.end == mention.name + 1 or not capital):
        # "xã với", "phường gọi": ordinary words after a type word.
        return None
    elif fit.flawed:
        reason = "kind"
    elif len(fit.namesakes) > 1 and mention.kind != _ONLY_NEW:
        codes = fit.namesakes
    elif abroad and any(a.typed or a.firm for a in found.areas):
        reason = "outside_home"
    elif found.cased and not capital and fit.units[0].plain in names.ordinary:
        # "tôi ở xã biên giới" is no name where names have capitals.
        reason = "untyped"
    else:
        sure, reason = True, _reason(fit)
    return Finding(mention, codes, sure, reason, fit.end)


def _judged_untyped(
    names: Names, found: Scan, mention: Mention, fit: Fit, home: HomeArea
) -> Finding | None:
    surroundings = around(found, mention.first, fit.end)
    if mention.lead is Lead.HAMLET:
        # A hamlet may bear the name of the commune beside its own, but not that of the only one.
        if fit.score < _DISTRICT or len(fit.namesakes) > 1 or not surroundings.own:
            return None
        return Finding(mention, fit.codes, sure=True, reason="untyped", end=fit.end)
    capital = all_capital(found.words[mention.first : fit.end]) and found.cased
    landmark = mention.lead in LANDMARKS
    marked = landmark and found.accented and not found.cased
    named = capital or marked or fit.score >= _IN_DISTRICT
    # "cầu Long Hòa, Cần Đước" may span two communes; a school or a market lies in its own.
    address = bool(surroundings.own) and not fit.against and mention.lead is not Lead.LANDMARK
    at = mention.lead is Lead.AT or mention.role is not Role.SCENE
    in_district = fit.score >= _IN_DISTRICT and bool(surroundings.near)
    at = at or (in_district and not landmark and opens(found.words, mention.first))
    sure = len(fit.codes) == 1 and fit.placed and (address or (at and named))
    told = mention.lead is Lead.COMMUNAL or (mention.lead in _NEAR_HOME and bool(home.provinces))
    sure = sure or (told and named and _only_one(fit, home, fit.namesakes))
    rare = named or is_rare(names, found, mention, fit.end, fit.units)
    weak = not sure and landmark and rare and bool(home.provinces)
    weak = weak and _only_one(fit, home, fit.codes)
    if not (sure or weak) and not (named and (landmark or mention.lead is Lead.AT)) and not address:
        return None
    if len(fit.codes) > _MOST_TO_OFFER or (address and not fit.placed):
        return None
    reason = "landmark" if landmark else "untyped"
    return Finding(mention, fit.codes, sure or weak, reason, fit.end, weak)


def _only_one(fit: Fit, home: HomeArea, codes: Sequence[str]) -> bool:
    """Say whether of these communes there is only one, and it lies where the writer may be.

    "Trường Nguyễn Trãi" is called after a person wherever it stands.
    """
    first, *others = fit.units[0].spelt
    if first in SURNAMES and (len(others) > 1 or first in _OF_HEROES):
        return False
    at_home = not home.provinces or fit.units[0].province in home.provinces
    return len(codes) == 1 and not fit.against and not fit.flawed and at_home


def _reason(fit: Fit) -> str:
    unit = fit.units[0]
    return "inhabitants" if unit.sole else _REASONS[unit.era]
