"""A station opens: its first officer's log-in makes its key.

A commune's key is wrapped to that officer, to its province and to the province's recovery key. A
province's key waits for its recovery key: made in the browser, shown once, written down, and
confirmed by typing two of its groups. Until then the province takes no tips.
"""

import secrets
from dataclasses import dataclass

from desk import audit, codes, links, roles
from desk.desk import Desk
from desk.errors import AlreadyActiveError, ProvinceNotActiveError, WrongRecoveryError
from desk.officers import Signed
from storage import officers, stations, vault
from storage.models import Station

RECOVERY_BYTES = 32
GROUPS_TO_TYPE = 2


@dataclass(frozen=True, slots=True)
class Recovery:
    """A recovery key on its way to paper.

    `carried` is the key sealed for the page's hidden field: the server keeps nothing until the
    groups numbered in `asked` (from 1) have been typed.
    """

    groups: tuple[str, ...]
    asked: tuple[int, ...]
    carried: bytes


def needs_recovery(desk: Desk, signed: Signed) -> bool:
    """Whether this officer's province desk still waits for its recovery key."""
    station = _station(desk, signed)
    return station.kind == "province" and station.active_since is None


def activate_commune(desk: Desk, signed: Signed) -> None:
    """Make the key of a commune station with its first officer.

    Raises:
        ProvinceNotActiveError: nobody above it could ever recover its tips.
        AlreadyActiveError: another first officer was faster.
    """
    station = _station(desk, signed)
    province = stations.find(desk.session, station.province_code)
    if province is None or province.public_key is None or province.recovery_key is None:
        raise ProvinceNotActiveError
    pair = vault.new_pair()
    _activate(desk, signed, pair, None)
    for holder, public in (("province", province.public_key), ("recovery", province.recovery_key)):
        stations.put_key(desk.session, station.code, holder, vault.wrap(public, pair.private))


def new_recovery(cookie: str) -> Recovery:
    """A fresh recovery key, to be shown once. Nothing is stored."""
    private = vault.new_key()
    groups = tuple(codes.encode(private).split("-"))
    asked = tuple(sorted(secrets.SystemRandom().sample(range(1, len(groups)), GROUPS_TO_TYPE)))
    return Recovery(groups, asked, _carry(cookie, private, asked))


def confirm_recovery(
    desk: Desk, signed: Signed, cookie: str, carried: bytes, typed: tuple[str, ...]
) -> None:
    """Open a province desk once its recovery key is known to be on paper.

    Raises:
        WrongRecoveryError: the groups typed are not those asked for.
        AlreadyActiveError: it is open already.
    """
    private, asked = _uncarry(cookie, carried)
    groups = codes.encode(private).split("-")
    wanted = [groups[number - 1] for number in asked]
    if [codes.read_symbols(group) for group in typed] != wanted:
        raise WrongRecoveryError
    station = _station(desk, signed)
    if station.active_since is not None:
        raise AlreadyActiveError
    recovery, pair = vault.pair_from_private(private), vault.new_pair()
    _activate(desk, signed, pair, recovery.public)
    wrapped = vault.wrap(recovery.public, pair.private)
    stations.put_key(desk.session, station.code, "recovery", wrapped)


def recover_groups(cookie: str, carried: bytes) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Groups and asked numbers of a key on its way: to show the same page again after a slip."""
    private, asked = _uncarry(cookie, carried)
    return tuple(codes.encode(private).split("-")), asked


def _activate(desk: Desk, signed: Signed, pair: vault.KeyPair, recovery_key: bytes | None) -> None:
    code = signed.officer.station_code
    links.hold(desk)
    if not stations.activate(desk.session, code, pair.public, recovery_key, desk.today):
        raise AlreadyActiveError
    # Colleagues who came in before there was a key get it now.
    for officer in officers.of_station(desk.session, code):
        if officer.role not in roles.READERS or officer.state != "active":
            continue
        wrapped = vault.wrap(officer.public_key, pair.private)
        stations.put_key(desk.session, code, f"officer:{officer.id}", wrapped)
    audit.record(desk, "station.activated", officer=signed.id, station=code)


def _station(desk: Desk, signed: Signed) -> Station:
    station = stations.find(desk.session, signed.officer.station_code)
    if station is None:
        raise LookupError("an officer's station is always in the table (foreign key)")
    return station


def _carry(cookie: str, private: bytes, asked: tuple[int, ...]) -> bytes:
    return vault.enclose(_carry_key(cookie), bytes(asked) + private, b"recovery")


def _uncarry(cookie: str, carried: bytes) -> tuple[bytes, tuple[int, ...]]:
    try:
        opened = vault.disclose(_carry_key(cookie), carried, b"recovery")
    except vault.SealError:
        raise WrongRecoveryError from None
    return opened[GROUPS_TO_TYPE:], tuple(opened[:GROUPS_TO_TYPE])


def _carry_key(cookie: str) -> bytes:
    return vault.derive(cookie.encode(), "recovery on its way")
