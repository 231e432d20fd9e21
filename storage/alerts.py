"""Rows of alerts: tips that officers still have to be told about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class DueAlert:
    """An alert whose time has come, with what it needs of its tip."""

    tip_id: UUID
    step: int
    urgent: bool
    station_code: str
    province_code: str
    category: str
    escalated: bool


def due(session: Session, now: datetime, limit: int) -> list[DueAlert]:
    """Alerts of tips nobody has looked at since; held until the transaction ends."""
    rows = session.execute(
        text("""
            SELECT a.tip_id, a.step, t.urgent, t.station_code, t.province_code, t.category,
                   t.escalated
            FROM alert a JOIN tip t ON t.id = a.tip_id
            WHERE a.due_at <= :now ORDER BY a.due_at LIMIT :limit
            FOR UPDATE OF a SKIP LOCKED
        """),
        {"now": now, "limit": limit},
    )
    return [DueAlert(*row) for row in rows]


def hold(session: Session, tips: Collection[UUID]) -> None:
    """Nobody else tells of these tips or changes them until the transaction ends.

    The alerts before the tips, in the order the sweep takes them: never one tip and then the alert
    of another, or the two could deadlock.
    """
    alerts = """SELECT 1 FROM alert a JOIN tip t ON t.id = a.tip_id
                WHERE t.id = ANY(:tips) ORDER BY t.id FOR UPDATE OF a"""
    rows = "SELECT 1 FROM tip WHERE id = ANY(:tips) ORDER BY id FOR UPDATE"
    for statement in (alerts, rows):
        session.execute(text(statement), {"tips": list(tips)})


def next_step(session: Session, tip_id: UUID, step: int, due_at: datetime) -> None:
    """Tell somebody again then."""
    session.execute(
        text("UPDATE alert SET step = :step, due_at = :due WHERE tip_id = :tip"),
        {"step": step, "due": due_at, "tip": tip_id},
    )


def late(session: Session, tip_id: UUID, hour: datetime) -> None:
    """Nobody took it in its minutes: from this hour on it is overdue."""
    session.execute(
        text("UPDATE tip SET due_at = least(due_at, :hour) WHERE id = :tip"),
        {"hour": hour, "tip": tip_id},
    )


def done(session: Session, tip_id: UUID) -> None:
    """Everybody who had to be told has been told."""
    session.execute(text("DELETE FROM alert WHERE tip_id = :tip"), {"tip": tip_id})


def escalate(session: Session, tip_id: UUID) -> None:
    """Let the province desk see the tip too."""
    session.execute(text("UPDATE tip SET escalated = true WHERE id = :tip"), {"tip": tip_id})
