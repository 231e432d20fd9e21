"""Editor and admin: what they do without a key, and that no way leads them to one."""

from uuid import UUID

import pytest

from desk import departures, notices, officers, queue, roles, walkins
from desk.errors import (
    NoKeyError,
    NoSuchTipError,
    NotAllowedError,
    StationNotOpenError,
)
from desk.officers import Signed
from storage import stations
from tests.notices import submitted
from tests.storage.rows import Owner
from tests.world import COMMUNE, NEIGHBOUR, PROVINCE, World, everybody, hire

TEXT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"


@pytest.fixture
def yen(world: World) -> Signed:
    return everybody(world)["yen"]


@pytest.fixture
def khoi(world: World) -> Signed:
    return hire(world.office, PROVINCE, "admin", "Khôi", "khoi", invited_by=world.ngan)


def invite(world: World, by: Signed, station: str, role: str) -> str:
    with world.office.begin("desk", by.id) as desk:
        return officers.invite(desk, by, station, role)


@pytest.mark.parametrize("name", ["yen", "khoi"])
def test_without_a_key_no_tip_is_listed_opened_or_claimed(world: World, name: str) -> None:
    who = everybody(world)[name]
    world.submit(TEXT)
    world.submit(TEXT, None)
    tip = world.newest(world.minh)

    assert world.waiting(who) == []
    for do in (world.opened, world.claim):
        with pytest.raises(NoSuchTipError):
            do(who, tip)
    with world.office.begin("desk", who.id) as desk:
        assert all(count == 0 for count in queue.counts(desk).values())
        with pytest.raises(NotAllowedError):
            officers.station_key(desk, who, who.officer.station_code)


def test_no_row_hands_them_a_key_or_a_scope(world: World, owner_url: str) -> None:
    staff = everybody(world)
    with Owner(owner_url) as owner:
        held = {holder for (holder,) in owner.all("SELECT holder FROM station_key")}
        scopes = {who for (who,) in owner.all("SELECT officer_id FROM officer_scope")}

    assert f"officer:{world.minh.id}" in held
    assert not [holder for holder in held if holder.startswith("invite:")]
    for name in ("yen", "khoi"):
        assert f"officer:{staff[name].id}" not in held
        assert staff[name].id not in scopes


def test_a_station_that_opens_later_gives_them_no_key_either(world: World, khoi: Signed) -> None:
    token = invite(world, khoi, NEIGHBOUR, "chief")
    with pytest.raises(StationNotOpenError):
        invite(world, khoi, NEIGHBOUR, "editor")

    with world.office.begin("desk") as desk:
        assert stations.key_of(desk.session, NEIGHBOUR, f"officer:{khoi.id}") is None
        assert officers.find_invite(desk, token).role == "chief"


@pytest.mark.parametrize("role", ["officer", "chief"])
def test_an_admin_cannot_let_anybody_at_the_tips_of_an_open_station(
    world: World, khoi: Signed, role: str
) -> None:
    with pytest.raises(NoKeyError):
        invite(world, khoi, COMMUNE, role)
    with pytest.raises(NoKeyError):
        invite(world, khoi, PROVINCE, "province")


def test_an_admin_lets_editors_in_and_people_out_in_their_province_alone(
    world: World, khoi: Signed
) -> None:
    assert invite(world, khoi, COMMUNE, "editor")
    for elsewhere in ("10573", "31"):
        with pytest.raises(NotAllowedError):
            invite(world, khoi, elsewhere, "chief" if elsewhere == "10573" else "admin")
    with world.office.begin("desk", khoi.id) as desk:
        assert departures.leave(desk, khoi, world.minh.id) == "Minh"


@pytest.mark.parametrize(
    ("station", "role"),
    [(COMMUNE, "admin"), (COMMUNE, "province"), (PROVINCE, "chief"), (PROVINCE, "officer")],
)
def test_a_role_exists_only_where_it_belongs(world: World, station: str, role: str) -> None:
    with pytest.raises(NotAllowedError):
        invite(world, world.ngan, station, role)


@pytest.mark.parametrize("role", sorted(set(roles.ROLES) - roles.READERS))
def test_nobody_without_a_key_can_be_the_first_of_a_station(world: World, role: str) -> None:
    with world.office.begin("desk") as desk, pytest.raises(NotAllowedError):
        officers.first_invite(desk, NEIGHBOUR, role)


def test_an_editor_writes_a_notice_and_somebody_else_answers_for_it(
    world: World, yen: Signed
) -> None:
    notice, other = submitted(world, yen), submitted(world, world.minh)
    with world.office.begin("desk", yen.id) as desk:
        seen = notices.look(desk, yen, other)
        assert not seen.may_approve
        with pytest.raises(NotAllowedError):
            notices.approve(desk, yen, other, seen.notice.revision)

    approve(world, world.minh, notice)


def approve(world: World, by: Signed, notice: UUID) -> None:
    with world.office.begin("desk", by.id) as desk:
        notices.approve(desk, by, notice, notices.look(desk, by, notice).notice.revision)


def test_an_editor_cannot_enter_what_somebody_tells(world: World, yen: Signed) -> None:
    told = walkins.Told(TEXT, "desk", COMMUNE, "", "")
    with pytest.raises(NotAllowedError), world.office.begin("desk", yen.id) as desk:
        walkins.enter(desk, yen, UUID(int=7), told)
