"""The peer-made Bot API server telegram-test-api 4.2.1 as a process, and a person with its client.

Required where REQUIRE_BROWSER is set (build machines); elsewhere skipped loudly without Node.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from bot.channels.telegram import SECRET_HEADER, Account
from handlers.texts import say
from tests.fakes_telegram import TOKEN

ROOT = Path(__file__).parents[2]
NODE = shutil.which("node")
INSTALLED = (ROOT / "node_modules/telegram-test-api").is_dir()
REQUIRED = bool(os.environ.get("REQUIRE_BROWSER"))  # noqa: TID251 # a build machine says so
needed = pytest.mark.skipif(
    not (NODE and INSTALLED) and not REQUIRED,
    reason="NOT RUN: telegram-test-api needs Node and node_modules (tools/setup.sh dev)",
)
CHAT = 4242


@asynccontextmanager
async def peer() -> AsyncIterator[str]:
    """Its address, while it runs."""
    child = await asyncio.create_subprocess_exec(
        NODE or "node",
        str(Path(__file__).with_name("peer_server.js")),
        str(unused_port()),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert child.stdout
    assert child.stdin
    try:
        yield (await asyncio.wait_for(child.stdout.readline(), 30)).decode().strip()
    finally:
        child.stdin.close()
        await child.wait()


@asynccontextmanager
async def secret_adder(own: str) -> AsyncIterator[str]:
    """The peer sends no secret header: whoever stands before us here adds it."""

    async def forward(request: web.Request) -> web.Response:
        headers = {SECRET_HEADER: Account(TOKEN).secret("header")}
        body = await request.read()
        async with (
            aiohttp.ClientSession() as session,
            session.post(own + request.path, data=body, headers=headers) as answer,
        ):
            return web.Response(status=answer.status)

    app = web.Application()
    app.router.add_post("/{any:.*}", forward)
    server = TestServer(app)
    await server.start_server()
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        await server.close()


class PeerPhone:
    """The peer's own kind of person, over its client routes."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url
        self.last: dict[str, Any] = {}

    @property
    def said(self) -> str:
        """The last thing she was told."""
        return str(self.last.get("text", ""))

    @property
    def labels(self) -> list[str]:
        """Of the buttons on screen."""
        return [button["text"] for button in self._buttons()]

    @property
    def code(self) -> str:
        """The receipt on screen, to copy."""
        (found,) = [b["copy_text"]["text"] for b in self._buttons() if "copy_text" in b]
        return str(found)

    async def comes(self) -> None:
        """Begin."""
        await self.says("/start")

    async def says(self, text: str) -> None:
        """Type something."""
        await self._after("sendMessage", {**self._message(), "text": text})

    async def presses(self, label: str) -> None:
        """A button by what stands on it."""
        (data,) = [b["callback_data"] for b in self._buttons() if b["text"] == label]
        message = self._message()
        who = message["from"]
        pressed = {"botToken": TOKEN, "from": who, "message": message, "data": data}
        await self._after("sendCallback", pressed)

    async def stops(self) -> None:
        """The button under the notice."""
        await self.readable()
        await self.presses(say("button.unfollow"))

    async def readable(self) -> list[str]:
        """Her chat as it stands now."""
        await self._news()
        history = await self._post("getUpdatesHistory", {"token": TOKEN})
        return [
            str(update["message"]["text"])
            for update in history["result"]
            if str(update.get("message", {}).get("chat_id")) == str(CHAT)
        ]

    def _buttons(self) -> list[dict[str, Any]]:
        rows = self.last.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    def _message(self) -> dict[str, Any]:
        who = {"id": CHAT, "first_name": "Lan", "username": "lan", "is_bot": False}
        chat = {"id": CHAT, "title": "Lan", "first_name": "Lan", "username": "lan"}
        return {"botToken": TOKEN, "date": 1, "from": who, "chat": {**chat, "type": "private"}}

    async def _after(self, route: str, body: dict[str, Any]) -> None:
        await self._news()
        await self._post(route, body)
        async with asyncio.timeout(30):
            while not await self._news():  # noqa: ASYNC110 # another program
                await asyncio.sleep(0.02)

    async def _news(self) -> bool:
        answer = await self._post("getUpdates", {"token": TOKEN, "chatId": CHAT})
        for update in answer["result"]:
            self.last = update["message"]
        return bool(answer["result"])

    async def _post(self, route: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self.session.post(f"{self.url}/{route}", json=body) as answer:
            found: dict[str, Any] = await answer.json()
            return found
