"""Every answer of the site, also an unexpected error: nothing to keep, to frame or to pass on."""

from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import web as site
from bot.channels.webchat import HEADERS
from bot.commune_page import CommunePages
from bot.public import PublicPages
from bot.type_size import TypeSize
from tests.world import World

Client = TestClient[web.Request, web.Application]


class Broken:
    """A page with a slip in it."""

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """One."""
        return [web.get("/broken", self._break)]

    async def _break(self, _request: web.Request) -> web.Response:
        raise RuntimeError


@pytest.fixture
async def client(world: World) -> AsyncIterator[Client]:
    with ThreadPoolExecutor(2) as workers:
        public = PublicPages(None)
        communes = CommunePages(world.office, workers, public, "https://tin.example")
        pages = (TypeSize(), public, communes, Broken())
        app = site.build(world.office, workers, (), web.Application(), pages)
        client: Client
        async with TestClient(TestServer(app)) as client:
            yield client


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/broken", 500),
        ("GET", "/nowhere", 404),
        ("POST", "/nowhere", 404),
        ("PUT", "/xa/28114", 405),
        ("DELETE", "/co-chu", 405),
        ("POST", "/co-chu", 303),
        ("GET", "/desk/nowhere", 404),
        ("GET", "/health", 200),
        ("GET", "/ready", 200),
        ("GET", "/metrics", 200),
    ],
)
async def test_no_answer_may_be_kept_framed_or_passed_on(
    client: Client, method: str, path: str, status: int
) -> None:
    async with client.request(method, path, allow_redirects=False) as answer:
        assert answer.status == status
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


async def test_what_a_page_says_of_itself_stands(client: Client) -> None:
    async with client.get("/xa/28114") as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=60"
