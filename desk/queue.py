"""The officers' queue: see what waits, take it, answer it, pass it on, close it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from desk import audit, envelope, guard, officers, reroutes, stations
from desk.desk import Desk
from desk.errors import (
    AboutThemError,
    AlreadyClaimedError,
    ClosedError,
    EmptyTextError,
    NoSuchTipError,
    NotReceivingError,
    NotYoursError,
    SameStationError,
    StationNotOpenError,
    TooLongError,
)
from desk.officers import Signed
from storage import tips
from storage.models import AuditEntry, Tip, TipEntry

PAGE = 200  # rows; a commune has dozens
REPLY_LIMIT = 1000  # characters; fits one Zalo message (2,000) twice

# Tab → states, in the order of the tabs.
TABS = {
    "new": ("new",),
    "taken": ("taken", "answered"),
    "waiting": ("waiting",),
    "closed": ("closed",),
}
DISPOSITIONS = ("handled", "handed_over", "not_enough", "twin", "spam")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue: no free text."""

    tip: Tip
    claimed_by: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One opened line of a tip's timeline."""

    no: int
    kind: str
    at_hour: datetime
    author: str | None  # an officer's name; None: the citizen
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """A tip with its seal broken, for one page."""

    tip: Tip
    claimed_by: str | None
    lines: tuple[Line, ...]
    deeds: tuple[AuditEntry, ...]

    @property
    def report(self) -> dict[str, Any]:
        """What the citizen sent first, with the machine's suggestions beside it."""
        return self.lines[0].content


def waiting(desk: Desk, tab: str) -> list[Row]:
    """The rows of a tab this officer may see: urgent first, then oldest."""
    return [
        Row(tip, _name(desk, tip.claimed_by))
        for tip in tips.in_queue(desk.session, TABS[tab], PAGE)
    ]


def counts(desk: Desk) -> dict[str, int]:
    """Tab → how many tips."""
    by_state = tips.counts(desk.session)
    return {tab: sum(by_state.get(state, 0) for state in states) for tab, states in TABS.items()}


def open_tip(desk: Desk, signed: Signed, tip_id: UUID) -> Opened:
    """Break the seal of a tip. Every opening is in the audit log.

    Raises:
        NoSuchTipError: not in a queue of this officer.
    """
    tip = _find(desk, tip_id)
    key = _content_key(desk, signed, tip)
    audit.record(desk, "tip.opened", officer=signed.id, station=tip.station_code, tip=tip_id)
    lines = tuple(
        Line(
            entry.no,
            entry.kind,
            entry.at_hour,
            _name(desk, entry.officer_id),
            envelope.unseal(key, tip_id, entry.no, entry.kind, entry.sealed),
        )
        for entry in tips.entries(desk.session, tip_id)
    )
    deeds = tuple(audit.of_tip(desk, tip_id))
    return Opened(tip, _name(desk, tip.claimed_by), lines, deeds)


def claim(desk: Desk, signed: Signed, tip_id: UUID) -> None:
    """Take a tip. Taking it twice is taking it once.

    Raises:
        AlreadyClaimedError: another officer was faster.
    """
    tip = _find(desk, tip_id)
    if tip.claimed_by == signed.id:
        return
    if tip.state == "closed":
        raise ClosedError
    if not tips.claim(desk.session, tip_id, signed.id):
        holder = _find(desk, tip_id).claimed_by
        if holder == signed.id:
            return
        raise AlreadyClaimedError(name=_name(desk, holder) or "Một cán bộ khác")
    audit.record(desk, "tip.claimed", officer=signed.id, station=tip.station_code, tip=tip_id)


def ask(desk: Desk, signed: Signed, tip_id: UUID, text: str) -> None:
    """Ask the sender something; it waits until they come back with the receipt.

    Raises:
        NotYoursError: take the tip first.
        AsksWhoError, HasLinkError: what would give the sender away is not sent.
    """
    tip = _mine(desk, signed, tip_id)
    guard.check_reply(text)
    _append(desk, signed, tip, "question", {"text": _checked(text)})
    tips.set_state(desk.session, tip_id, "waiting")
    audit.record(desk, "tip.asked", officer=signed.id, station=tip.station_code, tip=tip_id)


def note(desk: Desk, signed: Signed, tip_id: UUID, text: str) -> None:
    """Write something down for colleagues; the sender never sees it."""
    tip = _find(desk, tip_id)
    _append(desk, signed, tip, "note", {"text": _checked(text)})
    audit.record(desk, "tip.noted", officer=signed.id, station=tip.station_code, tip=tip_id)


