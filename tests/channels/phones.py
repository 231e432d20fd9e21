"""Phones for the scripted dialogue: a browser without scripts, and Telegram on our own server."""

import re
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from html import unescape
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.telegram_menu import trial
from bot.channels.webchat import WebChat
from bot.follow_page import FollowPage
from bot.inbox import Intake
from bot.public import PublicPages
from handlers.texts import say
from tests.channels.page import Page
from tests.fakes_telegram import BotApi, Message
from tests.world import World


class TelegramPhone:
    """Telegram, with a bot that answers."""

    def __init__(self, api: BotApi, chat: int) -> None:
        self.api, self.chat = api, chat
        self.pressed = 0

    @property
    def last(self) -> Message:
        """The newest message she got."""
        return self.api.to(self.chat)[-1]

    @property
    def said(self) -> str:
        """The last thing she was told."""
        return self.last.text.removeprefix(f"{trial()}\n\n")

    @property
    def labels(self) -> list[str]:
        """Of the buttons on screen."""
        return list(self.last.buttons)

    @property
    def code(self) -> str:
        """The receipt on screen, to copy."""
        return self.last.copied

    async def comes(self) -> None:
        """Begin."""
        await self.says("/start")

    async def says(self, text: str) -> None:
        """Type something."""
        await self._after(self.api.say(self.chat, text))

    async def presses(self, label: str) -> None:
        """A button by what stands on it."""
        self.pressed += 1
        await self._after(self.api.press(self.chat, self.last.buttons[label]))

    async def stops(self) -> None:
        """The button under the notice."""
        await self.presses(say("button.unfollow"))

    async def readable(self) -> list[str]:
        """Her chat as it stands now."""
        return [message.text for message in self.api.to(self.chat)]

    async def _after(self, deed: Any) -> None:
        before = len(self.api.to(self.chat))
        await deed
        await self.api.answer_to(self.chat, before)


class WebPhone:
    """A browser without scripts: the chat's page, and the page of her own that she bookmarked."""

    def __init__(self, client: TestClient[web.Request, web.Application]) -> None:
        self.client = client
        self.page = Page("")
        self.bookmark = ""

    @property
    def said(self) -> str:
        """The last thing she was told."""
        return self.page.lines[-1].removeprefix("Máy: ")

    @property
    def labels(self) -> list[str]:
        """Of the buttons on screen."""
        return list(self.page.buttons.values())

    @property
    def code(self) -> str:
        """The receipt on screen, to copy."""
        return self.page.code

    async def comes(self) -> None:
        """Open the first page."""
        self.page = Page(await (await self.client.get("/")).text())

    async def says(self, text: str) -> None:
        """Type something and press "Gửi"."""
        await self._sends(self.page.press(text=text))

    async def presses(self, label: str) -> None:
        """A button by what stands on it."""
        (choice,) = [id_ for id_, found in self.page.buttons.items() if found.strip() == label]
        await self._sends(self.page.press(choice))

    async def stops(self) -> None:
        """The button on her own page."""
        await self.client.post(self.bookmark, data={"do": "stop"})

    async def readable(self) -> list[str]:
        """The notices on her own page."""
        html = await (await self.client.get(self.bookmark)).text()
        articles = re.findall(r"<article.*?</article>", html, re.DOTALL)
        return [unescape(re.sub(r"<[^>]+>", "", article)) for article in articles]

    async def _sends(self, fields: dict[str, str]) -> None:
        self.page = Page(await (await self.client.post("/", data=fields)).text())
        links = [found["href"] for tag, found in self.page.tags if tag == "a" and "href" in found]
        self.bookmark = next((link for link in links if link.startswith("/nhan/")), self.bookmark)


@asynccontextmanager
async def browser(world: World) -> AsyncIterator[WebPhone]:
    """The web chat and the subscribers' pages as they run."""
    with ThreadPoolExecutor(4) as workers:
        intake = Intake(world.office, workers, pull=frozenset({WebChat.name}))
        app = web.Application()
        app.add_routes(WebChat(intake, "Công an tỉnh Tây Ninh").routes())
        app.add_routes(FollowPage(world.office, workers, PublicPages(None)).routes())
        async with TestClient(TestServer(app)) as client:
            yield WebPhone(client)
        await intake.close()
