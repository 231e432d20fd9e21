"""Rows of floods: which tips came in one hour with nearly the same text. Nothing says from whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text, update
from sqlmodel import Session, col, select

from storage.models import Tip, TipEntry
from storage.tips import OPEN_STATES


@dataclass(frozen=True, slots=True)
class Recent:
    """A tip that came lately. `unheard`: nobody has been told of it yet."""

    id: UUID
    flood: UUID | None
    urgent: bool
    marks: bytes
    unheard: bool


@dataclass(frozen=True, slots=True)
class Flood:
    """How many open tips of a flood this session may see, the first of them, and their hours."""

    id: UUID
    many: int
    first: UUID
    since: datetime
    until: datetime


def recent(
    session: Session, station: str, since: datetime, fresh: Collection[UUID], limit: int
) -> list[Recent]:
    """The `fresh` tips, others since then, and one of each flood; at most `limit` of either."""
    columns = "t.id, t.flood, t.urgent, m.marks, coalesce(a.step = 0, false) AS unheard"
    lately = (
        "FROM tip t JOIN tip_mark m ON m.tip_id = t.id LEFT JOIN alert a ON a.tip_id = t.id "
        "WHERE t.station_code = :station AND t.received_hour >= :since"
    )
    rows = session.execute(
        text(f"""
            (SELECT DISTINCT ON (t.flood) {columns} {lately} AND t.flood IS NOT NULL
             ORDER BY t.flood, unheard LIMIT :limit)
            UNION ALL
            (SELECT {columns} {lately} AND t.flood IS NULL
             ORDER BY t.id = ANY(:fresh) DESC, t.received_hour DESC, t.id LIMIT :limit)
        """),
        {"station": station, "since": since, "fresh": list(fresh), "limit": limit},
    )
    return [Recent(*row) for row in rows]


def put(session: Session, flood: UUID, tips: Collection[UUID]) -> None:
    """Tips belong to a flood."""
    session.execute(update(Tip).where(col(Tip.id).in_(tips)).values(flood=flood))


def forget(session: Session, before: datetime) -> None:
    """Closed tips that came before then belong to no flood any more."""
    session.execute(
        update(Tip)
        .where(
            col(Tip.flood).is_not(None), col(Tip.state) == "closed", col(Tip.received_hour) < before
        )
        .values(flood=None)
    )


def waiting(session: Session, fewest: int, limit: int) -> list[Flood]:
    """Floods of which so many tips are open, the largest first."""
    rows = session.execute(
        text("""
            SELECT flood, count(*) AS many, (array_agg(id ORDER BY received_hour, id))[1],
                   min(received_hour), max(received_hour)
            FROM tip WHERE flood IS NOT NULL AND state <> 'closed'
            GROUP BY flood HAVING count(*) >= :fewest ORDER BY many DESC, flood LIMIT :limit
        """),
        {"fewest": fewest, "limit": limit},
    )
    return [Flood(*row) for row in rows]


def others(session: Session, tip: Tip, officer: UUID, limit: int) -> list[UUID]:
    """Open tips of the same flood and urgency that nobody else has taken.

    Not one of which more is known than its text: what was added, noted or decided since is not
    what the others say.
    """
    more = select(TipEntry.no).where(col(TipEntry.tip_id) == col(Tip.id), col(TipEntry.no) > 1)
    query = (
        select(Tip.id)
        .where(
            col(Tip.flood) == tip.flood,
            col(Tip.id) != tip.id,
            col(Tip.urgent) == tip.urgent,
            col(Tip.state).in_(OPEN_STATES),
            col(Tip.claimed_by).is_(None) | (col(Tip.claimed_by) == officer),
            ~more.exists(),
        )
        .order_by(col(Tip.id))
    )
    return list(session.exec(query.limit(limit)))
