"""Rows of a campaign being planned: the next chunk, or one that was left, and who is in it.

Nothing here is one row per pending recipient: recipients are read from the subscriptions between
two ids when a chunk is taken, less those who have a delivery already.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from storage.campaigns import FIRST

# What is wrong is taken back at any hour and after its last day, once it is known who may have it.
_OPEN_TO_US = """c.state = 'running' AND c.channel = :channel AND c.begins_at <= :now
    AND CASE WHEN c.recalls IS NULL THEN :awake AND n.expires_on >= :today
        ELSE NOT EXISTS (SELECT 1 FROM chunk o
                         WHERE o.campaign_id = c.recalls AND o.state = 'open') END"""


@dataclass(frozen=True, slots=True)
class Hold:
    """What a process asks for: this channel's work, until a moment."""

    channel: str
    owner: UUID
    now: datetime
    until: datetime
    today: date  # in Việt Nam
    awake: bool  # not in quiet hours


@dataclass(frozen=True, slots=True)
class Held:
    """A chunk under our lease."""

    campaign_id: UUID
    no: int
    commune_code: str
    after: UUID
    upto: UUID
    fresh: bool  # nobody worked on it before


@dataclass(frozen=True, slots=True)
class Of:
    """The campaign a chunk belongs to, with whom its notice is for."""

    notice_id: UUID
    recalls: UUID | None
    communes: list[str]
    topic: str | None
    audience: str | None


class Target(NamedTuple):
    """A recipient; `message_id` is what has to be taken back, `twice`: maybe not the only copy."""

    id: UUID
    sealed: bytes
    message_id: str
    twice: bool


def take_left(session: Session, hold: Hold) -> Held | None:
    """A chunk whose worker let go of it, or died."""
    row = session.execute(
        text(f"""
            UPDATE chunk SET owner = :owner, lease_until = :until
            WHERE (campaign_id, no) = (
                SELECT k.campaign_id, k.no
                FROM campaign c JOIN notice n ON n.id = c.notice_id
                    JOIN chunk k ON k.campaign_id = c.id
                WHERE k.state = 'open' AND (k.lease_until IS NULL OR k.lease_until <= :now)
                  AND {_OPEN_TO_US}
                ORDER BY c.begins_at, c.id, k.no LIMIT 1 FOR NO KEY UPDATE OF k SKIP LOCKED)
            RETURNING campaign_id, no, commune_code, after, upto"""),  # noqa: S608 # constants
        _values(hold),
    ).first()
    return Held(row[0], row[1], row[2], row[3], row[4], fresh=False) if row else None


def ended_early(session: Session, now: datetime) -> list[tuple[Held, str]]:
    """Chunks nobody works on or will, with the channel of each: their campaign is over."""
    rows = session.execute(
        text("""
            SELECT k.campaign_id, k.no, k.commune_code, k.after, k.upto, c.channel
            FROM campaign c JOIN chunk k ON k.campaign_id = c.id
            WHERE c.state IN ('stopped', 'expired') AND k.state = 'open'
              AND (k.lease_until IS NULL OR k.lease_until <= :now)
            FOR NO KEY UPDATE OF k SKIP LOCKED"""),
        {"now": now},
    )
    return [(Held(r[0], r[1], r[2], r[3], r[4], fresh=False), r[5]) for r in rows]


def plan_next(session: Session, hold: Hold, size: int) -> Held | None:
    """The next recipients of a campaign as a chunk of ours; None if every one is planned.

    NO KEY: deliveries being written hold their campaign by its key, and must not hide it.
    """
    while True:
        found = session.execute(
            text(f"""
                SELECT c.id, c.recalls, c.cursor_commune, c.cursor_subscriber, c.chunks, n.communes
                FROM campaign c JOIN notice n ON n.id = c.notice_id
                WHERE NOT c.planned AND {_OPEN_TO_US}
                ORDER BY c.begins_at, c.id LIMIT 1 FOR NO KEY UPDATE OF c SKIP LOCKED"""),  # noqa: S608 # constants
            _values(hold),
        ).first()
        if found is None:
            return None
        campaign, recalls, commune, cursor, chunks, communes = found
        commune, upto = (
            (commune, _last_sent(session, recalls, cursor, size))
            if recalls
            else _next_range(session, hold.channel, sorted(communes), (commune, cursor), size)
        )
        if upto is None:
            _planned(session, campaign, hold.now)
            continue
        after = cursor if recalls or commune == found[2] else FIRST
        held = Held(campaign, chunks + 1, commune, after, upto, fresh=True)
        _put(session, held, hold)
        return held


def of(session: Session, campaign: UUID) -> Of:
    """What a chunk's campaign sends, and to whom."""
    row = session.execute(
        text("""SELECT n.id, c.recalls, n.communes, n.topic, n.only_topic, n.audience
                FROM campaign c JOIN notice n ON n.id = c.notice_id WHERE c.id = :id"""),
        {"id": campaign},
    ).one()
    return Of(row[0], row[1], row[2], row[3] if row[4] else None, row[5])


