"""Rows of marks: what a tip's twins are found by."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.models import Tip, TipMark

_PUT = TipMark.__table__.insert()  # type: ignore[attr-defined] # SQLModel makes it


def put(session: Session, tip_id: UUID, period: str, marks: bytes) -> None:
    """Store a tip's marks. A plain insert: intake cannot read them back."""
    session.execute(_PUT, {"tip_id": tip_id, "period": period, "marks": marks})


@dataclass(frozen=True, slots=True)
class Near:
    """Which tips to compare: all but `tip`, of one period's key, received from `since` to `until`.

    `stations` None: whichever this session may see.
    """

    tip: UUID
    period: str
    since: datetime
    until: datetime
    stations: Collection[str] | None


def candidates(session: Session, near: Near, limit: int) -> list[tuple[Tip, bytes]]:
    """The latest such tips this session may see, each with its marks."""
    query = (
        select(Tip, TipMark.marks)
        .join(TipMark, col(TipMark.tip_id) == col(Tip.id))
        .where(
            col(TipMark.period) == near.period,
            col(Tip.id) != near.tip,
            col(Tip.received_hour).between(near.since, near.until),
        )
    )
    if near.stations is not None:
        query = query.where(col(Tip.station_code).in_(near.stations))
    order = (col(Tip.received_hour).desc(), col(Tip.id))
    return [(tip, marks) for tip, marks in session.exec(query.order_by(*order).limit(limit))]


def forget(session: Session, before: str) -> None:
    """Delete marks of periods that began before that day."""
    session.execute(delete(TipMark).where(col(TipMark.period) < before))
