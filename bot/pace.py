"""When something may be sent: slots at absolute moments, never made up for after a stall."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

# Sleeping wakes up late by up to this much; slots are that much fewer than the limit, so that late
# ones never bring more than the limit into any second.
LATE = 0.004  # seconds


@dataclass(frozen=True, slots=True)
class Slots:
    """Moments of the event loop's clock: the first, and how far the others are apart."""

    first: float
    step: float


class Pace(Protocol):
    """The budget of one token. Replies take from the same one first."""

    @property
    def rate(self) -> float:
        """Messages a second; 0 without a limit."""
        ...

    async def reserve(self, n: int) -> Slots:
        """The next n slots. They are spent, used or not."""
        ...

    def freeze(self, after: timedelta) -> None:
        """The channel said to wait: no slot lies within this time."""
        ...


class LocalPace:
    """The budget of a token that only this process uses."""

    def __init__(self, rate: float) -> None:
        """Args: rate: messages a second; 0 without a limit."""
        self.rate = rate
        self._step = (1 + LATE) / rate if rate else 0.0
        self._next = 0.0

    async def reserve(self, n: int) -> Slots:
        """The next n slots; after a stall they begin now."""
        first = max(self._next, asyncio.get_running_loop().time())
        self._next = first + n * self._step
        return Slots(first, self._step)

    def freeze(self, after: timedelta) -> None:
        """No slot before this time is over."""
        now = asyncio.get_running_loop().time()
        self._next = max(self._next, now + after.total_seconds())
