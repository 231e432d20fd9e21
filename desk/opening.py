"""Tips as an officer's key opens them: found, opened, and a sealed line added."""

from typing import Any
from uuid import UUID

from desk import audit, envelope, officers
from desk.desk import Desk
from desk.errors import ClosedError, EmptyTextError, NoSuchTipError, NotYoursError, TooLongError
from desk.officers import Signed
from storage import tips
from storage.models import Tip, TipEntry
from storage.queue import Listed

REPLY_LIMIT = 1000  # characters; fits one Zalo message (2,000) twice


def find(desk: Desk, tip_id: UUID) -> Tip:
    """The tip's row.

    Raises:
        NoSuchTipError: not in a queue of this officer.
    """
    tip = tips.find(desk.session, tip_id)
    if tip is None:
        raise NoSuchTipError
    return tip


def still_open(desk: Desk, tip_id: UUID) -> Tip:
    """The tip's row, while there is still something to do; raises `ClosedError`."""
    tip = find(desk, tip_id)
    if tip.state == "closed":
        raise ClosedError
    return tip


def mine(desk: Desk, signed: Signed, tip_id: UUID) -> Tip:
    """The tip's row, if this officer has taken it; raises `NotYoursError`."""
    tip = still_open(desk, tip_id)
    if tip.claimed_by != signed.id:
        raise NotYoursError
    return tip


def content_key(desk: Desk, signed: Signed, tip: Tip) -> bytes:
    """Open the envelope with the key of the officer's station."""
    station = signed.officer.station_code
    return with_key(desk, tip, station, officers.station_key(desk, signed, station))


def with_key(desk: Desk, tip: Listed | Tip, station: str, private: bytes) -> bytes:
    """As `content_key`, with the station's private key at hand.

    Raises:
        NoSuchTipError: the tip is not wrapped to that station.
    """
    wraps = tips.wraps_of(desk.session, tip.id)
    for holder in (envelope.station_holder(station), envelope.province_holder(station)):
        if holder in wraps:
            return envelope.unwrap(
                desk.tools.keyring, tip.month, tip.id, holder, wraps[holder], private
            )
    raise NoSuchTipError


def lines_from_outside(desk: Desk, tip_id: UUID) -> int:
    """How many lines of the timeline no officer wrote."""
    return tips.lines_from_outside(desk.session, tip_id)


def report(desk: Desk, signed: Signed, tip: Tip) -> dict[str, Any]:
    """What the citizen sent first."""
    first = tips.entries(desk.session, tip.id)[0]
    key = content_key(desk, signed, tip)
    return envelope.unseal(key, tip.id, first.no, first.kind, first.sealed)


def append(desk: Desk, signed: Signed, tip: Tip, kind: str, content: dict[str, Any]) -> None:
    """Add a line to the timeline, sealed."""
    key = content_key(desk, signed, tip)
    no = tips.next_no(desk.session, tip.id)
    sealed = envelope.seal(key, tip.id, no, kind, content)
    entry = TipEntry(
        tip_id=tip.id, no=no, kind=kind, officer_id=signed.id, at_hour=desk.hour, sealed=sealed
    )
    tips.append(desk.session, entry)


def record(desk: Desk, signed: Signed, tip: Tip, action: str, detail: str = "") -> None:
    """Add a deed of this officer with this tip to the audit log."""
    station = tip.station_code
    audit.record(desk, action, officer=signed.id, station=station, tip=tip.id, detail=detail)


def checked(text: str) -> str:
    """What an officer wrote, if it can be kept.

    Raises:
        EmptyTextError, TooLongError.
    """
    text = text.strip()
    if not text:
        raise EmptyTextError
    if len(text) > REPLY_LIMIT:
        raise TooLongError(limit=str(REPLY_LIMIT))
    return text


def name(desk: Desk, officer_id: UUID | None) -> str | None:
    """Who that is, as colleagues call them."""
    officer = officers.find(desk, officer_id) if officer_id else None
    return officer.name if officer else None
