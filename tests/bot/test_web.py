"""Every answer of the site, also an unexpected error: nothing to keep, to frame or to pass on."""

import sys
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from aiohttp import ClientSession, TCPConnector, web
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


async def test_counts_are_for_this_machine_alone(client: Client) -> None:
    async with client.get("/metrics") as answer:
        assert answer.status == 200
        assert "tiengloa_answers" in await answer.text()


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "203.0.113.9"},
        {"x-forwarded-proto": "https"},  # HTTP/2 proxies write small letters
        {"Forwarded": "for=127.0.0.1"},
        {"X-Real-IP": "127.0.0.1"},
        {"Via": "1.1 proxy"},
        {"Host": "tin.example"},
        {"Host": "["},
    ],
)
async def test_whoever_comes_through_a_proxy_sees_no_counts(
    client: Client, headers: dict[str, str]
) -> None:
    async with client.get("/metrics", headers=headers) as answer:
        assert answer.status == 404


@pytest.mark.skipif(sys.platform != "linux", reason="one loopback address elsewhere")
@pytest.mark.parametrize(
    "forged", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Via", "X-Nothing"]
)
async def test_no_header_makes_another_address_this_machine(client: Client, forged: str) -> None:
    connector = TCPConnector(local_addr=("127.0.0.2", 0))
    async with ClientSession(connector=connector) as elsewhere:
        headers = {forged: "127.0.0.1", "Host": "127.0.0.1"}
        async with elsewhere.get(client.make_url("/metrics"), headers=headers) as answer:
            assert answer.status == 404
