"""Copies on their way: a fixed number of senders take what is released and report how it ended."""

import asyncio
from collections import deque
from dataclasses import dataclass, replace
from typing import Protocol, get_args, runtime_checkable

import structlog

from bot import log, metrics
from bot.channels.base import (
    Ambiguous,
    Channel,
    Gone,
    Moved,
    NotSent,
    Outcome,
    Payload,
    Refused,
    Sent,
    Throttled,
)
from bot.pace import Pace
from bot.pacer import PassedOnError
from desk.broadcasts import Ended, Recipient, Status
from storage.db import DatabaseDownError

IN_FLIGHT = 64
ATTEMPTS = 5
_PAUSE, _LONGEST = 2.0, 30.0  # seconds before a copy is tried again; doubles

_log = structlog.get_logger()


@runtime_checkable
class Withdraws(Protocol):
    """A channel that can take back what it sent."""

    async def withdraw(self, address: str, message_id: str, payload: Payload) -> Outcome:
        """Put this where a message stood, or take the message away."""
        ...


class Batch(Protocol):
    """What copies belong to. `going` is asked right before each is sent."""

    going: bool
    recall: bool

    def done(self, ended: Ended) -> None:
        """So one copy ended."""
        ...

    def dropped(self, copy: "Copy") -> None:
        """This one was not sent, or not again: sending is to wait."""
        ...


@dataclass(slots=True)
class Copy:
    """One copy to send."""

    recipient: Recipient
    payloads: tuple[Payload, ...]
    batch: Batch
    attempt: int = 1
    moved_to: str = ""

    @property
    def address(self) -> str:
        """Where it goes."""
        return self.moved_to or self.recipient.address


