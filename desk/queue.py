"""The officers' queue: see what waits, take it, answer it, pass it on, close it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from desk import audit, clocks, envelope, guard, officers, opening, photos, reroutes, stations
from desk.desk import Desk
from desk.errors import (
    AboutThemError,
    AlreadyClaimedError,
    ClosedError,
    NotReceivingError,
    SameStationError,
    StationNotOpenError,
)
from desk.officers import Signed
from desk.opening import REPLY_LIMIT as REPLY_LIMIT  # noqa: PLC0414 # part of what a page must know
from storage import alerts, queue, tips
from storage.models import AuditEntry, Tip
from storage.queue import Listed, Look
from storage.tips import OPEN_STATES

PAGE = 50  # rows; a commune has dozens

# Tab → states, in the order of the tabs. `late` and `spam` also look at the clock and at suspicion.
TABS = {
    "new": ("new",),
    "taken": ("taken", "answered"),
    "waiting": ("waiting",),
    "late": OPEN_STATES,
    "closed": ("closed",),
    "spam": ("new",),
}
DISPOSITIONS = ("handled", "handed_over", "not_enough", "twin", "spam")


@dataclass(frozen=True, slots=True)
class Narrow:
    """What of a tab an officer wants to see. `days`: received in so many days, today included."""

    category: str | None = None
    station: str | None = None
    days: int | None = None
    remind: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue: no free text."""

    tip: Listed
    claimed_by: str | None
    late: bool


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
    photos: Mapping[str, bytes]  # id → its small copy, as JPEG

    @property
    def report(self) -> dict[str, Any]:
        """What the citizen sent first, with the machine's suggestions beside it."""
        return self.lines[0].content


def waiting(
    desk: Desk, tab: str, narrow: Narrow | None = None, after: UUID | None = None
) -> list[Row]:
    """At most `PAGE` rows of a tab: urgent first, then by clock, then the oldest.

    Args: after: the last row of the page before.
    """
    narrow = narrow or Narrow()
    look = look_of(desk, TABS[tab], narrow, tab)
    if narrow.remind and tab != "closed":  # whatever has become of it since: counted as one list
        look = look_of(desk, OPEN_STATES, narrow)
    return rows(desk, queue.page(desk.session, look, after, PAGE))


def counts(desk: Desk) -> dict[str, int]:
    """Tab → how many tips; `remind`: how many an officer wants to be reminded of by today."""
    found = queue.counts(desk.session, desk.at, desk.today)
    return {name: getattr(found, name) for name in (*TABS, "remind")}


def look_of(desk: Desk, states: tuple[str, ...], narrow: Narrow, tab: str = "") -> Look:
    """What to list, as the rows are asked for."""
    began = None
    if narrow.days:
        midnight = desk.at.astimezone(clocks.VIETNAM).replace(hour=0, minute=0, second=0)
        began = midnight.replace(microsecond=0) - timedelta(days=narrow.days - 1)
    return Look(
        states=states,
        suspect={"new": False, "spam": True}.get(tab),
        due_until=desk.at if tab == "late" else None,
        category=narrow.category,
        station=narrow.station,
        since=began,
        remind_until=desk.today if narrow.remind else None,
    )


def rows(desk: Desk, found: list[Listed]) -> list[Row]:
    """Tips as lines of a list."""
    names = officers.names(desk, {tip.claimed_by for tip in found if tip.claimed_by})
    return [Row(tip, names.get(tip.claimed_by), is_late(desk, tip)) for tip in found]


def is_late(desk: Desk, tip: Listed | Tip) -> bool:
    """Whether a clock of the tip has run out."""
    return tip.state != "closed" and tip.due_at <= desk.at


def open_tip(desk: Desk, signed: Signed, tip_id: UUID) -> Opened:
    """Break the seal of a tip. Every opening is in the audit log.

    Raises:
        NoSuchTipError: not in a queue of this officer.
    """
    tip = opening.find(desk, tip_id)
    key = opening.content_key(desk, signed, tip)
    if tip.claimed_by == signed.id:  # it may have rung again: an addition told of danger
        alerts.done(desk.session, tip_id)
    opening.record(desk, signed, tip, "tip.opened")
    lines = tuple(
        Line(
            entry.no,
            entry.kind,
            entry.at_hour,
            opening.name(desk, entry.officer_id),
            envelope.unseal(key, tip_id, entry.no, entry.kind, entry.sealed),
        )
        for entry in tips.entries(desk.session, tip_id)
    )
    deeds = tuple(audit.of_tip(desk, tip_id))
    small = photos.small(desk, tip_id, key, (line.content for line in lines))
    return Opened(tip, opening.name(desk, tip.claimed_by), lines, deeds, small)


