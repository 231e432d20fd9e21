from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from console import app
from console.facts import Facts
from desk.desk import Office
from tests.console.browsing import Browse, Browser
from tests.world import World

FACTS = Facts(operator=None, public_url="http://tin.example", secure_cookies=False)
Serve = Callable[..., Any]


@pytest.fixture
def serve(aiohttp_server: Any) -> Iterator[Serve]:
    """Start a console on loopback, mounted as bot mounts it."""
    with ExitStack() as stack:

        async def start(office: Office, facts: Facts = FACTS) -> TestServer:
            workers = stack.enter_context(ThreadPoolExecutor(6))
            slow = stack.enter_context(ThreadPoolExecutor(2))
            root = web.Application()
            root.add_subapp("/desk/", app.build(office, workers, slow, facts))
            started: TestServer = await aiohttp_server(root)
            return started

        yield start


@pytest.fixture
def open_browser(aiohttp_client: Any) -> Callable[[TestServer], Any]:
    """A browser with a cookie jar of its own."""

    async def start(server: TestServer) -> Browser:
        return Browser(await aiohttp_client(server))

    return start


@pytest.fixture
async def browse(world: World, serve: Serve, open_browser: Callable[[TestServer], Any]) -> Browse:
    """Browsers on the console of the world."""
    server = await serve(world.office)

    async def start() -> Browser:
        found: Browser = await open_browser(server)
        return found

    return start


@pytest.fixture
async def hoa(world: World, browse: Browse) -> Browser:
    """The chief of Rạch Kiến, logged in."""
    return await _signed_in(world, browse, "hoa")


@pytest.fixture
async def minh(world: World, browse: Browse) -> Browser:
    """An officer of Rạch Kiến, logged in."""
    return await _signed_in(world, browse, "minh")


@pytest.fixture
async def ngan(world: World, browse: Browse) -> Browser:
    """An officer of the province desk, logged in."""
    return await _signed_in(world, browse, "ngan")


async def _signed_in(world: World, browse: Browse, name: str) -> Browser:
    browser = await browse()
    browser.enter(world.office, getattr(world, name))
    return browser
