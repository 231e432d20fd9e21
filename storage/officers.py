"""Rows of officers, their invitations and their log-in sessions."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from storage import browsers, kept
from storage.models import Invite, LoginSession, Officer, OfficerScope

_LOCK = 7_465_619  # one at a time: whoever joins sees what the one before opened


def hold(session: Session) -> None:
    """Until the transaction ends nobody else does what begins with this."""
    session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def insert_new(session: Session, officer: Officer, stations: list[str]) -> bool:
    """Add an officer who may see the tips of these stations; False if the name is taken."""
    put = insert(Officer).values(officer.model_dump())
    done = session.execute(
        put.on_conflict_do_nothing(index_elements=["username"]).returning(col(Officer.id))
    )
    if done.first() is None:
        return False
    scope = [{"officer_id": officer.id, "station_code": code} for code in stations]
    if scope:
        session.execute(insert(OfficerScope).values(scope))
    return True


def count(session: Session) -> int:
    """How many officers there are, those who left included."""
    return session.exec(select(func.count()).select_from(Officer)).one()


def by_username(session: Session, username: str) -> Officer | None:
    """The officer who logs in with this name (lower case)."""
    return session.exec(select(Officer).where(col(Officer.username) == username)).first()


def find(session: Session, officer_id: UUID) -> Officer | None:
    """The officer with this id."""
    return session.exec(select(Officer).where(col(Officer.id) == officer_id)).first()


def names(session: Session, ids: Iterable[UUID]) -> list[tuple[UUID, str]]:
    """Officers with their names."""
    query = select(Officer.id, Officer.name).where(col(Officer.id).in_(ids))
    return [(id_, name) for id_, name in session.exec(query)]


def of_station(session: Session, station: str) -> list[Officer]:
    """Who works at a station, by name."""
    query = select(Officer).where(col(Officer.station_code) == station)
    return list(session.exec(query.order_by(col(Officer.name), col(Officer.id))))


def count_failure(session: Session, officer_id: UUID, at: datetime) -> int | None:
    """One more failed log-in from an unknown browser; how many in a row, None if refused by now.

    Parallel guesses wait for each other here, so one that began before the lock sees it.
    """
    locked_until = col(Officer.locked_until)
    done = session.execute(
        update(Officer)
        .where(col(Officer.id) == officer_id, locked_until.is_(None) | (locked_until <= at))
        .values(failures=col(Officer.failures) + 1)
        .returning(col(Officer.failures))
    )
    return done.scalar_one_or_none()


def lock(session: Session, officer_id: UUID, until: datetime) -> None:
    """Refuse log-ins from unknown browsers until then, and start counting anew."""
    session.execute(
        update(Officer).where(col(Officer.id) == officer_id).values(locked_until=until, failures=0)
    )


def accept_code(session: Session, officer_id: UUID, step: int) -> bool:
    """Use up an authenticator code; False if it, or a later one, was used before."""
    done = session.execute(
        update(Officer)
        .where(col(Officer.id) == officer_id, col(Officer.totp_step) < step)
        .values(totp_step=step)
        .returning(col(Officer.id))
    )
    return done.first() is not None


def forgive(session: Session, officer_id: UUID) -> None:
    """Somebody got in from a browser that was not known: those may try again."""
    session.execute(
        update(Officer).where(col(Officer.id) == officer_id).values(failures=0, locked_until=None)
    )


def put_session(session: Session, row: LoginSession) -> None:
    """Remember a log-in."""
    session.execute(insert(LoginSession).values(row.model_dump()))


def find_session(session: Session, cookie_mac: bytes, at: datetime) -> LoginSession | None:
    """The log-in this cookie belongs to, unless it has run out."""
    query = select(LoginSession).where(
        col(LoginSession.cookie_mac) == cookie_mac, col(LoginSession.expires_at) > at
    )
    return session.exec(query).first()


def end_session(session: Session, cookie_mac: bytes) -> None:
    """Forget a log-in."""
    session.execute(delete(LoginSession).where(col(LoginSession.cookie_mac) == cookie_mac))


def end_sessions_of(session: Session, officer_id: UUID) -> None:
    """Forget every log-in of an officer, and every browser they used."""
    browsers.forget(session, officer_id)
    session.execute(delete(LoginSession).where(col(LoginSession.officer_id) == officer_id))


def set_credentials(
    session: Session, officer_id: UUID, salt: bytes, sealed_key: bytes, sealed_totp: bytes
) -> None:
    """Another password opens the officer's key from now on."""
    session.execute(
        update(Officer)
        .where(col(Officer.id) == officer_id)
        .values(salt=salt, sealed_key=sealed_key, sealed_totp=sealed_totp)
    )


def renew(session: Session, officer: Officer) -> None:
    """The officer starts anew with the credentials in this row; every log-in ends.

    The new key opens nothing that was sealed to the old one.
    """
    kept.forget(session, officer.id)
    names = ("salt", "public_key", "sealed_key", "sealed_totp")
    session.execute(
        update(Officer)
        .where(col(Officer.id) == officer.id, col(Officer.state) == "active")
        .values(
            {name: getattr(officer, name) for name in names}
            | {"totp_step": 0, "failures": 0, "locked_until": None}
        )
    )
    end_sessions_of(session, officer.id)


def leave(session: Session, officer_id: UUID) -> None:
    """The officer no longer works here: no log-in, and no tip in sight."""
    end_sessions_of(session, officer_id)
    kept.forget(session, officer_id)
    session.execute(delete(OfficerScope).where(col(OfficerScope.officer_id) == officer_id))
    session.execute(update(Officer).where(col(Officer.id) == officer_id).values(state="left"))


def withdraw_invites(session: Session, officer_id: UUID) -> list[tuple[bytes, str]]:
    """Use up every invitation of an officer; the hashes of their tokens, and where they led."""
    return _used_up(session, col(Invite.invited_by) == officer_id)


def withdraw_resets(session: Session, officer_id: UUID) -> list[tuple[bytes, str]]:
    """Use up every link that makes an officer's log-in anew; hashes of their tokens, and where."""
    return _used_up(session, col(Invite.resets) == officer_id)


def _used_up(session: Session, which: ColumnElement[bool]) -> list[tuple[bytes, str]]:
    done = session.execute(
        update(Invite)
        .where(which, col(Invite.used).is_(False))
        .values(used=True)
        .returning(col(Invite.token_mac), col(Invite.station_code))
    )
    return [(token_mac, station) for token_mac, station in done]


def put_invite(session: Session, invite: Invite) -> None:
    """Remember an invitation, not its token."""
    session.execute(insert(Invite).values(invite.model_dump()))


def find_invite(session: Session, token_mac: bytes, at: datetime) -> Invite | None:
    """An invitation that can still be used."""
    query = select(Invite).where(
        col(Invite.token_mac) == token_mac,
        col(Invite.expires_at) > at,
        col(Invite.used).is_(False),
    )
    return session.exec(query).first()


def use_invite(session: Session, invite_id: UUID) -> bool:
    """Use an invitation up; False if somebody else just did."""
    done = session.execute(
        update(Invite)
        .where(col(Invite.id) == invite_id, col(Invite.used).is_(False))
        .values(used=True)
        .returning(col(Invite.id))
    )
    return done.first() is not None
