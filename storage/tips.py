"""Rows of tips, their wraps and their sealed entries. Every function takes the caller's session."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import case, delete, func, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, SQLModel, col, select

from storage.models import Alert, Tip, TipEntry, TipWrap

OPEN_STATES = ("new", "taken", "waiting", "answered")


# Built once: building them for every tip took longer than sealing it.
_PUT_TIP, _PUT_WRAP, _PUT_ENTRY, _PUT_ALERT = (
    SQLModel.metadata.tables[str(model.__tablename__)].insert()
    for model in (Tip, TipWrap, TipEntry, Alert)
)


def insert_new(
    session: Session, tip: Tip, wraps: Mapping[str, bytes], entry: TipEntry, alert_at: datetime
) -> None:
    """Store a tip with its wraps, first entry and alert. Plain inserts: intake cannot read."""
    session.execute(_PUT_TIP, tip.model_dump())
    add_wraps(session, tip.id, wraps)
    append(session, entry)
    session.execute(_PUT_ALERT, {"tip_id": tip.id, "step": 0, "due_at": alert_at})


def add_wraps(session: Session, tip_id: UUID, wraps: Mapping[str, bytes]) -> None:
    """Let these holders open the tip; `wraps` is holder → enclosed wrap."""
    rows = [{"tip_id": tip_id, "holder": h, "enclosed": e} for h, e in wraps.items()]
    session.execute(_PUT_WRAP, rows)


def drop_wraps(session: Session, tip_id: UUID, holders: Iterable[str]) -> None:
    """Take the tip's key away from these holders."""
    session.execute(
        delete(TipWrap).where(col(TipWrap.tip_id) == tip_id, col(TipWrap.holder).in_(holders))
    )


def wraps_of(session: Session, tip_id: UUID) -> dict[str, bytes]:
    """Holder → enclosed wrap."""
    rows = session.exec(select(TipWrap).where(col(TipWrap.tip_id) == tip_id))
    return {row.holder: row.enclosed for row in rows}


def find(session: Session, tip_id: UUID) -> Tip | None:
    """The tip as it is now, if this session may see it."""
    query = select(Tip).where(col(Tip.id) == tip_id)
    return session.exec(query.execution_options(populate_existing=True)).first()


def entries(session: Session, tip_id: UUID) -> list[TipEntry]:
    """The timeline, oldest first."""
    order = col(TipEntry.no)
    return list(
        session.exec(select(TipEntry).where(col(TipEntry.tip_id) == tip_id).order_by(order))
    )


def lines_from_outside(session: Session, tip_id: UUID) -> int:
    """How many lines of the timeline no officer wrote."""
    query = select(func.count()).where(
        col(TipEntry.tip_id) == tip_id, col(TipEntry.officer_id).is_(None)
    )
    return session.exec(query).one()


def enter(session: Session, tip_id: UUID) -> None:
    """Whoever stores a tip of this id next sees whether it is there: one at a time."""
    key = int.from_bytes(tip_id.bytes[:8], signed=True)
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def next_no(session: Session, tip_id: UUID) -> int:
    """The next entry's number; holds the tip until the transaction ends."""
    session.execute(text("SELECT 1 FROM tip WHERE id = :id FOR UPDATE"), {"id": tip_id})
    found = session.exec(select(func.max(TipEntry.no)).where(col(TipEntry.tip_id) == tip_id)).one()
    return (found or 0) + 1


def append(session: Session, entry: TipEntry) -> None:
    """Add one line to the timeline, numbered by `next_no`."""
    session.execute(_PUT_ENTRY, entry.model_dump())


def claim(session: Session, tip_id: UUID, officer_id: UUID) -> bool:
    """Take the tip unless somebody has it: False for the slower of two. Its clock: `set_clock`."""
    # The alert before the tip, in the order the sweep takes them, or the two could deadlock.
    session.execute(delete(Alert).where(col(Alert.tip_id) == tip_id))
    done = session.execute(
        update(Tip)
        .where(
            col(Tip.id) == tip_id, col(Tip.claimed_by).is_(None), col(Tip.state).in_(OPEN_STATES)
        )
        .values(claimed_by=officer_id, state="taken", suspect=False)
        .returning(col(Tip.id))
    )
    return done.first() is not None


def set_state(session: Session, tip_id: UUID, state: str) -> None:
    """Move the tip to another tab of the queue."""
    session.execute(update(Tip).where(col(Tip.id) == tip_id).values(state=state))


def set_clock(session: Session, tip_id: UUID, clock: str, due_at: datetime) -> None:
    """Another clock runs from now on."""
    session.execute(update(Tip).where(col(Tip.id) == tip_id).values(clock=clock, due_at=due_at))


def set_category(session: Session, tip_id: UUID, category: str) -> None:
    """Another category."""
    session.execute(update(Tip).where(col(Tip.id) == tip_id).values(category=category))


def set_urgent(session: Session, tip_id: UUID, *, urgent: bool) -> None:
    """Another urgency; what is urgent is no spam."""
    values: dict[str, bool] = {"urgent": urgent} | ({"suspect": False} if urgent else {})
    session.execute(update(Tip).where(col(Tip.id) == tip_id).values(**values))


