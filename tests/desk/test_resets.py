"""A lost password: four eyes, the station's key again, and what is lost for good."""

from datetime import timedelta
from uuid import UUID

import pytest

from desk import activation, audit, credentials, departures, logins, officers, passwords, resets
from desk.errors import (
    InviteGoneError,
    NoRequestError,
    NoSuchColleagueError,
    NotAllowedError,
    SecondOfficerError,
    WeakPasswordError,
    WrongCodeError,
    WrongLoginError,
    WrongRecoveryKeyError,
)
from desk.officers import Signed
from desk.resets import Renewing
from tests.storage.rows import Owner
from tests.world import PASSWORD, PROVINCE, World, everybody, hire, totp

TEXT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"
NEW = "mot hai ba bon nam"
PHONE = totp("another telephone")


def ask(world: World, by: Signed, username: str = "minh") -> str:
    with world.office.begin("desk", by.id) as desk:
        return resets.ask(desk, by, username)


def approve(world: World, by: Signed, officer: UUID) -> str:
    with world.office.begin("desk", by.id) as desk:
        return resets.approve(desk, by, officer)


def renew(world: World, token: str, password: str = NEW, recovery: str = "") -> Signed:
    salt = passwords.new_salt()
    key = passwords.make_key(world.office.tools, password, salt)
    typed = Renewing(password, PHONE.secret, PHONE.at(world.clock.at), recovery)
    with world.office.begin("desk") as desk:
        return resets.renew(desk, token, typed, salt, key)


def sign_in(world: World, username: str, password: str) -> Signed:
    world.clock.at += timedelta(minutes=1)
    with world.office.begin("desk") as desk:
        salt = logins.start_sign_in(desk, username).salt
    key = passwords.make_key(world.office.tools, password, salt)
    app = PHONE if password == NEW else totp(username)
    with world.office.begin("desk") as desk:
        return logins.sign_in(desk, username, key, app.at(world.clock.at))[1]


def test_two_colleagues_let_an_officer_read_old_tips_again(world: World, owner_url: str) -> None:
    world.submit(TEXT)
    tip = world.newest(world.minh)
    world.claim(world.minh, tip)
    with world.office.begin("desk") as desk:
        cookie = logins.open_session(desk, world.minh)
    kien = hire(world.office, PROVINCE, "province", "Kiên", "kien", invited_by=world.ngan)

    assert ask(world, kien) == "Minh"
    renew(world, approve(world, world.hoa, world.minh.id))
    minh = sign_in(world, "minh", NEW)

    assert minh.id == world.minh.id
    assert TEXT in str(world.opened(minh, tip))
    world.close(minh, tip)  # it is still in their hands
    with world.office.begin("desk") as desk:
        assert logins.resume(desk, cookie) is None
    with pytest.raises(WrongLoginError):
        sign_in(world, "minh", PASSWORD)
    with Owner(owner_url) as owner:
        deeds = owner.all(
            "SELECT action, officer_id, detail FROM audit WHERE action LIKE %s", "officer.reset%"
        )
    assert deeds == [
        ("officer.reset_asked", kien.id, str(world.minh.id)),
        ("officer.reset_approved", world.hoa.id, str(world.minh.id)),
        ("officer.reset_done", world.minh.id, str(world.minh.id)),
    ]


def test_two_of_the_province_help_the_only_officer_of_a_station(world: World) -> None:
    world.submit(TEXT)
    tip = world.newest(world.hoa)
    kien = hire(world.office, PROVINCE, "province", "Kiên", "kien", invited_by=world.ngan)

    ask(world, kien, "hoa")
    hoa = renew(world, approve(world, world.ngan, world.hoa.id))

    assert TEXT in str(world.opened(hoa, tip))


def test_whoever_asked_cannot_agree_and_nobody_agrees_for_themselves(world: World) -> None:
    ask(world, world.hoa)
    with pytest.raises(SecondOfficerError):
        approve(world, world.hoa, world.minh.id)
    with pytest.raises(NoSuchColleagueError):
        approve(world, world.minh, world.minh.id)
    with pytest.raises(NoSuchColleagueError):
        ask(world, world.minh, "minh")


def test_nothing_is_agreed_to_that_nobody_asked_for_or_too_late(world: World) -> None:
    with pytest.raises(NoRequestError):
        approve(world, world.ngan, world.minh.id)
    ask(world, world.hoa)
    world.clock.at += officers.INVITE_TIME
    with pytest.raises(NoRequestError):
        approve(world, world.ngan, world.minh.id)


def test_without_a_key_there_is_nothing_to_hand_over(world: World) -> None:
    staff = everybody(world)
    ask(world, world.hoa)
    with world.office.begin("desk", staff["yen"].id) as desk:
        assert [one.may_approve for one in resets.waiting(desk, staff["yen"])] == [False]
    for name in ("yen", "khoi"):
        with pytest.raises(NotAllowedError):
            approve(world, staff[name], world.minh.id)


@pytest.mark.parametrize("name", ["yen", "khoi"])
def test_who_holds_no_key_gets_none_by_losing_a_password(world: World, name: str) -> None:
    staff = everybody(world)
    by = {"yen": (world.minh, world.hoa), "khoi": (staff["khoi"], world.ngan)}
    first = (
        by[name][0]
        if name == "yen"
        else hire(world.office, PROVINCE, "province", "Kiên", "kien", invited_by=world.ngan)
    )
    ask(world, first, name)
    again = renew(world, approve(world, by[name][1], staff[name].id))

    with world.office.begin("desk", again.id) as desk, pytest.raises(NotAllowedError):
        officers.station_key(desk, again, again.officer.station_code)