def targets(
    session: Session, channel: str, held: Held, of_: Of, *, paused: bool = False
) -> list[Target]:
    """Who has to get a copy now; with `paused` those who do not want any for now as well.

    Whoever chose two of the communes belongs to the first.
    """
    values = {
        "campaign": held.campaign_id,
        "after": held.after,
        "upto": held.upto,
        "channel": channel,
        "commune": held.commune_code,
        "paused": paused,
        "recalls": of_.recalls,
        "topic": of_.topic,
        "audience": of_.audience,
        "communes": [code for code in of_.communes if code < held.commune_code],
    }
    rows = session.execute(text(_TO_RECALL if of_.recalls else _TO_SEND), values)
    return [Target._make(row) for row in rows]


_TO_SEND = """
    SELECT u.id, u.sealed, '', false
    FROM subscription s JOIN subscriber u ON u.id = s.subscriber_id
    WHERE s.channel = :channel AND s.commune_code = :commune
      AND s.subscriber_id > :after AND s.subscriber_id <= :upto AND (:paused OR NOT u.paused)
      AND (cast(:topic AS text) IS NULL OR cast(:topic AS text) = ANY(u.topics))
      AND (cast(:audience AS text) IS NULL OR u.audience = cast(:audience AS text))
      AND NOT EXISTS (SELECT 1 FROM delivery d
                      WHERE d.campaign_id = :campaign AND d.subscriber_id = u.id
                        AND d.subscriber_id > :after AND d.subscriber_id <= :upto)
      AND NOT EXISTS (SELECT 1 FROM subscription e
                      WHERE e.subscriber_id = u.id AND e.channel = :channel
                        AND e.commune_code = ANY(:communes))
    ORDER BY u.id"""

_TO_RECALL = """
    SELECT u.id, u.sealed, p.message_id, p.status = 'repeated'
    FROM delivery p JOIN subscriber u ON u.id = p.subscriber_id
    WHERE p.campaign_id = :recalls AND p.status IN ('sent', 'repeated', 'ambiguous')
      AND p.subscriber_id > :after AND p.subscriber_id <= :upto
      AND NOT EXISTS (SELECT 1 FROM delivery d
                      WHERE d.campaign_id = :campaign AND d.subscriber_id = u.id
                        AND d.subscriber_id > :after AND d.subscriber_id <= :upto)
    ORDER BY u.id"""


def _values(hold: Hold) -> dict[str, object]:
    return {
        "channel": hold.channel,
        "owner": hold.owner,
        "now": hold.now,
        "until": hold.until,
        "today": hold.today,
        "awake": hold.awake,
    }


def _next_range(
    session: Session, channel: str, communes: list[str], at: tuple[str, UUID], size: int
) -> tuple[str, UUID | None]:
    """The commune that has subscribers left behind the cursor, and the last of the next ones."""
    for commune in communes:
        if commune < at[0]:
            continue
        last = session.execute(
            text("""
                SELECT subscriber_id FROM (
                    SELECT subscriber_id FROM subscription
                    WHERE channel = :channel AND commune_code = :commune AND subscriber_id > :after
                    ORDER BY subscriber_id LIMIT :size) AS next
                ORDER BY subscriber_id DESC LIMIT 1"""),
            {
                "channel": channel,
                "commune": commune,
                "after": at[1] if commune == at[0] else FIRST,
                "size": size,
            },
        ).scalar()
        if last is not None:
            return commune, last
    return "", None


def _last_sent(session: Session, campaign: UUID, after: UUID, size: int) -> UUID | None:
    """The last of the next recipients of a campaign that is taken back."""
    found: UUID | None = session.execute(
        text("""
            SELECT subscriber_id FROM (
                SELECT subscriber_id FROM delivery
                WHERE campaign_id = :campaign AND subscriber_id > :after
                ORDER BY subscriber_id LIMIT :size) AS next
            ORDER BY subscriber_id DESC LIMIT 1"""),
        {"campaign": campaign, "after": after, "size": size},
    ).scalar()
    return found


def _planned(session: Session, campaign: UUID, now: datetime) -> None:
    session.execute(
        text("""UPDATE campaign SET planned = true, begun_at = coalesce(begun_at, :now)
                WHERE id = :id"""),
        {"id": campaign, "now": now},
    )


def _put(session: Session, held: Held, hold: Hold) -> None:
    session.execute(
        text("""INSERT INTO chunk (campaign_id, no, commune_code, after, upto, state, owner,
                                   lease_until, sent, gone, failed, ambiguous, repeated)
                VALUES (:campaign, :no, :commune, :after, :upto, 'open', :owner, :until,
                        0, 0, 0, 0, 0)"""),
        {
            "campaign": held.campaign_id,
            "no": held.no,
            "commune": held.commune_code,
            "after": held.after,
            "upto": held.upto,
            "owner": hold.owner,
            "until": hold.until,
        },
    )
    session.execute(
        text("""UPDATE campaign SET chunks = :no, cursor_commune = :commune,
                    cursor_subscriber = :upto, begun_at = coalesce(begun_at, :now)
                WHERE id = :campaign"""),
        {
            "campaign": held.campaign_id,
            "no": held.no,
            "commune": held.commune_code,
            "upto": held.upto,
            "now": hold.now,
        },
    )
