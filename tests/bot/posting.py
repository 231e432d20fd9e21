"""Messages to send, a sender on the world's database, and a chat that takes its time."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from bot.channels.base import (
    Outcome,
    Payload,
)
from bot.sender import Sender
from desk import outbox
from tests.fakes import PaperChannel
from tests.world import World


def put(
    world: World, text: str = "Chào bà con", channel: str = "paper", address: str = "lan"
) -> None:
    with world.office.begin("intake") as desk:
        outbox.put(desk, channel, address, {"text": text})


class SlowChannel(PaperChannel):
    """Paper that takes its time for one chat, until `go` is set."""

    def __init__(self, slow: str) -> None:
        super().__init__()
        self.slow = slow
        self.go = asyncio.Event()

    async def send(self, address: str, payload: Payload) -> Outcome:  # noqa: D102 # as Channel
        outcome = await super().send(address, payload)
        if address == self.slow:
            await self.go.wait()
        return outcome

    async def until(self, many: int) -> None:
        """Wait until so many were handed to it."""
        async with asyncio.timeout(20):
            while len(self.sent) < many:  # noqa: ASYNC110 # what it waits for is in a database
                await asyncio.sleep(0.005)


def sender(world: World, workers: ThreadPoolExecutor, channel: PaperChannel) -> Sender:
    return Sender(world.office, workers, {channel.name: channel})
