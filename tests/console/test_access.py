"""Who may use which page, and what a form must carry."""

from uuid import uuid4

import pytest

from console import app
from tests.console.browsing import Browse, Browser
from tests.world import World

NOBODY, OFFICER, CHIEF, PROVINCE = "nobody", "minh", "hoa", "ngan"
EVERYBODY = {NOBODY, OFFICER, CHIEF, PROVINCE}
SIGNED = {OFFICER, CHIEF, PROVINCE}

# Written by hand, so that a slip in the route table shows.
MATRIX = {
    ("GET", "/login"): EVERYBODY,
    ("POST", "/login"): EVERYBODY,
    ("POST", "/logout"): SIGNED,
    ("GET", "/join/{token}"): EVERYBODY,
    ("POST", "/join/{token}"): EVERYBODY,
    ("GET", "/recovery"): {PROVINCE},
    ("POST", "/recovery"): {PROVINCE},
    ("GET", ""): SIGNED,
    ("GET", "/"): SIGNED,
    ("GET", "/queue"): SIGNED,
    ("GET", "/walk-in"): SIGNED,
    ("POST", "/walk-in"): SIGNED,
    ("GET", "/search"): SIGNED,
    ("POST", "/search"): SIGNED,
    ("GET", "/tips/{tip}"): SIGNED,
    ("GET", "/tips/{tip}/photos/{photo}"): SIGNED,
    ("GET", "/tips/{tip}/slip"): SIGNED,
    ("GET", "/tips/{tip}/record"): SIGNED,
    ("POST", "/tips/{tip}/claim"): SIGNED,
    ("POST", "/tips/{tip}/ask"): SIGNED,
    ("POST", "/tips/{tip}/note"): SIGNED,
    ("POST", "/tips/{tip}/transfer"): SIGNED,
    ("POST", "/tips/{tip}/close"): SIGNED,
    ("POST", "/tips/{tip}/twins"): SIGNED,
    ("POST", "/tips/{tip}/facts"): SIGNED,
    ("POST", "/tips/{tip}/category"): SIGNED,
    ("POST", "/tips/{tip}/urgency"): SIGNED,
    ("POST", "/tips/{tip}/place"): SIGNED,
    ("POST", "/tips/{tip}/not-spam"): SIGNED,
    ("POST", "/tips/{tip}/assign"): SIGNED,
    ("POST", "/tips/{tip}/release"): SIGNED,
    ("POST", "/tips/{tip}/remind"): SIGNED,
    ("POST", "/tips/{tip}/reminded"): SIGNED,
    ("POST", "/tips/{tip}/accept"): SIGNED,
    ("POST", "/tips/{tip}/hand-over"): SIGNED,
    ("POST", "/tips/{tip}/extend"): SIGNED,
    ("GET", "/notices"): SIGNED,
    ("GET", "/notices/new"): SIGNED,
    ("POST", "/notices/new"): SIGNED,
    ("GET", "/notices/{notice}"): SIGNED,
    ("GET", "/notices/{notice}/edit"): SIGNED,
    ("POST", "/notices/{notice}/edit"): SIGNED,
    ("POST", "/notices/{notice}/submit"): SIGNED,
    ("POST", "/notices/{notice}/approve"): SIGNED,
    ("POST", "/notices/{notice}/back"): SIGNED,
    ("POST", "/notices/{notice}/recall"): SIGNED,
    ("POST", "/notices/{notice}/pause"): SIGNED,
    ("POST", "/notices/{notice}/resume"): SIGNED,
    ("POST", "/notices/{notice}/stop"): SIGNED,
    ("GET", "/channels"): SIGNED,
    ("GET", "/questions"): SIGNED,
    ("POST", "/questions/teach"): {PROVINCE},
    ("POST", "/questions/drop"): {PROVINCE},
    ("GET", "/officers"): {CHIEF, PROVINCE},
    ("POST", "/officers/leave"): {CHIEF, PROVINCE},
    ("GET", "/password"): SIGNED,
    ("POST", "/password"): SIGNED,
    ("GET", "/audit"): {CHIEF, PROVINCE},
    ("POST", "/audit"): {PROVINCE},
    ("POST", "/officers/invite"): {CHIEF, PROVINCE},
    ("POST", "/officers/group"): {CHIEF, PROVINCE},
    ("POST", "/officers/group/cut"): {CHIEF, PROVINCE},
}


