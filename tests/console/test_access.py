"""Who may use which page, and what a form must carry."""

import re
from uuid import uuid4

import pytest

from console import app, drawing, kept
from tests.console.browsing import Browse, Browser
from tests.world import World, everybody

NOBODY, OFFICER, CHIEF, PROVINCE = "nobody", "minh", "hoa", "ngan"
EDITOR, ADMIN = "yen", "khoi"
READERS = {OFFICER, CHIEF, PROVINCE}
WRITERS = READERS | {EDITOR}
LEADERS = {CHIEF, PROVINCE, ADMIN}
SIGNED = WRITERS | LEADERS
EVERYBODY = SIGNED | {NOBODY}

# Written by hand, so that a slip in the route table shows.
MATRIX = {
    ("GET", "/login"): EVERYBODY,
    ("POST", "/login"): EVERYBODY,
    ("POST", "/logout"): SIGNED,
    ("GET", "/join/{token}"): EVERYBODY,
    ("POST", "/join/{token}"): EVERYBODY,
    ("GET", "/reset/{token}"): EVERYBODY,
    ("POST", "/reset/{token}"): EVERYBODY,
    ("GET", "/lost"): SIGNED,
    ("POST", "/lost"): SIGNED,
    ("POST", "/lost/approve"): SIGNED,
    ("GET", "/recovery"): {PROVINCE},
    ("POST", "/recovery"): {PROVINCE},
    ("GET", ""): SIGNED,
    ("GET", "/"): SIGNED,
    ("GET", "/queue"): READERS,
    ("GET", "/walk-in"): READERS,
    ("POST", "/walk-in"): READERS,
    ("GET", "/search"): READERS,
    ("POST", "/search"): READERS,
    ("GET", "/tips/{tip}"): READERS,
    ("GET", "/tips/{tip}/photos/{photo}"): READERS,
    ("GET", "/tips/{tip}/slip"): READERS,
    ("GET", "/tips/{tip}/record"): READERS,
    ("POST", "/tips/{tip}/claim"): READERS,
    ("POST", "/tips/{tip}/ask"): READERS,
    ("POST", "/tips/{tip}/note"): READERS,
    ("POST", "/tips/{tip}/transfer"): READERS,
    ("POST", "/tips/{tip}/close"): READERS,
    ("POST", "/tips/{tip}/twins"): READERS,
    ("POST", "/tips/{tip}/flood"): READERS,
    ("POST", "/tips/{tip}/facts"): READERS,
    ("POST", "/tips/{tip}/category"): READERS,
    ("POST", "/tips/{tip}/urgency"): READERS,
    ("POST", "/tips/{tip}/place"): READERS,
    ("POST", "/tips/{tip}/not-spam"): READERS,
    ("POST", "/tips/{tip}/assign"): READERS,
    ("POST", "/tips/{tip}/release"): READERS,
    ("POST", "/tips/{tip}/remind"): READERS,
    ("POST", "/tips/{tip}/reminded"): READERS,
    ("POST", "/tips/{tip}/accept"): READERS,
    ("POST", "/tips/{tip}/hand-over"): READERS,
    ("POST", "/tips/{tip}/extend"): READERS,
    ("GET", "/notices"): WRITERS,
    ("GET", "/notices/new"): WRITERS,
    ("POST", "/notices/new"): WRITERS,
    ("GET", "/notices/{notice}"): WRITERS,
    ("GET", "/notices/{notice}/edit"): WRITERS,
    ("POST", "/notices/{notice}/edit"): WRITERS,
    ("POST", "/notices/{notice}/submit"): WRITERS,
    ("POST", "/notices/{notice}/approve"): READERS,
    ("POST", "/notices/{notice}/back"): WRITERS,
    ("POST", "/notices/{notice}/recall"): WRITERS,
    ("POST", "/notices/{notice}/pause"): WRITERS,
    ("POST", "/notices/{notice}/resume"): WRITERS,
    ("POST", "/notices/{notice}/stop"): WRITERS,
    ("GET", "/channels"): WRITERS,
    ("GET", "/questions"): WRITERS,
    ("POST", "/questions/teach"): {PROVINCE},
    ("POST", "/questions/drop"): {PROVINCE},
    ("GET", "/words"): {PROVINCE, ADMIN},
    ("POST", "/words"): {PROVINCE, ADMIN},
    ("POST", "/words/effect"): {PROVINCE, ADMIN},
    ("POST", "/words/remove"): {PROVINCE, ADMIN},
    ("GET", "/officers"): LEADERS,
    ("POST", "/officers/leave"): LEADERS,
    ("GET", "/hours"): LEADERS,
    ("POST", "/hours"): LEADERS,
    ("GET", "/kept"): SIGNED,
    ("POST", "/kept/drop"): SIGNED,
    ("GET", "/password"): SIGNED,
    ("POST", "/password"): SIGNED,
    ("GET", "/audit"): LEADERS,
    ("POST", "/audit"): {PROVINCE, ADMIN},
    ("POST", "/officers/invite"): LEADERS,
    ("POST", "/officers/group"): LEADERS,
    ("POST", "/officers/group/cut"): LEADERS,
}


