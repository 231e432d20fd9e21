"""When each answer of a bot may go: evenly, one a second to each chat, never catching up.

Moments come in small batches from a budget that all processes share (`bot/budget.py`). A moment
that was missed is lost: catching up after a stall sends too much in a second (channels §5.2).
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from bot.loops import loop
from desk.budget import Reserved

CHAT_GAP = 1.05  # seconds between two messages to one chat; Telegram allows one a second
BATCH_SECONDS = 0.5  # moments reserved ahead; what a stall can waste
PATIENCE = 5.0  # seconds; a longer wait is handed back to the sender, which postpones
_REMEMBERED = 10_000  # chats


class FrozenError(Exception):
    """Nothing was sent and nothing may be for `after`."""

    def __init__(self, after: timedelta) -> None:
        super().__init__("frozen")
        self.after = after


class PassedOnError(Exception):
    """The lease has passed to another process; nothing was sent."""


class Budget(Protocol):
    """Moments shared by every process that sends with the token."""

    async def reserve(self, n: int) -> Reserved:
        """The next `n` moments. Raises PassedOnError."""
        ...

    async def freeze(self, after: timedelta) -> None:
        """No moments for that long."""
        ...


@dataclass(eq=False)
class _Waiter:
    chat: str
    go: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Pacer:
    """Lets messages through one by one."""

    def __init__(self, budget: Budget, *, chat_gap: float = CHAT_GAP) -> None:
        """Nothing goes until `running`."""
        self._budget = budget
        self._gap = chat_gap
        self._answers: deque[_Waiter] = deque()
        self._moments: deque[float] = deque()
        self._every = 0.0
        self._last = 0.0  # the moment of the last message, as planned
        self._chats: dict[str, float] = {}  # chat → when it may get the next one
        self._frozen = 0.0
        self._holding = False  # a moment, and waits for it
        self._came = asyncio.Event()

    @property
    def frozen_until(self) -> float:
        """Moment of the event loop's clock before which nothing may go."""
        return self._frozen

    @property
    def pressing(self) -> bool:
        """Whether an answer that may go now has no moment yet."""
        now = self._now()
        may = sum(self._chats.get(waiter.chat, 0.0) <= now for waiter in self._answers)
        return may > len(self._moments) + self._holding

    def enter(self, chat: str) -> float:
        """Say that something else goes to this chat now; or seconds until it may."""
        now = self._now()
        wait = self._chats.get(chat, 0.0) - now
        if wait > 0:
            return wait
        self._remember(chat, now)
        return 0.0

    async def slot(self, chat: str) -> None:
        """Wait until an answer to this chat may go.

        Raises:
            FrozenError: it would be long; nothing was sent.
            PassedOnError: another process sends now; nothing was sent.
        """
        wait = self._frozen - self._now()
        if wait > PATIENCE:
            raise FrozenError(timedelta(seconds=wait))
        waiter = _Waiter(chat)
        self._answers.append(waiter)
        self._came.set()
        try:
            await waiter.go
        except asyncio.CancelledError:
            with suppress(ValueError):
                self._answers.remove(waiter)
            raise

    async def throttled(self, after: timedelta) -> None:
        """Telegram said "too many requests": nothing goes for that long, then more slowly."""
        self._freeze(after.total_seconds())
        await self._budget.freeze(after)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Let messages through until the block ends."""
        async with loop(self._run, "pacer"):
            yield

    async def _run(self) -> None:
        while True:
            await self._somebody()
            try:
                moment = await self._moment()
            except Exception as error:  # noqa: BLE001 # told to everybody who waits
                self._fail(error)
                continue
            if moment is None:
                continue
            self._holding = True
            await asyncio.sleep(max(0.0, moment - self._now()))
            self._holding = False
            self._let_go(moment)

    async def _somebody(self) -> None:
        """Wait until there is a message whose chat may get one."""
        while True:
            self._came.clear()
            if not self._answers:
                await self._came.wait()
            chats = (self._chats.get(waiter.chat, 0.0) for waiter in self._answers)
            pause = min(chats, default=0.0) - self._now()
            if self._answers and pause <= 0:
                return
            # Not `wait_for`: of Python 3.11 it swallows a cancellation that comes with the news.
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._came.wait()

    async def _moment(self) -> float | None:
        """The next moment, some of them reserved ahead; None if nothing may go for long."""
        now = self._now()
        while self._moments and self._moments[0] < now - self._every:
            self._moments.popleft()
        if not self._moments:
            most = int(BATCH_SECONDS / self._every) if self._every else 1
            n = max(1, min(len(self._answers), most))
            reserved = await self._budget.reserve(n)
            now, self._every = self._now(), reserved.every
            if reserved.delay > PATIENCE:
                self._freeze(reserved.delay)
                return None
            self._moments.extend(now + reserved.delay + i * self._every for i in range(n))
        return max(self._moments.popleft(), self._last + self._every, self._frozen)

    def _let_go(self, moment: float) -> None:
        now = self._now()
        if now < self._frozen:
            return
        waiter = self._first(now)
        if waiter is None:
            return
        # A little late is late once; after a stall the count begins anew.
        self._last = moment if now - moment < self._every / 2 else now
        self._remember(waiter.chat, now)
        waiter.go.set_result(None)

    def _remember(self, chat: str, now: float) -> None:
        if len(self._chats) > _REMEMBERED:
            self._chats = {known: at for known, at in self._chats.items() if at > now}
        self._chats[chat] = now + self._gap

    def _first(self, now: float) -> _Waiter | None:
        """Take the first whose chat may get a message."""
        for waiter in self._answers:
            if not waiter.go.done() and self._chats.get(waiter.chat, 0.0) <= now:
                self._answers.remove(waiter)
                return waiter
        return None

    def _freeze(self, seconds: float) -> None:
        self._frozen = max(self._frozen, self._now() + seconds)
        self._moments.clear()
        if seconds > PATIENCE:
            self._fail(FrozenError(timedelta(seconds=seconds)))

    def _fail(self, error: Exception) -> None:
        for waiter in self._answers:
            if not waiter.go.done():
                waiter.go.set_exception(error)
        self._answers.clear()

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
