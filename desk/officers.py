"""Officers: how they get in, and whose keys they then hold."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pyotp

from desk import audit
from desk.desk import Desk
from desk.errors import (
    AlreadyActiveError,
    BadUsernameError,
    InviteGoneError,
    LockedError,
    NoProvinceError,
    NotAllowedError,
    UsernameTakenError,
    WeakPasswordError,
    WrongCodeError,
    WrongLoginError,
)
from storage import officers, stations, vault
from storage.models import Invite, LoginSession, Officer

PASSWORD_LENGTH = 12  # NIST SP 800-63B-4 (2025) asks for 15 without and 8 with a second factor
FAILURES_BEFORE_LOCK = 5
LOCK_TIME = timedelta(minutes=15)
SESSION_TIME = timedelta(hours=10)  # a working day; the key is gone from the server after it
INVITE_TIME = timedelta(hours=48)
TOTP_SECONDS = 30  # RFC 6238
_USERNAME = re.compile(r"[a-z0-9][a-z0-9.-]{2,31}")

ROLES = ("officer", "chief", "province")


@dataclass(frozen=True, slots=True)
class Signed:
    """The officer at the keyboard, with the private key their password or cookie opened."""

    officer: Officer
    private_key: bytes

    @property
    def id(self) -> UUID:
        """The officer's id."""
        return self.officer.id

    @property
    def may_invite(self) -> bool:
        """Whether this officer may let others in."""
        return self.officer.role in ("chief", "province")


@dataclass(frozen=True, slots=True)
class Joining:
    """What a new officer typed; `totp_secret` is the one their authenticator app was shown.

    `province` is the code the very first officer picked; others' stations are in their invitation.
    """

    name: str
    username: str
    password: str
    totp_secret: str
    totp_code: str
    province: str = ""


def anybody(desk: Desk) -> bool:
    """Whether there is an officer at all."""
    return officers.count(desk.session) > 0


def first_invite(desk: Desk, station: str | None, role: str) -> str:
    """A one-time token for the first officer of a station without keys.

    Needs no key, so the command line can do it. Whoever uses it activates the station. `station`
    None: the very first officer of all, who picks the province.

    Raises:
        AlreadyActiveError: its own people, or the province, must invite: only they hold its key.
    """
    row = stations.find(desk.session, station) if station else None
    if row is not None and row.public_key is not None:
        raise AlreadyActiveError
    return _invite(desk, station, role, None)


def invite(desk: Desk, signed: Signed, station: str, role: str) -> str:
    """A one-time token for a colleague; an active station's key is wrapped to it beforehand.

    Raises:
        NotAllowedError: only a chief for their own station, or the province for its stations.
    """
    row = stations.find(desk.session, station)
    own = station == signed.officer.station_code
    under = signed.officer.role == "province" and row is not None
    if row is None or not signed.may_invite or not (own or under):
        raise NotAllowedError
    if under and row.province_code != signed.officer.station_code:
        raise NotAllowedError
    if role not in ROLES or (role == "province") != (row.kind == "province"):
        raise NotAllowedError
    private = None if row.public_key is None else station_key(desk, signed, station)
    token = _invite(desk, station, role, signed.id)
    if private is not None:
        held = vault.pair_from_secret(token.encode(), "invite")
        holder = f"invite:{vault.digest(token.encode()).hex()}"
        stations.put_key(desk.session, station, holder, vault.wrap(held.public, private))
    audit.record(desk, "officer.invited", officer=signed.id, station=station, detail=role)
    return token


def find_invite(desk: Desk, token: str) -> Invite:
    """The invitation behind a link.

    Raises:
        InviteGoneError: used, run out or never made.
    """
    found = officers.find_invite(desk.session, vault.digest(token.encode()), desk.at)
    if found is None:
        raise InviteGoneError
    return found


def check_joining(desk: Desk, joining: Joining) -> None:
    """Refuse what would not work before a slow password key is made.

    Raises:
        BadUsernameError, WeakPasswordError, UsernameTakenError, WrongCodeError.
    """
    if not _USERNAME.fullmatch(joining.username):
        raise BadUsernameError
    if len(joining.password) < PASSWORD_LENGTH:
        raise WeakPasswordError(length=str(PASSWORD_LENGTH))
    if officers.by_username(desk.session, joining.username) is not None:
        raise UsernameTakenError
    if _step(joining.totp_secret, joining.totp_code, desk.at) is None:
        raise WrongCodeError


