"""A lost password: two colleagues agree, and the officer starts anew with their station's key.

What the old password sealed is lost for good: the officer's own key and the authenticator. Nothing
hangs on those but log-ins. The station's key, which opens every old tip, is wrapped anew to the
officer's new key: by a colleague or the province, or, where nobody is left who holds it, by the
recovery key on paper together with the operator. Without any of these nobody reads its tips again.
"""

from dataclasses import dataclass
from uuid import UUID

from desk import activation, audit, codes, handover, links, officers, roles, totp
from desk.credentials import check_new
from desk.desk import Desk
from desk.errors import (
    InviteGoneError,
    NoRequestError,
    NoSuchColleagueError,
    NotAllowedError,
    SecondOfficerError,
    WrongCodeError,
    WrongRecoveryKeyError,
)
from desk.officers import INVITE_TIME, Signed, key_context, totp_context
from storage import officers as rows
from storage import resets, stations, vault
from storage.models import Invite, Officer, ResetRequest, Station


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that somebody has to agree to."""

    officer: Officer
    asked_by: str
    may_approve: bool


@dataclass(frozen=True, slots=True)
class Renewal:
    """Whose link it is; `on_paper`: the station's key comes from the recovery key."""

    officer: Officer
    on_paper: bool


@dataclass(frozen=True, slots=True)
class Renewing:
    """What the officer typed; `recovery` is empty unless the link asks for the recovery key."""

    password: str
    totp_secret: str
    totp_code: str
    recovery: str = ""


def ask(desk: Desk, signed: Signed, username: str) -> str:
    """First of four eyes: a colleague lost their password; returns their name.

    Raises:
        NoSuchColleagueError: nobody of this station, or of this province for its own people.
    """
    officer = rows.by_username(desk.session, username.strip().lower())
    if officer is None or not _near(desk, signed, officer):
        raise NoSuchColleagueError
    request = ResetRequest(
        officer_id=officer.id, asked_by=signed.id, expires_at=desk.at + INVITE_TIME
    )
    resets.put(desk.session, request)
    _record(desk, signed.id, officer, "officer.reset_asked")
    return officer.name


def waiting(desk: Desk, signed: Signed) -> list[Waiting]:
    """Requests this officer may see, each with whether they may agree."""
    found = []
    for request in resets.waiting(desk.session, signed.officer.station_code, desk.at):
        officer, asked = rows.find(desk.session, request.officer_id), request.asked_by
        if officer is not None and _near(desk, signed, officer):
            may = asked != signed.id and _holds(desk, signed, officer)
            name = rows.names(desk.session, [asked])[0][1]
            found.append(Waiting(officer, name, may))
    return found


def approve(desk: Desk, signed: Signed, officer_id: UUID) -> str:
    """Second of four eyes: a one-time token for the colleague, with the station's key.

    Raises:
        NoRequestError: nobody asked, or it was two days ago.
        SecondOfficerError: whoever asked cannot agree.
        NotAllowedError: no key to hand over.
    """
    officer = rows.find(desk.session, officer_id)
    if officer is None or not _near(desk, signed, officer):
        raise NoSuchColleagueError
    request = resets.take(desk.session, officer_id, desk.at)
    if request is None:
        raise NoRequestError
    if request.asked_by == signed.id:
        raise SecondOfficerError
    if not _holds(desk, signed, officer):
        raise NotAllowedError
    token = officers.new_invite(desk, officer.station_code, officer.role, signed.id, officer.id)
    if officer.role in roles.READERS:
        private = officers.station_key(desk, signed, officer.station_code)
        handover.enclose(desk, token, officer.station_code, private)
    _record(desk, signed.id, officer, "officer.reset_approved")
    return token


def operators_token(desk: Desk, username: str) -> str:
    """For the command line: a link that opens nothing without the recovery key.

    Raises:
        NoSuchColleagueError: no such officer at work.
    """
    officer = rows.by_username(desk.session, username)
    if officer is None or officer.state != "active":
        raise NoSuchColleagueError
    _record(desk, None, officer, "officer.reset_approved")
    return officers.new_invite(desk, officer.station_code, officer.role, None, officer.id)