def transfer(desk: Desk, signed: Signed, tip_id: UUID, to: str, reason: str) -> str:
    """Hand a tip to another station; returns the name of the one that now holds it.

    The content key is wrapped anew for the new holders and taken from the old ones. A station that
    is not active yet is stood in for by its province.

    Raises:
        SameStationError: it is there already.
        StationNotOpenError: nobody there could open it.
        AboutThemError: the tip is about that station's own people.
    """
    tip = _mine(desk, signed, tip_id)
    try:
        goal = stations.destination(desk, to)
    except NotReceivingError:
        named = stations.find(desk, to)
        raise StationNotOpenError(name=named.name if named else to) from None
    if goal.station.code == tip.station_code:
        raise SameStationError
    report = _report(desk, signed, tip)
    if report.get("about_station") and report.get("place") == goal.station.code:
        raise AboutThemError(name=goal.station.name)
    content = {"text": _checked(reason), "from": tip.station_code, "to": goal.station.code}
    _append(desk, signed, tip, "transfer", content)
    _rewrap(desk, signed, tip, goal)
    # Written before the row leaves this officer's sight.
    audit.record(
        desk,
        "tip.transferred",
        officer=signed.id,
        station=tip.station_code,
        tip=tip_id,
        detail=f"{tip.station_code}>{goal.station.code}",
    )
    reroutes.record(desk, report, tip.station_code, goal.station.code)
    tips.move(desk.session, tip_id, goal.station.code, goal.province.code, desk.at)
    return goal.station.name


def close(desk: Desk, signed: Signed, tip_id: UUID, disposition: str, reason: str) -> None:
    """Close a tip with a word to the sender.

    Raises:
        ValueError: no such disposition; pages offer only `DISPOSITIONS`.
    """
    if disposition not in DISPOSITIONS:
        raise ValueError("unknown disposition")
    tip = _mine(desk, signed, tip_id)
    guard.check_reply(reason)
    _append(desk, signed, tip, "close", {"text": _checked(reason), "disposition": disposition})
    tips.close(desk.session, tip_id, disposition, desk.today)
    audit.record(
        desk,
        "tip.closed",
        officer=signed.id,
        station=tip.station_code,
        tip=tip_id,
        detail=disposition,
    )


def _find(desk: Desk, tip_id: UUID) -> Tip:
    tip = tips.find(desk.session, tip_id)
    if tip is None:
        raise NoSuchTipError
    return tip


def _mine(desk: Desk, signed: Signed, tip_id: UUID) -> Tip:
    tip = _find(desk, tip_id)
    if tip.state == "closed":
        raise ClosedError
    if tip.claimed_by != signed.id:
        raise NotYoursError
    return tip


def _content_key(desk: Desk, signed: Signed, tip: Tip) -> bytes:
    """Open the envelope with the key of the officer's station."""
    wraps = tips.wraps_of(desk.session, tip.id)
    station = signed.officer.station_code
    private = officers.station_key(desk, signed, station)
    for holder in (envelope.station_holder(station), envelope.province_holder(station)):
        if holder in wraps:
            return envelope.unwrap(
                desk.tools.keyring, tip.month, tip.id, holder, wraps[holder], private
            )
    raise NoSuchTipError


def _report(desk: Desk, signed: Signed, tip: Tip) -> dict[str, Any]:
    """What the citizen sent first."""
    first = tips.entries(desk.session, tip.id)[0]
    key = _content_key(desk, signed, tip)
    return envelope.unseal(key, tip.id, first.no, first.kind, first.sealed)


def _rewrap(desk: Desk, signed: Signed, tip: Tip, goal: stations.Destination) -> None:
    key = _content_key(desk, signed, tip)
    held = tips.wraps_of(desk.session, tip.id)
    wanted: dict[str, bytes | None] = {
        envelope.province_holder(goal.province.code): goal.province.public_key
    }
    if goal.station.code != goal.province.code:
        wanted[envelope.station_holder(goal.station.code)] = goal.station.public_key
    new = {h: public for h, public in wanted.items() if h not in held and public is not None}
    if new:
        wraps = envelope.wrap(desk.tools.keyring, tip.month, tip.id, key, new)
        tips.add_wraps(desk.session, tip.id, wraps)
    tips.drop_wraps(desk.session, tip.id, held.keys() - wanted.keys() - {envelope.RECEIPT})


def _append(desk: Desk, signed: Signed, tip: Tip, kind: str, content: dict[str, Any]) -> None:
    key = _content_key(desk, signed, tip)
    no = tips.next_no(desk.session, tip.id)
    sealed = envelope.seal(key, tip.id, no, kind, content)
    entry = TipEntry(
        tip_id=tip.id, no=no, kind=kind, officer_id=signed.id, at_hour=desk.hour, sealed=sealed
    )
    tips.append(desk.session, entry)


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise EmptyTextError
    if len(text) > REPLY_LIMIT:
        raise TooLongError(limit=str(REPLY_LIMIT))
    return text


def _name(desk: Desk, officer_id: UUID | None) -> str | None:
    officer = officers.find(desk, officer_id) if officer_id else None
    return officer.name if officer else None
