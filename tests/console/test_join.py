"""New officers: the first of a province, the first of a commune, a colleague."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pyotp
import pytest
import segno

from desk import officers, stations
from desk.desk import Office
from tests.console.browsing import Browse, Browser
from tests.console.conftest import Serve
from tests.world import COMMUNE, NEIGHBOUR, PASSWORD, PROVINCE, Clock, World, hire

Open = Callable[..., Any]


def filled(browser: Browser, clock: Clock, username: str, **other: str) -> dict[str, str]:
    """What somebody types who scanned the page's code."""
    secret = browser.hidden("secret")
    return {
        "name": "Lê Văn Tám",
        "username": username,
        "password": PASSWORD,
        "again": PASSWORD,
        "secret": secret,
        "code": pyotp.TOTP(secret).at(clock.at),
        **other,
    }


def link_in(page: str) -> str:
    """The one-time link a page shows, as a path."""
    found = re.search(r'value="http://tin\.example(/desk/join/[\w-]+)"', page)
    assert found
    return found[1]


def invited(office: Office, station: str | None, role: str) -> str:
    with office.begin("desk") as desk:
        return f"/desk/join/{officers.first_invite(desk, station, role)}"


def groups_in(page: str) -> list[str]:
    return re.findall(r'class="group">([0-9A-Z]+)<', page)


async def test_the_first_officer_picks_a_province_and_confirms_its_recovery_key(
    office: Office, clock: Clock, serve: Serve, open_browser: Open
) -> None:
    link = invited(office, None, "province")
    browser = await open_browser(await serve(office))

    await browser.open(link)
    assert browser.page.count("<option") == 35
    await browser.send(link, filled(browser, clock, "tam", province=PROVINCE))
    assert browser.at == "/desk/recovery"

    await browser.open("/desk/queue")
    assert browser.at == "/desk/recovery", "nothing else until the key is on paper"
    groups = groups_in(browser.page)
    assert len(groups) == 14

    carried = browser.hidden("carried")
    await browser.send("/desk/recovery", {"step": "written", "carried": carried})
    assert groups_in(browser.page) == []
    asked = [int(n) for n in re.findall(r"Nhóm số (\d+)", browser.page)]

    slip = {"step": "confirm", "carried": carried, "group0": "AAAA", "group1": "BBBB"}
    await browser.send("/desk/recovery", slip)
    assert browser.status == 422
    assert "chưa khớp" in browser.alert
    assert [int(n) for n in re.findall(r"Nhóm số (\d+)", browser.page)] == asked

    await browser.send("/desk/recovery", {"step": "again", "carried": carried})
    assert groups_in(browser.page) == groups

    typed = {f"group{i}": groups[n - 1].lower() for i, n in enumerate(asked)}
    await browser.send("/desk/recovery", {"step": "confirm", "carried": carried, **typed})
    assert browser.at == "/desk/queue"
    assert "Đã mở kênh" in browser.page
    with office.begin("desk") as desk:
        station = stations.find(desk, PROVINCE)
    assert station is not None
    assert stations.is_active(station)


async def test_another_recovery_key_can_be_asked_for(
    office: Office, clock: Clock, serve: Serve, open_browser: Open
) -> None:
    link = invited(office, PROVINCE, "province")
    browser = await open_browser(await serve(office))
    await browser.open(link)
    await browser.send(link, filled(browser, clock, "tam"))
    first = groups_in(browser.page)

    await browser.open("/desk/recovery")

    assert len(first) == 14
    # The last group is the check symbol alone: two keys share it once in 32 times.
    assert set(groups_in(browser.page)[:-1]).isdisjoint(first[:-1])


async def test_a_recovery_key_of_somebody_else_is_not_confirmed(
    office: Office, clock: Clock, serve: Serve, open_browser: Open
) -> None:
    link = invited(office, PROVINCE, "province")
    browser = await open_browser(await serve(office))
    await browser.open(link)
    await browser.send(link, filled(browser, clock, "tam"))
    for carried in ("", "not base64!", "QUJD"):
        await browser.send("/desk/recovery", {"step": "confirm", "carried": carried})
        assert browser.status == 422
        assert len(groups_in(browser.page)) == 14, "a new key to begin with"


async def test_a_commune_opens_when_its_first_officer_joins(
    world: World, ngan: Browser, browse: Browse
) -> None:
    await ngan.open("/desk/officers")
    assert f'value="{NEIGHBOUR}"' in ngan.page
    await ngan.send("/desk/officers/invite", {"station": NEIGHBOUR, "role": "chief"})
    link = link_in(ngan.page)

    browser = await browse()
    await browser.open(link)
    await browser.send(link, filled(browser, world.clock, "tam"))

    assert browser.at == "/desk/queue"
    assert "Chào Lê Văn Tám!" in browser.page
    receipt = world.submit("Tối qua mất xe máy ở chợ", NEIGHBOUR)
    assert receipt.station.code == NEIGHBOUR
    await browser.open("/desk/queue")
    assert browser.page.count('id="row-') == 1


async def test_a_colleague_can_open_the_tips_that_came_before(
    world: World, hoa: Browser, browse: Browse
) -> None:
    world.submit("Tối qua mất xe máy ở chợ Rạch Kiến")
    (tip,) = world.waiting(world.hoa)
    await hoa.open("/desk/officers")
    await hoa.send("/desk/officers/invite", {"station": COMMUNE, "role": "officer"})
    link = link_in(hoa.page)

    browser = await browse()
    await browser.open(link)
    await browser.send(link, filled(browser, world.clock, "tam"))
    await browser.open(f"/desk/tips/{tip}")

    assert browser.status == 200
    assert "chợ Rạch Kiến" in unescape(re.sub("</?mark>", "", browser.page))


