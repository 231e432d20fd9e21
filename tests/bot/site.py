"""The public pages over real HTTP on loopback, as a browser without scripts sees them."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from html import unescape
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.commune_page import CommunePages
from bot.communes_page import CommunesPage
from bot.follow_page import FollowPage
from bot.leaflet_page import LeafletPages
from bot.public import PublicPages
from tests.world import World

Client = TestClient[web.Request, web.Application]


class Visitor:
    """Opens pages and presses buttons."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.html = ""
        self.body = b""
        self.status = 0
        self.headers: dict[str, str] = {}

    async def open(self, path: str) -> str:
        """The words on a page."""
        return await self._ask("GET", path)

    async def send(self, path: str, **fields: str) -> str:
        """Press a button: the words on the page that answers."""
        data = {name.replace("_", "-"): value for name, value in fields.items()}
        return await self._ask("POST", path, data=data)

    async def _ask(self, method: str, path: str, **more: Any) -> str:
        async with self.client.request(method, path, **more) as response:
            self.body, self.status = await response.read(), response.status
            self.html = self.body.decode("utf-8", "replace")
            self.headers = dict(response.headers)
        return unescape(" ".join(re.sub(r"<[^>]+>", " ", self.html).split()))


@asynccontextmanager
async def public_site(
    world: World,
    operator: str | None = None,
    bot: Callable[[], Awaitable[str]] | None = None,
    espeak: str | None = None,
) -> AsyncIterator[Visitor]:
    """Every public page of this world."""
    url = "https://tin.example"
    with ThreadPoolExecutor(4) as workers:
        pages = PublicPages(operator)
        app = web.Application()
        parts = (
            pages,
            FollowPage(world.office, workers, pages),
            CommunesPage(world.office, workers, pages),
            CommunePages(world.office, workers, pages, url),
            LeafletPages(world.office, workers, workers, pages, url, bot, espeak),
        )
        for part in parts:
            app.add_routes(part.routes())
        async with TestClient(TestServer(app)) as client:
            yield Visitor(client)
