"""Large type: a button that needs no script, a cookie of one digit, and the way back."""

from typing import Any

import pytest
from aiohttp import web

from bot.public import PublicPages
from bot.type_size import COOKIE, PATH, TypeSize
from bot.web import build
from tests.channels.visit import Client
from tests.world import World

PAGE = '<html lang="vi"><input type="hidden" name="back" value="">'


class Anywhere:
    """A page at any address, opened or answering a form."""

    def routes(self) -> list[web.AbstractRouteDef]:
        """All but the desk."""

        async def show(_request: web.Request) -> web.Response:
            return web.Response(text=PAGE, content_type="text/html")

        return [web.get("/xa/{rest:.*}", show), web.post("/xa/{rest:.*}", show)]


@pytest.fixture
async def client(world: World, aiohttp_client: Any) -> Client:
    async def show(_request: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    desk = web.Application()
    desk.router.add_route("*", "/{rest:.*}", show)
    pages = (TypeSize(), PublicPages(None), Anywhere())
    made: Client = await aiohttp_client(build(world.office, None, (), desk, pages))  # type: ignore[arg-type] # nobody asks whether it is ready
    return made


async def press(client: Client, size: str, back: str) -> tuple[int, str]:
    """Press the button: the status, and where it leads."""
    fields = {"size": size, "back": back}
    async with client.post(PATH, data=fields, allow_redirects=False) as answer:
        return answer.status, answer.headers["Location"]


async def test_the_button_enlarges_every_page_until_it_is_pressed_again(client: Client) -> None:
    for size, large in (("1", True), ("0", False)):
        assert await press(client, size, "/xa/28114?a=1") == (303, "/xa/28114?a=1")
        async with client.get("/xa/28114") as answer:
            assert ('data-type="large"' in await answer.text()) is large


async def test_the_cookie_says_nothing_but_one(client: Client) -> None:
    await press(client, "1; Path=/desk\r\nX: y", "/")
    assert not client.session.cookie_jar.filter_cookies(client.make_url("/"))
    async with client.post(PATH, data={"size": "1"}, allow_redirects=False) as answer:
        cookie = answer.cookies[COOKIE]

    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("1", True, "Lax")


@pytest.mark.parametrize(
    "back", ["//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nX: y", "", "xa"]
)
async def test_the_way_back_leads_to_no_other_site(client: Client, back: str) -> None:
    assert await press(client, "1", back) == (303, "/")


@pytest.mark.parametrize(
    ("method", "path", "back"),
    [
        ("GET", "/xa/28114?a=1&b=2", "/xa/28114?a=1&amp;b=2"),
        ("POST", "/xa/28114", "/xa/28114"),
        ("GET", "/desk/queue?tab=late", "/desk/queue?tab=late"),
        ("POST", "/desk/search", "/desk/"),
        ("GET", '/xa/"><script>', "/xa/%22%3E%3Cscript%3E"),
        (
            "POST",
            "/desk/tips/0a2f5c1e-1111-4222-8333-444455556666/ask",
            "/desk/tips/0a2f5c1e-1111-4222-8333-444455556666",
        ),
    ],
)
async def test_a_page_tells_its_button_the_way_back(
    client: Client, method: str, path: str, back: str
) -> None:
    async with client.request(method, path) as answer:
        assert f'name="back" value="{back}"' in await answer.text()


async def test_an_address_without_a_page_gets_one_that_leads_on(client: Client) -> None:
    async with client.get("/khong-co", cookies={COOKIE: "1"}) as answer:
        page = await answer.text()

    assert answer.status == 404
    assert '<html lang="vi" data-type="large">' in page
    assert "Không có trang này" in page
    assert 'href="/"' in page
