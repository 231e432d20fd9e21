"""A broadcaster on the world's database, and what its campaigns have done."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from uuid import UUID

import pytest

from bot.broadcaster import Broadcaster
from bot.pace import LocalPace
from desk import campaigns, subscriptions
from desk.campaigns import Progress
from desk.inbox import Lane
from tests.bot.paper import PaperChannel
from tests.notices import row
from tests.world import World


@asynccontextmanager
async def engine(
    world: World, channel: PaperChannel, rate: float = 0
) -> AsyncIterator[Broadcaster]:
    with ThreadPoolExecutor(4) as workers:
        yield Broadcaster(world.office, workers, {"paper": channel}, {"paper": LocalPace(rate)})


async def sent(world: World, channel: PaperChannel, rate: float = 0) -> None:
    async with engine(world, channel, rate) as broadcaster:
        await broadcaster.drain("paper")


async def left(world: World, channel: PaperChannel, after: int, rate: float = 40) -> None:
    """A sender is stopped as planned once so many copies went out."""
    async with engine(world, channel, rate) as leaving:
        sending = asyncio.ensure_future(leaving.drain("paper"))
        await until(lambda: len(channel.posted) >= after)
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending


async def died(world: World, channel: PaperChannel, after: int) -> None:
    """A sender is killed once so many copies went out: the last ones are not written down."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.broadcaster.LAST", 0.0)
        await left(world, channel, after)


def progress(world: World, id_: UUID) -> list[Progress]:
    with world.office.begin("desk", world.hoa.id) as desk:
        return campaigns.progress(desk, id_)


def command(world: World, id_: UUID, step: str) -> None:
    with world.office.begin("desk", world.hoa.id) as desk:
        campaigns.command(desk, world.hoa, row(world, id_), step)


def followed(world: World, lane: Lane) -> bool:
    with world.office.begin("intake") as desk:
        return subscriptions.find(desk, lane) is not None


def addresses(channel: PaperChannel) -> Counter[str]:
    return Counter(posted.address for posted in channel.posted)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 # what it waits for is in a database
            await asyncio.sleep(0.005)