async def test_a_link_works_once(world: World, hoa: Browser, browse: Browse) -> None:
    await hoa.open("/desk/officers")
    await hoa.send("/desk/officers/invite", {"station": COMMUNE, "role": "officer"})
    link = link_in(hoa.page)
    first, second = await browse(), await browse()
    await first.open(link)
    await second.open(link)

    await first.send(link, filled(first, world.clock, "tam"))
    await second.send(link, filled(second, world.clock, "chin"))

    assert first.at == "/desk/queue"
    assert second.status == 410
    assert "đã dùng rồi" in second.alert


async def test_whoever_comes_after_the_first_officer_reads_whom_to_ask(
    office: Office, clock: Clock, serve: Serve, open_browser: Open
) -> None:
    used, left_over = (invited(office, None, "province") for _ in range(2))
    url = await serve(office)
    first, late = await open_browser(url), await open_browser(url)
    await late.open(left_over)
    fields = filled(late, clock, "chin", province="91")
    await first.open(used)
    await first.send(used, filled(first, clock, "tam", province=PROVINCE))

    await late.send(left_over, fields)

    assert late.status == 410
    assert late.alert == (
        "Kênh đã có cán bộ đầu tiên. Hãy nhờ người đó hoặc người quản trị máy chủ gửi liên kết mới."
    )
    await late.open(left_over)
    assert late.status == 410


async def test_a_chief_invites_into_no_other_station(hoa: Browser) -> None:
    await hoa.open("/desk/officers")
    for station, role in ((NEIGHBOUR, "chief"), (PROVINCE, "province"), (COMMUNE, "province")):
        await hoa.send("/desk/officers/invite", {"station": station, "role": role})
        assert hoa.status == 403
        assert "/desk/join/" not in hoa.page


async def test_an_admin_is_offered_no_link_that_would_be_refused(
    world: World, browse: Browse
) -> None:
    admin = hire(world.office, PROVINCE, "admin", "Khôi", "khoi", invited_by=world.ngan)
    browser = await browse()
    browser.enter(world.office, admin)
    await browser.open("/desk/officers")
    offered = re.findall(r'name="station" value="(\d{5})"', browser.page)

    assert COMMUNE not in offered, "who holds no key hands none over"
    assert NEIGHBOUR in offered
    await browser.send("/desk/officers/invite", {"station": NEIGHBOUR, "role": "chief"})
    assert "/desk/join/" in browser.page


async def test_a_commune_waits_for_its_province(
    office: Office, serve: Serve, open_browser: Open
) -> None:
    link = invited(office, COMMUNE, "chief")
    browser = await open_browser(await serve(office))
    await browser.open(link)
    assert browser.status == 409
    assert browser.alert == "Công an tỉnh chưa mở kênh, nên xã, phường chưa mở được."


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ({"name": "  "}, "Bạn chưa nhập họ tên"),
        ({"username": "Lê Tám"}, "Tên đăng nhập gồm"),
        ({"username": "hoa"}, "đã có người dùng"),
        ({"password": "short", "again": "short"}, "Mật khẩu cần ít nhất 12"),
        ({"again": "something else"}, "không giống nhau"),
        ({"code": "000000"}, "Mã 6 số chưa đúng"),
    ],
)
async def test_a_slip_keeps_what_was_typed_but_no_password(
    slip: dict[str, str], said: str, world: World, hoa: Browser, browse: Browse
) -> None:
    await hoa.open("/desk/officers")
    await hoa.send("/desk/officers/invite", {"station": COMMUNE, "role": "officer"})
    link = link_in(hoa.page)
    browser = await browse()
    await browser.open(link)
    fields = filled(browser, world.clock, "tam") | slip

    await browser.send(link, fields)

    assert browser.status in (409, 422)
    assert said in browser.alert
    assert browser.hidden("secret") == fields["secret"], "the app has scanned it already"
    assert PASSWORD not in browser.page
    await browser.send(link, filled(browser, world.clock, "tam"))
    assert browser.at == "/desk/queue"


async def test_the_drawn_code_is_the_one_an_authenticator_reads(
    office: Office, serve: Serve, open_browser: Open
) -> None:
    browser = await open_browser(await serve(office))
    await browser.open(invited(office, None, "province"))
    uri = re.search(r'href="(otpauth://[^"]+)"', browser.page)
    assert uri
    code = segno.make(unescape(uri[1]), error="l", micro=False)

    drawn = {
        (int(x) + step, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", browser.page)
        for step in range(int(length))
    }

    wanted = enumerate(code.matrix_iter(border=4))
    assert drawn == {(x, y) for y, row in wanted for x, dark in enumerate(row) if dark}
    assert browser.hidden("secret") in uri[1]


async def test_a_forged_authenticator_secret_is_replaced(
    world: World, hoa: Browser, browse: Browse
) -> None:
    await hoa.open("/desk/officers")
    await hoa.send("/desk/officers/invite", {"station": COMMUNE, "role": "officer"})
    link = link_in(hoa.page)
    browser = await browse()
    await browser.open(link)
    fields = filled(browser, world.clock, "tam") | {"secret": "not base 32!"}

    await browser.send(link, fields)

    assert browser.status == 422
    assert re.fullmatch("[A-Z2-7]{32}", browser.hidden("secret"))
