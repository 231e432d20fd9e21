"""Rows of forms that were not sent yet. Every function takes the caller's session."""

from uuid import UUID

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from storage.models import KeptForm


def put(session: Session, row: KeptForm) -> None:
    """Keep a form; the same one sent twice is one."""
    session.execute(insert(KeptForm).values(row.model_dump()).on_conflict_do_nothing())


def of_officer(session: Session, officer: UUID) -> list[KeptForm]:
    """What an officer has not sent yet, oldest first."""
    query = select(KeptForm).where(col(KeptForm.officer_id) == officer)
    return list(session.exec(query.order_by(col(KeptForm.kept_at), col(KeptForm.id))))


def count(session: Session, officer: UUID) -> int:
    """How many that is."""
    query = select(func.count()).where(col(KeptForm.officer_id) == officer)
    return session.exec(query).one()


def drop(session: Session, officer: UUID, id_: bytes) -> None:
    """It was sent, or is not wanted any more."""
    mine = col(KeptForm.officer_id) == officer
    session.execute(delete(KeptForm).where(mine, col(KeptForm.id) == id_))


def forget(session: Session, officer: UUID) -> None:
    """Everything of an officer, whose new key would not open it."""
    session.execute(delete(KeptForm).where(col(KeptForm.officer_id) == officer))
