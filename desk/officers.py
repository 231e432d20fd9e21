"""Officers: who lets whom in, and whose keys they then hold."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from desk import audit, handover, links, roles, totp
from desk.desk import Desk
from desk.errors import (
    AlreadyActiveError,
    BadUsernameError,
    InviteGoneError,
    NoKeyError,
    NoProvinceError,
    NotAllowedError,
    StationNotOpenError,
    UsernameTakenError,
    WeakPasswordError,
    WrongCodeError,
)
from storage import officers, stations, vault
from storage.models import Invite, Officer, Station

PASSWORD_LENGTH = 12  # NIST SP 800-63B-4 (2025) asks for 15 without and 8 with a second factor
INVITE_TIME = timedelta(hours=48)
_USERNAME = re.compile(r"[a-z0-9][a-z0-9.-]{2,31}")


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
        return self.officer.role in roles.LEADERS

    @property
    def reads(self) -> bool:
        """Whether this officer holds their station's key, and so may see tips."""
        return self.officer.role in roles.READERS

    @property
    def writes(self) -> bool:
        """Whether this officer may write notices."""
        return self.officer.role in roles.WRITERS


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
        NotAllowedError: nobody with this role could hold the key.
    """
    row = stations.find(desk.session, station) if station else None
    if role not in roles.READERS:
        raise NotAllowedError
    if row is not None and row.public_key is not None:
        raise AlreadyActiveError
    audit.record(desk, "officer.invited", station=station, detail=role)
    return new_invite(desk, station, role, None)


def invite(desk: Desk, signed: Signed, station: str, role: str) -> str:
    """A one-time token for a colleague; an active station's key is wrapped to it beforehand.

    Raises:
        NotAllowedError: only a chief for their own station, or the province for its stations.
        NoKeyError: an admin holds no key to hand over.
        StationNotOpenError: somebody who will hold the key has to come first.
    """
    row = stations.find(desk.session, station)
    own = station == signed.officer.station_code
    under = signed.officer.role in roles.ABOVE and row is not None
    if row is None or not signed.may_invite or not (own or under):
        raise NotAllowedError
    if under and row.province_code != signed.officer.station_code:
        raise NotAllowedError
    if role not in roles.AT[row.kind]:
        raise NotAllowedError
    private = _key_to_hand_over(desk, signed, row, role)
    token = new_invite(desk, station, role, signed.id)
    if private is not None:
        handover.enclose(desk, token, station, private)
    audit.record(desk, "officer.invited", officer=signed.id, station=station, detail=role)
    return token


def find_invite(desk: Desk, token: str) -> Invite:
    """The invitation of a new colleague behind a link.

    Raises:
        InviteGoneError: used, run out, never made, or somebody opened it meanwhile.
    """
    found = any_invite(desk, token)
    if found.resets is not None:
        raise InviteGoneError
    links.check(desk, found, token)
    return found


def any_invite(desk: Desk, token: str) -> Invite:
    """Whatever is behind a link, a lost password too; raises as `find_invite`."""
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
    if totp.step_of(joining.totp_secret, joining.totp_code, desk.at) is None:
        raise WrongCodeError


def join(desk: Desk, token: str, joining: Joining, salt: bytes, key: bytes) -> Signed:
    """Make the officer. `key` is the password key of `salt`, made outside the transaction.

    At a station that has a key, the invitation hands it over; otherwise see `activation.activate`.

    Raises:
        InviteGoneError: somebody used the link, or opened the station, meanwhile.
    """
    links.hold(desk)
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
        sealed_key=vault.seal(key, pair.private, key_context(officer_id)),
        sealed_totp=vault.seal(key, joining.totp_secret.encode(), totp_context(officer_id)),
    )
    signed = Signed(officer, pair.private)
    if not officers.insert_new(desk.session, officer, [station] if signed.reads else []):
        raise UsernameTakenError
    handover.take(desk, token, officer)
    audit.record(
        desk,
        "officer.joined",
        officer=officer_id,
        station=officer.station_code,
        detail=officer.role,
    )
    return signed


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


def names(desk: Desk, ids: Iterable[UUID]) -> dict[UUID | None, str]:
    """Officer → name, in one question at most."""
    wanted = set(ids)
    return dict(officers.names(desk.session, wanted)) if wanted else {}


def new_invite(
    desk: Desk,
    station: str | None,
    role: str,
    invited_by: UUID | None,
    resets: UUID | None = None,
) -> str:
    """A token; the rules above decide who gets one. Args: resets: whose log-in it makes anew."""
    token = secrets.token_urlsafe(24)
    row = Invite(
        token_mac=vault.digest(token.encode()),
        public_key=vault.pair_from_secret(token.encode(), "invite").public,
        station_code=station,
        role=role,
        invited_by=invited_by,
        resets=resets,
        expires_at=desk.at + INVITE_TIME,
    )
    officers.put_invite(desk.session, row)
    return token


def _key_to_hand_over(desk: Desk, signed: Signed, row: Station, role: str) -> bytes | None:
    """The station's key, if there is one and this role is to hold it."""
    if role not in roles.READERS:
        if row.public_key is None:
            raise StationNotOpenError(name=row.name)
        return None
    if row.public_key is None:
        return None
    if not signed.reads:
        raise NoKeyError
    return station_key(desk, signed, row.code)


def _picked_province(desk: Desk, code: str) -> str:
    station = stations.find(desk.session, code)
    if station is None or station.kind != "province" or station.public_key is not None:
        raise NoProvinceError
    return code


def can_open(desk: Desk, signed: Signed, station: str) -> bool:
    """Whether this officer holds a key to the station."""
    try:
        station_key(desk, signed, station)
    except NotAllowedError:
        return False
    return True


def key_context(officer: UUID) -> bytes:
    """What an officer's private key is sealed as."""
    return f"officer key {officer}".encode()


def totp_context(officer: UUID) -> bytes:
    """What an officer's authenticator secret is sealed as."""
    return f"officer totp {officer}".encode()
