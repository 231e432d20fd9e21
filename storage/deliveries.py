"""Rows of a chunk at work: windows before, deliveries after, a lease kept or let go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from storage.chunks import Held


@dataclass(frozen=True, slots=True)
class Counts:
    """How copies ended, to be added to a chunk's counts."""

    sent: int = 0
    gone: int = 0
    failed: int = 0
    ambiguous: int = 0
    repeated: int = 0


def windows(session: Session, held: Held) -> list[tuple[int, UUID, UUID, bool]]:
    """What was announced in a chunk, oldest first: (number, after, upto, about to send)."""
    rows = session.execute(
        text("""SELECT no, after, upto, about_to_send FROM send_window
                WHERE campaign_id = :campaign AND chunk_no = :no ORDER BY no"""),
        {"campaign": held.campaign_id, "no": held.no},
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


# The campaign is held as a foreign key would, but once for all rows. %b is psycopg's binary format:
# as text the ids alone took three times the processor of all of it.
_PUT_DELIVERIES = """
    WITH held AS (SELECT id FROM campaign WHERE id = %b FOR KEY SHARE)
    INSERT INTO delivery (campaign_id, subscriber_id, status, message_id)
    SELECT held.id, ended.id, status, message
    FROM held, unnest(%b::uuid[], %b::text[], %b::text[]) AS ended (id, status, message)
    ON CONFLICT DO NOTHING"""


def put_deliveries(session: Session, campaign: UUID, rows: Sequence[tuple[UUID, str, str]]) -> None:
    """Store how copies ended: (subscriber, status, message id). The first word on each stays."""
    ids, statuses, messages = map(list, zip(*rows, strict=True))
    values = (campaign, ids, statuses, messages)
    session.connection().exec_driver_sql(_PUT_DELIVERIES, values)


def keep(session: Session, held: Held, owner: UUID, until: datetime, counts: Counts) -> str | None:
    """Add counts and renew the lease; the campaign's state, or None if the chunk is not ours."""
    row = session.execute(
        text("""
            UPDATE chunk k SET lease_until = CASE WHEN k.owner = :owner THEN :until
                                                  ELSE k.lease_until END,
                sent = k.sent + :sent, gone = k.gone + :gone, failed = k.failed + :failed,
                ambiguous = k.ambiguous + :ambiguous, repeated = k.repeated + :repeated
            FROM campaign c
            WHERE k.campaign_id = :campaign AND k.no = :no AND c.id = k.campaign_id
            RETURNING c.state, k.owner = :owner AND k.state = 'open'"""),
        {
            "campaign": held.campaign_id,
            "no": held.no,
            "owner": owner,
            "until": until,
            "sent": counts.sent,
            "gone": counts.gone,
            "failed": counts.failed,
            "ambiguous": counts.ambiguous,
            "repeated": counts.repeated,
        },
    ).first()
    return str(row[0]) if row and row[1] else None


def put_window(
    session: Session, held: Held, no: int, span: tuple[UUID, UUID], *, send: bool
) -> None:
    """Announce what is about to be sent, or that it was not."""
    session.execute(
        text("""INSERT INTO send_window (campaign_id, chunk_no, no, after, upto, about_to_send)
                VALUES (:campaign, :chunk, :no, :after, :upto, :send)"""),
        {
            "campaign": held.campaign_id,
            "chunk": held.no,
            "no": no,
            "after": span[0],
            "upto": span[1],
            "send": send,
        },
    )


def not_subscribed(session: Session, ids: Sequence[UUID]) -> list[UUID]:
    """Those of them who stopped or paused."""
    rows = session.execute(
        text("""SELECT id FROM unnest(cast(:ids AS uuid[])) AS asked (id)
                WHERE NOT EXISTS (SELECT 1 FROM subscriber u
                                  WHERE u.id = asked.id AND NOT u.paused)"""),
        {"ids": list(ids)},
    )
    return list(rows.scalars())


def let_go(session: Session, held: Held, owner: UUID, *, done: bool) -> None:
    """Everybody in the chunk has a delivery (`done`), or somebody else may go on with it."""
    session.execute(
        text("""UPDATE chunk SET owner = NULL, lease_until = NULL,
                    state = CASE WHEN :done THEN 'done' ELSE state END
                WHERE campaign_id = :campaign AND no = :no AND owner = :owner"""),
        {"campaign": held.campaign_id, "no": held.no, "owner": owner, "done": done},
    )


def give_up(session: Session, held: Held, doubtful: Sequence[UUID]) -> None:
    """Nobody goes on with a chunk: who may have it is written down as that, the others not."""
    if doubtful:
        put_deliveries(session, held.campaign_id, [(one, "ambiguous", "") for one in doubtful])
    session.execute(
        text("""UPDATE chunk SET owner = NULL, lease_until = NULL, state = 'done',
                    ambiguous = ambiguous + :count
                WHERE campaign_id = :campaign AND no = :no"""),
        {"campaign": held.campaign_id, "no": held.no, "count": len(doubtful)},
    )


def end_finished(session: Session, now: datetime) -> int:
    """Campaigns whose every chunk is done are done; returns how many."""
    done = session.execute(
        text("""UPDATE campaign c SET state = 'done', ended_at = :now
                WHERE c.state = 'running' AND c.planned AND NOT EXISTS (
                    SELECT 1 FROM chunk k WHERE k.campaign_id = c.id AND k.state = 'open')
                RETURNING 1"""),
        {"now": now},
    )
    return len(done.all())
