"""Rows of officers' alert chats, and of the one-time codes that connect them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from storage.models import DutyChat, DutyCode


def put_code(session: Session, row: DutyCode) -> None:
    """Store a code."""
    session.execute(insert(DutyCode).values(row.model_dump()))


def purge_codes(session: Session, at: datetime) -> None:
    """Forget codes that have run out."""
    session.execute(delete(DutyCode).where(col(DutyCode.expires_at) <= at))


def use_code(session: Session, code_mac: bytes, at: datetime) -> str | None:
    """The station of a code, which is gone with that; None for a wrong or old one."""
    used = session.execute(
        delete(DutyCode)
        .where(col(DutyCode.code_mac) == code_mac, col(DutyCode.expires_at) > at)
        .returning(col(DutyCode.station_code))
    ).first()
    return None if used is None else str(used[0])


def put(session: Session, row: DutyChat) -> None:
    """Connect a chat; one that was another station's is this one's now."""
    drop(session, row.address_mac)
    session.execute(insert(DutyChat).values(row.model_dump()))


def drop(session: Session, address_mac: bytes) -> bool:
    """Disconnect a chat; False if there was none."""
    done = session.execute(
        delete(DutyChat).where(col(DutyChat.address_mac) == address_mac).returning(col(DutyChat.id))
    )
    return done.first() is not None


def drop_of_station(session: Session, station: str, chat: UUID) -> bool:
    """Disconnect one of a station's chats; False if it has none such."""
    done = session.execute(
        delete(DutyChat)
        .where(col(DutyChat.id) == chat, col(DutyChat.station_code) == station)
        .returning(col(DutyChat.id))
    )
    return done.first() is not None


def of_station(session: Session, station: str) -> list[DutyChat]:
    """Chats of a station."""
    query = select(DutyChat).where(col(DutyChat.station_code) == station)
    return list(session.exec(query.order_by(col(DutyChat.since), col(DutyChat.id))))


def move(session: Session, chat: UUID, address_mac: bytes, sealed: bytes) -> None:
    """The same chat has a new address."""
    session.execute(
        update(DutyChat)
        .where(col(DutyChat.id) == chat)
        .values(address_mac=address_mac, sealed=sealed)
    )


def by_mac(session: Session, address_mac: bytes) -> DutyChat | None:
    """The chat at an address."""
    return session.exec(select(DutyChat).where(col(DutyChat.address_mac) == address_mac)).first()
