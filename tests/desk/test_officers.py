"""Log-ins: who gets in, for how long, and how often one may guess."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest

from desk import audit, logins, officers, passwords
from desk import totp as codes
from desk.desk import Office
from desk.errors import LockedError, WrongLoginError
from desk.logins import FAILURES_BEFORE_LOCK, LOCK_TIME, SESSION_TIME
from desk.officers import Signed
from tests.storage.rows import Owner
from tests.world import PASSWORD, World, hire, totp

STEP = timedelta(seconds=30)


def start(office: Office, username: str) -> bytes:
    with office.begin("desk") as desk:
        return logins.start_sign_in(desk, username).salt


def sign_in(
    office: Office, username: str = "minh", password: str = PASSWORD, code: str | None = None
) -> tuple[str, Signed]:
    """Both halves, as the page does them."""
    key = passwords.make_key(office.tools, password, start(office, username))
    with office.begin("desk") as desk:
        typed = totp(username).at(desk.at) if code is None else code
        return logins.sign_in(desk, username, key, typed)


def resumed(office: Office, cookie: str) -> Signed | None:
    with office.begin("desk") as desk:
        return logins.resume(desk, cookie)


def test_an_officer_signs_in_with_password_and_code_and_holds_their_key(world: World) -> None:
    cookie, signed = sign_in(world.office)

    assert signed.officer.name == "Minh"
    assert signed.private_key == world.minh.private_key
    again = resumed(world.office, cookie)
    assert again is not None
    assert (again.id, again.private_key) == (world.minh.id, world.minh.private_key)


@pytest.mark.parametrize(
    ("username", "password", "code"),
    [
        ("minh", "lua chin ven son", None),
        ("minh", PASSWORD, "000000"),
        ("minh", PASSWORD, ""),
        ("minh", PASSWORD, "một hai ba"),
        ("minhh", PASSWORD, None),
        ("", PASSWORD, None),
        ("hoa", "lua chin ven son", "000000"),
    ],
)
def test_which_of_name_password_and_code_was_wrong_is_not_said(
    world: World, username: str, password: str, code: str | None
) -> None:
    with pytest.raises(WrongLoginError, match="Tên đăng nhập, mật khẩu hoặc mã 6 số"):
        sign_in(world.office, username, password, code)


def test_an_unknown_name_has_a_salt_as_good_as_any_and_always_the_same(world: World) -> None:
    known, unknown, again = (start(world.office, name) for name in ("minh", "nobody", "nobody"))

    assert len(known) == len(unknown)
    assert unknown == again
    assert unknown != start(world.office, "somebody")


def test_five_failures_lock_the_door_for_a_quarter_of_an_hour(world: World) -> None:
    for _ in range(FAILURES_BEFORE_LOCK):
        with pytest.raises(WrongLoginError):
            sign_in(world.office, password="wrong password")

    with pytest.raises(LockedError, match="chờ 15 phút"):
        sign_in(world.office)
    world.clock.at += LOCK_TIME - timedelta(minutes=2)
    with pytest.raises(LockedError, match="chờ 2 phút"):
        sign_in(world.office)
    world.clock.at += timedelta(minutes=2)
    _, signed = sign_in(world.office)

    assert signed.id == world.minh.id
    with world.office.begin("desk") as desk:
        assert audit.verify(desk)[1] is None


def test_a_good_log_in_forgets_the_failures_before_it(world: World) -> None:
    for _ in range(3):
        for _ in range(FAILURES_BEFORE_LOCK - 1):
            with pytest.raises(WrongLoginError):
                sign_in(world.office, password="wrong password")
        sign_in(world.office)
        world.clock.at += STEP


def test_guesses_side_by_side_are_counted_like_guesses_in_a_row(world: World) -> None:
    def guess(_: int) -> bool:
        try:
            start(world.office, "minh")
        except LockedError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        allowed = list(threads.map(guess, range(40)))

    assert sum(allowed) == FAILURES_BEFORE_LOCK


def test_one_officer_locked_out_locks_nobody_else(world: World) -> None:
    for _ in range(FAILURES_BEFORE_LOCK):
        start(world.office, "minh")

    assert sign_in(world.office, "hoa")[1].id == world.hoa.id


def test_a_code_works_once(world: World) -> None:
    code = totp("minh").at(world.clock.at)
    sign_in(world.office, code=code)

    with pytest.raises(WrongLoginError):
        sign_in(world.office, code=code)
    with pytest.raises(WrongLoginError):  # an older one, too
        sign_in(world.office, code=totp("minh").at(world.clock.at - STEP))
    assert sign_in(world.office, code=totp("minh").at(world.clock.at + STEP))


@pytest.mark.parametrize("drift", [-1, 0, 1])
def test_a_clock_half_a_minute_off_is_forgiven(world: World, drift: int) -> None:
    assert sign_in(world.office, code=totp("minh").at(world.clock.at + drift * STEP))


@pytest.mark.parametrize("drift", [-2, 2, 100])
def test_a_clock_further_off_is_not(world: World, drift: int) -> None:
    with pytest.raises(WrongLoginError):
        sign_in(world.office, code=totp("minh").at(world.clock.at + drift * STEP))


def test_a_code_may_be_typed_with_a_gap(world: World) -> None:
    code = totp("minh").at(world.clock.at)

    assert sign_in(world.office, code=f" {code[:3]} {code[3:]} ")


def test_a_log_in_ends_with_the_working_day(world: World) -> None:
    cookie, _ = sign_in(world.office)

    world.clock.at += SESSION_TIME - timedelta(seconds=1)
    assert resumed(world.office, cookie) is not None
    world.clock.at += timedelta(seconds=1)
    assert resumed(world.office, cookie) is None


def test_signing_out_ends_this_log_in_and_no_other(world: World) -> None:
    first, _ = sign_in(world.office)
    world.clock.at += STEP
    second, _ = sign_in(world.office)

    with world.office.begin("desk") as desk:
        logins.sign_out(desk, first)

    assert resumed(world.office, first) is None
    assert resumed(world.office, second) is not None


@pytest.mark.parametrize("cookie", ["", "no such cookie", "ü"])
def test_a_cookie_nobody_was_given_is_nobody(world: World, cookie: str) -> None:
    assert resumed(world.office, cookie) is None


def test_an_officer_who_left_is_out_at_once(world: World, owner_url: str) -> None:
    cookie, _ = sign_in(world.office)

    with Owner(owner_url) as owner:
        owner.run("UPDATE officer SET state = 'left' WHERE id = %s", world.minh.id)

    assert resumed(world.office, cookie) is None
    with pytest.raises(WrongLoginError):
        sign_in(world.office)


def test_the_session_row_opens_with_the_cookie_only(world: World, owner_url: str) -> None:
    cookie, _ = sign_in(world.office)

    with Owner(owner_url) as owner:
        ((mac, sealed),) = owner.all(
            "SELECT cookie_mac, sealed_key FROM login_session WHERE officer_id = %s"
            " ORDER BY expires_at DESC LIMIT 1",
            world.minh.id,
        )

    assert cookie.encode() not in bytes(mac) + bytes(sealed)
    assert world.minh.private_key not in bytes(sealed)
    assert resumed(world.office, cookie[:-1]) is None


def test_a_form_belongs_to_one_officer_in_one_browser(world: World) -> None:
    tools, minh, hoa = world.office.tools, world.minh.id, world.hoa.id
    token = logins.form_token(tools, "browser", minh)

    assert logins.writer_of(tools, "browser", token) == minh
    assert logins.writer_of(tools, "another", token) is None
    assert logins.writer_of(tools, "browser", token[:-32] + hoa.hex) is None
    for nonsense in ("", "x", "ế" * 96, minh.hex, token[1:], token + "0", token.upper()):
        assert logins.writer_of(tools, "browser", nonsense) is None
    guest = logins.form_token(tools, "browser")
    assert logins.writer_of(tools, "browser", guest) == logins.NOBODY
    assert "browser" not in token


def test_colleagues_are_those_of_the_station(world: World) -> None:
    hire(
        world.office,
        world.hoa.officer.station_code,
        "officer",
        "Xuân",
        "xuan",
        invited_by=world.hoa,
    )

    with world.office.begin("desk") as desk:
        names = [officer.name for officer in officers.colleagues(desk, "28114")]
        known = officers.find(desk, world.minh.id)
        unknown = officers.find(desk, uuid4())

    assert names == ["Hoa", "Minh", "Xuân"]
    assert known is not None
    assert unknown is None


def test_an_office_without_anybody_says_so(office: Office, world: World) -> None:
    for found, wanted in ((office, False), (world.office, True)):
        with found.begin("desk") as desk:
            assert officers.anybody(desk) is wanted


def test_a_secret_for_an_authenticator_app_is_new_each_time_and_names_the_officer() -> None:
    first, second = codes.new_secret(), codes.new_secret()

    assert first != second
    assert len(first) >= 32  # 160 bits, as RFC 4226 recommends
    assert "minh" in codes.uri(first, "minh")
    assert "can-bo" in codes.uri(first, "")
