"""Rows of the audit log: a chain, so that a changed, removed or moved entry shows.

Each entry carries a keyed hash of itself and of the one before it: whoever can write into the
database, and has not the key, can make no chain that holds. Entries taken off the end show against
an end that somebody noted (`Head`).
"""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Cast, Text, cast, insert, text
from sqlalchemy.orm import Mapped
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


class Entry(NamedTuple):
    """A row of the chain. A tuple: a chain of a year is walked in seconds."""

    no: int
    at: datetime
    officer_id: UUID | str | None
    station_code: str | None
    action: str
    tip_id: UUID | str | None
    detail: str
    previous: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """An end of the chain: the number of its last entry, and that one's hash."""

    no: int
    hash: bytes

    def __str__(self) -> str:
        """As people note it."""
        return f"{self.no}:{self.hash.hex()}"


_LAST = select(AuditEntry.no, AuditEntry.hash).order_by(col(AuditEntry.no).desc()).limit(1)


def append(session: Session, key: bytes, deed: Deed) -> None:
    """Add a deed to the end of the chain. Args: key: 32 bytes that no database holds."""
    session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    last = session.execute(_LAST).first()
    no, previous = (last.no + 1, last.hash) if last else (1, _START)
    values = {**asdict(deed), "no": no, "at": deed.at.astimezone(UTC), "previous": previous}
    entry = Entry._make((*(values[name] for name in Entry._fields[:-1]), b""))
    session.execute(insert(AuditEntry).values({**values, "hash": link(key, entry)}))


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


def head(session: Session) -> Head:
    """The end of the chain, to be remembered elsewhere."""
    last = session.execute(_LAST).first()
    return Head(last.no, last.hash) if last else Head(0, _START)


def verify(session: Session, key: bytes, known: Head | None = None) -> tuple[int, int | None]:
    """Walk the chain: (entries that hold, number of the first that does not).

    Args:
        session: of whoever may read all of it.
        key: as `append` was given.
        known: an earlier end of the chain; if the chain does not hold it any more, entries were
            taken off the end, and its number counts as the first that does not hold.
    """
    columns = [_plain(name) for name in Entry._fields]
    query = select(*columns).order_by(col(AuditEntry.no))
    rows = session.execute(query.execution_options(yield_per=5000))
    with closing(rows) as entries:
        return walk(key, map(Entry._make, entries), known)


def _plain(name: str) -> Mapped[object] | Cast[object]:
    """A column; ids as words, which cost a third of what ids cost."""
    column = col(getattr(AuditEntry, name))
    return cast(column, Text) if name in ("officer_id", "tip_id") else column


def walk(key: bytes, entries: Iterable[Entry], known: Head | None = None) -> tuple[int, int | None]:
    """What `verify` says, of entries in the order of their numbers."""
    no, previous = 0, _START
    for entry in entries:
        no += 1
        if entry.no != no or entry.previous != previous or entry.hash != link(key, entry):
            return no - 1, no
        if known is not None and known.no == no and known.hash != entry.hash:
            return no - 1, no
        previous = entry.hash
    if known is not None and known.no > no:
        return no, no + 1
    return no, None


def link(key: bytes, entry: Entry) -> bytes:
    """The hash of an entry and, through the one before it, of all before it."""
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
    return vault.mac(key, entry.previous + repr(words).encode())
