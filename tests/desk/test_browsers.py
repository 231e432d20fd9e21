"""Strangers who know an officer's name: their guesses are counted, and keep nobody out."""

from datetime import timedelta

import pytest

from desk import audit, browsers, credentials, departures, logins, passwords, retention
from desk.errors import LockedError, StrangersLockedError, WrongLoginError
from desk.logins import FAILURES_BEFORE_LOCK, LOCK_TIME
from desk.officers import Signed
from tests.storage.rows import Owner
from tests.world import PASSWORD, World, totp

STEP = timedelta(seconds=30)
OFFICE, HOME, STRANGER = "of the office", "of another machine", "of a stranger"


def sign_in(
    world: World, browser: str, password: str = PASSWORD, username: str = "minh"
) -> tuple[str, Signed]:
    """Both halves, as the page does them; each with a new code."""
    world.clock.at += STEP
    with world.office.begin("desk") as desk:
        attempt = logins.start_sign_in(desk, username, browser)
    key = passwords.make_key(world.office.tools, password, attempt.salt)
    with world.office.begin("desk") as desk:
        return logins.sign_in(desk, username, key, totp(username).at(desk.at), browser)


def guess(world: World, browser: str, times: int) -> int:
    """Wrong passwords at one moment; how many were looked at."""
    looked_at = 0
    for _ in range(times):
        try:
            with world.office.begin("desk") as desk:
                logins.start_sign_in(desk, "minh", browser)
            looked_at += 1
        except LockedError:
            pass
    return looked_at


def test_fifty_guesses_of_a_stranger_do_not_keep_the_officer_out_of_a_known_browser(
    world: World,
) -> None:
    sign_in(world, OFFICE)

    for _ in range(10):
        guess(world, "", 2)
        guess(world, STRANGER, 3)
        assert sign_in(world, OFFICE)[1].id == world.minh.id

    with pytest.raises(StrangersLockedError, match="máy bạn đã từng đăng nhập"):
        sign_in(world, HOME)


def test_a_strangers_own_guesses_stay_limited_whatever_the_officer_does(world: World) -> None:
    sign_in(world, OFFICE)

    looked_at = 0
    for number in range(50):
        looked_at += guess(world, f"cookie {number}", 1)
        if number % 10 == 0:
            sign_in(world, OFFICE)  # proves nothing about the strangers

    assert looked_at == FAILURES_BEFORE_LOCK
    world.clock.at += LOCK_TIME
    assert guess(world, STRANGER, 50) == FAILURES_BEFORE_LOCK


def test_a_stolen_browser_cookie_has_a_limit_of_its_own_and_locks_nobody_else(
    world: World,
) -> None:
    for browser in (OFFICE, HOME):
        sign_in(world, browser)

    assert guess(world, OFFICE, 50) == FAILURES_BEFORE_LOCK

    with pytest.raises(LockedError, match="Hãy chờ 14 phút rồi thử lại"):
        sign_in(world, OFFICE)
    assert sign_in(world, HOME)[1].id == world.minh.id
    assert guess(world, STRANGER, 1) == 1
    world.clock.at += LOCK_TIME
    assert sign_in(world, OFFICE)[1].id == world.minh.id


def test_a_good_log_in_forgets_what_was_counted_against_its_browser(world: World) -> None:
    sign_in(world, OFFICE)
    for _ in range(3):
        assert guess(world, OFFICE, FAILURES_BEFORE_LOCK - 1) == FAILURES_BEFORE_LOCK - 1
        sign_in(world, OFFICE)


def test_a_browser_is_known_for_the_officer_who_used_it_and_for_nobody_else(world: World) -> None:
    sign_in(world, OFFICE)
    sign_in(world, OFFICE, username="hoa")
    with world.office.begin("desk") as desk:
        assert not logins.start_sign_in(desk, "minh", OFFICE).stranger
        assert not logins.start_sign_in(desk, "hoa", OFFICE).stranger
        assert logins.start_sign_in(desk, "ngan", OFFICE).stranger
        assert logins.start_sign_in(desk, "nobody", OFFICE).stranger
        assert logins.start_sign_in(desk, "minh", "").stranger


def test_a_browser_that_only_failed_is_not_known(world: World) -> None:
    with pytest.raises(WrongLoginError):
        sign_in(world, STRANGER, password="wrong password")
    with world.office.begin("desk") as desk:
        assert browsers.known(desk, world.minh.id, STRANGER) is None


def test_a_browser_nobody_used_for_half_a_year_is_forgotten(world: World, owner_url: str) -> None:
    sign_in(world, OFFICE)
    world.clock.at += browsers.KNOWN_FOR - STEP
    with world.office.begin("desk") as desk:
        assert browsers.known(desk, world.minh.id, OFFICE)
    world.clock.at += STEP
    with world.office.begin("desk") as desk:
        assert browsers.known(desk, world.minh.id, OFFICE) is None
    with world.office.begin("sweeps") as desk:
        retention.delete_messages(desk)
    with Owner(owner_url) as owner:
        assert owner.one("SELECT count(*) FROM known_browser") == 0


def test_another_password_makes_every_other_browser_a_strangers(world: World) -> None:
    for browser in (OFFICE, HOME):
        sign_in(world, browser)
    salt = passwords.new_salt()
    key = passwords.make_key(world.office.tools, "bon tu khong lien quan", salt)
    with world.office.begin("desk") as desk:
        credentials.change(desk, world.minh, totp("minh").secret.encode(), salt, key, OFFICE)
        assert browsers.known(desk, world.minh.id, OFFICE)
        assert browsers.known(desk, world.minh.id, HOME) is None


def test_strangers_cannot_keep_an_officer_from_changing_the_password(world: World) -> None:
    _, signed = sign_in(world, OFFICE)
    guess(world, STRANGER, 50)
    with world.office.begin("desk") as desk:
        assert credentials.start(desk, signed, OFFICE) == signed.officer.salt
        with pytest.raises(StrangersLockedError):
            credentials.start(desk, signed, HOME)


def test_whoever_left_has_no_known_browser(world: World) -> None:
    sign_in(world, OFFICE)
    with world.office.begin("desk", world.hoa.id) as desk:
        departures.leave(desk, world.hoa, world.minh.id)
    with world.office.begin("desk") as desk:
        assert browsers.known(desk, world.minh.id, OFFICE) is None
        assert logins.start_sign_in(desk, "minh", OFFICE).stranger


def test_the_row_tells_nothing_of_the_cookie_and_the_log_says_which_door_was_shut(
    world: World, owner_url: str
) -> None:
    sign_in(world, OFFICE)
    guess(world, OFFICE, 6)
    guess(world, STRANGER, 6)

    with Owner(owner_url) as owner:
        ((mac,),) = owner.all("SELECT cookie_mac FROM known_browser")
    assert OFFICE.encode() not in bytes(mac)
    with world.office.begin("desk") as desk:
        deeds = audit.page(desk, world.minh.officer.station_code, with_communes=False, before=None)
        assert audit.verify(desk)[1] is None
    locked = [deed.detail for deed in deeds if deed.action == "officer.locked"]
    assert locked == [logins.STRANGERS, logins.KNOWN]
