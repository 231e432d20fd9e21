"""Stations open: whose log-in makes the key, and that the recovery key on paper really opens it."""

import pytest
from sqlalchemy import text

from desk import activation, codes, departures, envelope, logins, stations, tips
from desk.desk import Office
from desk.errors import AlreadyActiveError, ProvinceNotActiveError, WrongRecoveryError
from desk.officers import Signed
from storage import stations as station_keys
from storage import tips as rows
from storage import vault
from tests.world import COMMUNE, PROVINCE, World, hire

THEFT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"


@pytest.fixture
def ngan(office: Office) -> Signed:
    """Ngân has joined, and her desk waits for its recovery key."""
    return hire(office, PROVINCE, "province", "Ngân", "ngan")


def log_in(office: Office, signed: Signed) -> str:
    with office.begin("desk") as desk:
        return logins.open_session(desk, signed)


def confirm(
    office: Office, signed: Signed, cookie: str, carried: bytes, typed: tuple[str, ...]
) -> None:
    with office.begin("desk", signed.id) as desk:
        activation.confirm_recovery(desk, signed, cookie, carried, typed)


def asked_for(recovery: activation.Recovery) -> tuple[str, ...]:
    return tuple(recovery.groups[number - 1] for number in recovery.asked)


def is_active(office: Office, code: str) -> bool:
    with office.begin("desk") as desk:
        station = stations.find(desk, code)
    return station is not None and stations.is_active(station)


def test_a_province_opens_once_two_groups_of_its_recovery_key_are_typed(
    office: Office, ngan: Signed
) -> None:
    cookie = log_in(office, ngan)
    with office.begin("desk") as desk:
        needed = activation.needs_recovery(desk, ngan)
    recovery = activation.new_recovery(cookie)
    before = is_active(office, PROVINCE)

    confirm(office, ngan, cookie, recovery.carried, tuple(g.lower() for g in asked_for(recovery)))

    assert (needed, before, is_active(office, PROVINCE)) == (True, False, True)
    with office.begin("desk") as desk:
        assert not activation.needs_recovery(desk, ngan)


def test_a_recovery_key_is_new_each_time_and_asks_for_two_of_its_groups() -> None:
    keys = [activation.new_recovery("cookie") for _ in range(50)]

    assert len({key.groups for key in keys}) == 50
    assert {len(key.groups) for key in keys} == {14}
    assert len({key.asked for key in keys}) > 10
    for key in keys:
        assert 1 <= key.asked[0] < key.asked[1] < len(key.groups)
        assert codes.decode("-".join(key.groups), activation.RECOVERY_BYTES) is not None


def test_wrong_groups_leave_the_province_shut_and_the_key_unchanged(
    office: Office, ngan: Signed
) -> None:
    cookie = log_in(office, ngan)
    recovery = activation.new_recovery(cookie)
    right = asked_for(recovery)

    for typed in ((), right[:1], right[::-1], (right[0], "AAAA"), ("", ""), (*right, right[0])):
        with pytest.raises(WrongRecoveryError):
            confirm(office, ngan, cookie, recovery.carried, typed)

    assert not is_active(office, PROVINCE)
    again = activation.recover_groups(cookie, recovery.carried)
    assert again == (recovery.groups, recovery.asked)


def test_a_key_on_its_way_belongs_to_one_log_in_and_cannot_be_changed(
    office: Office, ngan: Signed
) -> None:
    cookie, other = log_in(office, ngan), log_in(office, ngan)
    recovery = activation.new_recovery(cookie)
    right = asked_for(recovery)

    for wrong_cookie, carried in (
        (other, recovery.carried),
        (cookie, recovery.carried[:-1]),
        (cookie, b""),
        (cookie, bytes(72)),
    ):
        with pytest.raises(WrongRecoveryError):
            confirm(office, ngan, wrong_cookie, carried, right)
    assert not any(group.encode() in recovery.carried for group in recovery.groups[:-1])


def test_a_province_opens_once(office: Office, ngan: Signed) -> None:
    cookie = log_in(office, ngan)
    first, second = activation.new_recovery(cookie), activation.new_recovery(cookie)
    confirm(office, ngan, cookie, first.carried, asked_for(first))

    with pytest.raises(AlreadyActiveError):
        confirm(office, ngan, cookie, second.carried, asked_for(second))


def test_who_left_before_the_province_opened_gets_none_of_its_key(
    office: Office, ngan: Signed
) -> None:
    gone = hire(office, PROVINCE, "province", "Sáu", "sau")
    with office.begin("desk", ngan.id) as desk:
        departures.leave(desk, ngan, gone.id)
    cookie = log_in(office, ngan)
    recovery = activation.new_recovery(cookie)

    confirm(office, ngan, cookie, recovery.carried, asked_for(recovery))

    with office.begin("desk") as desk:
        held = [
            station_keys.key_of(desk.session, PROVINCE, f"officer:{o.id}") for o in (ngan, gone)
        ]
    assert held[0] is not None
    assert held[1] is None


def test_a_commune_cannot_open_before_its_province(office: Office) -> None:
    with pytest.raises(ProvinceNotActiveError):
        hire(office, COMMUNE, "chief", "Hoa", "hoa", activation.activate_commune)

    assert not is_active(office, COMMUNE)


def test_a_commune_opens_once(world: World) -> None:
    with pytest.raises(AlreadyActiveError), world.office.begin("desk", world.hoa.id) as desk:
        activation.activate_commune(desk, world.hoa)


def test_a_commune_desk_needs_no_recovery_key_of_its_own(world: World) -> None:
    with world.office.begin("desk", world.hoa.id) as desk:
        assert not activation.needs_recovery(desk, world.hoa)


def test_the_recovery_key_on_paper_opens_every_tip_of_the_province(
    office: Office, ngan: Signed
) -> None:
    cookie = log_in(office, ngan)
    recovery = activation.new_recovery(cookie)
    confirm(office, ngan, cookie, recovery.carried, asked_for(recovery))
    hire(office, COMMUNE, "chief", "Hoa", "hoa", activation.activate_commune)
    with office.begin("intake") as desk:
        tips.submit(desk, tips.Draft(THEFT, COMMUNE))

    # Everybody has left; there are the paper, the database and the key files.
    paper = codes.decode(" ".join(recovery.groups).lower(), activation.RECOVERY_BYTES)
    assert paper is not None
    with office.begin("sweeps") as desk:
        ((tip_id,),) = desk.session.execute(text("SELECT id FROM tip")).all()
        wraps = rows.wraps_of(desk.session, tip_id)
        (entry,) = rows.entries(desk.session, tip_id)
    for station, holder in ((PROVINCE, f"province:{PROVINCE}"), (COMMUNE, f"station:{COMMUNE}")):
        with office.begin("desk") as desk:
            wrapped = station_keys.key_of(desk.session, station, "recovery")
        private = vault.unwrap(paper, wrapped or b"")
        keyring = office.tools.keyring
        key = envelope.unwrap(keyring, "2026-03", tip_id, holder, wraps[holder], private)
        assert envelope.unseal(key, tip_id, 1, "tip", entry.sealed)["text"] == THEFT