class Senders:
    """The copies of one channel in flight."""

    def __init__(self, channel: Channel, pace: Pace, in_flight: int = IN_FLIGHT) -> None:
        """Args: in_flight: how many are sent at the same time."""
        self._channel = channel
        self._pace = pace
        self._ready: deque[Copy] = deque()
        self._idle: deque[asyncio.Future[None]] = deque()
        self._counters = {
            kind: metrics.SENT.labels(channel.name, kind.__name__) for kind in get_args(Outcome)
        }
        self._ended = dict.fromkeys(self._counters, 0)  # and not told yet
        self._away = self._away_until = 0.0  # how long nobody is tried, and until when
        self._limit = 0
        self._low: asyncio.Future[None] | None = None
        self._later: set[asyncio.Task[bool]] = set()
        self._sending: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._tasks = [asyncio.ensure_future(self._send_all()) for _ in range(in_flight)]

    def release(self, *copies: Copy) -> None:
        """Their slots have come."""
        self._ready.extend(copies)
        if self._stopping:
            self._drop_ready()
        for _ in range(min(len(copies), len(self._idle))):
            waiter = self._idle.popleft()
            if not waiter.done():
                waiter.set_result(None)

    def count(self) -> None:
        """Tell the metrics: many at once, because telling costs as much as a tenth of a send."""
        for kind, number in self._ended.items():
            self._counters[kind].inc(number)
            self._ended[kind] = 0

    async def below(self, limit: int) -> None:
        """Wait until no more than so many are waiting."""
        while len(self._ready) > limit:
            self._limit, self._low = limit, asyncio.get_running_loop().create_future()
            await self._low

    async def stop(self, patience: float) -> None:
        """Let the copies in flight end, and drop all others; nothing is sent from now on.

        Args: patience: seconds; what has not ended by then is cut off, and may have arrived.
        """
        self._stopping = True
        for task in {*self._tasks, *self._later} - self._sending:
            task.cancel()
        self._drop_ready()
        if self._sending:
            await asyncio.wait(self._sending, timeout=patience)
        await self.close()

    async def close(self) -> None:
        """End the senders; call it when nothing is in flight."""
        tasks = [*self._tasks, *self._later]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _send_all(self) -> None:
        loop, me = asyncio.get_running_loop(), asyncio.current_task()
        assert me is not None  # noqa: S101 # a sender is a task
        while not self._stopping:
            while not self._ready:
                waiter = loop.create_future()
                self._idle.append(waiter)
                await waiter
            copy = self._ready.popleft()
            self._tell_low()
            try:
                # A slot from before the freeze would make a burst.
                mine = loop.time() >= self._closed_until or await self._slot()
                if not mine or not copy.batch.going:
                    copy.batch.dropped(copy)
                elif wait := self._pace.enter(copy.address):
                    self._later_on(copy, wait)
                else:
                    self._sending.add(me)
                    self._settle(copy, await self._send(copy))
                    self._sending.discard(me)
            except asyncio.CancelledError:
                copy.batch.dropped(silent(copy) if me in self._sending else copy)
                raise

    def _tell_low(self) -> None:
        if self._low is not None and len(self._ready) <= self._limit:
            self._low.set_result(None)
            self._low = None

    def _drop_ready(self) -> None:
        while self._ready:
            copy = self._ready.popleft()
            copy.batch.dropped(copy)
        self._tell_low()

    async def _slot(self) -> bool:
        """Wait for a moment of its own; False if another process sends now."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(max(0.0, self._away_until - loop.time()))
            try:
                slot = await self._pace.reserve(1)
            except PassedOnError:
                return False
            except DatabaseDownError:
                await asyncio.sleep(_PAUSE)
                continue
            await asyncio.sleep(max(0.0, slot.first - loop.time()))
            if loop.time() >= self._closed_until:
                return True

    @property
    def _closed_until(self) -> float:
        return max(self._pace.frozen_until, self._away_until)

    async def _send(self, copy: Copy) -> Outcome:
        message_id = copy.recipient.message_id
        try:
            if copy.batch.recall and message_id and isinstance(self._channel, Withdraws):
                outcome = await self._channel.withdraw(copy.address, message_id, copy.payloads[0])
                told = isinstance(outcome, Sent) and not copy.recipient.twice
                if told or not isinstance(outcome, Sent | Refused):
                    return outcome
            outcome = Refused("nothing to send")
            for payload in copy.payloads:
                outcome = await self._channel.send(copy.address, payload)
                if not isinstance(outcome, Sent):
                    break
        except Exception as error:  # noqa: BLE001 # an adapter's slip must not stop the others
            _log.error("broadcast.failed", channel=self._channel.name, fault=log.fault(error))
            return Ambiguous(type(error).__name__)
        return outcome

    def _settle(self, copy: Copy, outcome: Outcome) -> None:
        self._ended[type(outcome)] += 1
        if isinstance(outcome, NotSent):
            self._wait_out()
            self._later_on(copy, 0.0)
            return
        self._away = 0.0
        if isinstance(outcome, Sent):
            status: Status = "repeated" if copy.recipient.again else "sent"
            copy.batch.done(Ended(copy.recipient, status, outcome.message_id, copy.moved_to))
            return
        match outcome:
            case Gone():
                copy.batch.done(Ended(copy.recipient, "gone"))
            case Refused():
                _give_up(copy)
            case Throttled(after):
                self._pace.freeze(after)
                self._again(copy, after.total_seconds())
            case Moved(address):
                self._again(replace(copy, moved_to=address, attempt=copy.attempt + 1), 0.0)
            case Ambiguous():
                self._again(silent(replace(copy, attempt=copy.attempt + 1)), _PAUSE)

    def _wait_out(self) -> None:
        """Nobody can be reached: all wait, longer each time, and nobody is given up for it."""
        now = asyncio.get_running_loop().time()
        if now >= self._away_until:
            self._away = min(2 * self._away, _LONGEST) or _PAUSE
            self._away_until = now + self._away

    def _again(self, copy: Copy, pause: float) -> None:
        if copy.attempt > ATTEMPTS:
            _give_up(copy)
            return
        self._later_on(copy, pause * 2 ** (copy.attempt - 2))

    def _later_on(self, copy: Copy, pause: float) -> None:
        if self._stopping:
            copy.batch.dropped(copy)
            return
        task = asyncio.ensure_future(self._slot_after(pause))
        self._later.add(task)
        task.add_done_callback(lambda done: self._came(copy, done))

    async def _slot_after(self, pause: float) -> bool:
        await asyncio.sleep(pause)
        return await self._slot()

    def _came(self, copy: Copy, slot: "asyncio.Task[bool]") -> None:
        self._later.discard(slot)
        if not slot.cancelled() and slot.result():
            self.release(copy)
        else:
            copy.batch.dropped(copy)


def _give_up(copy: Copy) -> None:
    """It is not tried again; an earlier try may have arrived."""
    status: Status = "ambiguous" if copy.recipient.again else "failed"
    copy.batch.done(Ended(copy.recipient, status, moved_to=copy.moved_to))


def silent(copy: Copy) -> Copy:
    """The same without a sound, because it may arrive for a second time."""
    payloads = tuple(replace(payload, silent=True) for payload in copy.payloads)
    return replace(copy, payloads=payloads, recipient=copy.recipient._replace(again=True))
