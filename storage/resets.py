"""Rows of requests to make a colleague's log-in anew."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from storage.models import Officer, ResetRequest, Station


def put(session: Session, row: ResetRequest) -> None:
    """Remember a request, in place of an older one for the same officer."""
    values = row.model_dump()
    asked = insert(ResetRequest).values(values)
    session.execute(asked.on_conflict_do_update(index_elements=["officer_id"], set_=values))


def take(session: Session, officer: UUID, at: datetime) -> ResetRequest | None:
    """The open request for an officer, which is gone with this; None if there is none."""
    row = session.exec(
        select(ResetRequest)
        .where(col(ResetRequest.officer_id) == officer, col(ResetRequest.expires_at) > at)
        .with_for_update()
    ).first()
    session.execute(delete(ResetRequest).where(col(ResetRequest.officer_id) == officer))
    return row


def waiting(session: Session, station: str, at: datetime) -> list[ResetRequest]:
    """Open requests for people of a station, or of the stations of a province with this code."""
    query = (
        select(ResetRequest)
        .join(Officer, col(Officer.id) == col(ResetRequest.officer_id))
        .join(Station, col(Station.code) == col(Officer.station_code))
        .where(
            col(ResetRequest.expires_at) > at,
            (col(Station.code) == station) | (col(Station.province_code) == station),
        )
    )
    return list(session.exec(query.order_by(col(Officer.name))))