def join(desk: Desk, token: str, joining: Joining, salt: bytes, key: bytes) -> Signed:
    """Make the officer. `key` is the password key of `salt`, made outside the transaction.

    At a station that has a key, the invitation hands it over; otherwise see `activation.activate`.

    Raises:
        InviteGoneError: somebody used the link meanwhile.
    """
    check_joining(desk, joining)
    invite_row = find_invite(desk, token)
    if not officers.use_invite(desk.session, invite_row.id):
        raise InviteGoneError
    station = invite_row.station_code or _picked_province(desk, joining.province)
    pair, officer_id = vault.new_pair(), uuid4()
    officer = Officer(
        id=officer_id,
        username=joining.username,
        name=joining.name.strip(),
        role=invite_row.role,
        station_code=station,
        salt=salt,
        public_key=pair.public,
        sealed_key=vault.seal(key, pair.private, _key_context(officer_id)),
        sealed_totp=vault.seal(key, joining.totp_secret.encode(), _totp_context(officer_id)),
    )
    if not officers.insert_new(desk.session, officer, [station]):
        raise UsernameTakenError
    _take_over_key(desk, token, officer)
    audit.record(
        desk,
        "officer.joined",
        officer=officer_id,
        station=officer.station_code,
        detail=officer.role,
    )
    return Signed(officer, pair.private)


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
        totp = vault.unseal(key, officer.sealed_totp, _totp_context(officer.id)).decode()
    except vault.SealError:
        raise WrongLoginError from None
    step = _step(totp, code, desk.at)
    if step is None or not officers.accept_code(desk.session, officer.id, step):
        raise WrongLoginError
    audit.record(desk, "officer.signed_in", officer=officer.id, station=officer.station_code)
    return open_session(desk, signed), signed


def unlock(officer: Officer, key: bytes) -> Signed:
    """The officer's keys, opened by their password key; raises `storage.vault.SealError`."""
    return Signed(officer, vault.unseal(key, officer.sealed_key, _key_context(officer.id)))


def open_session(desk: Desk, signed: Signed) -> str:
    """A cookie secret; the officer's key is kept sealed under it."""
    cookie = secrets.token_urlsafe(32)
    row = LoginSession(
        cookie_mac=vault.digest(cookie.encode()),
        officer_id=signed.id,
        sealed_key=vault.seal(
            vault.derive(cookie.encode(), "login session"),
            signed.private_key,
            _key_context(signed.id),
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
    return Signed(officer, vault.unseal(key, row.sealed_key, _key_context(officer.id)))


def sign_out(desk: Desk, cookie: str) -> None:
    """End a log-in."""
    officers.end_session(desk.session, vault.digest(cookie.encode()))


def csrf_token(cookie: str) -> str:
    """What a form of this log-in must carry."""
    return vault.derive(cookie.encode(), "csrf").hex()


def station_key(desk: Desk, signed: Signed, station: str) -> bytes:
    """The private key of the officer's own station, or of a station under their province.

    Raises:
        NotAllowedError: this officer holds no key to it.
    """
    own = stations.key_of(desk.session, signed.officer.station_code, f"officer:{signed.id}")
    if own is None:
        raise NotAllowedError
    private = vault.unwrap(signed.private_key, own)
    if station == signed.officer.station_code:
        return private
    lent = stations.key_of(desk.session, station, "province")
    if lent is None or signed.officer.role != "province":
        raise NotAllowedError
    return vault.unwrap(private, lent)


def colleagues(desk: Desk, station: str) -> list[Officer]:
    """Who works at a station, by name."""
    return officers.of_station(desk.session, station)


def find(desk: Desk, officer_id: UUID) -> Officer | None:
    """The officer with this id."""
    return officers.find(desk.session, officer_id)


def new_totp_secret() -> str:
    """A secret for an authenticator app, base 32 as RFC 6238 apps expect."""
    return pyotp.random_base32()


def totp_uri(secret: str, username: str) -> str:
    """What the QR code for the authenticator app says."""
    return pyotp.TOTP(secret).provisioning_uri(name=username or "can-bo", issuer_name="Tiếng Loa")


def _invite(desk: Desk, station: str | None, role: str, invited_by: UUID | None) -> str:
    token = secrets.token_urlsafe(24)
    row = Invite(
        token_mac=vault.digest(token.encode()),
        public_key=vault.pair_from_secret(token.encode(), "invite").public,
        station_code=station,
        role=role,
        invited_by=invited_by,
        expires_at=desk.at + INVITE_TIME,
    )
    officers.put_invite(desk.session, row)
    return token


def _picked_province(desk: Desk, code: str) -> str:
    station = stations.find(desk.session, code)
    if station is None or station.kind != "province" or station.public_key is not None:
        raise NoProvinceError
    return code


def _take_over_key(desk: Desk, token: str, officer: Officer) -> None:
    """Re-wrap the station key from the invitation to the officer who used it."""
    holder = f"invite:{vault.digest(token.encode()).hex()}"
    wrapped = stations.key_of(desk.session, officer.station_code, holder)
    if wrapped is None:
        return
    private = vault.unwrap(vault.pair_from_secret(token.encode(), "invite").private, wrapped)
    stations.put_key(
        desk.session,
        officer.station_code,
        f"officer:{officer.id}",
        vault.wrap(officer.public_key, private),
    )
    stations.drop_key(desk.session, officer.station_code, holder)


def _step(secret: str, code: str, at: datetime) -> int | None:
    """The time step a code belongs to: now, or one either side for a clock that is off."""
    totp, now = pyotp.TOTP(secret), int(at.timestamp()) // TOTP_SECONDS
    typed = "".join(code.split())
    for step in (now, now - 1, now + 1):
        if secrets.compare_digest(totp.at(step * TOTP_SECONDS).encode(), typed.encode()):
            return step
    return None


def _key_context(officer: UUID) -> bytes:
    return f"officer key {officer}".encode()


def _totp_context(officer: UUID) -> bytes:
    return f"officer totp {officer}".encode()
