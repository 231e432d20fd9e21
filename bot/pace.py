"""When notices may be sent: slots at absolute moments, never made up for after a stall."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

import structlog

from bot.pacer import Budget, Pacer
from storage.db import DatabaseDownError

# Sleeping wakes up late by up to this much; slots are that much fewer than the limit, so that late
# ones never bring more than the limit into any second. Where slots are far apart a quarter of one
# may be lost too: at 30 a second 8 ms, which leaves the network 29 ms to bunch messages up before
# a second holds two more than 30. With half a slot a busy machine brought 32 into one.
LATE = 0.004  # seconds
YIELD = 1.0  # seconds; how long a window of notices gives way to answers

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Slots:
    """Moments of the event loop's clock: the first, and how far the others are apart."""

    first: float
    step: float

    @property
    def late(self) -> float:
        """Seconds after which a slot is over."""
        return max(LATE, self.step / 4)


class Pace(Protocol):
    """The budget of one token. Replies take from the same one first."""

    @property
    def rate(self) -> float:
        """Messages a second; 0 without a limit."""
        ...

    @property
    def mine(self) -> bool:
        """Whether this process is the one that sends."""
        ...

    @property
    def frozen_until(self) -> float:
        """Moment of the event loop's clock before which nothing may go, whatever was reserved."""
        ...

    async def reserve(self, n: int) -> Slots:
        """The next n slots. They are spent, used or not.

        Raises:
            bot.pacer.PassedOnError: another process sends now.
            DatabaseDownError: nobody knows.
        """
        ...

    def enter(self, address: str) -> float:
        """Say that a copy goes to this chat now; seconds to wait instead if it just got one."""
        ...

    def freeze(self, after: timedelta) -> None:
        """The channel said to wait: no slot lies within this time."""
        ...


class LocalPace:
    """The budget of a token that only this process uses, for notices alone."""

    mine = True

    def __init__(self, rate: float) -> None:
        """Args: rate: messages a second; 0 without a limit."""
        self.rate = rate
        self.frozen_until = 0.0
        self._step = (1 + LATE) / rate if rate else 0.0
        self._next = 0.0

    async def reserve(self, n: int) -> Slots:
        """The next n slots; after a stall they begin now."""
        first = max(self._next, self.frozen_until, asyncio.get_running_loop().time())
        self._next = first + n * self._step
        return Slots(first, self._step)

    def enter(self, address: str) -> float:
        """Everybody gets one copy."""
        del address
        return 0.0

    def freeze(self, after: timedelta) -> None:
        """No slot before this time is over."""
        now = asyncio.get_running_loop().time()
        self.frozen_until = max(self.frozen_until, now + after.total_seconds())


class NoticePace:
    """What answers leave of a token's budget. Slots come a window ahead, to lose no time asking."""

    def __init__(
        self, budget: Budget, pacer: Pacer, rate: float, elected: Callable[[], bool]
    ) -> None:
        """Nothing is asked yet.

        Args:
            budget: of the token, shared with the pacer and with other processes.
            pacer: of the answers, which go first.
            rate: messages a second at best.
            elected: whether this process sends.
        """
        self._budget, self._pacer, self._elected = budget, pacer, elected
        self.rate = rate
        self._ahead: tuple[int, asyncio.Task[Slots]] | None = None
        self._free = 0.0  # behind the last slot that was given out
        self._freezing: set[asyncio.Task[None]] = set()

    @property
    def mine(self) -> bool:
        """Whether this process is the one that sends."""
        return self._elected()

    @property
    def frozen_until(self) -> float:
        """The pacer's: an answer that was sent too fast stops notices as well."""
        return self._pacer.frozen_until

    async def reserve(self, n: int) -> Slots:
        """The next n slots."""
        slots = await self._reserved_ahead(n)
        now = asyncio.get_running_loop().time()
        if slots is None or slots.first < max(now - slots.late, self.frozen_until):
            slots = await self._ask(n)
        # When the database answered is known to when it was heard: never closer than a step to the
        # last one, or an answer heard late and the next one heard soon would bring two too near.
        slots = replace(slots, first=max(slots.first, self._free))
        self._free = slots.first + n * slots.step
        if n > 1:
            self._ahead = n, asyncio.create_task(self._ask(n))
        return slots

    def enter(self, address: str) -> float:
        """Answers and notices to one chat stay apart."""
        return self._pacer.enter(address)

    def freeze(self, after: timedelta) -> None:
        """For all processes, and for answers too."""
        task = asyncio.create_task(self._freeze(after))
        self._freezing.add(task)
        task.add_done_callback(self._freezing.discard)

    async def _freeze(self, after: timedelta) -> None:
        try:
            await self._pacer.throttled(after)
        except DatabaseDownError:
            _log.warning("pace.database_down")

    async def _give_way(self) -> None:
        """Let answers take their moments first; not for ever."""
        until = asyncio.get_running_loop().time() + YIELD
        while self._pacer.pressing and asyncio.get_running_loop().time() < until:  # noqa: ASYNC110 # a trip to the database is as short
            await asyncio.sleep(LATE)

    async def _reserved_ahead(self, n: int) -> Slots | None:
        """What was asked for while the last window went out, if it is enough."""
        ahead, self._ahead = self._ahead, None
        if ahead is None:
            return None
        many, task = ahead
        slots = None
        with suppress(Exception):  # asked again, and then it is told
            slots = await task
        return slots if many >= n else None

    async def _ask(self, n: int) -> Slots:
        await self._give_way()
        reserved = await self._budget.reserve(n)
        self.rate = 1 / reserved.every
        return Slots(asyncio.get_running_loop().time() + reserved.delay, reserved.every)
