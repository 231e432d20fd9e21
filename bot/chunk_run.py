"""One chunk being sent: windows announced, slots awaited, copies released, ends recorded."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

from bot.channels.base import Channel
from bot.chunk_rows import ChunkRows
from bot.pace import Pace, Slots
from bot.pacer import PassedOnError
from bot.sending import Copy, Senders
from desk.broadcasts import Ended, Recipient, Recorded, Span, Work
from handlers import subscriptions
from handlers.chat import Reply
from storage.campaigns import FIRST
from storage.db import DatabaseDownError

AWAY = 0.5  # seconds between attempts while the database is away
WINDOW = 0.05  # seconds; what a crash can double is what was sent within it (channels §5.3)
# Without a limit the loop is never idle, and each answer of the database waits for its turn in
# Python (5 ms): few and large transactions.
FREE_WINDOW = 5000
LOOK = 0.5  # seconds; a lease is renewed and a pause is seen at least this often
ASK_AFTER = 1.0  # seconds after which somebody may have unsubscribed

_log = structlog.get_logger()


class ChunkRun:
    """One chunk from its claim to its end."""

    def __init__(
        self, rows: ChunkRows, work: Work, channel: Channel, pace: Pace, senders: Senders
    ) -> None:
        """Nothing is announced until `begin`."""
        reply = Reply(work.text) if work.recall else subscriptions.sent(work.text)
        self._rows = rows
        self._work = work
        self._pace = pace
        self._senders = senders
        self._payloads = tuple(channel.render(reply, channel.caps))
        self._silently = tuple(replace(payload, silent=True) for payload in self._payloads)
        self._taken = 0  # of the recipients, into windows
        self._ended: list[Ended] = []
        self._out = 0  # released and not ended
        self._spans = work.windows
        self._after = work.held.after
        self._announced: deque[Recipient] = deque()  # announced and not released
        self._unreached: list[Recipient] = []  # released, and no longer wanted when their turn came
        self._maybe: list[Recipient] = []  # tried, and then no longer wanted
        self._first: list[Recipient] = []
        self.going = True
        self.recall = work.recall
        self._lost = False
        loop = asyncio.get_running_loop()
        self._claimed_at = self._looked_at = loop.time()

    async def begin(self) -> None:
        """Announce the first window."""
        self._first = await self._announce()

    async def feed(self, begin_next: "Begin") -> "ChunkRun | None":
        """Release everything at its slot; returns the next run, begun towards the end."""
        following: asyncio.Task[ChunkRun | None] | None = None
        window = self._first
        while window:
            announcing = asyncio.ensure_future(self._announce())
            if self._nearly_through() and following is None:
                following = asyncio.ensure_future(_begun(begin_next))
            await self._release(window)
            window = await announcing
            if not self._pace.rate:
                await self._senders.below(FREE_WINDOW)
        if following is None and self.going:
            following = asyncio.ensure_future(_begun(begin_next))
        return await following if following else None

    async def finish(self) -> None:
        """Wait for the copies on their way, record them, and let the chunk go."""
        while self._out:
            await asyncio.sleep(WINDOW)
            await self._look()
        unsent = self._unsent()
        await self._record(unsent)
        if not self._lost:
            await self._rows.let_go(self._work, done=self.going)

    async def _announce(self) -> list[Recipient]:
        """Announce the next window; nobody if there is none left, or sending is to wait."""
        size = max(1, round(self._pace.rate * WINDOW)) if self._pace.rate else FREE_WINDOW
        window = self._work.recipients[self._taken : self._taken + size]
        if not window or not self.going:
            return []
        late = asyncio.get_running_loop().time() - self._claimed_at > ASK_AFTER
        ask = tuple(r.id for r in window) if late else ()
        self._spans += 1
        span = Span(self._spans, self._after, window[-1].id, ask=ask)
        recorded = await self._record(span)
        if recorded.state != "go":
            return []
        self._taken += len(window)
        self._after = window[-1].id
        return [r for r in window if r.id not in recorded.left]

    async def _release(self, window: list[Recipient]) -> None:
        """Hand each one to the senders at its slot; late slots are taken anew, never made up."""
        loop = asyncio.get_running_loop()
        self._announced.extend(window)
        if not self.going:
            return
        slots = await self._slots()
        due = slots.first
        while self._announced and self.going:
            now = loop.time()
            if due > now:
                await self._sleep_until(due)
                continue
            if not slots.step:
                self._let_out(len(self._announced))
                break
            if slots.step and now - due > slots.late:
                slots = await self._slots()
                due = slots.first
                continue
            self._let_out(1)
            due += slots.step

    async def _slots(self) -> Slots:
        """Moments for all who are announced; none are needed once another process sends."""
        while True:
            try:
                return await self._pace.reserve(len(self._announced))
            except PassedOnError:
                self.going = False
                return Slots(0.0, 0.0)
            except DatabaseDownError:
                _log.warning("broadcast.database_down")
                await asyncio.sleep(AWAY)

    def _let_out(self, many: int) -> None:
        """The next ones announced; silently if they may have it, and if it is only taken back."""
        next_ones = [self._announced.popleft() for _ in range(many)]
        aloud = self._silently if self.recall else self._payloads
        self._out += many
        self._senders.release(
            *[Copy(r, self._silently if r.again else aloud, self) for r in next_ones]
        )

    async def _sleep_until(self, due: float) -> None:
        """Short sleeps, so that a lease is renewed and a pause is seen during a long freeze."""
        left = due - asyncio.get_running_loop().time()
        await asyncio.sleep(min(max(left, 0.0), LOOK))
        if left > LOOK:
            await self._look()

    async def _look(self) -> None:
        """Record what ended if it is time to."""
        now = asyncio.get_running_loop().time()
        if now - self._looked_at >= LOOK or (self._ended and now - self._looked_at >= WINDOW):
            await self._record(None)

    async def _record(self, span: Span | None) -> Recorded:
        ended, self._ended = self._ended, []
        self._senders.count()
        self._looked_at = asyncio.get_running_loop().time()
        recorded = await self._rows.record(self._work, ended, span)
        if recorded.state != "go":
            self.going = False
        if recorded.state == "lost":
            self._lost = True
        return recorded

    def done(self, ended: Ended) -> None:
        """One copy less on its way."""
        self._out -= 1
        self._ended.append(ended)

    def _nearly_through(self) -> bool:
        left = len(self._work.recipients) - self._taken
        return left <= max(self._pace.rate, FREE_WINDOW if not self._pace.rate else 1)

    def dropped(self, copy: Copy) -> None:
        """Sending is to wait. It was surely not sent, unless an earlier try may have arrived."""
        self._out -= 1
        (self._maybe if copy.recipient.again else self._unreached).append(copy.recipient)

    def _unsent(self) -> Span | None:
        """The announced recipients who surely were not reached: the last ones, without a gap."""
        doubtful = (*self._maybe, *(r for r in self._announced if r.again))
        behind = max((r.id for r in doubtful), default=FIRST)
        ids = sorted(r.id for r in (*self._unreached, *self._announced) if r.id > behind)
        if not ids:
            return None
        self._spans += 1
        before = [r.id for r in self._work.recipients if r.id < ids[0]]
        after = before[-1] if before else self._work.held.after
        return Span(self._spans, after, ids[-1], send=False)


Begin = Callable[[], Awaitable[ChunkRun | None]]


async def _begun(begin_next: Begin) -> ChunkRun | None:
    try:
        return await begin_next()
    except DatabaseDownError:
        return None  # the next look takes it
