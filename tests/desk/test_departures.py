"""An officer leaves: what is taken from them, and who may do it."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from desk import alerts, assignment, audit, departures, logins, officers, outbox, passwords
from desk.errors import (
    InviteGoneError,
    LastReaderError,
    NoSuchColleagueError,
    NoSuchTipError,
    NotAllowedError,
    WrongLoginError,
)
from desk.officers import Signed
from storage import vault
from tests.desk.test_lock_order import until_it_waits
from tests.storage.rows import Owner
from tests.world import COMMUNE, NEIGHBOUR, PASSWORD, PROVINCE, World, hire, totp

TEXT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"
FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"


def leave(world: World, by: Signed, who: UUID) -> str:
    with world.office.begin("desk", by.id) as desk:
        return departures.leave(desk, by, who)


def test_whoever_left_has_no_log_in_no_key_and_no_tip(world: World, owner_url: str) -> None:
    world.submit(TEXT)
    tip = world.newest(world.minh)
    world.claim(world.minh, tip)
    with world.office.begin("desk") as desk:
        cookie = logins.open_session(desk, world.minh)

    assert leave(world, world.hoa, world.minh.id) == "Minh"

    with world.office.begin("desk") as desk:
        assert logins.resume(desk, cookie) is None
    assert world.waiting(world.minh) == []
    with pytest.raises(NoSuchTipError):
        world.opened(world.minh, tip)
    assert world.waiting(world.hoa) == [tip], "and is new again"
    with Owner(owner_url) as owner:
        holder = f"officer:{world.minh.id}"
        assert not owner.one("SELECT count(*) FROM station_key WHERE holder = %s", holder)
    with world.office.begin("desk") as desk:
        key = passwords.make_key(desk.tools, PASSWORD, logins.start_sign_in(desk, "minh").salt)
    with pytest.raises(WrongLoginError), world.office.begin("desk") as desk:
        logins.sign_in(desk, "minh", key, totp("minh").at(desk.at))


def test_links_they_made_and_nobody_used_work_no_more(world: World, owner_url: str) -> None:
    second = hire(world.office, COMMUNE, "chief", "Tám", "tam", invited_by=world.hoa)
    with world.office.begin("desk", second.id) as desk:
        token = officers.invite(desk, second, COMMUNE, "officer")

    leave(world, world.hoa, second.id)

    with pytest.raises(InviteGoneError), world.office.begin("desk") as desk:
        officers.find_invite(desk, token)
    with Owner(owner_url) as owner:
        assert not owner.one("SELECT count(*) FROM station_key WHERE holder LIKE 'invite:%%'")


def test_links_a_province_officer_made_for_communes_leave_no_key_behind(
    world: World, owner_url: str
) -> None:
    sau = hire(world.office, PROVINCE, "province", "Sáu", "sau", invited_by=world.ngan)
    with world.office.begin("desk", sau.id) as desk:
        officers.invite(desk, sau, COMMUNE, "officer")
        officers.invite(desk, sau, PROVINCE, "province")
        officers.invite(desk, sau, NEIGHBOUR, "chief")  # closed: no key to leave behind
    kept = links_of(world.hoa, world)

    leave(world, world.ngan, sau.id)

    with Owner(owner_url) as owner:
        left = owner.all("SELECT holder FROM station_key WHERE holder LIKE 'invite:%%'")
    assert left == [(kept,)], "of somebody who stays"


def links_of(chief: Signed, world: World) -> str:
    """A link of this officer's: as what it holds their station's key."""
    with world.office.begin("desk", chief.id) as desk:
        token = officers.invite(desk, chief, COMMUNE, "officer")
    return f"invite:{vault.digest(token.encode()).hex()}"


def test_a_province_lets_a_chief_go_and_their_tips_are_new_again(
    world: World, owner_url: str
) -> None:
    world.submit(TEXT)
    tip = world.newest(world.hoa)
    world.claim(world.hoa, tip)

    leave(world, world.ngan, world.hoa.id)

    assert world.waiting(world.minh) == [tip]
    assert world.waiting(world.ngan) == [], "whoever let them go still sees no more than before"
    with Owner(owner_url) as owner:
        assert owner.one("SELECT count(*) FROM alert WHERE tip_id = %s", tip) == 1
    world.claim(world.minh, tip)
    world.close(world.minh, tip)


def test_an_admin_who_reads_no_tip_puts_back_those_of_an_officer_let_go(world: World) -> None:
    admin = hire(world.office, PROVINCE, "admin", "Khôi", "khoi", invited_by=world.ngan)
    second = hire(world.office, PROVINCE, "province", "Sáu", "sau", invited_by=world.ngan)
    world.submit(TEXT, PROVINCE)
    tip = world.newest(second)
    world.claim(second, tip)

    leave(world, admin, second.id)

    assert world.waiting(world.ngan) == [tip]
    assert world.waiting(admin) == []
    with world.office.begin("desk", world.ngan.id) as desk:
        assert [d.action for d in audit.of_tip(desk, tip)] == ["tip.claimed", "tip.released"]


def test_what_somebody_who_left_before_still_has_is_passed_on_by_anybody(
    world: World, owner_url: str
) -> None:
    world.submit(TEXT)
    tip = world.newest(world.hoa)
    leave(world, world.ngan, world.hoa.id)
    with Owner(owner_url) as owner:
        owner.run("UPDATE tip SET claimed_by = %s, state = 'taken'", world.hoa.id)

    with world.office.begin("desk", world.minh.id) as desk:
        assignment.assign(desk, world.minh, tip, world.minh.id)
    world.close(world.minh, tip)


def test_the_last_who_can_open_a_provinces_tips_is_not_let_go(world: World) -> None:
    admin = hire(world.office, PROVINCE, "admin", "Khôi", "khoi", invited_by=world.ngan)
    with pytest.raises(LastReaderError):
        leave(world, admin, world.ngan.id)
    second = hire(world.office, PROVINCE, "province", "Sáu", "sau", invited_by=world.ngan)

    assert leave(world, admin, world.ngan.id) == "Ngân"
    with pytest.raises(LastReaderError):
        leave(world, admin, second.id)
    leave(world, second, admin.id)  # who opens no tip


def test_two_who_let_each_other_go_at_once_do_not_both_go(world: World, owner_url: str) -> None:
    second = hire(world.office, PROVINCE, "province", "Sáu", "sau", invited_by=world.ngan)
    with ThreadPoolExecutor(1) as threads, Owner(owner_url) as owner:
        with world.office.begin("desk", second.id) as desk:
            departures.leave(desk, second, world.ngan.id)
            other = threads.submit(leave, world, world.ngan, second.id)
            until_it_waits(owner, other)
        with pytest.raises(LastReaderError):
            other.result()


def test_nobody_lets_go_themselves_their_chief_or_people_elsewhere(world: World) -> None:
    for by, who in (
        (world.hoa, world.hoa),
        (world.minh, world.hoa),
        (world.minh, world.minh),
        (world.hoa, world.ngan),
        (world.ngan, world.ngan),
    ):
        with pytest.raises(NotAllowedError):
            leave(world, by, who.id)


def test_whoever_has_left_cannot_leave_again(world: World) -> None:
    leave(world, world.hoa, world.minh.id)
    with pytest.raises(NoSuchColleagueError):
        leave(world, world.hoa, world.minh.id)


def test_a_commune_nobody_can_open_gets_no_tips_until_somebody_joins_who_can(world: World) -> None:
    for officer in (world.minh, world.hoa):
        assert world.submit(TEXT).station.code == COMMUNE
        leave(world, world.ngan, officer.id)

    assert world.submit(FIRE).station.code == PROVINCE
    hire(world.office, COMMUNE, "editor", "Yến", "yen", invited_by=world.ngan)
    assert world.submit(FIRE).station.code == PROVINCE, "an editor opens none"

    back = hire(world.office, COMMUNE, "chief", "Tám", "tam", invited_by=world.ngan)

    assert world.submit(TEXT).station.code == COMMUNE
    assert len(world.waiting(back)) == 3
    assert {world.opened(back, tip).report["text"] for tip in world.waiting(back)} == {TEXT}


def test_the_province_opens_and_hears_of_what_waits_where_the_last_reader_left(
    world: World,
) -> None:
    admin = hire(world.office, PROVINCE, "admin", "Khôi", "khoi", invited_by=world.ngan)
    world.submit(TEXT)
    fresh = world.newest(world.hoa)
    world.submit(f"{TEXT}, mất thêm một chiếc xe đạp")
    taken = next(tip for tip in world.waiting(world.hoa) if tip != fresh)
    world.claim(world.hoa, taken)
    rung(world)
    leave(world, admin, world.minh.id)
    assert world.waiting(world.ngan) == []
    rung(world)

    leave(world, admin, world.hoa.id)

    assert set(world.waiting(world.ngan)) == {fresh, taken}
    assert PROVINCE in rung(world)
    assert world.opened(world.ngan, fresh).report["text"] == TEXT
    world.claim(world.ngan, fresh)
    world.close(world.ngan, fresh)
    with world.office.begin("desk", world.ngan.id) as desk:
        deeds = [deed.action for deed in audit.of_tip(desk, taken)]
    assert deeds == ["tip.claimed", "tip.released", "tip.escalated"]


def test_a_tip_that_came_while_the_last_reader_left_rings_at_the_province(
    world: World, owner_url: str
) -> None:
    world.submit(TEXT)
    tip = world.newest(world.hoa)
    for officer in (world.minh, world.hoa):
        leave(world, world.ngan, officer.id)
    with Owner(owner_url) as owner:  # as it would have been stored a moment later
        owner.run("UPDATE tip SET escalated = false")

    assert PROVINCE in rung(world)
    assert world.waiting(world.ngan) == [tip]


def rung(world: World) -> set[str]:
    """Stations that hear now that something waits."""
    with world.office.begin("sweeps") as desk:
        alerts.sweep(desk)
        found = outbox.take(desk, (alerts.CHANNEL,))
        for outgoing in found:
            outbox.done(desk, outgoing, "sent")
    return {outgoing.address for outgoing in found}
