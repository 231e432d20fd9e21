"""Rows of stations and of the wraps of their keys."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from storage.models import Station, StationKey


def sync(session: Session, stations: Iterable[Station]) -> None:
    """Add stations the gazetteer has and rename those it renamed; keys stay untouched."""
    names = ("code", "kind", "name", "sort_key", "province_code")
    known = {tuple(row) for row in session.execute(select(*(getattr(Station, n) for n in names)))}
    wanted = (tuple(getattr(station, name) for name in names) for station in stations)
    # Every start asks, and nearly always nothing is new: writing all of them takes a second.
    rows = [dict(zip(names, row, strict=True)) for row in wanted if row not in known]
    if not rows:
        return
    put = insert(Station).values(rows)
    renamed = {name: put.excluded[name] for name in ("name", "sort_key", "province_code")}
    session.execute(put.on_conflict_do_update(index_elements=["code"], set_=renamed))


def count(session: Session) -> int:
    """How many stations there are."""
    return session.exec(select(func.count()).select_from(Station)).one()


def find(session: Session, code: str) -> Station | None:
    """The station with this code."""
    return session.exec(select(Station).where(col(Station.code) == code)).first()


def active(session: Session, province: str | None = None) -> list[Station]:
    """Stations that can open tips, in Vietnamese alphabetical order."""
    query = select(Station).where(col(Station.active_since).is_not(None))
    if province is not None:
        query = query.where(col(Station.province_code) == province)
    return list(session.exec(query.order_by(col(Station.sort_key), col(Station.code))))


def provinces(session: Session) -> list[Station]:
    """The province desks, in Vietnamese alphabetical order."""
    query = select(Station).where(col(Station.kind) == "province")
    return list(session.exec(query.order_by(col(Station.sort_key))))


def of_province(session: Session, province: str) -> list[Station]:
    """Every station of a province, its own desk first."""
    query = select(Station).where(col(Station.province_code) == province)
    return list(session.exec(query.order_by(col(Station.kind).desc(), col(Station.sort_key))))


def activate(
    session: Session, code: str, public_key: bytes, recovery_key: bytes | None, day: date
) -> bool:
    """Give a station its public key; False if another first officer was faster."""
    done = session.execute(
        update(Station)
        .where(col(Station.code) == code, col(Station.public_key).is_(None))
        .values(public_key=public_key, recovery_key=recovery_key, active_since=day)
        .returning(col(Station.code))
    )
    return done.first() is not None


def close(session: Session, code: str) -> None:
    """Nobody there can open tips; the key stays what it is."""
    session.execute(update(Station).where(col(Station.code) == code).values(active_since=None))


def reopen(session: Session, code: str, day: date) -> None:
    """Somebody there can open tips, again if nobody could since its last reader left."""
    session.execute(
        update(Station)
        .where(col(Station.code) == code, col(Station.active_since).is_(None))
        .values(active_since=day)
    )


def put_key(session: Session, code: str, holder: str, wrapped: bytes) -> None:
    """Give `holder` the station's private key."""
    put = insert(StationKey).values(station_code=code, holder=holder, wrapped=wrapped)
    session.execute(
        put.on_conflict_do_update(
            index_elements=["station_code", "holder"], set_={"wrapped": wrapped}
        )
    )


def key_of(session: Session, code: str, holder: str) -> bytes | None:
    """The station's private key as wrapped to `holder`."""
    query = select(StationKey.wrapped).where(
        col(StationKey.station_code) == code, col(StationKey.holder) == holder
    )
    return session.exec(query).first()


def drop_key(session: Session, code: str, holder: str) -> None:
    """Take the station's private key from `holder`."""
    session.execute(
        delete(StationKey).where(
            col(StationKey.station_code) == code, col(StationKey.holder) == holder
        )
    )
