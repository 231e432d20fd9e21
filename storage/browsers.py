"""Rows of browsers officers have logged in with. Every function takes the caller's session."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from storage.models import KnownBrowser


def find(
    session: Session, cookie_mac: bytes, officer_id: UUID, at: datetime
) -> KnownBrowser | None:
    """The row of this browser and this officer, unless it has run out."""
    query = select(KnownBrowser).where(
        col(KnownBrowser.cookie_mac) == cookie_mac,
        col(KnownBrowser.officer_id) == officer_id,
        col(KnownBrowser.expires_at) > at,
    )
    return session.exec(query.execution_options(populate_existing=True)).first()


def put(session: Session, cookie_mac: bytes, officer_id: UUID, until: datetime) -> None:
    """Somebody got in with it: known until then, and nothing is counted against it."""
    clean = {"failures": 0, "locked_until": None, "expires_at": until}
    row = {"cookie_mac": cookie_mac, "officer_id": officer_id, **clean}
    keys = ["cookie_mac", "officer_id"]
    session.execute(
        insert(KnownBrowser).values(row).on_conflict_do_update(index_elements=keys, set_=clean)
    )


def count_failure(session: Session, row: KnownBrowser, at: datetime) -> int | None:
    """One more failed log-in; returns how many in a row, None if this browser is locked by now."""
    locked_until = col(KnownBrowser.locked_until)
    done = session.execute(
        update(KnownBrowser)
        .where(
            col(KnownBrowser.cookie_mac) == row.cookie_mac,
            col(KnownBrowser.officer_id) == row.officer_id,
            locked_until.is_(None) | (locked_until <= at),
        )
        .values(failures=col(KnownBrowser.failures) + 1)
        .returning(col(KnownBrowser.failures))
    )
    return done.scalar_one_or_none()


def lock(session: Session, row: KnownBrowser, until: datetime) -> None:
    """Refuse this officer's log-ins from this browser until then, and start counting anew."""
    session.execute(
        update(KnownBrowser)
        .where(
            col(KnownBrowser.cookie_mac) == row.cookie_mac,
            col(KnownBrowser.officer_id) == row.officer_id,
        )
        .values(locked_until=until, failures=0)
    )


def forget(session: Session, officer_id: UUID) -> None:
    """No browser of this officer is known any more."""
    session.execute(delete(KnownBrowser).where(col(KnownBrowser.officer_id) == officer_id))
