"""Log-ins: a password that opens a key, a code that works once, a session that runs out."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from desk import audit, browsers, totp
from desk.desk import Desk, Tools
from desk.errors import LockedError, StrangersLockedError, WrongLoginError
from desk.officers import Signed, key_context, totp_context
from storage import browsers as browser_rows
from storage import officers, vault
from storage.models import KnownBrowser, LoginSession, Officer

FAILURES_BEFORE_LOCK = 5
LOCK_TIME = timedelta(minutes=15)
NOBODY = UUID(int=0)  # a form for whoever has no log-in
_HEX_OF_ID = 32  # characters
KNOWN, STRANGERS = "known browser", "unknown browsers"  # in the audit log: which were locked
SESSION_TIME = timedelta(hours=10)  # a working day; the key is gone from the server after it


@dataclass(frozen=True, slots=True)
class Attempt:
    """A log-in that was counted; `stranger`: from a browser the officer has not logged in with."""

    salt: bytes
    stranger: bool


def start_sign_in(desk: Desk, username: str, browser: str = "") -> Attempt:
    """Count an attempt and return the salt to make the password key with.

    Counted before the password is looked at, so parallel guesses spend the same budget as serial
    ones. An unknown name gets a salt too: the answer takes as long and says as little. A browser
    the officer has logged in with has a budget of its own; all others share one, so that strangers
    can use up theirs and not the officer's.

    Args: browser: the secret of its cookie; empty: none.

    Raises:
        LockedError: too many failures.
    """
    officer = officers.by_username(desk.session, username)
    if officer is None or officer.state != "active":
        made_up = vault.digest(desk.tools.keyring.receipt + username.encode())
        return Attempt(made_up[: vault.SALT_BYTES], stranger=True)
    known = browsers.known(desk, officer.id, browser)
    _count(desk, officer, known)
    return Attempt(officer.salt, stranger=known is None)


def _count(desk: Desk, officer: Officer, known: KnownBrowser | None) -> None:
    refusal = LockedError if known else StrangersLockedError
    locked = known.locked_until if known else officer.locked_until
    if locked is not None and locked > desk.at:
        left = locked - desk.at
        raise refusal(minutes=str(max(1, round(left.total_seconds() / 60))))
    if known:
        failures = browser_rows.count_failure(desk.session, known, desk.at)
    else:
        failures = officers.count_failure(desk.session, officer.id, desk.at)
    if failures is None:  # a parallel guess was the last one allowed
        raise refusal(minutes=str(LOCK_TIME // timedelta(minutes=1)))
    if failures < FAILURES_BEFORE_LOCK:
        return
    if known:
        browser_rows.lock(desk.session, known, desk.at + LOCK_TIME)
    else:
        officers.lock(desk.session, officer.id, desk.at + LOCK_TIME)
    where = KNOWN if known else STRANGERS
    station = officer.station_code
    audit.record(desk, "officer.locked", officer=officer.id, station=station, detail=where)


def forgive(desk: Desk, officer: Officer, browser: str) -> None:
    """Password and code were right: nothing more is counted against this browser.

    What strangers used up stays used up: the officer, at a browser of their own, is no sign that
    the strangers were right.
    """
    if browsers.known(desk, officer.id, browser):
        browsers.remember(desk, officer.id, browser)
    else:
        officers.forgive(desk.session, officer.id)


def sign_in(
    desk: Desk, username: str, key: bytes, code: str, browser: str = ""
) -> tuple[str, Signed]:
    """The cookie secret and the officer. Args: browser: as `start_sign_in` was given.

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
    forgive(desk, officer, browser)
    audit.record(desk, "officer.signed_in", officer=officer.id, station=officer.station_code)
    return open_session(desk, signed, browser), signed


def unlock(officer: Officer, key: bytes) -> Signed:
    """The officer's keys, opened by their password key; raises `storage.vault.SealError`."""
    return Signed(officer, vault.unseal(key, officer.sealed_key, key_context(officer.id)))


def open_session(desk: Desk, signed: Signed, browser: str = "") -> str:
    """A cookie secret; the officer's key is kept sealed under it, and the browser known."""
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
    browsers.remember(desk, signed.id, browser)
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


def form_token(tools: Tools, browser: str, officer: UUID = NOBODY) -> str:
    """What a form must carry that this browser shows to this officer.

    It outlives a log-in: who wrote something is known although their log-in has ended, and once
    they are in again it is still theirs. Another site, another browser and another officer cannot
    make it. Args: browser: the secret of its cookie.
    """
    key = vault.derive(tools.keyring.bot.secret, "form token")
    return vault.mac(key, f"{browser}\0{officer.hex}".encode()).hex() + officer.hex


def writer_of(tools: Tools, browser: str, token: str) -> UUID | None:
    """Whom this browser showed the form with this token; None if it is none of its own."""
    try:
        officer = UUID(token[-_HEX_OF_ID:])
    except ValueError:
        return None
    wanted = form_token(tools, browser, officer)
    return officer if secrets.compare_digest(token.encode(), wanted.encode()) else None
