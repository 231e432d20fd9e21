"""Rows of duty hours."""

from collections.abc import Iterable

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from storage.models import DutyHours


def of_station(session: Session, station: str) -> list[DutyHours]:
    """A station's days, Monday first; none: always on duty."""
    query = select(DutyHours).where(col(DutyHours.station_code) == station)
    return list(session.exec(query.order_by(col(DutyHours.weekday))))


def replace(session: Session, station: str, rows: Iterable[DutyHours]) -> None:
    """These days in place of those there were."""
    session.execute(delete(DutyHours).where(col(DutyHours.station_code) == station))
    values = [row.model_dump() for row in rows]
    if values:
        session.execute(insert(DutyHours).values(values))