def find(desk: Desk, token: str) -> Renewal:
    """Whose link it is.

    Raises:
        InviteGoneError: used, run out, or no such link.
    """
    invite, officer = _found(desk, token)
    return Renewal(officer, invite.invited_by is None)


def check(desk: Desk, token: str, typed: Renewing) -> None:
    """Refuse what would not work before a slow password key is made.

    Raises:
        WeakPasswordError, WrongCodeError, WrongRecoveryKeyError.
    """
    invite, officer = _found(desk, token)
    check_new(typed.password)
    if totp.step_of(typed.totp_secret, typed.totp_code, desk.at) is None:
        raise WrongCodeError
    if invite.invited_by is None:
        _on_paper(desk, officer, typed.recovery)


def renew(desk: Desk, token: str, typed: Renewing, salt: bytes, key: bytes) -> Signed:
    """Start anew. Args: key: the password key of `salt`, made outside the transaction."""
    check(desk, token, typed)
    invite, officer = _found(desk, token)
    if not rows.use_invite(desk.session, invite.id):
        raise InviteGoneError
    pair = vault.new_pair()
    officer.salt, officer.public_key = salt, pair.public
    officer.sealed_key = vault.seal(key, pair.private, key_context(officer.id))
    secret = typed.totp_secret.encode()
    officer.sealed_totp = vault.seal(key, secret, totp_context(officer.id))
    rows.renew(desk.session, officer)
    links.withdraw_resets(desk, officer.id)
    if invite.invited_by is not None:
        handover.take(desk, token, officer)
    elif officer.role in roles.READERS:
        recovery = _on_paper(desk, officer, typed.recovery)
        wrapped = stations.key_of(desk.session, officer.station_code, "recovery")
        if wrapped is None:
            raise WrongRecoveryKeyError
        handover.give(desk, officer, vault.unwrap(recovery, wrapped))
    _record(desk, officer.id, officer, "officer.reset_done")
    return Signed(officer, pair.private)


def _found(desk: Desk, token: str) -> tuple[Invite, Officer]:
    invite = officers.any_invite(desk, token)
    officer = rows.find(desk.session, invite.resets) if invite.resets else None
    if officer is None or officer.state != "active":
        raise InviteGoneError
    return invite, officer


def _on_paper(desk: Desk, officer: Officer, typed: str) -> bytes:
    """The recovery key of the officer's province, as typed from paper."""
    private = codes.decode(typed, activation.RECOVERY_BYTES)
    province = stations.find(desk.session, _station(desk, officer).province_code)
    if private is None or province is None:
        raise WrongRecoveryKeyError
    if vault.pair_from_private(private).public != province.recovery_key:
        raise WrongRecoveryKeyError
    return private


def _near(desk: Desk, signed: Signed, officer: Officer) -> bool:
    """Whether they work at one station, or one of them at the province above; never oneself."""
    mine = signed.officer.station_code
    above = signed.officer.role in roles.ABOVE and _station(desk, officer).province_code == mine
    near = officer.station_code == mine or above
    return near and officer.state == "active" and officer.id != signed.id


def _holds(desk: Desk, signed: Signed, officer: Officer) -> bool:
    """Whether this officer can hand over what the other one needs."""
    if officer.role not in roles.READERS:
        return signed.reads or signed.may_invite
    return signed.reads and officers.can_open(desk, signed, officer.station_code)


def _station(desk: Desk, officer: Officer) -> Station:
    station = stations.find(desk.session, officer.station_code)
    if station is None:
        raise LookupError("an officer's station is always in the table (foreign key)")
    return station


def _record(desk: Desk, by: UUID | None, officer: Officer, action: str) -> None:
    where = officer.station_code
    audit.record(desk, action, officer=by, station=where, detail=str(officer.id))
