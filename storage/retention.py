"""Rows that have to go, and wraps that move to a younger retention key."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session


def delete_closed(session: Session, before: date) -> int:
    """Delete tips closed before that day, with all that hangs on them; returns how many."""
    done = session.execute(
        text("DELETE FROM tip WHERE state = 'closed' AND closed_on < :before RETURNING 1"),
        {"before": before},
    )
    return len(done.all())


def months(session: Session) -> set[str]:
    """Months whose retention key some tip needs."""
    return set(session.execute(text("SELECT DISTINCT month FROM tip")).scalars())


def open_of_month(session: Session, month: str, limit: int) -> list[UUID]:
    """Open tips still enclosed by that month's key; held until the transaction ends."""
    rows = session.execute(
        text("""SELECT id FROM tip WHERE month = :month AND state <> 'closed'
                LIMIT :limit FOR UPDATE SKIP LOCKED"""),
        {"month": month, "limit": limit},
    )
    return list(rows.scalars())


def replace_wraps(session: Session, tip_id: UUID, month: str, wraps: dict[str, bytes]) -> None:
    """Store wraps enclosed by another month's key."""
    for holder, enclosed in wraps.items():
        session.execute(
            text("UPDATE tip_wrap SET enclosed = :e WHERE tip_id = :tip AND holder = :holder"),
            {"e": enclosed, "tip": tip_id, "holder": holder},
        )
    session.execute(
        text("UPDATE tip SET month = :month WHERE id = :tip"), {"month": month, "tip": tip_id}
    )


def purge_kept(session: Session, until: datetime) -> None:
    """Forget forms that nobody sent or dropped for long."""
    session.execute(text("DELETE FROM kept_form WHERE kept_at <= :until"), {"until": until})


def purge_logins(session: Session, at: datetime) -> None:
    """Forget what has run out: log-ins, browsers, invitations with keys, codes for alert chats."""
    session.execute(text("DELETE FROM duty_code WHERE expires_at <= :at"), {"at": at})
    session.execute(text("DELETE FROM login_session WHERE expires_at <= :at"), {"at": at})
    session.execute(text("DELETE FROM known_browser WHERE expires_at <= :at"), {"at": at})
    session.execute(text("SELECT drop_invites(:at)"), {"at": at})
