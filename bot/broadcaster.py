"""Sends notices: takes chunks, announces windows, paces them, and records how each copy ended."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import Executor

from bot.channels.base import Channel
from bot.chunk_rows import ChunkRows
from bot.chunk_run import ChunkRun
from bot.loops import LAST, every
from bot.pace import Pace
from bot.sending import IN_FLIGHT, Senders
from desk.desk import Office

IDLE = 0.5  # seconds between looks when there is nothing to send
CHUNK = 1000  # recipients
FREE_CHUNK = 20_000  # where nothing limits the rate: few and large transactions
ROUND_TRIP = 0.25  # seconds a sending may take without slowing the others down
FINISHING = 4  # chunks whose last copies are still on their way


class Broadcaster:
    """One loop per channel that pushes."""

    def __init__(
        self,
        office: Office,
        workers: Executor,
        channels: Mapping[str, Channel],
        paces: Mapping[str, Pace],
    ) -> None:
        """Args: channels, paces: by name; a channel without a pace is not served."""
        self._rows = ChunkRows(office, workers)
        self._channels = channels
        self._paces = paces

    async def run(self) -> None:
        """Send until cancelled."""
        names = [name for name in self._channels if name in self._paces]
        await asyncio.gather(*(self._serve(name) for name in names))

    async def _serve(self, name: str) -> None:
        async def turn() -> None:
            if self._paces[name].mine:
                await self.drain(name)

        await every("broadcast", lambda: IDLE, turn)

    async def drain(self, name: str) -> None:
        """Send until nothing of this channel is left to send now.

        Cancelled, it waits a moment for the copies on their way and records how they ended: what
        is not written down goes out once more after the next start.
        """
        errand = _Errand(self._rows, self._channels[name], self._paces[name])
        running = asyncio.create_task(errand.run())
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            await errand.leave()
            await asyncio.wait([running], timeout=LAST)
            raise
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


class _Errand:
    """Chunk after chunk of one channel, until none is left or somebody wants it to end."""

    def __init__(self, rows: ChunkRows, channel: Channel, pace: Pace) -> None:
        self._rows, self._channel, self._pace = rows, channel, pace
        self._senders = Senders(channel, pace, max(IN_FLIGHT, round(pace.rate * ROUND_TRIP)))
        self._runs: set[ChunkRun] = set()
        self._leaving = False

    async def run(self) -> None:
        """Send until nothing is left to send now."""
        finishing: set[asyncio.Task[None]] = set()
        try:
            run = await self._begin()
            while run is not None:
                following = await run.feed(self._begin)
                ending = asyncio.ensure_future(self._finish(run))
                finishing.add(ending)
                ending.add_done_callback(finishing.discard)
                if len(finishing) >= FINISHING:
                    await asyncio.wait(finishing, return_when=asyncio.FIRST_COMPLETED)
                run = following
            while finishing:
                await asyncio.gather(*finishing)
        finally:
            for task in finishing:
                task.cancel()
            await self._senders.close()

    async def leave(self) -> None:
        """Begin nothing more; what is on its way has a moment to end."""
        self._leaving = True
        for run in self._runs:
            run.going = False
        await self._senders.stop(LAST)

    async def _begin(self) -> ChunkRun | None:
        """The next chunk, with its first window announced."""
        if self._leaving:
            return None
        work = await self._rows.claim(self._channel.name, CHUNK if self._pace.rate else FREE_CHUNK)
        if work is None:
            return None
        run = ChunkRun(self._rows, work, self._channel, self._pace, self._senders)
        self._runs.add(run)
        await run.begin()
        run.going = run.going and not self._leaving
        return run

    async def _finish(self, run: ChunkRun) -> None:
        await run.finish()
        self._runs.discard(run)
