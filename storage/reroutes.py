"""Rows of examples: where a tip was sent first, and where officers sent it."""

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.models import Reroute


def put(session: Session, row: Reroute) -> None:
    """Remember one."""
    session.add(row)


def every(session: Session, limit: int) -> list[Reroute]:
    """The latest, by month."""
    order = (col(Reroute.month).desc(), col(Reroute.from_code), col(Reroute.to_code))
    return list(session.exec(select(Reroute).order_by(*order).limit(limit)))


def forget(session: Session, before: str) -> None:
    """Delete examples of before that month ("2026-05")."""
    session.execute(delete(Reroute).where(col(Reroute.month) < before))