def test_a_stranger_neither_asks_nor_sees_nor_agrees(world: World) -> None:
    bao = hire(world.office, "31", "province", "Bảo", "bao", _open)
    ask(world, world.hoa)

    with world.office.begin("desk", bao.id) as desk:
        assert resets.waiting(desk, bao) == []
    with pytest.raises(NoSuchColleagueError):
        ask(world, bao)
    with pytest.raises(NoSuchColleagueError):
        approve(world, bao, world.minh.id)


def test_a_link_works_once_and_is_no_invitation(world: World) -> None:
    ask(world, world.hoa)
    token = approve(world, world.ngan, world.minh.id)
    with world.office.begin("desk") as desk, pytest.raises(InviteGoneError):
        officers.find_invite(desk, token)
    with world.office.begin("desk", world.hoa.id) as desk:
        invitation = officers.invite(desk, world.hoa, "28114", "officer")
    with world.office.begin("desk") as desk, pytest.raises(InviteGoneError):
        resets.find(desk, invitation)

    renew(world, token)
    with pytest.raises(InviteGoneError):
        renew(world, token)


def test_a_used_link_takes_every_other_one_of_the_same_officer_with_it(
    world: World, owner_url: str
) -> None:
    ask(world, world.hoa)
    lost = approve(world, world.ngan, world.minh.id)
    ask(world, world.hoa)
    again = approve(world, world.ngan, world.minh.id)
    with world.office.begin("desk") as desk:
        operators = resets.operators_token(desk, "minh")

    renew(world, again)

    for token in (lost, operators):
        with pytest.raises(InviteGoneError), world.office.begin("desk") as desk:
            resets.find(desk, token)
    assert links_with_keys(owner_url) == 0


def test_who_changes_the_password_themselves_or_leaves_has_no_link_left(
    world: World, owner_url: str
) -> None:
    ask(world, world.hoa)
    token = approve(world, world.ngan, world.minh.id)
    with world.office.begin("desk", world.minh.id) as desk:
        salt = passwords.new_salt()
        key = passwords.make_key(desk.tools, NEW, salt)
        credentials.change(desk, world.minh, PHONE.secret.encode(), salt, key)
    with pytest.raises(InviteGoneError):
        renew(world, token)
    ask(world, world.hoa)
    approve(world, world.ngan, world.minh.id)

    with world.office.begin("desk", world.hoa.id) as desk:
        departures.leave(desk, world.hoa, world.minh.id)

    assert links_with_keys(owner_url) == 0


def links_with_keys(owner_url: str) -> int:
    with Owner(owner_url) as owner:
        return owner.one("SELECT count(*) FROM station_key WHERE holder LIKE 'invite:%%'")


def test_a_short_password_or_a_wrong_code_uses_nothing_up(world: World) -> None:
    ask(world, world.hoa)
    token = approve(world, world.ngan, world.minh.id)
    with pytest.raises(WeakPasswordError):
        renew(world, token, "short")
    with world.office.begin("desk") as desk, pytest.raises(WrongCodeError):
        resets.check(desk, token, Renewing(NEW, PHONE.secret, "000000"))

    assert renew(world, token).id == world.minh.id


def test_where_nobody_is_left_operator_and_paper_open_the_old_tips(world: World) -> None:
    thu, groups = _with_paper(world)
    with world.office.begin("desk") as desk:
        token = resets.operators_token(desk, "thu")
        assert resets.find(desk, token).on_paper

    wrong = groups[:-1] + ("0" if groups[-1] != "0" else "1")
    for typed in ("", wrong, groups.replace("-", "")[:-5]):
        with pytest.raises(WrongRecoveryKeyError):
            renew(world, token, recovery=typed)
    again = renew(world, token, recovery=groups.lower().replace("-", " "))

    with world.office.begin("desk", again.id) as desk:
        assert officers.station_key(desk, again, "86") == thu


def test_the_paper_of_another_province_opens_nothing(world: World) -> None:
    _, groups = _with_paper(world)
    with world.office.begin("desk") as desk:
        token = resets.operators_token(desk, "minh")

    with pytest.raises(WrongRecoveryKeyError):
        renew(world, token, recovery=groups)


def test_the_audit_chain_holds_afterwards(world: World) -> None:
    ask(world, world.hoa)
    renew(world, approve(world, world.ngan, world.minh.id))
    with world.office.begin("desk") as desk:
        assert audit.verify(desk)[1] is None


def _open(desk: object, signed: Signed) -> None:
    _confirm(desk, signed)


def _confirm(desk: object, signed: Signed) -> str:
    cookie = "sample cookie"
    recovery = activation.new_recovery(cookie)
    typed = tuple(recovery.groups[number - 1] for number in recovery.asked)
    activation.confirm_recovery(desk, signed, cookie, recovery.carried, typed)  # type: ignore[arg-type] # a desk
    return "-".join(recovery.groups)


def _with_paper(world: World) -> tuple[bytes, str]:
    """A province with one officer, its key, and its recovery key on paper."""
    paper: list[str] = []
    thu = hire(
        world.office,
        "86",
        "province",
        "Thu",
        "thu",
        lambda desk, signed: paper.append(_confirm(desk, signed)),
    )
    with world.office.begin("desk", thu.id) as desk:
        return officers.station_key(desk, thu, "86"), paper[0]