def set_suspect(session: Session, tip_id: UUID, *, suspect: bool) -> None:
    """Into the tab of spam, or out of it."""
    session.execute(update(Tip).where(col(Tip.id) == tip_id).values(suspect=suspect))


def set_reminder(session: Session, tip_id: UUID, day: date | None) -> None:
    """The day to be reminded on; None: no longer."""
    session.execute(update(Tip).where(col(Tip.id) == tip_id).values(remind_on=day))


def set_formal(session: Session, tip_id: UUID, since: datetime, extended: int) -> None:
    """Since when it is a source of information about a crime, and how often prolonged."""
    values = {"formal_since": since, "extended": extended}
    session.execute(update(Tip).where(col(Tip.id) == tip_id).values(**values))


def give(session: Session, tip_id: UUID, officer_id: UUID) -> None:
    """The tip is this officer's now, whoever had it. A new one is taken by that."""
    session.execute(delete(Alert).where(col(Alert.tip_id) == tip_id))
    fresh = col(Tip.state) == "new"
    session.execute(
        update(Tip)
        .where(col(Tip.id) == tip_id)
        .values(claimed_by=officer_id, suspect=False, state=case((fresh, "taken"), else_=Tip.state))
    )


def held_by(session: Session, officer_id: UUID) -> list[Tip]:
    """Open tips an officer has taken, as far as this session may see them."""
    query = select(Tip).where(col(Tip.claimed_by) == officer_id, col(Tip.state) != "closed")
    return list(session.exec(query.execution_options(populate_existing=True)))


def open_at(session: Session, station: str) -> list[Tip]:
    """Open tips of a station, as far as this session may see them."""
    query = select(Tip).where(col(Tip.station_code) == station, col(Tip.state) != "closed")
    return list(session.exec(query))


def release(session: Session, tip_id: UUID, alert_at: datetime) -> None:
    """Nobody has the tip; officers are told again."""
    tell_again(session, tip_id, alert_at)
    session.execute(update(Tip).where(col(Tip.id) == tip_id).values(claimed_by=None, state="new"))


def tell_again(session: Session, tip_id: UUID, at: datetime) -> None:
    """Officers are to be told of the tip then, unless that is planned already."""
    put = insert(Alert).values(tip_id=tip_id, step=0, due_at=at)
    session.execute(put.on_conflict_do_nothing())


def close(session: Session, tip_id: UUID, disposition: str, day: date) -> None:
    """Close the tip; its clocks stop."""
    session.execute(
        update(Tip)
        .where(col(Tip.id) == tip_id)
        .values(state="closed", disposition=disposition, closed_on=day)
    )
    session.execute(delete(Alert).where(col(Alert.tip_id) == tip_id))


@dataclass(frozen=True, slots=True)
class Move:
    """Where a tip goes, when officers there are told, and the clock that runs there."""

    station: str
    province: str
    alert_at: datetime
    clock: str
    due_at: datetime


def move(session: Session, tip_id: UUID, to: Move) -> None:
    """Hand the tip to another station: new there, and out of this officer's sight."""
    session.execute(
        text("SELECT move_tip(:id, :station, :province, :alert_at, :clock, :due_at)"),
        {"id": tip_id, **asdict(to)},
    )


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """What the holder of a receipt may see of the tip's row."""

    id: UUID
    station_code: str
    state: str
    urgent: bool
    disposition: str | None
    received_hour: datetime
    month: str
    enclosed: bytes


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One sealed line of the timeline that a citizen may read."""

    no: int
    kind: str
    at_hour: datetime
    sealed: bytes


def by_receipt(session: Session, receipt_mac: bytes) -> ReceiptRow | None:
    """The tip a receipt belongs to."""
    row = session.execute(text("SELECT * FROM receipt_tip(:mac)"), {"mac": receipt_mac}).first()
    return ReceiptRow(*row) if row else None


def entries_by_receipt(session: Session, receipt_mac: bytes) -> list[EntryRow]:
    """The timeline as the citizen may read it: no notes, no transfers."""
    rows = session.execute(text("SELECT * FROM receipt_entries(:mac)"), {"mac": receipt_mac})
    return [EntryRow(*row) for row in rows]


def next_no_by_receipt(session: Session, receipt_mac: bytes) -> int:
    """As `next_no`, for the holder of a receipt."""
    return int(
        session.execute(text("SELECT receipt_lock(:mac)"), {"mac": receipt_mac}).scalar_one()
    )


def append_by_receipt(
    session: Session, receipt_mac: bytes, no: int, kind: str, hour: datetime, sealed: bytes
) -> None:
    """Add the citizen's answer or addition; a tip an officer has is `answered` from now on."""
    session.execute(
        text("SELECT receipt_append(:mac, :no, :kind, :hour, :sealed)"),
        {"mac": receipt_mac, "no": no, "kind": kind, "hour": hour, "sealed": sealed},
    )


def make_urgent_by_receipt(
    session: Session, receipt_mac: bytes, alert_at: datetime, take_by: datetime, handle_by: datetime
) -> None:
    """The sender is in danger now: officers are told, those who have the tip too. Not if closed."""
    session.execute(
        text("SELECT receipt_urgent(:mac, :at, :take, :handle)"),
        {"mac": receipt_mac, "at": alert_at, "take": take_by, "handle": handle_by},
    )
