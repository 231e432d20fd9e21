"""A new password for the key there is: the old one opens it, the new one seals it again."""

from desk import audit, links, logins, officers, totp
from desk.desk import Desk
from desk.errors import WeakPasswordError, WrongLoginError
from desk.officers import PASSWORD_LENGTH, Signed, key_context, totp_context
from storage import officers as rows
from storage import vault


def check_new(password: str) -> None:
    """Refuse what is too short; raises `WeakPasswordError`."""
    if len(password) < PASSWORD_LENGTH:
        raise WeakPasswordError(length=str(PASSWORD_LENGTH))


def start(desk: Desk, signed: Signed, browser: str = "") -> bytes:
    """Count an attempt, as at the log-in, and return the salt of the old password.

    Raises:
        LockedError: too many failures.
    """
    return logins.start_sign_in(desk, signed.officer.username, browser).salt


def open_old(desk: Desk, signed: Signed, key: bytes, code: str, browser: str = "") -> bytes:
    """The authenticator's secret, if the old password and the code are right.

    Raises:
        WrongLoginError: which one is wrong is not said.
    """
    officer = officers.find(desk, signed.id)
    if officer is None:
        raise WrongLoginError
    try:
        logins.unlock(officer, key)
        secret = vault.unseal(key, officer.sealed_totp, totp_context(officer.id))
    except vault.SealError:
        raise WrongLoginError from None
    step = totp.step_of(secret.decode(), code, desk.at)
    if step is None or not rows.accept_code(desk.session, officer.id, step):
        raise WrongLoginError
    logins.forgive(desk, officer, browser)
    return secret


def change(
    desk: Desk, signed: Signed, secret: bytes, salt: bytes, key: bytes, browser: str = ""
) -> str:
    """Seal everything under the new password's key; the cookie of a new log-in, the only one left.

    Other browsers are forgotten as well: whoever has one of them is a stranger again.

    Args: secret: what `open_old` returned; key: made of the new password and `salt`.
    """
    rows.set_credentials(
        desk.session,
        signed.id,
        salt,
        vault.seal(key, signed.private_key, key_context(signed.id)),
        vault.seal(key, secret, totp_context(signed.id)),
    )
    rows.end_sessions_of(desk.session, signed.id)
    links.withdraw_resets(desk, signed.id)
    station = signed.officer.station_code
    audit.record(desk, "officer.password_changed", officer=signed.id, station=station)
    return logins.open_session(desk, signed, browser)
