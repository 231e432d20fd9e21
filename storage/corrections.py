"""Rows of corrections: the right label and hashed words of a tip, and nothing that leads to it."""

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.models import Correction


def put(session: Session, row: Correction) -> None:
    """Remember one."""
    session.add(row)


def every(session: Session) -> list[Correction]:
    """All, in an order that says nothing of when they came."""
    return list(session.exec(select(Correction).order_by(col(Correction.id))))


def forget(session: Session, before: str) -> None:
    """Delete what was kept before that month ("2026-05")."""
    session.execute(delete(Correction).where(col(Correction.month) < before))
