"""Rows of local words: a list that only grows, and what holds of it now."""

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from storage.models import LocalWordChange

_LOCK = 7_465_618  # one writer at a time: nobody sees a version before all that came before it


def version(session: Session) -> int:
    """The number of the last change; 0: there was none."""
    return session.exec(select(func.max(col(LocalWordChange.version)))).one() or 0


def hold(session: Session) -> int:
    """The same, and until the transaction ends nobody else changes anything."""
    session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    return version(session)


def put(session: Session, row: LocalWordChange) -> None:
    """Add a change; its version is the one after `hold`."""
    session.add(row)
    session.flush()


def now(session: Session) -> list[LocalWordChange]:
    """The last change of every word that has a meaning, by word."""
    last = select(func.max(col(LocalWordChange.version))).group_by(col(LocalWordChange.word))
    query = select(LocalWordChange).where(
        col(LocalWordChange.version).in_(last), col(LocalWordChange.meaning).is_not(None)
    )
    return list(session.exec(query.order_by(col(LocalWordChange.word))))
