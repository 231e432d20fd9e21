"""The tip's way against a Bot API server made by others: npm telegram-test-api 4.2.1.

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
from tests.channels.peer_request import QUIRKS, PeerRequest
from tests.channels.telegram_office import running
from tests.fakes_telegram import TOKEN
from tests.world import COMMUNE, World

ROOT = Path(__file__).parents[2]
NODE = shutil.which("node")
INSTALLED = (ROOT / "node_modules/telegram-test-api").is_dir()
REQUIRED = bool(os.environ.get("REQUIRE_BROWSER"))  # noqa: TID251 # a build machine says so
needed = pytest.mark.skipif(
    not (NODE and INSTALLED) and not REQUIRED,
    reason="NOT RUN: telegram-test-api needs Node and node_modules (tools/setup.sh dev)",
)

TIP = "Khuya qua có hai người đi xe wave đỏ bẻ khoá lấy xe máy của hàng xóm."
PLACE = "xã Rạch Kiến, tỉnh Tây Ninh"
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


class Citizen:
    """The peer's own kind of person, over its client routes."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url
        self.heard: list[dict[str, Any]] = []

    async def says(self, text: str) -> dict[str, Any]:
        """Type something; the answer."""
        return await self._after("sendMessage", {**self._message(), "text": text})

    async def presses(self, button: str) -> dict[str, Any]:
        """A button by its text's key; the answer."""
        rows = self.heard[-1]["reply_markup"]["inline_keyboard"]
        (data,) = [b["callback_data"] for row in rows for b in row if b["text"] == say(button)]
        message = self._message()
        return await self._after(
            "sendCallback",
            {"botToken": TOKEN, "from": message["from"], "message": message, "data": data},
        )

    @property
    def labels(self) -> list[str]:
        """Of the buttons on screen."""
        rows = self.heard[-1]["reply_markup"]["inline_keyboard"]
        return [b["text"] for row in rows for b in row]

    def _message(self) -> dict[str, Any]:
        who = {"id": CHAT, "first_name": "Lan", "username": "lan", "is_bot": False}
        chat = {"id": CHAT, "title": "Lan", "first_name": "Lan", "username": "lan"}
        return {"botToken": TOKEN, "date": 1, "from": who, "chat": {**chat, "type": "private"}}

    async def _after(self, route: str, body: dict[str, Any]) -> dict[str, Any]:
        await self._post(route, body)
        async with asyncio.timeout(30):
            while not (found := await self._news()):  # noqa: ASYNC110 # another program
                await asyncio.sleep(0.02)
        self.heard += found
        return self.heard[-1]

    async def _news(self) -> list[dict[str, Any]]:
        answer = await self._post("getUpdates", {"token": TOKEN, "chatId": CHAT})
        return [update["message"] for update in answer["result"]]

    async def _post(self, route: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self.session.post(f"{self.url}/{route}", json=body) as answer:
            found: dict[str, Any] = await answer.json()
            return found


@needed
@pytest.mark.parametrize("webhook", [False, True], ids=["fetched", "brought"])
async def test_a_tip_and_its_answer_on_a_server_made_by_others(
    world: World, monkeypatch: pytest.MonkeyPatch, *, webhook: bool
) -> None:
    # It answers an empty poll at once, where Telegram waits.
    monkeypatch.setattr("bot.channels.telegram.EMPTY_PAUSE", 0.05)
    own = unused_port()
    async with (
        peer() as url,
        secret_adder(f"http://127.0.0.1:{own}") as front,
        aiohttp.ClientSession() as session,
        running(
            world, url, webhook=webhook, port=own, front=front, request=PeerRequest()
        ) as program,
    ):
        lan = Citizen(session, url)
        if webhook:
            async with asyncio.timeout(30):
                while not program.announced:  # noqa: ASYNC110 # once
                    await asyncio.sleep(0.02)
        assert (await program.channel.health()).ok
        await lan.says("/start")
        await lan.presses("button.tip")
        await lan.presses("button.danger_no")
        await lan.says(TIP)
        if say("button.go_on") in lan.labels:
            await lan.presses("button.go_on")
        await lan.says(PLACE)
        sent = await lan.presses("button.send")
        receipt = sent["reply_markup"]["inline_keyboard"][0][0]["copy_text"]["text"]
        tip_id = world.newest(world.minh)
        world.claim(world.minh, tip_id)
        world.ask(world.minh, tip_id, "Xe máy màu gì?")
        await lan.presses("button.saved")
        await lan.presses("button.receipt")
        status = await lan.says(receipt)
        await lan.presses("button.add")
        await lan.says("Xe Wave màu đỏ.")

    opened = world.opened(world.minh, tip_id)
    assert opened.tip.station_code == COMMUNE
    assert "Xe máy màu gì?" in status["text"]
    assert any(line.content.get("text") == "Xe Wave màu đỏ." for line in opened.lines)


def test_four_quirks_are_mended_and_no_more() -> None:
    assert len(QUIRKS) == 4