def claim(desk: Desk, signed: Signed, tip_id: UUID) -> None:
    """Take a tip. Taking it twice is taking it once.

    Raises:
        AlreadyClaimedError: another officer was faster.
    """
    tip = opening.find(desk, tip_id)
    if tip.claimed_by == signed.id:
        return
    if tip.state == "closed":
        raise ClosedError
    if not tips.claim(desk.session, tip_id, signed.id):
        holder = opening.find(desk, tip_id).claimed_by
        if holder == signed.id:
            return
        raise AlreadyClaimedError(name=opening.name(desk, holder) or "Một cán bộ khác")
    start_handling(desk, tip)
    opening.record(desk, signed, tip, "tip.claimed")


def ask(desk: Desk, signed: Signed, tip_id: UUID, text: str) -> None:
    """Ask the sender something; it waits until they come back with the receipt.

    Raises:
        NotYoursError: take the tip first.
        AsksWhoError, HasLinkError: what would give the sender away is not sent.
    """
    tip = opening.mine(desk, signed, tip_id)
    guard.check_reply(text)
    opening.append(desk, signed, tip, "question", {"text": opening.checked(text)})
    tips.set_state(desk.session, tip_id, "waiting")
    opening.record(desk, signed, tip, "tip.asked")


def note(desk: Desk, signed: Signed, tip_id: UUID, text: str) -> None:
    """Write something down for colleagues; the sender never sees it."""
    tip = opening.find(desk, tip_id)
    opening.append(desk, signed, tip, "note", {"text": opening.checked(text)})
    opening.record(desk, signed, tip, "tip.noted")


def transfer(desk: Desk, signed: Signed, tip_id: UUID, to: str, reason: str) -> str:
    """Hand a tip to another station; returns the name of the one that now holds it.

    The content key is wrapped anew for the new holders and taken from the old ones. A station that
    is not active yet is stood in for by its province.

    Raises:
        SameStationError: it is there already.
        StationNotOpenError: nobody there could open it.
        AboutThemError: the tip is about that station's own people.
    """
    tip = opening.mine(desk, signed, tip_id)
    alerts.hold(desk.session, [tip_id])
    try:
        goal = stations.destination(desk, to)
    except NotReceivingError:
        named = stations.find(desk, to)
        raise StationNotOpenError(name=named.name if named else to) from None
    if goal.station.code == tip.station_code:
        raise SameStationError
    report = opening.report(desk, signed, tip)
    if report.get("about_station") and report.get("place") == goal.station.code:
        raise AboutThemError(name=goal.station.name)
    content = {"text": opening.checked(reason), "from": tip.station_code, "to": goal.station.code}
    opening.append(desk, signed, tip, "transfer", content)
    _rewrap(desk, signed, tip, goal)
    # Written before the row leaves this officer's sight.
    opening.record(desk, signed, tip, "tip.transferred", f"{tip.station_code}>{goal.station.code}")
    reroutes.record(desk, report, tip.station_code, goal.station.code)
    tips.move(desk.session, tip_id, _move(desk, tip, goal))
    return goal.station.name


def close(desk: Desk, signed: Signed, tip_id: UUID, disposition: str, reason: str) -> None:
    """Close a tip with a word to the sender.

    Raises:
        ValueError: no such disposition; pages offer only `DISPOSITIONS`.
    """
    if disposition not in DISPOSITIONS:
        raise ValueError("unknown disposition")
    tip = opening.mine(desk, signed, tip_id)
    guard.check_reply(reason)
    alerts.hold(desk.session, [tip_id])
    opening.append(
        desk, signed, tip, "close", {"text": opening.checked(reason), "disposition": disposition}
    )
    tips.close(desk.session, tip_id, disposition, desk.today)
    opening.record(desk, signed, tip, "tip.closed", disposition)


def start_handling(desk: Desk, tip: Tip) -> None:
    """The officer's time begins; a clock the law started goes on."""
    if tip.formal_since is None:
        by = clocks.handle_by(desk.tools.times, tip.received_hour, desk.at, urgent=tip.urgent)
        tips.set_clock(desk.session, tip.id, "handle", by)


def start_waiting(desk: Desk, tip: Tip) -> None:
    """The tip waits to be taken, as if it had just come; a clock the law started goes on."""
    if tip.formal_since is None:
        by = clocks.take_by(desk.tools.times, desk.at, urgent=tip.urgent)
        tips.set_clock(desk.session, tip.id, "take", by)


def _move(desk: Desk, tip: Tip, goal: stations.Destination) -> tips.Move:
    """The new station gets the time of a new tip; a clock the law started goes on."""
    clock, due = "take", clocks.take_by(desk.tools.times, desk.at, urgent=tip.urgent)
    if tip.formal_since is not None:
        clock, due = tip.clock, tip.due_at
    return tips.Move(goal.station.code, goal.province.code, desk.at, clock, due)


def _rewrap(desk: Desk, signed: Signed, tip: Tip, goal: stations.Destination) -> None:
    key = opening.content_key(desk, signed, tip)
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
