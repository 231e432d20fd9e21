"""Rows of how citizens reach a station."""

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from storage.models import StationContact


def find(session: Session, station: str) -> StationContact | None:
    """How to reach a station, if anybody said."""
    query = select(StationContact).where(col(StationContact.station_code) == station)
    return session.exec(query).first()


def everything(session: Session) -> list[StationContact]:
    """Every contact."""
    return list(session.exec(select(StationContact)))


def put(session: Session, row: StationContact) -> None:
    """Store what is known now, in place of what was."""
    values = row.model_dump()
    put_in = insert(StationContact).values(values)
    session.execute(put_in.on_conflict_do_update(index_elements=["station_code"], set_=values))
