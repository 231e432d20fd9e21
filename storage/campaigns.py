"""Rows of campaigns: one act of sending, or of taking back, on one channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, insert, text, update
from sqlmodel import Session, col, select

from storage.models import Campaign, Chunk, Subscription

FIRST = UUID(int=0)  # before every subscriber


@dataclass(frozen=True, slots=True)
class Totals:
    """How the copies of a campaign ended so far."""

    sent: int
    gone: int
    failed: int
    ambiguous: int
    repeated: int


def channels(session: Session, communes: Sequence[str]) -> list[str]:
    """Channels on which somebody wants notices of these communes."""
    query = select(col(Subscription.channel)).where(col(Subscription.commune_code).in_(communes))
    return sorted(session.exec(query.distinct()))


def put(session: Session, row: Campaign) -> None:
    """Store a new campaign."""
    session.execute(insert(Campaign).values(row.model_dump()))


def of_notice(session: Session, notice: UUID) -> list[Campaign]:
    """Every campaign of a notice, in a fixed order."""
    query = select(Campaign).where(col(Campaign.notice_id) == notice)
    query = query.execution_options(populate_existing=True)
    return list(session.exec(query.order_by(col(Campaign.begins_at), col(Campaign.channel))))


def change_state(
    session: Session, notice: UUID, from_states: Sequence[str], state: str, ended: datetime | None
) -> int:
    """Pause, go on with or stop what sends a notice; returns how many campaigns changed."""
    done = session.execute(
        update(Campaign)
        .where(
            col(Campaign.notice_id) == notice,
            col(Campaign.recalls).is_(None),
            col(Campaign.state).in_(from_states),
        )
        .values(state=state, ended_at=ended)
        .returning(col(Campaign.id))
    )
    return len(done.all())


def end_expired(session: Session, now: datetime, today: date) -> list[tuple[UUID, str]]:
    """Nothing is sent after the last day of a notice; what was cut short: (notice, station).

    Args: today: in Việt Nam.
    """
    ended = session.execute(
        text("""
            UPDATE campaign c SET ended_at = :now, state =
                CASE WHEN c.planned AND NOT EXISTS (SELECT 1 FROM chunk k
                         WHERE k.campaign_id = c.id AND k.state = 'open')
                     THEN 'done' ELSE 'expired' END
            FROM notice n
            WHERE n.id = c.notice_id AND n.expires_on < :today
              AND c.recalls IS NULL AND c.state IN ('running', 'paused')
            RETURNING n.id, n.station_code, c.state"""),
        {"now": now, "today": today},
    )
    return sorted({(row[0], row[1]) for row in ended if row[2] == "expired"})


def end_recalls(session: Session, now: datetime, before: datetime) -> None:
    """What was to be taken back since before then, and could not be, is given up.

    Otherwise a channel that never comes back would keep for ever what has to be taken back on it.
    """
    session.execute(
        text("""UPDATE campaign SET state = 'expired', ended_at = :now
                WHERE recalls IS NOT NULL AND state = 'running' AND begins_at < :before"""),
        {"now": now, "before": before},
    )


def totals(session: Session, campaign: UUID) -> Totals:
    """How the copies ended so far."""
    counted = (Chunk.sent, Chunk.gone, Chunk.failed, Chunk.ambiguous, Chunk.repeated)
    columns = [func.coalesce(func.sum(column), 0) for column in counted]
    row = session.execute(select(*columns).where(col(Chunk.campaign_id) == campaign)).one()
    return Totals(*(int(n) for n in row))


def drop_old(session: Session, before: datetime) -> int:
    """Delete finished campaigns with their deliveries; returns how many."""
    done = session.execute(
        text("""
            WITH old AS (
                SELECT id FROM campaign c WHERE c.ended_at < :before AND NOT EXISTS
                    (SELECT 1 FROM campaign r WHERE r.recalls = c.id) FOR UPDATE),
            ended AS (DELETE FROM delivery WHERE campaign_id IN (SELECT id FROM old))
            DELETE FROM campaign WHERE id IN (SELECT id FROM old) RETURNING 1"""),
        {"before": before},
    )
    return len(done.all())
