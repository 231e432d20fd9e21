"""Rows of the audit log: a chain, so that a changed, removed or moved entry shows."""

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import insert, text
from sqlmodel import Session, col, select

from storage import vault
from storage.models import AuditEntry, Station

_LOCK = 7_465_617  # one writer at a time: the chain has one end
_START = bytes(32)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something worth remembering; `detail` holds the program's words, never a person's."""

    at: datetime
    action: str
    officer_id: UUID | None = None
    station_code: str | None = None
    tip_id: UUID | None = None
    detail: str = ""


def append(session: Session, deed: Deed) -> None:
    """Add a deed to the end of the chain."""
    session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    last = session.exec(select(AuditEntry).order_by(col(AuditEntry.no).desc()).limit(1)).first()
    entry = AuditEntry(
        no=last.no + 1 if last else 1,
        at=deed.at.astimezone(UTC),
        officer_id=deed.officer_id,
        station_code=deed.station_code,
        action=deed.action,
        tip_id=deed.tip_id,
        detail=deed.detail,
        previous=last.hash if last else _START,
        hash=b"",
    )
    session.execute(insert(AuditEntry).values({**entry.model_dump(), "hash": _hash(entry)}))


def of_tip(session: Session, tip_id: UUID) -> list[AuditEntry]:
    """What was done with a tip, oldest first."""
    query = select(AuditEntry).where(col(AuditEntry.tip_id) == tip_id)
    return list(session.exec(query.order_by(col(AuditEntry.no))))


def of_detail(session: Session, detail: str) -> list[AuditEntry]:
    """Entries that say exactly this, oldest first."""
    query = select(AuditEntry).where(col(AuditEntry.detail) == detail)
    return list(session.exec(query.order_by(col(AuditEntry.no))))


def page(
    session: Session,
    station: str,
    before: int | None,
    limit: int,
    *,
    under: bool,
) -> list[AuditEntry]:
    """The newest entries of a station, or of all stations of a province; `before` a number."""
    column = col(AuditEntry.station_code)
    of_province = select(Station.code).where(col(Station.province_code) == station)
    query = select(AuditEntry).where(column.in_(of_province) if under else column == station)
    if before is not None:
        query = query.where(col(AuditEntry.no) < before)
    return list(session.exec(query.order_by(col(AuditEntry.no).desc()).limit(limit)))


def verify(session: Session) -> tuple[int, int | None]:
    """Walk the chain: (entries that hold, number of the first that does not)."""
    expected_no, previous = 1, _START
    query = select(AuditEntry).order_by(col(AuditEntry.no))
    with closing(session.exec(query.execution_options(yield_per=1000))) as entries:
        for entry in entries:
            if entry.no != expected_no or entry.previous != previous or entry.hash != _hash(entry):
                return expected_no - 1, expected_no
            expected_no, previous = expected_no + 1, entry.hash
    return expected_no - 1, None


def _hash(entry: AuditEntry) -> bytes:
    parts = (
        entry.no,
        entry.at.astimezone(UTC).isoformat(),
        entry.officer_id,
        entry.station_code,
        entry.action,
        entry.tip_id,
        entry.detail,
    )
    words = [None if part is None else str(part) for part in parts]
    return vault.digest(entry.previous + repr(words).encode())
