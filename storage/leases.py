"""Rows of leases: a job that only one process may do."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session


def take(session: Session, name: str, owner: UUID, now: datetime, until: datetime) -> int | None:
    """Take or renew a lease. Returns its fence, which grows with every new owner; None if held."""
    row = session.execute(
        text("""
            INSERT INTO lease (name, owner, fence, until) VALUES (:name, :owner, 1, :until)
            ON CONFLICT (name) DO UPDATE SET
                fence = lease.fence + CASE WHEN lease.owner = :owner THEN 0 ELSE 1 END,
                owner = :owner, until = :until
            WHERE lease.owner = :owner OR lease.until <= :now
            RETURNING fence
        """),
        {"name": name, "owner": owner, "now": now, "until": until},
    ).first()
    return None if row is None else int(row[0])


def give_back(session: Session, name: str, owner: UUID, now: datetime) -> None:
    """End a lease early, so that nobody waits for who has stopped; nothing if another has it."""
    session.execute(
        text("UPDATE lease SET until = :now WHERE name = :name AND owner = :owner"),
        {"name": name, "owner": owner, "now": now},
    )
