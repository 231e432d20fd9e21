"""Rows of counters: how often something happened, where nothing else of it may be kept."""

from datetime import date

from sqlalchemy import text
from sqlmodel import Session


def grow(session: Session, day: date, name: str) -> None:
    """One more of it today."""
    session.execute(
        text("""INSERT INTO counter (day, name, n) VALUES (:day, :name, 1)
                ON CONFLICT (day, name) DO UPDATE SET n = counter.n + 1"""),
        {"day": day, "name": name},
    )


def total(session: Session, name: str) -> int:
    """How often over all days there are."""
    found = session.execute(
        text("SELECT coalesce(sum(n), 0) FROM counter WHERE name = :name"), {"name": name}
    )
    return int(found.scalar_one())


def forget(session: Session, before: date) -> None:
    """Delete the days before that one."""
    session.execute(text("DELETE FROM counter WHERE day < :before"), {"before": before})
