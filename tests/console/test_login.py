"""Getting in, and being kept out."""

import asyncio
import re
from datetime import timedelta

import pytest

from console import cookies, page
from console.facts import Facts
from tests.console.browsing import Browse, Browser, credentials
from tests.console.conftest import Serve
from tests.world import PASSWORD, World

WRONG = "Tên đăng nhập, mật khẩu hoặc mã 6 số chưa đúng."


async def test_an_officer_gets_in_with_password_and_code(world: World, browse: Browse) -> None:
    browser = await browse()
    await browser.sign_in(world, "hoa")
    assert browser.at == "/desk/queue"
    assert "Hoa" in browser.page
    assert "Công an xã Rạch Kiến" in browser.page


@pytest.mark.parametrize(
    "slip",
    [
        {"password": "not the password"},
        {"code": "000000"},
        {"username": "nobody"},
        {"password": "", "code": ""},
    ],
)
async def test_which_part_was_wrong_is_not_said(
    slip: dict[str, str], world: World, browse: Browse
) -> None:
    browser = await browse()
    await browser.open("/desk/login")
    await browser.send("/desk/login", credentials(world, "hoa") | slip)
    assert browser.status == 401
    assert browser.alert == WRONG
    assert PASSWORD not in browser.page


async def test_parallel_guesses_spend_one_budget_and_lock(world: World, browse: Browse) -> None:
    browser = await browse()
    await browser.open("/desk/login")
    token = browser.hidden("csrf")

    async def guess(n: int) -> int:
        fields = credentials(world, "hoa", password=f"guess number {n}", csrf=token)
        async with browser.client.post("/desk/login", data=fields) as response:
            return response.status

    statuses = await asyncio.gather(*(guess(n) for n in range(7)))

    assert sorted(statuses) == [401] * 5 + [429] * 2
    await browser.sign_in(world, "hoa")
    assert browser.status == 429
    assert "Sai quá nhiều lần" in browser.alert


async def test_strangers_who_know_a_name_keep_no_officer_out_of_the_desk(
    world: World, browse: Browse
) -> None:
    office, stranger, elsewhere = await browse(), await browse(), await browse()
    await office.sign_in(world, "hoa")
    await office.send("/desk/logout")
    await stranger.open("/desk/login")
    for _ in range(10):
        await stranger.send("/desk/login", credentials(world, "hoa", password="a guess"))
    assert stranger.status == 429
    world.clock.at += timedelta(seconds=30)

    await elsewhere.sign_in(world, "hoa")
    assert elsewhere.status == 429
    assert "máy bạn đã từng đăng nhập" in elsewhere.alert
    await office.sign_in(world, "hoa")
    assert office.at == "/desk/queue"


async def test_the_browser_an_officer_used_is_known_for_half_a_year_and_by_the_desk_alone(
    world: World, serve: Serve, open_browser: Browse
) -> None:
    facts = Facts(operator="Ban thử", public_url="https://tin.example", secure_cookies=True)
    browser = await open_browser(await serve(world.office, facts))  # type: ignore[call-arg] # fixture
    async with browser.client.get("/desk/login") as response:
        (first,) = response.headers.getall("Set-Cookie")
        secret = re.search(rf"__Secure-{cookies.BROWSER}=([^;]+)", first)
        csrf = re.search(r'name="csrf" value="([^"]+)"', await response.text())
    assert secret
    assert csrf
    assert "Max-Age" not in first, "before a log-in it is gone when the browser closes"

    async with browser.client.post(
        "/desk/login",
        data=credentials(world, "hoa", csrf=csrf[1]),
        headers={"Cookie": f"__Secure-{cookies.BROWSER}={secret[1]}"},
        allow_redirects=False,
    ) as response:
        given = response.headers.getall("Set-Cookie")
    (kept,) = [cookie for cookie in given if cookies.BROWSER in cookie]
    assert kept.startswith(f"__Secure-{cookies.BROWSER}={secret[1]}")
    parts = set(kept.split("; "))
    assert {"HttpOnly", "Secure", "Path=/desk", "SameSite=Strict", "Max-Age=15552000"} <= parts


async def test_strangers_waiting_for_their_keys_leave_places_for_known_browsers(
    world: World, serve: Serve, open_browser: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = await serve(world.office)
    known, stranger = [await open_browser(server) for _ in range(2)]  # type: ignore[call-arg] # fixture
    await known.sign_in(world, "hoa")
    await known.send("/desk/logout")
    world.clock.at += timedelta(seconds=30)
    monkeypatch.setattr(page, "KEYS_AT_ONCE", page.NOT_FOR_STRANGERS)  # the others are taken

    await stranger.sign_in(world, "hoa")
    assert stranger.status == 503
    await stranger.open("/desk/login")
    await stranger.send("/desk/login", credentials(world, "nobody"))
    assert stranger.status == 503
    await known.sign_in(world, "hoa")
    assert known.at == "/desk/queue"


async def test_the_lock_ends(world: World, browse: Browse) -> None:
    browser = await browse()
    await browser.open("/desk/login")
    for _ in range(5):
        await browser.send("/desk/login", credentials(world, "hoa", password="wrong again"))

    world.clock.at += timedelta(minutes=16)
    await browser.sign_in(world, "hoa")

    assert browser.at == "/desk/queue"


async def test_a_code_works_once(world: World, browse: Browse) -> None:
    first, second = await browse(), await browse()
    await first.sign_in(world, "hoa")

    await second.sign_in(world, "hoa")
    assert second.alert == WRONG

    world.clock.at += timedelta(seconds=30)
    await second.sign_in(world, "hoa")
    assert second.at == "/desk/queue"


async def test_logging_out_ends_the_log_in_on_the_server(hoa: Browser) -> None:
    await hoa.open("/desk/queue")
    stolen = {c.key: c.value for c in hoa.client.session.cookie_jar}

    await hoa.send("/desk/logout")
    assert hoa.at == "/desk/login"
    assert "Bạn đã đăng xuất." in hoa.page

    hoa.client.session.cookie_jar.update_cookies(stolen)
    await hoa.open("/desk/queue")
    assert hoa.at == "/desk/login"


async def test_a_sentence_is_said_once(world: World, browse: Browse) -> None:
    browser = await browse()
    await browser.sign_in(world, "hoa")
    await browser.send("/desk/logout")
    await browser.open("/desk/login")
    assert "Bạn đã đăng xuất." not in browser.page


async def test_the_log_in_page_leads_on_who_is_in_already(hoa: Browser) -> None:
    await hoa.open("/desk/login")
    assert hoa.at == "/desk/queue"


@pytest.mark.parametrize("cookie", ["x", "ế", "a" * 3000, "%00%ff"])
async def test_a_cookie_of_nobody_is_nobody(cookie: str, browse: Browse) -> None:
    browser = await browse()
    headers = {"Cookie": f"tl_desk={cookie}"}
    async with browser.client.get("/desk/queue", headers=headers) as response:
        assert response.url.path == "/desk/login"


async def test_too_many_log_ins_at_once_are_asked_to_wait(
    world: World, serve: Serve, open_browser: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "KEYS_AT_ONCE", 0)
    browser = await open_browser(await serve(world.office))  # type: ignore[call-arg] # fixture
    await browser.sign_in(world, "hoa")
    assert browser.status == 503
    assert "Nhiều người đang đăng nhập" in browser.alert
