"""Rows of notices. Every function takes the caller's session."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, cast, insert, update
from sqlmodel import Session, and_, col, or_, select

from storage.models import Notice


def put(session: Session, row: Notice) -> None:
    """Store a new notice."""
    session.execute(insert(Notice).values(row.model_dump()))


def find(session: Session, notice: UUID) -> Notice | None:
    """The notice with this id."""
    query = select(Notice).where(col(Notice.id) == notice)
    return session.exec(query.execution_options(populate_existing=True)).first()


def by_preview(session: Session, code: str) -> Notice | None:
    """The notice whose writer wants to see it in a chat."""
    return session.exec(select(Notice).where(col(Notice.preview_code) == code)).first()


def change(
    session: Session,
    notice: UUID,
    *,
    from_states: Sequence[str],
    revision: int,
    **values: Any,  # noqa: ANN401 # columns
) -> bool:
    """Change a notice that is still as somebody saw it; False if it is not."""
    done = session.execute(
        update(Notice)
        .where(
            col(Notice.id) == notice,
            col(Notice.state).in_(from_states),
            col(Notice.revision) == revision,
        )
        .values(**values, revision=revision + 1)
        .returning(col(Notice.id))
    )
    return done.first() is not None


def of_scope(
    session: Session, station: str, province: str | None, after: UUID | None, limit: int
) -> list[Notice]:
    """Newest notices of a station; with `province` of every station of it.

    Args: after: the last notice of the page before; one that is not of this list begins anew.
    """
    mine = col(Notice.station_code) == station
    if province is not None:
        mine = or_(mine, col(Notice.province_code) == province)
    query = select(Notice).where(mine).order_by(col(Notice.written_at).desc(), col(Notice.id))
    last = session.exec(select(Notice).where(mine, col(Notice.id) == after)).first()
    if last is not None:
        older = col(Notice.written_at) < last.written_at
        beside = col(Notice.written_at) == last.written_at
        query = query.where(or_(older, and_(beside, col(Notice.id) > last.id)))
    return list(session.exec(query.limit(limit)))


def public(
    session: Session, communes: Sequence[str], today: date, recalled_since: datetime, limit: int
) -> list[Notice]:
    """What citizens of these communes may read now, newest first."""
    query = select(Notice).where(
        col(Notice.communes).bool_op("&&")(cast(list(communes), ARRAY(Text))),
        col(Notice.expires_on) >= today,
        or_(
            col(Notice.state) == "published",
            # One taken back before its hour was never read: pages must not be the first to show it.
            (col(Notice.state) == "recalled")
            & (col(Notice.recalled_at) >= recalled_since)
            & (col(Notice.recalled_at) >= col(Notice.publish_at)),
        ),
        col(Notice.publish_at).is_not(None),
    )
    return list(session.exec(query.order_by(col(Notice.publish_at).desc()).limit(limit)))


def due(session: Session, at: datetime) -> list[Notice]:
    """Notices whose hour has come; held until the transaction ends."""
    query = select(Notice).where(col(Notice.state) == "scheduled", col(Notice.publish_at) <= at)
    return list(session.exec(query.order_by(col(Notice.publish_at)).with_for_update()))


def published(session: Session, notice: UUID) -> None:
    """Its hour has come."""
    session.execute(update(Notice).where(col(Notice.id) == notice).values(state="published"))
