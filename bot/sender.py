"""A loop for each bot sends what the rules have decided, as soon as there is room for it.

Nobody waits for anybody: while some messages are on their way, those that ended are recorded and
others taken, in one transaction. A chat's messages keep their order, because nothing is taken of a
chat that has one on its way, or one to be tried again (`storage.messages.lease_out`).
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from contextlib import suppress
from functools import partial
from uuid import UUID

import structlog

from bot import log, rounds
from bot.channels.base import Channel, Outcome
from bot.loops import LAST, tried
from bot.posting import Ending, Line, Post, settle
from bot.threads import in_thread
from desk import outbox
from desk.desk import Office
from desk.outbox import Outgoing
from storage.db import DatabaseDownError

__all__ = ["Line", "Sender"]

IDLE = 0.5  # seconds between looks when nothing is due
# On their way at once. At 30 a second this is through in two seconds; with 128 ms to Telegram and
# back it is enough for 390 a second.
IN_FLIGHT = outbox.BATCH
RENEW = outbox.LEASE.total_seconds() / 3

_log = structlog.get_logger()


class Sender:
    """Sends for the channels that push; pages of pull channels fetch their replies themselves."""

    def __init__(
        self,
        office: Office,
        workers: Executor,
        channels: Mapping[str, Channel],
        lines: Mapping[str, Line] | None = None,
        *,
        idle: float = IDLE,
    ) -> None:
        """Nothing is sent until `run`.

        Args:
            office: of this process.
            workers: threads for the rows.
            channels: name → channel.
            lines: for those of them with a limit.
            idle: seconds between looks when nothing is due.
        """
        self._idle = idle
        self._office = office
        self._workers = workers
        self._channels = channels
        self._lines = lines or {}

    async def run(self) -> None:
        """Send until cancelled. What was leased and not recorded is sent again after the lease."""
        free = tuple(name for name in self._channels if name not in self._lines)
        groups = [(name,) for name in self._channels if name in self._lines] + [free]
        async with asyncio.TaskGroup() as together:
            for names in groups:
                together.create_task(self._stream(names).run(self._idle))

    async def once(self, names: Iterable[str]) -> bool:
        """Send what is due now on these channels, and see it end; False if nothing was."""
        stream = self._stream(names)
        taken = await stream.turn()
        await stream.end()
        return bool(taken)

    def _stream(self, names: Iterable[str]) -> "_Stream":
        lines = {name: self._lines[name] for name in names if name in self._lines}
        post = Post(self._channels, lines)
        return _Stream(self._office, self._workers, post, tuple(names), tuple(lines.values()))


class _Stream:
    """What is on its way on channels that are sent for together."""

    def __init__(
        self,
        office: Office,
        workers: Executor,
        post: Post,
        names: tuple[str, ...],
        lines: tuple[Line, ...],
    ) -> None:
        self._office, self._workers, self._post = office, workers, post
        self._names, self._lines = names, lines
        self._out = dict[UUID, Outgoing]()
        self._leased = dict[UUID, float]()  # since when, by the loop's clock
        self._ended: deque[Ending] = deque()  # and not recorded
        self._tasks: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()

    async def run(self, idle: float) -> None:
        """Send until cancelled."""
        turn: asyncio.Task[bool] | None = None
        try:
            with rounds.followed("sender"):
                while True:
                    turn = asyncio.create_task(tried("sender", self.turn))
                    if await asyncio.shield(turn):
                        rounds.well()
                    else:
                        await asyncio.sleep(idle)
                    with suppress(TimeoutError):
                        async with asyncio.timeout(idle):
                            await self._news.wait()
        finally:
            await self._leave(turn)

    async def _leave(self, turn: asyncio.Task[bool] | None) -> None:
        """Record what was sent: the next start would send it once more."""
        if turn is not None:
            await asyncio.wait([turn], timeout=LAST)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=LAST)
        for task in self._tasks:
            task.cancel()
        await tried("sender", partial(self.turn, take=False))

    async def end(self) -> None:
        """Wait until nothing is on its way, and record it."""
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self.turn(take=False)

    async def turn(self, *, take: bool = True) -> int:
        """Record what ended, keep what is under way, take what is due; how many were taken."""
        self._news.clear()
        mine = take and all(line.election() for line in self._lines)
        room = IN_FLIGHT - len(self._out) if mine else 0
        old = self._old()
        if not (room or old or self._ended):
            return 0
        ended, self._ended = self._ended, deque()
        try:
            taken = await in_thread(self._workers, self._turn, ended, old, room)
        finally:
            self._ended.extendleft(reversed(ended))  # those which are not recorded
        now = asyncio.get_running_loop().time()
        self._leased.update({one.id: now for one in old if one.id in self._out})
        self._start(taken, now)
        return len(taken)

    def _turn(self, ended: deque[Ending], old: list[Outgoing], room: int) -> list[Outgoing]:
        try:
            with self._office.begin("sweeps") as desk:
                settle(desk, ended)
                outbox.keep(desk, old)
                taken = outbox.take(desk, self._names, room) if room else []
        except DatabaseDownError:
            raise
        except Exception as error:  # noqa: BLE001 # one of them must not hold up the others
            _log.error("sender.failed", fault=log.fault(error))
            self._settle_each(ended)
            return []
        ended.clear()
        return taken

    def _settle_each(self, ended: deque[Ending]) -> None:
        """One by one; what cannot be recorded is sent again after its lease."""
        while ended:
            try:
                with self._office.begin("sweeps") as desk:
                    settle(desk, [ended[0]])
            except DatabaseDownError:
                raise
            except Exception as error:  # noqa: BLE001 # the others are recorded
                _log.error("sender.not_recorded", fault=log.fault(error))
            ended.popleft()

    def _start(self, taken: list[Outgoing], now: float) -> None:
        chats: defaultdict[tuple[str, str], list[Outgoing]] = defaultdict(list)
        for outgoing in taken:
            self._out[outgoing.id], self._leased[outgoing.id] = outgoing, now
            chats[outgoing.channel, outgoing.address].append(outgoing)
        for messages in chats.values():
            task = asyncio.create_task(self._post.in_turn(messages, self._done))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _done(self, outgoing: Outgoing, outcome: Outcome) -> None:
        del self._out[outgoing.id], self._leased[outgoing.id]
        self._ended.append((outgoing, outcome))
        self._news.set()

    def _old(self) -> list[Outgoing]:
        """Whose lease is to be renewed."""
        before = asyncio.get_running_loop().time() - RENEW
        return [self._out[id_] for id_, since in self._leased.items() if since < before]
