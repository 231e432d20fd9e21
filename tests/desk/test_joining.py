"""One-time links: who may make them, for whom, and that they work once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from desk import activation, audit, officers, passwords, retention
from desk.desk import Desk, Office
from desk.errors import (
    AlreadyActiveError,
    BadUsernameError,
    DeskError,
    InviteGoneError,
    NoProvinceError,
    NotAllowedError,
    UsernameTakenError,
    WeakPasswordError,
    WrongCodeError,
)
from desk.officers import INVITE_TIME, Joining, Signed
from storage import vault
from tests.storage.rows import Owner
from tests.world import COMMUNE, NEIGHBOUR, PASSWORD, PROVINCE, World, hire, totp

THEFT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"


def invite(world: World, signed: Signed, station: str = COMMUNE, role: str = "officer") -> str:
    with world.office.begin("desk", signed.id) as desk:
        return officers.invite(desk, signed, station, role)


def joining(office: Office, username: str = "xuan", **more: str) -> Joining:
    with office.begin("desk") as desk:
        code = totp(username).at(desk.at)
    given = {"password": PASSWORD, "totp_secret": totp(username).secret, "totp_code": code}
    return Joining(**{"name": " Xuân ", "username": username, **given, **more})


def join(
    office: Office, token: str, who: Joining, then: Callable[[Desk, Signed], None] | None = None
) -> Signed:
    salt = passwords.new_salt()
    key = passwords.make_key(office.tools, who.password, salt)
    with office.begin("desk") as desk:
        signed = officers.join(desk, token, who, salt, key)
        if then is not None:
            then(desk, signed)
    return signed


def test_a_colleague_who_joins_reads_the_tips_that_came_before(world: World) -> None:
    world.submit(THEFT)
    tip_id = world.newest(world.hoa)

    xuan = join(world.office, invite(world, world.hoa), joining(world.office))

    assert xuan.officer.name == "Xuân"
    assert not xuan.may_invite
    assert world.opened(xuan, tip_id).report["text"] == THEFT


def test_the_province_invites_for_its_communes_and_hands_over_their_key(world: World) -> None:
    world.submit(THEFT)
    tip_id = world.newest(world.hoa)

    chief = join(world.office, invite(world, world.ngan, COMMUNE, "chief"), joining(world.office))

    assert chief.may_invite
    assert world.opened(chief, tip_id).report["text"] == THEFT


@pytest.mark.parametrize(
    ("who", "station", "role"),
    [
        ("minh", COMMUNE, "officer"),
        ("hoa", NEIGHBOUR, "officer"),
        ("hoa", PROVINCE, "officer"),
        ("hoa", PROVINCE, "province"),
        ("hoa", COMMUNE, "province"),
        ("hoa", COMMUNE, "general"),
        ("hoa", "nowhere", "officer"),
        ("ngan", PROVINCE, "officer"),
        ("ngan", PROVINCE, "chief"),
        ("ngan", COMMUNE, "province"),
        ("ngan", "30628", "officer"),
        ("ngan", "91", "province"),
    ],
)
def test_nobody_invites_beyond_their_own_people(
    world: World, who: str, station: str, role: str
) -> None:
    with pytest.raises(NotAllowedError):
        invite(world, getattr(world, who), station, role)


def test_a_link_works_once(world: World) -> None:
    token = invite(world, world.hoa)
    join(world.office, token, joining(world.office))

    with pytest.raises(InviteGoneError):
        join(world.office, token, joining(world.office, "binh"))
    with pytest.raises(InviteGoneError), world.office.begin("desk") as desk:
        officers.find_invite(desk, token)


def test_of_two_who_use_a_link_at_once_one_gets_in(world: World) -> None:
    token = invite(world, world.hoa)

    def enter(username: str) -> bool:
        try:
            join(world.office, token, joining(world.office, username))
        except InviteGoneError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        entered = list(threads.map(enter, ["xuan", "binh", "chi", "dung"]))

    assert sorted(entered) == [False, False, False, True]


def test_of_two_who_pick_a_name_at_once_one_gets_it(world: World) -> None:
    tokens = [invite(world, world.hoa) for _ in range(4)]

    def enter(token: str) -> bool:
        try:
            join(world.office, token, joining(world.office, "xuan"))
        except UsernameTakenError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        entered = list(threads.map(enter, tokens))

    assert sorted(entered) == [False, False, False, True]


def test_a_link_runs_out_after_two_days(world: World) -> None:
    token = invite(world, world.hoa)

    world.clock.at += INVITE_TIME - timedelta(seconds=1)
    with world.office.begin("desk") as desk:
        assert officers.find_invite(desk, token).station_code == COMMUNE
    world.clock.at += timedelta(seconds=1)

    with pytest.raises(InviteGoneError):
        join(world.office, token, joining(world.office))


def test_the_key_wrapped_to_a_link_goes_when_the_link_runs_out(
    world: World, owner_url: str
) -> None:
    invite(world, world.hoa)
    join(world.office, invite(world, world.hoa), joining(world.office))
    waiting = "SELECT count(*) FROM station_key WHERE holder LIKE 'invite:%%'"

    with Owner(owner_url) as owner:
        before = owner.one(waiting)
        world.clock.at += INVITE_TIME
        with world.office.begin("sweeps") as desk:
            retention.delete_messages(desk)
        after = owner.one(waiting)
        links = owner.one("SELECT count(*) FROM invite")
        others = owner.one("SELECT count(*) FROM station_key WHERE station_code = %s", COMMUNE)

    assert (before, after, links) == (1, 0, 0)
    assert others == 5  # Hoa, Minh, Xuân, the province and the recovery key


def test_a_stolen_database_holds_no_token_that_works(world: World, owner_url: str) -> None:
    token = invite(world, world.hoa)

    with Owner(owner_url) as owner:
        rows = owner.all("SELECT token_mac, public_key FROM invite WHERE NOT used")
        wrapped = owner.one("SELECT wrapped FROM station_key WHERE holder LIKE 'invite:%%'")

    assert token.encode() not in b"".join(bytes(part) for row in rows for part in row)
    with pytest.raises(InviteGoneError), world.office.begin("desk") as desk:
        officers.find_invite(desk, bytes(rows[0][0]).hex())
    with pytest.raises(vault.SealError):
        vault.unwrap(vault.pair_from_secret(bytes(rows[0][0]), "invite").private, bytes(wrapped))


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"username": "an!"}, BadUsernameError),
        ({"username": "An"}, BadUsernameError),
        ({"username": "ân"}, BadUsernameError),
        ({"username": "an"}, BadUsernameError),
        ({"username": "a" * 33}, BadUsernameError),
        ({"username": "minh\n"}, BadUsernameError),
        ({"username": ".minh"}, BadUsernameError),
        ({"password": "ngắn quá"}, WeakPasswordError),
        ({"username": "minh"}, UsernameTakenError),
        ({"totp_code": "000000"}, WrongCodeError),
        ({"totp_code": ""}, WrongCodeError),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_made(
    world: World, more: dict[str, str], refusal: type[DeskError]
) -> None:
    token = invite(world, world.hoa)

    with pytest.raises(refusal):
        join(world.office, token, joining(world.office, **{"username": "ann", **more}))

    with world.office.begin("desk") as desk:
        assert officers.find_invite(desk, token)  # the link still works


def test_the_first_officer_of_all_picks_a_province(office: Office) -> None:
    with office.begin("desk") as desk:
        token = officers.first_invite(desk, None, "province")

    with pytest.raises(NoProvinceError):
        join(office, token, joining(office, "ngan", province=COMMUNE))
    with pytest.raises(NoProvinceError):
        join(office, token, joining(office, "ngan"))
    ngan = join(office, token, joining(office, "ngan", province=PROVINCE))

    assert ngan.officer.station_code == PROVINCE
    assert ngan.officer.role == "province"


def test_a_link_the_command_line_makes_is_in_the_log_of_the_province(world: World) -> None:
    with world.office.begin("desk") as desk:
        officers.first_invite(desk, NEIGHBOUR, "chief")
        entry = audit.page(desk, PROVINCE, with_communes=True, before=None)[0]

    assert (entry.action, entry.officer_id) == ("officer.invited", None)
    assert (entry.station_code, entry.detail) == (NEIGHBOUR, "chief")


def test_the_command_line_cannot_let_anybody_into_an_open_station(world: World) -> None:
    with pytest.raises(AlreadyActiveError), world.office.begin("desk") as desk:
        officers.first_invite(desk, COMMUNE, "chief")


def test_two_first_officers_of_a_station_both_read_its_tips(world: World) -> None:
    early = hire(world.office, NEIGHBOUR, "officer", "Xuân", "xuan")
    chief = hire(world.office, NEIGHBOUR, "chief", "Bình", "binh", activation.activate_commune)
    world.submit(THEFT, NEIGHBOUR)

    for officer in (early, chief):
        assert world.opened(officer, world.newest(officer)).report["text"] == THEFT


def test_a_chief_invited_to_a_closed_station_opens_it(world: World) -> None:
    token = invite(world, world.ngan, NEIGHBOUR, "chief")
    chief = join(world.office, token, joining(world.office))
    with pytest.raises(NotAllowedError), world.office.begin("desk") as desk:
        officers.station_key(desk, chief, NEIGHBOUR)

    with world.office.begin("desk", chief.id) as desk:
        activation.activate_commune(desk, chief)
    world.submit(THEFT, NEIGHBOUR)

    assert world.opened(chief, world.newest(chief)).report["text"] == THEFT


@pytest.mark.parametrize(
    ("who", "station"), [("hoa", NEIGHBOUR), ("hoa", PROVINCE), ("ngan", NEIGHBOUR)]
)
def test_nobody_gets_a_key_they_were_not_given(world: World, who: str, station: str) -> None:
    with pytest.raises(NotAllowedError), world.office.begin("desk") as desk:
        officers.station_key(desk, getattr(world, who), station)