def test_every_route_is_in_the_matrix() -> None:
    assert {(route.method, route.path) for route in app.ROUTES} == set(MATRIX)


@pytest.mark.parametrize("visitor", sorted(EVERYBODY))
async def test_a_role_gets_in_exactly_where_it_belongs(
    visitor: str, world: World, browse: Browse
) -> None:
    staff = everybody(world)
    for (method, path), roles in MATRIX.items():
        names = {"tip": uuid4(), "notice": uuid4(), "photo": uuid4()}
        filled = f"/desk{path}".format(token="no-such-token", **names)
        browser = await browse()
        if visitor != NOBODY:
            browser.enter(world.office, staff[visitor])
        await browser.open("/desk/password")  # a page with a token, or the log-in page
        await (browser.open(filled) if method == "GET" else browser.send(filled))

        route = f"{visitor}: {method} {path}"
        if visitor in roles:
            assert browser.status != 403, route
            let_in = browser.at != "/desk/login" or path in ("/login", "/logout")
            assert let_in, route
        elif visitor == NOBODY:
            assert browser.at == "/desk/login", route
        else:
            assert browser.status == 403, route
            assert "Vai trò của bạn không làm được" in browser.alert, route


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
    assert "Đã hết giờ đăng nhập" in hoa.page


async def test_a_live_list_without_a_log_in_sends_the_whole_page_away(browse: Browse) -> None:
    browser = await browse()
    async with browser.client.get("/desk/queue", headers={"HX-Request": "true"}) as response:
        assert response.status == 200
        assert response.headers["HX-Redirect"] == "/desk/login"
        assert await response.text() == ""


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("/desk/password", {"old": "lua chin ven song", "new": "bon tu khong lien quan"}),
        ("/desk/search", {"words": "abc"}),
        ("/desk/search", {"words": "xe máy", "csrf": "of somebody else"}),
    ],
)
async def test_passwords_choices_and_forms_of_others_are_never_shown_again(
    page: str, fields: dict[str, str], world: World, hoa: Browser
) -> None:
    await hoa.open(page)
    world.clock.at = world.clock.at.replace(hour=19)

    await hoa.send(page, fields)

    assert hoa.at == "/desk/login"


def test_every_secret_field_of_a_page_is_known_as_one() -> None:
    pages = [file.read_text() for file in (drawing.HERE / "templates").glob("*.html")]
    lines = [line for page in pages for line in page.splitlines()]
    asked = [re.search(r'field\("(\w+)".*(?:password|one-time-code)', line) for line in lines]
    paper = [
        re.search(r'(?:name=|field\()"(secret|carried|recovery|group)"', line) for line in lines
    ]
    names = {found[1] for found in (*asked, *paper) if found}
    assert {"old", "new", "again", "code", "recovery", "secret", "carried", "group"} <= names
    assert names - {"group"} <= kept.SECRETS  # numbered: group0, group1
