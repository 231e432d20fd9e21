"""Telegram with everything behind it: fetching, inbox, conversations, desk, database, sender."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from telegram.request import BaseRequest

from bot import outside
from bot.broadcaster import Broadcaster
from bot.budget import SharedBudget
from bot.channels.telegram import Account, Telegram
from bot.darkroom import Darkroom
from bot.election import Election
from bot.inbox import Intake
from bot.loops import loop
from bot.pace import NoticePace
from bot.pacer import Pacer
from bot.reception import Reception
from bot.sender import Line, Sender
from handlers.texts import say
from tests.fakes_telegram import TOKEN, BotApi, Message
from tests.world import World

FAST = 1000.0  # messages a second, where the pace is not what is tested


@dataclass(frozen=True)
class Running:
    """One process of the program."""

    channel: Telegram
    intake: Intake
    reception: Reception
    sender: Sender
    election: Election
    announced: list[bool] = field(default_factory=list)


@asynccontextmanager
async def running(  # noqa: PLR0913 # what a test may choose
    world: World,
    base_url: str,
    *,
    webhook: bool = False,
    request: BaseRequest | None = None,
    port: int = 0,
    rate: float = FAST,
    front: str = "",
) -> AsyncIterator[Running]:
    """Until the block ends. Args: front: what Telegram is told instead of our own address."""
    async with AsyncExitStack() as stack:
        workers = stack.enter_context(ThreadPoolExecutor(6))
        intake = Intake(world.office, workers, pull=frozenset(), apps=outside.APPS)
        stack.push_async_callback(intake.close)
        darkroom = Darkroom(stack.enter_context(ThreadPoolExecutor(2)))
        reception = Reception(world.office, workers, intake, darkroom)
        port = port or unused_port()
        own = (front or f"http://127.0.0.1:{port}") if webhook else ""
        account = Account(TOKEN, base_url, webhook=own, operator="Công an thử")
        election = Election(world.office, workers, "send telegram test")
        channel = await stack.enter_async_context(
            Telegram(account, reception.take, request=request)
        )
        if webhook:
            app = web.Application()
            app.add_routes(channel.routes())
            server = TestServer(app, port=port)
            await server.start_server()
            stack.push_async_callback(server.close)
        budget = SharedBudget(world.office, workers, "telegram test", rate, lambda: election.fence)
        pacer = Pacer(budget, chat_gap=0.0)
        await stack.enter_async_context(loop(election.run))
        await stack.enter_async_context(pacer.running())
        lines = {channel.name: Line(election, pacer)}
        sender = Sender(world.office, workers, {channel.name: channel}, lines, idle=0.02)
        found = Running(channel, intake, reception, sender, election)

        async def fetch() -> None:
            await reception.fetch(channel)
            found.announced.append(True)  # with a webhook it ends: Telegram has been told

        paces = {channel.name: NoticePace(budget, pacer, rate, election)}
        notices = Broadcaster(world.office, workers, {channel.name: channel}, paces)
        await stack.enter_async_context(loop(fetch, may_end=True))
        await stack.enter_async_context(loop(sender.run))
        await stack.enter_async_context(loop(notices.run))
        yield found


class Lan:
    """A citizen with Telegram on her phone."""

    def __init__(self, api: BotApi, chat: int) -> None:
        self.api = api
        self.chat = chat
        self.seen = 0

    @property
    def last(self) -> Message:
        """The newest message she got."""
        return self.api.to(self.chat)[-1]

    async def says(self, text: str) -> Message:
        """Type something; the answer."""
        return await self._after(self.api.say(self.chat, text))

    async def presses(self, button: str) -> Message:
        """A button by its text's key; the answer."""
        return await self._after(self.api.press(self.chat, self.last.buttons[say(button)]))

    async def presses_place(self) -> Message:
        """The first button that names a place."""
        data = next(data for data in self.last.buttons.values() if data.startswith("v1:at:"))
        return await self._after(self.api.press(self.chat, data))

    async def _after(self, deed: Any) -> Message:
        before = len(self.api.to(self.chat))
        await deed
        return await self.api.answer_to(self.chat, before)