def test_every_route_is_in_the_matrix() -> None:
    assert {(route.method, route.path) for route in app.ROUTES} == set(MATRIX)


@pytest.mark.parametrize(("method", "path"), MATRIX)
async def test_a_route_lets_in_exactly_its_roles(
    method: str, path: str, world: World, browse: Browse
) -> None:
    filled = f"/desk{path}".format(
        token="no-such-token", tip=uuid4(), notice=uuid4(), photo=uuid4()
    )
    for visitor in sorted(EVERYBODY):
        browser = await browse()
        if visitor != NOBODY:
            browser.enter(world.office, getattr(world, visitor))
        await browser.open("/desk/queue")  # a page with a token, or the log-in page
        await (browser.open(filled) if method == "GET" else browser.send(filled))

        if visitor in MATRIX[method, path]:
            assert browser.status != 403, visitor
            assert (
                NOBODY in (visitor, *MATRIX[method, path])
                or browser.at != "/desk/login"
                or (path == "/logout")
            ), visitor
        elif visitor == NOBODY:
            assert browser.at == "/desk/login"
        else:
            assert browser.status == 403, visitor
            assert "Vai trò của bạn không làm được" in browser.alert


async def test_a_form_without_its_token_changes_nothing(world: World, hoa: Browser) -> None:
    world.submit("Tối qua mất xe máy ở chợ")
    (tip,) = world.waiting(world.hoa)

    await hoa.send(f"/desk/tips/{tip}/claim")

    assert hoa.status == 403
    assert "hết hạn" in hoa.alert
    assert world.waiting(world.hoa) == [tip]


async def test_the_token_of_another_log_in_is_refused(
    world: World, hoa: Browser, minh: Browser
) -> None:
    world.submit("Tối qua mất xe máy ở chợ")
    (tip,) = world.waiting(world.hoa)
    await minh.open("/desk/queue")

    hoa.page = minh.page
    await hoa.send(f"/desk/tips/{tip}/claim")

    assert hoa.status == 403
    assert world.waiting(world.hoa) == [tip]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    ],
)
async def test_a_form_of_another_site_is_refused_whatever_it_carries(
    headers: dict[str, str], world: World, hoa: Browser
) -> None:
    world.submit("Tối qua mất xe máy ở chợ")
    (tip,) = world.waiting(world.hoa)
    await hoa.open(f"/desk/tips/{tip}")

    await hoa.send(f"/desk/tips/{tip}/claim", headers=headers)

    assert hoa.status == 403
    assert world.waiting(world.hoa) == [tip]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},  # Chromium, under no-referrer
        {"Origin": "http://tin.example"},  # behind a proxy that changes Host
        {},  # an old browser
    ],
)
async def test_our_own_form_is_taken(headers: dict[str, str], world: World, hoa: Browser) -> None:
    world.submit("Tối qua mất xe máy ở chợ")
    (tip,) = world.waiting(world.hoa)
    await hoa.open(f"/desk/tips/{tip}")

    await hoa.send(f"/desk/tips/{tip}/claim", headers=headers)

    assert hoa.status == 200
    assert world.waiting(world.hoa, "taken") == [tip]


async def test_an_ended_log_in_leads_back_to_the_log_in_page(world: World, hoa: Browser) -> None:
    await hoa.open("/desk/queue")
    world.clock.at = world.clock.at.replace(hour=19)

    await hoa.open("/desk/queue")

    assert hoa.at == "/desk/login"
    assert "Phiên đăng nhập đã hết" in hoa.page


async def test_a_live_list_without_a_log_in_sends_the_whole_page_away(browse: Browse) -> None:
    browser = await browse()
    async with browser.client.get("/desk/queue", headers={"HX-Request": "true"}) as response:
        assert response.status == 200
        assert response.headers["HX-Redirect"] == "/desk/login"
        assert await response.text() == ""
