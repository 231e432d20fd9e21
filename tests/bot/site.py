"""The public pages over real HTTP on loopback, as a browser without scripts sees them."""

import re
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from html import unescape
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.commune_page import CommunePages
from bot.follow_page import FollowPage
from bot.public import PublicPages
from tests.world import World

Client = TestClient[web.Request, web.Application]


class Visitor:
    """Opens pages and presses buttons."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.html = ""
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
            self.html, self.status = await response.text(), response.status
            self.headers = dict(response.headers)
        return unescape(" ".join(re.sub(r"<[^>]+>", " ", self.html).split()))


@asynccontextmanager
async def public_site(world: World, operator: str | None = None) -> AsyncIterator[Visitor]:
    """Every public page of this world."""
    with ThreadPoolExecutor(4) as workers:
        pages = PublicPages(operator)
        app = web.Application()
        parts = (
            pages,
            FollowPage(world.office, workers, pages),
            CommunePages(world.office, workers, pages, "https://tin.example"),
        )
        for part in parts:
            app.add_routes(part.routes())
        async with TestClient(TestServer(app)) as client:
            yield Visitor(client)
