"""Log-ins: a password that opens a key, a code that works once, a session that runs out."""

import secrets
from datetime import timedelta

from desk import audit, totp
from desk.desk import Desk
from desk.errors import LockedError, WrongLoginError
from desk.officers import Signed, key_context, totp_context
from storage import officers, vault
from storage.models import LoginSession, Officer

FAILURES_BEFORE_LOCK = 5
LOCK_TIME = timedelta(minutes=15)
SESSION_TIME = timedelta(hours=10)  # a working day; the key is gone from the server after it


def start_sign_in(desk: Desk, username: str) -> bytes:
    """Count an attempt and return the salt to make the password key with.

    Counted before the password is looked at, so parallel guesses spend the same budget as serial
    ones. An unknown name gets a salt too: the answer takes as long and says as little.

    Raises:
        LockedError: too many failures.
    """
    officer = officers.by_username(desk.session, username)
    if officer is None or officer.state != "active":
        return vault.digest(desk.tools.keyring.receipt + username.encode())[: vault.SALT_BYTES]
    if officer.locked_until is not None and officer.locked_until > desk.at:
        left = officer.locked_until - desk.at
        raise LockedError(minutes=str(max(1, round(left.total_seconds() / 60))))
    failures = officers.count_failure(desk.session, officer.id, desk.at)
    if failures is None:  # a parallel guess was the last one allowed
        raise LockedError(minutes=str(LOCK_TIME // timedelta(minutes=1)))
    if failures >= FAILURES_BEFORE_LOCK:
        officers.lock(desk.session, officer.id, desk.at + LOCK_TIME)
        audit.record(desk, "officer.locked", officer=officer.id, station=officer.station_code)
    return officer.salt


def sign_in(desk: Desk, username: str, key: bytes, code: str) -> tuple[str, Signed]:
    """The cookie secret and the officer.

    Raises:
        WrongLoginError: name, password or code; which one is not said.
    """
    officer = officers.by_username(desk.session, username)
    if officer is None or officer.state != "active":
        raise WrongLoginError
    try:
        signed = unlock(officer, key)
        secret = vault.unseal(key, officer.sealed_totp, totp_context(officer.id)).decode()
    except vault.SealError:
        raise WrongLoginError from None
    step = totp.step_of(secret, code, desk.at)
    if step is None or not officers.accept_code(desk.session, officer.id, step):
        raise WrongLoginError
    audit.record(desk, "officer.signed_in", officer=officer.id, station=officer.station_code)
    return open_session(desk, signed), signed


def unlock(officer: Officer, key: bytes) -> Signed:
    """The officer's keys, opened by their password key; raises `storage.vault.SealError`."""
    return Signed(officer, vault.unseal(key, officer.sealed_key, key_context(officer.id)))


def open_session(desk: Desk, signed: Signed) -> str:
    """A cookie secret; the officer's key is kept sealed under it."""
    cookie = secrets.token_urlsafe(32)
    row = LoginSession(
        cookie_mac=vault.digest(cookie.encode()),
        officer_id=signed.id,
        sealed_key=vault.seal(
            vault.derive(cookie.encode(), "login session"),
            signed.private_key,
            key_context(signed.id),
        ),
        expires_at=desk.at + SESSION_TIME,
    )
    officers.put_session(desk.session, row)
    return cookie


def resume(desk: Desk, cookie: str) -> Signed | None:
    """The officer a cookie belongs to, if the log-in still stands."""
    row = officers.find_session(desk.session, vault.digest(cookie.encode()), desk.at)
    officer = officers.find(desk.session, row.officer_id) if row else None
    if row is None or officer is None or officer.state != "active":
        return None
    key = vault.derive(cookie.encode(), "login session")
    return Signed(officer, vault.unseal(key, row.sealed_key, key_context(officer.id)))


def sign_out(desk: Desk, cookie: str) -> None:
    """End a log-in."""
    officers.end_session(desk.session, vault.digest(cookie.encode()))


def csrf_token(cookie: str) -> str:
    """What a form of this log-in must carry."""
    return vault.derive(cookie.encode(), "csrf").hex()
