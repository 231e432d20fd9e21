"""A pacer on paper: a budget without a database, and a clock that jumps."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from bot.budget import MARGIN
from bot.pacer import Pacer
from desk.budget import Reserved
from tests.warp import WarpLoop, warped

RATE = 30


class PaperBudget:
    """The budget's row, without a database: the same arithmetic."""

    def __init__(self, rate: float = RATE, trip: float = 0.002) -> None:
        self.every = MARGIN / rate
        self.trip = trip
        self.free_at = 0.0
        self.pace = 1.0
        self.asked = 0

    async def reserve(self, n: int) -> Reserved:  # noqa: D102 # as bot.pacer.Budget
        await asyncio.sleep(self.trip)
        self.asked += 1
        now = asyncio.get_running_loop().time()
        start, every = max(self.free_at, now), self.every / self.pace
        self.free_at = start + n * every
        return Reserved(start - now, every)

    async def freeze(self, after: timedelta) -> None:  # noqa: D102 # as bot.pacer.Budget
        now = asyncio.get_running_loop().time()
        self.pace *= 0.95
        self.free_at = max(self.free_at, now + after.total_seconds())


def loop() -> WarpLoop:
    found = asyncio.get_running_loop()
    assert isinstance(found, WarpLoop)
    return found


def paced(test: Callable[[Pacer, PaperBudget], Coroutine[Any, Any, Any]], gap: float = 0.0) -> Any:
    async def run() -> Any:
        budget = PaperBudget()
        pacer = Pacer(budget, chat_gap=gap)
        async with pacer.running():
            return await test(pacer, budget)

    return warped(run())


async def send_all(pacer: Pacer, n: int, sent: list[float], *, waiting: int = 8) -> None:
    """So many messages to as many chats, `waiting` at a time."""
    numbers = iter(range(n))

    async def one() -> None:
        for number in numbers:
            await pacer.slot(str(number))
            sent.append(loop().time())

    await asyncio.gather(*(one() for _ in range(waiting)))


def busiest(times: list[float], window: float = 1.0) -> int:
    """The most within any window."""
    times = sorted(times)
    return max(sum(start <= t < start + window for t in times[i:]) for i, start in enumerate(times))
